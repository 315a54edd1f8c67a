"""Sessions of organisations in words that no frame foresees: where the network sees talks, and the words around say whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.likely import predicate_of, taking_part
from foedus.extract.meetings_bodies import is_body
from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_heading import heading_date, heading_place, in_heading
from foedus.extract.meetings_likely import LABELS
from foedus.extract.meetings_nouns import is_bare
from foedus.extract.meetings_sessions import put_beside
from foedus.extract.meetings_talk import Talk, is_recurring, status_of, status_of_noun
from foedus.extract.meetings_unions import whose
from foedus.extract.meetings_words import is_frame, is_meeting_noun, nouns, ordinal
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds
from foedus.mentions.model import ForumMention, Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

LEAST = 0.6
"""Belief from which a word can tell a session."""
_SURELY = 0.7
"""How sure it must be that states meet here by themselves for it to be no session of an organisation."""
_SITTINGS = {"summit", "summits", "meeting", "session", "conference", "council", "assembly", "sitting", "retreat", "ministerial", "congress",
             "plenary", "gathering", "round", "forum"}  # fmt: skip
_VAGUE = {"every", "each", "annual", "regular", "any", "no", "such", "future", "many", "more"}


def by_gathering(document: Document, talks: list[Talk]) -> list[Talk]:
    """The sessions of organisations and named series that the network sees in words which told nothing yet, in text order."""
    told = {token.i for talk in talks for token in document.tokens_in(talk.spans)}
    told |= {talk.token.i for talk in talks}
    found: list[Talk] = []
    for deed in likely_deeds(document, LEAST):
        token = document.doc[deed.token]
        if deed.label not in LABELS or token.i in told or document.in_quote(token.idx):
            continue
        noun = _sitting(token)
        if noun is None or noun.i in told or ({c.lower_ for c in noun.children} & _VAGUE and not _is_numbered(noun)):
            continue
        talk = _read(document, token, noun, [*talks, *found])
        again = (
            talk is not None and is_bare(noun) and any(t.parties.codes == talk.parties.codes for t in [*talks, *found])
        )
        if talk is not None and not again:
            found.append(talk)
            told |= {noun.i, token.i} | {t.i for t in document.tokens_in(talk.spans)}
    return found


def _is_numbered(noun: Token) -> bool:
    """ "The **13th** consultation", "the **next** session": one of a series."""
    return any(c.lower_ == "next" or ordinal(c.text) is not None for c in noun.children)


def _sitting(token: Token) -> Token | None:
    """The noun of a sitting that a word is, or that is the subject of a verb of meeting: "the **Council** met in Norville"."""
    if token.pos_ in {"NOUN", "PROPN"}:
        sits = token.lower_ in _SITTINGS or (is_meeting_noun(token) and _is_numbered(token))
        return token if sits else None
    subject = syntax.subject(token) if token.pos_ == "VERB" and is_frame(token, "verb", "happening") else None
    return subject if subject is not None and (subject.lower_ in _SITTINGS or is_body(subject)) else None


def _of_series(noun: Token, forum: ForumMention | None, told: list[Talk]) -> Parties:
    """ "The **sixth summit** will be in Norville": those of the series whose last session was told before; nothing for any other noun."""
    if forum is None and not _is_numbered(noun):
        return Parties()
    ending = forum.name.lower() if forum is not None else noun.lower_
    series = (t for t in reversed(told) if t.forum is not None and t.token.i < noun.i)
    found = next((t for t in series if t.forum is not None and t.forum.name.lower().endswith(ending)), None)
    return Parties(found.parties.codes, found.parties.spans) if found is not None else Parties()


def _read(document: Document, token: Token, noun: Token, told: list[Talk]) -> Talk | None:
    forum = document.at(noun.i, ForumMention)
    parties = whose(document, noun, forum)
    sure = taking_part(document, token.i, least=_SURELY)
    if any(not code.startswith("org:") for code in sure.codes):
        parties = sure if forum is not None or _is_numbered(noun) else Parties()
    parties = parties if parties.codes else _of_series(noun, forum, told)
    if not parties.codes or (forum is None and in_heading(document, noun)):
        return None  # a headline's "at ninth summit" is told below
    verb = token if token.pos_ == "VERB" else predicate_of(noun)[0]
    happening = (
        noun.dep_ in {"nsubj", "nsubj:pass"}
        and verb.pos_ == "VERB"
        and is_frame(verb, "happening", "verb", "postponed", "cancelled")
    )
    inside = next((c for c in noun.children if c.dep_ in {"acl", "acl:relcl"} and is_frame(c, "happening")), None)
    told_by = (verb if happening else None) or inside
    if told_by is not None and is_recurring(document, told_by):
        return None
    acting = noun.dep_ in {"nsubj", "nsubj:pass"} and told_by is None
    status = status_of(document, told_by, of_noun=True) if told_by is not None else status_of_noun(document, noun)
    if not status:
        return None
    talk = Talk(
        noun,
        parties,
        [document.span(*syntax.phrase(noun))],
        status,
        nouns().get(noun.lower_, {}).get("format") or None,
        confidence=0.5,
        verb=told_by,
        session=True,
        readers=(by_gathering,),
    )
    if not acting:
        put_circumstances(document, talk, told_by or verb, noun)
    if told_by is None and not acting:
        put_beside(document, talk, noun)
    talk.forum, talk.occasion = forum, None
    if in_heading(document, noun):
        talk.date, talk.place = talk.date or heading_date(document), talk.place or heading_place(document)
    return talk if talk.date is not None or talk.place is not None else None
