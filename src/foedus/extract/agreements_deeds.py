"""What is done to an instrument: predicates over its words, by `lexicon/agreement_frames.csv`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.agreements_brokers import is_doubtful
from foedus.extract.agreements_frames import find_frame, leaves_for_good, talk_stage
from foedus.extract.agreements_modality import kind_of
from foedus.extract.agreements_parties import actors_in, actors_of, listed_from
from foedus.extract.agreements_predicates import find_predicates, find_working
from foedus.extract.agreements_speaker import is_first_person, speaking_party
from foedus.extract.agreements_words import is_acted_on
from foedus.language import syntax
from foedus.lexicon import load_forms, load_table, split_forms
from foedus.mentions.model import Parties, PartyMention

if TYPE_CHECKING:
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
_TALKED = {"proposed", "negotiating"}
"""What is still to be proposed or talked about is proposed by being told of."""
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
    "approve",
    "authorise",
    "authorize",
    "allow",
    "clear",
}
_SHOWING = {"keep", "under_force", "hold_on"}
"""Frames that show an instrument to be in force without saying that it came into force."""
_AHEAD_OF = {"for", "before", "until", "pending", "upon", "till", "prior to"}
_DRAFTS = {"draft"}
_BY_VIRTUE = {"under", "according to", "pursuant to", "in accordance with"}
_NOT_YET = {"proposed", "planned", "future", "possible", "new", "any", "no"}
_HOPES = {"aim", "hope", "want", "wish", "seek", "strive"}
"""Verbs before "to sign" that tell of a mere wish."""
_WISHES = {"want", "seek", "demand"}
_WORKING = {"suspended", "terminated", "extended", "renewed", "withdrawn", "notice given", "expired"}
_ONLOOKERS = {"witness", "watch", "look", "preside", "attend", "guarantor", "onlooker"}
_NOTICE = {"notice", "notify", "inform", "notification", "note"}
_PENDING = {"discussion", "negotiation", "consideration", "way", "review", "preparation"}
_APPEALS = {"call", "urge", "ask", "invite", "press", "appeal", "welcome", "hail", "expect", "await", "support", "back"}
"""Who does this does not make the instrument it speaks of."""
_WINDING_UP = {"conclude", "complete", "finish", "continue", "resume", "finalise", "finalize", "wrap"}
"""What is still to be done to talks that are under way."""
_FINISHING = {"complete", "finish", "finalise", "finalize"}
"""What only an agreement that is being worked on is asked to be."""
_SERVANTS = {"minister", "ambassador", "premier", "envoy", "undersecretary", "counterpart", "commander"}
"""Offices that are a state's alone."""
_GATHERINGS = {"conference", "summit", "congress", "assembly", "meeting", "session"}
"""What a name for people who meet ends in: "the Conference of Heads of State" is no firm."""
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
    working = find_working(instrument)
    for verb, slot in [*find_predicates(instrument), *(working if working is not None else [])]:
        row = find_frame(verb, slot)
        if row is None or verb.i in found or _in_name(verb):
            continue
        if working is not None and (verb, slot) in working and row["stage"] not in _WORKING:
            continue
        stage: str | None = row["alone"] if slot == "subj" and row["slot"] == "obj" else row["stage"]
        if row["id"] == "issue" and instrument.row["instrument"] not in {"joint statement", "joint declaration"}:
            continue
        if row["id"] == "quit" and verb.lemma_ == "leave" and not leaves_for_good(verb):
            continue
        if row["id"] == "denounce" and _is_criticism(document, verb, instrument):
            continue
        if stage and not (row["id"] == "hold_on" and kind_of(document, verb) != "actual"):
            found[verb.i] = _concluded(document, verb, stage, instrument) or _deed(
                document, verb, stage, instrument, row["id"] in _SHOWING
            )
    if not any(deed.stage for deed in found.values()) and (stage := _standing(instrument)):
        found[instrument.head.i] = Deed(
            "stands", stage, instrument.head, Parties(), Parties(), "actual", Parties(), False
        )
    return [found[i] for i in sorted(found)]


def _concluded(document: Document, talks: Token, stage: str, instrument: Instrument) -> Deed | None:
    """What talks on an instrument come to when they are said to be over ("concluded negotiations on a treaty"); else None."""
    come = talk_stage(talks) if stage == "negotiating" and talks.pos_ in {"NOUN", "PROPN"} else None
    if come is None or come[1] == stage or kind_of(document, come[0]) != "actual":
        return None
    return replace(_deed(document, talks, come[1], instrument), verb=come[0])


