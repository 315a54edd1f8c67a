"""Statements over PolNeAR's development part: `python benchmarks/polnear.py POLNEAR.jsonl OUT.jsonl [--pipeline NAME] [--peers PYTHON]`.

POLNEAR.jsonl is what `build_polnear.py` (beside the scorer of quotations) makes of a copy of the corpus. Only its part "dev" is read. The
predictions in OUT.jsonl are for `score_quotes.py POLNEAR.jsonl OUT.jsonl --split dev`.

--peers names an interpreter that has textacy and sayswho (and spaCy with the English model --peer-model): their predictions
go to OUT.textacy.jsonl and OUT.sayswho.jsonl in the same run. They are no dependencies of foedus, so they need an environment of
their own; see `benchmarks/peers.py` for what of them can be run without models that are no packages.
"""

from __future__ import annotations

import argparse
import json
import subprocess
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


def predict_peers(python: Path, source: Path, out: Path, model: str) -> dict[str, tuple[Path, str]]:
    """For each peer where its predictions were put and what it said: its speed, or why it could not run (then no file)."""
    found: dict[str, tuple[Path, str]] = {}
    for peer in ("textacy", "sayswho"):
        target = out.with_suffix(f".{peer}.jsonl")
        command = [
            str(python),
            str(Path(__file__).with_name("peers.py")),
            peer,
            str(source),
            str(target),
            "--model",
            model,
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        said = (result.stdout if result.returncode == 0 else result.stderr).strip().splitlines()
        found[peer] = (target, said[-1] if said else f"exit status {result.returncode}")
    return found


def _day(text: str | None) -> str | None:
    return text[:10] if text and len(text) >= 10 and text[4] == "-" and text[7] == "-" else None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pipeline", default="default")
    parser.add_argument("--peers", type=Path, help="an interpreter that has textacy and sayswho")
    parser.add_argument("--peer-model", default="en_core_web_sm", help="the English model of spaCy for the peers")
    arguments = parser.parse_args()
    predict(arguments.polnear, arguments.out, arguments.pipeline)
    if arguments.peers is not None:
        for _, said in predict_peers(arguments.peers, arguments.polnear, arguments.out, arguments.peer_model).values():
            print(said)
