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
    from foedus.language.doc import Token
    from foedus.mentions import Document

_TOWARDS = {"to", "for", "against", "toward", "towards"}
_DUE = {"by": 0, "before": 1, "until": 2, "at": 3}
_NOT_GIVEN = (
    r"(?<!as provided)(?<!is provided)(?<!be provided)(?<!provided(?= (?:in|by|for|under|with|to|from|through)\b))"
    r"(?! (?:possible|practicable|feasible)\b)"
)
"""Behind "provided", what makes it no condition: "as provided in Article 2", "aid provided by a bank", "as soon as possible"."""
_NEAR = 8
_SHORT = 4
_PASSED = re.compile(r"\d{4}")


@cache
def _conditions() -> re.Pattern[str]:
    forms = sorted(frames()["condition"], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")\b" + _NOT_GIVEN, re.IGNORECASE)


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
        return
    for clause in syntax.children(binding.act, "advcl"):  # "If the bank agrees, X will …"
        last = clause.right_edge.i + (not clause.right_edge.is_punct)
        span = document.span(clause.left_edge.i, max(last, clause.i + 1))
        if clause.right_edge.i < binding.first and _conditions().match(document.report.text, *span):
            draft.put("condition", document.words(span), span)


def _to(document: Document, draft: Draft, binding: Binding) -> None:
    own = set(binding.by.codes)
    found: list[tuple[str, tuple[int, int]]] = []
    for act in _chain(binding.act):
        for child in act.children:
            if binding.first <= child.i < binding.last:
                found += _meant(document, act, child, binding)
    for mention in document.within(binding.first, binding.last, PartyMention):
        name = syntax.preposition(document.doc[mention.root])
        meant = name == "for" and is_word("fund", document.doc[mention.root].head)
        if not only_describes(document, mention) and (meant or name in {"to", "toward", "towards"}):
            found.append((mention.code, mention.span))
    found += _promised_to(document, binding)
    sums = document.within(binding.first, binding.last, MoneyMention)
    found = [f for f in found if f[0] not in own and not any(_is_of_sum(document, f[1], m) for m in sums)]
    codes = {code for code, _ in found}
    if codes and len(codes) <= 4:
        draft.put("to", tuple(sorted(codes)), *(span for _, span in found))


def _is_of_sum(document: Document, name: tuple[int, int], money: MoneyMention) -> bool:
    """Whether the name only says which dollars are meant ("**US** $3 million"), not who gets them ("the US $3 million")."""
    text = document.report.text
    short = text[name[0] : name[1]].replace(".", "").isupper() and name[1] - name[0] <= _SHORT
    before = short and name[1] <= money.start and not text[name[1] : money.start].strip()
    return money.start <= name[0] < money.end or (before and not text[: name[0]].lower().endswith("the "))


def _promised_to(document: Document, binding: Binding) -> list[tuple[str, tuple[int, int]]]:
    """Whom a promise is made to: "Norland was promised ten boats", "met Norland's minister and promised it ten boats"."""
    verb, found = binding.cue, []
    if verb.pos_ != "VERB":
        return []
    if syntax.is_passive(verb) and syntax.children(verb, "obj"):
        there = document.parties_at(syntax.children(verb, "nsubj:pass"))
        found += [(code, span) for code in there.codes for span in there.spans] if len(there.codes) == 1 else []
    for child in syntax.children(verb, "iobj"):
        there = document.party_of(child)
        found += [(code, span) for code in there.codes for span in there.spans if child.pos_ == "PROPN"]
    for child in syntax.children(verb, "iobj", "obj"):
        if child.lower_ == "it" and child.i > verb.i and not document.party_of(child).codes:
            before = document.within(document.sentence(verb.i)[0], verb.i, PartyMention)
            named = [m for m in before if m.code not in binding.by.codes]
            found += [(m.code, m.span) for m in named[-1:]]
    return found


def _chain(act: Token) -> list[Token]:
    """The act and the infinitives below it: "continue to send", "help to build", "pledged a sum to help …"."""
    below = [c for c in syntax.children(act, "xcomp") if c.pos_ == "VERB"]
    below += [c for c in syntax.children(act, "advcl") if c.tag_ == "VB" and c.i > act.i and is_word("helped", c)]
    return [act, *(t for one in below for t in _chain(one))]


