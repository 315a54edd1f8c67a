"""The words behind a value, sentence by sentence: each sentence once, with all of its words marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Pieces = list[tuple[str, bool]]


def sentences(evidence: Iterable[dict[str, Any]]) -> list[Pieces]:
    """The evidence of a value (as `foedus.ask.show` gives it) in pieces of text, each with whether it is evidence.

    Spans of one sentence are marked together in it; sentences are in reading order.
    """
    marks: dict[str, list[tuple[int, int]]] = {}
    for one in sorted(evidence, key=lambda one: one["start"]):
        at = len(one["before"])
        text = f"{one['before']}{one['words']}{one['after']}"
        marks.setdefault(text, []).append((at, at + len(one["words"])))
    return [_marked(text, spans) for text, spans in marks.items()]


def _marked(text: str, spans: list[tuple[int, int]]) -> Pieces:
    pieces: Pieces = []
    at = 0
    for start, end in sorted(spans):
        if start > at:
            pieces.append((text[at:start], False))
        if end > max(start, at):
            pieces.append((text[max(start, at) : end], True))
        at = max(at, end)
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces
