"""What a whole report implies of persons whose national office stands without its state.

"Prime Minister X" in a report from his own capital, "Defence Minister X and his Peruvian counterpart" in a report on Chile and
Peru. Nothing is concluded where two readings are left.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.affiliations_topic import teller, topic_before
from foedus.mentions.focus import written_abroad
from foedus.mentions.home import home_state, is_about
from foedus.mentions.model import PartyMention, PersonMention, Someone

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.record import Span

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


class _Holder(NamedTuple):
    """The states that have an office, where its words stand in the title, and whether the report must name the state."""

    parties: tuple[str, ...]
    where: str
    named: bool


@cache
def _office_parties() -> dict[str, _Holder]:
    """Words of an office -> who has it, longest first."""
    found = {
        form: _Holder(tuple(split_forms(row["party"])), row["where"], row["needs"] == "named")
        for row in load_table("office_parties")
        for form in split_forms(row["forms"])
    }
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def learn_from_offices(document: Document, people: list[Someone], held: dict[int, list[tuple[str, Span]]]) -> None:
    """Give holders without a party that of an office which only one party has ("Taoiseach"), or only one that the report names.

    `held` has all offices beside the names of a person, with their words, by the person's `id`.
    """
    named = {m.code for m in document.all_of(PartyMention)}
    for who in people:
        for office, span in held.get(id(who), ()):
            if who.party is None and (party := _party_of(office, named)) and not _held(people, who, party):
                who.party, who.party_span = party, span
        if who.party is None and (party := _party_of(who.name, named)):
            who.party, who.party_span = (
                party,
                who.name_span,
            )  # an office that the parser took for a name ("Raksha Mantri")


def _party_of(office: str, named: set[str]) -> str | None:
    low = f"{office.casefold()} "
    holder = next((h for form, h in _office_parties().items() if _stands(low, form, h.where)), None)
    fitting = [p for p in holder.parties if p in named or not holder.named] if holder else []
    return fitting[0] if len(fitting) == 1 else None


def _stands(office: str, form: str, where: str) -> bool:
    """Whether the words open the office, are all of it, or stand anywhere in it; `office` ends with a blank."""
    if where == "whole":
        return office == f"{form} "
    return office.startswith(f"{form} ") or (where == "any" and f" {form} " in office)


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
    foreign = _speaks_of_another_state(document, people)
    for who in people:
        mention = firsts.get(id(who))
        if mention is None or who.party is not None or not is_national(who.office):
            continue
        state = _named_at_the_clause(document, mention) if foreign else _state_of(document, people, who, mention, found)
        if state is not None and has_office(state.code, who.office) and not _held(people, who, state.code):
            who.party, who.party_span = state.code, state.span


_LEADERS = {"president", "prime minister", "king", "queen", "emir", "sultan"}


def _speaks_of_another_state(document: Document, people: list[Someone]) -> bool:
    """Whether a leader without his state is not that of the state at hand, whose leader is named: a state that the report never
    names may have more of its people in it ("Vietnam, Tuesday: President X met the President of Vietnam, Y … signed by Minister Z")."""
    home = home_state(document) or _only_state(document)
    if home is None:
        return False
    leaders = [p for p in people if (p.office or "").casefold() in _LEADERS]
    return any(p.party is None and _held(people, p, home.code) for p in leaders)


def is_national(office: str | None) -> bool:
    """Whether the office is one of a state's government, palace or parliament."""
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
    if any(p.person.party is None and is_national(p.person.office) for p in partners):
        return None
    excluded = {p.person.party for p in partners if p.person.party} | _of_fellows(document, low, high)
    elsewhere = {code for m in own for code in _away(document, m)}
    home = home_state(document)
    if home is not None and home.code == written_abroad(document):
        elsewhere |= {home.code}
    placed = document.dateline is not None and document.dateline.place is not None
    if home is not None and not placed and _is_partner(document, mention):
        return None
    speaks = "spokes" in (who.office or "").casefold()  # "a palace spokesman"
    if document.doc[mention.first - 1].lower_ in _NOT_OF_THE_STATE and mention.first > low and not speaks:
        return None
    if home is not None and ("" in elsewhere or _is_guest(document, mention)):
        elsewhere |= {home.code}
    local = _local_states(document, mention, people)
    topic = topic_before(document, mention.first, organisations=False)
    if topic is not None and _is_partner(document, mention):
        taken = any(p.party_span == topic.span for p in people)
        excluded |= {topic.code} if topic.first >= low and not taken else set()
        topic = None if taken or topic.first >= low else topic
    if _unnamed(document, low, high) or (topic is not None and _is_given(document, mention)):
        return None
    if topic is not None and topic.code not in excluded | elsewhere and (topic.code in local or not local):
        if (
            home is not None
            and placed
            and home.code not in excluded | elsewhere
            and _attributes(document, mention, topic)
        ):
            return home if is_about(document, home.code) else None
        near = _same_paragraph(document, topic, mention)
        near &= topic.first >= low or _opens(document, mention, low)
        if (home is not None and home.code == topic.code) or (near and topic.code in _spoken_of(document)):
            return topic
        return None
    if _is_military(who) and not local:
        return None
    if home is not None and home.code not in excluded | elsewhere and (not local or home.code in local or excluded):
        if any(_meets_one_of(document, m, home.code, found) for m in own):
            return None
        return home if is_about(document, home.code) else None
    if not excluded and home is None and not elsewhere and document.doc[mention.root].dep_ != "nmod":
        only = _only_state(document)
        if only is not None and _is_partner(document, mention) and _beside_one_of(document, mention, only.code):
            return None
        return only if not _for_abroad(who) else None
    rest = teller(document, excluded | elsewhere) if excluded else None
    rest = rest or (left_over(document, excluded, elsewhere) if len(local - excluded) < 2 else None)
    return rest if rest is None or not _meets_one_of(document, mention, rest.code, found) else None


