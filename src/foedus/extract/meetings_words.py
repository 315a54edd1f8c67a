"""The words that tell a meeting: `lexicon/meeting_frames.csv` and `lexicon/meeting_nouns.csv`, read once."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.numbers import ORDINALS, TENS, roman
from foedus.record import Span

if TYPE_CHECKING:
    from foedus.language.doc import Token

_ARRIVALS = {"airport", "tarmac", "pier", "quay", "quayside", "dock", "runway", "airfield", "jetty", "wharf", "port", "harbour", "harbor", "station"}  # fmt: skip
_GREETS, _LANDS = {"receive", "welcome", "greet", "meet"}, {"arrive", "land", "disembark", "alight"}


class Frame(NamedTuple):
    """One way in which a verb tells a meeting."""

    id: str
    particle: str
    roles: tuple[str, ...]
    format: str
    needs: str


@cache
def frames(kind: str) -> dict[str, tuple[Frame, ...]]:
    """Verb lemma -> its frames of `kind` ("verb", "noun-verb", "happening" …), those with a particle first."""
    found: dict[str, list[Frame]] = {}
    for row in load_table("meeting_frames"):
        if row["kind"] != kind:
            continue
        for form in split_forms(row["forms"]):
            lemma, _, particle = form.partition(" ")
            if lemma == "jointly":
                lemma, particle = particle, lemma
            frame = Frame(row["id"], particle, tuple(row["roles"].split()), row["format"], row["needs"])
            found.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(rows, key=lambda f: not f.particle)) for lemma, rows in found.items()}


@cache
def nouns() -> dict[str, dict[str, str]]:
    """Noun that names a meeting, lower case, as written (singular or plural) -> its row."""
    return {
        form: row for row in load_table("meeting_nouns") if row["part"] == "noun" for form in split_forms(row["forms"])
    }


@cache
def _format_words() -> list[tuple[re.Pattern[str], str]]:
    rows = [row for row in load_table("meeting_nouns") if row["part"] == "format"]
    return [
        (re.compile(r"(?<!\w)(?:" + "|".join(re.escape(f) for f in split_forms(row["forms"])) + r")(?!\w)", re.IGNORECASE), row["format"])
        for row in rows
    ]  # fmt: skip


@cache
def _any_format() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern, _ in _format_words()), re.IGNORECASE)


def format_words(text: str, start: int, end: int) -> list[tuple[str, Span]]:
    """The formats named in `text[start:end]`, each with its words, in the order of the list."""
    found: list[tuple[str, Span]] = []
    if _any_format().search(text, start, end) is None:
        return found
    for pattern, name in _format_words():
        match = pattern.search(text, start, end)
        if match is not None:
            found.append((name, match.span()))
    return found


def has_particle(verb: Token, particle: str) -> bool:
    """Whether the particle or light noun of a frame stands with its verb ("call **on**", "pay a **call**", "take **place**")."""
    if not particle:
        return True
    doc, stop = verb.doc, verb.right_edge.i + 1
    near = [*verb.children, *(k for c in verb.children for k in c.children)]
    if any(t.lower_ == particle or t.lemma_.lower() == particle for t in near):
        return True
    reach = 9 if particle == "with" else 3
    return particle in {t.lower_ for t in doc[verb.i + 1 : min(verb.i + reach, stop)]}


def is_frame(verb: Token, *kinds: str) -> bool:
    """Whether a verb has a frame of one of these kinds, particle and all."""
    return any(
        has_particle(verb, frame.particle) for kind in kinds for frame in frames(kind).get(verb.lemma_.lower(), ())
    )


def is_reception(verb: Token) -> bool:
    """Whether somebody is only met where he arrives: "was received **at the airport** by the minister"."""
    heads = [t for base in (verb, *syntax.children(verb, "obj", "advcl")) for t in syntax.obliques(base)]
    if verb.lemma_ in _GREETS and any(c.lemma_ in _LANDS for c in syntax.children(verb, "advcl")):
        return True
    arrivals = [t for t in heads if t.lower_ in _ARRIVALS]
    return any(syntax.preposition(t) in {"at", "on", "upon", "from"} for t in arrivals)


def is_meeting_noun(token: Token) -> bool:
    """Whether a noun (or a capitalised one in a headline or a name) names a meeting."""
    return token.pos_ in {"NOUN", "PROPN"} and token.lower_ in nouns()


def ordinal(word: str) -> int | None:
    """12 for "12th", "twelfth" and "XII", 47 for "forty-seventh"; None for other words."""
    if (number := roman(word)) is not None:
        return number
    word = word.lower()
    digits = word.rstrip("stndrh")
    if digits.isdigit() and word[len(digits) :] in {"st", "nd", "rd", "th"}:
        return int(digits)
    tens, _, ones = word.partition("-")
    if tens in TENS and ones in ORDINALS:
        return TENS[tens] + ORDINALS[ones]
    return ORDINALS.get(word)
