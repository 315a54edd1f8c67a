"""Files, folders and standard input -> reports.

Text is taken exactly as given (line ends made LF, a byte order mark dropped), so that offsets hold in the user's own copy. A
text longer than `LONGEST_TEXT` characters is refused: it is a book or an archive, not a report.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Literal, get_args

import msgspec

from foedus.errors import SourceError
from foedus.record import Report
from foedus.sources.decode import decoded
from foedus.sources.fields import checked_day, date_problem
from foedus.sources.paths import find_files

__all__ = ["FORMATS", "LONGEST_TEXT", "Format", "checked_day", "date_problem", "read_sources"]

Format = Literal["text", "html", "jsonl", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
LONGEST_TEXT = 2_000_000
"""Characters of one report. Longer ones are refused."""
_LARGEST_FILE = 4 * LONGEST_TEXT
_SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}


def read_sources(
    sources: Iterable[str],
    *,
    published_on: str | None = None,
    from_format: Format | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Report | SourceError]:
    """One `Report` a report or one `SourceError` a problem, in input order, read as they are asked for.

    `published_on` is for reports without a date of their own; `from_format` overrides what name and content show. An id that
    an earlier report of this run had with another text is an error, so that a second run changes nothing.
    """
    seen: dict[str, int] = {}
    for path in find_files(sources):
        for found in [path] if isinstance(path, SourceError) else _guarded(path, from_format, stdin):
            if isinstance(found, Report):
                found = _checked(path if isinstance(path, str) else path.where, found, seen)
                if isinstance(found, Report) and published_on and not found.published_on:
                    found = msgspec.structs.replace(found, published_on=published_on)
            yield found


def _checked(where: str, report: Report, seen: dict[str, int]) -> Report | SourceError:
    if len(report.text) > LONGEST_TEXT:
        return SourceError(where, _too_long(f"{len(report.text):,} characters"))
    words = hash(report.text)
    if seen.setdefault(report.id, words) != words:
        return SourceError(where, f"another report of this run has the id {report.id!r}; give each report its own id")
    return report


def _too_long(size: str) -> str:
    return f"has {size}; a report may have {LONGEST_TEXT:,} characters, so split it into its reports"


def _guarded(path: str, form: Format | None, stdin: IO[bytes] | None) -> Iterator[Report | SourceError]:
    try:
        yield from _read(path, form, stdin)
    except SourceError as error:
        yield error
    except FileNotFoundError:
        yield SourceError(path, "no such file")
    except OSError as error:
        yield SourceError(path, f"cannot be read ({error.strerror or type(error).__name__})")


def _read(path: str, form: Format | None, stdin: IO[bytes] | None) -> Iterator[Report | SourceError]:
    if path == "-":
        stream = stdin or sys.stdin.buffer
        yield from _from_stream("standard input", stream, form or "sniff")
        return
    if not stat.S_ISREG(os.stat(path).st_mode):
        yield SourceError(path, "is not a file" if not os.path.isdir(path) else "is a folder")
        return
    with open(path, "rb") as stream:
        yield from _from_stream(path, stream, form or _SUFFIXES.get(Path(path).suffix.lower(), "sniff"))


def _from_stream(where: str, stream: IO[bytes], form: str | None) -> Iterator[Report | SourceError]:
    from foedus.sources.jsonl import report_of_file, reports_of_lines

    if form == "jsonl":
        yield from reports_of_lines(where, stream)
        return
    head = stream.read(65_536)
    if form == "sniff":
        form = _sniffed(head)
        if form == "jsonl":
            yield from reports_of_lines(where, _Chained(head, stream))
            return
    data = head + stream.read(_LARGEST_FILE + 1 - len(head))
    if len(data) > _LARGEST_FILE:
        decoded(where, head.rsplit(b"\n", 1)[0])  # a binary file is called one, however large
        yield SourceError(where, _too_long(f"more than {_LARGEST_FILE:,} bytes"))
        return
    text = decoded(where, data, declared=form == "html")
    if form == "json":
        stripped = text.lstrip()
        if (
            "\n{" in stripped.rstrip()
            and stripped.startswith("{")
            and _sniffed(text.encode("utf-8", "replace")) == "jsonl"
        ):
            yield from reports_of_lines(where, io.BytesIO(text.encode("utf-8", "replace")))
        else:
            yield report_of_file(where, text)
    elif form == "html":
        from foedus.sources.html import report_of_page

        yield report_of_page(where, text)
    else:
        yield Report.of(text)


def _sniffed(head: bytes) -> Format:
    """What unnamed bytes are: a page by its first tag, JSON Lines by a first line that is an object with a text, else text."""
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if line.startswith(b"{") and (b'"text"' in line or b'"report"' in line):
        return "jsonl"
    return "text"


class _Chained:
    """Bytes already taken from a stream, then the rest of it, by lines."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readline(self, size: int = -1, /) -> bytes:
        """One line, at most `size` bytes of it."""
        line = self._head.readline(size)
        if line.endswith(b"\n") or 0 <= size <= len(line):
            return line
        return line + self._rest.readline(-1 if size < 0 else size - len(line))

    def read(self, size: int = -1, /) -> bytes:
        """At most about `size` bytes."""
        return self._head.read(size) + (self._rest.read(size) or b"")
