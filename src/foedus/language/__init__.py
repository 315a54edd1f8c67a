"""Report text -> `Doc`: paragraphs, sentences, words, tags, lemmas, Universal Dependencies, entity spans.

The rest of foedus sees only `load` and the `Doc` it fills, so a pipeline can be replaced without touching an extractor:
`doc.text == text` always, so `token.idx` is an offset into the report; whitespace other than single blanks is its own
token (``token.is_space``), outside every dependency tree; ``doc.spans["paragraphs"]`` holds the paragraphs.
"""

from __future__ import annotations

from foedus.language.pipeline import SHIPPED, Extras, Pipeline, extras, load

__all__ = ["SHIPPED", "Extras", "Pipeline", "extras", "load"]
