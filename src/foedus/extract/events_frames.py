"""The words of events: frames of verbs, nouns and adjectives from `lexicon/event_frames.csv`, and which one a word calls up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from foedus.language import syntax
from foedus.lexicon import load_forms, load_table, split_forms

if TYPE_CHECKING:
    from foedus.language.doc import Token

_HALVES = {"half", "part", "number", "group", "thousand", "hundred", "dozen", "million", "lot", "series", "kind",
    "day", "week", "month", "year", "hour", "round", "wave", "barrage", "crowd", "third", "quarter", "majority", "member", "shipment",
}  # fmt: skip
"""Nouns after which the noun of an "of" phrase is what is meant."""


_PARTICLES = {"compound:prt", "advmod", "obl:unmarked", "xcomp", "obj", "compound", "fixed"}


@dataclass(slots=True, frozen=True)
class Frame:
    """One line of the lexicon for one form.

    `after` are the words that must go with the lemma, `nouns` the lemmas of which one must be the object, `phrases` pairs of a
    relation (a preposition, "subject" or "complement") and a lemma of which one may stand for that object.
    """

    id: str
    lemma: str
    after: tuple[str, ...]
    nouns: frozenset[str]
    phrases: frozenset[tuple[str, str]]
    type: str
    mode: str
    cameo: str
    roles: tuple[str, ...]
    needs: frozenset[str]
    context: str

    @property
    def weight(self) -> int:
        """How much the frame asks for; the frame that asks for most is tried first."""
        return 2 * bool(self.nouns or self.phrases) + len(self.after)


@cache
def frames(part: str) -> dict[str, list[Frame]]:
    """Lemma -> frames of one part ("verb", "noun", "adj", "stance", "through", "must"), those that ask for most first."""
    classes = {row["id"]: split_forms(row["forms"]) for row in load_table("event_frames") if row["part"] == "class"}
    found: dict[str, list[Frame]] = {}
    for row in load_table("event_frames"):
        if row["part"] == part:
            for frame in _of_row(row, classes):
                found.setdefault(frame.lemma, []).append(frame)
    for several in found.values():
        several.sort(key=lambda frame: -frame.weight)
    return found


def _of_row(row: dict[str, str], classes: dict[str, list[str]]) -> list[Frame]:
    words: set[str] = set()
    phrases: set[tuple[str, str]] = set()
    for item in split_forms(row["object"]):
        if item.startswith("@"):
            words |= set(classes[item[1:]])
        elif item.startswith("~"):
            relation, _, word = item[1:].partition(" ")
            phrases.add((relation, word))
        else:
            words.add(item)
    made = []
    for form in split_forms(row["forms"]):
        lemma, *after = form.split(" ")
        made.append(
            Frame(
                row["id"], lemma, tuple(after), frozenset(words), frozenset(phrases), row["type"], row["mode"], row["cameo"],
                tuple(split_forms(row["recipients"])), frozenset(row["needs"].split()), row["context"],
            )
        )  # fmt: skip
    return made


def find_frames(part: str, word: Token) -> list[Frame]:
    """The frames that `word` and its dependents fit, the one that asks for most first; [] when none fits."""
    table = frames(part)
    candidates = [frame for lemma in lemmas(word) for frame in table.get(lemma, ())]
    if not candidates:
        return []
    particles, prepositions = _beside(word)
    fitting = [f for f in candidates if _goes_with(f, particles, prepositions)]
    if not any(f.nouns or f.phrases for f in fitting):
        return fitting
    heads = object_heads(word)
    return [f for f in fitting if _fits_object(f, word, heads)]


def _goes_with(frame: Frame, particles: set[str], prepositions: set[str]) -> bool:
    """Whether the words of a form are there: a preposition counts only where the frame looks for a side behind it."""
    if not frame.after:
        return True
    roles = {relation for relation, _ in frame.phrases} | set(frame.roles)
    return all(a in particles or (a in prepositions and a in roles) for a in frame.after)


def lemmas(word: Token) -> tuple[str, ...]:
    """Dictionary forms that a word may have, the model's own first, then those that the spelling allows ("hosted": host, hoste)."""
    return _lemmas(word.lower_, word.lemma_, word.pos_, word.tag_ == "VBN")


@lru_cache(maxsize=1 << 14)
def _lemmas(low: str, lemma: str, pos: str, participle: bool) -> tuple[str, ...]:
    own = lemma.lower()
    found = [low, own] if pos == "ADJ" or participle else [own]
    if pos != "VERB":
        return tuple(dict.fromkeys(found))
    for ending in ("ied", "ies", "ed", "ing", "es", "s"):
        stem = low.removesuffix(ending)
        if stem != low and len(stem) > 1:
            found += [f"{stem}y"] if ending in {"ied", "ies"} else [stem, f"{stem}e"]
            if ending in {"ed", "ing"} and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(found))


