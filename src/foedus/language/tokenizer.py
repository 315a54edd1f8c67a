"""Words as UD English splits them (EWT, GUM, PUD): hyphens split, "anti-American" kept, clitics off."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

# prefixes that UD English keeps glued to their base ("anti-American", "re-elected")
_GLUED = [
    "anti",
    "non",
    "re",
    "co",
    "pre",
    "e",
    "ex",
    "pro",
    "mid",
    "un",
    "post",
    "counter",
    "multi",
    "inter",
    "extra",
    "de",
    "bi",
    "mis",
    "over",
    "intra",
    "sub",
    "trans",
    "ultra",
    "semi",
    "neo",
    "micro",
    "macro",
    "mini",
    "uh",
    "mm",
    "wi",
    "x",
    "t",
]
LONGEST_RUN = 64
"""Unbroken runs longer than this many characters are cut: spaCy's tokenizer takes quadratic time on them."""
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


@cache
def _tokenizer() -> Tokenizer:
    import spacy
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    nlp = spacy.blank("en")
    glued = "".join(rf"(?<!\b{g})(?<!\b{g.capitalize()})" for g in sorted(_GLUED))
    hyphen = r"(?:-|–|—|--|---|——|~|‑)"
    infixes = [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+*^](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9\.%]){glued}{hyphen}(?=[{ALPHA}0-9$€£])",
        rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])[/](?=[{ALPHA}0-9])",
    ]
    defaults = nlp.Defaults
    return Tokenizer(
        nlp.vocab,
        rules=dict(defaults.tokenizer_exceptions or {}),
        prefix_search=compile_prefix_regex(list(defaults.prefixes or [])).search,
        suffix_search=compile_suffix_regex(list(defaults.suffixes or [])).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )


def vocab() -> Vocab:
    """The vocabulary that every `Doc` of this project shares."""
    shared: Vocab = _tokenizer().vocab
    return shared


def tokenize(text: str) -> tuple[list[str], list[bool]]:
    """Words of `text` and, for each, whether one blank follows; joined they give `text` again. Blank runs are words."""
    words: list[str] = []
    spaces: list[bool] = []
    for piece in _pieces(text):
        for token in _tokenizer()(piece):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return words, spaces


def _pieces(text: str) -> list[str]:
    """`text` in pieces, cut inside runs that are too long to tokenise at once."""
    cuts = [0]
    for run in _RUN.finditer(text):
        cuts.extend(range(run.start() if run.start() else LONGEST_RUN, run.end(), LONGEST_RUN))
        cuts.append(run.end())
    cuts.append(len(text))
    return [text[a:b] for a, b in itertools.pairwise(cuts) if a < b]
