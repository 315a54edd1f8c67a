"""States, international organisations and their bodies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import PartyMention
from foedus.mentions.offices_words import is_portfolio, is_rank
from foedus.mentions.parties_settled import settle

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document

Form = Literal["name", "adjective", "capital", "seat", "body", "organisation"]
_CELLS: tuple[tuple[str, Form], ...] = (
    ("forms", "name"),
    ("adjectives", "adjective"),
    ("capitals", "capital"),
    ("seats", "seat"),
)
_POSSESSIVE = {"'s", "’s", "'", "’"}
_PREFIXES = {
    "Sino": "CHN",
    "Russo": "RUS",
    "Franco": "FRA",
    "Anglo": "GBR",
    "Indo": "IND",
    "Turco": "TUR",
    "Italo": "ITA",
    "Afro": "",
}


_INSTRUMENTS = {
    "Declaration", "Convention", "Conventions", "Protocol", "Protocols", "Accord", "Accords", "Agreement", "Agreements", "Treaty", "Document",
    "Charter", "Statute", "Process", "Consensus", "Communiqué", "Communique", "Format", "Principles", "Rules", "Pact", "Memorandum",
    "Club", "Arrangement", "Mandate", "Criteria", "Initiative", "Action", "Plan",
}  # fmt: skip
"""After a capital these make the name of an instrument ("the Lima Declaration")."""


class _Entry(NamedTuple):
    words: tuple[str, ...]
    code: str
    form: Form
    unsure: bool = False


@cache
def _by_first() -> dict[str, list[_Entry]]:
    """First word of a form -> its entries, longest first; forms in capitals too, for headlines."""
    from foedus.language.tokenizer import tokenize

    found: dict[str, list[_Entry]] = {}
    forms: list[tuple[str, str, Form, bool]] = []
    for row in load_table("countries"):
        for cell, form in _CELLS:
            forms += [(name, row["id"], form, False) for name in split_forms(row[cell])]
        forms += [(name, row["id"], "capital", True) for name in split_forms(row["unsure"])]
        plurals = (_plural(name) for name in split_forms(row["adjectives"]))
        forms += [(plural, row["id"], "adjective", False) for plural in plurals if plural]
    for row in load_table("organisations"):
        forms += [(name, f"org:{row['id']}", "organisation", False) for name in split_forms(row["forms"])]
    for name, code, form, unsure in forms:
        for spelling in {name, name.replace("'", "’"), name.upper()} if len(name) > 3 else {name}:
            words = tuple(tokenize(spelling)[0])
            found.setdefault(words[0], []).append(_Entry(words, code, form, unsure))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return found


def _plural(name: str) -> str:
    """The plural of a demonym ("Russians"), "" where the language has none ("French")."""
    return f"{name}s" if name.endswith(("an", "i", "en", "ot", "k", "g", "n", "c")) and " " not in name else ""


@cache
def _bodies() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in load_table("bodies"):
        for form in split_forms(row["forms"]):
            words = tuple(form.lower().split(" "))
            found.setdefault(words[0], []).append(words)
    for entries in found.values():
        entries.sort(key=len, reverse=True)
    return found


@cache
def _not_parties() -> dict[str, list[tuple[str, ...]]]:
    """Names of seas, regions, companies and papers that only look like a state's name, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in load_table("not_parties"):
        for form in split_forms(row["forms"]) if row["id"] != _FIRMS else ():
            words = tuple(form.split(" "))
            found.setdefault(words[0], []).append(words)
    return found


_FIRMS = "firms"


@cache
def _firm_words() -> frozenset[str]:
    """Words that end the name of a company, paper or school ("Bank", "Airlines", "University")."""
    return frozenset(
        form for row in load_table("not_parties") if row["id"] == _FIRMS for form in split_forms(row["forms"])
    )


_BESIDE = {
    "brokered",
    "mediated",
    "facilitated",
    "led",
    "backed",
    "sponsored",
    "hosted",
    "chaired",
    "drafted",
    "proposed",
    "inspired",
}


@cache
def firm_nouns() -> frozenset[str]:
    """Words for businesses, whose nationality is no party."""
    return frozenset(form for row in load_table("groups") if row["of"] == "firm" for form in split_forms(row["forms"]))


