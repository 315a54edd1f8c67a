"""Names of persons in the text, and which of them are one person.

A name is what the network marks as one, what stands after an office or an honorific, and every later piece of a name known already.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from foedus.mentions.model import PartyMention, Someone
from foedus.mentions.offices_words import HONORIFICS, is_rank

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document
    from foedus.mentions.offices import Office

PARTICLES = {
    "al", "bin", "bint", "ibn", "ben", "van", "von", "der", "den", "de", "di", "da", "do", "dos", "das", "del", "della", "la", "le", "el",
    "ul", "y", "e", "-", "ter", "ten", "te", "abu", "wa", "ould", "ag", "af", "av", "zu", "du", "des", "las", "los", "lo", "san",
}  # fmt: skip
_ARTICLES = {"al", "el", "ul", "as", "ad", "ar", "ash", "an", "at", "ez", "es", "ur", "ud", "us"}
"""The Arabic article before a hyphen ("al-"), with its sound before some letters."""
ENDINGS = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_AFTER = {
    "mp", "mps", "mla", "kc", "qc", "phd", "esq", "mep", "md", "retd", "rtd", "cbe", "obe", "csc", "kbe", "dbe", "mbe",
    "kcmg", "gcmg", "dcmg", "cmg", "kcb", "gcb", "cvo", "dso", "dsc", "oam", "psm", "mfr", "ofr", "gcon", "gcfr",
}  # fmt: skip
_NO_PERSON = {
    "ORG",
    "DATE",
    "FORUM",
    "EXERCISE",
    "INSTRUMENT",
    "ITEM",
    "MONEY",
    "DURATION",
    "PLACE",
    "COUNTRY",
    "NATIONALITY",
}
Run = tuple[int, int]


def _is_title_alone(document: Document, first: int, last: int) -> bool:
    """Whether one word behind "the" is a title that the network takes for a name ("the **Amir** announced")."""
    return last - first == 1 and first > 0 and document.doc[first - 1].lower_ == "the"


def find_names(document: Document, offices: list[Office]) -> list[Run]:
    """Token ranges of names without their titles, in text order; [] for none."""
    titles = {
        i
        for o in offices
        for i in range(o.first, o.last)
        if document.doc[i].ent_type_ != "PERSON" or _is_title(document, o)
    }
    runs: list[Run] = []
    for start, end in sorted(_beginnings(document, offices), key=lambda run: (run[0], -run[1])):
        run = _run(document, start, end, titles)
        if run is not None and (not runs or run[0] >= runs[-1][1]) and not _is_title_alone(document, *run):
            runs.append(run)
    return sorted([*runs, *_again(document, runs, titles)])


def _is_title(document: Document, office: Office) -> bool:
    """Whether the network took an office of two words or more for the beginning of the name behind it ("Raksha Mantri X")."""
    doc, last = document.doc, office.last
    named = last < len(doc) and doc[last].ent_type_ == "PERSON"
    return named and last - office.first > 1 and doc[last - 1].lower_ in _CLEAR


_CLEAR = {"minister", "mantri", "president", "secretary", "ambassador"}
"""Ranks that are nobody's name."""


def _beginnings(document: Document, offices: list[Office]) -> Iterator[Run]:
    doc = document.doc
    yield from ((e.start, e.end) for e in doc.ents if e.label_ == "PERSON")
    for office in offices:
        at = office.last
        if at < len(doc) and doc[at].text == "," and not doc[at].is_sent_end:
            at += 1
        if at < len(doc) and not doc[at].is_sent_start:
            yield at, at + 1
    for token in doc:
        if (
            token.lower_ in HONORIFICS
            and token.text[0].isupper()
            and token.i + 1 < len(doc)
            and not doc[token.i + 1].is_sent_start
        ):
            yield token.i + 1, token.i + 2


def _run(document: Document, start: int, end: int, titles: set[int]) -> Run | None:
    """The name that begins at or after `start`, titles left out, as far as it goes; None when there is none."""
    doc, first = document.doc, start
    while first < min(end, len(doc)) and (
        first in titles
        or doc[first].lower_ in HONORIFICS
        or doc[first].text in {"(", ")", ","}
        or _is_state(document, first)
    ):
        first += 1
    if first >= min(end, len(doc)) or first in titles or not _is_name_word(document, first):
        return None
    last = first + 1
    if first == start and _is_small_word_of_name(document, first - 1, titles):
        first -= 1
    while last < len(doc) and (last < end or _goes_on(document, last, titles)) and last not in titles:
        last += 1
    while last - 1 > first and (
        doc[last - 1].lower_ in PARTICLES | _AFTER | {"and"} or not doc[last - 1].text[0].isalpha()
    ):
        last -= 1
    return (first, last) if _plausible(document, first, last) else None


