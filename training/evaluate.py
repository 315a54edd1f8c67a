"""Score a network on the treebanks' test parts and on the corpus's held-apart part.

    python training/evaluate.py TREEBANKS [--weights FOLDER] [--pipeline NAME] [--json]

Treebanks: gold words in, each sentence by itself, punctuation not counted; UAS, LAS, UPOS, lemmas, features, names (PERSON, ORG, LOC of Universal NER). Held
apart: sentences found from raw text, entities from raw text, trees (and sentences with all key relations right), modality. PUD,
GUM test and the held-apart part are never trained on; EWT test's names are.
"""

from __future__ import annotations

import argparse
import json
import runpy
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from foedus.language.encoder import Encoder, Parsed
from foedus.language.lemma import lemma_of
from foedus.language.pipeline import EncoderPipeline, extras

TESTS = ("en-pud-test", "en-ewt-test", "en-gum-test")
HELD = Path(__file__).resolve().parent / "corpus" / "held"
NAMES = {"PERSON", "ORG", "LOC"}
UNER = {"PERSON": "PERSON", "COUNTRY": "LOC", "PLACE": "LOC", "ORG": "ORG"}


def gold_spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """Spans of BIO tags."""
    found: set[tuple[int, int, str]] = set()
    start = -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag != "I-" + tags[start][2:]:
            found.add((start, i, tags[start][2:]))
            start = -1
        if tag[0] == "B" or (tag[0] == "I" and start < 0):
            start = i
    return found


def names_of(found: Parsed, words: list[str]) -> set[tuple[int, int, str]]:
    """The names among the entities in the types of Universal NER: states and places are LOC, ORG only with a capital."""
    return {
        (a, b, UNER[kind])
        for a, b, kind in found.entities
        if kind in UNER and (kind != "ORG" or words[a][:1].isupper())
    }


def f1(both: int, own: int, real: int) -> float:
    """F1 in percent."""
    return round(200 * both / max(1, own + real), 1)


def attach(gold: list[Any], found: Parsed, count: Counter[str]) -> None:
    """Count right heads and relations of one sentence."""
    for i, word in enumerate(gold):
        if word.dep != "punct":
            head = 0 if found.heads[i] == i else found.heads[i] + 1
            count["scored"] += 1
            count["uas"] += head == word.head
            count["las"] += head == word.head and found.deps[i] == word.dep


def score_treebank(encoder: Encoder, path: Path) -> dict[str, float]:
    """Figures of one test part."""
    from data import read_treebank

    sentences = read_treebank(path)
    count: Counter[str] = Counter()
    for gold, found in zip(sentences, encoder.parse([[w.form for w in s] for s in sentences], apart=True), strict=True):
        attach(gold, found, count)
        for i, word in enumerate(gold):
            count["words"] += 1
            count["upos"] += word.upos == found.upos[i]
            count["feats"] += word.feats == found.feats[i]
            lemma = lemma_of(word.form, found.upos[i], found.xpos[i], found.lemma_rules[i])
            count["lemmas"] += word.lemma == "_" or word.lemma.lower() == lemma.lower()
        if not any(w.entities_missing for w in gold):
            real = {s for s in gold_spans([w.entity for w in gold]) if s[2] in NAMES}
            own = names_of(found, [w.form for w in gold])
            count.update(real=len(real), own=len(own), both=len(real & own))
    return {
        "UAS": round(100 * count["uas"] / count["scored"], 2),
        "LAS": round(100 * count["las"] / count["scored"], 2),
        "UPOS": round(100 * count["upos"] / count["words"], 2),
        "lemmas": round(100 * count["lemmas"] / count["words"], 2),
        "features": round(100 * count["feats"] / count["words"], 2),
        "names F1": f1(count["both"], count["own"], count["real"]),
    }


def score_entities(pipeline: EncoderPipeline) -> dict[str, float]:
    """F1 of own entity types on the held-apart texts, raw text in, character offsets."""
    from marked import marked_reports, read_sentences

    count: Counter[tuple[str, str]] = Counter()
    for path in sorted(HELD.glob("*.txt")):
        if path.name.endswith((".reports.txt", ".sentences.txt")):
            reader = marked_reports if path.name.endswith(".reports.txt") else read_sentences
            for one in reader(path):
                real = {(m.start, m.end, m.kind) for m in one.entities}
                own = {(e.start_char, e.end_char, e.label_) for e in pipeline.parse(one.text).ents}
                for label, found in (("real", real), ("own", own), ("both", real & own)):
                    count.update((label, kind) for _, _, kind in found)
    kinds = sorted({kind for _, kind in count})
    groups = {kind: [kind] for kind in kinds}
    groups |= {
        "COUNTRY/PLACE": ["COUNTRY", "PLACE"],
        "PERSON, OFFICE, COUNTRY, PLACE": ["PERSON", "OFFICE", "COUNTRY", "PLACE"],
        "all": kinds,
    }
    total = lambda label, members: sum(count[label, kind] for kind in members)  # noqa: E731
    return {name: f1(total("both", m), total("own", m), total("real", m)) for name, m in groups.items()}


