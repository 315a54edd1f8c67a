"""What an agreement covers: words -> the controlled list of domains, by `lexicon/domains.csv`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Span


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


def find_domains(document: Document, first: int, last: int) -> dict[str, Span]:
    """Domain -> its first words among the tokens [first, last), in text order; {} for none."""
    forms = _forms()
    found: dict[str, Span] = {}
    lows = [t.lower_ for t in document.doc[first:last]]
    for i, low in enumerate(lows):
        for words, domain in forms.get(low, ()):
            if tuple(lows[i : i + len(words)]) == words:
                found.setdefault(domain, document.span(first + i, first + i + len(words)))
                break
    return found
