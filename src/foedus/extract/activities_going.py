"""Forces on their way: "273 army engineers are due to leave on a mission to Norland", "the Estonian contingent to Norland flew home"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import Act, circumstances, ground, here, is_word, phrase_of, status_of
from foedus.extract.activities_whose import whose
from foedus.language import syntax
from foedus.mentions.model import Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_TO = ("to", "for", "in", "at", "on", "into")


def by_going(document: Document, verb: Token) -> Act | None:
    """ "Estonian peacekeepers left for Norland", "the engineers will be flown to Norland": forces, or students, that set out or arrive."""
    heads = syntax.objects(verb) if syntax.is_passive(verb) else syntax.agents(verb)
    force = next((h for h in heads if _is_force(h)), None)
    schooled = any(is_word("teaching", t) for t in verb.subtree)
    learners = next((h for h in heads if force is None and _are_learners(h, schooled)), None)
    force = force or learners
    status = status_of(document, verb)
    if force is None or status is None or any(c.lower_ in {"home", "back"} for c in verb.children):
        return None
    if any(is_word("exercise_cue", t) for t in verb.subtree):
        return None  # they come for an exercise
    goals = _goals(syntax.obliques(verb, *_TO))
    host = ground(document, goals)
    bodies = document.parties_at(goals)
    owner = whose(document, force) or _origin(document, verb)
    owner = Parties(tuple(c for c in owner.codes if not c.startswith("org:")), owner.spans)
    if not host.codes:
        host = Parties(tuple(c for c in bodies.codes if c.startswith("org:")), bodies.spans)
    parties = owner | host
    if len(owner.codes) != 1 or len(host.codes) != 1 or len(parties.codes) != 2:
        return None
    kind = "deployment" if learners is None else "training"
    act = Act(verb, kind, parties, status, document.span(*syntax.phrase(verb)))
    act.item = phrase_of(document, force) if learners is None else None
    return circumstances(document, act, verb, None)


def _are_learners(head: Token, schooled: bool) -> bool:
    """Whether students or cadets are meant, or people who are said to study: "twenty **students**", "a group of **cadets**", "engineers on scholarships"."""
    people = (head, *syntax.obliques(head, "of"))
    return any(is_word("learner", t) or (schooled and is_word("trainee", t)) for t in people)


def _goals(heads: list[Token]) -> list[Token]:
    """Where they go, through the mission on which they go: "on a mission **to Norland**"."""
    found = []
    for head in heads:
        inner = syntax.obliques(head, "to", "in", "at") if _is_task(head) else []
        found += inner or [head]
    return found


def _is_task(head: Token) -> bool:
    return is_word("mission", head) or is_word("force_noun", head)


def _origin(document: Document, verb: Token) -> Parties:
    """The state that they leave, else the one that the report is written from."""
    left = ground(document, [*syntax.objects(verb), *syntax.obliques(verb, "from")])
    return left or (here(document, verb) if is_word("leaving", verb) else Parties())


def _is_force(head: Token) -> bool:
    """Whether troops or people of an army are meant: "soldiers", "army engineers", "the first group of the battalion"."""
    if is_word("plainly_force", head) or is_word("troops", head):
        return not is_word("vessel", head)
    if is_word("civilian", head) or is_word("trainee", head):
        return any(is_word("martial", c) for c in head.children)
    parts = syntax.obliques(head, "of")
    return is_word("collective", head) and any(is_word("plainly_force", t) or is_word("troops", t) for t in parts)


def by_contingent(document: Document, noun: Token) -> Act | None:
    """ "the 12th Estonian peacekeeping contingent to Norland": forces with a task abroad, whatever is said of them."""
    if not _keeps_peace(noun):
        return None
    owner = whose(document, noun) or _before(document, noun)
    heads = syntax.obliques(noun, "to", "in")
    host = ground(document, heads)
    if len(owner.codes) != 1 or len(host.codes) != 1 or owner.codes == host.codes:
        return None
    top = noun.head if noun.dep_ == "nmod" else noun
    verb = (syntax.governing_verbs(top) or [noun])[0]
    told = [v for v in syntax.conjuncts(verb) if v.pos_ == "VERB"] if verb is not noun else []
    leaving = next((v for v in reversed(told) if is_word("leaving", v)), None)
    status = status_of(document, leaving) if leaving is not None else "ongoing"
    if status is None:
        return None
    act = Act(noun, "deployment", owner | host, status, document.span(*syntax.phrase(noun)))
    act.item = phrase_of(document, noun)
    if leaving is not None:
        circumstances(document, act, leaving, None)
        if any(c.lower_ in {"home", "back"} for v in told for c in v.children):
            act.date, act.until = None, act.date
    act.place = None
    return act


def _keeps_peace(noun: Token) -> bool:
    beside = [*noun.children, *noun.doc[max(noun.i - 1, 0) : noun.i + 1]]
    return any(is_word("peacekeeping", t) for t in beside)


def _before(document: Document, noun: Token) -> Parties:
    """The state by its adjective a few words before, where the parse hangs it elsewhere."""
    found = [m for m in document.within(max(noun.i - _NEAR, 0), noun.i, PartyMention) if m.form == "adjective"]
    return Parties((found[-1].code,), (found[-1].span,)) if found else Parties()


_NEAR = 3
