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
    by_relation: tuple[tuple[str, frozenset[str]], ...]
    """`phrases` by their relation."""

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
    by_relation = tuple(
        (one, frozenset(word for of, word in phrases if of == one)) for one in {of for of, _ in phrases}
    )
    made = []
    for form in split_forms(row["forms"]):
        lemma, *after = form.split(" ")
        made.append(
            Frame(
                row["id"], lemma, tuple(after), frozenset(words), frozenset(phrases), row["type"], row["mode"], row["cameo"],
                tuple(split_forms(row["recipients"])), frozenset(row["needs"].split()), row["context"], by_relation,
            )
        )  # fmt: skip
    return made


def find_frames(part: str, word: Token) -> list[Frame]:
    """The frames that `word` and its dependents fit, the one that asks for most first; [] when none fits."""
    candidates = _candidates(part, word.lower_, word.lemma_, word.pos_, word.tag_ == "VBN")
    if not candidates:
        return []
    particles, prepositions = _beside(word)
    fitting = [f for f in candidates if not f.after or _goes_with(f, particles, prepositions)]
    if not any(f.nouns or f.phrases for f in fitting):
        return fitting
    named = _Named(word)
    return [f for f in fitting if _fits_object(f, named)]


@lru_cache(maxsize=1 << 15)
def _candidates(part: str, low: str, lemma: str, pos: str, participle: bool) -> tuple[Frame, ...]:
    table = frames(part)
    return tuple(frame for form in _lemmas(low, lemma, pos, participle) for frame in table.get(form, ()))


def may_tell(word: Token) -> bool:
    """Whether there is a frame of any part of an event for a noun, verb or adjective."""
    parts = ("noun",) if word.pos_ in {"NOUN", "PROPN"} else ("verb", "adj", "stance")
    participle = word.tag_ == "VBN"
    return any(_candidates(part, word.lower_, word.lemma_, word.pos_, participle) for part in parts)


def _goes_with(frame: Frame, particles: set[str], prepositions: set[str]) -> bool:
    """Whether the words of a form are there: a preposition counts only where the frame looks for a side behind it."""
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


class _Named:
    """The names of the nouns in each relation to a word, asked for by many frames and found once."""

    def __init__(self, word: Token) -> None:
        self.word = word
        self._found: dict[str, set[str]] = {}

    def has(self, relation: str, words: frozenset[str]) -> bool:
        """Whether a noun in the relation ("object", "subject", "complement" or a preposition) is one of `words`."""
        found = self._found.get(relation)
        if found is None:
            found = self._found[relation] = self._names(relation)
        return not words.isdisjoint(found)

    def _names(self, relation: str) -> set[str]:
        word = self.word
        if relation == "complement":
            heads = [*syntax.children(word, "xcomp", "obj", "obl", "advcl", "ccomp"), *syntax.objects(word)]
            return {t.lemma_.lower() for head in heads for t in (head, *head.children)}
        if relation == "object":
            heads = object_heads(word)
        else:
            heads = syntax.agents(word) if relation == "subject" else syntax.obliques(word, relation)
        return set().union(*map(_names_of, heads))


def _fits_object(frame: Frame, named: _Named) -> bool:
    if not frame.nouns and not frame.phrases:
        return True
    if frame.nouns and (named.has("object", frame.nouns) or any(named.has(a, frame.nouns) for a in frame.after)):
        return True
    return any(named.has(relation, words) for relation, words in frame.by_relation)


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
    return not words.isdisjoint(_names_of(head))


def _names_of(head: Token) -> set[str]:
    low = head.lemma_.lower()
    found = {low, head.lower_}
    for other in syntax.obliques(head, "of"):
        found.add(f"{low} of {other.lemma_.lower()}")
    for child in head.children:
        if child.i < head.i and child.dep_ in {"compound", "amod", "punct"}:
            found |= {f"{child.lower_} {low}", f"{child.lower_}-{low}"}
    return found


@cache
def sector_words() -> dict[str, str]:
    """Word -> PLOVER sector ("soldiers" -> MIL)."""
    return {form: row["id"] for form, row in load_forms("event_actors").items()}


@cache
def goldstein(cameo: str) -> float | None:
    """The Goldstein value of a CAMEO code: of its longest prefix in `lexicon/goldstein.csv`, None for an unknown one."""
    table = load_forms("goldstein")
    return next((float(table[cameo[:n]]["value"]) for n in range(len(cameo), 1, -1) if cameo[:n] in table), None)
