"""Every measurement in one command: the development sets, speed, memory and start-up, as one table.

    python benchmarks/run.py [--eval FOLDER] [--write] [--quick]

--eval names the folder of the development sets (default ../shared/eval beside the project; parts that are missing are
named and left out). --write puts the table into benchmarks/RESULTS.md. --quick leaves the long memory run out.
Speed is a ratio in one run: plain text to all records against the language model alone, one core, same texts.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]
os.environ.setdefault("FOEDUS_THREADS", "1")


def score_reports(folder: Path, work: Path, pipeline: str = "default", part: str = "ab") -> list[str]:
    """Record and field scores a kind, by the sets' own scorer: of both report sets together, or of "train" or "held" of the own corpus."""
    from dev import reports_of
    from foedus.extract import read_reports
    from foedus.language import load
    from foedus.record import Report, to_json

    rows = reports_of(part)
    reports = [Report.of(r["text"], id=r["id"], published_on=r.get("published_on"), title=r.get("title")) for r in rows]
    gold, found = work / "gold.jsonl", work / "found.jsonl"
    gold.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    readings = list(read_reports(reports, load(pipeline)))
    found.write_bytes(b"".join(to_json(reading) + b"\n" for reading in readings))
    command = [sys.executable, str(folder / "score_records.py"), str(gold), str(found), "--json"]
    scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    lines = [
        "| kind | P | R | F1 | hit / found / gold | fields P | R | F1 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    kinds = [k for k in ("agreements", "meetings", "statements", "commitments", "activities", "events") if k in scores]
    for kind in kinds:
        r, f = scores[kind]["record"], scores[kind]["fields"]
        lines.append(
            f"| {kind} | {r['P']:.3f} | {r['R']:.3f} | {r['F1']:.3f} | {r['hit']} / {r['found']} / {r['gold']} "
            f"| {f['P']:.3f} | {f['R']:.3f} | {f['F1']:.3f} |"
        )
    five = [k for k in kinds if k != "events"]
    record = sum(scores[k]["record"]["F1"] for k in five) / len(five)
    fields = sum(scores[k]["fields"]["F1"] for k in five) / len(five)
    lines.append(f"| mean of the five kinds without events | | | {record:.3f} | | | | {fields:.3f} |")
    empty = {row["id"] for row in rows if not any(row.get(k) for k in five if k != "statements")}
    wrong = {
        kind: sum(len(getattr(reading, kind)) for reading in readings if reading.report.id in empty)
        for kind in kinds
        if kind != "statements"
    }
    lines += ["", f"Distractors ({len(empty)} reports with nothing to record but statements): {sum(wrong.values())} false records "
              + ", ".join(f"{kind} {n}" for kind, n in wrong.items() if n)]  # fmt: skip
    return lines


def score_quotes(folder: Path, work: Path) -> list[str]:
    """The 87 quotation cases, by their own scorer."""
    from quotes import main as predict

    found = work / "quotes.jsonl"
    predict(str(folder / "quotes/phenomena.jsonl"), str(found))
    command = [sys.executable, "score_phenomena.py", "phenomena.jsonl", str(found)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=folder / "quotes", check=False)
    return ["```", *(result.stdout or result.stderr).strip().splitlines()[-12:], "```"]


def score_polnear(
    folder: Path, work: Path, polnear: Path | None = None, peers: Path | None = None, model: str = ""
) -> list[str]:
    """PolNeAR's development part, when there is a copy, by its own scorer; of textacy and sayswho too, when `peers` has them."""
    if polnear is None:
        return ["Not run: no copy of PolNeAR was given (`--polnear FILE`, made by `build_polnear.py`)."]
    from polnear import predict, predict_peers

    found = work / "polnear.jsonl"
    predict(polnear, found)
    runs = [("foedus", found, "")]
    if peers is not None:
        runs += [(peer, *run) for peer, run in predict_peers(peers, polnear, found, model).items()]
    lines: list[str] = []
    for name, path, said in runs:
        command = [sys.executable, "score_quotes.py", str(polnear.resolve()), str(path), "--split", "dev"]
        result = subprocess.run(command, capture_output=True, text=True, cwd=folder / "quotes", check=False)
        scores = (result.stdout or result.stderr).strip().splitlines()[-30:] if path.exists() else ["not run"]
        lines += [name, "", *([said, ""] if said else []), "```", *scores, "```", ""]
    if peers is None:
        lines.append("textacy and sayswho not run: no interpreter that has them was given (`--peers PYTHON`).")
    return lines


def score_events(folder: Path, work: Path) -> list[str]:
    """Single sentences with PLOVER codes, by their own scorer."""
    from foedus.extract import read_reports
    from foedus.record import Report

    rows = [json.loads(line) for line in (folder / "plover/dev.jsonl").open(encoding="utf-8")]
    found = work / "plover.jsonl"
    with found.open("w", encoding="utf-8") as out:
        for reading in read_reports(Report.of(row["text"], id=row["id"]) for row in rows):
            events = [
                {"type": e.type, "source": _plover(e.actor), "target": _plover(e.recipient)} for e in reading.events
            ]
            out.write(json.dumps({"id": reading.report.id, "events": events}) + "\n")
    command = [sys.executable, str(folder / "plover/score_plover.py"), str(folder / "plover/dev.jsonl"), str(found)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    shown = (result.stdout or result.stderr).replace(f"{work}/", "")
    return ["```", *shown.strip().splitlines()[:20], "```"]


def _plover(parties: tuple[str, ...]) -> list[str]:
    """Parties in the codes of the PLOVER set: an armed group or party by its home state, every other organisation as IGO."""
    homes = _home_states()
    return [homes.get(party[4:], "IGO") if party.startswith("org:") else party for party in parties]


@cache
def _home_states() -> dict[str, str]:
    """Organisation -> state, of those that PLOVER codes by the state that they come from."""
    with (ROOT / "benchmarks/home_states.csv").open(encoding="utf-8", newline="") as file:
        return {row["organisation"]: row["state"] for row in csv.DictReader(file)}


def speed(texts: list[str]) -> list[str]:
    """Words a CPU second of the language model alone and of text to all records, in one run, turn about."""
    from foedus.extract import extract, read_reports, undisturbed
    from foedus.language import load
    from foedus.mentions import resolve
    from foedus.record import Report

    pipeline, fast = load(), load("fast")
    gc.freeze()  # as `foedus read` does
    reports = [Report.of(text, id=str(i), published_on="2024-06-01") for i, text in enumerate(texts)]
    words = sum(len(text.split()) for text in texts)
    list(read_reports(reports[:8]))
    best = {
        "language model alone": 0.0,
        "text to all records": 0.0,
        "fast language model alone": 0.0,
        "fast, text to all records": 0.0,
    }
    for _ in range(6):
        began = time.process_time()
        for _ in pipeline.parse_many(texts):
            pass
        best["language model alone"] = max(best["language model alone"], words / (time.process_time() - began))
        began = time.process_time()
        for _ in read_reports(reports):
            pass
        best["text to all records"] = max(best["text to all records"], words / (time.process_time() - began))
        began = time.process_time()
        for _ in fast.parse_many(texts):
            pass
        best["fast language model alone"] = max(
            best["fast language model alone"], words / (time.process_time() - began)
        )
        began = time.process_time()
        for _ in read_reports(reports, fast):
            pass
        best["fast, text to all records"] = max(
            best["fast, text to all records"], words / (time.process_time() - began)
        )
    ratio = best["text to all records"] / best["language model alone"]
    docs = list(pipeline.parse_many(texts))
    began = time.process_time()
    for report, doc in zip(reports, docs, strict=True):
        with undisturbed():
            extract(resolve(report, doc))
    reading = time.process_time() - began
    return [
        "| what | words per CPU second, one core |",
        "| --- | --- |",
        *(f"| {name} | {value:,.0f} |" for name, value in best.items()),
        f"| ratio | {ratio:.2f} |",
        f"| mentions and extraction alone | {words / reading:,.0f} |",
    ]


def consolidation() -> list[str]:
    """B³ of the record book on the reports of `training/corpus/book`."""
    command = [sys.executable, str(ROOT / "benchmarks/consolidation.py")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def memory(texts: list[str], count: int) -> list[str]:
    """Resident memory in one run over `count` reports: after a tenth of them and at the end."""
    code = (
        "import sys, json, resource\n"
        f"sys.path.insert(0, {str(ROOT / 'src')!r})\n"
        "from foedus.extract import read_reports\n"
        "from foedus.record import Report\n"
        "texts = json.load(open(sys.argv[1], encoding='utf-8')); count = int(sys.argv[2])\n"
        "def rss():\n"
        "    return int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() / 1e6\n"
        "reports = (Report.of(texts[i % len(texts)], id=str(i), published_on='2024-06-01') for i in range(count))\n"
        "marks = []\n"
        "for i, _ in enumerate(read_reports(reports), 1):\n"
        "    if i == count // 10 or i == count: marks.append(rss())\n"
        "print(json.dumps([*marks, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000]))\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(texts, file)
        file.flush()
        result = subprocess.run(
            [sys.executable, "-c", code, file.name, str(count)], capture_output=True, text=True, check=True
        )
    tenth, end, peak = json.loads(result.stdout)
    return [
        f"{count:,} reports in one run: {tenth:.0f} MB after a tenth, {end:.0f} MB at the end, {peak:.0f} MB at most."
    ]


def start_up() -> list[str]:
    """Wall seconds, the best of five fresh processes."""
    source = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

    def best(command: list[str]) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run(command, env=source, capture_output=True, check=True)
            times.append(time.perf_counter() - began)
        return min(times)

    empty = best([sys.executable, "-c", "pass"])
    imported = best([sys.executable, "-c", "import foedus"])
    helped = best([sys.executable, "-m", "foedus", "--help"])
    return [f"python {empty:.2f} s, `import foedus` {imported:.2f} s, `foedus --help` {helped:.2f} s."]


def sections(folder: Path, quick: bool, reports: int, score_polnear: Any) -> Iterator[tuple[str, list[str]]]:
    """Title and lines of each part of the table."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        parts: list[tuple[str, Any, Path]] = [
            ("Records (`reports/`, 72 reports)", score_reports, folder / "reports/a.jsonl"),
            (
                "Own corpus, the part that rules are developed on",
                partial(score_reports, part="train"),
                folder / "score_records.py",
            ),
            ("Own corpus, held apart", partial(score_reports, part="held"), folder / "score_records.py"),
            ("Records with `--pipeline fast`", partial(score_reports, pipeline="fast"), folder / "reports/a.jsonl"),
            ("Quotations (`quotes/phenomena.jsonl`, 87 cases)", score_quotes, folder / "quotes/phenomena.jsonl"),
            (
                "Quotations (PolNeAR, development part)",
                score_polnear,
                folder / "quotes/score_quotes.py",
            ),
            ("Events (`plover/dev.jsonl`, 189 sentences)", score_events, folder / "plover/dev.jsonl"),
        ]
        for title, measure, needed in parts:
            yield title, measure(folder, work) if needed.exists() else [f"left out: {needed.name} is not there"]
        if (folder / "reports/a.jsonl").exists():
            texts = [
                json.loads(line)["text"]
                for n in "ab"
                for line in (folder / f"reports/{n}.jsonl").open(encoding="utf-8")
            ]
        else:
            texts = [json.loads(line)["text"] for line in (ROOT / "examples/reports.jsonl").open(encoding="utf-8")]
        yield "Record book: what several reports say of one thing", consolidation()
        yield "Speed", speed(texts)
        if not quick:
            yield "Memory", memory(texts, reports)
        yield "Start-up", start_up()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--polnear", type=Path, help="PolNeAR as build_polnear.py makes it; not run without")
    parser.add_argument("--peers", type=Path, help="an interpreter that has textacy and sayswho; not compared without")
    parser.add_argument("--peer-model", default="en_core_web_sm", help="the English model of spaCy for the peers")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--reports", type=int, default=10_000, help="reports of the memory run (10,000)")
    arguments = parser.parse_args()
    lines = ["# Results", "", "From `python benchmarks/run.py --write`; "
             f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores.", ""]  # fmt: skip
    quotations = partial(score_polnear, polnear=arguments.polnear, peers=arguments.peers, model=arguments.peer_model)
    for title, body in sections(arguments.eval, arguments.quick, arguments.reports, quotations):
        lines += [f"## {title}", "", *body, ""]
        print("\n".join([f"## {title}", "", *body, ""]), flush=True)
    lines.append(
        f"Peak memory of this measuring process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB."
    )
    if arguments.write:
        (ROOT / "benchmarks/RESULTS.md").write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
