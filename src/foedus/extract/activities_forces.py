"""Forces: deployments, missions, training."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.activities_act import (
    Act,
    circumstances,
    clause_of,
    doers,
    ground,
    here,
    is_order,
    is_word,
    meaning,
    phrase_of,
    side_of,
    site_of,
    states_of,
    status_of,
    things_of,
)
from foedus.extract.activities_context import elsewhere, helped, other_side
from foedus.extract.activities_whose import gathered, named_in, whose
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import DateMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_STATUS = {"future": "planned", "hypothetical": "proposed"}


def by_deploying(document: Document, verb: Token) -> Act | None:
    """ "Norland sent 90 engineers to Estonia", "pledged a battalion", "troops were stationed in Norland"; trainees make it training."""
    status = status_of(document, verb)
    forces = [
        o
        for o in things_of(verb)
        if (is_word("force", o) or is_word("trainee", o)) and not any(is_word("peaceful", c) for c in o.children)
    ]
    if status is None or not forces or _is_let(document, verb):
        return None
    if verb.dep_ == "acl" and all(is_word("trainee", o) for o in forces):
        return None  # "with engineers seconded to a plant"
    if not any(is_word("teaching", t) for t in verb.subtree) and all(_is_civilian(o) for o in forces):
        return None  # "seconded two engineers to the office"
    if verb.lemma_ == "have" and not _are_somewhere(document, verb, forces[0]):
        return None  # whose they are, and not where
    sender = states_of(document, verb)
    if not sender.codes:
        sender = side_of(document, forces[0])
    heads = syntax.obliques(verb, "in", "to", "at", "on", "for") + syntax.obliques(forces[0], "in", "to", "at", "for")
    if not sender.codes and all(is_word("trainee", o) for o in forces):
        sender = other_side(document, ground(document, heads), verb)
    if not sender.codes or any(c.lower_ in {"home", "back"} for c in verb.children):
        return None
    if any(is_word("exercise_cue", h) or h.ent_type_ == "EXERCISE" for h in heads):
        return None  # that is an exercise
    if is_word("leaving", verb) and len(sender.codes) > 1:
        return None  # each from its own
    if forces[0].lemma_.lower() == "observer" and not any(
        ground(document, [h]).codes for h in heads if h.pos_ == "PROPN"
    ):
        return None  # who look on at talks or drills
    known = document.parties_at(heads) | ground(document, heads)
    if heads and len(sender.codes) > 1 and not known.codes and any(h.pos_ == "PROPN" for h in heads):
        return None  # to a region, and not to each other
    parties = sender | document.parties_at(heads) | ground(document, heads)
    if len(parties.codes) < 2:
        parties |= site_of(document, verb)
    if len(parties.codes) < 2 and any(c.lower_ == "here" for c in verb.children):
        parties |= here(document, verb)
    elif len(parties.codes) < 2 and not elsewhere(document, verb.i, clause_of(verb)[1], parties):
        parties |= helped(document, parties, verb, sure=is_word("promise", verb))
    low, high = clause_of(verb)
    learning = any(is_word("teaching", t) for t in document.doc[low:high]) or any(is_word("learner", o) for o in forces)
    kind = "training" if learning and all(is_word("trainee", o) for o in forces) else "deployment"
    sure = is_word("giving", verb) and status != "proposed" and not any(is_word("carrier", o) for o in forces)
    if not (2 if kind == "training" or not sure else 1) <= len(parties.codes) <= 8:
        return None
    if is_word("promise", verb) and status == "held":
        status = "planned"
    if verb.tag_ in {"VBZ", "VBP"} and status == "held" and not syntax.is_passive(verb):
        status = "ongoing"  # "keeps 500 soldiers there"
    if is_word("leaving", verb) and status == "planned":
        status = "ongoing"  # those who are still to go are there
    act = Act(verb, kind, parties, status, document.span(*syntax.phrase(verb)), item=phrase_of(document, forces[0]))
    act.host = tuple(c for c in ground(document, heads).codes if c not in sender.codes)
    return circumstances(document, act, verb, None)


def _are_somewhere(document: Document, verb: Token, force: Token) -> bool:
    """Whether the place is said: "has 300 soldiers **in Norland**"."""
    heads = [t for word in (verb, force) for t in syntax.obliques(word, "in", "at", "on")]
    return bool(ground(document, heads).codes)


def _is_let(document: Document, word: Token) -> bool:
    """Whether the sentence only says what the two let each other do: "it allows troops to train **on each other's soil**"."""
    low, high = document.sentence(word.i)
    words = document.doc.tokens[low:high]
    mutual = any(t.lower_ == "each" and t.i + 1 < high and t.nbor().lower_ == "other" for t in words)
    return mutual and any(is_word("letting", t) for t in words)


def _is_civilian(people: Token) -> bool:
    """Whether engineers, doctors and the like are meant that no word makes soldiers: "thirty doctors"."""
    if not is_word("civilian", people):
        return False
    whole = (people, *people.children, *(t for c in people.children for t in c.subtree))
    return not any(is_word(part, t) for t in whole for part in ("martial", "troops", "plainly_force"))


def by_training(document: Document, verb: Token) -> Act | None:
    """ "Norland will train Estonian pilots", "pilots are trained in Norland", "cadets train at Oslo"."""
    status = status_of(document, verb)
    if status is None:
        return None
    low, high = document.sentence(verb.i)
    if any(is_word("exercise_cue", t) for t in document.doc[low:high]):
        return None  # that is an exercise
    if _is_let(document, verb) or is_order(verb):
        return None
    things = things_of(verb)
    if things:
        if not any(is_word("force", o) or is_word("trainee", o) for o in things):
            return None
        parties = states_of(document, verb)
        for thing in things:
            parties |= whose(document, thing) | document.parties_at(syntax.obliques(thing, "from", "of"))
    else:
        subjects = syntax.agents(verb)
        if not any(is_word(part, t) for t in subjects for part in ("force", "trainee", "troops")):
            subjects = []
        if (
            not subjects
            and not syntax.obliques(verb, "with")
            and not any(t.pos_ == "PRON" for t in syntax.agents(verb))
        ):
            return None  # "the author teaches in Oslo"
        parties = doers(document, verb) | document.parties_at(syntax.obliques(verb, "with"))
        for subject in subjects:
            parties |= whose(document, subject)
            parties |= document.parties_in(*syntax.phrase(subject))
    heads = syntax.obliques(verb, "in", "at")
    if len(parties.codes) < 2:
        parties |= ground(document, heads)
    if len(parties.codes) == 1 and not elsewhere(document, low, high, parties):
        parties |= other_side(document, parties, verb, sure=True)
    return _training(document, verb, parties, status)


def by_studying(document: Document, verb: Token) -> Act | None:
    """ "Ten Norland surgeons will study in Oslo", "cadets of Estonia graduated from the academy in Rome": people of one state at school in another."""
    heads = syntax.objects(verb) if syntax.is_passive(verb) else syntax.agents(verb)
    people = [h for h in heads if h.tag_ in {"NNS", "NNPS", "CD"} or is_word("collective", h)]
    places = syntax.obliques(verb, "in", "at", "from", "with")
    places += [t for h in places for t in syntax.obliques(h, "in", "at", "of")]
    school = ground(document, places) or document.parties_in(*syntax.phrase(places[0])) if places else Parties()
    learners = Parties()
    for head in people:
        learners |= whose(document, head)
    status = status_of(document, verb)
    if status == "proposed" and meaning("status", verb) == "proposed":  # "they study it" elsewhere
        status = _STATUS.get(document.modality(verb).kind, "held")
    if status is None or len(learners.codes) != 1 or len(school.codes) != 1 or learners.codes == school.codes:
        return None
    return _training(document, verb, learners | school, status)


def by_course(document: Document, noun: Token) -> Act | None:
    """ "completed a navigation course in Oslo", "offered training to pilots": training named by a noun."""
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    if noun.dep_ == "compound" or _is_let(document, noun):
        return None  # "training exercise"
    if is_word("study_place", noun) and not any(is_word("teaching", t) for t in document.doc[noun.i : noun.sent.end]):
        return None  # "places" that are none at a school
    if noun.lower_ == "place" and verb.lemma_ == "take":
        return None  # "will take place at the school"
    if noun.lower_ == "course" and syntax.preposition(noun) in {"in", "during", "of"}:
        return None  # "in the course of"
    if not is_word("staging", verb) and not is_word("schooling", verb):
        return None
    if any(is_word("exercise_cue", t) for t in syntax.agents(verb)):
        return None  # what an exercise consists of
    status = status_of(document, verb, noun)
    if status is None:
        return None
    first, _ = syntax.phrase(noun)
    parties = doers(document, verb) | document.parties_in(first, noun.i + 1)
    parties |= document.parties_at(syntax.obliques(noun, "for", "of", "by", "with"))
    parties |= document.parties_at(syntax.obliques(verb, "to", "for", "with") + syntax.children(verb, "iobj"))
    heads = syntax.obliques(noun, "in", "at") + syntax.obliques(verb, "in", "at")
    if len(parties.codes) < 2:
        parties |= site_of(document, verb, noun)
    if len(parties.codes) < 2:
        parties |= ground(document, heads + [t for head in heads for t in syntax.obliques(head, "in")])
    if len(parties.codes) < 2:
        parties |= named_in(document, noun) | (gathered(document, verb) if verb is not noun else Parties())
        for head in syntax.agents(verb):
            parties |= whose(document, head)
    if len(parties.codes) == 1:
        parties |= other_side(document, parties, noun, sure=True)
    return _training(document, noun, parties, status, verb)


def _training(document: Document, word: Token, parties: Parties, status: str, verb: Token | None = None) -> Act | None:
    if not 2 <= len(parties.codes) <= 8:
        return None
    if (verb or word).tag_ in {"VBZ", "VBP"} and status == "held":
        status = "ongoing"
    act = Act(word, "training", parties, status, document.span(*syntax.phrase(word)))
    return circumstances(document, act, verb or word, word)


def by_standing(document: Document, force: Token) -> Act | None:
    """ "Some 300 Norland soldiers are in Estonia", "… have landed in Oslo": forces of one state on the ground of another."""
    head = force.head
    clause = next((c for c in force.children if c.dep_ in {"acl", "acl:relcl"} and is_word("standing", c)), None)
    if force.dep_ not in {"nsubj", "nsubj:pass"} and clause is None:
        return None
    if force.lemma_ == "company" and not any(is_word("martial", c) for c in force.children):
        return None  # of merchants
    head = clause or head
    owner = whose(document, force)
    told = meaning("standing", head)
    if any(c.dep_ == "cop" for c in head.children) and syntax.preposition(head) in {"in", "at", "on"}:
        where, status = ground(document, [head]), "ongoing"
    elif told is not None:
        where = ground(document, syntax.obliques(head, "in", "at", "to")) or site_of(document, head)
        status = told
    else:
        return None
    if not where.codes and not elsewhere(document, force.i, clause_of(head)[1], owner):
        where = other_side(document, owner, force)
    if any(is_word("exercise_cue", t) for t in head.subtree if t.i > head.i):
        return None  # they come for an exercise
    if any(is_word("teaching", t) for t in things_of(head)):
        return None  # they "begin a course"
    copula = next((c for c in head.children if c.dep_ == "cop" and c.tag_ != "VB"), None)
    kind = document.modality(copula or head).kind  # "**are** in Norland": the state is not meant in any way
    parties = owner | where
    if kind == "negated" or len(owner.codes) != 1 or len(where.codes) != 1 or len(parties.codes) != 2:
        return None
    span = document.span(*syntax.phrase(force))
    status = _STATUS.get(kind, status)
    act = Act(force, "deployment", parties, status, span, item=phrase_of(document, force), host=where.codes)
    return circumstances(document, act, head, None)


def by_sending(document: Document, noun: Token) -> Act | None:
    """ "the deployment of 200 Norland soldiers to Estonia", "the withdrawal of its troops": forces moved, told by a noun."""
    forces = [t for t in syntax.obliques(noun, "of") if is_word("force", t) or is_word("troops", t)]
    if not forces or (is_word("transfer_noun", noun) and all(is_word("vessel", t) for t in forces)):
        return None  # "the handover of the ship"
    verbs = syntax.governing_verbs(noun)
    verb = verbs[0] if verbs else noun
    sender = side_of(document, forces[0]) or document.parties_at(syntax.children(noun, "nmod:poss"))
    if not sender.codes and verb is not noun and noun.dep_ == "obj":
        sender = states_of(document, verb)
    agreed = verb is not noun and is_word("accord", verb)
    if (
        not sender.codes and agreed and not is_word("leaving", noun)
    ):  # "X and Y signed a memorandum for the provision of a brigade"
        sender = doers(document, verb)
    heads = syntax.obliques(noun, "in", "to", "at", "from") + syntax.obliques(forces[0], "in", "to", "at", "from")
    parties = sender | ground(document, heads)
    if len(parties.codes) == 1 and not heads:
        parties |= other_side(document, parties, noun, sure=True)
    status = status_of(document, verb, noun)
    if status is None or not sender.codes or not 2 <= len(parties.codes) <= 8:
        return None
    span = document.span(*syntax.phrase(noun))
    act = Act(noun, "deployment", parties, "planned" if status == "held" else status, span)
    act.item = phrase_of(document, forces[0])
    return circumstances(document, act, verb, noun)


@cache
def _states() -> dict[str, str]:
    return {name: row["id"] for row in load_table("countries") for name in split_forms(row["forms"])}


def _named_after(document: Document, noun: Token) -> Parties:
    """The state in the name of a mission that is itself a body: "the Nordic Mission in Norland"."""
    body = document.at(noun.i, PartyMention)
    name = document.words(body.span).rpartition(" in ")[2] if body is not None else ""
    code = _states().get(name)
    return Parties((code,), (body.span,)) if code and body is not None else Parties()


def by_mission(document: Document, noun: Token) -> Act | None:
    """ "The Nordic Council Mission in Norland arrived in May", "stays until May": the mission of a body in a state."""
    if noun.dep_ not in {"nsubj", "nsubj:pass", "obj"} or noun.pos_ != "PROPN":
        return None
    verb = noun.head
    told = meaning("standing", verb) or ("ongoing" if is_word("staying", verb) else None)
    first, last = syntax.phrase(noun)
    body = document.parties_in(first, last)
    states = [m for m in document.within(first, last, PartyMention) if not m.code.startswith("org:")]
    where = Parties(tuple(sorted({m.code for m in states})), tuple(m.span for m in states)) or _named_after(
        document, noun
    )
    parties = body | where
    modality = document.modality(verb).kind
    if told is None or not where.codes or modality == "negated" or not 2 <= len(parties.codes) <= 4:
        return None
    span = document.span(first, last)
    act = Act(noun, "deployment", parties, _STATUS.get(modality, told), span, name=(document.words(span), span))
    return circumstances(document, act, verb, None)


def by_body_abroad(document: Document, noun: Token) -> Act | None:
    """ "the Nordic Council's mission in Norland", whatever is said of it: a body that has people on the ground of a state."""
    places = [t for t in syntax.obliques(noun, "in", "along", "on") if not document.at(t.i, DateMention)]
    where = ground(document, places)
    named = document.parties_in(*syntax.phrase(noun))
    bodies = [code for code in named.codes if code.startswith("org:")]
    if noun.dep_ == "compound" or not bodies or len(where.codes) != 1 or len(named.codes) - len(bodies) > 1:
        return None
    verb = next(iter(syntax.governing_verbs(noun)), noun)
    if verb is not noun and noun.dep_ in {"obj", "nsubj", "nsubj:pass"} and document.modality(verb).kind != "actual":
        return None
    whose_it_is = whose(document, noun)
    owner = whose_it_is if len(whose_it_is.codes) == 1 else Parties((bodies[0],), named.spans)
    if not owner.codes[0].startswith("org:"):
        return None
    act = Act(noun, "deployment", owner | where, "ongoing", document.span(*syntax.phrase(noun)), confidence=0.55)
    act.place = document.where(noun)
    return act
