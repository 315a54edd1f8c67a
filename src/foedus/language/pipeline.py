"""The interface of a language pipeline, and the default one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from foedus.errors import LanguageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language

    from foedus.language.doc import Doc
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


SHIPPED = ("default", "fast")
"""The pipelines that come with foedus: six layers, and three layers for streams."""


class Extras(NamedTuple):
    """What the shipped networks know of the words beyond what a `Doc` holds, one entry a token; kept in `doc.user_data`.

    `modality` is A actual, F future, H hypothetical, N negated, B habitual ("" on blanks); it and `attributed` are
    meant for predicates. `vectors` (tokens × 64) is what reference is scored from.
    """

    modality: list[str]
    attributed: list[bool]
    vectors: NDArray[np.float32]
    scorer: str
    """Name of the network, and so of the scorers that read its vectors."""
    deeds: list[tuple[int, str, float]]
    """Words that may tell a deed of states: token, likeliest deed, belief."""
    sides: NDArray[np.float32]
    """Tokens × 128, from which parties of deeds are scored (`mentions.deeds`); tokens × 0 for a network without that head."""


def extras(doc: Doc) -> Extras | None:
    """The extras of a `Doc`; None for one that another spaCy pipeline made."""
    data = doc.user_data
    return Extras(*(data[name] for name in Extras._fields)) if Extras._fields[0] in data else None


@cache
def load(name: str = "default") -> Pipeline:
    """The pipeline of that name, loaded once a process. Raises `LanguageError` for an unknown one."""
    if name in SHIPPED:
        from foedus.language.encoder import load_encoder

        return EncoderPipeline(load_encoder(name), name)
    return _installed(name)


def _installed(name: str) -> Pipeline:
    """A spaCy pipeline with Universal Dependencies labels that the user has installed, or a folder of one."""
    try:
        import spacy

        nlp = spacy.load(name)
    except (ImportError, OSError) as error:
        raise LanguageError(
            f"no language pipeline named {name!r}; there are: {', '.join(SHIPPED)}, and any installed spaCy pipeline "
            "with Universal Dependencies labels (`pip install 'foedus[spacy]'`)"
        ) from error
    labels = set(nlp.get_pipe("parser").labels) if "parser" in nlp.pipe_names else set()  # type: ignore[attr-defined]
    if not {"nsubj:pass", "obl"} <= labels:
        raise LanguageError(
            f"the spaCy pipeline {name!r} has no parser with Universal Dependencies labels (nsubj:pass, obl)"
        )
    return SpacyPipeline(nlp, name)


RUN_ON = 20
"""From so many words on, a sentence without a final mark may be several."""


class Words(NamedTuple):
    """One text cut into words, before parsing."""

    words: list[str]
    spaces: list[bool]
    paragraphs: list[tuple[int, int]]
    sentences: list[list[int]]


class EncoderPipeline:
    """Paragraphs, words and sentences by rule; tags, features, lemmas, trees, entities and modality by an encoder."""

    def __init__(self, encoder: Encoder, name: str) -> None:
        self._encoder = encoder
        self.name = name

    def parse(self, text: str) -> Doc:
        """See `Pipeline.parse`.

        The sentences of one text share a pass, never those of two texts: 8-bit activations are scaled over the whole
        pass, so a neighbour would change a score in the last place, and a report must read the same in any company.
        """
        words = self._words(text)
        parsed = self._encoder.parse([[words.words[i] for i in sentence] for sentence in words.sentences])
        return make_doc(*self._split_further(words, parsed), self.name)

    def _split_further(self, text: Words, parsed: list[Parsed]) -> tuple[Words, list[Parsed]]:
        """Long sentences without a final mark cut where the network sees beginnings, the pieces parsed again."""
        sentences: list[list[int]] = []
        kept: list[Parsed | None] = []
        for indices, one in zip(text.sentences, parsed, strict=True):
            unmarked = len(indices) >= RUN_ON and text.words[indices[-1]][-1].isalnum()
            starts = [0, *(k for k, begins in enumerate(one.begins) if begins and k)]
            if len(starts) > 1 and unmarked:
                pieces = [indices[a:b] for a, b in itertools.pairwise([*starts, len(indices)])]
                sentences += pieces
                kept += [None] * len(pieces)
            else:
                sentences.append(indices)
                kept.append(one)
        again = iter(
            self._encoder.parse([[text.words[i] for i in s] for s, k in zip(sentences, kept, strict=True) if k is None])
        )
        return text._replace(sentences=sentences), [one if one is not None else next(again) for one in kept]

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """See `Pipeline.parse_many`."""
        return map(self.parse, texts)

    def _words(self, text: str) -> Words:
        from foedus.language.dateline import find_opening
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
            opening = find_opening(text, start, end)
            head = _count_before(own_words, own_spaces, opening.end - start) if opening else 0
            starts = [0] * bool(head) + [head + i for i in sentence_starts([words[i] for i in solid[head:]])]
            for a, b in itertools.pairwise([*starts, len(solid)]):
                sentences += self._fitting([words[i] for i in solid[a:b]], solid[a:b])
            at = end
        if at < len(text):
            words.append(text[at:])
            spaces.append(False)
        return Words(words, spaces, ranges, sentences)

    def _fitting(self, words: Sequence[str], indices: list[int]) -> list[list[int]]:
        """`indices` whole, or cut in halves until each has few enough pieces for one pass."""
        from foedus.language.encoder import MOST_PIECES

        if len(words) < 40 or len(words) == 1 or len(self._encoder.pieces(words)[0]) <= MOST_PIECES:
            return [indices]
        middle = len(words) // 2
        return self._fitting(words[:middle], indices[:middle]) + self._fitting(words[middle:], indices[middle:])


def _count_before(words: Sequence[str], spaces: Sequence[bool], offset: int) -> int:
    """How many words that are no blanks lie before `offset` characters; 0 when one lies across it."""
    at = count = 0
    for word, space in zip(words, spaces, strict=True):
        if at >= offset:
            return count
        if at + len(word) > offset and not word.isspace():
            return 0
        at += len(word) + space
        count += not word.isspace()
    return count


class SpacyPipeline:
    """Another spaCy pipeline behind the same interface; its entities keep its own labels."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._nlp = nlp
        self.name = name

    def parse(self, text: str) -> Doc:
        """See `Pipeline.parse`."""
        from foedus.language.doc import from_spacy
        from foedus.language.paragraphs import find_paragraphs

        return from_spacy(self._nlp(text), find_paragraphs(text))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """See `Pipeline.parse_many`."""
        return map(self.parse, texts)


