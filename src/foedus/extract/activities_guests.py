"""Guests: somebody of one state is where another is host, by being there, being invited or being received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import Act, doers, ground, here, is_word, side_of, status_of
from foedus.extract.activities_context import both_sides, other_side, pair_of
from foedus.extract.activities_visits import PEOPLE, is_official, own_country, place_in, unsaid_home, visit_of
from foedus.language import syntax
from foedus.mentions.model import DateMention, OfficeMention, Parties, PartyMention, PersonMention, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.language.doc import Token
    from foedus.mentions import Document


def by_presence(document: Document, head: Token) -> Act | None:
    """ "X was in Oslo", "is due in Rome": a person somewhere abroad."""
    due = is_word("due", head)
    if due:
        if any(c.dep_ == "xcomp" for c in head.children):
            return None
        heads = syntax.obliques(head, "in", "at", "to")
        heads = [h for h in heads if document.at(h.i, DateMention) is None]
    elif any(c.dep_ == "cop" for c in head.children) and syntax.preposition(head) in {"in", "at"}:
        heads = [head]
    else:
        return None
    town = not due and head.lower_ == "town" and not any(c.dep_ in {"amod", "det", "nmod"} for c in head.children)
    subjects = [t for s in syntax.own_subjects(head) or _misplaced(head) for t in syntax.conjuncts(s)]
    if head.dep_ == "acl:relcl" and subjects and subjects[0].tag_ in {"WP", "WDT"}:
        subjects = syntax.conjuncts(head.head)
    guest = document.parties_at(subjects)
    first_person = bool(subjects) and subjects[0].lower_ == "i"
    if first_person:
        guest = doers(document, head)
    heads = heads if due or town else [h for h in heads if _is_named_place(document, h)]
    host = ground(document, heads) | own_country(document, heads)
    office = any(is_word("traveller", s) or is_official(document, s) for s in subjects)
    if not host.codes and heads and guest.codes and (town or _is_bare_name(heads[0])):
        host = (here(document, head) if town else Parties()) or other_side(document, guest, head)
    ship = due and len(guest.codes) == 1 and any(is_word("vessel", s) or is_word("flag", s) for s in subjects)
    if not (guest.codes and (guest.persons or first_person)) and not office and not ship:
        return None
    if not guest.codes and office:
        guest = other_side(document, host, head) or unsaid_home(document, host)
    if not host.codes and not heads and due and any(c.lower_ in {"here", "back"} for c in head.children):
        host = other_side(document, guest, head)
    status = status_of(document, head)
    if status == "held" and any(c.dep_ == "cop" and c.tag_ in {"VBZ", "VBP"} for c in head.children):
        status = "ongoing"
    if status is None:
        return None
    found = visit_of(document, head, guest, host, "planned" if due else status)
    if found is not None:
        found.place = place_in(document, heads) or found.place
        found.kind = "port call" if ship else found.kind
    return found


def by_asides(document: Document) -> Iterator[Act]:
    """ "The minister, **in Oslo** since Monday, said": people of whom a phrase between commas says that they are abroad."""
    for place in document.all_of(PlaceMention):
        head = document.doc[place.root]
        first = head.left_edge.i
        while first < place.first and document.doc[first].text in {",", "now", "also", "still", "currently"}:
            first += 1
        if first < 2 or document.doc[first - 1].text != "," or document.doc[first].lower_ not in {"in", "at"}:
            continue
        who = document.doc[first - 2]
        guest = document.party_of(who) if _is_person(document, who) else Parties()
        _, high = document.sentence(head.i)
        last = next((t.i for t in document.doc[place.last : high] if t.text in {",", ".", "–", "—"}), place.last)
        if len(guest.codes) != 1 or last == place.last or document.doc[place.last].lower_ not in _STAYING:
            continue
        since = document.doc[place.last].lower_ == "since"
        found = visit_of(document, head, guest, ground(document, [head]), "ongoing" if since else "held")
        if found is not None:
            found.span, found.place = document.span(first, last), place
            found.date = next(iter(document.within(place.last, last, DateMention)), None)
            yield found


_STAYING = {"since", "for", "on", "until", "to", "as"}
"""With these begins what is said of a stay: since when, how long, what for."""


def _misplaced(head: Token) -> list[Token]:
    """The subject that the parse hangs on the noun after the place: "**X** is in Oslo on a working **visit**"."""
    nouns = [c for c in head.children if c.dep_ in {"nmod", "obl"} and c.i > head.i]
    return [t for noun in nouns for t in syntax.children(noun, "nsubj") if t.i < head.i]


def _is_named_place(document: Document, head: Token) -> bool:
    """Whether the place of "X is in **Oslo**", "in the **town** of Oslo" is one that the report's words settle."""
    if _is_bare_name(head):
        return True
    beside = (head, *(c for c in head.children if c.dep_ in {"nmod", "compound", "amod", "nmod:poss", "appos", "flat"}))
    return any(document.at(t.i, kind) is not None for t in beside for kind in (PlaceMention, PartyMention))


def _is_bare_name(head: Token) -> bool:
    """Whether the word is marked as the name of a place without an article: a town, no sea and no region."""
    return head.ent_type_ == "PLACE" and not any(c.dep_ == "det" for c in head.children)


