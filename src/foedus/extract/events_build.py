"""One event put together: type, codes, both sides, day, place, modality and whose claim it is, each with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.extract.draft import Draft
from foedus.extract.events_frames import goldstein
from foedus.language import syntax
from foedus.mentions.model import PartyMention, PersonMention
from foedus.record import Person

if TYPE_CHECKING:
    from foedus.extract.events_actors import Side
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span


@dataclass(slots=True, frozen=True)
class Codes:
    """What happened: PLOVER type and mode, CAMEO code, context."""

    type: str
    mode: str
    cameo: str
    context: str


def build(
    document: Document, trigger: Token, codes: Codes, actor: Side, recipient: Side, modality: str = "actual",
    cues: tuple[Span, ...] = (),
) -> Draft:  # fmt: skip
    """The draft of one event whose words are the clause or phrase around `trigger`."""
    draft = Draft(document, "event", [document.span(*_extent(document, trigger))])
    own = document.span(trigger.i, trigger.i + 1)
    draft.put("type", codes.type, own)
    draft.put("mode", codes.mode, own)
    draft.put("cameo", codes.cameo, own)
    draft.put("goldstein", goldstein(codes.cameo), own)
    draft.put("contexts", (codes.context,) if codes.context else (), own)
    draft.put("actor", actor.codes, *actor.spans)
    draft.put("actor_sector", actor.sector if actor.codes else "", *actor.spans)
    draft.put("recipient", recipient.codes, *recipient.spans)
    draft.put("recipient_sector", recipient.sector if recipient.codes else "", *recipient.spans)
    draft.put("modality", modality, *(cues or (own,)))
    if (when := document.when(trigger)) is not None:
        draft.put("date", when.edtf, when.span)
    if (where := document.where(trigger)) is not None:
        draft.put("place", where.value, where.span)
    said = document.modality(trigger).attributed
    if said is not None:
        _attribute(document, draft, said)
    return draft


def _attribute(document: Document, draft: Draft, say: int) -> None:
    for token in syntax.agents(document.doc[say]):
        person = document.at(token.i, PersonMention)
        if person is not None:
            draft.put("attributed_to", person.person.record(), person.span)
            return
        party = document.at(token.i, PartyMention)
        if party is not None:
            draft.put("attributed_to", Person(document.words(party.span), None, party.code), party.span)
            return


def _extent(document: Document, trigger: Token) -> tuple[int, int]:
    """Token range from the subject to the end of the object or clause, at most the sentence; of a noun its phrase."""
    low, high = document.sentence(trigger.i)
    if trigger.pos_ not in {"VERB", "ADJ", "AUX"}:
        first, last = syntax.phrase(trigger)
        return max(low, first), min(high, last)
    members = [trigger.i]
    for child in trigger.children:
        if child.dep_.split(":")[0] in {"nsubj", "obj", "iobj", "obl", "aux", "xcomp", "compound", "cop"}:
            members += [child.left_edge.i, child.right_edge.i]
    return max(low, min(members)), min(high, max(members) + 1)
