"""Small repairs of trees that the parser gets wrong in one known way, where the entities leave no doubt."""

from __future__ import annotations

from collections.abc import Sequence

_CORE = {"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod"}


def free_particles(heads: list[int], deps: list[str], tags: Sequence[str]) -> None:
    """ "Laid **down** their arms", where the particle was hung on the noun as its preposition: it goes to the verb, the noun is the object.

    Changes `heads` (word indices, the root's its own) and `deps` in place. Only where the tag says particle and the verb stands right before it.
    """
    for i, tag in enumerate(tags):
        noun = heads[i]
        if tag == "RP" and deps[i] == "case" and deps[noun] == "obl" and heads[noun] == i - 1 and noun > i:
            heads[i], deps[i], deps[noun] = i - 1, "compound:prt", "obj"


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
        elif deps[title] == "nmod:desc" and heads[title] == name and deps[name] in _CORE:
            _join_behind_and(heads, deps, entities, offices[first], name)


def _join_behind_and(
    heads: list[int], deps: list[str], entities: Sequence[tuple[int, int, str]], office: int, name: int
) -> None:
    """ "Minister A and U.S. Secretary B signed", where "and" hangs inside B's title and B is a second subject: B becomes the conjunct."""
    before = office - 1
    while before > 0 and deps[before] in {"compound", "amod", "nmod:poss", "det", "case"} and before < heads[before]:
        before -= 1
    if before < 1 or deps[before] != "cc" or not before < heads[before] <= name:
        return
    others = [_top(heads, a, b) for a, b, kind in entities if kind == "PERSON" and b <= before]
    same = [i for i in others if heads[i] == heads[name] and deps[i] == deps[name]]
    if same and same[-1] == others[-1]:
        heads[name], deps[name] = same[-1], "conj"
        heads[before] = name


def _top(heads: list[int], first: int, last: int) -> int:
    """The word of [first, last) whose head stands outside."""
    return next((i for i in range(first, last) if not first <= heads[i] < last or heads[i] == i), first)
