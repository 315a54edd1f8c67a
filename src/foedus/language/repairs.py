"""Small repairs of trees that the parser gets wrong in one known way, where the entities leave no doubt."""

from __future__ import annotations

from collections.abc import Sequence

_CORE = {"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod"}


def join_titled_names(heads: list[int], deps: list[str], entities: Sequence[tuple[int, int, str]]) -> None:
    """ "Minister A and Secretary B signed", where B was made a second subject: B becomes the conjunct, its title hangs on it.

    Changes `heads` (word indices, the root's its own) and `deps` in place. Only where an OFFICE stands directly before a
    PERSON, the office is coordinated with a word, and the name has that word's head and relation.
    """
    offices = {last: first for first, last, kind in entities if kind == "OFFICE"}
    for first, last, kind in entities:
        if kind != "PERSON" or first not in offices:
            continue
        title = _top(heads, offices[first], first)
        name = _top(heads, first, last)
        other = heads[title]
        if deps[title] == "conj" and deps[name] in _CORE and deps[other] == deps[name] and heads[other] == heads[name]:
            heads[name], deps[name] = other, "conj"
            heads[title], deps[title] = name, "nmod:desc"
            for i, head in enumerate(heads):
                if head == title and i < offices[first] and deps[i] in {"cc", "punct", "compound", "nmod:poss"}:
                    heads[i] = name if deps[i] in {"cc", "punct"} else title


def _top(heads: list[int], first: int, last: int) -> int:
    """The word of [first, last) whose head stands outside."""
    return next((i for i in range(first, last) if not first <= heads[i] < last or heads[i] == i), first)
