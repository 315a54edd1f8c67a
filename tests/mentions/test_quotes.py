"""Quotation marks: what is between them, in every style that news uses."""

from __future__ import annotations

import pytest

from foedus.language.doc import Columns, Doc
from foedus.language.tokenizer import tokenize
from foedus.mentions.quotes import find_quotes

CASES = [
    ("She said: “The dam is full.” He left.", ["The dam is full."]),
    ('"The dam is full," she said. "Open it."', ["The dam is full,", "Open it."]),
    ("‘The dam isn’t full,’ she said.", ["The dam isn’t full,"]),
    ("'It's the farmers' dam,' she said. 'We'll wait.'", ["It's the farmers' dam,", "We'll wait."]),
    ("„The dam is full,“ she said.", ["The dam is full,"]),
    ("«The dam is full», she said.", ["The dam is full"]),
    ("``The dam is full,'' she said.", ["The dam is full,"]),
    ("“He told me, ‘Wait,’ and left,” she said.", ["He told me, ‘Wait,’ and left,"]),
    ('A 9" gun and a 12" mast were sold.', []),
    ("The dams of the '90s don't hold, and the farmers' union isn't glad.", []),
    ("“The dam is full.\n\n“Open it,” she said.", ["The dam is full.", "Open it,"]),
    ("“The dam is full, engineer Ada Brook said.\n\nIt was built long ago.", ["The dam is full,"]),
    ("No marks at all.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quotations(text: str, expected: list[str]) -> None:
    words: list[str] = []
    spaces: list[bool] = []
    paragraphs: list[tuple[int, int]] = []
    for k, part in enumerate(text.split("\n\n")):
        if k:
            words.append("\n\n")
            spaces.append(False)
        first = len(words)
        own, own_spaces = tokenize(part)
        words += own
        spaces += own_spaces
        paragraphs.append((first, len(words)))
    blank = [""] * len(words)
    doc = Doc(Columns(words, spaces, blank, blank, words, blank, list(range(len(words))), blank))
    assert [text[a:b] for a, b in find_quotes(text, paragraphs, doc)] == expected
