"""Persons across reports: every name with its office and party, joined into one person where nothing speaks against it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.book import schema as t
from foedus.book.names import surname
from foedus.book.rows import chunks
from foedus.book.wording import words

ROLES = ("signatories", "participants", "speaker", "joint_with", "attributed_to")
"""The fields that name persons."""


@dataclass(frozen=True)
class Naming:
    """One place where a record names a person, with the day and report of it."""

    name: str
    surname: str
    office: str | None
    party: str | None
    role: str
    record: str
    canonical: str
    kind: str
    report: str
    on: str | None


def file_persons(connection: sa.Connection, reports: Sequence[str]) -> None:
    """Note the persons that the records of these reports name; what was noted before is replaced."""
    for some in chunks(reports):
        own = sa.select(t.records.c.id, t.records.c.json).where(t.records.c.report_id.in_(some))
        rows = [row for id, text in connection.execute(own) for row in _named(id, msgspec.json.decode(text))]
        ids = sa.select(t.records.c.id).where(t.records.c.report_id.in_(some))
        connection.execute(t.persons_named.delete().where(t.persons_named.c.record_id.in_(ids)))
        if rows:
            connection.execute(t.persons_named.insert(), rows)


def _named(record: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for role in ROLES:
        value = values.get(role)
        for number, one in enumerate(value if isinstance(value, list) else [value]):
            # a body that speaks has a name and no office; a person named by office alone cannot be told from the next
            if one and one.get("name") and (role != "speaker" or one.get("office") or len(words(one["name"])) < 4):
                about = {"name": one["name"], "office": one.get("office"), "party": one.get("party")}
                yield {"record_id": record, "role": role, "number": number, "surname": surname(one["name"]), **about}


def namings(connection: sa.Connection, surnames: Sequence[str] | None = None) -> list[Naming]:
    """Where persons are named (with these surnames, or all), earliest first; the same names in another order too."""
    found = _filed_under(connection, surnames)
    if surnames is not None:
        orders = {order for one in found if len(order := _any_order(one.name)) > 1}
        others = sorted({word for order in orders for word in order} - set(surnames))
        more = _filed_under(connection, others)
        found += [one for one in more if _any_order(one.name) in orders]
    return sorted(found, key=lambda one: (one.on or "9999", one.report, one.record, one.role, one.name))


def _any_order(name: str) -> tuple[str, ...]:
    """The words of a name, whichever comes first: "Hayashida Kenzo" is "Kenzo Hayashida"."""
    return tuple(sorted(words(name)))


def _filed_under(connection: sa.Connection, surnames: Sequence[str] | None) -> list[Naming]:
    columns = (t.persons_named, t.records.c.canonical_id, t.records.c.kind, t.records.c.report_id)
    base = sa.select(*columns, t.reports.c.published_on, t.records.c.json)
    base = base.join_from(t.persons_named, t.records).join(t.reports)
    found = []
    for some in [None] if surnames is None else chunks(surnames):
        query = base if some is None else base.where(t.persons_named.c.surname.in_(some))
        for row in connection.execute(query):
            found.append(_naming(row))
    return found


def _naming(row: Any) -> Naming:
    values = msgspec.json.decode(row.json)
    days = (values.get(field) for field in ("signed_on", "held_on", "made_on", "start_on", "date"))
    on = next((day for day in days if day and not day.startswith("X")), None) or row.published_on
    about = (row.name, row.surname, row.office, row.party, row.role, row.record_id)
    return Naming(*about, row.canonical_id or row.record_id, row.kind, row.report_id, on)


def joined(found: Iterable[Naming]) -> list[list[Naming]]:
    """Namings of one person together: one surname, given names that fit, no other party. Fullest names come first.

    Two that have the same two names or more in another order are one person too, where no party speaks against it.
    """
    people: list[list[Naming]] = []
    for one in sorted(
        found, key=lambda one: (one.surname, -len(words(one.name)), one.party or "~", one.name, one.record)
    ):
        fitting = [person for person in people if person[0].surname == one.surname and _fits(one, person)]
        if len(fitting) == 1:
            fitting[0].append(one)
        elif not fitting:
            people.append([one])
        else:  # "Singh" alone fits several: the one whose party and office it has, else a person of its own
            nearer = [person for person in fitting if one.office and any(one.office == p.office for p in person)]
            if len(nearer) == 1:
                nearer[0].append(one)
            else:
                people.append([one])
    return _turned(people)


def _turned(people: list[list[Naming]]) -> list[list[Naming]]:
    """Persons with the ones put in whose names have the same words in another order."""
    found: list[list[Naming]] = []
    by_words: dict[tuple[str, ...], list[list[Naming]]] = {}
    for person in people:
        orders = {order for one in person if len(order := _any_order(one.name)) > 1}
        known = [other for order in sorted(orders) for other in by_words.get(order, ())]
        own = _parties(person)
        known = [other for other in known if not (own and _parties(other)) or own & _parties(other)]
        known.sort(key=lambda other: _parties(other) != own)
        whole = known[0] if known else person
        if known:
            whole += person
        else:
            found.append(person)
        for order in orders:
            some = by_words.setdefault(order, [])
            if not any(one is whole for one in some):
                some.append(whole)
    return found


def _parties(person: list[Naming]) -> set[str]:
    return {one.party for one in person if one.party}


def _fits(one: Naming, person: list[Naming]) -> bool:
    parties = _parties(person)
    if one.party and parties and one.party not in parties:
        return False
    given = set(words(one.name)[:-1])
    return all(_given_fit(given, set(words(named.name)[:-1])) for named in person)


def _given_fit(a: set[str], b: set[str]) -> bool:
    """One has the other's given names or their first letters; none at all fits any."""
    few, many = sorted((a, b), key=len)
    firsts = {name[0] for name in many}
    return all(name in many or (len(name) == 1 and name in firsts) or (name[0] in many) for name in few)


