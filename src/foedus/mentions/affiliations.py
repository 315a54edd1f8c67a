"""Which state or organisation a person speaks for, where no office beside the name says it outright.

First what stands next to the name, then what its clause says ("signed for Peru", "led the Peruvian side"), then possessors
("its trade minister"). What a whole report implies is in `affiliations_report`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.affiliations_topic import possessor
from foedus.mentions.model import PartyMention, PersonMention, Someone
from foedus.mentions.offices_states import lists_in_heading
from foedus.mentions.offices_words import HONORIFICS, is_rank

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document

_POSSESSIVE = {"'s", "’s", "'", "’"}
_LEADS = {"lead", "head", "represent", "chair", "command", "rule", "govern", "run", "captain"}
_CONTAINS = {"include", "feature", "comprise", "consist", "contain", "count"}
_SIGNS = {
    "sign",
    "initial",
    "ink",
    "negotiate",
    "ratify",
    "speak",
    "conclude",
    "exchange",
    "put",
    "agree",
    "act",
    "vote",
}
_TEAMS = {
    "side", "delegation", "team", "contingent", "mission", "party", "part", "group", "one", "text", "copy", "version", "government", "forces",
    "troops", "embassy", "negotiators", "panel", "parliament", "army", "navy", "police", "squadron", "unit", "state", "country",
}  # fmt: skip


_BODIES = {
    "ministry",
    "assembly",
    "senate",
    "congress",
    "duma",
    "cabinet",
    "commission",
    "agency",
    "council",
    "house",
    "department",
    "office",
    "union",
}
_FELLOWS = {
    "counterpart",
    "colleague",
    "homologue",
    "host",
    "guest",
    "rival",
    "opponent",
    "adversary",
    "friend",
    "interlocutor",
}


def learn_affiliations(document: Document, found: list[PersonMention]) -> None:
    """Give a party to every person that has none and whose own sentence names it; persons with one are left alone."""
    taken = {i: m for m in found for i in range(m.first, m.last)}
    for mention in found:
        who = mention.person
        if who.party is None and mention.form in {"name", "surname"}:
            state = (
                next(_beside(document, mention), None)
                or _apposed(document, mention, taken)
                or _by_clause(document, mention)
                or possessor(document, mention)
            )
            if state is not None:
                who.party, who.party_span = state.code, state.span
    _signed_for(document, found)


def _beside(document: Document, mention: PersonMention) -> Iterator[PartyMention]:
    """ "X (Peru)", "the Peruvian X", "the Peruvian, X", "Peru's, X", "X of the Peruvian navy", "X, of Peru", "X, a Peruvian"."""
    doc, last = document.doc, mention.last
    if last + 1 < len(doc) and doc[last].text == "(":
        state = document.at(last + 1, PartyMention)
        if state is not None and state.last < len(doc) and doc[state.last].text[0] in "),":
            yield state
    yield from _before(document, mention)
    at = last + (last < len(doc) and doc[last].text == ",")
    if at + 1 < len(doc) and doc[at].lower_ == "of" and not doc[at].is_sent_start:
        state = _in_phrase(document, at + 1)
        if state is not None:
            yield state
    if at > last and at + 1 < len(doc) and doc[at].lower_ in {"a", "an", "the"}:
        state = document.at(at + 1, PartyMention)
        if (
            state is not None
            and state.form == "adjective"
            and state.last < len(doc)
            and doc[state.last].pos_ in {"NOUN", "ADJ"}
        ):
            yield state


def _before(document: Document, mention: PersonMention) -> Iterator[PartyMention]:
    doc, at = document.doc, mention.first - 1
    comma = False
    while at > 0 and (doc[at].text == "," or doc[at].lower_ in HONORIFICS) and not doc[at].is_sent_end:
        comma |= doc[at].text == ","
        at -= 1
    if at <= 0 or doc[at].is_sent_end:
        return
    if doc[at].text in _POSSESSIVE:
        state = document.at(at - 1, PartyMention)
        if state is not None:
            yield state
        return
    if comma and doc[at].lower_ in {
        "host",
        "guest",
        "visitor",
        "official",
        "diplomat",
        "counterpart",
        "colleague",
        "member",
        "delegate",
    }:
        at -= 1
        if doc[at].text == ")":
            at -= 1
    state = document.at(at, PartyMention)
    if state is None:
        return
    listed = comma and state.form == "name" and _is_coordinated(document, state)
    if state.form == "adjective" or listed or (not comma and state.form in {"organisation", "body"}):
        yield state


def _is_coordinated(document: Document, state: PartyMention) -> bool:
    """Whether the state is one of several after "of" behind an office ("the presidents of Peru, X, and of Chile, Y")."""
    doc, at = document.doc, state.first - 1
    while at > 0 and doc[at].lower_ in {"the", "of", "and"}:
        at -= 1
    if doc[state.first - 1].lower_ == "of" or (
        doc[state.first - 1].lower_ == "the" and doc[state.first - 2].lower_ == "of"
    ):
        return doc[at + 1].lower_ == "and" or doc[at].text == ","
    return False


def _apposed(document: Document, mention: PersonMention, taken: dict[int, PersonMention]) -> PartyMention | None:
    """The nationality in an apposition: "the Peruvian observer, X", "Peru's envoy in Lima, X", "X, a Peruvian critic"."""
    name = document.doc[mention.root]
    nouns = [
        c
        for c in name.children
        if c.dep_ == "appos"
        and c.pos_ in {"NOUN", "PROPN"}
        and c.ent_type_ != "PERSON"
        and c.left_edge.i <= mention.last + 1
        and taken.get(c.i, mention) is mention
        and not (c.lower_ in _FELLOWS and any(g.lower_ in {"his", "her", "its", "their"} for g in c.children))
    ]
    adjoins = document.doc[mention.first - 1].text == "," or name.head.i >= mention.first - 1
    if (
        name.dep_ == "appos"
        and adjoins
        and name.head.pos_ in {"NOUN", "PROPN"}
        and name.head.ent_type_ not in {"PERSON", "ORG", "PLACE", "COUNTRY"}
    ):
        nouns.append(name.head)
    for noun in nouns:
        if mention.last < noun.i and lists_in_heading(document, mention.last, noun.i + 1):
            continue
        for child in noun.children:
            state = document.at(child.i, PartyMention)
            if (
                child.dep_ in {"amod", "nmod:poss", "compound"}
                and state is not None
                and state.last <= max(noun.i, mention.first)
            ):
                return state
        if noun.i > mention.first and (state := _of_body(document, noun)) is not None:
            return state
    return None


def _of_body(document: Document, noun: Token) -> PartyMention | None:
    """The state of the body that someone belongs to: "a senior official of the Peruvian foreign ministry", "a member of the Duma"."""
    if not is_rank(noun.lower_):
        return None
    for child in syntax.children(noun, "nmod"):
        if syntax.preposition(child) not in {"of", "at", "from", "with"}:
            continue
        own = document.at(child.i, PartyMention)
        if own is not None and own.form in {"body", "organisation", "seat", "name"}:
            return own
        if child.lower_ in _TEAMS | _BODIES:
            return _of_team(document, child) or next(
                (
                    m
                    for c in child.children
                    if c.dep_ in {"amod", "nmod:poss", "compound"} and (m := document.at(c.i, PartyMention))
                ),
                None,
            )
    return None


def _in_phrase(document: Document, at: int) -> PartyMention | None:
    """The first party of the noun phrase that begins at token `at`, within six tokens and before any name, verb or comma."""
    doc = document.doc
    for i in range(at, min(at + 6, len(doc))):
        token = doc[i]
        if token.is_sent_start or token.pos_ in {"VERB", "AUX", "PUNCT"} or token.ent_type_ == "PERSON":
            return None
        state = document.at(i, PartyMention)
        if state is not None:
            return state
    return None


# -- the clause ---------------------------------------------------------------------------------------------------------


def _by_clause(document: Document, mention: PersonMention) -> PartyMention | None:
    """The state whose side the person leads or represents, by a relative clause, an active or a passive verb."""
    name = document.doc[mention.root]
    for child in name.children:
        if child.dep_ in {"acl", "acl:relcl"} and child.lemma_ in _LEADS and _is_subject_of(child):
            return _led(document, child)
    while name.dep_ in {"appos", "flat"} and name.head.pos_ in {"NOUN", "PROPN"}:
        name = name.head
    verb = name.head
    if (members := _of_members(document, name)) is not None:
        return members
    if verb.lemma_ not in _LEADS or verb.pos_ != "VERB":
        return None
    if verb.dep_ == "acl" and name.dep_ != "nsubj":
        return _of_team(document, verb.head)
    if name.dep_ == "nsubj":
        return _led(document, verb)
    if name.dep_ in {"obl:agent", "obl"} and syntax.is_passive(verb):
        for subject in syntax.children(verb, "nsubj:pass"):
            return _of_team(document, subject)
    return None


def _of_members(document: Document, name: Token) -> PartyMention | None:
    """The party of "the Peruvian delegation included X, Y and Z" for each of them."""
    first = syntax.first_conjunct(name)
    verb = first.head
    if verb.pos_ != "VERB" or first.dep_ not in {"obj", "obl"} or verb.lemma_ not in _CONTAINS:
        return None
    teams = [t for t in syntax.children(verb, "nsubj", "nsubj:pass") if t.lower_ in {"delegation", "side", "team"}]
    return _of_team(document, teams[0]) if teams else None


def _is_subject_of(clause: Token) -> bool:
    """Whether the described person does the clause's act ("who leads", "leading"), nobody else ("whose country leads")."""
    return all(c.lower_ in {"who", "that"} for c in clause.children if c.dep_.startswith("nsubj"))


