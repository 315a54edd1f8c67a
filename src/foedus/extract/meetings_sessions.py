"""Sessions of named series: the forum itself as a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.circumstances import actors_before
from foedus.extract.likely import completed
from foedus.extract.meetings_circumstances import put_circumstances
from foedus.extract.meetings_heading import heading_date, heading_place, heads_report
from foedus.extract.meetings_parties import in_focus, side
from foedus.extract.meetings_talk import BEFOREHAND, FUTURE_NOUN, Talk, is_passive, is_recurring, status_of
from foedus.extract.meetings_unions import whose
from foedus.extract.meetings_unplaced import office_here
from foedus.extract.meetings_words import is_frame
from foedus.language import syntax
from foedus.mentions.model import ForumMention, Parties, PartyMention, PersonMention, Someone

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

HOSTING = {"host", "hold", "organise", "organize", "stage", "convene"}
TAKING_PART = {
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
_LED = {"hold", "chair", "co-chair", "co-chaired", "preside", "lead", "convene", "conclude"}
_SESSIONS = {"summit", "meeting", "conference", "dialogue", "council", "commission", "ministerial", "committee", "conclave", "assembly", "forum",
             "session", "consultations", "retreat", "talks", "meetings", "congress", "2+2", "ministers", "chogm", "cop"}  # fmt: skip
_BETWEEN_TWO = {"group", "commission", "committee", "consultations", "mechanism", "cabinet"}
_ASSEMBLING = {"gather", "assemble", "convene", "meet", "converge"}
_EXPECTED = {"due", "expected", "scheduled", "slated"}
_STANDING = {
    "presidency",
    "chairmanship",
    "membership",
    "seat",
    "role",
    "cooperation",
    "support",
    "partner",
    "member",
    "chair",
    "leadership",
}
"""What somebody has in a body all the time: "its **presidency** at the forum"."""
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
    verb = after or session_verb(token) or _which_verb(document, forum)
    if verb is not None and (session_like or verb.lemma_ in {"host", "hold"}):
        status = status_of(document, verb, of_noun=True)
        if is_recurring(document, verb):
            return None
    elif heads_report(document, forum):
        verb, status = None, "held"
    elif session_like and syntax.preposition(token) and (due := _due(token)) is not None:
        verb, status = due, "scheduled"
    else:
        if not session_like or (status := status_beside(document, token, forum.edition is not None)) is None:
            return None
        verb = None
    host = host_of(document, verb, token) if verb is not None else None
    if status is None:
        return None
    parties = _whole(document, forum, _parties(document, forum, verb, host))
    if len(parties.codes) == 1:
        parties |= side(document, syntax.obliques(token, "with"))
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
    if not talk.parties.persons and verb is not None and verb.lemma_ in _LED:
        talk.parties |= Parties((), (), _leading(document, talk))
    if verb is None:
        put_beside(document, talk, token)
        if heads_report(document, forum):
            talk.date, talk.place = talk.date or heading_date(document), talk.place or heading_place(document)
    return talk


def _leading(document: Document, talk: Talk) -> tuple[Someone, ...]:
    """Who holds or leads a session by its sentence, when everybody who sits there has somebody named in it; else nobody."""
    named = document.within(*document.sentence(talk.token.i), PersonMention)
    people = tuple({id(m.person): m.person for m in named if m.person.party in talk.parties.codes}.values())
    return people if len(people) > 1 and {p.party for p in people} == set(talk.parties.codes) else ()


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
    if len(named.codes) == 1 and _is_of_place(document, forum):
        named = Parties()
    if named.codes:
        low, high = document.sentence(forum.root)
        actor = actors_before(document, verb) if verb is not None else Parties()
        people = (
            tuple(p for p in actor.persons if p.party in named.codes)
            if verb is not None and verb.lemma_ in {"chair", "co-chair", "hold"}
            else ()
        )
        return Parties(named.codes, (forum.span,) if low <= forum.root < high else named.spans, people)
    if (body := whose(document, document.doc[forum.root], forum)).codes:
        return body
    if verb is not None:
        actor = actors_before(document, verb)
        bodies = tuple(code for code in actor.codes if code.startswith("org:"))
        if bodies and len(bodies) < len(actor.codes):
            actor = Parties(
                bodies, actor.spans
            )  # "the chairman of the union, Prime Minister X of Norland, opened the session"
        if len(actor.codes) >= 2 or (actor.codes and verb.lemma_ not in {"open", "close"}):
            return actor
    if not host and _BETWEEN_TWO & {t.lower_ for t in document.doc[forum.first : forum.last]}:
        return in_focus(document, document.doc[forum.root], [])
    if verb is not None:
        subject = syntax.subject(verb)
        if host is None and not actor.codes and subject is not None:
            return office_here(document, [subject], None, actor, [])
    return host or Parties()


def _whole(document: Document, forum: ForumMention, parties: Parties) -> Parties:
    """A commission of two of whom one is found, with the other where the network is sure of it."""
    words = {word.lower() for word in forum.name.split()}
    if len(parties.codes) != 1 or "summit" in words or not _BETWEEN_TWO & words:
        return parties
    return completed(document, forum.root, parties)


def _is_of_place(document: Document, forum: ForumMention) -> bool:
    """Whether the one party in a forum's name only says where it is or was ("the Norville Summit"), or is half of a pair."""
    inside = document.within(forum.first, forum.last, PartyMention)
    for mention in inside:
        near = {document.doc[k].text for k in (mention.first - 1, mention.last) if 0 <= k < len(document.doc)}
        if mention.form == "capital" or near & {"-", "–"}:
            return True
    return False


