"""Who makes an agreement: states and bodies named as actors, never the nationality of a firm or a player."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.document import parties_of
from foedus.mentions.model import (
    ForumMention,
    GroupMention,
    Mention,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
    PlaceMention,
)

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_MODIFIER = {"compound", "amod", "nmod:poss", "nmod:desc", "nmod", "det", "flat"}
_WHERE = {"in", "at", "near", "into", "across", "over", "around", "through", "off", "outside", "inside", "against"}
_TOWNS = {"capital", "city", "town", "port", "resort", "village", "border", "side", "soil", "territory", "waters"}
"""Nouns for places that carry the adjective of the state they lie in: "in the Sudrian capital"."""
_LISTING = {"and", "the", "both"}
_KINDS = (PersonMention, GroupMention, OfficeMention, PartyMention, ForumMention)


@cache
def _states() -> frozenset[str]:
    """Nouns for states, which may stand before their names: "the republics Norland and Sudria"."""
    return frozenset(
        ("state", "country", "nation", "republic", "kingdom", "microstate", "neighbour", "neighbor", "island")
    )


@cache
def _state_nouns() -> frozenset[str]:
    return frozenset(load_forms("state_nouns"))


def actors_in(document: Document, first: int, last: int) -> Parties:
    """Parties that the tokens [first, last) name as actors, with the persons who act for them; in text order.

    A state that only modifies another noun ("the Danish maker") counts when that noun is a state's body or office.
    """
    found = Parties()
    covered = first
    for mention in _mentions(document, first, last):
        if mention.first < covered:
            continue
        one = _actor(document, mention, first, last)
        if one:
            found |= one
            covered = mention.last
    return found


def _mentions(document: Document, first: int, last: int) -> list[Mention]:
    seen: list[Mention] = []
    for kind in _KINDS:
        seen += document.within(first, last, kind)
    return sorted(seen, key=lambda m: (m.first, -m.last))


def _actor(document: Document, mention: Mention, first: int, last: int) -> Parties:
    if isinstance(mention, PersonMention) and not mention.person.office and mention.form == "pronoun":
        return Parties()
    if isinstance(mention, (ForumMention, PartyMention)) and _is_short_for_other(document, mention):
        return Parties()
    if not isinstance(mention, PartyMention):
        return parties_of(mention)
    line = document.dateline
    if line is not None and line.start <= mention.start < line.end:
        return Parties()
    root = document.doc[mention.root]
    if mention.form != "organisation" and (_says_where(document, root) or _is_language(document, mention)):
        return Parties()
    head = root.head
    if mention.form == "adjective" and head.lower_ in _TOWNS and _says_where(document, head):
        return Parties()
    inside = first <= head.i < last and not mention.first <= head.i < mention.last
    if root.dep_ == "nmod" and syntax.preposition(root) in {"with", "between"}:
        return parties_of(mention)
    if inside and root.dep_ in _MODIFIER and not _is_state(document, head) and not _is_named_by(mention, root):
        return Parties()
    if not inside and mention.form == "adjective" and root.tag_ not in {"NNS", "NNPS"}:
        return Parties()
    return parties_of(mention)


def _is_named_by(mention: PartyMention, root: Token) -> bool:
    """Whether a name only says which region it is that acts for itself: "the breakaway region of Norland East"."""
    own = mention.code.startswith("org:") and syntax.preposition(root) == "of"
    return own and root.head.lower_ in {"region", "territory", "enclave", "statelet", "entity", "area"}


def _says_where(document: Document, root: Token) -> bool:
    """Whether a state or capital is only the place of something: "in Norland", also "in Lund, Norland"."""
    at = syntax.first_conjunct(root)
    while at.dep_ in {"appos", "nmod:unmarked", "flat"} and document.at(at.head.i, PlaceMention) is not None:
        at = syntax.first_conjunct(at.head)
    return syntax.preposition(at) in _WHERE


def _is_short_for_other(document: Document, mention: ForumMention | PartyMention) -> bool:
    """Whether letters in brackets are only short for the name before: "the Norland Arts Treasury (NAT)"."""
    doc, at = document.doc, mention.first - 2
    letters = doc[mention.first].text
    if mention.last - mention.first > 1 or at < 1 or doc[mention.first - 1].text != "(" or not letters.isupper():
        return False
    initials = ""
    while at >= 0 and (doc[at].text[:1].isupper() or doc[at].lower_ in {"of", "for", "and", "the"}):
        initials = (doc[at].text[0] if doc[at].text[0].isupper() else "") + initials
        at -= 1
    named = any(m.code == mention.code for m in document.within(at + 1, mention.first - 1, PartyMention))
    return letters[0] in initials and len(initials) >= len(letters) and not named


def _is_language(document: Document, mention: PartyMention) -> bool:
    """Whether an adjective only says in which language a word is given: "Lund (Sudrian: Lunda)"."""
    doc = document.doc
    if mention.form != "adjective" or mention.first == 0 or mention.last >= len(doc):
        return False
    return doc[mention.first - 1].text in {"(", ",", "["} and doc[mention.last].text in {":", "for"}


def _is_state(document: Document, noun: Token) -> bool:
    if noun.lemma_.lower() in _state_nouns() or noun.lower_ in _state_nouns():
        return True
    if noun.dep_ in {"nmod:desc", "compound"} and noun.head.lemma_.lower() in _state_nouns():
        return True
    return any(document.at(noun.i, kind) is not None for kind in _KINDS)


def actors_of(document: Document, head: Token) -> Parties:
    """Actors of one noun phrase with all its conjuncts, clauses and companions ("with B as witness") left out."""
    first, last = syntax.phrase(head)
    for token in head.doc[head.i + 1 : last]:
        if token.lower_ == "with":
            last = token.i
            break
    return actors_in(document, first, last)


def listed_from(document: Document, at: int) -> Parties:
    """Those listed right behind the preposition at token `at`, wherever the parse hangs them: "by **Norland, Sudria and Ostland**"."""
    doc, found = document.doc, Parties()
    _, end = document.sentence(at)
    i = at + 1
    while i < end:
        mention = document.at(i, PartyMention)
        if mention is not None and mention.form != "adjective":
            found |= parties_of(mention)
            i = mention.last
        elif doc[i].text == "," or doc[i].lower_ in _LISTING or doc[i].lemma_.lower() in _states():
            i += 1
        else:
            break
    return found


def named_in(document: Document, first: int, last: int, name: bool = False) -> Parties:
    """States and bodies named anywhere in [first, last), also as modifiers ("Norland-Sudria").

    In the `name` of an instrument, a capital says where it was made, not who made it ("the Ottawa Convention").
    """
    found = Parties()
    for mention in document.within(first, last, PartyMention):
        if not (mention.form in {"capital", "seat"} and (name or _before_noun(document, mention))):
            found |= parties_of(mention)
    return found


def _before_noun(document: Document, mention: PartyMention) -> bool:
    """Whether a name stands alone right before a noun, no other joined to it: "the Ottawa agreement"."""
    root = document.doc[mention.root]
    return root.dep_ in {"compound", "amod", "flat"} and root.head.i == mention.last and not _dashed(document, mention)


def _dashed(document: Document, mention: PartyMention) -> bool:
    around = document.doc[max(mention.first - 1, 0) : mention.last + 1]
    return any(t.text in {"-", "–"} for t in around) or document.doc[mention.root].dep_ == "conj"


def state_of_dateline(document: Document) -> str | None:
    """The state that the dateline stands in; None without one."""
    line = document.dateline
    return line.place.country if line is not None and line.place is not None else None


def protagonist(document: Document, before: int, besides: Parties) -> Parties:
    """The one state that the text up to token `before` is mostly about, `besides` left out; empty when it is not clear."""
    counts: dict[str, list[PartyMention]] = {}
    for mention in document.within(0, before, PartyMention):
        in_dateline = document.dateline is not None and mention.start < document.dateline.end
        if mention.code not in besides.codes and not in_dateline:
            counts.setdefault(mention.code, []).append(mention)
    ranked = sorted(counts.items(), key=lambda item: (-len(item[1]), item[0]))
    if not ranked:
        return Parties()
    home = state_of_dateline(document)
    if home in counts and 2 * len(counts[home]) >= len(ranked[0][1]):
        return parties_of(counts[home][0])
    if len(ranked[0][1]) < 2 or (len(ranked) > 1 and 2 * len(ranked[0][1]) < 3 * len(ranked[1][1])):
        return Parties()
    return parties_of(ranked[0][1][0])


def forum_before(document: Document, at: int) -> Parties:
    """The body whose meeting the text before token `at` named last, in at most three sentences; empty when there is none."""
    here = document.sentence_index(at)
    for back in range(4):
        if here - back < 0:
            break
        low, high = document.sentences[here - back]
        forums = [m for m in document.within(low, high, ForumMention) if m.code]
        if forums:
            return Parties((str(forums[-1].code),), (forums[-1].span,))
    return Parties()
