"""Make and check the corpus's hand-corrected trees.

python training/trees.py parse SENTENCES.txt OUT.conllu      one sentence a line -> trees by the shipped model, to be corrected
python training/trees.py show FILE.conllu [FROM [TO]]        one word a line, compact, with the tree's problems
python training/trees.py patch FILE.conllu PATCH.txt         apply corrections, lines of: SENTENCE WORD field=value …
                                                             (fields: form lemma upos xpos feats head dep; 12 5 head=8 dep=obl);
                                                             "12 ok" notes that sentence 12 was read and is right
python training/trees.py check FILE.conllu…                  trees, labels, single roots; prints problems and counts
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

COLUMNS = {"form": 1, "lemma": 2, "upos": 3, "xpos": 4, "feats": 5, "head": 6, "dep": 7}
UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())  # noqa: SIM905


class Tree:
    """One sentence: comment lines and rows of ten columns."""

    def __init__(self, comments: list[str], rows: list[list[str]]) -> None:
        self.comments, self.rows = comments, rows

    def problems(self) -> list[str]:
        """What is wrong with the tree's form; empty when nothing is."""
        count = len(self.rows)
        heads = [int(row[6]) for row in self.rows]
        found = [f"word {i}: head {h}" for i, h in enumerate(heads, 1) if not 0 <= h <= count or h == i]
        if found:
            return found
        if heads.count(0) != 1:
            found.append(f"{heads.count(0)} roots")
        for i in range(1, count + 1):
            at, steps = i, 0
            while at and steps <= count:
                at, steps = heads[at - 1], steps + 1
            if at:
                found.append(f"word {i} is in a cycle")
        for row in self.rows:
            if (row[6] == "0") != (row[7] == "root"):
                found.append(f"word {row[0]}: {row[7]} with head {row[6]}")
            if row[3] not in UPOS:
                found.append(f"word {row[0]}: tag {row[3]}")
            if row[7] == "dep" or not row[7].replace(":", "").isalpha():
                found.append(f"word {row[0]}: relation {row[7]}")
        return found


def read_trees(path: Path) -> list[Tree]:
    """The trees of a CoNLL-U file, in order."""
    trees: list[Tree] = []
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if not line.strip():
            if rows:
                trees.append(Tree(comments, rows))
            comments, rows = [], []
        elif line.startswith("#"):
            comments.append(line)
        else:
            rows.append(line.split("\t"))
    return trees


def write_trees(trees: list[Tree], path: Path) -> None:
    """Write trees as CoNLL-U."""
    blocks = ["\n".join([*tree.comments, *("\t".join(row) for row in tree.rows)]) for tree in trees]
    path.write_text("\n\n".join(blocks) + "\n\n", "utf-8")


def parse(sentences: Path, out: Path) -> None:
    """Parse one sentence a line with the shipped model."""
    from foedus.language.encoder import load_encoder
    from foedus.language.lemma import lemma_of
    from foedus.language.tokenizer import tokenize

    trees = []
    lines = [line.strip() for line in sentences.read_text("utf-8").split("\n") if line.strip() and line[0] != "#"]
    for number, line in enumerate(lines, 1):
        words, spaces = tokenize(line)
        keep = [i for i, w in enumerate(words) if not w.isspace()]
        words, spaces = [words[i] for i in keep], [spaces[i] for i in keep]
        (found,) = load_encoder().parse([words])
        rows = []
        for i, word in enumerate(words):
            root = found.heads[i] == i
            rows.append(
                [
                    str(i + 1), word, lemma_of(word, found.upos[i], found.xpos[i], found.lemma_rules[i]), found.upos[i], found.xpos[i], "_",
                    "0" if root else str(found.heads[i] + 1), found.deps[i], "_", "_" if spaces[i] else "SpaceAfter=No",
                ]
            )  # fmt: skip
        trees.append(Tree([f"# sent_id = {sentences.stem}-{number}", f"# text = {line}"], rows))
    write_trees(trees, out)
    print(f"{len(trees)} sentences")


def show(path: Path, first: int, last: int) -> None:
    """Print trees compactly."""
    for number, tree in enumerate(read_trees(path), 1):
        if first <= number <= last:
            print(f"## {number} " + next((c[9:] for c in tree.comments if c.startswith("# text = ")), ""))
            forms = ["ROOT", *(row[1] for row in tree.rows)]
            for row in tree.rows:
                print(f"{row[0]} {row[1]} {row[3]} {row[4]} {row[6]}:{forms[int(row[6])]} {row[7]}")
            for problem in tree.problems():
                print("  PROBLEM", problem)


def patch(path: Path, corrections: Path) -> int:
    """Apply corrections; prints lines that do not fit."""
    trees = read_trees(path)
    bad = changed = 0
    read: set[int] = set()
    for at, line in enumerate(corrections.read_text("utf-8").split("\n"), 1):
        parts = line.split()
        if not parts or line.startswith("#"):
            continue
        try:
            tree = trees[int(parts[0]) - 1]
            read.add(int(parts[0]))
            if parts[1] == "ok":
                continue
            row = tree.rows[int(parts[1]) - 1]
            for change in parts[2:]:
                name, value = change.split("=", 1)
                row[COLUMNS[name]] = value
                changed += 1
        except (IndexError, KeyError, ValueError) as error:
            print(f"{corrections}:{at}: {line!r} does not fit ({error})")
            bad += 1
    write_trees(trees, path)
    print(f"{changed} values changed, {len(read)} of {len(trees)} sentences read")
    return 1 if bad else 0


def check(paths: list[Path]) -> int:
    """Print problems and counts."""
    bad = 0
    for path in paths:
        trees = read_trees(path)
        for number, tree in enumerate(trees, 1):
            for problem in tree.problems():
                print(f"{path}: sentence {number}: {problem}")
                bad += 1
        print(f"{path}: {len(trees)} sentences, {sum(len(t.rows) for t in trees)} words")
    return 1 if bad else 0


def main(arguments: list[str]) -> int:
    match arguments:
        case ["parse", sentences, out]:
            parse(Path(sentences), Path(out))
        case ["show", path, *between]:
            first = int(between[0]) if between else 1
            show(Path(path), first, int(between[1]) if len(between) > 1 else (first if between else 10**9))
        case ["patch", path, corrections]:
            return patch(Path(path), Path(corrections))
        case ["check", *paths] if paths:
            return check([Path(p) for p in paths])
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
