"""The clause that says what is undertaken: its acts, where it begins and ends, whether its verb is meant as fact."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from foedus.extract.commitments_frames import Binding, is_word
from foedus.language import syntax
from foedus.mentions.model import DateMention

if TYPE_CHECKING:
    from foedus.language.doc import Doc, Token
    from foedus.mentions import Document
    from foedus.mentions.model import Parties
    from foedus.record import Firmness


def acts_of(clause: Token) -> list[Token]:
    """The clause and those coordinated with it that repeat "to", "that", "will" or have a subject: each is its own act."""
    found = [clause]
    for token in clause.children:
        if token.dep_ == "conj" and token.pos_ == "VERB":
            marked = any((c.lower_ in {"to", "that"} and c.dep_ == "mark") or c.dep_ == "aux" for c in token.children)
            if (marked or syntax.own_subjects(token)) and not _is_excepted(token):
                found += acts_of(token)
        elif token.dep_ in {"advcl", "xcomp"} and token.i > clause.i and gapped_subject(token) is not None:
            found += acts_of(token)
    return found


def _is_excepted(act: Token) -> bool:
    """ "To let aid through **but not to stop** firing": what is not undertaken."""
    words = {c.lower_ for c in act.children if c.i < act.i}
    return {"but", "not", "to"} <= words


_LONGEST_SOURCE = 8


def gapped_subject(act: Token) -> Token | None:
    """The name before the "to" of a clause whose verb is left out: "A agreed to pay, and **B** to build"; None elsewhere."""
    to = next((c for c in act.children if c.lower_ == "to" and c.dep_ in {"mark", "aux"} and c.i < act.i), None)
    if to is None or to.i < 3:
        return None
    name, link, comma = (act.doc[to.i - k] for k in (1, 2, 3))
    return name if name.pos_ == "PROPN" and link.lower_ in {"and", "while"} and comma.text == "," else None


def made(
    document: Document, by: Parties, act: Token, cue: Token, firmness: Firmness, rank: int, *, clause: bool = False
) -> Binding:
    """The undertaking whose verb is `act`: from its "to" (its subject, when `clause`) to the end of its own clause."""
    low, high = document.sentence(act.i)
    marks = [c.i for c in act.children if c.dep_ in {"mark", "aux", "cop"} and c.i < act.i and c.i > cue.i]
    subjects = [c.left_edge.i for c in syntax.own_subjects(act) if c.left_edge.i < act.i] if clause else []
    first = min([act.i, *marks, *subjects])
    if first - 1 > cue.i and document.doc[first - 1].lower_ in {"not", "never"}:
        first -= 1  # "vowed not to …"
    while first < act.i and document.doc[first].lower_ in {"that", ",", "which", "who", "of"}:
        first += 1
    if document.dateline is not None:
        while first < act.i and document.doc[first].idx < document.dateline.end:
            first += 1
    first = max([first, *(t.i + 1 for t in document.doc[first : act.i] if t.text == ";")])
    last = act.right_edge.i + 1
    if last == act.i + 1 and last < high and document.doc[last].tag_ == "VBG" and document.doc[last].head is act.head:
        last = document.doc[last].right_edge.i + 1  # "vowed to continue **helping** …", whatever the parse hangs it on
    for token in acts_of(act)[1:]:
        before = gapped_subject(token)
        last = min(last, max(act.i + 1, token.left_edge.i if before is None else before.i - 1))
    excepted = [t.left_edge.i for t in act.children if t.dep_ == "conj" and _is_excepted(t)]
    last = min([last, *(at for at in excepted if at > act.i)])
    last = end_of(document, act, act.i, _before_source(document, act, min(last, high)))
    return Binding(by, max(low, first), _with_day(document, last, high), act, cue, firmness, rank)


def _with_day(document: Document, last: int, high: int) -> int:
    """`last`, or the end of a day that follows at once ("… out of the zone **by March 14**"), whatever the parse hangs it on."""
    if last + 1 >= high or document.doc[last].lower_ not in {"by", "before", "until", "till"}:
        return last
    date = next((d for d in document.within(last + 1, high, DateMention) if d.first <= last + 2), None)
    return date.last if date is not None and date.role in {"by", "before", "until", "at"} else last


def _before_source(document: Document, act: Token, last: int) -> int:
    """`last`, or where the source begins that the parse counts to the clause ("will lend ten boats, **the agency KUNA** said")."""
    doc = document.doc
    say = doc[last] if last < len(doc) else None
    if say is None or say.lemma_ not in {"say", "report", "announce", "add"} or say.tag_ not in {"VBD", "VBZ"}:
        return last
    commas = [t.i for t in doc[act.i + 1 : last] if t.text == "," and last - t.i < _LONGEST_SOURCE]
    return commas[-1] if commas else last


def end_of(document: Document, act: Token, first: int, last: int) -> int:
    """Where the words from `first` end at the latest at `last`: before ";", a loose clause, outer punctuation."""
    doc = document.doc
    for token in doc[act.i + 1 : last]:
        if token.lower_ == "according" and token.i + 1 < last and doc[token.i + 1].lower_ == "to":
            last = token.i
            break
        if token.tag_ == "VBG" and token.lemma_ in {"say", "add"} and doc[token.i - 1].text == ",":
            last = token.i - 1
            break
        if token.text == "," and _is_of_telling(doc, token.i + 1, last):
            last = token.i
            break
        if token.text == "," and _is_of_before(token, last):
            last = token.i
            break
        if token.lower_ in {"while", "whereas"} and token.dep_ == "mark" and syntax.own_subjects(token.head):
            last = token.i
            break
        if token.text in {";", "•"} or (token.dep_ == "parataxis" and token.head.i == act.i and token.i > act.i):
            last = token.i if token.text in {";", "•"} else max(act.i + 1, token.left_edge.i)
            break
    while last - 1 > first and (doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].dep_ == "cc"):
        if doc[last - 1].text in {")", "”", '"', "’"}:
            break
        last -= 1
    return last


_TELLING = {"at", "during", "in", "after", "following", "on"}


def _is_of_telling(doc: Doc, first: int, last: int) -> bool:
    """Whether the words behind a comma say when or where the word was given: "…, at the end of a summit in Rome", "…, in a speech on Monday"."""
    if first >= last or doc[first].lower_ not in _TELLING:
        return False
    noun = doc[first].head
    while noun.dep_ in {"case", "fixed"}:
        noun = noun.head
    whole = [noun, *syntax.obliques(noun, "of")]
    end = any(t.lower_ in {"end", "close", "conclusion", "margins", "sidelines", "opening"} for t in whole)
    return noun.i > first and (end or any(is_word("telling", t) for t in whole))


def _is_of_before(comma: Token, last: int) -> bool:
    """Whether the words behind the comma tell what had happened: "…, six days after the army rose", "…, where the army rose a week ago"."""
    words = list(comma.doc[comma.i + 1 : last])
    for word in words[:4]:
        if word.lower_ == "after":
            return True
        if word.pos_ not in {"NUM", "NOUN", "DET", "ADV"}:
            break
    clause = (w for w in words if w.dep_ == "acl:relcl" and w.tag_ == "VBD" and w.left_edge.i - comma.i in {0, 1})
    return any(c.lower_ in {"where", "who"} and c.i < verb.i for verb in clause for c in verb.children)


def opens_point(document: Document, verb: Token) -> bool:
    """Whether `verb` is the first word of a point in a list ("• agreed to …", "2) agree to …")."""
    place = document.paragraph(verb.i)
    first = document.paragraphs[place][0] if document.paragraphs else 0
    starts = (first, document.sentence(verb.i)[0], _line_start(document, verb.i))
    return any(
        low < verb.i <= low + 3
        and document.doc[low].text[0] in "•-–*·◦0123456789(□"
        and all(t.is_punct or t.like_num or t.is_space or t.text in "•-–*·◦□" for t in document.doc[low : verb.i])
        for low in starts
    ) or any(low < verb.i <= low + 3 and _is_letter(document, low, verb.i) for low in starts)


_LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|[A-Z])[.)]", re.ASCII)


def _is_letter(document: Document, low: int, at: int) -> bool:
    """Whether the tokens [low, at) are the letter or Roman number of a point ("a)", "(iv)", "B.")."""
    return _LETTER.fullmatch("".join(t.text for t in document.doc[low:at])) is not None


def _line_start(document: Document, at: int) -> int:
    """The first token of the line that the one at `at` stands in."""
    kept: list[int] = document.notes.setdefault("commitments: starts of lines", [])  # type: ignore[assignment]
    if not kept:
        kept += [0, *(t.i + 1 for t in document.doc.tokens if t.is_space and "\n" in t.text)]
    return kept[bisect_right(kept, at) - 1]


_ASKING = {"if", "whether", "how", "when", "where", "why", "what"}


def is_asked(clause: Token) -> bool:
    """Whether the clause asks ("whether to ratify", "what they will do") or sets a condition."""
    asking = (
        c for c in clause.children if c.i < clause.i and c.dep_ in {"advmod", "mark", "obj", "obl", "ccomp", "nsubj"}
    )
    inner = clause.dep_ in {"ccomp", "xcomp", "csubj", "csubj:pass", "acl", "obl", "nmod", "appos"}
    words = _ASKING | {"which", "who"} if inner else _ASKING - {"when", "where"}
    return any(c.left_edge.lower_ in words for c in asking)


def is_gap(clause: Token) -> bool:
    """Whether a clause says nothing without the noun that it describes: "the pact it has vowed to ignore", "what they will do"."""
    at = clause
    while at.dep_ in {"xcomp", "ccomp", "conj"}:
        at = at.head
    own = [c for c in at.children if c.tag_ in {"WDT", "WP"} and c.i < at.i]
    below = [c for c in clause.children if c.i > clause.i and not c.is_punct]
    return bool(own) and at.dep_ in {"acl:relcl", "csubj"} and not any(c.dep_ == "nsubj" for c in own) and not below


def is_unreal(document: Document, verb: Token) -> bool:
    """Whether the binding verb is negated, conditional, asked for or itself only possible."""
    if verb.pos_ == "VERB" and verb.tag_ != "VB" and document.modality(verb).kind in {"negated", "hypothetical"}:
        return True  # "nothing has been agreed", "agreed to nothing"
    had = {"'d", "’d"} if verb.tag_ == "VBN" else set()  # "they'd agreed"
    if any(c.dep_ in {"aux", "advmod", "mark"} and is_word("unreal", c) and c.lower_ not in had for c in verb.children):
        return True
    if verb.dep_ in {"xcomp", "advcl", "acl"} and verb.tag_ == "VB":
        return not (verb.dep_ in {"xcomp", "advcl"} and is_word("glad", verb.head) and verb.head.dep_ != "conj")
    if verb.tag_ != "VB" or verb.dep_ == "conj" or opens_point(document, verb):
        return False
    return not any(c.dep_ == "aux" and c.lemma_.lower() in {"do", "have"} for c in verb.children)


_OUTER = {'"', "“", "”", ","}


def cut(document: Document, one: Binding, spans: tuple[tuple[int, int], ...]) -> None:
    """Keep the undertaking within the words, quoted or reported, in which its verb stands."""
    doc = document.doc
    for a, b in spans:
        if a <= one.act.idx < b:
            while one.last - 1 > one.act.i and (doc[one.last - 1].idx >= b or doc[one.last - 1].text in _OUTER):
                one.last -= 1
            while one.first < one.act.i and (doc[one.first].idx < a or doc[one.first].text in _OUTER):
                one.first += 1


def has_to(clause: Token) -> bool:
    """Whether the clause is an infinitive with its "to"."""
    return any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in clause.children)
