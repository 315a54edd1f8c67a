"""Turns of a transcript: "MR. DALTON: We are not there yet." is one statement a turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.extract.draft import Draft
from foedus.mentions.model import DateMention, PersonMention
from foedus.record import Person

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Statement

_LABEL = re.compile(
    r"(?P<name>(?:[^\W\d_a-z][^\W\d_a-z.'’\-]*[.]?\s?){1,6}|(?:Mr|Mrs|Ms|Dr|Minister|President|Secretary)\.? \w[\w.'’\-]+)"
    r"\s*(?:\((?P<note>[^)\n]{1,60})\))?\s*:\s+(?=\S)"
)
_ASKING = {
    "QUESTION",
    "Q",
    "REPORTER",
    "MODERATOR",
    "JOURNALIST",
    "OPERATOR",
    "INTERVIEWER",
    "NOTE",
    "CONTACT",
    "PHOTO",
}
_TITLES = {
    "MR",
    "MRS",
    "MS",
    "DR",
    "MINISTER",
    "PRESIDENT",
    "SECRETARY",
    "AMBASSADOR",
    "SENATOR",
    "GENERAL",
    "ADMIRAL",
    "CHAIR",
    "PRIME",
}
_FEWEST = 2


def find_turns(document: Document) -> list[Statement]:
    """One statement a turn, label left out, in text order; [] for a text that is no transcript."""
    text = document.report.text
    turns: list[tuple[re.Match[str], int, int]] = []
    for k, (a, b) in enumerate(document.paragraphs):
        if b <= a:
            continue
        low, high = document.span(a, b)
        match = _LABEL.match(text, low, high)
        if match is not None:
            turns.append((match, k, high))
    answers = [t for t in turns if t[0].group("name").strip().rstrip(".").split()[0] not in _ASKING]
    if len(turns) < _FEWEST + 1 or len(answers) < _FEWEST:
        return []
    parties: dict[str, tuple[str, tuple[int, int]]] = {}
    return [_turn(document, match, high, parties) for match, _, high in answers]


def _turn(
    document: Document, match: re.Match[str], high: int, parties: dict[str, tuple[str, tuple[int, int]]]
) -> Statement:
    span, label = (match.end(), high), match.span("name")
    words = match.group("name").strip().split()
    titles = [w for w in words if w.strip(".").upper() in _TITLES]
    name = " ".join(w for w in words if w not in titles) or " ".join(words)
    office = " ".join(t for t in titles if t.strip(".").upper() not in {"MR", "MRS", "MS", "DR"}) or None
    spans = [label]
    person = _person(document, label)
    if match.group("note"):
        note = match.span("note")
        code = _party(document, note)
        if code:
            parties[name] = (code, note)
    record = person.person.record() if person is not None and person.person.party else None
    code, where = parties.get(name, (None, None))
    if record is not None and person is not None:
        speaker = Person(record.name, record.office or office, code or record.party)
        spans += person.person.evidence()
    else:
        speaker = Person(name, office, code)
    if where is not None:
        spans.append(where)
    draft = Draft(document, "statement", [(match.start(), high)])
    draft.put("speaker", speaker, *spans)
    draft.put("text", document.words(span), span)
    draft.put("mode", "direct", label)
    _heading(document, draft)
    finished: Statement = draft.finish(0.9)
    return finished


def _person(document: Document, label: tuple[int, int]) -> PersonMention | None:
    for mention in document.mentions:
        if mention.start >= label[1]:
            break
        if isinstance(mention, PersonMention) and mention.start >= label[0] and mention.end <= label[1]:
            return mention
    return None


def _party(document: Document, span: tuple[int, int]) -> str | None:
    from foedus.mentions.model import PartyMention

    for mention in document.mentions:
        if isinstance(mention, PartyMention) and span[0] <= mention.start and mention.end <= span[1]:
            return mention.code
    return None


def _heading(document: Document, draft: Draft) -> None:
    """Medium and day from the lines above the first turn: a transcript of questions is of a press conference."""
    text = document.report.text
    if (asked := re.search(r"(?m)^(?:QUESTION|REPORTER|JOURNALIST)\b", text)) is not None:
        draft.put("medium", "press conference", asked.span())
    first = text.find(":")
    for mention in document.mentions:
        if mention.start > max(first, 200):
            break
        if isinstance(mention, DateMention) and re.fullmatch(r"\d{4}-\d\d-\d\d", mention.edtf) and mention.role == "at":
            draft.put("made_on", mention.edtf, mention.span)
            return
