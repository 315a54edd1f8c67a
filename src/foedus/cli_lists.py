"""Commands that list what is in the record book: records by kind, the timeline of parties, reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Annotated, Any, TypeVar

import typer

from foedus.cli_options import (
    BookOption,
    DomainOption,
    FormatOption,
    LimitOption,
    NewestOption,
    PartyOption,
    SinceOption,
    TableFormat,
    UntilOption,
)

T = TypeVar("T")
_LISTS = {
    "agreements": ("agreement", "Agreements: what was agreed, by whom, until when."),
    "meetings": ("meeting", "Meetings: who met where and when."),
    "commitments": ("commitment", "Commitments: who promised what to whom by when."),
    "activities": ("activity", "Activities: exercises, visits, deliveries, training, aid."),
    "events": ("event", "Events in PLOVER and CAMEO codes."),
}


def _ordered(found: Sequence[T], newest: bool, day: Callable[[T], Any]) -> list[T]:
    """As found (oldest first, undated last), or newest first, undated last."""
    if not newest:
        return list(found)
    return sorted(found[::-1], key=lambda one: not day(one))


def _print_kind(
    kind: str, asked: dict[str, Any], newest: bool, form: TableFormat, limit: int | None, book: str | None
) -> None:
    from foedus.ask import find
    from foedus.book import Book
    from foedus.cli_print import print_records

    with Book.open(book, create=False) as opened:
        found = _ordered(find(opened, kind, **asked), newest, lambda one: one.get("when"))
    print_records(kind, found[:limit], form.value, len(found))


def _listing(app: typer.Typer, plural: str, kind: str, summary: str) -> None:
    def command(
        party: PartyOption = None,
        since: SinceOption = None,
        until: UntilOption = None,
        domain: DomainOption = None,
        newest: NewestOption = False,
        format: FormatOption = TableFormat.table,
        limit: LimitOption = None,
        book: BookOption = None,
    ) -> None:
        asked = {"party": party, "since": since, "until": until, "domain": domain}
        _print_kind(kind, asked, newest, format, limit, book)

    command.__doc__ = summary
    app.command(plural)(command)


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
    newest: NewestOption = False,
    format: FormatOption = TableFormat.table,
    limit: LimitOption = None,
    book: BookOption = None,
) -> None:
    """Statements: who said what."""
    if speaker is None and text is None:
        asked = {"party": party, "since": since, "until": until, "domain": domain}
        _print_kind("statement", asked, newest, format, limit, book)
        return
    from foedus.ask import said
    from foedus.book import Book
    from foedus.cli_answers import print_said
    from foedus.cli_tables import finish

    with Book.open(book, create=False) as opened:
        found = said(opened, speaker, text=text, party=party, since=since, until=until, domain=domain)
    found = _ordered(found, newest, attrgetter("on"))
    print_said(found[:limit], format.value)
    finish(len(found[:limit]), len(found))


def timeline(
    parties: Annotated[list[str], typer.Argument(metavar="PARTY...", help="Names or codes, such as India or USA.")],
    since: SinceOption = None,
    until: UntilOption = None,
    events: Annotated[bool, typer.Option("--events", help="Coded events too.")] = False,
    newest: NewestOption = False,
    format: FormatOption = TableFormat.table,
    limit: LimitOption = None,
    book: BookOption = None,
) -> None:
    """Everything that these parties agreed, said and did together, by day."""
    from foedus.ask import timeline as ask_timeline
    from foedus.book import Book
    from foedus.cli_print import print_timeline

    with Book.open(book, create=False) as opened:
        whole = format is TableFormat.json  # only there is follow-up that does not count yet shown
        entries = ask_timeline(opened, *parties, since=since, until=until, events=events, proposals=whole)
        found = _ordered(entries, newest, lambda one: one.get("on"))
    print_timeline(found[:limit], format.value, len(found))


def reports(
    newest: NewestOption = False,
    format: FormatOption = TableFormat.table,
    limit: LimitOption = None,
    book: BookOption = None,
) -> None:
    """The reports in the record book."""
    from foedus.book import Book
    from foedus.cli_print import print_reports

    with Book.open(book, create=False) as opened:
        found = _ordered(opened.reports(), newest, lambda one: one.get("published_on"))
    print_reports(found[:limit], format.value, len(found))


def add_lists(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    for plural, (kind, summary) in _LISTS.items():
        _listing(app, plural, kind, summary)
    for command in (statements, timeline, reports):
        app.command()(command)
