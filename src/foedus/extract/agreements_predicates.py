"""The words that say something of an instrument: the predicates over its noun phrase, with the slot that it fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.language import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.extract.agreements_instruments import Instrument
    from foedus.language.doc import Token

_TEXTS = {"text", "draft", "wording", "version", "terms", "details"}
_QUANTITIES = {
    "number",
    "series",
    "set",
    "raft",
    "range",
    "host",
    "couple",
    "total",
    "dozen",
    "variety",
    "string",
    "handful",
}
_TAKING_PART = {
    "participation",
    "membership",
    "implementation",
    "operation",
    "validity",
    "application",
    "compliance",
    "term",
}
"""Nouns for an instrument's working: who suspends it suspends the instrument."""
_AMONG = {"including", "such as", "like", "among"}
_SIGNATURES = {"signature", "name", "pen", "hand", "initial", "initials"}
"""What is put to an instrument, which the parse may hang on it."""
_BESIDES = {"along with", "alongside", "together with", "in addition to", "besides", "as well as"}
"""Prepositions that add an instrument to the one that is signed."""
_INCLUDING = {"include", "comprise"}
_STRAY = {"acl", "obj", "parataxis", "ccomp", "dep", "conj", "advcl", "xcomp"}
"""Where the parse may hang a participle right behind its noun: "in line with the accord **concluded** with Peru"."""


def find_predicates(instrument: Instrument) -> Iterator[tuple[Token, str]]:
    """(predicate, slot) pairs in which the instrument takes part; slot is obj, subj, or a preposition."""
    head = _beside_first(instrument.head) or syntax.first_conjunct(instrument.head)
    if head.dep_ == "appos":
        head = syntax.first_conjunct(head.head)
    if head.dep_ == "nmod" and head.head.lower_ in _TEXTS | _QUANTITIES and syntax.preposition(head) == "of":
        head = syntax.first_conjunct(head.head)
    first, head = head, _whole_of(head)
    governor, dep = head.head, head.dep_
    if governor is not head:
        done_to = dep == "nsubj:outer" and bool(syntax.children(governor, "aux:pass"))
        second = dep == "nsubj" and head.i > governor.i and not syntax.children(governor, "obj", "cop")
        done_to = done_to or (second and any(t.i < governor.i for t in syntax.own_subjects(governor)))
        if dep in {"obj", "nsubj:pass", "iobj"} or done_to or _after_colon(head):
            yield from ((verb, "obj") for verb in _with_conjuncts(governor))
        elif dep in {"nsubj", "nsubj:outer"}:
            yield from ((verb, "subj") for verb in _with_conjuncts(governor))
            yield from ((verb, "obj") for verb in _passive_behind(governor))
        elif instrument.definite and (
            syntax.preposition(head) in _BESIDES or (dep == "nmod" and governor.lower_ == "addition")
        ):
            pass  # "in addition to the pact, a treaty was signed" says nothing of the pact
        elif dep == "obl" and syntax.preposition(head) in _BESIDES and syntax.children(governor, "obj", "nsubj:pass"):
            yield from ((verb, "obj") for verb in _with_conjuncts(governor))
        elif dep == "nmod" and governor.lower_ == "addition" and governor.dep_ == "obl":
            yield from ((verb, "obj") for verb in _with_conjuncts(governor.head))
        elif dep.split(":")[0] in {"obl", "nmod"} and (name := syntax.preposition(head)):
            yield governor, name.split(" ")[-1]
            if governor.dep_ == "obj" and governor.lemma_.lower() in _SIGNATURES:
                yield governor.head, name.split(" ")[-1]
        elif dep == "obl" and not any(c.dep_ == "case" for c in head.children) and not syntax.children(governor, "obj"):
            yield from ((verb, "obj") for verb in _with_conjuncts(governor))
        elif dep == "compound" and governor.lemma_ in {"signing", "ratification", "signature", "talk", "negotiation"}:
            yield governor, "of" if governor.lemma_ not in {"talk", "negotiation"} else "on"
    words = instrument.head.doc[instrument.head.i + 1 : instrument.last]
    clauses = [c for t in words for c in t.children if c.dep_ == "acl:relcl" and c.i >= instrument.last]
    clauses += _clauses_above(instrument)
    clauses += _clauses_on_parties(instrument)
    for child in [*instrument.head.children, *clauses, *(c for c in head.children if head.i != first.i)]:
        if child.dep_ == "acl:relcl":
            yield from _relative(child)
        elif child.dep_ == "acl" and child.tag_ == "VBN" and _is_of_nearer(instrument, child):
            continue
        elif (child.dep_ == "acl" and child.tag_ in {"VBN", "VBD"}) or (
            child.dep_ == "amod" and child.tag_ in {"VBN", "JJ", "VBD"}
        ):
            yield from ((verb, "obj") for verb in _with_conjuncts(child))
        elif child.dep_ == "csubj" and any(t.lower_ == "what" for t in child.children):
            yield child, "obj"
        elif child.dep_ == "acl" or child.lower_ in {"force", "effect"}:
            yield child, "subj"
    yield from ((noun, "of") for noun in _deposited(instrument))
    yield from ((verb, "obj") for verb in _loose(instrument))
    yield from ((verb, "obj") for verb in _right_before(instrument, governor))


