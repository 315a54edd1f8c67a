"""Named meeting series, listed, built by the grammar of their names, or seen by the parser, with their edition."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from foedus.lexicon import any_of, load_table, split_forms
from foedus.mentions.model import ForumMention, PartyMention
from foedus.mentions.numbers import ORDINALS, ROMAN, TENS, roman

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.mentions.document import Document

_ORDINALS = dict(ORDINALS)
_ORDINALS |= {f"{ten}-{one}": value + _ORDINALS[one] for ten, value in TENS.items() for one in list(_ORDINALS)[:9]}
_EDITION = (
    r"(?:(?P<number>\d{1,3})(?:st|nd|rd|th)|(?P<word>"
    + "|".join([*sorted(_ORDINALS, key=len, reverse=True), rf"(?-i:{ROMAN.pattern})"])
    + r"))\s+"
)
_OF_THE = (
    r"(?:(?:[Aa]nnual|[Oo]rdinary|[Rr]egular|[Ee]xtraordinary|[Hh]igh-[Ll]evel|[Ii]nter-[Ss]essional)\s+)?(?:(?:(?:[Ss]ummit|[Mm]inisterial)\s+)?"
    r"(?:[Mm]eeting|[Ss]ession|[Rr]ound|[Ee]dition|[Ss]ummit|[Gg]athering)\s+of\s+(?:the\s+)?)?"
)
_PREMODIFIED = re.compile(_EDITION + r"(?i:" + _OF_THE + ")$", re.IGNORECASE)
_HEADS = (
    r"Joint (?:[A-Z][a-z]+ ){0,3}(?:Commission|Committee)|Mixed Commission|"
    r"Strategic (?:and Economic )?Dialogue|Ministerial (?:Meeting|Dialogue|Conference|Council|Forum|Consultations)|Policy Dialogue|Policy Group|"
    r"Inter-?[Gg]overnmental (?:Co(?:mmission|mmittee|nsultations|nference))|Working Group|Summit|Conclave|Security (?:Dialogue|Conference|Forum)|"
    r"Cooperation (?:Council|Commission|Committee|Forum)|Ministers[’']\s+(?:Meeting|Conference|Dialogue|Council)(?:-Plus)?|Economic Dialogue|"
    r"(?:Political|Foreign Office|Border|Staff) Consultations|Binational Commission|Boundary Commission|Rivers Commission|Water Commission|"
    r"Heads of (?:State|Government) (?:Meeting|Summit|Conference)|Leaders[’']\s+(?:Meeting|Retreat|Dialogue)|Leaders Meeting|Cabinet Meeting|"
    r"Council of (?:Foreign|Defence|Defense) Ministers|Ministerial Council|Contact Group|(?:Supply Chain|Defence|Defense|Energy|Maritime|Human Rights|Cyber|Trade|Drug|Climate|Arctic) Dialogue|"  # noqa: E501
    r"Peace (?:Conference|Talks)|Donors?[’']?\s+Conference|Coordination Council|Steering Committee|High[- ]Level (?:Meeting|Forum|Committee)|"
    r"Conference of (?:the )?(?:Heads of (?:State|Government)(?: and (?:of )?Government)?|Foreign Ministers|Parties)|"
    r"(?:Dialogue|Forum|Roundtable|Trilateral|Conference)(?!\s[A-Z])|Binational Cabinet|Joint Cabinet"
)
_WORD = r"(?:(?:[A-Z]\.){2,}|(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z2+][\w’'+]*)"
_GAP = r"(?:\s?[–-]\s?| |\n(?!\n))"
_BRACKET = re.compile(r"\s*\(([A-Z][\w+-]{1,12})\)")
_SESSION_OF = re.compile(r"(?:[Tt]he\s)?(?:[Ss]ession|[Mm]eeting|[Rr]ound|[Ee]dition)\sof\sthe\s")
_PAPER_OF = re.compile(
    r"(?:[\w-]+\s)*?(?:Communiqu[ée]|Statement|Declaration|Minutes|Report|Protocol|Conclusions)\s(?:[\w-]+\s){0,3}?(?:on|of|at|from)\s(?:the\s)?"
    r"(?:(?:[\w-]+\s)?(?:Session|Meeting|Round)\sof\s(?:the\s)?)?(?=\S)"
)
"""The paper of a session before its name: "**Joint Communiqué on the Inaugural Session of the** Norland - Sutland Commission"."""
_MATTER = rf"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b){_WORD}"
_TAIL = (
    rf"(?:(?<=ission|mittee|erence|alogue|ouncil)|(?<=Group))"
    rf"\s(?:for|on)\s(?:the\s)?{_MATTER}(?:(?:,\s{_MATTER}){{1,4}},?\sand\s{_MATTER}(?:\s{_MATTER}){{0,2}}|(?:\s(?:and\s)?{_MATTER}){{0,4}})"
)
"""What a body is for, as part of its name: "Joint Commission **for Cooperation**", "Joint Committee **on Trade and Investment**"."""
_ORDINAL = "|".join(sorted({word.split("-")[0] for word in _ORDINALS}))
_FIRST = (
    r"(?=[A-Z0-9+]|\d|(?i:annual|ordinary|regular|extraordinary|high-|inter-|summit|ministerial|meeting|session|round|edition|gathering"
    rf"|{_ORDINAL}))"
)
"""What every name begins with, with what goes before it; tried first, since most letters begin none."""
_GRAMMAR = re.compile(
    rf"{_FIRST}(?i:\b{_EDITION})?(?:{_OF_THE})"
    rf"(?P<name>(?!The\s|Its\s|Their\s|This\s|Our\s|A\s)(?:{_WORD}{_GAP}(?:(?:and|of|on)\s(?:the\s)?){{0,1}}){{0,7}}(?:{_HEADS})(?:{_TAIL})?)\b"
)
_HEAD = re.compile(_HEADS)
"""What a name by its grammar ends with; most reports have none."""
_SMALL_FIRST = rf"(?=[A-Z0-9+]|\d|(?i:{_ORDINAL}))"
_SMALL = re.compile(
    rf"{_SMALL_FIRST}(?i:\b{_EDITION})?(?P<name>(?!The\s)(?:{_WORD}{_GAP}){{1,6}}(?:[Ff]oreign |[Dd]efen[cs]e |[Ff]inance |[Tt]rade |[Ee]nergy |[Ii]nterior )?"
    r"(?:(?:leaders|ministers|heads of state|chiefs)[’']?\s)?(?:summit|ministerial(?: meeting| council| conference)?|ministers[’']? meeting))\b"
)
"""A series under a name in small letters ("the CIS summit"): only after an organisation or a listed series."""
_SMALL_HEAD = re.compile(r"summit|ministerial|ministers[’']? meeting")
"""What such a series has in it; most reports have none."""
_BY_GRAMMAR = ((_GRAMMAR, _HEAD, re.compile(_FIRST)), (_SMALL, _SMALL_HEAD, re.compile(_SMALL_FIRST)))
_TO_LAST_STOP = re.compile(r"(?s:.*)(?:[^\w’'+.\s–-]|(?<![A-Z])\.)")
"""Up to the last mark that no name has before its end."""


class _Name(NamedTuple):
    start: int
    end: int
    name: str
    edition: int | None
    code: str | None
    members: tuple[str, ...]


@cache
def _listed() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    forms = {form: row for row in load_table("forums") for form in split_forms(row["forms"])}
    pattern = any_of(sorted(forms, key=len, reverse=True)).replace("'", "[’']")
    first = "".join(sorted({re.escape(form[0]) for form in forms}))
    return re.compile(rf"(?=[{first}])(?<![\w-]){pattern}(?![\w]|-[A-Z])"), forms


def find_forums(document: Document) -> list[ForumMention]:
    """Every named meeting series with its edition, in text order; a name and its acronym in brackets are one mention.

    Listed names first, then names by their grammar ("X–Y Joint Commission"), then what the parser marks as a forum. A name that
    is not listed takes code and members from the listed series or the organisation inside it.
    """
    found: list[_Name] = []
    for candidate in [*_by_list(document), *_by_grammar(document), *_by_parser(document)]:
        clash = [k for k, m in enumerate(found) if m.start < candidate.end and candidate.start < m.end]
        if not clash:
            found.append(candidate)
        elif all(_swallows(candidate, found[k]) for k in clash):
            found = [m for k, m in enumerate(found) if k not in clash] + [candidate]
    for candidate in _by_acronym(document, found):
        if all(m.end <= candidate.start or candidate.end <= m.start for m in found):
            found.append(candidate)
    mentions = [m for name in found if (m := _mention(document, document.starts, name)) is not None]
    return sorted(mentions, key=lambda m: m.start)


def _swallows(new: _Name, old: _Name) -> bool:
    """Whether a longer name holds a bare listed one ("Quad" in "Quad Foreign Ministers' Meeting"): then it is the mention."""
    return new.start <= old.start and new.end > old.end and " " not in old.name.replace("-", " ")


def _by_list(document: Document) -> list[_Name]:
    text, found = document.report.text, list[_Name]()
    pattern, forms = _listed()
    named = {m.code for m in document.mentions if isinstance(m, PartyMention)}
    for match in pattern.finditer(text):
        row = forms[match.group().replace("’", "'")]
        start, end = match.span()
        bracket = re.compile(r"\s*\(([A-Z][\w+-]+)\)").match(text, end)
        if bracket and bracket[1] in forms:
            row = forms[bracket[1]]
            end = bracket.end()
        edition, start = _edition(text, start)
        members = tuple(split_forms(row["members"]))
        if not row["code"] and not named & set(members):
            members = ()  # "the Bilateral Consultation Mechanism" of two others
        found.append(_Name(start, end, row["name"], edition, row["code"] or None, members))
    return found


def _by_grammar(document: Document) -> list[_Name]:
    text, found = _titled(document.report.text), list[_Name]()
    for pattern, head, first in _BY_GRAMMAR:
        for match in _ending_with(text, pattern, head, first):
            paper = _PAPER_OF.match(text, match.start(), match.end())
            start, begins = (paper.end(), paper.end()) if paper is not None else (match.start(), match.start("name"))
            name = " ".join(text[begins : match.end("name")].split())
            if " " not in name:
                continue
            code, members = _inside(document, begins, match.end("name"))
            if pattern is _SMALL and not code and not members:
                continue
            bracket = _BRACKET.match(text, match.end())
            edition = _number(match["number"], match["word"])
            found.append(
                _Name(
                    start,
                    match.end(),
                    bracket[1] if bracket and bracket[1] in _listed()[1] else name,
                    edition,
                    code,
                    members,
                )
            )
    return found


def _ending_with(
    text: str, pattern: re.Pattern[str], head: re.Pattern[str], first: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """The matches of `pattern`, in text order, as `finditer` gives them: it is tried only where one of its `first` letters
    stands before one of its heads."""
    done = 0
    for end in head.finditer(text):
        stop = _TO_LAST_STOP.match(text, done, end.start())
        low, high = max(done, stop.end() if stop is not None else 0), end.end()
        for place in first.finditer(text, low, high):
            if place.start() >= done and (match := pattern.match(text, place.start())) is not None:
                done = match.end()
                yield match
        done = max(done, high)


def _titled(text: str) -> str:
    """The text with its lines in capitals written as titles, of the same length."""
    lines = [_title(line) if line.isupper() and len(line) > 20 else line for line in text.split("\n")]
    return "\n".join(lines)


def _title(line: str) -> str:
    title = re.sub(r"\b(Of|The|And|On|For|Th|Nd|St|Rd)\b", lambda m: m[1].lower(), line.title())
    title = re.sub(r"(\d)(Th|Nd|St|Rd)\b", lambda m: m[1] + m[2].lower(), title)
    return title if len(title) == len(line) else line


_HEAD_WORDS = {"summit", "forum", "conference", "dialogue", "meeting", "council", "commission", "committee", "conclave", "consultations", "assembly",
               "format", "process", "talks", "group", "session", "retreat", "partnership", "initiative", "platform", "congress", "ministerial"}  # fmt: skip


def _by_parser(document: Document) -> list[_Name]:
    """Names that the parser marks as forums: with a capital, of two words at least, with a word for a meeting among them."""
    text, found = document.report.text, list[_Name]()
    for span in document.doc.ents:
        words = {t.lower_ for t in span}
        if (
            span.label_ != "FORUM"
            or len(span) < 2
            or not words & _HEAD_WORDS
            or not any(t.is_title or t.is_upper for t in span)
        ):
            continue
        edition, start = _edition(text, span.start_char)
        inside = re.match(_EDITION, text[span.start_char : span.end_char], re.IGNORECASE)
        head = span.start_char
        if inside and edition is None:
            edition, head = _number(inside["number"], inside["word"]), span.start_char + inside.end()
        held = _SESSION_OF.match(text, head, span.end_char)
        if held is not None:
            head = held.end()
        end = head + len(text[head : span.end_char].rstrip("( "))
        if (town := _IN_TOWN.search(text, head, end)) is not None and town[1] not in _PARTS:
            end = town.start()
        name = " ".join(text[head:end].split())
        if name.startswith(("the ", "The ")):
            name = name[4:]
        if name.split()[-1].lower() in {"of", "the", "and", "for", "on"}:
            continue  # "Ministerial Session of the", cut before the forum whose session it is
        code, members = _inside(document, head, end)
        found.append(_Name(start, end, name, edition, code, members))
    return found


_IN_TOWN = re.compile(r"\s+in\s+([A-ZÀ-Þ]\w+)$")
"""Where a session is, at the end of its name: "Summit of the Group **in Norville**"."""
_PARTS = {"Europe", "Asia", "Africa", "America", "Americas", "Oceania", "Eurasia"}


def _by_acronym(document: Document, found: list[_Name]) -> list[_Name]:
    """The same series again under the acronym that stood in brackets behind its name ("the JCC session")."""
    text, again = document.report.text, list[_Name]()
    for one in {m.name: m for m in found}.values():
        bracket = _BRACKET.match(text, one.end)
        if bracket is None or bracket[1] in _listed()[1] or not bracket[1].isupper():
            continue
        for match in re.finditer(rf"(?<![\w(]){re.escape(bracket[1])}(?![\w)])", text):
            edition, start = _edition(text, match.start())
            again.append(one._replace(start=start, end=match.end(), edition=edition))
    return again


def _inside(document: Document, start: int, end: int) -> tuple[str | None, tuple[str, ...]]:
    """Code and members of the listed series, else the code of the only party, that a name holds, when that is an organisation."""
    pattern, forms = _listed()
    match = pattern.search(document.report.text, start, end)
    row = forms[match.group().replace("’", "'")] if match is not None else None
    if row is not None and (row["code"] or row["members"]):
        return row["code"] or None, tuple(split_forms(row["members"]))
    parties = [m for m in document.mentions if isinstance(m, PartyMention) and start <= m.start and m.end <= end]
    if parties and all(m.form == "organisation" for m in parties):
        codes = sorted({m.code for m in parties})
        return (codes[0], ()) if len(codes) == 1 else (None, tuple(codes))
    return None, ()


def _number(digits: str | None, word: str | None) -> int | None:
    """The edition; "first" is none, as in "the first summit since the war"."""
    if (word or "").lower() == "first":
        return None
    return int(digits) if digits else _ORDINALS.get((word or "").lower()) or roman(word or "")


def _edition(text: str, start: int) -> tuple[int | None, int]:
    before = _PREMODIFIED.search(text, max(0, start - 60), start)
    if not before:
        return None, start
    return _number(before["number"], before["word"]), before.start()


def _mention(document: Document, starts: list[int], name: _Name) -> ForumMention | None:
    first, last = bisect_right(starts, name.start) - 1, bisect_left(starts, name.end)
    if not 0 <= first < last:
        return None
    occasion = f"{_ordinal(name.edition)} {name.name}" if name.edition else name.name
    root = document.doc[first:last].root.i
    return ForumMention(
        name.start, name.end, first, last, root, name=name.name, edition=name.edition, occasion=occasion, code=name.code, members=name.members
    )  # fmt: skip


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
