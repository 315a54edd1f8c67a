"""Quick scoring loop for development: parses of the development reports are cached, extraction is run afresh.

    python benchmarks/dev.py [--show KIND] [--only ID] [--json FILE]

With --only, the readings of that report are printed field by field with their words.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval"
sys.path.insert(0, str(ROOT / "src"))


def docs_for(texts: list[str]):  # type: ignore[no-untyped-def]
    """Parsed docs, from the cache when language code, weights and texts are the same."""
    from foedus.language import load

    language = ROOT / "src/foedus/language"
    digest = hashlib.sha256("\0".join(texts).encode())
    for path in sorted([*language.glob("*.py"), *language.glob("weights/*")]):
        if path.name not in {"syntax.py", "__init__.py"}:
            digest.update(path.read_bytes())
    cache = Path(tempfile.gettempdir()) / f"foedus-dev-{digest.hexdigest()[:16]}.pickle"
    if not cache.exists():
        cache.write_bytes(pickle.dumps(list(load().parse_many(texts))))
    return pickle.loads(cache.read_bytes())


def reports_of(name: str) -> list[dict]:  # type: ignore[type-arg]
    """Annotated reports: of the development sets a and b, of the own corpus's part "train" or "held", or of one file of it ("c7")."""
    one = sorted((ROOT / "training" / "corpus").glob(f"*/{name}.records.toml"))
    if name not in {"train", "held"} and not one:
        return [json.loads(line) for s in name for line in (EVAL / f"reports/{s}.jsonl").open(encoding="utf-8")]
    sys.path.insert(0, str(ROOT / "training"))
    from records import read_annotated

    paths = one or sorted((ROOT / "training" / "corpus" / name).glob("*.records.toml"))
    return [row for path in paths for row in read_annotated(path)]


def main() -> int:
    from foedus.extract import extract
    from foedus.mentions import resolve
    from foedus.record import Report, to_json

    parser = argparse.ArgumentParser()
    parser.add_argument("--show")
    parser.add_argument("--only")
    parser.add_argument(
        "--set", default="ab", help="ab, a or b of the development sets; train, held or one file (c7) of the own corpus"
    )
    args = parser.parse_args()
    rows = reports_of(args.set)
    docs = docs_for([r["text"] for r in rows])
    readings = []
    for row, doc in zip(rows, docs, strict=True):
        if args.only and row["id"] != args.only:
            continue
        report = Report.of(row["text"], id=row["id"], published_on=row.get("published_on"), title=row.get("title"))
        readings.append(extract(resolve(report, doc)))
    if args.only:
        for reading in readings:
            print(reading.report.text)
            for kind, record in reading.records():
                print(f"\n[{kind}] {record.confidence}")
                data = json.loads(to_json(record))
                for field, value in data.items():
                    if field not in {"id", "evidence", "confidence"}:
                        spans = [reading.report.text[a:b] for a, b in record.evidence.get(field, ())]
                        print(f"   {field}: {json.dumps(value, ensure_ascii=False)}   <- {spans}")
                print(f"   record <- {[reading.report.text[a:b] for a, b in record.evidence['record']]}")
        return 0
    work = Path(tempfile.mkdtemp(prefix="foedus-dev-"))
    (work / "gold.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    (work / "pred.jsonl").write_bytes(b"".join(to_json(r) + b"\n" for r in readings))
    command = [sys.executable, str(EVAL / "score_records.py"), str(work / "gold.jsonl"), str(work / "pred.jsonl")]
    if args.show:
        command += ["--show", args.show]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
