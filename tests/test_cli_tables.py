"""Tables, options and lists as a terminal shows them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import foedus
from foedus.book import Book
from foedus.cli import app
from foedus.cli_tables import day, in_words, print_table
from foedus.record import Agreement, Meeting, Person, Reading, Report

TEXT = "Fiji met Tonga."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOEDUS_BOOK", str(tmp_path / "book.db"))
    monkeypatch.setenv("COLUMNS", "80")
    words = {"record": ((0, 4),)}
    with Book.open() as book:
        for number, on in enumerate((None, "2020", "2024-05-02/2024-05-04")):
            vola = Person("Ana Vola", "Minister of Transport", "TON")
            met = Meeting(
                id=f"me-{number}", parties=("FJI", "TON"), held_on=on, place=f"Place {number}", participants=(vola,),
                evidence=words, confidence=1.0,
            )  # fmt: skip
            pact = Agreement(
                id=f"ag-{number}", title=f"pact {number}", parties=("FJI", "TON"), term="P10Y", signed_on=on,
                evidence=words, confidence=1.0,
            )  # fmt: skip
            report = Report(id=f"r{number}", text=f"{TEXT} {number}", published_on=f"2024-06-0{number + 1}")
            book.add(Reading(report=report, meetings=(met,), agreements=(pact,)))
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("when", "2025-10", "2025-10"),
        ("when", "2024-05-02/2024-05-04", "2 May 2024 – 4 May 2024"),
        ("parties", ["FJI", "org:NATO"], "Fiji, NATO"),
        ("term", "P10Y", "10 years"),
        ("place", "Suva, FJI", "Suva, Fiji"),
        ("amount", {"amount": 2000000, "currency": "USD"}, "2,000,000 USD"),
        ("domains", ["trade", "defence"], "trade, defence"),
        ("title", None, ""),
    ],
)
def test_values_in_words(name: str, value: object, words: str) -> None:
    assert in_words(name, value) == words
    assert day(None) == ""


def test_a_narrow_terminal_gets_lines_instead_of_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names, row = ["id", "when", "parties", "what", "sources"], ["ag-1", "2024", "Fiji, Tonga", "a pact " * 20, "3"]
    monkeypatch.setenv("COLUMNS", "100")
    print_table(names, [row])
    assert "parties" in capsys.readouterr().out.splitlines()[1]
    monkeypatch.setenv("COLUMNS", "40")
    print_table(names, [row])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].strip() == "ag-1  2024  sources 3"
    assert lines[1].strip() == "parties: Fiji, Tonga"
    assert max(map(len, lines)) <= 40


@pytest.mark.parametrize("command", ["meetings", "agreements", "timeline Fiji Tonga", "reports"])
def test_newest_first_and_undated_last(here: Path, command: str) -> None:
    day = "published_on" if command == "reports" else "on" if "timeline" in command else "when"
    found = [one.get(day) for one in json.loads(run(*command.split(), "--newest", "--json").stdout)]
    old = [one.get(day) for one in json.loads(run(*command.split(), "--format", "json").stdout)]
    assert [one for one in found if one] == [one for one in old if one][::-1]
    assert None not in found[: -found.count(None) or None]


@pytest.mark.parametrize(
    "command", ["events", "statements", "statements --text zebra", "timeline Fiji Peru", "agreements --domain trade", "persons --party Peru"]
)  # fmt: skip
def test_lists_without_a_line_say_so_and_end_with_1(here: Path, command: str) -> None:
    for form in ([], ["--json"]):
        done = run(*command.split(), *form)
        assert (done.exit_code, done.stderr) == (1, "nothing found\n")


def test_json_goes_by_either_name(here: Path) -> None:
    id = json.loads(run("agreements", "--json").stdout)[0]["id"]
    assert json.loads(run("show", id, "--format", "json").stdout) == json.loads(run("show", id, "--json").stdout)
    assert json.loads(run("network", "--json").stdout)["edges"]
    run("watch", "add", "w", "Fiji")
    assert json.loads(run("watch", "list", "--json").stdout)[0]["name"] == "w"
    assert "--json" in run("search", "--", "--json").output or run("search", "--", "--json").exit_code


def test_persons_lists_who_may_be_meant(here: Path) -> None:
    (found,) = json.loads(run("persons", "minister vola", "--json").stdout)
    assert (found["name"], found["party"], found["records"]) == ("Ana Vola", "TON", 3)
    assert "Minister of Transport" in run("persons").stdout


@pytest.mark.parametrize("command", ["agreements", "export", "show", "search Fiji"])
def test_a_reader_that_has_enough_is_no_error(here: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if command == "show":
        command = f"show {json.loads(run('agreements', '--json').stdout)[0]['id']}"
    monkeypatch.setenv("PYTHONPATH", str(Path(foedus.__file__).parents[1]))
    with subprocess.Popen(
        [sys.executable, "-m", "foedus", *command.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        said = done.stderr.read()
    assert (done.returncode, said) == (0, b"")


def test_serve_wants_a_book(tmp_path: Path) -> None:
    done = run("serve", "--book", str(tmp_path / "typo.db"))
    assert "no record book" in str(done.exception)
    assert not (tmp_path / "typo.db").exists()