def is_aside(document: Document, state: PartyMention) -> bool:
    """Whether the words only say whose firm it is or who helps, so that the state is none of those that the text is about."""
    return document.doc[state.root].head.lower_ in firm_nouns() or stands_beside(document, state)


def stands_beside(document: Document, mention: PartyMention) -> bool:
    """Whether the state only helps with what others do ("a Norwegian-brokered truce"), and so is none of "the two sides"."""
    doc, at = document.doc, mention.last
    return at + 1 < len(doc) and doc[at].text in {"-", "‑", "–"} and doc[at + 1].lower_ in _BESIDE


@cache
def _openers() -> frozenset[str]:
    """Words as written that may begin a name of a party, or one that only looks like it; a body's word is not among them."""
    return frozenset({*_by_first(), *_not_parties(), *_styles(), *_PREFIXES})


def find_parties(document: Document) -> list[PartyMention]:
    """Every state, organisation and state body named, in text order, longest form first."""
    doc = document.doc
    texts = [t.text for t in doc]
    lows = [t.lower_ for t in doc]
    found: list[PartyMention] = []
    i, table, others, bodies = 0, _by_first(), _not_parties(), _bodies()
    by_last: dict[int, PartyMention] = {}
    while i < len(texts):
        if texts[i] not in _openers() and lows[i] not in bodies:
            i += 1
            continue
        skip = next((len(words) for words in others.get(texts[i], ()) if tuple(texts[i : i + len(words)]) == words), 0)
        if skip:
            i += skip
            continue
        mention = _body(document, lows, i, bodies, by_last, table, texts) if lows[i] in bodies else None
        mention = mention or _named(document, texts, i, table) or _styled(document, texts, i, table)
        mention = mention or _prefixed(document, texts, i)
        if mention is None:
            i += 1
            continue
        found.append(mention)
        by_last[mention.last] = mention
        i = mention.last
    return settle(document, found)


def _named(document: Document, texts: list[str], i: int, table: dict[str, list[_Entry]]) -> PartyMention | None:
    for words, code, form, unsure in table.get(texts[i], ()):
        last = i + len(words)
        if tuple(texts[i:last]) == words:
            if _is_person(document, i, last, form) or _is_other(document, i, last, form):
                continue
            start, end = document.span(i, last)
            root = document.doc[i:last].root.i
            return PartyMention(
                start, end, i, last, root, code=code, form=form, metonym=form in {"capital", "seat"}, unsure=unsure
            )
    return None


_SPEAKING = {"speak", "learn", "understand", "teach", "know"}
"""Verbs whose object, a word for a people, is its language."""


def _is_language(word: Token, after: Token | None) -> bool:
    """Whether a word for a people is what somebody speaks ("(In Spanish.)", "speaks French and Dutch")."""
    alone = after is None or after.is_punct
    one = word.head if word.dep_ == "conj" else word
    if one.dep_ == "obj" and one.head.lemma_.lower() in _SPEAKING and not any(c.dep_ == "det" for c in one.children):
        return True
    return alone and word.i > 0 and word.nbor(-1).text == "In" and word.i > 1 and word.nbor(-2).text in {"(", "["}


def _is_other(document: Document, i: int, last: int, form: str) -> bool:
    """Whether the words belong to an instrument ("the Lima Declaration"), a company ("Peru Bank"), or are a language ("in Spanish")."""
    doc = document.doc
    after = doc[last] if last < len(doc) else None
    if after is not None and form in {"capital", "adjective"} and after.text in _INSTRUMENTS:
        return form == "capital"
    if form == "adjective" and last - i == 1 and _is_language(doc[i], after):
        return True
    if (
        form == "adjective"
        and last - i == 1
        and doc[i].pos_ in {"NOUN", "PROPN"}
        and doc[i].tag_ in {"NN", "NNP"}
        and i > 0
    ):
        in_it = doc[i - 1].lower_ in {"in", "into"} and any(c.dep_ == "case" for c in doc[i].children)
        return in_it and doc[i].dep_ in {"obl", "nmod", "root", "conj"}
    if doc[i].ent_type_ == "ORG" and form in {"name", "adjective", "capital"}:
        end = last
        while end < len(doc) and doc[end].ent_type_ == "ORG" and doc[end].ent_iob_ == "I":
            end += 1
        return end > last and doc[end - 1].text in _firm_words()
    return False


