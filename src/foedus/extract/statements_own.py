"""Documents that speak for themselves: "We, the Presidents of …", "Statement by Ambassador X", "The Ministers:" over a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from foedus.extract.agreements_focus import main_pair
from foedus.extract.statements_frames import in_list
from foedus.extract.statements_inserted import trim
from foedus.extract.statements_listed import is_plural_office, speak_together
from foedus.extract.statements_said import Said
from foedus.extract.statements_speaker import SEVERAL, Speaker, of_parties, speaker_of
from foedus.mentions.model import OfficeMention, PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.extract.statements_set_off import Setting
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Span

_HEADINGS = 4
"""So many paragraphs at the head may say whose words follow."""
_LONGEST = 60
"""Tokens of a heading at most."""
_FIRST_PERSON = {"we", "our", "us", "i", "my"}
_TEXTS = {"statement", "communiqué", "communique", "declaration", "remarks", "speech", "address", "message", "explanation", "intervention"}  # fmt: skip
_BY = {"by", "from", "of"}
_TOPIC = {"on", "at", "about", "to", "regarding", "during", "after", "following", "ahead", "concerning", "in"}
"""Words behind which a heading no longer says who speaks."""
_ITEM = re.compile(r"\s*(?:[-–—•*·▪●○]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+")
"""The number or mark of a paragraph or an entry of a list."""
_CLOSED = {".", "!", "?", "”", '"', ";", ")"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}


def find_own(setting: Setting) -> None:
    """Add to `setting.found` what a document says in its own words, and the entries of lists under "The Ministers:"."""
    for k, (a, b) in enumerate(setting.document.paragraphs[:-1]):
        if b - a <= _LONGEST and setting.document.doc[b - 1].text == ":":
            _list(setting, k)
    _first_person(setting)


# -- the first person -------------------------------------------------------------------------------------------------


def _first_person(setting: Setting) -> None:
    """The paragraphs in the first person of a text whose heading names its speaker.

    A numbered paragraph is a statement of its own; those without a number that follow one another are one.
    """
    document = setting.document
    if (heading := _heading(document)) is None:
        return
    speaker, begin = heading
    last = -1
    for k, (a, b) in enumerate(document.paragraphs):
        if k < begin or not _spoken(document, a, b, _report_quotes(setting, a, b)):
            continue
        first = _behind_mark(document, a)
        span = _without_marks(document, document.span(first, b))
        before = setting.found[-1] if setting.found else None
        if first == a and last == k - 1 and before is not None and before.speaker is speaker:
            before.spans.append(span)
            before.closed = b
        else:
            setting.found.append(Said([span], "direct", speaker, k, None, [(a, a)], b))
        last = k if first == a else -1


def _without_marks(document: Document, span: Span) -> Span:
    """The paragraph inside its quotation marks, where one quotation is all of it."""
    inner = next(((a, b) for a, b in document.quotes if span[0] < a <= span[0] + 2 and b >= span[1] - 2), None)
    return inner or span


def _report_quotes(setting: Setting, first: int, last: int) -> set[int]:
    """The tokens between marks in a paragraph that are others' words: none where the text itself stands between marks, unattributed."""
    document = setting.document
    words = [t.i for t in document.doc[first:last] if not t.is_space and not t.is_punct]
    low, high = document.span(first, last)
    if not all(i in setting.inside for i in words):
        return setting.inside
    return setting.inside if any(a < high and low < b for s in setting.found for a, b in s.spans) else set()


def _spoken(document: Document, first: int, last: int, inside: set[int]) -> bool:
    """Whether "we" or "I" speaks in the tokens, in sentences and outside quotation marks."""
    doc = document.doc
    if doc[last - 1].text not in _CLOSED or not any(t.tag_ in _FINITE for t in doc[first:last]):
        return False
    said = [t for t in doc[first:last] if t.lower_ in _FIRST_PERSON and t.i not in inside]
    return any(t.text == "I" or not t.text.isupper() for t in said)


def _behind_mark(document: Document, first: int) -> int:
    """The token behind the number or mark of a paragraph; `first` when it has none."""
    doc = document.doc
    match = _ITEM.match(document.report.text, doc[first].idx)
    while match is not None and first < len(doc) - 1 and doc[first].idx < match.end():
        first += 1
    return first


def _heading(document: Document) -> tuple[Speaker, int] | None:
    """Who speaks by the heading, and the first paragraph of the text under it; None for a text without such a heading."""
    doc = document.doc
    for k, (a, b) in enumerate(document.paragraphs[:_HEADINGS]):
        start = _behind_mark(document, a)
        if doc[start].lower_ in {"we", "i"} and start + 2 < b and doc[start + 1].text in {",", "—", "–"}:
            end = next((t.i for t in doc[start + 2 : b] if t.tag_ in _FINITE), b)
            speaker = _named(document, start + 2, end)
            return (speaker, k) if speaker is not None else None
        if b - a > _LONGEST or any(t.tag_ in _FINITE and t.pos_ in {"VERB", "AUX"} for t in doc[a:b]):
            continue
        noun = next((t for t in doc[a:b] if t.lower_ in _TEXTS), None)
        if noun is None:
            continue
        by = next((t.i for t in doc[noun.i + 1 : min(noun.i + 5, b)] if t.lower_ in _BY), -1)
        if 0 < by == b - 1 and k + 1 < len(document.paragraphs):  # "Remarks by" alone in its line
            a, b = document.paragraphs[k + 1]
            by, k = a - 1, k + 1
        speaker = _named(document, by + 1, b) if by > 0 else _owner(document, noun, a) or _joint(document, noun, a, b)
        if speaker is not None:
            return (speaker if speaker.someone else _under(document, speaker, k) or speaker), k + 1
    return None


