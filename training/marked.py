"""The corpus's marked text -> plain text with spans. The format is described in `corpus/GUIDE.md`.

python training/marked.py FILE...      checks files, prints what is wrong (file, line) and counts
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ENTITIES = (
    "PERSON", "OFFICE", "COUNTRY", "NATIONALITY", "PLACE", "ORG", "FORUM", "INSTRUMENT", "EXERCISE", "ITEM", "DATE", "DURATION", "MONEY",
)  # fmt: skip
MODALITIES = ("A", "F", "H", "N", "B")
_PREDICATE = re.compile(r"\{([AFHNB])(@?)\}")
_REFERENT = re.compile(r"\?|[pcoamex]\d+(\+[pcoamex]\d+)*")


class MarkError(ValueError):
    """What is wrong with a marked text, and near which words."""


@dataclass(frozen=True)
class Mark:
    """Characters [start, end) of the plain text; `kind` an entity type or REF; `ids` the referents (("?",) when open)."""

    start: int
    end: int
    kind: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marked:
    """One report or sentence: plain text and its marks in text order (outer before inner)."""

    text: str
    marks: tuple[Mark, ...]
    head: dict[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def entities(self) -> list[Mark]:
        """The entity marks, in text order."""
        return [m for m in self.marks if m.kind != "REF"]


def read_marks(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Plain text and marks of one marked text. Raises `MarkError` for bad brackets, unknown types, crossing or nested entities."""
    plain: list[str] = []
    length = 0
    opened: list[tuple[int, int]] = []
    marks: list[Mark] = []
    i = 0
    while i < len(text):
        c = text[i]
        if c == "[":
            opened.append((length, len(marks)))
        elif c == "|":
            stop = text.find("]", i)
            if stop < 0 or not opened:
                raise MarkError(f"a bar outside brackets near {text[max(0, i - 30) : i + 20]!r}")
            kind, _, ids = text[i + 1 : stop].partition("|")
            if kind not in (*ENTITIES, "REF"):
                raise MarkError(f"unknown type {kind!r} near {text[max(0, i - 30) : stop + 1]!r}")
            if ids and not _REFERENT.fullmatch(ids):
                raise MarkError(f"bad referent {ids!r} near {text[max(0, i - 30) : stop + 1]!r}")
            if kind == "REF" and not ids:
                raise MarkError(f"REF without a referent near {text[max(0, i - 30) : stop + 1]!r}")
            start, inside = opened.pop()
            words = "".join(plain)[start:length]
            if not words.strip() or words != words.strip():
                raise MarkError(f"empty or blank-edged mark near {text[max(0, i - 30) : stop + 1]!r}")
            if kind != "REF" and len(marks) > inside:
                raise MarkError(f"an entity contains another mark near {text[max(0, i - 40) : stop + 1]!r}")
            marks.append(Mark(start, length, kind, tuple(ids.split("+")) if ids else ()))
            i = stop
        elif c in "]{}":
            raise MarkError(f"a stray {c!r} near {text[max(0, i - 30) : i + 20]!r}")
        else:
            plain.append(c)
            length += 1
        i += 1
    if opened:
        raise MarkError(f"a bracket is never closed, after {''.join(plain)[-40:]!r}")
    return "".join(plain), tuple(sorted(marks, key=lambda m: (m.start, -m.end)))


def read_reports(path: Path) -> Iterator[Marked]:
    """The reports of a `.reports.txt` file, in order. Raises `MarkError` naming file and line."""
    for number, head, body in _blocks(path):
        try:
            text, marks = read_marks(body)
        except MarkError as error:
            raise MarkError(f"{path}:{number}: {error}") from None
        yield Marked(text, marks, head, number)


def marked_reports(path: Path) -> list[Marked]:
    """The reports of the file that have marks; those written for their records alone say nothing of names."""
    return [one for one in read_reports(path) if one.marks]


def _blocks(path: Path) -> Iterator[tuple[int, dict[str, str], str]]:
    head: dict[str, str] | None = None
    lines: list[str] = []
    began = 0
    for number, line in enumerate([*path.read_text("utf-8").split("\n"), "==="], start=1):
        if line.startswith("==="):
            if head is not None:
                yield began, head, "\n".join(lines).strip()
            head = dict(part.split("=", 1) for part in line[3:].split() if "=" in part)
            lines, began = [], number
        else:
            lines.append(line)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def read_sentences(path: Path) -> Iterator[Marked]:
    """The sentences of a `.sentences.txt` file, in order. Raises `MarkError` naming file and line."""
    for number, line in _lines(path):
        try:
            text, marks = read_marks(line)
        except MarkError as error:
            raise MarkError(f"{path}:{number}: {error}") from None
        yield Marked(text, marks, {}, number)


@dataclass(frozen=True)
class Predicate:
    """A marked predicate: the characters of its word, its letter (A, F, H, N, B), whether it is reported speech."""

    start: int
    end: int
    kind: str
    attributed: bool


def read_modality(path: Path) -> Iterator[tuple[str, tuple[Predicate, ...]]]:
    """(sentence, predicates) of a `.modality.txt` file, in order. Raises `MarkError` naming file and line."""
    for number, line in _lines(path):
        plain, found, at, length = [], [], 0, 0
        for match in _PREDICATE.finditer(line):
            before = line[at : match.start()]
            plain.append(before)
            length += len(before)
            word = re.search(r"[^\s\"“”‘(\[—–/-]+$", before)
            if word is None:
                raise MarkError(f"{path}:{number}: no word before {match.group()}")
            found.append(Predicate(length - len(word.group()), length, match.group(1), bool(match.group(2))))
            at = match.end()
        plain.append(line[at:])
        text = "".join(plain)
        if not found or any(c in text for c in "{}"):
            raise MarkError(f"{path}:{number}: no predicate, or a stray brace")
        yield text, tuple(found)


def main(paths: list[Path]) -> int:
    """Check files; prints problems and counts; 1 when something is wrong."""
    bad = 0
    for path in paths:
        counts: Counter[str] = Counter()
        try:
            if path.name.endswith(".modality.txt"):
                for _, predicates in read_modality(path):
                    counts["sentences"] += 1
                    counts.update(p.kind + ("@" if p.attributed else "") for p in predicates)
            else:
                reader = read_reports if path.name.endswith(".reports.txt") else read_sentences
                for one in reader(path):
                    counts["texts"] += 1
                    counts["words"] += len(one.text.split())
                    counts.update(m.kind for m in one.marks)
                    if path.name.endswith(".reports.txt"):
                        seen = Counter(i for m in one.marks for i in m.ids)
                        named = {i for m in one.marks if m.kind != "REF" for i in m.ids}
                        for i, n in seen.items():
                            if i != "?" and n == 1:
                                print(f"{path}:{one.line}: {i} is mentioned once only")
                            if i[0] in "pc" and i not in named:
                                print(f"{path}:{one.line}: {i} is never named by an entity (give it a name, or use ?)")
        except MarkError as error:
            print(f"error: {error}")
            bad += 1
        print(f"{path}: " + ", ".join(f"{k} {n}" for k, n in counts.most_common()))
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main([Path(a) for a in sys.argv[1:]]))
