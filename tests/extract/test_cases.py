"""The case files of all extractors: `tests/extract/KIND/cases/*.toml`, one file a phenomenon.

A file is one case, or several under ``[[case]]``. A case has `text`, perhaps `published_on`, and either ``expect = []``
(nothing of this kind) or one ``[[expect]]`` (``[[case.expect]]``) for each record:

* ``field = value`` as in the record format; a person may be given by name alone, or as a table with some of its fields;
* ``words = "..."`` must be in the words of the record, ``words = {field = "..."}`` are exactly words of that field;
* ``absent = ["field"]`` must not be given.

No other record of the kind may be found, unless the case says ``others = true``. ``known_gap = "why"`` marks a case that is
wanted and not met yet: it runs as a strict expected failure, so that meeting it is noticed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.record import PLURAL, Reading, Record, to_json

HERE = Path(__file__).parent


def _cases() -> Iterator[Any]:
    for path in sorted(HERE.glob("*/cases/*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        cases = content.get("case") or [content]
        for number, case in enumerate(cases):
            name = f"{path.parent.parent.name}/{path.stem}" + (f"-{number + 1}" if len(cases) > 1 else "")
            gap = case.get("known_gap")
            marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
            yield pytest.param(path.parent.parent.name, case, id=name, marks=marks)


def _same(wanted: Any, got: Any) -> bool:
    if isinstance(got, dict) and isinstance(wanted, str):
        return got.get("name") == wanted
    if isinstance(got, dict) and isinstance(wanted, dict):
        return all(_same(value, got.get(key)) for key, value in wanted.items())
    if isinstance(got, list) and isinstance(wanted, list):
        left = list(got)
        for one in wanted:
            found = next((other for other in left if _same(one, other)), None)
            if found is None:
                return False
            left.remove(found)
        return not left
    return bool(wanted == got)


def _misses(expect: dict[str, Any], record: Record, text: str) -> list[str]:
    data = json.loads(to_json(record))
    misses = [f"{field} is given: {data[field]!r}" for field in expect.get("absent", []) if field in data]
    for field, value in expect.items():
        if field in {"words", "absent"}:
            continue
        if not _same(value, data.get(field)):
            misses.append(f"{field}: wanted {value!r}, got {data.get(field)!r}")
    words = expect.get("words", {})
    if isinstance(words, str):
        spans = [text[a:b] for a, b in record.evidence["record"]]
        if not any(words in span for span in spans):
            misses.append(f"words: wanted {words!r} in {spans!r}")
        words = {}
    for field, wanted in words.items():
        spans = [text[a:b] for a, b in record.evidence.get(field, ())]
        if not set([wanted] if isinstance(wanted, str) else wanted) <= set(spans):
            misses.append(f"words of {field}: wanted {wanted!r}, got {spans!r}")
    return misses


def _judge(case: dict[str, Any], reading: Reading, kind: str) -> list[str]:
    left: list[Record] = list(getattr(reading, kind))
    text, problems = reading.report.text, []
    for expect in case["expect"]:
        judged = [(_misses(expect, record, text), k) for k, record in enumerate(left)]
        if not judged:
            problems.append(f"no record for {expect!r}")
            continue
        misses, k = min(judged, key=lambda j: (len(j[0]), j[1]))
        problems += misses
        left.pop(k)
    if left and not case.get("others"):
        problems += [f"not wanted: {to_json(record).decode()}" for record in left]
    return problems


@pytest.mark.parametrize(("kind", "case"), list(_cases()))
def test_case(kind: str, case: dict[str, Any]) -> None:
    assert kind in PLURAL.values()
    reading = foedus.read(case["text"], published_on=case.get("published_on"))
    assert _judge(case, reading, kind) == []
