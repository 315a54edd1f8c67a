"""Quotations and the words that attribute them, read in the order in which they stand and not from the tree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.extract.statements_document import ISSUING
from foedus.extract.statements_said import subject
from foedus.extract.statements_verbs import is_said, use_of
from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.model import OfficeMention, PartyMention, PersonMention
from foedus.mentions.quotes import is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

LONGEST_CUE = 45
_FINITE = {"VBD", "VBZ", "VBP"}


@dataclass(slots=True)
class Quotation:
    """One quotation: its spans (several when it runs over paragraphs), tokens [first, last) and its paragraph."""

    spans: list[Span]
    first: int
    last: int
    paragraph: int
    opened: int
    """Index of the token of the opening mark (or of the first word)."""
    closed: int
    """Index past the token of the closing mark."""


@dataclass(slots=True)
class Cue:
    """An attribution: its verb, the head of its subject (None: understood) and its tokens [first, last)."""

    verb: Token | None
    source: Token | None
    first: int
    last: int
    colon: bool = False
    relayer: Token | None = None
    """Who quotes in "X quoted Y as saying"."""


def quotations(document: Document) -> list[Quotation]:
    """The report's quotations in text order, those that go on in the next paragraph joined."""
    doc, text = document.doc, document.report.text
    starts = document.starts
    found: list[Quotation] = []
    for a, b in document.quotes:
        first = bisect_right(starts, a) - 1
        if starts[first] + len(doc[first].text) <= a:
            first += 1
        last = bisect_left(starts, b)
        if first >= last or first >= len(doc):
            continue
        opened = first
        while opened > 0 and starts[opened - 1] + len(doc[opened - 1].text) > a - 3 and doc[opened - 1].is_punct:
            if starts[opened - 1] < a - 2:
                break
            opened -= 1
        closed = last
        while (
            closed < len(doc)
            and starts[closed] < b + 2
            and doc[closed].text in {'"', "”", "»", "’", "'", "''", "“", "‘"}
        ):
            closed += 1
            break
        if _is_nickname(document, first, last, opened, closed) or _is_title(document, first, last, opened):
            continue
        place = document.paragraph(first)
        if (
            found
            and is_open(text, found[-1].spans[-1])
            and place == found[-1].paragraph + 1
            and _at_end(document, found[-1])
        ):
            found[-1].spans.append((a, b))
            found[-1].last, found[-1].closed, found[-1].paragraph = last, closed, place
        else:
            found.append(Quotation([(a, b)], first, last, place, opened, closed))
    return found


def _is_nickname(document: Document, first: int, last: int, opened: int, closed: int) -> bool:
    """Whether the marks hold a by-name inside a name (Ana "Nita" Petrova)."""
    doc = document.doc
    if last - first > 2 or opened == 0 or closed >= len(doc):
        return False
    return all(t.pos_ == "PROPN" for t in (doc[opened - 1], *doc[first:last], doc[closed]))


_LONGEST_TITLE = 8
_TITLING = {"entitled", "titled", "dubbed", "codenamed", "named", "christened"}


def _is_title(document: Document, first: int, last: int, opened: int) -> bool:
    """Whether the marks hold the title of a song, a book or a broadcast behind its noun ("an episode of “The Evening Show”")."""
    doc = document.doc
    words = [t for t in doc[first:last] if t.is_alpha]
    if opened and words and doc[opened - 1].lower_ in _TITLING and words[0].text[:1].isupper():
        return len(words) <= _LONGEST_TITLE  # a drill dubbed “Silver Pike 2024”
    long = [t for t in words if len(t.text) > _SHORT_WORD]
    if not 1 < len(words) <= _LONGEST_TITLE or doc[opened].is_sent_start or len(long) < 2 or opened < 1:
        return False
    low, high = document.sentence(first)
    around = [t for t in (*doc[low:opened], *doc[last:high]) if t.is_alpha and len(t.text) > _SHORT_WORD]
    if around and all(t.text[:1].isupper() for t in around):
        return False  # a headline whose words all have capitals
    return doc[opened - 1].pos_ in {"ADP", "NOUN", "PROPN", "PART"} and all(
        t.text[:1].isupper() for t in (words[0], words[-1], *long)
    )


_SHORT_WORD = 3


def _at_end(document: Document, quotation: Quotation) -> bool:
    return quotation.last >= document.paragraphs[quotation.paragraph][1] - 1