_NOT_OF_THE_STATE = {"a", "an", "commission", "council", "parliament", "assembly", "bank", "fund", "agency", "union"}
"""Words in front of an office by which it is one of several, or of another body ("**a** minister, X", "**Commission** President X")."""


def _attributes(document: Document, mention: PersonMention, topic: PartyMention) -> bool:
    """Whether the person tells, behind his words, what the state does ("Peru will pay, **the minister told** reporters")."""
    low, _ = document.sentence(mention.first)
    name = document.doc[mention.root]
    verb = name.head
    if name.dep_ != "nsubj" or not low <= topic.first < verb.i:
        return False
    told = any(c.dep_ in {"ccomp", "parataxis"} and c.i < name.i for c in verb.children)
    return told or (verb.dep_ == "parataxis" and verb.head.i < name.i)


def _beside_one_of(document: Document, mention: PersonMention, code: str) -> bool:
    """Whether the sentence has somebody of that state who may be the one who meets the person."""
    state = [m for m in document.within(*document.sentence(mention.first), PartyMention) if m.code == code]
    return bool(state) and state[0].first < mention.first


_REGIONS = {"east", "europe", "africa", "asia", "americas", "america", "pacific", "overseas", "abroad"}


def _for_abroad(who: Someone) -> bool:
    """Whether the office is one for a part of the world, which says nothing of whose it is ("Minister for the Middle East")."""
    words = set((who.office or "").casefold().split())
    return "for" in words and bool(words & _REGIONS)


def _meets_one_of(document: Document, mention: PersonMention, code: str, found: list[PersonMention]) -> bool:
    """Whether the person is the partner of somebody of that state, the subject of the same verb."""
    if not _is_partner(document, mention):
        return False
    low, _ = document.sentence(mention.first)
    before = [m for m in found if low <= m.first < mention.first]
    return bool(before) and before[-1].person.party == code and before[-1].person is not mention.person


def _is_military(who: Someone) -> bool:
    """Whether the office is one of an army, which may speak in another's capital."""
    return bool({"army", "military", "navy"} & set((who.office or "").casefold().split()))


_FELLOWS = {"counterpart", "counterparts", "colleague", "colleagues", "opponent", "homologue", "guest", "visitor", "host", "rival", "adversary"}  # fmt: skip
_TRAVELS = {"come", "arrive", "fly", "travel", "visit", "land", "journey", "tour"}
_JOURNEYS = {"visit", "trip", "tour", "journey"}
_PERSONS = {"head", "leader", "president", "minister", "premier", "monarch", "king", "statesman", "chief", "visitor"}


def _of_fellows(document: Document, low: int, high: int) -> set[str]:
    """The states of "his Peruvian counterpart", "his Peruvian host" in the sentence."""
    return {
        state.code
        for state in document.within(low, high, PartyMention)
        if state.form == "adjective" and document.doc[state.root].head.lower_ in _FELLOWS
    }


def _unnamed(document: Document, low: int, high: int) -> bool:
    """Whether the sentence speaks of a holder without his name ("the first visit by a Peruvian head of state")."""
    nouns = [document.doc[state.root].head for state in document.within(low, high, PartyMention)]
    return any(n.lower_ in _PERSONS and any(c.lower_ in {"a", "an"} for c in n.lefts) for n in nouns)


def _opens(document: Document, mention: PersonMention, low: int) -> bool:
    """Whether the sentence is about the person: its first words, or the subject of its main verb."""
    verb = document.doc[mention.root].head
    return mention.first - low < 4 or (verb.head is verb and document.doc[mention.root].dep_.startswith("nsubj"))


def _away(document: Document, mention: PersonMention) -> set[str]:
    """The states that the person travels to as subject of his clause, or of one beside it ("**visiting** Lima, the minister met");
    "" for a journey whose end is not said."""
    name = document.doc[mention.root]
    if opened := _opening_journey(document, mention):
        return opened
    if name.dep_ != "nsubj":
        return set()
    verb = name.head
    beside = [c for c in verb.children if c.dep_ == "advcl" and not syntax.own_subjects(c)]
    clauses = [c for c in (verb, *beside, *syntax.children(name, "acl", "acl:relcl")) if c.lemma_ in _TRAVELS]
    found = set()
    for clause in clauses:
        first = mention.last if clause is verb else clause.left_edge.i
        last = min(clause.right_edge.i + 1, mention.first) if clause.i < mention.first else clause.right_edge.i + 1
        states = document.within(max(first, clause.left_edge.i), last, PartyMention)
        found |= {m.code for m in states if m.form != "adjective"} or {""}
    return found


