"""A book of about a million claims: how fast it is filled, what one more report costs, how long the questions take.

    python benchmarks/scale.py                          # SQLite, a million claims
    python benchmarks/scale.py --postgres --claims 1e5  # a private PostgreSQL
    python benchmarks/scale.py --book big.db --keep     # fill a book (or go on with one that is there) and keep it

Prints one JSON object. Rates are by the clock and by CPU seconds of this process: on a machine that others use only the
second says something. Latencies are milliseconds, p50 and p95 (CPU: what this process itself used), memory is of this process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from foedus import ask
from foedus.ask.search_index import refresh
from foedus.book import Book
from foedus.book import schema as t
from foedus.record import Reading
from made_world import World, readings
from servers import postgres

CLAIMS_A_REPORT = 32.2
TODAY = date(2025, 9, 1)
AHEAD = ("expires", "renewal due", "due")
WORDS = (
    "ferry",
    "semiconductor supply",
    '"vaccine research"',
    "frigate OR radar",
    "nuclear -coal",
    "satellite train*",
    "border",
)


class Clock:
    """Seconds by the clock and of CPU."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def spent(self) -> tuple[float, float]:
        """Since it was made."""
        return time.perf_counter() - self.wall, time.process_time() - self.cpu


@contextmanager
def timed(found: dict[str, Any], name: str, count: int) -> Iterator[None]:
    """Notes what the block took, and the rate."""
    clock = Clock()
    yield
    found[name] = _rates(count, *clock.spent())
    print(name, found[name], file=sys.stderr)


def _rates(count: int, wall: float, cpu: float) -> dict[str, float]:
    seconds = {"seconds": round(wall, 1), "cpu": round(cpu, 1), "peak_mb": peak()}
    return seconds | {"a_second": round(count / wall), "a_cpu_second": round(count / cpu)}


def peak() -> int:
    """Megabytes of memory that this process held at most since the last call (on Linux; elsewhere since it began)."""
    status, clear = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    try:
        found = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        clear.write_text("5")
        return round(int(found.split()[1]) / 1024)
    except (OSError, StopIteration):
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def latencies(what: Callable[[int], object], times: int) -> dict[str, float]:
    """Of `times` calls, in milliseconds; `peak_mb`: memory held at most."""
    walls, cpus = [], []
    peak()
    for number in range(times):
        clock = Clock()
        what(number)
        wall, cpu = clock.spent()
        walls.append(wall * 1000)
        cpus.append(cpu * 1000)
    return {
        "p50": _part(walls, 0.5),
        "p95": _part(walls, 0.95),
        "cpu_p50": _part(cpus, 0.5),
        "cpu_p95": _part(cpus, 0.95),
        "peak_mb": peak(),
    }


def _part(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))], 1)


def fill(book: Book, reports: int, found: dict[str, Any]) -> None:
    """Read the reports into the book."""
    made = readings(reports)
    records, wall, cpu = 0, 0.0, 0.0
    while some := list(islice(made, 1000)):
        records += sum(len(reading.records()) for reading in some)
        clock = Clock()
        for _ in book.add_all(some):
            pass
        spent = clock.spent()
        wall, cpu = wall + spent[0], cpu + spent[1]
    found["records"] = records
    found["ingest"] = _rates(records, wall, cpu)
    print("ingest", found["ingest"], file=sys.stderr)


def compute(book: Book, found: dict[str, Any]) -> None:
    """Consolidate what waits, and file it for search; rates are of the records of the reports that waited."""
    with book.reading() as connection:
        waiting = t.records.c.report_id.in_(sa.select(t.stale_reports.c.report_id))
        records = connection.execute(sa.select(sa.func.count()).where(waiting)).scalar_one()
    if records:
        with timed(found, "consolidate", records):
            book.consolidate()
        with timed(found, "index", records):
            refresh(book)


def one_more(book: Book, times: int) -> dict[str, Any]:
    """One report more at a time, of any pair: adding, consolidating, filing for search."""
    world = World(2025)
    world.number = 5_000_000 + random.randrange(1_000_000)
    fresh = [reading for _ in range(times + 1) for reading in world.story()[:1]]
    steps: dict[str, list[float]] = {"add": [], "consolidate": [], "index": []}
    cpus: dict[str, list[float]] = {name: [] for name in steps}
    doing: dict[str, Callable[[Reading], object]] = {
        "add": book.add,
        "consolidate": lambda _: book.consolidate(),
        "index": lambda _: refresh(book),
    }
    for step in doing.values():  # word lists are loaded by the first one
        step(fresh[0])
    for reading in fresh[1:]:
        for name, step in doing.items():
            clock = Clock()
            step(reading)
            wall, cpu = clock.spent()
            steps[name].append(wall * 1000)
            cpus[name].append(cpu * 1000)
    return {
        name: {
            "p50": _part(steps[name], 0.5), "p95": _part(steps[name], 0.95),
            "cpu_p50": _part(cpus[name], 0.5), "cpu_p95": _part(cpus[name], 0.95),
        }
        for name in steps
    }  # fmt: skip


