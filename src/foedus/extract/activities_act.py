"""One activity in the making, its words (`lexicon/activity_frames.csv`), its status, and who does it where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from foedus.extract.activities_context import other_side
from foedus.extract.circumstances import actors_before, date_of, is_due, place_of
from foedus.extract.commitments_bound import bound
from foedus.extract.commitments_subject import begins_in_dateline, nearest_subject
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.modality import rule_modality
from foedus.mentions.model import DateMention, Modality, Parties, PartyMention, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.mentions.model import MoneyMention
    from foedus.record import Span

_STATUS = {"future": "planned", "hypothetical": "proposed"}
_DATED = {"visit", "military exercise", "port call", "patrol", "dialogue"}
"""Kinds that a sentence with one day in it tells of that day; of the others it may be the day of the deal."""
_GIVEN = {"aid", "arms transfer", "training"}
_PLURAL = {"NNS", "NNPS"}
_ENDS = {"by", "until", "before"}
MOST = 16
"""More parties than this are a membership, not partners."""


@dataclass(slots=True)
class Act:
    """An activity as read from one place of the report; `token` is the word that names it."""

    token: Token
    kind: str
    parties: Parties
    status: str
    span: Span
    name: tuple[str, Span] | None = None
    date: DateMention | None = None
    until: DateMention | None = None
    """The last day, where another sentence tells it."""
    place: PlaceMention | None = None
    item: tuple[str, Span] | None = None
    money: MoneyMention | None = None
    host: tuple[str, ...] = ()
    """Of a visit: where it goes."""
    confidence: float = 0.65
    readers: tuple[Callable[..., Any], ...] = ()
    """The functions that found it, one a telling."""
    more: tuple[Act, ...] = ()
    """Further ones that the same word tells: calls at several ports."""


@cache
def frames(part: str) -> dict[str, list[tuple[str, str]]]:
    """First word of a form -> (the word that must follow, else "", and the kind of activity); `part` is noun or verb."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in load_table("activity_frames"):
        if row["part"] == part:
            for form in split_forms(row["forms"]):
                first, _, after = form.partition(" ")
                found.setdefault(first, []).append((after, row["kind"]))
    return found


@cache
def _words() -> dict[str, dict[str, str]]:
    """Form -> word list that has it -> what the list says of it."""
    found: dict[str, dict[str, str]] = {}
    for row in load_table("activity_frames"):
        if row["part"] not in {"noun", "verb"}:
            for form in split_forms(row["forms"]):
                found.setdefault(form, {})[row["part"]] = row["kind"]
    return found


@lru_cache(maxsize=1 << 15)
def _meanings(text: str, lemma: str, plural: bool) -> dict[str, str]:
    """Word list -> what it says of a word, as written or by its lemma; only the lists that have it."""
    words, low = _words(), text.lower()
    found: dict[str, str] = {}
    for form in (lemma.lower(), low, text):  # what is nearer to the text holds, where it says anything
        for part, said in words.get(form, {}).items():
            if said or part not in found:
                found[part] = said
    if plural:
        found = words.get(low.removesuffix("s"), {}) | found
    return found


def meanings(token: Token) -> dict[str, str]:
    """Word list -> what it says of `token`, of the lists that have it."""
    return _meanings(token.text, token.lemma_, token.tag_ in _PLURAL)


def meaning(part: str, token: Token) -> str | None:
    """What the word list `part` says of `token`, as written or by its lemma; None when it is not in the list."""
    return _meanings(token.text, token.lemma_, token.tag_ in _PLURAL).get(part)


def is_word(part: str, token: Token) -> bool:
    """Whether `token` is in the word list `part`."""
    return part in _meanings(token.text, token.lemma_, token.tag_ in _PLURAL)


def has_after(token: Token, after: str) -> bool:
    """Whether the preposition or particle `after` hangs on `token`."""
    following = token.i + 1 < len(token.doc) and token.nbor().lower_ == after
    return following or any(syntax.preposition(c).split(" ")[0] == after or c.lower_ == after for c in token.children)


WISHES = {
    "call", "proposal", "request", "offer", "appeal", "suggestion", "idea", "possibility", "need", "necessity", "desire", "wish",
    "potential", "prospect", "desirability",
}  # fmt: skip
"""Nouns under which an activity is only wished for: "the need for joint drills"."""
_UNDER_WAY = {"underway", "way", "progress"}


