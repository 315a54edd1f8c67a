"""The state or body spoken of last: whose "its trade minister, X" is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.model import ForumMention, PartyMention, PersonMention
from foedus.mentions.offices_words import is_rank

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document

_POSSESSIVE = {"'s", "’s", "'", "’"}
_STATE_WORDS = {"country", "nation", "kingdom", "republic", "island", "archipelago", "emirate", "sultanate", "state"}
_BODY_WORDS = {"bloc", "group", "alliance", "league", "union", "organisation", "organization", "body", "community", "movement", "agency", "militia", "rebels"}  # fmt: skip

_MINISTRIES = {"ministry", "office", "government", "presidency"}
_TELLS = {"say", "announce", "report", "state"}


def possessor(document: Document, mention: PersonMention) -> PartyMention | None:
    """ "Its trade minister, X", "the country's minister X", "the bloc's envoy, X": the state or body spoken of last."""
    doc, first = document.doc, mention.first
    low = document.sentence(first)[0]
    at = first - 1
    while at > low and first - at < 9 and doc[at].lower_ not in {"its", "their"} and doc[at].text not in _POSSESSIVE:
        if doc[at].pos_ in {"VERB", "AUX", "ADP"} and doc[at].lower_ not in {"of", "for"}:
            return None
        if doc[at].lower_ == "the" and doc[at - 1].text == "," and not is_rank(doc[at - 2].lower_):
            return None  # "in its reply, the minister, X"
        at -= 1
    word = doc[at]
    if word.lower_ == "its":
        verb = at - 1
        while verb > low and doc[verb].pos_ in {"VERB", "AUX", "ADV"}:
            verb -= 1
        near = document.at(verb, PartyMention) if verb < at - 1 else None
        if near is not None and near.form != "adjective":
            return near
        return topic_before(document, at, organisations=True)
    if word.text in _POSSESSIVE and at > low:
        noun = doc[at - 1].lower_
        if noun in _STATE_WORDS:
            return topic_before(document, at, organisations=False)
        if noun in _BODY_WORDS:
            return _body_before(document, at)
    return None


def topic_before(document: Document, at: int, *, organisations: bool) -> PartyMention | None:
    """The party spoken of before token `at`: the subject of its sentence, else of the sentence before; None when there is none."""
    index = document.sentence_index(at)
    for k in (index, index - 1):
        if k < 0:
            break
        low, high = document.sentences[k]
        parties = [
            m
            for m in document.within(low, min(high, at), PartyMention)
            if (organisations or m.form != "organisation") and _is_subject(document.doc[m.root])
        ]
        if parties:
            return parties[-1] if k == index else parties[0]
    return None


def _is_subject(token: Token) -> bool:
    """Whether the token is a subject, or the possessor or adjective of one ("Peru's army", "the Peruvian side")."""
    if token.dep_ in {"amod", "nmod:poss", "compound"} and token.head.i != token.i:
        token = token.head
    return token.dep_ in {"nsubj", "nsubj:pass", "ROOT"} and token.pos_ in {"NOUN", "PROPN"}


def _body_before(document: Document, at: int) -> PartyMention | None:
    """The organisation named last, within two sentences."""
    low = document.sentences[max(document.sentence_index(at) - 1, 0)][0]
    for mention in reversed([m for m in document.mentions if low <= m.first < at]):
        if isinstance(mention, PartyMention) and mention.form == "organisation":
            return mention
        if isinstance(mention, ForumMention) and mention.code:
            return PartyMention(
                *mention.span, mention.first, mention.last, mention.root, code=mention.code, form="organisation"
            )
    return None


def teller(document: Document, without: set[str]) -> PartyMention | None:
    """The one state whose own ministry tells the report ("**Seoul's foreign ministry** said on Friday"), where it is none of `without`."""
    found: dict[str, PartyMention] = {}
    for mention in document.all_of(PartyMention):
        token = document.doc[mention.root]
        head = token.head if token.dep_ in {"nmod:poss", "compound", "amod"} else token
        if head.lower_ in _MINISTRIES and head.dep_ == "nsubj" and head.head.lemma_ in _TELLS:
            found.setdefault(mention.code, mention)
    return next(iter(found.values())) if len(found) == 1 and not set(found) & without else None
