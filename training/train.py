"""Fine-tune an encoder on the treebanks and the own corpus: `python training/train.py TREEBANKS WORK [--fast | --next]`. Seeded, resumable, CPU or GPU.

The schedule counts epochs, not minutes, so that a slower machine gives the same model. Every epoch leaves `WORK/checkpoint.pt`; a
run that was interrupted goes on from there. `WORK/network.pt` and `WORK/labels.json` come
out. `--fast` makes the small network, which begins as a part of the finished large one in `WORK/../default`.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from marked import read_reports
from reference import Net as Antecedents
from reference import cases_of, corpus_text, gum_texts

from data import (
    COARSE,
    NO_LABEL,
    Builder,
    Item,
    Passage,
    Sentence,
    bio_tags,
    corpus_acts,
    corpus_sentences,
    label_lists,
    read_documents,
    read_treebank,
)
from network import CLASSES, LAYERS, Network, load_network, load_tokenizer, lock_dropout, possible_arcs

CORPUS = Path(__file__).resolve().parent / "corpus"
DEFAULT: dict[str, Any] = {
    "seed": 1,
    "rounds": [
        {"epochs": 7, "pieces_per_batch": 1600, "rate_encoder": 1.8e-4, "rate_heads": 1.5e-3, "warm_up": 0.06, "locked": True},
        {"epochs": 6, "pieces_per_batch": 832, "rate_encoder": 1.2e-4, "rate_heads": 0.8e-3, "warm_up": 0.04, "locked": False},
    ],
    "layers": LAYERS,
    "average": 0.0,
    "corpus_from_epoch": 2,
    "most_pieces": 128,
    "weight_decay": 0.01,
    "clip": 1.0,
    "loss_weights": {
        "arc": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "feats": 0.5, "lemma": 0.3, "sent": 0.3,
        "ner": 0.7, "uner": 0.7, "ent": 1.0, "coarse": 0.3, "mod": 1.0, "att": 0.5, "ref": 0.5,
    },
    "trees": {"en-ewt-train": "ewt", "en-gum-train": "gum", "en-ewt-dev": "uner"},
    "names": ["en-ewt-test"],
    "dev": "en-gum-dev",
}  # fmt: skip
"""EWT test gives only its Universal NER names, never its trees; PUD and GUM test give nothing.

In a round with a `window` the network reads neighbouring sentences together, at most so many pieces, and learns reference along
with the rest (its features come from the parses of the network shipped so far). `own`: how often the own trees and predicates
are shown. `average`: the share of the weights at the end of the last round but one in what comes out.
"""
NEXT: dict[str, Any] = {
    **DEFAULT,
    "rounds": [
        *DEFAULT["rounds"],
        {"epochs": 4, "pieces_per_batch": 1000, "rate_encoder": 1.0e-4, "rate_heads": 0.6e-3, "warm_up": 0.04, "locked": False, "window": 192, "own": 3},
    ],
    "average": 0.4,
}  # fmt: skip
"""The default trained on with neighbouring sentences; why it does not ship yet stands in RESULTS.md."""
FAST: dict[str, Any] = {
    **DEFAULT,
    "layers": 3,
    "rounds": [{"epochs": 4, "pieces_per_batch": 832, "rate_encoder": 2.5e-4, "rate_heads": 1e-3, "warm_up": 0.05, "locked": False}],
    "corpus_from_epoch": 0,
}  # fmt: skip


def round_of(epoch: int, rounds: list[dict[str, Any]]) -> tuple[dict[str, Any], int]:
    """The round that an epoch (from 0) belongs to, and the round's first epoch. Each round has its own warm-up and decay."""
    first = 0
    for one in rounds:
        if epoch < first + one["epochs"]:
            return one, first
        first += one["epochs"]
    raise ValueError(f"epoch {epoch} is behind the last round")


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


