"""Persons with office and party, read from the text itself: no table of office-holders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.counterparts import distributed
from foedus.mentions.model import OfficeMention, PartyMention, PersonMention, Someone
from foedus.mentions.offices import Office, find_offices, singular

if TYPE_CHECKING:
    from foedus.mentions.document import Document

_HONORIFICS = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "dame", "lord", "sheikh", "prof", "prof.", "hon", "hon.",
               "gen", "gen.", "lt", "lt.", "col", "col.", "maj", "maj.", "adm", "adm.", "brig", "brig.", "capt", "capt.", "sen", "sen.",
               "rep", "rep.", "gov", "gov.", "h.e.", "h.e", "excellency", "amb", "amb.", "shri", "smt", "retd", "visiting"}  # fmt: skip
_PARTICLES = {
    "al",
    "bin",
    "bint",
    "ibn",
    "van",
    "von",
    "der",
    "den",
    "de",
    "di",
    "da",
    "dos",
    "del",
    "della",
    "la",
    "le",
    "el",
    "ul",
    "y",
    "-",
    "ter",
    "abu",
}
_ARTICLES = {"al", "el", "ul", "as", "ad", "ar", "ash", "an", "at", "ez", "es"}
"""The Arabic article before a hyphen ("al-"), with its sound before some letters."""
_ENDINGS = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_FEMALE = {"ms", "ms.", "mrs", "mrs.", "dame", "spokeswoman", "queen", "princess", "chairwoman", "congresswoman"}
_MALE = {"mr", "mr.", "sir", "lord", "king", "prince", "spokesman", "sultan", "emir", "chairman"}
_POSSESSIVE = {"'s", "’s", "'", "’"}


def find_persons(document: Document) -> list[PersonMention | OfficeMention]:
    """Every person, and every office named without its holder, in text order; one `Someone` a person of the report."""
    offices = find_offices(document)
    names = _name_runs(document, offices)
    ends = {o.last: o for o in offices}
    starts = {i: o for o in offices for i in range(o.left, o.head + 1)}
    shares = distributed(document, offices, names)
    people: list[Someone] = []
    found: list[PersonMention | OfficeMention] = []
    used: set[int] = set()
    previous: tuple[int, Office] | None = None
    for first, last in names:
        before = _office_before(document, ends, first)
        if before is None and previous is not None and previous[1].plural and _listed(document, previous[0], first):
            before = previous[1]
        after = None if before is not None else _office_after(document, starts, last)
        office = before or after
        if before is not None and before.plural:
            previous = (last, before)
        who = _someone(document, people, first, last)
        start = first
        share = shares.get(first)
        if share is not None and who.party is None and share.party is not None:
            who.party, who.party_span = share.party, share.span
        if share is not None and share.same_office and who.office is None:
            _learn_same_office(document, who, found, first)
        if office is not None and singular_head(document, office) not in {"official", "officials"}:
            used.add(office.head)
            _learn_office(who, office, shared=share is not None)
            if before is not None and before.last <= first:
                start = min(first, before.left)
        if who.party is None and share is None:
            _learn_party(document, who, first, start)
        _learn_gender(document, who, first, office)
        who.mentions.append(document.span(first, last))
        a, b = document.span(start, last)
        full = document.words(document.span(first, last)) == who.name
        root = document.doc[first:last].root.i
        found.append(PersonMention(a, b, start, last, root, person=who, form="name" if full else "surname"))
    _ministry_offices(document, people)
    _national_offices(document, people)
    found += _offices_alone(document, [o for o in offices if o.head not in used], people)
    return sorted(found, key=lambda m: (m.start, -m.end))


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


_NATIONAL = {"president", "minister", "premier", "king", "queen", "secretary", "chancellor", "parliament"}


def _national_offices(document: Document, people: list[Someone]) -> None:
    """A national office without its country, in a report with a dateline, is of the dateline's country.

    Only where no other person of that office and country is known: "Prime Minister X" in a report from his own capital.
    """
    place = document.dateline.place if document.dateline else None
    if place is None or place.country is None:
        return
    held = {(who.party, who.office.casefold()) for who in people if who.office and who.party}
    for who in people:
        bare = who.office is not None and who.party is None and _NATIONAL & set(who.office.casefold().split())
        free = (place.country, (who.office or "").casefold()) not in held
        if bare and free and not _foreign(document, people, who, place.country):
            who.party, who.party_span = place.country, place.span


def _foreign(document: Document, people: list[Someone], who: Someone, country: str) -> bool:
    """Whether the sentence that gives the office names another state, not taken by another person, that it may be of."""
    taken = {other.party_span for other in people}
    at = (who.office_span or who.name_span)[0]
    for low, high in document.sentences:
        if document.doc[low].idx <= at < document.span(low, high)[1]:
            states = [m for m in document.within(low, high, PartyMention) if m.form != "organisation"]
            return any(m.code != country and m.span not in taken for m in states)
    return False


def singular_head(document: Document, office: Office) -> str:
    """The rank of an office in lower case, singular."""
    return singular(document.doc[office.head].lower_)


def _name_runs(document: Document, offices: list[Office]) -> list[tuple[int, int]]:
    """Token ranges of names: entity spans without their titles, and capitalised runs after an office or an honorific."""
    doc = document.doc
    titles = {i for o in offices for i in range(o.first, o.last)}
    runs: list[tuple[int, int]] = []
    begins = [(e.start, e.end) for e in doc.ents if e.label_ == "PERSON"]
    begins += [
        (o.last + k, o.last + k + 1)
        for o in offices
        for k in (0, 1)
        if k == 0 or (o.last < len(doc) and doc[o.last].text == ",")
    ]
    begins += [
        (t.i + 1, t.i + 2) for t in doc if t.lower_ in _HONORIFICS and t.text[0].isupper() and t.i + 1 < len(doc)
    ]
    for start, end in sorted(begins):
        first = start
        while first < min(end, len(doc)) and (
            first in titles
            or doc[first].lower_ in _HONORIFICS
            or doc[first].text in {"(", ")", ".", ","}
            or _is_party(document, first)
        ):
            first += 1
        if first >= end or first >= len(doc) or not _is_name_word(document, first) or first in titles:
            continue
        if runs and first < runs[-1][1]:
            continue
        last = first + 1
        while last < len(doc) and _goes_on(document, last, titles):
            last += 1
        while last > first and doc[last - 1].lower_ in _PARTICLES | {"and"}:
            last -= 1
        own = (first, last) in {(e.start, e.end) for e in doc.ents if e.label_ == "PERSON"}
        if last > first and (own or _plausible(document, first, last)):
            runs.append((first, last))
    return runs


def _plausible(document: Document, first: int, last: int) -> bool:
    ents = {document.doc[i].ent_type_ for i in range(first, last)}
    return "PERSON" in ents or (document.doc[first].pos_ == "PROPN" and not ents & {"ORG", "DATE", "EVENT"})


def _is_party(document: Document, i: int) -> bool:
    mention = document.at(i, PartyMention)
    return mention is not None and mention.form != "capital"


def _is_name_word(document: Document, i: int) -> bool:
    token = document.doc[i]
    return (
        token.text[0].isupper()
        and token.is_alpha | ("." in token.text)
        and not _is_party(document, i)
        and token.pos_ in {"PROPN", "NOUN", "ADJ", "X"}
    )


def _goes_on(document: Document, i: int, titles: set[int]) -> bool:
    doc = document.doc
    token, before = doc[i], doc[i - 1]
    if i in titles or token.sent != before.sent:
        return False
    if token.lower_ in _ENDINGS:
        return True
    if token.text == "-":
        return not before.whitespace_ and i + 1 < len(doc) and doc[i + 1].text[0].isupper()
    if token.lower_ in _ARTICLES and i + 2 < len(doc) and doc[i + 1].text in {"-", "‑"}:
        return doc[i + 2].text[0].isupper()
    if token.lower_ in _PARTICLES:
        return (
            i + 1 < len(doc)
            and doc[i + 1].text[0].isupper()
            and (token.text[0].islower() or doc[i + 1].ent_type_ == "PERSON")
        )
    return (
        _is_name_word(document, i)
        and token.pos_ == "PROPN"
        and (token.ent_type_ in {"PERSON", ""} or before.text == "-")
    )


def _office_before(document: Document, ends: dict[int, Office], first: int) -> Office | None:
    doc, at = document.doc, first
    while at > 0 and (doc[at - 1].lower_ in _HONORIFICS or doc[at - 1].text in {"(", ")", "."}):
        at -= 1
    if at in ends:
        return ends[at]
    if at > 0 and doc[at - 1].text == ",":
        at -= 1
        while at > 0 and doc[at - 1].lower_ in _HONORIFICS:
            at -= 1
        office = ends.get(at)
        if office is not None and (office.party or doc[office.left - 1].lower_ in {"the", "its", "a", "an"}):
            return office
    return None


def _office_after(document: Document, starts: dict[int, Office], last: int) -> Office | None:
    doc, at = document.doc, last
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
    office = starts.get(at)
    if office is None or office.plural or (office.last < len(doc) and document.doc[office.last].ent_type_ == "PERSON"):
        return None
    return office


def _listed(document: Document, last: int, first: int) -> bool:
    return first - last <= 3 and all(
        t.lower_ in {"and", ",", "&"} or t.lower_ in _HONORIFICS for t in document.doc[last:first]
    )


def _someone(document: Document, people: list[Someone], first: int, last: int) -> Someone:
    """The person of this name: known by the same name, or by one of its ends, else a new one."""
    span = document.span(first, last)
    name = document.words(span)
    words = [w for w in name.casefold().replace("-", " ").split() if w not in _ENDINGS]
    for who in reversed(people):
        known = [w for w in who.name.casefold().replace("-", " ").split() if w not in _ENDINGS]
        if not words or not known:
            continue
        if (
            words == known
            or (len(words) == 1 and words[0] in {known[-1], known[0]})
            or (len(words) < len(known) and known[-len(words) :] == words)
        ):
            return who
        if len(known) < len(words) and (known == words[-len(known) :] or (len(known) == 1 and known[0] == words[0])):
            who.name, who.name_span = name, span
            return who
        if (
            len(words) == len(known) > 1
            and words[-1] == known[-1]
            and (words[0].rstrip(".")[:1] == known[0][:1])
            and min(len(words[0]), len(known[0])) <= 2
        ):
            return who
    who = Someone(name, span)
    people.append(who)
    return who


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
    if who.office is None or (who.party is None and office.party):
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
    while at > 0 and first - at < 4 and (doc[at].text == "," or doc[at].lower_ in _HONORIFICS):
        at -= 1
    if at > 0 and doc[at].lower_ in {"counterpart", "colleague", "counterparts"}:
        mention = document.at(at - 1, PartyMention)
        if mention is not None:
            who.party, who.party_span = mention.code, mention.span
            return
    end = first
    while end < len(doc) and document.span(first, end + 1)[1] <= who.name_span[1]:
        end += 1
    if end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].ent_type_ != "PERSON":
        mention = document.at(end + 1 + (doc[end + 1].lower_ == "the"), PartyMention)
        if mention is not None and mention.form == "name":
            who.party, who.party_span = mention.code, mention.span


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
        and words <= set(who.office.casefold().replace("defense", "defence").split())
        and (office.party is None or who.party == office.party)
    ]
    return fitting[0] if len(fitting) == 1 else None
