"""Whom a report is about: the states that a sentence leaves unsaid, from the sentences around it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from foedus.extract.agreements_parties import actors_in
from foedus.language import syntax
from foedus.mentions.document import parties_of
from foedus.mentions.model import GroupMention, OfficeMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.mentions import Document

_BACK = 4
"""How many sentences back the other side is looked for."""


def states_in(document: Document, first: int, last: int) -> Parties:
    """States, and the European Union, that act in the tokens [first, last), outside the dateline; other bodies left out."""
    found = Parties()
    for low, high in _around_dateline(document, first, last):
        found |= _states(document, low, high)
    return found


def _around_dateline(document: Document, first: int, last: int) -> list[tuple[int, int]]:
    """The range in what stands before and after the dateline, where it holds it."""
    line = document.dateline
    if line is None:
        return [(first, last)]
    low, high = (bisect_left(document.starts, at) for at in (line.start, line.end))
    if high <= first or last <= low:
        return [(first, last)]
    return [(first, max(low, first)), (min(high, last), last)]


def _states(document: Document, first: int, last: int) -> Parties:
    found = actors_in(document, first, last)
    codes = tuple(code for code in found.codes if _is_state(code))
    return Parties(codes, found.spans, found.persons) if codes else Parties()


def _is_state(code: str) -> bool:
    return not code.startswith("org:") or code == "org:EU"


def pair_in_focus(document: Document, at: int, having: Parties, *, alone: bool = False) -> Parties:
    """The two states between which token `at` says something, when it names `having` (one or none); empty when unclear.

    In this order: the only two states of a sentence just before, and the two that the whole report is clearly about. With
    `having`, both need to hold it; when `alone`, the other one may also have been named by itself.
    """
    near = _pair_before(document, at, having, alone)
    whole = main_pair(document)
    if near and whole and having and not set(near.codes) & set(whole.codes):
        return Parties()
    if whole and set(having.codes) <= set(whole.codes) and not (near and _just_before(document, at, near)):
        return whole
    chosen = near or whole
    return chosen if set(having.codes) <= set(chosen.codes) else Parties()


def _just_before(document: Document, at: int, pair: Parties) -> bool:
    """Whether the sentence before names this pair and nobody else."""
    here = document.sentence_index(at)
    return here > 0 and states_in(document, *document.sentences[here - 1]).codes == pair.codes


def _pair_before(document: Document, at: int, having: Parties, alone: bool) -> Parties:
    here = document.sentence_index(at)
    for back in range(1, _BACK + 1):
        if here - back < 0:
            break
        low, high = document.sentences[here - back]
        here_named = states_in(document, low, high)
        found = having | here_named
        if len(found.codes) == 2 and (alone or set(having.codes) <= set(here_named.codes)):
            return found
        if len(found.codes) > 2:
            break
    return Parties()


def main_pair(document: Document) -> Parties:
    """The two states that the report names clearly more often than any other, each at least twice; empty when there are none."""
    if "main_pair" not in document.notes:
        document.notes["main_pair"] = _main_pair(document)
    found = document.notes["main_pair"]
    assert isinstance(found, Parties)
    return found


def _is_place(document: Document, mention: PartyMention) -> bool:
    """Whether a name says where: after "in" or "to", or a capital beside another name."""
    root = document.doc[mention.root]
    if syntax.preposition(root) in {"in", "at", "near", "to", "from"}:
        return True
    return mention.form in {"capital", "seat"} and root.dep_ in {"appos", "compound", "nmod"}


def _main_pair(document: Document) -> Parties:
    ranked = Counter(state_counts(document)).most_common(3)
    if len(ranked) < 2 or ranked[1][1] < 2 or (len(ranked) > 2 and ranked[1][1] < 2 * ranked[2][1]):
        return Parties()
    pair = {ranked[0][0], ranked[1][0]}
    if any(n > ranked[1][1] for code, n in _all_counts(document).items() if code not in pair):
        return Parties()
    return _first_named(document, ranked[0][0]) | _first_named(document, ranked[1][0])


def only_pair(document: Document) -> Parties:
    """The only two states that the report names at all, places and dateline counted; empty when it names more or fewer."""
    every = sorted(_all_counts(document))
    return _first_named(document, every[0]) | _first_named(document, every[1]) if len(every) == 2 else Parties()


def _all_counts(document: Document) -> Counter[str]:
    """State -> how often it is named in any way."""
    return Counter(code for m in document.mentions for code in parties_of(m).codes if _is_state(code))


def state_counts(document: Document) -> dict[str, int]:
    """State -> how often the report names it or somebody of it, dateline and mere places left out; kept."""
    known = document.notes.get("state_counts")
    if known is None:
        known = document.notes["state_counts"] = _state_counts(document)
    return known  # type: ignore[return-value]


def _state_counts(document: Document) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for mention in document.mentions:
        if document.dateline is not None and mention.start < document.dateline.end:
            continue
        if isinstance(mention, PartyMention) and _is_place(document, mention):
            continue
        if isinstance(mention, (PartyMention, PersonMention, OfficeMention, GroupMention)):
            totals.update(code for code in parties_of(mention).codes if _is_state(code))
    return dict(totals)


def _first_named(document: Document, code: str) -> Parties:
    """One state with the first words for it."""
    spans = (parties_of(m).spans[:1] for m in document.mentions if code in parties_of(m).codes)
    return Parties((code,), next(spans, ()))
