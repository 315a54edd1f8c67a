"""Kill -9 while a book is written: nothing that was stored is lost, nothing half-written is seen, a second run completes.

    python benchmarks/kill.py                       # 200 points on SQLite
    python benchmarks/kill.py --postgres            # 200 points on a private PostgreSQL
    python benchmarks/kill.py --kills 5 --seed 3 --reports 6 --ways statement,step

A child reads made-up reports into a book, consolidates, decides, files for search, and says what it has done; it is killed
at a point drawn from the seed: before its nth statement to the data base, after it, in the middle of one (every so many steps
of SQLite's machine), or after a time. The book is then checked, what the child had said is looked for, and the work is done
again to its end: the book must be the one that a run without a kill makes. Prints one JSON object; 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from foedus.ask.search_index import refresh
from foedus.book import Book, check_book
from foedus.errors import BookError
from foedus.record import KINDS, Reading
from made_world import readings
from servers import postgres

STEPS = 20
"""Steps of SQLite's machine between two points."""


def work(place: str, made: list[Reading], say: Callable[[str], object]) -> None:
    """Everything that writes, in an order that does not depend on what was done before; says what is stored."""
    half = len(made) // 2
    with Book.open(place) as book:
        for reading in made[: half // 2]:
            book.add(reading)
            say(f"report {reading.report.id}")
        for reading, _ in book.add_all(made[half // 2 : half], at_once=3):
            say(f"report {reading.report.id}")
        book.consolidate()
        decide(book, made[:half], "first", say)
        for reading in made[half:]:
            book.add(reading)
            say(f"report {reading.report.id}")
        refresh(book)
        decide(book, made, "second", say)
        refresh(book)


def decide(book: Book, made: list[Reading], name: str, say: Callable[[str], object]) -> None:
    """A correction, a merge, a split, an undo and a rejection, each only once."""
    done = {one.reason: one.id for one in book.decisions()}

    def once(reason: str, decision: Callable[[str], Any]) -> None:
        if reason not in done:
            done[reason] = decision(reason).id
        say(f"decision {reason}")

    first = [made[number].records()[0][1].id for number in range(len(made))]
    kinds = {id: book.record(id)["record_kind"] for id in first}
    same = [id for id in first if kinds[id] == kinds[first[0]]]
    once(f"{name} note", lambda why: book.accept(first[0], reason=why))
    if name == "first":
        apart = next((id for id in same if book.record(id)["id"] != book.record(first[0])["id"]), None)
        if apart:
            once("merge", lambda why: book.merge(first[0], apart, reason=why))
    elif "merge" in done:
        once("undo", lambda why: book.undo(done["merge"], reason=why))
    once(f"{name} rejection", lambda why: book.reject(first[-1], reason=why))


def portrait(place: str) -> str:
    """Everything in the book, without the ids and times of decisions and the time of reading."""
    with Book.open(place, create=False) as book:
        reasons = {one.id: one.reason for one in book.decisions()}
        records = [one for kind in KINDS for one in book.records(kind, rejected=True)]
        for one in records:
            for decision in one["decisions"]:
                decision["id"] = reasons[decision["id"]]
                del decision["made_at"]
                decision.pop("undoes", None)
            one["conflicts"] = Counter(str(sorted(one["conflicts"])))
        reports = [row | {"read_at": ""} for row in book.reports()]
        decided = [
            (
                one.action,
                one.reason,
                one.field,
                one.value,
                reasons.get(one.undoes or ""),
                [target.record for target in one.targets],
            )
            for one in book.decisions()
        ]
        refresh(book)
        with book.reading() as connection:
            filed = connection.execute(sa.text("SELECT id, title, body FROM ask_documents ORDER BY id")).all()
    return json.dumps([records, reports, decided, [list(row) for row in filed]], sort_keys=True, default=str)


def listen(ways: str, point: Callable[[], None]) -> None:
    """Call `point` at every point of one way."""
    if ways == "statement":
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            sa.event.listen(sa.Engine, name, lambda *_: point())
    elif ways == "step":
        sa.event.listen(sa.Pool, "connect", lambda connection, _: connection.set_progress_handler(point, STEPS))


def child(place: str, made: list[Reading], way: str, at: float) -> tuple[list[str], bool, int]:
    """Do the work in a process of its own that is killed at a point; what it said, whether it ended, how many points."""
    said, points = os.pipe(), os.pipe()
    process = os.fork()
    if not process:
        code = 1
        try:
            count = 0

            def point() -> None:
                nonlocal count
                count += 1
                if count == at:
                    os.kill(os.getpid(), signal.SIGKILL)

            listen(way, point)
            work(place, made, lambda words: os.write(said[1], f"{words}\n".encode()))
            os.write(points[1], str(count).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(said[1])
    os.close(points[1])
    if way == "time" and at:
        time.sleep(at)
        os.kill(process, signal.SIGKILL)
    with open(said[0], encoding="utf-8") as stream:
        words = stream.read().splitlines()
    with open(points[0], encoding="utf-8") as stream:
        count = int(stream.read() or 0)
    status = os.waitpid(process, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("the child failed; its error is above")
    return words, os.WIFEXITED(status), count


def wrong(place: str, words: list[str], whole: dict[str, Reading]) -> list[str]:
    """What is wrong with the book after a kill."""
    try:
        with Book.open(place, create=False) as book:
            there = {f"decision {one.reason}" for one in book.decisions()}
            reports = {row["id"] for row in book.reports()}
            torn = [id for id in sorted(reports) if book.report(id) != whole[id]]
    except BookError as error:
        fresh = any(words in str(error) for words in ("there is no record book yet", "the record book is empty"))
        return [] if fresh and not words else [f"cannot be opened: {error}"]
    there |= {f"report {id}" for id in reports}
    found = [f"lost: {one}" for one in words if one not in there] + [f"half-written: {id}" for id in torn]
    return found + [f"{one.where}: {one.what}" for one in check_book(place) if not one.notice]


def empty(place: str) -> None:
    """Make the place empty."""
    if "://" not in place:
        for end in ("", "-wal", "-shm"):
            Path(place + end).unlink(missing_ok=True)
        return
    engine = sa.create_engine(place.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


def run(place: str, kills: int, seed: int, reports: int, ways: list[str]) -> dict[str, Any]:
    """Every kill; what was found."""
    made = list(readings(reports, seed=seed))
    whole = {reading.report.id: reading for reading in made}
    points: dict[str, float] = {}
    for way in ways:
        empty(place)
        started = time.perf_counter()
        _, ended, count = child(place, made, way, 0)
        assert ended
        points[way] = count if way != "time" else time.perf_counter() - started
    wanted = portrait(place)
    draw = random.Random(seed)
    problems: list[str] = []
    killed: Counter[str] = Counter()
    stored: list[int] = []
    for number in range(kills):
        way = ways[number % len(ways)]
        at = draw.uniform(0, points[way]) if way == "time" else draw.randint(1, int(points[way]))
        empty(place)
        words, ended, _ = child(place, made, way, at)
        killed[way] += not ended
        stored.append(len(words))
        found = wrong(place, words, whole)
        if not found:
            work(place, made, lambda _: None)
            found = [] if portrait(place) == wanted else ["a second run gives another book"]
            found += [f"afterwards {one.where}: {one.what}" for one in check_book(place)]
        problems += [f"kill {number} ({way} {at}): {one}" for one in found]
        print(f"{number + 1}/{kills} {way} {at:.4g}: {len(words)} stored, {found or 'in order'}", file=sys.stderr)
    return {
        "kills": kills, "killed": dict(killed), "points": {way: round(n, 2) for way, n in points.items()},
        "stored_before": [min(stored), max(stored)], "problems": problems,
    }  # fmt: skip


def main() -> int:
    """See above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1995)
    parser.add_argument("--reports", type=int, default=14)
    parser.add_argument("--ways", default="", help="of statement, step (SQLite), time; all by default")
    parser.add_argument("--postgres", action="store_true", help="on a private PostgreSQL")
    parser.add_argument("--place", help="an empty data base by URL; everything in it is dropped")
    given = parser.parse_args()
    server = postgres("-c fsync=off") if given.postgres else nullcontext(given.place)
    with tempfile.TemporaryDirectory() as folder, server as url:
        place = url or str(Path(folder) / "book.db")
        ways = given.ways.split(",") if given.ways else ["statement", *([] if url else ["step"]), "time"]
        found = run(place, given.kills, given.seed, given.reports, ways)
    print(json.dumps(found))
    return 1 if found["problems"] or found["kills"] - sum(found["killed"].values()) > found["kills"] // 10 else 0


if __name__ == "__main__":
    sys.exit(main())
