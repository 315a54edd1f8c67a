"""Answers that are no records, as CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from typing import IO, Any

import msgspec

from foedus.export.tables import cell


def write_rows(names: Sequence[str], rows: Iterable[Sequence[Any]], stream: IO[str]) -> None:
    """CSV: a header and the rows; lists are joined by ``;``."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([cell(value) for value in row] for row in rows)


def write_answer(answer: Any, stream: IO[str]) -> None:
    """JSON of what a question gives: a list as an array with one element a line, anything else as one object."""
    plain = msgspec.to_builtins(answer)
    if isinstance(plain, list):
        stream.write("[" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in plain) + "]\n")
    else:
        stream.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
