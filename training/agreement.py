"""How far two annotators agree: `python training/agreement.py FIRST SECOND` (two marked files of the same texts, or parts of them).

Texts are matched by their plain words. Prints F1 of entities (all, and by type), of links (pairs of neighbouring mentions of one
referent, where both marked the mentions), and accuracy of modality and attribution. Of `*.records.toml`, with the scorer of records as
third argument: the second annotator's records scored as if a program had found them, `accept` and `optional` of the first counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from marked import Marked, read_modality, read_reports, read_sentences


def entities(pairs: list[tuple[Marked, Marked]]) -> str:
    """F1 of exact spans with their type, and the types that agree least."""
    count: Counter[tuple[str, str]] = Counter()
    for a, b in pairs:
        first = {(m.start, m.end, m.kind) for m in a.entities}
        second = {(m.start, m.end, m.kind) for m in b.entities}
        for name, found in (("first", first), ("second", second), ("both", first & second)):
            count.update((name, kind) for _, _, kind in found)
            count.update((name, "all") for _ in found)
    kinds = sorted({kind for _, kind in count})
    score = {k: 200 * count["both", k] / max(1, count["first", k] + count["second", k]) for k in kinds}
    return "entities F1: " + ", ".join(f"{k} {v:.1f}" for k, v in sorted(score.items(), key=lambda kv: -kv[1]))


def _links(one: Marked) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    latest: dict[str, tuple[int, int]] = {}
    found = set()
    for mark in one.marks:
        for name in mark.ids:
            if name != "?":
                if name in latest:
                    found.add((latest[name], (mark.start, mark.end)))
                latest[name] = (mark.start, mark.end)
    return found


def links(pairs: list[tuple[Marked, Marked]]) -> str:
    """F1 of neighbouring mentions of one referent."""
    first = second = both = 0
    for a, b in pairs:
        one, two = _links(a), _links(b)
        first, second, both = first + len(one), second + len(two), both + len(one & two)
    return f"links F1: {200 * both / max(1, first + second):.1f}"


def modality(first: Path, second: Path) -> str:
    """Share of predicates marked by both on which they agree."""
    known = {text: {(p.start, p.end): p for p in predicates} for text, predicates in read_modality(first)}
    count: Counter[str] = Counter()
    for text, predicates in read_modality(second):
        for one in predicates:
            other = known.get(text, {}).get((one.start, one.end))
            if other is not None:
                count.update(all=1, kind=one.kind == other.kind, attributed=one.attributed == other.attributed)
    return f"{count['all']} predicates: kind {100 * count['kind'] / count['all']:.1f}, attributed {100 * count['attributed'] / count['all']:.1f}"


def records(first: Path, second: Path, scorer: Path) -> None:
    """Print the scorer's table of the second annotator's required records against the first's."""
    from records import read_annotated

    kinds = ("agreements", "meetings", "statements", "commitments", "activities")
    other = {row["id"]: row for row in read_annotated(second)}
    gold = [row for row in read_annotated(first) if row["id"] in other]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in gold), "utf-8")
        lines = [
            {"report": {"id": id}, **{kind: [r for r in row[kind] if not r["optional"]] for kind in kinds}}
            for id, row in other.items()
        ]
        (Path(folder) / "found.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines), "utf-8")
        subprocess.run([sys.executable, str(scorer), f"{folder}/gold.jsonl", f"{folder}/found.jsonl"], check=True)


def main(first: Path, second: Path) -> None:
    if first.name.endswith(".modality.txt"):
        print(modality(first, second))
        return
    reader = read_reports if first.name.endswith(".reports.txt") else read_sentences
    known = {one.text: one for one in reader(first)}
    pairs = [(known[two.text], two) for two in reader(second) if two.text in known]
    print(f"{len(pairs)} texts; {entities(pairs)}")
    if reader is read_reports:
        print(links(pairs))


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1].endswith(".records.toml"):
        records(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
    elif len(sys.argv) == 3:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