def cue_after(document: Document, quotation: Quotation, following: int) -> Cue | None:
    """The attribution behind a quotation ("…," said X): before token `following` and inside its paragraph."""
    doc, text = document.doc, document.report.text
    end = min(following, document.paragraphs[quotation.paragraph][1], quotation.closed + LONGEST_CUE)
    at = quotation.closed
    final = text[quotation.spans[-1][0] : quotation.spans[-1][1]].rstrip("'’‘” ")[-1:] or " "
    while at < end and (doc[at].text in {",", "—", "–", "-"} or doc[at].is_space):
        final = "," if doc[at].text == "," or final not in ",?!…" else final
        at += 1
    if at < end and final not in ",?!…—–-" and _closes_bare(document, quotation, at, end):
        final = ","
    if at >= end or final not in ",?!…—–-":
        return None
    stop = sentence_end(document, at, end)
    for i in range(at, stop):
        token = doc[i]
        if token.pos_ not in {"VERB", "AUX"} or (token.dep_ in {"acl:relcl", "acl"} and i > at + 1):
            continue
        if token.dep_ == "aux:pass" and token.head.lemma_.lower() in _RELAYS:
            continue
        known = use_of(token) is not None
        if token.lemma_.lower() in {"accord"} or token.lower_ == "according":
            return _according(document, token, at, stop)
        if token.lemma_.lower() in _RELAYS and (told := _as_saying(token, at, stop)) is not None:
            return told
        if token.tag_ not in _FINITE and not known:
            continue
        if not known and (final not in ",?!" or token.pos_ == "AUX" or (final != "," and doc[at].text[:1].isupper())):
            return None
        if not known and ((i > at and stop - i > 6) or not _begins(document, quotation)):
            return None
        if not is_said(token):
            return None
        source = _source(document, token, at, stop)
        return Cue(token, source, at, stop) if source is not None else None
    if doc[at].lower_ == "according":
        return _according(document, doc[at], at, stop)
    return None


_LONGEST_BARE = 14
"""Tokens of an attribution at most, if no comma stands between it and its quotation."""


def _closes_bare(document: Document, quotation: Quotation, first: int, last: int) -> bool:
    """Whether an attribution follows without a comma and closes the sentence (“We are ready” Minister X said.)."""
    doc = document.doc
    stop = sentence_end(document, first, last)
    verbs = [t for t in doc[first:stop] if t.pos_ in {"VERB", "AUX"} and t.tag_ in _FINITE]
    if len(verbs) != 1 or stop - first > _LONGEST_BARE or not _begins(document, quotation):
        return False
    use = use_of(verbs[0])
    if use is None or use.clause == "none" or verbs[0].i == first or doc[first].pos_ not in {"PRON", "PROPN", "DET"}:
        return False
    behind = [t for t in doc[verbs[0].i + 1 : stop] if t.pos_ in {"VERB", "SCONJ", "AUX", "PUNCT"}]
    return not behind and doc[quotation.first].text[:1].isupper() and quotation.last - quotation.first >= _FEWEST


_FEWEST = 4
_RELAYS = {"quote", "cite", "report", "describe"}


def _as_saying(verb: Token, first: int, stop: int) -> Cue | None:
    """ "X quoted Y as saying": the attribution to Y, with X who relays it; "Y was quoted as saying": with none."""
    doc = verb.doc
    at = next((t.i for t in doc[verb.i + 1 : stop - 1] if t.lower_ == "as" and doc[t.i + 1].tag_ == "VBG"), -1)
    if at < 0 or use_of(doc[at + 1]) is None:
        return None
    names = [t for t in doc[verb.i + 1 : at] if t.pos_ in {"PROPN", "NOUN", "PRON"}]
    quoting = next(
        (c for c in reversed(list(verb.children)) if c.dep_.startswith("nsubj") and first <= c.i < verb.i), None
    )
    if not names:
        return Cue(doc[at + 1], quoting, first, stop) if quoting is not None else None
    return Cue(doc[at + 1], _top(names[0], verb.i + 1, at), first, stop, relayer=quoting)


def sentence_end(document: Document, first: int, last: int) -> int:
    """The first token in [first, last) that ends a sentence, brackets ("(D-N.Y.)") skipped; `last` when none does."""
    depth = 0
    for token in document.doc[first:last]:
        depth = max(0, depth + (token.text == "(") - (token.text == ")"))
        if depth == 0 and token.text in {".", ";", "?"}:
            return token.i
    return last


