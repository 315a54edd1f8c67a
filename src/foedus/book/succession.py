"""Which agreement succeeds which: a renewal or a successor is another agreement, linked to the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from foedus.book.edtf import bounds, gap
from foedus.book.items import content, overlap, subject_of
from foedus.book.wording import listed

_SIGNED = {
    "signed",
    "ratified",
    "provisionally applied",
    "in force",
    "renewed",
    "extended",
    "amended",
    "expired",
    "terminated",
}
_TERM = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")
_VAGUE = {None, "agreement", "other"}
_APART = 300
"""Days: agreements of one name that are nearer are not renewals of one another."""
_ABOUT = 400
"""Days between the end of a term and the signing of what renews it."""


class Succession(NamedTuple):
    """`later` succeeds `earlier` (ids), with how sure that is and why."""

    later: str
    earlier: str
    score: float
    because: str


def successions(agreements: Sequence[dict[str, Any]]) -> list[Succession]:
    """Successions among consolidated agreements of one set of parties, by the later one's id.

    A successor names the earlier one by its year or title (of several that fit, the last one, as a proposal), or has its
    name and was signed when its term ran out; with no term known that is weak, a proposal.
    """
    found: list[Succession] = []
    having = _having(agreements)
    for later in sorted(agreements, key=lambda one: str(one["id"])):
        named = later.get("succeeds")
        fits = [one for one in agreements if named and one is not later and _is_named(one, later, named)]
        if len(fits) == 1:
            found.append(Succession(later["id"], fits[0]["id"], 1.0, f"follows “{named}”"))
        elif fits:
            found += _last_named(later, fits, str(named))
        else:
            alike = {str(one["id"]): one for word in _name(later) for one in having[word] if one is not later}
            renewed = max(
                _renewals(later, list(alike.values())), key=lambda one: (one.score, one.earlier), default=None
            )
            found += [renewed] if renewed else []
    return found


def _last_named(later: dict[str, Any], fits: Sequence[dict[str, Any]], named: str) -> list[Succession]:
    """Of several that a name fits, the one whose term had run out, or the last one before; that is a proposal."""
    if renewed := max(_renewals(later, fits), key=lambda one: (one.score, one.earlier), default=None):
        return [renewed]
    own = _signed(later)
    before = [(days, one) for one in fits if (days := _signed(one)) and own and days[1] < own[0]]
    if not before:
        return []
    earlier = max(before, key=lambda pair: (pair[0], str(pair[1]["id"])))[1]
    return [
        Succession(later["id"], earlier["id"], 0.6, f"follows “{named}”, a name that {len(fits)} earlier ones have")
    ]


def _having(agreements: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Word -> the agreements that have it in their name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in agreements:
        for word in _name(one):
            found.setdefault(word, []).append(one)
    return found


def _is_named(earlier: dict[str, Any], later: dict[str, Any], named: str) -> bool:
    days, own = bounds(earlier.get("signed_on")), bounds(later.get("signed_on"))
    if days and own and days[0] >= own[0]:
        return False
    years = [word for word in named.replace("-", " ").split() if len(word) == 4 and word.isdigit()]
    title = earlier.get("title") or ""
    if years and any((days is not None and days[0][:4] == year) or year in title for year in years):
        return True
    # a year alone is only a year; "the Agreed Minute of January 1995" is a name as well
    about = content(named) - listed("months")
    return bool(about) and (not years or len(about & content(title)) >= 2) and overlap(about, content(title)) >= 0.75


def _renewals(later: dict[str, Any], others: Sequence[dict[str, Any]]) -> Iterator[Succession]:
    """Earlier agreements of the same name; only the last of them can be what is renewed."""
    own, name = _signed(later), _name(later)
    if own is None or len(name) < 2:
        return
    same = []
    for one in others:
        before = _signed(one)
        kinds = {one.get("instrument"), later.get("instrument")}
        if before is None or before[1] >= own[0] or (gap(before, own) or 0) < _APART:
            continue
        if len(_name(one)) >= 2 and overlap(name, _name(one)) >= 0.75 and (len(kinds) == 1 or kinds & _VAGUE):
            same.append((before, one))
    if not same:
        return
    before, earlier = max(same, key=lambda pair: (pair[0], pair[1]["id"]))
    years = round((gap(before, own) or 0) / 365.25)
    ends = _end(before[0], earlier.get("term"))
    if ends is not None and (gap(ends, own) or 0) <= _ABOUT:
        yield Succession(
            later["id"], earlier["id"], 0.9, "of the same name, signed when the term of the earlier one ran out"
        )
    else:
        yield Succession(later["id"], earlier["id"], 0.6, f"of the same name, {years} years later")


def _signed(agreement: dict[str, Any]) -> tuple[str, str] | None:
    """When it was signed; else, for one that is said to be signed, about when its first report says so."""
    if days := bounds(agreement.get("signed_on")):
        return days
    if agreement.get("stage") not in _SIGNED or agreement.get("signed_on"):
        return None
    return bounds(min((one["published_on"] for one in agreement["sources"] if one["published_on"]), default=None))


def _name(agreement: dict[str, Any]) -> frozenset[str]:
    return subject_of({"title": agreement.get("title")})


def _end(day: str, term: str | None) -> tuple[str, str] | None:
    found = _TERM.fullmatch(term or "")
    if not found or not any(found.groups()):
        return None
    months = int(day[:4]) * 12 + int(day[5:7]) - 1 + 12 * int(found[1] or 0) + int(found[2] or 0)
    return bounds(f"{months // 12:04d}-{months % 12 + 1:02d}")
