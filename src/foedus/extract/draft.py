"""Building one record: every value is put with its words, and nothing is put without."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, TypeVar

from foedus.mentions.document import Document
from foedus.record import CLASSES, Kind, Record, Span, stable_id

R = TypeVar("R", bound=Record)


_IDENTITY = (
    "parties",
    "title",
    "text",
    "kind",
    "undertaking",
    "format",
    "type",
    "cameo",
    "actor",
    "recipient",
    "modality",
)
"""What makes a record itself, beside its words; later values such as a date may be read better without a new id."""


class Draft:
    """A record in the making.

    >>> draft = Draft(document, "agreement", record=[(0, 20)])
    >>> draft.put("term", "P10Y", (30, 37))
    >>> draft.finish(confidence=0.9)
    """

    def __init__(self, document: Document, kind: Kind, record: Iterable[Span]) -> None:
        self.document = document
        self.kind: Kind = kind
        self.values: dict[str, Any] = {}
        self.evidence: dict[str, list[Span]] = {"record": list(record)}
        self._rules = {"record": _rule(2)} if document.trace is not None else {}

    def put(self, field: str, value: Any, *spans: Span) -> None:
        """Set `field`, with its words. An empty value is not set. A value without words takes the record's words."""
        if value is None or value == () or value == [] or value == "":
            return
        self.values[field] = tuple(value) if isinstance(value, list) else value
        self.evidence[field] = list(spans) or list(self.evidence["record"])
        if self.document.trace is not None:
            self._rules[field] = _rule(2)

    def drop(self, field: str) -> None:
        """Forget a field."""
        self.values.pop(field, None)
        self.evidence.pop(field, None)

    def get(self, field: str) -> Any:
        """The value of a field so far, else None."""
        return self.values.get(field)

    def __contains__(self, field: str) -> bool:
        return field in self.values

    def finish(self, confidence: float) -> Any:
        """The frozen record: ids stable, evidence sorted, unique, inside the text and never empty."""
        size = len(self.document.report.text)
        evidence = {
            field: tuple(sorted({(a, b) for a, b in spans if 0 <= a < b <= size}))
            for field, spans in sorted(self.evidence.items())
        }
        evidence = {field: spans for field, spans in evidence.items() if spans}
        values = {field: value for field, value in self.values.items() if field in evidence}
        identity = (evidence["record"], *(values.get(field) for field in _IDENTITY))
        id = stable_id(self.document.report.id, self.kind, *identity)
        if self.document.trace is not None:
            self.document.trace[id] = self._rules
        return CLASSES[self.kind](
            id=id,
            evidence=evidence,
            confidence=round(confidence, 3),
            **values,
        )


def _rule(above: int) -> str:
    """The function that many calls above this one: "module.name: first sentence of what it does"."""
    frame = sys._getframe(above)
    while frame.f_back is not None and frame.f_code.co_name.startswith("<"):
        frame = frame.f_back
    code = frame.f_code
    module = frame.f_globals.get("__name__", "").rpartition(".")[2]
    text = code.co_consts[0] if code.co_consts and isinstance(code.co_consts[0], str) else ""
    said = " ".join(text.split()).partition(". ")[0].rstrip(".")
    return f"{module}.{code.co_name}" + (f": {said}" if said else "")
