"""How a predicate is meant: actual, future, hypothetical or negated; habitual or not; under a say-verb or not.

The network's head decides where the parse has one (it measures better than rules, `training/RESULTS.md`); rules over the tree
with the words of `lexicon/modality.csv` find the cue words, and decide for other pipelines.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from foedus.language import extras
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import Modality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.language.doc import Token
    from foedus.mentions.document import Document

_SAY = {
    "say",
    "tell",
    "announce",
    "report",
    "claim",
    "add",
    "state",
    "declare",
    "deny",
    "warn",
    "argue",
    "insist",
    "note",
    "confirm",
    "write",
    "stress",
}
_STRENGTH = {"negated": 3, "hypothetical": 2, "future": 1}
_NOMINAL_FUTURE = {"ahead of", "before", "until", "for", "pending"}


@cache
def _cues(part: str) -> dict[str, str]:
    return {
        form: row["kind"] for row in load_table("modality") if row["part"] == part for form in split_forms(row["forms"])
    }


_LETTERS: dict[str, Literal["actual", "future", "hypothetical", "negated"]] = {
    "A": "actual", "B": "actual", "F": "future", "H": "hypothetical", "N": "negated",
}  # fmt: skip


def find_modality(document: Document, predicate: Token) -> Modality:
    """Modality of one predicate with its cue words (none for an actual one); `attributed` is the say-verb above it."""
    by_rule = rule_modality(predicate)
    more = extras(document.doc)
    if more is None or more.modality[predicate.i] not in _LETTERS:
        return by_rule
    letter = more.modality[predicate.i]
    kind = _LETTERS[letter]
    if kind == "future" and by_rule.kind == "actual" and _is_past(predicate):
        kind = "actual"
    if kind == by_rule.kind:
        cues = by_rule.cues
    else:
        cues = tuple((t.idx, t.idx + len(t.text)) for t in _cue_words(predicate)) if kind != "actual" else ()
    return Modality(kind, cues, by_rule.attributed, by_rule.habitual or letter == "B")


def _is_past(verb: Token) -> bool:
    """A past tense or a perfect ("met", "has met") without any modal: it tells nothing that is still to come."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "aux:pass"}}
    return verb.tag_ == "VBD" or (
        verb.tag_ == "VBN" and bool(auxiliaries) and auxiliaries <= {"has", "have", "had", "been", "was", "were"}
    )


def _cue_words(predicate: Token) -> list[Token]:
    """Auxiliaries, marks and negations on the predicate and, under an infinitive, the verb above it; else the predicate."""
    found = [
        c for c in predicate.children if c.dep_ in {"aux", "mark"} or c.lower_ in _cues("adverb") | _cues("determiner")
    ]
    if predicate.dep_ in {"xcomp", "ccomp", "acl", "advcl"} and predicate.head.pos_ in {"VERB", "NOUN", "ADJ"}:
        found.append(predicate.head)
    return sorted(found, key=lambda t: t.i) or [predicate]


def rule_modality(predicate: Token) -> Modality:
    """Modality by rule alone; a verb without any cue is actual.

    A noun ("the signing") takes it from its adjectives, else from the verb above it. "Would" under a past say-verb is future.
    """
    found = _on_verb(predicate) if predicate.pos_ in {"VERB", "AUX"} else _on_noun(predicate)
    say = _say_verb(predicate)
    kind, cue = found
    if kind == "hypothetical" and cue is not None and cue.lower_ == "would" and say is not None:
        kind = "future"
    cues = () if cue is None else ((cue.idx, cue.idx + len(cue.text)),)
    habitual = any(c.lower_ in _cues("habit") for c in predicate.children)
    return Modality(kind or "actual", cues, say.i if say is not None else None, habitual)  # type: ignore[arg-type]


def _strongest(candidates: Iterable[tuple[str, Token]]) -> tuple[str, Token | None]:
    best: tuple[str, Token | None] = ("", None)
    for kind, token in candidates:
        if _STRENGTH.get(kind, 0) > _STRENGTH.get(best[0], 0):
            best = (kind, token)
    return best


def _on_verb(verb: Token) -> tuple[str, Token | None]:
    found: list[tuple[str, Token]] = []
    infinitive = None
    for child in verb.children:
        low = child.lower_
        if child.dep_ in {"aux", "aux:pass"}:
            if low in _cues("aux"):
                found.append((_cues("aux")[low], child))
            if low == "to":
                infinitive = child
        if low in _cues("adverb") and child.dep_ in {"advmod", "aux", "neg", "cc"}:
            found.append(("negated", child))
        if low in _cues("mark") and child.dep_ in {"mark", "advmod"}:
            found.append(("hypothetical", child))
        if child.dep_ in {"nsubj", "nsubj:pass", "obj"}:
            found += [
                ("negated", c)
                for c in child.children
                if c.lower_ in _cues("determiner") and c.dep_ in {"det", "advmod"}
            ]
        if low == "mark" or (child.dep_ == "mark" and low == "to"):
            infinitive = child
    if infinitive is not None:
        found += _above(verb, infinitive)
    elif verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ == "VB":
        inherited = _on_verb(verb.head)
        if inherited[1] is not None:
            found.append((inherited[0], inherited[1]))
    if verb.dep_ in {"ccomp", "xcomp", "advcl"} and verb.head.pos_ == "VERB" and verb.tag_ in {"VBG", "VB"}:
        above = verb.head.lemma_.lower()
        if _cues("governor").get(above) == "negated":
            found.append(("negated", verb.head))
    return _strongest(found)


def _above(verb: Token, infinitive: Token) -> list[tuple[str, Token]]:
    """What the governor of an infinitive makes of it: "failed to", "plans to", "is to", "urged X to"; purpose is future."""
    head = verb.head
    if head is verb or verb.dep_ == "ROOT":
        return [("future", infinitive)]
    low = head.lemma_.lower()
    if low in _cues("governor"):
        found = [(_cues("governor")[low], head)]
        found += [("negated", c) for c in head.children if c.lower_ in _cues("adverb")]
        return found
    return [("future", infinitive)] if verb.dep_ in {"xcomp", "advcl", "acl", "conj"} else []


def _on_noun(noun: Token) -> tuple[str, Token | None]:
    from foedus.language import syntax

    found: list[tuple[str, Token]] = []
    for child in noun.children:
        if child.dep_ in {"amod", "compound"} and child.lower_ in _cues("adjective"):
            found.append(("future", child))
        if child.dep_ == "det" and child.lower_ in _cues("determiner"):
            found.append(("negated", child))
        if child.dep_ == "cop" and any(c.lower_ in _cues("aux") for c in noun.children):
            found += [(_cues("aux")[c.lower_], c) for c in noun.children if c.lower_ in _cues("aux")]
    if found:
        return _strongest(found)
    preposition = syntax.preposition(noun)
    if preposition in {"after", "during", "following", "since", "in", "at"}:
        return "", None
    verbs = syntax.governing_verbs(noun)
    return _on_verb(verbs[0]) if verbs and noun.dep_ in {"nsubj", "nsubj:pass", "obj", "conj"} else ("", None)


def _say_verb(predicate: Token) -> Token | None:
    at = predicate
    for _ in range(8):
        if at.head is at:
            break
        if at.dep_ in {"ccomp", "parataxis"} and at.head.lemma_ in _SAY:
            return at.head
        at = at.head
    return next((c for c in at.children if c.dep_ == "parataxis" and c.lemma_ in _SAY and c is not predicate), None)
