"""How many of the corpus's marked names, dates, sums and references are found and resolved: recall by type.

    python benchmarks/mentions.py [--set train] [--show TYPE] [--reports c1,c2]

A state is right when its code is that of the marked words or of the other marks with its id; a person when the mention is one of
the person with that id, office or party as in the report's annotated records; a date when it has a value; a reference when it
stands for just the marked persons or states. `false` counts mentions over words that have no fitting mark. `--show` prints the
missed and false ones of a type with their sentences.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "training"), str(ROOT / "benchmarks")]

from dev import docs_for, reports_of  # noqa: E402
from marked import Mark, Marked  # noqa: E402
from marked import marked_reports as reports_in  # noqa: E402

KINDS = ("COUNTRY", "NATIONALITY", "PLACE-STATE", "PLACE", "PERSON", "OFFICE", "ORG", "FORUM", "DATE", "DURATION", "MONEY", "REF-PERSON", "REF-STATE",
         "person.office", "person.party")  # fmt: skip


class Tally:
    """Counts by type, and what was missed, wrong or false with the words around it."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.examples: dict[str, list[str]] = defaultdict(list)

    def add(self, kind: str, verdict: str, example: str) -> None:
        """Count one mark; `verdict` is right, missed, wrong or false."""
        self.counts[kind][verdict] += 1
        if verdict != "right":
            self.examples[kind].append(f"{verdict:6} {example}")


def marked_reports(part: str) -> dict[str, Marked]:
    """Text -> marked report of a part of the corpus."""
    folder = ROOT / "training" / "corpus" / part
    return {one.text: one for path in sorted(folder.glob("*.reports.txt")) for one in reports_in(path)}


