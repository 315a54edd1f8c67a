"""Verbs by which a party binds itself, and plain futures of a party: `lexicon/commitment_frames.csv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.statements import find_statements
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import GroupMention, MoneyMention, OfficeMention, Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.mentions import Document
    from foedus.record import Firmness

_FUTURE = {"will", "shall", "'ll", "’ll", "wo"}
_FIRST = {"we", "i", "our", "us"}
_NEUTRAL = {"it", "they", "he", "she"}
_NEGATIVE = {"not", "n't", "never", "n’t"}
_MOST_PARTIES = 12
_ADJECTIVAL = {"commit", "prepare", "oblige", "resolve"}
"""Participles that say what the subject is bound to ("is committed to"), not what was done to it."""


@dataclass(slots=True)
class Binding:
    """One undertaking: who is bound, tokens [first, last), the verb of the act, the word that binds, how firmly."""

    by: Parties
    first: int
    last: int
    act: Token
    cue: Token
    firmness: Firmness
    rank: int


@cache
def frames() -> dict[str, dict[str, str]]:
    """Kind -> {form: firmness}."""
    found: dict[str, dict[str, str]] = {}
    for row in load_table("commitment_frames"):
        for form in split_forms(row["forms"]):
            found.setdefault(row["kind"], {})[form] = row["firmness"]
    return found


def find_bindings(document: Document) -> list[Binding]:
    """Every undertaking of a state or organisation, in text order; overlapping readings are all given."""
    found: list[Binding] = []
    table = frames()
    for token in document.doc:
        if token.pos_ not in {"VERB", "AUX", "NOUN", "ADJ"}:
            continue
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "ADJ"} and lemma in table["binding"]:
            found += _binding(document, token, table["binding"][lemma])
        if token.pos_ == "VERB" and lemma in table["giving"]:
            found += _giving(document, token, table["giving"][lemma])
        if token.pos_ == "VERB" and lemma in table["obliging"]:
            found += _obliging(document, token)
        if token.pos_ == "VERB" and lemma in table["act"]:
            found += _future(document, token)
    return found


# -- verbs that bind ----------------------------------------------------------------------------------------------


def _binding(document: Document, verb: Token, firmness: str) -> Iterator[Binding]:
    if _unreal(verb):
        return
    by = bound(document, verb)
    acts = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "advcl", "obl", "acl"} and c.i > verb.i]
    given = False
    for clause in acts:
        marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "case"}}
        if clause.dep_ in {"xcomp", "ccomp", "advcl", "acl"} and clause.tag_ in {"VB", "VBG"} and "to" in marks:
            for act in _acts(clause):
                if act.lemma_.lower() not in frames()["stative"] and by.codes:
                    given = True
                    yield _made(document, by, act, verb, firmness, 0)
        elif clause.dep_ in {"ccomp", "advcl"} and clause.pos_ in {"VERB", "NOUN", "ADJ", "AUX"} and "if" not in marks:
            for act in _acts(clause):
                if _is_future(act, would=True) and act.lemma_.lower() not in frames()["stative"]:
                    owner = bound(document, act, fallback=by)
                    given = given or bool(owner.codes or by.codes)
                    if owner.codes or by.codes:
                        yield _made(document, owner if owner.codes else by, act, verb, firmness, 0, clause=True)
    if not given and by.codes and firmness in {"pledged", "committed"}:
        yield from _promised(document, verb, by, firmness)


def _promised(document: Document, verb: Token, by: Parties, firmness: str) -> Iterator[Binding]:
    """ "pledged 5 million dollars", "promised two boats": an object that can be given."""
    objects = [o for o in verb.children if o.dep_ == "obj" and o.i > verb.i] if not syntax.is_passive(verb) else []
    for noun in objects[:1]:
        money = document.within(noun.left_edge.i, noun.right_edge.i + 1, MoneyMention)
        concrete = any(c.dep_ in {"nummod", "det"} for c in noun.children) and noun.lemma_.lower() not in _ABSTRACT
        if noun.tag_ in {"WP", "PRP"} or not (money or concrete):
            continue
        low, high = document.sentence(verb.i)
        last = min(
            high,
            max(c.right_edge.i for c in verb.children if c.i >= noun.i and c.dep_ in {"obj", "obl", "advcl", "iobj"})
            + 1,
        )
        first = min([noun.left_edge.i, *(c.left_edge.i for c in verb.children if c.dep_ == "iobj")])
        yield Binding(by, max(low, first), _end(document, verb, first, last), verb, verb, firmness, 0)  # type: ignore[arg-type]


_ABSTRACT = {
    "support",
    "cooperation",
    "help",
    "need",
    "importance",
    "way",
    "step",
    "effort",
    "response",
    "solidarity",
    "loyalty",
    "allegiance",
    "crime",
    "suicide",
}


def _giving(document: Document, verb: Token, firmness: str) -> Iterator[Binding]:
    """ "announced 4 million crowns for …": money alone makes it a pledge."""
    if _unreal(verb) or syntax.is_passive(verb):
        return
    for noun in syntax.children(verb, "obj")[:1]:
        money = document.at(noun.i, MoneyMention)
        by = bound(document, verb)
        if money is not None and by.codes:
            last = max(c.right_edge.i for c in verb.children if c.i >= noun.i and c.dep_ in {"obj", "obl"}) + 1
            yield Binding(by, noun.left_edge.i, _end(document, verb, noun.i, last), verb, verb, firmness, 0)  # type: ignore[arg-type]


def _obliging(document: Document, verb: Token) -> Iterator[Binding]:
    """ "The pact obliges X to …": the object is bound."""
    if _unreal(verb) and not _is_future(verb):
        return
    by = bound_of(document, syntax.objects(verb))
    for clause in syntax.children(verb, "xcomp", "ccomp", "advcl"):
        if clause.tag_ == "VB" and clause.i > verb.i and by.codes:
            for act in _acts(clause):
                yield _made(document, by, act, verb, "agreed", 0)


# -- plain futures ------------------------------------------------------------------------------------------------


def _future(document: Document, verb: Token) -> Iterator[Binding]:
    """ "X will send …", "X is to send …", and "would" in what somebody said."""
    if syntax.is_passive(verb) or any(c.lower_ in _NEGATIVE | {"if", "unless"} for c in verb.children):
        return
    aux = _future_word(verb)
    if aux is None or verb.dep_ in {"acl:relcl", "advcl", "acl"}:
        return
    inside = document.in_quote(verb.idx)
    modality = document.modality(verb)
    reported = modality.attributed is not None or inside or _statement_at(document, verb) is not None
    if aux.lower_ in {"would", "'d"} and not reported:
        return
    by = bound(document, verb)
    if not by.codes or len(by.codes) > _MOST_PARTIES:
        return
    if any(t.lower_ in {"may", "might", "could", "whether", "likely", "expected"} for t in verb.children):
        return
    made = _made(document, by, verb, aux, "committed" if reported else "plans", 1, clause=True)
    if not inside and (statement := _statement_at(document, verb)) is not None:
        for a, b in statement.evidence["text"]:
            if a <= verb.idx < b:
                while made.last - 1 > verb.i and document.doc[made.last - 1].idx >= b:
                    made.last -= 1
    yield made


def _future_word(verb: Token) -> Token | None:
    chain = [verb]
    if verb.dep_ == "conj" and not syntax.own_subjects(verb):
        chain.append(syntax.first_conjunct(verb))
    for at in chain:
        if at is not verb and (at.tag_ != "VB" or verb.tag_ != "VB"):
            continue
        for child in at.children:
            if child.dep_ == "aux" and child.lower_ in _FUTURE | {"would"}:
                return child
    if verb.tag_ == "VB" and verb.dep_ in {"xcomp", "ccomp", "ROOT"}:  # "is to hand over"
        to = next((c for c in verb.children if c.lower_ == "to"), None)
        place = to.i - 1 if to is not None else -1
        while place > 0 and verb.doc[place].lower_ in {"also", "now", "then", "going", "due", "jointly", "each"}:
            place -= 1
        before = verb.doc[place] if place >= 0 else None
        if to is not None and before is not None and before.lemma_.lower() == "be" and before.tag_ in {"VBZ", "VBP"}:
            return before
    return None


def _is_future(verb: Token, *, would: bool = False) -> bool:
    words = _FUTURE | ({"would", "should", "must"} if would else set())
    return any(c.dep_ == "aux" and c.lower_ in words for c in verb.children)


# -- who is bound -------------------------------------------------------------------------------------------------


def bound(document: Document, verb: Token, fallback: Parties | None = None) -> Parties:
    """The parties that the subject of `verb` stands for; "it", "we" in a statement are its speaker's party."""
    heads = syntax.agents(verb)
    if syntax.is_passive(verb) and verb.lemma_.lower() in _ADJECTIVAL and (holder := syntax.subject(verb)) is not None:
        heads = syntax.conjuncts(holder)
    if not heads and not syntax.is_passive(verb) and verb.dep_ in {"conj", "xcomp", "advcl"}:
        heads = syntax.agents(syntax.first_conjunct(verb))
    found = bound_of(document, heads)
    if found.codes:
        return _with_partner(document, verb, found)
    head = heads[0] if heads else None
    if head is None and (listed := _intro(document, verb)) is not None:
        return bound_of(document, listed)
    if head is not None and head.lower_ in _FIRST | _NEUTRAL:
        statement = _statement_at(document, head)
        if statement is not None and statement.speaker is not None:
            people = [statement.speaker, *statement.joint_with]
            own = head.lower_ in _FIRST or head.lower_ == "it"
            codes = tuple(sorted({p.party for p in people if p.party}))
            if codes and (own or head.lower_ == "they"):
                return Parties(codes, ((head.idx, head.idx + len(head.text)), *statement.evidence["speaker"]))
    if head is not None and head.lower_ in _NEUTRAL and fallback is not None:
        return fallback
    return Parties()


