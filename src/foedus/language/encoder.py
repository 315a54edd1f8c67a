"""The shipped network: sentences of words -> tags, trees, entity spans. onnxruntime and numpy only."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.errors import LanguageError
from foedus.language.decode import best_tree, bio_spans

WEIGHTS = files("foedus.language") / "weights"
_CLS, _SEP, _UNKNOWN = 101, 102, 100
MOST_PIECES = 510
"""Word pieces that one pass can hold (512 positions less the two ends)."""
BATCH_PIECES, BATCH_SENTENCES = 1500, 32
"""Measured best batch on one core (1,500 padded pieces or 32 sentences)."""


class Parsed(NamedTuple):
    """One sentence: a label a word; heads are word indices, the root's is its own; entities are (first, past last, type)."""

    upos: list[str]
    xpos: list[str]
    heads: list[int]
    deps: list[str]
    entities: list[tuple[int, int, str]]


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
    """The network in memory; `threads` is what one call may use."""

    def __init__(self, threads: int = 1) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        try:
            with as_file(WEIGHTS) as folder:
                self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
                self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))["labels"]
                options = ort.SessionOptions()
                options.intra_op_num_threads = threads
                options.inter_op_num_threads = 1
                options.log_severity_level = 3
                options.enable_cpu_mem_arena = False
                options.add_session_config_entry("session.set_denormal_as_zero", "1")
                self._session = ort.InferenceSession(
                    str(folder / "encoder.int8.onnx"), options, providers=["CPUExecutionProvider"]
                )
        except Exception as error:
            raise LanguageError(f"the shipped language model cannot be loaded ({error}); reinstall foedus") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._root = self.labels["dep"].index("root")

    def pieces(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Piece ids, their shapes and the index of each word's first piece (0 is the root)."""
        encoded = self._tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
        by_word: list[list[int]] = [[] for _ in words]
        for piece, at in zip(encoded.ids, encoded.word_ids, strict=True):
            if at is not None:
                by_word[at].append(piece)
        ids, shapes, first = [_CLS], [0], [0]
        for word, own in zip(words, by_word, strict=True):
            first.append(len(ids))
            own = own[:12] or [_UNKNOWN]
            ids += own
            shapes += [word_shape(word)] * len(own)
        return [*ids, _SEP], [*shapes, 0], first

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
        """One result a sentence, in order. A sentence has at least one word and at most `MOST_PIECES` pieces."""
        encoded = [self.pieces(words) for words in sentences]
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
        results: list[Parsed | None] = [None] * len(encoded)
        at = 0
        while at < len(order):
            end = at + 1
            while (
                end < len(order)
                and end - at < BATCH_SENTENCES
                and len(encoded[order[end]][0]) * (end - at + 1) <= BATCH_PIECES
            ):
                end += 1
            chosen = order[at:end]
            outputs = self._session.run(None, _padded([encoded[i] for i in chosen]))
            for row, i in enumerate(chosen):
                results[i] = self._decode([output[row] for output in outputs], len(encoded[i][2]))
            at = end
        return [result for result in results if result is not None]

    def _decode(self, outputs: list[NDArray[Any]], n: int) -> Parsed:
        upos, xpos, arcs, labels, entities, _ = outputs
        heads = best_tree(arcs[:n, :n])[1:]
        scores = labels[np.arange(1, n), :, heads]
        scores[heads != 0, self._root] = -1e9
        scores[heads == 0] = -1e9
        scores[heads == 0, self._root] = 0
        names = self.labels
        return Parsed(
            [names["upos"][k] for k in upos[1:n].argmax(-1).tolist()],
            [names["xpos"][k] for k in xpos[1:n].argmax(-1).tolist()],
            [h - 1 if h else i for i, h in enumerate(heads.tolist())],
            [names["dep"][k] for k in scores.argmax(-1).tolist()],
            bio_spans(entities[1:n], names["ner"]),
        )


def _padded(items: list[tuple[list[int], list[int], list[int]]]) -> dict[str, NDArray[np.int64]]:
    pieces = max(len(item[0]) for item in items)
    words = max(len(item[2]) for item in items)
    ids = np.zeros((len(items), pieces), np.int64)
    shapes, mask = ids.copy(), ids.copy()
    first = np.zeros((len(items), words), np.int64)
    for row, (own_ids, own_shapes, own_first) in enumerate(items):
        ids[row, : len(own_ids)] = own_ids
        shapes[row, : len(own_shapes)] = own_shapes
        mask[row, : len(own_ids)] = 1
        first[row, : len(own_first)] = own_first
    return {"ids": ids, "cs": shapes, "mask": mask, "first": first}


@cache
def load_encoder() -> Encoder:
    """The encoder, loaded once a process; `FOEDUS_THREADS` sets its threads (1)."""
    return Encoder(int(os.environ.get("FOEDUS_THREADS", "1")))