def _opening_journey(document: Document, mention: PersonMention) -> set[str]:
    """The states of "Visiting Lima for the summit, the minister …", "On a visit to Peru, …": words before the first one named."""
    low, _ = document.sentence(mention.first)
    before = list(document.doc[low : mention.first])
    if len(before) < 2 or "," not in {t.text for t in before} or document.within(low, mention.first, PersonMention):
        return set()
    travels = before[0].tag_ == "VBG" and before[0].lemma_.lower() in _TRAVELS
    if not travels and not any(t.lower_ in _JOURNEYS for t in before[1:5]):
        return set()
    return {m.code for m in document.within(low, mention.first, PartyMention) if m.form in {"name", "capital"}}


def _is_partner(document: Document, mention: PersonMention) -> bool:
    """Whether the person is whom others meet or visit, so that a ministry's own text does not make him one of its people."""
    name = document.doc[mention.root]
    while name.dep_ in {"appos", "flat"}:
        name = name.head
    return name.dep_ in {"obj", "obl", "obl:agent", "nmod"} and syntax.preposition(name) in {
        "",
        None,
        "with",
        "by",
        "to",
        "on",
    }


def _is_given(document: Document, mention: PersonMention) -> bool:
    """Whether the person is the one to whom something is given or promised, by the state spoken of rather than for it."""
    name = document.doc[mention.root]
    return name.dep_ in {"obl", "nmod"} and syntax.preposition(name) in {"to", "with", "for"}


def _is_guest(document: Document, mention: PersonMention) -> bool:
    """Whether the person is called a guest ("when President X was chief guest", "visiting Prime Minister X")."""
    doc = document.doc
    head = doc[mention.root].head
    return head.lower_ in {"guest", "visitor"} or any(
        t.lower_ == "visiting" for t in doc[max(0, mention.first - 2) : mention.last]
    )


_LAWMAKERS = {
    "lawmakers",
    "parliament",
    "legislators",
    "senators",
    "mps",
    "deputies",
    "parliamentarians",
    "senate",
    "assembly",
}


def _named_at_the_clause(document: Document, mention: PersonMention) -> PartyMention | None:
    """ "In Lima the foreign minister, X, said", "spokesman X said in Lima": the capital where a holder speaks at home."""
    doc = document.doc
    low, high = document.sentence(mention.first)
    for place in document.within(low, high, PartyMention):
        if place.form != "capital" or place.first == low or doc[place.first - 1].lower_ != "in":
            continue
        members = place.first > 2 and doc[place.first - 2].lower_ in _LAWMAKERS
        heads_sentence = place.first - 1 == low and place.last <= mention.first <= place.last + 3
        speaks = (
            doc[place.root].head.lemma_ in {"say", "tell", "add"}
            and "spokes" in (mention.person.office or "").casefold()
        )
        told = members and doc[mention.root].head.i == doc[place.first - 2].head.i
        if heads_sentence or told or (speaks and abs(place.first - mention.last) < 5):
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
    named = [m for m in document.all_of(PartyMention) if m.form != "organisation"]
    counts = Counter(m.code for m in named).most_common(2)
    if counts and any(m.code == counts[0][0] and _is_other_side(document, m) for m in named):
        return None
    if not counts or counts[0][1] < 3 or (len(counts) > 1 and counts[0][1] < 2 * counts[1][1]):
        return None
    return next(m for m in named if m.code == counts[0][0])


_OTHER_SIDE = {"with", "from"}


def _is_other_side(document: Document, state: PartyMention) -> bool:
    """Whether the report speaks of the state as of another ("a pact **with** Peru", "bought **from** Peru")."""
    before = state.first - 1 - (state.first > 1 and document.doc[state.first - 1].lower_ == "the")
    return before >= 0 and state.form == "name" and document.doc[before].lower_ in _OTHER_SIDE


def left_over(document: Document, excluded: set[str], elsewhere: set[str]) -> PartyMention | None:
    """The state that is left when the partners' states are taken from those that the report speaks of most."""
    if not excluded:
        return None
    named = [m for m in document.mentions if isinstance(m, PartyMention) and m.form != "organisation"]
    counts = Counter(m.code for m in named).most_common()
    top = counts[: len(excluded) + 1]
    rest = [code for code, n in top if code not in excluded | elsewhere and n > 1]
    if len(rest) != 1 or len(top) - 1 != len(excluded & {c for c, _ in top}):
        return None
    runner_up = counts[len(top)][1] if len(counts) > len(top) else 0
    if dict(counts)[rest[0]] <= runner_up:
        return None
    return next(m for m in named if m.code == rest[0])
