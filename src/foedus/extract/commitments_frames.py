"""One undertaking as the readers of commitments hand it on, and their words: `lexicon/commitment_frames.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.statements import find_statements
from foedus.lexicon import load_table, split_forms

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.mentions.model import Parties
    from foedus.record import Firmness, Statement


@dataclass(slots=True)
class Binding:
    """One undertaking: who is bound, tokens [first, last), the verb of the act, the word that binds, how firmly."""

    by: Parties
    first: int
    last: int
    act: Token
    cue: Token
    firmness: Firmness
    rank: int


@cache
def frames() -> dict[str, dict[str, Firmness]]:
    """Kind -> {form: firmness}."""
    found: dict[str, dict[str, Firmness]] = {}
    for row in load_table("commitment_frames"):
        for form in split_forms(row["forms"]):
            found.setdefault(row["kind"], {})[form] = row["firmness"]  # type: ignore[assignment]
    return found


def is_word(kind: str, token: Token) -> bool:
    """Whether `token`, as written or by its lemma, is in the word list `kind`."""
    table = frames()[kind]
    return token.lemma_.lower() in table or token.lower_ in table


def is_act(token: Token, *, willed: bool = False) -> bool:
    """Whether the verb is an act that one can be bound to, not a state, a perception or a saying.

    With `willed`, also what is an act only where somebody agrees or promises to do it ("to hear them").
    """
    return (
        bool(caused(token)) or takes_in(token) or not is_word("stative", token) or (willed and is_word("willed", token))
    )


def is_doing(token: Token) -> bool:
    """Whether the verb is an act in the list, or any act with a thing that it is done to, talks and meetings excepted ("**renew** the lease")."""
    things = (c for c in token.children if c.dep_ == "obj" and c.i > token.i)
    to_something = not is_word("assemble", token) and any(
        t.pos_ != "PRON" or t.lower_ in {"it", "them"} for t in things
    )
    return is_word("act", token) or (is_act(token) and to_something)


def caused(verb: Token) -> list[Token]:
    """What one has done: "have the boundary **demarcated**"; [] for other verbs."""
    done = [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBN"]
    return done if verb.lemma_.lower() in {"have", "get"} else []


def takes_in(verb: Token) -> bool:
    """Whether to receive is to take people in: "will receive 200 **migrants**"."""
    people = (c for c in verb.children if c.dep_ == "obj")
    return verb.lemma_.lower() == "receive" and any(is_word("taken_in", c) for c in people)


def is_refraining(verb: Token) -> bool:
    """Whether not doing it is an undertaking: "will not threaten", "will not permit its territory to be used"."""
    if not is_word("own_ground", verb):
        return is_word("abstain", verb)
    after = verb.doc[verb.i + 1 : verb.right_edge.i + 1]
    return any(t.dep_ == "nmod:poss" and t.pos_ == "PRON" for t in after)


def statement_at(document: Document, token: Token) -> Statement | None:
    """The statement in whose words `token` stands, else None."""
    for statement in find_statements(document):
        if any(a <= token.idx < b for a, b in statement.evidence["text"]):
            return statement
    return None
