"""What is named on the command line -> files, in a fixed order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from foedus.errors import SourceError

_ASIDE = frozenset(
    [
        ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".avif", ".css", ".js", ".map", ".woff", ".woff2",
        ".ttf", ".mp3", ".mp4", ".webm",
    ]
)  # fmt: skip
"""What a saved web page brings along: passed over in folders, refused when named."""
_NOT_REPORTS = ("readme", "license", "copying")


def find_files(sources: Iterable[str]) -> Iterator[str | SourceError]:
    """Files (and ``-``) in the order given; folders with all below them and globs by name; a file that comes twice once."""
    seen: set[str] = set()
    for source in sources:
        for found in _named(source):
            if isinstance(found, str):
                real = found if found == "-" else os.path.realpath(found)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def _named(source: str) -> Iterator[str | SourceError]:
    if source == "-":
        yield source
    elif source.lower().startswith(("http://", "https://", "ftp://")):
        yield SourceError(source, "is an address; foedus reads files, so save the page and name the file")
    elif "\x00" in source:
        yield SourceError(repr(source), "is not a file name")
    elif os.path.isdir(source):
        yield from _folder(source)
    elif not os.path.lexists(source) and glob.has_magic(source):
        found = sorted(glob.glob(source, recursive=True))
        if not found:
            yield SourceError(source, "matches no file")
        for one in found:
            yield from _folder(one) if os.path.isdir(one) else (one,)
    else:
        yield source


def _folder(folder: str) -> Iterator[str | SourceError]:
    problems: list[OSError] = []
    some = False
    for here, below, names in os.walk(folder, onerror=problems.append):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            stem, suffix = Path(name).stem.lower(), Path(name).suffix.lower()
            if not name.startswith(".") and suffix not in _ASIDE and stem not in _NOT_REPORTS:
                some = True
                yield os.path.join(here, name)
    for problem in problems:
        yield SourceError(str(problem.filename), f"cannot be read ({problem.strerror})")
    if not some and not problems:
        yield SourceError(folder, "is a folder without reports")
