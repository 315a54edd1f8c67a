"""Commitments of one report: future acts to which parties bind themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.commitments_frames import Binding, find_bindings
from foedus.extract.commitments_terms import put_terms
from foedus.extract.draft import Draft

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Commitment


def find_commitments(document: Document) -> list[Commitment]:
    """Every commitment that the report gives, in text order; [] when it gives none.

    Where two readings share their words, the firmer verb wins ("agreed that X will" over "X will").
    """
    kept: list[Binding] = []
    for binding in sorted(find_bindings(document), key=lambda b: (b.rank, b.first)):
        if all(binding.last <= k.first or k.last <= binding.first for k in kept):
            kept.append(binding)
    return [_record(document, binding) for binding in sorted(kept, key=lambda b: b.first)]


def _record(document: Document, binding: Binding) -> Commitment:
    span = document.span(binding.first, binding.last)
    cue = document.span(binding.cue.i, binding.cue.i + 1)
    draft = Draft(document, "commitment", [(min(span[0], cue[0]), max(span[1], cue[1]))])
    draft.put("by", binding.by.codes, *binding.by.spans)
    draft.put("undertaking", document.words(span), span)
    draft.put("firmness", binding.firmness, cue)
    put_terms(document, draft, binding)
    record: Commitment = draft.finish(0.85 if binding.rank == 0 else 0.7)
    return record
