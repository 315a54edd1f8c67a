"""Which activities told in several places of a report are one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from foedus.extract.activities_act import Act, is_word
from foedus.extract.activities_when import days_of
from foedus.language import syntax
from foedus.mentions.model import MoneyMention, Parties
from foedus.mentions.numbers import FIRST_TEN

if TYPE_CHECKING:
    from foedus.mentions import Document
    from foedus.mentions.model import DateMention
    from foedus.record import Span

_GIVING = {"aid", "arms transfer"}
_DONE = {"held", "ongoing"}
_OF_GOODS = {"aid", "arms transfer", "project", "co-production"}
"""Kinds of which the same two have several at a time, told apart by what is given or built."""


def merged(document: Document, acts: list[Act]) -> list[Act]:
    """One act for each activity: told again, it adds what was not known."""
    kept: list[Act] = []
    for act in acts:
        known = next((k for k in kept if _same(document, k, act)), None) or _meant(document, kept, act)
        if known is None:
            kept.append(act)
            continue
        if known.kind in _TIMED:
            _tell_days(document, known, act)
        else:
            known.date = known.date or act.date
        alone = known.item is None
        known.place, known.name = known.place or act.place, known.name or act.name
        known.money, known.item = known.money or act.money, _better_item(document, known, act)
        known.readers = tuple(dict.fromkeys(known.readers + act.readers))
        _tell_kind(document, known, act, alone=alone)
        headline = is_headline(document, known.token.i) and not is_headline(document, act.token.i)
        better = known.kind in _TIMED and headline and (known.status, act.status) in _BETTER_TOLD
        if better or (known.kind in _OF_GOODS and is_headline(document, known.token.i)):
            known.status = act.status
        if known.status == "ongoing" and known.kind in _GIVING and act.status == "held":
            known.status = act.status
        if known.status == "planned" and known.token.tag_ in {"VBZ", "VBP"} and act.status in _DONE:
            known.status = act.status  # the present of a headline
        if (
            act.kind == "military exercise"
            and is_headline(document, known.token.i)
            and len([c for c in act.parties.codes if not c.startswith("org:")]) > 1
        ):
            known.parties = Parties(act.parties.codes, act.parties.spans)  # the text says it better
        more = len(act.parties.codes) > len(known.parties.codes) and act.confidence >= known.confidence
        if act.kind in {"military exercise", *_GIVING} and more:
            known.parties = Parties(act.parties.codes, act.parties.spans)
        if headline and known.kind in {*_OF_GOODS, "military exercise"}:
            known.token, known.span = act.token, act.span  # what further sentences tell is compared with the text
    return kept


def _meant(document: Document, kept: list[Act], act: Act) -> Act | None:
    """The exercise just told of that "**the** exercises" in the next sentences are, of which they name further parties; else None."""
    drills = [k for k in kept if k.kind == "military exercise"]
    if act.kind != "military exercise" or not drills:
        return None
    last, own = drills[-1], {c.lower_ for c in act.token.children}
    apart = document.sentence_index(act.token.i) - document.sentence_index(last.token.i)
    plain = not own & _OTHER_EDITIONS and not any(
        c.dep_ == "amod" and c.lower_ in _ORDINALS for c in act.token.children
    )
    if last.name or act.name or not own & {"the", "these", "this"} or not plain or not 0 < apart <= _NEXT:
        return None
    if last.status == "cancelled" or set(last.parties.codes) & set(act.parties.codes) or _other_year(last, act):
        return None
    last.parties |= act.parties
    return last


_NEXT = 2


def _tell_kind(document: Document, known: Act, act: Act, *, alone: bool) -> None:
    """Gives `known` the kind of the telling that knows what is given or built; what a headline calls otherwise is what the text calls it."""
    if known.kind == act.kind or not {known.kind, act.kind} <= _OF_GOODS or act.item is None:
        return
    if alone or (is_headline(document, known.token.i) and not is_headline(document, act.token.i)):
        known.kind = act.kind


def _better_item(document: Document, known: Act, act: Act) -> tuple[str, Span] | None:
    """What is given, by the telling that counts it ("104 tonnes of supplies", not "aid"); of a headline only where the text has none."""
    if known.item is None or act.item is None:
        return known.item or act.item
    headline = is_headline(document, known.token.i) and not is_headline(document, act.token.i)
    counted = _number(document, act) and not _number(document, known)
    return act.item if counted or (headline and not _number(document, known)) else known.item


def _number(document: Document, act: Act) -> str:
    """The number before what is given, with what it counts ("23 vehicle"); "" where nothing is counted."""
    tokens = document.tokens_in([act.item[1]]) if act.item is not None else []
    at = next((k for k, t in enumerate(tokens[:3]) if t.tag_ == "CD"), None)
    if at is None:
        return ""
    unit = next((t.lemma_.lower() for t in tokens[at + 1 :] if t.pos_ in {"NOUN", "PROPN"} and t.tag_ != "CD"), "")
    return f"{tokens[at].lower_} {unit}" if unit else ""


_TIMED = {"military exercise", "visit", "port call"}
_BETTER_TOLD = {("planned", "held"), ("planned", "ongoing"), ("ongoing", "held")}
"""What a headline says and what the text then says of the same: the text is right."""
_TOGETHER = 10
"""So many days at most lie between the first and the last day of one visit or exercise, told in different sentences."""


def _tell_days(document: Document, known: Act, act: Act) -> None:
    """Gives `known` the first and the last day, where the one telling has the first and the other the last."""
    mine, yours = days_of(document, known), days_of(document, act)
    if mine == ("", mine[1]) and mine[1] and yours[0] and known.date is not None:
        known.date, known.until = act.date, known.date
    elif mine[0] and not mine[1] and not yours[0] and yours[1]:
        known.until = act.until or act.date
    elif mine[0] and not mine[1] and yours[0] and yours[1] and len(mine[0]) == 10 and yours[0] <= mine[0] <= yours[1]:
        known.date, known.until = act.date, act.until
    else:
        known.date = _closer(known.date, act.date)
        known.until = known.until or act.until


def _follow(first: str, last: str) -> bool:
    """Whether the two full dates lie in that order, and not far apart."""
    if len(first) != 10 or len(last) != 10 or "X" in first + last:
        return False
    return timedelta() <= date.fromisoformat(last) - date.fromisoformat(first) <= timedelta(days=_TOGETHER)


def _one_stretch(document: Document, known: Act, act: Act) -> bool:
    """Whether the days of two tellings make up one visit or exercise: the first in the one, the last in the other, or a day in the middle."""
    mine, yours = days_of(document, known), days_of(document, act)
    if (not mine[0] and yours[0] and _follow(yours[0], mine[1])) or (
        mine[0] and not yours[0] and _follow(mine[0], yours[1])
    ):
        return True
    spans = [(a, b) for a, b in (mine, yours) if len(a) == 10 and len(b) == 10]
    return bool(spans) and all(low <= day <= high for low, high in spans for day in (mine[0], yours[0]) if day)


def _closer(mine: DateMention | None, yours: DateMention | None) -> DateMention | None:
    """The first of two days, or the second where that lies in the first ("2025", "3 to 9 May 2025")."""
    if mine is None or yours is None or yours.role in {"by", "until", "before", "since"}:
        return mine or yours
    first = yours.edtf.partition("/")[0]
    return yours if len(first) > len(mine.edtf) and first.startswith(mine.edtf) else mine


def _same(document: Document, known: Act, act: Act) -> bool:
    if {known.kind, act.kind} <= _GIVING and known.parties.codes and act.parties.codes:
        inside = known.span[0] <= act.span[0] and act.span[1] <= known.span[1]
        mine, yours = set(known.parties.codes), set(act.parties.codes)
        if inside and mine & yours and not (mine - yours and yours - mine):
            return True
        if known.kind != act.kind and set(known.parties.codes) == set(act.parties.codes):
            return _same_goods(document, known, act) or _one_deed(
                document, known, act
            )  # arms in the one sentence, "vehicles" in the next
    if known.kind != act.kind:
        return _one_deed(document, known, act)
    if known.kind == "military exercise" and _edition(known) != _edition(act):
        return False
    same = known.kind in _OF_GOODS and set(known.parties.codes) == set(act.parties.codes)
    if same and is_headline(document, known.token.i) and not is_headline(document, act.token.i):
        return True  # a headline tells nothing of its own
    if known.kind == "military exercise" and known.name is None and is_headline(document, known.token.i):
        return known.status != "cancelled" and bool(set(known.parties.codes) & set(act.parties.codes))
    if known.kind == "port call" and known.host and act.host and set(known.host).isdisjoint(act.host):
        return False
    if known.kind == "military exercise" and known.name is not None and _is_another(document, known, act):
        return False
    if known.kind == "military exercise" and _other_year(known, act):
        return False
    named = known.name is not None and act.name is not None and known.kind not in _OF_GOODS
    if named and not _same_name(known, act):
        return False
    if known.kind == "visit" and _other_visit(document, known, act):
        return False
    if known.kind in _OF_GOODS and not named and _other_goods(document, known, act):
        return False
    if not named and not _alike(known, act):
        return False
    if named or known.date is None or act.date is None or _same_days(known.date.edtf, act.date.edtf):
        return True
    return known.kind in _TIMED and _one_stretch(document, known, act)


def _one_deed(document: Document, known: Act, act: Act) -> bool:
    """Whether two kinds are one deed: of a headline and its text, the sum for what the same sentence says is given, built or taught."""
    if set(known.parties.codes) != set(act.parties.codes):
        return False
    if is_headline(document, known.token.i) and document.paragraph(act.token.i) == 1:
        return True
    if not {known.kind, act.kind} <= _OF_GOODS and {known.kind, act.kind} != {"aid", "training"}:
        return False
    together = document.sentence_index(known.token.i) == document.sentence_index(act.token.i)
    sums = [a.item is None and a.money is not None for a in (known, act)]
    return (
        together
        and sums in ([True, False], [False, True])
        and not (known.money and act.money and known.money.money != act.money.money)
    )


def _same_name(known: Act, act: Act) -> bool:
    """Whether the names are the same, the one perhaps with its year: "Milan", "MILAN2024"."""
    short, long = sorted((_plain(known), _plain(act)), key=len)
    return long.startswith(short) and (long == short or long[len(short) :].isdigit())


def _plain(act: Act) -> str:
    """The name without blanks and capitals: "Milan 2024" is "MILAN2024"."""
    return "".join(act.name[0].split()).casefold() if act.name is not None else ""


def _edition(act: Act) -> str:
    """ "next", "previous" of an edition that is not the one reported, else ""."""
    return next((c.lower_ for c in act.token.children if c.lower_ in _OTHER_EDITIONS), "")


_OTHER_EDITIONS = {"next", "previous", "last", "following", "coming", "past", "earlier", "future"}


def _same_days(mine: str, yours: str) -> bool:
    """Whether the one date is the other or lies in it: a day of May 2024, a day of 2024."""
    first, second = sorted((mine.partition("/")[0], yours.partition("/")[0]), key=len)
    return mine == yours or (len(first) < len(second) and second.startswith(first))


def _is_another(document: Document, known: Act, act: Act) -> bool:
    """Whether a later sentence brings up one that was not told of before: "**a** drill", "**another** exercise", by name none."""
    if document.sentence_index(known.token.i) == document.sentence_index(act.token.i):
        return False
    own = {c.lower_ for c in act.token.children}
    return act.name is None and bool(own & {"a", "an", "another"}) and "such" not in own


def _other_year(known: Act, act: Act) -> bool:
    """Whether the two are of different years: two editions of one exercise."""
    years = [a.date.edtf[:4] for a in (known, act) if a.date is not None]
    return len(years) == 2 and all(y.isdigit() for y in years) and years[0] != years[1]


def _same_goods(document: Document, known: Act, act: Act) -> bool:
    mine, yours = _nouns(document, known), _nouns(document, act)
    apart = abs(document.sentence_index(known.token.i) - document.sentence_index(act.token.i))
    at_large = (not mine or not yours) and known.item is not None and act.item is not None and apart <= 1
    if at_large and (known.status in _DONE) == (act.status in _DONE):
        return known.money is None or act.money is None  # "military aid" in the one sentence, what it is in the next
    return bool(mine & yours) and not (known.money and act.money and known.money.money != act.money.money)


def is_headline(document: Document, token: int) -> bool:
    """Whether the word stands in a first line that is no sentence, or in one under such lines: without a stop at its end, and not all of the report."""
    own = document.paragraph(token)
    if own >= min(_HEAD, len(document.paragraphs) - 1):
        return False
    lines = (document.words(document.span(*document.paragraphs[k])).rstrip() for k in range(own + 1))
    return all(len(line) < _LONGEST and not line.endswith((".", "!", "?", "”", '"')) for line in lines)


_HEAD = 4
"""So many lines at most stand above the text: sender, place and day, title."""
_LONGEST = 160


def _alike(known: Act, act: Act) -> bool:
    """Whether the parties are the same, or, of what is no visit, those of the one among those of the other."""
    mine, yours = set(known.parties.codes), set(act.parties.codes)
    return mine == yours or (known.kind != "visit" and (mine < yours or yours < mine) and len(mine & yours) > 1)


def _other_visit(document: Document, known: Act, act: Act) -> bool:
    """Whether the two go to different states, or by different people at different times, or one is over and one to come."""
    if known.host and act.host and set(known.host).isdisjoint(act.host):
        return True
    grounds = {a.place.country for a in (known, act) if a.place is not None and a.place.country}
    if len(grounds) > 1:
        return True
    if (known.status in _DONE) == (act.status in _DONE):
        return False
    if is_headline(document, known.token.i):
        return known.status in _DONE and act.status == "proposed"
    return True


def _other_goods(document: Document, known: Act, act: Act) -> bool:
    """Whether different things are given: other sums, or nouns that have no word in common."""
    if known.money is not None and act.money is not None and known.money.money != act.money.money:
        return True
    if _is_count_only(document, act):
        return False  # "it has sent **one**"
    mine, yours = _nouns(document, known), _nouns(document, act)
    counts = _number(document, known), _number(document, act)
    if all(counts) and counts[0] != counts[1] and known.date and act.date and known.date.edtf != act.date.edtf:
        return True  # so many on the one day, so many on the other
    apart = document.sentence_index(known.token.i) != document.sentence_index(act.token.i)
    if apart and counts[0] != counts[1] and all(c.rpartition(" ")[2] in _WEIGHTS for c in counts):
        return True  # 88 tonnes, and 430 tonnes
    if known.kind in _GIVING and _earlier(document, known, act):
        return True
    begun = known.status in _DONE, act.status in _DONE
    if begun[0] != begun[1] and (known.money is None) != (act.money is None):
        return True  # goods that have come, and a sum that is promised
    if mine and yours:
        return mine.isdisjoint(yours)
    sums = known.money is not None and not mine, act.money is not None and not yours
    return apart and sums in {(True, False), (False, True)} and bool(mine or yours)


def _is_count_only(document: Document, act: Act) -> bool:
    """Whether what is given is only counted, not named: "one", "two of them"."""
    tokens = document.tokens_in([act.item[1]]) if act.item is not None else []
    return bool(tokens) and act.money is None and all(t.pos_ in {"NUM", "PRON", "DET", "ADP", "ADJ"} for t in tokens)


_WEIGHTS = {"tonne", "ton", "kilogram", "kilogramme", "kilo", "kg"}
_OLD = 10
"""So many days before the report lies what it recalls, not what it reports."""
_ORDINALS = FIRST_TEN | {"last", "another"}


def _earlier(document: Document, known: Act, act: Act) -> bool:
    """Whether the one is reported as new, without a day, and the other recalled from an earlier time, or they are counted apart ("the third
    plane")."""
    if document.sentence_index(known.token.i) == document.sentence_index(act.token.i):
        return False
    counted = [_ordinal(a) for a in (known, act)]
    if all(counted) and counted[0] != counted[1]:
        return True
    today = (document.report.published_on or "")[:10]
    day = act.date.edtf.partition("/")[2] or act.date.edtf if act.date is not None else ""
    if known.date is not None or not day or len(today) != 10 or not (known.status == act.status == "held"):
        return False
    tokens = document.tokens_in([act.item[1]]) if act.item is not None else []
    if any(t.lower_ in {"the", "these", "those"} for t in tokens[:1]):
        return False
    limit = str(date.fromisoformat(today) - timedelta(days=_OLD))
    return "X" not in day and day < limit[: len(day)]


def _ordinal(act: Act) -> str:
    """The ordinal of what comes or is given ("the **third** plane"), "" for none."""
    heads = [*syntax.agents(act.token), *syntax.objects(act.token)] if act.token.pos_ == "VERB" else [act.token]
    return next((c.lower_ for h in heads for c in h.children if c.dep_ == "amod" and c.lower_ in _ORDINALS), "")


def _nouns(document: Document, act: Act) -> set[str]:
    """What the act is about, by its nouns; words for gifts at large ("aid") are left out."""
    tokens = document.tokens_in([act.item[1]]) if act.item is not None else []
    inside = {t.i for t in tokens}
    head = next((t for t in tokens if t.head.i not in inside), None)
    if head is not None and is_word("fund", head) and not any(t.pos_ == "NOUN" for t in syntax.obliques(head, "of")):
        return set()  # "emergency assistance"
    plain = [t for t in tokens if t.pos_ in {"NOUN", "PROPN"} and document.at(t.i, MoneyMention) is None]
    return {t.lemma_.lower() for t in plain if not is_word("fund", t) and t.lemma_.lower() not in _WEIGHTS}
