"""What is on, though its verb is of the past or of the future: troops that will stay, works for which the ground was broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import is_word
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.extract.activities_act import Act
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.mentions.model import DateMention

_LASTING = {"deployment", "training", "patrol"}
_ON = {"stay", "remain", "keep", "continue", "maintain"}
_FIRST = {"stone", "ground", "foundation", "sleeper", "sod", "keel", "pile"}
"""What is laid, broken, sunk or cut when works begin."""
_BEGIN = {"lay", "break", "sink", "cut", "drive", "turn"}
_PAST = {"VBD", "VBN"}


def is_on(act: Act) -> bool:
    """Whether the act is under way, whatever its status says: who **will stay** is there, and the first stone **was laid**."""
    verbs = [act.token] if act.token.pos_ == "VERB" else syntax.governing_verbs(act.token)
    if not verbs:
        return False
    if act.kind == "deployment" and act.status == "held" and act.date is None and _are_posted(verbs[0]):
        return True
    if act.kind in _LASTING:
        return act.status == "planned" and any(_goes_on(verb) for verb in verbs)
    return act.kind == "project" and act.status in {"planned", "held"} and _has_begun(verbs[0])


def _goes_on(verb: Token) -> bool:
    """ "will keep a ship there", "will carry on with its training", "will remain to train guards"."""
    chain = [verb, *([verb.head] if verb.dep_ in {"advcl", "xcomp"} else [])]
    return any(v.lemma_ in _ON or (v.lemma_ == "carry" and any(c.lower_ == "on" for c in v.children)) for v in chain)


def _are_posted(verb: Token) -> bool:
    """ "has stationed 600 soldiers there", "are based in Norland": not said to be over."""
    present = any(c.lower_ in {"has", "have", "are", "is"} and c.dep_.startswith("aux") for c in verb.children)
    return verb.lemma_ in _POST and verb.tag_ == "VBN" and present


_POST = {"station", "base", "post", "garrison"}


def _has_begun(verb: Token) -> bool:
    """ "broke ground for the railway", "the foundation stone was laid"."""
    things = [*syntax.objects(verb), *syntax.own_subjects(verb)]
    begun = verb.lemma_ in _BEGIN and any(t.lemma_.lower() in _FIRST or is_word("begun_on", t) for t in things)
    return begun and verb.tag_ in _PAST and not any(c.tag_ == "MD" for c in verb.children)


def day_begun(document: Document, act: Act) -> DateMention | None:
    """The day on which the ground was broken for what is built; None for anything else."""
    verbs = [act.token] if act.token.pos_ == "VERB" else syntax.governing_verbs(act.token)
    return document.when(verbs[0]) if act.kind == "project" and verbs else None
