"""The parties that a mention of an instrument leaves unsaid: from its sentence, from the text before, else none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_beliefs import clear_pair, is_doubted, surely_made, tokens_of
from foedus.extract.agreements_brokers import go_betweens
from foedus.extract.agreements_cast import are_joined, cast_at, cast_of, joint_sets
from foedus.extract.agreements_deeds import group_nouns, private_nouns
from foedus.extract.agreements_focus import main_pair, pair_in_focus, states_in
from foedus.extract.agreements_guessed import SIDES, likeliest
from foedus.extract.agreements_holder import with_holder
from foedus.extract.agreements_many import STANDING, for_many, is_of_many
from foedus.extract.agreements_modality import is_asked
from foedus.extract.agreements_parties import actors_in, actors_of, forum_before, named_in
from foedus.extract.agreements_same import BODY_MAKES, SIGNED_KINDS, is_headline
from foedus.extract.agreements_words import is_predecessor
from foedus.language import syntax
from foedus.mentions.model import Parties, PartyMention
from foedus.mentions.partners import partners

if TYPE_CHECKING:
    from foedus.extract.agreements_instruments import Instrument
    from foedus.extract.agreements_sighting import Entry, Sighting
    from foedus.language.doc import Token
    from foedus.mentions import Document

_FIRM = {"signed", "initialled"}
_MADE = {"agreed", "renewed", "extended", "amended"}
_VAGUE = {"talks", "contract", "plan", "paper", "document", "understanding", "framework"}
_TRUCES = {"ceasefire", "truce", "armistice", "hostage", "hostages"}
_PEACE = {"ceasefire", "peace agreement"}
"""What one state alone does to these is often only to broker them."""
_PLAIN = {"memorandum", "letter_of_intent", "exchange_of_notes", "protocol"}
_SURE = 0.7
"""Belief from which those whom the network sees take part are right in 95 of 100."""
_PAIR = 2


def complete(document: Document, entries: list[Entry], seen: Sighting, parties: Parties) -> Parties:
    """The parties, a missing one filled by what the rules and the network think likeliest."""
    told = _told(document, entries, seen, parties)
    if len(parties.codes) > 1 or not _is_open(document, seen, parties, told):
        return told
    return likeliest(document, entries, seen, parties, told)


def _is_open(document: Document, seen: Sighting, parties: Parties, told: Parties) -> bool:
    """Whether the rules may be wrong, or something else be likely: no body's own paper, truce, nothing of many, of firms or told of by turns."""
    one = seen.instrument
    if (len(told.codes) == 1 and told.codes != parties.codes) or _is_peace(one):
        return False
    if one.plural and (seen.partners or (one.definite and not told.codes)):
        return False
    if is_of_many(document, seen) or possessed(seen) or (one.bare and one.last - one.first < 2 and not one.plural):
        return False
    return not is_of_others(document, [seen.instrument.head, *(d.verb for d in seen.deeds)])


def _told(document: Document, entries: list[Entry], seen: Sighting, parties: Parties) -> Parties:
    """The parties, a missing one filled from the sentence, when it leaves no choice, or from what the report is about.

    What is filled in so must not be a name that the network takes for no party; where nothing is, the two of which alone it is sure.
    """
    found = _completed(document, entries, seen, parties)
    tokens = tokens_of(seen)
    added = set(found.codes) - set(parties.codes)
    one = seen.instrument
    if not one.stands_for_noun and any(
        d.stage not in {None, "proposed"} for d in seen.deeds
    ):  # it is done: those beside it do it
        added -= set(named_in(document, *document.sentence(one.head.i)).codes)
    holder = bool(seen.partners) and not seen.parties and len(found.codes) == len(parties.codes) + 1
    if (is_doubted(document, tokens, added) and not holder) or _too_many(seen, parties, found):
        found = parties
    if len(found.codes) == 1 and _by_us(seen) and len((us := found | _met_before(document, seen)).codes) == 2:
        return us
    if not found.codes and (signers := _of_signers(document, seen)):
        return signers
    if len(found.codes) < 2 and _may_be_clear(document, seen):
        return _surely(document, tokens, parties) or clear_pair(document, tokens, parties) or found
    if len(found.codes) < 2 and may_be_made(document, seen):
        sure = surely_made(document, tokens)
        return parties | sure if set(parties.codes) <= set(sure.codes) else found
    return found


