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
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import lzma

from foedus.language.encoder import Encoder, joined, windows
from foedus.language.pipeline import EncoderPipeline, Words, make_doc
from foedus.mentions import find_named
from foedus.mentions.antecedents import cases_in, find_antecedents
from foedus.mentions.antecedents_score import (
    ASKED,
    GENERAL,
    OWN,
    PAIR,
    SORTS,
    TABLE,
    Scorer,
    asked_features,
    pair_features,
)
from foedus.mentions.antecedents_score import (
    Words as Candidates,
)
from foedus.mentions.antecedents_words import anaphor_kind, candidate_words
from foedus.mentions.reference import named_things
from foedus.record import Report
from marked import Mark, marked_reports

from network import REFERENCE, WIDTH, encode, load_network, load_tokenizer

CORPUS = Path(__file__).resolve().parent / "corpus"
HIDDEN, EPOCHS, BATCH, RATE, OWN_WEIGHT = 64, 12, 64, 2e-3, 2.0
KINDS = {1: "pronoun", 2: "pronoun", 3: "pronoun", 4: "pronoun", 5: "description", 6: "description"}
_MARKED = {"person", "organization", "place", "event"}
"""Types of GUM's entities whose descriptions the own corpus marks, too."""
_ENTITY = re.compile(r"\((\d+)-([a-z]+)-[^()]*\)|\((\d+)-([a-z]+)[^()]*|(\d+)\)")