def status_beside(document: Document, token: Token, numbered: bool) -> str | None:
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
    elif preposition.split(" ")[0] not in _THERE or token.head.lower_ in _STANDING:
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


def put_beside(document: Document, talk: Talk, token: Token) -> None:
    """Place of a session that something happened at: that of the deed."""
    verbs = syntax.governing_verbs(token)
    if talk.place is None and verbs:
        talk.place = document.where(verbs[0])
    eve = token.dep_.startswith("nmod") and token.head.lower_ == "eve"
    if eve or syntax.preposition(token) in BEFOREHAND:
        talk.date = document.when(token)
    elif talk.date is None and (own := document.when(token)) is not None and own.role == "at":
        talk.date = own
    elif talk.date is None and verbs and talk.status == "scheduled":
        talk.date = document.when(verbs[0])


def session_verb(token: Token) -> Token | None:
    """The verb that says a session takes place: it is its subject or object, or the verb of a clause about it."""
    if token.dep_ in {"nsubj", "nsubj:pass"} and token.head.pos_ == "VERB" and _takes_place(token.head):
        return token.head
    as_object = token.dep_ in {"obj", "nsubj:pass"} or (token.dep_.startswith("obl") and not syntax.preposition(token))
    if as_object and token.head.lemma_ in HOSTING | TAKING_PART:
        return token.head
    before = _verb_before(token)
    if before is not None:
        return before
    for child in token.children:
        if child.dep_ in {"acl:relcl", "acl"} and (
            child.lemma_ in HOSTING or is_frame(child, "happening", "session", "postponed", "cancelled")
        ):
            return child
    if (
        syntax.preposition(token) in {"in", "at"}
        and token.dep_ == "obl"
        and token.head.lemma_ in {"participate", "take", "meet", "gather"}
    ):
        return token.head
    if syntax.preposition(token) == "for" and token.dep_ == "obl" and token.head.lemma_ in _ASSEMBLING:
        return token.head
    return None


def _takes_place(verb: Token) -> bool:
    """Whether a verb says of its subject that it takes place, or of a session what it decides; a session that **is discussed** does not."""
    if is_passive(verb) and not is_frame(verb, "happening", "postponed", "cancelled"):
        return False
    return is_frame(verb, "happening", "session", "postponed", "cancelled")


def _verb_before(token: Token) -> Token | None:
    """ "Will host **the 19th summit**": the verb of holding right before the noun phrase, wherever the parser hung the noun."""
    first, _ = syntax.phrase(token)
    if first == 0 or token.dep_ in {"obl", "nmod", "nsubj"}:
        return None
    verb = token.doc[first - 1]
    return (
        verb
        if verb.pos_ == "VERB"
        and verb.lemma_ in HOSTING | {"attend", "chair", "co-chair", "co-chaired", "close", "open"}
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
        if verb.pos_ == "VERB" and (verb.lemma_ in HOSTING or is_frame(verb, "happening", "session")):
            return verb
    return None


def host_of(document: Document, verb: Token, session: Token) -> Parties | None:
    """The one state that hosts the session, when the verb says so."""
    if verb.lemma_ not in HOSTING:
        return None
    found = side(document, syntax.agents(verb)) if syntax.is_passive(verb) else actors_before(document, verb)
    found = Parties(found.codes, found.spans)
    return found if len(found.codes) == 1 and not found.codes[0].startswith("org:") else None
