"""Statements over the quotation phenomena: `python benchmarks/quotes.py CASES.jsonl OUT.jsonl` writes predictions for the scorer."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from foedus.extract.statements import find_statements
from foedus.language import load
from foedus.mentions import resolve
from foedus.record import Report


def main(cases: str, out: str) -> None:
    """One line a case: {"id", "statements": [{"spans", "speaker_text", "speaker_start", "speaker_end", "mode"}]}."""
    rows = [json.loads(line) for line in Path(cases).read_text("utf-8").splitlines() if line.strip()]
    reports = [Report.of(row["text"], id=row["id"]) for row in rows]
    with Path(out).open("w", encoding="utf-8") as file:
        for report, doc in zip(reports, load().parse_many(r.text for r in reports), strict=True):
            found = [_prediction(s) for s in find_statements(resolve(report, doc))]
            file.write(json.dumps({"id": report.id, "statements": found}, ensure_ascii=False) + "\n")


def _prediction(statement: object) -> dict[str, object]:
    people = [statement.speaker, *statement.joint_with]  # type: ignore[attr-defined]
    spans = statement.evidence["speaker"]  # type: ignore[attr-defined]
    record = statement.evidence["record"][0]  # type: ignore[attr-defined]
    near = [s for s in spans if record[0] <= s[0] < record[1]] or list(spans)
    return {
        "spans": list(statement.evidence["text"]),  # type: ignore[attr-defined]
        "speaker_text": "; ".join(p.name for p in people if p and p.name),
        "speaker_start": near[-1][0],
        "speaker_end": near[-1][1],
        "mode": statement.mode,  # type: ignore[attr-defined]
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
