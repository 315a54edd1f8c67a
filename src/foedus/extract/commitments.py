"""Commitments of one report: future acts to which parties bind themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.commitments_frames import Binding, frames
from foedus.extract.commitments_futures import by_future
from foedus.extract.commitments_nouns import by_noun
from foedus.extract.commitments_terms import put_terms
from foedus.extract.commitments_verbs import by_binding, by_giving, by_obliging
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


def find_bindings(document: Document) -> list[Binding]:
    """Every undertaking of a state or organisation, in text order; overlapping readings are all given."""
    found: list[Binding] = []
    table = frames()
    for token in document.doc:
        if token.pos_ not in {"VERB", "ADJ", "NOUN"}:
            continue
        lemma = token.lemma_.lower()
        binding = table["binding"].get(lemma) or table["binding"].get(token.lower_)
        if token.pos_ in {"VERB", "ADJ"} and binding is not None:
            found += by_binding(document, token, binding)
        if token.pos_ == "NOUN" and lemma in table["noun"]:
            found += by_noun(document, token, table["noun"][lemma])
        if token.pos_ != "VERB":
            continue
        if lemma in table["giving"]:
            found += by_giving(document, token, table["giving"][lemma])
        if lemma in table["obliging"]:
            found += by_obliging(document, token)
        found += by_future(document, token)
    return found


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
