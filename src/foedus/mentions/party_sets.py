"""Which set of those named near a deed takes part in it: each alone may be likely and all together not.

`partners.py` says of everyone by itself how likely it takes part. Here whole sets are weighed: how likely their members are and those left
out, how many they are, what the sentence counts ("both", "trilateral"), who stands in it with a role of one who takes part, and how much the report is about
them. A linear rule gives every set a score, and the scores make shares of 1; `training/partners.py` fits it together with the other.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from foedus.lexicon import load_forms
from foedus.mentions.focus import pair_in_focus, weights_of
from foedus.mentions.logistic import load_weights
from foedus.mentions.roles import TOLD, roles_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from foedus.mentions.document import Document

MOST, LARGEST = 6, 4
"""Of so many of the likeliest every set of up to so many members is weighed; of more members only the likeliest together."""
_LONGEST = 14
_EDGE = 1e-4
_TWO, _THREE, _MANY = 2, 3, 4


class Near(NamedTuple):
    """Those named near a deed, the likeliest first, and what is known of each: arrays in the order of `codes`."""

    codes: list[str]
    likely: NDArray[np.float64]
    inside: NDArray[np.bool_]
    """Whether it is named in the deed's own sentence."""
    told: NDArray[np.bool_]
    """Whether it stands there as one who takes part."""
    beside: NDArray[np.bool_]
    """Whether it stands behind "with", "between" and the like."""
    body: NDArray[np.bool_]
    focus: NDArray[np.bool_]
    weight: NDArray[np.float64]
    """How much the report is about it."""
    heaviest: float
    total: float
    counted: frozenset[int]
    """How many the sentence speaks of ("both", "the three"); 4 is any more."""


def near(document: Document, token: int, likely: Mapping[str, float], heads: Mapping[str, Sequence[int]]) -> Near:
    """What the rule asks of those in `likely` (code -> how likely by itself); `heads` are the tokens of their names."""
    codes = sorted(likely, key=lambda code: (-likely[code], code))
    low, high = document.sentence(token)
    by_head = roles_in(document, token, {head for own in heads.values() for head in own})
    roles = [{by_head[head] for head in heads[code] if head in by_head} for code in codes]
    pair, weights = pair_in_focus(document).codes, weights_of(document)
    return Near(
        codes,
        np.array([likely[code] for code in codes], float),
        np.array([any(low <= head < high for head in heads[code]) for code in codes], bool),
        np.array([bool(own & TOLD) for own in roles], bool),
        np.array(["with" in own for own in roles], bool),
        np.array([code.startswith("org:") for code in codes], bool),
        np.array([code in pair for code in codes], bool),
        np.array([weights.get(code, 0) for code in codes], float),
        max(weights.values(), default=1) or 1,
        sum(weights.values()) or 1,
        _counted(document, low, high),
    )


def _counted(document: Document, low: int, high: int) -> frozenset[int]:
    known: dict[int, frozenset[int]] = document.notes.setdefault("mentions: how many a sentence counts", {})  # type: ignore[assignment]
    if low not in known:
        words = [token.lower_ for token in document.doc[low:high]]
        told = {*words, *(" ".join(two) for two in itertools.pairwise(words))}
        known[low] = frozenset(number for form, number in _counts().items() if form in told)
    return known[low]


@cache
def _counts() -> dict[str, int]:
    return {form: int(row["parties"]) for form, row in load_forms("party_counts").items()}


@cache
def _sets(count: int) -> NDArray[np.bool_]:
    """The sets that are weighed of `count` named, nobody among them: one row a set, one column a name; the likeliest first."""
    rows: list[tuple[int, ...]] = [
        chosen
        for size in range(min(LARGEST, count) + 1)
        for chosen in itertools.combinations(range(min(MOST, count)), size)
    ]
    known = set(rows)
    rows += [one for size in range(LARGEST, min(_LONGEST, count) + 1) if (one := tuple(range(size))) not in known]
    found = np.zeros((len(rows), count), bool)
    for row, chosen in enumerate(rows):
        found[row, list(chosen)] = True
    return found


def signs_of_sets(one: Near) -> tuple[NDArray[np.bool_], dict[str, NDArray[np.float64]]]:
    """The sets that are weighed (one row each, one column a code), and of every sign a value a set. At least one code is needed."""
    inside_of = _sets(len(one.codes))
    size = inside_of.sum(1)
    likely = np.clip(one.likely, _EDGE, 1 - _EDGE)
    odds = np.log(likely / (1 - likely))
    told, here = inside_of @ one.told.astype(float), inside_of @ one.inside.astype(float)
    states_here = (one.inside & ~one.body).astype(float)
    beside = (inside_of & one.beside).any(1)
    somebody = size > 0
    weight = np.where(somebody, np.where(inside_of, one.weight, np.inf).min(1), 0)
    found = {
        "all likely": inside_of @ np.log(likely) + ~inside_of @ np.log(1 - likely),
        "least likely": np.where(somebody, np.where(inside_of, odds, np.inf).min(1), 0),
        "likeliest left out": np.where(inside_of, np.log(_EDGE), odds).max(1),
        "a body": (inside_of & one.body).any(1),
        **{f"{n} parties": size == n for n in range(LARGEST + 1)},
        "more parties": size > LARGEST,
        "all inside": (here == size) & somebody,
        "none inside": (here == 0) & somebody,
        "outside": size - here,
        "states inside left out": states_here.sum() - inside_of @ states_here,
        "pair in focus": (inside_of == one.focus).all(1) & bool(one.focus.any()),
        "told left out": one.told.sum() - told,
        "told": told / np.maximum(size, 1),
        "all told": (told == size) & (size == one.told.sum()) & (size > 1),
        "two, one behind with": beside & (size == _TWO),
        "three, one behind with": beside & (size > _TWO),
        "weight of the lightest": weight / one.heaviest,
        "weight": inside_of @ one.weight / one.total,
        "two counted, are two": (size == _TWO) & (_TWO in one.counted),
        "two counted, are more": (size > _TWO) & (_TWO in one.counted),
        "three counted, are three": (size == _THREE) & (_THREE in one.counted),
        "three counted, are two": (size == _TWO) & (_THREE in one.counted),
        "more counted, are more": (size >= _MANY) & (_MANY in one.counted),
    }
    return inside_of, {sign: np.asarray(values, float) for sign, values in found.items()}


def weighed(one: Near) -> tuple[frozenset[str], float, dict[str, float]]:
    """The likeliest set, its share, and of each code the share of the sets that hold it; nobody, surely, where nobody is named.

    Where nobody is likeliest it is the likeliest of the sets that hold somebody, with its small share.
    """
    if not one.codes:
        return frozenset(), 1.0, {}
    sets, signs = signs_of_sets(one)
    weights = load_weights("party_sets")
    scores = np.zeros(len(sets))
    for sign, values in signs.items():
        scores += weights.get(sign, 0.0) * values
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    best = 1 + int(shares[1:].argmax())  # the first is nobody
    each = np.minimum(shares @ sets, 1.0)
    return (
        frozenset(code for code, is_in in zip(one.codes, sets[best].tolist(), strict=True) if is_in),
        float(shares[best]),
        dict(zip(one.codes, each.tolist(), strict=True)),
    )