_SMALL = {"SCONJ", "ADP", "ADV", "CCONJ", "PART", "INTJ", "AUX", "PRON"}


def _is_small_word_of_name(document: Document, i: int, titles: set[int]) -> bool:
    """Whether a word that English has as a small one begins the name behind it: "his colleague, **Than** Okello"; not in headings."""
    doc = document.doc
    if i < 1 or i in titles or doc[i].is_sent_start or not doc[i].text.istitle() or doc[i].ent_type_:
        return False
    after_name = doc[i - 1].text == "," or doc[i - 1].ent_type_ == "OFFICE" or doc[i - 1].text.islower()
    return after_name and doc[i].pos_ in _SMALL and len(doc[i].text) > 1 and doc[i].lower_ not in _HEADING_WORDS


_HEADING_WORDS = {
    "with",
    "for",
    "from",
    "as",
    "and",
    "or",
    "but",
    "by",
    "of",
    "the",
    "if",
    "when",
    "while",
    "after",
    "before",
    "he",
    "she",
}


def _plausible(document: Document, first: int, last: int) -> bool:
    """Whether the run is a name: the network says so, or nothing speaks against it."""
    doc = document.doc
    kinds = {doc[i].ent_type_ for i in range(first, last)}
    if "PERSON" in kinds:
        city = document.at(first, PartyMention)
        titled = first > 0 and (doc[first - 1].lower_ in HONORIFICS or doc[first - 1].ent_type_ == "OFFICE")
        return titled or city is None or (city.first, city.last) != (first, last)
    if kinds & _NO_PERSON or document.doc[first].pos_ != "PROPN":
        return False
    return document.at(first, PartyMention) is None


def _is_state(document: Document, i: int) -> bool:
    mention = document.at(i, PartyMention)
    return mention is not None and mention.form != "capital"


def _is_name_word(document: Document, i: int) -> bool:
    token = document.doc[i]
    return (
        token.text[0].isupper()
        and all(c.isalpha() or c in ".'’ʻ‘`" for c in token.text)
        and (
            token.ent_type_ == "PERSON" or (not _is_state(document, i) and token.pos_ in {"PROPN", "NOUN", "ADJ", "X"})
        )
    )


def _goes_on(document: Document, i: int, titles: set[int]) -> bool:
    doc = document.doc
    token, before = doc[i], doc[i - 1]
    after = doc[i + 1] if i + 1 < len(doc) else None
    if i in titles or token.is_sent_start:
        return False
    if token.lower_ in ENDINGS:
        return True
    if token.is_space:  # a line broken inside a name
        return token.text == "\n" and after is not None and after.ent_type_ == "PERSON" and after.ent_iob_ == "I"
    if token.text in {"-", "‑"}:
        return not before.whitespace_ and not token.whitespace_ and after is not None and after.text.isalpha()
    if before.text in {"-", "‑"} and not before.whitespace_ and i > 1 and not doc[i - 2].whitespace_:
        return token.text.isalpha() and (token.text[0].isupper() or doc[i - 2].text[0].isupper())
    if token.lower_ in _ARTICLES and i + 2 < len(doc) and doc[i + 1].text in {"-", "‑"}:
        return doc[i + 2].text[0].isupper()
    if token.lower_ in PARTICLES and (after is None or after.text not in {"-", "‑"}):
        return (
            after is not None and after.text[0].isupper() and (token.text[0].islower() or after.ent_type_ == "PERSON")
        )
    return _is_name_word(document, i) and token.pos_ == "PROPN" and token.ent_type_ in {"PERSON", ""}


def _again(document: Document, runs: list[Run], titles: set[int]) -> Iterator[Run]:
    """Later pieces of the names in `runs` that stand alone ("Otieno" after "Grace Otieno"), also in capitals."""
    doc = document.doc
    surnames = {doc[last - 1].text for _, last in runs if doc[last - 1].ent_type_ == "PERSON"}
    taken = {i for first, last in runs for i in range(first, last)}
    taken |= {i for i in titles if doc[i].text not in surnames or is_rank(doc[i].lower_)}
    pieces: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for first, last in runs:
        for piece in _pieces(doc[i] for i in range(first, last)):
            pieces.setdefault(piece[0].upper(), []).append((piece, first))
    i, uppers = 0, [t.text.upper() for t in doc]
    while i < len(uppers):
        if uppers[i] not in pieces:
            i += 1
            continue
        sizes = [len(p) for p, at in pieces[uppers[i]] if at < i and _repeats(document, i, p, taken)]
        found = max(sizes, default=0)
        if found:
            yield i, i + found
        i += found or 1


