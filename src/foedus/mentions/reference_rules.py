"""Reference by rule alone, for pipelines without vectors: "he", "the two leaders", "both sides", where the text leaves no doubt."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms
from foedus.mentions.focus import SURE, aside, naming_near, states_in_focus
from foedus.mentions.model import GroupMention, Mention, PartyMention, PersonMention, Someone
from foedus.mentions.parties import is_aside

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_PRONOUNS = {"he": "male", "she": "female", "his": "male", "her": "female", "him": "male"}
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4}
_ALONE = {"pair": 2, "duo": 2, "trio": 3}
_BACK = 8
"""How many sentences back the members of a group are looked for."""


@cache
def group_nouns() -> dict[str, str]:
    """Plural noun -> "party" or "person"."""
    return {
        form: row["of"] for row in load_table("groups") if row["of"] != "firm" for form in split_forms(row["forms"])
    }


def rule_references(document: Document) -> list[Mention]:
    """Mentions for pronouns and descriptions whose referents are certain, in text order; the others are left out."""
    persons = [m for m in document.mentions if isinstance(m, PersonMention) and m.form != "pronoun"]
    parties = [m for m in document.mentions if isinstance(m, PartyMention)]
    found: list[Mention] = []
    for token in document.doc.having(group_nouns().keys() | _PRONOUNS.keys() | _ALONE.keys()):
        low = token.lower_
        if low in _PRONOUNS and token.pos_ == "PRON":
            mention: Mention | None = _pronoun(document, persons, token.i, _PRONOUNS[low])
        elif low in _ALONE or low in group_nouns():
            mention = _group(document, persons, parties, token.i)
        else:
            continue
        if mention is not None:
            found.append(mention)
    return found


def _pronoun(document: Document, persons: list[PersonMention], i: int, gender: str) -> PersonMention | None:
    """The person that a pronoun stands for: the only one, or the subject, of the nearest sentence that names any."""
    token = document.doc[i]
    if document.in_quote(token.idx):
        return None
    sentence = document.sentence_index(i)
    before = [
        m for m in persons if m.first < i and m.person.gender in (None, gender) and not document.in_quote(m.start)
    ]
    for back in range(4):
        near = [m for m in before if document.sentence_index(m.first) == sentence - back]
        if not near:
            continue
        people = {id(m.person): m for m in near}
        if len(people) > 1:
            subjects = {id(m.person): m for m in near if document.doc[m.root].dep_.startswith("nsubj")}
            if len(subjects) != 1:
                return None
            people = subjects
        (mention,) = people.values()
        start, end = document.span(i, i + 1)
        mention.person.mentions.append((start, end))
        return PersonMention(start, end, i, i + 1, i, person=mention.person, form="pronoun")
    return None


def _group(
    document: Document, persons: list[PersonMention], parties: list[PartyMention], i: int
) -> GroupMention | None:
    doc, low = document.doc, document.doc[i].lower_
    first = i
    while first > 0 and i - first < 3 and doc[first - 1].pos_ in {"ADJ", "NUM", "DET"} and not doc[first - 1].is_space:
        first -= 1
    words = [t.lower_ for t in doc[first:i]]
    count = _ALONE.get(low) or next((_COUNTS[w] for w in words if w in _COUNTS), None)
    if low == "sides" and any(c.dep_ == "nmod" and c.i > i for c in doc[i].children):
        return None  # "on both sides of the strait"
    if count is None or "other" in words or (low in _ALONE and words[:1] != ["the"]):
        return None
    of = "person" if low in _ALONE else group_nouns()[low]
    sentence = document.sentence_index(i)
    start, end = document.span(first, i + 1)
    if of == "person":
        members = _nearest_persons(document, persons, first, sentence, count)
        if members:
            codes = tuple(sorted({m.person.party for m in members if m.person.party}))
            people: tuple[Someone, ...] = tuple(m.person for m in members)
            return GroupMention(
                start, end, first, i + 1, i, parties=codes, persons=people, antecedents=tuple(m.span for m in members)
            )
    found = _in_focus(document, first, count) if of == "person" else {}
    found = found or _nearest_parties(document, persons, parties, first, sentence, count)
    if found:
        return GroupMention(
            start, end, first, i + 1, i, parties=tuple(sorted(found)), antecedents=tuple(found.values())
        )
    return None


def _in_focus(document: Document, before: int, count: int) -> dict[str, tuple[int, int]]:
    """The states that the report is about, if they are so many and all are named before token `before`."""
    states = states_in_focus(document, count, SURE)
    offset = document.starts[before]
    namings = {code: naming_near(document, code, offset) for code in states.codes}
    found = {code: span for code, span in namings.items() if span is not None and span[0] < offset}
    return found if len(found) == count else {}


def _nearest_persons(
    document: Document, persons: list[PersonMention], before: int, sentence: int, count: int
) -> list[PersonMention]:
    """Exactly `count` persons of different parties named in one sentence, or two neighbouring ones, before token `before`."""
    for back in range(_BACK):
        near = [
            m
            for m in persons
            if m.first < before and sentence - back - (back > 0) <= document.sentence_index(m.first) <= sentence - back
        ]
        people = {id(m.person): m for m in near}
        if len(people) == count and len({m.person.party for m in people.values()} - {None}) >= min(count, 2):
            return list(people.values())
    return []


def _nearest_parties(
    document: Document,
    persons: list[PersonMention],
    parties: list[PartyMention],
    before: int,
    sentence: int,
    count: int,
) -> dict[str, tuple[int, int]]:
    """Exactly `count` states named in one sentence before, nearest first; else the report's clearly dominant ones."""
    apart = aside(document)
    named = [
        (m.first, m.code, m.span)
        for m in parties
        if m.form in {"name", "adjective", "capital", "seat"} and not is_aside(document, m) and m.code not in apart
    ]
    named += [(m.first, m.person.party, m.span) for m in persons if m.person.party]
    for back in range(_BACK):
        near = {
            code: span for at, code, span in named if at < before and document.sentence_index(at) == sentence - back
        }
        if len(near) == count:
            return near
    totals = Counter(code for _, code, _ in named)
    top = totals.most_common(count + 1)
    if len(top) >= count and top[count - 1][1] >= 3 and (len(top) == count or top[count][1] * 2 <= top[count - 1][1]):
        codes = {code for code, _ in top[:count]}
        return {code: span for _, code, span in reversed(named) if code in codes}
    return {}