def _is_criticism(document: Document, verb: Token, instrument: Instrument) -> bool:
    """Whether those who denounce it are no parties that could leave it: unions, the opposition."""
    if any(syntax.preposition(c) == "as" for c in verb.children):
        return True  # "denounced the deal as unlawful"
    return any(not actors_of(document, head) for head in _agents(verb, instrument))


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


def _deed(document: Document, verb: Token, stage: str, instrument: Instrument, stands: bool = False) -> Deed:
    kind = kind_of(document, verb)
    private = False
    actors, partners = Parties(), Parties()
    passive = syntax.is_passive(verb)
    if verb.pos_ in {"NOUN", "PROPN"} or (
        verb.tag_ == "VBG" and verb.dep_ in {"obj", "obl", "nmod", "nsubj", "nsubj:pass"}
    ):
        actors, partners = noun_parties(document, verb)
        actors = Parties(actors.codes, actors.spans)  # who welcomes a signing did not sign
    elif passive or verb.i > instrument.head.i or stands or stage != "in force":
        for head in _agents(verb, instrument):
            if is_first_person(head):
                actors |= speaking_party(document, head)
            found = actors_of(document, head)
            if head.lower_ == "they" and len(found.codes) == len(found.persons) == 1:
                continue  # several sign, and only one is found
            if not is_doubtful(document, *syntax.phrase(head), found):
                actors |= _reliable(document, head, found)
            private = (
                private
                or _has_faction(head)
                or (not actors and _is_private(head) and not (_serves(head) or is_acted_on(instrument.head)))
            )
    if passive and not actors and len((by := _listed_by(document, verb)).codes) > 1:
        actors = by
    mediators = Parties()
    if verb.lemma_ in _BROKERING:
        actors, mediators = Parties(), actors
    elif any(t.lemma_ == "witness" for t in verb.doc[verb.i + 1 : verb.i + 7] if passive is False):
        actors = Parties()
    for noun in syntax.children(verb, "obl", "iobj", "nsubj"):
        if syntax.preposition(noun) in {"between", "among"}:
            actors |= actors_in(document, *syntax.phrase(noun))
        if syntax.preposition(noun) in {"with", "to", "and"} and noun.i != instrument.head.i and not _looks_on(noun):
            if syntax.preposition(noun) == "to" and stage not in {"proposed"}:
                continue
            partners |= actors_of(document, noun)
    if (
        stage == "negotiating"
        and verb.lemma_ == "negotiate"
        and (verb.dep_ in {"acl", "acl:relcl"} or _has_done(verb))
        and verb.tag_ != "VBG"
    ):
        stage = "agreed"  # what they negotiated is there
    frame = "stands" if stands else stage
    return Deed(frame, as_fact(stage, kind, verb), verb, actors, partners, kind, mediators, private)


def _listed_by(document: Document, verb: Token) -> Parties:
    """Those who do it, in a list behind "by" that the parse hangs elsewhere: "was signed in Lund in May **by Norland and Sudria**"."""
    _, end = document.sentence(verb.i)
    for token in verb.doc[verb.i + 1 : end]:
        if token.pos_ in {"VERB", "AUX"}:
            break
        if token.lower_ == "by":
            return listed_from(document, token.i)
    return Parties()


def _has_done(verb: Token) -> bool:
    """Whether it is told as done: "had negotiated a treaty"."""
    return verb.tag_ == "VBN" and any(c.lower_ in {"had", "have", "has"} for c in syntax.children(verb, "aux"))


def _looks_on(noun: Token) -> bool:
    """Whether somebody is only present: "with the Peruvian president as a witness"."""
    doc, (first, last) = noun.doc, syntax.phrase(noun)
    for token in doc[first : min(last + 4, len(doc))]:
        if token.dep_ == "mark":
            return False
        if token.lemma_.lower() in _ONLOOKERS:
            return True
    return False


def _agents(verb: Token, instrument: Instrument) -> list[Token]:
    if syntax.is_passive(verb):
        return [t for t in syntax.children(verb, "obl:agent", "obl") if syntax.preposition(t) == "by"]
    own = [t for t in syntax.own_subjects(verb) if t.i != instrument.head.i and t.pos_ not in {"VERB", "AUX"}]
    own = [
        t for t in own if not syntax.preposition(t)
    ] or own  # "signed a pact between A and B", read as a second subject
    own = [t for t in own if t.i < verb.i] or own  # "Norland signs treaty; Sudria to follow", read as a second subject
    if len(own) > 1:
        joined = any(c.dep_ == "cc" for t in own[1:] for c in t.children)
        return own if joined else own[-1:]  # a dateline may look like a first subject
    one = _subject(verb)
    return [one] if one is not None and one.i != instrument.head.i else []


