"""Activities in words that no frame foresees: where the network sees one, with the parties it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    MOST,
    Act,
    circumstances,
    frames,
    ground,
    is_order,
    is_word,
    meaning,
    phrase_of,
    status_of,
    things_of,
)
from foedus.extract.activities_clause import without_bodies
from foedus.extract.activities_exercises import name_of
from foedus.extract.activities_forces import by_deploying, by_training
from foedus.extract.activities_gifts import SENDING, goes_to_many
from foedus.extract.activities_goods import is_arms
from foedus.extract.activities_ports import by_docking
from foedus.extract.activities_projects import is_agreed, is_works
from foedus.extract.activities_visits import is_official, place_in
from foedus.extract.likely import is_of_stranger, likely_parties, predicate_of, refers_back, taking_part
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds, looks_for_deeds, party_beliefs
from foedus.mentions.model import (
    DateMention,
    MoneyMention,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
    PlaceMention,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.language.doc import Token
    from foedus.mentions import Document

KINDS = {
    "exercise": "military exercise",
    "transfer": "arms transfer",
    "coproduction": "co-production",
    "visit": "visit",
    "training": "training",
    "deployment": "deployment",
    "patrol": "patrol",
    "portcall": "port call",
    "aid": "aid",
    "project": "project",
}
"""The network's labels of activities; dialogues are told as meetings."""
LEAST = {
    "visit": 0.5,
    "training": 0.5,
    "deployment": 0.75,
    "aid": 0.8,
    "port call": 0.5,
    "project": 0.6,
    "co-production": 0.8,
    "arms transfer": 0.8,
}
"""Belief from which an activity of that kind is read; of the others `_LEAST`. Chosen on the development reports and those of `corpus/train`."""
_LEAST = 0.8
_SURE, _FAIR = 0.95, 0.6
_OF_THINGS = {"aid", "arms transfer", "project", "co-production"}
_OF_MANY = {"military exercise", "patrol"}
_SURE_OF_MANY = 0.15
"""How sure it must be that these and nobody else take part, of three or more: the more names, the less it can be; also of those whom nothing else tells."""
_BACK = 2
"""So many sentences back stand those of whom "our coast guards" speaks."""
_FEWEST, _FEW = 2, 3
"""More states than this are no giver and taker, no guest and host."""


def by_likeness(document: Document, known: list[Act], families: dict[str, str]) -> list[Act]:
    """The activities that the network sees in sentences of which no frame has read one of that family of kinds, in text order."""
    told = {(document.sentence_index(act.token.i), families.get(act.kind)) for act in known}
    words = {act.token.i for act in known}
    found: list[Act] = []
    for deed in likely_deeds(document, min(LEAST.values())):
        token, kind = document.doc[deed.token], KINDS.get(deed.label)
        if kind is None or deed.belief < LEAST.get(kind, _LEAST) or token.i in words:
            continue
        if (document.sentence_index(token.i), families.get(kind)) in told or (known and _is_known(token)):
            continue
        act = _by_roles(document, token, kind) or _read(document, token, kind)
        if act is None or (kind == "arms transfer" != act.kind and deed.belief < _SURE):
            continue  # what is delivered is not known for arms
        if act.kind == "project" and act.status == "proposed" and deed.belief < _LEAST:
            continue
        if act.status in {"planned", "ongoing"} or not document.in_quote(token.idx):
            if kind == "military exercise" and token.lower_ == "edition":
                act.parties = _of_series([*known, *found], act) or act.parties
            told.add((document.sentence_index(token.i), families.get(act.kind)))
            found.append(act)
    return found


_READERS: dict[str, Callable[[Document, Token], Act | None]] = {
    "port call": by_docking,
    "training": by_training,
    "deployment": by_deploying,
}
"""Who know what a verb of such a kind needs, also one that is in no list: "the ship **ties up** in Oslo", "soldiers **undergo** a course"."""


def _by_roles(document: Document, token: Token, kind: str) -> Act | None:
    """What the reader of that kind of verb finds, as if the verb were in its list."""
    reader = _READERS.get(kind) if token.pos_ == "VERB" else None
    act = reader(document, token) if reader is not None else None
    if act is not None and reader is not None:
        act.readers = (by_likeness, reader)
    return act


def _of_series(told: list[Act], act: Act) -> Parties | None:
    """Who holds the exercise told last before another edition of it ("the next **edition**"), if those of the edition are among them; else None."""
    before = [one for one in told if one.kind == "military exercise" and one.token.i < act.token.i]
    held = max(before, key=lambda one: one.token.i).parties if before else Parties()
    return held if set(act.parties.codes) <= set(held.codes) else None


def sentences_of_deeds(document: Document) -> set[int] | None:
    """The sentences in which the network sees some deed of states; None for a pipeline that does not look for any."""
    if not looks_for_deeds(document):
        return None
    return {document.sentence_index(deed.token) for deed in likely_deeds(document, 0)}


