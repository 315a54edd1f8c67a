"""Sessions of named series: the forum itself as a meeting, and sessions told by their number ("the next round will be in Oslo")."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.extract.circumstances import actors_before
from foedus.extract.meetings_parties import in_focus, office_here, side
from foedus.extract.meetings_talk import (
    BEFOREHAND,
    FUTURE_NOUN,
    UNIONS,
    Talk,
    is_recurring,
    put_circumstances,
    status_of,
)
from foedus.extract.meetings_words import is_frame, nouns, ordinal
from foedus.language import syntax
from foedus.mentions.model import ForumMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_HOSTING = {"host", "hold", "organise", "organize", "stage", "convene", "welcome"}
_TAKING_PART = {
    "attend",
    "chair",
    "open",
    "close",
    "postpone",
    "cancel",
    "address",
    "join",
    "co-chair",
    "skip",
    "boycott",
    "conclude",
    "end",
    "leave",
    "begin",
}
_SESSIONS = {"summit", "meeting", "conference", "dialogue", "council", "commission", "ministerial", "committee", "conclave", "assembly", "forum",
             "session", "consultations", "retreat", "talks", "meetings", "congress", "2+2", "ministers", "chogm", "cop"}  # fmt: skip
_BETWEEN_TWO = {"group", "commission", "committee", "consultations", "mechanism", "cabinet"}
_EXPECTED = {"due", "expected", "scheduled", "slated"}
_THERE = {"at", "during", "in", "within", "for"}
_MARGINS = {
    "sidelines",
    "sideline",
    "margins",
    "margin",
    "fringes",
    "fringe",
    "close",
    "end",
    "opening",
    "start",
    "eve",
    "conclusion",
    "occasion",
    "session",
    "meeting",
}


def by_forum(document: Document, forum: ForumMention) -> Talk | None:
    """The session of a forum, when the words say that it takes place, is held, attended or gone to; None for a bare name."""
    token = document.doc[forum.root]
    words = {t.lower_ for t in document.doc[forum.first : forum.last]} | {w.lower() for w in forum.name.split()}
    if document.in_quote(token.idx):
        return None
    session_like = forum.edition is not None or bool(words & _SESSIONS)
    after = _verb_after(document, forum) if token.dep_ != "obj" else None
    verb = after or _session_verb(token) or _which_verb(document, forum)
    if verb is not None and (session_like or verb.lemma_ in {"host", "hold"}):
        status = status_of(document, verb, of_noun=True)
        if is_recurring(document, verb):
            return None
    elif session_like and syntax.preposition(token) and (due := _due(token)) is not None:
        verb, status = due, "scheduled"
    else:
        if not session_like or (status := _status_beside(document, token, forum.edition is not None)) is None:
            return None
        verb = None
    host = _host(document, verb, token) if verb is not None else None
    if status is None:
        return None
    parties = _parties(document, forum, verb, host)
    if not parties.codes:
        return None
    talk = Talk(
        token,
        parties,
        [forum.span],
        status,
        _format(words, parties),
        forum=forum,
        host=host,
        confidence=0.6,
        session=True,
        verb=verb,
    )
    put_circumstances(document, talk, verb or token, token)
    talk.forum, talk.occasion = forum, None
    if verb is None:
        _beside(document, talk, token)
    return talk


def _due(token: Token) -> Token | None:
    """The word that says somebody is awaited there: "is **due** in Oslo for the conference"."""
    above = list(token.ancestors)[:2]
    return next((t for t in above if t.lower_ in _EXPECTED), None) if token.dep_ in {"obl", "nmod"} else None


def _format(words: set[str], parties: Parties) -> str:
    if "summit" in words or "chogm" in words:
        return "summit"
    organised = any(code.startswith("org:") for code in parties.codes)
    return "bilateral" if len(parties.codes) == 2 and not organised else "multilateral"


def _parties(document: Document, forum: ForumMention, verb: Token | None, host: Parties | None) -> Parties:
    codes = forum.members or ((forum.code,) if forum.code else ())
    if codes:
        return Parties(tuple(sorted(codes)), (forum.span,)) | side(
            document, syntax.obliques(document.doc[forum.root], "with")
        )
    named = document.parties_in(forum.first, forum.last)
    if named.codes:
        low, high = document.sentence(forum.root)
        actor = actors_before(document, verb) if verb is not None else Parties()
        people = (
            tuple(p for p in actor.persons if p.party in named.codes)
            if verb is not None and verb.lemma_ in {"chair", "co-chair", "hold"}
            else ()
        )
        return Parties(named.codes, (forum.span,) if low <= forum.root < high else named.spans, people)
    if verb is not None:
        actor = actors_before(document, verb)
        if len(actor.codes) >= 2 or (actor.codes and verb.lemma_ not in {"open", "close"}):
            return actor
        words = {t.lower_ for t in document.doc[forum.first : forum.last]}
        if words & _BETWEEN_TWO and not host:
            return in_focus(document, document.doc[forum.root], [])
        subject = syntax.subject(verb)
        if host is None and not actor.codes and subject is not None:
            return office_here(document, [subject], None, actor, [])
    return host or Parties()


def _status_beside(document: Document, token: Token, numbered: bool) -> str | None:
    """Status of a session that something else happens at, before or on the margins of; None when the forum is only named."""
    at = token
    preposition = syntax.preposition(at)
    if at.dep_.startswith("nmod") and at.head.lower_ in _MARGINS and preposition == "of":
        if at.head.lower_ == "eve":
            return "scheduled"
        at = at.head
        preposition = syntax.preposition(at)
    elif preposition in BEFOREHAND:
        return "scheduled" if numbered or document.where(token) else None
    elif preposition.split(" ")[0] not in _THERE:
        return None
    if any(c.lower_ in FUTURE_NOUN for c in token.children):
        return "scheduled"
    verbs = syntax.governing_verbs(at)
    if not verbs:
        return "held" if preposition else None
    if not (preposition or at is not token):
        return None
    kind = document.modality(verbs[0]).kind
    return {"actual": "held", "future": "scheduled"}.get(kind)


def _beside(document: Document, talk: Talk, token: Token) -> None:
    """Place of a session that something happened at: that of the deed."""
    verbs = syntax.governing_verbs(token)
    if talk.place is None and verbs:
        talk.place = document.where(verbs[0])
    eve = token.dep_.startswith("nmod") and token.head.lower_ == "eve"
    if eve or syntax.preposition(token) in BEFOREHAND:
        talk.date = document.when(token)
    elif talk.date is None and verbs and talk.status == "scheduled":
        talk.date = document.when(verbs[0])


def _session_verb(token: Token) -> Token | None:
    """The verb that says a session takes place: it is its subject or object, or the verb of a clause about it."""
    if (
        token.dep_ in {"nsubj", "nsubj:pass"}
        and token.head.pos_ == "VERB"
        and is_frame(token.head, "happening", "session", "postponed", "cancelled")
    ):
        return token.head
    as_object = token.dep_ in {"obj", "nsubj:pass"} or (token.dep_.startswith("obl") and not syntax.preposition(token))
    if as_object and token.head.lemma_ in _HOSTING | _TAKING_PART:
        return token.head
    before = _verb_before(token)
    if before is not None:
        return before
    for child in token.children:
        if child.dep_ in {"acl:relcl", "acl"} and (
            child.lemma_ in _HOSTING or is_frame(child, "happening", "session", "postponed", "cancelled")
        ):
            return child
    if (
        syntax.preposition(token) in {"in", "at"}
        and token.dep_ == "obl"
        and token.head.lemma_ in {"participate", "take", "meet", "gather"}
    ):
        return token.head
    return None


def _verb_before(token: Token) -> Token | None:
    """ "Will host **the 19th summit**": the verb of holding right before the noun phrase, wherever the parser hung the noun."""
    first, _ = syntax.phrase(token)
    if first == 0 or token.dep_ in {"obl", "nmod", "nsubj"}:
        return None
    verb = token.doc[first - 1]
    return (
        verb
        if verb.pos_ == "VERB"
        and verb.lemma_ in _HOSTING | {"attend", "chair", "co-chair", "co-chaired", "close", "open"}
        else None
    )


def _verb_after(document: Document, forum: ForumMention) -> Token | None:
    """The verb of taking place after a forum that no preposition governs, with no other noun phrase between: its subject is the forum."""
    low, high = document.sentence(forum.root)
    if syntax.preposition(document.doc[forum.root]) or forum.first - low > 14:
        return None
    for token in document.doc[forum.last : min(high, forum.last + 14)]:
        if token.pos_ in {"PRON", "PROPN", "NOUN"}:
            return None
        if token.pos_ == "VERB" and token.dep_ not in {"acl", "amod"}:
            return token if is_frame(token, "happening", "postponed", "cancelled") else None
    return None


def _which_verb(document: Document, forum: ForumMention) -> Token | None:
    """The verb of ", which Norland will host" right behind the name, wherever the parser hung it."""
    at = forum.last
    if at + 1 < len(document.doc) and document.doc[at].text == "," and document.doc[at + 1].lower_ == "which":
        verb = document.doc[at + 1].head
        if verb.pos_ == "VERB" and (verb.lemma_ in _HOSTING or is_frame(verb, "happening", "session")):
            return verb
    return None


def _host(document: Document, verb: Token, session: Token) -> Parties | None:
    """The one state that hosts the session, when the verb says so."""
    if verb.lemma_ not in _HOSTING:
        return None
    found = side(document, syntax.agents(verb)) if syntax.is_passive(verb) else actors_before(document, verb)
    found = Parties(found.codes, found.spans)
    return found if len(found.codes) == 1 and not found.codes[0].startswith("org:") else None


def by_number(document: Document, noun: Token, before: list[Talk]) -> Talk | None:
    """A session told by its number or as the next one: "Norland will host the 12th meeting", "the next round will be in Oslo".

    The series is the union beside it ("African Union leaders … their 31st summit"), the forum whose last session was told before,
    or the parties of the only talks told before hold it again.
    """
    edition = next((n for t in document.doc[noun.left_edge.i : noun.i] if (n := ordinal(t.text)) is not None), None)
    following = any(c.lower_ == "next" for c in noun.children) or _next_year(noun)
    verb = _session_verb(noun) or _copular(noun) or _governor(noun)
    if verb is None and (edition is not None or {c.lower_ for c in noun.children} & UNIONS):
        return _of_union(document, noun, edition)
    if verb is None or (
        edition is None and not following and not (verb.lemma_ == "host" and noun.lower_ in {"summit", "conference"})
    ):
        return None
    status = status_of(document, verb, of_noun=True) if verb is not noun else _copular_status(noun)
    if status is None or (following and status == "held"):
        return None
    host = _host(document, verb, noun)
    forum, parties = _series(document, noun, edition, before, host)
    if not parties.codes:
        return None
    format_ = nouns().get(noun.lower_, {}).get("format") or (before[-1].format if before and not forum else None)
    talk = Talk(
        noun,
        parties,
        [document.span(*syntax.phrase(verb))],
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


def _of_union(document: Document, noun: Token, edition: int | None) -> Talk | None:
    """ "On the eve of the alliance's summit": a session that something else happens at or before."""
    union = _union(document, noun)
    if union is None or nouns()[noun.lower_]["weak"]:
        return None
    status = _status_beside(document, noun, edition is not None)
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
    _beside(document, talk, noun)
    talk.place = talk.place or document.where(noun)
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
    forums = [
        f
        for f in document.within(0, noun.i, ForumMention)
        if f.code or f.members or document.parties_in(f.first, f.last).codes
    ]
    exact = [f for f in forums if edition is not None and f.edition is not None and edition == f.edition + 1]
    of_union = [f for f in forums if union is not None and f.code == union.code and _same_kind(f, noun)]
    chosen = exact or of_union
    if not chosen and union is None and before and (last := before[-1].forum) is not None:
        if last not in forums:
            return last, Parties(before[-1].parties.codes, before[-1].parties.spans)
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
        and (is_frame(noun.head, "happening") or noun.head.lemma_ in _HOSTING | _TAKING_PART | {"gather", "assemble"})
    ):
        return noun.head
    return None


def _copular_status(noun: Token) -> str:
    return "scheduled" if any(c.lower_ == "next" for c in noun.children) else "held"


def _next_year(noun: Token) -> bool:
    words = [c.lower_ for child in noun.children if child.dep_.startswith("nmod") for c in child.subtree]
    return "next" in words and bool({"year", "month", "week"} & set(words))
