"""Statements of one party about another: those addressed to it, those on what both did, those that name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from foedus.book.store import Book
from foedus.lexicon import load_table, split_forms


def statements_between(
    book: Book, codes: Sequence[str], since: str | None = None, until: str | None = None
) -> list[dict[str, Any]]:
    """Statements of one of the parties `codes` that concern another of them, by day.

    They have the other as speaker too or as addressee, are about an agreement, meeting or activity of all of them, or
    name the other.
    """
    together = {
        source["record"]
        for kind in ("agreement", "meeting", "activity")
        for record in book.records(kind, party=codes)
        for source in record["sources"]
    }
    found: dict[str, dict[str, Any]] = {}
    for code in codes:
        for record in book.records("statement", party=code, since=since, until=until):
            if record["id"] not in found and _concerns(record, codes, together):
                found[record["id"]] = record
    when = {one["id"]: (one.get("when") is None, one.get("when") or "", one["id"]) for one in found.values()}
    return sorted(found.values(), key=lambda one: when[one["id"]])


def _concerns(record: dict[str, Any], codes: Sequence[str], together: set[str]) -> bool:
    speakers = [record.get("speaker"), *record.get("joint_with", ())]
    mine = {one["party"] for one in speakers if one and one.get("party")}
    others = [code for code in codes if code not in mine]
    if not mine & set(codes):
        return False
    if not others or record.get("addressee") in others or together & set(record.get("about", ())):
        return True
    return any(names_party(record.get("text") or "", code) for code in others)


def names_party(text: str, code: str) -> bool:
    """Whether a text names a party: its name, adjective, demonym or acronym, as written."""
    pattern = _pattern(code)
    return pattern is not None and bool(pattern.search(text))


@lru_cache(maxsize=512)
def _pattern(code: str) -> re.Pattern[str] | None:
    forms: set[str] = set()
    for table in ("countries", "organisations"):
        for row in load_table(table):
            own = row.get("code") or row["id"]
            if code in (own, f"org:{own}"):
                for column in ("forms", "name", "adjectives", "demonyms", "short", "acronym"):
                    forms |= set(split_forms(row.get(column) or ""))
    # a small letter would take "us" for the United States
    named = sorted((one for one in forms if one[:1].isupper()), key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, named))})(?!\w)") if named else None
