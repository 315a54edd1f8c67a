"""Words, phrases and their stems: what a search asks for, whether a text has it, and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from foedus.book.wording import words as spelled
from foedus.errors import AskError

_WORD = re.compile(r"((?:[^\W_]\.){2,}(?:[^\W_](?![^\W_]))?|[^\W_]+)(?:[’']s\b)?")
_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()


@lru_cache(maxsize=262144)
def stem(word: str) -> str:
    """The stem of a word, in small letters without accents, one spelling for all: "Defence" and "defenses" give "defens"."""
    plain = "".join(spelled("".join(c for c in _folded(word) if c.isalnum())))
    return str(_stemmer().stemWord(plain)) or plain


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and stem of every word, in order; possessives and the points of U.S. do not part a word."""
    for found in _WORD.finditer(text):
        if one := stem(found[1]):
            yield found.start(1), found.end(1), one


def stems(text: str) -> str:
    """The stems of a text with blanks between: what is filed for search."""
    return " ".join(one for _, _, one in words_of(text))


@dataclass(frozen=True)
class Term:
    """A word or phrase in stems. Of a word that may go on, `start` is what is typed, and `stems` are those of its forms."""

    stems: tuple[str, ...]
    start: str = ""

    def at(self, text: Sequence[str], place: int) -> bool:
        """Whether it stands at this place of a text given in stems."""
        if self.start:
            return text[place].startswith(self.start) or text[place] in self.stems
        return tuple(text[place : place + len(self.stems)]) == self.stems


@dataclass(frozen=True)
class Query:
    """What is asked: every group must be there with one of its terms at least, and none of `without`."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()

    @classmethod
    def of(cls, text: str) -> Query:
        """From what a person types: words, "phrases", begin*, -not, one OR another. Raises `AskError` when nothing is left.

        >>> Query.of('ferry OR boats "joint exercise"').groups[0][1].stems
        ('boat',)
        """
        groups: list[list[Term]] = []
        without: list[Term] = []
        joins = False
        for minus, phrase, word in _PART.findall(text):
            if word == "OR" and not minus and groups:
                joins = True
                continue
            term = _term(phrase or word, not phrase)
            if term is None:
                continue
            if minus:
                without.append(term)
            elif joins:
                groups[-1].append(term)
            else:
                groups.append([term])
            joins = False
        if not groups:
            raise AskError(f'{text!r} has no word to search for; give words or "a phrase"')
        return cls(tuple(map(tuple, groups)), tuple(without))

    @property
    def terms(self) -> list[Term]:
        """All that is looked for."""
        return [term for group in self.groups for term in group]

    def fits(self, text: str) -> bool:
        """Whether a text has what is asked."""
        found = [one for _, _, one in words_of(text)]
        return all(any(_in(term, found) for term in group) for group in self.groups) and not any(
            _in(term, found) for term in self.without
        )


_ENDINGS = ("", "e", "s", "es", "ed", "ing", "ion", "ions", "on", "or", "al", "y", "ly", "ment", "tion", "ation")


def _term(typed: str, single: bool) -> Term | None:
    found = [one for _, _, one in words_of(typed)]
    if not found:
        return None
    if single and typed.endswith("*") and len(found) == 1:
        # stems are filed, and the stem of "negotiations" is shorter than what "negotiat*" types
        start = "".join(c for c in _folded(typed) if c.isalnum())
        forms = {stem(start + ending) for ending in _ENDINGS}
        return Term(tuple(sorted(one for one in forms if start.startswith(one))), start)
    return Term(tuple(found))


def _in(term: Term, text: Sequence[str]) -> bool:
    return any(term.at(text, place) for place in range(len(text)))


def places(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the terms stand in a text: start and end, in order, none inside another."""
    found = list(words_of(text))
    only = [one for _, _, one in found]
    spans: list[tuple[int, int]] = []
    for place in range(len(found)):
        long = max((1 if term.start else len(term.stems) for term in terms if term.at(only, place)), default=0)
        if long:
            start, end = found[place][0], found[place + long - 1][1]
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
    return spans


def marked(text: str, query: Query) -> list[tuple[str, bool]]:
    """The whole text in pieces: ``(words, whether they are what was asked)``."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in places(text, query.terms):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]


_BESIDE = 90
"""Characters of a snippet before the first and after the last marked word."""


def snippet(text: str, query: Query, length: int = 240) -> tuple[tuple[str, bool], ...]:
    """The part of a text, some `length` characters, that has the most of what is asked, in pieces, blanks made single.

    The beginning of the text where nothing of it stands there.
    """
    spans = places(text, query.terms)
    if not spans:
        low, high = 0, min(len(text), length)
    else:
        best = max(range(len(spans)), key=lambda at: (_kinds(text, spans[at:], query, length), -at))
        end = max(end for _, end in spans[best:] if end <= spans[best][0] + length or end == spans[best][1])
        room = max(_BESIDE, (length - (end - spans[best][0])) // 2)
        low, high = max(0, spans[best][0] - room), min(len(text), end + room)
    low = _edge(text, low, 1) if low else 0
    high = _edge(text, high, -1) if high < len(text) else high
    pieces = marked(text[low:high], query)
    plain = [(re.sub(r"\s+", " ", words), mark) for words, mark in pieces]
    before, after = ([("… ", False)] if low else []), ([(" …", False)] if high < len(text) else [])
    return (*before, *plain, *after)


def _kinds(text: str, spans: Sequence[tuple[int, int]], query: Query, length: int) -> int:
    inside = [text[start:end] for start, end in spans if end <= spans[0][0] + length]
    return len({stems(words) for words in inside})


def _edge(text: str, place: int, step: int) -> int:
    """The next blank in this direction, so that no word is cut; the place itself where there is none near."""
    for away in range(30):
        at = place + step * away
        if 0 < at < len(text) and text[at - (step > 0)].isspace():
            return at
    return place
