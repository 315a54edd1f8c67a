"""Persons with office and party, read from the text itself: no table of office-holders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.mentions.affiliations import learn_affiliations
from foedus.mentions.affiliations_report import learn_from_offices, learn_national_offices
from foedus.mentions.counterparts import distributed
from foedus.mentions.model import OfficeMention, PartyMention, PersonMention, Someone
from foedus.mentions.names import find_names, find_someone
from foedus.mentions.offices import Office, find_offices
from foedus.mentions.offices_states import lists_in_heading, state_at
from foedus.mentions.offices_words import HONORIFICS, WEAK, singular

if TYPE_CHECKING:
    from foedus.mentions.document import Document
    from foedus.record import Span

_FEMALE = {"ms", "ms.", "mrs", "mrs.", "dame", "spokeswoman", "queen", "princess", "chairwoman", "congresswoman"}
_MALE = {"mr", "mr.", "sir", "lord", "king", "prince", "spokesman", "sultan", "emir", "chairman"}
_POSSESSIVE = {"'s", "’s", "'", "’"}
_MARKS = {"(", ")", ".", "'", "’", "ʻ"}
"""What may stand between an office and a name: brackets around "retd", the sign behind "Dato'"."""
_STYLES = {"ambassador", "amb", "amb.", "archbishop", "cardinal", "senator", "sen", "sen.", "minister"}
"""Offices that are also styles of those who hold another."""


def find_persons(document: Document) -> list[PersonMention | OfficeMention]:
    """Every person, and every office named without its holder, in text order; one `Someone` a person of the report."""
    offices = find_offices(document)
    names = find_names(document, offices)
    ends = {o.last: o for o in offices}
    starts = {i: o for o in offices for i in range(o.left, o.head + 1)}
    shares = distributed(document, offices, names)
    people: list[Someone] = []
    found: list[PersonMention | OfficeMention] = []
    used: set[int] = set()
    held: dict[int, list[tuple[str, Span]]] = {}
    previous: tuple[int, Office] | None = None
    for first, last in names:
        before = _office_before(document, ends, first)
        listed = before is None and previous is not None and _listed(document, previous[0], first)
        if listed and previous is not None:
            before = previous[1]
        office = _office_of(document, before, ends, starts, last)
        if before is not None and before.plural:
            previous = (last, before)
        who = find_someone(document, people, first, last)
        if before is not None and office is not before and _is_weak(document, before):
            who.rank = before.words
        start = first
        share = shares.get(first)
        if share is not None and who.party is None and share.party is not None:
            who.party, who.party_span = share.party, share.span
        elided = first > 1 and document.doc[first - 1].text == "," and document.doc[first - 2].text in _POSSESSIVE
        if (elided or (share is not None and share.same_office)) and who.office is None and office is None:
            _learn_same_office(document, who, found, first)
        if office is not None:
            held.setdefault(id(who), []).append((office.words, office.span))
        if office is not None and singular_head(document, office) not in {"official", "officials"}:
            used.add(office.head)
            _learn_office(who, office, shared=share is not None)
            if before is not None and before.last <= first and not listed:
                start = min(first, before.left, office.left if office.last == before.last else first)
        if who.party is None and share is None:
            _learn_party(document, who, first, start)
        _learn_gender(document, who, first, office)
        who.mentions.append(document.span(first, last))
        a, b = document.span(start, last)
        full = document.words(document.span(first, last)) == who.name
        root = document.doc[first:last].root.i
        found.append(PersonMention(a, b, start, last, root, person=who, form="name" if full else "surname"))
    persons = [m for m in found if isinstance(m, PersonMention)]
    learn_affiliations(document, persons)
    learn_from_offices(document, people, held)
    _ministry_offices(document, people)
    learn_national_offices(document, people, persons)
    found += _offices_alone(document, [o for o in offices if o.head not in used], people)
    return sorted(found, key=lambda m: (m.start, -m.end))


def _office_of(
    document: Document, before: Office | None, ends: dict[int, Office], starts: dict[int, Office], last: int
) -> Office | None:
    """The office of a name: the one before it, unless that is a mere rank and another stands before the rank or after the name."""
    if before is not None and not _is_weak(document, before) and not _is_style(document, before):
        return before
    after = _office_after(document, starts, last)
    civil = _office_of_rank(document, before, ends) if before is not None else None
    if civil is not None and before is not None and not civil.plural:
        return replace(
            civil, last=before.last, party=civil.party or before.party, party_span=civil.party_span or before.party_span
        )
    return after if after is not None and not _is_weak(document, after) else before or after


def _office_of_rank(document: Document, rank: Office, ends: dict[int, Office]) -> Office | None:
    """The office right before a rank, or before the comma before it ("the commander of the Peruvian Navy, Admiral X")."""
    doc, at = document.doc, rank.left
    if at in ends or at < 2 or doc[at - 1].text != "," or doc[at].is_sent_start:
        return ends.get(at)
    office = ends.get(at - 1)
    if office is None:
        return None
    before = office.left - 1
    determined = before >= 0 and doc[before].lower_ in {"the", "its", "his", "her", "their"}
    before -= determined
    anew = before < 0 or doc[before].text != "," or doc[before].is_sent_end
    opens = _has_portfolio(office) and doc[office.left].is_sent_start is True
    return office if anew and (determined or opens or office.party is not None) else None


def _is_style(document: Document, office: Office) -> bool:
    """Whether the word is a style beside an office, if one stands before it ("the Head of the Mission, Ambassador X")."""
    alone = office.last == office.head + 1 and office.party is None and not office.plural
    return alone and document.doc[office.head].lower_ in _STYLES


def _is_weak(document: Document, office: Office) -> bool:
    """Whether the office is a rank alone."""
    return document.doc[office.head].lower_ in WEAK and office.party is None


def _ministry_offices(document: Document, people: list[Someone]) -> None:
    """ "Foreign ministry spokeswoman X" without a state is of the only state that the sentence names before it."""
    for who in people:
        if who.party is None and who.office_span and "ministry" in (who.office or "").casefold().split():
            at = who.office_span[0]
            for low, high in document.sentences:
                if document.doc[low].idx <= at < document.span(low, high)[1]:
                    states = [m for m in document.within(low, high, PartyMention) if m.form != "organisation"]
                    if len({m.code for m in states}) == 1 and states[0].start < at:
                        who.party, who.party_span = states[0].code, states[0].span


def singular_head(document: Document, office: Office) -> str:
    """The rank of an office in lower case, singular."""
    return singular(document.doc[office.head].lower_)


def _office_before(document: Document, ends: dict[int, Office], first: int) -> Office | None:
    doc, at = document.doc, first
    while at > 0 and (
        doc[at - 1].lower_ in HONORIFICS or doc[at - 1].text in _MARKS or _is_excellency(document, at - 1)
    ):
        at -= 1
    styled = at < first
    if styled and at > 0 and doc[at - 1].lower_ == "the" and doc[at].lower_ in _WITH_ARTICLE:
        at -= 1
    if at in ends:
        return _without_style(document, ends, ends[at])
    if (short := _abbreviated(document, at)) is not None:
        return short
    if at > 0 and doc[at - 1].text == ",":
        at -= 1
        while at > 0 and doc[at - 1].lower_ in HONORIFICS:
            at -= 1
        office = _with_first(document, ends, ends.get(at))
        if office is not None and (
            office.party
            or (doc[office.left].is_sent_start and (styled or _has_portfolio(office)))
            or doc[office.left - 1].lower_ in {"the", "its", "his", "her", "a", "an", "two", "three", "four", "both"}
            or doc[office.left - 1].text in _POSSESSIVE
            or (_has_portfolio(office) and _behind_dateline(document, office.left))
        ):
            return office
    return None


_BORN = {"prince", "princess"}


def _without_style(document: Document, ends: dict[int, Office], office: Office) -> Office:
    """The office in front of what somebody is by birth ("Minister of Foreign Affairs **Prince** X"); a crown prince is one by office."""
    words = office.words.casefold().split()
    if words[-1] not in _BORN or words[-2:-1] == ["crown"]:
        return office
    if len(words) == 1:
        return ends.get(office.left, office)
    span = document.span(office.first, office.last - 1)
    return replace(office, last=office.last - 1, words=document.words(span), span=span)


_WITH_ARTICLE = {"hon", "hon.", "honourable", "honorable", "rt", "rev", "rev."}
"""Styles behind an article ("Minister of Peru **the Hon.** X")."""


def _with_first(document: Document, ends: dict[int, Office], office: Office | None) -> Office | None:
    """The office, with the one that "and" joins to it in front ("Deputy Prime Minister **and** Minister of Trade, X,")."""
    if office is None or office.left < 2 or document.doc[office.left - 1].lower_ != "and" or office.plural:
        return office
    one = ends.get(office.left - 1)
    if one is None or one.plural or one.party is not None:
        return office
    span = (one.span[0], office.span[1])
    return replace(office, first=one.first, left=one.left, words=document.words(span), span=span)


def _behind_dateline(document: Document, at: int) -> bool:
    """Whether token `at` is the first of the report's own words behind its dateline, or behind the agency's brackets at its head."""
    line = document.dateline
    if line is not None:
        return 0 <= document.doc[at].idx - line.end <= _NEAR_DATELINE
    return document.doc[at - 1].text == ")" and at - document.paragraphs[document.paragraph(at)][0] <= _LONGEST_AGENCY


_LONGEST_AGENCY = 9
"""Tokens of a day and the agency's brackets at the head of a report."""
_NEAR_DATELINE = 3
"""Characters (a dash, a colon, blanks) between a dateline and the report's own words."""


