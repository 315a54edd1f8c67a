"""Attributions that close or interrupt a sentence (", X said." or ", X said,"), by the order of the words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.statements_verbs import use_of
from foedus.language import syntax
from foedus.mentions.model import DateMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_INNER = {"compound", "amod", "nmod:poss", "nmod:desc", "nmod"}
_OPENING = {":", '"', "“", "‘", "«", "``"}
_CLOSING = {"”", '"', "’", "»", "''"}
_SUBORDINATE = {"if", "when", "once", "unless", "until", "since", "although", "though", "while", "because"}
_RESUMING = {
    "if", "and", "but", "provided", "unless", "because", "by", "until", "so", "or", "nor", "though", "although", "like", "not", "than",
    "even", "except", "whether", "that",
}  # fmt: skip
"""Words with which an interrupted sentence goes on behind ", X said,"."""


def inserted(document: Document, verb: Token) -> tuple[int, int] | None:
    """Token range of an attribution that closes or interrupts a sentence (", X said." or ", X said,"), by order alone.

    The parse hangs the subject on the wrong verb as often as not there. None for any other use of the verb.
    """
    doc = document.doc
    low, high = document.sentence(verb.i)
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or (
        verb.i - low < _FEWEST_BEFORE and not _behind_one(document, verb, low)
    ):
        return None
    if _inverted(document, verb, low):
        return verb.i, high
    behind = doc[verb.i + 1 : verb.i + 2].text
    if behind == "for" or (behind in _COMPLEMENTS and verb.lemma_.lower() not in {"say", "add"}):
        return None  # "he asked for tents", "he warned of floods"
    first = _noun_phrase_start(document, verb.i, low)
    if first is None:
        return None
    last = _attribution_end(document, verb, high)
    if last is None:
        return None
    person = document.at(first - 2, PersonMention) if doc[first - 1].text == "," and first - 2 > low else None
    if person is not None and person.last == first - 1 and person.first > low + 1 and doc[person.first - 1].text == ",":
        first = person.first  # "…, X, the spokesman said": no second comma
    closed = doc[first - 1].text in _CLOSING or doc[first - 2].text in _CLOSING
    quoted = any(t.text in _OPENING for t in doc[last : min(last + 2, high)])
    if quoted and (closed or not _goes_on_quoted(document, last)):
        return None
    return first, last


_COMPLEMENTS = {"of", "against", "about"}
_FEWEST_BEFORE = 4
"""Tokens that a sentence has in front of an inserted verb of saying, unless one name stands there."""


def _behind_one(document: Document, verb: Token, low: int) -> bool:
    """Whether the attribution interrupts the sentence behind its first word ("**Oslo**, X said, would send …")."""
    doc = document.doc
    if verb.i - low != _FEWEST_BEFORE - 1 or verb.i + 2 >= len(doc):
        return False
    one, comma, who = doc[low : verb.i]
    behind = doc[verb.i + 1].text == "," and doc[verb.i + 2].pos_ in {"AUX", "VERB"}
    return (
        behind and comma.text == "," and one.pos_ in {"PROPN", "PRON", "NOUN"} and who.pos_ in {"PROPN", "PRON", "NOUN"}
    )


_FARTHEST_END = 12
"""Tokens that an attribution has behind its verb at most."""
_ADJUNCTS = {"after", "before", "following", "during", "ahead", "as", "when", "while"}
"""Words with which an attribution goes on to the end of its sentence."""
_BEHIND = {"ADP", "ADV", "PROPN", "NOUN"}


def _attribution_end(document: Document, verb: Token, high: int) -> int | None:
    """Where the words behind an inserted verb of saying end: at a mark, or the sentence's end; None when they are no adjuncts."""
    doc = document.doc
    tells = verb.lemma_.lower() == "tell"
    following = doc[verb.i + 1] if verb.i + 1 < high else None
    if following is not None and not following.is_punct and following.lower_ not in _ADJUNCTS:
        if following.pos_ not in (_BEHIND | {"DET", "PRON", "ADJ"} if tells else _BEHIND):
            return None
        if not tells and following.pos_ in {"PROPN", "NOUN"} and not following.text.endswith("day"):
            return None
    for last in range(verb.i + 1, high):
        token = doc[last]
        if token.is_punct and token.text not in {"-", "’", "'"}:
            return last
        if token.lower_ in _ADJUNCTS:
            return high
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or token.lower_ == "that" or last - verb.i > _FARTHEST_END:
            return None
    return high