def _of_signers(document: Document, seen: Sighting) -> Parties:
    """The states of two persons who sign, which the report does not tell: the two that the network takes for the makers, if just two."""
    for deed in seen.deeds:
        if deed.stage == deed.frame == "signed" and len(deed.actors.persons) == _PAIR and not deed.actors.codes:
            who = partners(document, deed.verb.i).parties
            if len(who.codes) == _PAIR:
                return Parties(who.codes, who.spans, deed.actors.persons)
    return Parties()


def may_be_made(document: Document, seen: Sighting) -> bool:
    """Whether the words allow the network to say by itself that an agreement is told, and between whom."""
    one = seen.instrument
    if one.needs in {"refer", "never", "talks", "pair"} or one.plural or seen.private or is_headline(one):
        return False
    if one.row["instrument"] in _PEACE and len(seen.parties.codes) < 2:
        return False
    if document.in_quote(one.head.idx) or any(deed.modality == "negated" for deed in seen.deeds) or possessed(seen):
        return False
    if is_of_many(document, seen) or is_asked(document, one.head):
        return False
    return not is_of_others(document, [one.head, *(d.verb for d in seen.deeds)])


def _surely(document: Document, tokens: set[int], parties: Parties) -> Parties:
    """Those who surely take part in what the words tell, as the network and the places of names have it; empty when it is not sure."""
    best = max((partners(document, token) for token in sorted(tokens)), key=lambda one: one.belief)
    fit = best.belief >= _SURE and len(best.parties.codes) > 1 and set(parties.codes) <= set(best.parties.codes)
    return parties | best.parties if fit else Parties()


def _met_before(document: Document, seen: Sighting) -> Parties:
    """The states named in the sentence before "we signed": those whom the speaker met."""
    here = document.sentence_index(seen.instrument.head.i)
    low, high = document.sentences[here - 1] if here else (0, 0)
    return named_in(document, low, high) if seen.deeds and seen.deeds[0].stage in _FIRM else Parties()


def _too_many(seen: Sighting, parties: Parties, found: Parties) -> bool:
    """Whether more are filled in than "bilateral" or "trilateral" allows."""
    words = {t.lower_ for t in seen.instrument.head.doc[seen.instrument.low : seen.instrument.high]}
    most = next((n for word, n in SIDES.items() if word in words), len(found.codes))
    return len(found.codes) > most and len(parties.codes) < len(found.codes)


def _may_be_clear(document: Document, seen: Sighting) -> bool:
    """Whether the words allow that the network says between whom it is."""
    one = seen.instrument
    if one.needs == "pair" or seen.private or is_headline(one) or _is_peace(one):
        return False
    if is_of_others(document, [one.head, *(d.verb for d in seen.deeds)]):
        return False
    return _telling(document, seen) and not is_of_many(document, seen) and not for_many(seen) and not possessed(seen)


def _is_peace(one: Instrument) -> bool:
    """Whether it ends a fight: where it is made, and who brokers it, stand beside those who fight."""
    words = {t.lower_ for t in one.head.doc[one.low : one.high]}
    return one.row["instrument"] in _PEACE or bool(words & _TRUCES)


def _completed(document: Document, entries: list[Entry], seen: Sighting, parties: Parties) -> Parties:
    at = seen.instrument.head.i
    if seen.partners and not seen.parties:
        return with_holder(document, entries, seen, parties)
    if seen.instrument.needs == "refer" and not entries and not seen.instrument.other:
        return parties
    if seen.instrument.needs == "pair" or (is_headline(seen.instrument) and not seen.partners):
        return parties
    if len(parties.codes) > 1 or not _telling(document, seen) or seen.private or possessed(seen):
        return parties
    if is_of_others(document, [seen.instrument.head, *(d.verb for d in seen.deeds)]):
        return parties
    if entries and not parties and is_predecessor(seen.instrument.head):
        return entries[-1].parties
    if not parties and seen.instrument.row["instrument"] in BODY_MAKES and (body := forum_before(document, at)):
        return body
    if is_of_many(document, seen):
        return parties
    return _looked_up(document, entries, seen, parties)


