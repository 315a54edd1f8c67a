"""Families: only records of one family can be the same thing. `neighbours` finds the blocks of a family."""

from __future__ import annotations

from typing import Any

from foedus.book.edtf import bounds
from foedus.book.items import few_days, forum_root
from foedus.book.names import sound
from foedus.book.wording import words


def family_of(kind: str, values: dict[str, Any], report: str) -> str:
    """The family of a record. One that names nobody can be merged with nothing: its family is its report's own."""
    own = _KEYS[kind](values)
    return f"{kind}:{own}" if own else f"{kind}:@{report}"


def _parties(values: dict[str, Any]) -> str:
    return "+".join(values.get("parties") or ())


def _meeting(values: dict[str, Any]) -> str:
    forum = forum_root(values.get("forum"))
    parties = values.get("parties") or ()
    # "2+2" is the name of many series: two states are told from two others by who they are
    two_states = len(parties) == 2 and not any(party.startswith("org:") for party in parties)
    return f"forum {forum}" if forum and not two_states else _parties(values)


def _statement(values: dict[str, Any]) -> str:
    speaker = values.get("speaker") or {}
    if named := sound(speaker.get("name")):
        return named  # the party is often not said, and names are spelled in several ways: `judge` compares them
    office = " ".join(words(speaker.get("office")))
    return f"{speaker.get('party') or ''} {office}" if office else ""


def _commitment(values: dict[str, Any]) -> str:
    return "+".join(values.get("by") or ())


def _activity(values: dict[str, Any]) -> str:
    parties = _parties(values)
    return f"{values.get('kind') or ''} {parties}" if parties else ""


def _event(values: dict[str, Any]) -> str:
    actor, recipient = "+".join(values.get("actor") or ()), "+".join(values.get("recipient") or ())
    days = bounds(values.get("date"))
    if (not actor and not recipient) or days is None or not few_days(days):
        return ""  # coded events are one only on the same day
    return f"{values.get('type')} {actor}>{recipient} {days[0]}/{days[1]}"


_KEYS = {
    "agreement": _parties,
    "meeting": _meeting,
    "statement": _statement,
    "commitment": _commitment,
    "activity": _activity,
    "event": _event,
}
