"""Universal Dependencies, read: subjects, objects, obliques and their coordinations of a predicate. No domain words.

Every function takes and returns tokens of one `Doc`; token lists are in text order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.language.doc import Token

SUBJECTS = {"nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer"}
_GENITIVE = {"'s", "’s", "'", "’"}
CLAUSES = {"ccomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "parataxis", "csubj", "csubj:pass"}
"""Relations that begin a clause of its own inside a phrase."""


def children(token: Token, *deps: str) -> list[Token]:
    """Direct dependents with one of the relations `deps` (exact names)."""
    return [child for child in token.children if child.dep_ in deps]


def conjuncts(token: Token) -> list[Token]:
    """`token` and everything coordinated with it below it: "India" of "India, Japan and Nepal" gives all three."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += conjuncts(child)
    return found


def first_conjunct(token: Token) -> Token:
    """The first member of the coordination that `token` is in, else itself."""
    while token.dep_ == "conj" and token.head is not token:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """Whether `verb` is a passive participle: has a passive subject or auxiliary, or is a bare participle after a noun."""
    for child in verb.children:
        if child.dep_ in {"nsubj:pass", "aux:pass", "csubj:pass"}:
            return True
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"} and not children(verb, "obj", "aux")


def is_denied(word: Token) -> bool:
    """Whether "not" or "never" stands beside the word: "was **not** ready to sign"."""
    return any(c.lower_ in _DENYING for c in word.children)


_DENYING = {"not", "n't", "n’t", "never"}


def own_subjects(verb: Token) -> list[Token]:
    """Heads of the subjects that hang on `verb` itself, each with its conjuncts left out."""
    return [child for child in verb.children if child.dep_ in SUBJECTS]


def subject(verb: Token) -> Token | None:
    """The head of the noun phrase that is the grammatical subject of `verb`, own or understood.

    Understood: of a coordinated verb from the first verb; of an xcomp or advcl from its governor (its object first, when it
    has one: "urged China to join"); of a relative clause or participle from the noun. None when there is none.
    """
    seen: set[int] = set()
    at: Token = verb
    while at.i not in seen:
        seen.add(at.i)
        own = own_subjects(at)
        nominal = [t for t in own if t.pos_ not in {"VERB", "AUX"}]
        if nominal:
            chosen = nominal[0]
            if chosen.tag_ in {"WP", "WDT"} or chosen.lower_ in {"that", "which", "who"}:
                noun = _relative_noun(at)
                return noun if noun is not None else chosen
            return chosen
        if at.dep_ in {"acl:relcl", "acl"}:
            return at.head
        if at.dep_ == "xcomp":
            objects = [t for t in children(at.head, "obj", "iobj") if t.tag_ not in {"WP", "WDT"}]
            if objects and at is verb:
                return objects[0]
            at = at.head
        elif at.dep_ == "conj" or (at.dep_ == "advcl" and not children(at, "mark")) or at.dep_ == "advcl":
            at = at.head
        else:
            return None
    return None


def _relative_noun(verb: Token) -> Token | None:
    at = verb
    while at.dep_ == "conj":
        at = at.head
    if at.dep_ in {"acl:relcl", "advcl:relcl"}:
        return at.head
    return None


def objects(verb: Token) -> list[Token]:
    """Direct objects of `verb` with their conjuncts; of a passive, its subject; of a relative clause without own object, the noun."""
    if is_passive(verb):
        found = children(verb, "nsubj:pass")
        if not found and (understood := subject(verb)) is not None:
            found = [understood]
    else:
        found = children(verb, "obj")
        if (
            not found
            and verb.dep_ == "acl:relcl"
            and own_subjects(verb)
            and not any(t.tag_ in {"WP", "WDT"} for t in own_subjects(verb))
        ):
            found = [verb.head]
    return [token for head in found for token in conjuncts(head)]


def agents(verb: Token) -> list[Token]:
    """Who does it: the subject of an active verb, the by-phrase of a passive, each with its conjuncts; none from behind the verb
    of a subject before it ("**Norland** met Sutland and Ostland"), none from behind a verb joined to a passive."""
    if is_passive(verb):
        found = children(verb, "obl:agent") or [t for t in children(verb, "obl") if preposition(t) == "by"]
        joined = min((t.i for t in children(verb, "conj") if t.pos_ == "VERB" and t.i > verb.i), default=len(verb.doc))
        return [t for head in found for t in conjuncts(head) if t.i < joined or head.i > joined]
    one = subject(verb)
    return [t for t in conjuncts(one) if not one.i < verb.i < t.i] if one is not None else []


def preposition(noun: Token) -> str:
    """The lower-case preposition(s) in front of a noun ("in", "on behalf of"), "" when there is none."""
    if noun.preposition is None:
        parts: list[str] = []
        for case in noun.children:
            if case.dep_ == "case" and case.lower_ not in _GENITIVE:
                parts.append(case.lower_)
                parts += [t.lower_ for t in case.children if t.dep_ == "fixed"]
        noun.preposition = " ".join(parts)
    return noun.preposition


def obliques(head: Token, *prepositions: str) -> list[Token]:
    """Nouns that hang on `head` (a verb or a noun) by one of `prepositions` (any, when none is given), with their conjuncts."""
    if head.obliques is None:
        below = [c for c in head.children if c.dep_.startswith(("obl", "nmod")) and c.dep_ != "nmod:poss"]
        head.obliques = tuple((child, name) for child in below if (name := preposition(child)))
    found: list[Token] = []
    for child, name in head.obliques:
        if not prepositions or name in prepositions or name.split(" ")[0] in prepositions:
            found += conjuncts(child)
    return found


_OPENING = {",", "-", "–", "—", ";", ":"}
_CLOSING = {")", "”", '"'}


def phrase(head: Token, *, clauses: bool = False) -> tuple[int, int]:
    """Token range (first, past last) of the noun phrase of `head`, without its conjuncts' clauses and outer punctuation.

    Relative and other clauses inside are cut off unless `clauses`.
    """
    tokens = head.doc.tokens
    left = head.left_edge.i
    if left < head.i and tokens[left].text in _OPENING:  # a dash or comma that the tree hung on the noun from afar
        left = min([head.i, *(c.left_edge.i for c in head.children if c.text not in _OPENING)])
    right = head.i + 1
    stop = head.right_edge.i + 1
    cut = stop
    if not clauses:
        for token in tokens[head.i + 1 : stop]:
            if token.dep_ in CLAUSES and _below(token, head):
                cut = min(cut, token.left_edge.i)
    right = max(cut, right)
    while right - 1 > head.i and (
        (last := tokens[right - 1]).is_space or (last.is_punct and last.text not in _CLOSING)
    ):
        right -= 1
    while left < head.i and (tokens[left].is_space or tokens[left].text in _OPENING):
        left += 1
    return left, right


def _below(token: Token, head: Token) -> bool:
    return any(ancestor.i == head.i for ancestor in token.ancestors)


def predicates(doc: object) -> Iterator[Token]:
    """Every token that can carry a clause: verbs, and nouns or adjectives with a copula."""
    for token in doc:  # type: ignore[attr-defined]
        if token.pos_ == "VERB" or (
            token.pos_ in {"NOUN", "ADJ", "PROPN"} and any(c.dep_ == "cop" for c in token.children)
        ):
            yield token


def governing_verbs(token: Token) -> list[Token]:
    """The verbs above `token`, nearest first."""
    return [t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}]
