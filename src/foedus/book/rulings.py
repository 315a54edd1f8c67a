"""What persons decided about one consolidated record: its review, its notes, its values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from foedus.book.decisions import Decision
from foedus.book.rows import dumped


@dataclass
class Ruling:
    """A person's word on one field: the value that holds (if `fixed`), and values that do not."""

    fixed: bool = False
    value: Any = None
    because: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


@dataclass
class Rulings:
    """`review`: accepted, rejected or None; `fields`: rulings by field; `listed`: the decisions as a record shows them."""

    review: str | None = None
    fields: dict[str, Ruling] = field(default_factory=dict)
    listed: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, decisions: Iterable[Decision], members: set[str]) -> Rulings:
        """Those of `decisions` (in force, by time) that are about the record with these members; the later one holds.

        A decision on one record follows the first of its report records that is still read; merges, splits and links are
        listed wherever they have a member.
        """
        found = cls()
        for decision in decisions:
            here = [target.record for target in decision.targets if target.record is not None]
            if not here or not members & set(here if decision.action in _WIDE else here[:1]):
                continue
            found.listed.append(shown(decision))
            if decision.field is not None:
                found._rule(decision)
            elif decision.action in ("accept", "reject"):
                found.review = f"{decision.action}ed"
        return found

    def _rule(self, decision: Decision) -> None:
        ruling = self.fields.setdefault(str(decision.field), Ruling())
        key = dumped(decision.value)
        if decision.action == "reject":
            ruling.wrong[key] = said_by("rejected", decision)
            if ruling.fixed and dumped(ruling.value) == key:
                ruling.fixed = False
        else:
            ruling.wrong.pop(key, None)
            ruling.fixed, ruling.value = True, decision.value
            ruling.because = said_by("corrected" if decision.action == "correct" else "accepted", decision)


_WIDE = {"merge", "split", "link", "unlink"}


def said_by(what: str, decision: Decision) -> str:
    """``corrected by Ana on 2025-11-03: official text``."""
    return f"{what} by {decision.author} on {decision.made_at[:10]}" + (
        f": {decision.reason}" if decision.reason else ""
    )


def shown(decision: Decision) -> dict[str, Any]:
    """A decision as a consolidated record lists it: what is empty is left out."""
    found = {"id": decision.id, "action": decision.action, "author": decision.author, "made_at": decision.made_at}
    for name in ("reason", "field", "value", "relation", "undoes"):
        if value := getattr(decision, name):
            found[name] = value
    return found
