"""What a commitment says of itself: towards whom, until when, how much, on what condition."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.commitments_frames import frames, is_word
from foedus.language import syntax
from foedus.mentions.model import DateMention, MoneyMention, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.extract.commitments_frames import Binding
    from foedus.extract.draft import Draft
    from foedus.mentions import Document

_TOWARDS = {"to", "for", "against", "toward", "towards"}
_DUE = {"by": 0, "before": 1, "until": 2, "at": 3}
_PASSED = re.compile(r"\d{4}")


@cache
def _conditions() -> re.Pattern[str]:
    forms = sorted(frames()["condition"], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")\b", re.IGNORECASE)


def put_terms(document: Document, draft: Draft, binding: Binding) -> None:
    """Put `to`, `due_on`, `amount` and `condition`, each only when the undertaking gives it."""
    _to(document, draft, binding)
    _due(document, draft, binding)
    money = document.within(binding.first, binding.last, MoneyMention)
    if money:
        draft.put("amount", money[0].money, money[0].span)
    start, end = document.span(binding.first, binding.last)
    match = _conditions().search(document.report.text, start, end)
    if match is not None and match.start() >= start:
        draft.put("condition", document.words((match.start(), end)), (match.start(), end))


def _to(document: Document, draft: Draft, binding: Binding) -> None:
    own = set(binding.by.codes)
    codes: set[str] = set()
    spans: list[tuple[int, int]] = []
    act = binding.act
    for child in act.children:
        if child.i < binding.first or child.i >= binding.last:
            continue
        name = syntax.preposition(child)
        direct = child.dep_ == "iobj" or (child.dep_.startswith("obl") and name in _TOWARDS)
        direct = direct or (child.dep_ == "obj" and is_word("helped", act))
        direct = direct or (child.dep_ == "obl" and name == "with" and is_word("shared", act))
        inner = (
            [c for c in child.children if c.dep_ == "nmod" and syntax.preposition(c) in {"to", "for", "against"}]
            if child.dep_ == "obj"
            else []
        )
        for noun in [child] if direct else inner:
            first, last = syntax.phrase(noun)
            for mention in document.within(max(first, binding.first), min(last, binding.last), PartyMention):
                if mention.code not in own:
                    codes.add(mention.code)
                    spans.append(mention.span)
            for person in document.within(first, last, PersonMention):
                if person.person.party and person.person.party not in own:
                    codes.add(person.person.party)
                    spans.append(person.span)
    for mention in document.within(binding.first, binding.last, PartyMention):
        if mention.code not in own and syntax.preposition(document.doc[mention.root]) in {"to", "toward", "towards"}:
            codes.add(mention.code)
            spans.append(mention.span)
    if codes and len(codes) <= 4:
        draft.put("to", tuple(sorted(codes)), *spans)


def _due(document: Document, draft: Draft, binding: Binding) -> None:
    published = document.report.published_on or ""
    best: DateMention | None = None
    for date in document.within(binding.first, binding.last, DateMention):
        if date.role not in _DUE or ("/" in date.edtf and date.role != "at"):
            continue
        year = _PASSED.match(date.edtf)
        if published and year and date.edtf[: len(published)] < published[: len(date.edtf)]:
            continue
        if best is None or _DUE[date.role] < _DUE[best.role]:
            best = date
    if best is not None:
        draft.put("due_on", best.edtf.rpartition("/")[2], best.span)
