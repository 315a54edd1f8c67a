"""The parsed text: `Doc`, its `Token`s and `Span`s. The names are spaCy's, so that who knows one knows the other.

Plain Python objects made once a text: an extractor asks a token some hundred things, and spaCy, whose tokens are made anew at
each look, takes a second to import besides. `Doc.to_spacy` gives a spaCy `Doc` to whoever builds on spaCy.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple, overload

_QUOTES = set("\"'“”‘’«»‹›„‚`´")
_NUMBER_WORDS = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety", "hundred", "thousand", "million", "billion", "trillion", "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
    "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth", "hundredth",
}  # fmt: skip


class Columns(NamedTuple):
    """What a `Doc` is made of, one entry a word. `heads` are word indices (a root's is its own); `deps` has "ROOT" at roots."""

    words: Sequence[str]
    spaces: Sequence[bool]
    pos: Sequence[str]
    tags: Sequence[str]
    lemmas: Sequence[str]
    morphs: Sequence[str]
    heads: Sequence[int]
    deps: Sequence[str]


class Token:
    """One word; blanks other than single spaces are words too (`is_space`). Two tokens are equal when they are the same word."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_punct", "is_sent_start", "is_space", "left_edge",
        "lemma_", "lower_", "morph", "obliques", "pos_", "preposition", "right_edge", "tag_", "text", "whitespace_",
    )  # fmt: skip
    doc: Doc
    i: int
    idx: int
    """Offset of the first character in `doc.text`."""
    text: str
    lower_: str
    whitespace_: str
    lemma_: str
    pos_: str
    tag_: str
    morph: str
    dep_: str
    head: Token
    children: tuple[Token, ...]
    """Direct dependents, in text order."""
    left_edge: Token
    right_edge: Token
    ent_type_: str
    ent_iob_: str
    is_sent_start: bool
    is_space: bool
    is_punct: bool
    preposition: str | None
    obliques: tuple[tuple[Token, str], ...] | None
    """What `syntax` has found of the token, kept; None before."""

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def lefts(self) -> list[Token]:
        """Dependents before the token, in text order."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """Dependents behind the token, in text order."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens above, nearest first."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    @property
    def subtree(self) -> list[Token]:
        """The token and all below it, in text order."""
        found = [self]
        for token in found:
            found += token.children
        return sorted(found, key=lambda token: token.i)

    @property
    def sent(self) -> Span:
        """The sentence of the token."""
        return self.doc.sentences[self.doc.sentence_numbers[self.i]]

    @property
    def is_sent_end(self) -> bool:
        return self.i + 1 == len(self.doc) or self.doc[self.i + 1].is_sent_start

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def is_upper(self) -> bool:
        return self.text.isupper()

    @property
    def is_lower(self) -> bool:
        return self.text.islower()

    @property
    def is_title(self) -> bool:
        return self.text.istitle()

    @property
    def is_digit(self) -> bool:
        return self.text.isdigit()

    @property
    def is_quote(self) -> bool:
        return self.text in _QUOTES or self.text in {"``", "''"}

    @property
    def like_url(self) -> bool:
        """Whether it is an address of the web."""
        return self.lower_.startswith(("http://", "https://", "www."))

    @property
    def is_year(self) -> bool:
        """Whether it is four digits."""
        return len(self.text) == 4 and self.text.isdigit()

    @property
    def like_num(self) -> bool:
        """Whether it is digits (with marks or as a fraction) or a number word, ordinals too."""
        plain = self.text.lstrip("+-±~").replace(",", "").replace(".", "")
        if plain.isdigit():
            return True
        if plain[:-2].isdigit() and plain[-2:] in {"st", "nd", "rd", "th"}:
            return True
        above, slash, below = plain.partition("/")
        return bool(slash and above.isdigit() and below.isdigit()) or self.lower_ in _NUMBER_WORDS

    def nbor(self, step: int = 1) -> Token:
        """The token `step` further. Raises IndexError outside the text."""
        if not 0 <= self.i + step < len(self.doc):
            raise IndexError(f"no token {step} from {self.i}")
        return self.doc[self.i + step]

    def is_ancestor(self, other: Token) -> bool:
        """Whether `other` is below this token."""
        return any(above is self for above in other.ancestors)


class Span:
    """Tokens [start, end) of a `Doc`, with a label when it is an entity."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, i: int) -> Token:
        return self.doc.tokens[self.start : self.end][i]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[int, int, int, str]:
        return id(self.doc), self.start, self.end, self.label_

    @property
    def start_char(self) -> int:
        return self.doc.tokens[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        if self.end == self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as in the text, without the last one's blank."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The first token whose head stands outside (or is itself)."""
        for token in self:
            if token.head is token or not self.start <= token.head.i < self.end:
                return token
        return self.doc.tokens[self.start]

    @property
    def sent(self) -> Span:
        """The sentence of the first token."""
        return self.doc.tokens[self.start].sent


class Doc:
    """One parsed text: `doc.text` is the text, `doc[i]` a token, `doc[a:b]` a span.

    `ents` are the entities in text order; `spans["paragraphs"]` the paragraphs; `user_data` what a network knows beyond that.
    """

    __slots__ = (
        "_by_word",
        "_columns",
        "ents",
        "sentence_numbers",
        "sentences",
        "spans",
        "text",
        "tokens",
        "user_data",
    )

    def __init__(
        self,
        columns: Columns,
        entities: Sequence[tuple[int, int, str]] = (),
        paragraphs: Sequence[tuple[int, int]] = (),
        user_data: dict[str, Any] | None = None,
    ) -> None:
        self._columns = columns
        self.tokens = _tokens(self, columns)
        self.text = "".join(token.text_with_ws for token in self.tokens)
        self.sentence_numbers, self.sentences = _sentences(self)
        self.ents = tuple(Span(self, *entity) for entity in sorted(entities))
        for span in self.ents:
            for token in span:
                token.ent_type_, token.ent_iob_ = span.label_, "B" if token.i == span.start else "I"
        self.spans: dict[str, list[Span]] = {"paragraphs": [Span(self, a, b) for a, b in paragraphs]}
        self.user_data: dict[str, Any] = user_data or {}
        self._by_word: dict[str, list[Token]] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        entities = [(e.start, e.end, e.label_) for e in self.ents]
        paragraphs = [(p.start, p.end) for p in self.spans["paragraphs"]]
        return Doc, (self._columns, entities, paragraphs, self.user_data)

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if type(at) is int:  # asked most often by far
            return self.tokens[at]
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.tokens))
            return Span(self, start, end if end > start else start)
        return self.tokens[at]

    @property
    def sents(self) -> Iterator[Span]:
        """The sentences, in text order."""
        return iter(self.sentences)

    def having(self, words: Set[str]) -> list[Token]:
        """The tokens that are one of `words`, as written or by lemma, both in lower case; in text order."""
        if self._by_word is None:
            by_word: dict[str, list[Token]] = {}
            for token in self.tokens:
                low, lemma = token.lower_, token.lemma_.lower()
                by_word.setdefault(low, []).append(token)
                if lemma != low:
                    by_word.setdefault(lemma, []).append(token)
            self._by_word = by_word
        found = {token.i: token for word in self._by_word.keys() & words for token in self._by_word[word]}
        return [found[i] for i in sorted(found)]

    def char_span(self, start: int, end: int, label: str = "", alignment_mode: str = "strict") -> Span | None:
        """The span of characters [start, end); None when it does not begin and end with words, unless `alignment_mode` is "expand"."""
        inside = [t.i for t in self.tokens if t.idx < end and start < t.idx + len(t.text)]
        if not inside:
            return None
        span = Span(self, inside[0], inside[-1] + 1, label)
        exact = (span.start_char, span.end_char) == (start, end)
        return span if exact or alignment_mode == "expand" else None

    def to_spacy(self, vocab: Any = None) -> Any:
        """The same as a spaCy `Doc`. Needs the extra `spacy`."""
        import spacy
        from spacy.tokens import Doc as SpacyDoc
        from spacy.tokens import Span as SpacySpan

        columns: Any = {name: list(values) for name, values in self._columns._asdict().items()}
        found = SpacyDoc(vocab if vocab is not None else spacy.blank("en").vocab, **columns)
        found.set_ents([SpacySpan(found, e.start, e.end, label=e.label_) for e in self.ents])
        found.spans["paragraphs"] = [SpacySpan(found, p.start, p.end) for p in self.spans["paragraphs"]]
        found.user_data.update(self.user_data)
        return found


