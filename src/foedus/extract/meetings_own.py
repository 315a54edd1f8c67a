"""Whose official somebody is when the words leave it open: the state he is accredited to, the state whose people the report follows."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from foedus.extract.meetings_words import is_frame
from foedus.language import syntax
from foedus.mentions.model import ForumMention, OfficeMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_SECRETARY = re.compile(r"Secretary ?- ?General")
_WITH_SECRETARY = {"org:UN", "org:NATO", "org:OAS", "org:ASEAN", "org:OIC", "org:GCC", "org:Arab League", "org:Commonwealth", "org:SCO", "org:CSTO",
                   "org:OSCE", "org:CARICOM", "org:PIF", "org:ECO", "org:OTS", "org:CICA", "org:OECD", "org:OPEC", "org:SAARC", "org:BIMSTEC"}  # fmt: skip
_KEY = "meetings: states visited"
_ACCREDITED = {"ambassador", "commissioner", "envoy", "representative", "consul", "affaires", "nuncio", "head", "d'affaires", "d’affaires", "minister-counsellor"}  # fmt: skip
_VISITS = {"visit", "trip", "tour", "journey", "mission"}
_COMES = {"arrive", "fly", "travel", "come", "go", "land", "head", "visit", "proceed", "journey", "move"}
_PEOPLE = {
    "side", "delegation", "leadership", "government", "minister", "president", "ambassador", "embassy", "team", "ministry", "people", "authorities",
    "premier", "leader", "envoy", "official", "officials",
}  # fmt: skip
_FEWEST = 2


def secretary_general(document: Document, head: Token) -> Parties:
    """ "The Secretary-General": of the only organisation with one that the report names, or of the United Nations where it is among them."""
    doc, at = document.doc, head.i
    words = " ".join(t.text for t in doc[max(0, at - 2) : at + 3])
    if head.lower_ not in {"secretary", "general"} or not _SECRETARY.search(words):
        return Parties()
    found = {m.code: m for m in reversed(document.all_of(PartyMention)) if m.code in _WITH_SECRETARY}
    chosen = found.get("org:UN") or (next(iter(found.values())) if len(found) == 1 else None)
    return Parties((chosen.code,), (chosen.span, document.span(at, at + 1))) if chosen is not None else Parties()


def accredited_to(document: Document, head: Token | None) -> Parties:
    """The state that an envoy is sent to ("the ambassador of Norland **to Sutland**"), with its words; nothing for other people."""
    if head is None:
        return Parties()
    low, high = document.sentence(head.i)
    for mention in document.within(max(low, head.i - 14), min(high, head.i + 14), PartyMention):
        root = document.doc[mention.root]
        if mention.form not in {"name", "body"} or syntax.preposition(root) != "to" or not root.dep_.startswith("nmod"):
            continue
        at = root.head
        while at.lower_ not in _ACCREDITED and at.dep_.startswith("nmod") and at.head is not at:
            at = at.head
        if at.lower_ in _ACCREDITED and _is_of(document, at, head):
            return Parties((mention.code,), (mention.span,))
    return Parties()


def _is_of(document: Document, office: Token, head: Token) -> bool:
    """Whether an office belongs to the person or office at `head`: the same words, one mention, or one in apposition to the other."""
    if office.i == head.i or office.head.i == head.i or head.head.i == office.i:
        return True
    person = document.at(head.i, PersonMention)
    return person is not None and person.first <= office.i < person.last


def goal_before(document: Document, head: Token) -> Parties:
    """The state that somebody came to in the sentence of a host or the one before ("**flew to Norville** and met the premier")."""
    k = document.sentence_index(head.i)
    first = document.sentences[max(0, k - 1)][0]
    for mention in reversed(document.within(first, head.i, PartyMention)):
        root = document.doc[mention.root]
        if mention.code.startswith("org:") or mention.form == "adjective":
            continue
        if syntax.preposition(root) in {"in", "to", "at"} and root.head.pos_ == "VERB" and root.head.lemma_ in _COMES:
            return Parties((mention.code,), (mention.span,))
    return Parties()


def own_state(document: Document, other: Parties) -> Parties:
    """The state whose official a report follows from one foreign host to the next: the one often named state that is no host's.

    Nothing when several are left. `other` is the side that is known.
    """
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    acting = set[str]()
    for mention in document.all_of(PartyMention):
        if not mention.code.startswith("org:") and document.at(mention.root, ForumMention) is None:
            counts[mention.code] += 1
            acting |= {mention.code} if _acts(document.doc[mention.root], mention) else set()
            first.setdefault(mention.code, mention.span)
    gone = visited(document) | set(other.codes) | _posts(document)
    left = [(code, n) for code, n in counts.most_common() if code not in gone and code in acting and n >= _FEWEST]
    if not left or (len(left) > 1 and left[0][1] < 2 * left[1][1]):
        return Parties()
    return Parties((left[0][0],), (first[left[0][0]],))


def _acts(root: Token, mention: PartyMention) -> bool:
    """Whether a state is named as one that acts or has people ("Norland gave", "the leadership of Norland"), not as a topic or a place."""
    if mention.form in {"body", "seat"} or root.dep_ in {"nsubj", "nsubj:pass", "obl:agent"}:
        return True
    if (
        mention.form == "capital"
        and syntax.preposition(root) not in {"in", "at", "near"}
        and root.head.lemma_ != "visit"
    ):
        return True
    return (
        root.dep_ in {"amod", "compound", "nmod", "nmod:poss"}
        and root.head.lower_ in _PEOPLE
        and syntax.preposition(root) in {"", "of"}
    )


def visited(document: Document) -> set[str]:
    """The states that somebody travels to in the report, or pays a visit to."""
    known = document.notes.get(_KEY)
    if isinstance(known, set):
        return known
    found = set()
    for mention in document.all_of(PartyMention):
        root = document.doc[mention.root]
        above = root.head
        if root.dep_ == "obj" and above.lemma_.lower() == "visit":
            found.add(mention.code)
        going = above.lower_ in _VISITS or (above.pos_ == "VERB" and is_frame(above, "travelling"))
        if going and syntax.preposition(root) in {"to", "for"} and mention.form != "adjective":
            found |= {mention.code} | {m.code for t in syntax.conjuncts(root) if (m := document.at(t.i, PartyMention))}
    document.notes[_KEY] = found
    return found


def _posts(document: Document) -> set[str]:
    """The states of the people who are named with their state in the report."""
    found = {m.person.party for m in document.all_of(PersonMention) if m.form == "name" and m.person.party}
    return found | {m.party for m in document.all_of(OfficeMention) if m.party}
