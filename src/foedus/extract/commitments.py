"""Commitments of one report: future acts to which parties bind themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.commitments_duties import by_obliging, by_providing, by_tasking
from foedus.extract.commitments_frames import Binding, frames
from foedus.extract.commitments_futures import by_future
from foedus.extract.commitments_given import by_giving
from foedus.extract.commitments_nouns import by_noun
from foedus.extract.commitments_present import by_heading, by_point, by_present
from foedus.extract.commitments_terms import put_terms
from foedus.extract.commitments_things import by_state
from foedus.extract.commitments_verbs import by_arranged, by_binding
from foedus.extract.draft import Draft

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.record import Commitment


def find_commitments(document: Document) -> list[Commitment]:
    """Every commitment that the report gives, in text order; [] when it gives none.

    Where two readings share their words, the firmer verb wins ("agreed that X will" over "X will").
    """
    kept: list[Binding] = []
    for binding in sorted(_parted(find_bindings(document)), key=lambda b: (b.rank, b.first)):
        _past_subject(binding, kept)
        if all(binding.last <= k.first or k.last <= binding.first for k in kept):
            kept.append(binding)
    kept.sort(key=lambda b: b.first)
    told = (b for b in kept if (_in_heading(document, b) and _is_told(b, kept)) or _is_subheading(b, kept))
    left_out = {id(b) for b in told}
    return [_record(document, b) for b in kept if id(b) not in left_out]


def _past_subject(binding: Binding, kept: list[Binding]) -> None:
    """Let a clause begin behind what its subject's description undertakes ("X, which plans **to send tanks**, will also send shells")."""
    inside = [k.last for k in kept if binding.first < k.first and k.last <= min(binding.act.i, binding.cue.i)]
    if inside:
        binding.first = min(binding.act.i, binding.cue.i)


def _in_heading(document: Document, binding: Binding) -> bool:
    """Whether the undertaking stands in the line above the text."""
    low, high = document.sentence(binding.act.i)
    words = [t for t in document.doc[low:high] if not t.is_space]
    return low < 30 and words[-1].text != ";" and not any(t.text in {".", "?", "!"} for t in words)


def _is_told(heading: Binding, found: list[Binding]) -> bool:
    """Whether the text tells again, and more fully, what the heading says."""
    return any(o.first >= heading.last and set(heading.by.codes) & set(o.by.codes) for o in found)


def _is_subheading(line: Binding, found: list[Binding]) -> bool:
    """Whether a line without a finite verb ("Norland to donate ten boats") is told by the same verb below it."""
    below = (o for o in found if o.first >= line.last and o.by.codes == line.by.codes)
    return line.cue.lower_ == "to" and any(o.act.lemma_ == line.act.lemma_ for o in below)


def _parted(found: list[Binding]) -> list[Binding]:
    """The readings, each ended before a clause inside it by which somebody else is bound."""
    for inner in found:
        act = inner.act
        if act.dep_ not in {"acl:relcl", "advcl", "conj"} or not any(c.dep_ == "nsubj" for c in act.children):
            continue
        for outer in found:
            inside = outer.first < outer.act.i < inner.first < outer.last
            shared = set(outer.by.codes) & set(inner.by.codes)
            if inside and outer.by.codes != inner.by.codes and (not shared or act.dep_ == "acl:relcl"):
                last = act.left_edge.i
                while last > outer.act.i + 1 and (act.doc[last - 1].is_punct or act.doc[last - 1].dep_ == "cc"):
                    last -= 1
                outer.last = max(outer.act.i + 1, last)
    return found


def find_bindings(document: Document) -> list[Binding]:
    """Every undertaking of a state or organisation, in text order; overlapping readings are all given."""
    found: list[Binding] = []
    table = frames()
    found += by_heading(document)
    for token in document.doc:
        if any(c.dep_ == "cop" and c.tag_ == "VB" for c in token.children):
            found += by_state(document, token)
        if token.pos_ not in {"VERB", "ADJ", "NOUN"}:
            continue
        lemma = token.lemma_.lower()
        binding = table["binding"].get(lemma) or table["binding"].get(token.lower_)
        if token.pos_ in {"VERB", "ADJ"} and binding is not None:
            found += by_binding(document, token, binding)
        if token.pos_ in {"VERB", "ADJ"} and lemma in table["arranged"]:
            found += by_arranged(document, token)
        if token.pos_ == "NOUN" and lemma in table["noun"]:
            found += by_noun(document, token, table["noun"][lemma])
        if token.pos_ != "VERB":
            continue
        if lemma in table["giving"]:
            found += by_giving(document, token, table["giving"][lemma])
        if lemma in table["obliging"] or lemma in table["duty_told"]:
            found += by_obliging(document, token)
        if lemma in table["providing"]:
            found += by_providing(document, token)
        if lemma in table["tasking"]:
            found += by_tasking(document, token)
        found += by_point(document, token)
        found += list(by_future(document, token)) or by_present(document, token)
    return found


def _record(document: Document, binding: Binding) -> Commitment:
    span = document.span(binding.first, binding.last)
    cue = document.span(binding.cue.i, binding.cue.i + 1)
    apart = document.sentence(binding.cue.i) != document.sentence(binding.first)
    record = [cue, span] if apart else [(min(span[0], cue[0]), max(span[1], cue[1]))]
    draft = Draft(document, "commitment", record)
    draft.put("by", binding.by.codes, *binding.by.spans)
    draft.put("undertaking", document.words(span), span)
    draft.put("firmness", binding.firmness, cue)
    put_terms(document, draft, binding)
    finished: Commitment = draft.finish(0.85 if binding.rank == 0 else 0.7)
    return finished
