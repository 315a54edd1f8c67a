"""Building one record: every value is put with its words, and nothing is put without."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from types import CodeType
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

    def __init__(
        self, document: Document, kind: Kind, record: Iterable[Span], readers: Iterable[Callable[..., Any]] = ()
    ) -> None:
        """`readers` found in the text what the record tells, where that was done by others than those who put the values."""
        self.document = document
        self.kind: Kind = kind
        self.values: dict[str, Any] = {}
        self.evidence: dict[str, list[Span]] = {"record": list(record)}
        self._rules: dict[str, str] = {}
        self._found_by = ""
        if document.trace is not None:
            found = [_rule_of(reader) for reader in readers]
            self._rules["record"] = "; ".join(found) or _rule(2)
            self._found_by = ", ".join(rule.partition(":")[0] for rule in found)

    def put(self, field: str, value: Any, *spans: Span) -> None:
        """Set `field`, with its words. An empty value is not set. A value without words takes the record's words."""
        if value is None or value == () or value == [] or value == "":
            return
        self.values[field] = tuple(value) if isinstance(value, list) else value
        self.evidence[field] = list(spans) or list(self.evidence["record"])
        if self.document.trace is not None:
            self._rules[field] = f"{self._found_by}, put by {_rule(2)}" if self._found_by else _rule(2)

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
        evidence: dict[str, tuple[Span, ...]] = {}
        for field, spans in sorted(self.evidence.items()):
            kept = [(a, b) for a, b in spans if 0 <= a < b <= size]
            if kept:
                evidence[field] = tuple(sorted(set(kept)) if len(kept) > 1 else kept)
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
    return _described(frame.f_code, frame.f_globals.get("__name__", ""))


def _rule_of(reader: Callable[..., Any]) -> str:
    """The same of a function at hand, or of the one that a partial calls."""
    function = getattr(reader, "func", reader)
    return _described(function.__code__, function.__module__)


def _described(code: CodeType, module: str) -> str:
    text = code.co_consts[0] if code.co_consts and isinstance(code.co_consts[0], str) else ""
    said = " ".join(text.split()).partition(". ")[0].rstrip(".")
    return f"{module.rpartition('.')[2]}.{code.co_name}" + (f": {said}" if said else "")
