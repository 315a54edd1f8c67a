"""Fit the rule that says who takes part in a deed: `python training/partners.py [--write]`.

It learns from passages that the shipped network has not learned from (`deed_gold.KEPT`), from the reports of `corpus/book`, which it never learns from, and, at half
weight, from the reports of `corpus/train`; `corpus/held` and the development sets only measure. Prints for each set how many deeds have exactly
the right parties, and how many of those of which the rule is sure. `--write` puts the weights beside the network's (`weights/partners.json`).
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from deed_gold import KEPT, deed_word, label_of
from deeds import read_deeds
from fitted import SEEN, WEIGHT_SEEN, annotated, report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from dev import docs_for
from foedus.mentions import resolve
from foedus.mentions.naming import party_words
from foedus.mentions.partners import LIKELY, names_near, signs_of
from foedus.record import Report

ROOT = Path(__file__).resolve().parent.parent
BOOK = ("b1", "b2")
MEASURED = ("ab", "held", "b1", "b2")
_STRENGTH = 0.3
KINDS = {"agreements": "agreement", "meetings": "meeting", "activities": "activity"}


@dataclass(frozen=True)
class Deed:
    """One deed: the signs of everyone near, whether each is a party, and how many parties it has."""

    signs: dict[str, dict[str, float]]
    parties: frozenset[str]
    open_: frozenset[str]
    """Codes that count neither way."""


def of_passages(name: str) -> Iterator[Deed]:
    """The deeds of a file of marked passages."""
    told = list(read_deeds(ROOT / "training" / "corpus" / "train" / f"{name}.deeds.txt"))
    for one, doc in zip(told, docs_for([t.text for t in told]), strict=True):
        document = resolve(Report.of(one.text), doc)
        at = {t.idx: t.i for t in doc if not t.is_space}
        names = party_words(document)
        for number in {n for _, n, label in one.deeds if label != "commitment"}:
            codes: set[str] = set()
            for start, n in one.parties:
                if n == number:
                    token = _token_at(at, start)
                    heads = {m.root for m in document.mentions if m.first <= token < m.last and m.root in names}
                    codes |= {c for head in heads | {token} if head in names for c in names[head].codes}
            for start, n, _ in one.deeds:
                if n == number:
                    yield _deed(document, _token_at(at, start), frozenset(codes), frozenset())


def of_reports(name: str) -> Iterator[Deed]:
    """The deeds of annotated reports that are told by a word."""
    for row, document in annotated(name):
        for plural, kind in KINDS.items():
            for one in row.get(plural, []):
                token = deed_word(document, one["evidence"]["record"]) if one.get("evidence") else None
                if token is None or one.get("optional") or not label_of(kind, one):
                    continue
                wanted = frozenset(one.get("parties") or ())
                accepted = [p for p in (one.get("accept") or {}).get("parties", []) if isinstance(p, list)]
                yield _deed(document, token, wanted, frozenset(c for p in accepted for c in p) - wanted)


def _token_at(at: dict[int, int], start: int) -> int:
    return at[start] if start in at else at[max(k for k in at if k <= start)]


def _deed(document: Any, token: int, parties: frozenset[str], open_: frozenset[str]) -> Deed:
    return Deed(signs_of(document, token, names_near(document, token)), parties, open_)


def measure(name: str, deeds: list[Deed], shares: list[dict[str, float]]) -> str:
    """A line of figures: precision and recall of parties, deeds with exactly the right ones, and of those above each level of sureness."""
    count: Counter[str] = Counter()
    for deed, each in zip(deeds, shares, strict=True):
        got = {code for code, share in each.items() if share >= LIKELY}
        count["hit"] += len(got & deed.parties)
        count["got"] += len(got)
        count["want"] += len(deed.parties)
        right = got == deed.parties
        count["exact"] += right
        sure = float(np.prod([max(share, 1 - share) for share in each.values()]))
        for level in (0.5, 0.7, 0.9):
            count[f"{level}"] += len(got) > 1 and sure >= level
            count[f"{level} right"] += len(got) > 1 and sure >= level and right
    levels = ", ".join(f"{level}: {count[f'{level} right']}/{count[f'{level}']}" for level in ("0.5", "0.7", "0.9"))
    precision, recall = count["hit"] / count["got"], count["hit"] / count["want"]
    return f"{name:5} P {precision:.3f} R {recall:.3f} exact {count['exact']}/{len(deeds)}; sure {levels}"


def main(write: bool) -> None:
    """Fit, measure, and write when asked to."""
    read: dict[str, list[Deed]] = defaultdict(list)
    for name in KEPT:
        read[name] = list(of_passages(name))
    for name in dict.fromkeys([*BOOK, *SEEN, *MEASURED]):
        read[name] = list(of_reports(name))
    names = sorted({sign for deeds in read.values() for d in deeds for one in d.signs.values() for sign in one})

    def rows(deed: Deed) -> Any:
        return np.array([[one.get(name, 0.0) for name in names] for one in deed.signs.values()]).reshape(-1, len(names))

    inputs, wanted, weights = [], [], []
    for name in (*KEPT, *BOOK, *SEEN):
        for deed in read[name]:
            for code, one in zip(deed.signs, rows(deed), strict=True):
                if code not in deed.open_:
                    inputs.append(one)
                    wanted.append(code in deed.parties)
                    weights.append(WEIGHT_SEEN if name in SEEN else 1.0)
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(np.array(inputs), np.array(wanted), sample_weight=np.array(weights))
    for name in MEASURED:
        shares = [
            dict(zip(d.signs, model.predict_proba(rows(d))[:, 1], strict=True)) if d.signs else {} for d in read[name]
        ]
        for share, deed in zip(shares, read[name], strict=True):
            for code in deed.open_:
                share.pop(code, None)
        print(measure(name, read[name], shares))
    report("partners", names, model, write)


if __name__ == "__main__":
    main("--write" in sys.argv)
