"""Who takes part in an exercise as the sentences after it say, and who is said to stay away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.activities_act import is_word
from foedus.language import syntax
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

_AFTER = 3
"""How many sentences further on, in the same paragraph, those who take part are looked for."""
_FURTHER = 7
"""How many sentences further on, in later paragraphs, "the exercises involve …" and "X is also participating" are looked for."""
_PLAINLY = {"participate", "participating", "join"}
_WITHOUT = {"without", "excluding", "except", "minus"}


def taking_part(
    document: Document, noun: Token, name: tuple[str, Span] | None, named: Callable[..., tuple[str, Span] | None]
) -> Parties:
    """Those of whom the next sentences say that they take part, accepted, send or lead contingents; `named` reads a name beside "exercise".

    Of a later paragraph only what plainly speaks of the exercise counts, up to where another one is named.
    """
    found = Parties()
    here, place = document.sentence_index(noun.i), document.paragraph(noun.i)
    for k, (low, high) in enumerate(document.sentences[here : here + 1 + _FURTHER]):
        if low > noun.i and _other_exercise(document, low, high, name, named):
            break
        close = document.paragraph(low) == place and k <= _AFTER
        if close and name is not None:
            found |= _acting(document, low, high)
        if low > noun.i:
            found |= _involved(document, low, high)
    away = staying_away(document)
    return Parties(tuple(c for c in found.codes if c not in away), found.spans)


def _acting(document: Document, low: int, high: int) -> Parties:
    found = Parties()
    for verb in document.doc[low:high]:
        if not is_word("taking_part", verb) or document.modality(verb).kind in {"negated", "hypothetical"}:
            continue
        found |= document.parties_at(syntax.agents(verb))
        for head in syntax.agents(verb):
            found |= document.parties_at(syntax.obliques(head, "from", "of"))
    for head in document.doc[low:high]:
        if is_word("contingent", head):
            found |= document.parties_at(syntax.obliques(head, "from", "of"))
    return found


def _involved(document: Document, low: int, high: int) -> Parties:
    """ "The exercises involve soldiers from X and Y", "Troops from X are participating", "Taking part are X and Y"."""
    found = Parties()
    for word in document.doc[low:high]:
        heads: list[Token] = []
        if word.pos_ == "VERB" and is_word("involving", word):
            subjects = syntax.own_subjects(word)
            if any(is_word("exercise_cue", s) and _is_definite(s) for s in subjects):
                heads = syntax.objects(word)
        elif word.pos_ == "VERB" and _takes_part(word):
            heads = syntax.agents(word) or ([word.head] if word.dep_ == "amod" else [])
            heads += [t for h in heads for c in syntax.children(h, "appos") for t in syntax.conjuncts(c)]
            if any(not is_word("exercise_cue", o) for o in syntax.obliques(word, "in") if o.pos_ in {"NOUN", "PROPN"}):
                heads = []  # in something else
        if not heads or document.modality(word).kind in {"negated", "hypothetical"}:
            continue
        found |= document.parties_at(heads)
        for head in heads:
            for part in syntax.obliques(head, "from", "of"):
                found |= document.parties_at([part]) | _listed(document, part) | _for_example(document, part)
        for part in syntax.obliques(word, "from"):  # "871 soldiers are participating **from countries including X**"
            found |= document.parties_at([part]) | _for_example(document, part)
    return found


def _for_example(document: Document, head: Token) -> Parties:
    """Those named of a number of states: "from countries **including X and Y**"."""
    return document.parties_at(syntax.obliques(head, "including", "such as", "like", "among them"))


def _listed(document: Document, head: Token) -> Parties:
    """Those who are joined by commas to the first, which the parse takes for other names of it: "from the Norland Navy, the Estonian Navy and …"."""
    names = [t for t in head.subtree if t.dep_ in {"appos", "conj"} and t.pos_ == "PROPN"]
    return document.parties_at(names) if len(names) > 1 else Parties()


def _takes_part(verb: Token) -> bool:
    if verb.lemma_.lower() in _PLAINLY:
        return True
    return verb.lemma_.lower() == "take" and any(c.lower_ == "part" for c in verb.children)


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ in {"the", "this", "these"} for c in noun.children)


_AWAY = "activities: who stays away"


def staying_away(document: Document) -> set[str]:
    """The states that are said to be absent, to skip the exercise, or not to take part in it."""
    known = document.notes.get(_AWAY)
    if isinstance(known, set):
        return known
    found: set[str] = set()
    for word in document.doc:
        if _is_away(document, word):
            found |= set(document.parties_at(t for s in syntax.own_subjects(word) for t in syntax.conjuncts(s)).codes)
        if (
            word.dep_ in {"obl", "nmod"}
            and syntax.preposition(word).split(" ")[0] in _WITHOUT
            and _speaks_of_it(document, word)
        ):
            found |= set(document.parties_at(syntax.conjuncts(word)).codes)
    document.notes[_AWAY] = found
    return found


def _is_away(document: Document, word: Token) -> bool:
    if word.pos_ not in {"VERB", "ADJ", "NOUN"}:
        return False
    if is_word("absent", word):
        return document.modality(word).kind != "negated" and _speaks_of_it(document, word)
    below = [word, *(c for c in syntax.children(word, "xcomp") if c.pos_ == "VERB")]
    negated = any(syntax.is_denied(t) for t in below)
    return negated and any(_takes_part(t) for t in below)


def _speaks_of_it(document: Document, word: Token) -> bool:
    """Whether the sentence, or the one before it, tells of an exercise or of taking part."""
    low = document.sentences[max(document.sentence_index(word.i) - 1, 0)][0]
    high = document.sentence(word.i)[1]
    return any(
        is_word("exercise_cue", t) or t.lower_ in {"participation", "participating"} or _takes_part(t)
        for t in document.doc[low:high]
    )


def _other_exercise(
    document: Document,
    low: int,
    high: int,
    name: tuple[str, Span] | None,
    named: Callable[..., tuple[str, Span] | None],
) -> bool:
    for token in document.doc[low:high]:
        if is_word("exercise_cue", token):
            other = named(document, token)
            if other is not None and name is not None and other[0] != name[0]:
                return True
    return False
