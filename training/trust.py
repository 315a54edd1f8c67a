"""Fit how likely a record is right: `python training/trust.py [--write]`.

It learns from what foedus reads in the reports of `corpus/train` (those of `corpus/book` are annotated only for what is joined); `corpus/held` and
the development sets only measure.

A record is right when the annotation has it with the same parties; what the annotation has as optional does not count. Prints for each set how many records are
right in each band of confidence, and what would be left out. `--write` puts the weights beside the network's (`weights/trust.json`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "shared" / "eval"))
import score_records

from fitted import annotated, report
from foedus.extract.activities import find_activities
from foedus.extract.agreements import find_agreements
from foedus.extract.meetings import find_meetings
from foedus.extract.topic import other_topic
from foedus.extract.trust import LEAST, signs_of
from foedus.record import to_json

LEARNED, MEASURED = ("train",), ("ab", "held", "train")
BANDS = (0.0, LEAST, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
_STRENGTH = 0.5


class Case(NamedTuple):
    """What is known of a record, and whether it is right."""

    signs: dict[str, float]
    right: bool


def cases_of(name: str) -> Iterator[Case]:
    """The records that foedus reads in the reports of a set."""
    for row, document in annotated(name):
        if other_topic(document) is not None:
            continue
        for kind, find in (
            ("agreements", find_agreements),
            ("meetings", find_meetings),
            ("activities", find_activities),
        ):
            records: list[Any] = find(document)  # type: ignore[assignment]
            found, gold = [json.loads(to_json(record)) for record in records], row.get(kind, [])
            paired = {j: gold[i] for i, j in score_records.pair(kind, gold, found)[0]}
            for j, record in enumerate(records):
                one = paired.get(j)
                if one is None or not one.get("optional"):
                    right = one is not None and score_records.right("parties", one, found[j].get("parties"))
                    yield Case(signs_of(document, record), bool(right))


def main(write: bool) -> None:
    """Fit, measure, and write when asked to."""
    read = {name: list(cases_of(name)) for name in dict.fromkeys([*LEARNED, *MEASURED])}
    names = sorted({sign for cases in read.values() for case in cases for sign in case.signs})

    def inputs(cases: list[Case]) -> Any:
        return np.array([[case.signs.get(name, 0.0) for name in names] for case in cases])

    learned = [case for name in LEARNED for case in read[name]]
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(inputs(learned), np.array([case.right for case in learned]))
    for name in MEASURED:
        right = np.array([case.right for case in read[name]])
        share = model.predict_proba(inputs(read[name]))[:, 1]
        bands = []
        for low, high in pairwise(BANDS):
            inside = (share >= low) & (share < high)
            if inside.any():
                bands.append(f"{low:.1f}: {right[inside].sum()}/{inside.sum()}")
        print(f"{name:5} {len(right)} records, area {roc_auc_score(right, share):.3f}; right from {', '.join(bands)}")
    report("trust", names, model, write)


if __name__ == "__main__":
    main("--write" in sys.argv)
