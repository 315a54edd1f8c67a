"""Meetings told by a noun: "talks between A and B", "after a two-hour meeting", "the meeting was postponed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.likely import completed
from foedus.extract.meetings_bodies import body_of, session_of
from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_listed import listed_after
from foedus.extract.meetings_parties import count_of, in_focus, is_holder, lead_pair, named_states, side, subjects
from foedus.extract.meetings_places import goal_of
from foedus.extract.meetings_talk import FUTURE_NOUN, UNIONS, Talk, in_headline, is_recurring, status_of, status_of_noun
from foedus.extract.meetings_unplaced import is_unplaced, office_here, open_side
from foedus.extract.meetings_words import format_words, is_frame, nouns
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds
from foedus.mentions.model import DateMention, DurationMention, ForumMention, Parties, PartyMention, PersonMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_NO_STATE = {"board", "shareholder", "shareholders", "cabinet", "council", "court", "parliament", "party", "club", "committee", "union", "town", "press",
             "news", "earnings", "staff", "family", "general", "training", "question", "parliamentary", "plenary"}  # fmt: skip
_SCENES = {"at", "during", "after", "following", "in", "before"}
_INTERNAL = {"preparatory", "internal", "interagency", "inter-agency", "inter-ministerial", "coordination", "emergency"}
_ANAPHORIC = {"the", "their"}
_OPEN = {"talks", "negotiations", "consultations", "session", "round", "sessions", "rounds", "meeting", "summit"}
_SOME = {"no", "any", "some", "many", "several", "other", "every", "each", "such", "all"}
_TWO, _THREE = 2, 3
_RATHER, _MAYBE = 0.5, 0.2
"""Share from which the network takes somebody for a party, and belief from which a word for a deed."""
_TALKS = {"meeting", "dialogue", "negotiating"}
_SITTINGS = {"session", "meeting", "summit", "retreat", "conference"}
_DECIDES = {
    "decide",
    "agree",
    "adopt",
    "approve",
    "resolve",
    "declare",
    "endorse",
    "call",
    "condemn",
    "vote",
    "elect",
    "appoint",
    "warn",
}
_SIDELINES = {"sidelines", "margins", "fringes", "sideline", "margin", "fringe"}
_GREAT = {"summit", "conference"}
_CAMPS = {"sides", "parties", "factions", "camps", "forces", "generals", "rivals", "groups", "clans", "communities",
          "stakeholders", "actors", "protagonists", "movements"}  # fmt: skip
_PLAIN = {"meeting", "meetings", "talks", "summit"}


_SAID = {"views", "opinions", "ideas", "words", "messages"}


def _is_of_things(noun: Token) -> bool:
    """ "The **exchange of instruments** of ratification", "an exchange of prisoners": things change hands, no words."""
    goods = syntax.obliques(noun, "of") if noun.lemma_.lower() == "exchange" else []
    return bool(goods) and not any(t.lower_ in _SAID for t in goods)


def by_noun(document: Document, noun: Token, talks: list[Talk]) -> Talk | None:
    """The talks that a noun names, with the parties beside it or of its clause; None when it names none."""
    row = nouns()[noun.lower_]
    words = {c.lower_ for c in noun.children}
    if document.at(noun.i, ForumMention) is not None or words & _NO_STATE or words & UNIONS:
        return None
    if syntax.preposition(noun) in {"by", "via", "through", "including"} or _is_of_things(noun):
        return None
    margins = noun.head.lower_ in _SIDELINES and not syntax.obliques(noun, "of", "between")
    if margins and (noun.lower_ == "meetings" or (talks and _is_told_at(document, noun, talks[-1]))):
        return None
    verb = _verb(noun)
    parties, own = _parties(document, noun, talks)
    if (
        len(parties.codes) < 2
        and verb is not None
        and (verb.head.i == noun.i or _is_earlier(noun))
        and _is_one(noun)
        and not _is_at_home(noun)
        and not (noun.lower_ == "session" and "its" in words)
    ):
        parties = _of_context(document, noun, talks)
    if (
        len(parties.codes) < 2
        and verb is not None
        and _is_one(noun)
        and "its" not in words
        and not is_among_themselves(noun)
    ):
        parties = completed(document, noun.i, parties)
    parties = _all_three(document, noun, parties)
    union = len(parties.codes) < 2 and _is_of_union(document, noun, parties)
    if len(parties.codes) < 2 and not union:
        return None
    status = status_of(document, verb, of_noun=True) if verb is not None else status_of_noun(document, noun)
    if status is None or (verb is not None and is_recurring(document, verb)):
        return None
    if _annual(noun) and (verb is None or document.when(verb) is None):
        return None
    headline = in_headline(document, noun) and not syntax.governing_verbs(noun)
    talk = Talk(
        noun,
        parties,
        [document.span(*syntax.phrase(noun))],
        "" if headline else status,
        row["format"] or None,
        confidence=0.65 if own else 0.55,
        verb=verb,
        headline=headline,
        session=union,
    )
    if words & {"online", "virtual", "video"}:
        talk.format = "video call"
    if row["format"] == "phone call" and words & {"courtesy", "farewell", "introductory"}:
        talk.format = None
    elif row["format"] == "phone call" and noun.lower_ not in {"call", "calls"}:
        names = [f for f, _ in format_words(document.report.text, *document.sentence_span(noun.i))]
        talk.format = "phone call" if "phone call" in names else None
    put_circumstances(document, talk, verb or noun, noun)
    if talk.forum is None and talk.occasion is None:
        talk.forum = session_of(document, noun, talks)
    if verb is None and is_bare(noun) and any(t.parties.codes == parties.codes and t.date for t in talks):
        talk.date = talk.place = None  # "during the meeting they took note of the mediation of 11 to 14 October"
    if verb is not None and verb.lemma_ == "follow" and verb.head.i != noun.i:
        talk.date = talk.place = None  # "the meeting follows the summit of 12 July": the day of what came before
    if talk.date is None and talk.verb is None and (named := _dated(document, noun)) is not None:
        talk.date = named
    if (going := next(iter(syntax.governing_verbs(noun)), None)) is not None and (
        status == "" or _goes_for(noun, going)
    ):
        talk.place = talk.place or document.where(going) or goal_of(document, going)
        if (
            talk.date is None
            and status == "scheduled"
            and (day := document.when(going)) is not None
            and "/" not in day.edtf
        ):
            talk.date = day
    if (
        not own
        and verb is None
        and noun.lower_ in _GREAT
        and talk.place is not None
        and talk.place.country not in parties.codes
    ):
        return None  # "preparations for the peace **summit** in Norland": of more than the two at hand
    return talk if _concrete(document, talk, noun, row, verb, own) else None


def is_bare(noun: Token) -> bool:
    """ "During **the meeting**": what was told before, with nothing that tells it anew."""
    return syntax.preposition(noun) in {"during", "at", "in"} and {c.lower_ for c in noun.children if c.i < noun.i} <= {
        "the", "during", "at", "in"
    }  # fmt: skip


def _all_three(document: Document, noun: Token, parties: Parties) -> Parties:
    """ "Norland, Sutland and Ostland will build …, they said at a **trilateral meeting** in Norville": the three that the sentence names."""
    count = count_of(noun)
    if count < _THREE or len(parties.codes) >= count:
        return parties
    low, high = document.sentence(noun.i)
    earlier = document.sentences[max(0, document.sentence_index(noun.i) - 1)][0]
    for first in (low, earlier):
        named = named_states(document, first, high)
        if len(named.codes) == count and set(parties.codes) <= set(named.codes):
            return Parties(named.codes, named.spans, parties.persons)
    return parties if count == _THREE else Parties()


def _is_of_union(document: Document, noun: Token, parties: Parties) -> bool:
    """ "At **a closed session** in Norville the bloc decided": a sitting of the organisation that decides at it."""
    if noun.lower_ not in _SITTINGS or syntax.preposition(noun) not in {"at", "during"} or len(parties.codes) != 1:
        return False
    verb = next(iter(syntax.governing_verbs(noun)), None)
    decided = verb is not None and verb.lemma_ in _DECIDES and document.modality(verb).kind == "actual"
    new = any(c.lower_ in {"a", "an"} for c in noun.children)
    return decided and new and parties.codes[0].startswith("org:") and document.where(noun) is not None


def _verb(noun: Token) -> Token | None:
    """The verb by which talks take place: it stands behind them ("a meeting **held** in Oslo"), or they are its subject."""
    behind = (c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i > noun.i)
    held = next((c for c in behind if is_frame(c, "happening", "postponed", "cancelled")), None)
    if held is not None and (noun.dep_ not in {"nsubj", "nsubj:pass"} or _is_earlier(noun)):
        return held
    whole = noun.head if noun.dep_ == "nmod" and noun.head.lower_ in {"round", "session", "series"} else noun
    if whole.dep_ in {"nsubj", "nsubj:pass"} and is_frame(whole.head, "happening", "postponed", "cancelled"):
        return whole.head
    if whole.dep_ in {"nsubj", "nsubj:pass"} and held is None:
        bound = syntax.children(whole.head, "xcomp")
        return next((t for t in bound if is_frame(t, "happening", "postponed", "cancelled")), None)
    return held


def _is_earlier(noun: Token) -> bool:
    """ "A previous meeting", "an earlier round", "the last talks"."""
    return bool({c.lower_ for c in noun.children} & {"previous", "earlier", "last", "first", "preceding"})


def _is_one(noun: Token) -> bool:
    """ "A previous meeting", "the last round", "talks": one occasion, not some of many."""
    words = {c.lower_ for c in noun.children if c.i < noun.i}
    return not words & _SOME and (noun.tag_ in {"NN", "NNP"} or noun.lower_ == "talks")


def _annual(noun: Token) -> bool:
    words = {c.lower_ for c in noun.children}
    return bool(words & {"annual", "regular", "yearly", "monthly", "periodic", "further", "any", "more"}) and not any(
        c.pos_ == "DET" and c.lower_ == "the" for c in noun.children
    )


def _parties(document: Document, noun: Token, talks: list[Talk]) -> tuple[Parties, bool]:
    """The parties of a noun of meeting, and whether they stand in its own phrase."""
    first, _ = syntax.phrase(noun)
    own = side(document, syntax.obliques(noun, "between", "among", "of", "by", "involving"))
    if len(own.codes) < _TWO or not _is_named_by_town(document, noun):
        own |= _outside_clauses(document, first, noun.i + 1)
    for body in syntax.obliques(noun, "of"):
        own |= body_of(document, body, talks).parties or _members(document, body)
    others = side(document, syntax.obliques(noun, "with"))
    if others.codes and _is_of_topic(document, noun, own):
        own = Parties()
    if len(own.codes) == 1 and not others.codes and is_among_themselves(noun):
        return own, True
    if own.codes and len((own | others).codes) >= 2:
        return own | others, True
    if len(others.codes) >= 2:
        return Parties(), True
    verb = next(iter(syntax.governing_verbs(noun)), None)
    if verb is None:
        return own | others, True
    if noun.dep_ in {"nsubj", "nsubj:pass"} and len((own | others).codes) < 2:
        own |= _in_relative(document, noun, talks)
    if noun.dep_ in {"nsubj", "nsubj:pass"} and is_frame(verb, "happening", "postponed", "cancelled"):
        apart = side(document, syntax.obliques(verb, "between", "among", "with"))
        apart = apart if others.codes else apart | _between(document, noun)
        if syntax.is_passive(verb) and verb.lemma_.startswith("co-chair"):
            apart |= side(document, syntax.agents(verb)) | _behind(document, verb, "by")
        if len((own | others | apart).codes) >= 2:
            return own | others | apart, True
    if not others.codes and noun.dep_ in {"obj", "obl"}:
        others = side(document, syntax.obliques(verb, "with"))
    actor = subjects(document, verb, talks) if noun.dep_ not in {"nsubj", "nsubj:pass"} else Parties()
    actor = actor if actor.codes else side(document, syntax.obliques(verb, "between"))
    guests = syntax.obliques(noun, "with")
    if guests and not others.codes and not actor.codes and (place := document.where(noun)) is not None:
        there = office_here(document, guests, place, Parties(), talks)
        rest = open_side(document, there, talks)
        if there.codes and rest.codes:
            return there | rest | Parties((), (), actor.persons), True
    if guests and not others.codes and not actor.codes and any(is_unplaced(document, t) for t in guests):
        return _of_pair(talks), True
    if guests and not others.codes and len(actor.codes) == 1:
        others |= office_here(document, guests, document.where(noun), actor, talks)
    found = own | others
    if own.codes and not others.codes and all(c.startswith("org:") for c in own.codes):
        return own, True
    if not own.codes and len(others.codes) > 1 and not actor.codes:
        return Parties(), True
    if found.codes and (actor | found) and len((actor | found).codes) == 2:
        return actor | found, bool(others.codes)
    if len(found.codes) == 1 and not own.codes and not actor.codes and _is_with_official(document, noun):
        rest = open_side(document, found, talks)
        if rest.codes:
            return found | rest | Parties((), (), actor.persons), True
    if found.codes:
        return found, False
    if any(c.dep_ == "nmod:poss" and c.lower_ in {"his", "her"} for c in noun.children):
        return Parties(), False
    if len(actor.codes) >= 2 and syntax.preposition(noun) and not actor.codes[0].startswith("org:"):
        put_off = is_frame(verb, "postponed", "cancelled") and noun.head.dep_ == "obj" and noun.head.head.i == verb.i
        return actor, put_off or (syntax.preposition(noun) in {"after", "following"} and _is_one(noun))
    context = _of_context(document, noun, talks)
    if not _refers(noun) and not _is_seen(document, noun, context):
        context = Parties()
    return context if set(actor.codes) <= set(context.codes) else Parties(), False


def _dated(document: Document, noun: Token) -> DateMention | None:
    """ "The **July** meeting", "**Friday's** talks": the time that stands before the noun."""
    before = [
        c
        for c in noun.children
        if c.i < noun.i and c.dep_ in {"compound", "nmod:poss", "amod", "nmod", "nmod:unmarked"}
    ]
    found = next((d for c in before if (d := document.at(c.i, DateMention)) is not None), None)
    return found if found is not None and found.role == "at" else None


def _goes_for(noun: Token, verb: Token) -> bool:
    """ "Will **travel** to Norville on Sunday **for talks**": a journey that is made for the talks."""
    return is_frame(verb, "travelling") and syntax.preposition(noun) == "for"


def is_among_themselves(noun: Token) -> bool:
    """ "Talks between Norland's **warring sides**": of one state's own camps, with nobody else."""
    heads = syntax.obliques(noun, "between", "among")
    return len(heads) == 1 and heads[0].lower_ in _CAMPS


