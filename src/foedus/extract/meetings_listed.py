"""Lists of people and states in the text, read from left to right wherever the parser hung their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_words import is_meeting_noun
from foedus.mentions.document import parties_of
from foedus.mentions.model import (
    DateMention,
    GroupMention,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.language.doc import Token
    from foedus.mentions import Document

_LINKS = {
    ",",
    "and",
    "the",
    "&",
    "with",
    "both",
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "dr",
    "dr.",
    "shri",
    "h.e.",
    "hon",
    "hon.",
    "his",
    "excellency",
}
_PHRASE = 3
"""Words of a comma and an office at least."""


def listed_after(document: Document, at: int, stop: int) -> Parties:
    """Everybody in the list of persons, offices and states that begins at token `at`, wherever the parser hung them."""
    found, apposed = Parties(), False
    while at < stop:
        mentions = [document.at(at, kind) for kind in (PersonMention, GroupMention, OfficeMention, PartyMention)]
        named = next((m for m in mentions if m is not None and m.first >= at - 1 and parties_of(m)), None)
        apposed = apposed and document.doc[at].text != ","
        if found.persons and mentions[0] is None and (office := _describing(document, at, apposed=apposed)) is not None:
            at, apposed = max(office.last, at + 1), True
        elif named is not None:
            found |= parties_of(named)
            at = max(named.last, at + 1)
        elif (office := document.at(at, OfficeMention)) is not None and office.first >= at - 1:
            at = max(office.last, at + 1)
        elif (
            document.doc[at].lower_ in _LINKS or (found and document.doc[at].lower_ == "of") or _is_title(document, at)
        ):
            at += 1
        else:
            break
    return found


def _describing(document: Document, at: int, *, apposed: bool) -> OfficeMention | None:
    """ "Met X, **the Norlandish minister** and **chairman of the union**": an office at token `at` of the person named before the comma, no guest."""
    office = document.at(at, OfficeMention)
    before = next(
        (document.doc[k] for k in range(at - 1, max(at - 4, 0), -1) if document.doc[k].lower_ not in {"the", "a"}), None
    )
    if office is None or office.plural or office.first < at - 1 or before is None:
        return None
    person = document.at(before.i - 1, PersonMention) if before.text == "," and before.i else None
    return office if (person is not None and person.last == before.i) or (apposed and before.lower_ == "and") else None


def is_second_office(document: Document, head: Token) -> bool:
    """ "X, the Norlandish minister and **chairman** of the union": a further office of somebody who is named before, no guest."""
    if document.at(head.i, PersonMention) is not None or document.at(head.i, OfficeMention) is None:
        return False
    last = head.left_edge.i
    while document.doc[last - 1].lower_ in {"the", "and"} and last > 1:
        last -= 1
    at = last - 1
    while at > 0 and document.doc[at].text not in {",", ".", ";"} and document.doc[at].pos_ != "VERB":
        at -= 1
    if at < 1 or document.doc[at].text != "," or last - at < _PHRASE or document.doc[last].lower_ != "and":
        return False
    return document.at(at - 1, PersonMention) is not None


def _is_title(document: Document, at: int) -> bool:
    """A capitalised word that belongs to the person named right behind: "**Vice Chancellor** and Minister Vidar Holm"."""
    if not document.doc[at].text[:1].isupper():
        return False
    ahead = range(at + 1, min(at + 4, len(document.doc)))
    return any((person := document.at(k, PersonMention)) is not None and person.first > at for k in ahead)


def right_after(document: Document, verb: Token) -> Parties:
    """Who stands right behind a verb, days and adverbs left out: its object where the parser hung it elsewhere."""
    at, stop = verb.i + 1, document.sentence(verb.i)[1]
    while at < stop:
        day = document.at(at, DateMention) or (
            document.at(at + 1, DateMention) if at + 1 < stop and document.doc[at].lower_ == "on" else None
        )
        if day is not None:
            at = max(day.last, at + 1)
        elif document.doc[at].pos_ in {"ADV", "DET"}:
            at += 1
        else:
            break
    kinds = (PersonMention, OfficeMention, GroupMention)
    if at < stop and any((m := document.at(at, kind)) is not None and m.first >= verb.i for kind in kinds):
        return listed_after(document, at, stop)
    return Parties()


def behind_preposition(document: Document, verb: Token, prepositions: Iterable[str]) -> Parties:
    """Who stands behind "with" or "to" right after a verb ("spoke **to** the king"), wherever the parser hung them."""
    names, stop = set(prepositions), document.sentence(verb.i)[1]
    for at in range(verb.i + 1, min(stop, verb.i + 7)):
        token = document.doc[at]
        if token.lower_ in names and token.pos_ == "ADP":
            return listed_after(document, at + 1, stop)
        if is_meeting_noun(token):
            break  # "speaking after a **meeting** with the king"
        if token.pos_ in {"VERB", "PUNCT", "PROPN"} and document.at(at, DateMention) is None:
            break
    return Parties()
