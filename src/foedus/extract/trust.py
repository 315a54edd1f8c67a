"""How likely it is that an agreement, meeting or activity is right, with the right parties: what the reader says and what the network says together.

The reader that made a record knows how plain its words were; the network has its own view of which words tell a deed and who takes part
(`mentions.partners`). A logistic rule over both says in how many of a hundred such cases the record is right; `training/trust.py` fits it on
annotated reports. What both together take for wrong is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from foedus.extract.agreements_beliefs import STAGES
from foedus.mentions.deeds import likely_deeds, looks_for_deeds
from foedus.mentions.logistic import load_weights, logit, share
from foedus.mentions.partners import partners
from foedus.record import Activity, Agreement, Meeting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.mentions import Document

LEAST = 0.15
"""A record that is less likely to be right is left out. Chosen on `corpus/train`."""
LEAST_MEETING = 0.1
"""The same for meetings: their readers know more of series and bodies than the network sees."""
_ACTS = frozenset(
    ("exercise", "transfer", "coproduction", "visit", "training", "deployment", "patrol", "portcall", "aid", "project", "dialogue")
)  # fmt: skip
_LABELS = {Agreement: frozenset(STAGES), Meeting: frozenset(("meeting", "dialogue", "visit")), Activity: _ACTS}
"""The network's labels of deeds that fit a kind of record."""
_KINDS = {Agreement: "agreement", Meeting: "meeting", Activity: "activity"}
_HIGHEST, _EDGE = 0.99, 0.001

R = TypeVar("R", Agreement, Meeting, Activity)


def kept(document: Document, records: Sequence[R]) -> list[R]:
    """The records without those that are likely wrong, otherwise as they are; all of them for a pipeline that looks for no deeds."""
    if not looks_for_deeds(document):
        return list(records)
    return [r for r in records if share_of(document, r) >= (LEAST_MEETING if isinstance(r, Meeting) else LEAST)]


def weighed(document: Document, records: Sequence[R]) -> list[R]:
    """The records, each with how likely it is right as its confidence; as they are for a pipeline that looks for no deeds."""
    if not looks_for_deeds(document):
        return list(records)
    return [replace(one, confidence=round(min(share_of(document, one), _HIGHEST), 3)) for one in records]


def share_of(document: Document, record: Agreement | Meeting | Activity) -> float:
    """How likely it is that the record is right with its parties, 0 to 1; its `confidence` is what its reader gave it."""
    key = f"trust: {type(record).__name__} {record.id} {record.confidence}"
    known = document.notes.get(key)
    if not isinstance(known, float):
        known = document.notes[key] = share(load_weights("trust"), signs_of(document, record))
    return known


def signs_of(document: Document, record: Agreement | Meeting | Activity) -> dict[str, float]:
    """Sign -> value: what the rule weighs."""
    labels = _LABELS[type(record)]
    words = {token.i for token in document.tokens_in(record.evidence["record"])}
    deeds = [deed for deed in likely_deeds(document, 0) if deed.token in words]
    fitting = [deed for deed in deeds if deed.label in labels]
    parties = set(record.parties)
    seen = [partners(document, token) for token in [d.token for d in fitting] or sorted(words)[:1]]
    best = max(seen, key=lambda one: (set(one.parties.codes) == parties, one.belief), default=None)
    same = best is not None and set(best.parties.codes) == parties
    least = min((max(one.each.get(code, 0.0) for one in seen) for code in parties), default=0.0) if seen else 0.0
    others = [likely for code, likely in best.each.items() if code not in parties] if best is not None else []
    return {
        "reader": record.confidence,
        "deed": max((deed.belief for deed in fitting), default=0.0),
        "no deed": float(not fitting),
        "another deed": float(bool(deeds) and not fitting),
        "same parties": float(same),
        "same parties, belief": best.belief if same and best is not None else 0.0,
        "least likely party": logit(least, _EDGE),
        "likeliest other": logit(max(others, default=0.0), _EDGE),
        "one party": float(len(parties) < 2),
        "three parties": float(len(parties) > 2),
        "five parties": float(len(parties) > 4),
        "passages": float(len(record.evidence["record"])),
        _KINDS[type(record)]: 1.0,
    }
