"""What will be done to things, or come about: a joint commission that "will be set up", boats that "would follow by Easter", marines that "would be home by June"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import of_the_deal
from foedus.extract.commitments_clause import cut, made
from foedus.extract.commitments_frames import Binding, is_word, statement_at
from foedus.extract.commitments_verbs import is_meeting
from foedus.language import syntax
from foedus.mentions.model import DateMention, Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_DEADLINES = {"by", "before", "until"}


def by_state(document: Document, predicate: Token) -> Iterator[Binding]:
    """ "The marines **would be home** by October": where things or people will be by a day, in what a state's speaker says."""
    aux = next((c for c in predicate.children if c.dep_ == "aux" and is_word("future", c)), None) or next(
        (c for c in predicate.children if c.dep_ == "aux" and c.lower_ == "would"), None
    )
    subject = syntax.subject(predicate)
    statement = statement_at(document, predicate)
    if aux is None or subject is None or statement is None or statement.speaker is None or not statement.speaker.party:
        return
    place = predicate.pos_ == "ADV" or any(
        c.dep_ == "case" and c.lower_ in {"in", "at", "on"} for c in predicate.children
    )
    if not place or any(is_word("negative", c) or is_word("hedge", c) for c in predicate.children):
        return
    if (
        subject.pos_ == "PROPN"
        or document.party_of(subject).codes
        or not _is_dated_deed(document, predicate, subject, _DEADLINES)
    ):
        return
    by = Parties((statement.speaker.party,), tuple(statement.evidence["speaker"]))
    one = made(document, by, predicate, aux, "committed", 1, clause=True)
    cut(document, one, statement.evidence["text"])
    yield one


def impersonal(document: Document, verb: Token) -> Parties:
    """ "A joint commission will be set up" binds the parties of the deal; "the wages would be covered" the speaker's state."""
    things = [*syntax.children(verb, "nsubj", "nsubj:pass")]
    if not things or document.party_of(things[0]).codes or syntax.children(verb, "obl:agent"):
        return Parties()
    if is_word("session", things[0]) and syntax.obliques(things[0], "with"):
        return Parties()  # "their talks with the guild would resume"
    statement = statement_at(document, verb) or statement_at(document, syntax.first_conjunct(verb))
    speaker = statement.speaker if statement is not None else None
    body = any(is_word("joint_body", t) for t in syntax.conjuncts(things[0]))  # "the Trade and Transit Group", too
    if body and is_word("session", things[0]):  # talks are a meeting, but for those that must have begun or ended
        around = document.within(verb.left_edge.i, verb.right_edge.i + 1, DateMention)
        body = any(d.role in _DEADLINES for d in around)
    if body and (is_word("act", verb) or is_word("assemble", verb)):
        deal = of_the_deal(document, verb.i)
        if deal.codes and (speaker is None or speaker.party in {None, *deal.codes}):
            return deal
    if _is_own_deed(verb, things[0]) and _is_dated_deed(document, verb, things[0]):
        deal = of_the_deal(document, verb.i)
        if deal.codes and (speaker is None or speaker.party in {None, *deal.codes}):
            return deal
    spends = (syntax.is_passive(verb) and is_word("spend", verb)) or is_word("outlay", things[0])
    spends = spends or (_announced(verb) and _is_own_deed(verb, things[0]))
    if not spends and is_word("stative", verb) and not is_word("outcome", verb):
        return Parties()
    limit = None if _announced(verb) else _DEADLINES
    spends = spends or _is_dated_deed(document, verb, things[0], limit)
    if speaker is not None and speaker.party and statement is not None and spends:
        return Parties((speaker.party,), tuple(statement.evidence["speaker"]))
    return Parties()


def _is_dated_deed(document: Document, verb: Token, thing: Token, roles: set[str] | None = None) -> bool:
    """Whether it is told of a thing until or from when something will be done with it ("four more would follow by Easter"), not of talks,
    agreements or what nobody does."""
    low, high = verb.left_edge.i, verb.right_edge.i + 1
    dates = [d for d in document.within(low, high, DateMention) if roles is None or d.role in roles]
    dated = not is_word("no_deed", verb) and bool(dates)
    other = is_word("session", thing) or is_word("deal", thing) or is_word("drill", thing) or is_meeting(verb)
    return dated and not other and thing.pos_ in {"NOUN", "PROPN", "NUM", "ADJ"} and not document.in_quote(verb.idx)


def _announced(verb: Token) -> bool:
    """Whether the clause is what somebody announces, confirms or promises: more than says."""
    at = syntax.first_conjunct(verb) if verb.dep_ == "conj" else verb
    return at.dep_ == "ccomp" and is_word("announcing", at.head) and not is_word("negative", at.head)


def _is_own_deed(verb: Token, thing: Token) -> bool:
    """Whether what will be done to the thing is the speaker's to do: "boats will be sent", no treaty that is signed, no meeting held."""
    done = syntax.is_passive(verb) and is_word("act", verb)
    return done and not is_word("session", thing) and not is_word("deal", thing) and not is_meeting(verb)
