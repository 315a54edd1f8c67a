"""What a name is to a deed by the grammar of the sentence: who does it, with whom, to whom, whose it is, or where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.language.doc import Token
    from foedus.mentions.document import Document

TOLD = {"subject", "object", "with", "toward", "owner", "of"}
"""Roles of those who take part, as a rule; others are "place" and "aside"."""
_BY_PREPOSITION = {
    "by": "subject",
    **dict.fromkeys(("with", "between", "among", "against", "beside", "alongside"), "with"),
    **dict.fromkeys(("to", "for", "from", "toward", "towards"), "toward"),
    "of": "of",
    **dict.fromkeys(("in", "at", "on", "near", "off", "into", "through", "across", "inside", "under"), "place"),
}
_NOMINAL = {
    "nmod:poss", "nmod:desc", "nmod:unmarked", "compound", "amod", "flat", "appos", "conj", "det", "list", "nmod", "nummod",
}  # fmt: skip
_MOST_STEPS = 8


def roles_in(document: Document, token: int, heads: Iterable[int]) -> dict[int, str]:
    """Head token of a name -> its role in the deed that the word at `token` tells, of those in its sentence that have one.

    A name has the role of the phrase it stands in ("the Kenyan **minister** met …"), unless it only says where something in that
    phrase is.
    """
    word = document.doc[token]
    arguments = _arguments(word)
    low, high = document.sentence(token)
    found = {}
    for head in heads:
        if low <= head < high and head != token:
            role = _role(document.doc[head], word, arguments)
            if role:
                found[head] = role
    return found


def _arguments(word: Token) -> dict[int, str]:
    """Head of every phrase that the deed, or the verb it is told with, has -> its role; the first one counts."""
    is_verb = word.pos_ in {"VERB", "AUX"}
    found: dict[int, str] = {}
    if not is_verb:
        _put_all(found, word)
        for clause in syntax.children(word, "acl:relcl", "acl"):  # "talks that they **held** with Peru"
            _put_verb(found, clause, word)
    for verb in [word] if is_verb else syntax.governing_verbs(word)[:1]:
        _put_verb(found, verb, word)
    return found


def _put_verb(found: dict[int, str], verb: Token, word: Token) -> None:
    """The phrases of the verb that is the deed `word` or that it is told with."""
    subject = syntax.subject(verb)
    if subject is not None and subject is not word:
        _put(found, subject, "object" if syntax.is_passive(verb) and verb is word else "subject")
    for thing in syntax.objects(verb):
        if thing is not word:
            _put(found, thing, "object")
    _put_all(found, verb)


def _put_all(found: dict[int, str], head: Token) -> None:
    for child in head.children:
        if child.dep_.startswith(("obl", "nmod")) and child.dep_ not in {"nmod:poss", "nmod:desc", "obl:unmarked"}:
            _put(found, child, _BY_PREPOSITION.get(syntax.preposition(child), "aside"))
        elif child.dep_ in {"nmod:poss", "compound", "amod", "nmod:desc"} and head.pos_ in {"NOUN", "PROPN"}:
            _put(found, child, "owner")


def _put(found: dict[int, str], head: Token, role: str) -> None:
    for one in syntax.conjuncts(head):
        found.setdefault(one.i, role)


def _role(name: Token, word: Token, arguments: dict[int, str]) -> str:
    at = name
    for _ in range(_MOST_STEPS):
        if at.i in arguments:
            return arguments[at.i]
        if at.head is at or at.head is word or at.dep_ not in _NOMINAL:
            return ""
        if at.dep_ == "nmod" and _BY_PREPOSITION.get(syntax.preposition(at), "aside") in {"place", "aside"}:
            return "aside"
        at = at.head
    return ""
