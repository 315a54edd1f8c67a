"""How well the record book joins what several reports say of one thing: B³ by kind.

    python benchmarks/consolidation.py [--set b1] [--show KIND] [--read]

The reports are `training/corpus/book/*.reports.txt`; `same` in their records says which records are one thing. Twice: with the
annotated records put into the book (the book alone), and with what foedus reads from the texts (only records that the scorer of
`shared/eval` pairs with an annotated one count, so that a record not read is no fault of the book; how many were read is shown).

B³ (Bagga and Baldwin 1998): of each record, which share of its cluster found is in its true cluster (precision) and the other
way round (recall), averaged over records.
"""

from __future__ import annotations

import argparse
import json
import runpy
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from foedus.book import Book
from foedus.book import schema as t
from foedus.record import PLURAL, Reading, Report, stable_id

ROOT = Path(__file__).resolve().parent.parent
SCORER = ROOT.parent / "shared" / "eval" / "score_records.py"
KINDS = ("agreements", "meetings", "statements", "commitments", "activities")
_NOT_VALUES = {"optional", "accept", "same"}


def b_cubed(found: Mapping[str, str], gold: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a clustering (record -> cluster) of the records of `gold`; 1.0 each without records."""
    if not gold:
        return 1.0, 1.0, 1.0
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in gold:
        members["found", found[record]].add(record)
        members["gold", gold[record]].add(record)
    precision = recall = 0.0
    for record in gold:
        own, true = members["found", found[record]], members["gold", gold[record]]
        precision += len(own & true) / len(own)
        recall += len(own & true) / len(true)
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def annotated(row: dict[str, Any]) -> tuple[Reading, dict[str, str]]:
    """The annotated records of a report as a reading, and the cluster of each by record id."""
    report = _report(row)
    kinds: dict[str, Any] = {}
    clusters = {}
    for kind, plural in PLURAL.items():
        kinds[plural] = []
        for number, gold in enumerate(row.get(plural, [])):
            id = stable_id(report.id, kind, number)
            values = {name: value for name, value in gold.items() if name not in _NOT_VALUES}
            shown = dict.fromkeys(values.keys() - {"evidence"}, gold["evidence"]["record"])
            kinds[plural].append({**values, "id": id, "confidence": 0.9, "evidence": {**shown, **gold["evidence"]}})
            clusters[id] = gold["same"]
    return msgspec.convert({"report": msgspec.to_builtins(report), **kinds}, Reading), clusters


def read(rows: list[dict[str, Any]]) -> tuple[list[Reading], dict[str, str]]:
    """What foedus reads in the reports, and the cluster of each record that has an annotated partner."""
    from dev import docs_for
    from foedus.extract import extract
    from foedus.mentions import resolve
    from foedus.record import to_json

    pair = runpy.run_path(str(SCORER))["pair"]
    readings, clusters = [], {}
    for row, doc in zip(rows, docs_for([row["text"] for row in rows]), strict=True):
        reading = extract(resolve(_report(row), doc))
        data = json.loads(to_json(reading))
        for kind in KINDS:
            found = data.get(kind, [])
            for i, j in pair(kind, row.get(kind, []), found)[0]:
                clusters[found[j]["id"]] = row[kind][i]["same"]
        readings.append(reading)
    return readings, clusters


def _report(row: dict[str, Any]) -> Report:
    return Report.of(row["text"], id=row["id"], published_on=row.get("published_on"), publisher=row.get("publisher"))


def consolidated(readings: list[Reading]) -> dict[str, str]:
    """Record id -> id of the record of the book that it went into."""
    import sqlalchemy as sa

    with tempfile.TemporaryDirectory() as folder, Book.open(Path(folder) / "book.db") as book:
        for reading in readings:
            book.add(reading)
        book.consolidate()
        with book.reading() as connection:
            return {
                id: into or id for id, into in connection.execute(sa.select(t.records.c.id, t.records.c.canonical_id))
            }


def score(readings: list[Reading], gold: dict[str, str], show: str | None = None) -> dict[str, dict[str, Any]]:
    """B³ by kind; `gold` clusters by record id. With `show`, prints the clusters of a kind that are not right."""
    into = consolidated(readings)
    of_kind = {record.id: PLURAL[kind] for one in readings for kind, record in one.records()}
    figures = {}
    for kind in KINDS:
        own = {id: cluster for id, cluster in gold.items() if of_kind[id] == kind}
        p, r, f = b_cubed(into, own)
        figures[kind] = {"P": p, "R": r, "F1": f, "records": len(own), "clusters": len(set(own.values()))}
        if kind == show:
            _show(readings, into, own)
    return figures


def _show(readings: list[Reading], into: dict[str, str], gold: dict[str, str]) -> None:
    words = {
        record.id: f"{one.report.id}: {json.dumps(msgspec.to_builtins(record, enc_hook=str) | {'evidence': 0}, ensure_ascii=False)[:400]}"
        for one in readings
        for _, record in one.records()
    }
    for cluster in sorted(set(gold.values())):
        ids = [id for id in gold if gold[id] == cluster]
        others = [id for id in gold if id not in ids and into[id] in {into[i] for i in ids}]
        if len({into[id] for id in ids}) > 1 or others:
            print(f"\n{cluster}")
            for id in ids:
                print(f"   {into[id]}  {words[id]}")
            for id in others:
                print(f"   {into[id]}  NOT {gold[id]}: {words[id]}")


def table(title: str, figures: dict[str, dict[str, Any]]) -> str:
    """The figures as a Markdown table."""
    lines = [f"### {title}", "", "| kind | B³ P | R | F1 | records / clusters |", "| --- | --- | --- | --- | --- |"]
    for kind, row in figures.items():
        lines.append(
            f"| {kind} | {row['P']:.3f} | {row['R']:.3f} | {row['F1']:.3f} | {row['records']} / {row['clusters']} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="*", help="one file of the folder, such as b1; all by default")
    parser.add_argument("--show", choices=KINDS)
    parser.add_argument(
        "--read", action="store_true", help="with --show: of the records read, not of the annotated ones"
    )
    arguments = parser.parse_args()
    sys.path.append(str(ROOT / "training"))
    from records import read_annotated

    rows = [
        row
        for path in sorted((ROOT / "training/corpus/book").glob(f"{arguments.set}.records.toml"))
        for row in read_annotated(path)
    ]
    both = [annotated(row) for row in rows]
    gold = {id: cluster for _, clusters in both for id, cluster in clusters.items()}
    figures = score([one for one, _ in both], gold, None if arguments.read else arguments.show)
    print(table(f"Annotated records ({len(rows)} reports)", figures))
    if not SCORER.exists():
        print("\nThe scorer of shared/eval is not beside the project: what foedus reads itself is not scored.")
        return 0
    readings, clusters = read(rows)
    print(
        "\n"
        + table("Records as foedus reads them", score(readings, clusters, arguments.show if arguments.read else None))
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
