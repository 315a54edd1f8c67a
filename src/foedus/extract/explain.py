"""Why a record is as it is: for each value its words, the rule that put it, and how the words were resolved.

Reading with a trace is reading again; nothing of it is stored, so that the book stays small and the answer is that of the reader at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from foedus.mentions.model import (
    DateMention,
    DurationMention,
    ForumMention,
    GroupMention,
    Mention,
    MoneyMention,
    OfficeMention,
    PartyMention,
    PersonMention,
    PlaceMention,
    Someone,
)
from foedus.record import PLURAL, Record, Report, Span

if TYPE_CHECKING:
    from foedus.language import Pipeline
    from foedus.mentions import Document

_PARTY_FORMS = {
    "name": "the name of {}",
    "adjective": "an adjective or people's name of {}",
    "capital": "the capital of {}, which stands for the state",
    "seat": "a seat of the government of {}",
    "body": "a body of {}",
    "organisation": "the organisation {}",
}


@dataclass(frozen=True)
class Words:
    """Words of the report: characters [start, end), the text, the sentence around it, and what was understood (one line each)."""

    start: int
    end: int
    text: str
    sentence: str
    resolved: tuple[str, ...]


@dataclass(frozen=True)
class Because:
    """One field of a record: value, the rule that put it ("module.function: what it does"; "" when unknown), its words."""

    field: str
    value: Any
    rule: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Explanation:
    """One record explained; `predicates` says of the verbs in its words how each is meant."""

    kind: str
    id: str
    confidence: float
    fields: tuple[Because, ...]
    predicates: tuple[str, ...]


def explain(report: Report, wanted: str = "", pipeline: Pipeline | None = None) -> list[Explanation]:
    """The records of a report whose id begins with `wanted`, or of that kind ("agreement", "agreements"); all for "".

    [] when the reader finds none such in the report.
    """
    from foedus.extract import extract
    from foedus.language import load
    from foedus.mentions import resolve

    document = resolve(report, (pipeline or load()).parse(report.text))
    document.trace = {}
    reading = extract(document)
    return [
        _explained(document, kind, record)
        for kind, record in reading.records()
        if record.id.startswith(wanted) or wanted in {kind, PLURAL[kind]}
    ]


def _explained(document: Document, kind: str, record: Record) -> Explanation:
    rules = (document.trace or {}).get(record.id, {})
    values: dict[str, Any] = msgspec.to_builtins(record)
    evidence, confidence = values.pop("evidence"), values.pop("confidence")
    fields = []
    for name, spans in sorted(evidence.items(), key=lambda item: (item[0] != "record", item[0])):
        words = tuple(_words(document, (start, end), name) for start, end in spans)
        fields.append(Because(name, values.get(name), rules.get(name, ""), words))
    return Explanation(kind, record.id, confidence, tuple(fields), tuple(_predicates(document, evidence["record"])))


def _words(document: Document, span: Span, name: str) -> Words:
    tokens = document.tokens_in([span])
    sentence = document.words(document.sentence_span(tokens[0].i)) if tokens else ""
    resolved = [] if name in {"record", "text", "undertaking"} else _resolutions(document, span)
    return Words(*span, document.words(span), sentence, tuple(dict.fromkeys(resolved)))


def _resolutions(document: Document, span: Span) -> list[str]:
    """What the mentions inside `span` (or just around it) stand for."""
    touching = [m for m in document.mentions if m.start < span[1] and span[0] < m.end]
    inside = [m for m in touching if span[0] <= m.start and m.end <= span[1]]
    chosen = inside or [m for m in touching if m.start <= span[0] and span[1] <= m.end]
    return [f"{document.words(m.span)!r}: {said}" for m in chosen if (said := _resolution(document, m))]


def _resolution(document: Document, mention: Mention) -> str:
    if isinstance(mention, PartyMention):
        return _PARTY_FORMS[mention.form].format(mention.code)
    if isinstance(mention, PersonMention):
        return _person(document, mention)
    if isinstance(mention, GroupMention):
        named = ", ".join(repr(document.words(span)) for span in mention.antecedents)
        who = ", ".join([*mention.parties, *(p.name for p in mention.persons)])
        return f"stands for {who}" + (f", named in {named}" if named else "")
    if isinstance(mention, DateMention):
        return _date(document, mention)
    if isinstance(mention, PlaceMention):
        return f"the place {mention.value}"
    if isinstance(mention, ForumMention):
        return f"the forum {mention.name}" + (f", edition {mention.edition}" if mention.edition else "")
    if isinstance(mention, OfficeMention):
        return f"an office ({mention.office})" + (f" of {mention.party}" if mention.party else "")
    if isinstance(mention, DurationMention):
        return f"the length {mention.iso}"
    if isinstance(mention, MoneyMention):
        return f"{mention.money.amount} {mention.money.currency}"
    return ""


def _person(document: Document, mention: PersonMention) -> str:
    person: Someone = mention.person
    about = ", ".join(x for x in (person.office, person.party) if x)
    known = f"{person.name} ({about})" if about else person.name
    said = {"name": "the name of", "surname": "the surname of"}.get(mention.form, "stands for")
    where = [
        f"{what} from {document.words(span)!r}"
        for what, span in (("office", person.office_span), ("party", person.party_span))
        if span is not None and not (mention.start <= span[0] and span[1] <= mention.end)
    ]
    if mention.form not in {"name", "surname"}:
        where.insert(0, f"named in {document.words(person.name_span)!r}")
    return f"{said} {known}" + (f"; {'; '.join(where)}" if where else "")


def _date(document: Document, mention: DateMention) -> str:
    said = f"{mention.edtf}" if mention.role == "at" else f"{mention.role} {mention.edtf}"
    if not mention.inferred:
        return said
    anchor = document.report.published_on
    if document.dateline is not None and document.dateline.date is not None:
        return f"{said}, counted from the dateline ({document.dateline.date.edtf})"
    return f"{said}, counted from the publication date ({anchor})" if anchor else said


def _predicates(document: Document, spans: list[Span]) -> list[str]:
    """How each verb in the record's words is meant, with the words that show it."""
    found = []
    for token in document.tokens_in([(a, b) for a, b in spans]):
        if token.pos_ != "VERB":
            continue
        modality = document.modality(token)
        cues = ", ".join(repr(document.words(span)) for span in modality.cues)
        said = f"{token.text!r} is {modality.kind}" + (f" ({cues})" if cues else "")
        if modality.attributed is not None:
            said += f", reported by {document.doc[modality.attributed].text!r}"
        found.append(said)
    return found
