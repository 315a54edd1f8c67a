"""Commands that look for words and persons in the record book."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from foedus.cli_options import (
    BookOption,
    FormatOption,
    LimitOption,
    PartyOption,
    SinceOption,
    TableFormat,
    UntilOption,
)


class FoundKind(StrEnum):
    """What a search can find."""

    report = "report"
    agreement = "agreement"
    meeting = "meeting"
    statement = "statement"
    commitment = "commitment"
    activity = "activity"
    event = "event"


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help="Words, a '\"phrase\"', begin*, -not (after --), one OR another; word forms count.",
        ),
    ] = None,
    kind: Annotated[list[FoundKind] | None, typer.Option("--kind", help="Only this; repeat it for several.")] = None,
    party: PartyOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    newest: Annotated[bool, typer.Option("--newest", help="Newest first instead of best first.")] = False,
    facets: Annotated[
        bool, typer.Option("--facets/--no-facets", help="Count the finds by kind, party and year.")
    ] = True,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most N finds.")] = 20,
    format: FormatOption = TableFormat.table,
    book: BookOption = None,
) -> None:
    """Reports and records that have these words; with filters alone, everything that they leave."""
    from foedus.ask import search as ask_search
    from foedus.book import Book
    from foedus.cli_answers import print_found
    from foedus.cli_tables import finish

    kinds = [one.value for one in kind or ()]
    text = " ".join(words or ())
    with Book.open(book, create=False) as opened:
        found = ask_search(
            opened, text, kinds=kinds, party=party or (), since=since, until=until, newest=newest, facets=facets,
            limit=limit,
        )  # fmt: skip
    print_found(found, format.value)
    finish(len(found.hits), found.total)


def person(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A surname, a full name in any spelling, or an id (pe-…).")
    ],
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Of this party.")] = None,
    format: FormatOption = TableFormat.table,
    book: BookOption = None,
) -> None:
    """One person: offices with the days that reports give them for, statements, meetings, signatures."""
    from foedus.ask import person as ask_person
    from foedus.book import Book
    from foedus.cli_answers import print_person

    with Book.open(book, create=False) as opened:
        found = ask_person(opened, name, party)
    print_person(found, format.value)


def persons(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only those who may be meant by this name, in any spelling.")
    ] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Only persons of this party.")] = None,
    format: FormatOption = TableFormat.table,
    limit: LimitOption = None,
    book: BookOption = None,
) -> None:
    """Persons that reports name, most records first, with the offices they held; `person` tells what one of them did."""
    from foedus.ask import people
    from foedus.ask.dates import code_of
    from foedus.book import Book
    from foedus.cli_answers import print_people
    from foedus.cli_tables import finish

    with Book.open(book, create=False) as opened:
        if name is None:
            found = opened.persons(code_of(opened, party) if party else None)
        else:
            fields = ("id", "name", "names", "party", "offices")
            matches = people(opened, name, party)
            found = [
                {field: getattr(one, field) for field in fields} | {"records": len(one.records)} for one in matches
            ]
    print_people(found[:limit], format.value)
    finish(len(found[:limit]), len(found))


def add_finding(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    for command in (search, person, persons):
        app.command()(command)
