"""Pronouns and descriptions: "he", "its", "the two leaders", "the kingdom". Left out where the text gives no clear answer.

The learned scorer (`antecedents`) says what words are meant; the hard constraints here (what kind of thing the word can stand
for, gender, nationality, number) have the last word. A parse without vectors is resolved by rule alone (`reference_rules`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.language import extras, syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.antecedents import Answer, find_antecedents
from foedus.mentions.antecedents_score import load_scorer
from foedus.mentions.antecedents_words import BODY, MEETING, PERSON, STATE, Thing, anaphor_kind, office_words
from foedus.mentions.model import (
    ForumMention,
    GroupMention,
    Mention,
    OfficeMention,
    PartyMention,
    PersonMention,
    Someone,
)
from foedus.mentions.parties import is_aside
from foedus.mentions.reference_rules import group_nouns, rule_references
from foedus.record import Span

if TYPE_CHECKING:
    from collections.abc import Hashable

    from foedus.language.doc import Token
    from foedus.mentions.document import Document

_GENDER = {1: "male", 2: "female"}
_OWN = {"country", "nation", "state", "government", "homeland", "administration", "people"}
"""What is of the person's own state when it is his or hers."""
_AT = {"in", "at", "near", "to", "from", "outside", "around", "via", "through"}


@cache
def describing_nouns() -> dict[str, str]:
    """Noun of a description, singular or plural -> "party" or "person"."""
    singular = {form: row["of"] for row in load_table("descriptions") for form in split_forms(row["forms"])}
    return singular | group_nouns()


def resolve_references(document: Document) -> list[Mention]:
    """Mentions for pronouns and descriptions whose referents are clear, in text order; the others are left out."""
    more = extras(document.doc)
    by_rule = rule_references(document)
    scorer = load_scorer(more.scorer) if more is not None else None
    if more is None or scorer is None:
        return by_rule
    named = _named(document)
    things = {token: _thing(mention) for token, mention in named.items()}
    answers = find_antecedents(document.doc, more.vectors, scorer, things)
    document.notes["antecedents"] = {token: answer.tokens for token, answer in answers.items()}
    found: dict[int, Mention] = {}
    for at, answer in answers.items():
        if document.at(at, PersonMention) is None and document.at(at, GroupMention) is None:
            mention = _mention(document, document.doc[at], answer, named)
            if mention is not None and not _is_of_another(document.doc[at], mention, found):
                found[at] = mention
    for mention in by_rule:
        found.setdefault(mention.root, mention)
    return sorted(found.values(), key=lambda m: m.start)


def _is_of_another(token: Token, mention: Mention, found: dict[int, Mention]) -> bool:
    """Whether "his country" is said to be a state that is not his: of a person whose own is another, or not known."""
    if token.lower_ not in _OWN or not isinstance(mention, GroupMention):
        return False
    owners = [found.get(c.i) for c in token.lefts if c.dep_ == "nmod:poss"]
    return any(isinstance(one, PersonMention) and one.person.party not in mention.parties for one in owners)


def _named(document: Document) -> dict[int, Mention]:
    """Head token of every naming of a person, state or body -> its mention (persons before parties)."""
    found: dict[int, Mention] = {}
    for mention in document.mentions:
        if isinstance(mention, PersonMention) and mention.form != "pronoun":
            found[mention.root] = mention
        elif isinstance(mention, PartyMention):
            token = document.doc[mention.root]
            if not (mention.form == "capital" and _is_place(token)) and not is_aside(document, mention):
                found.setdefault(mention.root, mention)
        elif isinstance(mention, ForumMention) and mention.code:
            found.setdefault(mention.root, mention)
    return found


def _is_place(token: Token) -> bool:
    return any(child.dep_ == "case" and child.lower_ in _AT for child in token.children)


def _key(mention: Mention) -> Hashable:
    if isinstance(mention, PersonMention):
        return "person", id(mention.person)
    return "party", getattr(mention, "code", None)


def _mention(document: Document, token: Token, answer: Answer, named: dict[int, Mention]) -> Mention | None:
    """What the anaphor stands for, if everything it is said to mean is known and can be meant by such a word."""
    referents = [named[i] for i in answer.tokens if i in named]
    if not referents or len(referents) < len(answer.tokens):
        return None
    kind = anaphor_kind(token)
    if kind == 4:
        referents = _with_conjuncts(document, referents, named)
    wanted = describing_nouns().get(token.lower_) if kind in {5, 6} else None
    if kind in {5, 6} and wanted is None:
        return None
    persons = [m for m in referents if isinstance(m, PersonMention)]
    first = token.left_edge.i if kind in {5, 6} else token.i
    start, end = document.span(first, token.i + 1)
    if kind in {1, 2} or (kind == 5 and wanted == "person"):
        if len(persons) != 1 or len(referents) != 1 or not _fits(document, token, persons[0].person, kind):
            return None
        persons[0].person.mentions.append((start, end))
        form = "pronoun" if kind in {1, 2} else "office"
        return PersonMention(start, end, first, token.i + 1, token.i, person=persons[0].person, form=form)  # type: ignore[arg-type]
    if persons and (len(persons) < len(referents) or kind == 3 or wanted == "party"):
        return None
    if wanted == "person" and not persons:
        return None
    people: tuple[Someone, ...] = tuple(m.person for m in persons)
    codes = {p.party for p in people if p.party} if people else {str(_key(m)[1]) for m in referents}  # type: ignore[index]
    spans: tuple[Span, ...] = tuple(m.span for m in referents)
    return GroupMention(
        start, end, first, token.i + 1, token.i, parties=tuple(sorted(codes)), persons=people, antecedents=spans
    )


def _with_conjuncts(document: Document, referents: list[Mention], named: dict[int, Mention]) -> list[Mention]:
    """What "they" stands for: never some of a coordination of persons, or of states, without the others of it."""
    found = list(referents)
    for one in referents:
        for token in syntax.conjuncts(syntax.first_conjunct(document.doc[one.root])):
            other = named.get(token.i)
            if other is not None and type(other) is type(one) and all(_key(other) != _key(known) for known in found):
                found.append(other)
    return found


def _fits(document: Document, token: Token, person: Someone, kind: int) -> bool:
    """Whether gender and nationality allow it."""
    if kind in _GENDER:
        return person.gender in (None, _GENDER[kind])
    office = document.at(token.i, OfficeMention)
    if office is not None and office.party and person.party and office.party != person.party:
        return False
    adjective = next((m for c in token.lefts if (m := document.at(c.i, PartyMention)) is not None), None)
    return adjective is None or person.party in (None, adjective.code)


def named_things(document: Document) -> dict[int, Thing]:
    """Head token of every naming of a person, state or body -> what is known of it."""
    return {token: _thing(mention) for token, mention in _named(document).items()}


def _thing(mention: Mention) -> Thing:
    key = _key(mention)
    if isinstance(mention, PersonMention):
        who = mention.person
        gender = {"male": 1, "female": 2}.get(who.gender or "", 0)
        return Thing(key, PERSON, gender, who.party, office_words(who.office))
    code = getattr(mention, "code", None) or ""
    return Thing(
        key,
        MEETING if isinstance(mention, ForumMention) else BODY if code.startswith("org:") else STATE,
        0,
        code or None,
    )
