"""Reported speech: clauses under a verb of saying, "as X noted", "according to X", and what X urged, rejected or welcomed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from foedus.extract.statements_cues import as_clause, content
from foedus.extract.statements_frames import find_framed
from foedus.extract.statements_inserted import inserted, inserted_source
from foedus.extract.statements_medium import tail_cut
from foedus.extract.statements_said import Said, quoted_by, runs, subject
from foedus.extract.statements_speaker import document_noun
from foedus.extract.statements_verbs import is_said, use_of
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.extract.statements_speaker import Speaker
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Mode

_SHORTEST = 3
"""Words that a sentence needs to be anybody's words according to somebody."""


def find_reported(
    document: Document, inside: set[int], speaker: Callable[..., Speaker | None], found: list[Said]
) -> None:
    """Add to `found` every statement reported in the report's own words, in text order.

    `inside` are the tokens between quotation marks.
    """
    for token in document.doc:
        if token.i in inside:
            continue
        said: Said | None = None
        if token.lower_ == "according":
            said = _according(document, inside, speaker, token)
        elif token.pos_ == "VERB" and use_of(token) is not None and is_said(token) and not _has_noun(token):
            said = _clause(document, inside, speaker, token)
        if said is None and token.pos_ in {"VERB", "NOUN", "ADJ"}:
            said = _framed(document, inside, speaker, token)
        if said is not None:
            found.append(said)


def _has_noun(verb: Token) -> bool:
    """ "Expressed **the hope** that …": the noun says what is done, not the verb."""
    return verb.lemma_.lower() in {"express", "voice", "convey"} and bool(syntax.children(verb, "obj"))


def _clause(document: Document, inside: set[int], speaker: Callable[..., Speaker | None], verb: Token) -> Said | None:
    pieces = as_clause(document, verb) or content(document, verb)
    if not pieces:
        return None
    placed = inserted(document, verb)
    source = subject(verb) if placed is None else inserted_source(document, verb, placed[0])
    bounds = None if placed is None else placed if placed[0] == verb.i else (placed[0], verb.i)
    above = verb.head
    if source is None and verb.tag_ == "VBG" and (led := inserted(document, above)) is not None and led[0] < above.i:
        source, bounds = inserted_source(document, above, led[0]), (led[0], above.i)  # "…, X said, adding that"
    who = speaker(source, verb, bounds) if source is not None else None
    if who is None:
        return None
    pieces[-1] = (pieces[-1][0], tail_cut(document, *pieces[-1]))
    mode = _mode(inside, pieces)
    if mode == "indirect" and source is not None and document_noun(source, "instrument"):
        return None
    said = _said(document, pieces, mode, who, verb)
    relayer = quoted_by(verb)
    if relayer is not None and relayer is not source:
        said.via = speaker(relayer, verb.head)
    return said


def _framed(document: Document, inside: set[int], speaker: Callable[..., Speaker | None], token: Token) -> Said | None:
    """What somebody urged, rejected, welcomed …: words without a clause of their own."""
    framed = find_framed(document, token)
    if framed is None or framed.pieces[0][0] in inside:
        return None
    who = speaker(framed.source, framed.verb)
    if who is None or document_noun(framed.source, "instrument") or not (who.someone or _is_actor(who, framed.source)):
        return None
    first, last = framed.pieces[-1]
    pieces = [*framed.pieces[:-1], (first, tail_cut(document, first, last))]
    said = _said(document, pieces, _mode(inside, pieces), who, framed.verb)
    said.act, said.cues = framed.act, framed.cues
    return said


def _is_actor(who: Speaker, source: Token) -> bool:
    """Whether the speaker is a body or people, by name or by a word for people in politics."""
    return (
        who.persons[0].party is not None
        or source.pos_ == "PROPN"
        or document_noun(source, "public", "politics", "people")
    )


def _said(document: Document, pieces: list[tuple[int, int]], mode: Mode, who: Speaker, verb: Token) -> Said:
    low, high = document.sentence(verb.i)
    taken = {i for a, b in pieces for i in range(a, b)}
    outside = runs([i for i in range(low, high) if i not in taken])
    return Said([document.span(*p) for p in pieces], mode, who, document.paragraph(verb.i), verb, outside)


def _mode(inside: set[int], pieces: list[tuple[int, int]]) -> Mode:
    return "mixed" if any(i in inside for a, b in pieces for i in range(a, b)) else "indirect"


def _according(
    document: Document, inside: set[int], speaker: Callable[..., Speaker | None], token: Token
) -> Said | None:
    _, high = document.sentence(token.i)
    doc = document.doc
    if token.i + 2 >= high or doc[token.i + 1].lower_ != "to":
        return None
    noun = _authority(doc[token.i])
    if noun is None or noun.i < token.i:
        return None
    first, last = token.i, syntax.phrase(noun, clauses=True)[1]
    placed = _governed(document, noun, first, last)
    if placed is None:
        return None
    piece, last = placed
    who = speaker(noun, None, (token.i + 2, last))
    if who is None or piece[1] - piece[0] < _SHORTEST or document_noun(noun, "instrument"):
        return None
    end = piece[1]
    while end > piece[0] and doc[end - 1].is_punct and doc[end - 1].text not in {"”", '"', ")"}:
        end -= 1
    span = document.span(piece[0], end)
    return Said(
        [span],
        _mode(inside, [(piece[0], end)]),
        who,
        document.paragraph(token.i),
        None,
        [(first, last)],
        cues=((first, first + 2),),
    )


def _authority(head: Token) -> Token | None:
    """The noun behind "according to"."""
    if head.dep_ == "case":
        return head.head
    return next((c for c in head.children if c.dep_ in {"obl", "nmod", "obj"}), None)


def _governed(document: Document, noun: Token, first: int, last: int) -> tuple[tuple[int, int], int] | None:
    """The words that "according to" tokens [first, last) attributes, and where the attribution ends; None when unclear."""
    doc = document.doc
    low, high = document.sentence(first)
    if first > low and doc[first - 1].text == ",":
        if first - 2 > low and doc[first - 2].dep_ == "cc":  # "… and, according to X, did it": only what follows
            comma = next((i for i in range(last, high) if doc[i].text == ","), -1)
            return ((comma + 1, high), comma) if comma >= 0 else None
        return (low, first - 1), high
    if first == low or (first == low + 1 and doc[low].is_punct):
        comma = next((i for i in range(noun.i, high) if doc[i].text == "," and i >= min(last, high - 1) - 1), -1)
        return ((comma + 1, high), comma) if comma >= 0 else None
    if last >= high - 1 or doc[last].is_punct:
        return (low, first), last
    return None
