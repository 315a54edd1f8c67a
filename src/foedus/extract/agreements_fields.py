"""When, where, on what occasion, for how long: the circumstances of an agreement, each with its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.mentions.model import DateMention, DurationMention, ForumMention, PlaceMention

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.extract.draft import Draft
    from foedus.language.doc import Token
    from foedus.mentions import Document

_MARGINS = {"during", "sidelines", "margins", "sideline", "close", "end", "at", "opening"}
_OCCASIONS = {"summit", "meeting", "visit", "conference", "forum", "session"}
_LENGTH_WORDS = {
    "for",
    "next",
    "over",
    "valid",
    "of",
    "another",
    "further",
    "additional",
    "by",
    "runs",
    "last",
    "lasts",
    "run",
    "initial",
}
_NO_TERMS = {
    "partnership",
    "friendship",
    "war",
    "conflict",
    "relationship",
    "tie",
    "relation",
    "history",
    "lease",
    "talk",
}
"""Nouns whose length is not that of the instrument."""
_TALKING = {"negotiate", "seek", "work", "argue", "discuss", "talk", "wait", "ask", "try", "debate", "ban"}
_LASTING = {"run", "last", "hold", "valid", "remain"}
_CEREMONIES = {"meeting", "ceremony", "signing", "talks"}
_SUCCEEDING = {"replace", "supersede", "follow", "succeed", "take"}
_SUCCESSORS = {"successor", "replacement", "sequel"}
_BEING_THERE = {"witness", "attend", "oversee", "preside", "watch", "see", "host", "supervise"}
_DATED = {"signed", "agreed", "initialled"}


def put_signing(document: Document, draft: Draft, verb: Token, stage: str) -> None:
    """Date, place and occasion that hang on the predicate by which it was signed."""
    scene = _scene(verb)
    when = document.when(verb) or _when_of(document, verb) or (document.when(scene) if scene is not None else None)
    when = when or _day_of_session(document, verb)
    when = _gone_by(document, when) if when is not None else None
    if when is not None and not _is_day_of(document, when):
        when = _only_day(document, verb) or when
    if when is not None and stage == "signed" and "signed_on" not in draft and _is_day_of(document, when):
        draft.put("signed_on", when.edtf, when.span)
    where = (
        document.where(verb) or (document.where(scene) if scene is not None else None) or _town_where(document, verb)
    )
    if where is not None and syntax.preposition(document.doc[where.root]).split(" ")[0] == "to":
        where = None
    if where is not None and draft.get("instrument") == "ceasefire" and where.value == where.country:
        where = None  # where the guns fall silent
    if where is not None and any(c.lower_ == "here" for c in verb.children):
        where = None  # "here", and at that hour elsewhere
    if when is not None and draft.get("signed_on") not in {None, when.edtf}:
        where = None  # signed there on another day, by another
    if where is not None and "place" not in draft and stage in _DATED:
        draft.put("place", where.value, where.span)
    if where is None and "place" not in draft and stage in _DATED and document.dateline and document.dateline.place:
        here = [c for c in verb.children if c.lower_ == "here"]
        if here:
            place = document.dateline.place
            draft.put("place", place.value, document.span(here[0].i, here[0].i + 1), place.span)
    if "occasion" not in draft and stage in _DATED:
        put_occasion(document, draft, verb)


def _day_of_session(document: Document, verb: Token) -> DateMention | None:
    """The one day of the sentence, when it hangs on the session or visit during which it was signed."""
    days = [d for d in document.within(*document.sentence(verb.i), DateMention) if d.role != "recurring"]
    noun = document.doc[days[0].root].head if len(days) == 1 else verb
    during = noun.lower_ in _OCCASIONS and noun.i > verb.i and syntax.preposition(noun) in {"during", "at"}
    return days[0] if during else None


def _only_day(document: Document, verb: Token) -> DateMention | None:
    """The one whole day gone by that hangs on the verb beside the years it is for: "signed on Friday a plan for 2018-2019"."""
    days = [
        d
        for d in document.within(*document.sentence(verb.i), DateMention)
        if len(d.edtf) == len("2018-01-01") and _is_day_of(document, d) and verb in document.doc[d.root].ancestors
    ]
    return days[0] if len(days) == 1 else None


def _gone_by(document: Document, day: DateMention) -> DateMention:
    """A weekday that was taken for the next one, as the day of what is past: the one before the report."""
    today = document.report.published_on or ""
    if not day.inferred or len(day.edtf) != len(today) or day.edtf <= today or day.last - day.first > 1:
        return day
    before = date.fromisoformat(day.edtf) - timedelta(days=7)
    return replace(day, edtf=before.isoformat())


def _town_where(document: Document, verb: Token) -> PlaceMention | None:
    """The town before a clause that "where" hangs on it: "met in Lund, where the treaty was signed"."""
    where = any(c.lower_ == "where" for c in verb.children) and verb.dep_ == "acl:relcl"
    return document.at(verb.head.i, PlaceMention) if where else None


def _scene(signing: Token) -> Token | None:
    """The verb by which somebody is there when it is signed, which then tells the day too: "**witnessed** the signing on Friday"."""
    verb = signing.head
    with_it = (
        signing.dep_ == "obl" and syntax.preposition(signing) == "with"
    )  # "opened the talks on Monday with the signing of"
    there = (verb.lemma_ in _BEING_THERE and signing.dep_ in {"obj", "obl", "nsubj:pass"}) or with_it
    return verb if there and signing.pos_ == "NOUN" and verb.pos_ == "VERB" else None


def _when_of(document: Document, verb: Token) -> DateMention | None:
    """The day just before a clause that "when" hangs on it: "the quarrel began on 1 January, when Norland signed"."""
    clause = next((c for c in verb.children if c.lower_ == "when" and c.tag_ == "WRB"), None)
    if clause is None or verb.dep_ not in {"advcl", "acl:relcl"}:
        return None
    before = document.within(max(clause.i - 4, 0), clause.i, DateMention)
    return before[-1] if before and before[-1].last in {clause.i, clause.i - 1} else None


def _is_day_of(document: Document, when: DateMention) -> bool:
    """Whether a date tells when it was signed: not the time it is for ("for 2026-2028"), nor one still to come."""
    today = document.report.published_on
    if when.role != "at" or document.doc[when.first - 1].lower_ == "for":
        return False
    return today is None or when.edtf[:4] in {"XXXX"} or when.edtf[:10] <= today[: len(when.edtf[:10])]


def put_made(document: Document, draft: Draft, instrument: Instrument) -> None:
    """The day or year by which an instrument is called: "the accord of 3 May 1998", "the convention of 1907", "the 2015 pact"."""
    if "signed_on" in draft or instrument.amends:
        return
    head = instrument.head
    for child in head.children:
        date = document.at(child.i, DateMention)
        if date is not None and child.i > head.i and syntax.preposition(child) == "of" and date.role == "at":
            draft.put("signed_on", date.edtf, date.span)
            return
    behind = document.at(instrument.last + 1, DateMention) if instrument.last + 1 < len(head.doc) else None
    if behind is not None and behind.role == "at" and head.doc[instrument.last].lower_ in {"of", "dated"}:
        draft.put("signed_on", behind.edtf, behind.span)
        return
    if instrument.year is None or instrument.row["instrument"] == "plan":
        return
    near = document.doc[instrument.low : min(max(instrument.high, instrument.last + 2), len(document.doc))]
    for token in near:
        if token.text == instrument.year and syntax.preposition(token) in {"", "of"}:
            draft.put("signed_on", instrument.year, document.span(token.i, token.i + 1))
            return


def put_occasion(document: Document, draft: Draft, verb: Token) -> None:
    """The forum or visit during which, or on whose margins, the predicate happened."""
    low, high = document.sentence(verb.i)
    doc = document.doc
    for forum in document.within(low, high, ForumMention):
        before = {t.lower_ for t in doc[max(low, forum.first - 5) : forum.first]}
        if before & _MARGINS and forum.occasion:
            draft.put("occasion", forum.occasion, forum.span)
            return
    for noun in doc[low:high]:
        if noun.lower_ not in _OCCASIONS or noun.dep_.split(":")[0] not in {"obl", "nmod"}:
            continue
        first, _ = syntax.phrase(noun)
        words = {t.lower_ for t in doc[max(low, first - 1) : noun.i]}
        if not words & (_MARGINS - {"at", "end", "close"}) and syntax.preposition(noun) != "during":
            continue
        while first < noun.i and (doc[first].pos_ in {"ADP", "DET"} or doc[first].lower_ in _MARGINS):
            first += 1
        if first == noun.i or doc[first].tag_ == "PRP$":
            continue  # "a meeting", "their visit" is no name of an occasion
        draft.put("occasion", document.words(document.span(first, noun.i + 1)), document.span(first, noun.i + 1))
        return


def put_effect(document: Document, draft: Draft, verb: Token, frame: str) -> None:
    """Entry into force and end, from the dates of the predicates that say so, also when they lie ahead."""
    when = document.when(verb)
    if when is None:
        return
    if frame == "in force" and when.role in {"at", "since", "from"}:
        draft.put("effective_on", when.edtf, when.span)
    elif (frame == "expired" and when.role in {"at", "by"}) or (
        frame in {"extended", "renewed"} and when.role in {"until"}
    ):
        draft.put("expires_on", when.edtf, when.span)


def put_term(document: Document, draft: Draft, low: int, high: int, first: int, last: int) -> None:
    """The length: a duration inside the noun phrase [low, high), or one in [first, last) said to be how long it holds."""
    if "term" in draft:
        return
    doc = document.doc
    for duration in document.within(low, high, DurationMention):
        if duration.last < len(doc) and doc[duration.last].lower_ in {"after", "before", "since", "ago", "later"}:
            continue
        if _is_of_other_noun(doc[duration.root]):
            continue
        draft.put("term", duration.iso, duration.span)
        return
    for duration in document.within(first, last, DurationMention):
        if _is_of_other_noun(doc[duration.root]):
            continue
        before = [t.lower_ for t in doc[max(first, duration.first - 3) : duration.first]]
        after = doc[duration.last].lower_ if duration.last < len(doc) else ""
        if (
            after in {"'", "’", "notice", "ago", "of", "after", "before", "'s", "’s"}
            or "within" in before
            or "in" in before[-1:]
        ):
            continue
        if "of" in before and not set(before) & {"term", "period"}:
            continue
        if set(before) & _LENGTH_WORDS and _holds_for(document, doc[duration.root]):
            draft.put("term", duration.iso, duration.span)
            return


def _is_of_other_noun(length: Token) -> bool:
    """Whether a length stands before a noun that is no instrument: "their **60-year** partnership"."""
    noun = length.head
    before = length.i < noun.i and length.dep_ in {"amod", "compound", "nummod"} and noun.pos_ == "NOUN"
    return before and noun.ent_type_ != "INSTRUMENT" and noun.lemma_ in _NO_TERMS


def put_next_term(document: Document, draft: Draft, head: Token) -> None:
    """The length that the next sentence or clause gives: "It runs for five years"."""
    here = document.sentence_index(head.i)
    if "term" in draft or here + 1 >= len(document.sentences):
        return
    low, high = document.sentences[here + 1]
    verb = next((t.head for t in document.doc[low : low + 2] if t.lower_ in {"it", "this"} and t.dep_ == "nsubj"), None)
    if verb is None or verb.lemma_ not in _LASTING:
        return
    for duration in document.within(low, high, DurationMention):
        if document.doc[duration.root].head.i == verb.i:
            draft.put("term", duration.iso, duration.span)
            return


def _holds_for(document: Document, length: Token) -> bool:
    """Whether a length is how long something holds: not how long they talked, nor what somebody would like."""
    verb = next(iter(syntax.governing_verbs(length)), None)
    if verb is None:
        return True
    return verb.lemma_ not in _TALKING and document.modality(verb).kind not in {"hypothetical", "negated"}


def put_nearby_day(document: Document, draft: Draft, verb: Token) -> None:
    """The day and place of the ceremony or meeting at which it was signed, when a neighbouring sentence gives them."""
    here = document.sentence_index(verb.i)
    for low, high in document.sentences[here + 1 : here + 3]:
        for noun in document.doc[low:high]:
            if noun.lower_ not in _CEREMONIES or noun.dep_ not in {"nsubj", "nsubj:pass"}:
                continue
            if noun.head.lemma_ not in {"take", "hold", "happen"}:
                continue
            when, where = document.when(noun.head), document.where(noun.head)
            if when is not None and when.role == "at" and "signed_on" not in draft:
                draft.put("signed_on", when.edtf, when.span)
            if where is not None and "place" not in draft:
                draft.put("place", where.value, where.span)
            if "occasion" not in draft:
                put_occasion(document, draft, noun.head)
            return


def put_predecessor(document: Document, draft: Draft, head: Token) -> None:
    """The earlier instrument that it replaces or follows, in the words of the report."""
    verbs = [head.head] if head.dep_ in {"nsubj", "nsubj:pass"} else []
    if verbs and verbs[0].lemma_.lower() in _SUCCESSORS:
        for noun in (c for c in verbs[0].children if syntax.preposition(c) in {"to", "of", "for"}):
            if noun.ent_type_ == "INSTRUMENT" or noun.ent_type_ == "DATE":
                _put_succeeds(document, draft, noun)
        return
    verbs += [v for c in head.children if c.dep_ in {"acl", "acl:relcl"} for v in syntax.conjuncts(c)]
    for verb in verbs:
        if verb.lemma_ not in _SUCCEEDING:
            continue
        nouns = syntax.children(verb, "obj") if verb.lemma_ != "take" else syntax.obliques(verb, "from")
        for noun in nouns:
            if noun.tag_ in {"WDT", "WP"} or (
                verb.lemma_ == "take" and "over" not in {t.lower_ for t in verb.children}
            ):
                continue
            if noun.pos_ == "PRON" or noun.lower_ in {
                "one",
                "it",
                "that",
            }:  # "the one signed in 2015" is named by its year
                years = document.within(noun.left_edge.i, noun.right_edge.i + 1, DateMention)
                if years:
                    draft.put("succeeds", years[0].edtf[:4], years[0].span)
                return
            _put_succeeds(document, draft, noun)
            return


def _put_succeeds(document: Document, draft: Draft, noun: Token) -> None:
    first, last = syntax.phrase(noun)
    while first < noun.i and document.doc[first].dep_ in {"det", "case"}:
        first += 1
    draft.put("succeeds", document.words(document.span(first, last)), document.span(first, last))
