"""What is done to an instrument: predicates over its words, by `lexicon/agreement_frames.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.agreements_parties import actors_in, actors_of
from foedus.language import syntax
from foedus.lexicon import load_forms, load_table, split_forms
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from foedus.extract.agreements_instruments import Instrument
    from foedus.mentions import Document

STAGES = (
    "proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "provisionally applied", "in force", "renewed",
    "extended", "amended", "suspended", "notice given", "withdrawn", "terminated", "expired", "rejected",
)  # fmt: skip
_LATER = {
    "signed": "agreed",
    "agreed": "negotiating",
    "initialled": "agreed",
    "renewed": "agreed",
    "extended": "agreed",
}
_AGREEING = {"agree", "decide"}
_BROKERING = {"broker", "mediate", "facilitate", "host"}


@dataclass(eq=False)
class Deed:
    """One predicate over an instrument: its frame's stage, the stage as fact (None: not a fact), who does it with whom."""

    frame: str
    stage: str | None
    verb: Token
    actors: Parties
    partners: Parties
    modality: str
    mediators: Parties
    private: bool
    """Whether somebody is named who does it and none of them is a party: a firm, a club, a person."""


@cache
def _frames() -> dict[str, list[tuple[tuple[str, ...], dict[str, str]]]]:
    """First word of a form -> (further words, frame), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = {}
    for row in load_table("agreement_frames"):
        for form in split_forms(row["forms"]):
            first, *more = form.split(" ")
            found.setdefault(first, []).append((tuple(more), row))
    for entries in found.values():
        entries.sort(key=lambda e: (-len(e[0]), e[0]))
    return found


def find_deeds(document: Document, instrument: Instrument) -> list[Deed]:
    """What the report says is done to the instrument at this place, in text order; [] when it is only mentioned."""
    found: dict[int, Deed] = {}
    for verb, slot in _predicates(instrument):
        row = _frame(verb, slot)
        if row is None or verb.i in found or _in_name(verb):
            continue
        stage = row["alone"] if slot == "subj" and row["slot"] == "obj" else row["stage"]
        if stage:
            found[verb.i] = _deed(document, verb, stage, instrument)
    return [found[i] for i in sorted(found)]


def _in_name(verb: Token) -> bool:
    """Whether a participle is only a word of the instrument's name ("the Agreed Minute")."""
    return (
        verb.dep_ in {"amod", "compound"}
        and verb.text[0].isupper()
        and verb.head.text[0].isupper()
        and not verb.is_sent_start
    )


def _predicates(instrument: Instrument) -> Iterator[tuple[Token, str]]:
    """(predicate, slot) pairs in which the instrument takes part; slot is obj, subj, or a preposition."""
    head = syntax.first_conjunct(instrument.head)
    if head.dep_ == "appos":
        head = syntax.first_conjunct(head.head)
    governor, dep = head.head, head.dep_
    if governor is not head:
        if dep in {"obj", "nsubj:pass", "iobj"}:
            yield from ((verb, "obj") for verb in _with_conjuncts(governor))
        elif dep in {"nsubj", "nsubj:outer"}:
            yield from ((verb, "subj") for verb in _with_conjuncts(governor))
        elif dep.split(":")[0] in {"obl", "nmod"} and (name := syntax.preposition(head)):
            yield governor, name.split(" ")[-1]
        elif dep == "compound" and governor.lemma_ in {"signing", "ratification", "signature", "talk", "negotiation"}:
            yield governor, "of" if governor.lemma_ not in {"talk", "negotiation"} else "on"
    for child in instrument.head.children:
        if child.dep_ == "acl:relcl":
            yield from _relative(child)
        elif (child.dep_ == "acl" and child.tag_ == "VBN") or (
            child.dep_ == "amod" and child.tag_ in {"VBN", "JJ", "VBD"}
        ):
            yield from ((verb, "obj") for verb in _with_conjuncts(child))
        elif child.dep_ == "acl" or child.lower_ in {"force", "effect"}:
            yield child, "subj"


def _with_conjuncts(verb: Token) -> Iterator[Token]:
    yield verb
    for other in syntax.conjuncts(verb)[1:]:
        if not syntax.own_subjects(other) and not syntax.children(other, "obj"):
            yield other


