"""The validator of the word lists: `problems()` names file and line of everything that breaks the rules."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from foedus.lexicon import FOLDER, load_rules, load_table, split_forms

GENERATED: set[str] = {"cities"}
"""Tables made by `training/` from a named data set: no example a line."""


def problems() -> list[str]:
    """One line a problem, ``file:line: what``; [] when every list is in order."""
    found: list[str] = []
    for path in sorted(FOLDER.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".csv"):
            found += _table_problems(path.name[:-4])
        elif path.name.endswith(".toml"):
            found += [f"{path.name}: {where} has no {key}" for where, key in _rule_gaps(load_rules(path.name[:-5]))]
    return found


def _table_problems(name: str) -> Iterator[str]:
    seen_forms: dict[str, int] = {}
    frame = name.endswith("_frames")
    seen_ids: set[str] = set()
    reader = csv.DictReader((FOLDER / f"{name}.csv").read_text("utf-8").splitlines())
    missing = {"id", "forms", "source"} - set(reader.fieldnames or ())
    if missing and name not in GENERATED:
        yield f"{name}.csv:1: no column {', '.join(sorted(missing))}"
        return
    for row in reader:
        line = f"{name}.csv:{reader.line_num}"
        if None in row:
            yield f"{line}: too many cells"
        if name in GENERATED:
            continue
        if row["id"] in seen_ids:
            yield f"{line}: id {row['id']!r} twice"
        seen_ids.add(row["id"])
        forms = split_forms(row["forms"] or "")
        if not row.get("source"):
            yield f"{line}: no source"
        example = (row.get("example") or "").lower()
        if not example:
            yield f"{line}: no example"
        elif forms and not any(_shows(example, form.lower(), frame) for form in forms):
            yield f"{line}: the example shows none of its forms"
        for form in forms:
            if not frame and form in seen_forms and seen_forms[form] != reader.line_num:
                yield f"{line}: form {form!r} is already in line {seen_forms[form]}"
            seen_forms[form] = reader.line_num


def _shows(example: str, form: str, frame: bool) -> bool:
    """Whether the example shows the form, itself or by an irregular form of it; of a frame's words the stem at the head will do."""
    head, words = form.split(" ")[0] if frame else form, re.findall(r"[\w-]+", example)
    if form in example or any(_irregular().get(word) == head for word in words):
        return True
    return frame and any(word.startswith(head[:3]) for word in words)


@cache
def _irregular() -> dict[str, str]:
    """Irregular form -> dictionary form ("held" -> "hold")."""
    return {form: row["as"] for row in load_table("word_forms") for form in split_forms(row["forms"])}


def _rule_gaps(rules: dict[str, Any], where: str = "") -> Iterator[tuple[str, str]]:
    for key, value in rules.items():
        entries = value if isinstance(value, list) else [value]
        for number, entry in enumerate(entries):
            if isinstance(entry, dict):
                name = f"{where}{key}" + (f"[{number}]" if isinstance(value, list) else "")
                if all(not isinstance(v, dict) for v in entry.values()):
                    yield from ((name, column) for column in ("example", "source") if not entry.get(column))
                else:
                    yield from _rule_gaps(entry, name + ".")
