"""Several persons named at once: "his Greek and French counterparts, A and B", "Ministers A and B of C"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from foedus.mentions.model import PartyMention

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.mentions.offices import Office
    from foedus.record import Span

_LINKS = {"and", ",", "&"}
_TITLES = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "gen", "gen.", "sir", "(", ")", "retd", "sheikh"}
_SINGLE = {"president", "king", "queen", "premier", "chancellor", "emir", "sultan", "pope", "monarch"}
"""Ranks that one state gives to one person, so that "Presidents A and B of C" says nothing of A."""


class Share(NamedTuple):
    """What one of several names takes from the phrase: its party (None: not clear), and whether it is a counterpart."""

    party: str | None
    span: Span | None
    same_office: bool


def distributed(document: Document, offices: list[Office], names: list[tuple[int, int]]) -> dict[int, Share]:
    """First token of a name -> its share of a phrase with several parties or names; {} where there is none."""
    doc = document.doc
    begins, ends = dict(names), {last: first for first, last in names}
    found: dict[int, Share] = {}
    for token in doc:
        low = token.lower_
        if low in {"counterpart", "counterparts", "colleagues", "colleague", "homologue", "homologues"}:
            left = token.i
        elif low in {"number", "numbers"} and token.i and doc[token.i - 1].lower_ == "opposite":
            left = token.i - 1
        else:
            continue
        parties = _parties_before(document, left)
        if parties:
            _share(found, _list_after(document, begins, token.i + 1), parties, low not in {"colleagues", "colleague"})
    for office in offices:
        if not office.plural:
            continue
        listed = _list_after(document, begins, office.last)
        parties = _parties_before(document, office.first)
        if len(parties) > 1:
            before = _list_before(document, ends, parties[0].first)
            _share(found, listed or before, parties, False)
        elif len(after := _parties_after(document, office.first)) > 1:
            _share(found, _list_after(document, begins, after[-1].last), after, False)
        elif not parties and len(listed) > 1 and not _SINGLE & set(office.words.casefold().split()):
            mention = _of_party(document, begins[listed[-1]])
            if mention is not None:
                found.update(dict.fromkeys(listed, Share(mention.code, mention.span, False)))
    return found


def _share(found: dict[int, Share], listed: list[int], parties: list[PartyMention], same_office: bool) -> None:
    if len(listed) == len(parties):
        for first, mention in zip(listed, parties, strict=True):
            found[first] = Share(mention.code, mention.span, same_office)
    elif len(parties) > 1:
        found.update(dict.fromkeys(listed, Share(None, None, False)))


def _parties_before(document: Document, at: int) -> list[PartyMention]:
    """The coordinated parties that end right before token `at`, in text order."""
    found: list[PartyMention] = []
    at -= 1
    while at >= 0:
        mention = document.at(at, PartyMention)
        if mention is None:
            break
        found.insert(0, mention)
        at = mention.first - 1
        if at < 0 or document.doc[at].lower_ not in _LINKS:
            break
        while at >= 0 and document.doc[at].lower_ in _LINKS:
            at -= 1
    return found


def _parties_after(document: Document, first: int) -> list[PartyMention]:
    """The coordinated parties after "of" or "from" behind an office ("the envoys of Peru and of Chile")."""
    doc, found = document.doc, []
    at = next(
        (
            i
            for i in range(first, min(first + 12, len(doc)))
            if doc[i].lower_ in {"of", "from"} and document.at(i, PartyMention) is None and _leads_to_party(document, i)
        ),
        -1,
    )
    while 0 <= at < len(doc):
        mention = document.at(at, PartyMention)
        if mention is not None:
            found.append(mention)
            at = mention.last
        elif doc[at].lower_ in {"of", "from", "the", "and"} or (
            doc[at].text == "," and at + 1 < len(doc) and document.at(at + 1, PartyMention)
        ):
            at += 1
        else:
            break
    return found


def _leads_to_party(document: Document, of: int) -> bool:
    """Whether a party follows the preposition, so that "of defence" in "the ministers of defence of Peru" is passed over."""
    at = of + 1 + (of + 1 < len(document.doc) and document.doc[of + 1].lower_ == "the")
    return at < len(document.doc) and document.at(at, PartyMention) is not None


def _list_after(document: Document, begins: dict[int, int], at: int) -> list[int]:
    doc = document.doc
    found: list[int] = []
    while at < len(doc):
        if at in begins:
            found.append(at)
            at = begins[at]
        elif doc[at].lower_ in _LINKS | _TITLES:
            at += 1
        else:
            break
    return found


def _list_before(document: Document, ends: dict[int, int], at: int) -> list[int]:
    doc = document.doc
    found: list[int] = []
    while at > 0:
        if at in ends:
            at = ends[at]
            found.insert(0, at)
        elif doc[at - 1].lower_ in _LINKS | _TITLES | {"the"}:
            at -= 1
        else:
            break
    return found


def _of_party(document: Document, at: int) -> PartyMention | None:
    doc = document.doc
    if at + 1 >= len(doc) or doc[at].lower_ != "of":
        return None
    mention = document.at(at + 1 + (doc[at + 1].lower_ == "the"), PartyMention) if at + 2 < len(doc) else None
    return mention if mention is not None and mention.form == "name" else None
