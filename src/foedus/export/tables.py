"""Consolidated records as CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import IO, Any

from foedus.ask.show import cell_text
from foedus.record import CLASSES

_INNER = {"id", "evidence", "confidence"}
_EXTRA = {"agreement": ["succeeds_id", "succeeded_by_id"], "commitment": ["state"]}


def columns(kind: str) -> list[str]:
    """The CSV columns of a kind, in an order that does not change: new ones are added behind the fields, none is renamed."""
    fields = [name for name in CLASSES[kind].__struct_fields__ if name not in _INNER]
    extra = [*_EXTRA.get(kind, []), "when", "when_from", "confidence", "conflicts", "reports", "urls"]
    return ["id", *fields, *extra]


def write_csv(kind: str, records: Iterable[dict[str, Any]], stream: IO[str]) -> None:
    """A header and one row a record. Lists are joined by ``;``, a person is ``Name (office, CODE)``, money ``AMOUNT CODE``."""
    names = columns(kind)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    for record in records:
        sources = record["sources"]
        about = {
            "conflicts": sorted(record["conflicts"]),
            "reports": [source["report"] for source in sources],
            "urls": [source["url"] for source in sources if source["url"]],
        }
        writer.writerow([cell(about.get(name, record.get(name))) for name in names])


def write_json(records: list[dict[str, Any]], stream: IO[str]) -> None:
    """One JSON array, a record a line."""
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    stream.write(f"[{lines}]\n")


def cell(value: Any) -> str:
    """A value as one line of text; "" for none."""
    return cell_text(value, ";")
