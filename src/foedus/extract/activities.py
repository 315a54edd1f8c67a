"""Activities of one report: exercises, visits, deliveries, training, deployments, patrols, aid."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from foedus.extract.activities_act import Act, frames, has_after, meanings
from foedus.extract.activities_apart import one_each
from foedus.extract.activities_checks import is_sound, told_once, without_those_who_come
from foedus.extract.activities_clause import by_thing
from foedus.extract.activities_context import other_side
from foedus.extract.activities_exercises import by_drilling, by_exercise, by_name, by_patrolling
from foedus.extract.activities_forces import (
    by_body_abroad,
    by_course,
    by_deploying,
    by_mission,
    by_sending,
    by_standing,
    by_studying,
    by_training,
)
from foedus.extract.activities_gifts import by_aid_noun, by_gift, by_gift_noun, by_paying, by_receipt, by_thanks
from foedus.extract.activities_going import by_contingent, by_going
from foedus.extract.activities_goods import by_deal_noun, by_transfer, cargo_of
from foedus.extract.activities_guests import (
    by_asides,
    by_invitation,
    by_leading,
    by_presence,
    by_receiving,
    by_visiting,
    by_visitor,
)
from foedus.extract.activities_likely import by_likeness, sentences_of_deeds
from foedus.extract.activities_ports import by_docking, by_port_call
from foedus.extract.activities_projects import by_help, by_making, by_works, is_works
from foedus.extract.activities_same import merged
from foedus.extract.activities_still import day_begun, is_on
from foedus.extract.activities_visits import by_travel, by_visit
from foedus.extract.activities_when import (
    day_after,
    day_of_main_clause,
    days_of,
    is_still_there,
    of_ceremony,
    tell_last_days,
)
from foedus.extract.activities_where import host_of, town_of
from foedus.extract.circumstances import is_well_wishing
from foedus.extract.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.mentions.model import DateMention
    from foedus.record import Activity, Span

_VERBS: dict[str, Callable[[Document, Token], Act | None]] = {
    "visit": by_travel,
    "arms transfer": by_transfer,
    "co-production": by_making,
    "training": by_training,
    "deployment": by_deploying,
    "patrol": by_patrolling,
    "port call": by_docking,
    "aid": by_gift,
}
_NOUNS: dict[str, Callable[[Document, Token], Act | None]] = {
    "visit": by_visit,
    "arms transfer": by_deal_noun,
    "training": by_course,
    "deployment": by_sending,
    "port call": by_port_call,
    "aid": by_aid_noun,
}


_WORDS = {"VERB", "ADJ", "NOUN", "PROPN"}


def find_activities(document: Document) -> list[Activity]:
    """Every activity that the report gives, in text order; [] when it gives none. One act told twice is one record."""
    words = [t for t in document.doc if (t.pos_ in _WORDS or t.lower_ == "visiting") and _may_tell(t)]
    acts = [act for token in words for act in _acts(document, token)]
    for entity in document.doc.ents:
        if entity.label_ == "EXERCISE" and (act := by_name(document, entity.start, entity.end)) is not None:
            act.readers = (by_name,)
            acts.append(act)
    for act in by_asides(document):
        act.readers = (by_asides,)
        acts.append(act)
    acts += _by_things(document, acts)
    acts += [act for act in by_likeness(document, acts, _FAMILY) if is_sound(document, act)]
    for act in acts:
        carried = cargo_of(document, act) if act.kind == "arms transfer" else None
        if carried is not None:
            act.kind, act.item = "aid", carried
    acts = one_each(document, told_once(document, acts))
    acts = without_those_who_come(document, _completed(document, sorted(acts, key=lambda act: act.token.i)))
    acts = merged(document, acts)
    tell_last_days(document, acts)
    return [_draft(document, act).finish(act.confidence) for act in acts]


_FAMILY = {
    "aid": "goods",
    "arms transfer": "goods",
    "co-production": "works",
    "project": "works",
    "deployment": "forces",
    "training": "forces",
    "military exercise": "forces",
    "patrol": "forces",
    "port call": "travel",
    "visit": "travel",
}


def _by_things(document: Document, known: list[Act]) -> list[Act]:
    """What the frames of verbs and nouns left unread: acts that a thing and its verb tell together, each sentence once a family."""
    taken = {(document.sentence_index(act.token.i), _FAMILY.get(act.kind)) for act in known}
    seen = sentences_of_deeds(document)
    found = []
    for token in document.doc:
        if token.pos_ not in {"NOUN", "PROPN"} or document.in_quote(token.idx):
            continue
        act = by_thing(document, token)
        unseen = seen is not None and document.sentence_index(token.i) not in seen
        if act is not None and unseen and (act.status in {"planned", "proposed"} or act.token.lemma_ == "have"):
            continue  # the network sees no deed of any kind in that sentence
        if act is not None and (where := (document.sentence_index(token.i), _FAMILY[act.kind])) not in taken:
            taken.add(where)
            act.readers = (by_thing,)
            found.append(act)
    return found


def _acts(document: Document, token: Token) -> Iterator[Act]:
    """The activity that one word names: at most one; of direct speech only what is to be done."""
    for reader in _readers(token):
        act = reader(document, token)
        if act is not None and (act.status in {"planned", "ongoing"} or not document.in_quote(token.idx)):
            for one in (act, *act.more):
                one.readers = (reader,)
                yield one
            return


def _may_tell(token: Token) -> bool:
    """Whether a word is in any list of activities, or has a copula, which any word may have that says where somebody is."""
    lemma = token.lemma_.lower()
    table = frames("verb" if token.pos_ == "VERB" else "noun")
    if (
        meanings(token)
        or lemma in table
        or token.lower_ in table
        or lemma in {"invite", "visitor"}
        or token.lower_ == "visiting"
    ):
        return True
    return _has_copula(token)


def _has_copula(token: Token) -> bool:
    return any(child.dep_ == "cop" for child in token.children)


def _readers(token: Token) -> Iterator[Callable[[Document, Token], Act | None]]:
    told = meanings(token)
    if token.pos_ in {"NOUN", "PROPN"} and "troops" in told:
        yield by_standing
    if token.lower_ == "visiting":
        yield by_visiting
    if token.pos_ == "NOUN" and token.lemma_ == "visitor":
        yield by_visitor
    if token.pos_ in _WORDS and ("due" in told or _has_copula(token)):
        yield by_presence
    if token.pos_ in {"NOUN", "PROPN"} and "mission" in told:
        yield by_mission
        yield by_body_abroad
    if "thanking" in told:
        yield by_thanks
    if token.pos_ != "VERB" and "contingent" in told:
        yield by_contingent
    if token.pos_ not in {"VERB", "NOUN", "PROPN"}:
        return
    if token.pos_ == "NOUN" and "study_place" in told:
        yield by_course
    if token.pos_ == "NOUN" and "gift_noun" in told:
        yield by_gift_noun
    if token.pos_ == "VERB" and "welcoming" in told and not is_well_wishing(token):
        yield by_receiving
    if token.pos_ == "VERB" and "paying" in told:
        yield by_paying
    if token.pos_ == "VERB" and "receiving" in told:
        yield by_receipt
    part = "verb" if token.pos_ == "VERB" else "noun"
    if part == "verb":
        yield by_invitation
        if "going_out" in told:
            yield by_going
        if "shipped_off" in told:
            yield by_docking
        if "leading" in told:
            yield by_leading
        if "studying" in told:
            yield by_studying
        if "drilling" in told:
            yield by_drilling
        if "building" in told:
            yield by_help
    if part == "noun" and is_works(token):
        yield by_works
    if part == "noun" and any(kind == "port call" for _, kind in frames(part).get(token.lemma_.lower(), ())):
        yield by_port_call
    table = frames(part)
    for after, kind in table.get(token.lemma_.lower(), ()) or table.get(token.lower_, ()):
        if after and not has_after(token, after):
            continue
        if part == "noun" and kind in {"military exercise", "patrol"}:
            yield partial(by_exercise, kind=kind)
        elif (reader := (_VERBS if part == "verb" else _NOUNS).get(kind)) is not None:
            yield reader
    if "delegating" in told and part == "verb":
        yield by_leading


def _completed(document: Document, acts: list[Act]) -> list[Act]:
    """The acts, each with a second side, a day and a place that hang on none of its words, where it has none by them."""
    for act in acts:
        alone = len(act.parties.codes) == 1 and not act.parties.codes[0].startswith("org:")
        if alone and act.kind in {"arms transfer", "deployment"} and act.status != "proposed":
            act.parties |= other_side(document, act.parties, act.token, sure=True)
        if act.date is None and act.kind in _DATED:
            found = day_after(document, act.token) or day_of_main_clause(document, act.token)
            act.date = found if found is not None and not _is_over(document, act, found) else None
        elif act.date is None and act.kind in _GIVEN and act.status == "held" and act.until is None:
            act.date, place = of_ceremony(document, act.token)
            act.place = act.place or place
            if act.date is None and act.token.dep_ == "parataxis":
                act.date = document.when(act.token.head)
        act.place = act.place or town_of(document, act)
    return acts


_DATED = {"visit", "military exercise", "port call", "patrol", "training"}
_GIVEN = {"aid", "arms transfer"}


def _is_over(document: Document, act: Act, day: DateMention) -> bool:
    """Whether the day is past for what is to come, or to come for what is over: then it is the day of something else."""
    today = str(document.report.published_on or "")
    if act.status in {"planned", "proposed"}:
        return bool(today) and day.edtf.rpartition("/")[2] < today[: len(day.edtf.rpartition("/")[2])]
    return day.role in {"by", "before", "until"} or (bool(today) and day.edtf[:10] > today)


def _goes_on(act: Act, start: str, end: str, today: str) -> bool:
    """Whether what has begun ends after the day of the report."""
    return act.kind in _DATED and bool(today) and len(end) == 10 and start <= today < end


def _has_begun(start: str, end: str, today: str) -> bool:
    """Whether the first day, known with the last, is past on the day of the report."""
    return len(start) == len(end) == 10 and "X" not in start + end and start < today[:10]


def _item(document: Document, act: Act) -> Span:
    """What is given or built, without whom it is for, what it includes, and "worth of"."""
    assert act.item is not None
    tokens = document.tokens_in([act.item[1]])
    if len(tokens) > 2 and tokens[0].lower_ == "worth" and tokens[1].lower_ == "of":
        tokens = tokens[2:]
    for k, token in enumerate(tokens):
        later = k > 0 and token.lower_ in _ASIDE
        goal = token.lower_ in {"to", "for"} and document.parties_in(tokens[k].i, tokens[-1].i + 1).codes
        if k > 0 and (later or (goal and act.kind in {"aid", "arms transfer"})):
            end = k - 1 if tokens[k - 1].text in {",", "("} else k
            tokens = tokens[:end] or tokens
            break
    return document.span(tokens[0].i, tokens[-1].i + 1)


_ASIDE = {"including", "comprising"}


_GOING_ABROAD = {"visit", "port call", "deployment"}


def _draft(document: Document, act: Act) -> Draft:
    draft = Draft(document, "activity", [act.span], act.readers)
    draft.put("kind", act.kind, document.span(act.token.i, act.token.i + 1))
    draft.put("parties", act.parties.codes, *act.parties.spans)
    start, end = days_of(document, act)
    today = str(document.report.published_on or "")
    if is_on(act):
        act.status, act.date = "ongoing", act.date or day_begun(document, act)
    ahead = bool(today) and len(start) == 10 and start > today
    if ahead and act.status in {"held", "ongoing"}:
        act.status = "planned"
    elif act.status == "held" and (is_still_there(document, act, start) or _goes_on(act, start, end, today)):
        act.status = "ongoing"
    elif act.status == "planned" and act.kind in _DATED and today and _has_begun(start, end, today):
        act.status = "held" if end and end < today else "ongoing"
    draft.put("status", act.status)
    if act.name:
        draft.put("name", act.name[0], act.name[1])
    if act.date is not None:
        draft.put("start_on", start, act.date.span)
        draft.put("end_on", end, (act.until or act.date).span)
    elif act.until is not None:
        draft.put("end_on", end, act.until.span)
    if act.place is not None:
        draft.put("place", act.place.value, act.place.span)
    elif act.kind in _GOING_ABROAD and (ground := host_of(document, act)) is not None:
        draft.put("place", *ground)
    if act.item:
        span = _item(document, act)
        draft.put("item", document.words(span), span)
    if act.money is not None:
        draft.put("amount", act.money.money, act.money.span)
    return draft
