"""Meetings in words that no frame foresees: where the network sees talks, with the parties it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.likely import predicate_of, taking_part
from foedus.extract.meetings_bodies import is_body, session_of
from foedus.extract.meetings_circumstances import is_before, put_circumstances
from foedus.extract.meetings_fits import is_anybody, is_of_firm
from foedus.extract.meetings_heading import in_heading
from foedus.extract.meetings_likely_parties import likely_sides
from foedus.extract.meetings_parties import is_holder, side
from foedus.extract.meetings_talk import UNIONS, Talk, is_passive, is_recurring, status_of, status_of_noun
from foedus.extract.meetings_words import format_words, frames, is_frame, is_meeting_noun, is_reception, ordinal
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds
from foedus.mentions.model import Parties, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.mentions.model import Someone

LABELS = {"meeting", "dialogue"}
LEAST, FRAMED = 0.8, 0.4
"""Belief from which a word tells talks: any word, and one that the table of frames has as a word of meetings."""
_PLAIN, _RATHER = 0.95, 0.3
"""Belief in the word, whatever word it is, and in who takes part, from which both together will do."""
_SETTLED, _BEYOND_DOUBT = 0.6, 0.8
"""How sure it must be who takes part for a word to be believed in that only might tell talks, and for one that is no word of meetings at all.

