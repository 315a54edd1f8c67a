"""Train and measure the reference scorer: `python training/reference.py TREEBANKS WORK NAME [--measure]`.

Learns from GUM's coreference (training part) and the corpus's training reports, on the vectors of the finished network in
`WORK`; leaves `WORK/reference.pt` (the projection that goes into the network, and the scorer). `--measure` measures the shipped
scorer on the held-apart reports instead: precision and recall of pronouns and of definite descriptions, beside rules alone.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import lzma

from foedus.language.encoder import Encoder, joined, windows
from foedus.language.pipeline import EncoderPipeline, Words, make_doc
from foedus.mentions.antecedents import MOST, WINDOW, anaphor_kind, candidate_words, find_antecedents
from foedus.mentions.antecedents_score import _ANAPHOR, FEATURES, Scorer, pair_features
from marked import Mark, read_reports

from network import REFERENCE, WIDTH, encode, load_network, load_tokenizer

CORPUS = Path(__file__).resolve().parent / "corpus"
HIDDEN, EPOCHS, BATCH, RATE = 64, 12, 48, 1.5e-3
KINDS = {1: "pronoun", 2: "pronoun", 3: "pronoun", 4: "pronoun", 5: "description", 6: "description"}
_ENTITY = re.compile(r"\((\d+)-[^()]*\)|\((\d+)-[^()]*|(\d+)\)")


@dataclass
class Text:
    """A parsed text and its gold: referents of the head token of every gold mention (("?",) when open)."""

    doc: Any
    gold: dict[int, tuple[str, ...]]
    sentences: list[list[int]]


def mention_head(doc: Any, first: int, last: int) -> int:
    """The token of [first, last) whose head lies outside."""
    inside = [t for t in doc[first:last] if not t.is_space]
    return next((t.i for t in inside if not first <= t.head.i < last or t.head.i == t.i), first)


def corpus_text(text: str, marks: tuple[Mark, ...], pipeline: EncoderPipeline) -> Text:
    """A corpus report as the shipped pipeline parses it."""
    doc = pipeline.parse(text)
    gold: dict[int, tuple[str, ...]] = {}
    for mark in marks:
        span = doc.char_span(mark.start, mark.end, alignment_mode="expand")
        if mark.ids and span is not None:
            gold.setdefault(mention_head(doc, span.start, span.end), mark.ids)
    sentences = [[t.i for t in s if not t.is_space] for s in doc.sents]
    return Text(doc, gold, [s for s in sentences if s])


def gum_texts(path: Path, encoder: Encoder) -> Iterator[Text]:
    """The documents of a GUM file with their coreference."""
    document: list[tuple[list[str], list[str], bool]] = []
    words: list[str] = []
    marks: list[str] = []
    paragraph = False
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "# newdoc"]:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if document:
                    yield _gum_text(document, encoder)
                document = []
            elif line.startswith("# newpar") and not line.startswith("# newpar_"):
                paragraph = True
            elif line and line[0] != "#":
                row = line.split("\t")
                if row[0].isdigit():
                    words.append(row[1])
                    marks.append(next((x[7:] for x in row[9].split("|") if x.startswith("Entity=")), ""))
            elif not line and words:
                document.append((words, marks, paragraph))
                words, marks, paragraph = [], [], False


def _gum_text(document: list[tuple[list[str], list[str], bool]], encoder: Encoder) -> Text:
    words = [w for sentence, _, _ in document for w in sentence]
    sentences, paragraphs, at = [], [0], 0
    opened: dict[str, list[int]] = {}
    spans: list[tuple[int, int, str]] = []
    for sentence, marks, new in document:
        if new and at:
            paragraphs.append(at)
        sentences.append(list(range(at, at + len(sentence))))
        for i, mark in enumerate(marks, start=at):
            for alone, begins, ends in _ENTITY.findall(mark):
                if alone:
                    spans.append((i, i + 1, alone))
                elif begins:
                    opened.setdefault(begins, []).append(i)
                elif opened.get(ends):
                    spans.append((opened[ends].pop(), i + 1, ends))
        at += len(sentence)
    ranges = list(zip(paragraphs, [*paragraphs[1:], at], strict=True))
    parsed = encoder.parse([[words[i] for i in s] for s in sentences])
    doc = make_doc(Words(words, [True] * len(words), ranges, sentences), parsed, "")
    gold: dict[int, tuple[str, ...]] = {}
    for first, last, name in sorted(spans, key=lambda s: s[1] - s[0], reverse=True):
        gold.setdefault(mention_head(doc, first, last), (name,))
    return Text(doc, gold, sentences)


def word_vectors(text: Text, net: Any, tokenizer: Any, window: int) -> np.ndarray[Any, Any]:
    """What the projection reads, a row a token."""
    found = np.zeros((len(text.doc), 2 * WIDTH), np.float16)
    sentences = [(s, encode(tokenizer, [text.doc[i].text for i in s])) for s in text.sentences]
    sentences = [(s, pieces) for s, pieces in sentences if len(pieces[0]) <= 512]
    with torch.no_grad():
        for a, b in windows([len(pieces[0]) for _, pieces in sentences], window):
            row = joined([pieces for _, pieces in sentences[a:b]])
            inputs = [torch.tensor([x]) for x in (row.ids, row.shapes, [1] * len(row.ids), row.first, row.last)]
            words = net.reference_input(net.words(*inputs))
            tokens = [i for sentence, _ in sentences[a:b] for i in sentence]
            found[tokens] = words[0, 1:].numpy().astype(np.float16)
    return found


@dataclass
class Case:
    """One anaphor: its token, its candidates' tokens and features, and for each referent which candidates name it."""

    token: int
    tokens: np.ndarray[Any, Any]
    pairs: np.ndarray[Any, Any]
    anaphor: np.ndarray[Any, Any]
    right: np.ndarray[Any, Any]
    """(referents, candidates + 1); the last column is "no answer"."""

    def inside(self, at: dict[int, int]) -> Case | None:
        """The case with the candidates that have a place in `at`, tokens as those places; None when an antecedent has none."""
        kept = [k for k, token in enumerate(self.tokens.tolist()) if token in at]
        right = self.right[:, [*kept, -1]]
        if not kept or not right.any(1).all():
            return None
        return Case(
            at[self.token], np.array([at[int(self.tokens[k])] for k in kept]), self.pairs[kept], self.anaphor, right
        )


