"""Who meets in words that no frame foresees: the names that the network believes in, without hosts, topics and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.likely import is_of_stranger, taking_part
from foedus.extract.meetings_talk import is_passive
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds, party_beliefs
from foedus.mentions.focus import aside
from foedus.mentions.model import ForumMention, Parties, PartyMention, PersonMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

FAIR, DOUBT = 0.7, 0.2
"""Belief from which a name in the sentence counts as a party, and one that leaves the count open."""
RATHER, SURELY = 0.5, 0.85
TOLD, NAMED = 0.1, 0.2
"""How sure it must be that these meet and nobody else: told by a verb, named by a noun. Chosen on `corpus/train` and the development reports."""
MOST = 5
Named = tuple[float, int, Parties]
"""Belief, head token and parties of a name."""
_DEEDS = {"meeting", "dialogue", "visit"}
_ABOUT = {"about", "over", "regarding", "concerning", "on"}
_AT = {"in", "at", "near", "outside", "from"}
_HELPERS = {
    "auspices",
    "chairmanship",
    "mediation",
    "offices",
    "aegis",
    "supervision",
    "request",
    "invitation",
    "presence",
    "leadership",
}
_HELPED = {
    "mediate",
    "broker",
    "facilitate",
    "sponsor",
    "moderate",
    "host",
    "organise",
    "organize",
    "convene",
    "announce",
}
_GREETED = {"welcome", "hail", "applaud", "urge", "encourage"}
_THANKED = {"thank", "praise", "commend", "credit"}
_SAID = {"say", "announce", "confirm", "report", "state", "claim"}
_SIDELINES = {"sidelines", "margins", "fringes", "sideline", "margin", "fringe"}


def is_likely(document: Document, *words: Token | None) -> bool:
    """Whether the network takes one of these words for a deed of talks or a visit, rather than not."""
    at = {token.i for token in words if token is not None}
    return any(deed.token in at and deed.label in _DEEDS for deed in likely_deeds(document, RATHER))


def likely_sides(document: Document, token: Token, verb: Token) -> Parties:
    """The parties of the talks that the word at `token` tells, with their words; empty when it is not clear that there are two.

    Those of whom the network is sure come first, then the names in its own sentence that it believes in.
    """
    low, high = document.sentence(token.i)
    ranked = party_beliefs(document, token.i)
    named = [one for one in ranked if low <= one[1] < high and one[0] >= DOUBT]
    own = [one for one in named if not _is_beside(document, document.doc[one[1]], token)]
    shown = {code for one in own for code in one[2].codes}
    thanked = _thanked(verb)
    own = [one for one in _without_hosts(document, own, verb) if one[1] not in thanked]
    left = {code for one in own for code in one[2].codes}
    if _is_of_others(verb) and partners(document, token.i, shown - left).belief < SURELY:
        return Parties()
    found = taking_part(document, token.i, shown - left, TOLD if token.pos_ == "VERB" else NAMED)
    for belief, _, parties in () if found else own:
        if belief >= FAIR:
            found |= parties
    stranger = is_of_stranger(document, verb) and all(head > verb.i for _, head, _ in own)
    return found if 1 < len(found.codes) <= MOST and not stranger and not _is_ours(own, verb) else Parties()


def _is_ours(own: list[Named], verb: Token) -> bool:
    """ "**We** will meet A and B": who we are is not among the names."""
    subject = syntax.subject(verb)
    ours = subject is not None and subject.lower_ in {"we", "i"} and subject.i < verb.i
    return ours and len({parties.codes for belief, head, parties in own if belief >= FAIR and head > verb.i}) > 1


def _thanked(verb: Token) -> set[int]:
    """ "Thanked **A and B** for hosting the earlier rounds": whose guests they were who thank them."""
    if (
        verb.lemma_ not in _HELPED
        or verb.tag_ != "VBG"
        or syntax.own_subjects(verb)
        or verb.head.lemma_ not in _THANKED
    ):
        return set()
    return {t.i for head in syntax.objects(verb.head) for t in syntax.conjuncts(head)}


def _without_hosts(document: Document, own: list[Named], verb: Token) -> list[Named]:
    """The names without who mediates, and without the host where two others are left: "A hosted talks in which B and C …"."""
    apart = aside(document)
    own = [one for one in own if not set(one[2].codes) & apart]
    helping = verb.lemma_ in _HELPED and not is_passive(verb)
    heads = {t.i for s in [syntax.subject(verb)] if s is not None for t in syntax.conjuncts(s)} if helping else set()
    rest = [one for one in own if one[1] not in heads]
    return rest if len({code for belief, _, parties in rest if belief >= RATHER for code in parties.codes}) > 1 else own


def _is_of_others(verb: Token) -> bool:
    """ "**Welcomed** the start of talks", "A and B say the two rivals will **start** talks": who says it is not who talks."""
    if verb.lemma_ in _GREETED:
        return True
    own = syntax.own_subjects(verb)
    return (
        bool(own)
        and verb.dep_ == "ccomp"
        and verb.head.lemma_ in _SAID
        and all(t.pos_ in {"NOUN", "PROPN"} for t in own)
    )


def _is_beside(document: Document, head: Token, token: Token) -> bool:
    """Whether a name only says what the talks were about, where they were, or who helped: "about Norland", "hosted by Norland"."""
    if head.dep_ in {"amod", "nmod:poss"} and head.head.i == token.i:
        return False
    if syntax.preposition(head) == "for" and head.head.ent_type_ == "OFFICE":
        return True
    if document.at(head.i, ForumMention) is not None and document.at(head.i, PersonMention) is None:
        return True
    named = document.at(head.i, PartyMention)
    if named is not None and named.form == "capital" and head.dep_ == "compound":
        return True
    if head.dep_ == "amod" and head.head.lower_ in {"capital", "city", "town", "port", "resort"}:
        return True
    at = head
    for _ in range(6):
        name = syntax.preposition(at)
        if name in _ABOUT and at.lower_ not in _SIDELINES and at.head.i < at.i:
            return True
        if (
            name in _AT
            and at is head
            and head.dep_.startswith(("obl", "nmod"))
            and head.head.lower_ not in {"counterpart", "counterparts", "colleague", "colleagues"}
        ):
            return True
        if at.lower_ in _HELPERS and at is not head:
            return True
        if at.dep_ == "obl:agent" and at.head.lemma_ in _HELPED:
            return True
        if at.head.i == at.i or at.head.i == token.i or at.pos_ == "VERB":
            return False
        at = at.head
    return False
