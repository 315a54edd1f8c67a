"""Turns of a transcript: "MR. DALTON: We are not there yet." is one statement a turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from foedus.extract.draft import Draft
from foedus.extract.statements_acts import performed
from foedus.extract.statements_medium import named_medium
from foedus.mentions.model import DateMention, PartyMention, PersonMention, Someone
from foedus.record import Person

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Span, Statement

_WORD = r"[^\W\d_a-z][\w.'’\-]*"
_STAGE = (
    r"(?:[(\[](?i:via|through|in|speak\w*|interpret\w*|translat\w*|laugh\w*|applause|inaudible|off-mic\w*|crosstalk|smil\w*|as)"
    r"\b[^)\]\n]{0,40}[)\]][.,]?\s*)*"
)
"""What the transcript notes in brackets before the words of a turn ("(Via interpreter)")."""
_LABEL = re.compile(
    rf"(?P<open>[\"“”])?(?:[A-Z][\w]+\.\s+)?(?:The\s+)?(?P<name>{_WORD}(?:\s(?:(?:of|for|bin|al|de|van|der)\s)?{_WORD}){{0,6}})"
    rf"\s*(?:\((?P<note>[^)\n]{{1,60}})\))?\s*:\s+{_STAGE}(?=[^\W_]|[\"“”‘'(\[])"
)
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our|us)\b|^\([a-z]\)", re.IGNORECASE)
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
    "FEDERAL",
    "SPOKESPERSON",
    "SPOKESMAN",
    "SPOKESWOMAN",
    "LORD",
    "HON",
}
_FEWEST = 2


@dataclass(slots=True, frozen=True)
class Label:
    """A label in front of a turn ("MR. DALTON:", "Minister (Oman):"): its match, its paragraph and the words of its turn."""

    match: re.Match[str]
    paragraph: int
    spans: tuple[Span, ...]

    @property
    def end(self) -> int:
        """Where the turn ends."""
        return self.spans[-1][1]

    @property
    def name(self) -> str:
        """The words of the label, without blanks around them."""
        return " ".join(self.match.group("name").split())


def find_turns(document: Document) -> list[Statement]:
    """One statement a turn, label left out, in text order; [] for a text that is no transcript."""
    labels = _labels(document)
    if len(labels) < _FEWEST:
        return []
    answers = _answers(document, labels)
    asked = len(answers) < len(labels)
    if len(answers) < _FEWEST or (len(labels) <= _FEWEST and not asked and not _is_sitting(document, labels)):
        return []
    parties: dict[str, tuple[str, tuple[int, int]]] = {}
    alone = _only_person_above(document, labels[0]) if len({label.name for label in answers}) == 1 else None
    if len({label.name for label in answers}) == 1 and alone is None:
        only = _only_party_above(document, answers[0])
        parties |= {_ONLY: (only.code, only.span)} if only is not None else {}
    return [_turn(document, label, parties, alone) for label in answers]


_ONLY = ""
"""The key of the party that the heading gives to the only one who answers."""


def _labels(document: Document) -> list[Label]:
    """Every label at the head of a paragraph, each with the paragraphs that its turn goes on over; [] when they are too few."""
    text = document.report.text
    spans = [document.span(a, b) if b > a else (0, 0) for a, b in document.paragraphs]
    matches = [_LABEL.match(text, low, high) for low, high in spans]
    labelled = [k for k, match in enumerate(matches) if match is not None and not _is_heading(match, k)]
    if not labelled or 2 * len(labelled) < len([s for s in spans[labelled[0] :] if s[1] > s[0]]):
        return []
    found: list[Label] = []
    for k, following in zip(labelled, [*labelled[1:], len(spans)], strict=True):
        match = matches[k]
        if match is None:
            continue
        if match.group("open"):
            found.append(Label(match, k, _quoted_turn(text, match.end(), spans[k:following])))
        else:
            own = [j for j in range(k + 1, following) if _FIRST_PERSON.search(text[slice(*spans[j])])]
            found.append(Label(match, k, ((match.end(), spans[max([k, *own])][1]),)))
    return found


def _quoted_turn(text: str, start: int, paragraphs: list[Span]) -> tuple[Span, ...]:
    """The words of a turn that each of its paragraphs opens with a quotation mark, the marks left out."""
    found = [(start, paragraphs[0][1])]
    for low, high in paragraphs[1:]:
        if text[low] not in _MARKS or text[low + 1 : low + 2] in {"(", "["} or _FOLLOW.match(text, low + 1, high):
            break
        found.append((low + 1, high))
    return tuple((a, b - (text[b - 1] in _MARKS and b - 1 > a)) for a, b in found)


_MARKS = {'"', "“", "”"}
_FOLLOW = re.compile(r"Follow .{1,40} on (?:Twitter|X|Facebook|Instagram)\b")
"""What a newspaper puts under a transcript."""


def _is_heading(match: re.Match[str], paragraph: int) -> bool:
    """Whether the first line of the text only looks like a turn ("Briefing of the Ministry: on the talks")."""
    return paragraph == 0 and match.group("name").upper() != match.group("name")


def _answers(document: Document, labels: list[Label]) -> list[Label]:
    """The labels of those who speak for somebody: not "QUESTION", and no name behind which only questions stand."""
    text = document.report.text
    asking = {label.name for label in labels if label.name.rstrip(".").split()[0].upper() in _ASKING}
    for name in {label.name for label in labels} - asking:
        turns = [label for label in labels if label.name == name]
        only_asks = all(text[label.match.end() : label.end].rstrip().endswith("?") for label in turns)
        known = all(name.upper() == name or _speaks(document, label) for label in turns)
        if only_asks or not known:
            asking.add(name)
    return [label for label in labels if label.name not in asking]


def _speaks(document: Document, label: Label) -> bool:
    """Whether the label names a person with an office, or begins with a title."""
    person = _person(document, (label.match.start(), label.match.end()))
    words = label.name.split()
    titled = words if label.match.group("note") else words[:1]  # "Finance Minister of Peru (Ms. Ana Petrova):"
    return (person is not None and bool(person.person.office)) or any(w.strip(".").upper() in _TITLES for w in titled)


def _is_sitting(document: Document, labels: list[Label]) -> bool:
    """Whether the text says of itself that it gives questions and answers, or a minister answers in it."""
    head = document.report.text[: labels[0].match.start() + 200]
    return re.search(r"\b(?:questions?|answers?|transcript|sitting|hearing|debate)\b", head, re.IGNORECASE) is not None


def _only_person_above(document: Document, first: Label) -> PersonMention | None:
    """The one person with an office named above the first turn."""
    found = [
        m
        for m in document.within(0, document.paragraphs[first.paragraph][0], PersonMention)
        if m.person.office and m.form in {"name", "surname"}
    ]
    return found[0] if found and all(m.person is found[0].person for m in found) else None


def _turn(
    document: Document, label: Label, parties: dict[str, tuple[str, tuple[int, int]]], alone: PersonMention | None
) -> Statement:
    match = label.match
    where = match.span("name")
    speaker, spans = _speaker(document, label, parties, alone)
    draft = Draft(document, "statement", [(match.start(), label.end)])
    draft.put("speaker", speaker, *spans)
    draft.put("text", " ".join(document.words(span) for span in label.spans), *label.spans)
    draft.put("mode", "direct", where)
    if (act := performed(document, list(label.spans))) is not None:
        draft.put("act", act[0], *act[1])
    _heading(document, draft, label)
    finished: Statement = draft.finish(0.9)
    return finished


def _speaker(
    document: Document, label: Label, parties: dict[str, tuple[str, tuple[int, int]]], alone: PersonMention | None
) -> tuple[Person, list[tuple[int, int]]]:
    """Who the label stands for, and the words for it; a party noted once beside a name holds for its later turns."""
    words = label.match.group("name").strip().split()
    titles = [w for w in words if w.strip(".").upper() in _TITLES]
    name = " ".join(w for w in words if w not in titles) or " ".join(words)
    office = " ".join(t for t in titles if t.strip(".").upper() not in {"MR", "MRS", "MS", "DR", "HON"}) or None
    spans = [label.match.span("name")]
    person = _person(document, (label.match.start(), label.match.end())) or alone
    if label.match.group("note"):
        note = label.match.span("note")
        if code := _party(document, note):
            parties[name] = (code, note)
        elif person is not None and person.start >= note[0] and person.person.office is None:
            return _in_note(document, label, person)
    code, where = parties.get(name) or parties.get(_ONLY) or (None, None)
    if where is not None:
        spans.append(where)
    if person is None or not (person.person.party or person.person.office):
        return Person(name, office, code), spans
    record = person.person.record()
    if _is_guess(label, person.person):
        record = msgspec.structs.replace(record, party=None)
    spans += [s for s in person.person.evidence() if record.party is not None or s != person.person.party_span]
    if code is None and record.party is None and (asked := _asked_for(document, record)) is not None:
        code = asked.code
        spans.append(asked.span)
    if code is None and record.party is None and (only := _only_party_above(document, label)) is not None:
        code = only.code
        spans.append(only.span)
    return Person(record.name, record.office or office, code or record.party), spans


def _in_note(document: Document, label: Label, person: PersonMention) -> tuple[Person, list[tuple[int, int]]]:
    """A person named in brackets behind the office ("Finance Minister of Peru (Ms. Ana Petrova):")."""
    where = label.match.span("name")
    inside = (m for m in document.mentions if isinstance(m, PartyMention) and where[0] <= m.start and m.end <= where[1])
    state = next(inside, None)
    text = document.report.text
    if state is not None and state.start == where[0]:
        where = (state.end, where[1])
    elif state is not None and (of := _OF.search(text[where[0] : state.start])) is not None:
        where = (where[0], where[0] + of.start())
    who = person.person.record()
    spans = [where, person.span, *([state.span] if state is not None else [])]
    return Person(who.name, document.words(where).strip(), state.code if state is not None else who.party), spans


_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?$")


def _is_guess(label: Label, who: Someone) -> bool:
    """Whether the party of a person was read from words spoken in a turn, away from the name: the talk there is of others."""
    span = who.party_span
    if span is None or span[0] < label.match.start():
        return False
    return all(not (a - _BESIDE <= span[0] and span[1] <= b + _BESIDE) for a, b in who.mentions)


_BESIDE = 40
"""Characters around a name in which its own state stands."""
_ASKED = re.compile(
    r"(?:['’]s (?:\w+ )?(?:comment|response|reaction|position|view|take|stance)|(?: \w+){0,2} have (?:a|any) (?:\w+ )?comment)\b"
)
_SPOKEN_FOR = {"ministry", "mfa", "government", "cabinet"}


def _asked_for(document: Document, who: Person) -> PartyMention | None:
    """The one state whose comment those ask for who question a ministry's spokesperson ("What is Peru's comment?")."""
    if not _SPOKEN_FOR & set((who.office or "").casefold().split()):
        return None
    text = document.report.text
    asked = [m for m in document.all_of(PartyMention) if m.form == "name" and _ASKED.match(text, m.end)]
    return asked[0] if asked and all(m.code == asked[0].code for m in asked) else None


