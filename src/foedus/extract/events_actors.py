"""Who acts and who is acted on: the parties and sectors of noun phrases, with what a clause leaves unsaid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import bound, named_last, together
from foedus.extract.events_frames import counted, frames, object_heads, sector_words
from foedus.language import syntax
from foedus.mentions.focus import pair_in_focus
from foedus.mentions.model import NOBODY, Parties, PartyMention, PersonMention, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

_PRONOUNS = {"it", "they", "he", "she", "we", "i", "who", "which", "that", "them", "him", "her"}
_DOMESTIC = {
    "OPP",
    "REB",
    "CVL",
    "LAB",
    "AGR",
    "EDU",
    "JRN",
    "PTY",
    "LEG",
    "JUD",
    "COP",
    "MIL",
    "GOV",
    "REF",
    "REL",
    "SPY",
}
_IN_THE_STREET = {"protester", "protestor", "demonstrator", "crowd", "rioter", "striker", "voter", "mob"}
_CIRCUMSTANCE = {
    "following",
    "after",
    "before",
    "during",
    "amid",
    "since",
    "despite",
    "over",
    "because of",
    "regarding",
    "concerning",
}
"""Prepositions behind which nobody is named who is meant by the noun before."""
_AROUND = _CIRCUMSTANCE | {"on", "at", "ahead of", "in front of"}
"""Prepositions of the time and occasion of an act, whose phrase says nothing of its other side."""
_MOST = 6
"""A phrase with more parties than this names no actor."""


@dataclass(slots=True, frozen=True)
class Side:
    """One side of an event: party codes with their words, the PLOVER sector ("" when the words show none), persons there."""

    codes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    sector: str = ""
    person: bool = False
    heads: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.codes)


def find_side(document: Document, heads: Iterable[Token], stop: Token | None = None, places: bool = False) -> Side:
    """The side that noun phrases stand for, clauses cut off; `places` lets a place stand for its country."""
    tokens = [t for head in heads for inner in _behind_dateline(document, head) for t in (inner, *counted(inner))]
    found = NOBODY
    for head in tokens:
        found |= _of_head(document, head, stop)
    if not found.codes and places:
        for head in tokens:
            found |= _of_places(document, head)
    sector = next((s for head in tokens if (s := sector_of(document, head))), "")
    person = bool(found.persons) or any(is_human(document, head) for head in tokens)
    return Side(found.codes, found.spans, sector, person, tuple(head.i for head in tokens))


def _behind_dateline(document: Document, head: Token) -> list[Token]:
    """The head itself, or for a word of the dateline the phrases that the parse hangs on it."""
    line = document.dateline
    if line is None or not line.start <= head.idx < line.end:
        return [head]
    return [c for c in head.children if c.idx >= line.end and c.pos_ in {"NOUN", "PROPN"} and c.dep_ != "conj"]


def _of_head(document: Document, head: Token, stop: Token | None) -> Parties:
    lives = _home_of_people(document, head)
    if lives or _ethnic(head):
        return lives
    found = document.party_of(head)
    several = any(c.dep_ == "conj" for t in (head, *head.children) for c in t.children)
    if found.codes and not several and not any(c.dep_ in {"flat", "nmod:desc", "appos"} for c in head.children):
        return found
    first, last = syntax.phrase(head)
    if stop is not None and first < stop.i < last:
        first, last = (first, stop.i) if head.i < stop.i else (stop.i + 1, last)
    last = min(
        [last, *(c.left_edge.i for c in head.children if c.i > head.i and syntax.preposition(c) in _CIRCUMSTANCE)]
    )
    inside = _parties_inside(document, first, last)
    if not inside.codes or len(inside.codes) > _MOST:
        return found
    return found | inside if several or not found.codes else found


def _parties_inside(document: Document, low: int, high: int) -> Parties:
    """The parties named in tokens [low, high), without those that only describe ("Norland-backed"; "Norland-led forces" are its own)."""
    found = document.parties_in(low, high)
    doc, named = document.doc, document.within(low, high, PartyMention)
    kept = [m for m in named if not (m.last + 1 < high and doc[m.last].text == "-" and _is_beside(doc[m.last + 1]))]
    if len(kept) == len(named) or not set(found.spans) <= {m.span for m in named}:
        return found
    return Parties(tuple(sorted({m.code for m in kept})), tuple(m.span for m in kept))


def _is_beside(word: Token) -> bool:
    """Whether a participle behind a hyphen makes a party only one that helps or leads; led forces are its own."""
    if word.lower_ == "led" and _own_sector(word.head) in {"MIL", "REB", "COP"}:
        return False
    return word.lower_ in frames("beside")


def _home_of_people(document: Document, head: Token) -> Parties:
    """The state where a people lives that is named with it ("the Norlanders of eastern Sudria", "rebels in Sudria")."""
    party = document.at(head.i, PartyMention)
    demonym = party is not None and party.form == "adjective"
    if not demonym and _own_sector(head) not in {"REB", "CVL", "OPP", "LAB"}:
        return NOBODY
    found = NOBODY
    for inner in syntax.obliques(head, "in", "of"):
        if document.at(inner.i, PersonMention) is None and not _own_sector(inner):
            named = document.party_of(inner)
            found |= named if named.codes else _of_places(document, inner)
    return found if len(found.codes) == 1 else NOBODY


def _ethnic(head: Token) -> bool:
    """Whether a people, not a state, is meant ("ethnic Norlanders")."""
    return any(c.lower_ in {"ethnic", "minority"} for c in head.children)


def _of_places(document: Document, head: Token) -> Parties:
    """The country of the place that a phrase is or contains ("positions near Lyon")."""
    first, last = syntax.phrase(head)
    for mention in document.all_of(PlaceMention):
        if mention.country and first <= mention.first < last:
            return Parties((mention.country,), (mention.span,))
    return NOBODY


def sector_of(document: Document, head: Token) -> str:
    """The PLOVER sector of a noun phrase: of its head, of a word before it, else GOV for a state's name or a person in office."""
    words = sector_words()
    for token in (
        head,
        *(c for c in head.children if c.dep_ in {"compound", "amod", "nmod:desc", "flat", "nmod:poss", "appos"}),
    ):
        for form in (token.lower_, token.lemma_.lower()):
            if form in words:
                return words[form]
    person = document.at(head.i, PersonMention)
    if person is not None:
        return "GOV" if person.person.office else ""
    party = document.at(head.i, PartyMention)
    if party is not None and party.form == "adjective" and head.pos_ in {"NOUN", "PROPN"}:
        return "CVL"
    return "GOV" if party is not None and not party.code.startswith("org:") else ""


