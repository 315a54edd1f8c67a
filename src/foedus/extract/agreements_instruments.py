"""Words that name an instrument: "the framework agreement on ports", "New START", "their pact"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.agreements_titles import FIELDS, title_range
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import DateMention, PartyMention, PlaceMention

if TYPE_CHECKING:
    from foedus.language.doc import Doc, Token
    from foedus.mentions import Document

_DEFINITE = {"the", "this", "that", "these", "those", "its", "their", "both", "each", "his", "her", "our"}
_OTHER = {
    "another",
    "other",
    "separate",
    "similar",
    "second",
    "earlier",
    "previous",
    "different",
    "own",
    "further",
    "old",
    "former",
    "outgoing",
}
_BEFORE_NAMES = {"a", "an", "-", "–", "under", "another", "one", "other", "second", "separate", "similar"}
"""Words that may open a sentence right before a name, and belong to no name."""
_JOINERS = {"of", "on", "for", "the", "and", "in", "to", "against", "-", "–", "&", "’s", "'s"}
_IDIOMS = {"arrangement": {"make"}, "convention": {"attend", "hold", "address", "host"}}
"""Verbs beside which the noun is no instrument: to make arrangements, to hold a convention."""
_FROM_WHEN = {"after", "upon", "following", "from"}
"""Before "the exchange of notes" they give the day from which another instrument is in force."""
_MUCH = {"great", "good"}
"""Before "deal of" they make it a lot of something."""
_DECLARED = {"war", "emergency", "martial", "independence", "victory", "assets", "love", "a", "an", "the"}
"""What one alone declares: "a declaration of war", "of a state of emergency"."""
_CHANGED = {
    "amend",
    "amendment",
    "change",
    "extend",
    "extension",
    "prolong",
    "supplement",
    "implement",
    "implementation",
}
"""Words in a name before the older instrument that it changes: "a protocol **amending** the 1998 treaty"."""
_MARKS = {"‘": "’", "“": "”", '"': '"', "«": "»"}
"""Opening quotation marks and those that close."""
_PARTICLES = {"de", "da", "do", "del", "della", "di", "du", "des", "la", "el", "al"}
"""Small words inside names of places."""
_SMALL = {"with", "from", "into", "over", "after", "upon", "that"}


@dataclass(eq=False)
class Instrument:
    """Some words that name an instrument: `head`, noun phrase [low, high), title [first, last), its lexicon row."""

    head: Token
    low: int
    high: int
    first: int
    last: int
    row: dict[str, str]
    named: bool
    definite: bool
    bare: bool
    other: bool
    plural: bool
    year: str | None
    dated: bool = False
    means: int | None = None
    """The head token of the mention that a pronoun stands for."""
    amends: bool = False
    """Whether its name holds that of the older one that it changes, and with it a date that is not its own."""

    @property
    def stands_for_noun(self) -> bool:
        """Whether it is a "one" or "another" that stands for the noun of an instrument before."""
        return self.head.lower_ in {"one", "another", "other", "ones", "third"}

    @property
    def needs(self) -> str:
        """Under which condition the noun counts, "" for none."""
        return self.row["needs"]


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], dict[str, str]]]]:
    """First word -> (words, row), longest first; last and first words also as regular plurals."""
    found: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = {}
    for row in load_table("instruments"):
        for form in split_forms(row["forms"]):
            words = tuple(form.lower().split(" "))
            variants = {words, (*words[:-1], _plural(words[-1])), (_plural(words[0]), *words[1:])}
            for variant in variants:
                found.setdefault(variant[0], []).append((variant, row))
    for entries in found.values():
        entries.sort(key=lambda e: (-len(e[0]), e[0]))
    return found


@cache
def _plurals() -> frozenset[str]:
    """Last words of the forms, in the plural."""
    regular = (
        _plural(form.lower().split(" ")[-1]) for row in load_table("instruments") for form in split_forms(row["forms"])
    )
    return frozenset([*regular, "memoranda"])


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def find_instruments(document: Document) -> list[Instrument]:
    """Every noun phrase that may name an instrument, in text order; [] when there is none. Looked for once a document."""
    known: list[Instrument] | None = document.notes.get("instruments")  # type: ignore[assignment]
    if known is None:
        known = document.notes["instruments"] = _find_instruments(document)
    return list(known)


def _find_instruments(document: Document) -> list[Instrument]:
    forms = _forms()
    found: list[Instrument] = []
    tokens = [t for t in document.doc if not t.is_space]
    i, lows = 0, [t.lower_ for t in tokens]
    while i < len(lows):
        for words, row in forms.get(lows[i], ()):
            if tuple(lows[i : i + len(words)]) == words:
                one = _instrument(document, tokens[i].i, tokens[i + len(words) - 1].i + 1, row)
                if one is None and row["needs"] == "name":
                    continue  # no name; perhaps the noun of another row
                if row["needs"] == "never":
                    i += len(words) - 1
                inside = one is not None and bool(found) and one.head.i < found[-1].last
                if one is not None and inside and _is_amended(one, found[-1]):
                    one = replace(one, year=one.year or found[-1].year, dated=True)
                    found[-1] = replace(found[-1], year=None, dated=False, amends=True)
                    inside = False
                if one is not None and inside and _ends_name(one, found[-1]):
                    found.pop()
                    inside = False
                if one is not None and (not inside or _beneath(one, found[-1])):
                    found.append(one)
                    i += len(words) - 1
                break
        i += 1
    return found


def _is_amended(one: Instrument, above: Instrument) -> bool:
    """Whether it is the older one that the name of another says to be changed, told by its year: "a protocol amending the **1998 treaty**"."""
    words = {t.lemma_.lower() for t in above.head.doc[above.head.i + 1 : one.low + 1]}
    before = [t.text for t in above.head.doc[above.low : above.head.i]]
    return bool(words & _CHANGED) and bool(one.year or (above.year and above.year not in before))


def _ends_name(one: Instrument, above: Instrument) -> bool:
    """Whether it is the noun of the name that another word only begins: "the Partnership and Trade **Agreement**"."""
    return one.named and above.named and above.row["id"] == "partnership_agreement" and one.head.i == above.last - 1


def _beneath(one: Instrument, above: Instrument) -> bool:
    """Whether it is what the one above belongs to, an instrument of its own: "the annex to the agreement"."""
    return one.head.head.i == above.head.i and syntax.preposition(one.head) == "to" and not above.named


def _instrument(document: Document, first: int, last: int, row: dict[str, str]) -> Instrument | None:
    head = document.doc[first:last].root
    noun = head.pos_ in {"NOUN", "PROPN", "NUM", "ADJ", "X"} or head.tag_ in {"NN", "NNS"}
    if not noun and row["needs"] != "name":
        return None
    if (
        head.dep_ in {"compound", "flat", "nmod:desc"}
        and head.head.i > head.i
        and not _heads_name(document, first, last)
    ):
        return None
    if _is_no_instrument(document, head, last, row):
        return None
    name = _name_range(document, first, last)
    named = name is not None
    if row["needs"] in {"name", "pair"} and not named:
        return None
    low, high = syntax.phrase(head)
    low = min(low, first)
    high = max(min([high, *(c.left_edge.i for c in head.children if _is_next(c, head))]), last)
    start, stop = name or title_range(document, head, low, first, last)
    while name is None and low <= start - 2 < first - 2 and document.doc[start - 1].text in {"-", "–"}:
        start -= 2  # "six-**point** plan"
    if name is not None and start == first:
        stop = max(stop, title_range(document, head, low, first, last)[1])
    words = [t.lower_ for t in document.doc[low:first]]
    return Instrument(
        head=head,
        low=low,
        high=high,
        first=start,
        last=max(stop, last) if name is None else stop,
        row=row,
        named=named,
        definite=any(w in _DEFINITE for w in words) or _is_of_today(head),
        bare=not any(t.dep_ in {"det", "nmod:poss"} or t.tag_ in {"DT", "PRP$"} for t in document.doc[low:first]),
        other=any(w in _OTHER for w in words),
        plural=not _is_one_by_its_plural(head, row)
        and (head.tag_ in {"NNS", "NNPS"} or any(t.lower_ in _plurals() for t in document.doc[first:last])),
        year=(
            year := _year(document, low, min(max(high, _past_of(document, last)), last + 3))
            or _clause_year(document, head)
        ),
        dated=year is not None or any(_dates(document, token) for token in document.doc[head.i + 1 : high]),
    )


def _is_one_by_its_plural(head: Token, row: dict[str, str]) -> bool:
    """Whether a plural names one paper: "signed minutes", but not "two sets of minutes"."""
    only = head.lower_ == "minutes" and "minutes" in row["forms"]
    return only and not any(c.dep_ == "nummod" for c in head.children)


def _is_of_today(head: Token) -> bool:
    """Whether it is the one made on the day of the report: "**today's** letter of intent"."""
    return any(c.dep_ == "nmod:poss" and c.lower_ == "today" for c in head.children)


def _is_no_instrument(document: Document, head: Token, last: int, row: dict[str, str]) -> bool:
    """Whether the noun means something else here: people who meet, an idiom, a package or the text of instruments."""
    if row["id"] in _IDIOMS and head.head.lemma_ in _IDIOMS[row["id"]]:
        return True
    if row["id"] == "convention" and syntax.preposition(head) in {"at", "during"}:
        return True
    if row["id"] == "framework" and syntax.preposition(head) in {"in", "within"}:
        return True
    whole = head.head if row["id"] == "notes" and head.head.lower_ == "exchange" else head
    if row["id"] in {"exchange_of_notes", "notes"} and syntax.preposition(whole) in _FROM_WHEN:
        return True
    before_of = last < len(document.doc) and document.doc[last].lower_ == "of"
    if (
        row["id"] == "deal"
        and document.doc[head.i - 1].lower_ == "big"
        and not any(c.dep_ == "nmod" for c in head.children)
    ):
        return True  # "called it a big deal"
    if before_of and row["id"] == "deal" and document.doc[head.i - 1].lower_ in _MUCH:
        return True
    if before_of and row["id"] == "declaration" and document.doc[last + 1].lower_ in _DECLARED:
        return True
    return before_of and (row["id"] == "package" or row["needs"] == "refer")


def _is_next(child: Token, head: Token) -> bool:
    """Whether a conjunct is the next instrument of a list."""
    return child.dep_ == "conj" and child.i > head.i and child.lower_ in _heads()


@cache
def _heads() -> frozenset[str]:
    """Last words of the forms."""
    return frozenset(
        form.lower().split(" ")[-1] for row in load_table("instruments") for form in split_forms(row["forms"])
    )


def _past_of(document: Document, last: int) -> int:
    """The token past "of 1922" right behind the noun, wherever the parse hangs it; `last` itself when there is none."""
    after = [t.lower_ for t in document.doc[last : last + 1]]
    return last + 2 if after == ["of"] else last


def _dates(document: Document, token: Token) -> bool:
    """Whether a modifier gives the day it was made: "notes dated 3 May", "the accord of 3 May"."""
    if token.lower_ == "dated":
        return True
    return token.dep_ == "nmod" and syntax.preposition(token) == "of" and document.at(token.i, DateMention) is not None


def _heads_name(document: Document, first: int, last: int) -> bool:
    return _name_range(document, first, last) is not None


def _year(document: Document, low: int, high: int) -> str | None:
    """The bygone year of a date, or one that stands alone, among the tokens [low, high); None for the report's own."""
    dates = document.within(low, high, DateMention)
    now = (document.report.published_on or "")[:4]
    if dates and dates[0].edtf[:4].isdigit() and not dates[0].inferred:
        return None if dates[0].edtf[:4] == now else dates[0].edtf[:4]
    for token in document.doc[low:high]:
        if token.is_year and token.text != now and token.text[:2] in {"17", "18", "19", "20"}:
            return str(token.text)
    return None


