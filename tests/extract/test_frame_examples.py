"""Every line of the frame tables is read: its example, alone and by the real pipeline, must give what the line says.

`foedus.lexicon.check` makes sure that an example shows a form of its line; here the readers show that the line works. What a
table promises is a function of `PROMISES`; where only some lines of a table give records, `TELLING` names them by column and
value. `KNOWN_GAPS` are lines that are right and do not fire yet: they run as strict expected failures, so that mending one is
noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pytest

from foedus.extract import extract
from foedus.language import load
from foedus.lexicon import load_table, split_forms
from foedus.mentions import Document, resolve
from foedus.record import Reading, Record, Report

Row = dict[str, str]


class Read(NamedTuple):
    """What became of one example."""

    document: Document
    reading: Reading


class Telling(NamedTuple):
    """The lines of a table that tell something themselves: `column` has one of `values`."""

    column: str
    values: frozenset[str]


TELLING = {
    "activity_frames": Telling("part", frozenset({"noun", "verb"})),
    "commitment_frames": Telling("firmness", frozenset({"agreed", "committed", "pledged", "plans", "hopes"})),
    "event_frames": Telling("part", frozenset({"verb", "noun", "adj", "stance"})),
}
"""Of these tables only such lines give records of their own. The others are classes of words and words of the context: there is
nothing to read in their examples."""

KNOWN_GAPS = {
    "agreement_frames/notice": "“notice of withdrawal from” is read, by the withdrawal: an instrument hangs on “notice”, not on “give”",
    "event_frames/accord_passive": "the verb takes its instrument behind “into”, which is no side that the frame looks for",
}

_SMALL = {"a", "to", "of", "on", "in", "into", "for", "with", "from", "at", "out", "up", "over", "as", "by", "the", "each"}  # fmt: skip
"""Words of a form that alone show nothing."""


def _lines() -> Iterator[tuple[str, Row]]:
    for table in PROMISES:
        telling = TELLING.get(table)
        for row in load_table(table):
            if telling is None or row[telling.column] in telling.values:
                yield table, row


def _params() -> Iterator[Any]:
    for table, row in _lines():
        gap = KNOWN_GAPS.get(f"{table}/{row['id']}")
        marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
        yield pytest.param(table, row, id=f"{table}/{row['id']}", marks=marks)


@pytest.fixture(scope="module")
def readings() -> dict[str, Read]:
    """Example -> what is read from it."""
    texts = list(dict.fromkeys(row["example"] for _, row in _lines()))
    documents = [resolve(Report.of(t), doc) for t, doc in zip(texts, load().parse_many(texts), strict=True)]
    return {text: Read(document, extract(document)) for text, document in zip(texts, documents, strict=True)}


def _shows(read: Read, record: Record, row: Row, *fields: str) -> bool:
    """Whether the words of one of these fields have a word of the line in them, in any of its inflected forms."""
    spans = [span for field in fields for span in record.evidence.get(field, ())]
    inside = [t for t in read.document.doc if any(a < t.idx + len(t.text) and t.idx < b for a, b in spans)]
    wanted = {word for form in split_forms(row["forms"]) for word in form.lower().split()} - _SMALL
    wanted |= {part for word in wanted for part in word.split("-")} - _SMALL
    return any(t.lemma_.lower() in wanted or any(_is_form(t.lower_, word) for word in wanted) for t in inside)


def _is_form(word: str, of: str) -> bool:
    """Whether the word may be a regular form of another: it is, or begins with it, perhaps without its last letter."""
    stem = of[:-1] if len(of) > 3 else of
    return word == of or (len(stem) > 2 and word.startswith(stem))


def _any(found: Iterable[Any], promise: Callable[[Any], bool]) -> bool:
    return any(promise(one) for one in found)


def _agreement_stage(row: Row, read: Read) -> bool:
    return _any(read.reading.agreements, lambda a: a.stage == row["stage"] and _shows(read, a, row, "stage"))


def _instrument(row: Row, read: Read) -> bool:
    if row["needs"] == "never":
        return not read.reading.agreements
    found = read.reading.agreements
    return _any(found, lambda a: a.instrument == row["instrument"] and _shows(read, a, row, "instrument", "title"))


_STATUS = {"postponed": "postponed", "cancelled": "cancelled", "proposing": "proposed"}


def _meeting(row: Row, read: Read) -> bool:
    found = read.reading.meetings
    if row["kind"] == "refusing":
        return not found
    if row["kind"] in _STATUS:
        return _any(found, lambda m: m.status == _STATUS[row["kind"]])
    if row["kind"] not in {"verb", "noun-verb"}:
        return bool(found)
    return _any(found, lambda m: row["format"] in {"", m.format} and _shows(read, m, row, "record"))


def _meeting_noun(row: Row, read: Read) -> bool:
    field = "record" if row["part"] == "noun" else "format"
    return _any(read.reading.meetings, lambda m: row["format"] in {"", m.format} and _shows(read, m, row, field))


def _commitment(row: Row, read: Read) -> bool:
    found = read.reading.commitments
    return _any(found, lambda c: c.firmness == row["firmness"] and _shows(read, c, row, "firmness", "record"))


def _activity(row: Row, read: Read) -> bool:
    return _any(read.reading.activities, lambda a: a.kind == row["kind"] and _shows(read, a, row, "kind", "record"))


def _event(row: Row, read: Read) -> bool:
    found = read.reading.events
    if row["type"] == "SAY":  # what is said is read, not the saying
        return _any(found, lambda e: e.attributed_to is not None or _shows(read, e, row, "record"))
    if row["type"] == "PLAN":
        return _any(found, lambda e: e.modality == "future")
    words = {**row, "forms": "|".join([row["forms"], *_objects(row)])}
    return _any(found, lambda e: e.type == row["type"] and _shows(read, e, words, "record", "type"))


def _objects(row: Row) -> list[str]:
    """Nouns that the verb of the line takes: an event that is a meeting, visit or exercise as well has only these as its words."""
    classes = {r["id"]: split_forms(r["forms"]) for r in load_table("event_frames") if r["part"] == "class"}
    items = [item for item in split_forms(row["object"]) if not item.startswith("~")]
    return [word for item in items for word in (classes[item[1:]] if item.startswith("@") else [item])]


def _statement(row: Row, read: Read) -> bool:
    return _any(
        read.reading.statements, lambda s: s.act == row["act"] and _shows(read, s, row, "act", "mode", "record")
    )


def _speaker(row: Row, read: Read) -> bool:
    """A statement by what the noun names; of an instrument only its very words are one."""
    modes = {"direct"} if row["kind"] == "instrument" else {"direct", "indirect", "mixed"}
    return _any(read.reading.statements, lambda s: s.mode in modes and _shows(read, s, row, "speaker", "via"))


PROMISES: dict[str, Callable[[Row, Read], bool]] = {
    "agreement_frames": _agreement_stage,
    "talk_stages": _agreement_stage,
    "instruments": _instrument,
    "meeting_frames": _meeting,
    "meeting_nouns": _meeting_noun,
    "commitment_frames": _commitment,
    "activity_frames": _activity,
    "event_frames": _event,
    "statement_frames": _statement,
    "say_verbs": _statement,
    "say_nouns": _speaker,
    "speech_nouns": _statement,
}


@pytest.mark.parametrize(("table", "row"), list(_params()))
def test_example_reads_as_its_line_says(table: str, row: Row, readings: dict[str, Read]) -> None:
    read = readings[row["example"]]
    found = [(kind, record) for kind, record in read.reading.records()]
    assert PROMISES[table](row, read), f"{row['example']!r} gives {found}"


def test_every_named_gap_is_a_line() -> None:
    assert set(KNOWN_GAPS) <= {f"{table}/{row['id']}" for table, row in _lines()}
