"""Who speaks: the noun phrase beside a verb of saying -> person, body or state, with the words that name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.home import home_state
from foedus.mentions.model import DateMention, GroupMention, OfficeMention, PartyMention, PersonMention, Someone
from foedus.mentions.offices_words import BODIES
from foedus.record import Person, Span

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_ARTICLES = {"the", "a", "an", "one", "another", "this", "that"}
_NAMED = {"PROPN", "NOUN"}
_SOME = {
    "one",
    "some",
    "many",
    "others",
    "those",
    "most",
    "few",
    "several",
    "another",
    "someone",
    "somebody",
    "everyone",
}
"""Words for people whom nothing names, or only an apposition."""
SEVERAL = {"both", "sides", "parties", "governments", "delegations", "countries", "states", "nations", "capitals"}
"""Words for several states at once."""


@dataclass(slots=True)
class Speaker:
    """One speaker, or several who speak together; `first` and `last` are the tokens that name them here."""

    persons: list[Person]
    spans: list[Span]
    first: int
    last: int
    someone: tuple[Someone, ...] = field(default=())
    pronoun: bool = False

    def same(self, other: Speaker) -> bool:
        """Whether both stand for the same people."""
        return [p.name for p in self.persons] == [p.name for p in other.persons]


def speaker_of(document: Document, head: Token, low: int, high: int) -> Speaker | None:
    """The speaker that the phrase of `head` names inside tokens [low, high); None for an unresolved pronoun or a thing."""
    if document.at(head.i, DateMention) is not None:
        return None
    group = document.at(head.i, GroupMention)
    if group is not None and (group.parties or group.persons):
        return _group(document, group)
    first, last = syntax.phrase(head)
    first, last = max(first, low), min(last, high)
    if first >= last:
        first, last = head.i, head.i + 1
    person = document.at(head.i, PersonMention)
    if person is None:
        person = _apposed(document, head, first, high)
    if person is not None:
        return _persons(document, person, head, last, high)
    if head.lower_ in _SOME:
        return _some(document, head, first, last, high)
    if head.pos_ == "PRON":
        return None
    office = document.at(head.i, OfficeMention)
    holder = _holder(document, head, office)
    if holder is not None:
        return _persons(document, holder, head, last, high)
    if office is not None:
        spans = [office.span, *([office.party_span] if office.party_span else [])]
        name = _trimmed(document, min(first, office.first), office.last)
        return Speaker([Person(name[0], None, office.party)], [name[1], *spans], office.first, office.last)
    party = document.at(head.i, PartyMention)
    if party is None and (party := _body_again(document, head)) is not None:
        return Speaker([_body(document, party)], [(head.idx, head.idx + len(head.text)), party.span], first, last)
    if party is not None and (one := _compatriot(document, head, party)) is not None:
        return _persons(document, one, head, last, high)
    if party is not None:
        return _parties(document, head, party)
    return _phrase(document, head, first, last)


def _some(document: Document, head: Token, first: int, last: int, high: int) -> Speaker | None:
    """ "one of the ministers, Ana Petrova,": the person whose name stands behind; "some of them", "others": their own words."""
    comma = next((t.i for t in document.doc[head.i + 1 : high] if t.text == ","), -1)
    person = document.at(comma + 1, PersonMention) if comma > 0 else None
    if person is not None and head.lower_ == "one" and person.form == "name":
        return _persons(document, person, head, last, high)
    if head.lower_ in {"one", "another"} and last - first < _LEAST_SAID:
        return None
    cut = comma if comma > 0 else last
    name, span = _trimmed(document, head.i, max(head.i + 1, min(cut, last)))
    return Speaker([Person(name, None, None)], [span], head.i, max(head.i + 1, min(cut, last)))


_LEAST_SAID = 3
"""Tokens that "one" needs about it ("one of them") to be somebody."""


def document_noun(head: Token, *kinds: str) -> bool:
    """Whether the noun is a text that speaks ("the statement", "the communique"), of one of `kinds` when given."""
    row = load_forms("say_nouns").get(head.lemma_.lower())
    return row is not None and row["kind"] in (kinds or ("document", "instrument"))


def speaks_for_public(person: Person) -> bool:
    """Whether a speaker stands for a state or an organisation, or holds a public office."""
    if person.party is not None:
        return True
    table = load_forms("say_nouns")
    words = f"{person.office or ''} {person.name or ''}".lower().replace("-", " ").split()
    return any(table.get(word, {}).get("kind") == "public" for word in words)


def _persons(document: Document, person: PersonMention, head: Token, last: int, high: int) -> Speaker:
    found = [person]
    for other in document.within(person.last, high, PersonMention):
        if other.first >= last or other.form == "pronoun":
            break
        if all(other.person is not p.person for p in found) and _joined(document, found[-1], other):
            found.append(other)
    spans = [p.span for p in found] + [s for p in found for s in p.person.evidence()]
    return Speaker(
        [p.person.record() for p in found],
        spans,
        min(person.first, head.i),
        max(found[-1].last, last),
        tuple(p.person for p in found),
        person.form == "pronoun",
    )


def _joined(document: Document, one: PersonMention, other: PersonMention) -> bool:
    between = {t.lower_ for t in document.doc[one.last : other.first] if not t.is_space}
    return "and" in between and len(document.doc[one.last : other.first]) <= 6


def _apposed(document: Document, head: Token, first: int, high: int) -> PersonMention | None:
    """The person whose name stands in apposition to the head ("the minister, Ana Petrova,")."""
    for child in head.children:
        if child.dep_ in {"appos", "flat", "nmod:desc", "flat:name"} and first <= child.i < high:
            found = document.at(child.i, PersonMention)
            if found is not None and found.form in {"name", "surname"}:
                return found
    if head.dep_ in {"nmod:desc", "compound", "flat"} and head.head.pos_ == "PROPN":
        return document.at(head.head.i, PersonMention)
    return None


def _group(document: Document, group: GroupMention) -> Speaker:
    spans = [group.span, *group.antecedents]
    if group.persons:
        persons = [p.record() for p in group.persons]
        return Speaker(persons, spans, group.first, group.last, group.persons, True)
    if len(group.parties) > 1 and names_several(document.doc[group.root]):
        return of_parties(document, group.parties, document.doc[group.root], spans)
    name, span = _trimmed(document, group.first, group.last)
    party = group.parties[0] if len(group.parties) == 1 else None
    if document.doc[group.root].pos_ == "PRON" and party is not None and group.antecedents:
        name = document.words(group.antecedents[0])  # "it" under the name that stands before
    return Speaker([Person(name, None, party)], [span, *spans], group.first, group.last, (), True)


def names_several(head: Token) -> bool:
    """Whether the word stands for several states and says nothing of them ("they", "both sides", not "the Left parties")."""
    if head.lower_ not in SEVERAL and head.pos_ != "PRON":
        return False
    return all(
        c.dep_ in {"det", "nummod", "det:predet", "cc:preconj", "case", "advmod"} for c in head.children if c.i < head.i
    )


def _compatriot(document: Document, head: Token, party: PartyMention) -> PersonMention | None:
    """The one person of a state named before "the Uruguayan", as last named; None for any other words and when in doubt."""
    if party.form != "adjective" or head.tag_ in {"NNS", "NNPS"} or not any(c.lower_ == "the" for c in head.children):
        return None
    return _latest(
        document, head, [m for m in document.within(0, head.i, PersonMention) if m.person.party == party.code]
    )


def _holder(document: Document, head: Token, office: OfficeMention | None) -> PersonMention | None:
    """The person named before whose office "the minister" or "the envoy" is; None for another noun and when in doubt."""
    if head.tag_ not in {"NN", "NNP"} or head.lower_ in _ARTICLES | BODIES or (office is not None and office.plural):
        return None
    before = {c.lower_ for c in head.children if c.i < head.i and c.dep_ != "case"}
    short = head.text if head.text.isupper() and len(head.text) in _SHORT_OFFICE and office is None else ""
    if not (short or before & {"the", "this"}) or before & _OTHERS:
        return None
    if short:
        return _latest(
            document, head, [m for m in _named_before(document, head) if _initials(m.person.office) == short]
        )
    words = _office_words(head.lower_) if office is None else _office_words(office.office)
    wanted = _TOP if words & {"diplomat", "fm", "fms"} and (before & {"top", "chief"} or "fm" in words) else (words,)
    party = office.party if office is not None else None
    fitting = [
        m
        for m in _named_before(document, head)
        if any(w <= _office_words(m.person.office or "") for w in wanted)
        and (party is None or m.person.party in {None, party})
    ]
    return _latest(document, head, fitting) or _at_home(document, fitting)


def _named_before(document: Document, head: Token) -> list[PersonMention]:
    return [m for m in document.within(0, head.i, PersonMention) if m.form in {"name", "surname"}]


_SHORT_OFFICE = range(2, 5)
"""Letters of an office in short ("EAM", "PM")."""


def _initials(office: str | None) -> str:
    """The first letters of the words of an office, small words left out ("External Affairs Minister" -> "EAM")."""
    return "".join(
        word[0].upper() for word in (office or "").split() if word.lower() not in {"of", "for", "and", "the"}
    )


def _at_home(document: Document, named: list[PersonMention]) -> PersonMention | None:
    """The one holder of an office of the state that the report is written from: "the minister" of several."""
    home = home_state(document)
    own = [m for m in named if home is not None and m.person.party == home.code]
    return own[-1] if own and all(m.person is own[0].person for m in own) else None


_TOP = ({"foreign", "minister"}, {"secretary", "state"}, {"foreign", "secretary"}, {"external", "affairs", "minister"})
"""Offices of whom "the top diplomat" is said."""
_ALIKE = {
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "defense": "defence",
}


def _office_words(office: str) -> set[str]:
    return {
        _ALIKE.get(word, word) for word in office.lower().replace("prime minister", "premier prime minister").split()
    }


_OTHERS = {"another", "other", "former", "late", "then", "new", "next", "previous"}
"""Words that tell one holder of an office from another."""
_NEAR = 1
"""So many paragraphs back somebody may have been named whom an office alone means."""


def _body_again(document: Document, head: Token) -> PartyMention | None:
    """The one body named before that ends in the noun of "the ministry", "the embassy"; None for another noun and when in doubt."""
    if head.tag_ != "NN" or any(c.lower_ != "the" for c in head.children if c.i < head.i) or head.i == 0:
        return None
    if not any(c.lower_ == "the" for c in head.children):
        return None
    named = [
        m
        for m in document.within(0, head.i, PartyMention)
        if m.form in {"body", "organisation", "seat"} and document.doc[m.last - 1].lower_ == head.lower_
    ]
    return named[-1] if named and all(m.code == named[0].code for m in named) else None


def _body(document: Document, party: PartyMention) -> Person:
    return Person(_trimmed(document, party.first, party.last)[0], None, party.code)


def _latest(document: Document, head: Token, named: list[PersonMention]) -> PersonMention | None:
    """The last of `named` when all are one person, or the only one named in this paragraph or the last; None when in doubt."""
    here = document.paragraph(head.i)
    near = [m for m in named if here - document.paragraph(m.first) <= _NEAR]
    for chosen in (named, near):
        if chosen and all(m.person is chosen[0].person for m in chosen):
            return chosen[-1]
    return None


def of_parties(document: Document, codes: Sequence[str], token: Token, spans: Sequence[Span] = ()) -> Speaker:
    """Several states or bodies that `token` stands for, each under a name that the report gives it."""
    own = (token.idx, token.idx + len(token.text))
    named = [_named_in(document, code) for code in codes]
    persons = [Person(document.words(m.span) if m else None, None, code) for code, m in zip(codes, named, strict=True)]
    return Speaker(persons, [own, *spans, *(m.span for m in named if m)], token.i, token.i + 1, (), True)


def _named_in(document: Document, code: str) -> PartyMention | None:
    """Where the report names a party, by its plain name if it does."""
    found = [m for m in document.within(0, len(document.doc), PartyMention) if m.code == code]
    return next((m for m in found if m.form in {"name", "organisation"}), found[0] if found else None)


def _parties(document: Document, head: Token, party: PartyMention) -> Speaker:
    members = [party]
    for token in syntax.conjuncts(head)[1:]:
        other = document.at(token.i, PartyMention)
        if other is not None and other.code != party.code:
            members.append(other)
    persons = [Person(_trimmed(document, m.first, m.last)[0], None, m.code) for m in members]
    return Speaker(persons, [m.span for m in members], party.first, members[-1].last)


def _phrase(document: Document, head: Token, first: int, last: int) -> Speaker | None:
    if head.pos_ not in _NAMED:
        return None
    if head.lower_ in load_forms("meeting_nouns"):
        return _sitting(document, head)
    cut = next((t.i for t in document.doc[head.i + 1 : last] if _ends_name(t)), last)
    own = next((c for c in head.children if c.dep_ == "appos" and c.left_edge.i == head.i + 1), None)
    bare = [c.dep_ for c in head.children if c.i < head.i] == ["det"]
    if own is not None and bare and head.pos_ == "NOUN" and own.pos_ == "PROPN" and own.i < cut:
        name, span = _trimmed(document, own.left_edge.i, cut)  # "the newspaper **Al Nahar**"
    else:
        name, span = _trimmed(document, first, max(cut, head.i + 1))
    party = None
    for mention in document.within(first, cut, PartyMention):
        if document.doc[mention.root].dep_ in {"amod", "nmod:poss", "compound", "nmod", "nmod:desc"}:
            party = mention
            break
    if party is not None and head.lower_ in SEVERAL:
        codes = list(dict.fromkeys(m.code for m in document.within(first, last, PartyMention)))
        if len(codes) > 1:
            return of_parties(document, codes, head)
    if len({m.code for m in document.within(first, head.i, PartyMention)}) > 1:
        party = None  # "the Swedish-Cuban association"
    persons = document.within(first, cut, PersonMention)
    code = party.code if party else persons[0].person.party if persons else None
    spans = [span, *([party.span] if party else [])]
    return Speaker([Person(name, None, code)], spans, first, cut)


def _ends_name(token: Token) -> bool:
    """Whether a mark ends the name of a speaker: no hyphen inside a word ("Secretary-General")."""
    glued = token.text in {"-", "–"} and not token.nbor(-1).whitespace_ and not token.whitespace_
    return token.text in {",", "(", "–", "—", "-"} and not glued


def _sitting(document: Document, head: Token) -> Speaker | None:
    """The organisation whose meeting speaks ("the **ASEAN** summit warned that"); None for any other meeting."""
    named = [m for c in head.children if c.i < head.i and (m := document.at(c.i, PartyMention)) is not None]
    if len(named) != 1 or named[0].form != "organisation":
        return None
    own = (head.idx, head.idx + len(head.text))
    return Speaker([_body(document, named[0])], [named[0].span, own], named[0].first, head.i + 1)


def _trimmed(document: Document, first: int, last: int) -> tuple[str, Span]:
    while first < last - 1 and (
        document.doc[first].lower_ in _ARTICLES
        or document.doc[first].is_punct
        or document.doc[first].dep_ in {"case", "mark", "cc"}
    ):
        first += 1
    if last > first + 1 and document.doc[last - 1].lower_.endswith("day") and document.doc[last - 2].pos_ != "ADP":
        last -= 1 if document.at(last - 1, DateMention) is not None else 0
    span = document.span(first, last)
    return document.words(span), span
