"""Verbs of saying in a report: which tokens report speech, who their subject is, and where their clause ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_table, split_forms

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_UNREAL = {"will", "would", "might", "may", "should", "could", "shall", "must", "can", "cannot", "ca", "wo", "to"}
_NEGATIVE = {"not", "n't", "never", "neither", "nor"}
_EXPECTED = {
    "expect",
    "likely",
    "set",
    "due",
    "schedule",
    "plan",
    "decline",
    "refuse",
    "want",
    "hope",
    "ask",
    "urge",
    "fail",
}


_INNER = {"compound", "amod", "nmod:poss", "nmod:desc", "nmod"}


@dataclass(slots=True, frozen=True)
class SayVerb:
    """How a verb of saying is used: with a clause after "that" or bare, or only beside quotation marks; its medium."""

    clause: str
    medium: str


@cache
def say_verbs() -> dict[str, SayVerb]:
    """Lemma -> use, from `lexicon/say_verbs.csv`."""
    return {
        form: SayVerb(row["clause"], row["medium"])
        for row in load_table("say_verbs")
        for form in split_forms(row["forms"])
    }


def is_said(verb: Token) -> bool:
    """Whether the speech was made: not negated, not future, not under "if" or "is expected to"."""
    for child in verb.children:
        low = child.lower_
        if child.dep_ in {"advmod", "aux", "cc:preconj"} and low in _NEGATIVE:
            return False
        if child.dep_ == "aux" and low in _UNREAL:
            return False
        if child.dep_ == "mark" and low in {"if", "unless", "whether", "to", "while", "when"}:
            return False
    return not (verb.dep_ == "xcomp" and verb.tag_ == "VB")


def content(document: Document, verb: Token) -> list[tuple[int, int]]:
    """Token ranges of the clause that `verb` reports, in text order; [] when it reports none.

    The clause after the verb, the sentence before a closing "X said", or what stands on both sides of an inserted one.
    """
    low, high = document.sentence(verb.i)
    use = say_verbs()[verb.lemma_.lower()]
    if use.clause == "none":
        return []
    placed = inserted(document, verb)
    if placed is not None:
        return _around(document, placed)
    clauses = [c for c in verb.children if c.dep_ in {"ccomp", "csubj"}]
    after = [c for c in clauses if c.i > verb.i]
    if after and not (_loose(after[0], verb) and _trails(document, verb)):
        return _after(document, verb, after[0], use)
    before = [c for c in clauses if c.i < verb.i] or [
        c for c in verb.children if c.dep_ == "parataxis" and c.i < verb.i
    ]
    if before or (verb.dep_ in {"parataxis", "ccomp"} and _trails(document, verb)):
        first, last = cue_range(document, verb)
        right = high
        semicolons = [t.i for t in document.doc[low:first] if t.text == ";"]
        pieces = [(semicolons[-1] + 1 if semicolons and semicolons[-1] < first - 3 else low, first)]
        if right - last > 2 and _resumes(document, last):
            pieces.append((last, right))
        if first == low:
            return []
        return [p for p in (_trim(document, *piece) for piece in pieces) if p is not None]
    return []


def inserted(document: Document, verb: Token) -> tuple[int, int] | None:
    """Token range of an attribution that closes or interrupts a sentence (", X said." or ", X said,"), by order alone.

    The parse hangs the subject on the wrong verb as often as not there. None for any other use of the verb.
    """
    doc = document.doc
    low, high = document.sentence(verb.i)
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.i - low < 4:
        return None
    if _inverted(document, verb, low):
        return verb.i, high
    first = _noun_phrase_start(document, verb.i, low)
    if first is None:
        return None
    tells = verb.lemma_.lower() == "tell"
    last = verb.i + 1
    while last < high and not (doc[last].is_punct and doc[last].text not in {"-", "’", "'"}):
        if last > verb.i + 1 and doc[last].lower_ in {
            "after",
            "before",
            "following",
            "during",
            "ahead",
            "as",
            "when",
            "while",
        }:
            last = high
            break
        if doc[last].pos_ in {"VERB", "AUX", "SCONJ"} or doc[last].lower_ == "that" or last - verb.i > 12:
            return None
        if last == verb.i + 1 and doc[last].pos_ not in {
            "ADP",
            "ADV",
            "PROPN",
            "NOUN",
            *(["DET", "PRON", "ADJ"] if tells else []),
        }:
            return None
        last += 1
    if any(t.text in {":", '"', "“", "‘", "«", "``"} for t in doc[last : last + 2]):
        return None
    if (
        last > verb.i + 1
        and not tells
        and doc[verb.i + 1].pos_ in {"PROPN", "NOUN"}
        and not doc[verb.i + 1].text.endswith("day")
    ):
        return None
    return first, last


def _inverted(document: Document, verb: Token, low: int) -> bool:
    """Whether a sentence closes with ", says X": a comma in front, a noun phrase and no clause of its own behind."""
    doc = document.doc
    if doc[verb.i - 1].text != "," or verb.lemma_.lower() not in {"say", "add", "report", "announce"}:
        return False
    if verb.i + 1 >= len(doc) or doc[verb.i + 1].pos_ not in {"DET", "PROPN", "NOUN", "ADJ"}:
        return False
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[low : verb.i - 1])
    _, high = document.sentence(verb.i)
    behind = [t for t in doc[verb.i + 1 : high] if t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and t.dep_ != "acl:relcl"]
    return finite and not behind


def _noun_phrase_start(document: Document, end: int, low: int) -> int | None:
    """Where the noun phrase before token `end` begins, right behind a comma or a closing mark; None when it is no subject."""
    doc = document.doc
    at = end
    commas = 0
    while at > low + 1 and end - at < 22:
        before = doc[at - 1]
        if before.text in {",", ";", "—", "–"}:
            if at == end and commas == 0:
                commas = 1
                at -= 1
                continue
            if commas == 1:
                commas = 2
                at -= 1
                continue
            break
        if before.text in {"”", '"', "’", "»"} and doc[at - 2].text in {",", "?", "!"}:
            break
        if before.pos_ in {"VERB", "AUX", "SCONJ"} or (
            before.is_punct and before.text not in {"-", "(", ")", ".", "'", "’"}
        ):
            return None
        at -= 1
    else:
        return None
    nouns = [t for t in doc[at:end] if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    if not nouns or doc[at].pos_ in {"CCONJ", "ADP"} or doc[at].tag_ in {"WP", "WDT"}:
        return None
    if (
        not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "VBN", "VBG", "VB"} for t in doc[low:at])
        and doc[end + 1 : end + 2].text != ","
    ):
        return None
    return at


def inserted_source(document: Document, verb: Token, first: int) -> Token | None:
    """Head of the noun phrase in front of an inserted verb of saying."""
    doc = document.doc
    if first == verb.i:
        return next(
            (t for t in doc[first + 1 : first + 12] if t.pos_ in {"NOUN", "PROPN"} and t.dep_ not in _INNER), None
        )
    end = next((t.i for t in doc[first + 1 : verb.i] if t.text in {",", "("}), verb.i)
    named = [t for t in doc[first:end] if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    for token in named:
        head = token.head
        if not first <= head.i < verb.i or head is token or head.pos_ not in {"NOUN", "PROPN", "PRON"}:
            return token
    return named[-1] if named else None


def _around(document: Document, placed: tuple[int, int]) -> list[tuple[int, int]]:
    doc = document.doc
    first, last = placed
    low, high = document.sentence(first)
    semicolons = [t.i for t in doc[low:first] if t.text == ";"]
    start = semicolons[-1] + 1 if semicolons and semicolons[-1] < first - 3 else low
    pieces = [(start, first)]
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[start:first])
    if (
        last < high - 2
        and doc[last].text == ","
        and (not finite or doc[last + 1].lower_ in {"if", "and", "but", "provided", "unless"})
    ):
        pieces.append((last, high))
    return [p for p in (_trim(document, *piece) for piece in pieces) if p is not None]


def _loose(clause: Token, verb: Token) -> bool:
    """Whether the clause behind the verb neither touches it nor begins with "that": it may be an adjunct."""
    return clause.left_edge.i > verb.i + 1 and not any(c.lower_ == "that" for c in clause.children)


def _trails(document: Document, verb: Token) -> bool:
    first, last = cue_range(document, verb)
    low, high = document.sentence(verb.i)
    doc = document.doc
    return (
        first > low
        and doc[first - 1].text in {",", ";", "”", "’", '"', "—", "–", "-"}
        and (last >= high - 1 or doc[last].text in {",", ".", ";", ":", "—", "–", "-"} or doc[last].is_punct)
    )


def _resumes(document: Document, last: int) -> bool:
    doc = document.doc
    return doc[last].text == "," and last + 1 < len(doc) and doc[last + 1].lower_ not in {
        "after", "before", "while", "when", "who", "which", "days", "hours", "citing", "adding", "referring", "a", "speaking", "as",
    }  # fmt: skip


def _after(document: Document, verb: Token, clause: Token, use: SayVerb) -> list[tuple[int, int]]:
    doc = document.doc
    _, high = document.sentence(verb.i)
    first = max(clause.left_edge.i, verb.i + 1)
    marks = [c for c in clause.children if c.dep_ == "mark"]
    that = any(c.lower_ == "that" for c in marks) or any(t.lower_ == "that" for t in doc[verb.i + 1 : first])
    if any(c.lower_ in {"whether", "if", "for"} for c in marks) and not that:
        return []
    if clause.tag_ in {"VB", "VBG"} and not any(c.dep_ in {"nsubj", "nsubj:pass", "expl"} for c in clause.children):
        return []
    if clause.tag_ == "VBG" and not that and not any(c.dep_ == "aux" for c in clause.children):
        return []
    if doc[first].tag_ in {"WP", "WRB", "WDT"}:
        return []
    if use.clause == "that" and not that and not _clausal(clause):
        return []
    last = min(clause.right_edge.i + 1, high)
    for other in verb.children:  # "and that …" hung on the verb itself
        if (
            other.dep_ == "conj"
            and other.i > last
            and any(c.lower_ == "that" and c.dep_ == "mark" for c in other.children)
        ):
            last = max(last, other.right_edge.i + 1)
    known = say_verbs()
    for token in doc[clause.i + 1 : last]:
        if (
            token.dep_ in {"conj", "advcl", "parataxis"}
            and token.pos_ == "VERB"
            and token.lemma_.lower() in known
            and not syntax.own_subjects(token)
            and (token.dep_ == "conj" or token.tag_ == "VBG")
            and any(c.dep_ in {"ccomp"} for c in token.children)
        ):
            last = token.left_edge.i
            while last - 1 > first and (doc[last - 1].dep_ == "cc" or doc[last - 1].is_punct):
                last -= 1
            break
    while first < last and doc[first].lower_ in {"that", ",", ":"}:
        first += 1
    trimmed = _trim(document, first, last)
    return [trimmed] if trimmed else []


def _clausal(clause: Token) -> bool:
    return any(c.dep_.startswith(("nsubj", "expl", "csubj")) for c in clause.children)


def cue_range(document: Document, verb: Token) -> tuple[int, int]:
    """Token range of the attribution: subject, verb, addressee and adjuncts, the reported clause left out."""
    low, high = document.sentence(verb.i)
    members = [verb.i]
    for child in verb.children:
        if child.dep_ in {"ccomp", "csubj", "parataxis", "punct", "conj", "cc"}:
            continue
        if child.i < verb.i and not child.dep_.startswith(("nsubj", "aux", "advmod", "obl")):
            continue
        if child.i < verb.i and child.dep_.startswith(("obl", "advmod")) and verb.i - child.i > 3:
            continue
        left, right = child.left_edge.i, child.right_edge.i
        if left < verb.i < right:
            left, right = child.i, child.i
        members += [left, right]
    return max(low, min(members)), min(high, max(members) + 1)


def _trim(document: Document, first: int, last: int) -> tuple[int, int] | None:
    doc = document.doc
    while first < last and (doc[first].is_space or doc[first].text in {",", ";", ":", "—", "–", "-", "•"}):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in {",", ";", ":", ".", "—", "–", "-"}):
        last -= 1
    if first < last and doc[first].dep_ == "cc" and doc[first].lower_ in {"and", "but"}:
        first += 1
    return (first, last) if last - first >= 2 else None