def _beside_first(head: Token) -> Token | None:
    """The instrument before in a list, to whose topic the parse joins this one: "signed **protocols** on rails and a treaty"."""
    topic = syntax.first_conjunct(head)
    above = topic.head
    own = any(c.dep_ == "det" and c.lower_ in {"a", "an"} for c in head.children)
    listed = head.dep_ == "conj" and topic.dep_ == "nmod" and syntax.preposition(topic) in {"on", "for", "of"}
    return (
        syntax.first_conjunct(above)
        if own and listed and above.ent_type_ == "INSTRUMENT" and above.dep_ == "obj"
        else None
    )


def _deposited(instrument: Instrument) -> Iterator[Token]:
    """What papers are handed in for the instrument: "deposited its instrument of **ratification** for the treaty"."""
    head = instrument.head
    if syntax.preposition(head) not in {"for", "of", "to", "on"}:
        return
    verb = next((t for t in head.ancestors if t.pos_ == "VERB"), None)
    if verb is None or verb.lemma_ not in {"deposit", "lodge", "exchange"}:
        return
    for paper in syntax.children(verb, "obj", "nsubj:pass"):
        yield from (
            t
            for t in paper.subtree
            if t.lemma_ in {"ratification", "accession", "acceptance", "approval"} and t.i < head.i
        )


def _passive_behind(participle: Token) -> Iterator[Token]:
    """The passive that the parse hangs on a participle taken for the verb: "a memorandum expected to help ports **was signed**"."""
    if participle.tag_ not in {"VBD", "VBN"} or syntax.children(participle, "aux", "aux:pass"):
        return
    for verb in syntax.children(participle, "xcomp", "ccomp", "parataxis", "dep"):
        if verb.i > participle.i and syntax.children(verb, "aux:pass") and not syntax.own_subjects(verb):
            yield verb


def _right_before(instrument: Instrument, governor: Token) -> Iterator[Token]:
    """The verb that the phrase follows at once, and that has no object, where the parse hangs the phrase elsewhere."""
    doc, at = instrument.head.doc, min(instrument.low, instrument.first) - 1
    while at > 0 and (doc[at].is_quote or doc[at].dep_ == "advmod" or doc[at].ent_type_ == "DATE"):
        at -= 1
    verb = doc[max(at, 0)]
    free = not syntax.children(verb, "obj", "nsubj:pass", "xcomp", "ccomp", "aux:pass")
    if verb.pos_ == "VERB" and verb.tag_ != "VBN" and verb.i != governor.i and free and verb.i < instrument.head.i:
        yield verb


def _clauses_on_parties(instrument: Instrument) -> list[Token]:
    """Clauses with "which" that the parse gives to the last party: "the pact between A and B, **which was signed** in May"."""
    names = [t for t in instrument.head.doc[instrument.last : instrument.high] if t.ent_type_ in {"COUNTRY", "ORG"}]
    found = [c for t in names for c in syntax.children(t, "acl:relcl") if c.i >= instrument.last]
    return [c for c in found if any(t.lower_ == "which" and t.dep_.startswith("nsubj") for t in c.children)]


def _clauses_above(instrument: Instrument) -> list[Token]:
    """Relative clauses right behind the phrase that the parse gives to the noun that it is joined to."""
    head, found = instrument.head, []
    while head.dep_ in {"conj", "appos"} and head.head.i < head.i and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
        for child in syntax.children(head, "acl:relcl"):
            edge = next((t.i for t in child.subtree if not t.is_punct), child.i)
            comma = instrument.last < len(head.doc) and head.doc[instrument.last].is_punct
            if edge == instrument.last + comma:
                found.append(child)
    return found