def tensors(batch: list[Item], device: torch.device) -> tuple[list[Tensor], dict[str, Tensor]]:
    """Inputs (ids, shapes, mask, first, last, sentence) and the label rows that any item of the batch has, padded."""
    pieces = max(len(item.pieces.ids) for item in batch)
    words = max(len(item.pieces.first) for item in batch)
    pad = lambda row, size, fill: row + [fill] * (size - len(row))  # noqa: E731
    ids = [pad(item.pieces.ids, pieces, 0) for item in batch]
    shapes = [pad(item.pieces.shapes, pieces, 0) for item in batch]
    mask = [pad([1] * len(item.pieces.ids), pieces, 0) for item in batch]
    by_word = [[pad(getattr(item.pieces, part), words, 0) for item in batch] for part in ("first", "last", "sentence")]
    heads = sorted({head for item in batch for head in item.rows})
    rows = {h: torch.tensor([pad(item.rows.get(h, []), words, NO_LABEL) for item in batch]).to(device) for h in heads}
    return [torch.tensor(x).to(device) for x in (ids, shapes, mask, *by_word)], rows


class Objective:
    """The losses of a batch; `open_labels[c, e]` says which own entity labels a coarse label leaves possible."""

    def __init__(self, labels: dict[str, list[str]]) -> None:
        own = labels["ent"]
        rest = {x for x in own if x[2:] not in {"PERSON", "COUNTRY", "PLACE"}}
        self.open_labels = torch.tensor([[x in (allowed or rest) for x in own] for allowed in COARSE.values()])

    def __call__(
        self, net: Network, antecedents: Antecedents, batch: list[Item], device: torch.device
    ) -> dict[str, Tensor]:
        inputs, rows = tensors(batch, device)
        words = net.words(*inputs[:5])
        found: dict[str, Tensor] = {}
        wanted = [head for head in CLASSES if head in rows]
        if "coarse" in rows and "ent" not in wanted:
            wanted.append("ent")
        scores = net.classes(words, wanted)
        for head in wanted:
            if head in rows and (known := rows[head] >= 0).any():
                found[head] = F.cross_entropy(scores[head][known], rows[head][known])
        if "coarse" in rows and (known := rows["coarse"] >= 0).any():
            logs = torch.log_softmax(scores["ent"][known], -1)
            allowed = self.open_labels.to(device)[rows["coarse"][known]]
            found["coarse"] = -logs.masked_fill(~allowed, -1e4).logsumexp(-1).mean()
        if "head" in rows and (known := rows["head"] >= 0).any():
            arcs = net.arcs(words["parse"]).masked_fill(~possible_arcs(inputs[3], inputs[5]), -1e4)
            found["arc"] = F.cross_entropy(arcs[known], rows["head"][known])
            dependent, head = net.relation_vectors(words["parse"])
            row, at = (known & (rows["dep"] >= 0)).nonzero(as_tuple=True)
            both = net.drop(F.relu(dependent[row, at] + head[row, rows["head"][row, at]]))
            found["rel"] = F.cross_entropy(net.rel(both), rows["dep"][row, at])
        cases = [(row, case) for row, item in enumerate(batch) for case in item.cases]
        if cases:
            found["ref"] = antecedents(net.reference_input(words), cases)
        return found