_ABBREVIATED = {"PM", "FM", "DPM"}


def _abbreviated(document: Document, at: int) -> Office | None:
    """The office of "PM" or "FM" right before token `at`, which no word list has; None for the time of day ("10 PM")."""
    doc = document.doc
    if at < 1 or doc[at - 1].text not in _ABBREVIATED or (at > 1 and doc[at - 2].text[-1:].isdigit()):
        return None
    before = at - 2 - (at > 2 and doc[at - 2].text in _POSSESSIVE)
    party = document.at(before, PartyMention) if before >= 0 else None
    left = party.first if party is not None else at - 1
    span = document.span(at - 1, at)
    code, where = (party.code, party.span) if party is not None else (None, None)
    return Office(at - 1, at, at - 1, doc[at - 1].text, span, False, code, where, left)


def _has_portfolio(office: Office) -> bool:
    """Whether the office says more than its rank ("Minister for the Middle East"), so that a name may follow its comma."""
    return not office.plural and office.last - office.first > 1


def _is_excellency(document: Document, i: int) -> bool:
    """Whether the word is "His" or "Her" before "Excellency" or a like style."""
    doc = document.doc
    return (
        doc[i].lower_ in {"his", "her"}
        and i + 1 < len(doc)
        and doc[i + 1].lower_ in {"excellency", "highness", "majesty"}
    )


