"""Names that several states share, settled by what else the report names: two Congos, two Koreas, Georgetown, Brussels."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table
from foedus.mentions.model import PartyMention

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_PAIRS = {
    "Congo": ("COD", "COG"), "Congolese": ("COD", "COG"), "Korea": ("KOR", "PRK"), "Korean": ("KOR", "PRK"), "Koreans": ("KOR", "PRK"),
    "Dominican": ("DOM", "DMA"), "Dominicans": ("DOM", "DMA"), "Yemeni": ("YEM", "YMD"), "Guinean": ("GIN", "GNB"), "Samoan": ("WSM", "ASM"),
    "Germans": ("DEU", "DDR"), "German": ("DEU", "DDR"), "Vietnamese": ("VNM", "VDR"),
}  # fmt: skip
"""A shared word -> the state that it stands for when nothing else speaks, and the other that may be meant."""
_KOREAS = {"Korea", "Korean", "Koreans"}
_NOT_KOREA = {"war", "peninsula", "peninsular", "war-era", "strait", "armistice", "war."}


@cache
def _former() -> dict[str, tuple[tuple[str, str], ...]]:
    """State -> (last day, code) of those that its capital stood for before, earliest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in load_table("countries"):
        if row["instead_of"]:
            found.setdefault(row["instead_of"], []).append((row["until"], row["id"]))
    return {code: tuple(sorted(entries)) for code, entries in found.items()}


def state_then(code: str, published: str | None) -> str:
    """The state that had this state's capital when the report appeared: SUN for RUS in 1976, CSK for CZE in 1959."""
    if published:
        for until, former in _former().get(code, ()):
            if published[:10] <= until:
                return former
    return code


def settle(document: Document, found: list[PartyMention]) -> list[PartyMention]:
    """The mentions with shared names given to the state that the report names otherwise; those left open are dropped."""
    named = {m.code for m in found if not m.unsure and document.words(m.span) not in _PAIRS}
    brussels = "org:EU" in named and not any(m.code == "BEL" and m.form in {"name", "adjective"} for m in found)
    kept = []
    for mention in found:
        words = document.words(mention.span)
        if words in _PAIRS and not _pair(document, mention, words, named):
            continue
        if mention.unsure and mention.code not in named:
            continue
        if words == "WHO" and document.doc[mention.first : mention.last + 1].text.isupper():
            continue
        if words == "Georgia" and _is_us_state(document, mention, found):
            continue
        if words == "Pak" and not any(m.code == "PAK" and m.form != "adjective" for m in found):
            continue
        if mention.code.startswith("org:") and _is_building(document, mention):
            continue
        if mention.form == "name" and _is_town(document, mention, found):
            continue
        if words == "Washington" and _after(document, mention).casefold() in {"state", "state's"}:
            continue
        if mention.form in {"capital", "seat"}:
            mention.code = state_then(mention.code, document.report.published_on)
        if brussels and mention.code == "BEL" and mention.form == "capital":
            mention.code = "org:EU"
        kept.append(mention)
    return kept


_BUILDINGS = {"headquarters", "hq", "building", "compound", "premises"}
_WHERE = {"at", "in", "inside", "outside", "near", "to", "from"}


def _is_building(document: Document, mention: PartyMention) -> bool:
    """Whether a body is only named for its house as a place: "met **at the United Nations Headquarters**"."""
    low, at = document.sentence(mention.first)[0], mention.first - 1
    while at > low and document.doc[at].pos_ in {"DET", "ADJ"}:
        at -= 1
    return _after(document, mention).lower() in _BUILDINGS and document.doc[at].lower_ in _WHERE


def _pair(document: Document, mention: PartyMention, words: str, named: set[str]) -> bool:
    """Give a shared name its state; false when it stays open or is no state at all ("the Korean War")."""
    usual, other = _PAIRS[words]
    if words in _KOREAS:
        if _after(document, mention).lower() in _NOT_KOREA:
            return False
        if {usual, other} <= named and not _is_one_of_two(document, mention):
            return False
        if {usual, other} <= named:
            return True
    elif {usual, other} <= named:
        return True
    mention.code = other if other in named and usual not in named else usual
    return True


def _is_one_of_two(document: Document, mention: PartyMention) -> bool:
    """Whether a hyphen joins the name to that of another state ("the **Korea**-U.S. alliance")."""
    doc, first, last = document.doc, mention.first, mention.last
    behind = last + 1 < len(doc) and doc[last].text in _JOINS and doc[last + 1].text[0].isupper()
    before = first > 1 and doc[first - 1].text in _JOINS and doc[first - 2].text[0].isupper()
    return (behind or before) and document.words(mention.span) == "Korea"


_JOINS = {"-", "–"}


def _after(document: Document, mention: PartyMention) -> str:
    return document.doc[mention.last].text if mention.last < len(document.doc) else ""


_AT = {"in", "at", "from", "near", "of"}


def _is_town(document: Document, mention: PartyMention, found: list[PartyMention]) -> bool:
    """Whether the name is that of a town of the United States ("in Jamaica, USA"): no list of states goes on behind it."""
    doc, at = document.doc, mention.last
    if mention.first == 0 or at + 1 >= len(doc) or doc[at].text != "," or doc[mention.first - 1].lower_ not in _AT:
        return False
    behind = next((m for m in found if m.first == at + 1 and m.code == "USA" and m.form == "name"), None)
    if behind is None or mention.code == "USA":
        return False
    return behind.last >= len(doc) or doc[behind.last].text not in {",", "and", "&", "or", "/"}


def _is_us_state(document: Document, mention: PartyMention, found: list[PartyMention]) -> bool:
    """Whether "Georgia" is the American state: a place to the network, in a report without Georgians or Tbilisi."""
    token = document.doc[mention.root]
    other = any(m.code == "GEO" and m.form in {"adjective", "capital"} for m in found)
    return token.ent_type_ == "PLACE" and not other
