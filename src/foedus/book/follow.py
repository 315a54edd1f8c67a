"""Does a later record follow a commitment up: fulfil, delay, break or repeat it? A score in 0 … 1 with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple

from foedus.book.edtf import bounds, gap
from foedus.book.items import content, parties_of
from foedus.book.wording import party_words, standard, words
from foedus.lexicon import load_table, split_forms

STRONG = 0.75
"""From here on a link counts without a person's word."""
WEAK = 0.5
"""Below this nothing is proposed."""
KINDS = ("activity", "agreement", "meeting", "statement", "commitment")
"""The kinds that can follow a commitment up."""
SHARE = 1 / 3
"""Of the words of the shorter of two records, at least so many are in both."""
_TEXT = {
    "agreement": ("title", "occasion", "domains"),
    "meeting": ("forum", "topics", "occasion"),
    "statement": ("text",),
    "commitment": ("undertaking",),
    "activity": ("name", "item", "kind"),
    "event": (),
}
_STAGES = {
    **dict.fromkeys(("signed", "ratified", "provisionally applied", "in force", "renewed", "extended"), "fulfils"),
    **dict.fromkeys(("rejected", "terminated", "withdrawn"), "breaks"),
    **dict.fromkeys(("negotiating", "agreed", "initialled"), "repeats"),
    "suspended": "delays",
}
_STATUS = {
    **dict.fromkeys(("held", "ongoing", "under way"), "fulfils"),
    **dict.fromkeys(("planned", "scheduled", "proposed"), "repeats"),
    "cancelled": "breaks",
    "postponed": "delays",
}
_EMPTY = frozenset({
    "agree", "plan", "promi", "pledg", "commi", "will", "would", "shall", "next", "year", "month", "week", "day",
    "time", "end", "new", "be", "set", "up", "it", "have", "has", "other", "more", "count", "gover", "state",
    "natio", "minis", "offic", "part", "partn", "side", "janua", "febru", "march", "april", "may", "june", "july",
    "augus", "septe", "octob", "novem", "decem",
})  # fmt: skip
"""Stems that any undertaking may have: they tie nothing together."""
_LATEST = 1830
"""Days: what happens five years after a promise was due, or was made with no date, does not follow it up any more."""
_KIND_WORDS = {"agreement": frozenset({"sign"}), "meeting": frozenset(["meet", "talk", "summi", "host", "visit"])}


def kind_words(kind: str) -> frozenset[str]:
    """Stems that every record of a kind has, though it need not say them: whoever holds talks has met."""
    return _KIND_WORDS.get(kind, frozenset())


class Relation(NamedTuple):
    """How a record follows a commitment up, how sure that is, and why."""

    relation: str
    score: float
    because: str


def stem(word: str) -> str:
    """The beginning that a word shares with its inflections: "deliver" for delivery, delivered, delivers gives "deliv"."""
    word = standard(word)
    return (word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word.removesuffix("s"))[:5]


@cache
def _party_stems() -> frozenset[str]:
    """Stems of the names of states and of their people: who takes part is compared by code."""
    return frozenset(stem(word) for word in party_words())


def stems_of(record: dict[str, Any]) -> frozenset[str]:
    """What a consolidated record is about, in stems."""
    found: set[str] = set()
    for field in _TEXT[record["record_kind"]]:
        value = record.get(field)
        for text in value if isinstance(value, list) else [value]:
            found |= {stem(word) for word in content(text)}
    return frozenset(found - _EMPTY - _party_stems())


@cache
def _states() -> dict[str, str]:
    """First word of a state's name in one word -> its code."""
    found = {}
    for row in load_table("countries"):
        for form in split_forms(row["forms"]):
            if form.isalpha() and len(form) > 3:
                found[form.casefold()] = row["id"]
    return found


def states_in(text: str | None) -> frozenset[str]:
    """Codes of the states that a text names in one word ("Kenya has finished it")."""
    return frozenset(_states()[word] for word in words(text) if word in _states())


