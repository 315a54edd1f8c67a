"""Verbs of saying: the list, which words are one of them, and whether something was said by them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms

if TYPE_CHECKING:
    from foedus.language.doc import Token

_UNREAL = {"will", "would", "might", "may", "should", "could", "shall", "must", "can", "cannot", "ca", "wo", "to"}
_NEGATIVE = {"not", "n't", "never", "neither", "nor"}


@dataclass(slots=True, frozen=True)
class SayVerb:
    """How a verb of saying is used, its medium and what is done by it.

    `clause`: "bare" with a clause with or without "that"; "that" likewise, if the clause has a subject; "only" with a clause
    after "that" alone; "none" only beside quotation marks.
    """

    clause: str
    medium: str
    act: str


@cache
def say_verbs() -> dict[str, SayVerb]:
    """Lemma -> use, from `lexicon/say_verbs.csv`."""
    return {
        form: SayVerb(row["clause"], row["medium"], row["act"])
        for row in load_table("say_verbs")
        for form in split_forms(row["forms"])
    }


@cache
def _inflected() -> dict[str, str]:
    return {word: lemma for lemma in say_verbs() for word in inflections(lemma)}


def inflections(lemma: str) -> list[str]:
    """The regular forms of a verb: "underline" gives underlines, underlined, underlining."""
    if lemma.endswith("e"):
        return [lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2:-1] not in {"a", "e", "o"}:
        return [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    return [lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s"), lemma + "ed", lemma + "ing"]


def use_of(token: Token) -> SayVerb | None:
    """The use of a verb of saying, by its lemma or as a regular form; None for another word."""
    verbs = say_verbs()
    return verbs.get(token.lemma_.lower()) or verbs.get(_inflected().get(token.lower_, ""))


_BESIDE = {"while", "when"}
"""Words with which a clause with a subject and a past tense tells what was done ("… was calm, while Y **warned** that")."""
_NOT_YET = {"if", "unless", "whether", "to", "while", "when", "once", "until"}


_DOING = {"go", "continue", "proceed", "hasten", "use", "seize", "take"}
"""Verbs under which an infinitive was done ("went on to say", "seized the occasion to announce")."""


def carried_out(verb: Token) -> bool:
    """Whether an infinitive of saying stands under a finite verb that means it was done."""
    return (
        verb.tag_ == "VB"
        and verb.head.lemma_.lower() in _DOING
        and verb.head.tag_ in {"VBD", "VBZ", "VBP"}
        and is_said(verb.head)
    )


def _is_present(verb: Token) -> bool:
    return verb.tag_ in {"VBZ", "VBP"} or any(c.dep_ == "aux" and c.tag_ in {"VBZ", "VBP"} for c in verb.children)


@cache
def _acting() -> set[str]:
    return {form.split(" ")[0] for row in load_table("statement_frames") for form in split_forms(row["forms"])}


def does_by_words(token: Token) -> bool:
    """Whether the verb is one of doing something with words ("urged", "rejected"), from `lexicon/statement_frames.csv`."""
    return token.pos_ == "VERB" and token.lemma_.lower() in _acting()


_QUOTING = {"“", "”", '"', "``", "''", "«", "»"}


def _across_marks(word: Token, verb: Token) -> bool:
    """Whether a quotation mark stands between a small word and the verb, so that it belongs to what is quoted."""
    return any(t.text in _QUOTING for t in verb.doc[word.i + 1 : verb.i])


def _is_avoided(verb: Token) -> bool:
    """Whether the words in front of a gerund say that it was not done ("**stopping short of** calling", "**without** naming")."""
    if verb.i < 2:
        return False
    before, first = verb.nbor(-1).lower_, verb.nbor(-2).lower_
    return (
        before == "without"
        or (before == "of" and first in {"short", "instead"})
        or (before == "from" and first in _ABSTAINING)
    )


_ABSTAINING = {"refrained", "refraining", "refrain", "abstained", "shied", "away", "stopped"}
_OWN = {"nsubj", "nsubj:pass", "csubj", "mark"}


def is_said(verb: Token) -> bool:
    """Whether the speech was made: not negated, not future, not under "if" or "is expected to"."""
    fronted = verb.tag_ == "VBD" and verb.i < verb.head.i and not any(c.dep_ in _OWN for c in verb.children)
    bare = verb.dep_ == "advcl" and not any(c.lemma_ in {"have", "be"} for c in verb.children)
    if bare and (verb.tag_ == "VBN" or fronted):
        return False  # "Asked about reports that …, he said"
    if verb.tag_ == "VBG" and _is_avoided(verb):
        return False
    for child in verb.children:
        low = child.lower_
        if child.i < verb.i - 1 and child.dep_ in {"mark", "aux", "advmod"} and _across_marks(child, verb):
            continue
        if child.dep_ in {"advmod", "aux", "cc:preconj"} and low in _NEGATIVE:
            return False
        if child.dep_ == "aux" and low in _UNREAL:
            return False
        if child.dep_ == "mark" and low == "to" and carried_out(verb):
            continue
        if child.dep_ == "mark" and low == "while" and verb.tag_ == "VBG":
            continue
        if (
            child.dep_ == "mark"
            and low in _BESIDE
            and verb.tag_ == "VBD"
            and any(c.dep_ == "nsubj" for c in verb.children)
        ):
            continue
        if child.dep_ == "mark" and (low in _NOT_YET or (low in {"after", "before"} and _is_present(verb))):
            return False
    return not (verb.dep_ == "xcomp" and verb.tag_ == "VB" and not carried_out(verb))
