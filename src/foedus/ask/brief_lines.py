"""How a record reads in a brief: its day, one line, and what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from foedus.ask.horizon import Coming
from foedus.ask.standing import Standing, end_of, standing_of
from foedus.ask.timeline import headline
from foedus.ask.words import date_words, listed, parties_words, person_words, place_words, term_words
from foedus.book.edtf import bounds
from foedus.book.subjects import name_words

Said = tuple[str | None, str, list[str]]
_STANDING = {
    "in force": "in force",
    "signed": "signed; no report says that it is in force",
    "agreed": "agreed; no report says that it was signed",
    "suspended": "suspended",
    "notice given": "notice given",
    "succeeded": "succeeded",
    "expired": "expired",
    "ended": "ended",
    "not concluded": "not concluded",
    "unknown": "no report says how it stands",
}


def name_of(record: dict[str, Any]) -> str:
    """What a record is called in a sentence."""
    kind = record["record_kind"]
    if kind == "agreement":
        return str(record.get("title") or record.get("instrument") or "agreement")
    if kind == "meeting":
        return str(record.get("forum") or f"{record.get('format') or ''} meeting".strip())
    if kind == "activity":
        return str(record.get("name") or record.get("item") or record.get("kind") or "activity")
    return headline(record)


def field_words(field: str) -> str:
    """``signed_on`` gives "signed on"."""
    return field.replace("_", " ")


def reason_words(because: str) -> str:
    """What a day is from: ``signed_on + P10Y`` gives "signature + 10 years"."""
    for field, words in _FIELDS.items():
        because = because.replace(field, words)
    return _LENGTH.sub(lambda found: term_words(found[0]), because)


_FIELDS = {
    "signed_on": "signature",
    "effective_on": "entry into force",
    "expires_on": "the day reported",
    "due_on": "the day reported",
}
_LENGTH = re.compile(r"\bP(?:\d+[YMWD])+")


def agreement(record: dict[str, Any], known: dict[str, dict[str, Any]], today: date) -> Said:
    """An agreement with how it stands, what it runs to, what it follows and what follows it."""
    standing = standing_of(record, today)
    text = name_of(record)
    instrument = record.get("instrument")
    if instrument and instrument not in ("other", "agreement") and instrument not in text.casefold():
        text += f" ({instrument})"
    if len(record.get("parties", ())) > 2:
        text += f", between {parties_words(record['parties'])}"
    details = [f"standing: {_standing_words(record, standing)}"]
    details += _signed(record)
    end = end_of(record, today)
    if record.get("term") or end:
        words = [f"term {term_words(record['term'])}"] if record.get("term") else []
        if end:
            past = (bounds(end.on) or ("", ""))[1] < today.isoformat()
            words.append(f"{'ran' if past else 'runs'} to {date_words(end.on)} ({reason_words(end.because)})")
        details.append(", ".join(words) + (", then renews itself" if end and end.renews else ""))
    if record.get("renewal"):
        details.append(f"renewal: “{record['renewal']}”")
    if record.get("domains"):
        details.append(f"on {listed(record['domains'])}")
    stages = [f"{one['stage']}{' ' + date_words(one['on']) if one['on'] else ''}" for one in record.get("stages", ())]
    if len(stages) > 1:
        details.append(f"stages: {', '.join(stages)}")
    return record.get("when"), text, details + _succession(record, known)


def _standing_words(record: dict[str, Any], standing: Standing) -> str:
    """How it stands, and who took the last step: "signed, ratified by Japan; no report says that it is in force"."""
    words, stage = _STANDING[standing], record.get("stage")
    if not record.get("stage_by") or standing in ("succeeded", "expired", "unknown"):
        return words
    who = parties_words(record["stage_by"])
    head, mark, rest = words.partition(";")
    if stage == "in force":
        return f"{head} for {who}{mark}{rest}"
    return f"{head} by {who}{mark}{rest}" if stage == head else f"{head}, {stage} by {who}{mark}{rest}"


_PARTICULARS = (
    "signatories", "signed_on", "place", "occasion", "effective_on", "expires_on", "term", "renewal", "succeeds", "succeeds_id",
    "succeeded_by_id", "amount", "mediators", "decisions", "stage_by",
)  # fmt: skip


def is_bare(record: dict[str, Any], others: Iterable[dict[str, Any]]) -> bool:
    """Whether a record of an agreement says nothing but its parties.

    Its stage and subjects are something only where none of the `others` that says more has the same parties.
    """
    if _says_more(record):
        return False
    fuller = any(_says_more(one) and set(record["parties"]) <= set(one["parties"]) for one in others)
    return fuller or not (record.get("stage") or record.get("domains"))


def _says_more(record: dict[str, Any]) -> bool:
    return bool(name_words(record.get("title"))) or any(record.get(field) for field in _PARTICULARS)


def _signed(record: dict[str, Any]) -> list[str]:
    parts = [f"on {date_words(record['signed_on'])}"] if record.get("signed_on") else []
    if record.get("place"):
        parts.append(f"in {place_words(record['place'])}")
    if record.get("signatories"):
        parts.append(f"by {listed([person_words(one) for one in record['signatories']])}")
    if record.get("occasion"):
        parts.append(f"at {record['occasion']}")
    return [f"signed {' '.join(parts)}"] if parts and record.get("stage") not in ("proposed", "negotiating") else []


def _succession(record: dict[str, Any], known: dict[str, dict[str, Any]]) -> list[str]:
    """The whole line of predecessors, nearest first, and the next successor."""
    chain: list[str] = []
    seen = {record["id"]}
    one = record
    while (id := one.get("succeeds_id")) and id in known and id not in seen:
        seen.add(id)
        one = known[id]
        chain.append(_short(one))
    found = [f"follows {', which followed '.join(chain)}"] if chain else []
    if not chain and record.get("succeeds"):
        found.append(f"follows “{record['succeeds']}”")
    if (later := known.get(record.get("succeeded_by_id") or "")) is not None:
        found.append(f"succeeded by {_short(later)}")
    return found


def _short(record: dict[str, Any]) -> str:
    return name_of(record) + (f" ({date_words(record['when'])})" if record.get("when") else "")


def meeting(record: dict[str, Any]) -> Said:
    """A meeting with where, who and on what."""
    text = name_of(record)
    if record.get("edition"):
        text += f", no. {record['edition']}"
    if record.get("place"):
        text += f", {place_words(record['place'])}"
    if record.get("status") and record["status"] != "held":
        text += f" ({record['status']})"
    details = []
    if record.get("participants"):
        details.append(f"with {listed([person_words(one) for one in record['participants']])}")
    if record.get("topics"):
        details.append(f"on {listed(record['topics'])}")
    if record.get("occasion"):
        details.append(f"at {record['occasion']}")
    return record.get("when"), text, details


def statement(record: dict[str, Any]) -> Said:
    """Who said what, how and to whom."""
    speakers = [record.get("speaker"), *record.get("joint_with", ())]
    words = record.get("text") or ""
    said = f"“{words}”" if record.get("mode") == "direct" else words
    about = [record.get("medium"), f"to {parties_words([record['addressee']])}" if record.get("addressee") else None]
    about.append(f"via {record['via']}" if record.get("via") else None)
    return (
        record.get("when"),
        f"{listed([person_words(one) for one in speakers])}: {said}",
        [", ".join(filter(None, about))] * any(about),
    )


def commitment(record: dict[str, Any]) -> Said:
    """Who promised what to whom by when, its state, and what followed."""
    to = f" to {parties_words(record['to'])}" if record.get("to") else ""
    text = f"{parties_words(record.get('by'))}{to}: {record.get('undertaking')}"
    details = [f"state: {record['state']}" + (f", due {date_words(record['due_on'])}" if record.get("due_on") else "")]
    if record.get("condition"):
        details.append(f"on condition: {record['condition']}")
    for one in record["follow_up"]:
        sure = "confirmed" if one["confirmed"] else "not confirmed"
        on = f" on {date_words(one['on'])}" if one["on"] else ""
        details.append(f"{one['relation']} by {one['kind']} {one['record']}{on} ({sure}: {one['because']})")
    return record.get("when"), text, details


def activity(record: dict[str, Any]) -> Said:
    """What was done, where, and how it stands."""
    kind, name = record.get("kind"), record.get("name") or record.get("item")
    text = f"{kind}: {name}" if kind and name else str(kind or name or "activity")
    if record.get("place"):
        text += f", {place_words(record['place'])}"
    if record.get("status") and record["status"] != "held":
        text += f" ({record['status']})"
    amount = record.get("amount")
    details = [f"worth {amount['amount']:,} {amount['currency']}"] if amount else []
    if len(record.get("parties", ())) > 2:
        details.append(f"with {parties_words(record['parties'])}")
    return record.get("when"), text, details


def coming(one: Coming) -> Said:
    """Something on the horizon."""
    away = f"{one.days} days from now" if one.days >= 0 else f"{-one.days} days ago"
    return one.on, f"{one.why}: {one.headline}", [f"{reason_words(one.because)}; {away}"]


WRITERS: dict[str, Callable[[dict[str, Any]], Said]] = {
    "meeting": meeting,
    "statement": statement,
    "commitment": commitment,
    "activity": activity,
}