def find_working(instrument: Instrument) -> list[tuple[Token, str]] | None:
    """What is done to its working ("suspended its participation in the treaty"); None when it is not spoken of."""
    noun = instrument.head.head
    if instrument.head.dep_ not in {"nmod", "obl"} or noun.lemma_.lower() not in _TAKING_PART:
        return None
    verb = noun.head
    if noun.dep_ in {"obj", "nsubj:pass"}:
        return [(verb, "obj")]
    if noun.dep_ in {"nmod", "obl"} and (name := syntax.preposition(noun)):
        return [(verb, name.split(" ")[-1])]
    return [(verb, "subj")] if noun.dep_ == "nsubj" else None


def _whole_of(head: Token) -> Token:
    """The noun for several of which the instrument is named as one: "agreements, including a treaty", "the texts include a treaty"."""
    if (
        head.dep_ in {"nmod", "obl", "conj"}
        and syntax.preposition(head) in _AMONG
        and head.head.pos_ in {"NOUN", "PROPN"}
    ):
        return syntax.first_conjunct(head.head)
    if head.dep_ == "obj" and head.head.lemma_ in _INCLUDING and (own := syntax.own_subjects(head.head)):
        return next(iter(syntax.obliques(own[0], "of")), own[0])
    return head


def _after_colon(head: Token) -> bool:
    """Whether it opens the list that a clause ends in: "the following were signed: a treaty, an accord"."""
    edge, verb = head.left_edge.i, head.head
    colon = any(t.text == ":" for t in head.doc[max(edge - 1, 0) : edge + 1])
    return head.dep_ in {"parataxis", "appos"} and verb.pos_ == "VERB" and colon and verb.i < head.i


def _is_of_nearer(instrument: Instrument, participle: Token) -> bool:
    """Whether a participle stands right behind another instrument: "a treaty, which replaces the **pact, signed** in 1990"."""
    doc, at = participle.doc, participle.left_edge.i - 1
    while at > instrument.last and (doc[at].is_punct or doc[at].is_space):
        at -= 1
    relative = any(c.dep_ == "acl:relcl" and c.i < participle.i for c in instrument.head.children)
    return relative and at > instrument.last and doc[at].ent_type_ == "INSTRUMENT"


def _loose(instrument: Instrument) -> Iterator[Token]:
    """Participles that hang on a later word of the phrase or on the verb, set off by a comma: "a treaty of trade, also signed"."""
    doc, head = instrument.head.doc, instrument.head
    for token in doc[head.i + 1 : min(instrument.high + 6, len(doc))]:
        if token.tag_ not in {"VBN", "VBD"} or not token.is_lower or syntax.own_subjects(token):
            continue
        above = token.head
        inside = token.dep_ == "acl" and head.i < above.i < instrument.high and above.dep_ in {"nmod", "conj"}
        beside = token.dep_ in {"advcl", "parataxis"} and above.i == head.head.i and head.i < token.i < above.i
        comma = instrument.last + 1 < len(doc) and doc[instrument.last].text == ","
        edge = next((t.i for t in token.subtree if not t.is_punct), token.i)
        next_to = (
            instrument.last + comma in {token.i, edge}
            and token.tag_ == "VBN"
            and token.dep_ in {"advcl", "acl", "xcomp"}
        )
        right_behind = edge == instrument.last and token.dep_ in _STRAY and not syntax.children(token, "obj", "xcomp")
        if inside or next_to or right_behind or (beside and doc[instrument.high].text == ","):
            yield token


def _with_conjuncts(verb: Token) -> Iterator[Token]:
    yield verb
    for other in syntax.conjuncts(verb)[1:]:
        if not syntax.own_subjects(other) and not syntax.children(other, "obj"):
            yield other


def _relative(verb: Token) -> Iterator[tuple[Token, str]]:
    for one in [verb, *(v for v in syntax.conjuncts(verb)[1:])]:
        pronouns = [c for c in one.children if c.tag_ in {"WDT", "WP"} or c.lower_ == "that"]
        behind = next((syntax.preposition(c) for c in pronouns if syntax.preposition(c)), "")
        if behind:
            yield one, behind.split(" ")[-1]
            continue
        if any(c.dep_ == "nsubj" for c in pronouns):
            yield one, "subj"
        elif pronouns or syntax.own_subjects(one):
            yield one, "obj"
