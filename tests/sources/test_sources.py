"""What can be read, what cannot, and what is said about it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from foedus.errors import SourceError
from foedus.record import Report
from foedus.sources import LONGEST_TEXT, read_sources

PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>Ferry talks</title><meta name="author" content="A. Writer">
<meta property="article:published_time" content="2024-05-02T08:00:00Z"><meta property="og:site_name" content="Island Post"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry talks</h1>
<p>Fiji and Tonga opened talks on a shared ferry line on Thursday, officials of both governments said in the capital.</p>
<p>“A café on every ship,” one of them promised, before the second round of the talks began in the afternoon.</p></article></body></html>"""


def reports_of(*sources: object, **options: object) -> list[Report | SourceError]:
    return list(read_sources([str(source) for source in sources], **options))  # type: ignore[arg-type]


def problem(path: Path) -> str:
    (found,) = reports_of(path)
    assert isinstance(found, SourceError)
    return found.problem


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"First line.\r\nSecond.\r\n", "First line.\nSecond.\n"),
        (b"\xef\xbb\xbfMarked.", "Marked."),
        ("Zwei Wörter".encode("utf-16"), "Zwei Wörter"),
        ("Café “notes” were read out in the hall by both delegations today.".encode("cp1252"), None),
        (b"  Outer blanks stay. \n\n", "  Outer blanks stay. \n\n"),
    ],
    ids=["crlf", "bom", "utf-16", "cp1252", "blanks"],
)
def test_text_is_taken_exactly(tmp_path: Path, data: bytes, text: str | None) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(data)
    (report,) = reports_of(path)
    assert isinstance(report, Report)
    assert report.text == (text if text is not None else data.decode("cp1252"))
    assert report.title is None
    assert report.id.startswith("sha256:")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t ", "is empty"),
        ("a.txt", b"%PDF-1.7 rest", "looks like a binary file (PDF)"),
        ("a.txt", b"words\x00\x01\x02 words", "looks like a binary file"),
        ("a.txt", bytes(range(1, 32)) * 40, "looks like a binary file"),
        ("a.txt", b"\xff\xfeabc", "begins as UTF-16"),
        ("a.html", b"<html><body></body></html>", "no article text found"),
        ("a.json", b"{", "not valid JSON"),
        ("a.json", b"[" * 100_000, "not valid JSON"),
        ("a.json", b'"words"', "expected a JSON object"),
        ("a.json", b"{}", "no field 'text'"),
        ("a.json", b'{"text": 3}', "text: expected text, found a number"),
        ("a.json", b'{"text": "  "}', "is empty"),
        ("a.json", b'{"text": "Talks.", "id": []}', "id: expected text, found a list"),
        (
            "a.json",
            b'{"text": "T.", "published_on": "soon"}',
            "published_on: 'soon' is not a date, expected YYYY-MM-DD",
        ),
        ("a.json", b'{"text": "T.", "published_on": "2024-02-31"}', "is not a date"),
        ("a.jsonl", b"\n\n", "is empty"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert said in problem(path)


def test_a_text_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"word " * (10 * LONGEST_TEXT // 5))
    assert "split it into its reports" in problem(path)
    path.write_bytes(b"word " * (LONGEST_TEXT // 5 + 1))
    assert "split it into its reports" in problem(path)


def test_a_large_binary_file_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "image"
    path.write_bytes(b"\x89PNG\r\n" + bytes(9_000_000))
    assert "looks like a binary file" in problem(path)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_page_gives_its_article(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "page.html"
    page = PAGE.format(charset=charset)
    path.write_bytes((page.replace("“", '"').replace("”", '"') if charset == "iso-8859-1" else page).encode(charset))
    (report,) = reports_of(path)
    assert isinstance(report, Report)
    assert (report.title, report.published_on, report.publisher) == ("Ferry talks", "2024-05-02", "Island Post")
    assert "café" in report.text
    assert "in the capital.\n\n" in report.text
    assert "Home" not in report.text


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"id": "a", "text": "One."}\nnot json\n\n{"id": 7, "text": "Two."}\n{"id": "c"}\n', "utf-8")
    found = reports_of(path)
    assert [one.id if isinstance(one, Report) else one.where for one in found] == ["a", f"{path}:2", "7", f"{path}:5"]


def test_an_id_stands_for_one_text(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"id": "a", "text": "One."}\n{"id": "a", "text": "One."}\n{"id": "a", "text": "Two."}\n', "utf-8")
    first, again, other = reports_of(path)
    assert first == again
    assert isinstance(other, SourceError)
    assert "has the id 'a'" in other.problem


def test_lone_surrogates_and_odd_ids_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(rb'{"id": "x\ud800", "text": "Words \udc00 here."}')
    (report,) = reports_of(path)
    assert isinstance(report, Report)
    report.id.encode()
    report.text.encode()


def test_folders_globs_and_doubles(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "1.txt", "README.md", ".hidden.txt", "b/picture.png"):
        (tmp_path / name).write_text(f"Report {name}.", "utf-8")
    texts = [
        one.text for one in reports_of(tmp_path, tmp_path / "1.txt", tmp_path / "b/*.txt") if isinstance(one, Report)
    ]
    assert texts == ["Report 1.txt.", "Report b/2.txt."]
    assert [one.text for one in reports_of(tmp_path / "b" / "[0-9].txt") if isinstance(one, Report)] == [
        "Report b/2.txt."
    ]


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    found = reports_of(
        tmp_path / "no.txt", tmp_path / "*.csv", tmp_path / "empty", tmp_path / "pipe", "https://example.org/a"
    )
    said = [one.problem for one in found if isinstance(one, SourceError)]
    assert [words.split(";")[0] for words in said] == [
        "no such file",
        "matches no file",
        "is a folder without reports",
        "is not a file",
        "is an address",
    ]


@pytest.mark.parametrize(
    ("data", "form", "texts"),
    [
        (b"Plain words.", None, ["Plain words."]),
        (b'{"text": "One."}\n{"text": "Two."}\n', None, ["One.", "Two."]),
        (b'{"text": "One."}\n', "text", ['{"text": "One."}\n']),
    ],
    ids=["text", "lines", "forced"],
)
def test_standard_input(data: bytes, form: str | None, texts: list[str]) -> None:
    found = reports_of("-", from_format=form, stdin=io.BytesIO(data))
    assert [one.text for one in found if isinstance(one, Report)] == texts


def test_the_given_day_is_for_reports_without_one(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text('{"text": "One.", "published_on": "2020-01-02T03:04:05Z"}\n{"text": "Two."}\n', "utf-8")
    found = reports_of(path, published_on="2024-05-06")
    assert [one.published_on for one in found if isinstance(one, Report)] == ["2020-01-02", "2024-05-06"]
