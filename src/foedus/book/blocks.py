"""Which records can be the same thing: only records of one block are ever compared."""

from __future__ import annotations

from typing import Any

from foedus.book.items import forum_key, surname, words


def block_of(kind: str, values: dict[str, Any], report: str) -> str:
    """The block of a record. One that names nobody can be merged with nothing: its block is its report's own."""
    own = _KEYS[kind](values)
    return f"{kind}:{own}" if own else f"{kind}:@{report}"


def _parties(values: dict[str, Any]) -> str:
    return "+".join(values.get("parties") or ())


def _meeting(values: dict[str, Any]) -> str:
    forum = forum_key(values.get("forum"))
    parties = values.get("parties") or ()
    # "2+2" is the name of many series: two states are told from two others by who they are
    two_states = len(parties) == 2 and not any(party.startswith("org:") for party in parties)
    return f"forum {forum}" if forum and not two_states else _parties(values)


def _statement(values: dict[str, Any]) -> str:
    speaker = values.get("speaker") or {}
    named = surname(speaker.get("name")) or " ".join(words(speaker.get("office")))
    return f"{speaker.get('party') or ''} {named}" if named else ""


def _commitment(values: dict[str, Any]) -> str:
    return "+".join(values.get("by") or ())


def _activity(values: dict[str, Any]) -> str:
    parties = _parties(values)
    return f"{values.get('kind') or ''} {parties}" if parties else ""


def _event(values: dict[str, Any]) -> str:
    actor, recipient = "+".join(values.get("actor") or ()), "+".join(values.get("recipient") or ())
    if not actor and not recipient:
        return ""
    return f"{values.get('type')} {actor}>{recipient}"


_KEYS = {
    "agreement": _parties,
    "meeting": _meeting,
    "statement": _statement,
    "commitment": _commitment,
    "activity": _activity,
    "event": _event,
}
