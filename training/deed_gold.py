"""What the own corpus says of deeds and their parties, as passages to learn from: marked sentences, and reports with records.

Of a report, the words that show a record give its deed: the verb, or the noun that a light verb frames. Words that may tell the
same thing once more, and optional records, carry no label; everything else is no deed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deeds import read_deeds
from marked import read_reports
from records import read_annotated
from reference import cases_of, corpus_text

from data import NO_LABEL, Builder, Labelled, Passage, Sentence, Side, bio_tags

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from foedus.language.pipeline import load
from foedus.mentions import resolve
from foedus.mentions.naming import party_words
from foedus.record import PLURAL, Report

LIGHT = {
    "be", "have", "hold", "take", "make", "pay", "give", "put", "conduct", "carry", "conclude", "begin", "start", "open", "end",
    "wrap", "complete", "host", "stage", "launch", "undertake", "receive", "get", "see", "reach", "enter", "continue", "resume",
    "postpone", "cancel", "plan", "schedule", "convene", "attend", "do", "join", "lead", "bring", "come", "kick", "mark", "follow",
    "include", "feature", "involve", "announce", "expect", "discuss", "agree", "need", "welcome",
}  # fmt: skip
"""Verbs that frame a noun for a deed ("held **talks**")."""
STAGES = {
    "signed": "signed", "agreed": "agreed", "initialled": "initialled", "negotiating": "negotiating", "proposed": "proposed",
    "ratified": "ratified", "provisionally applied": "force", "in force": "force", "renewed": "renewed", "extended": "renewed",
    "amended": "amended", "suspended": "suspended", "notice given": "ended", "withdrawn": "ended", "terminated": "ended",
    "expired": "ended", "rejected": "rejected",
}  # fmt: skip
KINDS = {
    "military exercise": "exercise", "arms transfer": "transfer", "co-production": "coproduction", "visit": "visit",
    "training": "training", "dialogue": "dialogue", "deployment": "deployment", "patrol": "patrol", "port call": "portcall",
    "aid": "aid", "project": "project",
}  # fmt: skip
BINDING = {
    "agree", "pledge", "promise", "undertake", "commit", "vow", "offer", "decide", "guarantee", "assure", "swear", "resolve", "plan",
    "intend", "oblige", "bind", "commitment", "undertaking", "obligation", "decision", "stipulate", "provide",
}  # fmt: skip
"""Words that bind to what stands below them."""
KEPT = ("d12",)
"""Marked passages that the network does not learn from, so that `partners.py` can see what it believes of unknown text."""
CONTENT = {"VERB", "NOUN", "PROPN", "ADJ", "AUX"}


def told_passages(builder: Builder, folder: Path) -> Iterator[Passage]:
    """The lines of the `*.deeds.txt` in `folder` but those `KEPT`, parsed by the shipped network so that names have their heads."""
    for path in sorted(folder.glob("*.deeds.txt")):
        if path.name.split(".")[0] in KEPT:
            continue
        for told in read_deeds(path):
            text = corpus_text(told.text, (), load())  # type: ignore[arg-type]
            document = resolve(Report.of(told.text), text.doc)
            at = {t.idx: t.i for t in text.doc if not t.is_space}
            token_of = {start: _token_at(at, start) for start, *_ in [*told.deeds, *told.parties]}
            labels = {token_of[start]: label for start, _, label in told.deeds}
            deeds: dict[int, set[int]] = {}
            for start, number, label in told.deeds:
                if label != "commitment":
                    deeds.setdefault(number, set()).add(token_of[start])
            names = party_words(document)
            parties = {
                number: _heads(names, {token_of[s] for s, n in told.parties if n == number}, document)
                for number in deeds
            }
            sides = [
                _side(names, deed, {n: _of_party(names, n, parties[number]) for n in {*names, *parties[number]}})
                for number, words in deeds.items()
                for deed in sorted(words)
            ]
            index = builder.index["deed"]
            sentences = [
                Labelled([text.doc[i].text for i in s], {"deed": [index[labels.get(i, "O")] for i in s]}, s)
                for s in text.sentences
            ]
            yield Passage(sentences, (), sides)


def _of_party(names: dict[int, Any], name: int, marked: set[int]) -> int:
    """Whether the name is marked as a party; open for an unmarked one ("his", "the navy", the capital as a place) of a state that a marked one names."""
    if name in marked:
        return 1
    codes = {code for token in marked if token in names for code in names[token].codes}
    return NO_LABEL if set(names[name].codes) & codes else 0


def _side(names: dict[int, Any], deed: int, known: dict[int, int]) -> Side:
    """The names near the deed with what is known of them; names of the same parties have the same number."""
    numbers: dict[Any, int] = {}
    found = []
    for token in sorted(known):
        party = names[token].codes if token in names else token
        found.append((token, known[token], numbers.setdefault(party, len(numbers))))
    return Side(deed, tuple(found))


def _token_at(at: dict[int, int], start: int) -> int:
    """The token that begins at the character, or the last before it."""
    return at[start] if start in at else at[max(k for k in at if k <= start)]


def _heads(names: dict[int, Any], marked: set[int], document: Any) -> set[int]:
    """The heads of the names that hold a marked word, the marked words themselves where no name does, and other words for the same parties' persons or groups."""
    found = set()
    for token in marked:
        covering = [m.root for m in document.mentions if m.first <= token < m.last and m.root in names]
        found |= {*covering, token}
    codes = {code for token in found if token in names for code in names[token].codes}
    return found | {t for t, parties in names.items() if len(parties.codes) > 1 and set(parties.codes) <= codes}


