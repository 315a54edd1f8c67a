"""Quotations as other packages find them, in the form of the scorers: `python benchmarks/peers.py PEER IN.jsonl OUT.jsonl`.

PEER is `textacy` or `sayswho`. To be run by an interpreter that has the package, spaCy and an English model of it (not a
dependency of foedus; `benchmarks/polnear.py --peers PYTHON` does it): `pip install textacy sayswho` and the model named by
`--model`. IN.jsonl has `text` and `doc` or `id` a line; of PolNeAR only the part "dev" is read.

sayswho's whole class also needs the coreference model `en_coreference_web_trf` and `en_core_web_lg`, which are no packages of
the index; without them its quotation finder (which names the speaker's tokens) is run alone, and pronouns stay pronouns.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

DEFAULT_MODEL = "en_core_web_sm"


def finder(peer: str) -> Callable[[Any], Iterator[Any]]:
    """The function of a peer that gives (speaker tokens, cue tokens, content) for each quotation of a spaCy doc."""
    if peer == "textacy":
        from textacy.extract import direct_quotations

        return direct_quotations  # type: ignore[no-any-return]
    from sayswho.quote_finder import quote_finder

    return quote_finder  # type: ignore[no-any-return]


def prediction(speaker: list[Any], content: Any) -> dict[str, Any]:
    """One quotation as the scorers take it."""
    first, last = (speaker[0], speaker[-1]) if speaker else (None, None)
    return {
        "spans": [[content.start_char, content.end_char]],
        "speaker_text": " ".join(t.text for t in speaker),
        "speaker_start": first.idx if first is not None else None,
        "speaker_end": last.idx + len(last.text) if last is not None else None,
        "mode": "direct",
    }


def readable(peer: str, text: str) -> str:
    """The text, as long as before: sayswho's finder fails on an empty line, so only its last line break is left."""
    return re.sub(r"\s*\n(?=\s*\n)", lambda m: " " * len(m.group()), text) if peer == "sayswho" else text


def run(peer: str, source: Path, out: Path, model: str) -> float:
    """Write the predictions of one peer; words a second, parse included. A text that it fails on has none."""
    import spacy

    try:
        nlp = spacy.load(model)
    except OSError:  # the same model under another package name
        nlp = importlib.import_module(model).load()
    quotations = finder(peer)
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row.get("split", "dev") == "dev"]
    start, words, failed = time.perf_counter(), 0, 0
    with out.open("w", encoding="utf-8") as file:
        for row in rows:
            words += len(row["text"].split())
            found: list[dict[str, Any]] = []
            try:
                found = [prediction(list(q.speaker), q.content) for q in quotations(nlp(readable(peer, row["text"])))]
            except Exception as error:  # a peer may raise on any text: that text has no statements
                failed += 1
                print(f"{peer}: {row.get('doc') or row.get('id')}: {type(error).__name__}: {error}", file=sys.stderr)
            key = "doc" if "doc" in row else "id"
            file.write(json.dumps({key: row[key], "statements": found}, ensure_ascii=False) + "\n")
    rate = words / (time.perf_counter() - start)
    print(f"{peer} with {model}: {len(rows)} texts ({failed} failed), {rate:.0f} words a second")
    return rate


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", choices=["textacy", "sayswho"])
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    arguments = parser.parse_args()
    run(arguments.peer, arguments.source, arguments.out, arguments.model)
