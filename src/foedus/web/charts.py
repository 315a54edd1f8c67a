"""Where the marks of the charts lie. The templates draw them as SVG; nothing here knows HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from math import cos, pi, sin, sqrt
from typing import Any

from foedus.ask import Coming, Network, Trend, headline, party_name
from foedus.ask.standing import add_months
from foedus.ask.words import date_words
from foedus.book.edtf import bounds

MOST_NODES = 36
"""More parties than this are not drawn; the table below the drawing has them all."""


def years_of(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bars of records a year without gaps, the last 40 years: ``{"year", "count", "height"}``, height in per cent."""
    count = Counter(int(days[0][:4]) for one in records if (days := bounds(one.get("when"))))
    if not count:
        return []
    most = max(count.values())
    years = list(range(min(count), max(count) + 1))[-40:]
    return [{"year": str(year), "count": count[year], "height": round(100 * count[year] / most)} for year in years]


def strip(entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A strip of time, 1000 wide: ``{"marks": [{"x", "y", "kind", "label", "id"}], "ticks": [{"x", "year"}], "height"}``.

    Marks that would cover each other are stacked above the line, at most 8 high. An entry has `on` (EDTF), `kind`,
    `headline` and `id`; undated ones have no mark. No marks where all lie on one day.
    """
    dated = sorted(((_year(days[0]), at, one) for at, one in enumerate(entries) if (days := bounds(one["on"]))))
    if not dated or dated[0][0] == dated[-1][0]:
        return {"marks": [], "ticks": [], "height": 0}
    low, high = dated[0][0], dated[-1][0]
    ends = [-100.0] * 8
    marks = []
    for when, _, one in dated:
        x = round(20 + 960 * (when - low) / (high - low))
        row = next((row for row, end in enumerate(ends) if x - end >= 18), ends.index(min(ends)))
        ends[row] = x
        label = f"{date_words(one['on'])}: {one['headline']}"
        marks.append({"x": x, "row": row, "kind": one["kind"], "label": label, "id": one["id"]})
    top = 18 * (max(mark["row"] for mark in marks) + 1)
    for mark in marks:
        mark["y"] = top - 18 * mark.pop("row") - 4
    step = max(1, (int(high) - int(low)) // 12)
    years = [year for year in range(int(low), int(high) + 1, step) if year >= low]
    ticks = [{"x": round(20 + 960 * (year - low) / (high - low)), "year": str(year)} for year in years]
    return {"marks": marks, "ticks": ticks, "height": top + 28}


def _year(day: str) -> float:
    """A day as a fraction of years."""
    return int(day[:4]) + (int(day[5:7]) - 1) / 12 + int(day[8:10]) / 372


def trend_bars(trend: Trend) -> dict[str, Any]:
    """Bars up for cooperation and down for conflict: ``{"bars": [{"period", counts, "up", "down"}], "above", "below"}``.

    `above` and `below`: how far the bars reach; the longest is 60. The last 40 periods.
    """
    shown = trend.periods[-40:]
    most = max((max(one.cooperation, one.conflict) for one in shown), default=0) or 1
    bars: list[dict[str, Any]] = [
        {
            "period": one.month, "cooperation": one.cooperation, "conflict": one.conflict,
            "up": round(60 * one.cooperation / most, 1), "down": round(60 * one.conflict / most, 1),
        }
        for one in shown
    ]  # fmt: skip
    ends = {
        "above": max((one["up"] for one in bars), default=0),
        "below": max((one["down"] for one in bars), default=0),
    }
    return {"bars": bars, **ends}


def coming_bars(coming: Iterable[Coming], today: date, months: int) -> list[dict[str, Any]]:
    """A stack a month from today on, at most 36: ``{"label", "count", "parts": [{"why", "y", "height", "count"}]}``."""
    labels = [add_months(today.replace(day=1), at).isoformat()[:7] for at in range(min(months, 35) + 1)]
    counts: dict[str, Counter[str]] = {label: Counter() for label in labels}
    for one in coming:
        days = bounds(one.on)
        if days and one.days >= 0 and days[1][:7] in counts:
            counts[days[1][:7]][one.why] += 1
    most = max(sum(one.values()) for one in counts.values()) or 1
    bars = []
    for label, mine in counts.items():
        at, parts = 100.0, []
        for why, number in sorted(mine.items()):
            height = 100 * number / most
            at -= height
            parts.append({"why": why, "y": round(at, 1), "height": round(height, 1), "count": number})
        bars.append({"label": label, "count": sum(mine.values()), "parts": parts})
    return bars


def circle(network: Network) -> dict[str, Any]:
    """Parties on a circle, neighbours by how much they have to do with each other, and the lines between them.

    ``{"nodes": [{"party", "name", "x", "y", "r", "tx", "ty", "anchor", "records"}], "edges": [{"a", "b", "x1", …, "width",
    "count"}]}`` in a drawing 1000 wide and 700 high. The parties with most records; empty where nobody is joined.
    """
    kept = [one.party for one in network.nodes[:MOST_NODES]]
    order = _round(kept, network)
    records = {one.party: one.records for one in network.nodes}
    places: dict[str, tuple[float, float]] = {}
    nodes = []
    most = max((records[one] for one in order), default=1)
    for number, party in enumerate(order):
        angle = 2 * pi * number / len(order) - pi / 2
        x, y = 500 + 270 * cos(angle), 350 + 270 * sin(angle)
        r = 6 + 12 * sqrt(records[party] / most)
        places[party] = (x, y)
        nodes.append({
            "party": party, "name": _short(party_name(party)), "records": records[party], "x": round(x), "y": round(y), "r": round(r, 1),
            "tx": round(x + (r + 7) * cos(angle)), "ty": round(y + (r + 14) * sin(angle) + 5),
            "anchor": "middle" if abs(cos(angle)) < 0.15 else "start" if cos(angle) > 0 else "end",
        })  # fmt: skip
    edges = [
        {
            "a": one.a, "b": one.b, "count": one.count, "width": min(12, 1 + 1.5 * one.count),
            "x1": round(places[one.a][0]), "y1": round(places[one.a][1]),
            "x2": round(places[one.b][0]), "y2": round(places[one.b][1]),
        }
        for one in network.edges
        if one.a in places and one.b in places
    ]  # fmt: skip
    return {"nodes": nodes, "edges": edges}


def _short(name: str) -> str:
    return name if len(name) <= 22 else f"{name[:20].rstrip()} …"


def _round(parties: Sequence[str], network: Network) -> list[str]:
    """The parties in an order in which those with strong bonds stand side by side: from each on to its strongest left."""
    weight = {(one.a, one.b): one.count for one in network.edges} | {(one.b, one.a): one.count for one in network.edges}
    left = list(parties)
    order: list[str] = []
    while left:
        here = order[-1] if order else left[0]
        best = max(left, key=lambda one: (weight.get((here, one), 0), -left.index(one)))
        order.append(best if order else left[0])
        left.remove(order[-1])
    return order


def deeds(some: Iterable[Any]) -> list[dict[str, Any]]:
    """What `strip` takes, from the deeds of a person."""
    return [{"on": one.on, "kind": one.kind, "headline": headline(one.record), "id": one.id} for one in some]
