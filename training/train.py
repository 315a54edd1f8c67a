"""Fine-tune an encoder on the treebanks and the own corpus: `python training/train.py TREEBANKS WORK [--fast | --more]`. Seeded, resumable, CPU or GPU.

The schedule counts epochs, not minutes, so that a slower machine gives the same model. Every epoch leaves a checkpoint in WORK; a
run that was interrupted goes on from there. `WORK/network.pt` and `WORK/labels.json` come
out. `--fast` makes the small network, which begins as a part of the finished large one in `WORK/../default`.
`--prepare` only reads the corpus with the shipped network and leaves `WORK/prepared.pickle`, so that the rest needs no foedus;
`--seed N` trains the last round with that seed alone, so that several can run side by side. `--more` lets the finished network of WORK go on
for two epochs over the corpus as it is now (half an hour on two cores).
"""

from __future__ import annotations

import json
import pickle
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from reference import Arranged, arranged
from reference import Net as Antecedents

from data import (
    COARSE,
    NO_LABEL,
    Builder,
    Item,
    Passage,
    Side,
    corpus_acts,
    corpus_sentences,
    label_lists,
    read_documents,
    read_treebank,
)
from network import CLASSES, LAYERS, Network, load_network, load_tokenizer, lock_dropout, possible_arcs

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from foedus.language.parties import PLACES, places_of

CORPUS = Path(__file__).resolve().parent / "corpus"
DEFAULT: dict[str, Any] = {
    "seed": 1,
    "rounds": [
        {"epochs": 8, "pieces_per_batch": 1600, "rate_encoder": 1.8e-4, "rate_heads": 1.5e-3, "warm_up": 0.06, "locked": True},
        {"epochs": 8, "pieces_per_batch": 832, "rate_encoder": 1.2e-4, "rate_heads": 0.8e-3, "warm_up": 0.04, "locked": False},
        {"epochs": 3, "pieces_per_batch": 1000, "rate_encoder": 1.0e-4, "rate_heads": 0.6e-3, "warm_up": 0.04, "locked": False, "window": 192, "own": 3, "seeds": 3, "kept": 0.4},
        {"epochs": 8, "pieces_per_batch": 1000, "rate_encoder": 1.0e-4, "rate_heads": 0.6e-3,
         "warm_up": 0.04, "locked": False, "window": 192, "own": 3, "seeds": 4, "exchanged": 0.5},
        {"epochs": 1, "pieces_per_batch": 1000, "rate_encoder": 2.5e-5, "rate_heads": 1.5e-4,
         "warm_up": 0.05, "locked": False, "window": 192, "own": 3, "seeds": 4, "kept": 0.5, "exchanged": 0.5},
    ],
    "layers": LAYERS,
    "corpus_from": 2,
    "most_pieces": 128,
    "weight_decay": 0.01,
    "clip": 1.0,
    "loss_weights": {
        "arc": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "feats": 0.5, "lemma": 0.3, "sent": 0.3,
        "ner": 0.7, "uner": 0.7, "ent": 1.0, "coarse": 0.3, "mod": 1.0, "att": 0.5, "ref": 0.5, "deed": 1.0, "side": 0.7,
    },
    "trees": {"en-ewt-train": "ewt", "en-gum-train": "gum", "en-ewt-dev": "uner"},
    "names": ["en-ewt-test"],
    "dev": "en-gum-dev",
}  # fmt: skip
"""EWT test gives only its Universal NER names, never its trees; PUD and GUM test give nothing.

In a round with a `window` the network reads neighbouring sentences together, at most so many pieces, and learns reference along
with the rest (its features come from the parses of the network shipped so far). A round with several `seeds` is run with each, and their
weights are averaged, with a share `kept` of those at its start. `own`: how often the own trees, predicates and marked deeds are shown;
`exchanged`: in what share of them other states stand for those named.
`corpus_from`: the epoch of the first round from which on the own corpus is read.
"""
FAST: dict[str, Any] = {
    **DEFAULT,
    "layers": 3,
    "rounds": [{"epochs": 6, "pieces_per_batch": 832, "rate_encoder": 2.5e-4, "rate_heads": 1e-3, "warm_up": 0.05, "locked": False, "window": 192, "exchanged": 0.3}],
    "corpus_from": 0,
}  # fmt: skip
MORE: dict[str, Any] = {
    **DEFAULT,
    "rounds": [{"epochs": 2, "pieces_per_batch": 1000, "rate_encoder": 8e-5, "rate_heads": 5e-4,
                "warm_up": 0.08, "locked": False, "window": 192, "own": 3, "kept": 0.3, "exchanged": 0.5}],
    "corpus_from": 0,
}  # fmt: skip
"""A finished network goes on for two epochs over the corpus as it is now."""
Array = np.ndarray[Any, Any]