def questions(book: Book, times: int) -> dict[str, Any]:
    """Latency of each question: over pairs drawn as reports draw them, and for the busiest pair."""
    world = World(7)
    drawn = [world.random.choices(world.pairs, cum_weights=world.weights)[0] for _ in range(times)]
    busy = world.pairs[0]
    asked: dict[str, Callable[[int], object]] = {
        "timeline": lambda n: ask.timeline(book, *drawn[n], today=TODAY),
        "timeline, without proposals": lambda n: ask.timeline(book, *drawn[n], today=TODAY, proposals=False),
        "timeline, one year": lambda n: ask.timeline(book, *drawn[n], since="2023", until="2023", today=TODAY),
        "horizon of a pair": lambda n: ask.horizon(book, *drawn[n], today=TODAY),
        "horizon of all, a month": lambda n: ask.horizon(book, months=1, today=TODAY, why=["expires"], quotes=False),
        "horizon of all, a year, the first 100": lambda n: ask.horizon(book, today=TODAY, limit=100),
        "horizon of all, a year, next 100": lambda n: ask.horizon(book, today=TODAY, why=AHEAD, limit=100),
        "horizon of all, a year, every one": lambda n: ask.horizon(book, today=TODAY, quotes=False),
        "search": lambda n: ask.search(book, WORDS[n % len(WORDS)]),
        "search in a pair": lambda n: ask.search(book, WORDS[n % len(WORDS)], party=drawn[n]),
        "brief": lambda n: ask.brief(book, *drawn[n], today=TODAY),
        "trend": lambda n: ask.trend(book, *drawn[n]),
        "changes of a pair": lambda n: ask.changes(book, *drawn[n], since="2025-06-01", today=TODAY),
    }
    found: dict[str, Any] = {"warm": round(_warm(asked), 1)}
    for name, what in asked.items():
        found[name] = latencies(what, 8 if "every one" in name else times)
        print(name, found[name], file=sys.stderr)
    for name, what_ in {
        "timeline of the busiest pair": lambda n: ask.timeline(book, *busy, today=TODAY),
        "timeline of it, without proposals": lambda n: ask.timeline(book, *busy, today=TODAY, proposals=False),
        "brief of the busiest pair": lambda n: ask.brief(book, *busy, today=TODAY),
    }.items():
        found[name] = latencies(what_, 5) | {"records": len(ask.timeline(book, *busy, today=TODAY))}
        print(name, found[name], file=sys.stderr)
    return found


def _warm(asked: dict[str, Callable[[int], object]]) -> float:
    """Word lists are loaded by the first question; what all first questions took."""
    clock = Clock()
    for what in asked.values():
        what(0)
    return clock.spent()[1]


def size(book: Book) -> dict[str, Any]:
    """Rows by table and megabytes."""
    found: dict[str, Any] = {}
    with book.reading() as connection:
        for table in t.metadata.sorted_tables:
            found[table.name] = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        if connection.dialect.name == "sqlite":
            pages, each = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
            )
            found["megabytes"] = round(pages * each / 1e6)
        else:
            query = "SELECT pg_database_size(current_database())"
            found["megabytes"] = round(connection.exec_driver_sql(query).scalar_one() / 1e6)
    return found


def measure(where: str, claims: float, times: int) -> dict[str, Any]:
    """Everything about one book."""
    found: dict[str, Any] = {"on": where.partition(":")[0] if "://" in where else "sqlite"}
    with Book.open(where) as book:
        with book.reading() as connection:
            empty = connection.execute(sa.select(t.reports.c.id).limit(1)).scalar() is None
        if empty:
            fill(book, round(claims / CLAIMS_A_REPORT), found)
        compute(book, found)
        found["size"] = size(book)
    # questions are asked by another process than the one that filled the book, as a server or a command does
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found |= pool.submit(asked, where, times).result()
    found["peak_memory_mb"] = max(_peaks(found))
    return found


def asked(where: str, times: int) -> dict[str, Any]:
    """What is asked of a book that is there: one report more, and every question."""
    with Book.open(where) as book:
        found: dict[str, Any] = {"one more report": one_more(book, times), "peak_mb": peak()}
        print("one more report", found["one more report"], file=sys.stderr)
        return found | {"questions": questions(book, times)}


def _peaks(found: dict[str, Any]) -> Iterator[int]:
    for name, value in found.items():
        if name == "peak_mb":
            yield value
        elif isinstance(value, dict):
            yield from _peaks(value)


def main() -> None:
    """See above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=float, default=1e6, help="about so many claims (1e6)")
    parser.add_argument("--times", type=int, default=40, help="calls of each question (40)")
    parser.add_argument("--postgres", action="store_true", help="on a private PostgreSQL")
    parser.add_argument("--book", help="this book, by path or URL")
    parser.add_argument("--keep", action="store_true", help="leave the book where --book says")
    given = parser.parse_args()
    server = postgres("-c fsync=on -c shared_buffers=256MB") if given.postgres else nullcontext(given.book)
    with tempfile.TemporaryDirectory() as folder, server as where:
        place = where or str(Path(folder) / "book.db")
        print(json.dumps(measure(place, given.claims, given.times), indent=1))
        if given.book and not given.keep and "://" not in given.book:
            for end in ("", "-wal", "-shm"):
                Path(given.book + end).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
