"""The words that a pronoun or a description may refer to, and what is known of each: columns for the scorer (`antecedents_score`)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from foedus.lexicon import load_table, split_forms
from foedus.mentions.antecedents_score import Words, own_features
from foedus.mentions.offices_words import singular

if TYPE_CHECKING:
    from foedus.language.doc import Doc, Token

ENTITIES = (
    "", "PERSON", "OFFICE", "COUNTRY", "NATIONALITY", "PLACE", "ORG", "FORUM", "INSTRUMENT", "EXERCISE", "ITEM", "DATE", "DURATION", "MONEY",
)  # fmt: skip
_ENTITY = {kind: k for k, kind in enumerate(ENTITIES)}
_STATES = {"COUNTRY", "NATIONALITY"}
_NAMED = {"PERSON", "PLACE", "ORG", "FORUM", "INSTRUMENT", "EXERCISE", "ITEM"}
_NOMINAL = {"NOUN", "PROPN", "PRON"}
_PRONOUNS = {
    "he": 1, "him": 1, "his": 1, "himself": 1, "she": 2, "her": 2, "hers": 2, "herself": 2, "it": 3, "its": 3, "itself": 3,
    "they": 4, "them": 4, "their": 4, "theirs": 4, "themselves": 4, "i": 5, "me": 5, "my": 5, "myself": 5,
    "we": 6, "us": 6, "our": 6, "ours": 6, "ourselves": 6, "you": 7, "your": 7, "who": 8, "which": 8, "that": 8, "this": 8, "these": 8, "those": 8,
}  # fmt: skip
_REFLEXIVE = {"himself", "herself", "itself", "themselves"}
_DEPS = {
    "nsubj": 1, "nsubj:pass": 2, "obj": 3, "iobj": 3, "obl": 4, "obl:agent": 4, "nmod": 5, "nmod:poss": 6, "conj": 7, "appos": 8, "ROOT": 9, "amod": 10, "compound": 10,
}  # fmt: skip
_NOT_HEADS = {"compound", "flat", "fixed", "goeswith", "amod", "det", "nummod", "punct", "case", "cc", "mark"}
_DESCRIBING = {"compound", "flat", "amod", "appos", "nmod:desc", "nmod", "nmod:poss"}
_ARGUMENTS = {"nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "nmod:poss"}
_DEFINITE = {"the", "this", "that", "these", "those", "both", "such"}
_POSSESSIVE = {"his", "her", "its", "their"}
_MALE = {"mr", "mr.", "king", "prince", "sheikh", "lord", "sir", "emperor", "man", "sultan", "emir"}
_FEMALE = {"mrs", "mrs.", "ms", "ms.", "queen", "princess", "madam", "lady", "woman", "spokeswoman"}
_QUOTES = {'"', "“", "”", "``", "''", "«", "»", "„"}
PERSON, STATE, BODY, INSTRUMENT, MEETING, ACTIVITY, ITEM, OTHER, PRONOUN, PERSONS, STATES = range(1, 12)
"""What kind of thing a candidate is; 0 unknown. The last two are plural nouns for several persons, several states."""

_SORT_OF = {
    "PERSON": PERSON, "OFFICE": PERSON, "COUNTRY": STATE, "NATIONALITY": STATE, "PLACE": OTHER, "ORG": BODY, "FORUM": MEETING,
    "INSTRUMENT": INSTRUMENT, "EXERCISE": ACTIVITY, "ITEM": ITEM, "DATE": OTHER, "DURATION": OTHER, "MONEY": OTHER,
}  # fmt: skip


class Thing(NamedTuple):
    """A person, state or body that the text names, as far as it is known: `sort` one of the above, `gender` 1 male, 2 female."""

    key: Hashable
    sort: int
    gender: int = 0
    party: str | None = None
    offices: frozenset[str] = frozenset()


def anaphor_kind(token: Token) -> int:
    """0 for words that refer to nothing before; 1–4 he, she, it, they; 5 a singular and 6 a plural definite description."""
    pronoun = _PRONOUNS.get(token.lower_, 0)
    if token.pos_ == "PRON" and 1 <= pronoun <= 4:
        return pronoun
    if token.pos_ != "NOUN" or token.dep_ in _NOT_HEADS:
        return 0
    for child in token.lefts:
        if (child.dep_ in {"det", "det:predet"} and child.lower_ in _DEFINITE) or (
            child.dep_ == "nmod:poss" and child.lower_ in _POSSESSIVE
        ):
            return 6 if token.tag_ == "NNS" else 5
    return 0


def candidate_words(doc: Doc, things: Mapping[int, Thing]) -> Words:
    """The candidates of a `Doc`: heads of noun phrases, pronouns, names inside compounds and names of states as adjectives.

    `things` says by token which persons, states and bodies the text names. Empty arrays for none.
    """
    rows: list[tuple[int, ...]] = []
    phrases: list[frozenset[str]] = []
    own: list[str] = []
    above: dict[int, tuple[int, ...]] = {}
    asked: dict[int, tuple[int, ...]] = {}
    lemmas: dict[str, int] = {}
    seen: dict[int, int] = {}
    numbers: dict[Hashable, int] = {}
    counts: dict[int, int] = {}
    parties: dict[str, int] = {}
    known: list[Thing | None] = []
    says, sorts = _says(), _sorts()
    paragraphs = [0] * len(doc)
    for k, span in enumerate(doc.spans.get("paragraphs", [])):
        paragraphs[span.start : span.end] = [k] * len(span)
    sentence, inside, begin = -1, 0, 0
    for token in doc.tokens:
        if token.is_sent_start:
            sentence += 1
            begin = token.i
        if token.text in _QUOTES:
            inside = 1 - inside
        if not _is_candidate(token, things):
            continue
        pos, kind, tag, at, low = token.pos_, token.ent_type_, token.tag_, token.i, token.lower_
        pronoun = _PRONOUNS.get(low, 0) if pos in {"PRON", "DET"} else 0
        form = token.lemma_.lower()
        lemma = lemmas.setdefault(form, len(lemmas))
        number, owned = 0, False
        if tag in {"NNS", "NNPS"} or pronoun in {4, 6}:
            number = 2
        elif pos in {"NOUN", "PROPN"} or pronoun in {1, 2, 3, 5}:
            number = 1
        before: set[str] = set()
        for child in token.children:
            if child.i < at:
                before.add(child.lower_)
                owned = owned or child.dep_ == "nmod:poss"
            elif child.dep_ == "conj":
                number = 3
        earlier = seen.get(lemma, 0)
        thing = things.get(at)
        if thing is not None:
            key: Hashable = thing.key
        elif pos == "PROPN" or kind in _STATES:
            key = ("name", form)
        else:
            key = ("word", at)
        number_of = numbers.setdefault(key, len(numbers))
        nth = counts[number_of] = counts.get(number_of, 0) + 1
        gender = (thing.gender if thing is not None else 0) or _gender(low, before, pronoun)
        party = thing.party if thing is not None else None
        sort = thing.sort if thing is not None else _sort(kind, pronoun, low, sorts)
        what = anaphor_kind(token)
        if what:
            above[len(rows)] = _above(token)
            asked[len(rows)] = _asked(token, what, things, parties, begin, sorts)
        rows.append(
            (
                at, sentence, paragraphs[at], number, pronoun, _ENTITY.get(kind, 0), _DEPS.get(token.dep_, 0), token.head.i, lemma,
                owned or not before.isdisjoint(_DEFINITE), inside, earlier, _old_sort(kind, pronoun), token.head.lemma_ in says,
                number_of, sort, gender, parties.setdefault(party, len(parties) + 1) if party else 0, nth, thing is not None,
                what, low in _REFLEXIVE,
            )
        )  # fmt: skip
        phrases.append(_phrase(token, form))
        own.append(form)
        known.append(thing)
        seen[lemma] = earlier + 1
    holders: dict[str, list[int]] = {}
    for place, phrase in enumerate(phrases):
        for form in phrase:
            holders.setdefault(form, []).append(place)
    columns: list[Any] = list(np.array(rows, np.int64).reshape(len(rows), len(Words._fields) - 9).T)
    offices = tuple(thing.offices if thing is not None else frozenset() for thing in known)
    groups = _groups(doc, [row[0] for row in rows])
    columns += [
        tuple(phrases),
        tuple(own),
        holders,
        offices,
        above,
        asked,
        groups,
        {row[0]: k for k, row in enumerate(rows)},
    ]
    columns += [own_features(columns)]
    return Words(*columns)


def _is_candidate(token: Token, things: Mapping[int, Thing]) -> bool:
    if token.is_space or token.is_punct:
        return False
    kind = token.ent_type_
    if token.i in things or (token.ent_iob_ == "B" and kind in _STATES):
        return True
    pos, dep = token.pos_, token.dep_
    if pos in _NOMINAL:
        if pos == "PRON" or dep not in _NOT_HEADS:
            return True
        return kind in _NAMED and token.head.ent_type_ != kind and dep in {"compound", "flat"}
    return pos in {"ADJ", "NUM", "DET"} and dep in _ARGUMENTS


def _groups(doc: Doc, tokens: list[int]) -> dict[int, tuple[int, ...]]:
    """Candidate that begins a coordination -> all the candidates coordinated there, itself first."""
    places = {token: k for k, token in enumerate(tokens)}
    found = {}
    for k, token in enumerate(tokens):
        others = [places[c.i] for c in doc.tokens[token].children if c.dep_ == "conj" and c.i in places]
        if others:
            found[k] = (k, *others)
    return found


def _above(token: Token) -> tuple[int, ...]:
    """The tokens above an anaphor, nearest first."""
    found: list[int] = []
    for one in token.ancestors:
        found.append(one.i)
        if len(found) > 12:
            break
    return tuple(found)


def _asked(
    token: Token, kind: int, things: Mapping[int, Thing], parties: dict[str, int], begin: int, sorts: Mapping[str, int]
) -> tuple[int, ...]:
    """Sort of thing that the noun says, gender, party beside it, and twenty signs."""
    left = {c.lower_ for c in token.lefts}
    lefts = {c.dep_ for c in token.lefts}
    rights = {c.dep_ for c in token.rights}
    party, several = 0, set()
    for child in token.children:
        thing = things.get(child.i)
        if thing is not None and thing.party and child.dep_ in {"amod", "compound", "nmod:poss", "nmod:desc", "nmod"}:
            several.add(thing.party)
    if len(several) == 1:
        one = next(iter(several))
        party = parties.setdefault(one, len(parties) + 1)
    sort = sorts.get(token.lower_, 0) if kind > 4 else 0
    gender = _gender(token.lower_, left, kind)
    signs = (
        "nmod" in rights, bool(rights & {"acl", "acl:relcl"}), "appos" in rights, "flat" in rights, "amod" in lefts, "compound" in lefts,
        "nummod" in lefts, bool(left & {"first", "second", "next", "last", "new", "latest", "other", "same", "third"}),
        bool(left & {"this", "these"}), bool(left & {"that", "those", "such"}), bool(left & _POSSESSIVE), bool(left & {"both", "two", "three", "four"}),
        token.dep_ == "nmod:poss", token.lower_ in _REFLEXIVE, token.i - begin < 4, party > 0, bool(token.ent_type_), "conj" in rights,
        bool(rights & {"ccomp", "xcomp", "advcl"}), "nmod:poss" in lefts,
    )  # fmt: skip
    return sort, gender, party, *map(int, signs)


@cache
def _says() -> frozenset[str]:
    return frozenset(form for row in load_table("say_verbs") for form in split_forms(row["forms"]))


@cache
def _sorts() -> Mapping[str, int]:
    """Noun -> the sort of thing that it says."""
    found: dict[str, int] = {}

    def add(forms: str, sort: int) -> None:
        for form in split_forms(forms):
            found.setdefault(form.split(" ")[-1].lower(), sort)

    for row in load_table("descriptions"):
        add(row["forms"], {"country": STATE, "bloc": BODY}.get(row["id"], PERSON))
    for row in load_table("groups"):
        add(row["forms"], {"party": STATES, "person": PERSONS}.get(row["of"], BODY))
    for name, sort in (("instruments", INSTRUMENT), ("meeting_nouns", MEETING), ("activity_frames", ACTIVITY)):
        for row in load_table(name):
            if row.get("part", "noun") == "noun":
                add(row["forms"], sort)
    for name in ("bodies", "meeting_bodies"):
        for row in load_table(name):
            if row.get("part", "body") == "body":
                add(row["forms"], BODY)
    return found


def _sort(entity: str, pronoun: int, low: str, sorts: Mapping[str, int]) -> int:
    if pronoun:
        return PERSON if pronoun in {1, 2, 5, 6, 7} else PRONOUN
    return _SORT_OF.get(entity) or sorts.get(low, 0)


def _gender(low: str, before: set[str], pronoun: int) -> int:
    if pronoun in {1, 2}:
        return pronoun
    if low in _MALE or not before.isdisjoint(_MALE):
        return 1
    return 2 if low in _FEMALE or not before.isdisjoint(_FEMALE) else 0


def _old_sort(entity: str, pronoun: int) -> int:
    if entity in {"PERSON", "OFFICE"} or pronoun in {1, 2}:
        return 1
    if entity in {"COUNTRY", "NATIONALITY", "PLACE", "ORG"}:
        return 2
    return 3 if entity else 0


def _phrase(token: Token, lemma: str) -> frozenset[str]:
    """Lemmas of the token (`lemma`), its describing words, and those of its apposition or title."""
    found = {lemma}
    for child in token.children:
        if child.dep_ in _DESCRIBING:
            found.add(child.lemma_.lower())
            for inner in child.children:
                if inner.dep_ in _DESCRIBING:
                    found.add(inner.lemma_.lower())
    if token.dep_ in {"appos", "flat", "nmod:desc"}:
        found.add(token.head.lemma_.lower())
    return frozenset(found)


def office_words(office: str | None) -> frozenset[str]:
    """The words of an office in lower case, ranks in the singular."""
    return frozenset(singular(word) for word in (office or "").casefold().replace("-", " ").split())
