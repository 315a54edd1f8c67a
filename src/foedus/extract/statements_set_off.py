"""Words set off without quotation marks: paragraphs under "X said:", signed posts, headlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.extract.statements_direct import LONGEST_CUE
from foedus.extract.statements_said import Said, subject
from foedus.extract.statements_verbs import is_said, use_of
from foedus.mentions.model import PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.extract.statements_speaker import Speaker
    from foedus.mentions import Document


@dataclass(slots=True)
class Setting:
    """What was found so far: tokens inside quotation marks, verbs used, statements; and how to name a speaker."""

    document: Document
    inside: set[int]
    used: set[int]
    found: list[Said]
    speaker: Callable[..., Speaker | None]


def find_set_off(setting: Setting) -> None:
    """Add the statements set off without marks to `setting.found`."""
    _blocks(setting)
    _signed(setting)
    _headline(setting)


def _blocks(setting: Setting) -> None:
    """Words set off without marks: paragraphs in the first person under a line that ends "X said:"."""
    document, doc = setting.document, setting.document.doc
    for k, (a, b) in enumerate(document.paragraphs[:-1]):
        if b - a < 2 or doc[b - 1].text != ":" or b - a > LONGEST_CUE:
            continue
        verb = next(
            (t for t in reversed(doc[max(a, b - 12) : b]) if t.pos_ == "VERB" and use_of(t) is not None),
            None,
        )
        if verb is None or not is_said(verb) or verb.i in setting.used:
            continue
        ranges: list[tuple[int, int]] = []
        for c, d in document.paragraphs[k + 1 :]:
            own = {t.lower_ for t in doc[c:d]} & {"i", "we", "our", "my", "us"}
            if any(i in setting.inside for i in range(c, d)):
                break
            if not own and (ranges or doc[b - 2].i != verb.i or not _is_prose(document, c, d)):
                break
            ranges.append((c, d))
        source = subject(verb)
        speaker = setting.speaker(source, verb) if source is not None and ranges else None
        if speaker is not None:
            spans = [document.span(*r) for r in ranges]
            setting.used.add(verb.i)
            setting.found.append(Said(spans, "direct", speaker, k, verb, [(a, b)], ranges[-1][1]))


def _is_prose(document: Document, first: int, last: int) -> bool:
    """Whether a paragraph is sentences, no heading and no entry of a list."""
    words = [t for t in document.doc[first:last] if not t.is_space]
    return bool(words) and words[0].is_alpha and words[-1].text in {".", "!", "?"} and len(words) >= _FEWEST_WORDS


_FEWEST_WORDS = 6


def _signed(setting: Setting) -> None:
    """A post set in the text with its signature under it: "— Name (@handle) day"."""
    document, doc = setting.document, setting.document.doc
    for k in range(1, len(document.paragraphs)):
        a, b = document.paragraphs[k]
        if doc[a].text not in {"—", "–", "-", "--", "―"} or b - a > 20 or not any("@" in t.text for t in doc[a:b]):
            continue
        c, d = document.paragraphs[k - 1]
        while d > c and (doc[d - 1].like_url or doc[d - 1].is_space):
            d -= 1
        person = document.at(a + 1, PersonMention)
        if person is None or d - c < 4 or any(i in setting.inside for i in range(c, d)):
            continue
        speaker = setting.speaker(doc[person.root], None)
        if speaker is not None:
            setting.found.append(Said([document.span(c, d)], "direct", speaker, k - 1, None, [(a, b)], d))


def _headline(setting: Setting) -> None:
    """ "Place or person: what it says, in part “in its words”" as the first line."""
    document, doc = setting.document, setting.document.doc
    if not document.paragraphs:
        return
    a, b = document.paragraphs[0]
    colon = next((t.i for t in doc[a : min(b, a + 5)] if t.text == ":"), -1)
    if colon <= a or b - colon > 18 or b - colon < 4 or doc[b - 1].text == ".":
        return
    quoted = [i for i in range(colon + 1, b) if i in setting.inside]
    named = document.at(colon - 1, PartyMention) or document.at(colon - 1, PersonMention)
    if named is None or named.first != a or not quoted or doc[colon + 1].text in {'"', "“", "‘"}:
        return
    speaker = setting.speaker(doc[named.root], None, (a, colon))
    span = document.span(colon + 1, b)
    if speaker is not None and not any(x < span[1] and span[0] < y for s in setting.found for x, y in s.spans):
        setting.found.append(Said([span], "mixed", speaker, 0, None, [(a, colon)], b))