def _clause_year(document: Document, head: Token) -> str | None:
    """The year in which a participle on the noun says it was made ("the framework concluded in 2005")."""
    for child in head.children:
        if child.dep_ in {"acl", "acl:relcl"} and child.i > head.i:
            edge = child.left_edge.i
            if "," in {document.doc[edge].text, document.doc[edge - 1].text}:
                continue
            year = _year(document, child.left_edge.i, child.right_edge.i + 1)
            if year is not None:
                return year
    return None


def _name_range(document: Document, first: int, last: int) -> tuple[int, int] | None:
    """The capitalised name around the noun, or the words inside quotation marks that hold it; None for a common noun."""
    doc = document.doc
    low, high = document.sentence(first)
    capital = doc[last - 1].text[:1].isupper()
    if not capital or _shouting(document, low, high):
        return None
    start = first
    while start - 1 >= low and (
        doc[start - 1].text[:1].isupper()
        or doc[start - 1].text in {"-", "–"}
        or (doc[start - 1].lower_ in _PARTICLES and start - 2 >= low and doc[start - 2].text[:1].isupper())
        or _joins_names(document, low, start, first)
    ):
        start -= 1
    while start < first and (doc[start].lower_ in _DEFINITE | _BEFORE_NAMES or doc[start].dep_ == "cc"):
        start += 1
    if (closed := _in_marks(doc, start, last, high)) is not None:
        return start, closed
    stop = last
    while stop < high:
        ahead = stop
        while ahead < high and doc[ahead].lower_ in _JOINERS:
            ahead += 1
        if ahead >= high or not doc[ahead].text[:1].isupper() or doc[ahead].pos_ == "PRON" or ahead - stop > 3:
            break
        if (
            ahead > stop
            and doc[stop].lower_ in {"in", "the", "and"}
            and ahead == stop + 1
            and document.at(ahead, PlaceMention)
        ):
            break
        if document.at(ahead, DateMention) or _opens_next(doc, stop, ahead):
            break
        if ahead == stop + 1 and doc[stop].lower_ == "to" and doc[ahead].tag_ != "VB":
            break  # "submit the Agreement to Parliament"
        if ahead == stop and stop == last and not set(doc[ahead].text) <= set("IVX0123456789"):
            break
        stop = ahead + 1
    if stop > last:
        stop = _with_its_noun(doc, stop, high)
    if stop - start == last - first and first in {low, low + 1} and not doc[first].text.isupper():
        return None
    if stop - start == last - first and not doc[first].text.isupper() and not _is_own_name(doc, first, last):
        return None
    return start, stop


