"""Meetings of one report: talks that were, are or will be held, each told once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.circumstances import actors_before, date_of, is_due, level_of, place_of, topics_of
from foedus.extract.draft import Draft
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import DateMention, ForumMention, Parties, PlaceMention

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.mentions import Document
    from foedus.record import Meeting, Span

_HAPPEN = {"take", "hold", "occur", "happen", "begin", "open", "start", "conclude", "end", "convene", "resume", "schedule", "plan", "postpone",
           "cancel", "call", "expect", "set", "include", "focus", "follow", "go", "continue", "run", "delay", "host"}  # fmt: skip
_STATUS = {"postpone": "postponed", "delay": "postponed", "cancel": "cancelled"}
_NO_STATE = {
    "board",
    "shareholder",
    "cabinet",
    "council",
    "court",
    "parliament",
    "party",
    "club",
    "committee",
    "union",
    "town",
}


_HOSTING = {"host", "hold", "organise", "organize"}
_SESSION_ENDS = {"close", "end", "adopt", "endorse", "agree", "gather"}
_SESSIONS = {
    "summit",
    "meeting",
    "conference",
    "dialogue",
    "council",
    "commission",
    "ministerial",
    "committee",
    "conclave",
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
}


@dataclass(slots=True)
class _Talk:
    """One telling of a meeting."""

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


@cache
def _frames() -> dict[str, dict[str, str]]:
    return {
        form.split(" ")[0]: row | {"after": form.partition(" ")[2]}
        for row in load_table("meeting_frames")
        for form in split_forms(row["forms"])
    }


@cache
def _nouns() -> dict[str, str]:
    return {form: row["format"] for row in load_table("meeting_nouns") for form in split_forms(row["forms"])}


def find_meetings(document: Document) -> list[Meeting]:
    """Every meeting that the report gives, in text order; [] when it gives none.

    Tellings of the same talks (same parties, no contrary date or forum) are one record; where a meeting is said to include
    delegation-level and one-on-one talks, each format is a record of its own.
    """
    talks: list[_Talk] = []
    for token in document.doc:
        low = token.lemma_.lower()
        if document.in_quote(token.idx):
            continue
        talk = None
        if token.pos_ == "VERB" and low in _frames():
            talk = _by_verb(document, token, _frames()[low])
        elif token.pos_ == "NOUN" and token.lower_ in _nouns():
            talk = _by_noun(document, token)
        if talk is not None:
            talks += _apart(document, talk)
    talks.sort(key=lambda t: t.token.i)
    told = {t.token.i for t in talks}
    for token in document.doc:
        if token.pos_ != "NOUN" or token.lower_ not in _nouns() or token.i in told or document.in_quote(token.idx):
            continue
        again = None
        if document.at(token.i, ForumMention) is None:
            again = _by_ordinal(document, token, [t for t in talks if t.token.i < token.i])
        talks += [again] if again is not None else []
    for forum in document.within(0, len(document.doc), ForumMention):
        if (talk := _by_forum(document, forum)) is not None:
            talks.append(talk)
    talks.sort(key=lambda t: t.token.i)
    merged = _merged(talks)
    _fill(document, merged)
    _inherit(document, merged)
    return [draft.finish(confidence) for talk in merged for draft, confidence in _drafts(document, talk)]


def _status(document: Document, verb: Token) -> str | None:
    modality = document.modality(verb)
    if verb.lemma_ in _STATUS:
        return _STATUS[verb.lemma_]
    if verb.lemma_ == "call" and any(c.lower_ == "off" for c in verb.children):
        return "cancelled"
    if modality.kind == "negated":
        return None
    if verb.dep_ == "xcomp" and verb.head.lemma_ in {"offer", "propose", "invite"}:
        return "proposed"
    if modality.kind == "future" or verb.lemma_ in {"schedule", "plan", "expect"} or is_due(verb):
        return "scheduled"
    if modality.kind == "hypothetical":
        return "proposed"
    return "held"


def _by_verb(document: Document, verb: Token, frame: dict[str, str]) -> _Talk | None:
    if frame["after"] and not any(
        c.lower_ == frame["after"] for c in [*verb.children, *(k for c in verb.children for k in c.children)]
    ):
        return None
    noun = None
    if frame["kind"] == "noun-verb":
        noun = next((o for o in syntax.objects(verb) if o.lower_ in _nouns()), None)
        if noun is None:
            return None
    status = _status(document, verb)
    if status is None:
        return None
    parties = actors_before(document, verb)
    if not parties.codes:
        parties = _theirs(document, verb)
    others = Parties()
    roles = frame["roles"].split(" ")
    if "obj" in roles and not syntax.is_passive(verb):
        others |= document.parties_at(syntax.objects(verb))
    prepositions = [r for r in roles if r != "obj"] + (["with", "between"] if noun is not None else ["with"])
    for base in (verb, *([noun] if noun is not None else [])):
        others |= document.parties_at(syntax.obliques(base, *prepositions))
    if syntax.is_passive(verb):
        others |= document.parties_at(syntax.agents(verb))
    if frame["needs"] == "person" and not (parties.persons or others.persons):
        return None
    phone = any(t.lower_ in {"phone", "telephone", "call"} for t in document.doc[verb.i : document.sentence(verb.i)[1]])
    if frame["needs"] == "phone" and not phone:
        return None
    everybody = parties | others
    if len(everybody.codes) < 2:
        return None
    low, high = syntax.phrase(verb, clauses=False)
    talk = _Talk(verb, everybody, [document.span(low, high)], status)
    talk.format = frame["format"] or (_nouns()[noun.lower_] if noun is not None else "") or None
    if phone and verb.lemma_ == "hold" and noun is not None and noun.lower_ in {"call", "conversation"}:
        talk.format = "phone call"
    _circumstances(document, talk, verb, noun)
    if frame["id"] in {"receive", "host"} and parties.codes:
        talk.host = parties
    return talk


def _theirs(document: Document, verb: Token) -> Parties:
    """ "Their foreign ministers": the two states of the sentence before, when it names two and no more."""
    head = syntax.subject(verb)
    if head is None or head.tag_ not in {"NNS", "NNPS"} or not any(c.lower_ == "their" for c in head.children):
        return Parties()
    k = document.sentence_index(verb.i)
    for first, last in reversed(document.sentences[max(0, k - 2) : k]):
        named = document.parties_in(first, last)
        if named.codes:
            return Parties(named.codes, named.spans) if len(named.codes) == 2 else Parties()
    return Parties()


def _apart(document: Document, talk: _Talk) -> list[_Talk]:
    """ "Meets his counterparts from A, B and C" is a meeting with each; every other talk is itself alone."""
    if talk.token.pos_ != "VERB" or talk.format is not None:
        return [talk]
    heads = [
        t for t in [*syntax.objects(talk.token), *syntax.obliques(talk.token, "with")] if t.lower_ == "counterparts"
    ]
    if talk.token.lemma_ in {"host", "receive", "welcome"} or not any(syntax.obliques(t, "from", "of") for t in heads):
        return [talk]
    actor = actors_before(document, talk.token)
    others = [c for c in talk.parties.codes if c not in actor.codes]
    if not heads or len(actor.codes) != 1 or len(others) < 2:
        return [talk]
    return [
        replace(
            talk,
            parties=Parties(tuple(sorted({*actor.codes, c})), talk.parties.spans, actor.persons),
            spans=list(talk.spans),
        )
        for c in others
    ]


def _by_noun(document: Document, noun: Token) -> _Talk | None:
    """ "Talks between A and B", "the meeting took place": parties from "between" and "with", from adjectives before the noun."""
    if any(c.lower_ in _NO_STATE for c in noun.children):
        return None
    verb = noun.head if noun.dep_ in {"nsubj", "nsubj:pass"} and noun.head.lemma_ in _HAPPEN else None
    parties = document.parties_at(syntax.obliques(noun, "between", "of"))
    first, _ = syntax.phrase(noun)
    parties |= document.parties_in(first, noun.i + 1)
    if not parties.codes:
        return None
    parties |= document.parties_at(syntax.obliques(noun, "with"))
    if len(parties.codes) < 2:
        return None
    status = _status(document, verb) if verb is not None else _status_of_noun(document, noun)
    if status is None:
        return None
    talk = _Talk(
        noun, parties, [document.span(*syntax.phrase(noun))], status, _nouns()[noun.lower_] or None, confidence=0.6
    )
    _circumstances(document, talk, verb or noun, noun)
    return talk


def _status_of_noun(document: Document, noun: Token) -> str | None:
    words = {c.lower_ for c in noun.children}
    if words & {"planned", "upcoming", "next", "future", "proposed"} or syntax.preposition(noun) in {
        "ahead of",
        "before",
    }:
        return "scheduled"
    if syntax.preposition(noun) in {"during", "after", "at", "in", "following"}:
        return "held"
    verbs = syntax.governing_verbs(noun)
    if not verbs:
        return "held"
    kind = document.modality(verbs[0]).kind
    return {"actual": "held", "future": "scheduled", "hypothetical": "proposed"}.get(kind)


def _by_forum(document: Document, forum: ForumMention) -> _Talk | None:
    """A session of a forum itself: its name as the subject of a verb that says it takes place, or what somebody hosts."""
    token = document.doc[forum.root]
    words = {t.lower_ for t in document.doc[forum.first : forum.last]}
    if forum.edition is None and not words & _SESSIONS:
        return None
    verb = _session_verb(token)
    if verb is None or document.in_quote(token.idx):
        return None
    status = _status(document, verb)
    if status is None:
        return None
    host = _host(document, verb, token)
    codes = forum.members or ((forum.code,) if forum.code else ())
    parties = Parties(tuple(codes), (forum.span,)) if codes else document.parties_in(forum.first, forum.last)
    if not codes and parties.codes:
        parties = Parties(parties.codes, (forum.span,))
    parties = parties if parties.codes else (host or Parties())
    if not parties.codes:
        return None
    kind = "summit" if "summit" in words else "multilateral" if len(parties.codes) != 2 else "bilateral"
    talk = _Talk(token, parties, [forum.span], status, kind, forum=forum, host=host, confidence=0.6)
    _circumstances(document, talk, verb, token)
    talk.forum, talk.occasion = forum, None
    return talk


def _session_verb(token: Token) -> Token | None:
    """The verb that says a session takes place: it is its subject or object, or the verb of a clause about it."""
    if (
        token.dep_ in {"nsubj", "nsubj:pass"}
        and token.head.pos_ == "VERB"
        and token.head.lemma_ in _HAPPEN | _SESSION_ENDS
    ):
        return token.head
    if token.dep_ == "obj" and token.head.lemma_ in _HOSTING | {
        "attend",
        "chair",
        "open",
        "close",
        "postpone",
        "cancel",
    }:
        return token.head
    for child in token.children:
        if child.dep_ == "acl:relcl" and child.lemma_ in _HAPPEN | _SESSION_ENDS | _HOSTING:
            return child
    return None


def _host(document: Document, verb: Token, session: Token) -> Parties | None:
    """The one state that hosts the session, when the verb says so."""
    if verb.lemma_ not in _HOSTING:
        return None
    if syntax.is_passive(verb) and verb.lemma_ == "hold":
        return None
    found = actors_before(document, verb)
    found = Parties(found.codes, found.spans)
    return found if len(found.codes) == 1 and not found.codes[0].startswith("org:") else None


def _by_ordinal(document: Document, noun: Token, before: list[_Talk]) -> _Talk | None:
    """A session told by its number or as the next one: "Norland will host the 12th meeting", "the next round will be in Oslo".

    The series is the forum whose last session was told before; else the parties of the only talks told before hold it again.
    """
    edition = next((n for c in noun.children if c.i < noun.i and (n := _number(c.lower_)) is not None), None)
    following = any(c.lower_ == "next" for c in noun.children)
    verb = _session_verb(noun)
    offered = verb is not None and verb.lemma_ == "host" and noun.lower_ in {"summit", "conference"}
    if edition is None and not following and not offered:
        return None
    if verb is None or (status := _status(document, verb)) is None or (following and status == "held"):
        return None
    host = _host(document, verb, noun)
    forums = [f for f in document.within(0, noun.i, ForumMention) if f.edition is not None and edition == f.edition + 1]
    forum = forums[-1] if forums else None
    parties = Parties()
    if forum is not None and (forum.code or forum.members):
        parties = Parties(forum.members or (forum.code or "",), (forum.span,))
    elif not offered and len({t.parties.codes for t in before}) == 1:
        last = before[-1]
        parties = Parties(last.parties.codes, last.parties.spans)
        forum = last.forum
    if host is not None and not parties.codes:
        parties = host
    if not parties.codes:
        return None
    format_ = _nouns().get(noun.lower_) or (before[-1].format if before and not forum else None)
    talk = _Talk(noun, parties, [document.span(*syntax.phrase(verb))], status, format_, host=host, confidence=0.55)
    _circumstances(document, talk, verb, noun)
    if talk.date is None and talk.place is None:
        return None
    if forum is not None:
        number = edition or (forum.edition + 1 if forum.edition else None)
        talk.forum = replace(forum, edition=number)
        talk.occasion = None
    return talk


def _number(word: str) -> int | None:
    digits = word.rstrip("stndrh")
    if digits.isdigit() and word[len(digits) :] in {"st", "nd", "rd", "th"}:
        return int(digits)
    return _ORDINALS.get(word)


def _circumstances(document: Document, talk: _Talk, verb: Token, noun: Token | None) -> None:
    talk.date = date_of(document, verb, noun)
    talk.place = place_of(document, verb, noun)
    talk.topics = topics_of(document, verb, noun)
    low, high = document.sentence(verb.i)
    for forum in document.within(low, high, ForumMention):
        preposition = syntax.preposition(document.doc[forum.root])
        if preposition in {"during", "at", "within"} or (noun is not None and forum.first <= noun.i < forum.last):
            talk.forum = talk.forum or forum
        else:
            talk.occasion = talk.occasion or forum


def _same(one: _Talk, other: _Talk) -> bool:
    if set(one.parties.codes) != set(other.parties.codes):
        return False
    if one.date and other.date and one.date.edtf != other.date.edtf and not one.date.edtf.startswith(other.date.edtf):
        return False
    if (one.status == "held") != (other.status == "held"):
        return False
    if one.format and other.format and one.format != other.format and "phone call" in (one.format, other.format):
        return False
    people, others = {id(p) for p in one.parties.persons}, {id(p) for p in other.parties.persons}
    return not (people and others and len(people & others) < min(len(people), len(others)))


def _merged(talks: list[_Talk]) -> list[_Talk]:
    kept: list[_Talk] = []
    for talk in talks:
        known = next((k for k in kept if _same(k, talk)), None)
        if known is None:
            kept.append(talk)
            continue
        known.spans += talk.spans
        known.parties |= talk.parties
        known.date = known.date or talk.date
        known.place = known.place or talk.place
        known.forum = known.forum or talk.forum
        known.format = known.format or talk.format
        known.topics += [t for t in talk.topics if t[0] not in {x[0] for x in known.topics}]
    return kept


def _fill(document: Document, talks: list[_Talk]) -> None:
    """A sentence about "the meeting" without its parties ("took place on Friday") adds to the only meeting before it."""
    for token in document.doc:
        if (
            token.pos_ != "NOUN"
            or token.lower_ not in _nouns()
            or token.dep_ not in {"nsubj", "nsubj:pass"}
            or token.head.lemma_ not in _HAPPEN
        ):
            continue
        if not any(c.lower_ in {"the", "their"} for c in token.children):
            continue
        before = [t for t in talks if t.token.i < token.i]
        if len(before) != 1:
            continue
        talk = before[0]
        talk.date = talk.date or date_of(document, token.head, token)
        talk.place = talk.place or place_of(document, token.head, token)
        talk.spans.append(document.span(*syntax.phrase(token.head)))


def _inherit(document: Document, talks: list[_Talk]) -> None:
    """ "During the forum in Oslo, A and B signed … The meeting took place on Friday": "the meeting" was there, at that forum."""
    for talk in talks:
        k = document.sentence_index(talk.token.i)
        if talk.forum or talk.place or talk.occasion or k == 0 or talk.status != "held":
            continue
        definite = any(
            t.lower_ in {"meeting", "talks"} and t.dep_ == "nsubj" and t.i > 0 and document.doc[t.i - 1].lower_ == "the"
            for t in document.doc[slice(*document.sentence(talk.token.i))]
        )
        first, last = document.sentences[k - 1]
        forums = [
            f
            for f in document.within(first, last, ForumMention)
            if syntax.preposition(document.doc[f.root]) in {"during", "at"}
        ]
        if (
            not definite
            or len(forums) != 1
            or not set(talk.parties.codes) <= set(document.parties_in(first, last).codes)
        ):
            continue
        talk.forum = forums[0]
        places = [
            p
            for p in document.within(first, last, PlaceMention)
            if syntax.preposition(document.doc[p.root]) in {"in", "at"}
        ]
        talk.place = places[0] if len(places) == 1 else None


def _formats(document: Document, talk: _Talk) -> list[tuple[str | None, Span | None]]:
    """The formats that the text gives the talks: one, or delegation-level and one-on-one."""
    found: dict[str, Span] = {}
    low = min(document.sentence(talk.token.i)[0], talk.token.i)
    high = min(len(document.doc), document.sentence(talk.token.i)[1] + 60)
    words = [t.lower_ for t in document.doc[low:high]]
    for k, word in enumerate(words):
        span = (document.doc[low + k].idx, document.doc[min(low + k + 4, len(document.doc) - 1)].idx)
        if word == "delegation" and words[k + 1 : k + 3] == ["-", "level"]:
            found.setdefault("delegation-level", (span[0], document.doc[low + k + 2].idx + 5))
        if word == "one" and words[k + 1 : k + 5] == ["-", "on", "-", "one"]:
            found.setdefault("one-on-one", (span[0], document.doc[low + k + 4].idx + 3))
    if found and talk.status == "held" and len(talk.parties.codes) == 2:
        return list(found.items())
    if talk.format:
        return [(talk.format, None)]
    count = len(talk.parties.codes)
    if any(code.startswith("org:") for code in talk.parties.codes) and count == 1:
        return [("multilateral", None)]
    return [("bilateral" if count == 2 else "trilateral" if count == 3 else "multilateral", None)]


def _drafts(document: Document, talk: _Talk) -> list[tuple[Draft, float]]:
    made = []
    for format_, words in _formats(document, talk):
        draft = Draft(document, "meeting", [words] if words else talk.spans)
        draft.put("parties", talk.parties.codes, *talk.parties.spans)
        people = talk.parties.persons
        draft.put("participants", tuple(p.record() for p in people), *(s for p in people for s in p.evidence()))
        draft.put("format", format_, *([words] if words else []))
        draft.put("status", talk.status)
        if (level := level_of([p.office for p in people if p.office])) is not None:
            draft.put("level", level, *(p.office_span for p in people if p.office_span))
        if talk.date is not None:
            draft.put("held_on", talk.date.edtf, talk.date.span)
        if talk.place is not None:
            draft.put("place", talk.place.value, talk.place.span)
        if talk.forum is not None:
            draft.put("forum", talk.forum.name, talk.forum.span)
            draft.put("edition", talk.forum.edition, talk.forum.span)
        elif talk.occasion is not None:
            draft.put("occasion", talk.occasion.occasion, talk.occasion.span)
        if talk.host is not None and len(talk.host.codes) == 1:
            draft.put("host", talk.host.codes[0], *talk.host.spans)
        draft.put("topics", tuple(t for t, _ in talk.topics[:5]), *(s for _, s in talk.topics[:5]))
        made.append((draft, talk.confidence))
    return made
