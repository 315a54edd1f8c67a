"""Whose a ministry, a government or an army is that speaks without the name of its state ("the Defence Ministry said")."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from foedus.mentions.home import home_state, is_about
from foedus.mentions.model import PersonMention

if TYPE_CHECKING:
    from foedus.extract.statements_speaker import Speaker
    from foedus.mentions import Document
    from foedus.record import Span

_BODIES = {
    "ministry",
    "department",
    "government",
    "presidency",
    "army",
    "navy",
    "cabinet",
    "chancellery",
    "mod",
    "mfa",
    "mofa",
}
_SMALL = {"national", "of", "the", "and", "for", "affairs", "statement", "a"}
_SPELLED = {"defense": "defence", "external": "foreign", "mod": "defence", "mfa": "foreign", "mofa": "foreign"}


def give_state(document: Document, speaker: Speaker) -> None:
    """Put in the state of a body that has none: that of its minister, when the report names one, else the one it is written from."""
    if speaker.someone or len(speaker.persons) != 1 or speaker.persons[0].party is not None:
        return
    words = _plain(speaker.persons[0].name or "")
    if not words & _BODIES:
        return
    found = _of_minister(document, words - _BODIES, words) if words & {"ministry", "mod", "department"} else {}
    home = home_state(document) if len(found) != 1 else None
    if home is not None and (home.code in found or (not found and is_about(document, home.code))):
        found = {home.code: home.span}
    if len(found) == 1:
        code, span = next(iter(found.items()))
        speaker.persons = [msgspec.structs.replace(speaker.persons[0], party=code)]
        speaker.spans = [*speaker.spans, span]


def _plain(name: str) -> set[str]:
    return {_SPELLED.get(word, word) for word in name.casefold().split()} | ({"mod"} & set(name.casefold().split()))


def _of_minister(document: Document, portfolio: set[str], body: set[str]) -> dict[str, Span]:
    """Party -> where it is named, of the holders of an office with the portfolio of the ministry; a department has a secretary."""
    ranks = {"secretary"} if "department" in body else {"minister", "secretary"}
    wanted = portfolio - _SMALL
    found: dict[str, Span] = {}
    for mention in document.all_of(PersonMention):
        who = mention.person
        own = _plain(who.office or "")
        if (
            who.party
            and who.party_span
            and wanted
            and wanted <= own
            and own & {*ranks, "spokesperson", "spokesman", "spokeswoman"}
        ):
            found.setdefault(who.party, who.party_span)
    return found
