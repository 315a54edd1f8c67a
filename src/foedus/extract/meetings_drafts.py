"""From talks to records: format, level, and every value with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.circumstances import level_of
from foedus.extract.draft import Draft
from foedus.extract.meetings_talk import Talk
from foedus.extract.meetings_words import format_words

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Span

_SPLIT = {"one-on-one", "delegation-level"}


def drafts(document: Document, talk: Talk) -> list[tuple[Draft, float]]:
    """The records of one meeting, with their confidence: one, or one for each of its delegation-level and one-on-one parts."""
    made = []
    for format_, words in _formats(document, talk):
        draft = Draft(document, "meeting", [words] if words and len(talk.spans) == 0 else talk.spans, talk.readers)
        people = talk.parties.persons
        draft.put("parties", talk.parties.codes, *talk.parties.spans)
        draft.put("participants", tuple(p.record() for p in people), *(s for p in people for s in p.evidence()))
        draft.put("format", format_, *([words] if words else []))
        draft.put("status", talk.status)
        if (level := level_of([p.office for p in people if p.office])) is not None:
            draft.put("level", level, *(p.office_span for p in people if p.office_span))
        _circumstances(draft, talk)
        draft.put("topics", tuple(t for t, _ in talk.topics[:5]), *(s for _, s in talk.topics[:5]))
        made.append((draft, talk.confidence))
    return made


def _circumstances(draft: Draft, talk: Talk) -> None:
    if talk.date is not None:
        draft.put("held_on", talk.date.edtf, talk.date.span)
    if talk.place is not None:
        draft.put("place", talk.place.value, talk.place.span)
    if talk.forum is not None:
        draft.put("forum", talk.forum.name, talk.forum.span)
        draft.put("edition", talk.forum.edition, talk.forum.span)
    elif talk.occasion is not None:
        draft.put("occasion", talk.occasion.occasion, talk.occasion.span)
    if talk.host is not None and len(talk.host.codes) == 1:
        draft.put("host", talk.host.codes[0], *talk.host.spans)


def _formats(document: Document, talk: Talk) -> list[tuple[str | None, Span | None]]:
    """The formats that the text gives the talks: one, or delegation-level and one-on-one."""
    if talk.format in {"phone call", "video call"}:
        return [(talk.format, None)]
    low, high = document.sentence(talk.token.i)
    start, end = document.span(low, high)
    count = len(talk.parties.codes)
    found = dict(reversed(format_words(document.report.text, start, end)))
    if count == 2 and not talk.session and talk.status != "scheduled":
        nearby = document.span(low, min(len(document.doc), high + 60))[1]
        nearby = min(nearby, document.span(*document.paragraphs[document.paragraph(talk.token.i)])[1])
        both = [(f, w) for f, w in format_words(document.report.text, start, max(end, nearby)) if f in _SPLIT]
        if len(both) == 2 or (both and both[0][0] in found):
            return list(both)
    if "video call" in found and talk.format is None:
        return [("video call", found["video call"])]
    if talk.format and not (talk.format == "trilateral" and count != 3):
        return [(talk.format, None)]
    if talk.parties.codes[0].startswith("org:") and count == 1:
        return [("multilateral", None)]
    return [("bilateral" if count == 2 else "trilateral" if count == 3 else "multilateral", None)]