def score_trees(encoder: Encoder) -> dict[str, float]:
    """Attachment on the held-apart trees, and how many sentences have all key relations right."""
    from data import read_treebank

    count: Counter[str] = Counter()
    for path in sorted(HELD.glob("*.conllu")):
        key = tomllib.loads(path.with_suffix(".relations.toml").read_text("utf-8"))["sentence"]
        sentences = read_treebank(path)
        parsed = encoder.parse([[w.form for w in s] for s in sentences], apart=True)
        for gold, found in zip(sentences, parsed, strict=True):
            attach(gold, found, count)
        for row in key:
            found = parsed[row["number"] - 1]
            count["sentences"] += 1
            count["right"] += all(
                found.deps[d - 1] == relation and (0 if found.heads[d - 1] == d - 1 else found.heads[d - 1] + 1) == h
                for relation, h, d in row["relations"]
            )
    return {
        "UAS": round(100 * count["uas"] / count["scored"], 2),
        "LAS": round(100 * count["las"] / count["scored"], 2),
        "all key relations right": round(100 * count["right"] / count["sentences"], 1),
        "sentences": count["sentences"],
    }


def score_modality(pipeline: EncoderPipeline) -> dict[str, float]:
    """Accuracy of modality and attribution on the held-apart predicates, raw text in; and by kind (gold/found confusions)."""
    from marked import read_modality

    count: Counter[str] = Counter()
    for path in sorted(HELD.glob("*.modality.txt")):
        for text, predicates in read_modality(path):
            doc = pipeline.parse(text)
            more = extras(doc)
            for one in predicates:
                span = doc.char_span(one.start, one.end, alignment_mode="expand")
                i = next((t.i for t in span if t.is_alpha), span.start)
                count["predicates"] += 1
                count["kind"] += more.modality[i] == one.kind  # type: ignore[union-attr]
                count["attributed"] += more.attributed[i] == one.attributed  # type: ignore[union-attr]
                if more.modality[i] != one.kind:  # type: ignore[union-attr]
                    count[f"{one.kind} read as {more.modality[i]}"] += 1  # type: ignore[union-attr]
    figures: dict[str, float] = {"predicates": count.pop("predicates")}
    if figures["predicates"]:
        for name in ("kind", "attributed"):
            figures[f"{name} accuracy"] = round(100 * count.pop(name) / figures["predicates"], 1)
    return figures | dict(count.most_common(8))


def score_deeds(pipeline: EncoderPipeline) -> dict[str, float]:
    """Deeds and their parties on the held-apart reports with records: F1 of the words that tell one, right labels among them, parties.

    Gold are the words and parties of the records (`deed_gold.py`); words of which the records do not say whether they tell a deed do not count.
    """
    from deed_gold import report_passages
    from deeds import LABELS
    from foedus.mentions import resolve
    from foedus.mentions.deeds import party_beliefs
    from foedus.record import Report

    from data import Builder

    names = ["O", *LABELS]
    builder = Builder({"deed": names, "ent": [], "uner": []}, None, None)
    count: Counter[str] = Counter()
    for passage in report_passages(builder, HELD):
        if not passage.sides:
            continue
        doc = pipeline.parse(passage.text)
        more = extras(doc)
        assert more is not None
        told = {token: label for token, label, belief in more.deeds if belief >= 0.5}
        for one in passage.sentences:
            for token, label in zip(one.tokens, one.rows["deed"], strict=True):
                if label >= 0:
                    count["real"] += label > 0
                    count["own"] += token in told
                    count["both"] += label > 0 and token in told
                    count["label"] += label > 0 and told.get(token) == names[label]
        document = resolve(Report.of(passage.text), doc)
        for side in passage.sides:
            believed = {head: belief for belief, head, _ in party_beliefs(document, side.deed)}
            for name, known, _ in side.names:
                count[f"{believed.get(name, 0.0) > 0.5} {known == 1}"] += known >= 0 and name in believed
    return {
        "words F1": f1(count["both"], count["own"], count["real"]),
        "precision": round(100 * count["both"] / max(1, count["own"]), 1),
        "recall": round(100 * count["both"] / max(1, count["real"]), 1),
        "right label among found": round(100 * count["label"] / max(1, count["both"]), 1),
        "parties precision": round(100 * count["True True"] / max(1, count["True True"] + count["True False"]), 1),
        "parties recall": round(100 * count["True True"] / max(1, count["True True"] + count["False True"]), 1),
    }


def score_thirty(pipeline: EncoderPipeline, path: Path) -> dict[str, str]:
    """The 30 diplomatic sentences that come with the treebanks, by their own scorer (right/possible)."""
    loaded = runpy.run_path(str(path))
    figures, wrong = loaded["score"](pipeline.parse)
    for text, problems in wrong:
        print(f"  {text} … {problems}", file=sys.stderr)
    return figures  # type: ignore[no-any-return]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--pipeline", default="default")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    encoder = Encoder(arguments.pipeline, 1, arguments.weights)
    pipeline = EncoderPipeline(encoder, arguments.pipeline)
    figures = {name: score_treebank(encoder, arguments.treebanks / f"{name}.conllu.xz") for name in TESTS}
    figures["held-apart entities, F1"] = score_entities(pipeline)
    figures["held-apart trees"] = score_trees(encoder)
    figures["held-apart modality"] = score_modality(pipeline)
    figures["held-apart deeds"] = score_deeds(pipeline)
    thirty = arguments.treebanks / "recipe" / "news30.py"
    if thirty.exists():
        figures["30 diplomatic sentences"] = score_thirty(pipeline, thirty)  # type: ignore[assignment]
    if arguments.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, row in figures.items():
            print(f"{name}: " + ", ".join(f"{k} {v}" for k, v in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
