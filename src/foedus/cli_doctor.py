"""`foedus doctor`: what works in this installation, one line each."""

from __future__ import annotations

import platform
from collections.abc import Callable

from foedus import __version__
from foedus.errors import FoedusError


def examine(book: str | None) -> bool:
    """Print what was checked; whether all of it works."""
    print(f"foedus {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    checks: dict[str, Callable[[], str]] = {
        "language": _language,
        "word lists": _word_lists,
        "record book": lambda: _book(book),
    }
    good = True
    for name, check in checks.items():
        try:
            print(f"{name}: {check()}")
        except FoedusError as error:
            good = False
            print(f"{name}: {error}")
        except Exception as error:
            good = False
            print(f"{name}: does not work ({type(error).__name__}: {error})")
    return good


def _language() -> str:
    from foedus.language import SHIPPED, load

    words = {name: len(load(name).parse("Peru and Chile signed a treaty.")) for name in SHIPPED}
    return "works (" + ", ".join(f"{name}: {count} words parsed" for name, count in words.items()) + ")"


def _word_lists() -> str:
    from foedus.errors import LexiconError
    from foedus.lexicon.check import problems

    found = problems()
    if found:
        raise LexiconError(f"{len(found)} problems, first: {found[0]}")
    return "in order"


def _book(where: str | None) -> str:
    from pathlib import Path

    from foedus.book import Book, default_path

    path = str(where or default_path())
    if "://" not in path and not Path(path).exists():
        return f"{path} (not made yet; `foedus read` makes it)"
    with Book.open(path, create=False) as book:
        counts = book.counts()
    return f"{path} ({', '.join(f'{number} {name}' for name, number in counts.items())})"
