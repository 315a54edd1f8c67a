"""Commands that look for words and persons in the record book."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from foedus.cli_options import (
    BookOption,
    DomainOption,
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
    from foedus.cli_answers import finish, print_found

    kinds = [one.value for one in kind or ()]
    text = " ".join(words or ())
    with Book.open(book, create=False) as opened:
        found = ask_search(
            opened, text, kinds=kinds, party=party or (), since=since, until=until, newest=newest, facets=facets,
            limit=limit,
        )  # fmt: skip
    print_found(found, format.value)
    finish(len(found.hits), found.total)


def statements(
    speaker: Annotated[
        str | None,
        typer.Option(
            "--speaker", metavar="NAME", help="Of this person, under any spelling, with or without the office."
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="WORDS", help="With these words, as `search` takes them.")
    ] = None,
    party: PartyOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    domain: DomainOption = None,
    format: FormatOption = TableFormat.table,
    limit: LimitOption = None,
    book: BookOption = None,
) -> None:
    """Statements: who said what."""
    from foedus.ask import find, said
    from foedus.book import Book
    from foedus.cli_answers import finish, print_said
    from foedus.cli_print import print_records

    with Book.open(book, create=False) as opened:
        if speaker is None and text is None:
            listed = find(opened, "statement", party=party, since=since, until=until, domain=domain)
            print_records("statement", listed[:limit], format.value, len(listed))
            return
        found = said(opened, speaker, text=text, party=party, since=since, until=until)
    print_said(found[:limit], format.value)
    finish(len(found[:limit]), len(found))


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


def add_finding(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    for command in (search, statements, person):
        app.command()(command)