def batches(items: list[Item], most: int, chance: random.Random | None) -> list[list[Item]]:
    """Items in batches of at most `most` padded pieces, of like length; shuffled when `chance` is given."""
    jitter = (lambda: chance.random() * 4) if chance else (lambda: 0.0)
    ordered = sorted(items, key=lambda item: len(item.pieces.ids) + jitter())
    found: list[list[Item]] = [[]]
    longest = 0
    for item in ordered:
        longest = max(longest, len(item.pieces.ids))
        if found[-1] and longest * (len(found[-1]) + 1) > most:
            found.append([])
            longest = len(item.pieces.ids)
        found[-1].append(item)
    if chance:
        chance.shuffle(found)
    return found


@dataclass
class Batch:
    """Items as padded arrays: inputs (ids, shapes, mask, first, last, sentence), label rows of the heads that any item has, and what is scored in pairs."""

    inputs: list[Array]
    rows: dict[str, Array]
    relations: tuple[Array, Array, Array, Array] | None
    """Row, dependent, head and label of every arc whose relation is known."""
    references: Arranged | None
    sides: tuple[Array, ...] | None
    """Of every deed its row and word; (deeds, names) the names' words, whether parties, and numbers of the parties (-1: padding); their places."""


def batch_of(items: list[Item]) -> Batch:
    """The arrays of some items."""
    pieces = max(len(item.pieces.ids) for item in items)
    words = max(len(item.pieces.first) for item in items)
    found = [np.zeros((len(items), n), np.int64) for n in (pieces, pieces, pieces, words, words, words)]
    heads = sorted({head for item in items for head in item.rows})
    rows = {head: np.full((len(items), words), NO_LABEL, np.int64) for head in heads}
    for k, item in enumerate(items):
        own = item.pieces
        for array, values in zip(found, (own.ids, own.shapes, [1] * len(own.ids), *own[2:]), strict=True):
            array[k, : len(values)] = values
        for head, labels in item.rows.items():
            rows[head][k, : len(labels)] = labels
    rows = {head: row for head, row in rows.items() if (row >= 0).any()}
    relations = None
    if "head" in rows:
        row, at = ((rows["head"] >= 0) & (rows["dep"] >= 0)).nonzero()
        relations = row, at, rows["head"][row, at], rows.pop("dep")[row, at]
    cases = [(k, case) for k, item in enumerate(items) for case in item.cases]
    sides = [(k, side, item.pieces.sentence) for k, item in enumerate(items) for side in item.sides]
    return Batch(found, rows, relations, arranged(cases) if cases else None, _sides(sides) if sides else None)


def _sides(sides: list[tuple[int, Side, list[int]]]) -> tuple[Array, ...]:
    """The arrays of deeds, each with its row and the numbers of the row's sentences."""
    most = max(len(side.names) for _, side, _ in sides)
    names = np.zeros((len(sides), most), np.int64)
    known, groups = np.full_like(names, NO_LABEL), np.full_like(names, -1)
    places = np.zeros((*names.shape, PLACES), np.float32)
    for k, (_, side, sentence) in enumerate(sides):
        here, n = np.array(side.names), len(side.names)
        names[k, :n], known[k, :n], groups[k, :n] = here.T
        away = np.array(sentence)[here[:, 0]] - sentence[side.deed]
        places[k, :n] = places_of(here[:, 0] - side.deed, away, here[:, 2])
    return (
        np.array([row for row, *_ in sides]),
        np.array([side.deed for _, side, _ in sides]),
        names,
        known,
        groups,
        places,
    )


