"""What `partners.py`, `trust.py` and `unsaid.py` do with a fitted logistic rule: read annotated reports, print its weights, and put them where
`foedus.mentions.logistic` finds them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from dev import docs_for, reports_of
from foedus.language.encoder import WEIGHTS
from foedus.mentions import Document, resolve
from foedus.record import Report

SEEN, WEIGHT_SEEN = ("c1", "c2", "c3", "c4", "c5", "c6", "c7"), 0.5
"""Annotated reports that the shipped network has learned from, of which it is surer than of others; how much they count in a fit."""


def annotated(name: str) -> Iterator[tuple[dict[str, Any], Document]]:
    """The rows of a set of annotated reports (`dev.reports_of`), each with its report read."""
    rows = reports_of(name)
    for row, doc in zip(rows, docs_for([r["text"] for r in rows]), strict=True):
        yield row, resolve(Report.of(row["text"], published_on=row.get("published_on"), title=row.get("title")), doc)


def report(name: str, signs: Sequence[str], model: Any, write: bool) -> None:
    """Print the weights of the rule, each sign on a line; with `write` they become ``weights/NAME.json``."""
    put(name, {"": float(model.intercept_[0])} | dict(zip(signs, model.coef_[0].tolist(), strict=True)), write)


def put(name: str, weights: dict[str, float], write: bool) -> None:
    """The same for weights given by their signs."""
    for sign, value in weights.items():
        print(f"  {sign or '(always)':30} {value:6.2f}")
    if write:
        path = Path(str(WEIGHTS)) / f"{name}.json"
        rounded = {sign: round(value, 3) for sign, value in weights.items()}
        path.write_text(json.dumps({"weights": rounded}, indent=1) + "\n", "utf-8")
        print(f"written: {path}")
