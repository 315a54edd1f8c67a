"""Statements over PolNeAR's development part: `python benchmarks/polnear.py POLNEAR.jsonl OUT.jsonl [--pipeline NAME]`.

POLNEAR.jsonl is what `build_polnear.py` (beside the scorer of quotations) makes of a copy of the corpus. Only its part "dev" is read. The
predictions in OUT.jsonl are for `score_quotes.py POLNEAR.jsonl OUT.jsonl --split dev`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from foedus.extract import read_reports
from foedus.language import load
from foedus.record import Report
from quotes import prediction


def dev_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of the development part."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["split"] == "dev":
                yield row


def predict(path: Path, out: Path, pipeline: str = "default") -> None:
    """Write one line a document: {"doc", "statements"}."""
    rows = list(dev_rows(path))
    reports = (Report.of(row["text"], id=row["doc"], published_on=_day(row.get("date"))) for row in rows)
    with out.open("w", encoding="utf-8") as file:
        for row, reading in zip(rows, read_reports(reports, load(pipeline)), strict=True):
            statements = [prediction(s) for s in reading.statements]
            file.write(json.dumps({"doc": row["doc"], "statements": statements}, ensure_ascii=False) + "\n")


def _day(text: str | None) -> str | None:
    return text[:10] if text and len(text) >= 10 and text[4] == "-" and text[7] == "-" else None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pipeline", default="default")
    arguments = parser.parse_args()
    predict(arguments.polnear, arguments.out, arguments.pipeline)