def _looked_up(document: Document, entries: list[Entry], seen: Sighting, parties: Parties) -> Parties:
    """The parties, a missing one from the sentence, else from an agreement before, else from what the report is about."""
    at = seen.instrument.head.i
    wider = _in_sentence(document, seen, parties)
    if len((both := parties | _under_which(document, seen.instrument.head)).codes) == 2 and not parties.codes[1:]:
        return both
    if len(wider.codes) > 2 and (together := _together(document, at, parties)):
        return parties | together
    if len(wider.codes) > 1:
        main = main_pair(document)
        known = parties or not main or set(main.codes) & set(wider.codes) or _all_subject(document, at, wider)
        whole = len(wider.codes) == 2 or set(wider.codes) == set(cast_of(document).codes)
        return wider if known and whole else parties
    if seen.instrument.stands_for_noun and wider.codes:
        return parties
    if _goes_back(seen):
        for entry in reversed(entries):
            if len(entry.parties.codes) == 2 and set(wider.codes) <= set(entry.parties.codes):
                return entry.parties | parties
    if for_many(seen) or (parties and _is_peace(seen.instrument)):
        return parties
    if seen.deeds and not seen.instrument.named and not any(d.stage for d in seen.deeds):
        return parties  # nothing is told as a fact
    found = _of_report(document, seen, wider)
    return parties if not found or _brokers(document, parties) & set(found.codes) else found


def _under_which(document: Document, head: Token) -> Parties:
    """Who makes it and who is bound by it: "the parliament of Norland ratified a treaty under which Sudria will rent cells"."""
    for clause in syntax.children(head, "acl:relcl"):
        if not any(t.tag_ == "WDT" and syntax.preposition(t) in {"under", "by"} for t in clause.children):
            continue
        bound = next((t for t in syntax.own_subjects(clause) if t.tag_ != "WDT"), None)
        verb = next(iter(syntax.governing_verbs(head)), None)
        maker = syntax.subject(verb) if verb is not None else None
        if bound is not None and maker is not None:
            return actors_of(document, maker) | actors_of(document, bound)
    return Parties()


def _brokers(document: Document, parties: Parties) -> set[str]:
    return set(go_betweens(document).codes) - set(parties.codes)


def _in_sentence(document: Document, seen: Sighting, parties: Parties) -> Parties:
    """The parties with the states that the sentence names beside them, those left out who only broker."""
    at = seen.instrument.head.i
    beside = _between(document, at) or states_in(document, *document.sentence(at))
    wider = parties if parties and _is_peace(seen.instrument) else parties | beside
    if not (between := _brokers(document, parties)) & set(wider.codes):
        return wider
    return Parties(tuple(c for c in wider.codes if c not in between), wider.spans, wider.persons)


def _of_report(document: Document, seen: Sighting, having: Parties) -> Parties:
    """Those whom the sentences around or the whole report are about, when they hold `having`."""
    at = seen.instrument.head.i
    found = _of_paragraph(document, at, having) or pair_in_focus(document, at, having)
    if found and not are_joined(document, found):
        found = Parties()
    if found and set(found.codes) < set(cast_of(document).codes):
        found = cast_of(document)
    if found or seen.instrument.other or not any(deed.stage for deed in seen.deeds):
        return found
    found = cast_at(document, at, having)
    if not found and (_known(seen) or any(d.stage and d.frame not in STANDING for d in seen.deeds)):
        found = _whole_cast(document, having)
    return found


def _of_paragraph(document: Document, at: int, having: Parties) -> Parties:
    """The one set of parties that the paragraph puts together, when it holds `having`; empty for none or several."""
    here = document.paragraph(at)
    sets = [one for i, one in joint_sets(document) if document.paragraph(i) == here]
    if len({one.codes for one in sets}) != 1 or not set(having.codes) <= set(sets[0].codes):
        return Parties()
    main = main_pair(document)
    return sets[0] if not main or set(main.codes) & set(sets[0].codes) else Parties()


def _whole_cast(document: Document, having: Parties) -> Parties:
    """Those whom the whole report is about, when they hold `having`."""
    found = cast_of(document)
    return found if set(having.codes) <= set(found.codes) else Parties()


def _between(document: Document, at: int) -> Parties:
    """The two states of a phrase "between A and B" elsewhere in the sentence ("came out of talks between A and B")."""
    low, high = document.sentence(at)
    for token in document.doc[low:high]:
        if token.dep_ == "case" and token.lower_ == "between":
            found = actors_in(document, *syntax.phrase(token.head))
            if len(found.codes) == 2:
                return found
    return Parties()