def _is_known(token: Token) -> bool:
    """Whether the word points at what was told before: "the drill", also when more is said of it ("the drill, which ends on Sunday")."""
    return refers_back(token) or (
        token.pos_ == "NOUN"
        and any(c.lower_ in {"the", "this", "that"} for c in token.children)
        and all(c.dep_ in {"det", "punct", "case", "acl:relcl"} for c in token.children)
        and token.i + 1 < len(token.doc)
        and token.nbor().text == ","
    )


def _read(document: Document, token: Token, kind: str) -> Act | None:
    verb, noun = predicate_of(token)
    status = status_of(document, verb, noun)
    if status is None or not _fits(document, token, kind, verb, status):
        return None
    parties = _parties(document, token, kind)
    if not parties.codes or (kind == "visit" and _is_beside(document, parties, verb, noun)):
        return None
    act = Act(token, kind, parties, status, document.span(*syntax.phrase(noun or verb)), confidence=0.5)
    if kind in _OF_THINGS:
        things = things_of(verb) if noun is None else [noun, *syntax.children(noun, "nmod")]
        things = [t for t in things if t is not noun or not _is_deed(t)]
        things = [t for t in things if not _is_party(document, t)]
        if goes_to_many(verb, things):
            return None
        thing = next((t for t in things if is_arms(document, t)), things[0] if things else None)
        if thing is not None and document.at(thing.i, MoneyMention) is None:
            if thing.ent_type_ == "EXERCISE" or document.at(thing.i, PlaceMention) is not None:
                return None
            act.item = phrase_of(document, thing)
            act.kind = kind if token.lemma_.lower() in SENDING else _kind_of(document, thing, kind)
            if act.kind == "arms transfer" and is_word("shipped_off", verb) and is_word("vessel", thing):
                act.kind = "deployment"  # a ship that is sent comes home again
        act.money = next(iter(document.within(*syntax.phrase(verb), MoneyMention)), None)
        if act.kind == "aid" and status == "proposed" and act.money is None and not _is_gift(document, act):
            return None  # "they should give it a way to the sea"
    if kind == "military exercise":
        named = (name_of(document, t) for t in (token, *syntax.obliques(token, "of")))
        act.name = next((name for name in named if name is not None), None)
    act.readers = (by_likeness,)
    act.status = _status(document, act, verb, noun)
    act = circumstances(document, act, verb, noun)
    return act if kind not in {"visit", "port call"} else _at_host(document, act, verb, noun)


def _at_host(document: Document, act: Act, verb: Token, noun: Token | None) -> Act | None:
    """The visit or call with its place; None where that lies in a state that is no party, unless the sentence names one party only."""
    heads = [t for word in (noun, verb) if word is not None for t in syntax.obliques(word, "to", "in", "at", "into")]
    hosts = ground(document, [c for t in heads for c in syntax.conjuncts(t)])
    guest = [c for c in act.parties.codes if c not in hosts.codes]
    if len(hosts.codes) > 1 and len(guest) == 1 and len(act.parties.codes) > 1:  # "a visit to X, Y and Z"
        act.parties, act.host = act.parties | hosts, hosts.codes
    act.place = act.place or place_in(document, [t for t in heads if document.at(t.i, DateMention) is None])
    country = act.place.country if act.place is not None else None
    if act.place is None or not country or country in act.parties.codes:
        return act
    low, high = document.sentence(act.token.i)
    own = _all_of(party_beliefs(document, act.token.i), low, high, _FAIR)
    if len(own.codes) != 1 or own.codes[0] == country:
        return None
    act.parties = own | Parties((country,), (act.place.span,))
    return act


def _is_beside(document: Document, parties: Parties, verb: Token, noun: Token | None) -> bool:
    """Whether the body in a visit is neither guest nor host: "visited the dam **with the head of the mission**", or named elsewhere only."""
    bodies = {code for code in parties.codes if code.startswith("org:")}
    words = (verb, noun) if noun is not None else (verb,)
    beside = document.parties_at(t for word in words for t in syntax.obliques(word, "with", "by", "from")).codes
    if not bodies or len(parties.codes) - len(bodies) != 1:
        return False
    named = document.parties_in(*document.sentence(verb.i)).codes
    return bodies <= set(beside) or bodies.isdisjoint(named)


def _is_party(document: Document, word: Token) -> bool:
    """Whether the word is the name of a state or body, or of somebody in office: no thing that is given."""
    return any(document.at(word.i, kind) is not None for kind in (PartyMention, OfficeMention, PersonMention))


def _is_deed(noun: Token) -> bool:
    """Whether the noun names what is done, not a thing: "the delivery", "construction"."""
    return any(is_word(part, noun) for part in ("transfer_noun", "building_noun", "making_noun", "gift_noun", "fund"))