def _says_clauses(verb: Token) -> bool:
    use = use_of(verb)
    return use is not None and use.clause in {"bare", "that"}


def _goes_on_quoted(document: Document, comma: int) -> bool:
    """Whether a sentence goes on between quotation marks behind the attribution (", X said, “like the others”")."""
    doc = document.doc
    if comma + 2 >= len(doc) or doc[comma].text != "," or doc[comma + 1].text not in _OPENING:
        return False
    return doc[comma + 2].text[:1].islower()


def _inverted(document: Document, verb: Token, low: int) -> bool:
    """Whether a sentence closes with ", says X": a comma in front, a noun phrase and no clause of its own behind."""
    doc = document.doc
    if doc[verb.i - 1].text != "," or not _says_clauses(verb):
        return False
    if verb.i + 1 >= len(doc) or doc[verb.i + 1].pos_ not in {"DET", "PROPN", "NOUN", "ADJ"}:
        return False
    if document.at(verb.i + 1, DateMention) is not None or doc[verb.i + 1].dep_ == "obl:unmarked":
        return False  # "X, the minister, said yesterday"
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[low : verb.i - 1])
    _, high = document.sentence(verb.i)
    behind = [t for t in doc[verb.i + 1 : high] if t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and t.dep_ != "acl:relcl"]
    comma = next((t.i for t in doc[verb.i + 1 : high] if t.text == ","), high)
    does = any(t.tag_ == "VB" for t in doc[verb.i + 1 : comma])  # ", underlines its wish to help"
    return finite and not behind and not does


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


def around(document: Document, placed: tuple[int, int]) -> list[tuple[int, int]]:
    """Token ranges of the words said, in front of the attribution `placed` and behind it where the sentence goes on."""
    doc = document.doc
    first, last = placed
    low, high = document.sentence(first)
    semicolons = [t.i for t in doc[low:first] if t.text == ";"]
    start = semicolons[-1] + 1 if semicolons and semicolons[-1] < first - 3 else low
    pieces = [(start, first)]
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[start:first]) and not (
        doc[start].lower_ in _SUBORDINATE and not any(t.text == "," for t in doc[start : first - 1])
    )
    quoted = is_quoted(document, first)
    if (
        last < high - 2
        and doc[last].text == ","
        and not quoted
        and not any(use_of(t) is not None and syntax.own_subjects(t) for t in doc[last : last + 6])
        and (
            not finite
            or _open_end(document, first)
            or doc[last + 1].lower_ in _RESUMING
            or _goes_on_quoted(document, last)
        )
    ):
        pieces.append((last, high))
        if first - start == 2 and doc[first - 1].text == "," and doc[start].pos_ in {"PROPN", "PRON", "NOUN"}:
            rest = trim(document, last, high)
            return [(start, start + 1), rest] if rest is not None else []
    return [p for p in (trim(document, *piece) for piece in pieces) if p is not None]


def is_quoted(document: Document, first: int) -> bool:
    """Whether a closing quotation mark stands right in front of an attribution."""
    return any(t.text in _CLOSING for t in document.doc[max(0, first - 2) : first])


def _open_end(document: Document, first: int) -> bool:
    """Whether the words in front of the attribution break off ("… met and, X said, …")."""
    doc = document.doc
    return first > 1 and doc[first - 1].text == "," and doc[first - 2].dep_ == "cc"


def trim(document: Document, first: int, last: int) -> tuple[int, int] | None:
    """Tokens [first, last) without the marks and the "and" around them; None when fewer than two are left."""
    doc = document.doc
    while first < last and (doc[first].is_space or doc[first].text in {",", ";", ":", "—", "–", "-", "•"}):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in {",", ";", ":", ".", "—", "–", "-"}):
        last -= 1
    if first < last and doc[first].dep_ == "cc" and doc[first].lower_ in {"and", "but"}:
        first += 1
    return (first, last) if last - first >= 2 else None