def _subject(verb: Token) -> Token | None:
    """The subject of a verb; of "and had concluded", joined by the parse to "recalled that X had signed", that of the clause."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if verb.dep_ == "conj" and helpers and not syntax.own_subjects(verb):
        for told in syntax.children(verb.head, "ccomp"):
            alike = {c.lower_ for c in told.children if c.dep_ == "aux"} == helpers
            if alike and told.i < verb.i and (own := syntax.own_subjects(told)):
                return own[0]
    return syntax.subject(verb)


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
    if (
        head.pos_ in {"PRON", "NUM", "DET"}
        or head.lower_ in group_nouns()
        or head.ent_type_ in {"OFFICE", "INSTRUMENT"}
    ):
        return False
    if head.lower_ in _GATHERINGS:
        return False
    if head.pos_ == "PROPN":
        return head.lemma_.lower() not in load_forms("state_nouns") and head.lower_ not in load_forms("state_nouns")
    return any(t.lower_ in private_nouns() or t.lemma_.lower() in private_nouns() for t in syntax.conjuncts(head))


def _serves(person: Token) -> bool:
    """Whether somebody whose state is not told holds an office of one: "Defence Ministers Abel Orr and Sven Lund"."""
    return any(c.dep_ in {"nmod:desc", "appos"} and c.lemma_.lower() in _SERVANTS for c in person.children)


def _has_faction(head: Token) -> bool:
    """Whether a faction inside a state is among the actors: "the government and the rebels", "Norland's faction leaders"."""
    first, last = syntax.phrase(head)
    return any(is_faction(t) for t in head.doc[first:last])


def is_faction(token: Token) -> bool:
    """Whether a word means those who fight their own state: "rebels", "armed groups"."""
    armed = token.lower_ in {"group", "groups", "forces"} and any(c.lower_ == "armed" for c in token.children)
    return token.lower_ in faction_nouns() or (armed and token.dep_ not in {"compound", "nmod:poss"})


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
    if above and not syntax.is_passive(above[0]) and not {v.lemma_ for v in above[:2]} & _APPEALS:
        one = _subject(above[0])
        if one is not None and one.i != noun.i:
            actors |= actors_of(document, one)
    return actors, partners


def _is_notice(governor: Token) -> bool:
    return governor.lemma_ in _NOTICE or any(c.lemma_ in _NOTICE for c in governor.children)


def as_fact(stage: str, kind: str, verb: Token) -> str | None:
    """The stage reached as a fact when a predicate of this modality says `stage`; None when it says none."""
    governor = verb.head
    if kind == "negated" or (verb.lemma_ == "entry" and syntax.preposition(verb) in _AHEAD_OF):
        return None
    if stage in {"withdrawn", "terminated"} and (kind == "future" or verb.pos_ == "NOUN") and _is_notice(governor):
        return "notice given"
    if verb.pos_ == "NOUN" and governor.lemma_ in _PENDING and syntax.preposition(governor) == "under":
        return "negotiating"
    if verb.pos_ != "VERB" or verb.tag_ == "VBG":
        above = syntax.governing_verbs(verb)
        if above and above[0].lemma_ in _PUT_OFF and verb.dep_ in {"obj", "nsubj:pass", "obl"}:
            return _LATER.get(stage)
    if verb.dep_ in {"xcomp", "ccomp"} and governor.lemma_ in _AGREEING and stage in _LATER:
        return "agreed"
    if verb.dep_ == "xcomp" and governor.lemma_ in _HOPES and stage in _LATER and kind != "actual":
        return "proposed"
    if kind == "actual":
        return stage
    if kind == "future" and stage == "proposed" and verb.lemma_ in _WISHES:
        return stage
    if kind == "future" and stage not in _TALKED:
        return _LATER.get(stage)
    if kind == "future" and stage == "negotiating" and governor.lemma_ in _WINDING_UP:
        return stage
    if kind == "hypothetical" and stage == "agreed" and verb.lemma_ in _FINISHING:
        return "negotiating"  # "told the ministers to finish the text of a treaty"
    return "proposed" if stage in _TALKED else None
