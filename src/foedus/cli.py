"""The command line: `foedus --help`. Everything heavy is imported inside the commands, so that help is quick."""

from __future__ import annotations

import os
import signal
import sys
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer

from foedus import __version__
from foedus.cli_ask import add_questions
from foedus.cli_book import add_book_commands
from foedus.cli_find import add_finding
from foedus.cli_lists import add_lists
from foedus.cli_options import BookOption, Commands
from foedus.cli_watch import watch
from foedus.errors import AskError, BookError, FoedusError, NotFoundError

app = typer.Typer(
    name="foedus",
    cls=Commands,
    help="The sourced record of what states agree, say and do with each other.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class SourceFormat(StrEnum):
    """What a source is, whatever its name says."""

    text = "text"
    html = "html"
    jsonl = "jsonl"
    json = "json"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"foedus {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, globs, or - for standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON line a report; no book is touched.")] = False,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Publication day of reports that give none.")
    ] = None,
    from_format: Annotated[
        SourceFormat | None, typer.Option("--from-format", help="Read every source as this.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read reports again that this version has already read.")
    ] = False,
    pipeline: Annotated[
        str,
        typer.Option(
            "--pipeline",
            metavar="NAME",
            help="default, fast (for streams), or an installed spaCy pipeline with UD labels.",
        ),
    ] = "default",
    book: BookOption = None,
) -> None:
    """Read reports into the record book, or print what they say."""
    from foedus.cli_read import Options, read_into_book, read_to_json

    options = Options(sources, published, from_format.value if from_format else None, pipeline, again)
    raise typer.Exit(read_to_json(options) if as_json else read_into_book(options, book))


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a record, or its first characters.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    book: BookOption = None,
) -> None:
    """One record: its values, and the sentences of every source that they come from."""
    from foedus.ask import show as ask_show
    from foedus.book import Book
    from foedus.cli_print import print_shown

    with Book.open(book, create=False) as opened:
        found = ask_show(opened, id)
    print_shown(found, as_json)


@app.command()
def explain(
    report: Annotated[
        str,
        typer.Argument(metavar="REPORT", help="A file or address (FILE#ID of several), or a report's id in the book."),
    ],
    record: Annotated[
        str, typer.Argument(metavar="RECORD", help="A record's id or its first characters, or a kind; all without it.")
    ] = "",
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Publication day, if the report gives none.")
    ] = None,
    pipeline: Annotated[
        str, typer.Option("--pipeline", metavar="NAME", help="default, fast, or an installed spaCy pipeline.")
    ] = "default",
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    book: BookOption = None,
) -> None:
    """Why a record is as it is: for each value its words, the rule that put it, and what the words were taken for."""
    from foedus.cli_explain import find_report, print_explained
    from foedus.extract.explain import explain as explain_records
    from foedus.language import load

    found = explain_records(find_report(report, published, book), record, load(pipeline))
    if not found:
        raise NotFoundError(
            f"no record {record!r} is read from this report" if record else "nothing is read from this report"
        )
    print_explained(found, as_json)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
    book: BookOption = None,
) -> None:
    """Show the record book as web pages on this machine."""
    import socket

    import uvicorn

    from foedus.book import Book, default_path
    from foedus.web.app import create_app

    where = str(book or default_path())
    Book.open(where, create=False).close()
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise FoedusError(f"cannot listen on {host}:{port} ({error.strerror}); try another --port") from None
    if host not in {"127.0.0.1", "::1", "localhost"}:
        typer.echo(f"foedus: {host} can be reached by others, and the pages ask for no password", err=True)
    typer.echo(f"foedus: {where} on http://{host}:{port} (Ctrl-C ends)", err=True)
    uvicorn.run(create_app(where), host=host, port=port, log_level="warning")


@app.command()
def doctor(book: BookOption = None) -> None:
    """Check that this installation works: the language model, the word lists and the record book."""
    from foedus.cli_doctor import examine

    raise typer.Exit(0 if examine(book) else 1)


add_lists(app)
add_questions(app)
add_finding(app)
app.add_typer(watch, name="watch")
add_book_commands(app)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 done, 1 a source failed or nothing was found, 2 usage, 3 the book, 130 Ctrl-C."""
    signal.signal(signal.SIGTERM, _terminated)
    stopped: list[int] = []

    def interrupted(number: int, frame: object) -> NoReturn:
        stopped.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupted)
    try:
        app(args=arguments, standalone_mode=True)
        code: Any = 0
    except SystemExit as done:
        code = done.code
    except FoedusError as error:
        _say(str(error))
        code = 2 if isinstance(error, AskError) else 3 if _is_trouble(error) else 1
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        code = 0
    except Exception as error:  # no traceback reaches a user; FOEDUS_DEBUG shows it to a developer
        if os.environ.get("FOEDUS_DEBUG"):
            raise
        said = str(error).splitlines()
        _say(
            f"an error in foedus itself: {type(error).__name__}{': ' + said[0] if said else ''} (FOEDUS_DEBUG=1 shows more)"
        )
        code = 1
    if stopped:  # a library may have made another error of it
        code = 130
    try:
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that the interpreter's own last flush is quiet
    sys.exit(code)


def _is_trouble(error: FoedusError) -> bool:
    return isinstance(error, BookError) and not isinstance(error, NotFoundError)


def _say(message: str) -> None:
    typer.echo(f"foedus: {message}", err=True)


def _terminated(number: int, frame: object) -> NoReturn:
    sys.exit(128 + number)
