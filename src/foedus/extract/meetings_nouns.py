"""Meetings told by a noun: "talks between A and B", "after a two-hour meeting", "the meeting was postponed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.likely import completed
from foedus.extract.meetings_bodies import session_of
from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_nouns_parties import is_among_themselves, is_at_home, is_one, of_context, parties_of_noun
from foedus.extract.meetings_parties import count_of, named_states
from foedus.extract.meetings_places import goal_of
from foedus.extract.meetings_talk import UNIONS, Talk, in_headline, is_recurring, status_of, status_of_noun
from foedus.extract.meetings_words import format_words, is_frame, nouns
from foedus.language import syntax
from foedus.mentions.model import DateMention, DurationMention, ForumMention, Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_NO_STATE = {"board", "shareholder", "shareholders", "cabinet", "council", "court", "parliament", "party", "club", "committee", "union", "town", "press",
             "news", "earnings", "staff", "family", "general", "training", "question", "parliamentary", "plenary"}  # fmt: skip
_TWO, _THREE = 2, 3
_SITTINGS = {"session", "meeting", "summit", "retreat", "conference"}
_DECIDES = {
    "decide",
    "agree",
    "adopt",
    "approve",
    "resolve",
    "declare",
    "endorse",
    "call",
    "condemn",
    "vote",
    "elect",
    "appoint",
    "warn",
}
_SIDELINES = {"sidelines", "margins", "fringes", "sideline", "margin", "fringe"}
_GREAT = {"summit", "conference"}


_SAID = {"views", "opinions", "ideas", "words", "messages"}


def _is_of_things(noun: Token) -> bool:
    """ "The **exchange of instruments** of ratification", "an exchange of prisoners": things change hands, no words."""
    goods = syntax.obliques(noun, "of") if noun.lemma_.lower() == "exchange" else []
    return bool(goods) and not any(t.lower_ in _SAID for t in goods)


def by_noun(document: Document, noun: Token, talks: list[Talk]) -> Talk | None:
    """The talks that a noun names, with the parties beside it or of its clause; None when it names none."""
    row = nouns()[noun.lower_]
    words = {c.lower_ for c in noun.children}
    if document.at(noun.i, ForumMention) is not None or words & _NO_STATE or words & UNIONS:
        return None
    if syntax.preposition(noun) in {"by", "via", "through", "including"} or _is_of_things(noun):
        return None
    margins = noun.head.lower_ in _SIDELINES and not syntax.obliques(noun, "of", "between")
    if margins and (noun.lower_ == "meetings" or (talks and _is_told_at(document, noun, talks[-1]))):
        return None
    verb = _verb(noun)
    parties, own = parties_of_noun(document, noun, talks)
    if (
        len(parties.codes) < 2
        and verb is not None
        and (verb.head.i == noun.i or _is_earlier(noun))
        and is_one(noun)
        and not is_at_home(noun)
        and not (noun.lower_ == "session" and "its" in words)
    ):
        parties = of_context(document, noun, talks)
    if (
        len(parties.codes) < 2
        and verb is not None
        and is_one(noun)
        and "its" not in words
        and not is_among_themselves(noun)
    ):
        parties = completed(document, noun.i, parties)
    parties = _all_three(document, noun, parties)
    union = len(parties.codes) < 2 and _is_of_union(document, noun, parties)
    if len(parties.codes) < 2 and not union:
        return None
    status = status_of(document, verb, of_noun=True) if verb is not None else status_of_noun(document, noun)
    if status is None or (verb is not None and is_recurring(document, verb)):
        return None
    if _annual(noun) and (verb is None or document.when(verb) is None):
        return None
    headline = in_headline(document, noun) and not syntax.governing_verbs(noun)
    talk = Talk(
        noun,
        parties,
        [document.span(*syntax.phrase(noun))],
        "" if headline else status,
        row["format"] or None,
        confidence=0.65 if own else 0.55,
        verb=verb,
        headline=headline,
        session=union,
    )
    if words & {"online", "virtual", "video"}:
        talk.format = "video call"
    if row["format"] == "phone call" and words & {"courtesy", "farewell", "introductory"}:
        talk.format = None
    elif row["format"] == "phone call" and noun.lower_ not in {"call", "calls"}:
        names = [f for f, _ in format_words(document.report.text, *document.sentence_span(noun.i))]
        talk.format = "phone call" if "phone call" in names else None
    put_circumstances(document, talk, verb or noun, noun)
    if talk.forum is None and talk.occasion is None:
        talk.forum = session_of(document, noun, talks)
    if verb is None and is_bare(noun) and any(t.parties.codes == parties.codes and t.date for t in talks):
        talk.date = talk.place = None  # "during the meeting they took note of the mediation of 11 to 14 October"
    if verb is not None and verb.lemma_ == "follow" and verb.head.i != noun.i:
        talk.date = talk.place = None  # "the meeting follows the summit of 12 July": the day of what came before
    if talk.date is None and talk.verb is None and (named := _dated(document, noun)) is not None:
        talk.date = named
    if (going := next(iter(syntax.governing_verbs(noun)), None)) is not None and (
        status == "" or _goes_for(noun, going)
    ):
        talk.place = talk.place or document.where(going) or goal_of(document, going)
        if (
            talk.date is None
            and status == "scheduled"
            and (day := document.when(going)) is not None
            and "/" not in day.edtf
        ):
            talk.date = day
    if (
        not own
        and verb is None
        and noun.lower_ in _GREAT
        and talk.place is not None
        and talk.place.country not in parties.codes
    ):
        return None  # "preparations for the peace **summit** in Norland": of more than the two at hand
    return talk if _concrete(document, talk, noun, row, verb, own) else None


def is_bare(noun: Token) -> bool:
    """ "During **the meeting**": what was told before, with nothing that tells it anew."""
    return syntax.preposition(noun) in {"during", "at", "in"} and {c.lower_ for c in noun.children if c.i < noun.i} <= {
        "the", "during", "at", "in"
    }  # fmt: skip


def _all_three(document: Document, noun: Token, parties: Parties) -> Parties:
    """ "Norland, Sutland and Ostland will build …, they said at a **trilateral meeting** in Norville": the three that the sentence names."""
    count = count_of(noun)
    if count < _THREE or len(parties.codes) >= count:
        return parties
    low, high = document.sentence(noun.i)
    earlier = document.sentences[max(0, document.sentence_index(noun.i) - 1)][0]
    for first in (low, earlier):
        named = named_states(document, first, high)
        if len(named.codes) == count and set(parties.codes) <= set(named.codes):
            return Parties(named.codes, named.spans, parties.persons)
    return parties if count == _THREE else Parties()


def _is_of_union(document: Document, noun: Token, parties: Parties) -> bool:
    """ "At **a closed session** in Norville the bloc decided": a sitting of the organisation that decides at it."""
    if noun.lower_ not in _SITTINGS or syntax.preposition(noun) not in {"at", "during"} or len(parties.codes) != 1:
        return False
    verb = next(iter(syntax.governing_verbs(noun)), None)
    decided = verb is not None and verb.lemma_ in _DECIDES and document.modality(verb).kind == "actual"
    new = any(c.lower_ in {"a", "an"} for c in noun.children)
    return decided and new and parties.codes[0].startswith("org:") and document.where(noun) is not None


def _verb(noun: Token) -> Token | None:
    """The verb by which talks take place: it stands behind them ("a meeting **held** in Oslo"), or they are its subject."""
    behind = (c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i > noun.i)
    held = next((c for c in behind if is_frame(c, "happening", "postponed", "cancelled")), None)
    if held is not None and (noun.dep_ not in {"nsubj", "nsubj:pass"} or _is_earlier(noun)):
        return held
    whole = noun.head if noun.dep_ == "nmod" and noun.head.lower_ in {"round", "session", "series"} else noun
    if whole.dep_ in {"nsubj", "nsubj:pass"} and is_frame(whole.head, "happening", "postponed", "cancelled"):
        return whole.head
    if whole.dep_ in {"nsubj", "nsubj:pass"} and held is None:
        bound = syntax.children(whole.head, "xcomp")
        return next((t for t in bound if is_frame(t, "happening", "postponed", "cancelled")), None)
    return held


def _is_earlier(noun: Token) -> bool:
    """ "A previous meeting", "an earlier round", "the last talks"."""
    return bool({c.lower_ for c in noun.children} & {"previous", "earlier", "last", "first", "preceding"})


def _annual(noun: Token) -> bool:
    words = {c.lower_ for c in noun.children}
    return bool(words & {"annual", "regular", "yearly", "monthly", "periodic", "further", "any", "more"}) and not any(
        c.pos_ == "DET" and c.lower_ == "the" for c in noun.children
    )


def _dated(document: Document, noun: Token) -> DateMention | None:
    """ "The **July** meeting", "**Friday's** talks": the time that stands before the noun."""
    before = [
        c
        for c in noun.children
        if c.i < noun.i and c.dep_ in {"compound", "nmod:poss", "amod", "nmod", "nmod:unmarked"}
    ]
    found = next((d for c in before if (d := document.at(c.i, DateMention)) is not None), None)
    return found if found is not None and found.role == "at" else None


def _goes_for(noun: Token, verb: Token) -> bool:
    """ "Will **travel** to Norville on Sunday **for talks**": a journey that is made for the talks."""
    return is_frame(verb, "travelling") and syntax.preposition(noun) == "for"


def _is_told_at(document: Document, noun: Token, last: Talk) -> bool:
    """ "He will meet them on the sidelines of **the summit**": what others are told to be beside of in the same sentence."""
    definite = any(c.lower_ in {"the", "this", "that"} for c in noun.children)
    return definite and document.sentence_index(last.token.i) == document.sentence_index(noun.i)


def _concrete(document: Document, talk: Talk, noun: Token, row: dict[str, str], verb: Token | None, own: bool) -> bool:
    """Whether the words tell one occasion, not talking as such ("dialogue between A and B is needed")."""
    anchored = talk.date is not None or talk.place is not None or bool(talk.parties.persons)
    if not own and not anchored and verb is None:
        return _lasting(document, noun)
    if own and talk.status == "held" and any(c.lower_ in {"phone", "telephone"} for c in noun.children):
        return True
    if talk.status == "proposed" or row["weak"]:
        there = talk.date is not None or talk.place is not None
        return there or verb is not None or (own and bool(talk.parties.persons))
    return own or anchored or verb is not None


def _lasting(document: Document, noun: Token) -> bool:
    """ "A two-hour meeting", "three days of talks"."""
    low, high = document.sentence(noun.i)
    first, last = syntax.phrase(noun)
    spans = document.within(max(low, first - 4), min(high, last), DurationMention)
    words = {t.lower_ for t in document.doc[max(low, first - 4) : last]}
    units = {"hour", "hours", "day", "days", "minutes", "weeks", "two-hour", "two-day", "three-day", "one-day"}
    return bool(spans) or bool(words & units) or any(w.endswith(("-hour", "-day", "-minute")) for w in words)
