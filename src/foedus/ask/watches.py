"""Watches: what a person wants to hear of, saved in the book, and what is new to them since the last run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from foedus.ask.dates import codes_of
from foedus.ask.search import search
from foedus.ask.search_words import Query
from foedus.ask.show import cell_text
from foedus.ask.timeline import headline
from foedus.book import schema as t
from foedus.book.store import Book
from foedus.errors import AskError, NotFoundError
from foedus.record import KINDS

DOMAINS_OF = {
    "military exercise": "exercises",
    "arms transfer": "arms transfer",
    "co-production": "defence industry",
    "training": "training",
    "aid": "aid",
}
"""The domain of kinds of activity, which have none of their own."""
_TELLING = (
    "stage", "status", "state", "signed_on", "effective_on", "expires_on", "term", "held_on", "due_on", "start_on", "end_on",
    "place", "amount", "review", "succeeded_by_id",
)  # fmt: skip
"""The fields of which a watch says that they changed."""
_PAGE = 200


class Watch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is watched: everything given must hold. `parties`: all take part; `phrase`: as `search` takes words."""

    name: str
    parties: tuple[str, ...] = ()
    domain: str | None = None
    phrase: str | None = None
    kinds: tuple[str, ...] = ()
    added_at: str = ""
    run_at: str | None = None


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What a watch tells: a record (or, for a phrase, a report) that is new, or what changed in one told of before."""

    watch: str
    what: Literal["new", "changed"]
    kind: str
    id: str
    on: str | None
    headline: str
    detail: str
    reports: tuple[str, ...]


def add_watch(
    book: Book,
    name: str,
    *parties: str,
    domain: str | None = None,
    phrase: str | None = None,
    kinds: Sequence[str] = (),
    from_start: bool = False,
) -> Watch:
    """Save a watch. What is in the book now counts as told, unless `from_start`. Raises `AskError`: a name that is taken, …"""
    name = name.strip()
    if not name:
        raise AskError("the name of a watch must not be empty")
    if not (parties or domain or phrase):
        raise AskError("a watch needs parties, a domain or a phrase")
    if wrong := set(kinds) - set(KINDS):
        raise AskError(f"unknown kind {sorted(wrong)[0]!r}: one of {', '.join(KINDS)}")
    if phrase is not None:
        Query.of(phrase)
    codes = tuple(codes_of(book, parties))
    watch = Watch(name=name, parties=codes, domain=_domain(domain), phrase=phrase, kinds=tuple(kinds), added_at=_now())
    found = [] if from_start else list(_matches(book, watch, None))
    with book.writing() as connection:
        if connection.execute(sa.select(t.watches.c.name).where(t.watches.c.name == name)).scalar() is not None:
            raise AskError(f"there is a watch {name!r} already; remove it first, or take another name")
        stored = msgspec.json.encode(watch).decode()
        connection.execute(
            t.watches.insert(), {"name": name, "added_at": watch.added_at, "run_at": None, "json": stored}
        )
        _tell(connection, name, found)
    return watch


def _domain(domain: str | None) -> str | None:
    from typing import get_args

    from foedus.record import Domain

    if domain is not None and domain not in get_args(Domain):
        raise AskError(f"unknown domain {domain!r}: one of {', '.join(get_args(Domain))}")
    return domain


def watches(book: Book) -> list[Watch]:
    """The saved watches, by name."""
    with book.reading() as connection:
        rows = list(connection.execute(sa.select(t.watches).order_by(t.watches.c.name)))
    return [msgspec.structs.replace(msgspec.json.decode(row.json, type=Watch), run_at=row.run_at) for row in rows]


def remove_watch(book: Book, name: str) -> None:
    """Forget a watch. Raises `NotFoundError`."""
    _named(book, name)
    with book.writing() as connection:
        connection.execute(t.watch_told.delete().where(t.watch_told.c.watch == name))
        connection.execute(t.watches.delete().where(t.watches.c.name == name))


def _named(book: Book, name: str) -> Watch:
    found = [one for one in watches(book) if one.name == name]
    if not found:
        known = ", ".join(one.name for one in watches(book)) or "none is saved"
        raise NotFoundError(f"no watch {name!r} ({known})")
    return found[0]


def run_watches(book: Book, *names: str, keep: bool = False, today: date | None = None) -> list[News]:
    """What is new since the last run, by watch, then day; of all watches without names. `keep`: it stays new.

    A record is new when no report record in it was told of; one that was is `changed` when a value in it is another now,
    or reports differ about another field. Raises `NotFoundError`.
    """
    wanted = [_named(book, name) for name in names] if names else watches(book)
    news: list[News] = []
    for watch in wanted:
        found = list(_matches(book, watch, today))
        with book.reading() as connection:
            told = {
                row.id: row.mark
                for row in connection.execute(sa.select(t.watch_told).where(t.watch_told.c.watch == watch.name))
            }
        own = [one for match in found if (one := _news(watch, match, told)) is not None]
        news += sorted(own, key=lambda one: (one.on or "9999", one.kind, one.id))
        if not keep:
            with book.writing() as connection:
                here = t.watches.c.name == watch.name
                connection.execute(t.watches.update().where(here).values(run_at=_now()))
                _tell(connection, watch.name, found)
    return news


class _Match(msgspec.Struct):
    """What a watch finds: its ids in the reports, its values."""

    kind: str
    id: str
    on: str | None
    headline: str
    members: list[str]
    reports: list[str]
    mark: dict[str, Any]


def _matches(book: Book, watch: Watch, today: date | None) -> Iterator[_Match]:
    with_words = _with_words(book, watch)
    for kind in watch.kinds or KINDS:
        if kind == "event" and "event" not in watch.kinds:
            continue  # coded events repeat the other kinds
        for record in book.records(kind, party=list(watch.parties), today=today):
            if with_words is not None and record["id"] not in with_words:
                continue
            if watch.domain and watch.domain not in (
                *record.get("domains", ()),
                DOMAINS_OF.get(record.get("kind") or ""),
            ):
                continue
            sources = record["sources"]
            mark = {field: cell_text(record[field]) for field in _TELLING if record.get(field) is not None}
            mark["differ"] = ", ".join(sorted(record["conflicts"]))
            yield _Match(
                kind, record["id"], record.get("when"), headline(record), [one["record"] for one in sources],
                list(dict.fromkeys(one["report"] for one in sources)), mark,
            )  # fmt: skip
    if with_words is not None and not watch.domain and not watch.kinds:
        for id, (title, on) in with_words.items():
            if title is not None:
                yield _Match("report", id, on, title, [id], [id], {})


def _with_words(book: Book, watch: Watch) -> dict[str, tuple[str | None, str | None]] | None:
    """Ids of what has the phrase; title and day for reports. None without a phrase."""
    if watch.phrase is None:
        return None
    found: dict[str, tuple[str | None, str | None]] = {}
    while True:
        page = search(book, watch.phrase, party=watch.parties, newest=True, facets=False, limit=_PAGE, skip=len(found))
        before = len(found)
        found |= {hit.id: (hit.title if hit.kind == "report" else None, hit.on) for hit in page.hits}
        if len(page.hits) < _PAGE or len(found) == before:
            return found


def _news(watch: Watch, match: _Match, told: dict[str, str]) -> News | None:
    known = [json.loads(told[one]) for one in match.members if one in told]
    detail = f"{len(match.reports)} report{'' if len(match.reports) == 1 else 's'}"
    if known:
        if any(match.mark == one for one in known):
            return None
        before = known[0]
        changed = [name for name in (*_TELLING, "differ") if before.get(name, "") != match.mark.get(name, "")]
        detail = "; ".join(f"{name}: {before.get(name) or '–'} → {match.mark.get(name) or '–'}" for name in changed)
    return News(
        watch=watch.name,
        what="changed" if known else "new",
        kind=match.kind,
        id=match.id,
        on=match.on,
        headline=match.headline,
        detail=detail,
        reports=tuple(match.reports),
    )


def _tell(connection: sa.Connection, name: str, found: list[_Match]) -> None:
    """Note that all this was told, with its values."""
    connection.execute(t.watch_told.delete().where(t.watch_told.c.watch == name))
    rows = {
        id: {"watch": name, "id": id, "mark": json.dumps(match.mark, ensure_ascii=False, sort_keys=True)}
        for match in found
        for id in match.members
    }
    if rows:
        connection.execute(t.watch_told.insert(), list(rows.values()))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
