"""What one person said, signed and attended, and which offices reports give them when."""

from __future__ import annotations

from typing import Any

import msgspec

from foedus.ask.dates import checked_date, codes_of
from foedus.ask.lookup import records_with
from foedus.ask.people import Match, one_person, people
from foedus.ask.search_words import Query, marked
from foedus.ask.timeline import headline
from foedus.book.edtf import bounds
from foedus.book.store import Book
from foedus.errors import AskError

_SPEAKING = ("speaker", "joint_with", "attributed_to")


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office with the first and last day that reports give it to the person, and which reports."""

    office: str
    since: str | None
    until: str | None
    reports: tuple[str, ...]


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """A record that names the person, and as what."""

    on: str | None
    role: str
    kind: str
    headline: str
    id: str
    record: dict[str, Any]


class PersonPage(msgspec.Struct, frozen=True, kw_only=True):
    """One person: names under which reports have them (most used first), offices by day, and what they did by day."""

    id: str
    name: str
    names: tuple[str, ...]
    party: str | None
    offices: tuple[Office, ...]
    statements: tuple[Deed, ...]
    meetings: tuple[Deed, ...]
    signatures: tuple[Deed, ...]
    others: tuple[Deed, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, whose it is, and its text in pieces (the second of a pair: whether the words asked for are in it)."""

    on: str | None
    speaker: str
    person: str | None
    pieces: tuple[tuple[str, bool], ...]
    id: str
    record: dict[str, Any]


def person(book: Book, name: str, party: str | None = None) -> PersonPage:
    """The page of the one person whom `name` means (see `people`), or with that id.

    Raises `NotFoundError` where the name fits nobody or several.
    """
    found = one_person(book, name, party)
    known = {one["id"]: one for one in records_with(book, list({one["record"] for one in found.records}))}
    deeds: dict[tuple[str, str], Deed] = {}
    for one in found.records:
        if (record := known.get(one["record"])) is not None:
            deed = Deed(
                on=record.get("when") or one["on"],
                role=one["role"],
                kind=one["kind"],
                headline=headline(record),
                id=record["id"],
                record=record,
            )
            deeds[deed.id, deed.role] = deed
    by_day = sorted(deeds.values(), key=lambda one: ((bounds(one.on) or ("9999",))[0], one.id, one.role))
    meetings = [one for one in by_day if one.kind == "meeting"]
    signed = [one for one in by_day if one.role == "signatories"]
    said = [one for one in by_day if one.kind == "statement"]
    return PersonPage(
        id=found.id,
        name=found.name,
        names=found.names,
        party=found.party,
        offices=_offices(found),
        statements=tuple(said),
        meetings=tuple(meetings),
        signatures=tuple(signed),
        others=tuple(one for one in by_day if one not in [*meetings, *signed, *said]),
    )


def _offices(found: Match) -> tuple[Office, ...]:
    """One entry an office, with variants of the person put together."""
    joined: dict[str, list[dict[str, Any]]] = {}
    for one in found.offices:
        joined.setdefault(one["office"].casefold(), []).append(one)
    offices = [
        Office(
            office=some[0]["office"],
            since=min((one["from"] for one in some if one["from"]), default=None),
            until=max((one["until"] for one in some if one["until"]), default=None),
            reports=tuple(sorted({report for one in some for report in one["reports"]})),
        )
        for some in joined.values()
    ]
    return tuple(sorted(offices, key=lambda one: (one.since or "9999", one.office)))


def said(
    book: Book,
    speaker: str | None = None,
    *,
    text: str | None = None,
    party: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    domain: str | None = None,
) -> list[Said]:
    """Statements by day: of the persons whom `speaker` may mean (see `people`; several are all given), with `text` in them.

    A speaker that is no known person may be a body: then its name must have the words asked for. `text` takes words,
    "phrases", -words and OR as `search` does. `party`: the speaker's or the addressee's; `domain`: a field of cooperation that
    the statement is filed under. Raises `AskError`.
    """
    if speaker is not None and not speaker.strip():
        raise AskError("the name must not be empty")
    query = Query.of(text) if text is not None else None
    codes, since, until = codes_of(book, party or ()), checked_date(since), checked_date(until)
    records = book.records("statement", party=codes, since=since, until=until, domain=domain)
    owner: dict[str, Match] = {}
    if speaker is not None:
        for match in people(book, speaker):
            spoken = [one["record"] for one in match.records if one["role"] in _SPEAKING]
            owner |= {record: match for record in spoken if record not in owner}
        bodies = Query.of(speaker) if not owner else None
        records = [one for one in records if one["id"] in owner or (bodies and bodies.fits(_speaker(one)))]
    found = []
    for one in records:
        words = one.get("text") or ""
        if query is None or query.fits(words):
            who = owner.get(one["id"])
            pieces = tuple(marked(words, query)) if query else ((words, False),)
            name = who.name if who else None
            found.append(
                Said(on=one.get("when"), speaker=_speaker(one), person=name, pieces=pieces, id=one["id"], record=one)
            )
    return found


def _speaker(record: dict[str, Any]) -> str:
    from foedus.ask.words import person_words

    return person_words(record.get("speaker"))
