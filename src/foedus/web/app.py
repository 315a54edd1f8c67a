"""The pages: reports, one report with its evidence, records by kind, one record, a pair. Thin over `ask` and `book`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, select_autoescape

from foedus import ask
from foedus.ask.parties import party_name, resolve_party
from foedus.ask.show import show
from foedus.ask.timeline import headline, timeline
from foedus.ask.words import date_words
from foedus.book.store import Book
from foedus.errors import AskError, FoedusError, NotFoundError
from foedus.export import sentences
from foedus.export.brief import is_link
from foedus.record import KINDS, PLURAL
from foedus.web.charts import strip, trend_bars, years_of
from foedus.web.highlight import pieces
from foedus.web.questions import add_questions, known
from foedus.web.words import human, report_name

HERE = Path(__file__).parent
PAGE = 100
"""Rows of a table on one page."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_SINGULAR = {plural: kind for kind, plural in PLURAL.items()}


def create_app(book_path: str | Path | None = None) -> FastAPI:
    """The application over the book at `book_path`; the book is opened for each request and closed again."""
    app = FastAPI(title="foedus", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    pages = Environment(
        loader=PackageLoader("foedus.web"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    pages.filters.update(party=party_name, date=date_words, human=human, report_name=report_name)
    pages.tests["link"] = is_link
    pages.globals.update(kinds=KINDS, plural=PLURAL, headline=headline, sentences=sentences)

    def book() -> Book:
        return Book.open(book_path)

    def page(name: str, status: int = 200, /, **values: Any) -> HTMLResponse:
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

    @app.exception_handler(RequestValidationError)
    async def wrong_value(request: Request, error: RequestValidationError) -> HTMLResponse:
        problems = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
        return page("problem.html", 400, title="That question is not clear", text=problems)

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
            bonds = ask.network(b, kinds=("agreement", "meeting", "activity"))
            latest = [r for r in ask.agreements(b) if r.get("when")][-8:][::-1]
            coming = ask.horizon(b, why=("expires", "renewal due", "due"), limit=6, quotes=False)
            dated = b.records(["agreement", "meeting"])
            return page(
                "overview.html", here="/", counts=counts, latest=latest, coming=coming, pairs=bonds.edges[:8],
                years=years_of(dated), known=known(b),
            )  # fmt: skip

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
            trend = trend_bars(ask.trend(opened, a, b, by="year"))
        if format == "json":
            return JSONResponse(entries)
        years: dict[str, list[Any]] = {}
        for entry in entries:
            year = (entry["on"] or "")[:4] or "Undated"
            years.setdefault("Year not given" if year == "XXXX" else year, []).append(entry)
        return page(
            "pair.html", here="/pairs", a=a, b=b, years=years, entries=entries, strip=strip(entries), trend=trend
        )

    add_questions(app, book, page)

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
        problem, rows, names = "", [], []
        try:
            with book() as b:
                names = known(b)
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
        asked_for = {"asked": asked, "since": since, "until": until, "known": names}
        return page(name, status, here=f"/{kind}", kind=kind, rows=rows, problem=problem, **asked_for)

    return app


def _find(b: Book, kind: str, parties: list[str], since: str, until: str) -> list[dict[str, Any]]:
    return list(ask.find(b, _SINGULAR[kind], party=parties, since=since or None, until=until or None))
