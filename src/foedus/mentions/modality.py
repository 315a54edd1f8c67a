"""How a predicate is meant: actual, future, hypothetical or negated; under a say-verb or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.mentions.document import Document


def find_modality(document: Document, predicate: Token) -> Modality:
    """Modality of one predicate, with its cue words."""
    cues = {c.lower_: c for c in predicate.children}
    for word, kind in (
        ("not", "negated"),
        ("n't", "negated"),
        ("never", "negated"),
        ("will", "future"),
        ("would", "hypothetical"),
    ):
        if word in cues:
            token = cues[word]
            return Modality(kind, ((token.idx, token.idx + len(token.text)),))  # type: ignore[arg-type]
    return Modality()
