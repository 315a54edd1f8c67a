"""The record format, version 1: what a report says, as values with the words they came from.

One definition is the class, the JSON (`foedus read --json`) and the JSON Schema. Conventions:

* a date is EDTF level 1 (``2025-10-31``, ``2025-10``, ``XXXX-10-31``, ``2025-10-08/2025-10-10``), a duration ISO 8601 (``P10Y``);
* a party is ISO 3166-1 alpha-3 (``IND``; ``XKX`` Kosovo) or ``org:`` and the usual acronym, else the name;
* a place is ``City, ISO3`` or ``ISO3``;
* evidence maps a field to half-open character offsets ``(start, end)`` into ``report.text``, in text order;
* a field that the report does not give is None or empty and is left out of the JSON.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, Literal, get_args

import msgspec

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Span = tuple[int, int]
Evidence = dict[str, tuple[Span, ...]]

Kind = Literal["agreement", "meeting", "statement", "commitment", "activity", "event"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PLURAL: dict[str, str] = {
    "agreement": "agreements",
    "meeting": "meetings",
    "statement": "statements",
    "commitment": "commitments",
    "activity": "activities",
    "event": "events",
}

Instrument = Literal[
    "treaty", "convention", "protocol", "framework agreement", "agreement", "memorandum of understanding",
    "joint declaration", "joint statement", "letter of intent", "exchange of notes", "arrangement", "contract", "plan",
    "peace agreement", "ceasefire", "other",
]  # fmt: skip
Stage = Literal[
    "proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "provisionally applied", "in force",
    "renewed", "extended", "amended", "suspended", "notice given", "withdrawn", "terminated", "expired", "rejected",
]  # fmt: skip
Domain = Literal[
    "defence", "defence industry", "arms transfer", "technology", "information sharing", "intelligence", "logistics",
    "training", "exercises", "maritime security", "cyber", "space", "civil nuclear", "arms control", "counter-terrorism",
    "trade", "investment", "finance", "energy", "climate", "environment", "health", "science", "education", "culture",
    "sport", "tourism", "migration", "visas", "borders", "fisheries", "water", "peace", "justice", "crime", "transport",
    "agriculture", "aid", "human rights", "disaster relief", "general",
]  # fmt: skip
MeetingFormat = Literal[
    "one-on-one", "delegation-level", "bilateral", "trilateral", "multilateral", "summit", "phone call", "video call"
]
Level = Literal["heads of state or government", "ministers", "officials", "military"]
MeetingStatus = Literal["held", "under way", "scheduled", "proposed", "postponed", "cancelled"]
Mode = Literal["direct", "indirect", "mixed"]
Medium = Literal[
    "X post", "statement", "press release", "press conference", "interview", "speech", "remarks", "letter",
    "joint statement", "other",
]  # fmt: skip
SpeechAct = Literal[
    "state", "announce", "confirm", "report", "claim", "admit", "deny", "reject", "accuse", "condemn", "regret", "express concern",
    "express hope", "express sympathy", "warn", "threaten", "demand", "urge", "ask", "propose", "promise", "agree", "welcome",
    "praise", "support", "thank", "congratulate", "apologise", "predict", "decline comment",
]  # fmt: skip
"""What a statement does; what each means is in `lexicon/speech_acts.csv`."""
Firmness = Literal["agreed", "committed", "pledged", "plans", "hopes"]
ActivityKind = Literal[
    "military exercise", "arms transfer", "co-production", "visit", "training", "dialogue", "deployment", "patrol",
    "port call", "aid", "project",
]  # fmt: skip
ActivityStatus = Literal["planned", "ongoing", "held", "cancelled", "proposed"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Modality = Literal["actual", "future", "hypothetical", "negated"]


class Person(msgspec.Struct, frozen=True):
    """A person, or a body that speaks: fullest name in the report, office as written without nationality, party code."""

    name: str | None
    office: str | None = None
    party: str | None = None


class Money(msgspec.Struct, frozen=True):
    """An amount in units of `currency` (ISO 4217)."""

    amount: int | float
    currency: str


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One report. Every offset of every record read from it refers to `text`."""

    id: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_on: str | None = None
    language: str = "en"
    text: str

    def __post_init__(self) -> None:
        if "\r" in self.text:
            raise ValueError("report text must use LF line ends; see Report.of")

    @classmethod
    def of(cls, text: str, *, id: str | None = None, **metadata: str | None) -> Report:
        """A report of `text`, CR LF and CR made LF, lone surrogates U+FFFD; without an id it is `sha256:` of that text."""
        text = _LONE_SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
        known = {k: v for k, v in metadata.items() if v}
        return cls(
            id=id or "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), text=text, **known
        )


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all six kinds share: stable id, evidence for each field (`record`: the words that show it), confidence 0-1."""

    id: str
    evidence: Evidence
    confidence: float


class Agreement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An instrument between one set of parties."""

    title: str | None = None
    instrument: Instrument | None = None
    parties: tuple[str, ...] = ()
    signatories: tuple[Person, ...] = ()
    stage: Stage | None = None
    stage_by: tuple[str, ...] = ()
    signed_on: str | None = None
    place: str | None = None
    occasion: str | None = None
    effective_on: str | None = None
    expires_on: str | None = None
    term: str | None = None
    renewal: str | None = None
    succeeds: str | None = None
    amount: Money | None = None
    mediators: tuple[str, ...] = ()
    domains: tuple[Domain, ...] = ()


