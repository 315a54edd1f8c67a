"""Which words tell a deed of states, and who its parties are, as the network has learned it from annotated reports.

The frames of the extractors say what they know for sure; this says what is likely in words that no frame foresees. Beliefs are shares of 1.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from foedus.language.parties import load_party_scorer, places_of
from foedus.language.pipeline import extras
from foedus.mentions.naming import party_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from foedus.mentions.document import Document
    from foedus.mentions.model import Parties
    from foedus.record import Span

REACH = 110
"""A name so many words away from a deed is out of sight: the network reads about so much at once."""


class LikelyDeed(NamedTuple):
    """A word that tells a deed: its token, the label (a stage of an agreement, "meeting", an activity), and how likely it is one."""

    token: int
    label: str
    belief: float


def likely_deeds(document: Document, least: float) -> list[LikelyDeed]:
    """The words that tell a deed with at least that belief, in text order; [] for a pipeline without that head."""
    more = extras(document.doc)
    return [LikelyDeed(*one) for one in more.deeds if one[2] >= least] if more is not None else []


def looks_for_deeds(document: Document) -> bool:
    """Whether the pipeline has that head at all."""
    more = extras(document.doc)
    return more is not None and bool(more.sides.shape[1])


def sees_none(document: Document, spans: Iterable[Span]) -> bool:
    """Whether the network sees no deed of states, of whatever label, in these words; False for a pipeline without that head."""
    if not looks_for_deeds(document):
        return False
    words = {token.i for token in document.tokens_in(spans)}
    return not any(deed.token in words for deed in likely_deeds(document, 0))


def party_beliefs(document: Document, token: int) -> list[tuple[float, int, Parties]]:
    """Belief, head token and parties of every name within `REACH` of the deed, the likeliest first; [] without that head."""
    kept: dict[int, list[tuple[float, int, Parties]]] = document.notes.setdefault("mentions: parties of deeds", {})  # type: ignore[assignment]
    if token not in kept:
        kept[token] = _believed(document, token)
    return kept[token]


class _Names(NamedTuple):
    """The names of parties, in text order."""

    heads: NDArray[np.int64]
    parties: list[Parties]
    sentences: NDArray[np.int64]
    groups: NDArray[np.int64]
    """The same number for names of the same parties."""
    vectors: NDArray[np.float32]


def _believed(document: Document, token: int) -> list[tuple[float, int, Parties]]:
    more = extras(document.doc)
    scorer = load_party_scorer(more.scorer) if more is not None else None
    if more is None or scorer is None or not more.sides.shape[1]:
        return []
    names = _names(document, more.sides)
    low, high = np.searchsorted(names.heads, (token - REACH, token + REACH + 1)).tolist()
    if low == high:
        return []
    deed, groups = more.sides[token, : more.sides.shape[1] // 2], names.groups[low:high]
    places = places_of(
        names.heads[low:high] - token, names.sentences[low:high] - document.sentence_index(token), groups
    )
    beliefs = scorer.beliefs(deed, names.vectors[low:high], places, groups)
    found = list(zip(beliefs.tolist(), names.heads[low:high].tolist(), names.parties[low:high], strict=True))
    found.sort(key=itemgetter(0), reverse=True)
    return found


def _names(document: Document, sides: NDArray[np.float32]) -> _Names:
    note = "mentions: names of parties"
    known = document.notes.get(note)
    if not isinstance(known, _Names):
        found = sorted(party_words(document).items())
        heads = [head for head, _ in found]
        numbers: dict[tuple[str, ...], int] = {}
        groups = [numbers.setdefault(parties.codes, len(numbers)) for _, parties in found]
        sentences = [document.sentence_index(head) for head in heads]
        known = _Names(
            np.array(heads, np.int64), [parties for _, parties in found], np.array(sentences, np.int64),
            np.array(groups, np.int64), sides[heads, sides.shape[1] // 2 :],
        )  # fmt: skip
        document.notes[note] = known
    return known
