"""Whose session it is: the organisation beside its noun or its deed, the one that "the bloc" points at, the one that writes the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_talk import UNIONS
from foedus.extract.meetings_words import ordinal
from foedus.language import syntax
from foedus.mentions.model import ForumMention, Parties, PartyMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_RATHER = 0.35
"""Share from which an organisation is the one that "the organisation" points at."""
_MEMBERS = {"leaders", "ministers", "heads", "allies", "members", "states", "partners", "chiefs"}
_HEADING, _HARDLY = 3, 0.03
"""So many lines at the head say who writes; share below which a name in capitals ("the Trilateral Meeting") is of others all the same."""


def whose(document: Document, noun: Token, forum: ForumMention | None) -> Parties:
    """The organisation (or the members of a series) whose session a noun names; nothing when states are named as those who meet."""
    if forum is not None and (forum.code or forum.members):
        return Parties(tuple(sorted(forum.members)) or (forum.code or "",), (forum.span,))
    first, last = syntax.phrase(noun)
    inside = document.within(first, last, PartyMention)
    bodies = {m.code: m for m in inside if m.code.startswith("org:")}
    if len(bodies) == 1:
        return _of(next(iter(bodies.values())))
    if bodies or syntax.obliques(noun, "with", "between"):
        return Parties()
    subject = next((s for v in syntax.governing_verbs(noun)[:1] for s in [syntax.subject(v)] if s is not None), None)
    if subject is not None and subject.i != noun.i:
        acting = [m for m in document.within(*syntax.phrase(subject), PartyMention) if m.code.startswith("org:")]
        if len({m.code for m in acting}) == 1:
            return _of(acting[0])
    each = partners(document, noun.i).each
    near = [m for m in document.within(0, noun.i, PartyMention) if m.code.startswith("org:")]
    words = {t.lower_ for t in document.doc[first:last]}
    if words & UNIONS and near:
        best = max(near, key=lambda m: (each.get(m.code, 0.0), m.first))
        return _of(best) if each.get(best.code, 0.0) >= _RATHER else Parties()
    own = own_body(document)
    if own is not None and not any(not m.code.startswith("org:") and m.form != "capital" for m in inside):
        if words & {"its", "his", "her"}:
            return Parties()
        numbered = any(c.lower_ == "next" or ordinal(c.text) is not None for c in noun.children)
        capital = noun.text[:1].isupper() and noun.i > document.sentence(noun.i)[0]
        members = subject is not None and any(t.lower_ in _MEMBERS for t in syntax.conjuncts(subject))
        if numbered or (capital and each.get(own.code, 0.0) >= _HARDLY) or members:
            return _of(own)
    return Parties()


def _of(body: PartyMention) -> Parties:
    return Parties((body.code,), (body.span,))


def own_body(document: Document) -> PartyMention | None:
    """The organisation that a report is written by or about: the only one that its first lines name."""
    first, last = document.paragraphs[0][0], document.paragraphs[min(_HEADING, len(document.paragraphs)) - 1][1]
    named = [m for m in document.within(first, last, PartyMention) if m.code.startswith("org:")]
    return named[0] if len({m.code for m in named}) == 1 else None
