"""Small logistic rules over signs: their weights lie beside the network's, the signs are computed where the rule is asked."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache

from foedus.language.encoder import WEIGHTS


@cache
def load_weights(name: str) -> dict[str, float]:
    """Sign -> weight of the rule of that name (``weights/NAME.json``); what always counts stands under ""."""
    found: dict[str, float] = json.loads(WEIGHTS.joinpath(f"{name}.json").read_text("utf-8"))["weights"]
    return found


def share(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """How likely it is, 0 to 1, by the signs and their values; a sign without a weight does not count."""
    total = weights[""] + sum([weights.get(sign, 0.0) * value for sign, value in signs.items()])
    return 1 / (1 + math.exp(-total))


def logit(share: float, edge: float) -> float:
    """The logarithm of the odds of a share, which is first brought `edge` away from 0 and 1."""
    bounded = min(max(share, edge), 1 - edge)
    return math.log(bounded / (1 - bounded))
