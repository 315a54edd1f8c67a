"""Statements over the quotation phenomena: `python benchmarks/quotes.py CASES.jsonl OUT.jsonl` writes predictions for the scorer."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from foedus.extract import read_reports
from foedus.record import Report, Statement


def main(cases: str, out: str) -> None:
    """One line a case: {"id", "statements": [{"spans", "speaker_text", "speaker_start", "speaker_end", "mode"}]}."""
    rows = [json.loads(line) for line in Path(cases).read_text("utf-8").splitlines() if line.strip()]
    reports = [Report.of(row["text"], id=row["id"]) for row in rows]
    with Path(out).open("w", encoding="utf-8") as file:
        for reading in read_reports(reports):
            found = [prediction(s) for s in reading.statements]
            file.write(json.dumps({"id": reading.report.id, "statements": found}, ensure_ascii=False) + "\n")


def prediction(statement: Statement) -> dict[str, object]:
    """A statement as the scorers of quotations take it: spans, the speaker's names, and where the speaker stands beside the words."""
    people = [statement.speaker, *statement.joint_with]
    spans = statement.evidence.get("speaker", ())
    record = statement.evidence["record"][0]
    near = [s for s in spans if record[0] <= s[0] < record[1]] or list(spans)
    return {
        "spans": list(statement.evidence["text"]),
        "speaker_text": "; ".join(p.name or p.office or "" for p in people if p),
        "speaker_start": near[-1][0] if near else None,
        "speaker_end": near[-1][1] if near else None,
        "mode": statement.mode,
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
