"""Exercises and patrols: their names, and all who take part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract import likely
from foedus.extract.activities_act import MOST, Act, circumstances, doers, is_word, site_of, status_of, tail_of
from foedus.extract.activities_context import both_sides, other_side
from foedus.extract.activities_partakers import staying_away, taking_part
from foedus.extract.activities_whose import gathered, named_in, whose
from foedus.language import syntax
from foedus.mentions.model import DateMention, ForumMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

_WITH = ("between", "with", "of", "by", "involving", "among", "alongside", "including")


def by_exercise(document: Document, noun: Token, kind: str) -> Act | None:
    """ "X and Y held a joint drill", "Exercise Silver Pike opened in Oslo. Troops from X and Y take part"."""
    if noun.dep_ == "compound" and noun.head.pos_ == "NOUN":
        return None  # "patrol boat", "exercise area"
    if noun.dep_ == "appos" and noun.head.ent_type_ == "EXERCISE":
        return None  # "Silver Pike, the yearly drill": told by its name
    anchor = noun.head.head if is_word("called", noun.head) and noun.head.dep_ == "acl" else noun
    verbs = [] if syntax.preposition(noun) in {"during", "after", "since"} else syntax.governing_verbs(anchor)
    verb = verbs[0] if verbs else noun
    if noun.dep_ == "nsubj" and any(c.dep_ == "cop" for c in noun.head.children):
        verb = noun.head  # "is under way"
    clause = _staged_in(noun)
    if clause is not None and (
        clause.dep_ == "acl" or verb is noun or not (_stages(verb) or is_word("involving", verb))
    ):
        verb = clause
    hosted = verb.dep_ == "acl:relcl" and verb.head is noun
    first, last = syntax.phrase(noun)
    name = name_of(document, noun) if kind == "military exercise" else None
    parties = document.parties_in(first, noun.i + 1)
    for partner in _partners(noun):
        parties |= document.party_of(partner) or document.parties_in(*syntax.phrase(partner))
    if verb is not noun:
        parties |= _of_verb(document, verb, noun)
    if name is not None or verb is not noun:
        parties |= taking_part(document, noun, name, name_of)
    if anchor is not noun:
        parties |= named_in(document, anchor)
    away = staying_away(document)
    parties = Parties(tuple(c for c in parties.codes if c not in away), parties.spans, parties.persons)
    together = len(parties.codes) >= 2 and verb is not noun
    together = together and (_stages(verb) or (is_word("involving", verb) and noun.dep_ == "nsubj"))
    if not (any(is_word("joint", t) for t in document.doc[first : noun.i]) or together or hosted or name is not None):
        return None
    if is_word("flight", noun) and not any(is_word("shared", t) for t in document.doc[first : noun.i]):
        return None  # "direct flights"
    if len(parties.codes) < 2 and (verb is noun or _stages(verb) or syntax.preposition(noun) in _INTO):
        parties |= named_in(document, noun) | (gathered(document, verb) if verb is not noun else Parties())
    if len(parties.codes) == 1:
        come = [verb.head] if verb.dep_ in {"advcl", "xcomp"} else []  # "arrived in Oslo to take part"
        parties |= site_of(document, verb, noun) or site_of(document, *come)
    if len(parties.codes) == 1 or (not parties.codes and _is_shared(document, first, noun, kind)):
        staged = doers(document, verb) if not parties.codes and verb is not noun else Parties()
        if len(staged.codes) > 1:
            parties |= staged
        else:
            parties |= (
                other_side(document, parties, noun, sure=name is None) if parties.codes else both_sides(document, noun)
            )
    if not (2 if name is None else 1) <= len(parties.codes) <= MOST:
        return None
    status = status_of(document, verb, noun)
    if status is not None and verb.dep_ == "acl" and verb is clause:
        status = "planned"  # "to be held in May"
    if status is None or (len(parties.codes) == 1 and not _is_of_many(document, verb, noun)):
        return None
    act = Act(noun, kind, parties, status, document.span(first, last), name=name)
    return circumstances(document, act, verb, noun)


_INTO = {"for", "in", "at", "to", "during", "of"}


_SHOWING = {"see", "involve", "include", "draw", "bring", "feature", "observe", "gather"}
"""With these the clause says who takes part or looks on, not who stages it."""


def _staged_in(noun: Token) -> Token | None:
    """The verb of a clause that says who stages it and when: "the exercise **that Norland will host** in 2024", "**to be held** in May"."""
    clauses = [c for c in noun.children if c.dep_ == "acl:relcl" and c.pos_ == "VERB" and _stages(c)]
    clauses = [c for c in clauses if c.lemma_.lower() not in _SHOWING]
    near = syntax.children(noun, "acl") + (syntax.children(noun.head, "acl") if noun.dep_ == "nmod" else [])
    to_come = [c for c in near if c.i > noun.i and _stages(c) and any(t.lower_ == "to" for t in c.children)]
    return next((c for c in clauses if not syntax.is_passive(c) and syntax.own_subjects(c)), None) or next(
        iter(to_come), None
    )


def _is_of_many(document: Document, verb: Token, noun: Token) -> bool:
    """Whether the report names several states, so that a named exercise of which it gives only the host is one of many."""
    if verb is not noun and any(t.i != noun.i and t not in noun.subtree for t in syntax.own_subjects(verb)):
        return False
    return len({m.code for m in document.all_of(PartyMention)}) > 1


def by_drilling(document: Document, verb: Token) -> Act | None:
    """ "Norland's marines exercised alongside Estonian troops", "their ships will train together": an exercise told by its verb."""
    if not any(is_word("alongside", c) for c in verb.children) and not syntax.obliques(verb, "alongside", "with"):
        return None
    parties = gathered(document, verb) | doers(document, verb)
    for head in syntax.agents(verb):
        parties |= whose(document, head)
    if len(parties.codes) < 2:  # "their ships will train together"
        parties |= likely.taking_part(document, verb.i, least=likely.SURELY)
    status = status_of(document, verb)
    armed = [t for h in syntax.agents(verb) for t in (h, *h.children)]
    if not any(is_word(part, t) for t in armed for part in ("force", "troops", "vessel", "contingent")):
        return None
    if status is None or not 2 <= len(parties.codes) <= MOST or any(is_word("force", o) for o in syntax.objects(verb)):
        return None
    act = Act(verb, "military exercise", parties, status, document.span(*syntax.phrase(verb)))
    return circumstances(document, act, verb, None)


def _is_shared(document: Document, first: int, noun: Token, kind: str) -> bool:
    """Whether it is one joint undertaking: "joint drill"; "joint exercises" at large say nothing of any."""
    if kind == "military exercise" and noun.tag_ in {"NNS", "NNPS"}:
        return False
    return any(is_word("shared", t) for t in document.doc[first : noun.i])


def by_patrolling(document: Document, verb: Token) -> Act | None:
    """ "the two navies will patrol the strait together": a patrol told by its verb."""
    parties = doers(document, verb) | document.parties_at(syntax.obliques(verb, "with", "alongside"))
    jointly = any(is_word("shared", c) for c in verb.children) or bool(syntax.obliques(verb, "with", "alongside"))
    status = status_of(document, verb)
    if not jointly or status is None or not 2 <= len(parties.codes) <= MOST:
        return None
    act = Act(verb, "patrol", parties, status, document.span(*syntax.phrase(verb)))
    return circumstances(document, act, verb, None)


def _stages(verb: Token) -> bool:
    return is_word("staging", verb) or is_word("status", verb) or is_word("taking_part", verb)


def _partners(noun: Token) -> list[Token]:
    found = syntax.obliques(noun, *_WITH)
    found += [t for t in tail_of(noun) if t not in found and syntax.preposition(syntax.first_conjunct(t)) in _WITH]
    for clause in noun.children:
        if clause.dep_ in {"acl", "acl:relcl"} and is_word("involving", clause):
            found += syntax.objects(clause) or syntax.agents(clause)
            found += syntax.obliques(clause, "by", "with", "between")
    return found


def _of_verb(document: Document, verb: Token, noun: Token) -> Parties:
    """Who stages the exercise, or takes part in it; not who only speaks of it."""
    involved = is_word("involving", verb) and noun.dep_ == "nsubj"
    if not _stages(verb) and not involved and syntax.preposition(noun) not in {"for", "in"}:
        return Parties()
    found = document.parties_at(syntax.obliques(verb, "with", "by", "alongside", "between"))
    if verb.lemma_ == "invite":
        return found
    if is_word("taking_part", verb) or involved:
        found |= document.parties_at(o for o in syntax.objects(verb) if o.i != noun.i)
    subject = syntax.subject(verb)
    if subject is None or subject.i == noun.i:
        return found
    return found | doers(document, verb)


def name_of(document: Document, noun: Token) -> tuple[str, Span] | None:
    """The proper name beside "exercise": "Exercise Silver Pike 2024", "the Silver Pike exercise"; marks around it are dropped."""
    if not is_word("exercise_cue", noun):
        return None
    found = (
        _name_after(document, noun)
        or _named_by_verb(document, noun)
        or _named_in_marks(document, noun)
        or _name_before(document, noun)
        or _entity(document, noun)
    )
    words = document.tokens_in([found[1]]) if found is not None else []
    is_day = bool(words) and (document.at(words[0].i, DateMention) is not None or words[0].ent_type_ == "DATE")
    if is_day or any(is_word("flag", t) for t in words):
        return None  # the name of a ship, or a day
    return found


def _name_after(document: Document, noun: Token) -> tuple[str, Span] | None:
    doc, at = document.doc, noun.i + 1
    while at < len(doc) and (doc[at].text in {",", "“", '"', "'", "‘", "("} or is_word("called", doc[at])):
        at += 1
    last = at
    while (
        last < len(doc)
        and not doc[last].is_space
        and (doc[last].text[0].isupper() or (last > at and (doc[last].like_num or doc[last].text == "-")))
        and document.at(last, PartyMention) is None
    ):
        last += 1
    if last > at and doc[at].pos_ == "PROPN":
        span = document.span(at, last)
        return document.words(span), span
    return None


def _named_by_verb(document: Document, noun: Token) -> tuple[str, Span] | None:
    """ "The exercises are named **Silver Pike**"."""
    verb = noun.head
    if not (noun.dep_ in {"nsubj", "nsubj:pass"} and is_word("called", verb)):
        return None
    for entity in document.doc.ents:
        if entity.label_ == "EXERCISE" and verb.i < entity.start <= verb.i + 4 and entity.text[0].isupper():
            span = document.span(entity.start, entity.end)
            return document.words(span), span
    return None


_OPEN, _CLOSE = {"“", '"', "‘", "'"}, {"”", '"', "’", "'"}
_MARKS = _OPEN | _CLOSE
_LONGEST_NAME = 6


def _named_in_marks(document: Document, noun: Token) -> tuple[str, Span] | None:
    """ "A drill with the navy, entitled **“Silver Pike 2024”**"."""
    for verb in [
        c for base in (noun, *syntax.children(noun, "nmod")) for c in syntax.children(base, "acl", "acl:relcl")
    ]:
        at = verb.i + 1
        if not is_word("called", verb) or at >= len(noun.doc) or noun.doc[at].text not in _OPEN:
            continue
        ends = [t.i for t in noun.doc[at + 1 : at + 2 + _LONGEST_NAME] if t.text in _CLOSE]
        if ends and ends[0] > at + 1:
            span = document.span(at + 1, ends[0])
            return document.words(span), span
    return None


def _name_before(document: Document, noun: Token) -> tuple[str, Span] | None:
    doc, first = document.doc, noun.i
    while first > 0 and (
        (doc[first - 1].pos_ == "PROPN" and document.at(first - 1, PartyMention) is None)
        or doc[first - 1].text in _MARKS
    ):
        first -= 1
    while first < noun.i and doc[first].text in _MARKS:
        first += 1
    last = noun.i
    while last > first and doc[last - 1].text in _MARKS:
        last -= 1
    if last - first >= 2 or (last > first and last < noun.i):
        span = document.span(first, last)
        return document.words(span), span
    return None


def _entity(document: Document, noun: Token) -> tuple[str, Span] | None:
    """A name that the model marks as an exercise, in the phrase or an apposition of `noun`."""
    first, last = syntax.phrase(noun)
    for entity in document.doc.ents:
        if entity.label_ == "EXERCISE" and first <= entity.start and entity.end <= last and entity.text[0].isupper():
            span = document.span(entity.start, entity.end)
            return document.words(span), span
    return None


def _is_exercise(document: Document, head: Token) -> bool:
    """Whether the name is no body's or forum's, no ship's, and no scheme's ("the Coast Project")."""
    words = document.doc.tokens[head.left_edge.i : head.i + 1]
    if any(is_word("flag", t) or t.lower_ == "project" or is_word("fund", t) for t in words):
        return False
    return document.at(head.i, PartyMention) is None and document.at(head.i, ForumMention) is None


def by_name(document: Document, first: int, last: int) -> Act | None:
    """An exercise that is only named ("the next Silver Pike will be held at …"): tokens [first, last) marked by the model."""
    doc = document.doc
    head = doc[first:last].root
    if any(is_word("exercise_cue", t) for t in doc[max(first - 2, 0) : min(last + 2, len(doc))]):
        return None
    verbs = syntax.governing_verbs(head)
    told = bool(verbs) and (_stages(verbs[0]) or syntax.preposition(head) in _INTO)
    if not told or not doc[first].text[0].isupper() or not _is_exercise(document, head):
        return None
    span = document.span(first, last)
    name = (document.words(span), span)
    parties = _of_verb(document, verbs[0], head) | taking_part(document, head, name, name_of) | named_in(document, head)
    if len(parties.codes) < 2:
        parties |= gathered(document, verbs[0])
    if len(parties.codes) <= 2:
        parties |= site_of(document, verbs[0], head)
    if len(parties.codes) == 1:
        parties |= other_side(document, parties, head, sure=True)
    status = status_of(document, verbs[0], head)
    if status is None or not 2 <= len(parties.codes) <= MOST:
        return None
    act = Act(head, "military exercise", parties, status, span, name=name)
    return circumstances(document, act, verbs[0], head)
