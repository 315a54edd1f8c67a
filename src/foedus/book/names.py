"""Whether two names are names of one person, and two places one place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from foedus.book.wording import words

_BEHIND = {"jr", "sr", "ii", "iii"}
_FAMILY_FIRST = re.compile(r"(\w+) [A-Z]\w+-[a-z]\w+")
"""A Korean or Chinese name as it is written in English: Noh Sang-cheol, Tsai Ing-wen."""


@lru_cache(maxsize=65536)
def surname(name: str | None) -> str:
    """Family name, folded: the last word, the first of "Noh Sang-cheol"; "" for none."""
    if name and (first := _FAMILY_FIRST.fullmatch(name.strip())):
        return words(first[1])[-1]
    found = [word for word in words(name) if word not in _BEHIND]
    return found[-1] if found else ""


@lru_cache(maxsize=65536)
def sound(name: str | None) -> str:
    """What spellings of a family name have in common ("Gasimzade", "Qasimzadə"): its consonants, like ones as one."""
    family = surname(name)
    bare = re.sub(r"[^a-z]", "", family.translate(_LIKE))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouhy]", "", bare)) or family


_LIKE = str.maketrans("qgcvwzjpə", "kkkbbsibe")


@lru_cache(maxsize=65536)
def same_name(a: str, b: str) -> bool:
    """Whether two names can be one person's: one surname, also spelled otherwise beside a given name that both have.

    The words may stand in another order ("Hayashida Kenzo").
    """
    if surname(a) == surname(b):
        return True
    one, other = set(words(a)), set(words(b))
    if len(one & other) >= 2 and (one <= other or other <= one):
        return True
    return bool(one & other) and sound(a) == sound(b)


def shared(a: Sequence[dict[str, Any]], b: Sequence[dict[str, Any]]) -> int:
    """How many persons of `a` are among those of `b`."""
    return sum(any(same_person(one, other) for other in b) for one in a)


def same_person(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two persons can be one: their names fit, and no party differs."""
    parties = {one.get("party"), other.get("party")} - {None}
    return len(parties) < 2 and same_name(one["name"], other["name"])


@lru_cache(maxsize=4096)
def folded(place: str) -> tuple[str, str]:
    """Town, in folded words, and code of the country; either may be ""."""
    head, _, tail = place.rpartition(", ") if ", " in place else ("", "", place)
    if re.fullmatch(r"[A-Z]{3}", tail):
        return " ".join(words(head)), tail
    return " ".join(words(place)), ""


def places(a: str | None, b: str | None) -> bool | None:
    """True for one town, False for two places, None when one is unknown or only the country is the same."""
    if not a or not b:
        return None
    (town, land), (other, other_land) = folded(a), folded(b)
    if land and other_land and land != other_land:
        return False
    if not town or not other:
        return None
    one, two = set(town.split()), set(other.split())
    return one <= two or two <= one