def _is_told_at(document: Document, noun: Token, last: Talk) -> bool:
    """ "He will meet them on the sidelines of **the summit**": what others are told to be beside of in the same sentence."""
    definite = any(c.lower_ in {"the", "this", "that"} for c in noun.children)
    return definite and document.sentence_index(last.token.i) == document.sentence_index(noun.i)


def _is_named_by_town(document: Document, noun: Token) -> bool:
    """ "The **Norville** talks between A and B": where they are, no third party."""
    before = [c for c in noun.children if c.dep_ == "compound" and c.i < noun.i]
    named = [m for c in before if (m := document.at(c.i, PartyMention)) is not None]
    return bool(named) and all(m.form == "capital" for m in named)


def _is_of_topic(document: Document, noun: Token, own: Parties) -> bool:
    """ "**Norland talks** with the Sutlandish minister": the one state named before the noun is what they are about."""
    names = [c for c in noun.children if c.dep_ == "compound" and c.i < noun.i]
    mentions = [m for c in names if (m := document.at(c.i, PartyMention)) is not None and m.form == "name"]
    return len(own.codes) == 1 and any((m.code,) == own.codes for m in mentions)


def _outside_clauses(document: Document, first: int, last: int) -> Parties:
    """Who is named in tokens [first, last) but not in a clause about somebody: "the envoy, **who is a candidate for Norland's** post,"."""
    if any(
        syntax.preposition(syntax.first_conjunct(document.doc[m.root])) in {"in", "at"}
        for m in document.within(first, last, PartyMention)
    ):
        return named_states(document, first, last)
    clauses = [c for c in document.doc[first : last - 1] if c.dep_ == "acl:relcl" and syntax.children(c, "cop")]
    inside = {t.i for clause in clauses for t in clause.subtree}
    if not inside or last - 1 in inside:
        return document.parties_in(first, last)
    found, low = Parties(), first
    for at in range(first, last + 1):
        if at == last or at in inside:
            found |= document.parties_in(low, at) if low < at else Parties()
            low = at + 1
    return found


