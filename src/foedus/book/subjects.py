"""What an agreement or activity is about, and whether two names can be names of one thing.

A name is compared by its words and by its subjects (``lexicon/subjects.csv``): "visiting forces pact" and "reciprocal access
agreement" are about one thing, "defence pact" is a broader name for it, and a memorandum on fishing is about another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from foedus.book.wording import YEAR, listed, party_words, stem, words
from foedus.lexicon import load_table, split_forms

MARK, LOOSE = "#", "="
"""Before the id of a subject among the words of a name, and before a word that is part of the form of one."""
_OF_DOMAIN = {
    "arms transfer": "arms", "arms control": "disarmament", "borders": "border", "civil nuclear": "nuclear_energy",
    "defence industry": "arms", "information sharing": "military_information", "logistics": "military_logistics",
    "intelligence": "military_information", "exercises": "defence", "training": "defence",
}  # fmt: skip
"""Domains of the record format that have another name among the subjects."""
_ALIKE = 0.5
_PARTLY = 0.3


class Naming(NamedTuple):
    """How two names go together. `share`: of the words of the shorter one; `about`: the subject that both have."""

    relation: Literal["alike", "akin", "partly", "unlike", "unknown"]
    share: float = 0.0
    about: str = ""

    @property
    def said(self) -> str:
        """In words."""
        if self.relation in ("alike", "akin") and self.about:
            return f"both about {self.about.replace('_', ' ')}"
        return {"alike": "named alike", "akin": "named partly alike", "partly": "named partly alike"}.get(
            self.relation, ""
        )


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First stem of a form -> the forms, as stems, with their subject, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in load_table("subjects"):
        for form in split_forms(row["forms"]):
            one = tuple(map(stem, words(form)))
            found.setdefault(one[0], []).append((one, row["id"]))
    return {first: sorted(forms, key=lambda one: -len(one[0])) for first, forms in found.items()}


@cache
def wider(subject: str) -> tuple[str, ...]:
    """The subject and all that are broader, the nearest first: electricity, energy."""
    broader = {row["id"]: split_forms(row["broader"]) for row in load_table("subjects")}
    found = [subject]
    for one in found:
        found += [up for up in broader.get(one, ()) if up not in found]
    return tuple(found)


@lru_cache(maxsize=65536)
def name_words(title: str | None, place: str | None = None) -> frozenset[str]:
    """Stems and subjects of a name, without what any instrument has: its kind, parties, place, date, length.

    >>> sorted(name_words("25-year electricity deal of January 2022"))
    ['#electricity']
    """
    empty = _empty() | {one for word in words(place) for one in (word, stem(word))}
    return frozenset(one for one in _marked(words(title)) if one not in empty and not YEAR.fullmatch(one))


def _marked(found: list[str]) -> Iterator[str]:
    """Stems of the words, those of a subject as one; lengths ("25 year") left out."""
    units = listed("lengths") | {"year", "years"}
    stems = [stem(word) for word in found]
    at = 0
    while at < len(found):
        known = _phrases().get(stems[at], ())
        form, subject = next((one for one in known if tuple(stems[at : at + len(one[0])]) == one[0]), ((), ""))
        if form:
            yield MARK + subject
            yield from (LOOSE + one for one in form if len(form) > 1 and one not in _empty())
            at += len(form)
        elif stems[at].isdigit() and at + 1 < len(found) and found[at + 1] in units:
            at += 2
        else:
            yield found[at] if found[at] in _empty() else stems[at]
            at += 1


@cache
def _empty() -> frozenset[str]:
    return listed("empty") | listed("generic") | listed("months") | listed("ordinals") | party_words() | {"own", "such"}


def areas(tokens: Iterable[str], domains: Iterable[str] = ()) -> frozenset[str]:
    """All subjects of a name and of domains, with the broader ones."""
    own = [token[1:] for token in tokens if token.startswith(MARK)]
    own += [_OF_DOMAIN.get(one, one.replace(" ", "_").replace("-", "_")) for one in domains if one != "general"]
    return frozenset(up for one in own for up in wider(one))


@lru_cache(maxsize=65536)
def compared(a: frozenset[str], b: frozenset[str]) -> Naming:
    """How the name words of two things go together."""
    if not a or not b:
        return Naming("unknown")
    loose = [frozenset(one.strip(LOOSE) for one in name if not one.startswith(MARK)) for name in (a, b)]
    a, b = (frozenset(one for one in name if not one.startswith(LOOSE)) for name in (a, b))
    common = a & b
    share = len(common) / min(len(a), len(b))
    about = min((one[1:] for one in common if one.startswith(MARK)), default="")
    if share >= _ALIKE:
        return Naming("alike", share, about)
    kin = [
        one
        for one in sorted(a | b)
        if one.startswith(MARK)
        for other in (b if one in a else a)
        if other.startswith(MARK) and other != one and one[1:] in wider(other[1:])
    ]
    if kin or about:
        return Naming("akin", share, about or kin[0][1:])
    if all(loose) and len(loose[0] & loose[1]) >= _ALIKE * min(map(len, loose)):
        return Naming("akin", share)
    return Naming("partly" if share >= _PARTLY else "unlike", share)


def opaque(tokens: frozenset[str]) -> bool:
    """Whether a name tells nothing of its subject that the lists know: a nickname, or a matter of its own."""
    return bool(tokens) and not any(one.startswith(MARK) for one in tokens)
