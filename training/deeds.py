"""Deeds and their parties: the marked sentences of `*.deeds.txt` (`corpus/GUIDE.md`, part 7) and what the annotated records say of the reports.

python training/deeds.py FILE...      checks files, prints what is wrong (file, line) and counts
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

AGREEMENT = (
    "signed", "agreed", "initialled", "negotiating", "proposed", "ratified", "force", "renewed", "amended", "suspended", "ended", "rejected",
)  # fmt: skip
ACTIVITY = (
    "visit", "exercise", "transfer", "coproduction", "training", "deployment", "patrol", "portcall", "aid", "project", "dialogue",
)  # fmt: skip
LABELS = (*AGREEMENT, "meeting", *ACTIVITY, "commitment")
_MARK = re.compile(r"\{([^{}]*)\}")
_DEED = re.compile(r"(\d):([a-z]+)")
_PARTY = re.compile(r"p(\d(?:,\d)*)")


@dataclass(frozen=True)
class Told:
    """A passage: its text, the deeds (first character of the word, number, label) and the parties (first character, number)."""

    text: str
    deeds: tuple[tuple[int, int, str], ...]
    parties: tuple[tuple[int, int], ...]


def read_line(line: str) -> Told:
    """One marked line. Raises `ValueError` that says what is wrong near which words."""
    plain: list[str] = []
    length = done = 0
    deeds, parties = [], []
    for mark in _MARK.finditer(line):
        before = line[done : mark.start()]
        plain.append(before)
        length += len(before)
        done = mark.end()
        word = re.search(r"\w[\w.'’]*$", before)
        near = line[max(0, mark.start() - 25) : mark.end()]
        if word is None:
            raise ValueError(f"no word before the mark near {near!r}")
        at = length - len(word.group())
        if (deed := _DEED.fullmatch(mark.group(1))) is not None and deed.group(2) in LABELS:
            deeds.append((at, int(deed.group(1)), deed.group(2)))
        elif (party := _PARTY.fullmatch(mark.group(1))) is not None:
            parties += [(at, int(number)) for number in party.group(1).split(",")]
        else:
            raise ValueError(f"unknown mark {mark.group()!r} near {near!r}")
    plain.append(line[done:])
    if lost := {number for _, number in parties} - {number for _, number, _ in deeds}:
        raise ValueError(f"a party of deed {sorted(lost)}, which is not marked, in {line[:60]!r}")
    text = "".join(plain)
    if "{" in text or "}" in text:
        raise ValueError(f"a stray brace in {line[:60]!r}")
    return Told(text, tuple(deeds), tuple(parties))


def read_deeds(path: Path) -> Iterator[Told]:
    """The passages of a `.deeds.txt` file, in order. Raises `ValueError` naming file and line."""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield read_line(line.strip())
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from None


def main(arguments: list[str]) -> int:
    """Check files. Exit code 1 when one is wrong."""
    bad = 0
    for path in map(Path, arguments):
        counts: Counter[str] = Counter()
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                told = read_line(line.strip())
            except ValueError as error:
                print(f"{path}:{number}: {error}")
                bad = 1
                continue
            counts["lines"] += 1
            counts["without a deed"] += not told.deeds
            counts["parties"] += len(told.parties)
            counts.update(label for _, _, label in told.deeds)
        print(f"{path.name}:", ", ".join(f"{name} {n}" for name, n in counts.most_common()))
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
