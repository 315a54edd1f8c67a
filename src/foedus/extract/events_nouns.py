"""Events that nouns name: "Norland's raid on Sudria", "the arrest of a Sudrian by Norland", "made an offer to Sudria"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.events_actors import Side, find_actor, find_recipient, find_side
from foedus.extract.events_build import Codes, build
from foedus.extract.events_frames import Frame, find_frames
from foedus.extract.events_stance import without
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.extract.draft import Draft
    from foedus.language.doc import Token
    from foedus.mentions import Document

_LIGHT = {
    "make", "give", "launch", "carry", "conduct", "issue", "mount", "stage", "voice", "express", "extend", "offer", "deliver",
    "undertake", "send", "pay", "lodge", "level", "hold", "begin", "start", "resume", "continue", "renew", "perform", "provide",
}  # fmt: skip
_OWNERS = {"nmod:poss", "amod", "compound"}
_UNREAL = {"planned", "possible", "alleged", "future", "potential", "proposed", "further", "any", "no", "new", "next"}


def find_noun_event(document: Document, noun: Token) -> Draft | None:
    """The event that a noun names, when both its sides are named with it or by the light verb that it is the object of."""
    for frame in find_frames("noun", noun):
        if "never" in frame.needs or _unreal(noun):
            continue
        verb = noun.head if noun.dep_ in {"obj", "nsubj:pass"} and noun.head.lemma_.lower() in _LIGHT else None
        if verb is not None and document.modality(verb).kind != "actual":
            continue
        if verb is None and "light" in frame.needs:
            continue
        sides = _sides(document, noun, frame, verb)
        if sides is not None:
            return build(document, noun, Codes(frame.type, frame.mode, frame.cameo, frame.context), *sides)
    return None


def _unreal(noun: Token) -> bool:
    return any(c.lower_ in _UNREAL for c in noun.children)


def _sides(document: Document, noun: Token, frame: Frame, verb: Token | None) -> tuple[Side, Side] | None:
    owners = [c for c in noun.children if c.dep_ in _OWNERS] + syntax.obliques(noun, "by")
    if "of" in frame.roles and {"both", "actor"} & frame.needs and not syntax.obliques(noun, "of"):
        owners = [c for c in owners if c.dep_ != "nmod:poss"]  # "his arrest": what is done to him
    actor = find_side(document, owners) if owners else Side()
    if not actor and verb is not None:
        actor = find_actor(document, verb)
    if not actor and "mutual" not in frame.needs and "of" not in frame.roles:
        actor = find_side(document, syntax.obliques(noun, "of"))
    other = find_recipient(document, noun, frame.roles, actor.heads)
    if not other and verb is not None:
        other = find_recipient(document, verb, [r for r in frame.roles if r != "obj"], actor.heads)
    if "mutual" in frame.needs:
        codes = tuple(sorted({*actor.codes, *other.codes}))
        whole = Side(codes, (*actor.spans, *other.spans), actor.sector or other.sector)
        return (whole, Side()) if len(codes) >= 2 and other else None
    recipient = without(other, actor)
    if not actor or not recipient or ("people" in frame.needs and actor.sector in {"", "GOV", "MIL"}):
        return None
    return actor, recipient