class Sources:
    """The texts to learn from; `items(epoch)` draws that epoch's items."""

    def __init__(self, treebanks: Path, settings: dict[str, Any]) -> None:
        self.settings, self.treebanks = settings, treebanks
        self.anaphors: list[list[Any]] | None = None
        self.documents = {n: list(read_documents(treebanks / f"{n}.conllu.xz")) for n in settings["trees"]}
        self.names = {n: read_treebank(treebanks / f"{n}.conllu.xz") for n in settings["names"]}
        self.dev = read_treebank(treebanks / f"{settings['dev']}.conllu.xz")
        self.labels = label_lists([words for documents in self.documents.values() for _, words in documents])
        self.tokenizer = load_tokenizer()

    def builder(self, most: int | None) -> Builder:
        """A builder of items with this training's labels."""
        return Builder(self.labels, self.tokenizer, most)

    def items(self, epoch: int) -> list[Item]:
        """All items of an epoch, counted from 0. The own corpus joins at `corpus_from_epoch`."""
        settings = self.settings
        now, _ = round_of(epoch, settings["rounds"])
        window, often = now.get("window", 0), now.get("own", 2)
        builder = self.builder(window or settings["most_pieces"])
        chance = random.Random(f"{settings['seed']}-{epoch}")
        found: list[Item] = []
        for name, source in settings["trees"].items():
            if window:
                found += builder.windows(self.passages(builder, name, source), chance)
            else:
                found += builder.trees([words for _, words in self.documents[name]], source, chance)
            found += builder.joined(self.documents[name], source, chance)
        for sentences in self.names.values():
            found += builder.trees(sentences, "names", chance)
        if epoch >= settings["corpus_from_epoch"]:
            own = CORPUS / "train"
            for path in sorted(own.glob("*.conllu")):
                found += builder.trees(read_treebank(path), "ewt", chance) * often
            if window:
                found += builder.windows(self.reports(builder, own), chance, 0.2)
            found += builder.entities(corpus_sentences(own, reports=not window), chance)
            found += builder.modality(corpus_acts(own), chance) * often
        return found

    def passages(self, builder: Builder, name: str, source: str) -> list[Passage]:
        """The documents of a treebank, GUM's with their anaphors."""
        passages = list(builder.tree_passages(self.documents[name], source))
        if name != "en-gum-train":
            return passages
        if self.anaphors is None:
            from foedus.language.encoder import load_encoder

            path = self.treebanks / f"{name}.conllu.xz"
            self.anaphors = [list(cases_of(text)) for text in gum_texts(path, load_encoder())]
        return [Passage(one.sentences, cases) for one, cases in zip(passages, self.anaphors, strict=True)]

    def reports(self, builder: Builder, folder: Path) -> list[Passage]:
        """The marked reports of the own corpus in `folder`, cut and parsed by the shipped network."""
        from foedus.language.pipeline import load

        found = []
        for path in sorted(folder.glob("*.reports.txt")):
            for one in read_reports(path):
                text = corpus_text(one.text, one.marks, load())  # type: ignore[arg-type]
                placed = [[(text.doc[i].text, text.doc[i].idx) for i in s] for s in text.sentences]
                tagged = [Sentence([w for w, _ in s], bio_tags(s, one.entities)) for s in placed]
                found.append(builder.entity_passage(zip(tagged, text.sentences, strict=True), list(cases_of(text))))
        return found


def attachment(net: Network, items: list[Item], most: int, device: torch.device) -> tuple[float, float]:
    """Greedy UAS and LAS in percent, punctuation counted."""
    net.eval()
    count = right = labelled = 0
    with torch.no_grad():
        for batch in batches(items, most, None):
            inputs, rows = tensors(batch, device)
            words = net.words(*inputs[:5])
            best = net.arcs(words["parse"]).masked_fill(~possible_arcs(inputs[3], inputs[5]), -1e4).argmax(-1)
            dependent, head = net.relation_vectors(words["parse"])
            above = torch.gather(head, 1, best[:, :, None].expand(-1, -1, head.shape[-1]))
            label = net.rel(F.relu(dependent + above)).argmax(-1)
            known = rows["head"] >= 0
            hit = known & (best == rows["head"])
            count += int(known.sum())
            right += int(hit.sum())
            labelled += int((hit & (label == rows["dep"])).sum())
    net.train()
    return 100 * right / count, 100 * labelled / count


