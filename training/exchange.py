"""States exchanged for others: a passage is learned from with Peru and Oman where Kenya and Spain stood, so that no head learns which states do what.

Names, adjectives and capitals of one word are exchanged together, the same for the same throughout a passage; everything else stays.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from foedus.lexicon import load_table, split_forms

State = tuple[str, str, str]
"""Name, adjective and capital, one word each."""


@cache
def _states() -> list[State]:
    found = []
    for row in load_table("countries"):
        first = [split_forms(row[column])[:1] for column in ("forms", "adjectives", "capitals")]
        if all(forms and forms[0].isalpha() and forms[0].istitle() for forms in first):
            name, adjective, capital = (forms[0] for forms in first)
            if capital != name:
                found.append((name, adjective, capital))
    return found


@cache
def _forms() -> dict[str, tuple[int, int]]:
    """Word -> which state, and which of its forms."""
    found: dict[str, tuple[int, int]] = {}
    for number, state in enumerate(_states()):
        for k, form in enumerate(state):
            found.setdefault(form, (number, k))
    return found


def exchange(words: Iterable[str], chance: random.Random) -> Callable[[str], str]:
    """What stands for each word when the states among `words` are exchanged for others that are not among them; words of no state stay."""
    states, forms = _states(), _forms()
    present = {forms[one][0] for word in words if (one := _plain(word)) in forms}
    free = [number for number in range(len(states)) if number not in present]
    chance.shuffle(free)
    others = dict(zip(sorted(present), free, strict=False))

    def exchanged(word: str) -> str:
        place = forms.get(_plain(word))
        if place is None or place[0] not in others:
            return word
        new = states[others[place[0]]][place[1]]
        if word.isupper():
            return new.upper()
        return new + "s" if place[1] == 1 and word.endswith("ns") and new.endswith("n") else new

    return exchanged


def _plain(word: str) -> str:
    """The form that a word shows: without capitals throughout, a people's plural as the adjective."""
    plain = word.title() if word.isupper() and len(word) > 3 else word
    return plain[:-1] if plain.endswith("ans") and plain[:-1] in _forms() else plain
