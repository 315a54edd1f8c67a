"""Count the lemma table from the treebanks' training parts: `python training/lemmas.py TREEBANKS OUT.json`."""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter, defaultdict
from pathlib import Path

PARTS = ("en-ewt-train", "en-gum-train")
LEFT_OUT = {"PROPN", "X", "PUNCT", "SYM", "NUM"}


def main(treebanks: Path, out: Path) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for part in PARTS:
        with lzma.open(treebanks / f"{part}.conllu.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = line.rstrip("\n").split("\t")
                if (
                    len(row) != 10
                    or not row[0].isdigit()
                    or row[3] in LEFT_OUT
                    or row[2] == "_"
                    or "Typo=Yes" in row[5]
                ):
                    continue
                counts[f"{row[1].lower()} {row[4]}"][row[2].lower()] += 1
    table = {
        key: lemmas.most_common(1)[0][0]
        for key, lemmas in sorted(counts.items())
        if key.split(" ")[0].isalpha() or "'" in key
    }
    out.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(table)} forms")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
