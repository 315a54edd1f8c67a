"""Which agreement succeeds which: a renewal or a successor is another agreement, linked to the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.book.edtf import bounds
from foedus.book.items import content, overlap


def successions(agreements: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """``(later id, earlier id, why)`` for consolidated agreements of one set of parties that name an earlier one.

    An earlier one is named by its year or its title; a name that fits several links to none.
    """
    found = []
    for later in sorted(agreements, key=lambda one: str(one["id"])):
        named = later.get("succeeds")
        if not named:
            continue
        fits = [one for one in agreements if one is not later and _is_earlier(one, later, named)]
        if len(fits) == 1:
            found.append((str(later["id"]), str(fits[0]["id"]), f"follows “{named}”"))
    return found


def _is_earlier(earlier: dict[str, Any], later: dict[str, Any], named: str) -> bool:
    days, own = bounds(earlier.get("signed_on")), bounds(later.get("signed_on"))
    if days and own and days[0] >= own[0]:
        return False
    years = [word for word in named.replace("-", " ").split() if len(word) == 4 and word.isdigit()]
    title = earlier.get("title") or ""
    if years:
        return any((days is not None and days[0][:4] == year) or year in title for year in years)
    return overlap(content(named), content(title)) >= 0.75
