"""What a comparison of two records gives: a score with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Verdict(NamedTuple):
    """How much speaks for two records being one thing (-1 … 1), and what.

    At -1 they cannot be one; below 0 they are named like two, which a sure likeness to another record of the thing outweighs;
    at 0 nothing, or too little, speaks for it.
    """

    score: float
    because: str


Points = tuple[float, str]
"""What one piece of evidence adds, and the evidence in words ("" where it need not be named)."""
_LIKELY = 0.2
"""What must speak for two records."""


def no(because: str) -> Verdict:
    """They cannot be one thing."""
    return Verdict(-1.0, because)


def unlike(because: str) -> Verdict:
    """They seem to be two things."""
    return Verdict(-0.5, because)


def unknown(because: str) -> Verdict:
    """Nothing speaks for it."""
    return Verdict(0.0, because)


def added(points: Iterable[Points]) -> Verdict:
    """The sum of what speaks for and against, at most 1; `unknown` where it is too little."""
    known = list(points)
    score = sum(one for one, _ in known)
    because = ", ".join(said for _, said in known if said)
    return Verdict(min(1.0, score), because) if score >= _LIKELY - 1e-9 else unknown(f"too little in common: {because}")


def days(apart: int, what: str) -> str:
    """The distance in words: "signed 3 days apart"."""
    return f"{what} on the same day" if apart == 0 else f"{what} {apart} day{'' if apart == 1 else 's'} apart"