class Meeting(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Talks that were, are or will be held."""

    forum: str | None = None
    edition: int | None = None
    format: MeetingFormat | None = None
    level: Level | None = None
    parties: tuple[str, ...] = ()
    participants: tuple[Person, ...] = ()
    held_on: str | None = None
    place: str | None = None
    host: str | None = None
    occasion: str | None = None
    topics: tuple[str, ...] = ()
    status: MeetingStatus | None = None


class Statement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One run of one speaker's words, direct or reported; `about`: ids of the agreements, meetings and activities of the report."""

    speaker: Person | None = None
    joint_with: tuple[Person, ...] = ()
    text: str = ""
    mode: Mode | None = None
    medium: Medium | None = None
    made_on: str | None = None
    addressee: str | None = None
    via: str | None = None
    act: SpeechAct | None = None
    about: tuple[str, ...] = ()


class Commitment(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A future act that a party binds itself to."""

    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    undertaking: str = ""
    firmness: Firmness | None = None
    due_on: str | None = None
    amount: Money | None = None
    condition: str | None = None


class Activity(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What parties do together or for one another."""

    kind: ActivityKind | None = None
    name: str | None = None
    parties: tuple[str, ...] = ()
    start_on: str | None = None
    end_on: str | None = None
    place: str | None = None
    status: ActivityStatus | None = None
    amount: Money | None = None
    item: str | None = None


class Event(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A political event in PLOVER 0.8 and CAMEO codes."""

    type: EventType | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    goldstein: float | None = None
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    actor_sector: str | None = None
    recipient_sector: str | None = None
    date: str | None = None
    place: str | None = None
    modality: Modality | None = None
    attributed_to: Person | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says: the report and its records, each kind in text order."""

    report: Report
    agreements: tuple[Agreement, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    activities: tuple[Activity, ...] = ()
    events: tuple[Event, ...] = ()

    def records(self) -> list[tuple[Kind, Record]]:
        """All records with their kind, in the order of `KINDS`."""
        return [(kind, record) for kind in KINDS for record in getattr(self, PLURAL[kind])]


CLASSES: dict[str, type[Record]] = {
    "agreement": Agreement,
    "meeting": Meeting,
    "statement": Statement,
    "commitment": Commitment,
    "activity": Activity,
    "event": Event,
}


def stable_id(report_id: str, kind: str, *parts: object) -> str:
    """The id of a record: the same for the same report, kind and parts, in every run."""
    digest = hashlib.sha256(
        "\x1f".join([report_id, kind, *map(str, parts)]).encode("utf-8", "surrogatepass")
    ).hexdigest()
    return f"{kind[:2]}-{digest[:16]}"


def to_json(value: Any) -> bytes:
    """`value` (any record, report or reading) as UTF-8 JSON, absent fields left out."""
    return msgspec.json.encode(value)


def json_schema() -> dict[str, Any]:
    """JSON Schema of a `Reading`."""
    return msgspec.json.schema(Reading)
