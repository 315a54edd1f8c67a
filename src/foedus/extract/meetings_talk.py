"""One telling of a meeting: what it holds, whether it took place, and the circumstances of its sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from foedus.extract.circumstances import date_of, is_due, place_of, topics_of
from foedus.extract.meetings_places import here, town_of, unlisted_place
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
_SCENES = {
    "capital",
    "city",
    "town",
    "sidelines",
    "margins",
    "fringes",
    "meeting",
    "talks",
    "summit",
    "session",
    "round",
    "day",
    "days",
    "hours",
    "visit",
    "series",
    "set",
    "office",
    "palace",
    "conference",
}
_ENABLED = {"allow", "permit", "enable", "manage", "let"}
_THERE = {"during", "after", "at", "in", "following", "within", "since", "from", "over"}
_ABOUT = {"about", "regarding", "concerning", "over", "on"}
_ROUNDS = {"round", "session", "series", "set", "rounds"}
_MARGINS = {"sidelines", "sideline", "margins", "margin", "fringes", "fringe", "edges", "occasion", "periphery"}
_STANDING = {
    "commission",
    "committee",
    "dialogue",
    "consultations",
    "group",
    "council",
    "talks",
    "2+2",
    "mechanism",
    "conclave",
    "quad",
}


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
    return last - first < 30 and not document.words(document.span(first, last)).endswith((".", "!", "?", "”", '"'))


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
    return bool(pairs & {("every", u) for u in _UNITS} | pairs & {("a", "year"), ("per", "year")} & _often(words))


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
        explicit = any(c.lower_ in {"not", "n't", "n’t", "never"} for c in verb.children)
        return "cancelled" if of_noun and explicit and is_frame(verb, "happening") else None
    if any(c.lower_ in {"if", "whether", "unless"} and c.dep_ in {"mark", "advmod"} for c in verb.children):
        return None
    if (done := _beside_deed(document, verb)) is not None:
        return done
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
    verbs = syntax.governing_verbs(noun)
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
    return {"actual": "held", "future": "scheduled", "hypothetical": "proposed"}.get(kind)


def _beside_meeting(document: Document, noun: Token) -> bool:
    """ "**Prior to the meeting** with A he held talks with B": both are over."""
    verb = next(iter(syntax.governing_verbs(noun)), None)
    if verb is None or verb.tag_ not in {"VBD", "VBN"} or document.modality(verb).kind != "actual":
        return False
    return is_frame(verb, "verb", "noun-verb") and not in_headline(document, verb)


def _eve(noun: Token) -> bool:
    return noun.dep_.startswith("nmod") and noun.head.lower_ == "eve"


def put_circumstances(document: Document, talk: Talk, verb: Token, noun: Token | None) -> None:
    """Date, place, topics, forum or occasion of a telling, from its own clause."""
    talk.date = _own_date(document, verb) if talk.vague else date_of(document, verb, noun)
    if talk.date is None and not talk.vague and (verb.pos_ == "VERB" or (talk.status == "held" and _is_scene(verb))):
        talk.date = _only_date(document, verb)
    talk.place = (
        place_of(document, verb, noun)
        or town_of(document, verb, noun)
        or _where_clause(document, verb)
        or here(document, verb)
        or unlisted_place(document, verb, noun)
    )
    if (
        talk.date is not None
        and len(talk.date.edtf.replace("/", "")) in {4, 8}
        and syntax.preposition(document.doc[talk.date.root]) == "for"
    ):
        talk.date = None
    if talk.date is not None and talk.date.role == "since":
        talk.date = None
    if talk.place is not None and _is_deep(
        document.doc[talk.place.root], {verb.i, noun.i if noun is not None else verb.i}
    ):
        talk.place = None
    if talk.place is not None and _is_topic_place(document.doc[talk.place.root], verb):
        talk.place = None
    if talk.place is not None and _is_goal(document.doc[talk.place.root], verb):
        talk.place = None
    if talk.status == "" and talk.date is not None and noun is not None and document.when(noun) is None:
        talk.date = None
    if talk.vague and talk.place is not None and document.doc[talk.place.root].head.i != verb.i:
        talk.place = None
    talk.topics = topics_of(document, verb, noun)
    low, high = document.sentence(verb.i)
    for forum in document.within(low, high, ForumMention):
        root = document.doc[forum.root]
        if noun is not None and forum.first <= noun.i < forum.last:
            talk.forum = talk.forum or forum
        elif (how := _stands(root, verb, noun)) == "margins" or (
            how == "there" and not _standing(document, forum, talk)
        ):
            talk.occasion = talk.occasion or forum
        elif how == "there":
            talk.forum = talk.forum or forum
    if talk.date is not None and talk.status == "held" and is_after(document, talk.date):
        told = talk.verb is not None and talk.verb.tag_ == "VBD"
        talk.date, talk.status = (None, "held") if told else (talk.date, "scheduled")
    elif talk.date is not None and talk.verb is None and talk.status == "scheduled" and is_before(document, talk.date):
        talk.status = "held"


def _is_deep(root: Token, bases: set[int]) -> bool:
    """ "Explained its part in the peace of **Norland**", "between the parties to the conflict in **Norland**": a place of other things."""
    between = 0
    for token in root.ancestors:
        if token.i in bases:
            return between > 1
        between += token.pos_ == "NOUN" and token.lower_ not in _SCENES
    return False


def _is_topic_place(root: Token, verb: Token) -> bool:
    """ "Talked about the situation **in Norland**": where that is which they talk about, not where they meet."""
    for token in root.ancestors:
        if token.i == verb.i:
            return False
        if syntax.preposition(token) in _ABOUT and token.lower_ not in _MARGINS:
            return True
    return False


def _is_goal(root: Token, verb: Token) -> bool:
    """ "The ambassador of Norland **to Sutland**": no place of a meeting, unless somebody travels there."""
    return (
        syntax.preposition(root) == "to" and not is_frame(verb, "travelling") and not is_frame(root.head, "travelling")
    )


def _is_scene(noun: Token) -> bool:
    """ "After talks", "at the meeting", "after four hours of talks": what else the sentence tells was then."""
    at = noun.head if syntax.preposition(noun) == "of" else noun
    return syntax.preposition(at) in _THERE


def _where_clause(document: Document, verb: Token) -> PlaceMention | None:
    """ "Flew to Oslo, **where** she met the king": the place that a relative clause is about."""
    first = syntax.first_conjunct(verb)
    for token in {verb.i: verb, first.i: first}.values():
        if token.dep_ in {"acl:relcl", "advcl:relcl", "acl", "advcl"} and any(
            c.lower_ == "where" for c in token.children
        ):
            low = document.sentence(token.i)[0]
            before = [
                p
                for p in document.within(low, token.left_edge.i, PlaceMention)
                if p.root in {token.head.i, token.left_edge.i - 1, token.left_edge.i - 2}
            ]
            return before[-1] if before else None
    return None


def _only_date(document: Document, verb: Token) -> DateMention | None:
    """The only day that the sentence of a telling names, wherever the parser hung it."""
    low, high = document.sentence(verb.i)
    days = [d for d in document.within(low, high, DateMention) if d.role == "at" and len(d.edtf) >= 10]
    if len({d.edtf for d in days}) != 1 or not _is_free(document.doc[days[-1].root], verb):
        return None
    return days[-1] if not _is_of_saying(document.doc[days[-1].root], verb) else None


def _is_of_saying(root: Token, verb: Token) -> bool:
    """ "Said **on Sunday** that he had met the king": the day of the words, not of the meeting."""
    said = [t.head for t in (verb, *verb.ancestors) if t.dep_ in {"ccomp", "xcomp"} and t.head.pos_ == "VERB"]
    return any(root.head.i == t.i for t in said)


def _is_free(root: Token, verb: Token) -> bool:
    """Whether a date belongs to no other thing ("the November 28 election") and to no clause about another thing."""
    if root.dep_ in {"compound", "amod"} and root.head.lower_ not in {"morning", "afternoon", "evening", "night"}:
        return False
    clause = next((t for t in root.ancestors if t.dep_ in {"acl:relcl", "acl"}), None)
    if clause is not None and clause.tag_ == "VBG" and verb in list(clause.ancestors)[:2]:
        return any(c.lower_ in _ABOUT and c.dep_ == "mark" for c in clause.children)
    return clause is None or clause.i == verb.i or clause in verb.ancestors


def _own_date(document: Document, verb: Token) -> DateMention | None:
    """The day that hangs on the verb itself, not on what they talked about ("discussed gas for the winter")."""
    date = document.when(verb)
    if date is None or date.role != "at" or len(date.edtf) < 7:
        return None
    root = document.doc[date.root]
    if syntax.preposition(root) == "for":
        return None
    return (
        date
        if root.head.i == verb.i or (root.head.head.i == verb.i and root.head.dep_ not in {"obj", "nsubj"})
        else None
    )


def _stands(root: Token, verb: Token, noun: Token | None) -> str:
    """How a forum belongs to a telling: on its "margins", "there" (at, during it), or "" not at all."""
    at = root.head if root.dep_ == "compound" and root.head.lower_ in {"format", "framework", "umbrella"} else root
    margins = at.dep_.startswith("nmod") and at.head.lower_ in _MARGINS
    anchor = at.head if margins else at
    if not margins and syntax.preposition(at).split(" ")[0] not in {
        "at",
        "during",
        "within",
        "in",
        "for",
        "as",
        "under",
    }:
        return ""
    above = [anchor.head, *list(anchor.head.ancestors)[:2]]
    if verb in above or (noun is not None and noun in above):
        return "margins" if margins else "there"
    return ""


def _standing(document: Document, forum: ForumMention, talk: Talk) -> bool:
    """Whether talks at a forum are its own session: a series of these parties, or everybody's."""
    words = {t.lower_ for t in document.doc[forum.first : forum.last]} | set(forum.name.lower().split())
    named = set(forum.members) or ({forum.code} if forum.code else set())
    if named and named == set(talk.parties.codes):
        return True
    if named:
        return len(talk.parties.codes) > 3
    return bool(words & _STANDING) or len(talk.parties.codes) > 2


def is_before(document: Document, date: DateMention) -> bool:
    """Whether a day or stretch was over when the report came out; False when either is not known."""
    day, ends = document.report.published_on, date.edtf.split("/")[-1]
    return bool(day and len(day) >= 10 and len(ends) >= 10 and ends[:4].isdigit() and ends < day)


def is_after(document: Document, date: DateMention) -> bool:
    """Whether a day is later than the report itself; False when either day is not known."""
    day = document.report.published_on
    if not day and document.dateline is not None and document.dateline.date is not None:
        day = document.dateline.date.edtf
    begins = date.edtf.split("/")[0]
    return bool(
        day
        and len(day) >= 10
        and begins[:4].isdigit()
        and begins > day[: len(begins)]
        and begins[: len(day)] > day[: len(begins)]
    )