def report_passages(builder: Builder, folder: Path) -> Iterator[Passage]:
    """The marked reports in `folder` with entities and anaphors, and with deeds where they have records."""
    for path in sorted(folder.glob("*.reports.txt")):
        name = path.name.split(".")[0]
        annotated = path.with_name(f"{name}.records.toml")
        rows = {row["id"]: row for row in read_annotated(annotated)} if annotated.exists() else {}
        for number, one in enumerate(read_reports(path), 1):
            text = corpus_text(one.text, one.marks, load())  # type: ignore[arg-type]
            placed = [[(text.doc[i].text, text.doc[i].idx) for i in s] for s in text.sentences]
            tagged = [Sentence([w for w, _ in s], bio_tags(s, one.entities)) for s in placed]
            passage = builder.entity_passage(zip(tagged, text.sentences, strict=True), list(cases_of(text)))
            row = rows.get(f"{name}-{number:02}")
            if row is not None:
                passage = _with_deeds(builder, passage, row, text.doc)
            elif not one.marks:
                continue
            if not one.marks:  # written for its records alone: nothing is known of its names
                bare = [Labelled(s.words, {"deed": s.rows["deed"]}, s.tokens) for s in passage.sentences]
                passage = Passage(bare, (), passage.sides, passage.text)
            yield passage


def _with_deeds(builder: Builder, passage: Passage, row: dict[str, Any], doc: Any) -> Passage:
    from foedus.extract import extract

    document = resolve(Report.of(row["text"], published_on=row.get("published_on")), doc)
    names = party_words(document)
    labels: dict[int, str | None] = {}
    sides: dict[int, dict[int, int]] = {}
    gold = [(kind, one) for kind in ("agreement", "meeting", "activity") for one in row[PLURAL[kind]]]
    told = [(kind, one, label_of(kind, one)) for kind, one in gold]
    for _, one, label in told:
        token = deed_word(document, one["evidence"]["record"])
        inside = document.tokens_in([tuple(s) for s in one["evidence"]["record"]])
        for other in inside:
            if other.pos_ in CONTENT:
                labels.setdefault(other.i, None)
        if token is None or label is None:
            continue
        labels[token] = None if one["optional"] else label
        if not one["optional"]:
            sides[token] = _known_parties(names, one)
    for token, kind, record in _seen_again(document, extract(document)):
        same = [(one, label) for k, one, label in told if k == kind and label and _is_same(kind, one, record)]
        for one, label in same[:1]:
            if labels.get(token) is None and not one["optional"]:
                labels[token] = label
                sides[token] = _known_parties(names, one)
    for one in row["commitments"]:
        token = binding_word(document, one["evidence"]["undertaking"])
        for other in document.tokens_in([tuple(s) for s in one["evidence"]["undertaking"]]):
            if other.pos_ in CONTENT:
                labels.setdefault(other.i, None)
        if token is not None and labels.get(token) is None:
            labels[token] = None if one["optional"] else "commitment"
    lemmas = {(doc[i].lemma_.lower()) for i, label in labels.items() if label is not None}
    kinds = {k for k, _, _ in told}
    index = builder.index["deed"]

    def value(i: int) -> int:
        if i in labels:
            return NO_LABEL if labels[i] is None else index[labels[i]]
        if doc[i].lemma_.lower() in lemmas or _may_tell(doc[i], kinds, row):
            return NO_LABEL
        return index["O"]

    sentences = [
        Labelled(one.words, {**one.rows, "deed": [value(i) for i in one.tokens]}, one.tokens)
        for one in passage.sentences
    ]
    return Passage(sentences, passage.cases, [_side(names, deed, known) for deed, known in sides.items()], row["text"])


