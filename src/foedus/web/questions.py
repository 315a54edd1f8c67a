"""The pages that answer questions: search, horizon, changes, network, persons, the dossier on a pair. Thin over `ask`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from foedus import ask
from foedus.ask.dates import code_of
from foedus.ask.parties import party_name
from foedus.ask.standing import add_months
from foedus.book.store import Book
from foedus.errors import AskError
from foedus.export import brief_html, calendar_of
from foedus.record import KINDS
from foedus.web.charts import circle, coming_bars, deeds, strip

MANY = 300
"""Rows on one page."""
Parties = Annotated[list[str] | None, Query()]
Kinds = Annotated[list[str] | None, Query()]
Page = Callable[..., HTMLResponse]


def known(book: Book) -> list[str]:
    """Names of the parties in the book, for a form to offer; most records first."""
    return [party_name(code) for code, _ in book.parties()]


def add_questions(app: FastAPI, book: Callable[[], Book], page: Page) -> None:
    """Put the pages into the application; `book` opens the book, `page` renders a template."""
    for path, make in (
        ("/search", _search),
        ("/horizon", _horizon),
        ("/changes", _changes),
        ("/network", _network),
        ("/people", _people),
        ("/people/{id}", _person),
        ("/pairs/{a}/{b}/brief", _brief),
    ):
        app.get(path)(make(book, page))


def _given(values: list[str] | None) -> list[str]:
    """What a form sent, without its empty fields."""
    return [one.strip() for one in values or () if one.strip()]


def _asking(request: Request) -> Callable[..., str]:
    """Makes the query of this page with some of it asked otherwise (None: left out)."""

    def asking(**other: Any) -> str:
        kept = [(name, value) for name, value in request.query_params.multi_items() if value and name not in other]
        return urlencode(kept + [(name, value) for name, value in other.items() if value is not None])

    return asking


def _json(answer: Any, problem: str) -> JSONResponse:
    return JSONResponse({"error": problem} if problem else msgspec.to_builtins(answer), 400 if problem else 200)


def _search(book: Callable[[], Book], page: Page) -> Callable[..., Response]:
    def search(
        request: Request, q: str = "", kind: Kinds = None, party: Parties = None, since: str = "", until: str = "",
        newest: bool = False, start: Annotated[int, Query(ge=0)] = 0, format: str = "html",
    ) -> Response:  # fmt: skip
        asked: dict[str, Any] = {"q": q, "kind": _given(kind), "party": _given(party), "since": since, "until": until}
        found, problem = None, ""
        with book() as opened:
            names = known(opened)
            if any(asked.values()):
                try:
                    found = ask.search(
                        opened, q, kinds=asked["kind"], party=asked["party"], since=since or None, until=until or None,
                        newest=newest, skip=start,
                    )  # fmt: skip
                except AskError as error:
                    problem = str(error)
        if format == "json":
            return _json(found, problem or ("" if found else "give words to search for, or a party, a kind or a date"))
        return page(
            "search.html", 400 if problem else 200, asking=_asking(request), here="/search", found=found, problem=problem, asked=asked, start=start,
            newest=newest, known=names,
        )  # fmt: skip

    return search


def _horizon(book: Callable[[], Book], page: Page) -> Callable[..., Response]:
    def horizon(
        request: Request,
        party: Parties = None,
        months: Annotated[int, Query(ge=1, le=1200)] = 12,
        why: str = "",
        format: str = "html",
    ) -> Response:
        found: list[ask.Coming] = []
        problem, today, parties = "", date.today(), _given(party)
        with book() as opened:
            names = known(opened)
            try:
                reasons = _given([why])
                found = ask.horizon(
                    opened, *parties, months=months, today=today, why=reasons, quotes=format in ("ics", "json")
                )
            except AskError as error:
                problem = str(error)
        if format == "json":
            return _json(found, problem)
        if format == "ics" and not problem:
            name = {"Content-Disposition": 'attachment; filename="horizon.ics"'}
            return Response(calendar_of(found, today), media_type="text/calendar", headers=name)
        ahead = [one for one in found if one.days >= 0]
        behind = [one for one in found if one.days < 0][::-1]
        counts = Counter(one.why for one in found)
        return page(
            "horizon.html", 400 if problem else 200, asking=_asking(request), here="/horizon", ahead=ahead, behind=behind, counts=counts, asked=parties,
            months=months, why=why, problem=problem, bars=coming_bars(ahead, today, months), known=names,
        )  # fmt: skip

    return horizon


def _changes(book: Callable[[], Book], page: Page) -> Callable[..., Response]:
    def changes(
        request: Request, party: Parties = None, since: str = "", by: str = "published", format: str = "html"
    ) -> Response:
        found: list[ask.Change] = []
        problem, parties = "", _given(party)
        with book() as opened:
            names = known(opened)
            if not since:  # a quarter of a year before the latest report, so that an old book has an answer too
                days = [row["published_on"] for row in opened.reports() if row["published_on"]]
                last = date.fromisoformat(max(days)) if days else date.today()
                since = add_months(last, -3).isoformat()
            try:
                clock: Any = "read" if by == "read" else "published"
                found = ask.changes(opened, *parties, since=since, by=clock, quotes=format == "json")
            except AskError as error:
                problem = str(error)
        if format == "json":
            return _json(found, problem)
        groups: dict[str, list[ask.Change]] = {}
        for one in sorted(found, key=lambda one: one.on or "", reverse=True)[:MANY]:
            groups.setdefault(one.on or "", []).append(one)
        return page(
            "changes.html", 400 if problem else 200, asking=_asking(request), here="/changes", groups=groups, total=len(found), asked=parties,
            since=since, by=by, problem=problem, known=names, counts=Counter(one.what for one in found),
        )  # fmt: skip

    return changes


def _network(book: Callable[[], Book], page: Page) -> Callable[..., Response]:
    def network(
        request: Request,
        party: Parties = None,
        kind: Kinds = None,
        domain: str = "",
        since: str = "",
        until: str = "",
        format: str = "html",
    ) -> Response:
        found = ask.Network(nodes=(), edges=(), left_out=())
        problem, parties, kinds = "", _given(party), _given(kind) or ["agreement"]
        with book() as opened:
            names = known(opened)
            try:
                found = ask.network(
                    opened, *parties, kinds=kinds, domain=domain or None, since=since or None, until=until or None
                )
            except AskError as error:
                problem = str(error)
        if format == "json":
            return _json(found, problem)
        return page(
            "network.html", 400 if problem else 200, asking=_asking(request), here="/network", found=found, drawn=circle(found), asked=parties,
            kind=kinds[0], domain=domain, since=since, until=until, problem=problem, known=names, most=MANY, choices=KINDS,
        )  # fmt: skip

    return network


def _people(book: Callable[[], Book], page: Page) -> Callable[..., Response]:
    def people(name: str = "", party: str = "", format: str = "html") -> Response:
        found: list[dict[str, Any]] = []
        problem = ""
        with book() as opened:
            names = known(opened)
            try:
                if name.strip():
                    matches = ask.people(opened, name, party.strip() or None)
                    found = [msgspec.to_builtins(one) | {"records": len(one.records)} for one in matches]
                else:
                    found = opened.persons(code_of(opened, party) if party.strip() else None)
            except AskError as error:
                problem = str(error)
        if format == "json":
            return _json(found, problem)
        return page(
            "people.html", 400 if problem else 200, here="/people", found=found[:MANY], total=len(found), name=name,
            asked=[party], problem=problem, known=names,
        )  # fmt: skip

    return people


def _person(book: Callable[[], Book], page: Page) -> Callable[..., Response]:
    def person(id: str, format: str = "html") -> Response:
        with book() as opened:
            found = ask.person(opened, id)
        if format == "json":
            return _json(found, "")
        groups = {
            "Said": found.statements,
            "Met": found.meetings,
            "Signed": found.signatures,
            "Other": found.others,
        }
        marks = strip(deeds(one for some in groups.values() for one in some))
        return page("person.html", here="/people", person=found, groups=groups, strip=marks)

    return person


def _brief(book: Callable[[], Book], page: Page) -> Callable[..., Response]:
    def brief(a: str, b: str, since: str = "", format: str = "html") -> Response:
        with book() as opened:
            found = ask.brief(opened, a, b, since=since or None)
        if format == "json":
            return _json(found, "")
        if format == "file":
            name = "-".join("".join(c for c in code if c.isascii() and c.isalnum()) for code in found.parties)
            there = {"Content-Disposition": f'attachment; filename="brief-{name}.html"'}
            return HTMLResponse(brief_html(found), headers=there)
        return page("brief.html", here="/pairs", brief=found)

    return brief
