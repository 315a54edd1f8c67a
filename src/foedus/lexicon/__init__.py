"""All words as data: CSV for flat lists, TOML for nested rules, one loader and one validator (`check`).

Every CSV has at least the columns ``id,forms,example,source``: `forms` separated by ``|``, an example sentence in our own
words that shows one of them, and where the entry is from. Other columns are free. Every TOML entry has `example` and `source`.
The examples of the frame tables are read: each must give the record that its line says (`tests/extract/test_frame_examples.py`).
Adding a word touches no Python.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.errors import LexiconError

FOLDER = files("foedus.lexicon")


@cache
def load_table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``NAME.csv`` in file order, a dict of strings each (missing cells ""). Raises `LexiconError`."""
    path = FOLDER / f"{name}.csv"
    try:
        lines = path.read_text("utf-8").splitlines()
        rows = tuple({k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(f"{name}.csv: cannot be read ({error})") from error
    if rows and "forms" not in rows[0]:
        raise LexiconError(f"{name}.csv:1: no column 'forms'")
    return rows


@cache
def load_forms(name: str) -> dict[str, dict[str, str]]:
    """Form -> row of ``NAME.csv``, forms as written. Raises `LexiconError` when two rows claim one form."""
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(load_table(name), start=2):
        for form in split_forms(row["forms"]):
            if form in found and found[form] is not row:
                raise LexiconError(
                    f"{name}.csv:{number}: form {form!r} is already in line of {found[form].get('id')!r}"
                )
            found[form] = row
    return found


@cache
def load_rules(name: str) -> dict[str, Any]:
    """Content of ``NAME.toml``. Raises `LexiconError`."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{name}.toml: cannot be read ({error})") from error


def any_of(forms: Iterable[str]) -> str:
    """A regular expression for one of `forms`, tried in their order; those with one first letter stand together, so that few are tried."""
    by_first: dict[str, list[str]] = {}
    for form in forms:
        by_first.setdefault(form[0], []).append(re.escape(form[1:]))
    return "(?:" + "|".join(f"{re.escape(c)}(?:{'|'.join(rests)})" for c, rests in by_first.items()) + ")"


def beginning(words: Iterable[str]) -> str:
    """A regular expression for the beginnings of `words` in either case: what such a word must begin with, quickly refused."""
    kept: list[str] = []
    for word in sorted(words):
        if not kept or not word.startswith(kept[-1]):
            kept.append(word)
    return _tree(kept)


def _tree(words: list[str]) -> str:
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    return "(?:" + "|".join(_either(c) + (_tree(rests) if rests != [""] else "") for c, rests in by_first.items()) + ")"


def _either(letter: str) -> str:
    return f"[{letter}{letter.upper()}]" if letter.isalpha() else re.escape(letter)


def split_forms(cell: str) -> list[str]:
    """``a|b`` -> [a, b]; [] for an empty cell."""
    return [form.strip() for form in cell.split("|") if form.strip()]
