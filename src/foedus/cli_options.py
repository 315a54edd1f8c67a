"""Options and arguments that several commands have."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperGroup


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
FormatOption = Annotated[TableFormat, typer.Option("--format", help="How to print; --json is --format json.")]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most N records.")]
NewestOption = Annotated[bool, typer.Option("--newest", help="Newest first instead of oldest first.")]
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


class Commands(TyperGroup):
    """Commands that take JSON by either name: ``--json`` where there is a ``--format``, ``--format json`` where there is none."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command and what is left for it, spelled as it takes it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, _spelled(rest, {one.name for one in command.params} if command else set())

    def invoke(self, ctx: Any) -> Any:
        """What the command gives; one whose reader has enough, as ``| head``, is done and not wrong."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise SystemExit(0) from None


def _spelled(args: list[str], options: set[str | None]) -> list[str]:
    end = args.index("--") if "--" in args else len(args)
    own, rest = args[:end], args[end:]
    if "format" in options and "as_json" not in options:
        own = ["--format=json" if one == "--json" else one for one in own]
    elif "as_json" in options and "format" not in options:
        while ["--format", "json"] in [own[at : at + 2] for at in range(len(own))]:
            at = own.index("--format")
            own[at : at + 2] = ["--json"]
        own = ["--json" if one == "--format=json" else one for one in own]
    return own + rest
