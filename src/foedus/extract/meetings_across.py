"""Whom somebody meets by a verb of meeting: object, "with", agents, a list behind the talks; and by which words it is a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.meetings_listed import behind_preposition, listed_after, right_after
from foedus.extract.meetings_parties import side
from foedus.extract.meetings_talk import is_passive
from foedus.extract.meetings_words import (
    Frame,
    format_words,
    is_meeting_noun,
    nouns,
)
from foedus.language import syntax
from foedus.mentions.model import ForumMention, Parties

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

OFFICES = {
    "minister",
    "secretary",
    "deputy",
    "adviser",
    "advisor",
    "ambassador",
    "spokesman",
    "envoy",
    "cabinet",
    "generals",
    "ministers",
}
_OTHER_SIDE = {"opposite", "fellow"}


def across(
    document: Document, verb: Token, frame: Frame, noun: Token | None, heads: list[Token], who: Parties
) -> Parties:
    """The other side: whom the heads name, who stands right behind the verb, who hangs on the noun, the agents of a passive."""
    others = side(document, heads)
    if "obj" in frame.roles and not is_passive(verb) and not set(others.codes) - set(who.codes):
        others |= right_after(document, verb)
    if noun is not None:
        others |= side(document, syntax.obliques(noun, "with", "between", "of", "among"))
        listed = _listed(document, noun)
        others = others | listed if set(others.codes) < set(listed.codes) else others
    elif not heads and frame.needs != "both":
        others |= behind_preposition(document, verb, [r for r in frame.roles if r != "obj"])
    return others | side(document, syntax.agents(verb)) if is_passive(verb) else others


def _listed(document: Document, noun: Token) -> Parties:
    """Everybody in the list behind the "with" of talks, also where the parser hung the second elsewhere."""
    first = next(iter(syntax.obliques(noun, "with")), None)
    case = (
        next((c for c in first.children if c.lower_ == "with" and c.dep_ == "case"), None)
        if first is not None
        else None
    )
    return listed_after(document, case.i + 1, document.sentence(noun.i)[1]) if case is not None else Parties()


def other_heads(verb: Token, frame: Frame, noun: Token | None) -> list[Token]:
    """Heads of the phrases for the other side: object, and the prepositions of the frame."""
    heads: list[Token] = []
    if "obj" in frame.roles and not is_passive(verb):
        heads += [t for t in syntax.objects(verb) if not is_meeting_noun(t)]
    elif is_passive(verb):
        heads += syntax.agents(verb)
    prepositions = [r for r in frame.roles if r != "obj"] + ([] if heads and noun is None else ["with"])
    light = next(
        (t for t in syntax.children(verb, "obj") if frame.particle and t.lemma_.lower() == frame.particle), None
    )
    for base in (verb, noun, light):
        if base is not None:
            heads += syntax.obliques(base, *prepositions)
    if frame.particle == "with" and not heads:
        heads += [t for thing in syntax.objects(verb) for t in syntax.obliques(thing, "with")]
    return heads


def call_words(document: Document, verb: Token) -> list[str]:
    """The formats of a call that the words of a sentence give: "by phone", "by video link"."""
    found = format_words(document.report.text, *document.sentence_span(verb.i))
    low, high = document.sentence(verb.i)
    if any(t.lower_ in {"call", "calls"} for t in syntax.obliques(verb, "in", "during", "on", "over")):
        found = [*found, ("phone call", (0, 0))]
    video = any(nouns().get(t.lower_, {}).get("format") == "video call" for t in document.doc[low:high])
    return [*(["video call"] if video else []), *(name for name, _ in found if name in {"phone call", "video call"})]


def noun_format(document: Document, noun: Token, phone: bool) -> str | None:
    """The format that a noun of meeting gives the talks: a call by "phone" or "video" beside it, its own; None when it leaves it open."""
    name = nouns()[noun.lower_]["format"]
    if {c.lower_ for c in noun.children} & {"courtesy", "farewell", "introductory"}:
        return None
    if any(c.lower_ in {"phone", "telephone"} and c.dep_ == "compound" for c in noun.children):
        return "phone call"
    if any(c.lower_ in {"online", "virtual", "video"} and c.i < noun.i for c in noun.children):
        return "video call"
    return (
        name
        if name != "phone call" or phone or any(c.lower_ in {"phone", "telephone"} for c in noun.children)
        else "phone call"
        if noun.lower_ in {"call", "calls"}
        else None
    )


def is_own(token: Token) -> bool:
    """ "Will raise it with **his trade minister**": one's own official, nobody to meet; "his counterpart" is another's."""
    owner = any(c.dep_ == "nmod:poss" and c.lower_ in {"his", "her"} for c in token.children)
    return owner and token.lower_ in OFFICES and not any(c.lower_ in _OTHER_SIDE for c in token.children)


def is_of_talks(verb: Token) -> bool:
    """ "**The call was received** from the minister": what is received is no guest."""
    return is_passive(verb) and (head := syntax.subject(verb)) is not None and is_meeting_noun(head)


def is_of_others(document: Document, noun: Token) -> bool:
    """ "Attended **a G20 summit**": a session of a forum with members of its own, which is read for itself."""
    forum = document.at(noun.i, ForumMention)
    return forum is not None and bool(forum.code or forum.members)


def union_of(document: Document, noun: Token) -> Parties:
    """The one organisation whose session a noun names: "a session **of the African Union**"."""
    found = side(document, syntax.obliques(noun, "of"))
    return found if len(found.codes) == 1 and found.codes[0].startswith("org:") else Parties()
