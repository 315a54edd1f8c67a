"""`foedus decide`, `undo`, `history`, `export`, `import`, `check`, `repair`, `backup` as a user types them."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "book"))

from made_readings import CHAIN

from foedus.book import Book
from foedus.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command on a book with the reports of `CHAIN`; exit code, output, errors."""
    monkeypatch.setenv("FOEDUS_BOOK", str(tmp_path / "book.db"))
    monkeypatch.setenv("FOEDUS_AUTHOR", "Ana Vola")
    monkeypatch.setenv("COLUMNS", "200")
    with Book.open() as book:
        for one in CHAIN:
            book.add(one)

    def command(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as done:
            main(list(words))
        captured = capsys.readouterr()
        return int(done.value.code or 0), captured.out, captured.err

    return command


def agreements() -> list[dict[str, Any]]:
    with Book.open() as book:
        return book.records("agreement")


def test_decide_history_undo(run: Any) -> None:
    old, new, five = (one["id"] for one in sorted(agreements(), key=lambda one: (one["when"], -len(one["sources"]))))
    code, out, _ = run("decide", "correct", new[:12], "term", "P12Y", "--reason", "annex 2")
    assert code == 0
    decision = out.strip()
    assert run("decide", "accept", old)[0] == 0
    assert run("decide", "note", old, "ask the ministry")[0] == 0
    assert run("decide", "merge", new, five, "--author", "Ben")[0] == 0
    assert len(agreements()) == 2
    code, _, err = run("decide", "split", new, "r5")
    assert (code, "this overrides de-" in err) == (0, True)
    assert run("decide", "unlink", new, "succeeds", old)[0] == 0
    assert run("decide", "link", five, "succeeds", old)[0] == 0
    assert run("decide", "reject", five, "signed_on")[0] == 0
    assert run("decide", "correct", five, "domains", "transport,training")[0] == 0
    code, out, _ = run("history", new)
    assert code == 0
    assert "correct term = P12Y" in out
    assert "annex 2" in out
    assert run("undo", decision[:10])[0] == 0
    code, out, _ = run("history", new, "--json")
    assert json.loads(out)[0]["undone_by"].startswith("de-")
    assert json.loads(out)[0]["author"] == "Ana Vola"
    assert next(one for one in agreements() if one["id"] == new)["term"] == "P10Y"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("decide", "correct", "ag-x", "term", "P1Y"), "no record 'ag-x'"),
        (("decide", "merge", "ag-"), "fits several records"),
        (("undo", "de-none"), "fits no decisions"),
        (("import", "nowhere.jsonl"), "cannot be read"),
    ],
)
def test_errors_are_one_line(run: Any, words: tuple[str, ...], problem: str) -> None:
    code, _, err = run(*words)
    assert code in (1, 3)
    assert problem in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_value_is_named(run: Any) -> None:
    code, _, err = run("decide", "correct", agreements()[0]["id"], "signed_on", "soon")
    assert code == 3
    assert "signed_on: 'soon' is not a date; expected" in err


def test_export_import(run: Any, tmp_path: Path) -> None:
    before = agreements()
    run("decide", "note", before[0]["id"], "kept")
    out = tmp_path / "out.jsonl"
    assert run("export", str(out))[0] == 0
    code, said, _ = run("import", str(out), "--book", str(tmp_path / "new.db"))
    assert (code, said) == (0, "5 reports, 1 decisions, 0 watches added; 0 reports were there already\n")
    assert run("export", str(tmp_path / "again.jsonl"), "--book", str(tmp_path / "new.db"))[0] == 0
    assert (tmp_path / "again.jsonl").read_bytes() == out.read_bytes()
    _, said, _ = run("import", str(out))
    assert said == "0 reports, 0 decisions, 0 watches added; 5 reports were there already\n"


def test_check_and_repair_say_before_they_do(run: Any, tmp_path: Path) -> None:
    agreements()
    assert run("check")[:2] == (0, "the record book is in order\n")
    assert run("repair")[:2] == (0, "the record book is in order; nothing to do\n")
    before = agreements()
    other = sqlite3.connect(tmp_path / "book.db")
    other.execute("UPDATE consolidated SET json = '{}' WHERE kind = 'agreement'")
    other.commit()
    other.close()
    code, out, _ = run("check")
    assert code == 1
    assert out.endswith("3 problems; `foedus repair` says what it would do\n")  # one a block
    code, out, _ = run("repair")
    assert code == 1
    assert "everything computed is made anew" in out
    assert out.endswith("nothing was done; --yes does it\n")
    assert run("check")[0] == 1
    code, out, _ = run("repair", "--yes")
    assert (code, out.splitlines()[-1]) == (0, "done")
    assert agreements() == before


def test_backup(run: Any, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.db")
    assert run("backup", copy)[:2] == (0, copy + "\n")
    code, _, err = run("backup", copy)
    assert code == 2
    assert "exists already; --force replaces it" in err
    assert run("backup", copy, "--force")[0] == 0
    with Book.open(copy, create=False) as book:
        assert len(book.reports()) == 5


def test_persons(run: Any) -> None:
    assert run("persons", "--json") == (1, "[]\n", "nothing found\n")
    assert run("persons", "Nobody") == (1, "", "nothing found\n")


def test_show_names_the_decisions(run: Any) -> None:
    five = next(one["id"] for one in agreements() if one["sources"][0]["report"] == "r5")
    run("decide", "correct", five, "term", "P3Y", "--reason", "annex")
    code, out, _ = run("show", five)
    assert code == 0
    assert "decided        correct term = P3Y, Ana Vola" in out
    assert "(annex)" in out
