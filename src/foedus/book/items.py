"""One record of one report as consolidation sees it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from foedus.book.edtf import bounds
from foedus.book.publishers import standing_of
from foedus.lexicon import load_table, split_forms

Days = tuple[str, str]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
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


@cache
def _listed(id: str) -> frozenset[str]:
    """The forms of one line of ``lexicon/same_thing.csv``."""
    return frozenset(next(split_forms(row["forms"]) for row in load_table("same_thing") if row["id"] == id))


@cache
def _spellings() -> dict[str, str]:
    """British form -> American form."""
    return {form: row["as"] for row in load_table("same_thing") if row["as"] for form in split_forms(row["forms"])}


def words(text: str | None) -> list[str]:
    """Lower-case words without accents, "co-operation" and British spellings made one form."""
    plain = (
        unicodedata.normalize("NFKD", text or "").casefold().replace("co-operation", "cooperation").replace("’", "'")
    )
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'s", "").replace("u.s.", "us")
    one = _spellings()
    return [one.get(word, word) for word in re.findall(r"\w+", plain)]


def content(text: str | None) -> frozenset[str]:
    """The words that tell one thing from another: no articles, prepositions, or bare years."""
    return frozenset(w for w in words(text) if w not in _listed("empty") and not _YEAR.fullmatch(w))


def surname(name: str | None) -> str:
    """Last word of a name, folded; "" for none."""
    found = [w for w in words(name) if w not in {"jr", "sr", "ii", "iii"}]
    return found[-1] if found else ""


@cache
def party_words() -> frozenset[str]:
    """Words of the names of states and of their people: parties are compared by code, never by words."""
    found = {"us", "uk", "eu"}
    for row in load_table("countries"):
        for column in ("forms", "adjectives"):
            for form in split_forms(row.get(column) or ""):
                found |= set(words(form))
    return frozenset(found)


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


def subject_of(values: dict[str, Any]) -> frozenset[str]:
    """What an agreement or activity is about, without words that any instrument has."""
    title = values.get("title") or values.get("name") or values.get("item")
    return content(title) - _listed("generic") - content(values.get("place")) - party_words() - {"own", "such"}


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
        if self.kind == "agreement" and (year := _YEAR.search(self.values.get("title") or "")):
            return bounds(year.group())
        return bounds(self.hint)

    @cached_property
    def published(self) -> Days | None:
        """The days it can have been published on."""
        return bounds(self.published_on)

    @cached_property
    def day(self) -> bool:
        """Whether `when` is known to the day (or to a few)."""
        return self.when is not None and _length(self.when) <= 10

    @cached_property
    def subject(self) -> frozenset[str]:
        """What an agreement or activity is about, without words that any instrument has."""
        return subject_of(self.values)

    @cached_property
    def forum(self) -> str:
        """The forum of a meeting, the same under all its names."""
        return forum_key(self.values.get("forum"))

    @cached_property
    def persons(self) -> frozenset[str]:
        """Surnames of those who sign or take part."""
        people = self.values.get("signatories") or self.values.get("participants") or []
        return frozenset(surname(p["name"]) for p in people if p.get("name"))

    @cached_property
    def said(self) -> frozenset[str]:
        """Content words of a statement or an undertaking."""
        return content(self.values.get("text") or self.values.get("undertaking"))


def _length(days: Days) -> int:
    return date.fromisoformat(days[1]).toordinal() - date.fromisoformat(days[0]).toordinal()


def _decoded(text: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(text)
    return values