def from_spacy(doc: Any, paragraphs: Sequence[tuple[int, int]] = ()) -> Doc:
    """A spaCy `Doc` as ours; `paragraphs` are character ranges."""
    columns = Columns(
        [t.text for t in doc],
        [bool(t.whitespace_) for t in doc],
        [t.pos_ for t in doc],
        [t.tag_ for t in doc],
        [t.lemma_ for t in doc],
        [str(t.morph) for t in doc],
        [t.head.i for t in doc],
        [t.dep_ for t in doc],
    )
    spans = [doc.char_span(a, b, alignment_mode="expand") for a, b in paragraphs]
    ranges = [(s.start, s.end) for s in spans if s is not None]
    return Doc(columns, [(e.start, e.end, e.label_) for e in doc.ents], ranges)


def _tokens(doc: Doc, columns: Columns) -> list[Token]:
    """The tokens, tied to their heads and dependents."""
    tokens: list[Token] = []
    at = 0
    for i, (word, space, pos, tag, lemma, morph, _, dep) in enumerate(zip(*columns, strict=True)):
        token = Token()
        token.doc, token.i, token.idx = doc, i, at
        token.text, token.lower_, token.whitespace_ = word, word.lower(), " " if space else ""
        token.pos_, token.tag_, token.lemma_, token.morph, token.dep_ = pos, tag, lemma, morph, dep
        token.ent_type_, token.ent_iob_ = "", "O"
        token.preposition = token.obliques = None
        token.is_space = word.isspace()
        token.is_punct = not word[:1].isalnum() and all(unicodedata.category(c)[0] == "P" for c in word)
        tokens.append(token)
        at += len(word) + bool(space)
    below: list[list[Token]] = [[] for _ in tokens]
    for token, head in zip(tokens, columns.heads, strict=True):
        token.head = tokens[head]
        if head != token.i:
            below[head].append(token)
    for token, own in zip(tokens, below, strict=True):
        token.children = tuple(own)
        token.left_edge = token.right_edge = token
    for token in _bottom_up(tokens):
        for child in token.children:
            if child.left_edge.i < token.left_edge.i:
                token.left_edge = child.left_edge
            if child.right_edge.i > token.right_edge.i:
                token.right_edge = child.right_edge
    return tokens


def _bottom_up(tokens: list[Token]) -> list[Token]:
    """Every token behind all below it."""
    order = [token for token in tokens if token.head is token]
    for token in order:
        order += token.children
    return order[::-1]


def _sentences(doc: Doc) -> tuple[list[int], list[Span]]:
    """The sentence number of each token, and the sentences: runs of tokens under one root."""
    numbers: list[int] = []
    starts: list[int] = []
    reached = -1
    for token in doc.tokens:
        at = token
        while at.head is not at:
            at = at.head
        token.is_sent_start = token.i > reached
        if token.is_sent_start:
            starts.append(token.i)
        reached = max(reached, at.right_edge.i)
        numbers.append(len(starts) - 1)
    return numbers, [Span(doc, a, b) for a, b in itertools.pairwise([*starts, len(doc.tokens)])]
