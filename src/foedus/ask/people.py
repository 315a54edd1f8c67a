"""Persons under the names that reports give them: surname alone, another transliteration, with their office in front."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.ask.dates import code_of
from foedus.ask.parties import resolve_party
from foedus.book import persons
from foedus.book import schema as t
from foedus.book.store import Book
from foedus.errors import AskError, NotFoundError

_SAME = 88
"""Likeness (0-100) from which two spellings are one name."""
_TITLES = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms miss dr sir dame lord lady shri smt he his her excellency the hon honourable honorable prof professor "
        "general gen lt col colonel admiral adm captain capt sheikh shaikh sheik haji hajji jr sr ii iii",
    )
)
_DESCRIBED = re.compile(r"\b(?:to|of|for|from|with|at)\b")
"""In a "name" like "aide to Hegseth", which is somebody else."""
_ALIKE = [(re.compile(one), other) for one, other in (
    (r"sch|sh|sz|zh|ts|tz|cz|c(?=[eiy])|[zx]", "s"), (r"kh|ch|gh|qu|[qgc]", "k"), (r"ph|[wf]", "v"), (r"dh|dj", "d"),
    (r"th", "t"), (r"ou|oo|o", "u"), (r"ee|ei|ey|ay|ai|ii|iy|ij|yi|[eyj]", "i"), (r"(.)\1+", r"\1"),
)]  # fmt: skip
"""What different ways of writing a name in Latin letters do differently, made one."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the book who answers to a name: how surely (0-100), under which spellings, in which records.

    `ids`: those that the spellings have as persons of the book; `records`: ``{"record", "kind", "role", "on"}`` by day.
    """

    id: str
    name: str
    names: tuple[str, ...]
    party: str | None
    offices: tuple[dict[str, Any], ...]
    score: float
    ids: tuple[str, ...]
    records: tuple[dict[str, Any], ...]


def people(book: Book, name: str, party: str | None = None) -> list[Match]:
    """The persons of the book who may be meant by `name`, surest first; variants of one person together. [] for nobody.

    `name`: a surname, a full name in any transliteration or script, with or without the office in front ("Minister
    Lavrov"). Each word must be one of the person's names, an office or title of theirs, or their country.
    Raises `AskError` for an empty name.
    """
    asked = _tokens(name)
    if not asked:
        raise AskError("the name must not be empty")
    code = code_of(book, party) if party else None
    found = [
        (score, one)
        for one in _known(book, _surnames(book, asked))
        if code in (None, one["party"]) and not _DESCRIBED.search(one["name"]) and (score := _score(asked, one))
    ]
    found.sort(key=lambda item: (-item[0], -item[1]["records"], item[1]["id"]))
    groups: list[list[tuple[float, dict[str, Any]]]] = []
    for item in found:
        group = next((one for one in groups if all(same_person(item[1], other) for _, other in one)), None)
        if group is None:
            groups.append([item])
        else:
            group.append(item)
    return _best([_match(group) for group in groups])


def _best(found: list[Match]) -> list[Match]:
    """Those that are not far worse than the best: a sure one makes distant spellings drop out."""
    return [one for one in found if one.score >= found[0].score - 4]


def one_person(book: Book, name: str, party: str | None = None) -> Match:
    """The only person meant. Raises `NotFoundError` for nobody or several, who are then named."""
    if name.startswith("pe-"):
        one = book.person(name)
        return _match([(100.0, one | {"records": len(one["records"]), "in": one["records"]})])
    found = people(book, name, party)
    if not found:
        raise NotFoundError(f"no person {name!r} in the record book")
    if len(found) > 1:
        some = ", ".join(f"{one.name} ({one.party or '?'}, {one.id})" for one in found[:5])
        raise NotFoundError(f"{name!r} fits several persons: {some}; give more of the name, or an id")
    return found[0]


def same_person(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Whether two persons of the book may be one under two spellings: no other party, every name of one like one of the other."""
    if a["party"] and b["party"] and a["party"] != b["party"]:
        return False
    few, many = sorted((_tokens(a["name"]), _tokens(b["name"])), key=len)
    if len(few) < 2 and few != many:  # a bare surname is joined only where it is the same one
        return len(few) == 1 and likeness(few[0], many[-1]) == 100
    if len(few) == len(many) and (sorted(few) == sorted(many) or _all_like(few, many[::-1])):
        return True  # "Hayashida Kenzo": the same names in another order
    return likeness(few[-1], many[-1]) >= _SAME and all(
        any(_given(one, other) >= _SAME for other in many) for one in few
    )


def _all_like(a: Sequence[str], b: Sequence[str]) -> bool:
    """The same words one by one, but for transliteration."""
    return all(likeness(one, other) >= 97 for one, other in zip(a, b, strict=True))


def _given(a: str, b: str) -> float:
    """As `likeness`; the beginning of a given name is good for it: Pete for Peter."""
    short = min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a))
    return max(likeness(a, b), 90.0 if short else 0.0)


def _match(group: Sequence[tuple[float, dict[str, Any]]]) -> Match:
    first = max((one for _, one in group), key=lambda one: (one["records"], len(one["name"]), one["id"]))
    offices = [office for _, one in group for office in one["offices"]]
    names = dict.fromkeys(name for one in (first, *(one for _, one in group)) for name in one["names"])
    return Match(
        id=first["id"],
        name=first["name"],
        names=tuple(names),
        party=first["party"] or next((one["party"] for _, one in group if one["party"]), None),
        offices=tuple(sorted(offices, key=lambda one: (one["from"] or "9999", one["office"]))),
        score=round(max(score for score, _ in group), 1),
        ids=tuple(one["id"] for _, one in group),
        records=tuple(sorted((entry for _, one in group for entry in one["in"]), key=_by_day)),
    )