def _relative(verb: Token) -> Iterator[tuple[Token, str]]:
    for one in [verb, *(v for v in syntax.conjuncts(verb)[1:])]:
        pronouns = [c for c in one.children if c.tag_ in {"WDT", "WP"} or c.lower_ == "that"]
        if any(c.dep_ == "nsubj" for c in pronouns):
            yield one, "subj"
        elif pronouns or syntax.own_subjects(one):
            yield one, "obj"


def _frame(verb: Token, slot: str) -> dict[str, str] | None:
    lemma = verb.lemma_.lower()
    if lemma in {"proposed", "signed", "initialled"}:
        lemma = {"proposed": "propose", "signed": "sign", "initialled": "initial"}[lemma]
    near = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 5]} | {t.lemma_ for t in verb.doc[verb.i + 1 : verb.i + 5]}
    if lemma in {"force", "effect"}:
        before = verb.doc[verb.i - 1].lower_ if verb.i else ""
        return next((row for _, row in _frames().get("in", []) if before == "in"), None)
    for more, row in _frames().get(lemma, ()):
        if row["slot"] == "prep":
            if more and more[-1] == slot and set(more[:-1]) <= near:
                return row
            continue
        alone = slot == "subj" and bool(row["alone"]) and not syntax.children(verb, "obj")
        if (row["slot"] == slot or alone) and set(more) <= near:
            return row
    return None


def _deed(document: Document, verb: Token, stage: str, instrument: Instrument) -> Deed:
    kind = _kind(document, verb)
    private = False
    actors, partners = Parties(), Parties()
    passive = syntax.is_passive(verb)
    if verb.pos_ in {"NOUN", "PROPN"}:
        actors, partners = _noun_parties(document, verb)
    elif passive or verb.i > instrument.head.i or stage != "in force":
        for head in _agents(verb, instrument):
            actors |= actors_of(document, head)
            private = not actors and head.pos_ != "PRON" and head.lemma_.lower() not in load_forms("state_nouns")
    mediators = Parties()
    if verb.lemma_ in _BROKERING:
        actors, mediators = Parties(), actors
    elif any(t.lemma_ == "witness" for t in verb.doc[verb.i + 1 : verb.i + 7] if passive is False):
        actors = Parties()
    for noun in syntax.children(verb, "obl", "iobj"):
        if syntax.preposition(noun) in {"with", "to", "and"} and noun.i != instrument.head.i:
            if syntax.preposition(noun) == "to" and stage not in {"proposed"}:
                continue
            partners |= actors_of(document, noun)
    return Deed(stage, _as_fact(stage, kind, verb), verb, actors, partners, kind, mediators, private)


def _agents(verb: Token, instrument: Instrument) -> list[Token]:
    if syntax.is_passive(verb):
        return syntax.children(verb, "obl:agent") or [
            t for t in syntax.children(verb, "obl") if syntax.preposition(t) == "by"
        ]
    one = syntax.subject(verb)
    return [one] if one is not None and one.i != instrument.head.i else []


def _noun_parties(document: Document, noun: Token) -> tuple[Parties, Parties]:
    """Of "talks between A and B", "the signing by A"; else of the verb above ("A opened talks with B")."""
    actors, partners = Parties(), Parties()
    for child in noun.children:
        name = syntax.preposition(child)
        if name in {"between", "among", "by"} or child.dep_ in {"nmod:poss", "compound", "amod"}:
            actors |= actors_in(document, *syntax.phrase(child))
        elif name == "with":
            partners |= actors_of(document, child)
    above = syntax.governing_verbs(noun)
    if above and not syntax.is_passive(above[0]):
        one = syntax.subject(above[0])
        if one is not None and one.i != noun.i:
            actors |= actors_of(document, one)
    return actors, partners


def _as_fact(stage: str, kind: str, verb: Token) -> str | None:
    governor = verb.head
    if kind == "negated":
        return None
    if verb.dep_ in {"xcomp", "ccomp"} and governor.lemma_ in _AGREEING and stage in _LATER:
        return "agreed"
    if kind == "actual":
        return stage
    if kind == "future":
        return _LATER.get(stage)
    return "proposed" if stage in {"negotiating", "proposed"} else None


def _kind(document: Document, verb: Token) -> str:
    """Modality, with the plain auxiliaries looked at here too."""
    kind = document.modality(verb).kind
    words = {child.lower_ for child in verb.children if child.dep_.startswith("aux")}
    if kind == "actual" and words & {"will", "shall", "must"}:
        return "future"
    if kind == "actual" and words & {"would", "may", "might", "could", "can", "should"}:
        return "hypothetical"
    return kind
