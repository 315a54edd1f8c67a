"""Joint bodies that meet: "their technical committee met in Oslo", "a session of the joint commission"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from foedus.extract.likely import taking_part
from foedus.extract.meetings_parties import in_focus
from foedus.extract.meetings_words import ordinal
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import ForumMention, GroupMention, Parties, PartyMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from foedus.extract.meetings_talk import Talk
    from foedus.language.doc import Token
    from foedus.mentions import Document


_SITTING = {"meet", "sit", "convene", "reconvene", "gather", "assemble", "deliberate"}
_RATHER, _DOUBT = 0.35, 0.3
"""How sure it must be who sits in a body, and share below which somebody is doubted."""
_NOT_NAMES = {"same", "new", "other", "own", "next", "last", "previous", "whole", "separate", "earlier", "planned"}


class Body(NamedTuple):
    """A joint body: the parties that sit in it, and its name where it has one."""

    parties: Parties = Parties()
    forum: ForumMention | None = None


@cache
def _words(part: str) -> frozenset[str]:
    return frozenset(
        f for row in load_table("meeting_bodies") if row["part"] == part for f in split_forms(row["forms"])
    )


def is_body(token: Token) -> bool:
    """Whether a noun names a body in which several states can sit: a commission, a committee, a working group."""
    return token.pos_ in {"NOUN", "PROPN"} and token.lower_ in _words("body")


def body_of(document: Document, head: Token | None, talks: list[Talk]) -> Body:
    """The joint body that a noun phrase names, with its parties; no parties for a body of one state, or of nobody known.

    The parties are those named in the phrase, else (of "their" committee, or one said to be joint) the ones the text is about.
    """
    if head is None or not is_body(head):
        return Body()
    first, last = syntax.phrase(head)
    named = _states(document, first, last)
    if len(named.codes) == 1 and not _is_joint(head):
        return Body()
    if len(named.codes) < 2:
        group = next((g for g in document.within(first, head.i, GroupMention) if len(g.parties) > 1), None)
        if group is not None:
            named = Parties(tuple(sorted(set(group.parties))), (group.span,))
        elif (full := _named_before(document, head)).codes:
            named = full
        elif _is_joint(head):
            named = _or_seen(document, head, in_focus(document, head, talks))
        elif (first_told := _told_before(document, head)) is not None:
            named = _or_seen(document, head, in_focus(document, first_told, talks))
        elif _sits(head):
            named = taking_part(document, head.head.i, least=_RATHER)
    if len(named.codes) < 2:
        return Body()
    return Body(Parties(named.codes, named.spans), joint_name(document, head))


def session_of(document: Document, noun: Token, talks: list[Talk]) -> ForumMention | None:
    """ "The third session **of the joint commission**": the body as a forum, with the number that the session has."""
    forum = next((f for t in syntax.obliques(noun, "of") if (f := body_of(document, t, talks).forum) is not None), None)
    number = next((n for c in noun.children if c.i < noun.i and (n := ordinal(c.text)) is not None), None)
    return replace(forum, edition=number or forum.edition) if forum is not None else None


def _or_seen(document: Document, head: Token, pair: Parties) -> Parties:
    """The pair that the text is about, or, where the network doubts one of these, those of whom it is rather sure."""
    each = partners(document, head.head.i if _sits(head) else head.i).each
    if pair.codes and min(each.get(code, 1.0) for code in pair.codes) >= _DOUBT:
        return pair
    seen = taking_part(document, head.head.i if _sits(head) else head.i, least=_RATHER)
    return seen if len(seen.codes) > 1 else pair


def _sits(head: Token) -> bool:
    """ "**The supervisory committee convened**": of several states by what it does, not by its name; no body of one state."""
    words = {t.lower_ for t in head.doc[head.left_edge.i : head.i]}
    sitting = head.dep_ == "nsubj" and head.head.lemma_.lower() in _SITTING
    return sitting and bool(words & {"the", "that", "this"}) and not words & _words("alone")


def _states(document: Document, first: int, last: int) -> Parties:
    """The states that a phrase names; its organisations when it names no state."""
    found = Parties()
    for mention in document.within(first, last, PartyMention):
        if not mention.code.startswith("org:"):
            found |= Parties((mention.code,), (mention.span,))
    return found


def _is_joint(head: Token) -> bool:
    """ "The joint commission", "their committee", "the border commission"."""
    words = {t.lower_ for t in head.doc[head.left_edge.i : head.i]}
    return bool(words & _words("joint")) and not words & _words("alone")


def _named_before(document: Document, head: Token) -> Parties:
    """The states that the text names with the body where it names it in full: "the Norland-Sutland **working group**"."""
    if document.within(*syntax.phrase(head), PartyMention):
        return Parties()
    for earlier in document.doc[: head.left_edge.i]:
        if earlier.lower_ == head.lower_ and len((states := _states(document, *syntax.phrase(earlier))).codes) > 1:
            return states
    return Parties()


def _told_before(document: Document, head: Token) -> Token | None:
    """Where the text first names what "the commission", bare and definite, stands for: "the joint boundary commission"."""
    before = [c for c in head.children if c.i < head.i]
    if not before or any(c.lower_ not in {"the", "this", "that"} and ordinal(c.text) is None for c in before):
        return None
    earlier = (t for t in document.doc[: head.left_edge.i] if t.lower_ == head.lower_)
    return next((t for t in earlier if _is_joint(t) or document.at(t.i, ForumMention) is not None), None)


def joint_name(document: Document, head: Token) -> ForumMention:
    """The body as a forum, under the name that it has here."""
    known = document.at(head.i, ForumMention)
    if known is not None:
        return known
    first, edition = head.i, None
    while first > head.left_edge.i and _is_of_name(document, word := document.doc[first - 1]):
        if (edition := ordinal(word.text)) is not None:
            break
        first -= 1
    last = head.i + 1
    if first == head.i:
        matter = next(iter(syntax.obliques(head, "on", "for")), None)
        last = syntax.phrase(matter)[1] if matter is not None and matter.i > head.i else last
    span = document.span(first, last)
    name = document.words(span)
    return ForumMention(*span, first, last, head.i, name=name, edition=edition, occasion=name)


def _is_of_name(document: Document, word: Token) -> bool:
    """Whether a word before a body is a part of its name: "**joint boundary** commission", not "the", "their", "Norland's"."""
    if word.lower_ in {"the", "this", "that", "such"} or document.at(word.i, PartyMention) is not None:
        return word.text[:1].isupper() and word.lower_ != "the"
    return word.text[:1].isupper() or (word.pos_ in {"ADJ", "NOUN", "PROPN"} and word.lower_ not in _NOT_NAMES)
