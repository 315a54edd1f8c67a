"""Activities of one report: exercises, visits, deliveries, training, deployments, patrols, aid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.circumstances import actors_before, date_of, is_due, place_of
from foedus.extract.draft import Draft
from foedus.language import syntax
from foedus.lexicon import load_forms, load_table, split_forms
from foedus.mentions.model import DateMention, MoneyMention, OfficeMention, Parties, PartyMention, PlaceMention

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.mentions import Document
    from foedus.record import Activity, Span

_STATUS = {"future": "planned", "hypothetical": "proposed"}
_OFF = {"cancel": "cancelled", "scrap": "cancelled", "postpone": "postponed", "delay": "postponed"}
_STAGING = {
    "hold",
    "conduct",
    "begin",
    "start",
    "launch",
    "stage",
    "run",
    "plan",
    "end",
    "conclude",
    "complete",
    "finish",
    "call",
}
_PRESENT = {
    "serve": "ongoing",
    "remain": "ongoing",
    "station": "ongoing",
    "base": "ongoing",
    "land": "held",
    "arrive": "held",
}
_TROOPS = {"troop", "troops", "soldier", "peacekeeper", "police", "contingent", "battalion", "marine", "platoon"}
_JOINT = {
    "joint",
    "bilateral",
    "trilateral",
    "combined",
    "multinational",
    "military",
    "naval",
    "annual",
    "live",
    "air",
    "maritime",
    "field",
}
_EXERCISE_NAME_CUES = {"exercise", "exercises", "drill", "drills", "operation"}
_FORCES = {
    "troop",
    "soldier",
    "force",
    "jet",
    "warship",
    "ship",
    "brigade",
    "battalion",
    "battery",
    "contingent",
    "marine",
    "aircraft",
    "police",
    "officer",
    "instructor",
    "platoon",
    "squadron",
    "peacekeeper",
    "airman",
    "gendarme",
}
_TRAINEES = {
    "pilot", "recruit", "guard", "cadet", "sailor", "engineer", "crew", "trainee", "sapper", "diver",
    "medic", "technician",
}  # fmt: skip
_GIVING = {
    "deliver", "supply", "transfer", "donate", "ship", "hand", "send", "give", "provide", "pledge",
    "contribute", "deploy", "station", "commit", "promise", "grant",
}  # fmt: skip
_HANDING = {"deliver", "transfer", "donate", "hand"}
_CARRIERS = {"ship", "boat", "vessel", "plane", "aircraft", "helicopter", "vehicle", "equipment", "launch"}
"""What can be sent for a task and come home again: only handing it over makes it a transfer."""
_GRANTS = {
    "aid", "assistance", "help", "relief", "support", "funding", "grant", "grants", "generators", "tents",
    "food", "medicines", "vaccines", "blankets", "wheat", "shelter", "seed", "rice",
}  # fmt: skip


@dataclass(slots=True)
class _Act:
    token: Token
    kind: str
    parties: Parties
    status: str
    span: Span
    name: tuple[str, Span] | None = None
    date: DateMention | None = None
    place: PlaceMention | None = None
    item: tuple[str, Span] | None = None
    money: MoneyMention | None = None
    confidence: float = 0.65


@cache
def _frames() -> dict[tuple[str, str], list[tuple[str, dict[str, str]]]]:
    """(part, first word) -> (word that must follow, frame)."""
    found: dict[tuple[str, str], list[tuple[str, dict[str, str]]]] = {}
    for row in load_table("activity_frames"):
        for form in split_forms(row["forms"]):
            first, _, after = form.partition(" ")
            part = "noun" if row["part"] == "noun" else "verb"
            found.setdefault((part, first), []).append((after, row))
    return found


def find_activities(document: Document) -> list[Activity]:
    """Every activity that the report gives, in text order; [] when it gives none. One act told twice is one record."""
    acts: list[_Act] = []
    for token in document.doc:
        if token.pos_ not in {"VERB", "NOUN", "PROPN"} or document.in_quote(token.idx):
            continue
        if token.lemma_.lower() in _TROOPS and (act := _by_presence(document, token)) is not None:
            acts.append(act)
            continue
        part = "verb" if token.pos_ == "VERB" else "noun"
        word = token.lemma_.lower()
        for after, frame in _frames().get((part, word), ()) or _frames().get((part, token.lower_), ()):
            if after and not _has(token, after):
                continue
            act = _by_verb(document, token, frame) if part == "verb" else _by_noun(document, token, frame)
            if act is not None:
                acts.append(act)
                break
    return [_draft(document, act).finish(act.confidence) for act in _merged(acts)]


def _has(verb: Token, after: str) -> bool:
    return any(syntax.preposition(c).split(" ")[0] == after or c.lower_ == after for c in verb.children)


def _status(document: Document, predicate: Token) -> str | None:
    if predicate.lemma_ in _OFF:
        return _OFF[predicate.lemma_]
    if predicate.lemma_ == "call" and any(c.lower_ == "off" for c in predicate.children):
        return "cancelled"
    modality = document.modality(predicate)
    if modality.kind == "negated":
        return None
    if modality.kind in _STATUS:
        return _STATUS[modality.kind]
    if is_due(predicate):
        return "planned"
    going = predicate.tag_ == "VBG" and any(c.lemma_ == "be" for c in predicate.children)
    return "ongoing" if going else "held"


def _by_verb(document: Document, verb: Token, frame: dict[str, str]) -> _Act | None:
    kind = frame["kind"]
    status = _status(document, verb)
    actor = actors_before(document, verb)
    if status is None or not (actor.codes or (kind == "arms transfer" and syntax.is_passive(verb))):
        return None
    item = None
    if kind == "visit":
        if not actor.persons or (
            verb.lemma_ != "visit" and verb.lemma_ != "tour" and document.at(verb.i, PartyMention)
        ):
            return None
        goal = document.parties_at(list(syntax.objects(verb)) + syntax.obliques(verb, "in", "to", "at"))
        codes = tuple(c for c in goal.codes if not c.startswith("org:"))
        other = Parties(codes, goal.spans) if codes else _country_of_place(document, verb)
    elif kind in {"arms transfer", "co-production"}:
        arms = load_forms("arms")
        thing = next(
            (
                o
                for o in syntax.objects(verb)
                if any(t.lower_ in arms for t in document.doc[o.left_edge.i : syntax.phrase(o)[1]])
            ),
            None,
        )
        if thing is None:
            return None
        span = document.span(*syntax.phrase(thing))
        item = (document.words(span), span)
        other = document.parties_at(syntax.obliques(verb, "to", "from", "with") + syntax.children(verb, "iobj"))
        other |= document.parties_at(syntax.obliques(thing, "to", "from", "with", "for"))
        if not actor.codes:
            actor = document.party_of(thing)
            if not other.codes:
                return None
    elif kind in {"deployment", "training"}:
        objects = syntax.objects(verb)
        if not any(o.lemma_.lower() in _FORCES or o.lemma_.lower() in _TRAINEES for o in objects):
            return None
        if kind == "deployment":
            span = document.span(*syntax.phrase(objects[0]))
            item = (document.words(span), span)
        other = document.parties_at(objects) | document.parties_at(syntax.obliques(verb, "in", "to", "at", "with"))
        if not other.codes:
            other = _country_of_place(document, verb)
    elif kind == "aid":
        return _by_gift(document, verb, actor, status)
    elif kind == "port call":
        other = _country_of_place(document, verb) | document.parties_at(syntax.obliques(verb, "in", "at"))
    else:
        other = document.parties_at(syntax.obliques(verb, "in", "at", "with"))
    parties = actor | other
    if kind == "deployment" and any(o.lemma_ in _TRAINEES for o in syntax.objects(verb)):
        kind = "training"
    carried = any(o.lemma_.lower() in _CARRIERS for o in syntax.objects(verb))
    alone = status != "proposed" and verb.lemma_.lower() in (_HANDING if carried else _GIVING)
    least = 1 if kind in {"arms transfer", "deployment"} and alone else 2
    if not least <= len(parties.codes) <= 8:
        return None
    act = _Act(verb, kind, parties, status, document.span(*syntax.phrase(verb)), item=item)
    act.date, act.place = date_of(document, verb, None), place_of(document, verb, None)
    return act


def _by_presence(document: Document, force: Token) -> _Act | None:
    """ "Some 300 Norland soldiers are in Estonia", "… have landed in Oslo": forces of one state on the ground of another."""
    head = force.head
    if force.dep_ not in {"nsubj", "nsubj:pass"}:
        return None
    owner = document.party_of(force)
    if any(c.dep_ == "cop" for c in head.children) and syntax.preposition(head) == "in":
        where, status = document.party_of(head), "ongoing"
    elif head.lemma_ in _PRESENT:
        where = document.parties_at(syntax.obliques(head, "in", "at")) or _country_of_place(document, head)
        status = _PRESENT[head.lemma_]
    else:
        return None
    kind = document.modality(head).kind
    parties = owner | where
    if kind == "negated" or len(owner.codes) != 1 or len(where.codes) != 1 or len(parties.codes) != 2:
        return None
    span = document.span(*syntax.phrase(force))
    status = _STATUS.get(kind, status)
    act = _Act(force, "deployment", parties, status, span, item=(document.words(span), span))
    act.date, act.place = date_of(document, head, None), place_of(document, head, None)
    return act


def _by_gift(document: Document, verb: Token, giver: Parties, status: str) -> _Act | None:
    """ "Norland pledged ten million euros to Estonia": a state gives money or relief goods to a state named as who gets it."""
    things = syntax.objects(verb)
    low, high = syntax.phrase(verb)
    money = next((m for m in document.within(low, high, MoneyMention) if m.first > verb.i), None)
    goods = next((o for o in things if o.lower_ in _GRANTS), None)
    if (
        money is None or not any(money.first <= o.i < money.last or o.lower_ in _GRANTS for o in things)
    ) and goods is None:
        return None
    heads = [*syntax.obliques(verb, "to", "for", "toward", "towards"), *syntax.children(verb, "iobj")]
    for thing in things:
        heads += syntax.obliques(thing, "to", "for", "toward", "towards")
    taker = document.parties_at(heads)
    for head in heads:
        taker |= document.parties_in(*syntax.phrase(head))
    states = tuple(c for c in taker.codes if c not in giver.codes)
    if not states or len(states) > 6 or (not giver.persons and all(c.startswith("org:") for c in giver.codes)):
        return None
    act = _Act(
        verb,
        "aid",
        giver | Parties(states, taker.spans),
        "planned" if verb.lemma_ in _PROMISES else status,
        document.span(low, high),
    )
    act.money = money
    if goods is not None:
        span = document.span(*syntax.phrase(goods))
        act.item = (document.words(span), span)
    return act


_PROMISES = {"pledge", "promise", "commit"}


def _country_of_place(document: Document, verb: Token) -> Parties:
    place = document.where(verb)
    return Parties((place.country,), (place.span,)) if place is not None and place.country else Parties()


def _by_noun(document: Document, noun: Token, frame: dict[str, str]) -> _Act | None:
    kind = frame["kind"]
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    first, last = syntax.phrase(noun)
    words = {t.lower_ for t in document.doc[first : noun.i]}
    parties = document.parties_in(first, noun.i + 1) | document.parties_at(
        syntax.obliques(noun, "between", "with", "of", "by")
    )
    if kind in {"military exercise", "patrol"}:
        together = verb.lemma_ in _STAGING | set(_OFF) and len(actors_before(document, verb).codes) >= 2
        if not words & _JOINT and not together and not _name(document, noun):
            return None
        if verb is not noun:
            parties |= actors_before(document, verb) | document.parties_at(syntax.obliques(verb, "with", "by"))
    elif kind == "visit":
        subject = (
            actors_before(document, verb)
            if verb is not noun
            and verb.lemma_ in {"pay", "make", "begin", "start", "end", "conclude", "undertake", "be"}
            else Parties()
        )
        possessor = document.parties_at(syntax.children(noun, "nmod:poss") + syntax.obliques(noun, "by", "of"))
        goal = document.parties_at(syntax.obliques(noun, "to", "in"))
        if not goal.codes:
            goal = document.parties_at([t for t in noun.subtree if t.i > noun.i and syntax.preposition(t) == "to"])
        if not goal.codes and verb is not noun and subject:
            goal = document.parties_at(syntax.obliques(verb, "to", "in"))
        people = subject | possessor
        if not people.persons and not (
            people.codes and any(document.at(t.i, OfficeMention) for t in syntax.obliques(noun, "by", "of"))
        ):
            return None
        parties = people | Parties(goal.codes, goal.spans)
    else:
        money = next(iter(document.within(*document.sentence(noun.i), MoneyMention)), None)
        giver = actors_before(document, verb) if verb is not noun else Parties()
        goal = document.parties_at(
            syntax.obliques(noun, "to", "for") + (syntax.obliques(verb, "to", "for") if verb is not noun else [])
        )
        goal |= document.parties_at(syntax.children(verb, "iobj") if verb is not noun else [])
        if money is None or not giver.codes or not goal.codes:
            return None
        parties = giver | goal
    if not 2 <= len(parties.codes) <= 8:
        return None
    status = _status(document, verb)
    if status is None:
        return None
    if words & {"planned", "upcoming", "next", "proposed"}:
        status = "planned"
    act = _Act(noun, kind, parties, status, document.span(first, last), name=_name(document, noun))
    act.date = date_of(document, verb, noun)
    act.place = place_of(document, verb, noun)
    if kind == "aid":
        act.money = next(iter(document.within(*document.sentence(noun.i), MoneyMention)), None)
    return act


def _name(document: Document, noun: Token) -> tuple[str, Span] | None:
    """The proper name beside "exercise": "Exercise Silver Pike 2024", "the Silver Pike exercise"; marks around it are dropped."""
    if noun.lower_ not in _EXERCISE_NAME_CUES:
        return None
    doc, at = document.doc, noun.i + 1
    while at < len(doc) and doc[at].text in {",", "“", '"', "'", "‘"}:
        at += 1
    last = at
    while (
        last < len(doc)
        and (doc[last].text[0].isupper() or (last > at and (doc[last].like_num or doc[last].text == "-")))
        and document.at(last, PartyMention) is None
    ):
        last += 1
    if last > at and doc[at].pos_ == "PROPN":
        span = document.span(at, last)
        return document.words(span), span
    first = noun.i
    while first > 0 and doc[first - 1].pos_ == "PROPN" and document.at(first - 1, PartyMention) is None:
        first -= 1
    if noun.i - first >= 2:
        span = document.span(first, noun.i)
        return document.words(span), span
    return None


def _merged(acts: list[_Act]) -> list[_Act]:
    kept: list[_Act] = []
    for act in acts:
        for known in kept:
            if known.kind == act.kind and (
                set(known.parties.codes) == set(act.parties.codes)
                or (known.name and act.name and known.name[0] == act.name[0])
            ):
                if known.date and act.date and known.date.edtf != act.date.edtf and not (known.name and act.name):
                    continue
                known.date, known.place, known.name = (
                    known.date or act.date,
                    known.place or act.place,
                    known.name or act.name,
                )
                known.money, known.item = known.money or act.money, known.item or act.item
                break
        else:
            kept.append(act)
    return kept


def _draft(document: Document, act: _Act) -> Draft:
    draft = Draft(document, "activity", [act.span])
    draft.put("kind", act.kind, document.span(act.token.i, act.token.i + 1))
    draft.put("parties", act.parties.codes, *act.parties.spans)
    draft.put("status", act.status)
    if act.name:
        draft.put("name", act.name[0], act.name[1])
    if act.date is not None:
        start, _, end = act.date.edtf.partition("/")
        draft.put("start_on", start, act.date.span)
        draft.put("end_on", end, act.date.span)
    if act.place is not None:
        draft.put("place", act.place.value, act.place.span)
    if act.item:
        draft.put("item", act.item[0], act.item[1])
    if act.money is not None:
        draft.put("amount", act.money.money, act.money.span)
    return draft
