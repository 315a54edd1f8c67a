"""Meetings of one report: talks that were, are or will be held, each told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.extract.agreements_instruments import find_instruments
from foedus.extract.meetings_added import fill, inherit
from foedus.extract.meetings_again import by_another, by_it
from foedus.extract.meetings_apart import apart_by_noun
from foedus.extract.meetings_bodies import is_body
from foedus.extract.meetings_bodies_due import by_body
from foedus.extract.meetings_days import same_day
from foedus.extract.meetings_drafts import drafts
from foedus.extract.meetings_gatherings import by_gathering
from foedus.extract.meetings_likely import by_likeness
from foedus.extract.meetings_names import forum_ends, name_forum, name_holders
from foedus.extract.meetings_nouns import by_noun
from foedus.extract.meetings_nouns_parties import is_among_themselves
from foedus.extract.meetings_numbered import by_number
from foedus.extract.meetings_parties import count_of, is_group, stands_where
from foedus.extract.meetings_scene import set_scene
from foedus.extract.meetings_sessions import by_forum
from foedus.extract.meetings_talk import Talk
from foedus.extract.meetings_unite import unite
from foedus.extract.meetings_verbs import by_verb
from foedus.extract.meetings_words import is_frame, is_meeting_noun, nouns
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds, sees_none
from foedus.mentions.model import ForumMention, PartyMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Meeting


_PAIR = 2
_RULED_OUT = 0.1
"""Share of a party below which a mere noun tells no talks of it."""
_RULED_IN, _OWN = 0.7, 0.6
"""Share from which others take part too, and confidence from which a noun names its parties itself."""
_TALKS = {"meeting", "dialogue", "visit", "negotiating"}
_LIKELY = 0.4
_WORDS = {"VERB", "NOUN", "PROPN"}


def find_meetings(document: Document) -> list[Meeting]:
    """Every meeting that the report gives, in text order; [] when it gives none.

    Tellings of the same talks (same parties, no contrary date, place or forum) are one record; where a meeting is said to
    include delegation-level and one-on-one talks, each format is a record of its own. A session of a forum is a record too.
    What only a noun tells, and the network sees no deed in, is none.
    """
    talks: list[Talk] = []
    forums = {forum.root: forum for forum in document.within(0, len(document.doc), ForumMention)}
    ends = forum_ends(document)
    matters = _matters(document)
    for token in document.doc:
        if (token.pos_ in _WORDS or token.i in forums) and not document.in_quote(token.idx) and token.i not in matters:
            told = _told_by(document, token, talks, forums.get(token.i))
            for talk in told:
                name_forum(document, talk, ends)
            talks += told
    talks = sorted([*talks, *by_gathering(document, talks)], key=lambda talk: talk.token.i)
    likely = [
        t for t in by_likeness(document, talks) if t.token.i not in matters and not _is_beside(document, t, talks)
    ]
    talks = sorted([*talks, *likely], key=lambda talk: talk.token.i)
    meetings = [
        talk
        for talk in unite(document, talks)
        if _is_sure(talk) or not (sees_none(document, talk.spans) or _is_of_others(document, talk))
    ]
    fill(document, meetings)
    inherit(document, meetings)
    same_day(document, meetings)
    set_scene(document, meetings)
    name_holders(document, meetings)
    return [draft.finish(confidence) for talk in meetings for draft, confidence in drafts(document, talk)]


def _is_sure(talk: Talk) -> bool:
    """Whether it is told by more than a noun: by a verb of meeting, by "it will take place", as put off; or by a noun with its parties that "took place"."""
    if bool({by_verb, by_it, by_another} & set(talk.readers)) or talk.status in {"postponed", "cancelled"}:
        return True
    own = talk.confidence > _OWN and len(talk.parties.codes) > 1
    return own and talk.verb is not None and is_frame(talk.verb, "happening")


def _is_of_others(document: Document, talk: Talk) -> bool:
    """Whether a noun alone tells it, its parties are those of the text before, and the network rules one of them out."""
    if talk.session or talk.readers != (by_noun,):
        return False
    weak = nouns().get(talk.token.lower_, {}).get("id") == "exchange"
    if weak and any(d.token == talk.token.i and d.label not in _TALKS for d in likely_deeds(document, _LIKELY)):
        return True  # "an **exchange** of prisoners"
    near = partners(document, talk.token.i).each
    others = sum(share >= _RULED_IN for code, share in near.items() if code not in talk.parties.codes)
    if talk.confidence < _OWN and others > 1:
        return True
    return bool(near) and min(near.get(code, 1.0) for code in talk.parties.codes) < _RULED_OUT


def _is_beside(document: Document, talk: Talk, talks: list[Talk]) -> bool:
    """Whether its word is the name of a forum of nobody known, or a party only where the sentence is set or a forum's own, or who
    meets are "the ministers" of more states told before."""
    named = [m for m in document.within(*document.sentence(talk.token.i), PartyMention) if m.code in talk.parties.codes]
    if len(named) > 1 and all(stands_where(document.doc[m.root]) for m in named):
        return True
    if is_among_themselves(talk.token):
        return True
    if _PAIR < count_of(talk.noun or talk.token) != len(talk.parties.codes):
        return True
    several = any(t.token.i < talk.token.i and len(t.parties.codes) > _PAIR for t in talks)
    if several and len(talk.parties.codes) <= _PAIR and _has_open_group(document, talk):
        return True
    bodies = [m for m in named if m.code.startswith("org:")]
    if bodies and all(document.at(m.root, ForumMention) is not None for m in bodies):
        return True
    forum = document.at(talk.token.i, ForumMention)
    return forum is not None and not (forum.code or forum.members or document.parties_in(forum.first, forum.last).codes)


def _has_open_group(document: Document, talk: Talk) -> bool:
    """Whether its sentence has "the ministers", "both sides" and the like of whom it is not known who they are."""
    sentence = document.doc[slice(*document.sentence(talk.token.i))]
    return any(is_group(document, t) and not document.parties_at([t]).codes for t in sentence)


def _matters(document: Document) -> set[int]:
    """The tokens that say what a memorandum is about: "a memorandum **on political consultations**" tells of no talks."""
    papers = [i for i in find_instruments(document) if i.row["instrument"] == "memorandum of understanding"]
    return {k for i in papers for k in range(i.head.i + 1, i.last)}


def _told_by(document: Document, token: Token, before: list[Talk], forum: ForumMention | None) -> list[Talk]:
    """What one token tells, given what was told before it."""
    if forum is not None:
        return _from(by_forum, by_forum(document, forum))
    if token.pos_ == "VERB":
        found = _from(by_it, by_it(document, token, before)) or _from(by_verb, *by_verb(document, token, before))
        return found or _from(by_another, by_another(document, token, before))
    if is_body(token) and (sitting := by_body(document, token, before)) is not None:
        return _from(by_body, sitting)
    if not is_meeting_noun(token) or any(_has_told(t, token) for t in before):
        return []
    if numbered := _from(by_number, by_number(document, token, before)):
        return numbered
    talk = by_noun(document, token, before)
    return _from(by_noun, *apart_by_noun(document, talk, token)) if talk is not None else []


def _from(reader: Callable[..., Any], *told: Talk | None) -> list[Talk]:
    """The talks among `told`, each with the name of who read it."""
    found = [talk for talk in told if talk is not None]
    for talk in found:
        talk.readers = (reader,)
    return found


def _has_told(talk: Talk, noun: Token) -> bool:
    """Whether a verb has told the talks of a noun: "**hold** talks", "**hosted** the three for a meeting"."""
    if talk.noun is not None and talk.noun.i == noun.i:
        return True
    return (
        talk.verb is not None
        and noun.head.i == talk.verb.i
        and syntax.preposition(noun) == "for"
        and len(talk.parties.codes) > 1
    )