def _of_pair(talks: list[Talk]) -> Parties:
    """The two parties of all talks told so far, when these are the same two ("the exchange with the minister" of a visit)."""
    pairs = {t.parties.codes for t in talks if len(t.parties.codes) == 2}
    return (
        Parties(talks[-1].parties.codes, talks[-1].parties.spans)
        if len(pairs) == 1 and talks[-1].parties.codes in pairs
        else Parties()
    )


def _in_relative(document: Document, noun: Token, talks: list[Talk]) -> Parties:
    """ "Talks **that A and B were to hold with C** were postponed": the parties of the clause about the talks."""
    for clause in noun.children:
        if clause.dep_ == "acl:relcl" or (clause.dep_ == "acl" and syntax.own_subjects(clause)):
            holding = next(
                (t for t in (clause, *clause.children) if t.pos_ == "VERB" and is_frame(t, "happening", "noun-verb")),
                None,
            )
            if holding is not None:
                return subjects(document, holding, talks) | side(document, syntax.obliques(holding, "with", "between"))
    return Parties()


def _is_with_official(document: Document, noun: Token) -> bool:
    """ "At **the meeting with the minister** of Norland", "during talks with President X": one occasion, with somebody in office."""
    if not _is_one(noun) or not (syntax.preposition(noun) in _SCENES or noun.dep_ in {"nsubj", "nsubj:pass", "obj"}):
        return False
    heads = syntax.obliques(noun, "with")
    return any(is_holder(t) or document.at(t.i, PersonMention) is not None for t in heads)