def _led(document: Document, verb: Token) -> PartyMention | None:
    for noun in syntax.children(verb, "obj"):
        return _of_team(document, noun)
    return None


def _of_team(document: Document, noun: Token) -> PartyMention | None:
    """The party of "the Peruvian delegation", "Peru's side", "the army of Peru", "Peru" itself."""
    own = document.at(noun.i, PartyMention)
    if own is not None and own.form != "capital":
        return own
    if noun.lower_ not in _TEAMS and noun.lemma_.lower() not in _TEAMS:
        owner = next((c for c in noun.children if c.dep_ == "nmod:poss" and c.i > 0), None)
        return _of_team(document, owner) if owner is not None and owner.pos_ != "PRON" else None
    return next(
        (
            m
            for t in noun.subtree
            if t.dep_ in {"amod", "nmod:poss", "compound", "nmod", "nmod:desc"}
            and (m := document.at(t.i, PartyMention))
        ),
        None,
    )


def _signed_for(document: Document, found: list[PersonMention]) -> None:
    """ "A signed for Peru and B for Chile", "for Peru by A and for Chile by B", "A and B signed for Peru and Chile"."""
    for low, high in document.sentences:
        sides = sorted({m.first: m for m in _sides(document, low, high)}.values(), key=lambda m: m.first)
        if not sides:
            continue
        names = [m for m in found if low <= m.first < high and m.form in {"name", "surname"}]
        order = sorted([(m.first, 0, m) for m in names] + [(m.first, 1, m) for m in sides], key=lambda x: x[:2])
        kinds = [k for _, k, _ in order]
        if len(order) == 2 and not _same_verb(document, order[0][2], order[1][2]):
            continue
        for i in range(0, len(order) - 1, 2):
            if kinds == [kinds[0], 1 - kinds[0]] * (len(kinds) // 2):
                one, two = order[i][2], order[i + 1][2]
                person, side = (one, two) if kinds[0] == 0 else (two, one)
                _learn(person, side)  # type: ignore[arg-type]
        if kinds == [0] * len(names) + [1] * len(sides) and len(names) == len(sides) > 1:
            for person, side in zip(names, sides, strict=True):
                _learn(person, side)


def _same_verb(document: Document, one: PersonMention | PartyMention, other: PersonMention | PartyMention) -> bool:
    """Whether both hang on one verb of signing."""
    verbs = {document.doc[m.root].head.i for m in (one, other)}
    return len(verbs) == 1 and document.doc[verbs.pop()].lemma_ in _SIGNS | _LEADS


def _learn(mention: PersonMention, state: PartyMention) -> None:
    who: Someone = mention.person
    if who.party is None:
        who.party, who.party_span = state.code, state.span


def _sides(document: Document, low: int, high: int) -> Iterator[PartyMention]:
    """Parties for which someone signs or speaks in the sentence: "for" or "on behalf of" and a name of a state or its side."""
    doc = document.doc
    lemmas = document.lemmas(low, high)
    signs = not lemmas.isdisjoint(_SIGNS)
    for i in [t.i for t in doc[low : high - 1] if t.lower_ in {"for", "behalf"}] if signs else ():
        at = i + 1
        while at < high and (doc[at].is_space or doc[at].lower_ in {"of", "the", "both", "governments", "government"}):
            at += 1
        while at < high and (state := document.at(at, PartyMention)) is not None:
            if state.form == "adjective" and not (state.last < high and doc[state.last].lower_ in _TEAMS):
                break
            yield state
            at = state.last + (state.form == "adjective")
            if at + 1 < high and doc[at].lower_ in {"and", ","} and document.at(at + 1, PartyMention) is not None:
                at += 1
            else:
                break
    if not signs and lemmas.isdisjoint(_LEADS):
        return
    # "the Peruvian text was signed by A, the Chilean by B"
    for i in [t.i for t in doc[low + 1 : high] if t.lower_ == "by"]:
        state = document.at(i - 1 - (doc[i - 1].lower_ in _TEAMS), PartyMention)
        if state is None and i - low > 2 and doc[i - 1].lemma_ in _SIGNS | _LEADS:
            state = next(
                (m for t in doc[low:i] if t.lower_ in _TEAMS and (m := document.at(t.i - 1, PartyMention))), None
            )
        if state is not None:
            yield state
