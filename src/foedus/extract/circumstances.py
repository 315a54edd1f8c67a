"""Who, when, where and what about of a predicate: shared by meetings and activities."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import DateMention, Parties, PartyMention, PersonMention, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Level, Span

_HEADS = {
    "president",
    "king",
    "queen",
    "emir",
    "sultan",
    "chancellor",
    "premier",
    "taoiseach",
    "head",
    "leader",
    "monarch",
}
_OFFICERS = {"general", "admiral", "army", "navy", "commander", "marshal", "colonel"}


def actors_before(document: Document, verb: Token) -> Parties:
    """Everybody in the subject of `verb`: the mention on its head, and all coordinated ones between its left edge and the verb."""
    found = Parties()
    for head in syntax.agents(verb) if not syntax.is_passive(verb) else syntax.objects(verb):
        found |= document.party_of(head)
        first, last = syntax.phrase(head)
        if first < verb.i < last:
            last = verb.i
        if any(t.dep_ in {"conj", "flat", "cc"} or t.lower_ == "and" for t in document.doc[first:last]):
            found |= document.parties_in(first, last)
    return found


def is_due(verb: Token) -> bool:
    """Whether the act is still to come by the words above it: "is due to meet", "are set to visit", "was expected to hold"."""
    above = verb.head
    while above.dep_ in {"xcomp", "conj"} and above.lower_ not in _DUE and above.head is not above:
        above = above.head
    return verb.dep_ in {"xcomp", "advcl", "ccomp"} and above.lower_ in _DUE


_DUE = {
    "due",
    "set",
    "scheduled",
    "expected",
    "slated",
    "planned",
    "poised",
    "ready",
    "supposed",
    "plans",
    "plan",
    "intends",
}


def date_of(document: Document, verb: Token, noun: Token | None) -> DateMention | None:
    """The day of an act: a date that hangs on the verb or its noun, that opens the clause for several verbs joined by "and", or
    that says when a meeting "which ended on Sunday" was or when something happened "after talks"."""
    found = document.when(verb) or (document.when(noun) if noun is not None else None)
    return found or (_of_noun(document, noun) if noun is not None else None) or _opening(document, _including(verb))


_INCLUDES = {"include", "comprise", "feature"}


def _including(word: Token) -> Token:
    """The verb of which a noun is said to be a part ("included talks and a dinner"); the word itself where there is none."""
    top = word
    while top.dep_ == "conj" and top.pos_ == "NOUN":
        top = top.head
    return top.head if top.dep_ == "obj" and top.head.lemma_ in _INCLUDES else word


_TAKES_PLACE = {
    "end",
    "conclude",
    "hold",
    "take",
    "begin",
    "open",
    "start",
    "close",
    "convene",
    "finish",
    "wrap",
    "schedule",
    "plan",
    "set",
}
_LENGTHS = {"week", "month", "year", "decade", "rounds", "years", "months", "weeks", "days", "decades"}


def _of_noun(document: Document, noun: Token) -> DateMention | None:
    """The day in a clause about the noun ("talks held on Monday"), or of the verb that it stands under ("agreed on Monday after talks")."""
    for word in noun.subtree:
        if word.dep_ in {"acl", "acl:relcl"} and word.lemma_ in _TAKES_PLACE and (found := document.when(word)):
            return found
    top = noun
    while top.dep_ == "nmod" and top.head.pos_ in {"NOUN", "PROPN"} and top.head.lower_ in _OF_MEETINGS:
        top = top.head
    lengthy = not {t.lower_ for t in top.subtree}.isdisjoint(_LENGTHS)
    if top.head.pos_ == "VERB" and syntax.preposition(top) in _AT and not lengthy:
        return document.when(top.head)
    return None


_AT = {"after", "following", "during", "at", "on", "in"}
_OF_MEETINGS = {
    "sidelines", "sideline", "margins", "margin", "fringes", "hours", "day", "round", "end", "close", "conclusion", "opening", "start",
    "session", "meeting", "occasion",
}  # fmt: skip


def _opening(document: Document, verb: Token) -> DateMention | None:
    """The date before the first of coordinated verbs ("On Monday they met and signed"), or of what has parts ("took place on Monday and
    included talks")."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in {"VERB", "AUX"} and first.head.i < first.i:
        first = first.head
    found = document.when(first) if first is not verb else None
    if found is None or found.role != "at" or any(c.dep_.startswith("nsubj") for c in verb.children):
        return None
    if verb.lemma_ in _INCLUDES:
        return found
    subjects = [c.i for c in first.children if c.dep_.startswith("nsubj")]
    return found if found.first < min(subjects, default=first.i) else None


def place_of(document: Document, verb: Token, noun: Token | None) -> PlaceMention | None:
    """The place of an act: an "in" or "at" place that hangs on the verb or its noun; "here" is the dateline's place."""
    if (
        any(t.lower_ == "here" and t.dep_ == "advmod" for t in verb.children)
        and (here := _written_at(document)) is not None
    ):
        return here
    found = document.where(verb) or (document.where(noun) if noun is not None else None)
    if found is not None and _is_accredited(document.doc[found.root]):
        found = None
    return found or _capital(document, verb, noun)


def _is_accredited(root: Token) -> bool:
    """ "The ambassador **to Norland** met the minister": a state that somebody is sent to is not where it happened."""
    return root.dep_.startswith("nmod") and syntax.preposition(root) == "to"


def _capital(document: Document, verb: Token, noun: Token | None) -> PlaceMention | None:
    """A capital that stands for its state elsewhere, behind "in": "met in Norville"; "in the Norlandish capital"."""
    low, high = document.sentence(verb.i)
    for mention in document.within(low, high, PartyMention):
        head = document.doc[mention.root]
        if mention.form == "capital" and syntax.preposition(head) in {"in", "at"}:
            name, last = document.words(mention.span), mention.last
        elif (
            mention.form in {"adjective", "name"}
            and head.head.lower_ == "capital"
            and syntax.preposition(head.head) == "in"
        ):
            head, last = head.head, head.head.i + 1
            name = _capital_of(mention.code)
        else:
            continue
        near = {head.head.i, head.head.head.i}
        if name and near & {verb.i, noun.i if noun is not None else verb.i}:
            start, end = document.span(mention.first, last)
            return PlaceMention(start, end, mention.first, last, head.i, name=name, country=mention.code)
    return None


@cache
def _capitals() -> dict[str, str]:
    return {
        row["id"]: split_forms(row["capitals"])[0] for row in load_table("countries") if split_forms(row["capitals"])
    }


def _capital_of(code: str) -> str:
    """The capital of a state, "" when the list has none."""
    return _capitals().get(code, "")


def _written_at(document: Document) -> PlaceMention | None:
    """The place of the dateline, or the place in capitals that opens a paragraph at the head of the report."""
    if document.dateline is not None and document.dateline.place is not None:
        return document.dateline.place
    for first, last in document.paragraphs[:3]:
        opening = document.within(first, last, PlaceMention)
        if opening and opening[0].first == first and document.doc[first].is_upper:
            return opening[0]
    return None


_MINISTERS = {"minister", "secretary", "ministers"}
_BELOW_MINISTERS = {"deputy", "assistant", "under", "permanent", "general"}


def level_of(offices: Iterable[str]) -> Level | None:
    """The level of people by their offices: the one that all with an office share."""
    levels: set[Level] = set()
    for office in offices:
        words = set(office.casefold().replace("-", " ").split())
        second = words & {"vice", "deputy"}
        if (words & _HEADS or "prime" in words) and not second and "party" not in words:
            levels.add("heads of state or government")
        elif "prime" in words or (words & _MINISTERS and not words & _BELOW_MINISTERS):
            levels.add("ministers")
        elif words & _OFFICERS:
            levels.add("military")
        else:
            levels.add("officials")
    return levels.pop() if len(levels) == 1 else None


def topics_of(document: Document, verb: Token, noun: Token | None) -> list[tuple[str, Span]]:
    """Short phrases after "on", "about" or "discussed", with their words; at most five, each of at most eight words."""
    heads: list[Token] = []
    for base in (noun, verb):
        if base is not None:
            heads += [t for t in syntax.obliques(base, "on", "about") if _is_topic(document, t)]
    found = []
    for head in heads:
        first, last = syntax.phrase(head)
        while first < last and document.doc[first].dep_ in {"case", "det", "cc"}:
            first += 1
        stop = next((c.left_edge.i for c in head.children if c.dep_ == "conj" and c.i > head.i), last)
        while stop - 1 > head.i and document.doc[stop - 1].lower_ in {",", "and"}:
            stop -= 1
        if 0 < stop - first <= 8:
            span = document.span(first, stop)
            found.append((document.words(span), span))
    return found[:5]


_NO_TOPICS = {"sidelines", "sideline", "margins", "margin", "fringes", "fringe", "side", "phone", "telephone", "line", "occasion", "invitation", "behalf",
              "eve", "basis", "visit", "tour", "dates", "date", "platform", "edges"}  # fmt: skip


def _is_topic(document: Document, head: Token) -> bool:
    """Whether the noun after "on" is what they talked about: no day, no margins of anything, no place or guest."""
    if document.at(head.i, DateMention) is not None or head.ent_type_ == "DATE" or head.lower_ in _NO_TOPICS:
        return False
    if syntax.preposition(head) == "about":
        return True
    return all(document.at(head.i, kind) is None for kind in (PlaceMention, PersonMention))  # "called on the Premier"


_FEASTS = {
    "eve",
    "day",
    "anniversary",
    "occasion",
    "birthday",
    "victory",
    "success",
    "election",
    "independence",
    "new",
    "year",
    "festival",
}


def is_well_wishing(verb: Token) -> bool:
    """Whether a greeting is a wish for a feast or a success, no reception: "spoke by phone to **greet** her on Independence Day"."""
    return verb.lemma_ == "greet" and any(
        t.lemma_.lower() in _FEASTS for t in syntax.obliques(verb, "on", "for", "upon", "ahead of")
    )
