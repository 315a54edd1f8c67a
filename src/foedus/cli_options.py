"""Options and arguments that several commands have."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer


class TableFormat(StrEnum):
    """How records are printed."""

    table = "table"
    json = "json"
    csv = "csv"


class KindName(StrEnum):
    """The kinds of record."""

    agreement = "agreement"
    meeting = "meeting"
    statement = "statement"
    commitment = "commitment"
    activity = "activity"
    event = "event"


BookOption = Annotated[
    str | None,
    typer.Option(
        "--book",
        metavar="PATH",
        help="The record book: a file, or postgresql://… (default: $FOEDUS_BOOK, else the user's data folder).",
    ),
]
PartyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--party", metavar="PARTY", help="Only what this party takes part in; repeat it for several together."
    ),
]
PartiesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="PARTY...", help="Names or codes, such as India or USA; all without it.")
]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD.")]
DomainOption = Annotated[str | None, typer.Option("--domain", help="Only this field of cooperation.")]
KindsOption = Annotated[
    list[KindName] | None, typer.Option("--kind", help="Only this kind of record; repeat it for several.")
]
FormatOption = Annotated[TableFormat, typer.Option("--format", help="How to print.")]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most N records.")]
TodayOption = Annotated[
    str | None, typer.Option("--today", metavar="DATE", help="Answer as of this day: YYYY-MM-DD (default: today).")
]


def today_of(value: str | None) -> date | None:
    """The day that --today names, None without it. Raises `AskError`."""
    if value is None:
        return None
    from foedus.errors import AskError

    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise AskError(f"--today: {value!r} is not a day; expected YYYY-MM-DD") from None
