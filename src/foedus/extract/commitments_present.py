"""Undertakings without a future auxiliary: headings, terms told in the present, clauses that go with a future."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import bound, bound_of, introduced
from foedus.extract.commitments_clause import acts_of, made
from foedus.extract.commitments_deal import under_terms
from foedus.extract.commitments_frames import Binding, frames, is_doing, is_word
from foedus.extract.commitments_futures import future_word, is_meeting
from foedus.extract.commitments_subject import opening_line
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_MARKS = {"-", "–", "•", "*", "·", "◦"}


def by_heading(document: Document) -> Iterator[Binding]:
    """ "Norland to send nurses to Sudland": lines without a finite verb in which a state is "to" do something."""
    for low, high, point in _lines(document):
        if high - low > (45 if point else 25) or any(t.text in {".", "?"} for t in document.doc[low : high - point]):
            continue
        for to in document.doc[low + 1 : high]:
            act = to.head
            if to.lower_ != "to" or to.dep_ not in {"mark", "aux"} or act.tag_ != "VB" or not is_doing(act):
                continue
            above = act.head if act.head.i < to.i and act.head.pos_ in {"NOUN", "PROPN"} else None
            noun = above or next(iter(syntax.children(act, "nsubj")), None)
            finite = any(t.tag_ in {"VBZ", "VBD", "VBP", "MD"} for t in document.doc[low : to.i])
            if (
                finite
                or noun is None
                or not low <= noun.i < to.i
                or noun.dep_ not in {"ROOT", "nsubj", "conj", "appos"}
            ):
                continue
            if point and above is not None and low < above.left_edge.i:
                continue
            by = bound_of(document, syntax.conjuncts(noun)) if point else document.parties_in(low, to.i)
            if bound_of(document, [noun]).codes and not is_meeting(act):
                for one in acts_of(act):
                    if is_doing(one) and not any(is_word("drill", t) for t in syntax.children(one, "obj")):
                        yield made(document, by, one, to, "plans", 1)


def _lines(document: Document) -> Iterator[tuple[int, int, bool]]:
    """First and past last token of each sentence, and of each point of a list inside one, without its mark; and whether it is a point."""
    doc = document.doc.tokens
    for low, high in document.sentences:
        marks = [k for k in range(low, high - 1) if doc[k].text in _MARKS and (k == 0 or doc[k - 1].is_space)]
        if not marks or marks[0] > low:
            yield low, marks[0] if marks else high, False
        for k, stop in zip(marks, [*marks, high][1:], strict=True):
            last = stop
            while last - 1 > k and doc[last - 1].is_space:
                last -= 1
            yield k + 1, last, True


def by_present(document: Document, verb: Token) -> Iterator[Binding]:
    """ "Under the new terms X hands back …", "In return X opens …"; "with X covering the cost" beside a future."""
    if not is_word("act", verb) or is_word("retaining", verb) or any(is_word("negative", c) for c in verb.children):
        return
    if verb.tag_ == "VBG":
        beside = verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "with" for c in verb.children)
        terms = beside and future_word(verb.head) is not None
    else:
        finite = verb.tag_ in {"VBZ", "VBP"} and not any(c.dep_ in {"aux", "aux:pass"} for c in verb.children)
        terms = (
            finite and verb.dep_ in {"ROOT", "conj", "advcl", "parataxis"} and under_terms(document, verb, before=True)
        )
    by = bound_of(document, syntax.conjuncts(own[0])) if terms and (own := syntax.children(verb, "nsubj")) else None
    if by is not None and by.codes and set(by.codes) == set(bound(document, verb).codes):
        cue = next((c for c in verb.children if c.dep_ == "mark"), verb)
        firmness = "plans" if verb.tag_ == "VBG" else "agreed"
        yield made(document, by, verb, cue, firmness, 1, clause=True)  # type: ignore[arg-type]


def by_point(document: Document, verb: Token) -> Iterator[Binding]:
    """ "They agreed: - to open …; - to close …", "Each party shall: (a) exchange …": points without a verb that binds."""
    first = next((c for c in verb.children if c.lower_ == "to" and c.dep_ in {"mark", "aux"}), verb)
    line = opening_line(document, first) if verb.tag_ in {"VB", "VBP"} and first.i <= verb.i else None
    if line is None or (first is verb and any(c.dep_ == "nsubj" for c in verb.children)):
        return
    words = document.doc[line[0] : line[1]]
    table = frames()["binding"]
    last = [t for t in words if (t.pos_ == "VERB" and t.lemma_.lower() in table) or is_word("future", t)]
    if not last or any(is_word("negative", t) for t in words):
        return
    cue = last[-1]
    by = introduced(document, first)
    if by.codes and (first is not verb or is_word("future", cue)):
        for act in acts_of(verb):
            yield made(document, by, act, cue, table.get(cue.lemma_.lower(), "committed"), 0)
