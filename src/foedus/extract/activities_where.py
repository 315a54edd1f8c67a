"""Where an activity takes place, when the place is in no list: the name that the model marks, with the country that it must lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import ground, is_word
from foedus.language import syntax
from foedus.mentions.model import DateMention, ForumMention, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.extract.activities_act import Act
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

_AT = {"in", "at", "near", "off", "outside", "on"}
_GOING = {"visit", "port call"}
_STEPS = 4
_NO_TOWN = {"coast", "border", "frontier", "region", "continent"}
"""Names that end so are no places by themselves ("the East Coast")."""


def town_of(document: Document, act: Act) -> PlaceMention | None:
    """The place by its name alone ("at Teknaf", "off Lamu"): a name marked as a place that hangs on the word of the act."""
    low, high = document.sentence(act.token.i)
    verbs = syntax.governing_verbs(act.token) if act.token.pos_ not in {"VERB", "AUX"} else []
    words = {act.token.i, *(verb.i for verb in verbs[:1])}
    reach = _AT | {"to", "into"} if act.kind in _GOING else _AT
    for entity in document.doc.ents:
        if entity.label_ != "PLACE" or not low <= entity.start < high:
            continue
        root = document.doc[entity.start : entity.end].root
        if any(document.within(entity.start, entity.end, kind) for kind in (PlaceMention, PartyMention)):
            continue
        if (
            root.lower_ in _NO_TOWN
            or document.at(root.i, DateMention)
            or document.at(root.i, ForumMention)
            or not (_hangs(root, words, reach) or (act.kind in _GOING and root.dep_ == "obj" and root.head.i in words))
        ):
            continue
        start, end = document.span(entity.start, entity.end)
        host = act.host[0] if len(act.host) == 1 else None
        name = document.words((start, end))
        return PlaceMention(start, end, entity.start, entity.end, root.i, name=name, country=host)
    return None


def host_of(document: Document, act: Act) -> tuple[str, Span] | None:
    """The state that is visited and the words that stand for it, where no town is said; None where several are."""
    hosts = [code for code in act.host if not code.startswith("org:")]
    if len(hosts) != 1 or hosts[0] not in act.parties.codes:
        return None
    own = [span for span in act.parties.spans if set(_codes(document, span)) == {hosts[0]}]
    return (hosts[0], own[0]) if own else None


def _codes(document: Document, span: Span) -> tuple[str, ...]:
    tokens = document.tokens_in([span])
    return document.parties_at(tokens).codes or ground(document, tokens).codes


def _hangs(root: Token, words: set[int], reach: set[str]) -> bool:
    """Whether the name hangs by a preposition of place on one of the words: "in X", "at the plant in X", "in the port of X"."""
    at = root
    first = syntax.preposition(at)
    if first == "of" and at.dep_ == "nmod" and (is_word("harbour", at.head) or is_word("works", at.head)):
        at = at.head
        first = syntax.preposition(at)
    if first not in reach:
        return False
    for _ in range(_STEPS):
        if at.dep_ not in {"obl", "nmod", "obj", "conj", "nsubj", "nsubj:pass"}:
            return False
        at = at.head
        if at.i in words:
            return True
        if at.pos_ == "VERB":
            return False
    return False