def make_doc(text: Words, parsed: list[Parsed], name: str) -> Doc:
    """The `Doc` of cut text and its parsed sentences; `name` is the network's."""
    import numpy as np

    from foedus.language.doc import Columns, Doc
    from foedus.language.lemma import lemma_of
    from foedus.language.repairs import free_particles, join_titled_names

    count = len(text.words)
    pos, tags, lemmas, morphs = ["SPACE"] * count, ["_SP"] * count, list(text.words), [""] * count
    deps, heads = ["dep"] * count, list(range(count))
    modality, attributed = [""] * count, [False] * count
    vectors = np.zeros((count, parsed[0].vectors.shape[1] if parsed else 0), np.float32)
    sides = np.zeros((count, 0 if not parsed or parsed[0].sides is None else parsed[0].sides.shape[1]), np.float32)
    deeds: list[tuple[int, str, float]] = []
    entities: list[tuple[int, int, str]] = []
    inside = [False] * count
    for indices, sentence in zip(text.sentences, parsed, strict=True):
        vectors[indices] = sentence.vectors
        if sentence.sides is not None:
            sides[indices] = sentence.sides
            deeds += [(indices[one.word], one.label, one.belief) for one in sentence.deeds]
        join_titled_names(sentence.heads, sentence.deps, sentence.entities)
        free_particles(sentence.heads, sentence.deps, sentence.xpos)
        for k, i in enumerate(indices):
            inside[i] = True
            pos[i], tags[i], morphs[i] = sentence.upos[k], sentence.xpos[k], sentence.feats[k]
            modality[i], attributed[i] = sentence.modality[k], sentence.attributed[k]
            heads[i] = indices[sentence.heads[k]]
            deps[i] = "ROOT" if heads[i] == i else sentence.deps[k]
            lemmas[i] = lemma_of(text.words[i], pos[i], tags[i], sentence.lemma_rules[k])
        entities += [(indices[a], indices[b - 1] + 1, kind) for a, b, kind in sentence.entities]
    last = -1
    for i in range(count):
        if inside[i]:
            last = i
        elif last >= 0:
            heads[i] = last  # whitespace hangs on the word before it
    columns = Columns(text.words, text.spaces, pos, tags, lemmas, morphs, heads, deps)
    return Doc(columns, entities, text.paragraphs, Extras(modality, attributed, vectors, name, deeds, sides)._asdict())