Chosen with the others on `corpus/train` and the development reports.
"""
_GUESTS = {"receive", "welcome", "see", "call"}
"""Verbs of meeting that the network may take for a visit: "was **received** by the minister"."""
_RECEIVED = {"receive", "welcome"}
"""Those of them that can have a letter or a decision as their object."""
_SOMEBODY = {"he", "him", "she", "her", "they", "them", "who", "whom", "i", "me", "we", "us", "both", "each"}
_NOBODY = {"anyone", "anybody", "everyone", "everybody", "nobody", "no-one"}
_PRESS = {"press", "news", "media"}
_TWO = 2
_SPEAKS = {"speak", "talk"}
"""Verbs that tell of talks only with somebody: "spoke **with** the minister", not "spoke highly of"."""
_CALLS = {"phone call", "video call"}
_PHONES = {"call", "calls"}
_AT_HOME = {
    "cabinet",
    "council",
    "parliament",
    "government",
    "senate",
    "assembly",
    "board",
    "court",
    "congress",
    "committee",
}
_VAGUE = {"more", "any", "no", "regular", "annual", "yearly", "such", "many", "every"}
_KINDS = {"format", "kind", "sort", "type", "defenders", "players", "fans"}
_INTERNAL = {"plenary", "parliamentary"}
_CONTACTS = {"communication", "communications", "contact", "contacts", "cooperation", "coordination"}
"""What goes on between states, no occasion: "agreed to continue close **communication**"."""
_FORMATS = {"format", "framework", "frameworks", "mechanism", "platform"}
_FOUNDED = {"establish", "create", "form", "found", "revive", "reactivate"}
_LONG = {"years", "months", "decades", "year", "decade"}


def by_likeness(document: Document, talks: list[Talk]) -> list[Talk]:
    """The talks that the network sees where no frame has read any, in text order; in a sentence that tells talks, only what it is sure of."""
    told = {document.sentence_index(talk.token.i) for talk in talks}
    words = {token.i for talk in talks for token in document.tokens_in(talk.spans)}
    found = list[Talk]()
    for deed in likely_deeds(document, FRAMED):
        token = document.doc[deed.token]
        where = document.sentence_index(token.i)
        if document.in_quote(token.idx) or not _tells(document, token, deed.label, deed.belief):
            continue
        beside = deed.belief >= _BEYOND_DOUBT and token.i not in words and _is_settled(document, token)
        if where in told and not beside:
            continue
        talk = _read(document, token, talks)
        if talk is not None and not (where in told and _is_frame_of(document, talk, [*talks, *found])):
            told.add(where)
            words |= {t.i for t in document.tokens_in(talk.spans)}
            found.append(talk)
    return found


def _is_frame_of(document: Document, talk: Talk, talks: list[Talk]) -> bool:
    """ "**Talks** filled the day, with separate meetings of A with B and C": all that the sentence tells one by one; or a day gone by to come."""
    where = document.sentence_index(talk.token.i)
    beside = (set(t.parties.codes) for t in talks if document.sentence_index(t.token.i) == where)
    gone = talk.status == "scheduled" and talk.date is not None and is_before(document, talk.date)
    return gone or any(codes < set(talk.parties.codes) for codes in beside)


def _tells(document: Document, token: Token, label: str, belief: float) -> bool:
    """Whether a word that the network takes for a deed can tell talks: a noun of meeting, a body that sits, a verb."""
    if is_frame(token, "cancelled", "postponed", "refusing") or {c.lower_ for c in token.children} & _PRESS:
        return False
    guests = syntax.objects(token) if token.pos_ == "VERB" else []
    if guests and all(is_of_firm(t) for t in guests):
        return False
    if any(t.lower_ in _NOBODY for t in (*guests, *syntax.obliques(token, "with", "to"))):
        return False
    if token.lemma_ in _SPEAKS and token.pos_ == "VERB" and not syntax.obliques(token, "with", "to", "by"):
        return False
    if token.lemma_ == "call" and syntax.children(token, "xcomp"):
        return False  # "called on both parties **to convene** the commission"
    if token.lemma_ in _RECEIVED and token.pos_ == "VERB" and not _has_guest(document, token):
        return False
    if label in LABELS and belief >= LEAST and _is_settled(document, token, _BEYOND_DOUBT):
        return True
    if label in LABELS and belief >= _PLAIN and _is_settled(document, token, _RATHER):
        return True
    if label in LABELS and belief < LEAST and _is_settled(document, token):
        belief = LEAST
    if token.pos_ not in {"VERB", "AUX"}:
        long = any(is_meeting_noun(t) for t in syntax.obliques(token, "of"))
        return label in LABELS and belief >= LEAST and (is_meeting_noun(token) or is_body(token) or long)
    if any(is_anybody(document, t) for t in syntax.objects(token)):
        return False
    if label in LABELS and belief >= LEAST:
        lemmas = {token.lemma_.lower(), token.lower_.removesuffix("ing")}
        return any(lemmas & set(frames(kind)) for kind in ("verb", "noun-verb"))
    greeting = token.lemma_ in _GUESTS and is_frame(token, "verb")
    return greeting and label in LABELS | {"visit"} and _has_guest(document, token)


def _is_settled(document: Document, token: Token, least: float = _SETTLED) -> bool:
    """Whether it is clear who takes part in what the word tells, if it tells talks."""
    return bool(taking_part(document, token.i, least=least).codes)


def _has_guest(document: Document, verb: Token) -> bool:
    """Whether somebody in office is received or called on, not a letter or a thing."""
    if any(is_meeting_noun(t) for t in syntax.obliques(verb, "in", "for")):
        return True  # "received **in audience**, at the palace, the president": the guest stands too far off for the parser
    heads = [*syntax.objects(verb), *syntax.obliques(verb, "on", "upon")]
    return any(is_holder(t) or document.at(t.i, PersonMention) or t.lower_ in _SOMEBODY for t in heads)


def _read(document: Document, token: Token, talks: list[Talk]) -> Talk | None:
    verb, noun = predicate_of(token)
    if noun is not None and (holding := _held_by(noun)) is not None:
        verb = holding
    if (verb.pos_ == "VERB" and is_recurring(document, verb)) or _is_at_home(document, verb, noun):
        return None
    if noun is None and is_reception(verb):
        return None
    if noun is not None and (_is_vague(noun) or _is_founded(verb) or (_points_back(noun) and bool(talks))):
        return None
    status = status_of(document, verb) if noun is None or _held_by(noun) else status_of_noun(document, noun)
    if status is None:
        return None
    parties = likely_sides(document, token, verb)
    if not parties.codes or (len(parties.codes) > _TWO and noun is not None and _is_of_two(noun)):
        return None
    span = document.span(*syntax.phrase(noun or verb))
    people = parties.persons or _people(document, verb, noun, parties)
    parties = Parties(parties.codes, parties.spans, tuple(p for p in people if not _only_tells(p)))
    talk = Talk(token, parties, [span], status, _call(document, token), confidence=0.5)
    talk.verb, talk.noun, talk.readers = (verb if verb.pos_ == "VERB" else None), noun, (by_likeness,)
    if noun is None and (subject := syntax.subject(verb)) is not None:
        doing = side(document, syntax.conjuncts(subject))
        talk.actor = doing if len(doing.codes) == 1 else talk.actor
    if status in {"held", "scheduled"} and in_heading(document, token) and not _to_come(verb):
        talk.status, talk.headline = "", True
    put_circumstances(document, talk, verb, noun)
    if noun is not None and talk.forum is None and talk.occasion is None:
        talk.forum = session_of(document, noun, talks)
    return talk


def _people(document: Document, verb: Token, noun: Token | None, parties: Parties) -> tuple[Someone, ...]:
    """Those of the parties who are named as subject, object or behind "with" of the words that tell the talks."""
    heads = [*syntax.agents(verb), *syntax.objects(verb), *syntax.obliques(verb, "with", "on", "by")]
    heads += syntax.obliques(noun, "with", "between", "of") if noun is not None else []
    return tuple(p for p in side(document, heads).persons if p.party is None or p.party in parties.codes)


def _is_founded(verb: Token) -> bool:
    """ "**Set up** a joint commission": that it exists, not that it sits."""
    particles = {c.lower_ for c in verb.children if c.dep_ == "compound:prt"}
    return verb.lemma_ in _FOUNDED or (verb.lemma_ == "set" and "up" in particles)


def _is_of_two(noun: Token) -> bool:
    """ "**Bilateral** meetings" of more than two: who met whom is not told."""
    return any(c.lower_ == "bilateral" for c in noun.children)


def _only_tells(person: Someone) -> bool:
    """A spokeswoman tells of talks and does not hold them."""
    return person.office is not None and "spokes" in person.office.lower()


def _to_come(verb: Token) -> bool:
    """ "Norland, Sutland **to** open talks": a headline's infinitive."""
    return any(c.lower_ in {"to", "will"} for c in verb.children)


