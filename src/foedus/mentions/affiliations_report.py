"""What a whole report implies of persons whose national office stands without its state.

"Prime Minister X" in a report from his own capital, "Defence Minister X and his Peruvian counterpart" in a report on Chile and
Peru. Nothing is concluded where two readings are left.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from foedus.lexicon import load_table, split_forms
from foedus.mentions.affiliations import topic_before
from foedus.mentions.model import PartyMention, PersonMention, Someone

if TYPE_CHECKING:
    from foedus.mentions.document import Document

NATIONAL = {
    "president", "minister", "premier", "king", "queen", "secretary", "chancellor", "parliament", "emir", "sultan", "taoiseach", "opposition",
    "senator", "treasurer", "emperor", "undersecretary",
}  # fmt: skip
_MINISTRY = {"ministry", "government", "presidential", "palace", "army", "military", "presidency", "cabinet"}
_NOT_NATIONAL = {
    "general",
    "commission",
    "company",
    "bank",
    "association",
    "federation",
    "union",
    "chief",
    "club",
    "university",
    "permanent",
}
_BODY = {"adjective", "name", "capital", "seat", "body"}


@cache
def _lacking() -> frozenset[tuple[str, str]]:
    """(state, rank) pairs that do not exist: a state without a president, one without a prime minister."""
    return frozenset((row["id"], rank) for row in load_table("countries") for rank in split_forms(row.get("lacks", "")))


def has_office(code: str, office: str | None) -> bool:
    """Whether the state has such an office at all, as far as the table of states says."""
    low = (office or "").casefold()
    rank = "prime minister" if low in {"prime minister", "premier", "pm"} else "president" if low == "president" else ""
    return (code, rank) not in _lacking()


def learn_national_offices(document: Document, people: list[Someone], found: list[PersonMention]) -> None:
    """Give every holder of a national office without its state the one state that the report leaves for it."""
    firsts: dict[int, PersonMention] = {}
    for one in found:
        firsts.setdefault(id(one.person), one)
    for who in people:
        mention = firsts.get(id(who))
        if mention is None or who.party is not None or not _is_national(who.office):
            continue
        state = _state_of(document, people, who, mention, found)
        if state is not None and has_office(state.code, who.office) and not _held(people, who, state.code):
            who.party, who.party_span = state.code, state.span


def _is_national(office: str | None) -> bool:
    words = set((office or "").casefold().replace("-", " ").split())
    if words & {"spokesman", "spokeswoman", "spokesperson"}:
        return bool(words & _MINISTRY)
    return bool(words & NATIONAL) and not words & _NOT_NATIONAL


def _held(people: list[Someone], who: Someone, code: str) -> bool:
    """Whether another person holds the same office of that state."""
    low = (who.office or "").casefold()
    return any(p is not who and p.party == code and (p.office or "").casefold() == low for p in people)


def _state_of(
    document: Document, people: list[Someone], who: Someone, mention: PersonMention, found: list[PersonMention]
) -> PartyMention | None:
    named = _named_at_the_clause(document, mention)
    if named is not None:
        return named
    low, high = document.sentence(mention.first)
    before = document.doc[max(low, mention.first - 3) : mention.first]
    if any(t.lower_ in {"host", "hosts"} for t in before) or any(
        t.lower_ in {"i", "we", "our", "my"} for t in document.doc[low:high]
    ):
        return None
    own = [m for m in found if m.person is who and m.form in {"name", "surname"}]
    partners = [p for m in own for p in _partners(document, m, found)]
    if any(p.person.party is None and _is_national(p.person.office) for p in partners):
        return None
    excluded = {p.person.party for p in partners if p.person.party}
    home = _dateline_state(document)
    local = _local_states(document, mention, people)
    topic = topic_before(document, mention.first, organisations=False)
    if topic is not None and topic.code not in excluded and (topic.code in local or not local):
        near = _same_paragraph(document, topic, mention)
        if (home is not None and home.code == topic.code) or (near and topic.code in _spoken_of(document)):
            return topic
        return None
    if home is not None and home.code not in excluded and (not local or home.code in local or excluded):
        return home
    if excluded:
        return _left_over(document, excluded)
    return _only_state(document) if home is None else None


def _named_at_the_clause(document: Document, mention: PersonMention) -> PartyMention | None:
    """ "In Lima the foreign minister, X, said", "spokesman X said in Lima": the capital where a holder speaks at home."""
    doc = document.doc
    low, high = document.sentence(mention.first)
    for place in document.within(low, high, PartyMention):
        if place.form != "capital" or place.first == low or doc[place.first - 1].lower_ != "in":
            continue
        heads_sentence = place.first - 1 == low and place.last <= mention.first <= place.last + 3
        speaks = (
            doc[place.root].head.lemma_ in {"say", "tell", "add"}
            and "spokes" in (mention.person.office or "").casefold()
        )
        if heads_sentence or (speaks and abs(place.first - mention.last) < 5):
            return place
    return None


def _partners(document: Document, mention: PersonMention, found: list[PersonMention]) -> list[PersonMention]:
    """Persons named in one list with this one, or as its counterpart, in the same sentence."""
    low, high = document.sentence(mention.first)
    doc = document.doc
    near = [
        m for m in found if m is not mention and low <= m.first < high and m.form in {"name", "surname", "counterpart"}
    ]
    partners = []
    for other in near:
        a, b = sorted((mention, other), key=lambda m: m.first)
        between = doc[a.last : b.first]
        linked = len(between) < 14 and (
            any(t.lower_ in {"and", "counterpart", "colleague", "with"} for t in between)
            or [t.text for t in between] == [","]
        )
        if linked and not any(t.pos_ == "VERB" for t in between):
            partners.append(other)
    return partners


def _dateline_state(document: Document) -> PartyMention | None:
    place = document.dateline.place if document.dateline else None
    if place is None or place.country is None:
        return None
    return PartyMention(*place.span, place.first, place.last, place.root, code=place.country, form="name")


def _local_states(document: Document, mention: PersonMention, people: list[Someone]) -> set[str]:
    """States that the person's sentence names before the person, those that belong to other persons left out."""
    taken = {p.party_span for p in people if p.party_span}
    low, _ = document.sentence(mention.first)
    return {
        m.code
        for m in document.within(low, mention.first, PartyMention)
        if m.form in _BODY
        and m.span not in taken
        and not (m.metonym and document.doc[m.first - 1].lower_ in {"in", "at", "to", "from"})
    }


