"""`foedus explain`: why a record is as it is, on the terminal."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import AskError, NotFoundError, SourceError
from foedus.record import Report

if TYPE_CHECKING:
    from rich.text import Text

    from foedus.extract.explain import Because, Explanation


def find_report(named: str, published: str | None, book: str | None) -> Report:
    """The report: a file or address with one report in it (`FILE#ID` of several), or a report's id in the book.

    Raises `AskError` when a source holds several, `SourceError` for one that cannot be read, `NotFoundError`.
    """
    path, _, id = named.rpartition("#") if "#" in named and not Path(named).exists() else (named, "", "")
    if Path(path).exists() or "://" in path or path == "-":
        from foedus.sources import read_sources

        reports = []
        for one in read_sources([path], published_on=published):
            if isinstance(one, SourceError):
                raise one
            if not id or one.id == id:
                reports.append(one)
        if len(reports) != 1:
            some = ", ".join(report.id for report in reports[:5])
            raise AskError(
                f"{path}: no report {id!r}"
                if id
                else f"{path}: {len(reports)} reports; name one as {path}#ID ({some} …)"
            )
        return reports[0]
    from foedus.book import Book

    with Book.open(book, create=False) as opened:
        fitting = [row["id"] for row in opened.reports() if row["id"].startswith(named)]
        if len(fitting) != 1 and named not in fitting:
            raise NotFoundError(
                f"{named!r} fits several reports; give more of the id"
                if fitting
                else f"no file and no report {named!r}"
            )
        return opened.report(named if named in fitting else fitting[0]).report


def print_explained(found: list[Explanation], as_json: bool) -> None:
    """Explanations as JSON, or as lines: each field with its value, rule, words and what they were taken for."""
    if as_json:
        json.dump([asdict(one) for one in found], sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    for one in found:
        console.print(Text(f"{one.kind} {one.id}", style="bold"), Text(f"confidence {one.confidence}", style="dim"))
        for field in one.fields:
            console.print(Padding(_line(field), (0, 0, 0, 3)))
            if field.rule:
                console.print(Padding(Text(f"by {field.rule}", style="dim"), (0, 0, 0, 6)))
            for words in field.words:
                where = (f"  {words.start}–{words.end}", "dim")
                console.print(Padding(Text.assemble(("“", "dim"), words.text, ("”", "dim"), where), (0, 0, 0, 6)))
                for line in words.resolved:
                    console.print(Padding(Text(line, style="dim"), (0, 0, 0, 9)))
        for line in one.predicates:
            console.print(Padding(Text(line, style="dim"), (0, 0, 0, 3)))
        console.print()


def _line(field: Because) -> Text:
    from rich.text import Text

    if field.field == "record":
        return Text("seen in", style="cyan")
    value = field.value if isinstance(field.value, str) else json.dumps(field.value, ensure_ascii=False)
    return Text.assemble((field.field, "cyan"), "  ", value)