def _office_after(document: Document, starts: dict[int, Office], last: int) -> Office | None:
    doc, at = document.doc, last
    if at < len(doc) and doc[at].lower_ == "as" and _is_chosen(document, last):
        return starts.get(at + 1 + (doc[min(at + 1, len(doc) - 1)].lower_ == "the"))
    if at >= len(doc) or doc[at].text not in {",", "(", "—", "–"}:
        return None
    at += 1
    while at < len(doc) and doc[at].lower_ in {
        "the",
        "a",
        "an",
        "then",
        "now",
        "then-",
        "who",
        "is",
        "its",
        "their",
        "former",
        "-",
    }:
        at += 1
    if at + 1 < len(doc) and doc[at].lower_ in _HOMES and doc[at + 1].text in _POSSESSIVE:
        at += 2
    office = starts.get(at) or _further_office(document, starts, at)
    if office is None or office.plural or (office.last < len(doc) and document.doc[office.last].ent_type_ == "PERSON"):
        return None
    return None if office.party is not None and lists_in_heading(document, last, office.last) else office


_HOMES = {"country", "nation", "kingdom", "republic", "bloc", "agency", "ministry"}
"""Words for whose the office is ("X, the **country**'s secretary of trade")."""
_CHOOSING = {"elect", "election", "appoint", "appointment", "name", "nominate", "nomination", "inauguration", "swear", "re-election", "choose"}  # fmt: skip
_FARTHEST_CHOICE = 7


def _is_chosen(document: Document, last: int) -> bool:
    """Whether a person is elected or appointed ("the election of X **as** President of Peru")."""
    low = max(document.sentence(last - 1)[0], last - _FARTHEST_CHOICE)
    return any(t.lemma_.lower() in _CHOOSING for t in document.doc[low : last - 1])


_FARTHEST_SECOND = 16


def _further_office(document: Document, starts: dict[int, Office], at: int) -> Office | None:
    """The office that "and" adds to what else somebody is ("X, a member of the council and Minister of Justice of Peru,")."""
    doc = document.doc
    high = min(document.sentence(at)[1], at + _FARTHEST_SECOND) if at < len(doc) else at
    for i in range(at, high):
        if doc[i].pos_ in {"VERB", "AUX", "PUNCT"} or doc[i].ent_type_ == "PERSON":
            return None
        office = starts.get(i + 1) if doc[i].lower_ == "and" else None
        if office is not None and office.party is not None and i < office.head:
            if office.first <= i:
                span = (document.starts[i + 1], office.span[1])
                office = replace(office, first=i + 1, left=i + 1, words=document.words(span), span=span)
            return office if doc[at].pos_ == "NOUN" else None
    return None