@dataclass(eq=False)
class Thing:
    """A consolidated record as follow-up sees it."""

    record: dict[str, Any]

    @classmethod
    def known(cls, record: dict[str, Any], stems: str) -> Thing:
        """With the stems that the book has of it."""
        thing = cls(record)
        thing.stems = frozenset(stems.split())
        return thing

    @property
    def kind(self) -> str:
        """Its record kind."""
        return str(self.record["record_kind"])

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words."""
        return stems_of(self.record)

    @cached_property
    def parties(self) -> frozenset[str]:
        """Everybody who takes part; for a statement also the states that it names."""
        found = frozenset(parties_of(self.kind, self.record))
        return found | states_in(self.record.get("text")) if self.kind == "statement" else found

    @cached_property
    def published(self) -> str | None:
        """The day of its first report."""
        return min((one["published_on"] for one in self.record["sources"] if one["published_on"]), default=None)

    @cached_property
    def on(self) -> str | None:
        """Its day; the day of its first report when it has none."""
        return self.record.get("when") or self.published

    @cached_property
    def reports(self) -> frozenset[str]:
        """Ids of its reports."""
        return frozenset(source["report"] for source in self.record["sources"])


def follows(commitment: Thing, later: Thing) -> Relation | None:
    """How `later` follows `commitment` up; None when it does not."""
    if not _is_later(commitment, later) or not _parties_fit(commitment, later):
        return None
    share, common = _words_shared(commitment, later)
    if not common or share < SHARE:
        return None
    relation, how = _relation(commitment, later)
    if relation is None:
        return None
    with_whom, parties = _parties_fit(commitment, later), "the same parties"
    if with_whom < 1:
        parties = "one of the parties"
    when, time = _time(commitment, later)
    amount = commitment.record.get("amount")
    same_amount = amount is not None and amount == later.record.get("amount")
    score = min(1.0, 0.5 * share + 0.25 * with_whom + 0.25 * when + 0.1 * same_amount)
    others = later.kind == "statement" and not set(commitment.record.get("by") or ()) & {
        *parties_of(later.kind, later.record)
    }
    if len(common) < 2 or share < 0.6 or others:
        score = min(score, STRONG - 0.01)
    if score < WEAK:
        return None
    because = f"{how}; in common: {', '.join(sorted(common))}; {parties}; {time}" + ("; the same amount" * same_amount)
    return Relation(relation, round(score, 3), because)


def _is_later(commitment: Thing, later: Thing) -> bool:
    if not later.reports - commitment.reports or later.record["id"] == commitment.record["id"]:
        return False
    made, then = bounds(commitment.published or commitment.on), bounds(later.on)
    if made is None or then is None:
        return False
    away = gap(bounds(commitment.record.get("due_on")) or made, then)
    if away is not None and away > _LATEST:
        return False
    # a date known to the month may lie before or after the promise: the report decides then
    told = bounds(later.published)
    return then[0] > made[1] or (then[1] >= made[0] and told is not None and told[0] > made[1])


def time_after(commitment: Thing) -> tuple[str, str] | None:
    """The days between which what follows a commitment up must have begun or ended; None when its day is unknown."""
    made = bounds(commitment.published or commitment.on)
    if made is None:
        return None
    last = (bounds(commitment.record.get("due_on")) or made)[1]
    return made[0], date.fromordinal(
        min(date.max.toordinal(), date.fromisoformat(last).toordinal() + _LATEST)
    ).isoformat()


def time_before(later: Thing) -> tuple[str, str] | None:
    """The days between which a commitment must have been made that a record follows up; None when its day is unknown."""
    then = bounds(later.on)
    return ("", then[1]) if then else None


def _parties_fit(commitment: Thing, later: Thing) -> float:
    by, to = set(commitment.record.get("by") or ()), set(commitment.record.get("to") or ())
    mine = later.parties
    if later.kind == "commitment":
        mine = frozenset(later.record.get("by") or ())
        to &= set(later.record.get("to") or ()) or to
        return float(bool(by & mine) and (by == set(mine) or bool(to)))
    if later.kind == "statement":
        own = set(parties_of(later.kind, later.record))
        return 1.0 if by & own else 0.6 if by & mine or to & mine else 0.0
    if not by & mine:
        return 0.0
    return 1.0 if to & mine or len(by & mine) > 1 else 0.5


def _words_shared(commitment: Thing, later: Thing) -> tuple[float, frozenset[str]]:
    """Share of the smaller set of words, the promise's at most, and the shared ones; none where it is a word that all have."""
    own, other = commitment.stems, later.stems
    other |= own & kind_words(later.kind)
    common = own & other
    few = min(len(own), len(other)) if later.kind != "statement" else len(own)
    if not few or (len(common) < 2 and few > 2):
        return 0.0, frozenset()
    return len(common) / few, common


