"""The pages: reports, one report with its evidence, records by kind, one record, a pair of countries. Thin over `ask` and `book`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, select_autoescape

from foedus import ask
from foedus.ask.parties import party_name, resolve_party
from foedus.ask.show import show
from foedus.ask.timeline import headline, timeline
from foedus.book.store import Book
from foedus.errors import AskError, FoedusError, NotFoundError
from foedus.record import KINDS, PLURAL
from foedus.web.highlight import pieces

HERE = Path(__file__).parent
PAGE = 100
"""Rows of a table on one page."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_SINGULAR = {plural: kind for kind, plural in PLURAL.items()}
_DAY = r"[0-9X]{4}(-[0-9X]{2}){0,2}"
_DATE = re.compile(rf"{_DAY}-[0-9X]{{2}}(/{_DAY})?|{_DAY}/{_DAY}")
_TERM = re.compile(r"P([0-9]+)([YMWD])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
"""EDTF level 1."""


def human_date(value: str | None) -> str:
    """EDTF for people: ``2025-10-31`` -> 31 October 2025, an interval with a dash; unknown parts are left as they stand."""
    if not value:
        return ""
    return " – ".join(_human_day(part) for part in value.split("/"))


def _human_day(value: str) -> str:
    parts = value.split("-")
    try:
        if len(parts) == 3:
            return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}".replace(" XXXX", "")
        if len(parts) == 2:
            return f"{_SEASONS.get(parts[1]) or _MONTHS[int(parts[1]) - 1]} {parts[0]}"
        return value
    except (ValueError, IndexError):
        return value


def human(value: Any) -> str:
    """Any record value for people."""
    if isinstance(value, dict) and "currency" in value:
        return f"{value['amount']:,} {value['currency']}"
    if isinstance(value, dict):
        rest = [value.get("office"), party_name(value["party"]) if value.get("party") else None]
        return ", ".join(x for x in (value.get("name"), *rest) if x)
    if isinstance(value, list | tuple):
        return "; ".join(human(v) for v in value)
    text = str(value)
    if (len(text) == 3 and text.isalpha() and text.isupper()) or text.startswith("org:"):
        return party_name(text)
    if term := _TERM.fullmatch(text):
        return f"{term[1]} {_UNITS[term[2]]}{'' if term[1] == '1' else 's'}"
    return human_date(text) if _DATE.fullmatch(text) else text


