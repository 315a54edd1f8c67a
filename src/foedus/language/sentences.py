"""Words of one paragraph -> sentence starts, by punctuation and case."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.language.tokenizer import never_last

_FINAL = {".", "!", "?", "…", "...", "?!", "!?", "....", "!!"}
_CLOSING = {'"', "”", "’", "'", "''", ")", "]", "»", "›", "“"}
_OPENING = {'"', "“", "‘", "'", "``", "(", "[", "«", "‹", "„", "‚"}
# after an abbreviation, only a word that begins sentences and not names shows a new sentence ("in the U.S. The talks")
_STARTERS = {
    "The", "A", "An", "It", "He", "She", "They", "We", "In", "On", "At", "But", "And", "This", "That", "These", "Those", "Both",
    "His", "Her", "Their", "Its", "There", "As", "For", "If", "When", "While", "After", "Before", "Under", "Earlier", "Last", "Asked",
    "According", "However", "Also", "Some", "No", "Not", "To", "With", "By", "From", "Since", "During", "Later", "Separately",
}  # fmt: skip
LONGEST = 120
"""A sentence is cut after so many words at most (the encoder reads 510 pieces at once)."""


def sentence_starts(words: Sequence[str]) -> list[int]:
    """Indices of the words that begin a sentence; the first is always 0 when there are words."""
    if not words:
        return []
    starts = [0]
    count = len(words)
    i = 0
    while i < count:
        if i - starts[-1] >= LONGEST and i + 1 < count:
            starts.append(i + 1)
        elif _ends(words, i):
            j = i + 1
            quote_open = sum(w in {'"', "''"} for w in words[starts[-1] : i + 1]) % 2
            while j < count and (
                words[j] in _CLOSING - {'"', "''", "“"}
                or (words[j] in {'"', "''"} and quote_open)
                or words[j].isspace()
            ):
                if words[j] in {'"', "''"}:
                    quote_open = 0
                j += 1
            if j < count and _begins(words, j, words[i]):
                starts.append(j)
                i = j
                continue
        i += 1
    return starts


def _ends(words: Sequence[str], i: int) -> bool:
    word = words[i]
    if word in _FINAL:
        return True
    return (
        len(word) > 2
        and word.endswith(".")
        and word not in never_last()
        and i + 1 < len(words)
        and words[i + 1] in _STARTERS
    )


def _begins(words: Sequence[str], j: int, final: str) -> bool:
    word = words[j]
    while word in _OPENING and j + 1 < len(words):
        j += 1
        word = words[j]
    return (
        word[:1].isupper()
        or word[:1].isdigit()
        or word in {"•", "-", "–", "—", "*", "@", "#"}
        or not word[:1].isalpha()
    )
