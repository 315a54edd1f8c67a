"""What verbs and nouns say of an instrument: `lexicon/agreement_frames.csv`, looked up by word and slot."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_forms, load_table, split_forms

if TYPE_CHECKING:
    from foedus.language.doc import Token

_ENDINGS = (
    ("ied", "y"),
    ("ies", "y"),
    ("lled", "l"),
    ("lling", "l"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
    ("s", ""),
)


@cache
def _frames() -> dict[str, list[tuple[tuple[str, ...], dict[str, str]]]]:
    """First word of a form -> (further words, frame), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = {}
    for row in load_table("agreement_frames"):
        for form in split_forms(row["forms"]):
            first, *more = form.split(" ")
            found.setdefault(first, []).append((tuple(more), row))
    for entries in found.values():
        entries.sort(key=lambda e: (-len(e[0]), e[0]))
    return found


def find_frame(verb: Token, slot: str) -> dict[str, str] | None:
    """The row of the verb whose object, subject or prepositional phrase the instrument is; None when it says nothing of it."""
    lemma = _lemma(verb)
    near = _near(verb)
    if lemma in {"force", "effect"}:
        before = verb.doc[verb.i - 1].lower_ if verb.i else ""
        return next((row for _, row in _frames().get("in", []) if before == "in"), None)
    rows = (
        _frames().get(lemma, ())
        if lemma == verb.lower_
        else [*_frames().get(lemma, ()), *_frames().get(verb.lower_, ())]
    )
    for more, row in rows:
        if row["by"] and not _done_by(verb, row["by"]):
            continue
        if row["slot"] == "prep":
            if more and more[-1] == slot and set(more[:-1]) <= near:
                return row
            continue
        alone = slot == "subj" and bool(row["alone"]) and not syntax.children(verb, "obj")
        if (row["slot"] == slot or alone) and set(more) <= near:
            return row
    return None


def stage_of(verb: Token, slot: str) -> str | None:
    """The stage that `verb` says of an instrument in `slot` (obj, subj or a preposition), None when it says none."""
    row = find_frame(verb, slot)
    return row["stage"] if row is not None else None


@cache
def _talk_stages() -> dict[str, str]:
    """Lemma of a verb (or "advanced") -> the stage that talks have reached by it."""
    return {form: row["stage"] for row in load_table("talk_stages") for form in split_forms(row["forms"])}


def talk_stage(talks: Token) -> tuple[Token, str] | None:
    """The verb that says how far "talks" or "negotiations" have come, and the stage reached; None when none says it, or they bore no fruit."""
    if talks.dep_ not in {"nsubj", "nsubj:pass", "obj"}:
        return None
    verb = talks.head
    stage = _talk_stages().get(verb.lemma_.lower()) or _talk_stages().get(verb.lower_)
    fruitless = any(syntax.preposition(t) == "without" for t in syntax.children(verb, "obl"))
    return (verb, stage) if stage is not None and not fruitless else None


def leaves_for_good(verb: Token) -> bool:
    """Whether to "leave" it is to withdraw: not to leave it open, to somebody, to be done, or with it in hand."""
    if verb.tag_ == "VBG" or syntax.children(verb, "xcomp", "ccomp", "compound:prt"):
        return False
    return not any(syntax.preposition(t) in {"to", "for", "with"} for t in syntax.children(verb, "obl"))


def _lemma(verb: Token) -> str:
    """The lemma, worked out from the word where the parser's is no verb of the frames ("initialled")."""
    lemma, word = str(verb.lemma_.lower()), str(verb.lower_)
    if lemma in _frames() and not (lemma == word and word.endswith("ed")):
        return lemma
    stems = (word[: -len(ending)] + rest for ending, rest in _ENDINGS if word.endswith(ending))
    return next((stem for stem in stems if stem in _frames()), lemma)


def _near(verb: Token) -> set[str]:
    """Words that can complete a verb of several words: the next four, its adverbs, particles and obliques with prepositions."""
    tokens = list(verb.doc[verb.i + 1 : verb.i + 5])
    for child in verb.children:
        behind = child.i > verb.i and child.dep_ in {"compound:prt", "obl", "obj", "xcomp"}
        if behind or child.dep_ == "advmod":
            tokens += [child, *(c for c in child.children if c.dep_ == "case")]
    return {t.lower_ for t in tokens} | {t.lemma_ for t in tokens}


def _done_by(verb: Token, nouns: str) -> bool:
    """Whether one of `nouns` does it: for verbs that mean this stage only of some bodies."""
    wanted = set(split_forms(nouns))
    agents = syntax.agents(verb) or list(verb.children)
    return any(t.lemma_.lower() in wanted or t.lower_ in wanted for t in agents)


@cache
def describing_verbs() -> frozenset[str]:
    """Verbs by which a report says what an instrument is about: "covers", "provides"."""
    return frozenset(load_forms("describing_verbs"))