class Objective:
    """The losses of a batch; `open_labels[c, e]` says which own entity labels a coarse label leaves possible."""

    def __init__(self, labels: dict[str, list[str]], device: torch.device) -> None:
        own = labels["ent"]
        rest = {x for x in own if x[2:] not in {"PERSON", "COUNTRY", "PLACE"}}
        self.device = device
        self.open_labels = torch.tensor([[x in (allowed or rest) for x in own] for allowed in COARSE.values()]).to(
            device
        )

    def _give(self, array: Array) -> Tensor:
        return torch.from_numpy(array).to(self.device, non_blocking=True)

    def __call__(self, net: Network, antecedents: Antecedents, batch: Batch) -> dict[str, Tensor]:
        give, rows = self._give, batch.rows
        inputs = [give(array) for array in batch.inputs]
        words = net.words(*inputs[:5])
        found: dict[str, Tensor] = {}
        wanted = [head for head in CLASSES if head in rows]
        if "coarse" in rows and "ent" not in wanted:
            wanted.append("ent")
        scores = net.classes(words, wanted)
        for head in wanted:
            if head in rows:
                found[head] = F.cross_entropy(scores[head].flatten(0, 1), give(rows[head]).flatten())
        if "coarse" in rows:
            row, at = (rows["coarse"] >= 0).nonzero()
            logs = torch.log_softmax(scores["ent"][give(row), give(at)], -1)
            allowed = self.open_labels[give(rows["coarse"][row, at])]
            found["coarse"] = -logs.masked_fill(~allowed, -1e4).logsumexp(-1).mean()
        if batch.relations is not None:
            arcs = net.arcs(words["parse"]).masked_fill(~possible_arcs(inputs[3], inputs[5]), -1e4)
            found["arc"] = F.cross_entropy(arcs.flatten(0, 1), give(rows["head"]).flatten())
            dependent, head = net.relation_vectors(words["parse"])
            row, at, above, label = (give(array) for array in batch.relations)
            both = net.drop(F.relu(dependent[row, at] + head[row, above]))
            found["rel"] = F.cross_entropy(net.rel(both), label)
        if batch.references is not None:
            found["ref"] = antecedents(net.reference_input(words), batch.references)
        if batch.sides is not None:
            row, deed, names, known, groups, places = map(give, batch.sides)
            of_deed, of_name = net.sides(words)
            scored = net.parties(of_deed[row, deed][:, None] + of_name[row[:, None], names], places, groups)
            asked = known >= 0
            found["side"] = F.binary_cross_entropy_with_logits(scored[asked], known[asked].float())
        return found


