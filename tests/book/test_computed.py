"""What another version of foedus computed is computed anew, and who changes what is computed is told to say so."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy as sa
from made_readings import CHAIN

import foedus.book
from foedus.book import Book, check_book, engine
from foedus.book import schema as t
from foedus.book.anew import COMPUTED
from foedus.errors import BookError

KNOWN = {"3": "98df9468ec4e0360"}
"""`anew.COMPUTED` -> the digest of what it computes of the reports below."""
TABLES = (t.records, t.consolidated, t.consolidated_parties, t.links, t.near_copies, t.persons_named, t.follow_stems)


def made_world() -> ModuleType:
    """The generator of the measurements."""
    path = Path(__file__).parents[2] / "benchmarks" / "made_world.py"
    spec = importlib.util.spec_from_file_location("made_world", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def digest(book: Book) -> str:
    """Of everything that is computed."""
    found = hashlib.sha256()
    with book.reading() as connection:
        for table in TABLES:
            for row in sorted(map(repr, connection.execute(sa.select(table)))):
                found.update(row.encode())
    return found.hexdigest()[:16]


def test_who_changes_what_is_computed_says_so(tmp_path: Path) -> None:
    with Book.open(tmp_path / "book.db") as book:
        for one in [*CHAIN, *made_world().readings(150)]:
            book.add(one)
        book.consolidate()
        found = digest(book)
    assert found == KNOWN.get(COMPUTED), (
        "the same reports give other records now: raise COMPUTED in foedus/book/anew.py, so that books of before are "
        f"computed anew, and let KNOWN here be {{COMPUTED: {found!r}}}"
    )


def older(place: str) -> None:
    """Make the book one that another version computed, otherwise than this one does."""
    with Book.open(place) as book, book.writing() as connection:
        connection.execute(t.computed.update().values(version="0"))
        connection.execute(t.records.update().values(family="other", about="other", block=t.records.c.id))
        connection.execute(t.links.delete())


def test_what_another_version_computed_is_computed_anew(new_place: Callable[[], str]) -> None:
    place = new_place()
    with Book.open(place) as book:
        for one in CHAIN:
            book.add(one)
        records, links, before = book.records("agreement"), book.links(), digest(book)
    assert links
    older(place)
    with Book.open(place) as book:
        assert (book.records("agreement"), book.links(), digest(book)) == (records, links, before)
        with book.reading() as connection:
            assert connection.execute(sa.select(t.computed.c.version)).scalars().all() == [COMPUTED]
    with Book.open(place) as book:
        assert book.consolidate() == 0
    assert check_book(place) == []


def test_a_book_that_cannot_be_written_answers_as_it_was_computed(
    new_place: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_place()
    with Book.open(place) as book:
        for one in CHAIN:
            book.add(one)
        records = book.records("agreement")
    with Book.open(place) as book, book.writing() as connection:
        connection.execute(t.computed.update().values(version="0"))

    def refuses(connection: sa.Connection) -> None:
        raise sa.exc.OperationalError("…", {}, Exception("attempt to write a readonly database"))

    monkeypatch.setattr(engine, "compute_anew", refuses)
    with Book.open(place) as book:
        assert book.records("agreement") == records

    def fails(connection: sa.Connection) -> None:
        raise sa.exc.OperationalError("…", {}, Exception("database or disk is full"))

    monkeypatch.setattr(engine, "compute_anew", fails)
    with pytest.raises(BookError, match="disk is full"):
        Book.open(place)


def test_a_damaged_record_hinders_nothing_but_itself(new_place: Callable[[], str]) -> None:
    place = new_place()
    with Book.open(place) as book:
        for one in CHAIN:
            book.add(one)
        book.consolidate()
        with book.writing() as connection:
            connection.execute(t.computed.update().values(version="0"))
            connection.execute(t.records.update().where(t.records.c.report_id == "r5").values(json="{"))
    assert any("is not of the format" in problem.what for problem in check_book(place))


def test_migrations_use_nothing_that_may_change() -> None:
    """What a migration calls must do the same in ten years: nothing of foedus is imported, all that is computed follows it."""
    folder = Path(foedus.book.__file__).parent / "migrations" / "versions"
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.startswith("foedus")], path.name
