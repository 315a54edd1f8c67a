"""Records on the terminal: tables that fit its width, JSON, CSV."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from foedus.cli_tables import clean, day, finish, in_words, new_console, plain, print_table, short_id
from foedus.export import sentences, write_csv, write_json, write_rows
from foedus.export.tables import cell

if TYPE_CHECKING:
    from rich.console import Console

_COLUMNS: dict[str, list[str]] = {
    "agreement": ["when", "parties", "title", "stage", "term"],
    "meeting": ["when", "parties", "what", "place", "status"],
    "statement": ["when", "what"],
    "commitment": ["by", "to", "undertaking", "due_on", "state"],
    "activity": ["when", "parties", "what", "place", "status"],
    "event": ["when", "actor", "recipient", "type", "mode", "cameo", "modality"],
}
_ABOUT = {"id", "record_kind", "sources", "conflicts", "decisions", "stages", "when", "when_from", "follow_up"}


def print_records(kind: str, records: list[dict[str, Any]], form: str, total: int) -> None:
    """Records of one kind; what is left out by a limit is said on standard error."""
    if form == "json":
        write_json(records, sys.stdout)
    elif form == "csv":
        write_csv(kind, records, sys.stdout)
    else:
        from foedus.ask import headline

        names = ["id", *_COLUMNS[kind], "sources"]
        rows = [[_column(record, name, headline) for name in names] for record in records]
        print_table(names, rows)
    finish(len(records), total)


def _column(record: dict[str, Any], name: str, headline: Any) -> str:
    if name == "what":
        return str(headline(record))
    if name == "id":
        return short_id(record["id"])
    return str(len(record["sources"])) if name == "sources" else in_words(name, record.get(name))


def print_timeline(entries: list[dict[str, Any]], form: str, total: int) -> None:
    """Entries of a timeline."""
    if form == "json":
        write_json(entries, sys.stdout)
    elif form == "csv":
        names = ["on", "on_from", "kind", "headline", "id"]
        write_rows(names, [[entry[name] for name in names] for entry in entries], sys.stdout)
    else:
        rows = [
            [day(entry["on"]) or "undated", entry["kind"], entry["headline"], short_id(entry["id"])]
            for entry in entries
        ]
        print_table(["when", "kind", "what", "id"], rows)
    finish(len(entries), total)


def print_reports(rows: list[dict[str, Any]], form: str, total: int) -> None:
    """Reports of the book, without their text."""
    if form == "json":
        write_json(rows, sys.stdout)
    else:
        names = ["id", "published_on", "publisher", "title", "url", "records"]
        if form == "csv":
            write_rows(names, [[row[name] for name in names] for row in rows], sys.stdout)
        else:
            names.remove("url")
            print_table(
                names,
                [[short_id(cell(row[name])) if name == "id" else cell(row[name]) for name in names] for row in rows],
            )
    finish(len(rows), total)


def print_shown(shown: dict[str, Any], as_json: bool) -> None:
    """One record with its sources: each value, and the sentence with its words marked."""
    if as_json:
        json.dump(shown, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return
    from rich.text import Text

    from foedus.ask import headline

    console, record = new_console(), shown["record"]
    console.print(Text.assemble((record["record_kind"], "bold"), "  ", record["id"]))
    console.print(plain(headline(record)))
    console.print()
    for name, value in record.items():
        if name not in _ABOUT and value is not None and value != []:
            _print_value(console, name, in_words(name, value))
    for stage in record.get("stages", []):
        by = f" by {in_words('by', stage['by'])}" if stage["by"] else ""
        on = f" {day(stage['on'])}" if stage["on"] else ""
        _print_value(console, "stage", f"{stage['stage']}{on}{by} ({', '.join(stage['reports'])})")
    for name, rivals in record["conflicts"].items():
        console.print(Text(f"  reports differ on {name}:", style="yellow"))
        for rival in rivals:
            mark = "*" if rival["preferred"] else " "
            console.print(
                plain(f"   {mark} {in_words(name, rival['value'])}: {', '.join(rival['reports'])} ({rival['because']})")
            )
    _print_belonging(console, record)
    for source in shown["sources"]:
        _print_source(console, source)


def _print_belonging(console: Console, record: dict[str, Any]) -> None:
    """What became of a commitment, and what persons decided."""
    for link in record.get("follow_up", []):
        sure = "" if link["confirmed"] else "perhaps "
        on = f" on {day(link['on'])}" if link["on"] else ""
        _print_value(console, f"{sure}{link['relation']}", f"{link['record']}{on} ({link['because']})")
    for one in record["decisions"]:
        about = " ".join(str(one[name]) for name in ("action", "relation", "field") if one.get(name))
        value = (
            f" = {cell(one['value'])}"
            if one.get("field") and "value" in one
            else f": {one['value']}"
            if "value" in one
            else ""
        )
        why = f" ({one['reason']})" if one.get("reason") else ""
        console.print(
            plain(f"  decided        {about}{value}, {one['author']} {one['made_at'][:10]}{why}, {one['id']}")
        )


def _print_value(console: Console, name: str, value: str) -> None:
    """A field and its value, which goes on under itself."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(no_wrap=True, min_width=14)
    row.add_column(overflow="fold")
    row.add_row(Text(name.replace("_", " "), style="cyan"), plain(value))
    console.print(Padding(row, (0, 0, 0, 2)))


def _print_source(console: Console, source: dict[str, Any]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    report = source["report"]
    about = [report[name] for name in ("publisher", "published_on", "title", "url") if report[name]]
    console.print()
    console.print(Text.assemble(("source ", "bold"), plain(report["id"]), "  ", plain(", ".join(about))))
    for claim in source["fields"]:
        bare = claim["value"] is None
        _print_value(console, "seen in" if bare else claim["field"], in_words(claim["field"], claim["value"]))
        for pieces in sentences(claim["evidence"]):
            marked = [(f"[{clean(words)}]", "bold reverse") if mark else clean(words) for words, mark in pieces]
            console.print(Padding(Text.assemble(*marked), (0, 0, 0, 4)))