def _meant(document: Document, act: Token, child: Token, binding: Binding) -> list[tuple[str, tuple[int, int]]]:
    """The parties, with their words, to whom one dependent of the act points."""
    found: list[tuple[str, tuple[int, int]]] = []
    if child.dep_ == "iobj" or (child.dep_ == "nsubj" and is_word("receiving", act)):
        there = document.party_of(child)
        found += [(code, span) for code in there.codes for span in there.spans]
    for noun in _towards(act, child):
        first, last = syntax.phrase(noun)
        if noun.dep_ == "obj":  # "support the talks in X" is not towards X
            own = document.party_of(noun)
            found += [(code, span) for code in own.codes for span in own.spans]
            continue
        inside = document.within(max(first, binding.first), min(last, binding.last), PartyMention)
        inside = [m for m in inside if not only_describes(document, m)]
        found += [(mention.code, mention.span) for mention in inside]
        people = document.within(first, last, PersonMention)
        found += [(p.person.party, p.span) for p in people if p.person.party]
    return found


def only_describes(document: Document, party: PartyMention) -> bool:
    """Whether the name is the first half of a describing word: "the **UN**-backed mission", "a **Norland**-led force"."""
    doc = document.doc
    if party.first > 1 and doc[party.first - 1].text in {"-", "‑", "–"} and document.at(party.first - 2, PartyMention):
        return True  # "a Norland-**Sudria** partnership"
    if party.last + 1 >= len(doc):
        return False
    return doc[party.last].text in {"-", "‑", "–"} and doc[party.last + 1].tag_ in {"VBN", "VBD", "VBG", "JJ"}


def _towards(act: Token, child: Token) -> list[Token]:
    """The nouns by which `child` of the act says towards whom it is done: itself, or those behind "to", "for" in it."""
    name = syntax.preposition(child)
    if child.dep_ == "obj" and act.lemma_.lower() in {"promise", "offer", "give", "send"}:
        before = [c for c in child.children if c.dep_ == "compound" and c.i < child.i]  # "promised Norland weapons"
        if before and child.tag_ in {"NNS", "NN"}:
            return before[:1]
    direct = child.dep_ == "iobj" or (child.dep_.startswith("obl") and name in _TOWARDS)
    direct = direct or (child.dep_ == "obj" and (is_word("helped", act) or _provided_with(act)))
    if direct or (child.dep_ == "obl" and name == "with" and is_word("shared", act)):
        return [child]
    if child.dep_ != "obj":
        return []
    return [c for c in child.children if c.dep_ == "nmod" and syntax.preposition(c) in {"to", "for", "against"}]


def _provided_with(act: Token) -> bool:
    """ "provide X with grain", "present X with a boat": the object is who gets it."""
    return act.lemma_.lower() in {"provide", "present", "supply", "furnish"} and bool(syntax.obliques(act, "with"))


def _in_name(document: Document, date: DateMention) -> bool:
    """Whether the year belongs to a name ("Agenda 2030", "the Tana 2045 Goals")."""
    doc = document.doc
    before = doc[date.first - 1] if date.first else None
    return date.first + 1 == date.last and before is not None and before.text[0].isupper() and before.pos_ == "PROPN"


def _is_of_talks(document: Document, date: DateMention, binding: Binding) -> bool:
    """Whether it is the day of the talks in which the word was given: "to send ten boats, during a call on Tuesday"."""
    at = document.doc[date.root]
    while at.dep_ in {"nmod", "obl", "nmod:unmarked", "obl:unmarked"} and at.i >= binding.first:
        if syntax.preposition(at).split(" ")[0] in {"during", "at", "after", "following", "since"} and is_word(
            "session", at
        ):
            return True
        at = at.head
    low = max(binding.first, date.first - _NEAR)
    return any(
        t.lower_ == "during"
        and any(is_word("session", u) or u.lower_ == "call" for u in document.doc[t.i : date.first])
        for t in document.doc[low : date.first]
    )


def _due(document: Document, draft: Draft, binding: Binding) -> None:
    published = document.report.published_on or ""
    best: DateMention | None = None
    for date in document.within(binding.first, binding.last, DateMention):
        if _in_name(document, date) or date.role not in _DUE or ("/" in date.edtf and date.role != "at"):
            continue
        if _is_of_talks(document, date, binding):
            continue
        year = _PASSED.match(date.edtf)
        if published and year and date.edtf[: len(published)] < published[: len(date.edtf)]:
            continue
        if best is None or _DUE[date.role] < _DUE[best.role]:
            best = date
    if best is not None:
        draft.put("due_on", best.edtf.rpartition("/")[2], best.span)