def _owner(document: Document, noun: Token, first: int) -> Speaker | None:
    """Whose speech a heading calls it by the name in front ("Foreign Minister X's **remarks** at the summit")."""
    end = noun.i - (document.doc[noun.i - 1].text in {"'s", "’s", "'", "’"})
    person = next(
        (m for m in document.within(first, noun.i, PersonMention) if m.last == end and m.form == "name"), None
    )
    if person is None:
        return None
    return Speaker(
        [person.person.record()], [person.span, *person.person.evidence()], person.first, person.last, (person.person,)
    )


def _under(document: Document, speaker: Speaker, k: int) -> Speaker | None:
    """The one person whose name is a line of its own under a heading that gives only the office of the speaker."""
    for a, b in document.paragraphs[k + 1 : k + 1 + _NAME_LINES]:
        people = document.within(a, b, PersonMention)
        if len(people) != 1 or b - a > _NAME_LINE or people[0].form != "name":
            continue
        one = people[0].person
        if one.party is None or one.party == speaker.persons[0].party:
            record = msgspec.structs.replace(
                one.record(), party=speaker.persons[0].party, office=one.office or speaker.persons[0].name
            )
            spans = [people[0].span, *one.evidence(), *speaker.spans]
            return Speaker([record], spans, people[0].first, people[0].last, (one,))
    return None


_NAME_LINES, _NAME_LINE = 2, 8
"""Lines under a heading in which its speaker may be named, and the tokens of such a line at most."""


def _named(document: Document, first: int, last: int) -> Speaker | None:
    """The persons, holders of offices or bodies that a heading names in tokens [first, last)."""
    doc = document.doc
    last = next((t.i for t in doc[first:last] if t.lower_ in _TOPIC and t.i > first + 1), last)
    people = [m for m in document.within(first, last, PersonMention) if m.form == "name"]
    plural = next((t for t in doc[first:last] if is_plural_office(t)), None)
    if plural is not None and (not people or people[0].first > plural.i + 1):
        together = speak_together(document, plural)
        if together is not None:
            return together
    if people:
        spans = [s for m in people for s in (m.span, *m.person.evidence())]
        someone = tuple({id(m.person): m.person for m in people}.values())
        return Speaker([p.record() for p in someone], spans, people[0].first, people[-1].last, someone)
    named = [
        m
        for m in document.mentions
        if first <= m.first and m.last <= last and isinstance(m, OfficeMention | PartyMention)
    ]
    if not named:
        return None
    speaker = speaker_of(document, doc[named[0].root], first, last)
    return speaker if speaker is not None and speaker.persons[0].party is not None else None


def _joint(document: Document, noun: Token, first: int, last: int) -> Speaker | None:
    """The parties of a text whose heading calls it joint: those that it names, else the two that the report is about."""
    if not any(t.lower_ == "joint" for t in document.doc[first : noun.i]):
        return None
    named = list({m.code: m for m in document.within(first, last, PartyMention)})
    if len(named) > 1:
        return of_parties(document, named, noun)
    pair = main_pair(document)
    return of_parties(document, pair.codes, noun) if pair else None


# -- lists --------------------------------------------------------------------------------------------------------------


def _list(setting: Setting, k: int) -> None:
    """The entries under a line that ends in a colon behind those who speak ("The Ministers:", then "welcomed …;")."""
    document, doc = setting.document, setting.document.doc
    a, b = document.paragraphs[k]
    speaker: Speaker | None = None
    for n, (c, d) in enumerate(document.paragraphs[k + 1 :], k + 1):
        first = _behind_mark(document, c)
        while first < d - 1 and doc[first].tag_ == "RB" and in_list(document, first, d) is None:
            first += 1
        found = in_list(document, first, d)
        if found is None and first == c and doc[d - 1].text != ";":
            break
        if n == k + 1 and (speaker := _leading(setting, k)) is None:
            break
        if found is None or speaker is None:
            continue
        start, act = found
        piece = trim(document, start, d)
        if piece is None:
            continue
        while piece[1] - 1 > piece[0] and doc[piece[1] - 1].lower_ in {";", "and", ","}:
            piece = (piece[0], piece[1] - 1)
        mode = "mixed" if any(i in setting.inside for i in range(*piece)) else "indirect"
        said = Said([document.span(*piece)], mode, speaker, n, doc[first], [(a, b)])  # type: ignore[arg-type]
        said.act, said.cues = act, ((first, start),)
        setting.found.append(said)


_PAIR = 2


def _leading(setting: Setting, k: int) -> Speaker | None:
    """Those with whose naming the line over a list, paragraph `k`, ends; None when a verb follows them or nobody is named."""
    document, doc = setting.document, setting.document.doc
    first, last = document.paragraphs[k]
    verb = next((t.i for t in reversed(doc[first:last]) if t.tag_ in _FINITE), first - 1)
    heads = [t for t in doc[max(first, verb + 1) : last] if is_plural_office(t) or t.lower_ in SEVERAL]
    people = document.within(max(first, verb + 1), last, PersonMention)
    named = heads[0] if heads else doc[people[-1].root] if people else None
    speaker = setting.speaker(named, None, (first, last)) if named is not None else None
    if heads and speaker is not None and speaker.persons[0].party is None:
        before = document.parties_in(*document.paragraphs[k - 1]) if k else None
        pair = before if before is not None and len(before.codes) == _PAIR else main_pair(document)
        speaker = of_parties(document, pair.codes, heads[0]) if pair else None
    return speaker if speaker is not None and (speaker.someone or speaker.persons[0].party) else None
