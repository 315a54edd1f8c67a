"""Tables on the terminal that fit its width, and values in words for people."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from foedus.ask import date_words, party_name
from foedus.ask.words import place_words, term_words
from foedus.export.tables import cell

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_MADE = re.compile(r"[a-z]{2}-[0-9a-f]{16}")
_PLAIN_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_FIXED = {
    "id",
    "person",
    "when",
    "term",
    "due_on",
    "state",
    "stage",
    "status",
    "cameo",
    "type",
    "kind",
    "published_on",
    "records",
    "this run",
    "sources",
    "on",
    "why",
    "change",
    "month",
    "role",
    "from",
    "until",
    "   conflict│cooperation",
    "ev +",
    "ev −",
    "Goldst.",
}
"""Columns whose cells are never broken."""
_NARROWEST = {50: 32, 0: 16}
"""Characters that columns that wrap need, by their longest cell: where they would have less, a row is a few lines."""
_DATES = {"when", "on", "due_on", "signed_on", "effective_on", "expires_on", "held_on", "date", "published_on"}
_PARTIES = {"parties", "by", "to", "actor", "recipient", "party", "addressee", "stage_by", "mediators"}


def finish(shown: int, total: int | None = None) -> None:
    """Say what a limit left out; leave with 1 when nothing was found."""
    say_rest(shown, shown if total is None else total)
    if not shown:
        print("nothing found", file=sys.stderr)
        raise typer.Exit(1)


def say_rest(shown: int, total: int) -> None:
    """Say on standard error what a limit left out."""
    if shown < total:
        print(f"foedus: {total - shown} more; raise --limit", file=sys.stderr)


def short_id(id: str) -> str:
    """The beginning of an id that foedus made, enough for `foedus show`; an id that came with a report stays whole."""
    if id.startswith("sha256:"):
        return id[:15]
    return id[:11] if _MADE.fullmatch(id) else id


def day(value: str | None) -> str:
    """A date in a column: plain ISO dates as they are, so that the eye can sort them; anything else in words.

    >>> day("2025-10"), day("2025-10-08/2025-10-10")
    ('2025-10', '8 October 2025 – 10 October 2025')
    """
    return value if value and _PLAIN_DAY.fullmatch(value) else date_words(value)


def in_words(name: str, value: Any) -> str:
    """The value of a field as people write it: names of parties, terms as "10 years", sums with their thousands."""
    if isinstance(value, dict) and "currency" in value:
        return f"{value['amount']:,} {value['currency']}"
    if isinstance(value, str):
        if name in _DATES:
            return day(value)
        if name == "term":
            return term_words(value)
        if name == "place":
            return place_words(value)
    if name in _PARTIES and value:
        return ", ".join(map(party_name, [value] if isinstance(value, str) else value))
    return cell(value).replace(";", ", ") if isinstance(value, list) else cell(value)


def print_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table no wider than the terminal: long cells wrap, short ones stay whole.

    Where too little is left for the long ones, a row is a few lines: the short cells, and below them the others by name.
    """
    if not rows:
        return
    console = new_console()
    shown = [[clean(value) for value in row] for row in rows]
    if _is_cramped(names, shown, console.width):
        for row in shown:
            _print_stacked(console, names, row)
    else:
        console.print(_table(names, shown))


def _is_cramped(names: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    wide = [max(len(name), *(len(row[at]) for row in rows)) for at, name in enumerate(names)]
    whole = sum(own for own, name in zip(wide, names, strict=True) if name in _FIXED)
    wrapping = [own for own, name in zip(wide, names, strict=True) if name not in _FIXED]
    left = width - whole - 3 * len(names)
    return left < sum(min(own, next(need for long, need in _NARROWEST.items() if own >= long)) for own in wrapping)


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, no_wrap=name in _FIXED, overflow="ellipsis" if name in _FIXED else "fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _print_stacked(console: Console, names: Sequence[str], row: Sequence[str]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    short, long = [], []
    for name, value in zip(names, row, strict=True):
        if value and name in _FIXED:
            short.append(f"{name} {value}" if value.isdigit() and name not in _DATES else value)
        elif value:
            long.append(value if name in ("what", "title", "name") else f"{name}: {value}")
    console.print(Text("  ".join(short), style="cyan"))
    for line in long:
        console.print(Padding(Text(line), (0, 0, 0, 4)))


def new_console() -> Console:
    """The terminal, which takes text as it is."""
    from rich.console import Console

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Terminal(highlight=False, markup=False, emoji=False)


def plain(value: str) -> Text:
    """Text without control characters and without markup."""
    from rich.text import Text

    return Text(clean(value))


def clean(value: str) -> str:
    """Without control characters, so that the words of a report cannot steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in value)
