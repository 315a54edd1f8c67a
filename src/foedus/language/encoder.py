"""The shipped networks: sentences of words -> tags, trees, entities, modality. onnxruntime and numpy only."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.errors import LanguageError
from foedus.language.decode import best_tree, bio_labels, bio_spans, is_bio, is_tree

WEIGHTS = files("foedus.language") / "weights"
_CLS, _SEP, _UNKNOWN = 101, 102, 100
MOST_PIECES = 510
"""Word pieces that one pass can hold (512 positions less the two ends)."""
BATCH_PIECES, PASS_COST = 1500, 40
"""Most padded pieces a pass, and what a further pass costs, in pieces (measured on one core)."""

_LEAST_BELIEF = 0.2
"""Words that are less likely to tell a deed are left out."""

_Pieces = tuple[list[int], list[int], list[int], list[int]]


class Row(NamedTuple):
    """What the network reads at once: pieces and their case shapes; of each word (0 is the root) the first and last piece and the sentence."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    last: list[int]
    sentence: list[int]


class DeedWord(NamedTuple):
    """A word that may tell a deed of states: its index, the likeliest deed (`training/deeds.py` has the labels), and how sure it is that there is one (0–1)."""

    word: int
    label: str
    belief: float


class Parsed(NamedTuple):
    """One sentence: a label a word; heads are word indices, the root's is its own; entities are (first, past last, type).

    Entity types are foedus's own (PERSON, OFFICE, COUNTRY, …). `modality` and `attributed` are meant for predicates only. `vectors` (words × 64) are what reference is scored from.
    """

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemma_rules: list[str]
    begins: list[bool]
    modality: list[str]
    attributed: list[bool]
    heads: list[int]
    deps: list[str]
    entities: list[tuple[int, int, str]]
    vectors: NDArray[np.float32]
    deeds: Sequence[DeedWord] = ()
    sides: NDArray[np.float32] | None = None
    """Words × 128, from which it is scored who is a party of a deed: the word as deed, then as name. None when the network has no such head."""


def scorer_weights(name: str, kind: str, fields: Sequence[str]) -> list[NDArray[np.float32]] | None:
    """The arrays `KIND_FIELD` that ship with the network of that name, in the order of `fields`; None when it has no such scorer."""
    with as_file(WEIGHTS) as folder, np.load(folder / f"{name}.npz") as arrays:
        names = [f"{kind}_{field}" for field in fields]
        return [arrays[one] for one in names] if names[0] in arrays else None


def word_shape(word: str) -> int:
    """Class of a word's case, which the uncased base model does not see: 1 lower … 7 punctuation."""
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) > 1 else 3
    if word.istitle():
        return 4
    if any(c.isdigit() for c in word):
        return 5
    if any(c.isupper() for c in word):
        return 6
    return 7


class Encoder:
    """A network in memory; `threads` is what one call may use. `folder` holds `NAME.int8.onnx`, `NAME.json`, `NAME.npz`."""

    def __init__(self, name: str = "default", threads: int = 1, folder: Path | None = None) -> None:
        try:
            if folder is not None:
                self._load(folder, name, threads)
            else:
                with as_file(WEIGHTS) as shipped:
                    self._load(shipped, name, threads)
        except Exception as error:
            raise LanguageError(f"the language model {name!r} cannot be loaded ({error}); reinstall foedus") from error

    def _load(self, folder: Path, name: str, threads: int) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        described = json.loads((folder / f"{name}.json").read_text("utf-8"))
        self.labels: dict[str, list[str]] = described["labels"]
        self.window: int = described.get("settings", {}).get("window", 0)
        with np.load(folder / f"{name}.npz") as arrays:
            self._weight, self._bias = arrays["relation_weight"], arrays["relation_bias"]
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        path = str(folder / f"{name}.int8.onnx")
        self._session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._root = self.labels["dep"].index("root")

    def pieces(self, words: Sequence[str]) -> _Pieces:
        """Piece ids, their shapes, and the index of each word's first and last piece (0 is the root)."""
        encoded = self._tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
        by_word: list[list[int]] = [[] for _ in words]
        for piece, at in zip(encoded.ids, encoded.word_ids, strict=True):
            if at is not None:
                by_word[at].append(piece)
        ids, shapes, first, last = [_CLS], [0], [0], [0]
        for word, own in zip(words, by_word, strict=True):
            first.append(len(ids))
            own = own[:12] or [_UNKNOWN]
            ids += own
            shapes += [word_shape(word)] * len(own)
            last.append(len(ids) - 1)
        return [*ids, _SEP], [*shapes, 0], first, last

    def parse(self, sentences: Sequence[Sequence[str]], apart: bool = False) -> list[Parsed]:
        """One result a sentence, in order. A sentence has at least one word and at most `MOST_PIECES` pieces.

        Neighbours are read together as far as the network was trained to (`window` pieces), unless they are `apart`.
        """
        encoded = [self.pieces(words) for words in sentences]
        runs = windows([len(one[0]) for one in encoded], 0 if apart else self.window)
        rows = [joined(encoded[a:b]) for a, b in runs]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
        results: list[list[Parsed]] = [[] for _ in rows]
        for begin, end in batches([len(rows[i][0]) for i in order]):
            chosen = order[begin:end]
            inputs = _padded([rows[i] for i in chosen])
            outputs = self._session.run(self._outputs, {k: v for k, v in inputs.items() if k in self._inputs})
            named = dict(zip(self._outputs, outputs, strict=True))
            for row, i in enumerate(chosen):
                own = {name: array[row] for name, array in named.items()}
                results[i] = self._decode(own, [len(one[2]) - 1 for one in encoded[slice(*runs[i])]])
        return [one for row in results for one in row]

    def _decode(self, outputs: dict[str, NDArray[Any]], counts: list[int]) -> list[Parsed]:
        """The sentences of one row, which have `counts` words."""
        names, found = self.labels, []
        classes = outputs["classes"].tolist()
        start = 1
        for count in counts:
            here = slice(start, start + count)
            upos, xpos, feats, lemma, sent, mod, att, ent, *tree = zip(*classes[here], strict=True)
            heads, deps = [h - start + 1 if h else 0 for h in tree[0]], list(tree[1])
            if not is_tree([-1, *heads]):
                nodes = np.r_[0, here]
                heads, deps = self._tree(
                    outputs["arcs"][np.ix_(nodes, nodes)], outputs["dependent"][nodes], outputs["head"][nodes]
                )
            entities = [names["ent"][k] for k in ent]
            if not is_bio(entities):
                entities = bio_labels(outputs["entities"][here], names["ent"])
            found.append(
                Parsed(
                    [names["upos"][k] for k in upos],
                    [names["xpos"][k] for k in xpos],
                    [names["feats"][k] for k in feats],
                    [names["lemma"][k] for k in lemma],
                    [k == 1 for k in sent],
                    [names["mod"][k] for k in mod],
                    [k == 1 for k in att],
                    [h - 1 if h else i for i, h in enumerate(heads)],
                    [names["dep"][k] if h else "root" for k, h in zip(deps, heads, strict=True)],
                    bio_spans(entities),
                    outputs["reference"][here],
                    self._deeds(outputs["deeds"][here]) if "deeds" in outputs else (),
                    outputs["sides"][here] if "sides" in outputs else None,
                )
            )
            start += count
        return found

    def _deeds(self, scores: NDArray[Any]) -> list[DeedWord]:
        """The words that may tell a deed; the first class is "none"."""
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        likely = (shares[:, 0] < 1 - _LEAST_BELIEF).nonzero()[0].tolist()
        names = self.labels["deed"]
        return [DeedWord(i, names[1 + int(shares[i, 1:].argmax())], float(1 - shares[i, 0])) for i in likely]

    def _tree(self, arcs: NDArray[Any], dependent: NDArray[Any], head: NDArray[Any]) -> tuple[list[int], list[int]]:
        """Heads (0 the root) and relations of the words of one row whose best heads are no tree."""
        heads = best_tree(arcs)[1:]
        scores = np.maximum(dependent[1:] + head[heads], 0) @ self._weight + self._bias
        scores[:, self._root] = -1e9
        return heads.tolist(), scores.argmax(-1).tolist()


