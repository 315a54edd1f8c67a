"""One telling of a meeting: what it holds, whether it took place, and the circumstances of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from foedus.extract.circumstances import is_due
from foedus.extract.meetings_words import is_frame
from foedus.language import syntax
from foedus.mentions.modality import rule_modality
from foedus.mentions.model import DateMention, ForumMention, Parties, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

FUTURE_NOUN = {"planned", "upcoming", "next", "future", "forthcoming", "scheduled", "expected", "coming"}
PROPOSED_NOUN = {"proposed", "possible", "potential", "prospective", "mooted"}
UNIONS = {
    "bloc",
    "alliance",
    "group",
    "grouping",
    "organisation",
    "organization",
    "body",
    "union",
    "club",
    "community",
    "commonwealth",
    "forum",
}
BEFOREHAND = {"ahead of", "before", "until", "pending", "prior to"}
_ENABLED = {"allow", "permit", "enable", "manage", "let"}
_THERE = {"during", "after", "at", "in", "following", "within", "since", "from", "over"}
_CONTENTS = {"include", "focus", "produce", "fail", "break", "set", "end", "last", "stall", "conclude", "call"}
"""What talks can do or not do and be held all the same: "the talks will not **include** Norland"."""
_WISHES = {
    "steps",
    "step",
    "efforts",
    "effort",
    "ways",
    "way",
    "call",
    "calls",
    "need",
    "conditions",
    "bid",
    "push",
    "attempt",
    "attempts",
    "initiative",
}
"""What talks are only wished for by: "called for **steps to launch** talks"."""
_PREPARED = {"broker", "arrange", "mediate", "facilitate", "prepare", "request", "announce"}
"""What can be done to talks before they are held."""
_OFFERS = {"invitation", "invitations", "proposal", "proposals", "request", "requests"}
_RANKS = {"first", "second", "third", "fourth", "last", "only", "latest"}
_ROUNDS = {"round", "session", "series", "set", "rounds"}


@dataclass(slots=True)
class Talk:
    """One telling of a meeting, or several tellings united; `status` is "" where the words leave it open."""

    token: Token
    parties: Parties
    spans: list[Span]
    status: str
    format: str | None = None
    date: DateMention | None = None
    place: PlaceMention | None = None
    forum: ForumMention | None = None
    occasion: ForumMention | None = None
    host: Parties | None = None
    topics: list[tuple[str, Span]] = field(default_factory=list)
    confidence: float = 0.75
    verb: Token | None = None
    """The verb that tells it, else None."""
    noun: Token | None = None
    """The noun that is its object, else None."""
    session: bool = False
    """Whether it is a session of a series, not the talks of some people."""
    headline: bool = False
    """Whether a headline without a verb tells it: held or to come, the text below says which."""
    actor: Parties = field(default_factory=Parties)
    """Who is the subject of the verb that tells it."""
    vague: bool = False
    """Whether the words do not say how they met ("they discussed the border"): on the phone, in a room."""
    readers: tuple[Callable[..., Any], ...] = ()
    """The functions that found it, one a telling."""


def in_headline(document: Document, token: Token) -> bool:
    """Whether a token stands in the first line of a report, when that is a line without a full stop."""
    if len(document.paragraphs) < 2 or document.paragraph(token.i) > 0:
        return False
    first, last = document.paragraphs[0]
    words = document.words(document.span(first, last))
    return last - first < 30 and (not words.endswith((".", "!", "?", "”", '"')) or _SHORTENED.search(words) is not None)


def is_passive(verb: Token) -> bool:
    """Passive, also as a participle that opens a sentence: "Received by the president, the envoy …"."""
    if syntax.is_passive(verb):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"advcl", "ROOT"}
        and not syntax.children(verb, "obj", "aux", "nsubj", "mark")
    )


def is_recurring(document: Document, verb: Token) -> bool:
    """Whether the act is a habit: "meets twice a year", "holds annual talks every spring"."""
    if document.modality(verb).habitual and verb.tag_ != "VBD":
        return True
    low, high = document.sentence(verb.i)
    inside = range(max(low, verb.i), min(high, verb.right_edge.i + 1))
    if any(d.role == "recurring" and d.first in inside for d in document.within(low, high, DateMention)):
        return True
    words = [t.lower_ for t in document.doc[verb.i : min(high, verb.i + 10)]]
    pairs = set(pairwise(words))
    if ("regular", "basis") in pairwise(t.lower_ for t in document.doc[verb.i : min(high, verb.i + 20)]):
        return True
    return bool(pairs & {("every", u) for u in _UNITS} | pairs & {("a", "year"), ("per", "year")} & _often(words))


_SHORTENED = re.compile(r"\b(?:[A-Z]\.){2,}$")
_UNITS = {
    "year",
    "month",
    "week",
    "day",
    "quarter",
    "spring",
    "autumn",
    "summer",
    "winter",
    "two",
    "three",
    "six",
    "other",
}


def _often(words: list[str]) -> set[tuple[str, str]]:
    return {("a", "year"), ("per", "year")} if {"twice", "once", "times"} & set(words) else set()


_CHANCES = {"opportunity", "chance", "occasion", "pleasure", "honour", "honor"}


def status_of(document: Document, verb: Token, *, of_noun: bool = False) -> str | None:
    """Status by the verb that tells a meeting; None for what was not, "" for what is open. `of_noun`: the noun is its subject or object."""
    if of_noun or is_passive(verb):
        had_to = verb.dep_ == "xcomp" and verb.head.lemma_ == "have" and verb.head.tag_ == "VBD"
        for kind in ("postponed", "cancelled"):
            if is_frame(verb, kind) and (had_to or document.modality(verb).kind == "actual"):
                return kind
    if verb.tag_ in {"VBZ", "VBP"} and verb.dep_ == "ROOT" and in_headline(document, verb) and not is_passive(verb):
        return "held"
    modality = document.modality(verb)
    if modality.kind != "negated" and any(c.lower_ == "shall" and c.dep_ == "aux" for c in verb.children):
        return "scheduled"
    if modality.kind == "negated" and rule_modality(verb).kind == "actual" and _beside_deed(document, verb) == "held":
        return "held"
    if modality.kind == "negated":
        explicit = syntax.is_denied(verb)
        off = of_noun and explicit and is_frame(verb, "happening") and verb.lemma_.lower() not in _CONTENTS
        return "cancelled" if off or (explicit and not of_noun and _was_planned(document, verb)) else None
    if _was_to_have(verb):
        return "postponed" if any(is_frame(t, "postponed") for t in verb.sent) else "cancelled"
    bound = verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)
    if bound and verb.head.lower_ in _CHANCES:
        return None  # "glad of the opportunity to talk": the talks that are told
    before = verb.doc[verb.i - 2] if verb.i > 1 else None
    if bound and before is not None and before.lower_ in _WISHES:
        return "proposed"
    if bound and verb.head.pos_ in {"ADJ", "NOUN", "AUX"} and syntax.is_denied(verb.head):
        return None
    if any(c.lower_ in {"if", "whether", "unless"} and c.dep_ in {"mark", "advmod"} for c in verb.children):
        return None
    if (done := _beside_deed(document, verb)) is not None:
        return done
    if _is_ranked(verb):
        return "held"
    governor = verb.head.lemma_.lower() if verb.dep_ in {"xcomp", "ccomp"} else ""
    if governor in {"offer", "propose", "invite", "suggest"}:
        return "proposed"
    if verb.head.lemma_ == "look" and any(c.lower_ == "forward" for c in verb.head.children):
        return "scheduled"
    if (
        modality.kind == "future"
        or (of_noun and verb.lemma_ in {"schedule", "plan", "expect", "set", "slate"})
        or is_due(verb)
    ):
        return "scheduled"
    if modality.kind == "hypothetical":
        return "proposed"
    if verb.tag_ == "VBG" and any(c.lower_ in {"is", "are"} for c in verb.children):
        return "under way"
    return "held"


def _was_planned(document: Document, verb: Token) -> bool:
    """ "**Will not meet in Norville on Tuesday**": what had a day or a place, and will not be."""
    coming = any(c.lower_ in {"will", "wo", "would"} and c.dep_ == "aux" for c in verb.children)
    return coming and (document.when(verb) is not None or document.where(verb) is not None)


def _was_to_have(verb: Token) -> bool:
    """ "**Were to have** met on Monday", "should have sat down": what was planned and did not come about."""
    before = [t.lower_ for t in verb.doc[max(0, verb.i - 4) : verb.i]]
    return verb.tag_ == "VBN" and any(
        before[k : k + 3] in (["was", "to", "have"], ["were", "to", "have"]) for k in range(len(before))
    )


def _is_ranked(verb: Token) -> bool:
    """ "He **was the second** guest **to meet** the minister": what was done, told by who was the first or last to do it."""
    head = verb.head
    if verb.dep_ not in {"acl", "acl:relcl", "xcomp", "advcl"} or not any(c.lower_ == "to" for c in verb.children):
        return False
    ranked = {head.lower_, *(c.lower_ for c in head.children)} & _RANKS
    return bool(ranked) and any(c.dep_ == "cop" and c.lower_ in {"was", "were", "became"} for c in head.children)


def _beside_deed(document: Document, verb: Token) -> str | None:
    """Status of a meeting that is told beside a deed that was done: "said after meeting her", "was allowed to see him", else None."""
    deed = verb.head
    if deed.pos_ != "VERB" or document.modality(deed).kind != "actual":
        return None
    if verb.tag_ == "VBG":
        words = {c.lower_ for c in verb.children if c.dep_ in {"mark", "case"}}
        ahead = words & {"before", "prior", "ahead"} and deed.tag_ in {"VBD", "VBN"}
        return "held" if ahead or words & {"after", "following", "upon", "since", "while", "when"} else None
    before = any(c.lower_ == "before" for c in verb.children) and not syntax.own_subjects(verb)
    if before and verb.tag_ in {"VB", "VBN"} and verb.dep_ == "advcl" and deed.tag_ == "VBD":
        return "held"
    if verb.dep_ in {"advcl", "xcomp"} and deed.tag_ in {"VBD", "VBN"} and is_frame(deed, "travelling"):
        return ""
    return "held" if verb.dep_ == "xcomp" and deed.lemma_.lower() in _ENABLED else None


def status_of_noun(document: Document, noun: Token) -> str | None:
    """Status of talks named by a noun that is no subject of a verb of taking place."""
    words = {c.lower_ for c in noun.children if c.i < noun.i or c.dep_ not in syntax.CLAUSES}
    preposition = syntax.preposition(noun)
    if preposition == "of" and noun.head.lower_ in _ROUNDS:
        preposition = syntax.preposition(noun.head) if syntax.preposition(noun.head) in BEFOREHAND else preposition
    if preposition == "of" and (noun.head.lower_ == "ahead" or "ahead" in words):
        preposition = "ahead of"
    if words & PROPOSED_NOUN:
        return "proposed"
    if preposition in {"before", "prior to"} and _beside_meeting(document, noun):
        return "held"
    if words & FUTURE_NOUN or preposition in BEFOREHAND or _eve(noun):
        return "scheduled"
    if words & {"no", "without", "same", "any"} or preposition == "without":
        return None
    if any(c.dep_ == "cop" for c in noun.children) and any(c.lower_ in {"will", "’ll", "'ll"} for c in noun.children):
        return "scheduled"
    if preposition == "for" and noun.head.lower_ in _OFFERS:
        return "proposed"
    if preposition == "for" and any(c.lower_ == "no" for c in noun.head.children):
        return None  # "no plans for a meeting"
    verbs = syntax.governing_verbs(noun)
    if preposition == "of" and any(c.lower_ == "will" for c in noun.head.children):
        return "scheduled"  # "will be part of the summit"
    if preposition in {"after", "following", "since"}:
        return "held"
    if preposition in _THERE:
        return "scheduled" if verbs and document.modality(verbs[0]).kind == "future" else "held"
    if not verbs:
        return "held"
    verb = verbs[0]
    whole = noun.head if preposition == "of" and noun.head.lower_ in _ROUNDS else noun
    direct = whole.dep_ in {"obj", "nsubj:pass"} or preposition in {"for", "to", "into", "on"}
    kind = document.modality(verb).kind
    if whole.dep_ == "nsubj:pass" and verb.lemma_ in _PREPARED and kind == "actual":
        return ""
    if verb.lemma_ == "look" and any(c.lower_ in {"forward", "ahead"} for c in verb.children):
        return "scheduled"
    if any(is_frame(v, "refusing") for v in verbs[:2]) and (direct or len(verbs) > 1):
        return None
    if direct and kind == "actual":
        for name in ("postponed", "cancelled"):
            if whole.dep_ != "obl" and is_frame(verb, name):
                return name
        if is_frame(verb, "proposing"):
            return "proposed"
        if preposition in {"for", "to"} and is_frame(verb, "travelling"):
            return ""
    if noun.dep_ == "obl" and not preposition and kind == "actual" and is_frame(verb, "travelling"):
        return ""  # "heads to Norville for **Sutland talks**", where the parser gives "for" to Sutland
    return {"actual": "held", "future": "scheduled", "hypothetical": "proposed"}.get(kind)


def _beside_meeting(document: Document, noun: Token) -> bool:
    """ "**Prior to the meeting** with A he held talks with B": both are over."""
    verb = next(iter(syntax.governing_verbs(noun)), None)
    if verb is None or verb.tag_ not in {"VBD", "VBN"} or document.modality(verb).kind != "actual":
        return False
    return is_frame(verb, "verb", "noun-verb") and not in_headline(document, verb)


def _eve(noun: Token) -> bool:
    return noun.dep_.startswith("nmod") and noun.head.lower_ == "eve"
