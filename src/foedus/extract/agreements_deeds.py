"""What is done to an instrument: predicates over its words, by `lexicon/agreement_frames.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.agreements_frames import find_frame, leaves_for_good
from foedus.extract.agreements_parties import actors_in, actors_of
from foedus.extract.circumstances import is_due
from foedus.language import syntax
from foedus.lexicon import load_forms, load_table, split_forms
from foedus.mentions.model import Parties, PartyMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.extract.agreements_instruments import Instrument
    from foedus.language.doc import Token
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
    "in force": "agreed",
}
_AGREEING = {"agree", "decide"}
_PUT_OFF = {
    "postpone",
    "delay",
    "defer",
    "await",
    "expect",
    "plan",
    "schedule",
    "prepare",
    "cancel",
    "put",
    "block",
    "urge",
}
_ONCE = {"when", "once", "until", "before", "if", "unless"}
_SHOWING = {"keep", "under_force", "hold_on"}
"""Frames that show an instrument to be in force without saying that it came into force."""
_DRAFTS = {"draft"}
_BY_VIRTUE = {"under", "according to", "pursuant to", "in accordance with"}
_NOT_YET = {"proposed", "planned", "future", "possible", "new", "any", "no"}
_WISHES = {"want", "seek", "demand"}
_TEXTS = {"text", "draft", "wording", "version", "terms", "details"}
_ONLOOKERS = {"witness", "watch", "look", "preside", "attend", "guarantor", "onlooker"}
_NOTICE = {"notice", "notify", "inform", "notification"}
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


def find_deeds(document: Document, instrument: Instrument) -> list[Deed]:
    """What the report says is done to the instrument at this place, in text order; [] when it is only mentioned."""
    found: dict[int, Deed] = {}
    for verb, slot in _predicates(instrument):
        row = find_frame(verb, slot)
        if row is None or verb.i in found or _in_name(verb):
            continue
        stage: str | None = row["alone"] if slot == "subj" and row["slot"] == "obj" else row["stage"]
        if row["id"] == "issue" and instrument.row["instrument"] not in {"joint statement", "joint declaration"}:
            continue
        if row["id"] == "quit" and verb.lemma_ == "leave" and not leaves_for_good(verb):
            continue
        if stage and not (row["id"] == "hold_on" and _kind(document, verb) != "actual"):
            found[verb.i] = _deed(document, verb, stage, instrument)
            if row["id"] in _SHOWING:
                found[verb.i].frame = "stands"
    if not any(deed.stage for deed in found.values()) and (stage := _standing(instrument)):
        found[instrument.head.i] = Deed(
            "stands", stage, instrument.head, Parties(), Parties(), "actual", Parties(), False
        )
    return [found[i] for i in sorted(found)]


def _standing(instrument: Instrument) -> str | None:
    """The stage that shows without a predicate: of a "draft" treaty, of what things are done "under", or told "according to"."""
    before = {t.lower_ for t in instrument.head.doc[instrument.low : instrument.head.i]}
    name = syntax.preposition(instrument.head)
    if before & _DRAFTS:
        return "negotiating"
    if name not in _BY_VIRTUE or before & _NOT_YET:
        return None
    return "agreed" if instrument.row["instrument"] in {"joint statement", "joint declaration"} else "in force"


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
    if head.dep_ == "nmod" and head.head.lower_ in _TEXTS and syntax.preposition(head) == "of":
        head = syntax.first_conjunct(head.head)
    governor, dep = head.head, head.dep_
    if governor is not head:
        if dep in {"obj", "nsubj:pass", "iobj"}:
            yield from ((verb, "obj") for verb in _with_conjuncts(governor))
        elif dep in {"nsubj", "nsubj:outer"}:
            yield from ((verb, "subj") for verb in _with_conjuncts(governor))
        elif dep.split(":")[0] in {"obl", "nmod"} and (name := syntax.preposition(head)):
            yield governor, name.split(" ")[-1]
        elif dep == "obl" and not any(c.dep_ == "case" for c in head.children) and not syntax.children(governor, "obj"):
            yield from ((verb, "obj") for verb in _with_conjuncts(governor))
        elif dep == "compound" and governor.lemma_ in {"signing", "ratification", "signature", "talk", "negotiation"}:
            yield governor, "of" if governor.lemma_ not in {"talk", "negotiation"} else "on"
    for child in instrument.head.children:
        if child.dep_ == "acl:relcl":
            yield from _relative(child)
        elif (child.dep_ == "acl" and child.tag_ == "VBN") or (
            child.dep_ == "amod" and child.tag_ in {"VBN", "JJ", "VBD"}
        ):
            yield from ((verb, "obj") for verb in _with_conjuncts(child))
        elif child.dep_ == "csubj" and any(t.lower_ == "what" for t in child.children):
            yield child, "obj"
        elif child.dep_ == "acl" or child.lower_ in {"force", "effect"}:
            yield child, "subj"
    yield from ((verb, "obj") for verb in _loose(instrument))


def _loose(instrument: Instrument) -> Iterator[Token]:
    """Participles that hang on a later word of the phrase or on the verb, set off by a comma: "a treaty of trade, also signed"."""
    doc, head = instrument.head.doc, instrument.head
    for token in doc[head.i + 1 : min(instrument.high + 6, len(doc))]:
        if token.tag_ not in {"VBN", "VBD"} or not token.is_lower or syntax.own_subjects(token):
            continue
        above = token.head
        inside = token.dep_ == "acl" and head.i < above.i < instrument.high and above.dep_ in {"nmod", "conj"}
        beside = token.dep_ == "advcl" and above.i == head.head.i and head.i < token.i < above.i
        next_to = token.i == instrument.last and token.tag_ == "VBN" and token.dep_ in {"advcl", "acl", "xcomp"}
        if inside or next_to or (beside and doc[instrument.high].text == ","):
            yield token


def _with_conjuncts(verb: Token) -> Iterator[Token]:
    yield verb
    for other in syntax.conjuncts(verb)[1:]:
        if not syntax.own_subjects(other) and not syntax.children(other, "obj"):
            yield other


def _relative(verb: Token) -> Iterator[tuple[Token, str]]:
    for one in [verb, *(v for v in syntax.conjuncts(verb)[1:])]:
        pronouns = [c for c in one.children if c.tag_ in {"WDT", "WP"} or c.lower_ == "that"]
        behind = next((syntax.preposition(c) for c in pronouns if syntax.preposition(c)), "")
        if behind:
            yield one, behind.split(" ")[-1]
            continue
        if any(c.dep_ == "nsubj" for c in pronouns):
            yield one, "subj"
        elif pronouns or syntax.own_subjects(one):
            yield one, "obj"


def _deed(document: Document, verb: Token, stage: str, instrument: Instrument) -> Deed:
    kind = _kind(document, verb)
    private = False
    actors, partners = Parties(), Parties()
    passive = syntax.is_passive(verb)
    if verb.pos_ in {"NOUN", "PROPN"} or (
        verb.tag_ == "VBG" and verb.dep_ in {"obj", "obl", "nmod", "nsubj", "nsubj:pass"}
    ):
        actors, partners = noun_parties(document, verb)
        actors = Parties(actors.codes, actors.spans)  # who welcomes a signing did not sign
    elif passive or verb.i > instrument.head.i or stage != "in force":
        for head in _agents(verb, instrument):
            actors |= _reliable(document, head, actors_of(document, head))
            private = private or _has_faction(head) or (not actors and _is_private(head))
    mediators = Parties()
    if verb.lemma_ in _BROKERING:
        actors, mediators = Parties(), actors
    elif any(t.lemma_ == "witness" for t in verb.doc[verb.i + 1 : verb.i + 7] if passive is False):
        actors = Parties()
    for noun in syntax.children(verb, "obl", "iobj"):
        if syntax.preposition(noun) in {"between", "among"}:
            actors |= actors_in(document, *syntax.phrase(noun))
        if syntax.preposition(noun) in {"with", "to", "and"} and noun.i != instrument.head.i and not _looks_on(noun):
            if syntax.preposition(noun) == "to" and stage not in {"proposed"}:
                continue
            partners |= actors_of(document, noun)
    if (
        stage == "negotiating"
        and verb.lemma_ == "negotiate"
        and verb.dep_ in {"acl", "acl:relcl"}
        and verb.tag_ != "VBG"
    ):
        stage = "agreed"  # what they negotiated is there
    return Deed(stage, _as_fact(stage, kind, verb), verb, actors, partners, kind, mediators, private)


def _looks_on(noun: Token) -> bool:
    """Whether somebody is only present: "with the Peruvian president as a witness"."""
    doc, (first, last) = noun.doc, syntax.phrase(noun)
    return any(t.lemma_.lower() in _ONLOOKERS for t in doc[first : min(last + 4, len(doc))])


def _agents(verb: Token, instrument: Instrument) -> list[Token]:
    if syntax.is_passive(verb):
        return [t for t in syntax.children(verb, "obl:agent", "obl") if syntax.preposition(t) == "by"]
    own = [t for t in syntax.own_subjects(verb) if t.i != instrument.head.i and t.pos_ not in {"VERB", "AUX"}]
    if len(own) > 1:  # a dateline may look like a first subject
        return own[-1:]
    one = syntax.subject(verb)
    return [one] if one is not None and one.i != instrument.head.i else []


def _reliable(document: Document, head: Token, actors: Parties) -> Parties:
    """The actors; without their party when several persons, none of them said to be of any state here, got the same one."""
    if len(actors.codes) != 1 or len(actors.persons) < 2:
        return actors
    first, last = syntax.phrase(head)
    if document.within(first, last, PartyMention):
        return actors
    return Parties((), (), actors.persons)


def _is_private(head: Token) -> bool:
    """Whether an actor that is no known party is a firm, a club or some person: no pronoun, number, office or "their teams"."""
    if head.pos_ in {"PRON", "NUM", "DET"} or head.lower_ in group_nouns() or head.ent_type_ == "OFFICE":
        return False
    if head.pos_ == "PROPN":
        return head.lemma_.lower() not in load_forms("state_nouns") and head.lower_ not in load_forms("state_nouns")
    return any(t.lower_ in private_nouns() or t.lemma_.lower() in private_nouns() for t in syntax.conjuncts(head))


def is_between_firms(document: Document, instrument: Instrument) -> bool:
    """Whether the words behind the noun say that businesses, clubs or people made it: "the deal between the two firms"."""
    for child in instrument.head.children:
        if syntax.preposition(child) in {"between", "among", "with"} and child.i > instrument.head.i:
            words = {w for t in syntax.conjuncts(child) for w in (t.lower_, t.lemma_.lower())}
            if words & (private_nouns() - faction_nouns()) and not actors_in(document, *syntax.phrase(child)):
                return True
    return False


def _has_faction(head: Token) -> bool:
    """Whether a faction inside a state is among the actors: "the government and the rebels", "Norland's faction leaders"."""
    first, last = syntax.phrase(head)
    return any(t.lower_ in faction_nouns() for t in head.doc[first:last])


@cache
def faction_nouns() -> frozenset[str]:
    """Words for those who fight or stand against the government of their own state."""
    rows = (row for row in load_table("private_actors") if row["id"] == "faction")
    return frozenset(form for row in rows for form in split_forms(row["forms"]))


@cache
def private_nouns() -> frozenset[str]:
    """Words for businesses, clubs and people who make agreements of private law."""
    firms = [form for row in load_table("groups") if row["of"] == "firm" for form in split_forms(row["forms"])]
    return frozenset([*firms, *load_forms("private_actors")])


@cache
def group_nouns() -> frozenset[str]:
    """Plural nouns for states and people who act for them; firms left out."""
    return frozenset(form for row in load_table("groups") if row["of"] != "firm" for form in split_forms(row["forms"]))


def noun_parties(document: Document, noun: Token) -> tuple[Parties, Parties]:
    """Of "talks between A and B", "the signing by A"; else of the verb above ("A opened talks with B")."""
    actors, partners = Parties(), Parties()
    for child in noun.children:
        name = syntax.preposition(child)
        if name in {"between", "among", "by"} or child.dep_ in {"nmod:poss", "compound", "amod"}:
            actors |= actors_in(document, *syntax.phrase(child))
        elif name == "with":
            for partner in syntax.conjuncts(child):
                partners |= actors_of(document, partner)
    above = syntax.governing_verbs(noun)
    if above and not syntax.is_passive(above[0]):
        one = syntax.subject(above[0])
        if one is not None and one.i != noun.i:
            actors |= actors_of(document, one)
    return actors, partners


def _asked(document: Document, verb: Token) -> bool:
    """Whether the sentence is a question."""
    low, high = document.sentence(verb.i)
    return any(t.text == "?" for t in document.doc[max(low, high - 3) : high])


def _is_notice(governor: Token) -> bool:
    return governor.lemma_ in _NOTICE or any(c.lemma_ in _NOTICE for c in governor.children)


def _as_fact(stage: str, kind: str, verb: Token) -> str | None:
    governor = verb.head
    if kind == "negated":
        return None
    if stage == "withdrawn" and kind == "future" and _is_notice(governor):
        return "notice given"
    if verb.pos_ != "VERB" or verb.tag_ == "VBG":
        above = syntax.governing_verbs(verb)
        if above and above[0].lemma_ in _PUT_OFF and verb.dep_ in {"obj", "nsubj:pass", "obl"}:
            return _LATER.get(stage)
    if verb.dep_ in {"xcomp", "ccomp"} and governor.lemma_ in _AGREEING and stage in _LATER:
        return "agreed"
    if kind == "actual":
        return stage
    if kind == "future" and stage == "proposed" and verb.lemma_ in _WISHES:
        return stage
    if kind == "future":
        return _LATER.get(stage)
    return "proposed" if stage == "proposed" else None


def _kind(document: Document, verb: Token) -> str:
    """Modality, with the plain auxiliaries looked at here too."""
    kind = document.modality(verb).kind
    if kind == "hypothetical" and is_due(verb):
        return "future"
    if kind == "actual" and _asked(document, verb):
        return "hypothetical"
    if kind == "actual" and verb.tag_ in {"VBZ", "VBP"} and any(c.lower_ in _ONCE for c in verb.children):
        return "future"
    words = {child.lower_ for child in verb.children if child.dep_.startswith("aux")}
    if kind == "actual" and words & {"will", "shall", "must"}:
        return "future"
    if kind == "actual" and words & {"would", "may", "might", "could", "can", "should"}:
        return "hypothetical"
    if kind == "actual" and verb.tag_ in {"VBZ", "VBP"} and (when := document.when(verb)) is not None:
        today = document.report.published_on
        if when.role not in {"since", "after"} and (today is None or when.edtf[:10] > today[: len(when.edtf[:10])]):
            return "future"
    return kind