def cases_of(text: Text) -> Iterator[Case]:
    """The anaphors of a text as training cases."""
    words = candidate_words(text.doc)
    tokens = words.tokens.tolist()
    for at, token in enumerate(tokens):
        kind = anaphor_kind(text.doc[token])
        if not kind or not at:
            continue
        first = max(0, at - MOST, int(np.searchsorted(words.sentence, words.sentence[at] - WINDOW)))
        if first == at:
            continue
        ids = [i for i in text.gold.get(token, ()) if i != "?"]
        rows = []
        for one in ids:
            row = [float(one in (other := text.gold.get(t, ())) and set(other) <= set(ids)) for t in tokens[first:at]]
            if any(row):
                rows.append([*row, 0.0])
        if len(rows) < len(ids) or not ids:
            rows = [[0.0] * (at - first) + [1.0]]
        pairs = pair_features(words, at, kind, first)
        yield Case(
            token,
            np.array(tokens[first:at]),
            pairs.astype(np.float16),
            pairs[0, FEATURES:],
            np.array(rows, np.float32),
        )


@dataclass
class Arranged:
    """Cases as padded arrays: (cases,) rows and tokens; (cases, candidates) places, mask and features of pairs, and of the anaphors;
    (cases, referents, candidates + 1) which answers are right, with the share of each referent."""

    row: np.ndarray[Any, Any]
    token: np.ndarray[Any, Any]
    places: np.ndarray[Any, Any]
    mask: np.ndarray[Any, Any]
    pairs: np.ndarray[Any, Any]
    anaphor: np.ndarray[Any, Any]
    right: np.ndarray[Any, Any]
    share: np.ndarray[Any, Any]


