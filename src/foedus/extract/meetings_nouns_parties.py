"""The parties of a noun of meeting: in its own phrase, in its clause, or in the text before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_bodies import body_of
from foedus.extract.meetings_listed import listed_after
from foedus.extract.meetings_parties import count_of, in_focus, is_holder, lead_pair, named_states, side, subjects
from foedus.extract.meetings_talk import FUTURE_NOUN, Talk
from foedus.extract.meetings_unplaced import is_unplaced, office_here, open_side
from foedus.extract.meetings_words import is_frame
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds
from foedus.mentions.model import Parties, PartyMention, PersonMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_SCENES = {"at", "during", "after", "following", "in", "before"}
_INTERNAL = {"preparatory", "internal", "interagency", "inter-agency", "inter-ministerial", "coordination", "emergency"}
_ANAPHORIC = {"the", "their"}
_OPEN = {"talks", "negotiations", "consultations", "session", "round", "sessions", "rounds", "meeting", "summit"}
_SOME = {"no", "any", "some", "many", "several", "other", "every", "each", "such", "all"}
_RATHER, _MAYBE = 0.5, 0.2
"""Share from which the network takes somebody for a party, and belief from which a word for a deed."""
_TALKS = {"meeting", "dialogue", "negotiating"}
_CAMPS = {"sides", "parties", "factions", "camps", "forces", "generals", "rivals", "groups", "clans", "communities",
          "stakeholders", "actors", "protagonists", "movements"}  # fmt: skip
_PLAIN = {"meeting", "meetings", "talks", "summit"}
_TWO, _THREE = 2, 3


def parties_of_noun(document: Document, noun: Token, talks: list[Talk]) -> tuple[Parties, bool]:
    """The parties of a noun of meeting, and whether they stand in its own phrase."""
    first, _ = syntax.phrase(noun)
    own = side(document, syntax.obliques(noun, "between", "among", "of", "by", "involving"))
    if len(own.codes) < _TWO or not _is_named_by_town(document, noun):
        own |= _outside_clauses(document, first, noun.i + 1)
    for body in syntax.obliques(noun, "of"):
        own |= body_of(document, body, talks).parties or _members(document, body)
    others = side(document, syntax.obliques(noun, "with"))
    if others.codes and _is_of_topic(document, noun, own):
        own = Parties()
    if len(own.codes) == 1 and not others.codes and is_among_themselves(noun):
        return own, True
    if own.codes and len((own | others).codes) >= 2:
        return own | others, True
    if len(others.codes) >= 2:
        return Parties(), True
    verb = next(iter(syntax.governing_verbs(noun)), None)
    if verb is None:
        return own | others, True
    if noun.dep_ in {"nsubj", "nsubj:pass"} and len((own | others).codes) < 2:
        own |= _in_relative(document, noun, talks)
    if noun.dep_ in {"nsubj", "nsubj:pass"} and is_frame(verb, "happening", "postponed", "cancelled"):
        apart = side(document, syntax.obliques(verb, "between", "among", "with"))
        apart = apart if others.codes else apart | _between(document, noun)
        if syntax.is_passive(verb) and verb.lemma_.startswith("co-chair"):
            apart |= side(document, syntax.agents(verb)) | _behind(document, verb, "by")
        if len((own | others | apart).codes) >= 2:
            return own | others | apart, True
    if not others.codes and noun.dep_ in {"obj", "obl"}:
        others = side(document, syntax.obliques(verb, "with"))
    actor = subjects(document, verb, talks) if noun.dep_ not in {"nsubj", "nsubj:pass"} else Parties()
    actor = actor if actor.codes else side(document, syntax.obliques(verb, "between"))
    guests = syntax.obliques(noun, "with")
    if guests and not others.codes and not actor.codes and (place := document.where(noun)) is not None:
        there = office_here(document, guests, place, Parties(), talks)
        rest = open_side(document, there, talks)
        if there.codes and rest.codes:
            return there | rest | Parties((), (), actor.persons), True
    if guests and not others.codes and not actor.codes and any(is_unplaced(document, t) for t in guests):
        return _of_pair(talks), True
    if guests and not others.codes and len(actor.codes) == 1:
        others |= office_here(document, guests, document.where(noun), actor, talks)
    found = own | others
    if own.codes and not others.codes and all(c.startswith("org:") for c in own.codes):
        return own, True
    if not own.codes and len(others.codes) > 1 and not actor.codes:
        return Parties(), True
    if found.codes and (actor | found) and len((actor | found).codes) == 2:
        return actor | found, bool(others.codes)
    if len(found.codes) == 1 and not own.codes and not actor.codes and _is_with_official(document, noun):
        rest = open_side(document, found, talks)
        if rest.codes:
            return found | rest | Parties((), (), actor.persons), True
    if found.codes:
        return found, False
    if any(c.dep_ == "nmod:poss" and c.lower_ in {"his", "her"} for c in noun.children):
        return Parties(), False
    if len(actor.codes) >= 2 and syntax.preposition(noun) and not actor.codes[0].startswith("org:"):
        put_off = is_frame(verb, "postponed", "cancelled") and noun.head.dep_ == "obj" and noun.head.head.i == verb.i
        return actor, put_off or (syntax.preposition(noun) in {"after", "following"} and is_one(noun))
    context = of_context(document, noun, talks)
    if not _refers(noun) and not _is_seen(document, noun, context):
        context = Parties()
    return context if set(actor.codes) <= set(context.codes) else Parties(), False


def is_among_themselves(noun: Token) -> bool:
    """ "Talks between Norland's **warring sides**": of one state's own camps, with nobody else."""
    heads = syntax.obliques(noun, "between", "among")
    return len(heads) == 1 and heads[0].lower_ in _CAMPS


