"""Do two reports give the same words of one speaker, or the same promise of one party?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from foedus.book.edtf import bounds, gap
from foedus.book.items import Item
from foedus.book.names import same_name
from foedus.book.subjects import MARK, compared, name_words
from foedus.book.verdict import Points, Verdict, added, days, no, unknown
from foedus.book.wording import DEED, stem, words

_WORDS = 0.8
"""Share of the telling words of the shorter statement that the other has, in the same order."""
_SAME_DAY = 0.65
"""The same where both are of one day: other outlets translate and report it in their own words."""
_APART = ((4, 3), (8, 7))
"""So few telling words are said again within so many days and are still one statement; more of them within a month."""
_MONTH = 30
_NEGATION = re.compile(r"\b(?:not(?! only)|no|never|nor|neither|cannot|nothing|without)\b|n['’]t\b", re.IGNORECASE)
_MONEY = {
    "million",
    "billion",
    "trillion",
    "bn",
    "mn",
    "m",
    "dollar",
    "euro",
    "pound",
    "yen",
    "percent",
    "hundred",
    "thousand",
}
_YEARS = 1500
"""Days: a promise that is due on a day is one promise, however late a report recalls it."""


def statement(a: Item, b: Item) -> Verdict:
    """The verdict on two statements of speakers whose names sound alike."""
    if against := _other_speaker(a, b):
        return no(against)
    apart = gap(a.when, b.when)
    if apart is not None and apart > 2:
        return no(days(apart, "said"))
    away = apart if apart is not None else _reported_apart(a, b)
    few, many = sorted((a.telling, b.telling), key=lambda one: (len(one), one))
    share = alike(few, many)
    if share < (_SAME_DAY if away is not None and away <= 1 else _WORDS):
        return unknown(f"only {share:.0%} of the words in common")
    if against := _denied(a, b, few, many):
        return no(against)
    if few != many and len(few) < (2 if apart is not None else 3):
        return unknown("too few words to tell")
    most = next((limit for number, limit in _APART if len(few) < number), _MONTH)
    if away is not None and away > most:
        return unknown(f"reported {away} days apart, {len(few)} words alike")
    return Verdict(share, f"{share:.0%} of the words of the shorter one")


def alike(few: Sequence[str], many: Sequence[str]) -> float:
    """Share of the words of `few` that `many` has in the same order, or in any when both are about as long (translations)."""
    one, other = set(few), set(many)
    common = one & other
    if len(common) < _WORDS * len(one) and len(common) < _SAME_DAY * len(one):
        return len(common) / max(1, len(one))
    share = in_order(few, many)
    if len(common) >= 4 and len(other) <= 1.5 * len(one) + 1:
        share = max(share, len(common) / len(one))
    return share


def in_order(few: Sequence[str], many: Sequence[str]) -> float:
    """Share of the words of `few` that `many` has in the same order and close together; 0 for no words."""
    if not few:
        return 0.0
    match = SequenceMatcher(None, many, few, autojunk=False)
    runs = [one for one in match.get_matching_blocks() if one.size]
    if not runs:
        return 0.0
    # words of one sentence, not picked from a long speech
    spread = runs[-1].a + runs[-1].size - runs[0].a
    if spread > 2 * len(few) + 6:
        longest = max(one.size for one in runs)
        return longest / len(few)
    return sum(one.size for one in runs) / len(few)


def _other_speaker(a: Item, b: Item) -> str:
    one, other = a.values.get("speaker") or {}, b.values.get("speaker") or {}
    if one.get("party") and other.get("party") and one["party"] != other["party"]:
        return "speakers of two parties"
    if not one.get("name") or not other.get("name"):
        return ""
    first, second = words(one["name"]), words(other["name"])
    given = set(first[:-1]), set(second[:-1])
    if not same_name(one["name"], other["name"]) or (all(given) and not _given_fit(*given)):
        return "two speakers"
    return ""


def _given_fit(a: set[str], b: set[str]) -> bool:
    """Whether given names can be one person's: one in common, or the same first letter ("Bob" and "Robert" do not)."""
    return bool(a & b) or bool({one[0] for one in a} & {one[0] for one in b})


