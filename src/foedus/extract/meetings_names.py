"""What a short word of a telling stands for: "the Dialogue" for a named forum, "the foreign ministers" for the persons who hold the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_words import is_meeting_noun, ordinal
from foedus.language import syntax
from foedus.mentions.model import ForumMention, OfficeMention, Parties, PersonMention, Someone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.extract.meetings_talk import Talk
    from foedus.language.doc import Token
    from foedus.mentions import Document

_PLURALS = {"ministers": "minister", "presidents": "president", "premiers": "premier", "secretaries": "secretary", "chiefs": "chief",
            "ambassadors": "ambassador", "leaders": "leader", "envoys": "envoy", "commanders": "commander", "kings": "king"}  # fmt: skip


_ALL_OF_THEM = {
    "two",
    "both",
    "pair",
    "trio",
    "three",
    "they",
    "men",
    "women",
    "principals",
    "interlocutors",
    "counterparts",
}


def forum_ends(document: Document) -> dict[str, list[ForumMention]]:
    """The last word of a forum's name, lower case -> the mentions of forums whose names end so."""
    ends: dict[str, list[ForumMention]] = {}
    for forum in document.within(0, len(document.doc), ForumMention):
        ends.setdefault(forum.name.split()[-1].lower(), []).append(forum)
    return ends


def name_forum(document: Document, talk: Talk, ends: dict[str, list[ForumMention]]) -> None:
    """Talks held in "the Dialogue" or "the Sixth Cabinet" take the forum whose name ends so elsewhere, with the number said here."""
    if talk.forum is not None or talk.occasion is not None or talk.vague:
        return
    talk.forum = _short(document, talk, ends)
    if talk.forum is None:
        return
    talk.session = True
    if talk.verb is not None and talk.verb.lemma_.startswith("co-chair"):
        sitting = talk.forum.members or _parties(document, talk.forum, ends)
        talk.parties = Parties(tuple(sorted(sitting)) or talk.parties.codes, talk.parties.spans, talk.parties.persons)


def _parties(document: Document, forum: ForumMention, ends: dict[str, list[ForumMention]]) -> tuple[str, ...]:
    """The parties that the full name of a forum names."""
    full = next((f for fs in ends.values() for f in fs if f.name == forum.name), forum)
    return document.parties_in(full.first, full.last).codes


def _short(document: Document, talk: Talk, ends: dict[str, list[ForumMention]]) -> ForumMention | None:
    bases = {t.i for t in (talk.token, talk.verb, talk.noun) if t is not None}
    for token in document.doc[slice(*document.sentence(talk.token.i))]:
        named = ends.get(token.lower_, ())
        if not named or not token.text[:1].isupper() or len({f.name for f in named}) > 1:
            continue
        if document.at(token.i, ForumMention) is not None or not ({token.i, *_above(token)} & bases):
            continue
        codes = set(named[0].members) or set(document.parties_in(named[0].first, named[0].last).codes)
        if codes and not codes & set(talk.parties.codes):
            continue
        span = document.span(token.i, token.i + 1)
        edition = _number(token)
        return ForumMention(
            *span,
            token.i,
            token.i + 1,
            token.i,
            name=named[0].name,
            edition=edition,
            occasion=named[0].occasion,
            code=named[0].code,
        )
    return None


def _above(token: Token) -> set[int]:
    """The verb or noun of meeting that a short name hangs on: "hold **the Dialogue**", "the eighth session of **the Dialogue**"."""
    above = token.head
    found = {above.i}
    if is_meeting_noun(above):
        found |= {above.head.i}
    return found


def _number(token: Token) -> int | None:
    for noun in (token, token.head if is_meeting_noun(token.head) else token):
        for child in noun.children:
            if child.i < noun.i and (number := ordinal(child.text)) is not None:
                return number
    return None


def name_holders(document: Document, talks: Sequence[Talk]) -> None:
    """ "The foreign ministers of Norland and Sutland met": the persons of these states who hold the office, where each has just one."""
    people: dict[int, Someone] = {}
    for mention in document.within(0, len(document.doc), PersonMention):
        people.setdefault(id(mention.person), mention.person)
    for k, talk in enumerate(talks):
        if talk.verb is None or not talk.parties.codes:
            continue
        head = syntax.subject(talk.verb)
        if head is None or (talk.parties.persons and _is_covered(talk)):
            continue
        if head.lower_ in _PLURALS and not talk.parties.persons:
            office = _office(document, head)
            holders = [[p for p in people.values() if p.party == c and _holds(p, office)] for c in talk.parties.codes]
            if holders and all(len(h) == 1 for h in holders):
                talk.parties |= Parties((), (), tuple(h[0] for h in holders))
                continue
        if head.lower_ in _ALL_OF_THEM or (head.lower_ in _PLURALS and _points_back(head)):
            talk.parties |= Parties((), (), _as_before(talks[:k], talk))


def _is_covered(talk: Talk) -> bool:
    """Whether every party of the talks has a person."""
    return set(talk.parties.codes) <= {p.party for p in talk.parties.persons}


def _points_back(head: Token) -> bool:
    """ "**The two** ministers", "both leaders", "the Prime Ministers": people who were named before, with no state beside them."""
    words = {c.lower_ for c in head.children if c.i < head.i}
    return bool(words & {"the", "both", "two", "three"}) and not any(c.dep_.startswith("nmod") for c in head.children)


def _as_before(before: Sequence[Talk], talk: Talk) -> tuple[Someone, ...]:
    """The persons of the last talks of the same parties before, when each party had one of them."""
    for one in reversed(before):
        if one.parties.codes == talk.parties.codes and one.parties.persons:
            people = [p for p in one.parties.persons if p.party is not None]
            return tuple(people) if sorted(p.party or "" for p in people) == list(talk.parties.codes) else ()
    return ()


def _office(document: Document, head: Token) -> set[str]:
    """The words of an office, in the singular: {"foreign", "minister"} for "the foreign ministers"."""
    mention = document.at(head.i, OfficeMention)
    first = mention.first if mention is not None else head.i
    words = {
        t.lower_
        for t in document.doc[first : head.i]
        if t.pos_ in {"ADJ", "NOUN", "PROPN"} and t.ent_type_ not in {"COUNTRY", "NATIONALITY"}
    }
    words |= {
        c.lower_
        for c in head.children
        if c.dep_ in {"amod", "compound"} and c.i < head.i and c.ent_type_ not in {"COUNTRY", "NATIONALITY"}
    }
    return words | {_PLURALS[head.lower_]}


def _holds(person: Someone, office: set[str]) -> bool:
    return person.office is not None and office <= {w.strip(",.").lower() for w in person.office.split()}
