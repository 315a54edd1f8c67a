"""States and persons meant without a name by what was said before: "his government", "the former", "the two", "all three", "each side".

Runs when pronouns are resolved. Words whose referents are not exactly as many as they say are left out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from foedus.lexicon import load_table, split_forms
from foedus.mentions.focus import SURE, pair_in_focus
from foedus.mentions.model import GroupMention, Mention, OfficeMention, Parties, PartyMention, PersonMention, Someone
from foedus.mentions.parties import stands_beside

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document
    from foedus.record import Span

_POSSESSORS = {"his", "her", "its", "their"}
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}
_ARGUMENTS = {
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "nmod",
    "conj",
    "nmod:poss",
    "det:predet",
    "dep",
    "ROOT",
}
_BACK = 3
M = TypeVar("M", PersonMention, PartyMention)
Named = tuple[PersonMention, ...] | tuple[PartyMention, ...]


@cache
def _own_nouns() -> dict[str, bool]:
    """Nouns that stand for a possessor's state ("government"), with whether the form is a plural."""
    rows = {row["id"]: split_forms(row["forms"]) for row in load_table("own_nouns")}
    return dict.fromkeys(rows["one"], False) | dict.fromkeys(rows["several"], True)


def find_described(document: Document) -> list[Mention]:
    """Mentions for such words, in text order."""
    found: list[Mention] = []
    for token in document.doc.having(_own_nouns().keys() | _COUNTS | {"former", "latter"}):
        low = token.lower_
        if low in _own_nouns():
            mention: Mention | None = _owned(document, token) or _each(document, token)
        elif low in {"former", "latter"}:
            mention = _one_of_two(document, token)
        elif low in _COUNTS:
            mention = _counted(document, token)
        else:
            continue
        if mention is not None:
            found.append(mention)
    return found


def _free(document: Document, token: Token) -> bool:
    return all(
        document.at(token.i, kind) is None for kind in (GroupMention, PersonMention, OfficeMention, PartyMention)
    )


def _owned(document: Document, token: Token) -> GroupMention | None:
    """ "His government", "their capitals": the possessor's state; a singular with several possessors is left out."""
    owner = next((c for c in token.children if c.dep_ == "nmod:poss" and c.lower_ in _POSSESSORS), None)
    if owner is None or not _free(document, token):
        return None
    person, group = document.at(owner.i, PersonMention), document.at(owner.i, GroupMention)
    if person is not None and person.person.party:
        codes: tuple[str, ...] = (person.person.party,)
        spans: tuple[Span, ...] = (person.span,)
    elif group is not None and group.parties:
        codes, spans = group.parties, (group.span, *group.antecedents)
    else:
        return None
    if (len(codes) > 1) != _own_nouns()[token.lower_]:
        return None
    return _group(document, owner.i, token.i + 1, token.i, codes, (), spans)


def _each(document: Document, token: Token) -> GroupMention | None:
    """ "Each side": both, where the sentences before name just two."""
    if _own_nouns()[token.lower_] or not any(c.lower_ == "each" and c.i == token.i - 1 for c in token.children):
        return None
    pair = pair_in_focus(document, SURE) if _free(document, token) else Parties()
    return _group(document, token.i - 1, token.i + 1, token.i, pair.codes, (), pair.spans) if pair.codes else None


def _one_of_two(document: Document, token: Token) -> Mention | None:
    """ "The former", "the latter" as a noun: the first or second of the two persons, or else parties, named last."""
    if not _is_noun(document, token) or document.doc[token.i - 1].lower_ != "the" or not _free(document, token):
        return None
    named: Named = _persons(document, token.i, 2) or _parties(document, token.i, 2)
    if not named:
        return None
    one = named[0] if token.lower_ == "former" else named[1]
    start, end = document.span(token.i - 1, token.i + 1)
    if isinstance(one, PersonMention):
        one.person.mentions.append((start, end))
        return PersonMention(start, end, token.i - 1, token.i + 1, token.i, person=one.person, form="office")
    return _group(document, token.i - 1, token.i + 1, token.i, (one.code,), (), (one.span,))


def _counted(document: Document, token: Token) -> Mention | None:
    """ "The two", "both", "all three" as a noun: so many persons, or else parties, as were named last."""
    if not _is_noun(document, token) or not _free(document, token):
        return None
    before = document.doc[token.i - 1].lower_ if token.i else ""
    if token.lower_ != "both" and before not in {"the", "all", "these", "those"}:
        return None
    if token.i + 1 < len(document.doc) and document.doc[token.i + 1].lower_ in {"of", "-", "or", "and"}:
        return None
    if token.head.tag_ in {"VBN", "VBG"} and not any(c.dep_.startswith("aux") for c in token.head.children):
        return None  # "two bridges, both built by ..."
    count = _COUNTS[token.lower_]
    named: Named = _persons(document, token.i, count) or _parties(document, token.i, count)
    return _of_named(document, token.i - (token.lower_ != "both"), token, named)


def _is_noun(document: Document, token: Token) -> bool:
    """Whether the word stands where a noun stands, and describes none."""
    if token.dep_ not in _ARGUMENTS or (token.head.i > token.i and token.dep_ in {"nmod", "dep"}):
        return False
    return token.dep_ != "det:predet" and (token.head.pos_ in {"VERB", "AUX", "NOUN", "ADJ"} or token.dep_ == "ROOT")


def _persons(document: Document, before: int, count: int) -> tuple[PersonMention, ...]:
    """The persons named in the nearest sentence that names any, by first naming; () unless there are just `count`."""
    return tuple(_nearest(document, before, count, PersonMention))


def _parties(document: Document, before: int, count: int) -> tuple[PartyMention, ...]:
    return tuple(_nearest(document, before, count, PartyMention))


def _nearest(document: Document, before: int, count: int, kind: type[M]) -> list[M]:
    index = document.sentence_index(before)
    for k in range(index, max(index - _BACK, -1), -1):
        low, high = document.sentences[k]
        firsts: dict[object, M] = {}
        for mention in document.within(low, min(high, before), kind):
            if isinstance(mention, PersonMention):
                if mention.form != "pronoun":
                    firsts.setdefault(id(mention.person), mention)
            elif mention.form in {"name", "capital", "seat", "organisation"} and not _is_aside(document, mention):
                firsts.setdefault(mention.code, mention)
        if len(firsts) == count:
            return list(firsts.values())
        if len(firsts) > 1:
            return []
    return []


def _is_aside(document: Document, mention: PartyMention) -> bool:
    """Whether the words are only where something is ("in Lima"), or a helper's ("a Norwegian-led mission")."""
    if stands_beside(document, mention):
        return True
    return mention.metonym and any(
        c.dep_ == "case" and c.lower_ in {"in", "at", "near", "from"} for c in document.doc[mention.root].children
    )


def _of_named(document: Document, first: int, token: Token, named: Named) -> GroupMention | None:
    if not named:
        return None
    persons = tuple(m.person for m in named if isinstance(m, PersonMention))
    codes = {p.party for p in persons if p.party} or {m.code for m in named if isinstance(m, PartyMention)}
    return _group(document, first, token.i + 1, token.i, tuple(sorted(codes)), persons, tuple(m.span for m in named))


def _group(
    document: Document, first: int, last: int, root: int, codes: tuple[str, ...], persons: tuple[Someone, ...], spans: tuple[Span, ...]
) -> GroupMention:  # fmt: skip
    start, end = document.span(first, last)
    return GroupMention(start, end, first, last, root, parties=codes, persons=persons, antecedents=spans)
