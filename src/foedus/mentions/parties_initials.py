"""State bodies by the initials that the report gives them: "the Kenya Defence Forces (KDF)", and "the KDF" from there on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import PartyMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.mentions.document import Document

_LONGEST = 9
"""More words than this before the bracket are no name."""
_SMALL = {"of", "for", "and", "the", "&", "'s", "’s", "-"}
_STATE = {"name", "adjective"}


@cache
def _last_words() -> frozenset[str]:
    """The words that names of state bodies end or begin with ("forces", "ministry")."""
    forms = [form for row in load_table("bodies") for form in split_forms(row["forms"])]
    return frozenset({form.split(" ")[-1] for form in forms} | {form.split(" ")[0] for form in forms if " of " in form})


def find_initials(document: Document, known: list[PartyMention]) -> list[PartyMention]:
    """A body of a state wherever only its initials stand, in text order; `known` are the parties named so far.

    The initials must be given in brackets behind the name, and the name must have a state in it or right before it.
    """
    doc = document.doc
    taken = {i for mention in known for i in range(mention.first, mention.last)}
    given: dict[str, tuple[str, str]] = {}
    for at, short in _in_brackets(document):
        named = _named_by(document, at, short, known)
        if named is not None and given.setdefault(short, named)[0] != named[0]:
            given[short] = ("", "")  # of two states
    found = []
    for i, token in enumerate(doc):
        code, body = given.get(token.text, ("", ""))
        if code and i not in taken:
            start, end = document.span(i, i + 1)
            found.append(PartyMention(start, end, i, i + 1, i, code=code, form="body", body=body))
    return found


def _in_brackets(document: Document) -> Iterator[tuple[int, str]]:
    """Initials in brackets, each with the position of the opening bracket."""
    tokens = document.doc.tokens
    for bracket in document.doc.having({"("}):
        i = bracket.i
        if not 1 <= i < len(tokens) - 2 or tokens[i + 2].text != ")":
            continue
        short = tokens[i + 1].text
        if short.isupper() and short.isalpha() and 2 <= len(short) <= 6:
            yield i, short


def _named_by(document: Document, bracket: int, short: str, known: list[PartyMention]) -> tuple[str, str] | None:
    """State and name of the body whose initials stand in the bracket; None when the words before it are no body of one state."""
    doc, first, letters = document.doc, bracket, list(short.lower())
    while first > max(0, bracket - _LONGEST) and letters:
        word = doc[first - 1]
        if word.text[0].isupper() and word.lower_[0] == letters[-1]:
            letters.pop()
        elif word.lower_ not in _SMALL:
            return None
        first -= 1
    words = [t.lower_ for t in doc[first:bracket]]
    if letters or not {words[0], words[-1]} & _last_words():
        return None
    states = {m.code for m in known if first - 2 <= m.first and m.last <= bracket and _of_state(document, m, first)}
    return (states.pop(), document.words(document.span(first, bracket))) if len(states) == 1 else None


def _of_state(document: Document, mention: PartyMention, first: int) -> bool:
    """Whether the mention is the state of the body: in its name, or right before it ("Kenya's …", "the Kenyan …")."""
    if mention.form == "body":
        return True
    between = document.doc[mention.last : first] if mention.last < first else ()
    return mention.form in _STATE and all(t.lower_ in {"'s", "’s"} for t in between)