def _members(document: Document, group: Token) -> Parties:
    """ "A meeting of the border guards of Norland and Sutland": the states whose people they are, when the chain names several."""
    found, at = Parties(), [group]
    while at:
        inner = [t for head in at for t in syntax.obliques(head, "of", "from")]
        found |= side(document, inner)
        at = inner
    return found if len(found.codes) > 1 else Parties()


def _refers(noun: Token) -> bool:
    """Whether a noun takes its parties from the text before: "the talks", "their meeting", "after two hours of talks", "the next round"."""
    words = {c.lower_ for c in noun.children}
    if (
        syntax.obliques(noun, "of", "with")
        or words & {"same", "previous", "other", "such"}
        or noun.head.lower_ in {"years", "months", "decades"}
        or (noun.lower_ == "meetings" and not words & {"the", "their", "these"})
    ):
        return False
    if noun.dep_ in {"nsubj", "nsubj:pass"}:
        fresh = (
            noun.lower_ in _OPEN
            and is_frame(noun.head, "happening", "postponed", "cancelled")
            and not syntax.obliques(noun, "with", "on", "about")
            and not _is_at_home(noun)
        )
        return bool(words & FUTURE_NOUN or words & _ANAPHORIC or fresh)
    return bool(syntax.preposition(noun) in {"after", "during", "following", "at", "of"} and noun.lower_ in _PLAIN)


