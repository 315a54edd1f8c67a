"""What `partners.py`, `trust.py` and `unsaid.py` do with a fitted logistic rule: print its weights, and put them where `foedus.mentions.logistic` finds them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from foedus.language.encoder import WEIGHTS


def report(name: str, signs: Sequence[str], model: Any, write: bool) -> None:
    """Print the weights of the rule, each sign on a line; with `write` they become ``weights/NAME.json``."""
    found = {"": float(model.intercept_[0])} | dict(zip(signs, model.coef_[0].tolist(), strict=True))
    for sign, value in found.items():
        print(f"  {sign or '(always)':30} {value:6.2f}")
    if write:
        path = Path(str(WEIGHTS)) / f"{name}.json"
        rounded = {sign: round(value, 3) for sign, value in found.items()}
        path.write_text(json.dumps({"weights": rounded}, indent=1) + "\n", "utf-8")
        print(f"written: {path}")
