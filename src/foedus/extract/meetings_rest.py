"""The two states that a report is about: whom a person without a state acts for, when the other side of the talks is known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.mentions.model import ForumMention, OfficeMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.mentions import Document

_KEY = "meetings: two states"
_FEWEST = 3


def two_states(document: Document) -> Parties:
    """The two states that the report names far more often than any other, with where each is named first; else nothing."""
    if _KEY not in document.notes:
        document.notes[_KEY] = _two_states(document)
    found = document.notes[_KEY]
    return found if isinstance(found, Parties) else Parties()


def _two_states(document: Document) -> Parties:
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for mention in document.mentions:
        code = None
        if isinstance(mention, PartyMention) and document.at(mention.root, ForumMention) is None:
            code = mention.code
        elif isinstance(mention, PersonMention) and mention.form == "name":
            code = mention.person.party
        elif isinstance(mention, OfficeMention):
            code = mention.party
        if code and not code.startswith("org:"):
            counts[code] += 1
            if isinstance(mention, PartyMention):
                first.setdefault(code, mention.span)
    ranked = counts.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < _FEWEST or (len(ranked) > 2 and 2 * ranked[2][1] > ranked[1][1]):
        return Parties()
    codes = [code for code, _ in ranked[:2]]
    return Parties(tuple(sorted(codes)), tuple(sorted(first[c] for c in codes if c in first)))


def other_state(document: Document, known: Parties) -> Parties:
    """The other one of the two states that the report is about, when `known` is one of them; else nothing."""
    pair = two_states(document)
    if len(known.codes) != 1 or known.codes[0] not in pair.codes:
        return Parties()
    return Parties(tuple(c for c in pair.codes if c != known.codes[0]), pair.spans)
