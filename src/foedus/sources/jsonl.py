"""JSON Lines -> reports, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Protocol

from foedus.errors import SourceError
from foedus.record import Report
from foedus.sources.decode import decoded
from foedus.sources.fields import checked_day, date_problem

LONGEST_LINE = 16_000_000
"""Bytes; a longer line is passed over with an error."""
_TEXTS = ("url", "title", "publisher", "author", "language")
_TYPES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


class Lines(Protocol):
    """What is needed of a stream of bytes."""

    def readline(self, size: int = -1, /) -> bytes:
        """One line, at most `size` bytes of it."""
        ...

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes."""
        ...


def reports_of_lines(where: str, stream: Lines) -> Iterator[Report | SourceError]:
    """One report a line, or the error of that line (``FILE:LINE``); blank lines are nothing."""
    number = 0
    some = False
    for line in _lines(stream):
        number += 1
        place = f"{where}:{number}"
        if not line.strip():
            continue
        some = True
        if len(line) > LONGEST_LINE:
            yield SourceError(place, f"the line is longer than {LONGEST_LINE:,} bytes; split the report")
            continue
        try:
            yield report_of_object(place, _parsed(place, decoded(place, line)))
        except SourceError as error:
            yield error
    if not some:
        yield SourceError(where, "is empty")


def _lines(stream: Lines) -> Iterator[bytes]:
    """Lines; of one that is too long only its beginning, so that memory stays bounded."""
    first = stream.readline(LONGEST_LINE + 1)
    if first[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        rest = stream.read(LONGEST_LINE)
        yield from (first + rest).decode("utf-16", "replace").encode("utf-8", "replace").split(b"\n")
        return
    line = first
    while line:
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)
            if not line:
                return
        line = stream.readline(LONGEST_LINE + 1)


def report_of_file(where: str, text: str) -> Report:
    """The report of a ``.json`` file that holds one object. Raises `SourceError`."""
    return report_of_object(where, _parsed(where, text))


def _parsed(where: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        said = (
            f"{error.msg} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        )
        raise SourceError(where, f"not valid JSON ({said})") from None


def report_of_object(where: str, value: Any) -> Report:
    """The report of ``{"text", "id", "url", "published_on", "title", "publisher", "author"}``; all but `text` may be absent.

    A line that `foedus read --json` printed (``{"report": …}``) gives its report. Raises `SourceError`.
    """
    if not isinstance(value, dict):
        raise SourceError(where, "expected a JSON object with the field 'text'")
    if isinstance(value.get("report"), dict):
        value = value["report"]
    text = value.get("text")
    if not isinstance(text, str):
        problem = "no field 'text'" if text is None else f"text: expected text, found {_type(text)}"
        raise SourceError(where, problem)
    if not text.strip():
        raise SourceError(where, "is empty (the field 'text' has no words)")
    about: dict[str, str | None] = {}
    for name in _TEXTS:
        given = value.get(name)
        if given is not None and not isinstance(given, str):
            raise SourceError(where, f"{name}: expected text, found {_type(given)}")
        about[name] = clean(given.strip()) if given else None
    identity = value.get("id")
    if identity is not None and (isinstance(identity, bool) or not isinstance(identity, (str, int))):
        raise SourceError(where, f"id: expected text, found {_type(identity)}")
    return Report.of(
        text.removeprefix("\ufeff"),
        id=clean(str(identity).strip()) if identity is not None else None,
        published_on=_published(where, value.get("published_on")),
        **about,
    )


def clean(value: str) -> str:
    """`value` without lone surrogates, which no file or data base can hold."""
    return value.encode("utf-8", "replace").decode("utf-8")


def _published(where: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    found = checked_day(value) if isinstance(value, str) else None
    if found is None:
        raise SourceError(where, date_problem(value))
    return found


def _type(value: object) -> str:
    return _TYPES.get(type(value), type(value).__name__)