class Sources:
    """The texts to learn from; `batches` draws those of an epoch. `prepared`: where what foedus itself reads of them is kept."""

    def __init__(self, treebanks: Path, settings: dict[str, Any], prepared: Path) -> None:
        self.settings, self.treebanks, self.prepared = settings, treebanks, prepared
        self.documents = {n: list(read_documents(treebanks / f"{n}.conllu.xz")) for n in settings["trees"]}
        self.names = {n: read_treebank(treebanks / f"{n}.conllu.xz") for n in settings["names"]}
        self.dev = read_treebank(treebanks / f"{settings['dev']}.conllu.xz")
        self.labels = label_lists([words for documents in self.documents.values() for _, words in documents])
        self.tokenizer = load_tokenizer()
        self._read: dict[str, Any] | None = None

    def builder(self, most: int | None) -> Builder:
        """A builder of items with this training's labels."""
        return Builder(self.labels, self.tokenizer, most)

    def prepare(self) -> None:
        """Read the corpus with the shipped network: anaphors of GUM, and the passages of reports and of marked deeds."""
        from deed_gold import report_passages, told_passages
        from foedus.language.encoder import load_encoder
        from reference import cases_of, gum_texts

        builder, own = self.builder(None), CORPUS / "train"
        path = self.treebanks / "en-gum-train.conllu.xz"
        self._read = {
            "anaphors": [list(cases_of(text)) for text in gum_texts(path, load_encoder())],
            "reports": list(report_passages(builder, own)),
            "told": list(told_passages(builder, own)),
            "sentences": corpus_sentences(own, reports=False),
            "acts": corpus_acts(own),
        }
        self.prepared.write_bytes(pickle.dumps(self._read))

    @property
    def read(self) -> dict[str, Any]:
        """What `prepare` read, now or earlier."""
        if self._read is None:
            if not self.prepared.exists():
                self.prepare()
            else:
                self._read = pickle.loads(self.prepared.read_bytes())
        assert self._read is not None
        return self._read

    def batches(self, number: int, epoch: int, seed: int) -> list[Batch]:
        """The batches of an epoch (from 0) of round `number` (from 0), in the order of the seed."""
        items = self.items(number, epoch, seed)
        most = self.settings["rounds"][number]["pieces_per_batch"]
        return [batch_of(part) for part in batches(items, most, random.Random(f"{seed}-{number}-{epoch}-order"))]

    def items(self, number: int, epoch: int, seed: int) -> list[Item]:
        """All items of an epoch (from 0) of round `number` (from 0)."""
        settings = self.settings
        now = settings["rounds"][number]
        window, often, exchanged = now.get("window", 0), now.get("own", 2), now.get("exchanged", 0.0)
        most = settings["most_pieces"]
        builder = self.builder(window or most)
        chance = random.Random(f"{seed}-{number}-{epoch}")
        found: list[Item] = []
        for name, source in settings["trees"].items():
            if window:
                found += builder.windows(self.passages(builder, name, source), chance)
            else:
                found += builder.trees([words for _, words in self.documents[name]], source, chance)
            found += builder.joined(self.documents[name], source, chance)
        for sentences in self.names.values():
            found += builder.trees(sentences, "names", chance)
        if number or epoch >= settings["corpus_from"]:
            for path in sorted((CORPUS / "train").glob("*.conllu")):
                sentences = read_treebank(path)
                for _ in range(often):
                    found += builder.trees(sentences, "ewt", chance, exchanged)
            found += builder.windows(self.read["reports"], chance, 0.2 if window else 0.6, exchanged)
            for _ in range(often):
                found += builder.windows(self.read["told"], chance, 0.2, exchanged)
            found += builder.entities(self.read["sentences"], chance)
            found += builder.modality(self.read["acts"], chance) * often
        return found

    def passages(self, builder: Builder, name: str, source: str) -> list[Passage]:
        """The documents of a treebank, GUM's with their anaphors."""
        passages = list(builder.tree_passages(self.documents[name], source))
        if name != "en-gum-train":
            return passages
        return [Passage(one.sentences, cases) for one, cases in zip(passages, self.read["anaphors"], strict=True)]


def attachment(net: Network, items: list[Item], most: int, device: torch.device) -> tuple[float, float]:
    """Greedy UAS and LAS in percent, punctuation counted."""
    net.eval()
    count = right = labelled = 0
    with torch.no_grad():
        for part in batches(items, most, None):
            batch = batch_of(part)
            inputs = [torch.from_numpy(array).to(device) for array in batch.inputs]
            wanted = torch.from_numpy(batch.rows["head"]).to(device)
            words = net.words(*inputs[:5])
            best = net.arcs(words["parse"]).masked_fill(~possible_arcs(inputs[3], inputs[5]), -1e4).argmax(-1)
            dependent, head = net.relation_vectors(words["parse"])
            above = torch.gather(head, 1, best[:, :, None].expand(-1, -1, head.shape[-1]))
            label = net.rel(F.relu(dependent + above)).argmax(-1)
            known = wanted >= 0
            hit = known & (best == wanted)
            count += int(known.sum())
            right += int(hit.sum())
            row, at, _, relation = (torch.from_numpy(array).to(device) for array in batch.relations or ())
            labelled += int((hit[row, at] & (label[row, at] == relation)).sum())
    net.train()
    return 100 * right / count, 100 * labelled / count


_READ: list[Sources] = []
"""The texts as the processes that draw batches inherit them."""


def _drawn(number: int, epoch: int, seed: int) -> list[Batch]:
    return _READ[-1].batches(number, epoch, seed)