def is_human(document: Document, head: Token) -> bool:
    """Whether a phrase stands for people: a person, or a noun with a sector of its own."""
    return document.at(head.i, PersonMention) is not None or head.ent_type_ == "PERSON" or bool(_own_sector(head))


def is_anaphor(document: Document, head: Token) -> bool:
    """Whether a noun phrase only points back: "it", "this", "the step", "that decision", "both sides"."""
    if head.lower_ in {"it", "this", "that", "them"}:
        return True
    if _own_sector(head) in _DOMESTIC - {"GOV", "MIL"}:
        return False  # "the insurgents"
    definite = any(
        c.lower_ in {"the", "this", "that", "these", "those", "both"}
        for c in head.children
        if c.dep_ in {"det", "advmod"}
    )
    others = [c for c in head.children if c.dep_ in {"nmod", "nmod:poss", "acl", "acl:relcl", "compound"}]
    return definite and not others and head.pos_ == "NOUN" and not document.party_of(head).codes


def _own_sector(head: Token) -> str:
    words = sector_words()
    return words.get(head.lower_) or words.get(head.lemma_.lower()) or ""


def find_actor(document: Document, verb: Token) -> Side:
    """Who does what `verb` says: its subject or by-phrase, understood subjects and "it said it would" included."""
    subjects = syntax.own_subjects(verb) if verb.pos_ == "ADJ" or is_state(verb) else []
    heads = subjects or syntax.agents(verb) or syntax.children(verb, "expl")
    heads = [_speaker_for(document, head) for head in heads]
    if len(heads) == 1 and is_document(heads[0]):
        return _who_say(document, heads[0])
    side = find_side(document, heads, stop=verb)
    if side:
        return side
    if not syntax.is_passive(verb) and not _is_domestic(side) and (said := bound(document, verb)).codes:
        return Side(said.codes, said.spans, side.sector or "GOV", side.person, side.heads)
    return Side((), (), side.sector, side.person, side.heads) if heads else side