_TELLING = {
    "agreement", "pact", "deal", "treaty", "accord", "memorandum", "mou", "protocol", "convention", "declaration", "ceasefire",
    "truce", "communique", "talk", "talks", "meeting", "summit", "call", "visit", "trip", "tour", "exercise", "drill", "session",
    "round", "conference", "consultation", "negotiation", "dialogue", "delivery", "training", "deployment", "patrol",
}  # fmt: skip


def _may_tell(token: Any, kinds: set[str], row: dict[str, Any]) -> bool:
    """Whether a noun may stand for something that the report's records have, without being their words."""
    return bool(kinds) and token.lemma_.lower() in _TELLING


def _known_parties(names: dict[int, Any], one: dict[str, Any]) -> dict[int, int]:
    """Of every name whether it is a party of the record; open where it is one among others."""
    wanted = set(one.get("parties") or ())
    others = [set(p) for p in (one.get("accept") or {}).get("parties", []) if isinstance(p, list)]
    found = {}
    for name, parties in names.items():
        codes = set(parties.codes)
        is_open = codes & wanted or any(codes & other for other in others)
        found[name] = 1 if codes <= wanted else NO_LABEL if is_open else 0
    return found


def _seen_again(document: Any, reading: Any) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The words by which today's extractors find records, each with its kind and values."""
    import msgspec

    for kind in ("agreement", "meeting", "activity"):
        for record in getattr(reading, PLURAL[kind]):
            for span in record.evidence["record"]:
                token = deed_word(document, [span])
                if token is not None:
                    yield token, kind, msgspec.to_builtins(record)


def _is_same(kind: str, one: dict[str, Any], record: dict[str, Any]) -> bool:
    if set(one.get("parties") or ()) != set(record.get("parties") or ()):
        return False
    if kind == "activity":
        return bool(one["kind"] == record["kind"])
    field = "held_on" if kind == "meeting" else "instrument"
    return one.get(field) == record.get(field)


def label_of(kind: str, one: dict[str, Any]) -> str | None:
    """The deed's label of a gold record; None where the record does not settle it."""
    if kind == "meeting":
        return "meeting"
    return KINDS.get(one.get("kind") or "") if kind == "activity" else STAGES.get(one.get("stage") or "")


_BINDING_ABOVE = {"xcomp", "ccomp", "obj", "acl", "advcl", "nsubj:pass"}


def binding_word(document: Any, spans: Any) -> int | None:
    """The word that binds: the verb above an undertaking ("**pledged** to send", "**agreed** that …"), else its own verb ("will **send**")."""
    inside = [t for t in document.tokens_in([tuple(s) for s in spans]) if not t.is_punct and not t.is_space]
    places = {t.i for t in inside}
    tops = [t for t in inside if (t.head.i not in places or t.head is t) and t.pos_ in CONTENT]
    if not tops:
        return None
    top = next((t for t in tops if t.pos_ == "VERB"), tops[0])
    own = any(c.lower_ in {"will", "would", "shall", "'ll"} for c in top.children)
    above = top.head
    if (
        above is not top
        and top.dep_ in _BINDING_ABOVE
        and above.pos_ in {"VERB", "NOUN", "ADJ"}
        and (above.lemma_.lower() in BINDING or (not own and top.dep_ != "ccomp"))
    ):
        return int(above.i)
    return int(top.i)


def deed_word(document: Any, spans: Any) -> int | None:
    """The word of the spans that tells the deed: their highest verb, or the noun that a light one frames; else their highest noun."""
    inside = [t for t in document.tokens_in([tuple(s) for s in spans]) if not t.is_punct and not t.is_space]
    if not inside:
        return None
    places = {t.i for t in inside}
    tops = [t for t in inside if t.head.i not in places or t.head is t]
    top = next((t for t in tops if t.pos_ in {"VERB", "NOUN", "PROPN"}), tops[0] if tops else inside[0])
    for _ in range(3):
        if top.lemma_.lower() not in LIGHT:
            break
        below = [
            c for c in top.children
            if c.i in places and c.dep_ in {"obj", "nsubj:pass", "nsubj", "obl", "xcomp", "ccomp"} and c.pos_ in {"NOUN", "PROPN", "VERB"}
        ]  # fmt: skip
        order = {"obj": 0, "nsubj:pass": 0, "xcomp": 1, "ccomp": 1, "obl": 2, "nsubj": 3}
        passing = sorted(below, key=lambda c: (order[c.dep_], c.i))
        named = [
            c for c in passing if c.ent_type_ not in {"PERSON", "COUNTRY", "PLACE", "NATIONALITY", "OFFICE", "DATE"}
        ]
        if not named:
            break
        top = named[0]
    return top.i if top.pos_ in CONTENT else None
