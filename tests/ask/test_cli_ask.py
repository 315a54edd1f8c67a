"""The questions on the command line: formats, widths, exit codes, one-line errors."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from foedus.book import Book
from foedus.cli import app
from foedus.errors import AskError, FoedusError, NotFoundError


@pytest.fixture
def here(pacific_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(pacific_path, tmp_path / "book.db")
    monkeypatch.setenv("FOEDUS_BOOK", str(tmp_path / "book.db"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


LISTS = [
    ["horizon", "Fiji", "--months", "24", "--today", "2025-06-01"],
    ["changes", "--since", "2025-01-01", "--today", "2025-06-01"],
    ["network", "--since", "2000"],
    ["statements", "--speaker", "Lawrow"],
    ["statements", "--text", "ferries"],
    ["watch", "list"],
    ["watch", "run", "--keep"],
]


@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
def test_tables_fit_and_json_and_csv_have_the_same_rows(here: Path, arguments: list[str]) -> None:
    run("watch", "add", "all", "Fiji", "--from-start")
    table = run(*arguments)
    assert table.exit_code == 0, table.output
    assert table.stdout.strip()
    assert all(len(line) <= 80 for line in table.stdout.splitlines())
    made = json.loads(run(*arguments, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout)))
    assert len(rows) == len(made["edges"] if isinstance(made, dict) else made) > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["horizon", "Peru"],
        ["changes", "--since", "2090"],
        ["network", "--since", "2090"],
        ["trend", "Fiji", "Peru"],
        ["brief", "Fiji", "Peru"],
        ["statements", "--speaker", "Nobody"],
        ["search", "zebra"],
        ["watch", "list"],
    ],
    ids=" ".join,
)
def test_nothing_found_is_said_and_ends_with_1(here: Path, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stderr) == (1, "nothing found\n")
    form = "ics" if arguments[0] == "horizon" else "html" if arguments[0] == "brief" else "json"
    assert run(*arguments, "--format", form).exit_code == 1


def test_calendar_graph_and_brief(here: Path) -> None:
    done = run("horizon", "--months", "24", "--today", "2025-06-01", "--format", "ics")
    assert len(Calendar.from_ical(done.stdout_bytes).walk("VEVENT")) == 2
    assert "<graphml" in run("network", "--format", "graphml").stdout
    assert run("brief", "Fiji", "Tonga", "--since", "2025").stdout.startswith("# Fiji and Tonga\n")
    assert run("brief", "Fiji", "Tonga", "-o", "b.html").stdout == ""
    assert (here / "b.html").read_text("utf-8").startswith("<!doctype html>")
    assert json.loads(run("brief", "Fiji", "Tonga", "--format", "json").stdout)["parties"] == ["FJI", "TON"]


def test_trend_draws_bars(here: Path) -> None:
    done = run("trend", "Fiji", "Tonga", "--by", "year")
    assert done.exit_code == 0
    (row,) = [line for line in done.stdout.splitlines() if line.startswith(" 2025")]
    assert "░│█" in row
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    quiet = run("trend", "Fiji", "Tonga").stdout
    assert "…" in quiet
    rows = list(csv.DictReader(io.StringIO(run("trend", "Fiji", "Tonga", "--format", "csv").stdout)))
    assert rows[0]["month"] == "2015-03"
    assert len(json.loads(run("trend", "Fiji", "Tonga", "--format", "json").stdout)["periods"]) == len(rows)


def test_search_marks_words_and_counts(here: Path) -> None:
    done = run("search", "patrol", "boat")
    assert "[patrol] [boats]" in " ".join(done.stdout.split())
    assert "kind: report 1, commitment 1" in done.stdout
    assert "foedus: 1 more" in run("search", "patrol", "--limit", "1").stderr
    assert json.loads(run("search", "patrol", "--format", "json").stdout)["total"] == 2


def test_a_person(here: Path) -> None:
    done = run("person", "ratuvou")
    assert "Josefa Ratuvou, Fiji" in done.stdout
    assert "signs" in done.stdout
    rows = list(csv.DictReader(io.StringIO(run("person", "ratuvou", "--format", "csv").stdout)))
    assert [row["kind"] for row in rows] == ["office", "meeting", "agreement"]
    assert json.loads(run("person", "ratuvou", "--format", "json").stdout)["party"] == "FJI"


def test_watches(here: Path) -> None:
    assert run("watch", "run").exit_code == 1
    assert run("watch", "add", "w", "Fiji", "--phrase", "ferries").stdout == "w\n"
    assert run("watch", "run", "--today", date.today().isoformat()).exit_code == 1
    assert run("watch", "remove", "w").exit_code == 0
    assert isinstance(run("watch", "remove", "w").exception, NotFoundError)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["horizon", "Atlantis Minor"], "unknown party"),
        (["horizon", "--today", "soon"], "is not a day"),
        (["changes", "--since", "soon"], "is not a date"),
        (["trend", "Fiji"], "two parties"),
        (["brief", "Fiji"], "two parties"),
        (["search"], "give words"),
        (["statements", "--speaker", " "], "must not be empty"),
        (["watch", "add", "x"], "needs parties"),
        (["brief", "Fiji", "Tonga", "-o", "none/b.md"], "cannot be written"),
    ],
)
def test_mistakes_are_one_error(here: Path, arguments: list[str], said: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, AskError if said != "cannot be written" else FoedusError)
    assert said in str(error)
    assert "\n" not in str(error)


def test_the_words_of_a_report_cannot_steer_the_terminal(here: Path) -> None:
    from pacific import reading

    with Book.open(here / "book.db") as book:
        book.add(reading("evil", "2025-05-09", "A \x1b[31mferry\x1b[0m \x07 sank.", title="Red \x1b[31m ferry"))
    for form in ("table", "csv"):
        assert ("\x1b" in run("search", "sank", "--format", form).stdout) is (form == "csv")