def _relation(commitment: Thing, later: Thing) -> tuple[str | None, str]:
    record = later.record
    if later.kind == "statement":
        return _said(str(record.get("text") or ""))
    if later.kind == "commitment":
        due = gap(bounds(commitment.record.get("due_on")), bounds(record.get("due_on")))
        if due and _after(record.get("due_on"), commitment.record.get("due_on")):
            return "delays", f"promised again, now for {record['due_on']}"
        return "repeats", "promised again"
    if later.kind == "agreement":
        stage = record.get("stage")
        return _STAGES.get(str(stage)), f"agreement {stage}"
    status = record.get("status")
    relation = _STATUS.get(str(status))
    if relation == "repeats" and _after(record.get("when"), commitment.record.get("due_on")):
        return "delays", f"{later.kind} {status} for {record['when']}, after it was due"
    return relation, f"{record.get('kind') or later.kind} {status}"


def _after(a: str | None, b: str | None) -> bool:
    one, other = bounds(a), bounds(b)
    return one is not None and other is not None and one[0] > other[1]


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """Relation -> its words, from ``lexicon/follow_up.csv``."""
    return {row["relation"]: _pattern(split_forms(row["forms"])) for row in load_table("follow_up")}


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _said(text: str) -> tuple[str | None, str]:
    """What a statement says of the promise: giving up before delay before doing it again before having done it."""
    forms = _forms()
    for relation in ("breaks", "delays", "repeats"):
        if found := forms[relation].search(text):
            return relation, f"“{found.group()}”"
    for found in forms["fulfils"].finditer(text):
        before = " ".join(text[: found.start()].split()[-3:])
        if not forms["future"].search(before):
            return "fulfils", f"“{found.group()}”"
    return None, ""


def _time(commitment: Thing, later: Thing) -> tuple[float, str]:
    due, then = bounds(commitment.record.get("due_on")), bounds(later.on)
    if due and then:
        late = gap(due, then) if then[0] > due[1] else 0
        if not late:
            return 1.0, "in time"
        return (0.6, "after it was due") if late <= 366 else (0.2, "years after it was due")
    away = gap(bounds(commitment.published or commitment.on), then)
    if away is None or away > 1100:
        return 0.1, "years later"
    return (0.7, "within a year") if away <= 366 else (0.4, "within three years")


def state_of(record: dict[str, Any], today: str) -> str:
    """The state of a commitment on a day (ISO), from its confirmed follow-up up to then and its due date."""
    known = [one for one in record["follow_up"] if one["confirmed"] and (one["on"] or "")[: len(today)] <= today]
    known.sort(key=lambda one: one["on"] or "")
    ended = [one["relation"] for one in known if one["relation"] in ("fulfils", "breaks")]
    if ended:
        return {"fulfils": "fulfilled", "breaks": "broken"}[ended[-1]]
    if any(one["relation"] == "delays" and one["kind"] == "commitment" for one in known):
        return "superseded"
    due = bounds(record.get("due_on"))
    return "overdue" if due is not None and due[1] < today else "open"
