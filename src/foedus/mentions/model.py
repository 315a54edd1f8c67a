"""What the words of a report can stand for. Offsets: `start`/`end` characters, `first`/`last` tokens, both half-open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from foedus.record import Money, Person, Span


@dataclass(slots=True, eq=False)
class Mention:
    """Some words that stand for something: characters [start, end), tokens [first, last), `root` their head token."""

    start: int
    end: int
    first: int
    last: int
    root: int

    @property
    def span(self) -> Span:
        """The characters of the mention."""
        return self.start, self.end


@dataclass(slots=True, eq=False)
class PartyMention(Mention):
    """A state, an international organisation or a body of one ("India", "Indian", "Moscow", "the Pentagon", "ASEAN").

    `form` says how it is named: a plain name, an adjective/demonym, a capital or seat standing for the state, or a body.
    `metonym` is true when the words may be meant as a place ("Moscow", "the White House"); `unsure` when they are a capital
    with a namesake ("Georgetown").
    """

    code: str = ""
    form: Literal["name", "adjective", "capital", "seat", "body", "organisation"] = "name"
    body: str | None = None
    metonym: bool = False
    unsure: bool = False


@dataclass(slots=True, eq=False)
class PlaceMention(Mention):
    """A place: city with its country, or a country as a place. `value` is the record form ("Kuala Lumpur, MYS")."""

    name: str = ""
    country: str | None = None

    @property
    def value(self) -> str:
        """``City, ISO3``, or ``ISO3`` alone, or the name as written."""
        if self.country and self.name == self.country:
            return self.country
        return f"{self.name}, {self.country}" if self.country else self.name


@dataclass(slots=True, eq=False)
class ForumMention(Mention):
    """A named meeting series ("the 12th ADMM-Plus"): short name, edition, and the words as an occasion."""

    name: str = ""
    edition: int | None = None
    occasion: str = ""
    code: str | None = None
    members: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class DateMention(Mention):
    """A time: EDTF value; `deadline` for "by 2027", `since` for "since 2005"; `recurring` for "every year"."""

    edtf: str = ""
    role: Literal["at", "by", "since", "until", "from", "before", "after", "recurring"] = "at"
    inferred: bool = False


@dataclass(slots=True, eq=False)
class DurationMention(Mention):
    """A length of time, ISO 8601 ("ten-year" = P10Y)."""

    iso: str = ""


@dataclass(slots=True, eq=False)
class MoneyMention(Mention):
    """An amount of money."""

    money: Money = field(default_factory=lambda: Money(0, "USD"))


@dataclass(slots=True, eq=False)
class Someone:
    """One person of a report: the fullest name, office and party read from all mentions, and where each was read."""

    name: str
    name_span: Span
    office: str | None = None
    office_span: Span | None = None
    party: str | None = None
    party_span: Span | None = None
    gender: Literal["male", "female"] | None = None
    rank: str | None = None
    """The rank beside the office ("Major General"), by which the text may name him again."""
    mentions: list[Span] = field(default_factory=list)

    def record(self) -> Person:
        """The person as a record value."""
        return Person(self.name, self.office, self.party)

    def evidence(self) -> list[Span]:
        """Where the name, the office and the party were read."""
        return [span for span in (self.name_span, self.office_span, self.party_span) if span is not None]


@dataclass(slots=True, eq=False)
class PersonMention(Mention):
    """Words that stand for one person: a name (with title), a title alone, or a pronoun."""

    person: Someone = field(default_factory=lambda: Someone("", (0, 0)))
    form: Literal["name", "surname", "office", "pronoun", "counterpart"] = "name"


@dataclass(slots=True, eq=False)
class OfficeMention(Mention):
    """An office without a known holder ("the Russian deputy foreign minister", "officials"): words, party, plural."""

    office: str = ""
    party: str | None = None
    party_span: Span | None = None
    plural: bool = False


@dataclass(slots=True, eq=False)
class GroupMention(Mention):
    """Words for several at once ("the two leaders", "both sides", "they"): who they are, and where each was named."""

    parties: tuple[str, ...] = ()
    persons: tuple[Someone, ...] = ()
    antecedents: tuple[Span, ...] = ()


@dataclass(slots=True, eq=False)
class Dateline:
    """The place and day at the head of a report ("KUALA LUMPUR, Oct 31 (Agency) -"): characters, place, EDTF day."""

    start: int
    end: int
    place: PlaceMention | None = None
    date: DateMention | None = None


@dataclass(slots=True, frozen=True)
class Modality:
    """How a predicate is meant, and the words that show it."""

    kind: Literal["actual", "future", "hypothetical", "negated"] = "actual"
    cues: tuple[Span, ...] = ()
    attributed: int | None = None
    """Token index of the say-verb under which the predicate stands, if it is reported speech."""
    habitual: bool = False


@dataclass(slots=True, frozen=True)
class Parties:
    """Parties that some words stand for, with the words: `codes` sorted and unique, `spans` in text order."""

    codes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    persons: tuple[Someone, ...] = ()

    def __or__(self, other: Parties) -> Parties:
        if other._is_empty() and self._is_simple():  # most often: nothing to unite and nothing to sort
            return self
        if self._is_empty() and other._is_simple():
            return other
        persons = list(self.persons)
        persons += [p for p in other.persons if all(p is not q for q in persons)]
        return Parties(
            tuple(sorted({*self.codes, *other.codes})), tuple(sorted({*self.spans, *other.spans})), tuple(persons)
        )

    def _is_empty(self) -> bool:
        return not (self.codes or self.spans or self.persons)

    def _is_simple(self) -> bool:
        return len(self.codes) < 2 and len(self.spans) < 2

    def __bool__(self) -> bool:
        return bool(self.codes or self.persons)


NOBODY = Parties()
"""No party at all."""
