"""Definite plurals and neighbours meant by what the whole report is about: "the two sides", "the Ministers", "its neighbour".

Runs last, over words that nothing before has resolved, and only where the report has just as many states in focus.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.focus import SURE, aside, other_in_focus, states_in_focus
from foedus.mentions.model import (
    ForumMention,
    GroupMention,
    Mention,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
    Someone,
)
from foedus.mentions.offices_words import is_rank, singular
from foedus.mentions.parties import is_aside
from foedus.mentions.reference_rules import group_nouns

if TYPE_CHECKING:
    from collections.abc import Collection

    from foedus.language.doc import Token
    from foedus.mentions.document import Document
    from foedus.record import Span

_COUNTS = {"both": 2, "two": 2, "either": 2, "neither": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_DEFINITE = {"the", "both", "either", "neither", "all"}
_NEIGHBOURS = {"neighbour", "neighbor"}
_SIDES = {
    "sides", "parties", "delegations", "governments", "leaders", "ministers", "presidents", "premiers", "co-chairs", "interlocutors", "ministries",
    "neighbours", "neighbors",
}  # fmt: skip
"""Plurals that say who talks without a number: elsewhere "the countries" may be any."""
_ONES = {"side", "country", "government", "party", "nation"}
"""Behind "either" and "neither"."""
_HEADS = {"state", "government"}
_ARGUMENTS = {"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "nmod:poss", "iobj", "conj"}
_CHOOSING = {
    "other",
    "first",
    "last",
    "remaining",
    "new",
    "more",
    "smaller",
    "larger",
    "main",
    "political",
    "opposition",
    "ruling",
    "private",
    "same",
}
"""Words that say which of several are counted."""
_BACK = 3
"""So many sentences back the states are looked for that a number means."""
_OPEN = {"nmod", "acl", "acl:relcl", "amod", "compound", "nmod:poss", "appos", "flat"}


def resolve_by_focus(document: Document) -> list[Mention]:
    """Mentions for such words, in text order; [] where no states are in focus."""
    found: list[Mention] = []
    for token in document.doc:
        named = _named_group(document, token) if token.text in _state_groups() else None
        if named is not None:
            found.append(named)
            continue
        if token.lower_ == "they" and token.dep_ in {"nsubj", "nsubj:pass"}:
            found += _they(document, token)
            continue
        if token.pos_ != "NOUN" or token.dep_ not in _ARGUMENTS:
            continue
        if token.lower_ in _NEIGHBOURS:
            mention = _neighbour(document, token)
        elif token.lower_ in _blocs():
            mention = _bloc(document, token)
        else:
            mention = _several(document, token)
        if mention is not None:
            found.append(mention)
    return found


def _several(document: Document, token: Token) -> GroupMention | None:
    """ "Both sides", "the two Ministers", "the Presidents": the states in focus, with the persons who hold that office for them."""
    low = token.lower_
    heads = low == "heads" and any(c.lower_ in _HEADS and c.dep_ == "nmod" for c in token.children)
    plural = low in group_nouns() or heads or (token.tag_ in {"NNS", "NNPS"} and is_rank(low))
    if not plural and not (low in _ONES and _count(token) == 2):
        return None
    definite = {c.lower_ for c in token.lefts} & _DEFINITE
    count = _count(token)
    narrowed = any(
        _narrows(c) for c in token.children if not (heads and c.lower_ in _HEADS) and not (count and _describes(c))
    )
    if not definite or narrowed or not _free(document, token):
        return None
    if count is None and (definite == {"all"} or any(c.dep_ == "nummod" for c in token.children)):
        return None
    if count is None and low not in _SIDES and not heads:
        return None
    described = any(_describes(c) for c in token.children)
    states = states_in_focus(document, count or 2, *((SURE,) if count is None or described else ()))
    if not states.codes or not _named_before(document, states, token.i):
        states = nearest_states(document, token.i, count) if count and not described else Parties()
    if not states.codes:
        return None
    person = group_nouns().get(low) == "person" or is_rank(low) or heads
    return _group(document, token, states, _holders(document, singular(low), states, token.i) if person else ())


def nearest_states(document: Document, before: int, count: int, outside: Collection[str] = ()) -> Parties:
    """The states that the nearest sentence before token `before` names, its own included, where they are so many; those in `outside` are
    left out, and such as are only a place or a go-between."""
    here, left_out = document.sentence_index(before), aside(document).union(outside)
    for at in range(here, max(-1, here - _BACK - 1), -1):
        low, high = document.sentences[at]
        named: dict[str, Span] = {}
        for mention in document.within(low, min(high, before), Mention):
            code = None
            if isinstance(mention, PartyMention) and not is_aside(document, mention):
                code = mention.code
            elif isinstance(mention, PersonMention):
                code = mention.person.party
            if code and not code.startswith("org:") and code not in left_out:
                named.setdefault(code, mention.span)
        if len(named) == count:
            return Parties(tuple(sorted(named)), tuple(sorted(named.values())))
        if len(named) > 1:
            break
    return Parties()


@cache
def _blocs() -> frozenset[str]:
    """Nouns for an organisation ("alliance"), those left out that any few may form."""
    rows = [row for row in load_table("descriptions") if row["id"] == "bloc"]
    return frozenset(form for row in rows for form in split_forms(row["forms"])) - {"council", "body", "association"}


def _bloc(document: Document, token: Token) -> GroupMention | None:
    """ "The alliance", "the regional bloc": the only organisation that the report has named so far."""
    if not any(c.lower_ == "the" for c in token.lefts) or not _free(document, token):
        return None
    if any(c.dep_ in _OPEN - {"amod", "compound"} or document.at(c.i, PartyMention) for c in token.children):
        return None
    named: dict[str, Span] = {}
    for mention in document.mentions:
        code = mention.code if isinstance(mention, (PartyMention, ForumMention)) else None
        if code is not None and code.startswith("org:") and mention.first < token.i:
            named.setdefault(code, mention.span)
    if len(named) != 1:
        return None
    return _group(document, token, Parties(tuple(named), tuple(named.values())), ())


def _count(token: Token) -> int | None:
    return next((_COUNTS[c.lower_] for c in token.lefts if c.lower_ in _COUNTS), None)


def _narrows(child: Token) -> bool:
    """Whether a word beside the noun says which of them are meant ("the sides of the strait", "the political parties")."""
    if child.dep_ == "amod":
        return child.lower_ not in {"respective", "concerned", "negotiating"}
    return child.dep_ in _OPEN and not (child.dep_ == "acl" and child.tag_ == "VBG")


def _describes(child: Token) -> bool:
    """Whether the word says more of all those that a number counts ("the two **neighbouring** states", "both **island** nations")."""
    return child.dep_ in {"amod", "compound"} and child.text.islower() and child.lower_ not in _CHOOSING


def _free(document: Document, token: Token) -> bool:
    kinds = (GroupMention, PersonMention, OfficeMention, PartyMention, ForumMention)
    return all(document.at(token.i, kind) is None for kind in kinds)


def _named_before(document: Document, states: Parties, token: int) -> bool:
    offset = document.starts[token]
    return all(span[0] < offset for span in states.spans)


def _holders(document: Document, rank: str, states: Parties, before: int) -> tuple[Someone, ...]:
    """The one person of each state who holds this office; () unless every state has just one."""
    people: dict[str, dict[int, Someone]] = {}
    for mention in document.all_of(PersonMention):
        who = mention.person
        if mention.first < before and who.party in states.codes and _holds(who, rank):
            people.setdefault(who.party, {})[id(who)] = who
    if set(people) != set(states.codes) or any(len(one) > 1 for one in people.values()):
        return ()
    return tuple(next(iter(people[code].values())) for code in states.codes)


def _holds(who: Someone, rank: str) -> bool:
    words = (who.office or "").casefold().split()
    return bool(words) and (rank in {"leader", "head"} or rank in words)


def _neighbour(document: Document, token: Token) -> GroupMention | None:
    """ "Its neighbour", "his country's western neighbour": the other state of the report."""
    owner = next((c for c in token.children if c.dep_ == "nmod:poss"), None)
    if owner is None or not _free(document, token) or syntax.conjuncts(token)[1:]:
        return None
    known = document.party_of(owner)
    if not known.codes and owner.lower_ == "its":
        known = _subject_state(document, token)
    if len(known.codes) != 1:
        return None
    other = other_in_focus(document, known.codes[0])
    return _group(document, token, other, ()) if other.codes else None


def _subject_state(document: Document, token: Token) -> Parties:
    """The state that is the subject of the clause in which "its neighbour" is no subject; empty for any other clause."""
    if token.dep_.startswith("nsubj"):
        return Parties()
    above = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
    own = syntax.own_subjects(above) if above is not None else []
    return document.party_of(own[0]) if len(own) == 1 and own[0].pos_ == "PROPN" else Parties()


def _group(document: Document, token: Token, states: Parties, persons: tuple[Someone, ...]) -> GroupMention:
    first = min((c.i for c in token.lefts if c.dep_ in {"det", "det:predet", "nummod", "nmod:poss"}), default=token.i)
    start, end = document.span(first, token.i + 1)
    return GroupMention(
        start, end, first, token.i + 1, token.i, parties=states.codes, persons=persons, antecedents=states.spans
    )


@cache
def _state_groups() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Last word of a name of several states -> (its words, their codes), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for row in load_table("state_groups"):
        for form in split_forms(row["forms"]):
            words = tuple(form.split(" "))
            found.setdefault(words[-1], []).append((words, tuple(split_forms(row["members"]))))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def _named_group(document: Document, token: Token) -> GroupMention | None:
    """ "The two Koreas", "the Baltic states": the states that the name stands for."""
    for words, codes in _state_groups()[token.text]:
        first = token.i + 1 - len(words)
        if first < 0 or tuple(t.text for t in document.doc[first : token.i + 1]) != words:
            continue
        if document.at(token.i, GroupMention) is not None:
            return None
        start, end = document.span(first, token.i + 1)
        return GroupMention(start, end, first, token.i + 1, token.i, parties=codes, antecedents=())
    return None


_NEAR = 4
"""So near to the head of its sentence "they" goes on with the subject of the sentence before."""


def _they(document: Document, pronoun: Token) -> list[GroupMention]:
    """ "They" at the head of a sentence, unresolved: the several subjects of the sentence before."""
    low = document.sentence(pronoun.i)[0]
    index = document.sentence_index(pronoun.i)
    if pronoun.i - low > _NEAR or not index or not _free(document, pronoun):
        return []
    before = document.sentences[index - 1]
    subject = next((t for t in document.doc[slice(*before)] if t.dep_ in {"nsubj", "nsubj:pass"}), None)
    if subject is None:
        return []
    heads = syntax.conjuncts(subject)
    parties = document.parties_at(heads)
    if not parties.codes or (len(heads) == 1 and subject.tag_ not in {"NNS", "NNPS"} and len(parties.codes) < 2):
        return []
    start, end = document.span(pronoun.i, pronoun.i + 1)
    at = (start, end, pronoun.i, pronoun.i + 1, pronoun.i)
    return [GroupMention(*at, parties=parties.codes, persons=parties.persons, antecedents=parties.spans)]