def _listed(document: Document, last: int, first: int) -> bool:
    """Whether only "and" or a comma stands between two names, the state of the first left out ("ministers A **of Peru and** B of Chile")."""
    doc = document.doc
    of = last + (doc[last].text == "," and last + 1 < len(doc))
    if doc[of].lower_ == "of" and (state := state_at(document, of + 1)) is not None and state.last < first:
        last = state.last
    return first - last <= 3 and all(
        t.lower_ in {"and", ",", "&"} or t.lower_ in HONORIFICS for t in document.doc[last:first]
    )


def _learn_same_office(
    document: Document, who: Someone, found: list[PersonMention | OfficeMention], first: int
) -> None:
    """A counterpart holds the office of the person named before in the sentence."""
    low = document.sentence(first)[0]
    for mention in reversed(found):
        if mention.first < low:
            return
        if isinstance(mention, PersonMention) and mention.person.office and mention.person is not who:
            who.office, who.office_span = mention.person.office, mention.person.office_span
            return


def _learn_office(who: Someone, office: Office, *, shared: bool = False) -> None:
    """The office, and its party unless it is `shared` among several names, each with a party of its own."""
    weak = who.office is not None and set(who.office.casefold().split()) <= WEAK
    if who.office is None or weak or (who.party is None and office.party):
        who.office, who.office_span = office.words, office.span
    if who.party is None and office.party and not shared:
        who.party, who.party_span = office.party, office.party_span


def _learn_party(document: Document, who: Someone, first: int, start: int) -> None:
    """From a possessive right before the name ("Italy's Luigi Di Maio"), a counterpart's adjective, or "of X" after it."""
    doc = document.doc
    at = start - 1
    if at > 0 and doc[at].text in _POSSESSIVE:
        mention = document.at(at - 1, PartyMention)
        if mention is not None:
            who.party, who.party_span = mention.code, mention.span
            return
    at = first - 1
    while at > 0 and first - at < 4 and (doc[at].text == "," or doc[at].lower_ in HONORIFICS):
        at -= 1
    if at > 0 and doc[at].lower_ in {"counterpart", "colleague", "counterparts"}:
        mention = document.at(at - 1, PartyMention)
        if mention is not None:
            who.party, who.party_span = mention.code, mention.span
            return
    if (state := document.at(at, PartyMention)) is not None and _is_fellow_from(document, state):
        who.party, who.party_span = state.code, state.span
        return
    end = first
    while end < len(doc) and document.span(first, end + 1)[1] <= who.name_span[1]:
        end += 1
    if end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].ent_type_ != "PERSON":
        mention = document.at(end + 1 + (doc[end + 1].lower_ == "the"), PartyMention)
        if mention is not None and mention.form == "name":
            who.party, who.party_span = mention.code, mention.span


def _is_fellow_from(document: Document, state: PartyMention) -> bool:
    """Whether the words before the state are "counterpart from": "his **counterpart from the** Isles X"."""
    before = [t.lower_ for t in document.doc[max(0, state.first - 3) : state.first] if t.lower_ != "the"]
    return len(before) > 1 and before[-2] in {"counterpart", "colleague"} and before[-1] in {"from", "of"}


def _learn_gender(document: Document, who: Someone, first: int, office: Office | None) -> None:
    words = {document.doc[first - 1].lower_} if first else set()
    if office is not None:
        words.add(document.doc[office.head].lower_)
    if words & _FEMALE:
        who.gender = "female"
    elif words & _MALE:
        who.gender = "male"


def _offices_alone(
    document: Document, offices: list[Office], people: list[Someone]
) -> list[PersonMention | OfficeMention]:
    found: list[PersonMention | OfficeMention] = []
    for office in offices:
        start = office.left
        a, b = document.span(start, office.last)
        head = document.doc[office.head]
        article = document.doc[start - 1].lower_ if start else ""
        holder = None if office.plural or article in {"a", "an"} else _holder(people, office, a)
        if holder is not None:
            holder.mentions.append((a, b))
            found.append(PersonMention(a, b, start, office.last, head.i, person=holder, form="office"))
        elif office.party is not None:
            found.append(
                OfficeMention(
                    a,
                    b,
                    start,
                    office.last,
                    head.i,
                    office=office.words,
                    party=office.party,
                    party_span=office.party_span,
                    plural=office.plural,
                )
            )
    return found


def _holder(people: list[Someone], office: Office, before: int) -> Someone | None:
    """The one person named before who holds this office (and party, when one is named); None when not exactly one."""
    words = set(office.words.casefold().replace("defense", "defence").split())
    fitting = [
        who
        for who in people
        if who.office
        and who.mentions[0][0] < before
        and any(
            words <= set(one.casefold().replace("defense", "defence").split()) for one in (who.office, who.rank or "")
        )
        and (office.party is None or who.party == office.party)
    ]
    return fitting[0] if len(fitting) == 1 else None
