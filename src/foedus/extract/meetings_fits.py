"""Whether the words of a verb fit what its frame needs: people in office on both sides, a place, a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_parties import is_holder
from foedus.extract.meetings_talk import is_passive
from foedus.extract.meetings_words import Frame, is_meeting_noun
from foedus.language import syntax
from foedus.mentions.model import GroupMention, OfficeMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_PRESS = {
    "daily",
    "newspaper",
    "newspapers",
    "reporters",
    "journalists",
    "agency",
    "television",
    "radio",
    "channel",
    "broadcaster",
    "magazine",
    "media",
    "press",
}
_FIRMS = {"directors", "ceo", "ltd", "inc", "plc", "corp", "llc", "company", "corporation"}
_NO_GUESTS = {"team", "teams", "squad", "troops", "soldiers", "tourists", "refugees", "students"}
_FOREIGN = {"ministers", "secretaries", "ministries"}
_COMPANY = {
    "other",
    "others",
    "half",
    "group",
    "groups",
    "people",
    "members",
    "troika",
    "quartet",
    "staff",
    "top",
    "public",
}


def fits(
    document: Document, frame: Frame, verb: Token, who: Parties, others: Parties, heads: list[Token], phone: bool
) -> bool:
    """Whether the words meet what the frame needs of them."""
    if frame.needs == "phone":
        return phone
    if frame.id == "speak_together" and any(t.lower_ in _PRESS for h in heads for t in (h, *h.children)):
        return False
    if frame.needs == "place":
        return document.where(verb) is not None
    if frame.needs == "gathered":
        place = document.where(verb)
        own = place is not None and document.doc[place.root].head.i == verb.i
        here = own or any(c.lower_ == "here" for c in verb.children)
        head = syntax.subject(verb)
        return here and len(who.codes) >= 2 and (is_official(document, who) or (head is not None and is_holder(head)))
    if frame.needs == "both":
        with_official = bool(heads) and bool(others.codes) and is_official(document, others)
        return len(who.codes) >= 2 or with_official or (bool(who.persons) and len((who | others).codes) >= 2)
    if frame.needs in {"person", "call"}:
        if any(t.lower_ in _NO_GUESTS or is_anybody(document, t) for t in heads[:1]):
            return False
        direct = "obj" in frame.roles and not is_passive(verb)
        if direct and any(_is_thing(document, t) for t in syntax.objects(verb)[:1]):
            return False
        if "obj" not in frame.roles and not others.codes and len(who.codes) > 1:
            return (
                frame.needs == "person" and is_official(document, who) and (bool(heads) or _is_plural(document, verb))
            )
        if is_passive(verb) and not others.codes:
            return is_official(document, who)
        return any(is_holder(t) for t in heads) or is_official(document, others)
    if frame.needs == "official":
        if is_passive(verb):
            return True
        things = syntax.objects(verb) if "obj" in frame.roles else []
        return not any(_is_bare_state(document, t) or _is_thing(document, t) for t in things)
    return True


def _is_thing(document: Document, token: Token) -> bool:
    """What cannot be met with as a person can: "met **the ship**", "met the target"."""
    if token.pos_ != "NOUN" or is_holder(token) or is_meeting_noun(token) or token.lower_ in _COMPANY:
        return False
    return not any(
        document.at(token.i, kind) is not None for kind in (PersonMention, OfficeMention, GroupMention, PartyMention)
    )


def is_anybody(document: Document, token: Token) -> bool:
    """ "To host **foreign leaders**", "receive visiting ministers": no people in particular."""
    words = {c.lower_ for c in token.children}
    if words & {"foreign"} and token.lower_ in _FOREIGN:
        words -= {"foreign"}  # "the **foreign ministers** of A and B"
    return token.tag_ == "NNS" and bool(words & {"foreign", "world", "visiting", "such"})


def _is_plural(document: Document, verb: Token) -> bool:
    """Whether several do it: "the two ministers sat down", "A and B dined"."""
    heads = syntax.agents(verb) if not is_passive(verb) else syntax.objects(verb)
    return len(heads) > 1 or any(t.tag_ in {"NNS", "NNPS", "PRP"} or document.at(t.i, GroupMention) for t in heads)


def _is_bare_state(document: Document, token: Token) -> bool:
    """A state by its bare name ("met **Norland** in the final"), no person, office or body of it."""
    if document.at(token.i, PersonMention) is not None or document.at(token.i, OfficeMention) is not None:
        return False
    party = document.at(token.i, PartyMention)
    return party is not None and party.form in {"name", "adjective"}


def is_of_firm(head: Token) -> bool:
    """ "Met A, **chairman of the board of directors of** the mines": somebody who leads a business, whatever state the text is about."""
    words = {t.lower_ for c in head.children if c.dep_ in {"appos", "nmod:desc"} for t in c.subtree}
    return bool({word.rstrip(".") for word in words} & _FIRMS)


def is_official(document: Document, people: Parties) -> bool:
    """Whether some person, office or delegation is among them."""
    if people.persons:
        return True
    spans = set(people.spans)
    return any(m.span in spans for m in document.mentions if isinstance(m, OfficeMention | GroupMention))