@dataclass
class Text:
    """A parsed text and its gold: referents of the head token of every gold mention (("?",) when open), in GUM with its entity type."""

    doc: Any
    gold: dict[int, tuple[str, ...]]
    sentences: list[list[int]]
    types: dict[int, str] | None = None

    @cached_property
    def words(self) -> Candidates:
        """The words that may be referred to, with the names that `foedus.mentions` knows."""
        return candidate_words(self.doc, named_things(find_named(Report.of(self.doc.text), self.doc)))


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
    opened: dict[str, list[tuple[int, str]]] = {}
    spans: list[tuple[int, int, str, str]] = []
    for sentence, marks, new in document:
        if new and at:
            paragraphs.append(at)
        sentences.append(list(range(at, at + len(sentence))))
        for i, mark in enumerate(marks, start=at):
            for alone, its, begins, theirs, ends in _ENTITY.findall(mark):
                if alone:
                    spans.append((i, i + 1, alone, its))
                elif begins:
                    opened.setdefault(begins, []).append((i, theirs))
                elif opened.get(ends):
                    first, kind = opened[ends].pop()
                    spans.append((first, i + 1, ends, kind))
        at += len(sentence)
    ranges = list(zip(paragraphs, [*paragraphs[1:], at], strict=True))
    parsed = encoder.parse([[words[i] for i in s] for s in sentences])
    doc = make_doc(Words(words, [True] * len(words), ranges, sentences), parsed, "")
    gold: dict[int, tuple[str, ...]] = {}
    types: dict[int, str] = {}
    for first, last, name, kind in sorted(spans, key=lambda s: s[1] - s[0], reverse=True):
        head = mention_head(doc, first, last)
        gold.setdefault(head, (name,))
        types.setdefault(head, kind)
    return Text(doc, gold, sentences, types)


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
    """One anaphor: its token, its candidates' tokens, the features of each and of both, and for each referent which candidates name it."""

    token: int
    tokens: np.ndarray[Any, Any]
    own: np.ndarray[Any, Any]
    pairs: np.ndarray[Any, Any]
    table: np.ndarray[Any, Any]
    asked: np.ndarray[Any, Any]
    right: np.ndarray[Any, Any]
    """(referents, candidates); no row for "no answer"."""
    weight: float = 1.0

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Cases that were prepared by the scorer before this one lack most of what is known now; it is 0 for them."""
        self.__dict__.update(state if "own" in state else _of_before(state))

    def inside(self, at: dict[int, int]) -> Case | None:
        """The case with the candidates that have a place in `at`, tokens as those places; None when an antecedent has none."""
        kept = [k for k, token in enumerate(self.tokens.tolist()) if token in at]
        right = self.right[:, kept]
        if not kept or not right.any(1).all():
            return None
        tokens = np.array([at[int(self.tokens[k])] for k in kept])
        pairs = self.own[kept], self.pairs[kept], self.table[kept]
        return Case(at[self.token], tokens, *pairs, self.asked, right, self.weight)


def _of_before(state: dict[str, Any]) -> dict[str, Any]:
    pairs, anaphor, right = state["pairs"], state["anaphor"], state["right"]
    own = np.zeros((len(pairs), OWN), np.float16)
    both = np.zeros((len(pairs), PAIR), np.float16)
    asked = np.zeros(ASKED, np.float16)
    own[:, :38], own[:, 50:53], asked[:22] = pairs[:, :38], pairs[:, [54, 55, 63]], anaphor
    both[:, :25] = pairs[:, [*range(38, 54), *range(56, 63), 65, 66]]
    table = np.full(len(pairs), SORTS * min(int(np.argmax(anaphor[:7])), 5), np.int16)
    known = right[:, :-1] > 0
    return {
        "token": state["token"], "tokens": state["tokens"], "own": own, "pairs": both, "table": table, "asked": asked,
        "right": known if known.any(1).all() else known[:0], "weight": 1.0,
    }  # fmt: skip


def cases_of(text: Text) -> Iterator[Case]:
    """The anaphors of a text as training cases; descriptions of what the own corpus does not mark are left out."""
    words = text.words
    cases = cases_in(words)
    if not cases:
        return
    asked, pairs = asked_features(words, cases), pair_features(words, cases)
    asked[:, GENERAL] = text.types is not None
    low = 0
    for k, case in enumerate(cases):
        rows = slice(low, low := low + case.at - case.first)
        token = int(words.tokens[case.at])
        if text.types is not None and case.kind > 4 and text.types.get(token) not in _MARKED:
            continue
        yield Case(
            token,
            words.tokens[case.first : case.at],
            words.features[case.first : case.at].astype(np.float16),
            pairs.features[rows].astype(np.float16),
            pairs.table[rows].astype(np.int16),
            asked[k].astype(np.float16),
            _right(text, case),
            1.0 if text.types is not None else OWN_WEIGHT,
        )


def _right(text: Text, case: Any) -> np.ndarray[Any, Any]:
    """Which candidates name each referent of an anaphor, one row each; no row when one of them is open or none names it."""
    words, gold = text.words, text.gold
    ids = [i for i in gold.get(int(words.tokens[case.at]), ()) if i != "?"]
    named = []
    for k in range(case.first, case.at):
        several = [j for j in words.groups.get(k, (k,)) if j < case.at] if case.kind in {4, 6} else [k]
        each = [gold.get(int(words.tokens[j]), ()) for j in several]
        together = {i for one in each for i in one} if all(each) else set(gold.get(int(words.tokens[k]), ()))
        named.append(together if together <= set(ids) else set())
    rows = np.array([[i in one for one in named] for i in ids], bool).reshape(len(ids), len(named))
    return rows if rows.any(1).all() else rows[:0]


@dataclass
class Arranged:
    """Cases as flat arrays. Of each anaphor: row, token, features, weight. Of each pair: its case, the candidate's token, features of the
    candidate and of both, and the place in the table. Of each referent: its case and share; `hits` are pairs and the referents they name."""

    row: np.ndarray[Any, Any]
    token: np.ndarray[Any, Any]
    asked: np.ndarray[Any, Any]
    which: np.ndarray[Any, Any]
    place: np.ndarray[Any, Any]
    own: np.ndarray[Any, Any]
    pairs: np.ndarray[Any, Any]
    table: np.ndarray[Any, Any]
    referent: np.ndarray[Any, Any]
    share: np.ndarray[Any, Any]
    hits: np.ndarray[Any, Any]
    none: np.ndarray[Any, Any]
    """Of each anaphor its weight where it has no answer, else 0."""


def arranged(cases: list[tuple[int, Case]]) -> Arranged:
    """At least one case, each with its row, for `Net`."""
    counts = [len(case.tokens) for _, case in cases]
    begins = np.cumsum([0, *counts])
    referent, share, hits = [], [], []
    for k, (_, case) in enumerate(cases):
        for row in case.right:
            at = row.nonzero()[0] + begins[k]
            hits.append(np.stack([at, np.full(len(at), len(referent))]))
            referent.append(k)
            share.append(case.weight / len(case.right))
    both = lambda arrays: np.concatenate(arrays)  # noqa: E731
    return Arranged(
        np.array([row for row, _ in cases]),
        np.array([case.token for _, case in cases]),
        np.stack([case.asked for _, case in cases]),
        np.repeat(np.arange(len(cases)), counts),
        both([case.tokens for _, case in cases]).astype(np.int64),
        both([case.own for _, case in cases]),
        both([case.pairs for _, case in cases]),
        both([case.table for _, case in cases]).astype(np.int64),
        np.array(referent, np.int64),
        np.array(share, np.float32),
        np.concatenate(hits, 1).astype(np.int64) if hits else np.zeros((2, 0), np.int64),
        np.array([0.0 if len(case.right) else case.weight for _, case in cases], np.float32),
    )


class Net(nn.Module):
    """The scorer in torch; `Scorer` is the same in numpy."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(2 * WIDTH, REFERENCE)
        self.of_anaphor = nn.Linear(REFERENCE, HIDDEN)
        self.of_candidate = nn.Linear(REFERENCE, HIDDEN, bias=False)
        self.of_product = nn.Linear(REFERENCE, HIDDEN, bias=False)
        self.of_own = nn.Linear(OWN, HIDDEN, bias=False)
        self.of_asked = nn.Linear(ASKED, HIDDEN, bias=False)
        self.of_pair = nn.Linear(PAIR, HIDDEN, bias=False)
        self.of_table = nn.Embedding(TABLE, HIDDEN)
        nn.init.normal_(self.of_table.weight, std=0.05)
        self.out = nn.Linear(HIDDEN, 1, bias=False)
        self.none_hidden = nn.Linear(REFERENCE + ASKED, HIDDEN // 2)
        self.none = nn.Linear(HIDDEN // 2, 1)
        self.drop = nn.Dropout(0.3)

    def forward(self, vectors: Tensor, cases: Arranged) -> Tensor:
        """The loss of these cases; `vectors` (rows, words, 2 × WIDTH)."""
        give = lambda array: torch.from_numpy(array).to(vectors.device, non_blocking=True)  # noqa: E731
        row, which, referent = give(cases.row), give(cases.which), give(cases.referent)
        words = vectors.shape[1]
        projected = self.drop(self.project(vectors)).flatten(0, 1)
        anaphors = projected.index_select(0, row * words + give(cases.token))
        places = row.index_select(0, which) * words + give(cases.place)
        asked = give(cases.asked).float()
        own = anaphors, asked
        hidden = self.of_candidate(projected).index_select(0, places)
        hidden = hidden + self.of_product(projected.index_select(0, places) * anaphors.index_select(0, which))
        hidden = hidden + self.of_own(give(cases.own).float()) + self.of_pair(give(cases.pairs).float())
        hidden = hidden + self.of_table(give(cases.table))
        hidden = hidden + (self.of_anaphor(anaphors) + self.of_asked(asked)).index_select(0, which)
        scores = self.out(self.drop(torch.relu(hidden))).squeeze(-1).float()
        none = self.none(self.drop(torch.relu(self.none_hidden(torch.cat(own, -1))))).squeeze(-1).float()
        most = none.detach().scatter_reduce(0, which, scores.detach(), "amax")
        belief = torch.exp(scores - most.index_select(0, which))
        no_answer = torch.exp(none - most)
        total = no_answer.index_add(0, which, belief).log()
        hits = give(cases.hits)
        right = torch.zeros_like(give(cases.share)).index_add(0, hits[1], belief.index_select(0, hits[0]))
        lost = ((total.index_select(0, referent) - (right + 1e-9).log()) * give(cases.share)).sum()
        return (lost + ((total - (no_answer + 1e-9).log()) * give(cases.none)).sum()) / len(cases.row)

    def scorer(self) -> dict[str, np.ndarray[Any, Any]]:
        """The weights in the form of `Scorer`."""
        get = lambda x: x.detach().cpu().numpy().astype(np.float32)  # noqa: E731
        return {
            "of_anaphor": get(self.of_anaphor.weight.T),
            "of_candidate": get(self.of_candidate.weight.T),
            "of_product": get(self.of_product.weight.T),
            "of_own": get(self.of_own.weight.T),
            "of_asked": get(self.of_asked.weight.T),
            "of_pair": get(self.of_pair.weight.T),
            "of_table": get(self.of_table.weight),
            "hidden_bias": get(self.of_anaphor.bias),
            "out": get(self.out.weight[0]),
            "none_hidden": get(self.none_hidden.weight.T),
            "none_hidden_bias": get(self.none_hidden.bias),
            "none": get(self.none.weight[0]),
            "none_bias": get(self.none.bias[0]),
        }


Known = tuple[np.ndarray[Any, Any], list[Case]]
"""What the projection reads of a text, a row a token, with some of its cases."""
Batch = tuple[Tensor, Arranged]


def batches_of(known: list[Known], chance: random.Random) -> list[Batch]:
    """Batches of at most `BATCH` cases, those of a text together; of every text only the rows that are asked for."""
    order = list(known)
    chance.shuffle(order)
    batches: list[list[tuple[np.ndarray[Any, Any], Case]]] = [[]]
    for vectors, cases in order:
        for case in cases:
            if len(batches[-1]) >= BATCH:
                batches.append([])
            batches[-1].append((vectors, case))
    return [_batch(batch) for batch in batches if batch]


def _batch(batch: list[tuple[np.ndarray[Any, Any], Case]]) -> Batch:
    wanted: dict[int, set[int]] = {}
    texts = {id(vectors): vectors for vectors, _ in batch}
    for vectors, case in batch:
        wanted.setdefault(id(vectors), set()).update([*case.tokens.tolist(), case.token])
    places: dict[int, dict[int, int]] = {}
    rows, count = [], 0
    for name, tokens in wanted.items():
        ordered = sorted(tokens)
        places[name] = {token: count + k for k, token in enumerate(ordered)}
        rows.append(texts[name][ordered])
        count += len(ordered)
    cases = []
    for vectors, case in batch:
        at = places[id(vectors)]
        moved = np.array([at[token] for token in case.tokens.tolist()])
        cases.append((0, replace(case, token=at[case.token], tokens=moved)))
    return torch.from_numpy(np.concatenate(rows).astype(np.float32))[None], arranged(cases)


def train(batches: list[Batch], seed: int = 1, epochs: int = EPOCHS) -> Net:
    """Fit the scorer."""
    torch.manual_seed(seed)
    net = Net()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.02)
    chance = random.Random(seed)
    steps, done = epochs * len(batches), 0
    for epoch in range(epochs):
        chance.shuffle(batches)
        losses = 0.0
        for vectors, cases in batches:
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (done + 1) / 100) * (1 - done / steps)
            loss = net(vectors, cases)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            losses += float(loss.detach())
            done += 1
        print(f"epoch {epoch + 1}: loss {losses / len(batches):.4f}", flush=True)
    return net.eval()