def _is_named_by_town(document: Document, noun: Token) -> bool:
    """ "The **Norville** talks between A and B": where they are, no third party."""
    before = [c for c in noun.children if c.dep_ == "compound" and c.i < noun.i]
    named = [m for c in before if (m := document.at(c.i, PartyMention)) is not None]
    return bool(named) and all(m.form == "capital" for m in named)


def _is_of_topic(document: Document, noun: Token, own: Parties) -> bool:
    """ "**Norland talks** with the Sutlandish minister": the one state named before the noun is what they are about."""
    names = [c for c in noun.children if c.dep_ == "compound" and c.i < noun.i]
    mentions = [m for c in names if (m := document.at(c.i, PartyMention)) is not None and m.form == "name"]
    return len(own.codes) == 1 and any((m.code,) == own.codes for m in mentions)


def _outside_clauses(document: Document, first: int, last: int) -> Parties:
    """Who is named in tokens [first, last) but not in a clause about somebody: "the envoy, **who is a candidate for Norland's** post,"."""
    if any(
        syntax.preposition(syntax.first_conjunct(document.doc[m.root])) in {"in", "at"}
        for m in document.within(first, last, PartyMention)
    ):
        return named_states(document, first, last)
    clauses = [c for c in document.doc[first : last - 1] if c.dep_ == "acl:relcl" and syntax.children(c, "cop")]
    inside = {t.i for clause in clauses for t in clause.subtree}
    if not inside or last - 1 in inside:
        return document.parties_in(first, last)
    found, low = Parties(), first
    for at in range(first, last + 1):
        if at == last or at in inside:
            found |= document.parties_in(low, at) if low < at else Parties()
            low = at + 1
    return found


def _of_pair(talks: list[Talk]) -> Parties:
    """The two parties of all talks told so far, when these are the same two ("the exchange with the minister" of a visit)."""
    pairs = {t.parties.codes for t in talks if len(t.parties.codes) == 2}
    return (
        Parties(talks[-1].parties.codes, talks[-1].parties.spans)
        if len(pairs) == 1 and talks[-1].parties.codes in pairs
        else Parties()
    )


def _in_relative(document: Document, noun: Token, talks: list[Talk]) -> Parties:
    """ "Talks **that A and B were to hold with C** were postponed": the parties of the clause about the talks."""
    for clause in noun.children:
        if clause.dep_ == "acl:relcl" or (clause.dep_ == "acl" and syntax.own_subjects(clause)):
            holding = next(
                (t for t in (clause, *clause.children) if t.pos_ == "VERB" and is_frame(t, "happening", "noun-verb")),
                None,
            )
            if holding is not None:
                return subjects(document, holding, talks) | side(document, syntax.obliques(holding, "with", "between"))
    return Parties()


