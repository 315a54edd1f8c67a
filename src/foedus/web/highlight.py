"""A report's text cut into pieces at every evidence boundary, so that overlapping evidence can be marked."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from foedus.record import Reading


class Piece(NamedTuple):
    """Some text with the ids and kinds of the records whose evidence covers it; both empty for plain text."""

    text: str
    ids: tuple[str, ...]
    kinds: tuple[str, ...]


def pieces(reading: Reading, events: bool = False) -> list[list[Piece]]:
    """Paragraphs of pieces; joined with line breaks they are the report's text. Events repeat other kinds' words: off by default."""
    text = reading.report.text
    spans = [
        (start, end, record.id, kind)
        for kind, record in reading.records()
        if events or kind != "event"
        for found in record.evidence.values()
        for start, end in found
        if start < end
    ]
    cuts = sorted({0, len(text), *(s for s, *_ in spans), *(e for _, e, *_ in spans)})
    opening: dict[int, list[tuple[str, str]]] = {}
    closing: dict[int, list[tuple[str, str]]] = {}
    for start, end, id_, kind in spans:
        opening.setdefault(start, []).append((id_, kind))
        closing.setdefault(end, []).append((id_, kind))
    paragraphs: list[list[Piece]] = [[]]
    active: dict[tuple[str, str], int] = {}
    for start, end in pairwise(cuts):
        for key in closing.get(start, ()):
            active[key] -= 1
            if not active[key]:
                del active[key]
        for key in opening.get(start, ()):
            active[key] = active.get(key, 0) + 1
        ids = tuple(dict.fromkeys(id_ for id_, _ in active))
        kinds = tuple(dict.fromkeys(kind for _, kind in active))
        for number, line in enumerate(text[start:end].split("\n")):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Piece(line, ids, kinds))
    return [paragraph for paragraph in paragraphs if paragraph]
