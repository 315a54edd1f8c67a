"""The command line, as a user meets it: in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import foedus as foedus_package
from foedus.book import Book

NOTE = "SUVA, 3 May 2024 - Fiji and Tonga signed a ten-year ferry agreement in Suva on Friday.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(foedus_package.__file__).parents[1]))
    monkeypatch.setenv("FOEDUS_BOOK", str(tmp_path / "book.db"))
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "note.txt").write_text(NOTE, "utf-8")
    return tmp_path


def foedus(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "foedus", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, timeout=120)


def test_json_is_one_line_a_report_and_touches_no_book(here: Path) -> None:
    done = foedus("read", "note.txt", "nothere.txt", "--json", "--published", "2024-05-03")
    assert done.returncode == 1
    assert done.stderr == "foedus: nothere.txt: no such file\n"
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["report"] | {"id": ""} == {"id": "", "text": NOTE, "published_on": "2024-05-03"}
    assert not (here / "book.db").exists()


def test_standard_input(here: Path) -> None:
    done = foedus("read", "-", "--json", given='{"id": "x", "text": "Fiji met Tonga."}\n')
    assert done.returncode == 0
    assert json.loads(done.stdout)["report"]["id"] == "x"


def test_a_book_is_filled_and_asked(here: Path) -> None:
    assert foedus("read", "note.txt").returncode == 0
    again = foedus("read", "note.txt")
    assert again.returncode == 0
    assert "same" in again.stdout
    reports = json.loads(foedus("reports", "--format", "json").stdout)
    assert len(reports) == 1
    for kind in ("agreements", "meetings", "statements", "commitments", "activities", "events"):
        records = json.loads(foedus(kind, "--format", "json").stdout)
        rows = list(csv.DictReader(io.StringIO(foedus(kind, "--format", "csv").stdout)))
        assert [row["id"] for row in rows] == [record["id"] for record in records]
        for record in records:
            assert record["id"] in foedus("show", record["id"][:12]).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["agreements"], 3, "there is no record book yet"),
        (["read"], 2, "Missing argument"),
        (["read", "note.txt", "--published", "soon"], 2, "'soon' is not a date"),
        (["read", "note.txt", "--pipeline", "other"], 1, "no language pipeline"),
        (["read", "note.txt", "--book", "."], 3, "is a folder"),
        (["read", "note.txt", "--book", "note.txt"], 3, "not a record book"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_mistakes_are_one_error_and_no_traceback(here: Path, arguments: list[str], code: int, said: str) -> None:
    done = foedus(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_questions_that_cannot_be_understood(here: Path) -> None:
    Book.open(here / "book.db").close()
    assert foedus("agreements", "--since", "soon").returncode == 2
    assert foedus("timeline", "Atlantis Minor").returncode == 2
    assert foedus("show", "ag-0").returncode == 1


def test_a_closed_pipe_is_quiet(here: Path) -> None:
    (here / "many.jsonl").write_text(
        "".join(f'{{"id": "{n}", "text": "{"Words. " * 20}"}}\n' for n in range(40)), "utf-8"
    )
    command = [sys.executable, "-m", "foedus", "read", "many.jsonl", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        said = run.stderr.read()
    assert run.returncode == 0
    assert said == b""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_can_be_stopped(here: Path, number: signal.Signals, code: int) -> None:
    run = subprocess.Popen([sys.executable, "-m", "foedus", "read", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    _until((here / "book.db").exists)
    run.send_signal(number)
    _, said = run.communicate()
    assert run.returncode == code
    assert b"Traceback" not in said


def test_a_killed_run_keeps_what_it_stored_and_a_second_run_completes(here: Path) -> None:
    count = 400
    lines = [json.dumps({"id": f"n{n}", "text": NOTE * 3, "published_on": "2024-05-03"}) for n in range(count)]
    (here / "many.jsonl").write_text("\n".join(lines), "utf-8")
    run = subprocess.Popen([sys.executable, "-m", "foedus", "read", "many.jsonl"], stdout=subprocess.DEVNULL)
    _until(lambda: _stored(here) > 0)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    kept = _stored(here)
    assert kept > 0
    with Book.open(here / "book.db", create=False) as book:
        for row in book.reports():
            assert len(book.report(row["id"]).records()) == row["records"]
    assert foedus("read", "many.jsonl").returncode == 0
    assert _stored(here) == count


def _stored(here: Path) -> int:
    import sqlite3

    if not (here / "book.db").exists():
        return 0
    connection = sqlite3.connect(here / "book.db", timeout=30)
    try:
        return int(connection.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def _until(true: Callable[[], bool]) -> None:
    for _ in range(400):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("nothing happened")


def test_every_command_explains_itself() -> None:
    listed = foedus("--help").stdout.split("Commands:")[1].splitlines()
    names = [line.split()[0] for line in listed if line.startswith("  ") and line.strip()]
    assert {"read", "agreements", "timeline", "show", "reports", "serve", "doctor"} <= set(names)
    assert all(len(line.split()) > 3 for line in listed if line.strip())


def test_explain_names_words_and_rules(here: Path) -> None:
    done = foedus("explain", "note.txt", "agreement")
    assert done.returncode == 0
    assert "signed_on  2024-05-03" in done.stdout
    assert "by agreements" in done.stdout
    assert "the name of FJI" in done.stdout
    assert json.loads(foedus("explain", "note.txt", "--json").stdout)[0]["kind"] == "agreement"
    missing = foedus("explain", "note.txt", "ag-0")
    assert (missing.returncode, missing.stderr) == (1, "foedus: no record 'ag-0' is read from this report\n")
    assert foedus("explain", "nothing.txt").returncode == 3
    foedus("read", "note.txt")
    id = json.loads(foedus("reports", "--format", "json").stdout)[0]["id"]
    assert "the name of TON" in foedus("explain", id[:15], "agreement").stdout
    assert "no file and no report 'nothing.txt'" in foedus("explain", "nothing.txt").stderr