def is_document(head: Token) -> bool:
    """Whether a text speaks for those that issued it ("the joint statement calls on …")."""
    joint = any(c.lower_ in {"joint", "final", "closing"} for c in head.children)
    return head.lemma_.lower() in frames("joint_text") or (joint and head.lemma_.lower() in frames("document"))


def _who_say(document: Document, head: Token) -> Side:
    """Those that issued a joint text: named with it, else together before it."""
    named = document.party_of(head)
    found = named if len(named.codes) > 1 else named_last(document, head.i) or pair_in_focus(document)
    return Side(found.codes, found.spans, "GOV", False, (head.i,)) if found.codes else Side()


def _is_domestic(side: Side) -> bool:
    """Whether people are meant that act for no state ("the rebels", "protesters")."""
    return side.sector not in {"", "GOV", "MIL"}


def is_state(verb: Token) -> bool:
    """Whether a participle is meant as an adjective ("is opposed to", "is prepared to"), whatever the parse makes of it."""
    known = verb.lower_ in frames("adj") or verb.lower_ in frames("stance")
    return known and verb.tag_ == "VBN" and syntax.is_passive(verb)


def _speaker_for(document: Document, head: Token) -> Token:
    """For a pronoun that no mention resolves, the subject of the say-verb or clause above it; else the token itself."""
    if head.lower_ not in _PRONOUNS or document.party_of(head).codes:
        return head
    verb = head.head
    for _ in range(4):
        if verb.dep_ in {"ccomp", "parataxis", "advcl", "conj", "xcomp", "acl:relcl"} and verb.head is not verb:
            above = [t for t in syntax.own_subjects(verb.head) if t.i != head.i]
            if above and above[0].lower_ not in _PRONOUNS:
                return above[0]
            verb = verb.head
        else:
            break
    said = [t for t in syntax.children(verb, "parataxis") if t.pos_ == "VERB"]
    return next((t for one in said for t in syntax.own_subjects(one)), head)


def find_recipient(document: Document, word: Token, roles: Iterable[str], skip: Iterable[int] = ()) -> Side:
    """The other side, in the order of `roles`: object first, then prepositions of the word, of its object and of its complement."""
    named = list(roles)
    heads = object_heads(word) if {"obj", "iobj"} & set(named) and word.pos_ == "VERB" else []
    skipped = set(skip)
    heads = [head for head in heads if head.i not in skipped]
    if "iobj" in named and "obj" in named[named.index("iobj") :]:
        heads.sort(key=lambda head: head.dep_ != "iobj")
    prepositions = [role for role in named if role not in {"obj", "iobj"}]
    by_object = bool(named) and named[0] in {"obj", "iobj"}
    if by_object and heads and (side := find_side(document, heads, places=True)):
        own = find_side(document, [document.doc[i] for i in sorted(skipped)])
        if len(side.codes) > 1 and set(side.codes) == set(own.codes):  # "Norland and Sudria urged both sides"
            return _told_before(document, heads) or side
        return side
    owners = [c for head in heads for c in syntax.children(head, "nmod:poss")] if not by_object else []
    if owners and (side := find_side(document, owners)) and not set(side.heads) & skipped:
        own = find_side(document, [document.doc[i] for i in sorted(skipped)])
        if set(side.codes) - set(own.codes):  # "rejected Norland's request for help from Sudria"
            return side
    if side := _by_preposition(document, word, prepositions, skipped):
        return side
    if heads and not by_object and (side := find_side(document, heads, places=True)):
        return side
    return _told_before(document, heads) or _of_clause(document, heads)


def _told_before(document: Document, heads: list[Token]) -> Side:
    """Those named together before whom a plural object only points at ("congratulated the sides", "urged both governments")."""
    for head in heads:
        several = head.tag_ in {"PRP", "CD", "DT"} or any(c.lower_ in {"the", "both", "these"} for c in head.children)
        found = together(document, head, apart=True) if several else NOBODY
        if found.codes:
            return Side(found.codes, found.spans, "GOV", True, (head.i,))
    return Side()


