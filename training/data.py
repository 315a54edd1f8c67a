"""Treebanks and the own corpus -> training items: word pieces, and for each head one row of class indices (position 0 is the root)."""

from __future__ import annotations

import itertools
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from deeds import LABELS
from exchange import exchange
from marked import ENTITIES, MODALITIES, Mark, marked_reports, read_modality, read_sentences

from network import encode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from foedus.language.encoder import Row, joined
from foedus.language.lemma import NO_RULE

GUM_ENTITIES = ("PERSON", "ORG", "LOC", "EVENT", "DATE")
NO_LABEL = -100
"""The word carries no label for this head; it does not enter the loss."""
_DROPPED_FEATURES = {"Typo", "Style", "ExtPos", "Abbr", "Foreign", "CorrectForm"}
COARSE = {
    "B-PERSON": {"B-PERSON"},
    "I-PERSON": {"I-PERSON"},
    "B-LOC": {"B-COUNTRY", "B-PLACE"},
    "I-LOC": {"I-COUNTRY", "I-PLACE"},
    "B-ORG": {"B-ORG"},
    "I-ORG": {"I-ORG", "B-ORG", "B-COUNTRY", "B-PLACE", "I-PLACE", "O"},
    "O": None,
}
"""What a Universal NER label leaves open among our own entity types (None: all but names of persons, states and places)."""


