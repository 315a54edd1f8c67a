"""Records on the terminal: tables that fit its width, JSON, CSV."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from foedus.export import write_csv, write_json
from foedus.export.tables import cell

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_COLUMNS: dict[str, list[str]] = {
    "agreement": ["when", "parties", "title", "stage", "term"],
    "meeting": ["when", "parties", "what", "place", "status"],
    "statement": ["when", "what"],
    "commitment": ["by", "to", "undertaking", "due_on", "state"],
    "activity": ["when", "parties", "what", "place", "status"],
    "event": ["when", "actor", "recipient", "type", "mode", "cameo", "modality"],
}
_MADE = re.compile(r"[a-z]{2}-[0-9a-f]{16}")
_FIXED = {
    "id",
    "when",
    "term",
    "due_on",
    "state",
    "cameo",
    "type",
    "kind",
    "published_on",
    "records",
    "this run",
    "sources",
    "on",
    "why",
    "month",
    "role",
    "   conflict│cooperation",
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
    say_rest(len(records), total)


def _column(record: dict[str, Any], name: str, headline: Any) -> str:
    if name == "what":
        return str(headline(record))
    if name == "id":
        return short_id(record["id"])
    return str(len(record["sources"])) if name == "sources" else cell(record.get(name))


def print_timeline(entries: list[dict[str, Any]], form: str, total: int) -> None:
    """Entries of a timeline."""
    if form == "json":
        write_json(entries, sys.stdout)
    elif form == "csv":
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        names = ["on", "on_from", "kind", "headline", "id"]
        writer.writerow(names)
        writer.writerows([cell(entry[name]) for name in names] for entry in entries)
    else:
        rows = [
            [entry["on"] or "undated", entry["kind"], entry["headline"], short_id(entry["id"])] for entry in entries
        ]
        print_table(["when", "kind", "what", "id"], rows)
    say_rest(len(entries), total)


def print_reports(rows: list[dict[str, Any]], form: str, total: int) -> None:
    """Reports of the book, without their text."""
    if form == "json":
        write_json(rows, sys.stdout)
    else:
        names = ["id", "published_on", "publisher", "title", "url", "records"]
        if form == "csv":
            import csv

            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(names)
            writer.writerows([cell(row[name]) for name in names] for row in rows)
        else:
            names.remove("url")
            print_table(
                names,
                [[short_id(cell(row[name])) if name == "id" else cell(row[name]) for name in names] for row in rows],
            )
    say_rest(len(rows), total)


def short_id(id: str) -> str:
    """The beginning of an id that foedus made, enough for `foedus show`; an id that came with a report stays whole."""
    if id.startswith("sha256:"):
        return id[:15]
    return id[:11] if _MADE.fullmatch(id) else id


def print_table(names: list[str], rows: list[list[str]]) -> None:
    """A table no wider than the terminal: long cells wrap, short ones stay whole."""
    from rich import box
    from rich.table import Table

    if not rows:
        print("nothing found", file=sys.stderr)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, no_wrap=name in _FIXED, overflow="ellipsis" if name in _FIXED else "fold")
    for row in rows:
        table.add_row(*(_plain(value) for value in row))
    new_console().print(table)


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
    console.print(_plain(headline(record)))
    console.print()
    for name, value in record.items():
        if name not in _ABOUT and value is not None and value != []:
            text = Text.assemble((f"  {name:<14}", "cyan"), _plain(cell(value)))
            console.print(text, soft_wrap=False)
    for stage in record.get("stages", []):
        by = f" by {', '.join(stage['by'])}" if stage["by"] else ""
        console.print(
            _plain(f"  stage          {stage['stage']} {stage['on'] or ''}{by} ({', '.join(stage['reports'])})")
        )
    for name, rivals in record["conflicts"].items():
        console.print(Text(f"  reports differ on {name}:", style="yellow"))
        for rival in rivals:
            mark = "*" if rival["preferred"] else " "
            console.print(
                _plain(f"   {mark} {cell(rival['value'])}: {', '.join(rival['reports'])} ({rival['because']})")
            )
    _print_belonging(console, record)
    for source in shown["sources"]:
        _print_source(console, source)


def _print_belonging(console: Console, record: dict[str, Any]) -> None:
    """What became of a commitment, and what persons decided."""
    for link in record.get("follow_up", []):
        sure = "" if link["confirmed"] else "perhaps "
        console.print(_plain(f"  {sure}{link['relation']:<14} {link['record']} on {link['on']} ({link['because']})"))
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
            _plain(f"  decided        {about}{value}, {one['author']} {one['made_at'][:10]}{why}, {one['id']}")
        )


def _print_source(console: Console, source: dict[str, Any]) -> None:
    from rich.text import Text

    report = source["report"]
    about = [report[name] for name in ("publisher", "published_on", "title", "url") if report[name]]
    console.print()
    console.print(Text.assemble(("source ", "bold"), _plain(report["id"]), "  ", _plain(", ".join(about))))
    for claim in source["fields"]:
        value = "" if claim["value"] is None else cell(claim["value"])
        console.print(Text.assemble((f"  {claim['field']:<14}", "cyan"), _plain(value)))
        for words in claim["evidence"]:
            marked = Text.assemble("    ", _plain(words["before"]), (f"[{clean(words['words'])}]", "bold reverse"))
            console.print(marked + _plain(words["after"]))


def new_console() -> Console:
    """The terminal, which takes text as it is."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _plain(value: str) -> Text:
    from rich.text import Text

    return Text(clean(value))


def clean(value: str) -> str:
    """Without control characters, so that the words of a report cannot steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in value)


def say_rest(shown: int, total: int) -> None:
    """Say on standard error what a limit left out."""
    if shown < total:
        print(f"foedus: {total - shown} more; raise --limit", file=sys.stderr)