def _beside(word: Token) -> tuple[set[str], set[str]]:
    """Particles, adverbs and nouns that go with a word, and the prepositions of its and its object's complements."""
    found: set[str] = set()
    prepositions: set[str] = set()
    for child in word.children:
        if child.dep_ in _PARTICLES:
            found |= {child.lower_, child.lemma_.lower()}
        if child.dep_.split(":")[0] in {"obl", "nmod"}:
            prepositions |= set(syntax.preposition(child).split(" "))
        if child.dep_ in {"advcl", "xcomp", "ccomp"}:
            prepositions |= {mark.lower_ for mark in syntax.children(child, "mark", "case") if mark.lower_ != "to"}
        if child.dep_ == "obj":
            found |= {
                c.lower_ for c in child.children if c.tag_ == "RP"
            }  # "laid down their arms", the particle with the noun
            inner = [c for c in child.children if c.dep_.split(":")[0] == "nmod"]
            prepositions |= {part for c in inner for part in syntax.preposition(c).split(" ")}
    return found, prepositions


def _fits_object(frame: Frame, word: Token, heads: list[Token]) -> bool:
    if not frame.nouns and not frame.phrases:
        return True
    if frame.nouns:
        behind = syntax.obliques(word, *frame.after) if frame.after else []
        if any(names(head, frame.nouns) for head in (*heads, *behind)):
            return True
    return any(_fits_phrase(relation, noun, word) for relation, noun in frame.phrases)


def _fits_phrase(relation: str, noun: str, word: Token) -> bool:
    one = frozenset({noun})
    if relation == "subject":
        return any(names(head, one) for head in syntax.agents(word))
    if relation == "complement":
        heads = [*syntax.children(word, "xcomp", "obj", "obl", "advcl", "ccomp"), *syntax.objects(word)]
        return any(noun in {t.lemma_.lower() for t in (head, *head.children)} for head in heads)
    return any(names(head, one) for head in syntax.obliques(word, relation))


def object_heads(verb: Token) -> list[Token]:
    """Heads of the objects of a verb (of a passive its subject); "thousands of troops" gives both nouns.

    The noun of "urged X to leave" and "thanked X for coming" counts too, whichever verb it hangs on.
    """
    heads = [*syntax.objects(verb), *(t for one in syntax.children(verb, "iobj") for t in syntax.conjuncts(one))]
    if verb.pos_ == "VERB" and not syntax.is_passive(verb):
        heads += [t for one in _raised(verb) for t in syntax.conjuncts(one) if t not in heads]
    if not heads and verb.pos_ == "VERB":
        heads = [t for t in syntax.children(verb, "xcomp") if t.pos_ == "PROPN"]  # "called Anna Weber"
    return [t for head in heads for t in (head, *counted(head))]


def _raised(verb: Token) -> list[Token]:
    """Nouns right behind the verb that the parse makes a second subject, or a part of the infinitive or gerund after them."""
    subjects = syntax.own_subjects(verb)
    late = [t for t in subjects if t.i > verb.i] if any(t.i < verb.i for t in subjects) else []
    for clause in syntax.children(verb, "xcomp", "advcl", "ccomp"):
        mark = next(
            (c for c in clause.children if c.dep_ in {"mark", "aux"} and c.lower_ in {"to", "for", "of", "from"}), None
        )
        if mark is not None:
            late += [t for t in syntax.children(clause, "nsubj", "obj") if verb.i < t.i < mark.i]
    return late


def counted(head: Token) -> list[Token]:
    """The nouns that a number or a part is said of: "people" of "hundreds of thousands of people", with what lies between."""
    if head.pos_ != "NUM" and head.lemma_.lower() not in _HALVES:
        return []
    return [token for inner in syntax.obliques(head, "of") for token in (inner, *counted(inner))]


def names(head: Token, words: frozenset[str]) -> bool:
    """Whether a noun, or it with the word before it ("peace talks", "cease-fire"), is one of `words`."""
    low = head.lemma_.lower()
    if low in words or head.lower_ in words:
        return True
    if any(f"{low} of {t.lemma_.lower()}" in words for t in syntax.obliques(head, "of")):
        return True
    before = [c for c in head.children if c.dep_ in {"compound", "amod", "punct"} and c.i < head.i]
    return any(f"{c.lower_} {low}" in words or f"{c.lower_}-{low}" in words for c in before)


@cache
def sector_words() -> dict[str, str]:
    """Word -> PLOVER sector ("soldiers" -> MIL)."""
    return {form: row["id"] for form, row in load_forms("event_actors").items()}


@cache
def goldstein(cameo: str) -> float | None:
    """The Goldstein value of a CAMEO code: of its longest prefix in `lexicon/goldstein.csv`, None for an unknown one."""
    table = load_forms("goldstein")
    return next((float(table[cameo[:n]]["value"]) for n in range(len(cameo), 1, -1) if cameo[:n] in table), None)
