"""One record of one report as consolidation sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

import msgspec

from foedus.book.edtf import bounds
from foedus.book.publishers import standing_of
from foedus.book.subjects import areas, name_words
from foedus.book.wording import YEAR, listed, telling, undertaken, words
from foedus.lexicon import load_table, split_forms

Days = tuple[str, str]
WHEN = {
    "agreement": ("signed_on", "effective_on"),
    "meeting": ("held_on",),
    "statement": ("made_on",),
    "commitment": (),
    "activity": ("start_on", "end_on"),
    "event": ("date",),
}
"""The fields that say when a record of a kind took place, best first."""
PARTIES = {
    "agreement": ("parties",),
    "meeting": ("parties",),
    "statement": ("speaker", "joint_with", "addressee"),
    "commitment": ("by", "to"),
    "activity": ("parties",),
    "event": ("actor", "recipient"),
}


@lru_cache(maxsize=65536)
def content(text: str | None) -> frozenset[str]:
    """The words that tell one thing from another: no articles, prepositions, or bare years."""
    return frozenset(w for w in words(text) if w not in listed("empty") and not YEAR.fullmatch(w))


@cache
def _forums() -> dict[str, str]:
    """Words of a form of a forum -> the id of the forum."""
    return {" ".join(words(form)): row["id"] for row in load_table("forums") for form in split_forms(row["forms"])}


@lru_cache(maxsize=4096)
def forum_key(name: str | None) -> str:
    """The same for one forum under its names: as written, in full with its acronym behind it, with "meeting"; "" for none."""
    if not name:
        return ""
    bare, _, acronym = name.partition("(")
    plain = " ".join(words(name))
    tries = [plain, " ".join(words(bare)), " ".join(words(acronym.rstrip(") ")))]
    tries += [" ".join(w for w in words(bare) if w not in ("meeting", "summit", "conference", "session"))]
    return next((_forums()[one] for one in tries if one in _forums()), plain)


@lru_cache(maxsize=4096)
def forum_root(name: str | None) -> str:
    """The body or series of a forum without the level at which it meets: "Quad" for the Quad Foreign Ministers' Meeting."""
    key = forum_key(name)
    if key in _forums().values():
        return key
    return " ".join(word for word in words(key) if word not in listed("sittings")) or key


def subject_of(values: dict[str, Any]) -> frozenset[str]:
    """What an agreement or activity is about: words of its name and subjects, without what any instrument has."""
    return name_words(values.get("title") or values.get("name") or values.get("item"), values.get("place"))


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the smaller set that the other has; 0 when one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def parties_of(kind: str, values: dict[str, Any]) -> tuple[str, ...]:
    """Every party that takes part in a record, sorted."""
    found: set[str] = set()
    for field in PARTIES[kind]:
        value = values.get(field)
        for one in value if isinstance(value, list) else [value]:
            code = one.get("party") if isinstance(one, dict) else one
            if code:
                found.add(code)
    return tuple(sorted(found))


@dataclass(eq=False)
class Item:
    """A record (`values`, as JSON), the report it is from, and what tells it from others."""

    id: str
    report: str
    kind: str
    position: int
    values: dict[str, Any]
    published_on: str | None
    url: str | None
    origin: str
    publisher: str | None = None
    block: str = ""
    hint: str | None = None
    """The year that another record of the report names it by."""

    @classmethod
    def of(cls, *, id: str, report_id: str, kind: str, position: int, json: str, **about: Any) -> Item:
        """From one row of the book."""
        return cls(id=id, report=report_id, kind=kind, position=position, values=_decoded(json), **about)

    @cached_property
    def standing(self) -> str:
        """Whether an official body, a wire service, the press or an aggregator published it."""
        return standing_of(self.publisher, self.url)

    @property
    def order(self) -> tuple[str, str, int, str]:
        """Earliest publication first, then report and place in it: the same whatever was read first."""
        return (self.published_on or "9999", self.report, self.position, self.id)

    @cached_property
    def when(self) -> Days | None:
        """The days it can have taken place on; a year in an agreement's title counts where there is no date."""
        for field in WHEN[self.kind]:
            if days := bounds(self.values.get(field)):
                return days
        return self.signed if self.kind == "agreement" else bounds(self.hint)

    @cached_property
    def signed(self) -> Days | None:
        """The days an agreement can have been signed on; else the year by which it is named ("the 2015 framework")."""
        if days := bounds(self.values.get("signed_on")):
            return days
        for year in YEAR.findall(self.values.get("title") or ""):
            if self.published is None or year <= self.published[0][:4]:  # "Vision 2030" is named after what is to come
                return bounds(year)
        return bounds(self.hint)

    @cached_property
    def published(self) -> Days | None:
        """The days it can have been published on."""
        return bounds(self.published_on)

    @cached_property
    def day(self) -> bool:
        """Whether `when` is known to the day (or to a few)."""
        return self.when is not None and few_days(self.when)

    @cached_property
    def subject(self) -> frozenset[str]:
        """What an agreement or activity is about, without words that any instrument has."""
        return subject_of(self.values)

    @cached_property
    def areas(self) -> frozenset[str]:
        """The subjects of its name and of its domains, with the broader ones."""
        return areas(self.subject, self.values.get("domains") or ())

    @cached_property
    def forum(self) -> str:
        """The forum of a meeting, the same under all its names."""
        return forum_key(self.values.get("forum"))

    @cached_property
    def people(self) -> tuple[dict[str, Any], ...]:
        """Those who sign or take part and are named."""
        found = self.values.get("signatories") or self.values.get("participants") or ()
        return tuple(one for one in found if one.get("name"))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The words of a statement or an undertaking that tell it from others, in order."""
        if self.kind == "commitment":
            return undertaken(self.values.get("undertaking"))
        return telling(self.values.get("text"))

    @cached_property
    def said(self) -> frozenset[str]:
        """The words of a statement or an undertaking that tell it from others."""
        return frozenset(self.telling)


def few_days(days: Days) -> bool:
    """Whether a range is of a few days only, so that it stands for a day."""
    return date.fromisoformat(days[1]).toordinal() - date.fromisoformat(days[0]).toordinal() <= 10


def _decoded(text: str) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.json.decode(text)
    return values