def states_of(document: Any, marked: Marked) -> dict[str, str]:
    """Referent id of a state -> its code, by its marks as country or nationality; the commonest where they differ."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mark in marked.marks:
        if mark.kind in {"COUNTRY", "NATIONALITY"} and len(mark.ids) == 1 and mark.ids[0][0] == "c":
            code = code_of_words(marked.text[mark.start : mark.end])
            if code:
                votes[mark.ids[0]][code] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in votes.items()}


def code_of_words(words: str) -> str | None:
    """The code of a country or nationality by the word list alone."""
    from foedus.language.tokenizer import tokenize
    from foedus.mentions.parties import _PREFIXES, _by_first

    pieces = tuple(tokenize(" ".join(words.split()))[0])
    found = {e.code for e in _by_first().get(pieces[0], ()) if e.words == pieces}
    return found.pop() if len(found) == 1 else _PREFIXES.get(words)


def measure(document: Any, marked: Marked, row: dict[str, Any], tally: Tally) -> None:
    """Count everything of one report."""
    states = states_of(document, marked)
    persons = persons_of(document, marked)
    for mark in marked.marks:
        verdict = judge(document, mark, states, persons)
        if verdict is not None:
            tally.add(*verdict, _example(document, mark, row["id"]))
    _false(document, marked, row["id"], tally)
    _people(document, marked, row, tally)


def persons_of(document: Any, marked: Marked) -> dict[str, Any]:
    """Referent id -> the `Someone` that most of its PERSON marks are read as."""
    from foedus.mentions import PersonMention

    votes: dict[str, list[Any]] = defaultdict(list)
    for mark in marked.marks:
        if mark.kind == "PERSON" and len(mark.ids) == 1:
            found = _over(document, mark, PersonMention)
            if found:
                votes[mark.ids[0]].append(found[0].person)
    return {key: max(people, key=lambda p: sum(p is q for q in people)) for key, people in votes.items()}


def _over(document: Any, mark: Mark, kind: type) -> list[Any]:
    return [m for m in document.all_of(kind) if m.start < mark.end and mark.start < m.end]


def judge(document: Any, mark: Mark, states: dict[str, str], persons: dict[str, Any]) -> tuple[str, str] | None:
    """Type and verdict of one mark; None when it is not measured."""
    from foedus import mentions as m

    ids = tuple(i for i in mark.ids if i != "?")
    if mark.kind in {"COUNTRY", "NATIONALITY"} or (mark.kind == "PLACE" and ids and ids[0][0] == "c"):
        kind = "PLACE-STATE" if mark.kind == "PLACE" else mark.kind
        words = document.report.text[mark.start : mark.end]
        wanted = states.get(ids[0] if ids else "") or (code_of_words(words) if mark.kind != "PLACE" else None)
        if mark.kind == "PLACE" and wanted is None:
            return None
        codes = {p.code for p in _over(document, mark, m.PartyMention)}
        return kind, "right" if wanted in codes else "wrong" if codes else "missed"
    simple = {"FORUM": m.ForumMention, "MONEY": m.MoneyMention, "ORG": m.PartyMention, "DATE": m.DateMention}
    if mark.kind in simple:
        return mark.kind, "right" if _over(document, mark, simple[mark.kind]) else "missed"
    if mark.kind == "PLACE":
        found = _over(document, mark, m.PlaceMention) or _over(document, mark, m.PartyMention)
        return "PLACE", "right" if found else "missed"
    if mark.kind == "DURATION":
        found = _over(document, mark, m.DurationMention) or _over(document, mark, m.DateMention)
        return "DURATION", "right" if found else "missed"
    if mark.kind == "PERSON":
        who = [one.person for one in _over(document, mark, m.PersonMention) if one.form in {"name", "surname"}]
        wanted = persons.get(ids[0]) if len(ids) == 1 else None
        same = who and (wanted is None or who[0] is wanted)
        return "PERSON", "right" if same else "wrong" if who else "missed"
    if mark.kind == "OFFICE":
        people = [one.person for one in _over(document, mark, m.PersonMention)]
        if len(ids) == 1 and ids[0] in persons:
            return "OFFICE", "right" if persons[ids[0]] in people else "wrong" if people else "missed"
        found = people or _over(document, mark, m.OfficeMention) or _over(document, mark, m.GroupMention)
        return "OFFICE", "right" if found else "missed"
    if mark.kind == "REF" and ids:
        return _judge_reference(document, mark, ids, states, persons)
    return None


def _judge_reference(
    document: Any, mark: Mark, ids: tuple[str, ...], states: dict[str, str], persons: dict[str, Any]
) -> tuple[str, str] | None:
    from foedus.mentions import GroupMention, OfficeMention, PartyMention, PersonMention

    if all(i in persons for i in ids):
        found = [x for kind in (PersonMention, GroupMention) for x in _over(document, mark, kind) if x.end <= mark.end]
        people = [p for x in found for p in (x.persons if isinstance(x, GroupMention) else (x.person,))]
        wanted = [persons[i] for i in ids]
        same = all(any(p is w for p in people) for w in wanted) and all(any(p is w for w in wanted) for p in people)
        return "REF-PERSON", "right" if same else "wrong" if people else "missed"
    if all(i in states for i in ids):
        found = [x for x in _over(document, mark, GroupMention) if x.end <= mark.end]
        codes = {c for x in found for c in x.parties}
        codes = codes or {p.code for p in _over(document, mark, PartyMention)}
        codes = codes or {p.party for p in _over(document, mark, OfficeMention)}
        wanted_codes = {states[i] for i in ids}
        return "REF-STATE", "right" if codes == wanted_codes else "wrong" if codes else "missed"
    return None


_FITS = {
    "PartyMention": ("PARTY", {"COUNTRY", "NATIONALITY", "PLACE", "ORG", "FORUM", "INSTRUMENT", "EXERCISE", "REF", "OFFICE"}),
    "PersonMention": ("PERSON", {"PERSON", "OFFICE", "REF"}),
    "DateMention": ("DATE", {"DATE", "DURATION", "INSTRUMENT", "FORUM", "EXERCISE"}),
    "DurationMention": ("DURATION", {"DATE", "DURATION"}),
    "ForumMention": ("FORUM", {"FORUM", "ORG", "REF"}),
    "MoneyMention": ("MONEY", {"MONEY"}),
    "GroupMention": ("REF-GROUP", {"REF"}),
}  # fmt: skip


def _false(document: Any, marked: Marked, report: str, tally: Tally) -> None:
    for mention in document.mentions:
        kind, fitting = _FITS.get(type(mention).__name__, ("", set[str]()))
        if kind and not any(
            x.kind in fitting and x.start < mention.end and mention.start < x.end for x in marked.marks
        ):
            tally.add(kind, "false", _example(document, mention, report))


def _people(document: Any, marked: Marked, row: dict[str, Any], tally: Tally) -> None:
    """Office and party of the persons of the annotated records."""
    from foedus.mentions import PersonMention
    from foedus.mentions.names import plain_words

    gold: dict[str, dict[str, Any]] = {}
    kinds = ("agreements", "meetings", "statements", "commitments", "activities")
    for record in (r for kind in kinds for r in row.get(kind, ())):
        for name in ("signatories", "participants", "speaker", "joint_with", "mediators"):
            value = record.get(name) or []
            for person in value if isinstance(value, list) else [value]:
                if isinstance(person, dict) and person.get("name"):
                    gold.setdefault(person["name"], person)
    people = {id(m.person): m.person for m in document.all_of(PersonMention)}
    named = {marked.text[mark.start : mark.end] for mark in marked.marks if mark.kind == "PERSON"}
    for name, person in gold.items():
        if not any(words in name for words in named):
            continue
        who = next((p for p in people.values() if plain_words(p.name) == plain_words(name)), None)
        for field in ("office", "party"):
            wanted = person.get(field)
            got = getattr(who, field) if who else None
            same = (wanted or "").casefold() == (got or "").casefold()
            verdict = "right" if same and wanted else "missed" if wanted and not got else "wrong"
            if wanted or got:
                near = [
                    " ".join(document.words(s) for s in (document.sentence_span(m.first),))
                    for m in document.all_of(PersonMention)
                    if m.person is who
                ][:1]
                tally.add(f"person.{field}", verdict, f"[{row['id']}] {name}: {wanted!r}, read {got!r} <- {near}")


def _example(document: Any, at: Any, report: str) -> str:
    text = document.report.text
    found = f"{text[max(0, at.start - 60) : at.start]}⟦{text[at.start : at.end]}⟧{text[at.end : at.end + 50]}"
    ids = "+".join(getattr(at, "ids", ()))
    return f"[{report}] {' '.join(found.split())}  {ids}"


def main() -> int:
    """Print the table, and the examples asked for."""
    from foedus.mentions import resolve
    from foedus.record import Report

    parser = argparse.ArgumentParser()
    parser.add_argument("--set", default="train")
    parser.add_argument("--show", default="")
    parser.add_argument("--json", help="write all examples to this file")
    args = parser.parse_args()
    rows = reports_of(args.set)
    marked = marked_reports(args.set)
    tally = Tally()
    for row, doc in zip(rows, docs_for([r["text"] for r in rows]), strict=True):
        report = Report.of(row["text"], id=row["id"], published_on=row.get("published_on"), title=row.get("title"))
        measure(resolve(report, doc), marked[row["text"]], row, tally)
    print(f"{'type':14} {'right':>6} {'missed':>6} {'wrong':>6} {'false':>6}  recall")
    for kind in (*KINDS, *sorted(set(tally.counts) - set(KINDS))):
        c = tally.counts[kind]
        total = c["right"] + c["missed"] + c["wrong"]
        recall = f"{c['right'] / total:.3f}" if total else "-"
        print(f"{kind:14} {c['right']:6} {c['missed']:6} {c['wrong']:6} {c['false']:6}  {recall}")
    if args.json:
        Path(args.json).write_text(json.dumps(tally.examples, ensure_ascii=False, indent=1), "utf-8")
    print("\n".join(tally.examples.get(args.show, ())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