def _begins(document: Document, quotation: Quotation) -> bool:
    """Whether nothing of the sentence stands in front of the quotation."""
    before = document.doc[quotation.opened - 1] if quotation.opened else None
    return before is None or before.is_space or before.text in {".", "!", "?", "”", '"', "’", ":", ")", "—", "–", "-"}


def _according(document: Document, token: Token, first: int, stop: int) -> Cue | None:
    for i in range(token.i + 1, stop):
        candidate = document.doc[i]
        if candidate.pos_ in {"NOUN", "PROPN", "PRON"} and candidate.dep_ not in {
            "compound",
            "nmod:poss",
            "amod",
            "nmod:desc",
        }:
            return Cue(None, candidate, first, stop)
    return None


def _source(document: Document, verb: Token, low: int, high: int) -> Token | None:
    """Head of the subject of `verb` inside tokens [low, high): by the tree, else by what stands beside the verb."""
    doc = document.doc
    for child in verb.children:
        if child.dep_.startswith("nsubj") and low <= child.i < high and child.tag_ not in {"WP", "WDT"}:
            return child
    if verb.i == low or doc[verb.i - 1].dep_ == "advmod":
        for i in range(verb.i + 1, high):
            if doc[i].pos_ in {"PROPN", "NOUN", "PRON"}:
                return _top(doc[i], verb.i + 1, high)
        return None
    for i in range(verb.i - 1, low - 1, -1):
        if document.at(i, PersonMention) is not None or doc[i].pos_ in {"PROPN", "NOUN", "PRON"}:
            return _top(doc[i], low, verb.i)
    return None


def _top(token: Token, low: int, high: int) -> Token:
    while low <= token.head.i < high and token.head.pos_ in {"PROPN", "NOUN"} and token.head is not token:
        token = token.head
    return token


def cue_before(document: Document, quotation: Quotation, preceding: int) -> Cue | None:
    """The attribution in front of a quotation (X said: “…”): after token `preceding`, in the same or last paragraph."""
    doc = document.doc
    bounds = _words_before(document, quotation, preceding)
    if bounds is None:
        return None
    start, high = bounds
    last = doc[high - 1]
    behind = doc[quotation.closed : quotation.closed + 1]
    if doc[quotation.first].text[:1].islower() and any(t.tag_ in _FINITE | {"MD"} for t in behind):
        return None  # said “the door” was shut
    colon = last.text == ":"
    if (owner := _in_words_of(document, start, high)) is not None:
        return Cue(None, owner, start, high)
    for i in range(high - 1, start - 1, -1):
        token = doc[i]
        if token.pos_ != "VERB" or (use := use_of(token)) is None:
            if token.pos_ in {"VERB", "AUX"} and token.tag_ in _FINITE and not colon:
                return None
            continue
        if token.dep_ == "acl:relcl" and not colon:
            continue
        if not is_said(token):
            return None
        between = list(doc[i + 1 : high])
        if any(t.lower_ == "that" for t in between):
            return None
        if (
            last.text not in {",", ":"}
            and i < high - 1
            and not (_adjunct(between) and _is_sentence(document, quotation))
        ):
            return None
        if use.clause == "only" and last.i == i and doc[quotation.first].text[:1].islower():
            return None  # "urged “all sides” to wait"
        if use.clause == "none" and last.text not in {",", ":"} and i < high - 1:
            return None
        own = any(c.dep_.startswith("nsubj") for c in token.children) or token.tag_ not in _FINITE or _goes_on(token)
        return Cue(token, None if own else _source(document, token, start, high), start, high)
    if colon:
        return _colon(document, start, high)
    named = next((t for t in doc[start : start + 3] if t.lower_ == "according" and t.i < high - 2), None)
    return _according(document, named, start, high) if named is not None and last.text != ":" else None


def _in_words_of(document: Document, start: int, high: int) -> Token | None:
    """Whose the words are behind "in her words," or "in the words of X,"; None for any other words in front."""
    doc = document.doc
    if high - start < _FEWEST or doc[start].lower_ != "in" or doc[high - 1].text not in {",", ":"}:
        return None
    at = next((t.i for t in doc[start + 1 : start + 4] if t.lower_ == "words"), -1)
    if at < 0:
        return None
    if at == high - 2:
        return next((c for c in doc[at].children if c.dep_ == "nmod:poss"), None)
    return next((c for c in doc[at].children if c.dep_ == "nmod"), None) if doc[at + 1].lower_ == "of" else None


