"""Activities in words that no frame foresees: where the network sees one, with the parties it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import Act, circumstances, phrase_of, status_of, things_of
from foedus.extract.likely import likely_parties, refers_back
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds
from foedus.mentions.model import MoneyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

KINDS = {
    "exercise": "military exercise",
    "transfer": "arms transfer",
    "coproduction": "co-production",
    "visit": "visit",
    "training": "training",
    "deployment": "deployment",
    "patrol": "patrol",
    "portcall": "port call",
    "aid": "aid",
    "project": "project",
}
"""The network's labels of activities; dialogues are told as meetings."""
LEAST = 0.8
_OF_THINGS = {"aid", "arms transfer", "project", "co-production"}


def by_likeness(document: Document, known: list[Act], families: dict[str, str]) -> list[Act]:
    """The activities that the network sees in sentences of which no frame has read one of that family of kinds, in text order."""
    told = {(document.sentence_index(act.token.i), families.get(act.kind)) for act in known}
    found = []
    for deed in likely_deeds(document, LEAST):
        token, kind = document.doc[deed.token], KINDS.get(deed.label)
        if kind is None or document.in_quote(token.idx):
            continue
        if (document.sentence_index(token.i), families.get(kind)) in told or (known and refers_back(token)):
            continue
        act = _read(document, token, kind)
        if act is not None:
            told.add((document.sentence_index(token.i), families.get(kind)))
            found.append(act)
    return found


def _read(document: Document, token: Token, kind: str) -> Act | None:
    verb, noun = predicate_of(token)
    status = status_of(document, verb, noun)
    if status is None:
        return None
    parties = likely_parties(document, token.i)
    if not parties.codes:
        return None
    act = Act(token, kind, parties, status, document.span(*syntax.phrase(noun or verb)), confidence=0.5)
    if kind in _OF_THINGS:
        things = things_of(verb) if noun is None else syntax.children(noun, "nmod")
        act.item = phrase_of(document, things[0]) if things else None
        act.money = next(iter(document.within(*syntax.phrase(verb), MoneyMention)), None)
    act.readers = (by_likeness,)
    return circumstances(document, act, verb, noun)


def predicate_of(token: Token) -> tuple[Token, Token | None]:
    """The verb that says how the deed is meant, and the noun that tells it when it is told by one."""
    if token.pos_ in {"VERB", "AUX"}:
        return token, None
    verbs = syntax.governing_verbs(token)
    return (verbs[0] if verbs else token), token