def status_of(document: Document, predicate: Token, noun: Token | None = None) -> str | None:
    """planned, ongoing, held, cancelled or proposed; None for what is denied."""
    if predicate.dep_ in {"csubj", "csubj:pass"} and not syntax.own_subjects(predicate):
        return None  # "sending troops would be a mistake", not "X has sent troops, it was announced"
    told = meaning("status", predicate)
    if told == "proposed" and predicate.lemma_ == "study" and not syntax.objects(predicate):
        told = None  # at a school
    off = told == "cancelled" or (predicate.lemma_ == "call" and has_after(predicate, "off"))
    if noun is not None and not off and any(is_word("ahead", c) for c in noun.children):
        return "planned"
    if predicate.dep_ == "xcomp" and is_word("letting", predicate.head):
        return "planned"  # "allows forces to train"
    if noun is not None and predicate.lemma_ == "provide" and syntax.preposition(noun) == "for":
        return "planned"  # "the pact provides for joint patrols"
    if predicate.lower_ in _UNDER_WAY and any(c.dep_ == "cop" and c.tag_ in {"VBZ", "VBP"} for c in predicate.children):
        return "ongoing"
    begun = predicate.lemma_ == "get" and any(
        c.lower_ == "way" and syntax.preposition(c) == "under" for c in predicate.children
    )
    modality = _modality(document, predicate)
    if begun and modality.kind == "actual":
        return "ongoing"
    on = predicate.dep_ == "xcomp" and predicate.head.lemma_ == "continue" and predicate.head.tag_ != "VB"
    if on and document.modality(predicate.head).kind == "actual":
        return "ongoing"  # "continues to supply"
    if is_word("due", predicate) and modality.kind != "negated":
        return "planned"
    if modality.kind == "negated" or any(c.lower_ == "no" and c.dep_ == "det" for c in (noun or predicate).children):
        return None
    if off or told in {"proposed", "planned"}:
        return "cancelled" if off else told
    above = predicate.head
    if predicate.dep_ in {"xcomp", "ccomp", "advcl", "acl"} and (
        meaning("status", above) == "proposed" or is_word("asking", above)
    ):
        return "proposed"
    if modality.kind in _STATUS:
        return _STATUS[modality.kind]
    if _is_gerund_of_future(document, predicate):
        return "planned"
    if is_due(predicate):
        return "planned"
    if _is_progressive(predicate) or (told == "ongoing" and noun is not None):
        return "ongoing"
    wished = noun is not None and noun.dep_ == "nmod" and noun.head.lemma_.lower() in WISHES
    return "proposed" if wished else "held"


def _is_gerund_of_future(document: Document, predicate: Token) -> bool:
    """Whether a participle without a subject shares in what is to come: "X will open the talks, then **visiting** Y"."""
    if (
        predicate.tag_ != "VBG"
        or predicate.dep_ not in {"advcl", "conj"}
        or any(c.dep_.startswith(("aux", "mark")) for c in predicate.children)
    ):
        return False
    top = predicate.head
    while top.tag_ == "VBG" and top.dep_ in {"advcl", "conj"}:
        top = top.head
    return top.pos_ == "VERB" and top.tag_ not in {"VBD", "VBN"} and document.modality(top).kind == "future"


def _modality(document: Document, predicate: Token) -> Modality:
    """How the predicate is meant; a noun or a name is meant as its "is", "are" or "was" says ("troops **are** in Norland")."""
    found = document.modality(predicate)
    if found.kind == "future" and predicate.tag_ == "VBD":
        return Modality("actual", (), found.attributed, found.habitual)  # what has a past form is no future
    if found.kind != "future" or predicate.pos_ in {"VERB", "AUX"}:
        return found
    copula = next((c for c in predicate.children if c.dep_ == "cop"), None)
    if copula is None and predicate.dep_ == "ROOT" and rule_modality(predicate).kind == "actual":
        return Modality("actual", (), found.attributed, found.habitual)  # a heading: its day will say
    if copula is None or copula.tag_ in {"VB", "VBN"} or any(c.tag_ == "MD" for c in predicate.children):
        return found
    told = document.modality(copula)
    return told if told.kind != "future" else Modality("actual", (), found.attributed, found.habitual)


def _is_progressive(verb: Token) -> bool:
    if verb.tag_ == "VBN":  # "are being trained"
        return any(c.lower_ == "being" for c in verb.children)
    return verb.tag_ == "VBG" and any(c.lemma_ == "be" for c in verb.children)


def doers(document: Document, verb: Token) -> Parties:
    """Who does it: everybody named in the subject; "we", "both sides", "the two" by what was said before."""
    nearest = nearest_subject(verb)
    if nearest:
        return document.parties_at(nearest)
    if begins_in_dateline(document, syntax.agents(verb)):
        return bound(document, verb)
    found = actors_before(document, verb)
    return found if found.codes or syntax.is_passive(verb) else bound(document, verb)


