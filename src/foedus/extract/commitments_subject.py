"""Which words are the subject of an undertaking, as the tree, the dateline or the line above a list gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.commitments_clause import opens_point
from foedus.extract.commitments_frames import is_word
from foedus.language import syntax
from foedus.mentions.model import PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

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
    if len(own) > 1 and any(c.dep_ == "cc" for c in own[-1].children):  # "A, B and C", the last parted by the parse
        return [t for one in own for t in syntax.conjuncts(one)]
    if own and syntax.children(verb, "nsubj:outer"):
        return syntax.conjuncts(own[-1])
    return syntax.conjuncts(own[-1]) if len(own) > 1 and own[-1].tag_ not in {"WDT", "WP"} else []


def listed_members(document: Document, head: Token) -> list[Token]:
    """The states that a phrase counts up: "three countries, namely **A**, **B** and **C**", "others, such as **A** and **B**"; else []."""
    if head.tag_ not in {"NNS", "NNPS"}:
        return []
    for child in head.children:
        among = child.dep_ == "nmod" and syntax.preposition(child) in _SUCH
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