@cache
def _styles() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in load_table("state_styles"):
        for form in split_forms(row["forms"]):
            words = (*form.split(" "), "of")
            found.setdefault(words[0], []).append(words)
    return found


def _styled(document: Document, texts: list[str], i: int, table: dict[str, list[_Entry]]) -> PartyMention | None:
    """A state under its official style ("the Federal Republic of Somalia", "Kingdom of Norway")."""
    for words in _styles().get(texts[i], ()):
        at = i + len(words)
        if tuple(texts[i:at]) == words and at < len(texts):
            state = _named(document, texts, at, table)
            if state is not None and state.form == "name":
                start, end = document.span(i, state.last)
                return PartyMention(start, end, i, state.last, i, code=state.code, form="name")
    return None


def _is_person(document: Document, i: int, last: int, form: str) -> bool:
    """Whether the words are part of a person's name ("Michael Jordan", "Chad Smith", "George Washington")."""
    doc = document.doc
    if last - i > 1 or doc[i].ent_type_ != "PERSON":
        return False
    if form == "adjective":
        return doc[i].ent_iob_ == "I" and not (i and doc[i - 1].ent_type_ != "PERSON")
    posted = i > 1 and doc[i - 1].lower_ in {"to", "of"} and is_rank(doc[i - 2].lower_)
    if posted and form == "name" and all(t.ent_type_ == "PERSON" and t.ent_iob_ == "I" for t in doc[last : last + 2]):
        return False  # "the Peruvian ambassador to Chile Ana Quispe"
    before = i > 0 and doc[i - 1].ent_type_ == "PERSON" and doc[i].ent_iob_ == "I"
    after = last < len(doc) and doc[last].ent_type_ == "PERSON" and doc[last].ent_iob_ == "I"
    return before or (after and doc[last].text[0].isupper())


def _prefixed(document: Document, texts: list[str], i: int) -> PartyMention | None:
    code = _PREFIXES.get(texts[i])
    if not code or i + 2 >= len(texts) or texts[i + 1] not in {"-", "–"} or texts[i + 2] == "Pacific":
        return None
    start, end = document.span(i, i + 1)
    return PartyMention(start, end, i, i + 1, i, code=code, form="adjective")


def _portfolio_end(texts: list[str], i: int, table: dict[str, list[_Entry]]) -> int:
    """Past the portfolio of the ministry at token `i` ("Ministry of Trade, Industry and Energy"); 0 for anything else."""
    if texts[i] != "Ministry" or i + 2 >= len(texts) or texts[i + 1] not in {"of", "for"}:
        return 0
    start = at = i + 2 + (texts[i + 2] == "the")
    while at < len(texts):
        word = texts[at]
        after = texts[at + 1] if at + 1 < len(texts) else ""
        if word in {"and", "&", ","} and at > start and after[:1].isupper() and is_portfolio(after.lower()):
            at += 2
        elif word[0].isupper() and word.isalpha() and not is_rank(word.lower()) and word not in table:
            at += 1
        else:
            break
    return at if at > start else 0


def _body(
    document: Document, lows: list[str], i: int, bodies: dict[str, list[tuple[str, ...]]], by_last: dict[int, PartyMention],
    table: dict[str, list[_Entry]], texts: list[str],
) -> PartyMention | None:  # fmt: skip
    """A state body whose state stands right before it ("Russia's foreign ministry") or after "of" behind it."""
    words = next((w for w in bodies[lows[i]] if tuple(lows[i : i + len(w)]) == w), ())
    if not words and not _portfolio_end(texts, i, table):
        return None
    last, at = max(i + len(words), _portfolio_end(texts, i, table)), i
    if at > 0 and texts[at - 1] in _POSSESSIVE:
        at -= 1
    state = by_last.get(at)
    if state is not None and state.form != "body":
        start, end = document.span(i, last)
        root = document.doc[i:last].root.i
        return PartyMention(
            start, end, i, last, root, code=state.code, form="body", body=document.words((state.start, end))
        )
    if last + 1 < len(lows) and lows[last] == "of":
        at = last + 1 + (lows[last + 1] == "the")
        named = _named(document, texts, at, table) if at < len(texts) else None
        if named is not None:
            start, end = document.span(i, named.last)
            root = document.doc[i:last].root.i
            return PartyMention(
                start, end, i, named.last, root, code=named.code, form="body", body=document.words((start, end))
            )
    return None
