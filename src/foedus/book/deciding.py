"""What a person can decide about a record, and what was decided: the part of `Book` that is about decisions."""

from __future__ import annotations

import getpass
import os
import secrets
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from foedus.book import decisions as d
from foedus.book import schema as t
from foedus.book.constraints import pairs_of
from foedus.book.decisions import RELATIONS, Action, Decision, Target
from foedus.errors import BookError, NotFoundError
from foedus.record import CLASSES

_LEFT = {"id", "evidence", "confidence"}
_CURRENT = object()


def default_author() -> str:
    """`$FOEDUS_AUTHOR`, else the name of the user who runs this."""
    named = os.environ.get("FOEDUS_AUTHOR", "").strip()
    try:
        return named or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


class Deciding:
    """Decisions of persons. Each method stores one and gives it back; `author` is `default_author` when not given.

    Raises `NotFoundError` for a record that is not there and `BookError` for a decision that makes no sense.
    """

    def accept(self, record: str, field: str | None = None, *, author: str | None = None, reason: str = "") -> Decision:
        """The record is right; or the value that `field` shows now is, whatever later reports say."""
        value = None if field is None else self._value(record, field)
        return self._on_one("accept", record, author, reason, field=field, value=value)

    def reject(
        self,
        record: str,
        field: str | None = None,
        value: Any = _CURRENT,
        *,
        author: str | None = None,
        reason: str = "",
    ) -> Decision:
        """The record is nothing of the kind, and is listed no more; or `value` (the one shown now) of `field` is wrong."""
        if field is None:
            return self._on_one("reject", record, author, reason)
        given = self._value(record, field) if value is _CURRENT else checked(self._kind(record), field, value)
        return self._on_one("reject", record, author, reason, field=field, value=given)

    def correct(self, record: str, field: str, value: Any, *, author: str | None = None, reason: str = "") -> Decision:
        """`value` is what `field` says, None that it says nothing; the reports' values are shown beside it."""
        good = checked(self._kind(record), field, value)
        return self._on_one("correct", record, author, reason, field=field, value=good)

    def note(self, record: str, text: str, *, author: str | None = None) -> Decision:
        """A remark on the record; it changes nothing else."""
        if not text.strip():
            raise BookError("a note must not be empty")
        return self._on_one("note", record, author, "", value=text.strip())

    def merge(self, *records: str, author: str | None = None, reason: str = "") -> Decision:
        """These records are one thing, also where their parties or names differ."""
        found = {one["id"]: one for one in (self.record(id) for id in records)}
        if len(found) < 2:
            raise BookError("merge needs two different records; these are one already")
        if len({one["record_kind"] for one in found.values()}) > 1:
            raise BookError("only records of one kind can be merged")
        sides = [[source["record"] for source in one["sources"]] for one in found.values()]
        kind = next(iter(found.values()))["record_kind"]
        return self._decide("merge", kind, sides, author, reason)

    def split(self, record: str, members: list[str], *, author: str | None = None, reason: str = "") -> Decision:
        """The `members` (ids of report records, or of reports) of the record are another thing than the rest of it."""
        found = self.record(record)
        out = [s["record"] for s in found["sources"] if {s["record"], s["report"]} & set(members)]
        strange = set(members) - {x for s in found["sources"] for x in (s["record"], s["report"])}
        if strange:
            raise BookError(
                f"{', '.join(sorted(strange))}: no source of record {found['id']}; `foedus show` lists them"
            )
        rest = [s["record"] for s in found["sources"] if s["record"] not in out]
        if not rest or not out:
            raise BookError("split needs some of the record's sources, not all and not none")
        return self._decide("split", found["record_kind"], [out, rest], author, reason)

    def link(self, record: str, relation: str, to: str, *, author: str | None = None, reason: str = "") -> Decision:
        """`record` succeeds an agreement, or fulfils, delays, breaks or repeats a commitment; confirms a proposed link."""
        return self._link("link", record, relation, to, author, reason)

    def unlink(self, record: str, relation: str, to: str, *, author: str | None = None, reason: str = "") -> Decision:
        """`record` stands in no such relation to the other, whatever is found."""
        return self._link("unlink", record, relation, to, author, reason)

    def undo(self, decision: str, *, author: str | None = None, reason: str = "") -> Decision:
        """As if the decision with this id (or its first characters) had not been made; undoing an undo brings it back."""
        with self._read() as connection:
            fits = t.decisions.c.id.startswith(decision, autoescape=True)
            found = d.load(connection, fits) if decision else []
            back = d.undone(connection)
        found = [one for one in found if one.id == decision] or found
        if len(found) != 1:
            raise NotFoundError(
                f"{decision!r} fits {'several' if found else 'no'} decisions; `foedus history` lists them"
            )
        if found[0].id in back:
            raise BookError(f"{found[0].id} was undone already by {back[found[0].id]}; undo that one to bring it back")
        targets = found[0].targets
        return self._store("undo", found[0].kind, targets, author, reason, undoes=found[0].id)

    def history(self, record: str) -> list[dict[str, Any]]:
        """Every decision on a record, by time: `id action author made_at reason field value relation undoes undone_by`."""
        found = self.record(record)
        with self._read() as connection:
            made = d.about(connection, [source["record"] for source in found["sources"]])
            back = d.undone(connection)
        return [_as_history(one, back) for one in sorted(made, key=lambda one: (one.made_at, one.id))]

    def decisions(self, unattached: bool = False) -> list[Decision]:
        """All decisions in the book by time; with `unattached` those that lack a record because no report gives it any more."""
        with self._read() as connection:
            found = d.load(connection)
        return [one for one in found if not unattached or any(target.record is None for target in one.targets)]

    # -- inside ---------------------------------------------------------------------------------------------------

    def _kind(self, record: str) -> str:
        return str(self.record(record)["record_kind"])

    def _value(self, record: str, field: str) -> Any:
        found = self.record(record)
        checked_field(found["record_kind"], field)
        if field not in found:
            raise BookError(f"record {found['id']} has no {field}; it can only be corrected")
        return found[field]

    def _on_one(self, action: Action, record: str, author: str | None, reason: str, **about: Any) -> Decision:
        found = self.record(record)
        side = [source["record"] for source in found["sources"]]
        # the record that was named comes first: the decision goes with it when the others part from it
        side.sort(key=lambda id: id != record)
        return self._decide(action, found["record_kind"], [side], author, reason, **about)

    def _link(self, action: Action, record: str, relation: str, to: str, author: str | None, reason: str) -> Decision:
        if relation not in RELATIONS:
            raise BookError(f"unknown relation {relation!r}: one of {', '.join(RELATIONS)}")
        later, earlier = self.record(record), self.record(to)
        if later["id"] == earlier["id"]:
            raise BookError("a record cannot be linked to itself")
        wanted = RELATIONS[relation]
        if earlier["record_kind"] != wanted:
            raise BookError(f"{relation!r} points to {_a(wanted)}, and {earlier['id']} is {_a(earlier['record_kind'])}")
        if relation == "succeeds" and later["record_kind"] != "agreement":
            raise BookError(f"only an agreement succeeds an agreement, and {later['id']} is {_a(later['record_kind'])}")
        sides = [[source["record"] for source in one["sources"]] for one in (later, earlier)]
        return self._decide(action, wanted, sides, author, reason, relation=relation)

    def _decide(
        self, action: Action, kind: str, sides: list[list[str]], author: str | None, reason: str, **about: Any
    ) -> Decision:
        with self._read() as connection:
            targets = tuple(d.target(connection, id, number) for number, side in enumerate(sides) for id in side)
        return self._store(action, kind, targets, author, reason, **about)

    def _store(
        self,
        action: Action,
        kind: str | None,
        targets: tuple[Target, ...],
        author: str | None,
        reason: str,
        **about: Any,
    ) -> Decision:
        author = (author or default_author()).strip()
        reason = " ".join(reason.split())
        with self._write() as connection:
            decision = Decision(
                id=f"de-{secrets.token_hex(8)}",
                action=action,
                author=author or default_author(),
                made_at=_now(connection),
                reason=reason,
                kind=kind,
                targets=targets,
                **about,
            )
            earlier = d.in_force(connection, [target.record for target in targets if target.record is not None])
            against = tuple(one.id for one in earlier if contradicts(decision, one))
            decision = msgspec.structs.replace(decision, overrides=against)
            d.store(connection, decision)
        return decision

    # what `Book` gives

    def record(self, id: str) -> dict[str, Any]:
        """See `Book.record`."""
        raise NotImplementedError

    def _read(self) -> AbstractContextManager[sa.Connection]:
        raise NotImplementedError

    def _write(self) -> AbstractContextManager[sa.Connection]:
        raise NotImplementedError