def arranged(cases: list[tuple[int, Case]]) -> Arranged:
    """At least one case, each with its row, for `Net`."""
    count, most = len(cases), max(len(case.tokens) for _, case in cases)
    referents = max(len(case.right) for _, case in cases)
    found = Arranged(
        np.array([row for row, _ in cases]),
        np.array([case.token for _, case in cases]),
        np.zeros((count, most), np.int64),
        np.zeros((count, most), bool),
        np.zeros((count, most, FEATURES + _ANAPHOR), np.float16),
        np.stack([case.anaphor for _, case in cases]).astype(np.float32),
        np.zeros((count, referents, most + 1), bool),
        np.zeros((count, referents), np.float32),
    )
    for k, (_, case) in enumerate(cases):
        n, several = len(case.tokens), len(case.right)
        found.places[k, :n], found.mask[k, :n], found.pairs[k, :n] = case.tokens, True, case.pairs
        found.right[k, :several, :n], found.right[k, :several, -1] = case.right[:, :-1] > 0, case.right[:, -1] > 0
        found.share[k, :several] = 1 / several
    return found


class Net(nn.Module):
    """The scorer in torch; `Scorer` is the same in numpy."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(2 * WIDTH, REFERENCE)
        self.of_anaphor = nn.Linear(REFERENCE, HIDDEN)
        self.of_candidate = nn.Linear(REFERENCE, HIDDEN, bias=False)
        self.of_product = nn.Linear(REFERENCE, HIDDEN, bias=False)
        self.of_pair = nn.Linear(FEATURES + _ANAPHOR, HIDDEN, bias=False)
        self.out = nn.Linear(HIDDEN, 1, bias=False)
        self.none = nn.Linear(REFERENCE + _ANAPHOR, 1)
        self.drop = nn.Dropout(0.3)

    def forward(self, vectors: Tensor, cases: Arranged) -> Tensor:
        """The loss of these cases; `vectors` (rows, words, 2 × WIDTH)."""
        give = lambda array: torch.from_numpy(array).to(vectors.device, non_blocking=True)  # noqa: E731
        projected = self.project(vectors)
        row, mask = give(cases.row), give(cases.mask)
        own = projected[row, give(cases.token)]
        theirs = projected[row[:, None], give(cases.places)]
        logs = self.scores(own, theirs, give(cases.pairs).float(), give(cases.anaphor).float(), mask)
        wanted = logs[:, None].masked_fill(~give(cases.right), -1e4).logsumexp(-1)
        return -(wanted * give(cases.share)).sum() / len(cases.row)

    def scores(self, own: Tensor, theirs: Tensor, pairs: Tensor, anaphor: Tensor, mask: Tensor) -> Tensor:
        """Log shares (anaphors, candidates + 1) from projected vectors."""
        a, c = self.drop(own), self.drop(theirs)
        hidden = self.of_candidate(c) + self.of_product(c * a[:, None]) + self.of_pair(pairs)
        hidden = torch.relu(hidden + self.of_anaphor(a)[:, None])
        scores = self.out(self.drop(hidden)).squeeze(-1).masked_fill(~mask, -1e4)
        none = self.none(torch.cat([a, anaphor], -1))
        return torch.log_softmax(torch.cat([scores, none], -1), -1)

    def scorer(self) -> dict[str, np.ndarray[Any, Any]]:
        """The weights in the form of `Scorer`."""
        get = lambda x: x.detach().numpy().astype(np.float32)  # noqa: E731
        return {
            "of_anaphor": get(self.of_anaphor.weight.T),
            "of_candidate": get(self.of_candidate.weight.T),
            "of_product": get(self.of_product.weight.T),
            "of_pair": get(self.of_pair.weight.T),
            "hidden_bias": get(self.of_anaphor.bias),
            "out": get(self.out.weight[0]),
            "none": get(self.none.weight[0]),
            "none_bias": get(self.none.bias[0]),
        }


Known = tuple[np.ndarray[Any, Any], Case]
"""A case with what the projection reads of its text, a row a token."""


def _loss(net: Net, batch: list[Known]) -> Tensor:
    """The loss of cases from many texts: of every text only the rows that are asked for."""
    rows, cases = [], []
    most = max(len(case.tokens) for _, case in batch) + 1
    for k, (vectors, case) in enumerate(batch):
        n = len(case.tokens)
        row = np.zeros((most, vectors.shape[1]), np.float32)
        row[: n + 1] = vectors[[*case.tokens, case.token]]
        rows.append(row)
        cases.append((k, Case(n, np.arange(n), case.pairs, case.anaphor, case.right)))
    loss: Tensor = net(torch.from_numpy(np.stack(rows)), arranged(cases))
    return loss


def train(cases: list[Known], seed: int = 1) -> Net:
    """Fit the scorer."""
    torch.manual_seed(seed)
    net = Net()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.02)
    chance = random.Random(seed)
    steps = EPOCHS * (len(cases) // BATCH + 1)
    done = 0
    for epoch in range(EPOCHS):
        order = sorted(cases, key=lambda c: len(c[1].tokens) + chance.random() * 20)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        losses = 0.0
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - done / steps)
            loss = _loss(net, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            losses += float(loss.detach())
            done += 1
        print(f"epoch {epoch + 1}: loss {losses / len(batches):.4f}", flush=True)
    return net.eval()


Outcome = tuple[str, float, bool, bool]
"""Group of the anaphor, belief in the answer (-1 when there is none), whether it is right, whether the gold has an answer."""


def outcomes(text: Text, vectors: np.ndarray[Any, Any], scorer: Scorer) -> list[Outcome]:
    """What became of every anaphor of a text."""
    answers = find_antecedents(text.doc, vectors, scorer, all_answers=True)
    found: list[Outcome] = []
    earlier: set[str] = set()
    for token in text.doc:
        ids = set(text.gold.get(token.i, ()))
        kind = anaphor_kind(token)
        if kind:
            real = bool(ids) and "?" not in ids and ids <= earlier
            answer = answers.get(token.i)
            named = {i for t in answer.tokens for i in text.gold.get(t, ("nothing",))} if answer else set()
            share = answer.share if answer and answer.tokens else -1.0
            found.append((KINDS[kind], share, real and named == ids, real))
        earlier |= ids
    return found


def resolved(text: Text, by_rule: bool) -> list[Outcome]:
    """The same for what `foedus.mentions` makes of pronouns and of descriptions of persons and parties, certain answers only."""
    from foedus.mentions import GroupMention, PersonMention, reference, resolve
    from foedus.mentions.reference_rules import rule_references
    from foedus.record import Report

    normal = reference.resolve_references
    reference.resolve_references = rule_references if by_rule else normal
    try:
        document = resolve(Report.of(text.doc.text), text.doc)
    finally:
        reference.resolve_references = normal
    named = lambda span: text.gold.get(  # noqa: E731
        mention_head(text.doc, (s := text.doc.char_span(*span, alignment_mode="expand")).start, s.end), ("nothing",)
    )
    found: list[Outcome] = []
    earlier: set[str] = set()
    for token in text.doc:
        ids = set(text.gold.get(token.i, ()))
        if kind := anaphor_kind(token):
            real = bool(ids) and "?" not in ids and ids <= earlier
            person, group = document.at(token.i, PersonMention), document.at(token.i, GroupMention)
            spans = []
            if person is not None and person.root == token.i and person.form != "name":
                spans = [person.person.name_span]
            elif group is not None and group.root == token.i:
                spans = list(group.antecedents)
            answered = {i for span in spans for i in named(span)}
            found.append((KINDS[kind], 1.0 if spans else -1.0, real and answered == ids, real))
        earlier |= ids
    return found


def report_resolved(texts: list[Text], by_rule: bool, label: str) -> None:
    """Print precision and recall of certain answers."""
    found = [o for t in texts for o in resolved(t, by_rule)]
    for group in ("pronoun", "description"):
        rows = [o for o in found if o[0] == group]
        given, right, possible = sum(o[1] > 0 for o in rows), sum(o[2] for o in rows), sum(o[3] for o in rows)
        print(
            f"{label} {group}: precision {right / max(1, given):.3f} recall {right / max(1, possible):.3f} ({right} of {given} given, {possible} possible)"
        )


def curve(found: list[Outcome], group: str) -> list[tuple[float, float, float]]:
    """(threshold, precision, recall) from many answers to few."""
    rows = [o for o in found if o[0] == group]
    possible = sum(o[3] for o in rows)
    points = []
    for threshold in [x / 50 for x in range(10, 50)]:
        given = [o for o in rows if o[1] >= threshold]
        right = sum(o[2] for o in given)
        if given:
            points.append((threshold, right / len(given), right / max(1, possible)))
    return points


def report(found: list[Outcome], label: str) -> None:
    """Print precision at recalls, and the best threshold for recall 0.7."""
    for group in ("pronoun", "description"):
        points = curve(found, group)
        enough = [p for p in points if p[2] >= 0.7]
        best = max(enough, key=lambda p: p[1], default=(0.0, 0.0, 0.0))
        line = " ".join(f"{t:.2f}:{p:.3f}/{r:.3f}" for t, p, r in points[::5])
        counts = Counter(o[3] for o in found if o[0] == group)
        print(f"{label} {group} ({counts[True]} of {sum(counts.values())} with an answer): at recall >= 0.7 {best[1]:.3f} "
              f"(recall {best[2]:.3f}, threshold {best[0]:.2f}); threshold:P/R {line}")  # fmt: skip


def main(treebanks: Path, work: Path, name: str, measure: bool) -> None:
    encoder = Encoder(name, 1, work)
    pipeline = EncoderPipeline(encoder, name)
    net, _ = load_network(work)
    tokenizer = load_tokenizer()
    load = lambda part: [  # noqa: E731
        corpus_text(one.text, one.marks, pipeline)
        for path in sorted((CORPUS / part).glob("*.reports.txt"))
        for one in read_reports(path)
    ]
    held = load("held")
    if measure:
        with np.load(work / f"{name}.npz") as arrays:
            scorer = Scorer(*(arrays[f"reference_{field}"] for field in Scorer._fields))
        report([o for t in held for o in outcomes(t, t.doc.user_data["vectors"], scorer)], "held apart, scorer alone,")
        report_resolved(held, False, "held apart, scorer and constraints,")
        report_resolved(held, True, "held apart, rules alone,")
        return
    own = load("train")
    gum = list(gum_texts(treebanks / "en-gum-train.conllu.xz", encoder))
    print(f"{len(own)} reports, {len(gum)} GUM documents, {len(held)} held apart", flush=True)
    raw = {id(t): word_vectors(t, net, tokenizer, encoder.window) for t in [*own, *gum, *held]}
    chosen = own[::10]
    learned = [t for t in own if t not in chosen]
    gum_cases = [(raw[id(t)], c) for t in gum for c in cases_of(t)]
    cases = [(raw[id(t)], c) for t in learned for c in cases_of(t)]
    print(f"{len(cases)} cases in reports, {len(gum_cases)} in GUM", flush=True)
    trial = train([*cases, *cases, *gum_cases])
    project = lambda t, n: n.project(torch.from_numpy(raw[id(t)]).float()).detach().numpy()  # noqa: E731
    scorer = Scorer(**trial.scorer())
    report([o for t in chosen for o in outcomes(t, project(t, trial), scorer)], "a tenth of the training reports")
    report([o for t in held for o in outcomes(t, project(t, trial), scorer)], "held apart (trial)")
    cases += [(raw[id(t)], c) for t in chosen for c in cases_of(t)]
    final = train([*cases, *cases, *gum_cases])
    scorer = Scorer(**final.scorer())
    report([o for t in held for o in outcomes(t, project(t, final), scorer)], "held apart")
    projection = {"ref.weight": final.project.weight.detach(), "ref.bias": final.project.bias.detach()}
    torch.save({"projection": projection, "scorer": final.scorer()}, work / "reference.pt")


if __name__ == "__main__":
    plain = [a for a in sys.argv[1:] if a != "--measure"]
    if len(plain) != 3:
        sys.exit(__doc__)
    main(Path(plain[0]), Path(plain[1]), plain[2], "--measure" in sys.argv)