def _is_at_home(noun: Token) -> bool:
    """ "A preparatory meeting", "a meeting chaired by the adviser": one's own people among themselves."""
    article = any(c.lower_ in {"a", "an"} for c in noun.children)
    led = any(c.dep_ == "acl" and c.lemma_ in {"chair", "preside", "convene", "attend", "lead"} for c in noun.children)
    return article and (led or bool({c.lower_ for c in noun.children} & _INTERNAL))


def _is_seen(document: Document, noun: Token, parties: Parties) -> bool:
    """Whether the network, too, takes the noun for talks and all of them for those who talk."""
    if not any(d.token == noun.i and d.label in _TALKS for d in likely_deeds(document, _MAYBE)):
        return False
    each = partners(document, noun.i).each
    return bool(parties.codes) and min(each.get(code, 0.0) for code in parties.codes) >= _RATHER


def _of_context(document: Document, noun: Token, talks: list[Talk]) -> Parties:
    if talks and talks[-1].session and _is_that(document, noun, talks[-1]):
        return talks[-1].parties
    pair = Parties() if talks or not {c.lower_ for c in noun.children} & FUTURE_NOUN else lead_pair(document)
    count = count_of(noun)
    pair = pair if pair.codes else in_focus(document, noun, talks, count)
    if len(pair.codes) >= 2:
        return pair
    low, high = document.sentence(noun.i)
    here = named_states(document, low, high)
    return here if len(here.codes) == count else Parties()