def summary(person: list[Naming]) -> dict[str, Any]:
    """``{"id", "name", "names", "party", "offices", "records"}`` of one person; offices by the first day they are given for."""
    names = Counter(one.name for one in person)
    name = min(names, key=lambda one: (-len(words(one)), -names[one], one))
    parties = Counter(one.party for one in person if one.party)
    party = min(parties, key=lambda one: (-parties[one], one)) if parties else None
    digest = hashlib.sha256("\x1f".join([" ".join(words(name)), party or ""]).encode()).hexdigest()[:12]
    return {
        "id": f"pe-{digest}",
        "name": name,
        "names": sorted(names, key=lambda one: (-names[one], one)),
        "party": party,
        "offices": _offices(person),
        "records": len({one.canonical for one in person}),
    }


def _offices(person: list[Naming]) -> list[dict[str, Any]]:
    found: dict[str, list[Naming]] = {}
    for one in person:
        if one.office:
            found.setdefault(" ".join(words(one.office)), []).append(one)
    offices = []
    for held in found.values():
        days = sorted(one.on for one in held if one.on)
        spelled = Counter(str(one.office) for one in held)
        offices.append(
            {
                "office": min(spelled, key=lambda one: (-spelled[one], one)),
                "from": days[0] if days else None,
                "until": days[-1] if days else None,
                "reports": sorted({one.report for one in held}),
            }
        )
    return sorted(offices, key=lambda one: (one["from"] or "9999", one["office"]))


def appearances(person: list[Naming]) -> list[dict[str, Any]]:
    """``{"record", "kind", "role", "on"}`` for each consolidated record and role of a person, by day."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in person:
        entry = {"record": one.canonical, "kind": one.kind, "role": one.role, "on": one.on}
        found.setdefault((one.canonical, one.role), entry)
    return sorted(found.values(), key=lambda one: (one["on"] or "9999", one["record"], one["role"]))


def answers(person: list[Naming], asked: str) -> bool:
    """Whether a person is the one with this id, or has this name or surname."""
    if asked.startswith("pe-"):
        return bool(summary(person)["id"] == asked)
    given, own = set(words(asked)[:-1]), surname(asked)
    named = [one for one in person if one.surname == own]
    return bool(named) and all(_given_fit(given, set(words(one.name)[:-1])) for one in named)
