"""`foedus decide`, `undo`, `history`, `export`, `import`, `check`, `repair`, `backup`: what is done to a record book."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli_options import BookOption
from foedus.errors import AskError, BookError

if TYPE_CHECKING:
    from foedus.book import Book, Decision

AuthorOption = Annotated[
    str | None,
    typer.Option("--author", metavar="NAME", help="Who decides (default: $FOEDUS_AUTHOR, else your user name)."),
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the decision.")]
decide = typer.Typer(no_args_is_help=True, help="Decide about a record: accept, reject, correct, merge, split, link …")
Record = Annotated[str, typer.Argument(metavar="RECORD", help="The id of a record, or its first characters.")]
Field = Annotated[str | None, typer.Argument(metavar="FIELD", help="Only this field, such as signed_on.")]
Relation = Annotated[str, typer.Argument(metavar="RELATION", help="succeeds, fulfils, delays, breaks or repeats.")]
To = Annotated[str, typer.Argument(metavar="TO", help="The earlier agreement, or the commitment.")]


def add_book_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(decide, name="decide")
    for name, command in _COMMANDS.items():
        app.command(name)(command)


def _open(book: str | None) -> Book:
    from foedus.book import Book

    return Book.open(book, create=False)


def _said(decision: Decision) -> None:
    print(decision.id)
    if decision.overrides:
        print(f"foedus: this overrides {', '.join(decision.overrides)}", file=sys.stderr)


@decide.command()
def accept(
    record: Record, field: Field = None, author: AuthorOption = None, reason: ReasonOption = "", book: BookOption = None
) -> None:
    """The record is right; with a field: the value shown now is, whatever later reports say."""
    with _open(book) as opened:
        _said(opened.accept(record, field, author=author, reason=reason))


@decide.command()
def reject(
    record: Record,
    field: Field = None,
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="This value, not the one shown now.")] = None,
    author: AuthorOption = None,
    reason: ReasonOption = "",
    book: BookOption = None,
) -> None:
    """The record is wrong and is listed no more; with a field: the value shown now is wrong."""
    from foedus.book.values import parsed

    with _open(book) as opened:
        also = () if field is None or value is None else (parsed(field, value),)
        _said(opened.reject(record, field, *also, author=author, reason=reason))


@decide.command()
def correct(
    record: Record,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="The field, such as signed_on.")],
    value: Annotated[
        str | None,
        typer.Argument(metavar="VALUE", help="Its value; lists as IND,USA, persons and money as JSON; none: no value."),
    ] = None,
    author: AuthorOption = None,
    reason: ReasonOption = "",
    book: BookOption = None,
) -> None:
    """Put another value; the values of the reports are shown beside it."""
    from foedus.book.values import parsed

    with _open(book) as opened:
        good = None if value is None else parsed(field, value)
        _said(opened.correct(record, field, good, author=author, reason=reason))


@decide.command()
def merge(
    records: Annotated[list[str], typer.Argument(metavar="RECORD...", help="Ids of records that are one thing.")],
    author: AuthorOption = None,
    reason: ReasonOption = "",
    book: BookOption = None,
) -> None:
    """These records are one thing."""
    with _open(book) as opened:
        _said(opened.merge(*records, author=author, reason=reason))


@decide.command()
def split(
    record: Record,
    members: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Reports (or records in reports) that are another thing.")
    ],
    author: AuthorOption = None,
    reason: ReasonOption = "",
    book: BookOption = None,
) -> None:
    """These sources of the record are another thing."""
    with _open(book) as opened:
        _said(opened.split(record, members, author=author, reason=reason))


@decide.command()
def link(
    record: Record,
    relation: Relation,
    to: To,
    author: AuthorOption = None,
    reason: ReasonOption = "",
    book: BookOption = None,
) -> None:
    """The record succeeds an agreement, or follows a commitment up; a proposed link is confirmed."""
    with _open(book) as opened:
        _said(opened.link(record, relation, to, author=author, reason=reason))


@decide.command()
def unlink(
    record: Record,
    relation: Relation,
    to: To,
    author: AuthorOption = None,
    reason: ReasonOption = "",
    book: BookOption = None,
) -> None:
    """There is no such link, whatever is found."""
    with _open(book) as opened:
        _said(opened.unlink(record, relation, to, author=author, reason=reason))


@decide.command()
def note(
    record: Record,
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    author: AuthorOption = None,
    book: BookOption = None,
) -> None:
    """Write a remark to the record."""
    with _open(book) as opened:
        _said(opened.note(record, text, author=author))


def undo(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="The id of a decision, or its first characters.")],
    author: AuthorOption = None,
    reason: ReasonOption = "",
    book: BookOption = None,
) -> None:
    """Take a decision back; undoing an undo brings the decision back."""
    with _open(book) as opened:
        _said(opened.undo(decision, author=author, reason=reason))


def history(
    record: Record,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    book: BookOption = None,
) -> None:
    """Every decision on a record, with its author, time and reason."""
    from foedus.cli_tables import print_table
    from foedus.export import write_json
    from foedus.export.tables import cell

    with _open(book) as opened:
        found = opened.history(record)
    if as_json:
        write_json(found, sys.stdout)
        return
    if not found:
        print("foedus: nobody has decided anything about this record", file=sys.stderr)
    rows = [
        [one["id"], one["made_at"][:16].replace("T", " "), one["author"], _what(one, cell), one["reason"]]
        for one in found
    ]
    print_table(["id", "made at", "by", "what", "why"], rows)


def _what(one: dict[str, Any], cell: Any) -> str:
    words = [one["action"], one["relation"], one["field"], one["undoes"]]
    text = " ".join(word for word in words if word)
    if one["value"] is not None:
        text += f"{' =' if one['field'] else ':'} {cell(one['value'])}"
    return text + (" (undone)" if one["undone_by"] else "")


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; - is standard output.")] = "-",
    book: BookOption = None,
) -> None:
    """Write the whole book, reports, decisions and watches, as JSON Lines."""
    from foedus.book import export_book
    from foedus.book.care import written_whole

    with _open(book) as opened:
        if file == "-":
            try:
                count = export_book(opened, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            except BrokenPipeError:
                raise
            except OSError as error:
                raise BookError(f"standard output: cannot be written ({error.strerror})") from None
        else:
            with written_whole(file) as stream:
                count = export_book(opened, stream)
    print(
        f"foedus: {count['reports']} reports, {count['decisions']} decisions, {count['watches']} watches",
        file=sys.stderr,
    )


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `foedus export` wrote; - is standard input.")] = "-",
    replace: Annotated[bool, typer.Option("--replace", help="Replace reports that the book has otherwise.")] = False,
    book: BookOption = None,
) -> None:
    """Read what `foedus export` wrote into a book, which is made when there is none."""
    from foedus.ask import prepare
    from foedus.book import Book, import_book

    try:
        stream = sys.stdin.buffer if file == "-" else open(file, "rb")  # noqa: SIM115
    except OSError as error:
        raise BookError(f"{file}: cannot be read ({error.strerror})") from None
    with stream, Book.open(book) as opened:
        count = import_book(opened, stream, file, replace)
        prepare(opened)
    added = f"{count['reports']} reports, {count['decisions']} decisions, {count['watches']} watches added"
    print(f"{added}; {count['same']} reports were there already")
    if count["differing"]:
        kept = f"{count['differing']} reports are in the book with other content and were kept; --replace takes these"
        print(f"foedus: {kept}", file=sys.stderr)


def check(book: BookOption = None) -> None:
    """Check the book: evidence inside its report, nothing without its report, everything computed up to date."""
    from foedus.book.care import check_book

    problems = check_book(book)
    for problem in problems:
        print(f"{'notice: ' if problem.notice else ''}{problem.where}: {problem.what}")
    bad = sum(not problem.notice for problem in problems)
    number = f"{bad} problem{'' if bad == 1 else 's'}"
    print(f"{number}; `foedus repair` says what it would do" if bad else "the record book is in order")
    raise typer.Exit(1 if bad else 0)


def repair(
    yes: Annotated[bool, typer.Option("--yes", help="Do it.")] = False,
    book: BookOption = None,
) -> None:
    """Say what a repair of the book would do; with --yes do it."""
    from foedus.book.care import check_book, repair_book

    problems = [problem for problem in check_book(book) if not problem.notice]
    for problem in problems:
        print(f"{problem.where}: {problem.what}: {problem.repair or 'cannot be repaired here'}")
    if not problems:
        print("the record book is in order; nothing to do")
    elif not yes:
        print("nothing was done; --yes does it")
        raise typer.Exit(1)
    else:
        left = repair_book(book, problems)
        print("done" if not left else f"{len(left)} problems are left: {left[0].where}: {left[0].what}")
        raise typer.Exit(1 if left else 0)


def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
    book: BookOption = None,
) -> None:
    """Copy the book to a file, also while it is in use; the file is a record book (SQLite) itself."""
    from pathlib import Path

    from foedus.book.care import backup_book

    if Path(file).exists() and not force:
        raise AskError(f"{file}: exists already; --force replaces it")
    with _open(book) as opened:
        backup_book(opened, file)
    print(file)


_COMMANDS: dict[str, Callable[..., None]] = {
    "undo": undo,
    "history": history,
    "export": export,
    "import": import_,
    "check": check,
    "repair": repair,
    "backup": backup,
}