def _by_day(entry: dict[str, Any]) -> tuple[str, str, str]:
    return (entry["on"] or "9999", entry["record"], entry["role"])


def _known(book: Book, surnames: Sequence[str]) -> list[dict[str, Any]]:
    """The persons with these surnames as `Book.persons` gives them, and `in`: the records that name them."""
    with book.reading() as connection:
        groups = persons.joined(persons.namings(connection, surnames)) if surnames else []
    return [persons.summary(one) | {"in": persons.appearances(one)} for one in groups]


def _surnames(book: Book, asked: Sequence[str]) -> list[str]:
    """The filed surnames of names in which a word of the question stands, in any spelling."""
    query = sa.select(t.persons_named.c.surname, t.persons_named.c.name).distinct()
    book.consolidate()
    with book.reading() as connection:
        rows = [(row[0], row[1]) for row in connection.execute(query)]
    wanted = [one for one in asked if len(one) > 1]
    near = {token for token in {token for _, name in rows for token in _tokens(name)} if _near(token, wanted)}
    return sorted({surname for surname, name in rows if near & set(_tokens(name))})


def _near(token: str, wanted: Iterable[str]) -> bool:
    return any(likeness(token, one) >= _SAME for one in wanted)


def _score(asked: Sequence[str], person: dict[str, Any]) -> float:
    """How well a person answers to the words asked, 0-100; 0 where a word is left over, or none is a full name of theirs."""
    offices = {word for office in person["offices"] for word in _tokens(office["office"], keep=True)}
    return max((_fit(asked, _tokens(name), offices, person["party"]) for name in person["names"]), default=0.0)


def _fit(asked: Sequence[str], name: Sequence[str], offices: set[str], party: str | None) -> float:
    left, scores, solid = list(name), [], False
    for word in asked:
        # only given names may be cut short
        found = [(_given(word, one) if one != name[-1] else likeness(word, one), one) for one in left]
        likely, best = max(found, default=(0.0, None))
        if best is not None and likely >= _SAME:
            left.remove(best)
            scores.append(likely)
            solid = solid or len(word) > 1
        elif word in offices or word in _TITLES or _is_office(word) or (party and _is_party(word, party)):
            continue
        else:
            return 0.0
    if not solid:
        return 0.0
    whole = 4.0 if not left else 0.0
    last = 2.0 if name[-1] not in left else 0.0  # the family name weighs more than a given one
    return sum(scores) / len(scores) - 6 + whole + last


def _is_office(word: str) -> bool:
    return word in _office_words()


@lru_cache(maxsize=1)
def _office_words() -> frozenset[str]:
    from foedus.lexicon import load_table, split_forms

    words = {part for row in load_table("offices") for form in split_forms(row["forms"]) for part in _folded(form)}
    return frozenset(
        words
        | {"minister", "president", "secretary", "ambassador", "premier", "chancellor", "defence", "defense", "foreign"}
    )


@lru_cache(maxsize=1024)
def _is_party(word: str, party: str) -> bool:
    try:
        return not _is_code(word) and resolve_party(word) == party
    except AskError:
        return False


def _is_code(word: str) -> bool:
    """Whether a word is only a two-letter code of a country, such as the "de" of a name; "uk" and "us" are its names."""
    return len(word) == 2 and word not in ("uk", "us")


def _folded(text: str) -> list[str]:
    from anyascii import anyascii

    plain = anyascii(text).casefold().replace("'", "").replace("`", "")
    return [word for word in re.split(r"[^a-z0-9]+", plain) if word]


@lru_cache(maxsize=65536)
def _tokens(name: str, keep: bool = False) -> list[str]:
    """The words of a name in small Latin letters, without titles (unless kept)."""
    words = _folded(name)
    return words if keep else [word for word in words if word not in _TITLES] or words


@lru_cache(maxsize=65536)
def _skeleton(word: str) -> str:
    for pattern, other in _ALIKE:
        word = pattern.sub(other, word)
    return word


@lru_cache(maxsize=262144)
def likeness(a: str, b: str) -> float:
    """How alike two words of names are, 0-100: 100 the same, 97 the same but for transliteration, an initial 90.

    >>> likeness("lavrov", "lawrow"), likeness("zelensky", "selenskyj"), likeness("r", "rajnath")
    (97.0, 97.0, 90.0)
    """
    if a == b:
        return 100.0
    if len(a) == 1 or len(b) == 1:
        return 90.0 if a[0] == b[0] else 0.0
    one, other = _skeleton(a), _skeleton(b)
    if one == other and len(one) > 2:
        return 97.0
    if min(len(a), len(b)) < 5 or one[0] != other[0]:
        return 0.0
    if len(one) > 4 and _consonants(one) == _consonants(other) and len(_consonants(one)) > 2:
        return 92.0
    if min(len(a), len(b)) < 6:
        return 0.0
    from rapidfuzz import fuzz

    return min(95.0, max(fuzz.ratio(a, b), fuzz.ratio(one, other)))


def _consonants(skeleton: str) -> str:
    return re.sub(r"[aiu]", "", skeleton)
