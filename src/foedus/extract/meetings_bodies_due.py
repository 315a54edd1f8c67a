"""Joint bodies whose sitting is planned, put off or gone to, told by their bare name: "put off the joint commission", "in Norville for the mixed commission"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.likely import completed
from foedus.extract.meetings_bodies import Body, body_of, joint_name
from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_parties import side
from foedus.extract.meetings_talk import Talk, is_recurring, status_of
from foedus.extract.meetings_words import is_frame
from foedus.language import syntax
from foedus.mentions.model import ForumMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.mentions.model import Parties

_PLANNED = {"schedule", "plan", "set", "slate", "expect", "foresee", "pencil", "fix", "envisage", "convoke"}
_SITS = {"meet", "sit", "convene", "reconvene", "gather", "assemble", "resume", "hold"}
_CALLS = {"convene", "reconvene", "convoke", "hold", "host", "chair", "co-chair", "attend", "open", "close"}


def by_body(document: Document, noun: Token, talks: list[Talk]) -> Talk | None:
    """The sitting of a joint body that a verb around its bare name tells; None when none does, or it is not known whose body it is."""
    if document.at(noun.i, ForumMention) is not None or any(t.token.i == noun.i or _tells(t, noun) for t in talks):
        return None
    verb, status = _told(document, noun)
    if verb is None or status is None or is_recurring(document, verb):
        return None
    parties, body = _whose(document, noun, talks)
    if len(parties.codes) < 2:
        return None
    talk = Talk(noun, parties, [document.span(*syntax.phrase(noun))], status, confidence=0.6, verb=verb, session=True)
    put_circumstances(document, talk, verb, noun)
    talk.forum, talk.occasion = body.forum or joint_name(document, noun), None
    return talk if talk.date is not None or talk.place is not None or status in {"postponed", "cancelled"} else None


def _tells(talk: Talk, noun: Token) -> bool:
    """Whether talks are told already by the verb that this body is the subject of."""
    return talk.verb is not None and talk.verb in noun.ancestors


def _told(document: Document, noun: Token) -> tuple[Token | None, str | None]:
    """The verb that tells the sitting, and its status."""
    above = noun.head
    for clause in noun.children:
        if clause.i > noun.i and clause.dep_ in {"acl", "acl:relcl"} and clause.lemma_ in _SITS | _PLANNED:
            if noun.dep_ in {"obj", "nsubj:pass"} and (off := _off(above)):
                return clause, off
            return clause, "scheduled" if clause.lemma_ in _PLANNED else status_of(document, clause)
    if noun.dep_ in {"obj", "nsubj:pass"} and above.pos_ == "VERB":
        if (off := _off(above)) and document.modality(above).kind == "actual":
            return above, off
        if above.lemma_ in _PLANNED and noun.dep_ == "nsubj:pass":
            return above, "scheduled"
        if above.lemma_ in _CALLS:
            return above, status_of(document, above, of_noun=True)
    if noun.dep_ == "nsubj" and is_frame(above, "happening") and not is_frame(above, "verb"):
        return above, status_of(document, above, of_noun=True)
    return None, None


def _off(verb: Token) -> str:
    return next((kind for kind in ("postponed", "cancelled") if is_frame(verb, kind)), "")


def _whose(document: Document, noun: Token, talks: list[Talk]) -> tuple[Parties, Body]:
    """Who sits in a body: by its name and the text before it, by "with" behind it; one of two is completed where the network is sure."""
    body = body_of(document, noun, talks)
    others = side(document, syntax.obliques(noun, "with", "between"))
    if len(body.parties.codes) > 1 and set(others.codes) <= set(body.parties.codes):
        return body.parties, body
    return completed(document, noun.i, others) if others.codes else others, Body()
