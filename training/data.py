"""CoNLL-U treebanks -> training items: word pieces and one row of labels a word (position 0 is the root)."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from network import encode

ENTITY_TYPES = ("PERSON", "ORG", "LOC", "EVENT", "DATE")
NO_LABEL = -100
"""The word carries no label for this head; it does not enter the loss."""
PARTLY_LABELLED = -200
"""Universal NER marks no dates and events: "O" there means O, DATE or EVENT."""


class Word(NamedTuple):
    """One row of a treebank."""

    form: str
    upos: str
    xpos: str
    head: int
    dep: str
    entity: str
    entities_missing: bool


def read_treebank(path: Path) -> list[list[Word]]:
    """Sentences of a ``.conllu.xz`` file, in order; multiword ranges and empty nodes are left out."""
    return list(_sentences(path))


def _sentences(path: Path) -> Iterator[list[Word]]:
    words: list[Word] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if words:
                    yield words
                words = []
            elif line[0] != "#":
                row = line.split("\t")
                if row[0].isdigit():
                    misc = dict(x.split("=", 1) for x in row[9].split("|") if "=" in x)
                    entity = misc.get("NER", "O")
                    words.append(Word(row[1], row[3], row[4], int(row[6]), row[7], entity, "NERMissing" in misc))
    if words:
        yield words


def label_lists(sentences: list[list[Word]]) -> dict[str, list[str]]:
    """The sorted label inventory of each head, counted from `sentences`."""
    words = [word for sentence in sentences for word in sentence]
    bio = [f"{b}-{kind}" for kind in ENTITY_TYPES for b in "BI"]
    return {
        "upos": sorted({w.upos for w in words}),
        "xpos": sorted({w.xpos for w in words}),
        "dep": sorted({w.dep for w in words}),
        "ner": ["O", *bio],
        "uner": ["O", *bio[:6]],
    }


def training_items(
    sentences: list[list[Word]], source: str, labels: dict[str, list[str]], tokenizer: Any, most_pieces: int | None
) -> list[tuple[Any, ...]]:
    """One item a sentence: (pieces, upos, xpos, heads, deps, ner, uner); longer ones than `most_pieces` are left out.

    `source` says which labels are to be trusted: "gum" (all), "ewt-train" (no entities), "uner" (only entities).
    """
    index = {head: {label: i for i, label in enumerate(names)} for head, names in labels.items()}
    items = []
    for sentence in sentences:
        pieces = encode(tokenizer, [w.form for w in sentence])
        if most_pieces is not None and len(pieces[0]) > most_pieces:
            continue
        nothing = [NO_LABEL] * (len(sentence) + 1)
        upos, xpos, heads, deps, ner, uner = (list(nothing) for _ in range(6))
        missing = any(w.entities_missing for w in sentence)
        for i, word in enumerate(sentence, start=1):
            if source != "uner":
                upos[i] = index["upos"].get(word.upos, NO_LABEL)
                xpos[i] = index["xpos"].get(word.xpos, NO_LABEL)
                deps[i] = index["dep"].get(word.dep, NO_LABEL)
                heads[i] = word.head
            if source == "ewt-train" or (missing and word.entity == "O"):
                continue
            ner[i] = index["ner"].get(word.entity, NO_LABEL)
            if source == "uner":
                uner[i] = index["uner"].get(word.entity, NO_LABEL)
                if word.entity == "O":
                    ner[i] = PARTLY_LABELLED
        items.append((pieces, upos, xpos, heads, deps, ner, uner))
    return items