def _opens_next(doc: Doc, stop: int, ahead: int) -> bool:
    """Whether the next instrument of a list begins there: "the Treaty of Peace **and the Treaty** on Borders"."""
    joined = {t.lower_ for t in doc[stop:ahead]}
    return {"and", "the"} <= joined and any(
        tuple(t.lower_ for t in doc[ahead : ahead + len(words)]) == words
        and row["needs"] not in {"never", "sign", "pair"}
        for words, row in _forms().get(doc[ahead].lower_, ())
    )


def _in_marks(doc: Doc, start: int, last: int, high: int) -> int | None:
    """Where the quotation marks close that open right before a name, None where none do."""
    mark = _MARKS.get(doc[start - 1].text) if start else None
    close = next((t.i for t in doc[last:high] if t.text == mark), None)
    if close is not None and any(t.tag_ in {"VBZ", "VBD", "VBP", "MD"} for t in doc[last:close]):
        return None  # a quotation that begins with the name
    return close


def _with_its_noun(doc: Doc, stop: int, high: int) -> int:
    """The token past a small noun that the last word of a name stands before: "Memorandum on the Agriculture **sector**"."""
    noun = doc[stop - 1].head
    beside = noun.i == stop and stop < high and noun.pos_ == "NOUN" and noun.tag_ == "NN"
    return stop + 1 if beside and doc[stop - 1].dep_ in {"compound", "amod"} and noun.lemma_ in FIELDS else stop