def _pieces(tokens: Iterator[Token]) -> list[tuple[str, ...]]:
    """The ends of a name from each of its words on, and its words alone; no particles, no initials."""
    words: list[list[str]] = []
    glued = False
    for token in tokens:
        if words and (glued or token.text in {"-", "‑"} or words[-1][-1].lower() in PARTICLES):
            words[-1].append(token.text)
        else:
            words.append([token.text])
        glued = token.text in {"-", "‑"}
    tails = [tuple(w for word in words[k:] for w in word) for k in range(len(words))]
    alone = [tuple(word) for word in words]
    return [
        p
        for p in {*tails, *alone}
        if len(p[0]) > 1 and not p[0].endswith(".") and p[0].lower() not in ENDINGS | PARTICLES
    ]


def _repeats(document: Document, i: int, piece: tuple[str, ...], taken: set[int]) -> bool:
    doc, last = document.doc, i + len(piece)
    words = tuple(t.text for t in doc[i:last])
    same = words == piece or (
        all(w.isupper() for w in words if w.isalpha()) and words == tuple(p.upper() for p in piece)
    )
    if not same or any(k in taken for k in range(i, last)) or document.at(i, PartyMention) is not None:
        return False
    other = doc[i].ent_type_ in _NO_PERSON
    if other and (doc[i].ent_iob_ == "I" or (last < len(doc) and doc[last].ent_iob_ == "I")):
        return False  # a part of a longer name of something else
    return doc[i].text[0].isupper() and doc[i].pos_ in {"PROPN", "NOUN", "X", "ADJ"}


# -- one person ---------------------------------------------------------------------------------------------------------


def unmarked(name: str) -> str:
    """The name without the marks on its letters: "Malmö" is "Malmo"."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 10)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case without accents, hyphens, particles and endings like "Jr."."""
    bare = unmarked(name).casefold()
    words = [w.strip(".'’ʻ‘`") for w in bare.replace("-", " ").replace("‑", " ").split()]
    kept = [w for w in words if w and w not in ENDINGS and w not in PARTICLES]
    return tuple(kept or words)


def find_someone(document: Document, people: list[Someone], first: int, last: int) -> Someone:
    """The person of this name: known by the same name, a part of it or a misprint of it, else a new one, added to `people`."""
    span = document.span(first, last)
    name = document.words(span)
    words = plain_words(name)
    best, score = None, 0
    for who in reversed(people):
        how = _likeness(plain_words(who.name), words)
        if how > score:
            best, score = who, how
    if best is None:
        best = Someone(name, span)
        people.append(best)
    elif len(words) > len(plain_words(best.name)):
        best.name, best.name_span = name, span
    return best


def _likeness(known: tuple[str, ...], words: tuple[str, ...]) -> int:
    """How well a name fits a known one: 0 not, up to 9 the same."""
    if not known or not words:
        return 0
    short, long = sorted((known, words), key=len)
    if known == words:
        return 9
    if len(short) < len(long):
        if long[-len(short) :] == short:
            return 8
        if long[: len(short)] == short:
            return 7
        if len(short) == 1:
            near = len(short[0]) > 5 and _close(short[0], long[-1])
            return 6 if short[0] in long and len(long) > 2 else 4 if near else 0
        rest = iter(long)
        return 5 if all(w in rest for w in short) else 0
    if len(short) == 1:
        return 3 if len(short[0]) > 5 and _close(short[0], long[0]) else 0
    if short[-1] == long[-1] and short[0][0] == long[0][0] and min(len(short[0]), len(long[0])) <= 2:
        return 5
    if all(
        a == b or (a[0] == b[0] and min(len(a), len(b)) > 3 and _close(a, b)) for a, b in zip(short, long, strict=True)
    ):
        return 4
    return 4 if sorted(short) == sorted(long) else 0


def _skeleton(word: str) -> str:
    """The consonants of a word, double ones once: what other spellings of an Arabic name share ("Mohammed", "Muhamad")."""
    kept = [c for c in word if c not in "aeiouy"]
    return "".join(c for i, c in enumerate(kept) if i == 0 or c != kept[i - 1])


_LONG_SKELETON, _LONG_WORD = 3, 6


def _close(a: str, b: str) -> bool:
    """Whether two words differ by one letter added, dropped, changed, by two neighbours swapped, or by vowels alone if they are long."""
    if len(_skeleton(a)) >= _LONG_SKELETON and _skeleton(a) == _skeleton(b) and min(len(a), len(b)) > _LONG_WORD:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    k = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[k + 1 :] == b[k + 1 :] or (a[k + 2 :] == b[k + 2 :] and a[k : k + 2] == b[k : k + 2][::-1])
    short, long = sorted((a, b), key=len)
    return short[k:] == long[k + 1 :]
