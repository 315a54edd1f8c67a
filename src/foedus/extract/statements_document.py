"""Whose a text that speaks is ("a joint statement said", "the communique added"): the issuer that the report names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.extract.agreements_focus import main_pair
from foedus.extract.statements_listed import is_plural_office, speak_together
from foedus.extract.statements_said import issuer, subject
from foedus.extract.statements_speaker import Speaker, document_noun, of_parties, speaker_of
from foedus.extract.statements_verbs import use_of
from foedus.language import syntax
from foedus.mentions.model import OfficeMention, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

ISSUING = {"issue", "release", "publish", "adopt", "post", "put", "make", "write", "send", "sign", "circulate"}
"""Verbs by which somebody gives a text to the public."""
_BACK = 6
"""So many sentences back a text may have been brought up whose issuer is meant."""
_PRINTED = {"inform", "report"}


def issued_by(document: Document, noun: Token) -> Speaker | None:
    """Who issued the text that `noun` names here, with the words that say so; None when the report does not say it.

    Its own phrase ("the ministry's statement", "a statement from the ministry"), the last time it was named ("the ministry
    issued a statement"), and for a joint text the two states that the report is about.
    """
    found = _own(document, noun) or _before(document, noun) or _pair(document, noun, noun)
    if found is None:
        return None
    own = (noun.idx, noun.idx + len(noun.text))
    return Speaker(found.persons, [own, *found.spans], noun.i, noun.i + 1, found.someone, found.pronoun)


def _own(document: Document, noun: Token) -> Speaker | None:
    """The issuer inside the phrase of the noun."""
    by = issuer(noun) or next((c for c in noun.children if c.dep_ == "nmod:poss" and c.pos_ != "PRON"), None)
    if by is None:
        by = next((c for c in noun.children if c.dep_ in {"compound", "nmod:desc"} and _is_body(document, c)), None)
    if by is None:
        return None
    low, high = document.sentence(by.i)
    return _issuers(document, by, low, by.i + 1 if by.i < noun.i else high)


def _issuers(document: Document, source: Token, low: int, high: int) -> Speaker | None:
    """Who `source` names inside tokens [low, high): several where a plural of an office lists their states."""
    together = speak_together(document, source) if is_plural_office(source) else None
    return together or speaker_of(document, source, low, high)


def _is_body(document: Document, token: Token) -> bool:
    party = document.at(token.i, PartyMention)
    named = party is not None and party.form != "adjective"
    return named or document.at(token.i, OfficeMention) is not None or document_noun(token, "public", "relay")


def _before(document: Document, noun: Token) -> Speaker | None:
    """Who issued the text when it was last brought up before `noun`."""
    index = document.sentence_index(noun.i)
    low = document.sentences[max(0, index - _BACK)][0]
    for token in reversed(document.doc[low : document.sentences[index][0]]):
        if token.lemma_.lower() != noun.lemma_.lower() or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        source = _issuer_of(token)
        if source is not None and not document_noun(source):
            speaker = _issuers(document, source, *document.sentence(source.i))
            known = speaker is not None and any(p.party or p.office for p in speaker.persons)
            return speaker if known else _pair(document, token, noun) or speaker
        if (named := _own(document, token) or _pair(document, token, noun)) is not None:
            return named
    return None


def _pair(document: Document, named: Token, noun: Token) -> Speaker | None:
    """The two states that the report is about, where the text is named as a joint one."""
    if not any(c.lower_ == "joint" for c in named.children) or any(c.dep_ == "nmod:poss" for c in named.children):
        return None
    pair = main_pair(document)
    if pair is not None and _only_topic(document, named, pair.codes):
        return None
    return of_parties(document, pair.codes, noun) if pair else None


def _only_topic(document: Document, noun: Token, codes: Sequence[str]) -> bool:
    """Whether the states are what the text is about ("the joint statement **on Peru and Chile**")."""
    topics = [c for c in noun.children if c.dep_ == "nmod" and syntax.preposition(c) in {"on", "about", "regarding"}]
    named = {m.code for c in topics for m in document.within(c.i, c.right_edge.i + 1, PartyMention)}
    return bool(topics) and set(codes) <= named


def _issuer_of(noun: Token) -> Token | None:
    """Who the sentence of the noun says issued it, or said something in it."""
    verb = noun.head
    if verb.pos_ != "VERB":
        return None
    issues = verb.lemma_.lower() in ISSUING
    if noun.dep_ in {"obj", "nsubj:pass"} and issues:
        return subject(verb)
    if (
        noun.dep_ == "obl"
        and (issues or use_of(verb) is not None)
        and syntax.preposition(noun) in {"in", "through", "by"}
    ):
        return subject(verb)
    return None


def is_own_name(source: Token, verb: Token | None) -> bool:
    """Whether a newspaper or agency tells of itself ("…, Report informs", "…, Trend reports"): no text speaks."""
    return (
        verb is not None
        and verb.lemma_.lower() in _PRINTED
        and source.text[:1].isupper()
        and not any(c.dep_ in {"det", "nmod:poss", "amod", "compound"} for c in source.children)
    )