def _intro(document: Document, verb: Token) -> list[Token] | None:
    """Heads in the line that opens the list in which `verb` begins a point ("The ministers: • agreed to …")."""
    doc = document.doc
    place = document.paragraph(verb.i)
    first = document.paragraphs[place][0] if document.paragraphs else 0
    if verb.i - first > 2 or doc[first].text not in {"•", "-", "–", "*", "·", "◦"}:
        return None
    for k in range(place - 1, max(place - 12, -1), -1):
        a, b = document.paragraphs[k]
        if doc[b - 1].text == ":":
            return [t for t in doc[a:b] if t.pos_ in {"NOUN", "PROPN", "PRON"} and t.dep_ in {"nsubj", "ROOT"}][:1]
        if doc[a].text != doc[first].text:
            return None
    return None


def bound_of(document: Document, heads: list[Token]) -> Parties:
    """Parties of noun phrases that can be bound: a state, its people in office, its organs; no company of that country."""
    found = Parties()
    for head in heads:
        found |= _of_head(document, head)
    if not heads:
        return found
    first, last = syntax.phrase(heads[0])
    if len(heads) == 1 and found.codes and any(t.lower_ == "and" for t in document.doc[first:last]):
        for mention in document.within(first, last, PersonMention):
            if mention.person.party and mention.form != "pronoun":
                found |= Parties((mention.person.party,), (mention.span,), (mention.person,))
    return found