Outcome = tuple[str, float, bool, bool]
"""Group of the anaphor, belief in the answer (-1 when there is none), whether it is right, whether the gold has an answer."""


Given = tuple[float, list[tuple[int, ...]]]
"""Belief in an answer, and what it is: tokens that name it, in one way or several ("both sides": the two ministers, or their states)."""


def outcomes(text: Text, vectors: np.ndarray[Any, Any], scorer: Scorer) -> list[Outcome]:
    """What became of every anaphor of a text; what `foedus.mentions` names by itself counts as sure."""
    words = text.words
    things = named_things(find_named(Report.of(text.doc.text), text.doc))
    answers = find_antecedents(text.doc, vectors, scorer, things, all_answers=True)
    latest: dict[int, int] = {}
    given: dict[int, Given] = {}
    for token, thing, named in zip(words.tokens.tolist(), words.thing.tolist(), words.named.tolist(), strict=True):
        if named and thing in latest:
            given[token] = 1.0, [(latest[thing],)]
        elif (answer := answers.get(token)) is not None:
            given[token] = answer.share, [answer.tokens] if answer.tokens else []
        latest[thing] = token
    return _judged(text, given)


def _judged(text: Text, given: dict[int, Given]) -> list[Outcome]:
    """The outcomes of answers: belief and the tokens that are meant. A name that is not marked means what the same name means elsewhere;
    an anaphor that was itself not resolved rightly names nothing."""
    words, gold = text.words, text.gold
    thing_at = dict(zip(words.tokens.tolist(), words.thing.tolist(), strict=True))
    marked: dict[int, Counter[str]] = {}
    for token, thing in thing_at.items():
        if len(ids := gold.get(token, ())) == 1:
            marked.setdefault(thing, Counter()).update(ids)
    wrong: set[int] = set()

    def named(token: int) -> tuple[str, ...]:
        if token in wrong:
            return ("nothing",)
        elsewhere = marked.get(thing_at.get(token, -1), Counter()).most_common(1)
        return gold.get(token) or tuple(one for one, _ in elsewhere) or ("nothing",)

    found: list[Outcome] = []
    earlier: set[str] = set()
    for token in text.doc:
        ids = set(gold.get(token.i, ()))
        if kind := anaphor_kind(token):
            real = bool(ids) and "?" not in ids and ids <= earlier
            belief, answers = given.get(token.i, (-1.0, []))
            right = real and any({i for t in tokens for i in named(t)} == ids for tokens in answers)
            if real and not right:
                wrong.add(token.i)
            found.append((KINDS[kind], belief if answers else -1.0, right, real))
        earlier |= ids
    return found