def _only_party_above(document: Document, label: Label) -> PartyMention | None:
    """The one party named above the first turn."""
    found = document.within(0, document.paragraphs[label.paragraph][0], PartyMention)
    people = document.within(0, document.paragraphs[label.paragraph][0], PersonMention)
    first = [
        m
        for m in found
        if document.paragraph(m.first) == 0 and not any(p.start <= m.start and m.end <= p.end for p in people)
    ]
    return first[0] if first and all(m.code == first[0].code for m in first) else None


def _person(document: Document, label: tuple[int, int]) -> PersonMention | None:
    for mention in document.mentions:
        if mention.start >= label[1]:
            break
        if isinstance(mention, PersonMention) and mention.start >= label[0] and mention.end <= label[1]:
            return mention
    return None


def _party(document: Document, span: tuple[int, int]) -> str | None:
    for mention in document.mentions:
        if isinstance(mention, PartyMention) and span[0] <= mention.start and mention.end <= span[1]:
            return mention.code
    return None


def _heading(document: Document, draft: Draft, label: Label) -> None:
    """Medium and day from the lines above the first turn: a transcript of questions is of a press conference."""
    text = document.report.text
    if (medium := named_medium(text[: label.match.start()][:_HEADING])) is not None:
        draft.put("medium", *medium)
    elif (asked := re.search(r"(?m)^(?:QUESTION|REPORTER|JOURNALIST)\b", text)) is not None:
        draft.put("medium", "press conference", asked.span())
    first = text.find(":")
    for mention in document.mentions:
        if mention.start > max(first, _HEADING):
            break
        if isinstance(mention, DateMention) and re.fullmatch(r"\d{4}-\d\d-\d\d", mention.edtf) and mention.role == "at":
            draft.put("made_on", mention.edtf, mention.span)
            return


_HEADING = 200
"""Characters at the head of a transcript that say where and when it was made."""