def _is_gift(document: Document, act: Act) -> bool:
    tokens = document.tokens_in([act.item[1]]) if act.item is not None else [act.token]
    return any(is_word(part, t) for t in (*tokens, act.token) for part in ("relief", "gifts", "fund", "gift_noun"))


def _kind_of(document: Document, thing: Token, kind: str) -> str:
    """The kind by what is given or made: arms are transferred or produced, anything else is aid or a project."""
    named = thing.ent_type_ == "ITEM" and thing.pos_ == "PROPN"
    if kind == "arms transfer" and not named and not is_arms(document, thing):
        return "aid"
    if kind == "aid" and is_arms(document, thing) and not any(is_word("relief", t) for t in (thing, *thing.children)):
        return "arms transfer"
    if kind == "co-production" and not named and not is_arms(document, thing):
        return "project"
    return kind


def _status(document: Document, act: Act, verb: Token, noun: Token | None) -> str:
    """The status, where the verb alone says too little: what is agreed or promised is yet to come, what goes on is in the present."""
    if act.status != "held":
        return act.status
    if is_word("offer", verb):
        return "proposed"
    if is_word("promise", verb) or (noun is not None and act.kind != "visit" and is_agreed(noun)):
        return "planned"
    if act.kind == "project" and noun is not None and is_works(noun) and not _is_built(verb):
        return "planned"  # "spoke of the railway"
    if verb.tag_ in {"VBZ", "VBP"}:
        if act.kind in {"visit", "port call"}:
            return act.status if is_word("arriving", verb) or is_word("closing", verb) else "planned"
        return "ongoing" if meaning("status", verb) is None else act.status
    return act.status


def _is_built(verb: Token) -> bool:
    return any(is_word(part, verb) for part in ("building", "finished", "do_build"))


def _fits(document: Document, token: Token, kind: str, verb: Token, status: str) -> bool:
    """Whether the words make sense as an activity of that kind."""
    beside = kind == "visit" and token.pos_ == "NOUN" and token.dep_ in {"obl", "nmod"}  # "at the end of a visit"
    if (not beside and _is_only_allowed(verb)) or any(
        c.lower_ in {"home", "back"} and c.dep_ == "advmod" for c in verb.children
    ):
        return False
    mention = document.at(token.i, PartyMention)
    if mention is not None and token.pos_ == "PROPN" and not is_word("exercise_cue", token):
        return False  # the name of a body
    if kind == "port call" and any(is_word(part, token) for part in ("transfer_noun", "gift_noun")):
        return False  # "the **handover** of the ship"
    if kind == "port call":
        low, high = document.sentence(token.i)
        return any(is_word("flag", t) or (is_word("vessel", t) and not _is_fishing(t)) for t in document.doc[low:high])
    if kind == "visit" and any(
        t.lemma_.lower() in {"continent", "region", "duty"} for t in syntax.obliques(token, "to", "of")
    ):
        return False  # where no state is named
    if kind == "visit" and is_word("due", token) and not any(_is_person(document, t) for t in syntax.agents(token)):
        return False  # "a ministerial that was due in Oslo"
    if kind == "visit":
        return (
            token.lemma_.lower() in (_VISITS if token.pos_ in {"NOUN", "PROPN"} else _GOING) or token.lower_ in _GOING
        )
    if kind == "training" and (
        is_order(token)
        or (token.lemma_ == "learn" and syntax.obliques(token, "of", "about"))
        or not _speaks_of(document, token, "teaching", "learner", "coaching")
        or _speaks_of(document, token, "exercise_cue")
    ):
        return False  # "its army procedure"; a stage of an exercise
    if kind == "military exercise" and token.pos_ == "VERB":
        return _speaks_of(document, token, "exercise_cue", "drilling")
    if kind == "military exercise" and token.pos_ in {"NOUN", "PROPN"}:
        if (
            token.tag_ == "NNS"
            and status in {"planned", "proposed"}
            and not any(c.pos_ in _CERTAIN for c in token.children)
        ):
            return False  # "cooperation in drills and seminars"
        return is_word("exercise_cue", token) or token.ent_type_ == "EXERCISE" or token.lower_ == "edition"
    if kind == "patrol":
        return any(_is_patrol(t) for t in token.subtree)
    if kind == "deployment":
        return not is_word("leaving", verb) and _speaks_of(document, token, *_FORCES)
    return True


def _is_patrol(word: Token) -> bool:
    """Whether the word names a patrol, or does one; no "patrol boat"."""
    part = "verb" if word.pos_ == "VERB" else "noun"
    return word.dep_ != "compound" and any(kind == "patrol" for _, kind in frames(part).get(word.lemma_.lower(), ()))


def _is_fishing(ship: Token) -> bool:
    return any(is_word("peaceful", c) for c in ship.children)