def resolved(text: Text, by_rule: bool) -> list[Outcome]:
    """The same for what `foedus.mentions` makes of pronouns and descriptions, certain answers only."""
    from foedus.mentions import GroupMention, PersonMention, reference, resolve
    from foedus.mentions.reference_rules import rule_references

    normal = reference.resolve_references
    reference.resolve_references = rule_references if by_rule else normal
    try:
        document = resolve(Report.of(text.doc.text), text.doc)
    finally:
        reference.resolve_references = normal
    head = lambda span: mention_head(  # noqa: E731
        text.doc, (s := text.doc.char_span(*span, alignment_mode="expand")).start, s.end
    )
    answers: Any = document.notes.get("antecedents", {})
    names: dict[Any, int] = {}
    for root, thing in named_things(document).items():
        names.setdefault(thing.key, root)
    given: dict[int, Given] = {}
    for token in text.doc:
        person, group = document.at(token.i, PersonMention), document.at(token.i, GroupMention)
        if person is not None and person.root == token.i and person.form != "name":
            given[token.i] = 1.0, [(head(person.person.name_span),)]
        elif group is not None and group.root == token.i:
            if anaphor_kind(token) < 5 or token.lower_ in reference.describing_nouns():  # "its embassy" is no state
                states = tuple(names[key] for code in group.parties if (key := ("party", code)) in names)
                persons = tuple(head(one.name_span) for one in group.persons)
                given[token.i] = 1.0, [some for some in (tuple(map(head, group.antecedents)), persons, states) if some]
        elif token.i in answers:
            given[token.i] = 1.0, [answers[token.i]]
    return _judged(text, given)


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
        for one in marked_reports(path)
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
    known = lambda texts: [(raw[id(t)], list(cases_of(t))) for t in texts]  # noqa: E731
    general, kept, rest = known(gum), known([t for t in own if t not in chosen]), known(chosen)
    count = lambda some: sum(len(cases) for _, cases in some)  # noqa: E731
    print(f"{count(kept) + count(rest)} cases in reports, {count(general)} in GUM", flush=True)
    project = lambda t, n: n.project(torch.from_numpy(raw[id(t)]).float()).detach().numpy()  # noqa: E731
    found = lambda texts, n: [o for t in texts for o in outcomes(t, project(t, n), Scorer(**n.scorer()))]  # noqa: E731
    trial = train(batches_of([*kept, *general], random.Random(1)))
    report(found(chosen, trial), "a tenth of the training reports")
    report(found(held, trial), "held apart (trial)")
    final = train(batches_of([*kept, *rest, *general], random.Random(1)))
    report(found(held, final), "held apart")
    projection = {"ref.weight": final.project.weight.detach(), "ref.bias": final.project.bias.detach()}
    torch.save({"projection": projection, "scorer": final.scorer()}, work / "reference.pt")


if __name__ == "__main__":
    plain = [a for a in sys.argv[1:] if a != "--measure"]
    if len(plain) != 3:
        sys.exit(__doc__)
    main(Path(plain[0]), Path(plain[1]), plain[2], "--measure" in sys.argv)
