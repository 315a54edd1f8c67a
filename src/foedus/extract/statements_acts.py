"""What a statement does: announces, warns, welcomes …; the list is `record.SpeechAct`, the words are in `lexicon/speech_acts.csv`.

The first of these that applies: what the frame of reported speech does ("urged both sides to …"), what the speaker does in
so many words ("We condemn …"), what the verb of saying does ("warned that …").
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.statements_verbs import use_of
from foedus.lexicon import load_table, split_forms

if TYPE_CHECKING:
    from foedus.extract.statements_said import Said
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

_FIRST_PERSON = {"i", "we"}
_WISHING = {"want", "wish", "like", "have", "must", "be"}
"""Verbs over an act that is done all the same ("I want to thank", "we would like to welcome")."""
_PLAIN = {"", "state", "report"}
"""Acts that a word of the speaker's own can make more exact."""


@cache
def _performatives() -> dict[str, list[tuple[str, str]]]:
    """Lemma -> (particle or "", act) of the verbs by which a speaker does something."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in load_table("speech_acts"):
        for form in split_forms(row["forms"]):
            lemma, _, particle = form.partition(" ")
            found.setdefault(lemma, []).append((particle, row["id"]))
    return found


def act_of(document: Document, said: Said) -> tuple[str, list[Span]] | None:
    """The act of a statement and the words that show it; None when no word does (a bare quotation)."""
    given = said.act or ((use.act if (use := use_of(said.verb)) is not None else "") if said.verb is not None else "")
    if given in _PLAIN and (own := performed(document, said.spans)) is not None:
        return own
    if said.act and said.cues:
        return said.act, [document.span(*cue) for cue in said.cues]
    if given and said.verb is not None:
        return given, [document.span(said.verb.i, said.verb.i + 1)]
    if said.cues:  # "according to"
        return "state", [document.span(*cue) for cue in said.cues]
    return None


def performed(document: Document, spans: list[Span]) -> tuple[str, list[Span]] | None:
    """The first act that the speaker does in the first person and the present tense inside `spans`, and the words for it."""
    for token in document.tokens_in(spans):
        if token.pos_ != "VERB" or token.tag_ not in {"VBP", "VB"}:
            continue
        for particle, act in _performatives().get(token.lemma_.lower(), ()):
            if particle and not any(c.lower_ == particle for c in document.doc[token.i + 1 : token.i + 3]):
                continue
            if _in_first_person(token):
                return act, [document.span(token.i, token.i + 1)]
    return None


def _in_first_person(verb: Token) -> bool:
    """Whether "I" or "we" does it now: not denied, not asked, nothing that might be."""
    at = verb
    if verb.tag_ == "VB":
        if verb.dep_ != "xcomp" or verb.head.lemma_.lower() not in _WISHING:
            return False
        at = verb.head
    if any(
        c.lower_ in {"not", "n't", "n’t", "never", "if", "do", "did", "cannot"} for c in (*at.children, *verb.children)
    ):
        return False
    if any(c.dep_ == "aux" and c.lower_ not in {"would", "'d", "’d", "to"} for c in (*at.children, *verb.children)):
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in _FIRST_PERSON for c in at.children)
