"""Who meets in words that no frame foresees: the names that the network believes in, without hosts, topics and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.likely import taking_part
from foedus.extract.meetings_parties import is_holder
from foedus.extract.meetings_talk import is_passive
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds, party_beliefs
from foedus.mentions.focus import aside, other_in_focus, pair_in_focus
from foedus.mentions.model import ForumMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

FAIR, SURE, DOUBT = 0.7, 0.9, 0.2
"""Belief from which a name in the sentence counts as a party, one in a sentence before, and one that leaves the count open."""
RATHER = 0.5
MOST = 5
Named = tuple[float, int, Parties]
"""Belief, head token and parties of a name."""
_DEEDS = {"meeting", "dialogue", "visit"}
_BACK = 2
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
_SAID = {"say", "announce", "confirm", "report", "state", "claim"}
_MEETING = {"meet", "see", "receive", "visit", "consult"}
_SIDELINES = {"sidelines", "margins", "fringes", "sideline", "margin", "fringe"}


def is_likely(document: Document, *words: Token | None) -> bool:
    """Whether the network takes one of these words for a deed of talks or a visit, rather than not."""
    at = {token.i for token in words if token is not None}
    return any(deed.token in at and deed.label in _DEEDS for deed in likely_deeds(document, RATHER))


def likely_sides(document: Document, token: Token, verb: Token, *, open_: bool) -> Parties:
    """The parties of the talks that the word at `token` tells, with their words; empty when it is not clear that there are two.

    Those of whom the network is sure come first, then names in its own sentence. Where it has just one, and no other that is in doubt, the other of the pair that the
    report is about joins it, else the likeliest name in the sentences before; with `open_` false nothing joins it.
    """
    low, high = document.sentence(token.i)
    ranked = party_beliefs(document, token.i)
    named = [one for one in ranked if low <= one[1] < high and one[0] >= DOUBT]
    own = [one for one in named if not _is_beside(document, document.doc[one[1]], token)]
    beside = {code for one in named if one not in own for code in one[2].codes}
    shown = {code for one in own for code in one[2].codes}
    own = _without_hosts(document, own, verb)
    left = {code for one in own for code in one[2].codes}
    if _is_of_others(verb):
        return Parties()
    found = taking_part(document, token.i, (shown - left) | aside(document))
    for belief, _, parties in () if found else own:
        if belief >= FAIR:
            found |= parties
    if len(found.codes) > 1:
        one_side = _is_one_side(document, own, verb) or _are_guests(own, token)
        return found if len(found.codes) <= MOST and not one_side else Parties()
    if not open_ or any(set(parties.codes) - set(found.codes) for _, _, parties in own) or _is_about_another(verb):
        return Parties()
    likely = {code: belief for belief, _, parties in reversed(ranked) for code in parties.codes}
    if not found.codes:
        pair = pair_in_focus(document)
        alone = pair.codes and all(likely.get(code, 0) >= SURE for code in pair.codes)
        return pair if alone and _has_people(document, token, verb) else Parties()
    if all(code.startswith("org:") for code in found.codes):
        return Parties()
    other = other_in_focus(document, found.codes[0])
    if _scenes(document, low, high) - {*found.codes, *other.codes}:
        return Parties()  # elsewhere than with the other of the pair
    if other.codes and likely.get(other.codes[0], 0) >= FAIR and not set(other.codes) & beside:
        return found | other
    first = document.sentences[max(0, document.sentence_index(token.i) - _BACK)][0]
    before = [
        parties
        for belief, head, parties in ranked
        if belief >= SURE and first <= head < low and len(parties.codes) == 1
        if parties.codes != found.codes and not set(parties.codes) & (beside | aside(document))
    ]
    return found | before[0] if len({parties.codes for parties in before}) == 1 else Parties()


def _without_hosts(document: Document, own: list[Named], verb: Token) -> list[Named]:
    """The names without who mediates, and without the host where two others are left: "A hosted talks in which B and C …"."""
    apart = aside(document)
    own = [one for one in own if not set(one[2].codes) & apart]
    helping = verb.lemma_ in _HELPED and not is_passive(verb)
    heads = {t.i for s in [syntax.subject(verb)] if s is not None for t in syntax.conjuncts(s)} if helping else set()
    rest = [one for one in own if one[1] not in heads]
    return rest if len({code for belief, _, parties in rest if belief >= FAIR for code in parties.codes}) > 1 else own


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


def _are_guests(own: list[Named], token: Token) -> bool:
    """Whether all the names hang on the "with" of the talks: "in meetings **with** the presidents of A and B"."""
    guests = {k.i for t in syntax.obliques(token, "with") for k in t.subtree}
    return bool(guests) and all(head in guests for belief, head, _ in own if belief >= FAIR)


def _is_one_side(document: Document, own: list[Named], verb: Token) -> bool:
    """Whether all the names are of those whom somebody meets: "**we** will meet A and B" tells of no talks of A with B."""
    subject = syntax.subject(verb)
    if verb.lemma_ not in _MEETING or is_passive(verb) or subject is None or subject.i > verb.i:
        return False
    if subject.tag_ in {"NNS", "NNPS"} or subject.lower_ in {"who", "which", "that"}:
        return False
    return all(head > verb.i for belief, head, _ in own if belief >= FAIR)


def _scenes(document: Document, low: int, high: int) -> set[str]:
    """The states by whose name a sentence says where it happens."""
    states = document.within(low, high, PartyMention)
    return {m.code for m in states if syntax.preposition(document.doc[m.root]) in {"in", "at"}}


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


def _is_about_another(verb: Token) -> bool:
    """ "The promise that delegates **talked** about": a clause about a thing, whose own subject is nobody named."""
    return verb.dep_ in {"acl:relcl", "acl"} and bool(syntax.own_subjects(verb)) and verb.head.pos_ == "NOUN"


def _has_people(document: Document, token: Token, verb: Token) -> bool:
    """Whether the subject is somebody known ("he", "they"), and nobody else stands beside the talks ("a meeting of the advisers")."""
    if any(is_holder(t) for t in syntax.obliques(token, "of", "between", "among", "with")):
        return False
    head = syntax.subject(verb)
    return head is None or head.pos_ == "PRON" or document.at(head.i, PersonMention) is not None