class Word(NamedTuple):
    """One row of a treebank."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    entity: str
    entities_missing: bool


class Side(NamedTuple):
    """The word that tells a deed, and the names near it in text order: position, whether a party of the deed (`NO_LABEL`: open), number of the party."""

    deed: int
    names: tuple[tuple[int, int, int], ...]

    def inside(self, at: dict[int, int]) -> Side | None:
        """The same as the positions that `at` gives; None when the deed, or everybody of whom something is known, has none."""
        names = tuple((at[name], known, group) for name, known, group in self.names if name in at)
        if self.deed not in at or all(known == NO_LABEL for _, known, _ in names):
            return None
        return Side(at[self.deed], names)


@dataclass(frozen=True)
class Item:
    """One training row: pieces of its words, a row of labels for each head that it has labels for, and anaphors to resolve."""

    pieces: Row
    rows: dict[str, list[int]] = field(default_factory=dict)
    cases: list[Any] = field(default_factory=list)
    """`reference.Case`s whose tokens are positions of this row."""
    sides: list[Side] = field(default_factory=list)
    """As positions of this row."""


@dataclass(frozen=True)
class Labelled:
    """A sentence with its rows of labels (heads count from 1 in the sentence, 0 is the root), and the tokens its words are in their text."""

    words: Sequence[str]
    rows: dict[str, list[int]]
    tokens: Sequence[int] = ()


@dataclass(frozen=True)
class Passage:
    """Sentences that follow one another, the anaphors of their text, and who is a party of what."""

    sentences: list[Labelled]
    cases: Sequence[Any] = ()
    sides: Sequence[Side] = ()
    """As tokens of the text."""
    text: str = ""


def _features(text: str) -> str:
    kept = [f for f in text.split("|") if f.split("=")[0] not in _DROPPED_FEATURES]
    return "|".join(kept) or "_"


@cache
def lemma_rule(form: str, lemma: str) -> str:
    """The edit that `foedus.language.lemma.apply_rule` undoes: case (= kept, - lowered), letters cut at the end, letters added."""
    if lemma == "_":
        return NO_RULE
    base, case = (form, "=") if lemma[:1].isupper() else (form.lower(), "-")
    kept = 0
    while kept < min(len(base), len(lemma)) and base[kept] == lemma[kept]:
        kept += 1
    return f"{case}{len(base) - kept}{lemma[kept:]}"


def read_treebank(path: Path) -> list[list[Word]]:
    """Sentences of a ``.conllu.xz`` or ``.conllu`` file, in order; multiword ranges and empty nodes are left out."""
    return [words for _, words in read_documents(path)]


def read_documents(path: Path) -> Iterator[tuple[str, list[Word]]]:
    """(document id, words) of every sentence, in order."""
    words: list[Word] = []
    document = ""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:  # type: ignore[operator]
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if words:
                    yield document, words
                words = []
            elif line.startswith("# newdoc id"):
                document = line.split("=", 1)[1].strip()
            elif line[0] != "#":
                row = line.split("\t")
                if row[0].isdigit():
                    misc = dict(x.split("=", 1) for x in row[9].split("|") if "=" in x)
                    entity, missing = misc.get("NER", "O"), "NERMissing" in misc
                    feats = _features(row[5])
                    words.append(Word(row[1], row[2], row[3], row[4], feats, int(row[6]), row[7], entity, missing))
    if words:
        yield document, words


def label_lists(sentences: list[list[Word]]) -> dict[str, list[str]]:
    """The sorted label inventory of each head; tags, features and lemma rules are counted from `sentences`."""
    words = [word for sentence in sentences for word in sentence]
    rules = Counter(lemma_rule(w.form, w.lemma) for w in words)
    feats = Counter(w.feats for w in words)
    bio = lambda kinds: ["O", *(f"{b}-{kind}" for kind in kinds for b in "BI")]  # noqa: E731
    return {
        "upos": sorted({w.upos for w in words}),
        "xpos": sorted({w.xpos for w in words}),
        "feats": sorted(f for f, n in feats.items() if n >= 5),
        "lemma": sorted(r for r, n in rules.items() if n >= 3),
        "dep": sorted({w.dep for w in words}),
        "ner": bio(GUM_ENTITIES),
        "uner": bio(GUM_ENTITIES[:3]),
        "ent": bio(ENTITIES),
        "sent": ["inside", "begins"],
        "mod": list(MODALITIES),
        "att": ["own", "attributed"],
        "deed": ["O", *LABELS],
    }


class Builder:
    """Makes items; the chances of one epoch (case, missing full stops, joined sentences) come from `chance`."""

    def __init__(self, labels: dict[str, list[str]], tokenizer: Any, most_pieces: int | None) -> None:
        self.index = {head: {label: i for i, label in enumerate(names)} for head, names in labels.items()}
        self.coarse = list(COARSE)
        self.tokenizer, self.most = tokenizer, most_pieces

    def _item(self, words: Sequence[str], rows: dict[str, list[int]], chance: random.Random | None) -> Item | None:
        pieces = joined([encode(self.tokenizer, _recased(words, _case(chance)))])
        if self.most is not None and len(pieces.ids) > self.most:
            return None
        return Item(pieces, {head: [NO_LABEL, *row] for head, row in rows.items()})

    def windows(
        self, passages: Iterable[Passage], chance: random.Random, alone: float = 0.3, exchanged: float = 0.0
    ) -> list[Item]:
        """Neighbouring sentences as rows of random length, at most `most_pieces`; a share `alone` of the rows is one sentence.

        In a share `exchanged` of the passages other states stand for those named.
        """
        assert self.most is not None
        found = []
        for passage in passages:
            other = str
            if chance.random() < exchanged:
                other = exchange((word for one in passage.sentences for word in one.words), chance)
            waiting: list[tuple[Labelled, Any]] = []
            room = filled = 0
            case = None
            for one in passage.sentences:
                if not waiting:
                    room = 0 if chance.random() < alone else chance.randint(48, self.most)
                    case = _case(chance)
                pieces = encode(self.tokenizer, _recased([other(word) for word in one.words], case))
                if waiting and filled + len(pieces[0]) > room:
                    found.append(_window(waiting, passage))
                    waiting, filled = [], 0
                if len(pieces[0]) <= self.most:
                    waiting.append((one, pieces))
                    filled += len(pieces[0])
            if waiting:
                found.append(_window(waiting, passage))
        return found

    def tree_passages(self, documents: Iterable[tuple[str, list[Word]]], source: str) -> Iterator[Passage]:
        """The documents of a treebank with their trees."""
        for _, sentences in itertools.groupby(documents, key=lambda pair: pair[0]):
            passage, at = [], 0
            for _, words in sentences:
                rows = self._rows(words, source)
                rows["head"] = [w.head for w in words]
                rows["dep"] = self._look_up("dep", [w.dep for w in words])
                passage.append(Labelled([w.form for w in words], rows, range(at, at + len(words))))
                at += len(words)
            yield Passage(passage)

    def entity_passage(self, sentences: Iterable[tuple[Sentence, Sequence[int]]], cases: Sequence[Any]) -> Passage:
        """A report of the own corpus with its entities and anaphors; each sentence with the tokens its words are."""
        return Passage([Labelled(one.words, self._entity_rows(one), tokens) for one, tokens in sentences], cases)

    def _entity_rows(self, one: Sentence) -> dict[str, list[int]]:
        own = self._look_up("ent", one.entities)
        return {
            "ent": own,
            "uner": self._look_up("uner", [_as_uner(tag, one, i) for i, tag in enumerate(one.entities)]),
        }

    def _look_up(self, head: str, labels: Sequence[str]) -> list[int]:
        return [self.index[head].get(label, NO_LABEL) for label in labels]

    def _rows(self, words: list[Word], source: str) -> dict[str, list[int]]:
        """`source`: "gum" (all labels), "ewt" (all but entities), "uner" (all, entities Universal NER's), "names" (only those)."""
        rows: dict[str, list[int]] = {}
        if source != "names":
            rows = {
                "upos": self._look_up("upos", [w.upos for w in words]),
                "xpos": self._look_up("xpos", [w.xpos for w in words]),
                "feats": self._look_up("feats", [w.feats for w in words]),
                "lemma": self._look_up("lemma", [lemma_rule(w.form, w.lemma) for w in words]),
            }
        missing = any(v.entities_missing for v in words)
        known = [not missing or w.entity != "O" for w in words]
        names = [w.entity for w in words]
        if source == "gum":
            row = self._look_up("ner", names)
            rows["ner"] = [x if k else NO_LABEL for x, k in zip(row, known, strict=True)]
        elif source in {"uner", "names"}:
            row = self._look_up("uner", names)
            rows["uner"] = [x if k else NO_LABEL for x, k in zip(row, known, strict=True)]
            rows["coarse"] = [
                self.coarse.index(n) if k and n in COARSE else NO_LABEL for n, k in zip(names, known, strict=True)
            ]
        return rows

    def trees(
        self, sentences: list[list[Word]], source: str, chance: random.Random | None, exchanged: float = 0.0
    ) -> list[Item]:
        """One item a sentence, with its tree unless `source` is "names"; other states for those named in a share `exchanged`."""
        found = []
        for words in sentences:
            rows = self._rows(words, source)
            if source != "names":
                rows["head"] = [w.head for w in words]
                rows["dep"] = self._look_up("dep", [w.dep for w in words])
            forms = [w.form for w in words]
            if chance is not None and chance.random() < exchanged:
                forms = [*map(exchange(forms, chance), forms)]
            if (item := self._item(forms, rows, chance)) is not None:
                found.append(item)
        return found

    def joined(self, documents: list[tuple[str, list[Word]]], source: str, chance: random.Random) -> list[Item]:
        """Runs of two to four neighbouring sentences without their trees, for sentence beginnings; some lose their last mark."""
        found = []
        at = 0
        while at < len(documents):
            size = chance.randint(2, 4)
            run = [words for name, words in documents[at : at + size] if name == documents[at][0]]
            at += len(run)
            if chance.random() > 0.25 or len(run) < 2:
                continue
            forms: list[str] = []
            begins: list[int] = []
            rows: dict[str, list[int]] = {}
            bare = chance.random() < 0.3
            for words in run:
                keep = len(words) - (bare and words[-1].upos == "PUNCT" and len(words) > 1)
                forms += [w.form for w in words[:keep]]
                begins += [1] + [0] * (keep - 1)
                for head, row in self._rows(words, source).items():
                    rows.setdefault(head, []).extend(row[:keep])
            rows["sent"] = begins
            if (item := self._item(forms, rows, chance)) is not None:
                found.append(item)
        return found

    def entities(self, texts: list[Sentence], chance: random.Random | None) -> list[Item]:
        """One item a sentence of the own corpus, with its entities (own types, and what they say of Universal NER's)."""
        found = []
        for one in texts:
            if (item := self._item(one.words, self._entity_rows(one), chance)) is not None:
                found.append(item)
        return found

    def modality(self, texts: list[Acts], chance: random.Random | None) -> list[Item]:
        """One item a sentence, with the modality and attribution of its marked predicates."""
        found = []
        for one in texts:
            rows = {
                "mod": self._look_up("mod", [one.kinds.get(i, "") for i in range(len(one.words))]),
                "att": [int(one.attributed[i]) if i in one.attributed else NO_LABEL for i in range(len(one.words))],
            }
            if (item := self._item(one.words, rows, chance)) is not None:
                found.append(item)
        return found


def _case(chance: random.Random | None) -> str | None:
    """Now and then everything is in capitals or in small letters."""
    draw = chance.random() if chance is not None else 1.0
    return "upper" if draw < 0.025 else "lower" if draw < 0.04 else None


def _recased(words: Sequence[str], case: str | None) -> list[str]:
    return [w.upper() if case == "upper" else w.lower() if case == "lower" else w for w in words]


def _window(parts: list[tuple[Labelled, Any]], passage: Passage) -> Item:
    """One row of neighbouring sentences of a passage; the anaphors whose antecedents lie inside it, or that have none."""
    heads = {head for one, _ in parts for head in one.rows}
    rows: dict[str, list[int]] = {head: [NO_LABEL] for head in heads}
    at: dict[int, int] = {}
    before = 0
    for one, _ in parts:
        for head in heads:
            row = one.rows.get(head) or [NO_LABEL] * len(one.words)
            rows[head] += [h + before if h > 0 else h for h in row] if head == "head" else row
        at |= {token: before + k for k, token in enumerate(one.tokens, start=1)}
        before += len(one.words)
    inside = [case.inside(at) for case in passage.cases if case.token in at]
    sides = [side for side in (one.inside(at) for one in passage.sides) if side is not None]
    return Item(joined([pieces for _, pieces in parts]), rows, [case for case in inside if case is not None], sides)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the own corpus: words with a BIO tag each."""

    words: list[str]
    entities: list[str]


@dataclass(frozen=True)
class Acts:
    """A sentence with marked predicates: word index -> letter, and whether it is reported speech."""

    words: list[str]
    kinds: dict[int, str]
    attributed: dict[int, bool]


def _as_uner(tag: str, one: Sentence, i: int) -> str:
    """The Universal NER label of an own entity tag; "" where the two inventories are not comparable."""
    kind = tag[2:]
    if kind == "PERSON":
        return tag
    if kind in {"COUNTRY", "PLACE"}:
        return f"{tag[:2]}LOC"
    if kind == "ORG":
        first = i
        while one.entities[first][:2] == "I-":
            first -= 1
        return f"{tag[:2]}ORG" if one.words[first][:1].isupper() else ""
    return "" if kind in {"FORUM", "INSTRUMENT", "EXERCISE", "NATIONALITY"} else "O"


def words_of(text: str) -> list[list[tuple[str, int]]]:
    """Sentences of words with their first character, as foedus cuts a text when it runs (paragraphs, words, sentences by rule)."""
    from foedus.language.paragraphs import find_paragraphs
    from foedus.language.sentences import sentence_starts
    from foedus.language.tokenizer import tokenize

    found = []
    for start, end in find_paragraphs(text):
        words, spaces = tokenize(text[start:end])
        at, placed = start, []
        for word, space in zip(words, spaces, strict=True):
            if not word.isspace():
                placed.append((word, at))
            at += len(word) + space
        starts = [*sentence_starts([w for w, _ in placed]), len(placed)]
        found += [placed[a:b] for a, b in itertools.pairwise(starts) if b > a]
    return found


def bio_tags(words: Sequence[tuple[str, int]], marks: Sequence[Mark]) -> list[str]:
    """A BIO tag a word; a word belongs to the entity that it overlaps."""
    tags = []
    inside: Mark | None = None
    for word, at in words:
        mark = next((m for m in marks if m.start < at + len(word) and at < m.end), None)
        tags.append("O" if mark is None else ("I-" if mark is inside else "B-") + mark.kind)
        inside = mark
    return tags


def corpus_sentences(folder: Path, reports: bool = True) -> list[Sentence]:
    """The sentences with entities of the own corpus in `folder`, files in order of name; those of `reports` too."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        if path.name.endswith((".reports.txt", ".sentences.txt")[1 - reports :]):
            reader = marked_reports if path.name.endswith(".reports.txt") else read_sentences
            for one in reader(path):
                for words in words_of(one.text):
                    found.append(Sentence([w for w, _ in words], bio_tags(words, one.entities)))
    return found


def corpus_acts(folder: Path) -> list[Acts]:
    """The sentences with marked predicates of the own corpus in `folder`."""
    found = []
    for path in sorted(folder.glob("*.modality.txt")):
        for text, predicates in read_modality(path):
            words = [w for sentence in words_of(text) for w in sentence]
            kinds, attributed = {}, {}
            for one in predicates:
                i = next((i for i, (w, at) in enumerate(words) if at < one.end and one.start < at + len(w) and re.search(r"\w", w)), None)  # fmt: skip
                if i is not None:
                    kinds[i], attributed[i] = one.kind, one.attributed
            found.append(Acts([w for w, _ in words], kinds, attributed))
    return found