def _of_head(document: Document, head: Token) -> Parties:
    for kind in (PersonMention, GroupMention, OfficeMention, PartyMention):
        if document.at(head.i, kind) is not None:
            return Parties(*_plain(document.party_of(head)))
    for child in head.children:  # "his country", "her government"
        if child.dep_ == "nmod:poss" and child.pos_ == "PRON" and head.lower_ in frames()["state"]:
            owner = document.party_of(child)
            if owner.codes:
                return Parties(*_plain(owner))
            statement = _statement_at(document, head)
            if statement is not None and statement.speaker is not None and statement.speaker.party:
                return Parties((statement.speaker.party,), tuple(statement.evidence["speaker"]))
    if head.lower_ in frames()["state"] or head.lemma_.lower() in frames()["state"]:
        return Parties(*_plain(document.party_of(head)))
    return Parties()


def _plain(parties: Parties) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    return parties.codes, parties.spans


def _with_partner(document: Document, verb: Token, by: Parties) -> Parties:
    """ "agreed with Pakistan to …" binds both."""
    if verb.lemma_.lower() != "agree":
        return by
    partners = bound_of(document, [t for t in syntax.obliques(verb, "with") if t.i > verb.i])
    return by | partners if partners.codes else by


def _statement_at(document: Document, token: Token):  # type: ignore[no-untyped-def]
    for statement in find_statements(document):
        if any(a <= token.idx < b for a, b in statement.evidence["text"]):
            return statement
    return None


# -- the clause ---------------------------------------------------------------------------------------------------


def _acts(clause: Token) -> list[Token]:
    """The clause and those coordinated with it that repeat "to" or "that" or have a subject: each is its own act."""
    found = [clause]
    for token in clause.children:
        if token.dep_ == "conj" and token.pos_ == "VERB":
            marked = any(c.lower_ in {"to", "that"} and c.dep_ == "mark" for c in token.children)
            if marked or syntax.own_subjects(token):
                found += _acts(token)
    return found


def _made(
    document: Document, by: Parties, act: Token, cue: Token, firmness: str, rank: int, *, clause: bool = False
) -> Binding:
    low, high = document.sentence(act.i)
    marks = [c.i for c in act.children if c.dep_ in {"mark", "aux"} and c.i < act.i and c.i > cue.i]
    subjects = [c.left_edge.i for c in syntax.own_subjects(act) if c.left_edge.i < act.i] if clause else []
    first = min([act.i, *marks, *subjects])
    while first < act.i and document.doc[first].lower_ in {"that", ","}:
        first += 1
    last = act.right_edge.i + 1
    for token in _acts(act)[1:]:
        last = min(last, max(act.i + 1, token.left_edge.i))
    return Binding(by, max(low, first), _end(document, act, act.i, min(last, high)), act, cue, firmness, rank)  # type: ignore[arg-type]


def _end(document: Document, act: Token, first: int, last: int) -> int:
    doc = document.doc
    for token in doc[act.i + 1 : last]:
        if token.text in {";", "•"} or (token.dep_ == "parataxis" and token.head.i == act.i and token.i > act.i):
            last = token.i if token.text in {";", "•"} else max(act.i + 1, token.left_edge.i)
            break
    while last - 1 > first and (doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].dep_ == "cc"):
        if doc[last - 1].text in {")", "”", '"', "’"}:
            break
        last -= 1
    return last


def _unreal(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ in {"aux", "advmod", "mark"} and child.lower_ in _NEGATIVE | {
            "if",
            "unless",
            "would",
            "could",
            "may",
            "might",
            "should",
            "must",
            "whether",
            "will",
        }:
            return True
    if verb.dep_ in {"xcomp", "advcl", "acl"} and verb.tag_ == "VB":
        return True
    return bool(
        verb.tag_ == "VB" and not any(c.lower_ in {"do", "did", "does"} for c in verb.children) and verb.dep_ != "conj"
    )