def _denied(a: Item, b: Item, few: Sequence[str], many: Sequence[str]) -> str:
    """One says no where the other does not."""
    short, long = sorted((a, b), key=lambda one: (len(one.telling), one.telling))
    denies = [bool(_NEGATION.search(one.values.get("text") or "")) for one in (short, long)]
    if denies[0] and not denies[1]:
        return "one denies what the other says"
    if denies[1] and not denies[0] and len(many) <= len(few) + 2:
        return "one denies what the other says"
    return ""


def _reported_apart(a: Item, b: Item) -> int | None:
    """Days between the day of one and the report of the other, or between the reports."""
    return gap(a.when or a.published, b.when or b.published)


def commitment(a: Item, b: Item) -> Verdict:
    """The verdict on two commitments by the same parties."""
    if against := _other_promise(a, b):
        return no(against)
    due = gap(bounds(a.values.get("due_on")), bounds(b.values.get("due_on")))
    apart = gap(a.published, b.published)
    recalled = due == 0 or bool(a.values.get("amount") and b.values.get("amount"))
    if apart is not None and apart > (_YEARS if recalled else 400):
        return unknown("reported years apart" if recalled else "reported more than a year apart")
    points = _wording(a, b)
    if not points:
        return unknown("about other things, or in other words")
    points.append(_deed(a, b))
    if due == 0:
        points.append((0.15, "due at the same time"))
    amount = _amount(a, b)
    if amount:
        points.append((0.3 if apart is not None and apart <= 3 else 0.15, "the same amount"))
    if apart is not None and apart <= 3:
        points.append((0.2, f"reported within {apart} days"))
    found = added(points)
    return found if found.score >= 0.5 else unknown(f"too little in common: {found.because}")


def _other_promise(a: Item, b: Item) -> str:
    to = set(a.values.get("to", ())), set(b.values.get("to", ()))
    if to[0] and to[1] and not to[0] & to[1]:
        return "promised to others"
    if gap(bounds(a.values.get("due_on")), bounds(b.values.get("due_on"))):
        return "due at another time"
    sums = a.values.get("amount"), b.values.get("amount")
    if sums[0] and sums[1] and sums[0] != sums[1]:
        return "another amount"
    numbers = [{word for word in item.said if word.isdigit()} for item in (a, b)]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        return "another number"
    denies = [bool(_NEGATION.search(item.values.get("undertaking") or "")) for item in (a, b)]
    return "one is to do it, one not to" if denies[0] != denies[1] else ""


def _amount(a: Item, b: Item) -> bool:
    if a.values.get("amount") and a.values.get("amount") == b.values.get("amount"):
        return True
    common = a.said & b.said
    return bool(common & _MONEY_STEMS) and any(word.isdigit() for word in common)


_MONEY_STEMS = frozenset(map(stem, _MONEY))


def _wording(a: Item, b: Item) -> list[Points]:
    """What is to be done, apart from the verb and the money; [] when nothing of it is the same."""
    own, other = _objects(a), _objects(b)
    if common := own & other:
        share = len(common) / min(len(own), len(other))
        worth = 0.6 * share * min(1.0, len(common) / 2)
        return [(worth, f"{share:.0%} of the words of the shorter undertaking")]
    naming = compared(_subjects(a), _subjects(b))
    if naming.relation in ("alike", "akin"):
        return [(0.2, naming.said)]
    return [(0.1, "no other matter named")] if naming.relation == "unknown" and _amount(a, b) else []


def _deed(a: Item, b: Item) -> Points:
    one, other = ({word for word in item.said if word.startswith(DEED)} for item in (a, b))
    if one & other:
        return 0.1, "to do the same"
    return (-0.05 if one and other else 0.0), ""


def _objects(item: Item) -> frozenset[str]:
    return frozenset(
        word for word in item.said if not word.startswith(DEED) and word not in _MONEY_STEMS and not word.isdigit()
    )


def _subjects(item: Item) -> frozenset[str]:
    return frozenset(one for one in name_words(item.values.get("undertaking")) if one.startswith(MARK))
