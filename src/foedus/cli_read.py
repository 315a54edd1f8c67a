"""`foedus read`: sources -> readings -> the book or standard output."""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from foedus.errors import AskError, SourceError
from foedus.record import KINDS, PLURAL, Reading, Report, to_json
from foedus.sources import Format, checked_day, date_problem, read_sources

if TYPE_CHECKING:
    from foedus.language import Pipeline

_TOGETHER = 32
"""Reports read in one go: enough to fill the parser's batches, few enough that little is lost when the run is ended."""


@dataclass
class Options:
    """What `foedus read` was asked for, and how many sources failed so far."""

    sources: list[str]
    published: str | None = None
    from_format: Format | None = None
    pipeline: str = "default"
    again: bool = False
    failed: int = field(default=0)

    def reports(self) -> Iterator[Report]:
        """The reports; each problem is said at once on standard error and counted."""
        found = read_sources(self.sources, published_on=self.published, from_format=self.from_format)
        for one in found:
            if isinstance(one, SourceError):
                self.complain(str(one))
            else:
                yield one

    def complain(self, problem: str) -> None:
        """Say and count one failed source."""
        self.failed += 1
        print(f"foedus: {' '.join(problem.split())}".encode("utf-8", "replace").decode(), file=sys.stderr, flush=True)

    def check(self) -> Pipeline:
        """The pipeline. Raises an error for a date that is none or an unknown pipeline, before anything is read."""
        if self.published is not None:
            day = checked_day(self.published)
            if day is None:
                raise AskError(f"--published: {date_problem(self.published).removeprefix('published_on: ')}")
            self.published = day
        from foedus.language import load

        pipeline = load(self.pipeline)
        gc.freeze()  # weights and tables stay to the end: no collection need look at them
        return pipeline


def _readings(reports: Iterable[Report], options: Options, pipeline: Pipeline) -> Iterator[Reading]:
    """Readings in order. A report that breaks the reader costs only itself."""
    from foedus.extract import read_reports

    waiting = iter(reports)
    while batch := list(islice(waiting, _TOGETHER)):
        try:
            readings = list(read_reports(batch, pipeline))
        except Exception:
            readings = list(_one_by_one(batch, options, pipeline))
        yield from readings


def _one_by_one(batch: list[Report], options: Options, pipeline: Pipeline) -> Iterator[Reading]:
    from foedus.extract import read_report

    for report in batch:
        try:
            yield read_report(report, pipeline)
        except Exception as error:
            options.complain(
                f"{report.id}: cannot be read (an error in foedus itself: {type(error).__name__}: {error})"
            )


def read_to_json(options: Options) -> int:
    """One JSON line a report on standard output, in input order; the exit code."""
    pipeline = options.check()
    for reading in _readings(options.reports(), options, pipeline):
        try:
            sys.stdout.buffer.write(to_json(reading) + b"\n")
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # whoever asked has enough, as with `| head`; the rest need not be read
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            break
    return 1 if options.failed else 0


def read_into_book(options: Options, where: str | None) -> int:
    """Read into the book and print a summary; the exit code."""
    from foedus.ask import prepare
    from foedus.book import Book

    pipeline = options.check()
    outcomes: Counter[str] = Counter()
    records: Counter[str] = Counter()
    with Book.open(where) as book:

        def unread() -> Iterator[Report]:
            for report in options.reports():
                if not options.again and book.has(report):
                    outcomes["same"] += 1
                    step()
                else:
                    yield report

        bar, step = _progress()
        with bar:
            for reading in _readings(unread(), options, pipeline):
                outcome = book.add(reading)
                outcomes[outcome] += 1
                records.update(kind for kind, _ in reading.records())
                if outcome == "changed":
                    print(
                        f"foedus: {reading.report.id}: has changed; its earlier records were replaced", file=sys.stderr
                    )
                step()
            prepare(book)  # so that the first search is as quick as the next
        _print_summary(book.where, outcomes, options.failed, records, book.counts())
    return 1 if options.failed else 0


def _progress() -> tuple[AbstractContextManager[Any], Callable[[], None]]:
    """A counter on standard error where that is a terminal, and what moves it on."""
    if not sys.stderr.isatty():
        return nullcontext(), lambda: None
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("reading"), BarColumn(20), TextColumn("{task.completed} reports"), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    task = bar.add_task("reading", total=None)
    return bar, lambda: bar.advance(task)


def _print_summary(
    where: str, outcomes: Counter[str], failed: int, records: Counter[str], totals: dict[str, int]
) -> None:
    from foedus.cli_tables import print_table

    rows = [["reports", "", str(totals["reports"])]]
    rows += [[f"  {name}", str(outcomes[name]), ""] for name in ("new", "same", "changed")]
    rows.append(["  failed", str(failed), ""])
    rows += [[PLURAL[kind], str(records[kind]), str(totals[PLURAL[kind]])] for kind in KINDS]
    print_table(["", "this run", "in the book"], rows)
    print(where)