def _is_that(document: Document, noun: Token, last: Talk) -> bool:
    """Whether "the meeting" is the session told shortly before."""
    near = document.sentence_index(noun.i) - document.sentence_index(last.token.i) <= 4
    return near and noun.lower_ in _PLAIN and any(c.lower_ == "the" for c in noun.children)


def _between(document: Document, noun: Token) -> Parties:
    """The list behind "between" in the sentence of a noun, when no other noun of meeting stands nearer to it."""
    return _behind(document, noun, "between")


def _behind(document: Document, token: Token, word: str) -> Parties:
    high = document.sentence(token.i)[1]
    for at in range(token.i + 1, min(high, token.i + 14)):
        if document.doc[at].lower_ == word:
            return listed_after(document, at + 1, high)
    return Parties()


def _concrete(document: Document, talk: Talk, noun: Token, row: dict[str, str], verb: Token | None, own: bool) -> bool:
    """Whether the words tell one occasion, not talking as such ("dialogue between A and B is needed")."""
    anchored = talk.date is not None or talk.place is not None or bool(talk.parties.persons)
    if not own and not anchored and verb is None:
        return _lasting(document, noun)
    if own and talk.status == "held" and any(c.lower_ in {"phone", "telephone"} for c in noun.children):
        return True
    if talk.status == "proposed" or row["weak"]:
        there = talk.date is not None or talk.place is not None
        return there or verb is not None or (own and bool(talk.parties.persons))
    return own or anchored or verb is not None


def _lasting(document: Document, noun: Token) -> bool:
    """ "A two-hour meeting", "three days of talks"."""
    low, high = document.sentence(noun.i)
    first, last = syntax.phrase(noun)
    spans = document.within(max(low, first - 4), min(high, last), DurationMention)
    words = {t.lower_ for t in document.doc[max(low, first - 4) : last]}
    units = {"hour", "hours", "day", "days", "minutes", "weeks", "two-hour", "two-day", "three-day", "one-day"}
    return bool(spans) or bool(words & units) or any(w.endswith(("-hour", "-day", "-minute")) for w in words)