_FORCES = ("force", "plainly_force", "troops", "contingent", "vessel", "mission", "flag", "carrier")


_CERTAIN = {"DET", "NUM", "PROPN"}
_VISITS = {"visit", "trip", "tour", "stay", "stopover", "journey", "arrival", "delegation", "mission", "invitation"}

_GOING = {
    "visit", "visiting", "tour", "arrive", "travel", "fly", "land", "come", "return", "leave", "depart", "head", "go", "stop", "stay", "journey",
    "proceed", "spend", "due", "expect", "invite", "welcome", "receive", "host", "lead", "pay", "be", "drop", "accompany",
}  # fmt: skip


def _speaks_of(document: Document, token: Token, *parts: str) -> bool:
    """Whether the sentence has a word of one of the word lists."""
    low, high = document.sentence(token.i)
    return any(is_word(part, t) for t in document.doc[low:high] for part in parts)


def _is_person(document: Document, subject: Token) -> bool:
    return subject.pos_ == "PRON" or is_word("traveller", subject) or is_official(document, subject)


def _is_only_allowed(verb: Token) -> bool:
    """Whether a text only allows it: "a treaty **under which** X will rent cells", "**letting** their troops train there"."""
    top = verb
    for _ in range(3):
        if top.dep_ == "xcomp" and top.head.lemma_ in _ABLE:
            return True  # "will be able to visit X without a visa"
        if is_word("letting", top.head) and top.dep_ in {"xcomp", "ccomp", "obl", "advcl"}:
            return True
        if top.dep_ == "acl:relcl" and is_word("accord", top.head) and top.head.pos_ in {"NOUN", "PROPN"}:
            return any(t.tag_ == "MD" for t in verb.children) or top is not verb
        if top.dep_ not in {"obl", "obj", "conj", "nmod"}:
            return False
        top = top.head
    return False


_ABLE = {"able", "free", "eligible", "entitled"}


def _parties(document: Document, token: Token, kind: str) -> Parties:
    """Who makes it: those of whom the network is sure; of what is no visit else `likely_parties`, and of what many do together all whom it takes for one of them."""
    if sure := taking_part(document, token.i):
        if kind not in _OF_THINGS | {"visit"} or _is_by_body(document, token):
            return sure
        states = without_bodies(sure)
        if kind == "visit" and (len(states.codes) < _FEWEST or _are_hosts(document, token, states)):
            return Parties()
        return states
    if kind == "visit":
        return Parties()  # guest and host are seen, or there is no visit
    low, high = document.sentence(token.i)
    ranked = party_beliefs(document, token.i)
    if kind in _OF_MANY:
        if len((several := taking_part(document, token.i, least=_SURE_OF_MANY)).codes) > 2:
            return several
        own = _all_of(ranked, low, high, _SURE)
        if 2 < len(own.codes) <= MOST:
            return own
    plain = [one for one in ranked if len(one[2].codes) == 1]
    found = _all_of(plain, low, high, _FAIR)
    if (
        kind not in _OF_MANY and len(found.codes) > 2
    ):  # giver and taker, guest and host: of a third the network must be sure
        found = _all_of(plain, low, high, _SURE)
    if not 2 <= len(found.codes) <= _FEW:
        found = likely_parties(document, token.i)
    if not found.codes and not any(low <= head < high for _, head, _ in ranked):
        first = document.sentences[max(0, document.sentence_index(token.i) - _BACK)][0]
        found = _all_of(ranked, first, low, _SURE)
        found = found if 2 <= len(found.codes) <= (MOST if kind in _OF_MANY else _FEW - 1) else Parties()
    found = found or taking_part(document, token.i, least=_SURE_OF_MANY)
    if kind not in _OF_MANY and len(found.codes) > _FEW:
        return Parties()
    if kind == "training" and sum(not code.startswith("org:") for code in found.codes) < 2:
        return Parties()
    return without_bodies(found) if kind in _OF_THINGS else found


def _are_hosts(document: Document, token: Token, states: Parties) -> bool:
    """Whether all of them are named behind the word, and whoever comes to them is of no known state: "X begins a tour, including A and B"."""
    verb = predicate_of(token)[0]
    behind = document.span(token.i, token.i + 1)[1]
    return is_of_stranger(document, verb) and all(span[0] >= behind for span in states.spans)


def _is_by_body(document: Document, token: Token) -> bool:
    """Whether an international body does it: "the **UNHCR** has lent boats"."""
    by = document.parties_at(syntax.agents(predicate_of(token)[0])).codes
    return bool(by) and all(code.startswith("org:") for code in by)


def _all_of(ranked: list[tuple[float, int, Parties]], first: int, last: int, least: float) -> Parties:
    found = Parties()
    for belief, head, parties in ranked:
        if first <= head < last and belief >= least:
            found |= parties
    return found
