"""Which of the acts that the readers found are none of their own: what another kind tells, what only the network sees in words that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import Act, is_word
from foedus.extract.activities_likely import by_likeness
from foedus.language import syntax
from foedus.mentions.model import PersonMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from foedus.mentions import Document

_MAKING = ("do_make", "making_noun", "venture")
_TRADE = {"sell", "buy", "export", "import", "order", "purchase"}
_PAIR, _SURE = 2, 0.7
_OF_GOODS = {"aid", "arms transfer"}
_ANY = {"group", "force", "detachment", "squadron"}
"""Words for ships that are mostly words for troops."""


def told_once(document: Document, acts: list[Act]) -> list[Act]:
    """The acts without visits of troops that are a deployment, and deployments of arms that are given for good in the same sentence."""
    places = {(a.kind, document.sentence_index(a.token.i), a.parties.codes) for a in acts}
    calls = {act.parties.codes for act in acts if act.kind == "port call"}
    visits = [set(act.parties.codes) for act in acts if act.kind == "visit"]
    kept = []
    for act in acts:
        where = document.sentence_index(act.token.i)
        only_seen = act.kind == "visit" and act.readers == (by_likeness,) and len(act.host) < _PAIR
        if only_seen and any(codes < set(act.parties.codes) for codes in visits):
            continue  # the two of another visit, and a third beside them
        if (
            act.kind == "visit"
            and act.parties.codes in calls
            and not act.parties.persons
            and not _is_of_people(document, act)
        ):
            continue  # the visit of the ship
        if act.kind == "deployment" and ("port call", where, act.parties.codes) in places:
            continue  # ships that arrive
        if act.kind == "visit" and ("deployment", where, act.parties.codes) in places:
            if any(is_word(part, t) for t in syntax.agents(act.token) for part in ("plainly_force", "troops")):
                continue
        elif act.kind == "training" and any(_is_given_in(document, act, a) for a in acts):
            continue
        elif act.kind == "deployment" and act.item is not None:
            given = [a for a in acts if a.kind == "arms transfer" and document.sentence_index(a.token.i) == where]
            if any(
                set(act.parties.codes) <= set(a.parties.codes) and a.item and a.item[0] == act.item[0] for a in given
            ):
                continue
        kept.append(act)
    return kept


def is_sound(document: Document, act: Act) -> bool:
    """Whether what the network alone sees is told in fitting words; a day that is not its own is taken from it."""
    if act.kind == "port call":
        low, high = document.sentence(act.token.i)
        return any(
            is_word("flag", t) or (is_word("vessel", t) and t.lemma_.lower() not in _ANY)
            for t in document.doc[low:high]
        )
    if act.kind == "visit":
        verb = act.token if act.token.pos_ == "VERB" else (syntax.governing_verbs(act.token) or [act.token])[0]
        if verb.dep_ == "acl:relcl" and is_word("exercise_cue", verb.head):
            return False  # "the exercise that X will host"
        return not any(is_word("freighter", t) for t in syntax.agents(verb))  # "the train made its first trip"
    if act.kind == "co-production":
        low, high = document.sentence(act.token.i)
        return any(is_word(part, t) for t in document.doc[low:high] for part in _MAKING)
    if act.kind == "aid":
        verb = act.token if act.token.pos_ == "VERB" else (syntax.governing_verbs(act.token) or [act.token])[0]
        tokens = document.tokens_in([act.item[1]]) if act.item is not None else []
        if any(is_word("surety", t) for t in verb.subtree):
            return False  # money that is not given
        if verb.lemma_.lower() in _TRADE or any(t.tag_ == "PRP$" for t in tokens[:1]):
            return False  # sold, or "its notice of withdrawal"
    if act.kind in _OF_GOODS and len(act.parties.codes) > _PAIR:
        told = partners(document, act.token.i)
        if told.belief >= _SURE and len(told.parties.codes) >= _PAIR:
            act.parties = told.parties
    before = document.doc[max(act.token.left_edge.i - 2, 0) : act.token.i]
    if act.kind == "military exercise" and any(t.lower_ in {"ahead", "before"} for t in before):
        act.date = None
    return True


def _is_of_people(document: Document, act: Act) -> bool:
    """Whether somebody is said to come: a delegation, a minister."""
    heads = syntax.agents(act.token) if act.token.pos_ == "VERB" else syntax.children(act.token, "nmod:poss")
    who = [*heads, *syntax.obliques(act.token, "of", "by")]
    return any(is_word("traveller", t) or document.at(t.i, PersonMention) is not None for t in who)


def _is_given_in(document: Document, act: Act, gift: Act) -> bool:
    """Whether the training is part of what is given: "two million dollars' worth of **training** and equipment"."""
    if gift.kind not in {"aid", "arms transfer"} or gift.parties.codes != act.parties.codes or gift.item is None:
        return False
    start, end = gift.item[1]
    return start < act.token.idx < end


def without_those_who_come(document: Document, acts: list[Act]) -> list[Act]:
    """The acts without deployments that only bring the troops of an exercise which the same paragraph tells of."""
    exercises = {
        (document.paragraph(act.token.i), act.parties.codes) for act in acts if act.kind == "military exercise"
    }
    drilling = [set(codes) for _, codes in exercises]
    given = {act.token.i for act in acts if act.kind == "arms transfer"}
    return [
        a
        for a in acts
        if a.kind != "deployment"
        or not (
            a.token.i in given  # "will provide helicopters": arms, and not their crews
            or (document.paragraph(a.token.i), a.parties.codes) in exercises
            or (a.readers == (by_likeness,) and any(set(a.parties.codes) <= codes for codes in drilling))
        )
    ]
