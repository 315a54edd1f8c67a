"""When and where talks were, what about, and at which forum, by the clause that tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.circumstances import date_of, place_of, topics_of
from foedus.extract.meetings_places import here, host_city, town_of, unlisted_place
from foedus.extract.meetings_words import is_frame, is_meeting_noun
from foedus.language import syntax
from foedus.mentions.model import DateMention, ForumMention, PlaceMention

if TYPE_CHECKING:
    from foedus.extract.meetings_talk import Talk
    from foedus.language.doc import Token
    from foedus.mentions import Document

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
_YEAR, _DAY = len("2024"), len("2024-05-01")
_AHEAD, _BEFORE = ("prior to", "ahead of"), {"before", "prior to", "ahead of"}
_IN_IT = {"during", "on", "in", "within", "at", "under"}
_VISITS = {
    "visit",
    "visits",
    "trip",
    "trips",
    "tour",
    "tours",
    "agreement",
    "agreements",
    "treaty",
    "election",
    "elections",
    "memorandum",
    "declaration",
}
_PAPERS = {
    "treaty", "agreement", "convention", "protocol", "accord", "pact", "memorandum", "declaration", "war", "constitution", "budget", "election", "elections",
    "contract", "charter", "framework", "arrangement", "compact", "deal", "plan", "season", "census", "accords", "agreements", "treaties", "statement",
}  # fmt: skip
_PLANNED = {"schedule", "plan", "set", "slate", "expect", "due", "fix", "pencil", "foresee", "book", "envisage"}
_ABOUT = {"about", "regarding", "concerning", "over", "on"}
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
_PLANS = {"plan", "plans", "preparations", "preparation", "arrangements", "agenda", "date", "dates", "invitation"}
"""What is made for a session that is still to come: "reviewed **plans for** the commission"."""
_THERE = {"during", "after", "at", "in", "following", "within", "since", "from", "over"}


def put_circumstances(document: Document, talk: Talk, verb: Token, noun: Token | None) -> None:
    """Date, place, topics, forum or occasion of a telling, from its own clause."""
    talk.date = _own_date(document, verb) if talk.vague else date_of(document, verb, noun)
    if talk.date is None and not talk.vague and (verb.pos_ == "VERB" or (talk.status == "held" and _is_scene(verb))):
        talk.date = _only_date(document, verb)
    if talk.date is not None and _names_thing(document.doc[talk.date.root]):
        talk.date = None
    limit = talk.date is not None and talk.date.role == "by"
    if talk.verb is not None and talk.date is not None and not limit and _is_ahead(document.doc[talk.date.root], verb):
        talk.date = None
    if talk.date is not None and len(talk.date.edtf) < _DAY and _is_of_visit(document.doc[talk.date.root], verb):
        talk.date = None
    if talk.date is not None and len(talk.date.edtf) == _YEAR and noun is not None and document.when(noun) is None:
        talk.date = talk.date if talk.verb is not None else None  # the year of what they spoke of
    talk.place = (
        place_of(document, verb, noun)
        or town_of(document, verb, noun)
        or _where_clause(document, verb)
        or here(document, verb)
        or host_city(document, verb)
        or unlisted_place(document, verb, noun)
    )
    if noun is not None and (clause := _clause_about(noun)) is not None and clause.i != verb.i:
        talk.date = document.when(clause) or talk.date
        talk.place = place_of(document, clause, None) or unlisted_place(document, clause, None) or talk.place
    if talk.place is None and talk.verb is None and noun is not None:
        talk.place = _right_behind(document, noun)
    if talk.verb is not None and talk.place is not None and _is_ahead(document.doc[talk.place.root], verb):
        talk.place = None
    _as_planned(document, talk, noun)
    if (
        talk.date is not None
        and len(talk.date.edtf.replace("/", "")) in {4, 8}
        and syntax.preposition(document.doc[talk.date.root]) == "for"
        and verb.lemma_ not in _PLANNED
    ):
        talk.date = None
    if talk.date is not None and (talk.date.role == "since" or _is_counted_since(document.doc[talk.date.root])):
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
    if talk.status == "scheduled" and talk.verb is not None and _goes_on(document, talk.verb, talk.date):
        talk.status = "under way"
    if talk.date is not None and talk.status == "held" and is_after(document, talk.date):
        told = talk.verb is not None and talk.verb.tag_ == "VBD"
        talk.date, talk.status = (None, "held") if told else (talk.date, "scheduled")
    elif talk.date is not None and talk.verb is None and talk.status == "scheduled" and is_before(document, talk.date):
        talk.status = "held"


def _names_thing(root: Token) -> bool:
    """ "Talks on the **1993** treaty": the year before the name of a thing."""
    thing = root.head
    premodifies = root.dep_ in {"nummod", "compound", "amod", "nmod", "nmod:unmarked", "nmod:poss"} and root.i < thing.i
    return premodifies and thing.lower_ in _PAPERS


def _clause_about(noun: Token) -> Token | None:
    """ "The summit, **to be held** in Norville in May", "talks **which ended** there yesterday": the clause that says when and where they are."""
    behind = [t for t in noun.subtree if t.i > noun.i and t.dep_ in {"acl", "acl:relcl"} and t.pos_ == "VERB"]
    if noun.dep_ == "nmod" and noun.head.lower_ in _PLANS:
        behind += [c for c in noun.head.children if c.dep_ in {"acl", "acl:relcl"} and c.i > noun.i]
    for clause in behind:
        between = (t for t in clause.ancestors if t.i > noun.i)
        if is_frame(clause, "happening") and not any(t.pos_ == "VERB" or is_meeting_noun(t) for t in between):
            return clause
    return None


def _right_behind(document: Document, noun: Token) -> PlaceMention | None:
    """ "After the meeting of A with B **in Norville**": the place right behind the words of a noun, wherever the parser hung it."""
    at = noun.right_edge.i + 1
    if at + 1 >= len(document.doc) or document.doc[at].lower_ not in {"in", "at"}:
        return None
    found = next(iter(document.within(at + 1, at + 3, PlaceMention)), None)
    return (
        found if found is not None and found.first <= at + 2 and document.doc[found.root].head.pos_ == "VERB" else None
    )


def _is_ahead(root: Token, verb: Token) -> bool:
    """ "**Prior to the forum in May** they will meet": the day or the place of what comes after."""
    low = verb.sent.start
    if " ".join(t.lower_ for t in verb.doc[low : low + 2]).startswith(_AHEAD):
        comma = next((t.i for t in verb.doc[low : verb.i] if t.text == "," and t.i > root.i), -1)
        if comma > 0 and not any(t.pos_ in {"VERB", "AUX"} for t in verb.doc[low:comma]):
            return True
    for token in (root, *root.ancestors):
        if token.i == verb.i:
            return False
        first = token.left_edge
        opening = " ".join(t.lower_ for t in token.doc[first.i : first.i + 2])
        if token.pos_ in {"NOUN", "PROPN"} and (opening.startswith(_AHEAD) or syntax.preposition(token) in _BEFORE):
            return True
    return False


def _is_counted_since(root: Token) -> bool:
    """ "The first meeting **since** the premier took office **last month**": the day that the time is counted from."""
    above = (t for t in root.ancestors if t.pos_ == "VERB")
    clause = next(above, None)
    return clause is not None and any(c.lower_ == "since" and c.dep_ == "mark" for c in clause.children)


def _is_of_visit(root: Token, verb: Token) -> bool:
    """ "Met as a follow-up to the **visit in May**": the month of another thing."""
    between = [t for t in root.doc[verb.i : root.i] if t.lower_ in _VISITS] if verb.i < root.i else []
    return any(syntax.preposition(t).split(" ")[0] not in _IN_IT for t in between)


def _goes_on(document: Document, verb: Token, date: DateMention | None) -> bool:
    """ "**Are meeting** on Monday", written on that Monday."""
    today = date is not None and date.edtf == document.report.published_on
    return today and verb.tag_ == "VBG" and any(c.lower_ in {"is", "are"} and c.dep_ == "aux" for c in verb.children)


def _as_planned(document: Document, talk: Talk, noun: Token | None) -> None:
    """ "A meeting **scheduled for Friday in Norville** was called off": day and place of the plan; a day that a clause with "when" is about."""
    plan = next((c for c in noun.children if _is_plan(c, noun)), None) if noun is not None else None
    if plan is not None:
        put_off = talk.date is not None and syntax.preposition(document.doc[talk.date.root]) in {"until", "till", "to"}
        talk.date = talk.date if put_off else document.when(plan) or talk.date
        talk.place = document.where(plan) or talk.place
    elif talk.date is None and talk.verb is not None:
        talk.date = _when_clause(document, talk.verb)


def _is_plan(word: Token, noun: Token) -> bool:
    """ "**Scheduled** for Friday", "**due** in Norville"."""
    return word.i > noun.i and ((word.dep_ == "acl" and word.lemma_ in _PLANNED) or word.lower_ == "due")


def _when_clause(document: Document, verb: Token) -> DateMention | None:
    """ "In September, **when** Norland plans to hold the summit": the day or month right before the clause."""
    for token in (verb, *list(verb.ancestors)[:1]):
        if token.dep_ in {"acl:relcl", "advcl:relcl", "acl", "advcl"} and any(
            c.lower_ == "when" for c in token.children
        ):
            before = document.within(max(0, token.left_edge.i - 5), token.left_edge.i, DateMention)
            return before[-1] if before and before[-1].role == "at" else None
    return None


def _is_deep(root: Token, bases: set[int]) -> bool:
    """ "Explained its part in the peace of **Norland**", "between the parties to the conflict in **Norland**": a place of other things."""
    between = 0
    for token in root.ancestors:
        if token.i in bases:
            return between > 1
        noun = token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.ent_type_ == "ORG")
        between += noun and token.lower_ not in _SCENES
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
    at = _measured(noun) if syntax.preposition(noun) == "of" else noun
    return syntax.preposition(at) in _THERE and not _is_counted_from(noun)


def _measured(noun: Token) -> Token:
    """ "Hours" of "hours **of talks**", wherever the parser hung the talks."""
    before = noun.doc[max(noun.left_edge.i - 1, 0)]
    return before if noun.head.pos_ == "VERB" and before.pos_ == "NOUN" else noun.head


def _is_counted_from(noun: Token) -> bool:
    """ "Met him on Monday, **two days after** the talks": the day of the other meeting."""
    return noun.head.pos_ == "VERB" and any(
        c.dep_ == "nmod:unmarked" and c.lower_ in {"days", "weeks", "months", "hours"} for c in noun.children
    )


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
    days = [d for d in document.within(low, high, DateMention) if d.role == "at" and len(d.edtf.split("/")[0]) >= 10]
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
    if syntax.preposition(at) == "for" and at.head.lower_ in _PLANS:
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