def _together(document: Document, at: int, having: Parties) -> Parties:
    """The parties that the subject of a verb above puts together, when they hold `having`."""
    for verb in syntax.governing_verbs(document.doc[at]):
        one = syntax.subject(verb)
        if one is not None and len((found := actors_of(document, one)).codes) > 1:
            return found if set(having.codes) <= set(found.codes) else Parties()
    return Parties()


def _all_subject(document: Document, at: int, parties: Parties) -> bool:
    """Whether the parties are together the subject of a verb above."""
    for verb in syntax.governing_verbs(document.doc[at]):
        one = syntax.subject(verb)
        if one is not None and set(parties.codes) <= set(actors_of(document, one).codes):
            return True
    return False


def _goes_back(seen: Sighting) -> bool:
    """Whether it may be between those who made the instrument before: known already, or made as a fact."""
    done = any(deed.stage and deed.modality == "actual" for deed in seen.deeds)
    return seen.instrument.definite or seen.instrument.named or done


def is_of_others(document: Document, heads: list[Token]) -> bool:
    """Whether it is between or with others than parties (firms, banks, clubs, unions), or is an organisation's own."""
    for child in (c for head in heads for c in head.children if c.i > head.i):
        name = syntax.preposition(child)
        first, last = syntax.phrase(child)
        tokens = document.doc[first:last]
        if name in {"between", "among", "with"}:
            names = [t for t in tokens if _is_proper(t) or t.lower_ in private_nouns()]
            if names and not document.parties_in(first, last):
                return True
        elif name in {"of", "by", "for"} and any(t.lower_ in private_nouns() for t in syntax.conjuncts(child)):
            return True
        if name == "of" and any(m.form == "organisation" for m in document.within(first, last, PartyMention)):
            return True
    return False


def _is_proper(token: Token) -> bool:
    """Whether a word is a name, and not inside the name of the instrument ("a Convention with Respect to Taxes")."""
    return token.pos_ == "PROPN" and token.ent_type_ != "INSTRUMENT"


def _by_us(seen: Sighting) -> bool:
    return any((one := syntax.subject(d.verb)) is not None and one.lower_ in {"we", "i"} for d in seen.deeds)


def _telling(document: Document, seen: Sighting) -> bool:
    """Whether the mention says enough for its parties to be looked for elsewhere."""
    facts = {d.stage for d in seen.deeds if d.stage}
    known = _known(seen)
    if document.in_quote(seen.instrument.head.idx) and not (known or seen.parties or _by_us(seen)):
        return False
    if is_predecessor(seen.instrument.head):
        return True
    if seen.instrument.row["id"] in _VAGUE and not seen.instrument.named:
        described = seen.instrument.last - seen.instrument.first > 1
        made = any(d.stage in _MADE and d.modality == "actual" for d in seen.deeds)
        return made or bool(facts & _FIRM) or bool(facts and (seen.parties or described))
    if facts or seen.instrument.named or seen.instrument.year or seen.partners:
        return True
    return (is_referred(seen.instrument) or is_made_known(document, seen)) and not document.in_quote(
        seen.instrument.head.idx
    )


def _known(seen: Sighting) -> bool:
    return seen.instrument.definite or seen.instrument.named


def is_made_known(document: Document, seen: Sighting) -> bool:
    """Whether one definite instrument of a kind that is always signed is told of as there: "left him with a letter of intent"."""
    one = seen.instrument
    if (
        one.plural
        or one.bare
        or one.needs
        or one.row["instrument"] not in SIGNED_KINDS
        or one.other
        or one.stands_for_noun
        or seen.deeds
    ):
        return False
    described = one.last - one.first > 1 or one.row["id"] in _PLAIN
    verbs = syntax.governing_verbs(one.head)
    return described and bool(verbs) and all(document.modality(verb).kind == "actual" for verb in verbs[:2])


def is_referred(instrument: Instrument) -> bool:
    """Whether the words mean one instrument that is there already: "the 2015 treaty", "the loan agreement", "an accord of 1922"."""
    dated = instrument.needs == "deed" and instrument.dated
    if (instrument.needs and not dated) or instrument.plural or instrument.head.doc[instrument.first].lower_ == "own":
        return False
    described = instrument.definite and instrument.last - instrument.first > 1
    return described or instrument.named or instrument.dated


def possessed(seen: Sighting) -> bool:
    """Whether somebody who is no party has it: "the striker's own deal"."""
    return not seen.parties and any(
        child.dep_ == "nmod:poss" and child.pos_ != "PRON" and child.lower_ not in group_nouns()
        for child in seen.instrument.head.children
    )