def windows(lengths: Sequence[int], most: int) -> list[tuple[int, int]]:
    """Neighbouring sentences of these lengths (in pieces, with the two ends) in half-open runs that fit into `most` pieces.

    Runs are filled from the left; a longer sentence stands alone, and with `most` 0 every one does.
    """
    runs: list[tuple[int, int]] = []
    filled = 0
    for i, length in enumerate(lengths):
        if runs and filled + length - 1 <= most:
            runs[-1] = (runs[-1][0], i + 1)
            filled += length - 1
        else:
            runs.append((i, i + 1))
            filled = length
    return runs


def joined(sentences: Sequence[_Pieces]) -> Row:
    """Sentences as one row: they share the first piece, the root; each keeps its end. Words know their sentence (from 1; the root 0)."""
    ids, shapes, first, last = ([*part] for part in sentences[0])
    own = [0] + [1] * (len(first) - 1)
    for number, (more_ids, more_shapes, more_first, more_last) in enumerate(sentences[1:], start=2):
        shift = len(ids) - 1
        ids += more_ids[1:]
        shapes += more_shapes[1:]
        first += [i + shift for i in more_first[1:]]
        last += [i + shift for i in more_last[1:]]
        own += [number] * (len(more_first) - 1)
    return Row(ids, shapes, first, last, own)


def batches(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Rows of these lengths (rising) in half-open runs, one a pass, such that padding and passes together cost least."""
    count = len(lengths)
    best = [0.0] + [float("inf")] * count
    cut = [0] * (count + 1)
    for end in range(1, count + 1):
        longest = lengths[end - 1]
        for begin in range(end - 1, -1, -1):
            padded = longest * (end - begin)
            if padded > BATCH_PIECES and end - begin > 1:
                break
            if (cost := best[begin] + padded + PASS_COST) < best[end]:
                best[end], cut[end] = cost, begin
    runs = []
    while count:
        runs.append((cut[count], count))
        count = cut[count]
    return runs[::-1]


def _padded(items: list[Row]) -> dict[str, NDArray[np.int64]]:
    pieces = max(len(item.ids) for item in items)
    words = max(len(item.first) for item in items)
    ids = np.zeros((len(items), pieces), np.int64)
    shapes, mask = ids.copy(), ids.copy()
    first = np.zeros((len(items), words), np.int64)
    last, sentence = first.copy(), first.copy()
    for row, item in enumerate(items):
        ids[row, : len(item.ids)] = item.ids
        shapes[row, : len(item.ids)] = item.shapes
        mask[row, : len(item.ids)] = 1
        first[row, : len(item.first)] = item.first
        last[row, : len(item.first)] = item.last
        sentence[row, : len(item.first)] = item.sentence
    return {"ids": ids, "cs": shapes, "mask": mask, "first": first, "last": last, "sentence": sentence}


@cache
def load_encoder(name: str = "default") -> Encoder:
    """The encoder of that name, loaded once a process; `FOEDUS_THREADS` sets its threads (1)."""
    return Encoder(name, int(os.environ.get("FOEDUS_THREADS", "1")))
