"""Which words name or stand for parties, one entry a noun phrase: what a deed's parties are chosen from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.document import parties_of
from foedus.mentions.model import ForumMention, GroupMention, OfficeMention, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.mentions.model import Parties

_KINDS = (PersonMention, GroupMention, OfficeMention, PartyMention, ForumMention)


def party_words(document: Document) -> dict[int, Parties]:
    """Head token -> the parties that its words name or stand for, the longest words for each token, in text order.

    Nested names stand beside the longer ones ("the **French** foreign minister"). Words without a party are left out; a text
    without any gives {}.
    """
    found: dict[int, Parties] = {}
    for mention in document.mentions:
        if isinstance(mention, _KINDS) and mention.root not in found:
            parties = parties_of(mention)
            if parties.codes:
                found[mention.root] = parties
    return dict(sorted(found.items()))
