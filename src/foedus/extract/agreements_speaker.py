"""Whose "we", "I" and "our" is: the state of whoever says the words around it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.agreements_parties import actors_of
from foedus.extract.meetings_self import self_party
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_FIRST = {"we", "i", "our", "my", "us"}
_BACK = 2
"""In so many sentences before the one that goes on without a say-verb its speaker is named."""


def is_first_person(token: Token) -> bool:
    """Whether a word stands for whoever speaks."""
    return token.lower_ in _FIRST and token.pos_ == "PRON"


def speaking_party(document: Document, token: Token) -> Parties:
    """The one state for which "we" at `token` speaks; empty when the report does not say."""
    if not document.in_quote(token.idx):
        found = self_party(document, token)
        return found if len(found.codes) == 1 else Parties()
    here = document.sentence_index(token.i)
    for back in range(_BACK + 1):
        if here < back:
            break
        for verb in document.doc[slice(*document.sentences[here - back])]:
            if verb.lemma_ in _saying() and verb.pos_ == "VERB" and not document.in_quote(verb.idx):
                found = _of_subject(document, verb)
                if len(found.codes) == 1:
                    return found
    return Parties()


def _of_subject(document: Document, verb: Token) -> Parties:
    one = syntax.subject(verb)
    return actors_of(document, one) if one is not None else Parties()


@cache
def _saying() -> frozenset[str]:
    return frozenset(form for row in load_table("say_verbs") for form in split_forms(row["forms"]))