def states_of(document: Document, verb: Token) -> Parties:
    """Who does it, when that is a state, its people or its organs; no company of that country."""
    if (thanks := thanks_above(verb)) is not None:
        return thanked(document, thanks)
    if not syntax.is_passive(verb):
        found = bound(document, verb)
        if not found.codes and verb.dep_ == "acl":  # "its decision to present", "they lead a plan to train"
            found = side_of(document, verb.head)
            plan = verb.tag_ == "VB" and not syntax.own_subjects(verb) and verb.head.dep_ == "obj"
            if not found.codes and plan and verb.head.head.pos_ == "VERB":
                found = bound(document, verb.head.head)
        return found
    by = [t for t in syntax.agents(verb) if syntax.preposition(syntax.first_conjunct(t)) in {"by", ""}]
    return document.parties_at(by)


def thanks_above(verb: Token) -> Token | None:
    """The word of thanks under which an act stands: "**thanked** X for paying", "**grateful** to X for lending"."""
    marked = any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)
    if verb.tag_ != "VBG" or not marked:
        return None
    return next((t for t in (verb.head, *verb.head.children) if is_word("thanking", t)), None)


def thanked(document: Document, thanks: Token) -> Parties:
    """Who is thanked by `thanks` and the verb that carries it."""
    verbs = [thanks, *(syntax.governing_verbs(thanks) if thanks.pos_ == "NOUN" else [])]
    heads = [t for verb in verbs for t in syntax.obliques(verb, "to")]
    heads += things_of(thanks) if thanks.pos_ == "VERB" else []
    return document.parties_at(heads)


def ground(document: Document, tokens: Iterable[Token]) -> Parties:
    """The states on whose ground the noun phrases headed by `tokens` lie: a city's country, a state, a body's seat."""
    found = Parties()
    for token in tokens:
        place = document.at(token.i, PlaceMention)
        party = document.at(token.i, PartyMention)
        namesake = place is not None and party is not None and party.form == "name" and party.span == place.span
        if place is not None and place.country and not namesake:  # "Jamaica", also a town elsewhere
            found |= Parties((place.country,), (place.span,))
            continue
        if party is None:
            inside = [
                m for m in document.within(*syntax.phrase(token), PartyMention) if m.form != "adjective" or m.metonym
            ]
            party = inside[0] if len({m.code for m in inside}) == 1 else None
            towns = [m for m in document.within(*syntax.phrase(token), PlaceMention) if m.country]
            if not inside and len({m.country for m in towns}) == 1:  # "the naval base of Oslo"
                found |= Parties((towns[0].country or "",), (towns[0].span,))
        if party is not None and not party.code.startswith("org:"):
            found |= Parties((party.code,), (party.span,))
    return found


def here(document: Document, near: Token) -> Parties:
    """The state of the dateline, else of the place that opens the paragraph of `near` ("Oslo. A delegation arrived")."""
    place = document.dateline.place if document.dateline is not None else _opening_place(document, near)
    return Parties((place.country,), (place.span,)) if place is not None and place.country else Parties()


_AFTER_OPENING = {".", ":", "—", "–", "-", "("}


def _opening_place(document: Document, near: Token) -> PlaceMention | None:
    if not document.paragraphs:
        return None
    first, last = document.paragraphs[document.paragraph(near.i)]
    while first < last - 1 and document.doc[first].pos_ in {"PUNCT", "SYM"}:
        first += 1  # the mark before an item of a list
    place = document.at(first, PlaceMention)
    if place is None or place.first != first or place.last >= last:
        return None
    after = document.doc[place.last]
    return place if after.text in _AFTER_OPENING or (after.text == "," and document.doc[first].is_upper) else None


def site_of(document: Document, *tokens: Token) -> Parties:
    """The state in which the act takes place, by the place that hangs on one of its words; empty when none does."""
    for token in tokens:
        place = document.where(token)
        if place is not None and place.country:
            return Parties((place.country,), (place.span,))
    return Parties()


def circumstances(document: Document, act: Act, verb: Token, noun: Token | None) -> Act:
    """`act` with its date and place; what is yet to come has no day that is past."""
    found = date_of(document, verb, noun) if act.kind in _DATED else _own_date(document, verb, noun)
    act.date = act.date or found
    today = document.report.published_on
    if act.date is not None and act.status in {"planned", "proposed"} and today is not None:
        last = act.date.edtf.partition("/")[2] or act.date.edtf
        promised = (
            act.kind in _GIVEN and last == str(today) and not document.words(act.date.span).lower().startswith("to")
        )
        if last < str(today)[: len(last)] or promised:  # the day of the promise, not of what is promised
            act.date = None
    if act.date is not None and today is not None and act.status in {"held", "ongoing"}:
        first = act.date.edtf.partition("/")[0]
        if len(first) == 10 and act.date.role not in _ENDS and first > str(today):
            act.status = "planned"
    if act.date is not None and act.date.role == "since":
        if act.kind in _DATED:
            act.date = None  # since when there is a series of them
        elif act.status == "held":
            act.status = "ongoing"
    act.place = act.place or place_of(document, verb, noun) or _place_inside(document, noun)
    given = act.kind in _GIVEN and act.place is not None and not (act.kind == "training" and "," in act.place.value)
    if act.place is not None and given and syntax.preposition(document.doc[act.place.root]) == "to":
        act.place = None  # whom it is given to
    return act