def _is_with_official(document: Document, noun: Token) -> bool:
    """ "At **the meeting with the minister** of Norland", "during talks with President X": one occasion, with somebody in office."""
    if not is_one(noun) or not (syntax.preposition(noun) in _SCENES or noun.dep_ in {"nsubj", "nsubj:pass", "obj"}):
        return False
    heads = syntax.obliques(noun, "with")
    return any(is_holder(t) or document.at(t.i, PersonMention) is not None for t in heads)


def _members(document: Document, group: Token) -> Parties:
    """ "A meeting of the border guards of Norland and Sutland": the states whose people they are, when the chain names several."""
    found, at = Parties(), [group]
    while at:
        inner = [t for head in at for t in syntax.obliques(head, "of", "from")]
        found |= side(document, inner)
        at = inner
    return found if len(found.codes) > 1 else Parties()


def _refers(noun: Token) -> bool:
    """Whether a noun takes its parties from the text before: "the talks", "their meeting", "after two hours of talks", "the next round"."""
    words = {c.lower_ for c in noun.children}
    if (
        syntax.obliques(noun, "of", "with")
        or words & {"same", "previous", "other", "such"}
        or noun.head.lower_ in {"years", "months", "decades"}
        or (noun.lower_ == "meetings" and not words & {"the", "their", "these"})
    ):
        return False
    if noun.dep_ in {"nsubj", "nsubj:pass"}:
        fresh = (
            noun.lower_ in _OPEN
            and is_frame(noun.head, "happening", "postponed", "cancelled")
            and not syntax.obliques(noun, "with", "on", "about")
            and not is_at_home(noun)
        )
        return bool(words & FUTURE_NOUN or words & _ANAPHORIC or fresh)
    return bool(syntax.preposition(noun) in {"after", "during", "following", "at", "of"} and noun.lower_ in _PLAIN)


def is_at_home(noun: Token) -> bool:
    """ "A preparatory meeting", "a meeting chaired by the adviser": one's own people among themselves."""
    article = any(c.lower_ in {"a", "an"} for c in noun.children)
    led = any(c.dep_ == "acl" and c.lemma_ in {"chair", "preside", "convene", "attend", "lead"} for c in noun.children)
    return article and (led or bool({c.lower_ for c in noun.children} & _INTERNAL))


def _is_seen(document: Document, noun: Token, parties: Parties) -> bool:
    """Whether the network, too, takes the noun for talks and all of them for those who talk."""
    if not any(d.token == noun.i and d.label in _TALKS for d in likely_deeds(document, _MAYBE)):
        return False
    each = partners(document, noun.i).each
    return bool(parties.codes) and min(each.get(code, 0.0) for code in parties.codes) >= _RATHER


def of_context(document: Document, noun: Token, talks: list[Talk]) -> Parties:
    if talks and talks[-1].session and _is_that(document, noun, talks[-1]):
        return talks[-1].parties
    pair = Parties() if talks or not {c.lower_ for c in noun.children} & FUTURE_NOUN else lead_pair(document)
    count = count_of(noun)
    pair = pair if pair.codes else in_focus(document, noun, talks, count)
    if len(pair.codes) >= 2:
        return pair
    low, high = document.sentence(noun.i)
    here = named_states(document, low, high)
    return here if len(here.codes) == count else Parties()


def _is_that(document: Document, noun: Token, last: Talk) -> bool:
    """Whether "the meeting" is the session told shortly before."""
    near = document.sentence_index(noun.i) - document.sentence_index(last.token.i) <= 4
    return near and noun.lower_ in _PLAIN and any(c.lower_ == "the" for c in noun.children)


def _between(document: Document, noun: Token) -> Parties:
    """The list behind "between" in the sentence of a noun, when no other noun of meeting stands nearer to it."""
    return _behind(document, noun, "between")


def _behind(document: Document, token: Token, word: str) -> Parties:
    high = document.sentence(token.i)[1]
    for at in range(token.i + 1, min(high, token.i + 14)):
        if document.doc[at].lower_ == word:
            return listed_after(document, at + 1, high)
    return Parties()


def is_one(noun: Token) -> bool:
    """ "A previous meeting", "the last round", "talks": one occasion, not some of many."""
    words = {c.lower_ for c in noun.children if c.i < noun.i}
    return not words & _SOME and (noun.tag_ in {"NN", "NNP"} or noun.lower_ == "talks")
