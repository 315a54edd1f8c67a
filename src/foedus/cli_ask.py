"""Commands that ask the record book more than a list: what comes up, what changed, who with whom, how it goes."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from foedus.cli_options import (
    BookOption,
    DomainOption,
    FormatOption,
    KindsOption,
    LimitOption,
    PartiesArgument,
    SinceOption,
    TableFormat,
    TodayOption,
    UntilOption,
    today_of,
)


class HorizonFormat(StrEnum):
    """How the horizon is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    ics = "ics"


class WhyOption(StrEnum):
    """Why something is on the horizon."""

    expires = "expires"
    renewal = "renewal due"
    lapsed = "lapsed"
    due = "due"
    overdue = "overdue"


class ClockOption(StrEnum):
    """From when a report counts."""

    published = "published"
    read = "read"


class NetworkFormat(StrEnum):
    """How a network is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    graphml = "graphml"


class StepOption(StrEnum):
    """The length of a period."""

    month = "month"
    quarter = "quarter"
    year = "year"


class BriefFormat(StrEnum):
    """How a brief is printed."""

    markdown = "markdown"
    html = "html"
    json = "json"


def horizon(
    parties: PartiesArgument = None,
    months: Annotated[int, typer.Option("--months", min=1, max=1200, help="How far ahead to look.")] = 12,
    why: Annotated[list[WhyOption] | None, typer.Option("--why", help="Only these; repeat it for several.")] = None,
    today: TodayOption = None,
    format: Annotated[HorizonFormat, typer.Option("--format", help="How to print.")] = HorizonFormat.table,
    limit: LimitOption = None,
    book: BookOption = None,
) -> None:
    """What expires, is due for renewal, is due or overdue within the next months."""
    from foedus.ask import horizon as ask_horizon
    from foedus.book import Book
    from foedus.cli_answers import print_horizon
    from foedus.cli_tables import finish

    day = today_of(today) or date.today()
    quotes = format in (HorizonFormat.json, HorizonFormat.ics)
    reasons = [one.value for one in why or ()]
    with Book.open(book, create=False) as opened:
        found = ask_horizon(opened, *(parties or ()), months=months, today=day, why=reasons, quotes=quotes)
    if format is HorizonFormat.ics:
        from foedus.export import calendar_of

        sys.stdout.buffer.write(calendar_of(found[:limit], day))
    else:
        print_horizon(found[:limit], format.value)
    finish(len(found[:limit]), len(found))


def changes(
    parties: PartiesArgument = None,
    *,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="From this day on: YYYY, YYYY-MM or YYYY-MM-DD.")
    ],
    by: Annotated[
        ClockOption, typer.Option("--by", help="Count reports from their publication, or from when they were read.")
    ] = ClockOption.published,
    kind: KindsOption = None,
    events: Annotated[bool, typer.Option("--events", help="Coded events too.")] = False,
    today: TodayOption = None,
    format: FormatOption = TableFormat.table,
    limit: LimitOption = None,
    book: BookOption = None,
) -> None:
    """What is new since a day: records, stages, disagreements, states that turned, decisions."""
    from foedus.ask import changes as ask_changes
    from foedus.book import Book
    from foedus.cli_answers import print_changes
    from foedus.cli_tables import finish

    with Book.open(book, create=False) as opened:
        found = ask_changes(
            opened, *(parties or ()), since=since, today=today_of(today), by=by.value,
            kinds=[one.value for one in kind or ()], events=events,
            quotes=format is TableFormat.json,
        )  # fmt: skip
    print_changes(found[:limit], format.value)
    finish(len(found[:limit]), len(found))


def network(
    parties: PartiesArgument = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindsOption = None,
    domain: DomainOption = None,
    most: Annotated[int, typer.Option("--most", min=2, help="Records with more parties than this join nobody.")] = 12,
    format: Annotated[NetworkFormat, typer.Option("--format", help="How to print.")] = NetworkFormat.table,
    limit: LimitOption = None,
    book: BookOption = None,
) -> None:
    """Who agrees with whom on what (with --kind: meets, acts …): pairs by number of records."""
    from foedus.ask import network as ask_network
    from foedus.book import Book
    from foedus.cli_answers import print_network
    from foedus.cli_tables import finish

    kinds = [one.value for one in kind or ()] or ["agreement"]
    with Book.open(book, create=False) as opened:
        found = ask_network(
            opened, *(parties or ()), since=since, until=until, kinds=kinds, domain=domain, most=most
        )  # fmt: skip
    print_network(found, format.value, limit)
    finish(len(found.edges[:limit]), len(found.edges))


def trend(
    parties: Annotated[list[str], typer.Argument(metavar="PARTY...", help="Two or more, such as India and USA.")],
    since: SinceOption = None,
    until: UntilOption = None,
    by: Annotated[StepOption, typer.Option("--by", help="The length of a period.")] = StepOption.month,
    format: FormatOption = TableFormat.table,
    book: BookOption = None,
) -> None:
    """Cooperation and conflict between parties, month by month."""
    from foedus.ask import trend as ask_trend
    from foedus.book import Book
    from foedus.cli_answers import print_trend
    from foedus.cli_tables import finish

    with Book.open(book, create=False) as opened:
        found = ask_trend(opened, *parties, since=since, until=until, by=by.value)
    print_trend(found, format.value)
    finish(len(found.periods))


def brief(
    parties: Annotated[list[str], typer.Argument(metavar="PARTY...", help="Two or more, such as India and USA.")],
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Say too what changed since this day.")
    ] = None,
    months: Annotated[int, typer.Option("--months", min=1, max=1200, help="How far ahead to look.")] = 12,
    most: Annotated[int, typer.Option("--most", min=1, help="Lines of a section, the latest ones.")] = 50,
    today: TodayOption = None,
    format: Annotated[BriefFormat, typer.Option("--format", help="How to print.")] = BriefFormat.markdown,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file; .html gives HTML.")
    ] = None,
    book: BookOption = None,
) -> None:
    """The dossier on two parties, every line with its sources and their words."""
    from foedus.ask import brief as ask_brief
    from foedus.book import Book
    from foedus.cli_answers import write_brief
    from foedus.cli_tables import finish

    with Book.open(book, create=False) as opened:
        found = ask_brief(opened, *parties, since=since, today=today_of(today), months=months, most=most)
    write_brief(found, format.value, output)
    finish(len(found.sources))


def add_questions(app: typer.Typer) -> None:
    """Put these commands into the command line."""
    for command in (horizon, brief, changes, network, trend):
        app.command()(command)
