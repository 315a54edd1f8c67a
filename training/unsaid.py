"""Fit between whom an agreement is that does not say it: `python training/unsaid.py [--write]`.

Foedus reads the reports of `corpus/train` and `corpus/book`, and notes for every mention of an agreement without two parties the sets of
parties that its rules and the network suggest (`extract/agreements_guessed.py`). A set is right when the annotation has an agreement of these
parties at these words; a mention that no agreement stands at has none, and a set of an agreement told elsewhere in the report does not count.

Prints how often the likeliest set is right, each file left out of the fit in turn; the development sets only measure. Reports that the network has
learned from count half. `--write` puts the weights beside the network's (`weights/unsaid.json`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from fitted import SEEN, WEIGHT_SEEN, annotated, report
from foedus.extract.agreements import find_agreements
from foedus.extract.agreements_guessed import GUESSES, LEAST, TRUSTED
from foedus.extract.topic import other_topic

CORPUS = Path(__file__).resolve().parent / "corpus"
MEASURED = "ab"
_STRENGTH = 0.5


class Case(NamedTuple):
    """One set suggested for a mention, and whether it is right."""

    mention: int
    signs: dict[str, float]
    right: bool


def cases_of(name: str) -> Iterator[Case]:
    """The sets suggested in the reports of one file."""
    mention = 0
    for row, document in annotated(name):
        if other_topic(document) is not None:
            continue
        find_agreements(document)
        gold = []
        for one in row.get("agreements", []):
            tokens = {t.i for t in document.tokens_in([tuple(span) for span in one["evidence"]["record"]])}
            other = (one.get("accept") or {}).get("parties") or []
            gold.append((tokens, {tuple(codes or ()) for codes in (one.get("parties"), *other)}))
        elsewhere = {codes for _, sets in gold for codes in sets}
        noted: Any = document.notes.get(GUESSES, [])
        for noun, words, guesses in noted:
            mention += 1
            allowed = [sets for tokens, sets in gold if noun in tokens] or [s for tokens, s in gold if tokens & words]
            for guess in guesses:
                codes = guess.parties.codes
                if allowed or codes not in elsewhere:
                    yield Case(mention, guess.signs, any(codes in sets for sets in allowed))


def main(write: bool) -> None:
    """Fit, measure, and write when asked to."""
    own = [
        path.name.split(".")[0] for part in ("book", "train") for path in sorted((CORPUS / part).glob("*.records.toml"))
    ]
    files = [MEASURED, *own]
    read = {name: list(cases_of(name)) for name in files}
    names = sorted({sign for cases in read.values() for case in cases for sign in case.signs})

    def inputs(cases: list[Case]) -> Any:
        return np.array([[case.signs.get(name, 0.0) for name in names] for case in cases])

    def fitted(without: str) -> Any:
        """The rule fitted on the own files but one."""
        used = [(case, name) for name in own if name != without for case in read[name]]
        model = LogisticRegression(C=_STRENGTH, max_iter=5000)
        weights = [WEIGHT_SEEN if name in SEEN else 1.0 for _, name in used]
        return model.fit(inputs([c for c, _ in used]), np.array([c.right for c, _ in used]), sample_weight=weights)

    for name in files:
        if not read[name]:
            continue
        model = fitted(without=name)
        best: dict[int, tuple[float, bool]] = {}
        shares = model.predict_proba(inputs(read[name]))[:, 1]
        for case, share in zip(read[name], shares.tolist(), strict=True):
            likely = share * (TRUSTED if "told" in case.signs else 1)
            best[case.mention] = max(best.get(case.mention, (0.0, False)), (likely, case.right))
        taken = [right for share, right in best.values() if share > LEAST]
        print(f"{name:4} {len(best)} mentions, {len(taken)} get parties, right {sum(taken)}")
    report("unsaid", names, fitted(without=MEASURED), write)


if __name__ == "__main__":
    main("--write" in sys.argv)