def _same_paragraph(document: Document, topic: PartyMention, mention: PersonMention) -> bool:
    return document.paragraph(topic.first) == document.paragraph(mention.first)


def _spoken_of(document: Document) -> set[str]:
    """The states that the report names most: those named at least half as often as the first."""
    counts = Counter(m.code for m in document.mentions if isinstance(m, PartyMention) and m.form != "organisation")
    most = max(counts.values(), default=0)
    return {code for code, n in counts.items() if 2 * n >= most}


def _only_state(document: Document) -> PartyMention | None:
    """The state that a report without a dateline is all about: named three times, and twice as often as any other."""
    named = [m for m in document.mentions if isinstance(m, PartyMention) and m.form != "organisation"]
    counts = Counter(m.code for m in named).most_common(2)
    if not counts or counts[0][1] < 3 or (len(counts) > 1 and counts[0][1] < 2 * counts[1][1]):
        return None
    return next(m for m in named if m.code == counts[0][0])


def _left_over(document: Document, excluded: set[str]) -> PartyMention | None:
    """The state that is left when the partners' states are taken from those that the report speaks of most."""
    if not excluded:
        return None
    named = [m for m in document.mentions if isinstance(m, PartyMention) and m.form != "organisation"]
    counts = Counter(m.code for m in named).most_common()
    top = counts[: len(excluded) + 1]
    rest = [code for code, n in top if code not in excluded and n > 1]
    if len(rest) != 1 or len(top) - 1 != len(excluded & {c for c, _ in top}):
        return None
    runner_up = counts[len(top)][1] if len(counts) > len(top) else 0
    if dict(counts)[rest[0]] <= runner_up:
        return None
    return next(m for m in named if m.code == rest[0])
