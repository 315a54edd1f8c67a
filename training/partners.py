"""Fit the two rules that say who takes part in a deed: `python training/partners.py [--write]`.

The first says of everyone named near how likely it takes part by itself, the second which of them do together (`mentions/partners.py`, `mentions/party_sets.py`).
They learn from passages that the shipped network has not learned from (`deed_gold.KEPT`), from the reports of `corpus/book` and those of `corpus/train`,
which count half where the network knows them; `corpus/held` and the development sets only measure. Prints for each set how many deeds have exactly
the right parties, and how many of those of which the rule is sure. `--write` puts the weights beside the network's (`weights/partners.json`,
`weights/party_sets.json`).
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from deed_gold import KEPT, deed_word, label_of
from deeds import read_deeds
from fitted import SEEN, WEIGHT_SEEN, annotated, put, report

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from dev import docs_for
from foedus.mentions import resolve
from foedus.mentions.deeds import likely_deeds
from foedus.mentions.naming import party_words
from foedus.mentions.partners import heads_of, names_near, signs_of
from foedus.mentions.party_sets import near, signs_of_sets
from foedus.record import Report

ROOT = Path(__file__).resolve().parent.parent
BOOK = ("b1", "b2")
OWN = tuple(path.name.split(".")[0] for path in sorted((ROOT / "training" / "corpus" / "train").glob("*.records.toml")))
MEASURED = ("ab", "held", "b1", "b2")
LEAST = 0.3
"""Belief from which a word that the network takes for a deed, but is none, shows what nobody's deed is like."""
_STRENGTH, _PRICE = 0.3, 0.003
KINDS = {"agreements": "agreement", "meetings": "meeting", "activities": "activity"}


@dataclass(frozen=True)
class Deed:
    """One deed: the signs of everyone near, whether each is a party, and how many parties it has."""

    signs: dict[str, dict[str, float]]
    parties: frozenset[str]
    open_: frozenset[str]
    """Codes that count neither way."""
    document: Any
    token: int
    heads: dict[str, list[int]]
    """Code -> the tokens of its names."""

    def is_right(self, chosen: frozenset[str]) -> bool:
        """Whether these are the parties, but for those that count neither way; nobody, where the words tell no deed of states."""
        wanted = self.parties - self.open_
        return chosen - self.open_ == wanted and bool(wanted or not self.parties)


def of_passages(name: str) -> Iterator[Deed]:
    """The deeds of a file of marked passages."""
    told = list(read_deeds(ROOT / "training" / "corpus" / "train" / f"{name}.deeds.txt"))
    for one, doc in zip(told, docs_for([t.text for t in told]), strict=True):
        document = resolve(Report.of(one.text), doc)
        at = {t.idx: t.i for t in doc if not t.is_space}
        names = party_words(document)
        for number in {n for _, n, label in one.deeds if label != "commitment"}:
            codes: set[str] = set()
            for start, n in one.parties:
                if n == number:
                    token = _token_at(at, start)
                    heads = {m.root for m in document.mentions if m.first <= token < m.last and m.root in names}
                    codes |= {c for head in heads | {token} if head in names for c in names[head].codes}
            for start, n, _ in one.deeds:
                if n == number:
                    yield _deed(document, _token_at(at, start), frozenset(codes), frozenset())


@cache
def _read(name: str) -> list[tuple[dict[str, Any], Any]]:
    return list(annotated(name))


def of_reports(name: str) -> Iterator[Deed]:
    """The deeds of annotated reports that are told by a word."""
    for row, document in _read(name):
        for plural, kind in KINDS.items():
            for one in row.get(plural, []):
                token = deed_word(document, one["evidence"]["record"]) if one.get("evidence") else None
                if token is None or one.get("optional") or not label_of(kind, one):
                    continue
                wanted = frozenset(one.get("parties") or ())
                accepted = [p for p in (one.get("accept") or {}).get("parties", []) if isinstance(p, list)]
                yield _deed(document, token, wanted, frozenset(c for p in accepted for c in p) - wanted)


def of_no_deeds(name: str) -> Iterator[Deed]:
    """Words that the network takes for deeds in annotated reports without any."""
    for row, document in _read(name):
        if not any(row.get(plural) for plural in (*KINDS, "commitments")):
            for one in likely_deeds(document, LEAST):
                yield _deed(document, one.token, frozenset(), frozenset())


def _token_at(at: dict[int, int], start: int) -> int:
    return at[start] if start in at else at[max(k for k in at if k <= start)]


def _deed(document: Any, token: int, parties: frozenset[str], open_: frozenset[str]) -> Deed:
    named = names_near(document, token)
    return Deed(signs_of(document, token, named), parties, open_, document, token, heads_of(named))


@dataclass(frozen=True)
class Choice:
    """The sets of one deed: members (set, code), signs (set, sign), whether each is right; how much the deed counts."""

    codes: list[str]
    members: Any
    signs: Any
    right: Any
    weight: float

    def best(self, weights: Any) -> tuple[frozenset[str], float]:
        """The likeliest set of somebody and its share."""
        scores = self.signs @ weights
        shares = np.exp(scores - scores.max())
        k = 1 + int(shares[1:].argmax())
        return self.set(k), float(shares[k] / shares.sum())

    def set(self, k: int) -> frozenset[str]:
        """The codes of a set."""
        return frozenset(c for c, is_in in zip(self.codes, self.members[k], strict=True) if is_in)