def _own_date(document: Document, verb: Token, noun: Token | None) -> DateMention | None:
    return document.when(verb) or (document.when(noun) if noun is not None else None)


def _place_inside(document: Document, noun: Token | None) -> PlaceMention | None:
    """The place in the phrase of what is built or given: "a hospital in Oslo"."""
    if noun is None:
        return None
    for place in document.within(*syntax.phrase(noun), PlaceMention):
        if syntax.preposition(document.doc[place.root]) in {"in", "at", "on", "near"}:
            return place
    return None


def things_of(verb: Token) -> list[Token]:
    """What the verb acts on; also what the parse takes for a second subject after it, and "sign for X"."""
    found = syntax.objects(verb)
    if not found and not syntax.is_passive(verb):
        found = [c for c in verb.children if c.dep_ == "nsubj" and c.i > verb.i]
        by = meaning("object_after", verb)
        found = found or (syntax.obliques(verb, by) if by is not None else [])
    if found and found[0].tag_ in {"WDT", "WP"} and verb.dep_ == "acl:relcl":  # "the boats which X gave"
        return [verb.head]
    return found


def side_of(document: Document, token: Token) -> Parties:
    """Whom the noun phrase of `token` belongs to: "her delegation"; "his host", "his guest" are of the other side."""
    found = document.party_of(token)
    if found.codes and not _is_aim(document, token, found):
        return found
    for owner in syntax.children(token, "nmod:poss"):
        whose = document.party_of(owner)
        if whose.codes:
            return other_side(document, whose, token) if is_word("opposite", token) else whose
    return Parties()


def _is_aim(document: Document, token: Token, found: Parties) -> bool:
    """Whether the party is only the one that somebody is sent to: "470 soldiers **to Norland**"."""
    aims = [c for c in syntax.children(token, "nmod") if syntax.preposition(c) in {"to", "in", "at", "for", "against"}]
    spans = [document.span(*syntax.phrase(aim)) for aim in aims]
    return all(any(low <= start and end <= high for low, high in spans) for start, end in found.spans)


def scene_of(verb: Token) -> list[Token]:
    """The place before a clause that "where" hangs on it: "**Oslo**, where X paid a visit"; [] for any other clause."""
    where = any(c.lower_ == "where" and c.i < verb.i for c in verb.children) and verb.dep_ == "acl:relcl"
    return [verb.head] if where else []


def is_order(verb: Token) -> bool:
    """Whether "instruct" means to tell somebody to do something, not to teach: "**instructed** the officers to finish"."""
    return verb.lemma_ == "instruct" and any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children)


def tail_of(noun: Token) -> list[Token]:
    """Nouns with a preposition between `noun` and the next verb or stop: what belongs to it even where the parse errs."""
    found = []
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.pos_ in {"VERB", "AUX"} or token.text in {";", ":", "—", "–", "("}:
            break
        if token.text == "," and noun.doc[token.i + 1].pos_ not in {"PROPN", "DET", "NOUN"}:
            break
        if syntax.preposition(token):
            found += syntax.conjuncts(token)
    return found


def places_after(document: Document, verb: Token, *prepositions: str) -> list[Token]:
    """Heads of the places named after the verb in its clause with one of `prepositions` right before them."""
    _, high = clause_of(verb)
    found = []
    for place in document.within(verb.i + 1, high, PlaceMention):
        before = place.first - 1
        while before > verb.i and document.doc[before].pos_ == "DET":
            before -= 1
        if document.doc[before].lower_ in prepositions:
            found.append(document.doc[place.root])
    return found


def clause_of(verb: Token) -> tuple[int, int]:
    """Token range of the clause of `verb`, up to the verb that is joined to it."""
    low, high = syntax.phrase(verb)
    joined = [c.left_edge.i for c in verb.children if c.dep_ == "conj" and c.i > verb.i]
    return low, max(min([high, *joined]), verb.i + 1)


def phrase_of(document: Document, head: Token) -> tuple[str, Span]:
    """The noun phrase of `head`: words and characters."""
    first, last = syntax.phrase(head)
    while first < head.i and document.doc[first].dep_ in {"case", "cc", "punct", "mark"}:
        first += 1
    span = document.span(first, last)
    return document.words(span), span
