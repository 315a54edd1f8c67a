"""The interface of a language pipeline, and the default one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from foedus.errors import LanguageError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from foedus.language.encoder import Encoder, Parsed


class Pipeline(Protocol):
    """What the rest of foedus needs of a language model."""

    name: str

    def parse(self, text: str) -> Doc:
        """The `Doc` of one text; `doc.text == text`. Empty text gives an empty `Doc`. Never raises on any text."""
        ...

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One `Doc` a text, in order, each the same as `parse` of that text alone."""
        ...


@cache
def load(name: str = "default") -> Pipeline:
    """The pipeline of that name, loaded once a process. Raises `LanguageError` for an unknown one."""
    if name == "default":
        from foedus.language.encoder import load_encoder

        return EncoderPipeline(load_encoder())
    raise LanguageError(f"no language pipeline named {name!r}; there is: default")


class _Words(NamedTuple):
    """One text cut into words, before parsing."""

    words: list[str]
    spaces: list[bool]
    paragraphs: list[tuple[int, int]]
    sentences: list[list[int]]


class EncoderPipeline:
    """Paragraphs, words and sentences by rule; tags, trees and entities by the fine-tuned encoder; lemmas by table."""

    name = "default"

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def parse(self, text: str) -> Doc:
        """See `Pipeline.parse`.

        The sentences of one text share a pass, never those of two texts: 8-bit activations are scaled over the whole
        pass, so a neighbour would change a score in the last place, and a report must read the same in any company.
        """
        words = self._words(text)
        return _doc(words, self._encoder.parse([[words.words[i] for i in sentence] for sentence in words.sentences]))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """See `Pipeline.parse_many`."""
        return map(self.parse, texts)

    def _words(self, text: str) -> _Words:
        from foedus.language.paragraphs import find_paragraphs
        from foedus.language.sentences import sentence_starts
        from foedus.language.tokenizer import tokenize

        words: list[str] = []
        spaces: list[bool] = []
        ranges: list[tuple[int, int]] = []
        sentences: list[list[int]] = []
        at = 0
        for start, end in find_paragraphs(text):
            if start > at:
                words.append(text[at:start])
                spaces.append(False)
            first = len(words)
            own_words, own_spaces = tokenize(text[start:end])
            words += own_words
            spaces += own_spaces
            ranges.append((first, len(words)))
            solid = [first + i for i, word in enumerate(own_words) if not word.isspace()]
            starts = [*sentence_starts([words[i] for i in solid]), len(solid)]
            for a, b in itertools.pairwise(starts):
                sentences += self._fitting([words[i] for i in solid[a:b]], solid[a:b])
            at = end
        if at < len(text):
            words.append(text[at:])
            spaces.append(False)
        return _Words(words, spaces, ranges, sentences)

    def _fitting(self, words: Sequence[str], indices: list[int]) -> list[list[int]]:
        """`indices` whole, or cut in halves until each has few enough pieces for one pass."""
        from foedus.language.encoder import MOST_PIECES

        if len(words) < 40 or len(words) == 1 or len(self._encoder.pieces(words)[0]) <= MOST_PIECES:
            return [indices]
        middle = len(words) // 2
        return self._fitting(words[:middle], indices[:middle]) + self._fitting(words[middle:], indices[middle:])


def _doc(text: _Words, parsed: list[Parsed]) -> Doc:
    from spacy.tokens import Doc, Span

    from foedus.language.lemma import lemma_of
    from foedus.language.tokenizer import vocab

    count = len(text.words)
    pos, tags, lemmas = ["SPACE"] * count, ["_SP"] * count, list(text.words)
    deps, heads = ["dep"] * count, list(range(count))
    entities: list[tuple[int, int, str]] = []
    inside = [False] * count
    for indices, sentence in zip(text.sentences, parsed, strict=True):
        for k, i in enumerate(indices):
            inside[i] = True
            pos[i], tags[i] = sentence.upos[k], sentence.xpos[k]
            heads[i] = indices[sentence.heads[k]]
            deps[i] = "ROOT" if heads[i] == i else sentence.deps[k]
            lemmas[i] = lemma_of(text.words[i], pos[i], tags[i])
        entities += [(indices[a], indices[b - 1] + 1, kind) for a, b, kind in sentence.entities]
    last = -1
    for i in range(count):
        if inside[i]:
            last = i
        elif last >= 0:
            heads[i] = last  # whitespace hangs on the word before it
    doc = Doc(
        vocab(), words=text.words, spaces=text.spaces, pos=pos, tags=tags, lemmas=lemmas, heads=heads, deps=deps,
    )  # fmt: skip
    doc.set_ents([Span(doc, a, b, label=kind) for a, b, kind in entities])
    doc.spans["paragraphs"] = [Span(doc, a, b) for a, b in text.paragraphs]
    return doc