def _is_own_name(doc: Doc, first: int, last: int) -> bool:
    """Whether words of the lexicon are the name of one instrument: "New START", but not "Memorandum of Understanding"."""
    words = tuple(t.lower_ for t in doc[first:last])
    return any(
        entry == words and row["needs"] == "name" and len(words) > 1 for entry, row in _forms().get(words[0], ())
    )


def _joins_names(document: Document, low: int, start: int, first: int) -> bool:
    """Whether the word before is inside the name: "Peace and Friendship Treaty", "Status of Forces Agreement"."""
    doc = document.doc
    if start - 2 < low or start >= first or not (before := doc[start - 2]).text[:1].isupper():
        return False
    inside = before.pos_ in {"NOUN", "PROPN", "ADJ"} and document.at(before.i, PartyMention) is None
    return inside and before.ent_type_ in {"", "INSTRUMENT"} and doc[start - 1].lower_ in {"and", "of", "&"}


def is_headline_case(document: Document, token: int) -> bool:
    """Whether the line of a token is written as headlines are."""
    return _shouting(document, *document.sentence(token))


def _shouting(document: Document, low: int, high: int) -> bool:
    """Whether a line writes all its longer words with a capital, as headlines do; capitals then show no name."""
    letters = [t for t in document.doc[low:high] if t.is_alpha and len(t.text) > 3 and t.lower_ not in _SMALL]
    if letters and all(t.is_upper for t in letters) and not (len(letters) == 1 and len(letters[0]) < 7):
        return True
    return len(letters) > 2 and all(t.text[:1].isupper() for t in letters)