def _held_by(noun: Token) -> Token | None:
    """ "**Held** consultations", "opened the talks": the light verb right before the noun, wherever the parser hung the noun."""
    first = noun.left_edge.i
    before = noun.doc[first - 1] if first else None
    light = before is not None and before.pos_ == "VERB" and before.lemma_.lower() in frames("noun-verb")
    return before if light and noun.dep_ in {"obj", "obl", "nmod", "dep"} else None


def _is_vague(noun: Token) -> bool:
    """Talks as such, not an occasion: "more dialogue", "three meetings", "years of talks", "the summit of the bloc" that others read."""
    words = {c.lower_ for c in noun.children}
    if noun.lower_ in _CONTACTS:
        return True
    if noun.tag_ == "NNS" and any(c.dep_ == "nummod" or (c.tag_ == "CD" and c.i < noun.i) for c in noun.children):
        return True
    if words & _VAGUE or words & UNIONS or (noun.dep_ == "nmod" and noun.head.lower_ in _LONG):
        return True
    if any(t.lower_ in _KINDS for t in syntax.obliques(noun, "of")) or (
        noun.dep_ == "nmod" and noun.head.lower_ in _FORMATS
    ):
        return True
    whole = [noun, *syntax.obliques(noun, "of")]
    return any(t.lower_ == "summit" and any(ordinal(c.text) is not None for c in t.children) for t in whole)


def _points_back(noun: Token) -> bool:
    """ "The meeting", "that round", "at the beginning of conversation": talks told before, with nothing that tells others."""
    before = {c.lower_ for c in noun.children if c.i < noun.i and c.dep_ != "case"}
    if before - {"the", "this", "that", "these", "their", "such"}:
        return False
    if not before and noun.lower_ not in {"conversation", "meeting"}:
        return False
    return not any(c.dep_.startswith(("nmod", "acl")) and c.dep_ != "acl:relcl" and c.i > noun.i for c in noun.children)


def _is_at_home(document: Document, verb: Token, noun: Token | None) -> bool:
    """ "The Council of Ministers approved in **its** regular **session**", "a meeting **of the Althing**": a body of one state by itself."""
    if noun is None:
        head = syntax.subject(verb)
        return head is not None and head.lower_ in _AT_HOME and not is_passive(verb)
    if {c.lower_ for c in noun.children} & _INTERNAL:
        return True
    whose = [
        t
        for t in syntax.obliques(noun, "of")
        if (one := document.at(t.i, PartyMention)) and one.form in {"body", "seat"}
    ]
    if whose and not syntax.obliques(noun, "with", "between") and all(syntax.conjuncts(t) == [t] for t in whose):
        return True
    if not any(c.lower_ == "its" for c in noun.children):
        return False
    return any(t.lower_ in _AT_HOME for v in syntax.governing_verbs(noun)[:1] for t in syntax.agents(v))


def _call(document: Document, token: Token) -> str | None:
    """The format of a call that the words of the sentence give ("by phone")."""
    if token.pos_ == "NOUN" and token.lower_ in _PHONES:
        return "phone call"
    found = format_words(document.report.text, *document.sentence_span(token.i))
    return next((name for name, _ in found if name in _CALLS), None)