def _goes_on(verb: Token) -> bool:
    """Whether the verb says what the subject of an earlier verb said next ("thinks it late but said")."""
    return verb.dep_ == "conj" and subject(verb) is not None


def _words_before(document: Document, quotation: Quotation, preceding: int) -> tuple[int, int] | None:
    """Tokens of the sentence in front of a quotation, or of the line above it that ends in a colon; None when there are none."""
    doc = document.doc
    paragraph = document.paragraph(quotation.first)
    low, high = max(preceding, document.paragraphs[paragraph][0]), quotation.opened
    if high <= low and paragraph > 0:  # alone in its paragraph, under a line that ends in a colon
        a, b = document.paragraphs[paragraph - 1]
        if a >= preceding - 1 and doc[b - 1].text == ":":
            low, high = a, b
    start = high
    while start > low and not (start < high and document.sentence(start)[0] == start):
        start -= 1
    return (start, high) if start < high else None


def _is_sentence(document: Document, quotation: Quotation) -> bool:
    """Whether the quoted words begin like a sentence: with a capital, or with a subject ("we sent a ship …")."""
    first = document.doc[quotation.first]
    return first.text[:1].isupper() or (first.pos_ == "PRON" and first.dep_.startswith("nsubj"))


def _adjunct(between: Sequence[Token]) -> bool:
    """Whether only an addressee, a place or a medium stands between the verb and the quotation."""
    return len(between) <= 6 and all(t.pos_ not in {"VERB", "AUX", "SCONJ", "CCONJ"} for t in between)


def _colon(document: Document, start: int, high: int) -> Cue | None:
    doc = document.doc
    root = next((t for t in doc[start:high] if t.dep_ == "ROOT"), None)
    if root is None:
        return None
    if root.pos_ == "PROPN":  # the city of a dateline, behind whose dash the sentence stands
        behind = [c for c in syntax.children(root, "parataxis") if c.pos_ == "VERB" and c.i < high]
        root = next((c for c in behind if syntax.own_subjects(c)), root)
    subjects = [c for c in root.children if c.dep_.startswith("nsubj") and c.i < high]
    if subjects:  # of two, the first is the city of a dateline
        return Cue(root if root.lemma_.lower() in ISSUING else None, subjects[-1], start, high, True)
    known = root.pos_ == "PROPN" or any(
        document.at(root.i, kind) for kind in (PersonMention, OfficeMention, PartyMention)
    )
    if known or (root.pos_ == "NOUN" and root.lemma_.lower() in load_forms("say_nouns")):
        return Cue(None, root, start, high, True)
    return None


def naming(document: Document, quotation: Quotation) -> Token | None:
    """The verb that calls something by the quoted words ("called it “…”", "described the plan as “…”"), else None."""
    doc = document.doc
    low, _ = document.sentence(quotation.first)
    quoted = False
    for i in range(quotation.opened - 1, max(low, quotation.opened - _FARTHEST_NAME) - 1, -1):
        token = doc[i]
        if token.text in _CLOSING | _OPENING:
            quoted = token.text in _CLOSING and (token.text != '"' or not quoted)
            continue
        if quoted or (token.text == "," and doc[i - 1].text in _CLOSING):
            continue
        if (token.dep_ == "acl:relcl" and token.lemma_.lower() not in _NAMING) or (
            token.dep_ in {"cop", "aux"} and token.head.dep_ == "acl:relcl"
        ):
            continue  # "a “liar” who is “amoral” and a “bully”"
        if token.pos_ in {"VERB", "AUX"} and (token.tag_ in _FINITE | {"MD"} or token.lemma_.lower() in _NAMING):
            known = token.lemma_.lower() in _NAMING and token.tag_ in _FINITE | {"VBG"}
            if token.tag_ == "VBP":
                return None  # what people call something
            apart = any(c.dep_ == "compound:prt" for c in token.children)  # "called off"
            return token if known and not apart and is_said(token) else None
        if token.text in {",", ";", ":"}:
            return None
    return None


_OPENING, _CLOSING = {"“", '"', "‘", "«", "``"}, {"”", '"', "’", "»", "''"}
_FARTHEST_NAME = 40
_NAMING = {"call", "describe", "dub", "label", "brand", "term"}
