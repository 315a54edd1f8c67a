"""The party of a person by what he says or does for it: "reaffirmed Peru's commitment", "during her visit to Lima met the minister".

Runs when pronouns and descriptions are resolved. Nothing is concluded where two states are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.affiliations_report import has_office, is_national
from foedus.mentions.focus import SURE, aside, other_in_focus
from foedus.mentions.model import PartyMention, PersonMention, Someone

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document
    from foedus.record import Span

_VOICES = {
    "reaffirm", "reiterate", "restate", "affirm", "convey", "express", "stress", "underline", "underscore", "emphasise", "emphasize",
    "highlight", "pledge", "outline", "confirm", "renew", "repeat", "offer", "voice", "declare", "explain", "defend",
}  # fmt: skip
_OWN = {
    "commitment", "support", "readiness", "determination", "position", "stance", "stand", "gratitude", "appreciation", "interest", "willingness",
    "solidarity", "concern", "desire", "resolve", "policy", "condolence", "condolences", "thanks", "opposition", "intention", "offer", "view",
    "wish", "aspiration", "candidacy", "adherence", "condemnation",
}  # fmt: skip
"""What somebody has who speaks, so that whose it is, is for whom he speaks."""
_VISITS = {"visit", "trip", "tour", "stay"}
_TALKS = {
    "talk",
    "talks",
    "meeting",
    "conversation",
    "call",
    "discussion",
    "discussions",
    "consultation",
    "consultations",
    "briefing",
    "conference",
}
_MEETS = {"meet", "receive", "telephone", "phone", "welcome", "greet", "host", "confer"}
_GREETS = {
    "commend",
    "welcome",
    "support",
    "stand",
    "condemn",
    "remain",
    "reaffirm",
    "thank",
    "congratulate",
    "appreciate",
    "urge",
    "applaud",
    "express",
}
_HAS = {"hold", "have", "give", "conduct"}


def learn_from_words(document: Document) -> None:
    """Give a party to holders of an office without one who speak for a state, visit one, or talk with the other one of two."""
    mentions = [m for m in document.all_of(PersonMention) if m.form != "pronoun" and m.person.office]
    for find in (_speaks_for, _in_turn, _visited, _of_the_other, _of_the_voice):
        for mention in mentions:
            who = mention.person
            if who.party is None and (known := find(document, mention)) is not None:
                who.party, who.party_span = known


_ARGUMENTS = {"nsubj", "obj", "iobj", "obl", "nmod"}


def _top(document: Document, mention: PersonMention) -> Token:
    """The word of office and name that is an argument of something outside them, whichever of the two the parse made it."""
    inside = range(mention.first, mention.last)
    for token in document.doc[mention.first : mention.last]:
        if token.dep_ in _ARGUMENTS and token.head.i not in inside:
            return token
    token = document.doc[mention.root]
    while token.dep_ in {"appos", "flat", "nmod:desc"} and token.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    return token


def _speaks_for(document: Document, mention: PersonMention) -> tuple[str, Span] | None:
    """ "X reaffirmed Peru's commitment": Peru."""
    subject = _top(document, mention)
    verb = subject.head
    if subject.dep_ != "nsubj" or verb.lemma_.lower() not in _VOICES:
        return None
    for noun in syntax.children(verb, "obj"):
        if noun.lemma_.lower() not in _OWN:
            continue
        for child in noun.children:
            state = document.at(child.i, PartyMention) if child.dep_ == "nmod:poss" else None
            if state is not None and state.form in {"name", "capital", "organisation"} and _may_be(state.code, mention):
                return state.code, state.span
    return None


def _may_be(code: str, mention: PersonMention) -> bool:
    return has_office(code, mention.person.office)


def _visited(document: Document, mention: PersonMention) -> tuple[str, Span] | None:
    """The state whose holder of an office somebody meets on a visit to it ("during her visit to Lima, X met the minister, Y")."""
    met = _met(document, mention)
    if met is None or not is_national(mention.person.office):
        return None
    _, subject = met
    own = document.party_of(subject).codes
    low, high = document.sentence(mention.first)
    index = document.sentence_index(mention.first)
    ranges = [(low, high)]
    if index and document.paragraph(document.sentences[index - 1][0]) == document.paragraph(low):
        ranges.append(document.sentences[index - 1])
    for first, last in ranges:
        ends = [
            m for noun in document.doc[first:last] if noun.lemma_.lower() in _VISITS for m in _end(document, noun, last)
        ]
        codes = {m.code for m in ends}
        if len(codes) == 1:
            code = codes.pop()
            return (code, ends[0].span) if len(own) == 1 and code not in own and _may_be(code, mention) else None
        if codes:
            return None
    return None


def _in_turn(document: Document, mention: PersonMention) -> tuple[str, Span] | None:
    """The state that stands in the same place of a list: "went to Peru and Chile, where he met Presidents X and **Y**": Chile."""
    name = _top(document, mention)
    first = syntax.first_conjunct(name)
    verb = first.head
    if (
        verb.dep_ != "acl:relcl"
        or not any(c.lower_ == "where" for c in verb.children)
        or not is_national(mention.person.office)
    ):
        return None
    if not (verb.lemma_.lower() in _MEETS or _talks(verb)):
        return None
    states = [document.at(t.i, PartyMention) for t in syntax.conjuncts(syntax.first_conjunct(verb.head))]
    people = syntax.conjuncts(first)
    if len(states) != len(people) or len(people) < 2 or name not in people:
        return None
    state = states[people.index(name)]
    if state is None or state.form not in {"name", "capital"} or not _may_be(state.code, mention):
        return None
    return state.code, state.span


def _end(document: Document, noun: Token, high: int) -> list[PartyMention]:
    """The state or capital that a visit goes to."""
    doc = document.doc
    if noun.i + 2 >= high or doc[noun.i + 1].lower_ != "to":
        return []
    state = document.at(noun.i + 2 + (doc[noun.i + 2].lower_ == "the"), PartyMention)
    return [state] if state is not None and state.form in {"name", "capital"} else []


def _met(document: Document, mention: PersonMention) -> tuple[Token, Token] | None:
    """The verb of meeting whose object or partner the person is, and its subject."""
    name = _top(document, mention)
    verb = name.head
    partner = name.dep_ == "obj" or (name.dep_ == "obl" and syntax.preposition(name) in {"with", "on", "to"})
    if not partner or verb.pos_ != "VERB" or not (verb.lemma_.lower() in _MEETS or _talks(verb) or _calls_on(verb)):
        return None
    subject = syntax.subject(verb)
    return (verb, subject) if subject is not None and not syntax.is_passive(verb) else None


def _talks(verb: Token) -> bool:
    return verb.lemma_.lower() in _HAS and any(c.lower_ in _TALKS for c in syntax.children(verb, "obj"))


def _calls_on(verb: Token) -> bool:
    """ "paid a courtesy call on", "called on"."""
    return verb.lemma_.lower() in {"call", "pay"}


def _of_the_other(document: Document, mention: PersonMention) -> tuple[str, Span] | None:
    """The other one of the two states of the report, for who talks with a holder of an office of one of them."""
    if not is_national(mention.person.office):
        return None
    name = _top(document, mention)
    verb = name.head
    if name.dep_ != "nsubj" or not (verb.lemma_.lower() in _MEETS or _talks(verb)):
        return None
    others = syntax.children(verb, "obj", "obl")
    nested = [c for noun in others if noun.lower_ in _TALKS for c in syntax.children(noun, "nmod")]
    partners = [t for t in (*others, *nested) if t.dep_ == "obj" or syntax.preposition(t) == "with"]
    known = {p.party for t in partners if (p := _person(document, t)) is not None and p.party and is_national(p.office)}
    if len(known) != 1:
        return None
    code = known.pop()
    other = other_in_focus(document, code, SURE)
    if other.codes and _may_be(other.codes[0], mention):
        return other.codes[0], other.spans[0]
    states = {m.code: m.span for m in reversed(document.all_of(PartyMention)) if not m.code.startswith("org:")}
    rest = [c for c in states if c != code and c not in aside(document)]
    return (rest[0], states[rest[0]]) if code in states and len(rest) == 1 and _may_be(rest[0], mention) else None


def _of_the_voice(document: Document, mention: PersonMention) -> tuple[str, Span] | None:
    """The state in whose name a readout speaks ("The United States **commends** both governments"), for whoever it tells of that met others."""
    name = _top(document, mention)
    if name.dep_ != "nsubj" or not is_national(mention.person.office) or document.in_quote(mention.start):
        return None
    high = document.sentence(mention.first)[1]
    met = {m.person.party for m in document.within(name.head.i, high, PersonMention)} - {None}
    voices = {m.code: m.span for m in document.all_of(PartyMention) if _is_voice(document, m)}
    if len(voices) != 1 or not met or set(voices) & met:
        return None
    code, span = next(iter(voices.items()))
    return (code, span) if _may_be(code, mention) else None


def _is_voice(document: Document, state: PartyMention) -> bool:
    root = document.doc[state.root]
    verb = root.head
    own = state.form == "name" and root.dep_ == "nsubj" and verb.tag_ in {"VBZ", "VBP"} and verb.dep_ == "ROOT"
    return own and verb.lemma_ in _GREETS and not document.in_quote(state.start)


def _person(document: Document, token: Token) -> Someone | None:
    for one in (token, *syntax.children(token, "appos", "flat")):
        found = document.at(one.i, PersonMention)
        if found is not None:
            return found.person
    return None
