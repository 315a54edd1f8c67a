"""The corpus's record annotation: `*.records.toml` beside `*.reports.txt` -> gold records with offsets. The format is in `corpus/GUIDE.md`, part 5.

python training/records.py FILE...             checks files: prints what is wrong (file, report, record) and counts
python training/records.py --gold OUT FILE...  writes gold JSON Lines for the scorer
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from marked import read_reports

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from foedus import record

KINDS: dict[str, Any] = {
    "agreement": record.Agreement,
    "meeting": record.Meeting,
    "statement": record.Statement,
    "commitment": record.Commitment,
    "activity": record.Activity,
}
_PARTY = re.compile(r"[A-Z]{3}|org:\S.*")
_DATE = re.compile(r"(\d{4}|X{4})(-\d\d(-\d\d)?|-2[1-4])?(/(\d{4}(-\d\d(-\d\d)?)?)?)?")
_WORDS = {"statement": "text", "commitment": "undertaking"}
_PERSONS = {"speaker", "joint_with", "signatories", "mediators", "participants", "addressee", "host"} & {
    f.name for kind in KINDS.values() for f in msgspec.structs.fields(kind) if "Person" in str(f.type)
}
_OWN = {"words", "accept", "optional", "same"}


class RecordError(ValueError):
    """What is wrong with an annotated record, and where."""


def find_words(text: str, words: str, where: str) -> list[list[int]]:
    """Spans of `words` in `text`: pieces parted by " ... " in text order, the last of them "@2" for the second occurrence."""
    words, _, number = words.partition(" @")
    found: list[list[int]] = []
    at = 0
    for piece in words.split(" ... "):
        pattern = re.compile(r"\s+".join(re.escape(word) for word in piece.split()))
        for _ in range(int(number or 1)):
            hit = pattern.search(text, at)
            if hit is None:
                raise RecordError(f"{where}: {piece!r} is not in the report{' again' if number else ''}")
            at = hit.end()
        found.append([hit.start(), hit.end()])
    return found


def _check_values(kind: str, data: dict[str, Any], where: str) -> None:
    try:
        msgspec.convert({**data, "id": "", "evidence": {}, "confidence": 1}, KINDS[kind], strict=True)
    except msgspec.ValidationError as error:
        raise RecordError(f"{where}: {error}") from None
    known = {f.name for f in msgspec.structs.fields(KINDS[kind])}
    if unknown := data.keys() - known:
        raise RecordError(f"{where}: unknown field {sorted(unknown)}")
    for name, value in data.items():
        if name in {"parties", "by", "to", "stage_by"} and not all(_PARTY.fullmatch(p) for p in value):
            raise RecordError(f"{where}: {name}: {value} are not party codes")
        if name.endswith("_on") and not _DATE.fullmatch(value):
            raise RecordError(f"{where}: {name}: {value!r} is not EDTF")


def _without_blank_names(value: Any) -> Any:
    """A value with the blank name of a person made None: TOML knows no null."""
    if isinstance(value, list):
        return [_without_blank_names(one) for one in value]
    if isinstance(value, dict):
        return {k: None if v == "" else v for k, v in {"name": None, **value}.items()}
    return value


def read_record(kind: str, given: dict[str, Any], text: str, where: str) -> dict[str, Any]:
    """One gold record as `score_records.py` takes it, its words found in `text`. Raises `RecordError`."""
    data = {
        name: _without_blank_names(value) if name in _PERSONS else value
        for name, value in given.items()
        if name not in _OWN
    }
    if "words" not in given and kind not in _WORDS:
        raise RecordError(f"{where}: 'words' is missing")
    evidence = {"record": find_words(text, given["words"], where)} if "words" in given else {}
    if (main := _WORDS.get(kind)) is not None:
        if main not in data:
            raise RecordError(f"{where}: {main!r} is missing")
        evidence[main] = find_words(text, data[main], where)
        data[main] = " ".join(text[a:b] for a, b in evidence[main])
        evidence.setdefault("record", evidence[main])
    _check_values(kind, data, where)
    accept = {
        name: [None if x == "" else _without_blank_names(x) if name in _PERSONS else x for x in values]
        for name, values in given.get("accept", {}).items()
    }
    return {
        **data,
        "evidence": evidence,
        "optional": bool(given.get("optional")),
        **({"accept": accept} if accept else {}),
        **({"same": given["same"]} if "same" in given else {}),
    }


def read_annotated(path: Path) -> list[dict[str, Any]]:
    """The reports of a `NAME.records.toml` and of `NAME.reports.txt` beside it (or in `../train`), as gold objects. Raises `RecordError`."""
    name = path.name.split(".")[0] + ".reports.txt"
    beside = path.with_name(name)
    parts = [beside, *(path.parent.parent / part / name for part in ("train", "held"))]
    reports = list(read_reports(next((p for p in parts if p.exists()), parts[1])))
    found = []
    for block in tomllib.loads(path.read_text("utf-8")).get("report", []):
        number = block.get("number")
        if not isinstance(number, int) or not 1 <= number <= len(reports):
            raise RecordError(f"{path}: number = {number!r} names no report")
        one = reports[number - 1]
        row: dict[str, Any] = {"id": f"{path.name.split('.')[0]}-{number:02}", "text": one.text}
        if "published" in one.head:
            row["published_on"] = one.head["published"]
        if "publisher" in one.head:
            row["publisher"] = one.head["publisher"].replace("_", " ")
        if unknown := block.keys() - KINDS.keys() - {"number"}:
            raise RecordError(f"{path}: report {number}: unknown {sorted(unknown)}")
        for kind in KINDS:
            row[record.PLURAL[kind]] = [
                read_record(kind, given, one.text, f"{path}: report {number}: {kind} {i}")
                for i, given in enumerate(block.get(kind, []), 1)
            ]
        found.append(row)
    return found


def main(arguments: list[str]) -> int:
    """Check files, or write gold JSON Lines. Exit code 1 when a file is wrong."""
    out = arguments.pop(arguments.index("--gold") + 1) if "--gold" in arguments else None
    paths = [Path(a) for a in arguments if a != "--gold"]
    rows: list[dict[str, Any]] = []
    bad = 0
    for path in paths:
        try:
            rows += read_annotated(path)
        except (RecordError, tomllib.TOMLDecodeError) as error:
            print(error if isinstance(error, RecordError) else f"{path}: {error}")
            bad = 1
    counts = Counter(kind for row in rows for kind in record.PLURAL.values() for _ in row.get(kind, []))
    print(f"{len(rows)} reports:", ", ".join(f"{n} {kind}" for kind, n in counts.items()))
    if out:
        Path(out).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
