"""Words of records made comparable: one spelling, one form of a verb, numbers as digits. Lists: `lexicon`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from foedus.lexicon import load_table, split_forms

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@cache
def listed(id: str) -> frozenset[str]:
    """The forms of one line of ``lexicon/same_thing.csv``."""
    return frozenset(next(split_forms(row["forms"]) for row in load_table("same_thing") if row["id"] == id))


@cache
def _spellings() -> dict[str, str]:
    """British form -> American form."""
    return {form: row["as"] for row in load_table("same_thing") if row["as"] for form in split_forms(row["forms"])}


@cache
def _forms() -> dict[str, str]:
    """Form -> the form that stands for all: "kept" -> "keep", "three" -> "3"."""
    return {form: row["as"] for row in load_table("word_forms") for form in split_forms(row["forms"])}


def words(text: str | None) -> list[str]:
    """Lower-case words without accents, "co-operation" and British spellings made one form."""
    return list(_words(text or ""))


@lru_cache(maxsize=32768)
def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’", "'").replace("co-operation", "cooperation")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("n't", " not")
    one = _spellings()
    return tuple(one.get(word, word) for word in re.findall(r"\w+", plain.replace("'s", "").replace("u.s.", "us")))


@cache
def party_words() -> frozenset[str]:
    """Words of the names of states and of their people: parties are compared by code, never by words."""
    found = {"us", "uk", "eu"}
    for row in load_table("countries"):
        for column in ("forms", "adjectives"):
            for form in split_forms(row.get(column) or ""):
                found |= set(words(form))
    return frozenset(found)


def standard(word: str) -> str:
    """The form that stands for all: "kept" -> "keep", "three" -> "3"; any other word as it is."""
    return _forms().get(word, word)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What a word has in common with its forms: "agree", "agreed" and "agrees", "three" and "3".

    >>> stem("delivers") == stem("delivered") == stem("delivering")
    True
    """
    word = standard(word)
    if word.isdigit() or len(word) < 4:
        return word
    if word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    else:
        ending = next((one for one in ("ing", "ed", "es", "s") if word.endswith(one) and len(word) - len(one) > 2), "")
        word = word.removesuffix(ending or "e") if not word.endswith("ss") else word
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=65536)
def telling(text: str | None) -> tuple[str, ...]:
    """The words of what was said, in order, as stems: no pronouns, articles, tenses, names of states; years stay.

    What is reported ("he said that his ministers would read it") has the same as what was said ("My ministers will read it").
    """
    left_out = _untelling()
    return _with_deeds([stem(word) for word in words(text) if word not in left_out])


@cache
def _untelling() -> frozenset[str]:
    return (listed("empty") - {"joint", "signed", "two", "both"}) | listed("unsaid") | party_words()


DEED = "!"
"""Before the id of a deed among the words of an undertaking or a statement."""


@cache
def _deeds() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First stem of a form of ``lexicon/deeds.csv`` -> the forms, as stems, with the deed, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in load_table("deeds"):
        for form in split_forms(row["forms"]):
            one = tuple(map(stem, words(form)))
            found.setdefault(one[0], []).append((one, DEED + row["id"]))
    return {first: sorted(forms, key=lambda one: -len(one[0])) for first, forms in found.items()}


_BY_WHEN = re.compile(
    r"\bwithin\s+\S+\s+(?:days|weeks|months|years)\b|\b(?:by|before|until|in|within|during|no later than)\s+(?:the\s+)?"
    r"(?:(?:end|start|beginning|middle|close|first half|second half|spring|summer|autumn|winter|month|year)\s+of\s+)?"
    r"(?:(?:the|this|next|last)\s+(?:month|year)|(?:early|late|mid-?)?\s*(?:[a-z]+\s+)?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""When something is due: "by the end of March 2025", "before 2030"."""


@lru_cache(maxsize=65536)
def undertaken(text: str | None) -> tuple[str, ...]:
    """The words of an undertaking as `telling`, without when it is due, with verbs that mean one deed as one.

    >>> undertaken("We will fund the base by 2030") == undertaken("pay for the base")
    True
    """
    text = YEAR.sub(" ", _BY_WHEN.sub(" ", text or ""))
    left_out = {stem(word) for word in listed("promised") | listed("months")}
    return tuple(word for word in telling(text) if word not in left_out)


def _with_deeds(found: list[str]) -> tuple[str, ...]:
    """The stems with verbs that mean one deed as one."""
    for at in range(len(found)):
        for form, deed in _deeds().get(found[at], ()):
            if tuple(found[at : at + len(form)]) == form:
                found[at : at + len(form)] = [deed, *[""] * (len(form) - 1)]
                break
    return tuple(word for word in found if word)
