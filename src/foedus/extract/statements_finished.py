"""The record of a statement in the making: speaker, words, mode, circumstances, act, and how sure it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.extract.draft import Draft
from foedus.extract.statements_acts import act_of
from foedus.extract.statements_medium import put_circumstances

if TYPE_CHECKING:
    from foedus.extract.statements_said import Said
    from foedus.mentions import Document
    from foedus.record import Person, Span, Statement

_OUTER = re.compile(r"\s+")


def _after_dateline(document: Document, spans: list[Span]) -> list[Span]:
    """The spans without the dateline that the parser took for a part of the clause."""
    line = document.dateline
    if line is None:
        return spans
    return [(line.end if a < line.end < b else a, b) for a, b in spans]


def finished(document: Document, said: Said) -> Statement:
    """The record of `said`, with the words for each of its fields."""
    text = document.report.text
    said.spans = _after_dateline(document, said.spans)
    own = document.span(said.verb.i, said.verb.i + 1) if said.verb is not None else said.spans[0]
    whole = [*said.spans, own, said.speaker.spans[0]]
    draft = Draft(document, "statement", [(min(a for a, _ in whole), max(b for _, b in whole))])
    first: Person = said.speaker.persons[0]
    draft.put("speaker", first, *said.speaker.spans)
    draft.put("joint_with", tuple(said.speaker.persons[1:]), *said.speaker.spans)
    draft.put("text", _OUTER.sub(" ", " ".join(text[a:b] for a, b in said.spans)).strip(), *said.spans)
    draft.put("mode", said.mode, own)
    if said.verb is not None:
        put_circumstances(document, draft, said.verb, said.outside)
    if (act := act_of(document, said)) is not None:
        draft.put("act", act[0], *act[1])
    if said.via is not None and said.via.persons[0].name:
        draft.put("via", said.via.persons[0].name, said.via.spans[0])
    record: Statement = draft.finish(_confidence(said))
    return record


def _confidence(said: Said) -> float:
    value = {"direct": 0.92, "mixed": 0.85, "indirect": 0.82}[said.mode]
    return value - (0.1 if said.verb is None else 0.0) - (0.05 if said.speaker.pronoun else 0.0)


def without_heading(document: Document, found: list[Statement]) -> list[Statement]:
    """The statements without those of the headline, which only sums up what the text below tells in full."""
    low, high = document.sentence(0) if len(document.doc) else (0, 0)
    words = [t for t in document.doc[low:high] if not t.is_space]
    if not words or high >= len(document.doc) or words[-1].text[-1] in _ENDS or not _breaks(document, high):
        return found
    end = words[-1].idx
    return [s for s in found if s.evidence["record"][0][1] > end + len(words[-1].text)]


_ENDS = '.?!:"”’'


def _breaks(document: Document, token: int) -> bool:
    """Whether a new line begins at the token."""
    start = document.doc[token].idx
    return "\n" in document.report.text[max(start - 2, 0) : start + 1]
