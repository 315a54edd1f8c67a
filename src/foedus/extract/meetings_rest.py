"""The two states that a report is about: whom a person without a state acts for, when the other side of the talks is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.focus import SURE, other_in_focus, pair_in_focus
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.mentions import Document


def two_states(document: Document) -> Parties:
    """The two states that outweigh every other in the report, with where each is named first; else nothing."""
    return pair_in_focus(document, SURE)


def other_state(document: Document, known: Parties) -> Parties:
    """The other one of the two states that the report is about, when `known` is one of them; else nothing."""
    return other_in_focus(document, known.codes[0], SURE) if len(known.codes) == 1 else Parties()
