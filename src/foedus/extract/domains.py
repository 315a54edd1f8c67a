"""What an agreement covers: words -> the controlled list of domains, by `lexicon/domains.csv`."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.mentions import Document
    from foedus.record import Span


_NOTHING = "nothing"
"""The row of words that only look like a domain ("road map")."""
_CLEAR = 3
"""So often a report names the words of a domain that it is about that domain."""


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> (all words of the form, domain), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in load_table("domains"):
        for form in split_forms(row["forms"]):
            words = tuple(form.lower().replace("-", " - ").split())
            found.setdefault(words[0], []).append((words, row["id"]))
    for entries in found.values():
        entries.sort(key=lambda e: (-len(e[0]), e[1]))
    return found


def _matches(document: Document, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """(domain, first, past last) of every form among the tokens [first, last); words of one form start no other."""
    forms = _forms()
    lows = [t.lower_ for t in document.doc[first:last]]
    past = 0
    for i, low in enumerate(lows):
        if i < past:
            continue
        for words, domain in forms.get(low, ()):
            if tuple(lows[i : i + len(words)]) == words:
                past = i + len(words)
                if domain != _NOTHING and not _in_title(document, first + i):
                    yield domain, first + i, first + past
                break


def _in_title(document: Document, token: int) -> bool:
    """Whether a word stands in the long title of an office or ministry that also has other charges ("Minister of Foreign Affairs **and Trade**")."""
    doc = document.doc
    word = doc[token]
    if word.ent_type_ not in {"OFFICE", "ORG"}:
        return False
    low, high = token, token + 1
    while low > 0 and doc[low].ent_iob_ == "I":
        low -= 1
    while high < len(doc) and doc[high].ent_iob_ == "I":
        high += 1
    words = {t.lower_ for t in doc[low:high]}
    return "foreign" in words or "external" in words


def find_domains(document: Document, first: int, last: int) -> dict[str, Span]:
    """Domain -> its first words among the tokens [first, last), in text order; {} for none."""
    found: dict[str, Span] = {}
    for domain, low, high in _matches(document, first, last):
        found.setdefault(domain, document.span(low, high))
    return found


def main_domain(document: Document) -> dict[str, Span]:
    """The one domain that the whole report speaks of clearly most often, with its first words; {} when none stands out."""
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for domain, low, high in _matches(document, 0, len(document.doc)):
        counts[domain] += 1
        first.setdefault(domain, document.span(low, high))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _CLEAR or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return {}
    return {ranked[0][0]: first[ranked[0][0]]}
