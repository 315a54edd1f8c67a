"""Which words are the subject of an undertaking, as the tree, the dateline or the line above a list gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.extract.commitments_clause import opens_point
from foedus.extract.commitments_frames import is_word
from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.dates_patterns import MONTH, WEEKDAY
from foedus.mentions.model import DateMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
"""Words of number that count states or people."""
_DATED = re.compile(rf"{MONTH}|{WEEKDAY}", re.IGNORECASE)
_SUCH = {"such as", "like", "including", "among them"}


def subjects_of(verb: Token) -> list[Token]:
    """The words that stand for who binds himself by `verb`, coordinated ones each; [] where the tree gives none."""
    heads = nearest_subject(verb) or syntax.agents(verb)
    if syntax.is_passive(verb) and is_word("adjectival", verb) and (holder := syntax.subject(verb)) is not None:
        heads = syntax.conjuncts(holder)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and is_word("deal", verb.head):
        above = next(iter(syntax.governing_verbs(verb.head)), None)  # "X and Y signed a declaration pledging to …"
        heads = syntax.conjuncts(holder) if above is not None and (holder := syntax.subject(above)) is not None else []
    if not heads and not syntax.is_passive(verb) and verb.dep_ in {"conj", "xcomp", "advcl"}:
        heads = syntax.agents(syntax.first_conjunct(verb))
    return heads


def nearest_subject(verb: Token) -> list[Token]:
    """Of several subjects that the parse gives an active verb, those joined, else the one next before it; else []."""
    own = [s for s in syntax.children(verb, "nsubj") if s.i < verb.i]
    own = [s for s in own if not _DATED.fullmatch(s.text)] or own  # "Norland and Sudria **Tuesday** promised"
    if len(own) > 1 and _is_list(own):
        return [t for one in own for t in syntax.conjuncts(one)]
    if own and syntax.children(verb, "nsubj:outer"):
        return syntax.conjuncts(own[-1])
    return syntax.conjuncts(own[-1]) if len(own) > 1 and own[-1].tag_ not in {"WDT", "WP"} else []


def _is_list(subjects: list[Token]) -> bool:
    """Whether the parse parts members of one list: "A, B **and C**", "A **and B**", or A with C behind B."""
    last = subjects[-1]
    joined = any(c.dep_ == "cc" for c in last.children)
    between = last.doc[subjects[-2].i + 1 : last.i]
    joined = joined or any(t.dep_ == "cc" and t.lower_ == "and" for t in between)
    return joined or any(t.i > last.i for one in subjects[:-1] for t in syntax.conjuncts(one))


def listed_members(document: Document, head: Token) -> list[Token]:
    """The states that a phrase counts up: "three countries, namely **A**, **B** and **C**", "others, such as **A** and **B**"; else []."""
    if head.tag_ not in {"NNS", "NNPS"}:
        return []
    for child in head.children:
        among = child.dep_ == "nmod" and syntax.preposition(child) in _SUCH | {""}
        if child.i > head.i and (child.dep_ == "appos" or among) and document.at(child.i, PartyMention) is not None:
            members = syntax.conjuncts(child)
            if len(members) > 1 and all(document.at(m.i, PartyMention) is not None for m in members):
                return members
    return []


def begins_in_dateline(document: Document, heads: list[Token]) -> bool:
    """Whether the parse takes the place of the dateline for the subject."""
    line = document.dateline
    return line is not None and bool(heads) and line.start <= heads[0].idx < line.end


def opening_line(document: Document, word: Token) -> tuple[int, int] | None:
    """Token range, up to its colon, of the line that opens the list in which `word` begins a point; None elsewhere."""
    if not opens_point(document, word):
        return None
    doc = document.doc
    for k in range(word.i - 1, max(word.i - 400, 0), -1):
        if doc[k].text == ":" and (doc[k + 1].is_space or doc[k + 1].is_sent_start):
            return document.sentence(k)[0], k
    return None


def first_of_list(document: Document, second: Token) -> PartyMention | None:
    """The first name of a list that the parse leaves out: "In July **A**, B and C have …"; None when it may stand for a place."""
    own = document.at(second.i, PartyMention)
    at = own.first - 2 if own is not None else -1
    name = document.at(at, PartyMention) if at > 0 and document.doc[at + 1].text == "," else None
    if name is None or name.form != "name" or name.first == 0:
        return None
    dated = _DATED.fullmatch(document.doc[name.first - 1].text) or document.at(name.first - 1, DateMention) is not None
    return name if dated else None


def beside(document: Document, head: Token) -> PartyMention | None:
    """The first of two states whose people a headline names without "and": "**Norland**, Sudria leaders agree …"; else None."""
    if head.tag_ not in {"NNS", "NNPS"} or document.sentence(head.i)[0] > 0:
        return None
    own = document.at(head.i - 1, PartyMention) if head.i else None
    at = own.first - 2 if own is not None else -1
    name = document.at(at, PartyMention) if at >= 0 and document.doc[at + 1].text == "," else None
    return name if name is not None and name.first == 0 and name.form == "name" else None


def has_unnamed(document: Document, heads: list[Token], found: Parties) -> bool:
    """Whether one of those that are joined is not named: "Norland and **its four neighbours**"."""
    if len(heads) < 2 or not found.codes:
        return False
    others = load_forms("relations")
    return any(
        t.tag_ == "NNS"
        and any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in t.children)
        and (t.lower_ in others or t.lemma_.lower() in {"country", "nation", "state"})
        and not document.party_of(t).codes
        for t in heads
    )


def all_named(document: Document, heads: list[Token], found: Parties) -> Parties:
    """All of them, where the report names as many together elsewhere, those known among them; else nobody."""
    numbers = [NUMBERS.get(c.lower_, 0) for t in heads for c in t.children if c.dep_ == "nummod"]
    count = len(found.codes) + sum(numbers) if any(numbers) else 0
    for token in document.doc if count > 2 else ():
        members = syntax.conjuncts(token) if token.dep_ != "conj" and document.at(token.i, PartyMention) else []
        named = Parties()
        for mention in (document.at(t.i, PartyMention) for t in members):
            named |= Parties((mention.code,), (mention.span,)) if mention is not None else Parties()
        if len(named.codes) == count and set(found.codes) <= set(named.codes):
            return named
    return Parties()