def create_app(book_path: str | Path | None = None) -> FastAPI:
    """The application over the book at `book_path`; the book is opened for each request and closed again."""
    app = FastAPI(title="foedus", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    pages = Environment(
        loader=PackageLoader("foedus.web"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    pages.filters.update(party=party_name, date=human_date, human=human)
    pages.globals.update(kinds=KINDS, plural=PLURAL, headline=headline)

    def book() -> Book:
        return Book.open(book_path)

    def page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(pages.get_template(name).render(**values), status_code=status)

    @app.middleware("http")
    async def secure(request: Request, call_next: Any) -> Response:
        response: Response = await call_next(request)
        response.headers.update(HEADERS)
        return response

    @app.exception_handler(404)
    async def missing(request: Request, error: Exception) -> HTMLResponse:
        return page("problem.html", 404, title="Not found", text="There is no page with this address.")

    @app.exception_handler(NotFoundError)
    async def no_record(request: Request, error: NotFoundError) -> HTMLResponse:
        return page("problem.html", 404, title="Not in the book", text=str(error))

    @app.exception_handler(AskError)
    async def unclear(request: Request, error: AskError) -> HTMLResponse:
        return page("problem.html", 400, title="That question is not clear", text=str(error))

    @app.exception_handler(FoedusError)
    async def broken(request: Request, error: FoedusError) -> HTMLResponse:
        return page("problem.html", 500, title="The record book cannot be read", text=str(error))

    @app.get("/healthz")
    def health() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.get("/", response_class=HTMLResponse)
    def overview() -> HTMLResponse:
        with book() as b:
            counts = b.counts()
            latest = [r for r in ask.agreements(b) if r.get("when")][-8:][::-1]
            return page("overview.html", here="/", counts=counts, latest=latest, pairs=_pairs(b), years=_years(b))

    @app.get("/reports", response_class=HTMLResponse)
    def reports(start: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
        with book() as b:
            rows = b.reports()[::-1]
        rows.sort(key=lambda row: not row["published_on"])
        return page(
            "reports.html", here="/reports", rows=rows[start : start + PAGE], total=len(rows), start=start, size=PAGE
        )

    @app.get("/reports/{id:path}")
    def report(id: str, format: str = "html") -> Response:
        with book() as b:
            reading = b.report(id)
        if format == "json":
            return Response(msgspec.json.encode(reading), media_type="application/json")
        records = [(kind, msgspec.to_builtins(record)) for kind, record in reading.records()]
        return page("report.html", here="/reports", report=reading.report, paragraphs=pieces(reading), records=records)

    @app.get("/api/records/{kind}")
    def api(
        kind: str, party: Annotated[list[str] | None, Query()] = None, since: str = "", until: str = ""
    ) -> Response:
        if kind not in _SINGULAR:
            return JSONResponse({"error": f"no kind {kind!r}", "kinds": list(_SINGULAR)}, status_code=404)
        with book() as b:
            return JSONResponse(_find(b, kind, party or [], since, until))

    @app.get("/records/{id}")
    def record(id: str, format: str = "html") -> Response:
        with book() as b:
            found = show(b, id)
        if format == "json":
            return JSONResponse(found)
        return page("record.html", here="", **found)

    @app.get("/pairs", response_class=HTMLResponse)
    def go(a: str = "", b: str = "") -> Response:
        return RedirectResponse(f"/pairs/{resolve_party(a)}/{resolve_party(b)}", status_code=303)

    @app.get("/pairs/{a}/{b}")
    def pair(a: str, b: str, format: str = "html") -> Response:
        with book() as opened:
            also = tuple(code for code, _ in opened.parties())
            a, b = resolve_party(a, also), resolve_party(b, also)
            entries = timeline(opened, a, b)
        if format == "json":
            return JSONResponse(entries)
        years: dict[str, list[Any]] = {}
        for entry in entries:
            years.setdefault((entry["on"] or "")[:4] or "Undated", []).append(entry)
        return page("pair.html", here="/pairs", a=a, b=b, years=years, entries=entries, strip=_strip(entries))

    @app.get("/{kind}")
    def table(
        request: Request,
        kind: str,
        party: Annotated[list[str] | None, Query()] = None,
        since: str = "",
        until: str = "",
        format: str = "html",
    ) -> Response:
        if kind not in _SINGULAR:
            return page("problem.html", 404, title="Not found", text="There is no page with this address.")
        asked = [p for p in party or [] if p.strip()]
        problem, rows = "", []
        try:
            with book() as b:
                rows = _find(b, kind, asked, since, until)
        except AskError as error:
            problem = str(error)
        if format == "json":
            return JSONResponse({"error": problem} if problem else rows, status_code=400 if problem else 200)
        name = "rows.html" if request.headers.get("hx-request") else "records.html"
        rows = rows[::-1]
        rows.sort(key=lambda row: not row.get("when"))
        rows = rows[:500]
        status = 400 if problem and name == "records.html" else 200
        asked_for = {"asked": asked, "since": since, "until": until}
        return page(name, status, here=f"/{kind}", kind=kind, rows=rows, problem=problem, **asked_for)

    return app


def _find(b: Book, kind: str, parties: list[str], since: str, until: str) -> list[dict[str, Any]]:
    return list(ask.find(b, _SINGULAR[kind], party=parties, since=since or None, until=until or None))


def _pairs(b: Book) -> list[tuple[str, str, int]]:
    count: dict[tuple[str, str], int] = {}
    for kind in ("agreement", "meeting", "activity"):
        for found in b.records(kind):
            codes = [c for c in found.get("parties", ()) if not c.startswith("org:")]
            if 2 <= len(codes) <= 6:
                for i, one in enumerate(codes):
                    for other in codes[i + 1 :]:
                        count[one, other] = count.get((one, other), 0) + 1
    return [(a, z, n) for (a, z), n in sorted(count.items(), key=lambda item: (-item[1], item[0]))[:10]]


def _years(b: Book) -> list[dict[str, Any]]:
    """Agreements and meetings a year, for the bars on the first page: x, height in per cent, count."""
    count: dict[str, int] = {}
    for kind in ("agreement", "meeting"):
        for found in b.records(kind):
            if (when := found.get("when")) and when[:4].isdigit():
                count[when[:4]] = count.get(when[:4], 0) + 1
    most = max(count.values(), default=1)
    return [{"year": year, "count": n, "height": round(100 * n / most)} for year, n in sorted(count.items())][-40:]


def _strip(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Marks of a timeline strip: x between 0 and 1000 by year and month, and the kind."""
    dated = [(_year(e["on"]), e) for e in entries if (e["on"] or "X")[:4].isdigit()]
    if not dated:
        return []
    low, high = min(x for x, _ in dated), max(x for x, _ in dated)
    width = max(high - low, 1.0)
    return [
        {
            "x": round(20 + 960 * (x - low) / width),
            "kind": e["kind"],
            "label": f"{human_date(e['on'])}: {e['headline']}",
            "id": e["id"],
        }
        for x, e in dated
    ]


def _year(value: str) -> float:
    """A day as a fraction of years."""
    return int(value[:4]) + ((int(value[5:7]) - 1) / 12 if value[5:7].isdigit() else 0)
