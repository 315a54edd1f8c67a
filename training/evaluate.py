"""Score the shipped (or a given) encoder on the treebanks' test parts, gold words in, punctuation not counted.

    python training/evaluate.py TREEBANKS [WEIGHTS_FOLDER] [--json]

Prints UAS, LAS, UPOS and entity F1 (PERSON, ORG, LOC) a test set. PUD is never trained on.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

TESTS = ("en-pud-test", "en-ewt-test", "en-gum-test")
TYPES = {"PERSON", "ORG", "LOC"}


def gold_spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """Spans of BIO tags."""
    found: set[tuple[int, int, str]] = set()
    start = -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag != "I-" + tags[start][2:]:
            found.add((start, i, tags[start][2:]))
            start = -1
        if tag[0] == "B" or (tag[0] == "I" and start < 0):
            start = i
    return found


def evaluate(treebanks: Path, weights: Path | None = None) -> dict[str, dict[str, float]]:
    """Figures in percent for each test set."""
    import foedus.language.encoder as encoder_module

    from data import read_treebank

    if weights is not None:
        encoder_module.WEIGHTS = weights  # type: ignore[assignment]
    encoder = encoder_module.Encoder(threads=2)
    figures: dict[str, dict[str, float]] = {}
    for name in TESTS:
        sentences = read_treebank(treebanks / f"{name}.conllu.xz")
        count: Counter[str] = Counter()
        for gold, found in zip(sentences, encoder.parse([[w.form for w in s] for s in sentences]), strict=True):
            for i, word in enumerate(gold):
                count["words"] += 1
                count["upos"] += word.upos == found.upos[i]
                if word.dep == "punct":
                    continue
                head = 0 if found.heads[i] == i else found.heads[i] + 1
                count["scored"] += 1
                count["uas"] += head == word.head
                count["las"] += head == word.head and found.deps[i] == word.dep
            if not any(w.entities_missing for w in gold):
                real = {s for s in gold_spans([w.entity for w in gold]) if s[2] in TYPES}
                own = {s for s in found.entities if s[2] in TYPES}
                count["real"] += len(real)
                count["own"] += len(own)
                count["both"] += len(real & own)
        figures[name] = {
            "UAS": round(100 * count["uas"] / count["scored"], 2),
            "LAS": round(100 * count["las"] / count["scored"], 2),
            "UPOS": round(100 * count["upos"] / count["words"], 2),
            "entities": round(200 * count["both"] / max(1, count["real"] + count["own"]), 1),
        }
    return figures


def main(arguments: list[str]) -> int:
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    if not 1 <= len(paths) <= 2:
        print(__doc__)
        return 2
    figures = evaluate(*paths)
    if "--json" in arguments:
        print(json.dumps(figures, indent=1))
        return 0
    print(f"{'test set':<12} {'UAS':>6} {'LAS':>6} {'UPOS':>6} {'entities F1':>12}")
    for name, row in figures.items():
        print(f"{name:<12} {row['UAS']:>6.2f} {row['LAS']:>6.2f} {row['UPOS']:>6.2f} {row['entities']:>12.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
