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

_Pieces = tuple[list[int], list[int], list[int], list[int]]


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
        self.labels: dict[str, list[str]] = json.loads((folder / f"{name}.json").read_text("utf-8"))["labels"]
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

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
        """One result a sentence, in order. A sentence has at least one word and at most `MOST_PIECES` pieces."""
        encoded = [self.pieces(words) for words in sentences]
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
        results: list[Parsed | None] = [None] * len(encoded)
        for begin, end in batches([len(encoded[i][0]) for i in order]):
            chosen = order[begin:end]
            outputs = self._session.run(self._outputs, _padded([encoded[i] for i in chosen]))
            named = dict(zip(self._outputs, outputs, strict=True))
            for i, one in zip(chosen, self._decode(named, [len(encoded[i][2]) for i in chosen]), strict=True):
                results[i] = one
        return [result for result in results if result is not None]

    def _decode(self, outputs: dict[str, NDArray[Any]], counts: list[int]) -> list[Parsed]:
        """One result a row; `counts` are the rows' words with the root."""
        names, found = self.labels, []
        for row, (n, classes) in enumerate(zip(counts, outputs["classes"].tolist(), strict=True)):
            upos, xpos, feats, lemma, sent, mod, att, ent, *tree = zip(*classes[1:n], strict=True)
            heads, deps = list(tree[0]), list(tree[1])
            if not is_tree([-1, *heads]):
                heads, deps = self._tree(
                    outputs["arcs"][row, :n, :n], outputs["dependent"][row, :n], outputs["head"][row, :n]
                )
            entities = [names["ent"][k] for k in ent]
            if not is_bio(entities):
                entities = bio_labels(outputs["entities"][row, 1:n], names["ent"])
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
                    outputs["reference"][row, 1:n],
                )
            )
        return found

    def _tree(self, arcs: NDArray[Any], dependent: NDArray[Any], head: NDArray[Any]) -> tuple[list[int], list[int]]:
        """Heads (0 the root) and relations of the words of one row whose best heads are no tree."""
        heads = best_tree(arcs)[1:]
        scores = np.maximum(dependent[1:] + head[heads], 0) @ self._weight + self._bias
        scores[:, self._root] = -1e9
        return heads.tolist(), scores.argmax(-1).tolist()


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


def _padded(items: list[_Pieces]) -> dict[str, NDArray[np.int64]]:
    pieces = max(len(item[0]) for item in items)
    words = max(len(item[2]) for item in items)
    ids = np.zeros((len(items), pieces), np.int64)
    shapes, mask = ids.copy(), ids.copy()
    first = np.zeros((len(items), words), np.int64)
    last = first.copy()
    for row, (own_ids, own_shapes, own_first, own_last) in enumerate(items):
        ids[row, : len(own_ids)] = own_ids
        shapes[row, : len(own_shapes)] = own_shapes
        mask[row, : len(own_ids)] = 1
        first[row, : len(own_first)] = own_first
        last[row, : len(own_last)] = own_last
    return {"ids": ids, "cs": shapes, "mask": mask, "first": first, "last": last}


@cache
def load_encoder(name: str = "default") -> Encoder:
    """The encoder of that name, loaded once a process; `FOEDUS_THREADS` sets its threads (1)."""
    return Encoder(name, int(os.environ.get("FOEDUS_THREADS", "1")))