def _of_clause(document: Document, heads: list[Token]) -> Side:
    """Whose the object is by the clause that describes it: "the plan put forward by Norland", "the conference that Norland is preparing"."""
    for head in heads:
        for clause in syntax.children(head, "acl:relcl", "acl"):
            own = syntax.children(clause, "nsubj", "obl:agent") + syntax.obliques(clause, "by")
            side = find_side(document, [t for one in own for t in syntax.conjuncts(one) if t.i != head.i], stop=clause)
            if side:
                return side
    return Side()


def _by_preposition(document: Document, word: Token, prepositions: list[str], skipped: set[int]) -> Side:
    beside = [c for c in syntax.children(word, "xcomp", "obl") if syntax.preposition(c) not in _AROUND]
    bases = [word, *object_heads(word), *beside] if word.pos_ == "VERB" else [word]
    for preposition in prepositions:
        for base in bases:
            heads = [t for t in syntax.obliques(base, preposition) if t.i not in skipped and t.ent_type_ != "DATE"]
            if heads and (side := find_side(document, heads, places=True)):
                return side
    return Side()


def inside(document: Document, word: Token, other: Side, own: bool = False) -> Side:
    """The parties anywhere in a complement, those of `other` left out unless `own`: "agreed to open a centre in Lima"."""
    found = _parties_inside(document, word.left_edge.i, word.right_edge.i + 1)
    codes = tuple(code for code in found.codes if code not in other.codes)
    if not codes and own and found.codes and not set(found.spans) & set(other.spans):
        codes = found.codes
    if not codes or len(codes) > _MOST:
        return Side()
    return Side(codes, found.spans, "")


def of_purpose(document: Document, verb: Token, actor: Side) -> Side:
    """The other side in what the act is for ("opened fire to disperse …", "opened the bridge to let … through")."""
    for clause in syntax.children(verb, "advcl", "xcomp"):
        if clause.i < verb.i or any(c.lower_ not in {"to", "in", "by"} for c in syntax.children(clause, "mark")):
            continue
        roles = ("obj", "to", "against", "on", "from", "for", "with")
        side = find_recipient(document, clause, roles, actor.heads)
        if set(side.codes) - set(actor.codes):
            return side
        if own := same_state(document, clause, roles, actor):
            return own
    return Side()


def same_state(document: Document, word: Token, roles: Iterable[str], actor: Side) -> Side:
    """A recipient of the actor's own state that the words give without its nationality ("arrested opposition leaders")."""
    if len(actor.codes) != 1 or actor.codes[0].startswith("org:"):
        return Side()
    heads = object_heads(word) if {"obj", "iobj"} & set(roles) else []
    heads += syntax.obliques(word, *[r for r in roles if r not in {"obj", "iobj", "in", "at"}] or ["against"])
    heads += [inner for head in heads for inner in syntax.obliques(head, "of", "from", "by")]
    for head in heads:
        sector = sector_of(document, head)
        domestic = sector in {"OPP", "REB", "LEG", "PTY", "LAB", "EDU", "JRN"}
        domestic |= head.lemma_.lower() in _IN_THE_STREET and actor.sector in {"GOV", "COP", "LEG", "JUD"}
        ruler = (
            sector == "GOV"
            and actor.sector not in {"", "GOV", "MIL"}
            and document.at(head.i, PersonMention) is not None
        )
        if (domestic or ruler) and not document.party_of(head).codes:
            return Side(actor.codes, (document.span(*syntax.phrase(head)),), sector, True, (head.i,))
    return Side()


def territorial(document: Document, verb: Token, patient: Side) -> Side:
    """The state on whose ground somebody is held or tried, for a passive that names no agent ("was arrested in Norland")."""
    for head in syntax.obliques(verb, "in", "at"):
        side = find_side(document, [head], places=True)
        if len(side.codes) == 1 and not side.codes[0].startswith("org:") and side.codes != patient.codes:
            return Side(side.codes, side.spans, "GOV", False, side.heads)
    return Side()


def home(document: Document, verb: Token, actor: Side, recipient: Side) -> Side:
    """The state of an office or body that acts on its own people, when only they are named with it ("the Sudrian opposition")."""
    if (
        recipient.sector in _DOMESTIC - {"GOV", "MIL", "CVL"}
        and len(recipient.codes) == 1
        and actor.sector in {"GOV", "JUD", "COP", "LEG"}
    ):
        return Side(recipient.codes, recipient.spans, actor.sector, actor.person, actor.heads)
    return Side()