def by_visitor(document: Document, noun: Token) -> Act | None:
    """ "his visitor from Norland": somebody of one state whom another receives."""
    owners = syntax.children(noun, "nmod:poss")
    if not owners or noun.tag_ in {"NNS", "NNPS"} or noun.dep_ == "compound":
        return None
    host = document.parties_at(owners)
    guest = document.party_of(noun) or document.parties_at(syntax.obliques(noun, "from"))
    if not guest.codes or guest.codes == host.codes:
        named = [c for c in noun.children if c.dep_ == "appos"]
        guest = document.parties_at(named) or other_side(document, host, noun)
    return visit_of(document, noun, guest, host, "held") if len(host.codes) == 1 else None


def by_visiting(document: Document, word: Token) -> Act | None:
    """ "the visiting minister": somebody abroad, in the state of the dateline or the only other one near."""
    if word.lower_ != "visiting" or word.dep_ != "amod":
        return None
    guest = document.party_of(word.head)
    host = here(document, word)
    if not guest.codes and (is_word("traveller", word.head) or is_official(document, word.head)):
        guest = other_side(document, host, word) if host.codes else both_sides(document, word)
        if len(guest.codes) == 2 and pair_of(document):  # which of the two is the guest is not said
            span = document.span(*syntax.phrase(word.head))
            return Act(word, "visit", guest, "ongoing", span)
    if not guest.codes:
        return None
    if host.codes == guest.codes:
        host = Parties()
    if not host.codes:
        low, high = document.sentence(word.i)
        others = [m for m in document.within(low, high, PersonMention) if m.person.party not in {None, *guest.codes}]
        codes = {m.person.party for m in others if m.person.party}
        host = Parties(tuple(codes), (others[0].span,)) if len(codes) == 1 else other_side(document, guest, word)
    found = visit_of(document, word, guest, host, "ongoing")
    if found is not None:
        found.date = None  # the day of what the visitor does
    return found


def by_invitation(document: Document, verb: Token) -> Act | None:
    """ "invited her counterpart to Oslo": a visit proposed."""
    if verb.lemma_.lower() != "invite" or any(c.dep_ in {"xcomp", "ccomp", "advcl"} for c in verb.children):
        return None
    heads = syntax.obliques(verb, "to")
    guests = syntax.objects(verb)
    guest = document.parties_at(guests)
    heads = [
        t for t in heads if document.at(t.i, PlaceMention) or document.at(t.i, PartyMention) or is_word("homeland", t)
    ]
    host = ground(document, heads) | own_country(document, heads)
    named = any(document.at(g.i, kind) for g in guests for kind in PEOPLE)
    if not guest.codes and (named or any(is_word("traveller", g) or g.lower_ in {"him", "her"} for g in guests)):
        guest = next((p for g in guests if (p := side_of(document, g)).codes), other_side(document, host, verb))
    people = named or guest.persons or any(is_word("traveller", g) or g.lower_ in {"him", "her"} for g in guests)
    if status_of(document, verb) is None or not people:
        return None
    found = visit_of(document, verb, guest, host, "proposed")
    if found is not None:
        found.place, found.date = place_in(document, heads), None
    return found


def by_leading(document: Document, verb: Token) -> Act | None:
    """ "The minister is leading a delegation to Norland", "Norland will send an envoy": a visit told by who leads it or sends it."""
    part = "traveller" if is_word("delegating", verb) else "party_of_guests"
    teams = [t for t in syntax.objects(verb) if is_word(part, t)]
    heads = [h for t in (*teams, verb) for h in syntax.obliques(t, "to", "on")]
    guest = doers(document, verb)
    status = status_of(document, verb)
    if not teams or not guest.codes or status is None:
        return None
    found = visit_of(document, verb, guest, ground(document, heads), status)
    if found is not None:
        found.place = place_in(document, heads) or found.place
    return found


def by_receiving(document: Document, verb: Token) -> Act | None:
    """ "Norland will receive an Estonian team", "welcomed a delegation from Estonia": a visit told by its host."""
    status = status_of(document, verb)
    guests = [t for t in syntax.objects(verb) if is_word("party_of_guests", t) or _is_person(document, t)]
    people = any(is_word("party_of_guests", t) for t in guests)
    abroad = any(document.at(t.i, PlaceMention) for t in syntax.obliques(verb, "to"))  # "welcomed X to Oslo"
    if status is None or not guests or not (people or abroad or status == "planned" or verb.dep_ == "xcomp"):
        return None
    if verb.tag_ in {"VBZ", "VBP"} and not (people or abroad):
        return None  # "X receives Y": a meeting, as pictures and headlines have it
    host = doers(document, verb)
    guest = Parties()
    for head in guests:
        guest |= side_of(document, head) or document.parties_at(syntax.obliques(head, "of", "from"))
    if not guest.codes and host.codes and status == "planned":
        guest = other_side(document, host, verb)
    found = visit_of(document, verb, guest, host, status) if len(host.codes) == 1 else None
    if found is not None:
        found.place = place_in(document, syntax.obliques(verb, "in", "at", "to")) or found.place
    return found


def _is_person(document: Document, token: Token) -> bool:
    named = any(document.at(token.i, kind) is not None for kind in (PersonMention, OfficeMention))
    return named or is_word("opposite", token)
