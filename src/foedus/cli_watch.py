"""`foedus watch`: what to hear of, and what is new since the last run."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from foedus.cli_options import (
    BookOption,
    Commands,
    DomainOption,
    FormatOption,
    KindsOption,
    PartiesArgument,
    TableFormat,
    TodayOption,
    today_of,
)

watch = typer.Typer(
    cls=Commands, no_args_is_help=True, help="Saved watches: parties, a domain, a phrase; `run` tells what is new."
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the watch.")]


@watch.command()
def add(
    name: Name,
    parties: PartiesArgument = None,
    domain: DomainOption = None,
    phrase: Annotated[
        str | None, typer.Option("--phrase", metavar="WORDS", help="With these words, as `search` takes them.")
    ] = None,
    kind: KindsOption = None,
    from_start: Annotated[
        bool, typer.Option("--from-start", help="The first run tells of everything that is in the book already.")
    ] = False,
    book: BookOption = None,
) -> None:
    """Save a watch on records of these parties together, of a domain, with a phrase; all that is given must hold."""
    from foedus.ask import add_watch
    from foedus.book import Book

    kinds = [one.value for one in kind or ()]
    with Book.open(book, create=False) as opened:
        saved = add_watch(
            opened, name, *(parties or ()), domain=domain, phrase=phrase, kinds=kinds, from_start=from_start
        )
    print(saved.name)


@watch.command("list")
def list_(format: FormatOption = TableFormat.table, book: BookOption = None) -> None:
    """The saved watches."""
    from foedus.ask import watches
    from foedus.book import Book
    from foedus.cli_answers import print_watches
    from foedus.cli_tables import finish

    with Book.open(book, create=False) as opened:
        found = watches(opened)
    print_watches(found, format.value)
    finish(len(found))


@watch.command()
def remove(name: Name, book: BookOption = None) -> None:
    """Forget a watch."""
    from foedus.ask import remove_watch
    from foedus.book import Book

    with Book.open(book, create=False) as opened:
        remove_watch(opened, name)


@watch.command()
def run(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these watches.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="What is new stays new for the next run.")] = False,
    today: TodayOption = None,
    format: FormatOption = TableFormat.table,
    book: BookOption = None,
) -> None:
    """What is new or changed since the last run; nothing new ends with 1."""
    from foedus.ask import run_watches, watches
    from foedus.book import Book
    from foedus.cli_answers import print_news
    from foedus.cli_tables import finish

    with Book.open(book, create=False) as opened:
        if not names and not watches(opened):
            print("foedus: no watch is saved; `foedus watch add NAME PARTY…` saves one", file=sys.stderr)
            raise typer.Exit(1)
        found = run_watches(opened, *(names or ()), keep=keep, today=today_of(today))
    print_news(found, format.value)
    finish(len(found))
