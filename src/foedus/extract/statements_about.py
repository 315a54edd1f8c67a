"""What a statement is about: the agreements, meetings and activities of the same report that its words clearly name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from foedus.lexicon import load_forms

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Activity, Agreement, Meeting, Record, Span, Statement

_NAMES = ("title", "forum", "name", "item")
_POINTING = {"the", "this", "that", "these", "our"}
_ACTIVITY_NOUNS = {"exercise": "military exercise", "exercises": "military exercise", "drill": "military exercise",
                   "drills": "military exercise", "manoeuvres": "military exercise", "visit": "visit", "trip": "visit"}  # fmt: skip
_SHORTEST_NAME = 2
_ANY = "agreement"
"""The instrument that "the deal" or "the pact" may name whatever it is called elsewhere."""


def with_about(
    document: Document,
    statements: Sequence[Statement],
    agreements: Sequence[Agreement],
    meetings: Sequence[Meeting],
    activities: Sequence[Activity],
) -> list[Statement]:
    """The statements, each with the ids of the records that it is about, in the order of the records; others as they are.

    A record is meant when words that show it stand in the statement, when the statement says its name, or when it says "the
    agreement", "the talks" or "the exercise" and the report knows only one.
    """
    records: list[Record] = [*agreements, *meetings, *activities]
    linked: list[Statement] = []
    for statement in statements:
        spans = statement.evidence["text"]
        found: dict[str, list[Span]] = {}
        for record in records:
            if shown := _shown(document, record, spans):
                found[record.id] = shown
        for token in document.tokens_in(spans):
            pointed = _pointed(token, agreements, meetings, activities)
            if pointed is not None:
                found.setdefault(pointed, []).append(document.span(token.i, token.i + 1))
        linked.append(_linked(statement, [r.id for r in records if r.id in found], found) if found else statement)
    return linked


def _linked(statement: Statement, ids: list[str], found: dict[str, list[Span]]) -> Statement:
    spans = tuple(sorted({span for own in found.values() for span in own}))
    evidence = dict(sorted({**statement.evidence, "about": spans}.items()))
    return msgspec.structs.replace(statement, about=tuple(dict.fromkeys(ids)), evidence=evidence)


def _shown(document: Document, record: Record, spans: Iterable[Span]) -> list[Span]:
    """The words inside `spans` that show the record or say its name."""
    own = [span for field in ("record", *_NAMES) for span in record.evidence.get(field, ())]
    spans = list(spans)
    found = [(a, b) for a, b in own if any(c <= a and b <= d for c, d in spans)]
    names = [name for field in _NAMES if isinstance(name := getattr(record, field, None), str)]
    text = document.report.text
    for name in names:
        if len(name.split()) < _SHORTEST_NAME and not name[:1].isupper():
            continue
        for c, d in spans:
            at = text.casefold().find(name.casefold(), c, d) if text.isascii() else text.find(name, c, d)
            if at >= 0:
                found.append((at, at + len(name)))
    return sorted(set(found))


def _pointed(
    token: Token, agreements: Sequence[Agreement], meetings: Sequence[Meeting], activities: Sequence[Activity]
) -> str | None:
    """The record that "the agreement", "these talks" or "our exercise" can only mean; None for any other word and when in doubt."""
    if token.pos_ != "NOUN" or not _points(token):
        return None
    low = token.lower_
    row = load_forms("instruments").get(low)
    if row is not None and row["needs"] not in {"name", "never", "refer"}:
        same = [a for a in agreements if low in (a.title or "").lower().split() or a.instrument == row["instrument"]]
        if not same and row["instrument"] == _ANY:
            same = [a for a in agreements if a.instrument != "ceasefire"] if len(agreements) == 1 else []
        return same[0].id if len(same) == 1 else None
    noun = load_forms("meeting_nouns").get(low)
    if noun is not None and noun["part"] == "noun":
        return meetings[0].id if len(meetings) == 1 else None
    kind = _ACTIVITY_NOUNS.get(low)
    alike = [a for a in activities if kind is not None and a.kind == kind]
    return alike[0].id if len(alike) == 1 else None


def _points(noun: Token) -> bool:
    """Whether the noun stands with "the" or "this" and nothing that tells one of several apart."""
    before = [c for c in noun.children if c.i < noun.i and c.dep_ not in {"case", "mark", "cc", "punct", "advmod"}]
    behind = [c for c in noun.children if c.i > noun.i and c.dep_ in {"nmod", "acl", "acl:relcl", "appos"}]
    return bool(before) and all(c.lower_ in _POINTING for c in before) and not behind