class Run:
    """One training run: the network, its optimizer, and the epochs that it goes through."""

    def __init__(
        self, sources: Sources, settings: dict[str, Any], device: torch.device, net: Network, seed: int
    ) -> None:
        self.sources, self.settings, self.device, self.net, self.seed = sources, settings, device, net.to(device), seed
        self.antecedents = Antecedents().to(device)
        self.dev = sources.builder(None).trees(sources.dev, "gum", None)
        encoder = [p for n, p in net.named_parameters() if n.startswith("enc.") and "ce." not in n and p.requires_grad]
        inside = {id(p) for p in encoder}
        heads = [p for p in net.parameters() if p.requires_grad and id(p) not in inside]
        self.parameters = encoder + heads + list(self.antecedents.parameters())
        groups = [{"params": encoder}, {"params": self.parameters[len(encoder) :]}]
        self.optimizer = torch.optim.AdamW(
            groups, lr=1e-4, weight_decay=settings["weight_decay"], betas=(0.9, 0.98), fused=True
        )
        self.fresh = self.optimizer.state_dict()
        self.objective = Objective(sources.labels, device)

    def go(self, number: int, checkpoint: Path) -> None:
        """Round `number` (from 0), all its epochs that `checkpoint` does not have yet."""
        now = self.settings["rounds"][number]
        self.optimizer.load_state_dict(self.fresh)  # a round begins with a fresh one
        lock_dropout(self.net.enc, now["locked"])
        done = 0
        if checkpoint.exists():
            saved = torch.load(checkpoint, map_location=self.device)
            if saved["round"] == number:
                self.net.load_state_dict(saved["net"])
                self.antecedents.load_state_dict(saved["antecedents"])
                self.optimizer.load_state_dict(saved["optimizer"])
                done = saved["epoch"]
                print(f"going on after epoch {done} of round {number + 1}", flush=True)
        _READ.append(self.sources)
        with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
            waiting = {e: pool.submit(_drawn, number, e, self.seed) for e in range(done, min(done + 2, now["epochs"]))}
            for epoch in range(done, now["epochs"]):
                drawn = waiting.pop(epoch).result()
                if epoch + 2 < now["epochs"]:
                    waiting[epoch + 2] = pool.submit(_drawn, number, epoch + 2, self.seed)
                self._epoch(now, number, epoch, drawn)
                saved = {"net": self.net.state_dict(), "antecedents": self.antecedents.state_dict()}
                saved |= {"optimizer": self.optimizer.state_dict(), "round": number, "epoch": epoch + 1}
                torch.save(saved, checkpoint)

    def _epoch(self, now: dict[str, Any], number: int, epoch: int, drawn: list[Batch]) -> None:
        began = time.time()
        base, weights = [now["rate_encoder"], now["rate_heads"]], self.settings["loss_weights"]
        name = f"seed {self.seed} round {number + 1} epoch {epoch + 1}"
        self.net.train()
        for k, batch in enumerate(drawn):
            part, warm = (epoch + k / len(drawn)) / now["epochs"], now["warm_up"]
            scale = part / warm if part < warm else (1 - part) / (1 - warm)
            for group, rate in zip(self.optimizer.param_groups, base, strict=True):
                group["lr"] = rate * max(scale, 0.01)
            each = self.objective(self.net, self.antecedents, batch)
            loss = sum(weights[head] * value for head, value in each.items())
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(self.parameters, self.settings["clip"])
            self.optimizer.step()
            if k % 100 == 0:
                shown = " ".join(f"{head} {float(value.detach()):.3f}" for head, value in each.items())
                print(f"{name} batch {k}/{len(drawn)} {time.time() - began:.0f} s {shown}", flush=True)
        uas, las = attachment(self.net, self.dev, 1600, self.device)
        print(f"{name}: GUM dev UAS {uas:.2f} LAS {las:.2f}, {time.time() - began:.0f} s", flush=True)


def fresh_network(sources: Sources, work: Path, settings: dict[str, Any], device: torch.device) -> Network:
    """The base model with new heads, or a part of the large network."""
    net = Network(sources.labels, settings["layers"])
    net.enc.load_base_weights()
    if settings["layers"] < LAYERS:
        net.start_from(load_network(work.parent / "default", str(device))[0])
    net.enc.we.weight.requires_grad_(False)
    net.ref.requires_grad_(False)  # trained by reference.py
    return net


