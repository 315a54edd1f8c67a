"""By which medium, on what day, to whom and through whom a statement was made: the words around its verb."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.statements_verbs import use_of
from foedus.lexicon import load_table, split_forms
from foedus.mentions.model import DateMention

if TYPE_CHECKING:
    from foedus.extract.draft import Draft
    from foedus.language.doc import Token
    from foedus.mentions import Document

_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d(?:-\d\d)?$")


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    table = {
        form: (row["kind"], row["value"]) for row in load_table("media") for form in split_forms(row["forms"].lower())
    }
    longest = sorted(table, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b"), table


def put_circumstances(document: Document, draft: Draft, verb: Token, outside: list[tuple[int, int]]) -> None:
    """Medium, day, addressee and relayer of the statement of `verb`, from the tokens of `outside` (its attribution)."""
    pattern, table = _forms()
    for first, last in outside:
        if first >= last:
            continue
        span = document.span(first, last)
        words = document.report.text[span[0] : span[1]].lower()
        for match in pattern.finditer(words.replace("\n", " ")):
            kind, value = table[match.group()]
            at = (span[0] + match.start(), span[0] + match.end())
            if kind == "via":
                if "via" not in draft:
                    draft.put("via", document.words(at), at)
            elif "medium" not in draft:
                draft.put("medium", value, at)
        if "medium" not in draft and (found := _described_medium(words)) is not None:
            draft.put("medium", found[0], (span[0] + found[1][0], span[0] + found[1][1]))
    use = use_of(verb)
    own = document.span(verb.i, verb.i + 1)
    if use is not None and "medium" not in draft:
        if use.medium == "X post":
            draft.put("medium", "X post", own)
        elif use.medium == "post" and (cue := _platform(document)) is not None:
            draft.put("medium", "X post", own, cue)
    _day(document, draft, verb, outside)
    _addressee(document, draft, verb)


_DESCRIBED = re.compile(r"\bin (an?|his|her|their)((?: [\w-]+){2,4})")


def _described_medium(words: str) -> tuple[str, tuple[int, int]] | None:
    """The medium of "in an **ambush** interview", "in a televised statement": a noun of the list behind words that describe it."""
    _, table = _forms()
    for match in _DESCRIBED.finditer(words):
        for noun in match[2].split()[1:]:
            for article in dict.fromkeys((match[1], "a", "an")):
                kind, value = table.get(f"in {article} {noun}", ("", ""))
                if kind == "medium":
                    return value, match.span()
    return None


def named_medium(text: str) -> tuple[str, tuple[int, int]] | None:
    """The first medium that some words name ("press briefing"), and where in them; None when they name none."""
    pattern, table = _forms()
    for match in pattern.finditer(text.lower()):
        kind, value = table[match.group()]
        if kind == "medium" and not match.group().startswith(("in ", "to ", "told ", "on ")):
            return value, match.span()
    return None


def tail_cut(document: Document, first: int, last: int) -> int:
    """Where a reported clause ends once "in a statement on Monday" behind it is left to its verb."""
    pattern, table = _forms()
    low = max(first + 3, last - 9)
    if low >= last or document.doc[last - 1].text in {"”", '"', "’"}:
        return last
    start, end = document.span(low, last)
    words = document.report.text[start:end].lower()
    match = pattern.search(words)
    if (
        match is not None
        and match.group().startswith(("in a", "on x", "on twitter", "on state"))
        and table[match.group()][0] == "medium"
    ):
        begin = match.start()
    elif (found := _described_medium(words)) is not None:
        begin = found[1][0]
    else:
        return last
    cut = next((i for i in range(low, last) if document.doc[i].idx >= start + begin), last)
    return cut if cut > first + 2 else last


def _platform(document: Document) -> tuple[int, int] | None:
    """Where the report names X as the place of a post, if it does and names no other."""
    low = document.report.text
    found = re.search(r"\b(?:on|to) (?:X|Twitter)\b(?! \w+ ?[A-Z])", low)
    if found is None or re.search(r"\b(?:Facebook|Telegram|Truth Social|Instagram|LinkedIn|Weibo)\b", low):
        return None
    return found.span()


def _day(document: Document, draft: Draft, verb: Token, outside: list[tuple[int, int]]) -> None:
    best: DateMention | None = None
    for first, last in outside:
        for date in document.within(first, last, DateMention):
            if date.role != "at" or not _DAY.match(date.edtf) or not _tied(document, date, verb):
                continue
            if best is None or abs(date.first - verb.i) < abs(best.first - verb.i):
                best = date
    if best is not None:
        draft.put("made_on", best.edtf, best.span)


def _tied(document: Document, date: DateMention, verb: Token) -> bool:
    """Whether the date hangs on the verb, or stands so near that no other verb or clause comes between."""
    at = document.doc[date.root]
    for _ in range(3):
        if at.i == verb.i:
            return True
        if at.head is at or at.dep_ in {"acl:relcl", "acl", "advcl", "ccomp", "conj"}:
            return False
        at = at.head
    return False


def _addressee(document: Document, draft: Draft, verb: Token) -> None:
    if verb.lemma_.lower() not in {"tell", "assure", "inform", "remind", "warn"}:
        return
    for child in verb.children:
        if child.dep_ in {"obj", "iobj"} and child.i > verb.i:
            found = document.party_of(child)
            if child.lower_ in _LISTENERS:
                return
            if len(found.codes) == 1 and found.codes[0] != draft.values["speaker"].party:
                draft.put("addressee", found.codes[0], *found.spans)
            return


_LISTENERS = {
    "reporters", "journalists", "press", "media", "newsmen", "correspondents", "audience", "investors", "crowd", "crowds", "supporters",
    "executives", "businessmen", "students", "troops", "soldiers", "broadcaster", "newspaper", "agency", "television", "radio", "tv", "daily",
}  # fmt: skip
"""Listeners for whom no state hears: "told Peruvian **journalists**"."""
