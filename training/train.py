"""Fine-tune the encoder on EWT and GUM: `python training/train.py TREEBANKS WORK`. Seeded, resumable, CPU or GPU.

The schedule counts steps, not minutes, so that a slower machine gives the same model. Every epoch leaves
`WORK/checkpoint.pt`; a run that was interrupted goes on from there. `WORK/network.pt` and `WORK/labels.json` come out.
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

from data import PARTLY_LABELLED, label_lists, read_treebank, training_items
from network import Network, load_tokenizer

SETTINGS: dict[str, Any] = {
    "seed": 1,
    "epochs": 6,
    "most_pieces": 128,
    "pieces_per_batch": 832,
    "rate_encoder": 1.5e-4,
    "rate_heads": 1.2e-3,
    "warm_up": 0.06,
    "weight_decay": 0.01,
    "clip": 1.0,
    "loss_weights": {"arc": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "ner": 1.0, "uner": 0.5},
    "train": {"en-ewt-train": "ewt-train", "en-gum-train": "gum", "en-ewt-dev": "uner", "en-ewt-test": "uner"},
    "dev": "en-gum-dev",
}
"""EWT dev and test give only their Universal NER names, never their trees."""


def batches(items: list[Any], most: int, chance: random.Random | None) -> list[list[Any]]:
    """Items in batches of at most `most` padded pieces, of like length; shuffled when `chance` is given."""
    jitter = (lambda: chance.random() * 4) if chance else (lambda: 0.0)
    ordered = sorted(items, key=lambda item: len(item[0][0]) + jitter())
    found: list[list[Any]] = [[]]
    longest = 0
    for item in ordered:
        longest = max(longest, len(item[0][0]))
        if found[-1] and longest * (len(found[-1]) + 1) > most:
            found.append([])
            longest = len(item[0][0])
        found[-1].append(item)
    if chance:
        chance.shuffle(found)
    return found


def tensors(batch: list[Any], device: torch.device) -> tuple[list[Tensor], list[Tensor]]:
    """Inputs (ids, shapes, mask, first) and the six label rows of a batch, padded."""
    pieces = max(len(item[0][0]) for item in batch)
    words = max(len(item[0][2]) for item in batch)
    pad = lambda row, size, fill: row + [fill] * (size - len(row))  # noqa: E731
    inputs = [
        torch.tensor([pad(item[0][0], pieces, 0) for item in batch]),
        torch.tensor([pad(item[0][1], pieces, 0) for item in batch]),
        torch.tensor([pad([1] * len(item[0][0]), pieces, 0) for item in batch]),
        torch.tensor([pad(item[0][2], words, 0) for item in batch]),
    ]
    rows = [torch.tensor([pad(item[k], words, -100) for item in batch]) for k in range(1, 7)]
    return [x.to(device) for x in inputs], [x.to(device) for x in rows]


def possible_heads(first: Tensor) -> Tensor:
    """Which positions can be heads: the root and real words."""
    valid = first > 0
    valid[:, 0] = True
    return valid


def losses(net: Network, batch: list[Any], open_entities: Tensor, device: torch.device) -> dict[str, Tensor]:
    """The loss of each head that this batch has labels for."""
    inputs, (upos, xpos, heads, deps, ner, uner) = tensors(batch, device)
    tags, parse, names = net.words(*inputs)
    found: dict[str, Tensor] = {}
    if (heads >= 0).any():
        arcs = net.arcs(parse).masked_fill(~possible_heads(inputs[3])[:, None, :], -1e4)
        known = heads >= 0
        found["arc"] = F.cross_entropy(arcs[known], heads[known])
        row, dependent_at = (known & (deps >= 0)).nonzero(as_tuple=True)
        dependent, head = net.relation_vectors(parse)
        chosen = (dependent[row, dependent_at] @ net.rw).view(-1, net.relations, net.rel + 1)
        scores = torch.einsum("nrk,nk->nr", chosen, head[row, heads[row, dependent_at]])
        found["rel"] = F.cross_entropy(scores, deps[row, dependent_at])
        found["upos"] = F.cross_entropy(net.upos(tags)[upos >= 0], upos[upos >= 0])
        found["xpos"] = F.cross_entropy(net.xpos(tags)[xpos >= 0], xpos[xpos >= 0])
    known, partly = ner >= 0, ner == PARTLY_LABELLED
    if (known | partly).any():
        hidden = net.drop(F.gelu(net.nh(names)))
        logs = torch.log_softmax(net.ner(hidden), -1)
        total = -logs[known].gather(1, ner[known][:, None]).sum() - logs[partly][:, open_entities].logsumexp(-1).sum()
        found["ner"] = total / (known.sum() + partly.sum())
        if (uner >= 0).any():
            found["uner"] = F.cross_entropy(net.uner(hidden)[uner >= 0], uner[uner >= 0])
    return found


def attachment(net: Network, items: list[Any], device: torch.device) -> tuple[float, float]:
    """Greedy UAS and LAS in percent, punctuation counted."""
    net.eval()
    count = right = labelled = 0
    with torch.no_grad():
        for batch in batches(items, SETTINGS["pieces_per_batch"], None):
            inputs, (_, _, heads, deps, _, _) = tensors(batch, device)
            output = net(*inputs)
            best = output[2].masked_fill(~possible_heads(inputs[3])[:, None, :], -1e4).argmax(-1)
            label = output[3].permute(0, 1, 3, 2).gather(2, best[:, :, None, None].expand(-1, -1, 1, net.relations))
            known = heads >= 0
            count += int(known.sum())
            right += int((known & (best == heads)).sum())
            labelled += int((known & (best == heads) & (label.squeeze(2).argmax(-1) == deps)).sum())
    net.train()
    return 100 * right / count, 100 * labelled / count


def main(treebanks: Path, work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_flush_denormal(True)
    torch.manual_seed(SETTINGS["seed"])
    tokenizer = load_tokenizer()
    sets = {name: read_treebank(treebanks / f"{name}.conllu.xz") for name in [*SETTINGS["train"], SETTINGS["dev"]]}
    labels = label_lists([s for name, source in SETTINGS["train"].items() if source != "uner" for s in sets[name]])
    (work / "labels.json").write_text(json.dumps({"labels": labels, "settings": SETTINGS}, indent=0) + "\n", "utf-8")
    train = [
        item
        for name, source in SETTINGS["train"].items()
        for item in training_items(sets[name], source, labels, tokenizer, SETTINGS["most_pieces"])
    ]
    dev = training_items(sets[SETTINGS["dev"]], "gum", labels, tokenizer, None)
    open_entities = torch.tensor([i for i, x in enumerate(labels["ner"]) if x == "O" or x[2:] in {"DATE", "EVENT"}])
    net = Network(labels)
    net.enc.load_base_weights()
    net.enc.we.weight.requires_grad_(False)
    net.to(device)
    encoder = [p for n, p in net.named_parameters() if n.startswith("enc.") and "ce." not in n and p.requires_grad]
    inside = {id(p) for p in encoder}
    heads = [p for p in net.parameters() if p.requires_grad and id(p) not in inside]
    base = [SETTINGS["rate_encoder"], SETTINGS["rate_heads"]]
    groups = [{"params": encoder, "lr": base[0]}, {"params": heads, "lr": base[1]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=SETTINGS["weight_decay"], betas=(0.9, 0.98))
    per_epoch = len(batches(train, SETTINGS["pieces_per_batch"], random.Random(SETTINGS["seed"])))
    total = per_epoch * SETTINGS["epochs"]
    done = 0
    checkpoint = work / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device)
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        done = saved["epoch"]
        print(f"going on after epoch {done}", flush=True)
    print(f"{len(train)} sentences, {per_epoch} batches an epoch, {device}", flush=True)
    net.train()
    for epoch in range(done, SETTINGS["epochs"]):
        began = time.time()
        for number, batch in enumerate(
            batches(train, SETTINGS["pieces_per_batch"], random.Random(f"{SETTINGS['seed']}-{epoch}"))
        ):
            part = min(1.0, (epoch * per_epoch + number) / total)
            warm = SETTINGS["warm_up"]
            scale = part / warm if part < warm else (1 - part) / (1 - warm)
            for group, rate in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = rate * max(scale, 0.01)
            each = losses(net, batch, open_entities.to(device), device)
            loss = sum(SETTINGS["loss_weights"][head] * value for head, value in each.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(encoder + heads, SETTINGS["clip"])
            optimizer.step()
            if number % 100 == 0:
                shown = " ".join(f"{head} {float(value.detach()):.3f}" for head, value in each.items())
                print(f"epoch {epoch + 1} batch {number}/{per_epoch} {shown}", flush=True)
        uas, las = attachment(net, dev, device)
        print(f"epoch {epoch + 1}: GUM dev UAS {uas:.2f} LAS {las:.2f}, {time.time() - began:.0f} s", flush=True)
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1}, checkpoint)
    torch.save(net.state_dict(), work / "network.pt")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