def main(treebanks: Path, work: Path, settings: dict[str, Any]) -> None:
    work.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_flush_denormal(True)
    torch.manual_seed(settings["seed"])
    sources = Sources(treebanks, settings)
    window = settings["rounds"][-1].get("window", 0)
    described = {"labels": sources.labels, "settings": {**settings, "window": window}}
    (work / "labels.json").write_text(json.dumps(described, indent=0) + "\n", "utf-8")
    dev = sources.builder(None).trees(sources.dev, "gum", None)
    net = Network(sources.labels, settings["layers"])
    net.enc.load_base_weights()
    if settings["layers"] < LAYERS:
        net.start_from(load_network(work.parent / "default", str(device))[0])
    net.enc.we.weight.requires_grad_(False)
    net.ref.requires_grad_(False)  # trained by reference.py
    net.to(device)
    antecedents = Antecedents().to(device)
    encoder = [p for n, p in net.named_parameters() if n.startswith("enc.") and "ce." not in n and p.requires_grad]
    inside = {id(p) for p in encoder}
    heads = [p for p in net.parameters() if p.requires_grad and id(p) not in inside] + list(antecedents.parameters())
    groups = [{"params": encoder}, {"params": heads}]
    optimizer = torch.optim.AdamW(groups, lr=1e-4, weight_decay=settings["weight_decay"], betas=(0.9, 0.98), fused=True)
    fresh = optimizer.state_dict()
    objective = Objective(sources.labels)
    done = 0
    checkpoint = work / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device)
        net.load_state_dict(net.state_dict() | saved["net"])
        done = saved["epoch"]
        if round_of(done, settings["rounds"])[1] < done:  # a round begins with a fresh optimizer
            optimizer.load_state_dict(saved["optimizer"])
            antecedents.load_state_dict(saved["antecedents"])
        print(f"going on after epoch {done}", flush=True)
    net.train()
    weights = settings["loss_weights"]
    for epoch in range(done, sum(one["epochs"] for one in settings["rounds"])):
        began = time.time()
        now, first_epoch = round_of(epoch, settings["rounds"])
        base = [now["rate_encoder"], now["rate_heads"]]
        if epoch == first_epoch:
            optimizer.load_state_dict(fresh)
        lock_dropout(net.enc, now["locked"])
        items = sources.items(epoch)
        drawn = batches(items, now["pieces_per_batch"], random.Random(f"{settings['seed']}-{epoch}-order"))
        print(f"epoch {epoch + 1}: {len(items)} items, {len(drawn)} batches, {device}", flush=True)
        for number, batch in enumerate(drawn):
            part, warm = (epoch - first_epoch + number / len(drawn)) / now["epochs"], now["warm_up"]
            scale = part / warm if part < warm else (1 - part) / (1 - warm)
            for group, rate in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = rate * max(scale, 0.01)
            each = objective(net, antecedents, batch, device)
            loss = sum(weights[head] * value for head, value in each.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(encoder + heads, settings["clip"])
            optimizer.step()
            if number % 50 == 0:
                shown = " ".join(f"{head} {float(value.detach()):.3f}" for head, value in each.items())
                print(f"epoch {epoch + 1} batch {number}/{len(drawn)} {time.time() - began:.0f} s {shown}", flush=True)
        uas, las = attachment(net, dev, 1600, device)
        print(f"epoch {epoch + 1}: GUM dev UAS {uas:.2f} LAS {las:.2f}, {time.time() - began:.0f} s", flush=True)
        saved = {"net": net.state_dict(), "antecedents": antecedents.state_dict()}
        saved |= {"optimizer": optimizer.state_dict(), "epoch": epoch + 1}
        torch.save(saved, checkpoint)
        if epoch + 1 == first_epoch + now["epochs"]:
            torch.save(net.state_dict(), work / f"round{settings['rounds'].index(now) + 1}.pt")
    finished = net.state_dict()
    if share := settings["average"]:
        before = torch.load(work / f"round{len(settings['rounds']) - 1}.pt", map_location=device)
        finished = {name: torch.lerp(value, before[name], share) for name, value in finished.items()}
    torch.save(finished, work / "network.pt")


if __name__ == "__main__":
    plain = [a for a in sys.argv[1:] if a not in {"--fast", "--next"}]
    if len(plain) != 2:
        sys.exit(__doc__)
    main(Path(plain[0]), Path(plain[1]), FAST if "--fast" in sys.argv else NEXT if "--next" in sys.argv else DEFAULT)
