"""How what is said of an instrument is meant: done, to be done, only possible, or denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.circumstances import is_due
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_ONCE = {"when", "once", "until", "before", "if", "unless"}
_MAKING_KNOWN = {"announce", "mark", "complete", "celebrate", "hail", "regret", "welcome", "confirm", "declare"}
_IS = {"is", "are", "was", "were"}
_HOLDING = {"engage", "hold", "begin", "start", "open", "launch", "continue", "resume", "enter", "conduct", "pursue"}


def _is_headline_present(verb: Token) -> bool:
    """Whether a headline tells in the present what has been done: "Norland ratifies treaty", not "Norland to ratify treaty"."""
    if verb.tag_ not in {"VBZ", "VBP"} or any(c.dep_ in {"aux", "aux:pass", "mark"} for c in verb.children):
        return False
    lines = verb.doc.spans["paragraphs"]
    return len(lines) > 1 and verb.i < lines[0].end and lines[0].text.rstrip()[-1:].isalnum()


def _is_made_known(document: Document, noun: Token) -> bool:
    """Whether a noun for a deed is what somebody announced or marked: "announced the extension of the treaty"."""
    verb = noun.head
    known = noun.pos_ == "NOUN" and noun.dep_ == "obj" and verb.lemma_ in _MAKING_KNOWN
    return known and document.modality(verb).kind == "actual"


def _are_held(document: Document, talks: Token) -> bool:
    """Whether somebody is said to be in negotiations: "has engaged in **negotiations** for a treaty"."""
    verb = talks.head
    held = verb.lemma_ in _HOLDING and talks.dep_ in {"obj", "obl"} and verb.pos_ == "VERB"
    return held and document.modality(verb).kind == "actual"


def _is_past_participle(document: Document, verb: Token) -> bool:
    """Whether a participle on the noun carries a day gone by: "will buy them under a contract signed on Friday"."""
    if verb.tag_ != "VBN" or verb.dep_ != "acl" or any(c.dep_.startswith("aux") for c in verb.children):
        return False
    when, today = document.when(verb), document.report.published_on
    return (
        when is not None and when.role == "at" and today is not None and when.edtf[:10] <= today[: len(when.edtf[:10])]
    )


def _is_lately_done(verb: Token) -> bool:
    """Whether a participle before the noun says that it has been done: "the recently ratified accord"."""
    done = any(c.lower_ in {"recently", "newly", "already", "just", "freshly", "previously"} for c in verb.children)
    return done and verb.dep_ == "amod" and verb.i < verb.head.i


def _waits(verb: Token) -> bool:
    """Whether something must happen first: "enters into force when the parliaments approve it"."""
    clauses = syntax.children(verb, "advcl")
    return any(c.lower_ in _ONCE for one in (verb, *clauses) for c in one.children)


def kind_of(document: Document, verb: Token) -> str:
    """How what a predicate says of an instrument is meant: actual, future, hypothetical or negated."""
    kind = document.modality(verb).kind
    if kind == "future" and (_is_headline_present(verb) or _is_made_known(document, verb)):
        return "actual"
    if kind == "hypothetical" and is_due(verb):
        return "future"
    if (
        kind == "future"
        and verb.dep_ in {"xcomp", "advcl", "ccomp"}
        and verb.head.pos_ == "ADJ"
        and syntax.is_denied(verb.head)
    ):
        return "negated"
    if kind in {"future", "hypothetical"} and verb.lemma_ == "negotiation" and _are_held(document, verb):
        return "actual"
    if kind in {"future", "hypothetical"} and (_is_past_participle(document, verb) or _is_lately_done(verb)):
        return "actual"
    if kind == "future" and verb.tag_ == "VBG" and verb.dep_ == "advcl" and not syntax.children(verb, "mark"):
        above = verb.head
        while above.dep_ in {"xcomp", "ccomp"} and above.tag_ == "VB" and above.head.pos_ == "VERB":
            above = above.head
        return document.modality(above).kind  # "agreed to meet, signing a treaty"
    if kind == "actual" and is_asked(document, verb):
        return "hypothetical"
    if kind == "actual" and verb.tag_ in {"VBZ", "VBP"} and _waits(verb):
        return "future"
    words = {child.lower_ for child in verb.children if child.dep_.startswith("aux")}
    to_be = words & {"was", "were"} and any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.children)
    if kind == "negated" and to_be and not syntax.is_denied(verb):
        return "future"  # "was to have been signed"
    if kind == "actual" and verb.tag_ == "VB" and words & _IS and any(c.lower_ == "to" for c in verb.children):
        return "future"  # "were to sign then an accord"
    if "must" in words:
        return "hypothetical"
    if kind == "actual" and words & {"will", "shall"}:
        return "future"
    if kind == "actual" and words & {"would", "may", "might", "could", "can", "should"}:
        return "hypothetical"
    if kind == "actual" and verb.tag_ in {"VBZ", "VBP"} and (when := document.when(verb)) is not None:
        today = document.report.published_on
        if when.role not in {"since", "after"} and (today is None or when.edtf[:10] > today[: len(when.edtf[:10])]):
            return "future"
    return kind


def is_asked(document: Document, word: Token) -> bool:
    """Whether the sentence of a word is a question."""
    low, high = document.sentence(word.i)
    return any(t.text == "?" for t in document.doc[max(low, high - 3) : high])
