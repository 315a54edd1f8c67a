"""Sessions told by their number or as the next one: "Norland will host the 12th meeting", "the next round will be in Oslo"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.extract.circumstances import place_of
from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_heading import is_of_members
from foedus.extract.meetings_parties import side
from foedus.extract.meetings_sessions import HOSTING, TAKING_PART, host_of, put_beside, session_verb, status_beside
from foedus.extract.meetings_talk import UNIONS, Talk, status_of
from foedus.extract.meetings_words import is_frame, nouns, ordinal
from foedus.language import syntax
from foedus.mentions.model import ForumMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span


def by_number(document: Document, noun: Token, before: list[Talk]) -> Talk | None:
    """A session told by its number or as the next one: "Norland will host the 12th meeting", "the next round will be in Oslo".

    The series is the union beside it ("African Union leaders … their 31st summit"), the forum whose last session was told before,
    or the parties of the only talks told before hold it again.
    """
    edition = next((n for t in document.doc[noun.left_edge.i : noun.i] if (n := ordinal(t.text)) is not None), None)
    following = any(c.lower_ == "next" for c in noun.children) or _next_year(noun)
    verb = session_verb(noun) or _copular(noun) or _governor(noun)
    members = is_of_members(document, noun)
    if verb is None and (edition is not None or members or {c.lower_ for c in noun.children} & UNIONS):
        return _of_union(document, noun, edition)
    if verb is None or (
        edition is None
        and not following
        and not members
        and not (verb.lemma_ == "host" and noun.lower_ in {"summit", "conference"})
    ):
        return None
    status = status_of(document, verb, of_noun=True) if verb is not noun else _copular_status(noun)
    if status is None or (following and status == "held"):
        return None
    host = host_of(document, verb, noun)
    forum, parties = _series(document, noun, edition, before, host)
    if not parties.codes:
        return None
    format_ = nouns().get(noun.lower_, {}).get("format") or (before[-1].format if before and not forum else None)
    talk = Talk(
        noun,
        parties,
        [_words(document, noun, verb)],
        status,
        format_ or None,
        host=host,
        confidence=0.55,
        session=True,
        verb=verb,
    )
    put_circumstances(document, talk, verb, noun)
    if talk.date is None and talk.place is None and verb.lemma_ not in {"hold", "host"}:
        return None
    if forum is not None:
        number = edition or (forum.edition + 1 if forum.edition and following else None)
        talk.forum, talk.occasion = replace(forum, edition=number), None
    return talk


def _words(document: Document, noun: Token, verb: Token) -> Span:
    """The words of the verb with its noun, wherever the noun stands: "**the fourth summit, held in Norville**"."""
    first, last = syntax.phrase(verb)
    return document.span(min(first, syntax.phrase(noun)[0]), max(last, noun.i + 1))


def _of_union(document: Document, noun: Token, edition: int | None) -> Talk | None:
    """ "On the eve of the alliance's summit": a session that something else happens at or before."""
    union = _union(document, noun)
    if union is None or nouns()[noun.lower_]["weak"]:
        return None
    status = status_beside(document, noun, edition is not None)
    if status is None:
        return None
    parties = Parties((union.code,), (union.span,))
    talk = Talk(
        noun,
        parties,
        [document.span(*syntax.phrase(noun))],
        status,
        nouns()[noun.lower_]["format"] or None,
        confidence=0.5,
        session=True,
    )
    put_beside(document, talk, noun)
    talk.place = talk.place or place_of(document, noun, None)
    name = f"{document.words(union.span)} {noun.lower_}"
    first, last = syntax.phrase(noun)
    talk.forum = ForumMention(
        *document.span(first, last), first, last, noun.i, name=name, edition=edition, occasion=name, code=union.code
    )
    return talk


def _series(
    document: Document, noun: Token, edition: int | None, before: list[Talk], host: Parties | None
) -> tuple[ForumMention | None, Parties]:
    union = _union(document, noun)
    sitting = _sitting(document, noun)
    if len(sitting.codes) > 1:
        return None, sitting
    forums = [
        f
        for f in document.within(0, noun.i, ForumMention)
        if f.code or f.members or document.parties_in(f.first, f.last).codes
    ]
    exact = [f for f in forums if edition is not None and f.edition is not None and abs(edition - f.edition) == 1]
    of_union = [f for f in forums if union is not None and f.code == union.code and _same_kind(f, noun)]
    chosen = exact or of_union
    series = before[-1] if before else None
    if any(c.lower_ == "the" for c in noun.children) and not syntax.obliques(noun, "with", "between", "of"):
        series = next((t for t in reversed(before) if t.forum is not None and t.session), series)
    if not chosen and union is None and series is not None and (last := series.forum) is not None:
        if last not in forums:
            return last, Parties(series.parties.codes, series.parties.spans)
        chosen = [last]
    if chosen:
        forum = chosen[-1]
        codes = forum.members or ((forum.code,) if forum.code else document.parties_in(forum.first, forum.last).codes)
        return forum, Parties(tuple(sorted(codes)), (forum.span,))
    if union is not None:
        return None, Parties((union.code,), (union.span,))
    sets = {t.parties.codes for t in before if not t.session or t.forum is None}
    told = [t for t in before if (not t.session or t.forum is None) and t.format not in {"phone call", "video call"}]
    if told:
        main = told[-1] if len(sets) == 1 else told[0]
        return main.forum, Parties(main.parties.codes, main.parties.spans)
    return None, host or Parties()


def _sitting(document: Document, noun: Token) -> Parties:
    """ "The fifth meeting of the working group **of A, B and C**": the states that the phrase names."""
    found = Parties()
    for body in syntax.obliques(noun, "of"):
        for head in syntax.obliques(body, "of", "between"):
            found |= side(document, syntax.conjuncts(head))
    return found


def _same_kind(forum: ForumMention, noun: Token) -> bool:
    """Whether a session by this noun can be one of the series: any by "summit" or "meeting", a dialogue only of a dialogue."""
    return noun.lower_ in {"summit", "meeting", "session", "round", "gathering"} or forum.name.lower().endswith(
        noun.lower_
    )


def _union(document: Document, noun: Token) -> PartyMention | None:
    """The organisation whose session it is: beside the noun ("NATO's next summit"), or "the bloc" named before."""
    first, last = syntax.phrase(noun)
    low, high = document.sentence(noun.i)
    for mention in document.within(first, last, PartyMention):
        if mention.form == "organisation":
            return mention
    words = {t.lower_ for t in document.doc[first:last]}
    if words & UNIONS or words & {"its", "their"}:
        near = [m for m in document.within(max(0, low - 80), noun.i, PartyMention) if m.form == "organisation"]
        inside = [m for m in near if low <= m.first < high]
        chosen = inside or (near if words & UNIONS else [])
        return chosen[-1] if chosen and len({m.code for m in chosen}) == 1 else None
    return None


def _copular(noun: Token) -> Token | None:
    """ "The next meeting is in Oslo": the place is the predicate."""
    if noun.dep_ in {"nsubj", "nsubj:outer"} and any(c.dep_ == "cop" for c in noun.head.children):
        return noun.head
    return None


def _governor(noun: Token) -> Token | None:
    """ "Gather for their 31st summit", "ended their 34th summit", "held its fifth meeting": the verb above."""
    if (
        noun.dep_ in {"obj", "obl"}
        and noun.head.pos_ == "VERB"
        and (is_frame(noun.head, "happening") or noun.head.lemma_ in HOSTING | TAKING_PART | {"gather", "assemble"})
    ):
        return noun.head
    return None


def _copular_status(noun: Token) -> str:
    return "scheduled" if any(c.lower_ == "next" for c in noun.children) else "held"


def _next_year(noun: Token) -> bool:
    words = [c.lower_ for child in noun.children if child.dep_.startswith("nmod") for c in child.subtree]
    return "next" in words and bool({"year", "month", "week"} & set(words))
