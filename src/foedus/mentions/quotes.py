"""Quotation marks paired paragraph by paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from foedus.record import Span

_QUOTED = re.compile(r"“([^“”\n]+)”|\"([^\"\n]+)\"")


def find_quotes(text: str, paragraphs: list[tuple[int, int]], doc: Doc) -> list[Span]:
    """Characters between paired quotation marks, marks left out, in text order."""
    return [m.span(1) if m.group(1) else m.span(2) for m in _QUOTED.finditer(text)]