def average(parts: list[tuple[float, Path]]) -> dict[str, Tensor]:
    """The weights of several networks averaged, each with its share."""
    total: dict[str, Tensor] = {}
    for share, path in parts:
        for name, value in torch.load(path, map_location="cpu").items():
            total[name] = total.get(name, torch.zeros_like(value)) + share * value
    return total


def main(treebanks: Path, work: Path, settings: dict[str, Any], only: int | None = None) -> None:
    """All rounds; the last for each seed, averaged. `only`: the last round with that seed alone, which leaves its weights."""
    work.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_flush_denormal(True)
    torch.backends.cuda.matmul.allow_tf32 = True
    sources = Sources(treebanks, settings, work / "prepared.pickle")
    rounds = settings["rounds"]
    described = {"labels": sources.labels, "settings": {**settings, "window": rounds[-1].get("window", 0)}}
    (work / "labels.json").write_text(json.dumps(described, indent=0) + "\n", "utf-8")
    done = max((n for n in range(1, len(rounds)) if (work / f"round{n}.pt").exists()), default=0)
    for number, now in enumerate(rounds[done:], start=done):
        is_last = number == len(rounds) - 1
        before, after = work / f"round{number}.pt", work / ("network.pt" if is_last else f"round{number + 1}.pt")
        if after.exists():
            continue
        seeds = range(1, now.get("seeds", 1) + 1) if only is None or not is_last else [only]
        parts = [work / f"round{number + 1}-seed{seed}.pt" for seed in seeds]
        for seed, part in zip(seeds, parts, strict=True):
            if not part.exists():
                torch.manual_seed(settings["seed"] + number)  # the same heads for all: they are to be averaged
                net = fresh_network(sources, work, settings, device)
                if number:
                    net.load_state_dict(torch.load(before, map_location=device))
                torch.manual_seed(1000 * seed + number)
                Run(sources, settings, device, net, seed).go(number, work / f"checkpoint{seed}.pt")
                torch.save(net.state_dict(), part)
        if only is None or not is_last:
            kept = now.get("kept", 0.0)
            shares = [((1 - kept) / len(parts), part) for part in parts]
            torch.save(average([*shares, (kept, before)] if kept else shares), after)


def go_on(treebanks: Path, work: Path, settings: dict[str, Any]) -> None:
    """Let the finished network of `work` go on by the last round of `settings`; `WORK/network.pt` is the outcome, `WORK/round_before.pt` what was."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_flush_denormal(True)
    sources = Sources(treebanks, settings, work / "prepared.pickle")
    before, after = work / "round_before.pt", work / "network.pt"
    if not before.exists():
        torch.save(torch.load(after, map_location="cpu"), before)
    torch.manual_seed(settings["seed"])
    net = fresh_network(sources, work, settings, device)
    net.load_state_dict(torch.load(before, map_location=device))
    Run(sources, settings, device, net, settings["seed"]).go(0, work / "checkpoint_more.pt")
    torch.save(net.state_dict(), work / "more.pt")
    kept = settings["rounds"][0]["kept"]
    torch.save(average([(1 - kept, work / "more.pt"), (kept, before)]), after)


if __name__ == "__main__":
    options = {"--fast", "--more", "--prepare", "--seed"}
    plain = [a for a in sys.argv[1:] if a not in options]
    wanted = int(plain.pop()) if "--seed" in sys.argv and len(plain) == 3 else None
    if len(plain) != 2:
        sys.exit(__doc__)
    chosen = FAST if "--fast" in sys.argv else DEFAULT
    if "--prepare" in sys.argv:
        Path(plain[1]).mkdir(parents=True, exist_ok=True)
        Sources(Path(plain[0]), chosen, Path(plain[1]) / "prepared.pickle").prepare()
    elif "--more" in sys.argv:
        go_on(Path(plain[0]), Path(plain[1]), MORE)
    else:
        main(Path(plain[0]), Path(plain[1]), chosen, wanted)