def choice_of(deed: Deed, likely: dict[str, float], weight: float) -> tuple[Choice, list[str]]:
    """The sets of a deed near which somebody is named, and the names of their signs."""
    one = near(deed.document, deed.token, likely, deed.heads)
    members, signs = signs_of_sets(one)
    found = Choice(one.codes, members, np.stack(list(signs.values()), 1), np.zeros(len(members), bool), weight)
    found.right[:] = [deed.is_right(found.set(k)) for k in range(len(members))]
    return found, list(signs)


def fit_sets(choices: list[Choice]) -> Any:
    """The weights of the signs of sets: each deed's right sets get as much of its share as can be."""
    used = [one for one in choices if one.right.any()]
    every = np.concatenate([one.signs for one in used])
    scale = every.std(0) + 1e-3
    every = every / scale
    begins = np.cumsum([0, *(len(one.signs) for one in used)])[:-1]
    sizes = np.array([len(one.signs) for one in used])
    right = np.concatenate([one.right for one in used])
    weight = np.array([one.weight for one in used])
    weight = weight / weight.sum()

    def shares(scores: Any) -> tuple[Any, Any]:
        highest = np.maximum.reduceat(scores, begins)
        parts = np.exp(scores - np.repeat(highest, sizes))
        total = np.add.reduceat(parts, begins)
        return parts / np.repeat(total, sizes), highest + np.log(total)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = every @ weights
        of_all, all_ = shares(scores)
        of_right, rights = shares(np.where(right, scores, -1e4))
        slope = every.T @ ((of_all - of_right) * np.repeat(weight, sizes))
        return float(((all_ - rights) * weight).sum() + _PRICE * (weights**2).sum()), slope + 2 * _PRICE * weights

    return minimize(loss, np.zeros(every.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x / scale


def measure(name: str, deeds: list[Deed], chosen: list[tuple[frozenset[str], float]]) -> str:
    """A line of figures: precision and recall of parties, deeds with exactly the right ones, and of those above each level of sureness."""
    count: Counter[str] = Counter()
    for deed, (got, sure) in zip(deeds, chosen, strict=True):
        count["hit"] += len(got & deed.parties)
        count["got"] += len(got - (deed.open_ - deed.parties))
        count["want"] += len(deed.parties)
        right = deed.is_right(got)
        count["exact"] += right
        for level in (0.5, 0.7, 0.9):
            count[f"{level}"] += len(got) > 1 and sure >= level
            count[f"{level} right"] += len(got) > 1 and sure >= level and right
    levels = ", ".join(f"{level}: {count[f'{level} right']}/{count[f'{level}']}" for level in ("0.5", "0.7", "0.9"))
    precision, recall = count["hit"] / count["got"], count["hit"] / count["want"]
    return f"{name:5} P {precision:.3f} R {recall:.3f} exact {count['exact']}/{len(deeds)}; sure {levels}"


def main(write: bool) -> None:
    """Fit, measure, and write when asked to."""
    read: dict[str, list[Deed]] = defaultdict(list)
    for name in KEPT:
        read[name] = list(of_passages(name))
    for name in dict.fromkeys([*BOOK, *OWN, *MEASURED]):
        read[name] = list(of_reports(name))
    names = sorted({sign for deeds in read.values() for d in deeds for one in d.signs.values() for sign in one})
    learned = [(deed, WEIGHT_SEEN if name in SEEN else 1.0) for name in (*KEPT, *BOOK, *OWN) for deed in read[name]]

    def rows(deed: Deed) -> Any:
        return np.array([[one.get(name, 0.0) for name in names] for one in deed.signs.values()]).reshape(-1, len(names))

    inputs, wanted, weights = [], [], []
    for deed, weight in learned:
        for code, one in zip(deed.signs, rows(deed), strict=True):
            if code not in deed.open_:
                inputs.append(one)
                wanted.append(code in deed.parties)
                weights.append(weight)
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(np.array(inputs), np.array(wanted), sample_weight=np.array(weights))
    report("partners", names, model, write)

    def choice(deed: Deed, weight: float = 1.0) -> tuple[Choice, list[str]]:
        shares = model.predict_proba(rows(deed))[:, 1].tolist()
        return choice_of(deed, dict(zip(deed.signs, shares, strict=True)), weight)

    none = [deed for name in OWN for deed in of_no_deeds(name)]
    print(f"{len(learned)} deeds and {len(none)} that are none")
    choices = [choice(deed, weight) for deed, weight in [*learned, *((one, 1.0) for one in none)] if deed.signs]
    of_sets = fit_sets([one for one, _ in choices])
    put("party_sets", dict(zip(choices[0][1], of_sets.tolist(), strict=True)), write)
    shares = [choice(d)[0].best(of_sets)[1] for d in none if d.signs]
    print(
        f"of those that are none, share of the best set at least .3: {sum(one >= LEAST for one in shares)}, .5: {sum(one >= 0.5 for one in shares)}"
    )
    for name in MEASURED:
        deeds = read[name]
        print(measure(name, deeds, [choice(d)[0].best(of_sets) if d.signs else (frozenset(), 0.0) for d in deeds]))


if __name__ == "__main__":
    main("--write" in sys.argv)
