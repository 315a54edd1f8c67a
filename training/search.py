"""Would embeddings help search? Measured on the corpus's own queries: `python training/search.py TREEBANKS_OR_ANY`.

Ranks the 152 training reports for each query of `corpus/queries.tsv` by words (BM25), by the base model's sentence embeddings
(best sentence of a report), and by both; prints how often a right report comes first, among the first five, and the mean reciprocal rank.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from marked import marked_reports

from data import words_of
from network import Encoder, encode, load_tokenizer

CORPUS = Path(__file__).resolve().parent / "corpus"
K1, B = 1.2, 0.75
STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by for from has in is it its of on or that the their to was were which who with what when",
    )
)


def stems(text: str) -> list[str]:
    """Lower-case words without common endings, as SQLite's porter tokenizer would about give."""
    return [re.sub(r"(ing|ed|es|s|ion|ions)$", "", w) for w in re.findall(r"\w+", text.lower()) if w not in STOP]


def by_words(queries: list[str], texts: list[str]) -> np.ndarray:
    """BM25 scores (queries × texts)."""
    bags = [Counter(stems(t)) for t in texts]
    length = [sum(b.values()) for b in bags]
    mean = sum(length) / len(length)
    known = Counter(w for b in bags for w in b)
    scores = np.zeros((len(queries), len(texts)))
    for q, query in enumerate(queries):
        for word in stems(query):
            if word in known:
                weight = math.log(1 + (len(texts) - known[word] + 0.5) / (known[word] + 0.5))
                for t, bag in enumerate(bags):
                    count = bag[word]
                    scores[q, t] += weight * count * (K1 + 1) / (count + K1 * (1 - B + B * length[t] / mean))
    return scores


def embed(sentences: list[list[str]]) -> np.ndarray:
    """Unit vectors of sentences by the base model: the mean over its last layer's pieces."""
    base, tokenizer, found = Encoder(), load_tokenizer(), []
    base.load_base_weights()
    base.eval()
    with torch.no_grad():
        for words in sentences:
            ids, shapes, _, _ = encode(tokenizer, words[:200])
            mask = torch.ones(1, len(ids), dtype=torch.long)
            state = base(torch.tensor([ids]), torch.zeros(1, len(shapes), dtype=torch.long), mask)[-1][0]
            vector = state.mean(0).numpy()
            found.append(vector / np.linalg.norm(vector))
    return np.stack(found)


def by_meaning(queries: list[str], texts: list[str]) -> np.ndarray:
    """Cosine of the query and the nearest sentence of each text."""
    asked = embed([[w for w, _ in words] for query in queries for words in words_of(query)[:1]])
    scores = np.zeros((len(queries), len(texts)))
    for t, text in enumerate(texts):
        sentences = embed([[w for w, _ in words] for words in words_of(text)])
        scores[:, t] = (asked @ sentences.T).max(1)
    return scores


def ranks(scores: np.ndarray, right: list[set[int]]) -> list[int]:
    """The rank (from 1) of the first right text of each query."""
    order = (-scores).argsort(1, kind="stable")
    return [next(k for k, t in enumerate(row, 1) if t in good) for row, good in zip(order.tolist(), right, strict=True)]


def main() -> None:
    names, texts = [], []
    for path in sorted((CORPUS / "train").glob("*.reports.txt")):
        for number, one in enumerate(marked_reports(path), 1):
            names.append(f"{path.name.split('.')[0]}:{number}")
            texts.append(one.text)
    lines = (CORPUS / "queries.tsv").read_text("utf-8").strip().split("\n")[1:]
    rows = [line.split("\t") for line in lines]
    queries = [row[0] for row in rows]
    right = [{names.index(n) for n in row[1].split()} for row in rows]
    words, meaning = by_words(queries, texts), by_meaning(queries, texts)
    fused = 1 / (60 + (-words).argsort(1).argsort(1)) + 1 / (60 + (-meaning).argsort(1).argsort(1))
    for label, scores in (("words (BM25)", words), ("embeddings", meaning), ("both (reciprocal ranks)", fused)):
        found = ranks(scores, right)
        first, five = sum(r == 1 for r in found) / len(found), sum(r <= 5 for r in found) / len(found)
        print(
            f"{label}: first {first:.3f}, in five {five:.3f}, mean reciprocal rank {sum(1 / r for r in found) / len(found):.3f}"
        )


if __name__ == "__main__":
    main()