def contradicts(new: Decision, old: Decision) -> bool:
    """Whether `new` says otherwise than `old` about the same records."""
    if new.action in ("merge", "split"):
        said = dict(pairs_of(new))
        return any(said.get(pair, same) != same for pair, same in pairs_of(old))
    if {new.action, old.action} == {"link", "unlink"}:
        ends = [set(one.side(side)) for one in (new, old) for side in (0, 1)]
        return new.relation == old.relation and bool(ends[0] & ends[2]) and bool(ends[1] & ends[3])
    if new.action not in _ON_VALUES or old.action not in _ON_VALUES or new.field != old.field:
        return False
    if not set(new.side(0)[:1]) & set(old.side(0)) and not set(old.side(0)[:1]) & set(new.side(0)):
        return False
    rejects = {new.action, old.action} & {"reject"}
    same = new.value == old.value
    return (same if new.field else True) and new.action != old.action if rejects else not same


_ON_VALUES = {"accept", "reject", "correct"}


def checked_field(kind: str, field: str) -> None:
    """Raises `BookError` for a field that records of this kind do not have."""
    fields = [name for name in CLASSES[kind].__struct_fields__ if name not in _LEFT]
    if field not in fields:
        raise BookError(f"{_a(kind)} has no field {field!r}: one of {', '.join(fields)}")


def checked(kind: str, field: str, value: Any) -> Any:
    """`value` as the format writes it. Raises `BookError` when the field is unknown or its values are of another form."""
    from foedus.book.values import problem_of

    checked_field(kind, field)
    if value is None:
        return None
    wanted = msgspec.structs.fields(CLASSES[kind])
    form = next(one.type for one in wanted if one.name == field)
    try:
        good = msgspec.to_builtins(msgspec.convert(value, form))
    except msgspec.ValidationError as error:
        raise BookError(f"{field}: {str(error).replace('`', '')}") from None
    if problem := problem_of(field, good):
        raise BookError(f"{field}: {problem}")
    return sorted(good) if field in _SORTED else good


_SORTED = {"parties", "stage_by", "by", "to", "actor", "recipient"}


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _now(connection: sa.Connection) -> str:
    """This moment to the microsecond, later than any decision in the book, so that time gives their order."""
    last = connection.execute(sa.select(sa.func.max(t.decisions.c.made_at))).scalar()
    now = datetime.now(UTC)
    if last is not None:
        now = max(now, datetime.fromisoformat(last) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _as_history(decision: Decision, back: dict[str, str]) -> dict[str, Any]:
    names = ("id", "action", "author", "made_at", "reason", "field", "value", "relation", "undoes", "overrides")
    found = {name: getattr(decision, name) for name in names}
    return found | {"overrides": list(decision.overrides), "undone_by": back.get(decision.id)}
