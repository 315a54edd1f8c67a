"""A full disk, a file that is no book, a book that cannot be written: one clear line, and nothing that was stored is lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_readings import CHAIN, reading

from foedus.book import Book, backup_book, check_book
from foedus.book.care import written_whole
from foedus.errors import BookError

LARGE = reading("large", None, about={"text": "Words and more words. " * 40_000})


def filled(path: Path) -> Path:
    with Book.open(path) as book:
        for one in CHAIN:
            book.add(one)
        book.consolidate()
    return path


def all_of(path: Path) -> None:
    """Ask for everything in a book, and make it anew."""
    with Book.open(path, create=False) as book:
        book.records("agreement")
        book.report("r1")
        book.rebuild()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small file system")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_is_full(small_disk: Path, tmp_path: Path) -> None:
    path = filled(small_disk / "book.db")
    with Book.open(path) as book:
        before = book.records("agreement")
        large = [reading(f"l{number}", None, about={"text": f"{number} " + LARGE.report.text}) for number in range(9)]
        with pytest.raises(BookError, match="the disk is full; what was read before is kept"):
            list(book.add_all(large, at_once=1))
        assert book.records("agreement") == before
        with pytest.raises(BookError, match=r"copy.db: the backup cannot be written \(.*full"):
            backup_book(book, small_disk / "copy.db")
        with (
            pytest.raises(BookError, match=r"book.jsonl: cannot be written \(No space left on device\)"),
            written_whole(small_disk / "book.jsonl") as stream,
        ):
            stream.write(b"x" * 2_000_000)
    assert {one.name for one in small_disk.iterdir()} <= {"book.db", "book.db-wal", "book.db-shm"}
    assert [one for one in check_book(path) if not one.notice] == []
    with Book.open(path) as book:
        for one in CHAIN:
            assert book.report(one.report.id) == one
        backup_book(book, tmp_path / "copy.db")


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    path = filled(tmp_path / "book.db")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 60_000, before[1]))
        with Book.open(path) as book, pytest.raises(BookError, match="cannot be written"):
            book.add(LARGE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert check_book(path) == []
    with Book.open(path) as book:
        assert book.add(LARGE) == "new"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the record book is empty; `foedus read` fills it"),
        (b"words, no book " * 400, "this file is not a record book"),
        (b"SQLite format 3\x00" + b"\x00" * 2000, "not a record book|damaged"),
    ],
    ids=["empty", "text", "header"],
)
def test_a_file_that_is_no_book(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(content)
    with pytest.raises(BookError, match=problem) as caught:
        Book.open(path, create=False)
    assert str(caught.value).startswith(f"{path}: ")
    assert path.read_bytes()[: len(content)] == content


def test_half_a_book(tmp_path: Path) -> None:
    path = filled(tmp_path / "book.db")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(BookError, match="damaged"):
        all_of(path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BookError, match="cannot be opened"):
        Book.open(tmp_path / "file" / "book.db")
