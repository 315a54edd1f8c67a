"""Answers to questions on the terminal: tables that fit its width, JSON, CSV."""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.ask import party_name
from foedus.cli_tables import clean, day, new_console, plain, print_table, short_id
from foedus.errors import FoedusError
from foedus.export import write_answer, write_rows
from foedus.export.tables import cell

if TYPE_CHECKING:
    from foedus.ask import Brief, Change, Coming, Deed, Found, Network, News, Period, PersonPage, Said, Trend, Watch


def print_rows(answer: Any, names: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    """`answer` as JSON, or the rows as CSV or a table; ids are short in a table."""
    if form == "json":
        write_answer(answer, sys.stdout)
    elif form == "csv":
        write_rows(names, rows, sys.stdout)
    elif rows:
        short = [names.index("id")] if "id" in names else []
        print_table(
            list(names),
            [[short_id(cell(one)) if at in short else cell(one) for at, one in enumerate(row)] for row in rows],
        )


def names_of(codes: Sequence[str]) -> str:
    """Parties for people: "India, United States"."""
    return ", ".join(map(party_name, codes))


def print_horizon(found: Sequence[Coming], form: str) -> None:
    """What comes up, soonest first."""
    if form == "table":
        names = ["on", "why", "parties", "what", "id"]
        print_rows(
            found, names, [[day(one.on), one.why, names_of(one.parties), one.headline, one.id] for one in found], form
        )
    else:
        names = ["on", "why", "days", "kind", "parties", "headline", "because", "id", "reports", "urls"]
        rows = [[getattr(one, name) for name in names[:-2]] + _sources(one.record) for one in found]
        print_rows(found, names, rows, form)


def print_changes(found: Sequence[Change], form: str) -> None:
    """What changed, by day."""
    if form == "table":
        rows = [[day(one.on), one.what, one.kind, f"{one.headline} ({one.detail})", one.id] for one in found]
        print_rows(found, ["on", "change", "kind", "what", "id"], rows, form)
    else:
        names = ["on", "what", "kind", "headline", "detail", "id", "reports"]
        print_rows(found, names, [[getattr(one, name) for name in names] for one in found], form)


def print_network(found: Network, form: str, limit: int | None) -> None:
    """Who with whom; GraphML for other programs."""
    edges = found.edges[:limit]
    if found.left_out:
        print(f"foedus: {len(found.left_out)} records have more parties than --most and join nobody", file=sys.stderr)
    if form == "graphml":
        from foedus.export import network_graphml

        sys.stdout.write(network_graphml(found))
    elif form == "table":
        rows = [
            [party_name(one.a), party_name(one.b), one.count, _on(one.on), _years(one.first, one.last)] for one in edges
        ]
        print_rows(found, ["party", "with", "records", "about", "years"], rows, form)
    else:
        rows = [[one.a, one.b, one.count, _on(one.on), one.first, one.last, one.ids] for one in edges]
        print_rows(found, ["a", "b", "count", "on", "first", "last", "ids"], rows, form)


def _on(on: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in on.items())


def _years(first: str | None, last: str | None) -> str:
    return first or "" if first == last else f"{first}–{last}"


def print_trend(found: Trend, form: str) -> None:
    """A row a period; in a table bars, conflict to the left and cooperation to the right."""
    kinds = list(found.periods[0].kinds) if found.periods else []
    if form != "table":
        names = ["month", "cooperation", "conflict", "neutral", *kinds, "events_cooperation", "events_conflict"]
        names += ["goldstein", "goldstein_events"]
        rows = [[one.kinds.get(name, getattr(one, name, None)) for name in names] for one in found.periods]
        print_rows(found, names, rows, form)
        return
    most = max((max(one.cooperation, one.conflict) for one in found.periods), default=1) or 1
    wide = 11
    table: list[list[Any]] = []
    for one in _shortened(found.periods):
        if one is None:
            table.append(["…"] + [""] * (len(kinds) + 4))
            continue
        left, right = (math.ceil(number * wide / most) for number in (one.conflict, one.cooperation))
        bars = f"{'░' * left:>{wide}}│{'█' * right:<{wide}}"
        gold = "" if one.goldstein is None else f"{one.goldstein:+.1f}"
        counts = [str(one.kinds[name] or "") for name in kinds]
        table.append(
            [one.month, bars, *counts, str(one.events_cooperation or ""), str(one.events_conflict or ""), gold]
        )
    heads = [str(found.by), "   conflict│cooperation", *(_HEADS[name] for name in kinds), "ev +", "ev −", "Goldst."]
    kept = list(range(len(heads))) if new_console().width >= _WIDE else [0, 1, *range(len(heads) - 3, len(heads))]
    print_rows(found, [heads[at] for at in kept], [[row[at] for at in kept] for row in table], form)
    if found.undated:
        print(f"foedus: {found.undated} records are not dated to the {found.by}", file=sys.stderr)


_WIDE = 100
"""Characters: a narrower terminal is not told the kinds of record."""
_HEADS = {"agreements": "agr.", "meetings": "meet.", "statements": "said", "commitments": "prom.", "activities": "act."}


def _shortened(periods: Sequence[Period]) -> Iterator[Period | None]:
    """The periods; None for a run of more than three in which nothing happened."""
    quiet: list[Period] = []
    for one in periods:
        if sum(one.kinds.values()) or one.events_cooperation or one.events_conflict:
            yield from [None] if len(quiet) > 3 else quiet
            quiet = []
            yield one
        else:
            quiet.append(one)


def print_found(found: Found, form: str) -> None:
    """What a search found, its words marked, and the facets under it."""
    if form == "table":
        for hit in found.hits:
            print_marked(day(hit.on) or "undated", hit.kind, hit.id, hit.title, hit.pieces)
        for name, counts in found.facets.items():
            if counts:
                some = [f"{party_name(one) if name == 'party' else one} {number}" for one, number in counts.items()]
                new_console().print(plain(f"{name}: {', '.join(some[:12])}{' …' if len(some) > 12 else ''}"))
        return
    names = ["kind", "id", "on", "title", "snippet", "score"]
    rows = [[hit.kind, hit.id, hit.on, hit.title, joined(hit.pieces), hit.score] for hit in found.hits]
    print_rows(found, names, rows, form)


def joined(pieces: Sequence[tuple[str, bool]]) -> str:
    """Pieces in one line, the marked ones in [brackets]."""
    return "".join(f"[{words}]" if mark else words for words, mark in pieces)


def print_marked(on: str, kind: str, id: str, title: str, pieces: Sequence[tuple[str, bool]]) -> None:
    """A find: when, what, id and title, and under it its words, those asked for in brackets and bold."""
    from rich.text import Text

    head = Text.assemble((f"{clean(on)}  ", "cyan"), f"{kind}  ", (clean(title), "bold"), f"  {clean(short_id(id))}")
    body = Text("  ")
    for words, mark in pieces:
        body.append(f"[{clean(words)}]" if mark else clean(words), "bold reverse" if mark else "")
    out = new_console()
    out.print(head)
    if pieces:
        from rich.padding import Padding

        out.print(Padding(body[2:], (0, 0, 0, 4)))


def print_said(found: Sequence[Said], form: str) -> None:
    """Statements with their words."""
    if form == "json":
        write_answer(found, sys.stdout)
    elif form == "csv":
        names = ["on", "speaker", "person", "text", "id", "reports", "urls"]
        rows = [[one.on, one.speaker, one.person, joined(one.pieces), one.id, *_sources(one.record)] for one in found]
        print_rows(found, names, rows, form)
    else:
        for one in found:
            print_marked(day(one.on) or "undated", "statement", one.id, one.speaker, one.pieces)


_ROLES = {
    "speaker": "says",
    "joint_with": "says too",
    "attributed_to": "claims",
    "participants": "attends",
    "signatories": "signs",
}


def print_person(found: PersonPage, form: str) -> None:
    """A person: names and offices, then what they did, by day."""
    groups = ("statements", "meetings", "signatures", "others")
    deeds: list[tuple[str, Deed]] = [(name, deed) for name in groups for deed in getattr(found, name)]
    if form == "json":
        write_answer(found, sys.stdout)
        return
    if form == "csv":
        offices = [["office", one.since, one.until, one.office, None, one.reports] for one in found.offices]
        rows = [[deed.kind, deed.on, None, deed.headline, deed.id, _sources(deed.record)[0]] for _, deed in deeds]
        print_rows(found, ["kind", "on", "until", "what", "id", "reports"], [*offices, *rows], form)
        return
    print(clean(f"{found.name}{f', {party_name(found.party)}' if found.party else ''}  ({found.id})"))
    if len(found.names) > 1:
        print(clean(f"also: {', '.join(one for one in found.names if one != found.name)}"))
    if found.offices:
        rows = [[one.office, one.since, one.until, len(one.reports)] for one in found.offices]
        print_rows(found, ["office", "from", "until", "reports"], rows, form)
    rows = [
        [day(deed.on) or "undated", _ROLES.get(deed.role, deed.role), deed.kind, deed.headline, deed.id]
        for _, deed in deeds
    ]
    print_rows(found, ["on", "role", "kind", "what", "id"], rows, form)


def print_people(found: Sequence[dict[str, Any]], form: str) -> None:
    """Persons with the offices that reports give them."""
    rows = [
        [one["id"], one["name"], one["party"], [_held(office) for office in one["offices"]], one["records"]]
        for one in found
    ]
    if form == "table":
        rows = [[id, name, party and party_name(party), "; ".join(held), n] for id, name, party, held, n in rows]
    print_rows(found, ["person", "name", "party", "offices", "records"], rows, form)


def _held(office: dict[str, Any]) -> str:
    days = [day for day in (office["from"], office["until"]) if day]
    return f"{office['office']} ({' – '.join(dict.fromkeys(days))})" if days else str(office["office"])


def print_watches(found: Sequence[Watch], form: str) -> None:
    """Saved watches."""
    if form == "table":
        rows = [
            [one.name, names_of(one.parties), one.domain, one.phrase, one.kinds, one.run_at or "never"] for one in found
        ]
        print_rows(found, ["watch", "parties", "domain", "phrase", "kinds", "last run"], rows, form)
    else:
        names = ["name", "parties", "domain", "phrase", "kinds", "added_at", "run_at"]
        print_rows(found, names, [[getattr(one, name) for name in names] for one in found], form)


def print_news(found: Sequence[News], form: str) -> None:
    """What watches tell."""
    if form == "table":
        rows = [
            [one.watch, day(one.on) or "undated", f"{one.what} {one.kind}", f"{one.headline} ({one.detail})", one.id]
            for one in found
        ]
        print_rows(found, ["watch", "on", "news", "what", "id"], rows, form)
    else:
        names = ["watch", "what", "kind", "id", "on", "headline", "detail", "reports"]
        print_rows(found, names, [[getattr(one, name) for name in names] for one in found], form)


def write_brief(found: Brief, form: str, output: str | None) -> None:
    """A brief on standard output, or into a file."""
    from foedus.export import brief_html, brief_markdown

    if output and output.lower().endswith((".html", ".htm")):
        form = "html"
    if form == "json":
        text = io.StringIO()
        write_answer(found, text)
        whole = text.getvalue()
    else:
        whole = brief_html(found) if form == "html" else brief_markdown(found)
    if output is None:
        sys.stdout.write(whole)
        return
    try:
        Path(output).write_text(whole, "utf-8")
    except OSError as error:
        raise FoedusError(f"{output}: cannot be written ({error.strerror}); name another file") from None


def _sources(record: dict[str, Any]) -> list[Any]:
    sources = record["sources"]
    return [[source["report"] for source in sources], [source["url"] for source in sources if source["url"]]]
