"""The clause that a verb of saying reports: where it begins and ends, and the tokens of its attribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.statements_inserted import around, inserted, is_quoted, trim
from foedus.extract.statements_said import quoting_verb
from foedus.extract.statements_speaker import document_noun
from foedus.extract.statements_verbs import SayVerb, does_by_words, use_of
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document


def content(document: Document, verb: Token) -> list[tuple[int, int]]:
    """Token ranges of the clause that `verb` reports, in text order; [] when it reports none.

    The clause after the verb, the sentence before a closing "X said", or what stands on both sides of an inserted one.
    """
    low, high = document.sentence(verb.i)
    use = use_of(verb)
    if use is None or (use.clause == "none" and verb.lemma_.lower() != "read"):
        return []
    placed = inserted(document, verb)
    if use.clause == "none":  # "…, the statement reads."
        subjects = syntax.own_subjects(verb)
        text = placed is not None and bool(subjects) and document_noun(subjects[0], "document")
        return around(document, placed) if text and placed is not None else []
    if placed is not None:
        return around(document, placed)
    if (piece := _before_quoting(document, verb)) is not None:
        return [piece]
    clauses = [c for c in verb.children if c.dep_ in {"ccomp", "csubj"} or (c.dep_ == "xcomp" and after_that(c))]
    behind = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 2]}
    if behind & {"of", "against"} and verb.lemma_.lower() not in {"say", "add"}:
        clauses = [c for c in clauses if c.i > verb.i]  # "…, he warned of floods"
        if not clauses:
            return []
    after = [c for c in clauses if c.i > verb.i]
    before = [c for c in clauses if c.i < verb.i]
    if after and not (_loose(after[0], verb) and _trails(document, verb)):
        found = _after(document, verb, after[0], use)
        if found:
            return found
    if not before and (piece := _that_behind(document, verb)) is not None:
        return [piece]
    if use.clause == "bare" and (whole := _clause_as_object(verb)) is not None:
        return [p for p in (trim(document, *whole),) if p is not None]
    if _has_object(verb) or (after and not before and not _trails(document, verb)):
        return []
    before = before or [c for c in verb.children if c.dep_ == "parataxis" and c.i < verb.i]
    if before or (verb.dep_ in {"parataxis", "ccomp"} and _trails(document, verb)):
        first, last = cue_range(document, verb)
        right = high
        semicolons = [t.i for t in document.doc[low:first] if t.text == ";"]
        pieces = [(semicolons[-1] + 1 if semicolons and semicolons[-1] < first - 3 else low, first)]
        if right - last > 2 and _resumes(document, last) and not is_quoted(document, first):
            pieces.append((last, right))
        if first == low:
            return []
        return [p for p in (trim(document, *piece) for piece in pieces) if p is not None]
    return []


_FARTHEST_THAT = 9
"""Tokens between a verb of saying and its "that": an addressee, a place, a medium."""


def _that_behind(document: Document, verb: Token) -> tuple[int, int] | None:
    """The words from "that" to the end of the sentence, where only nouns stand between it and the verb."""
    doc = document.doc
    _, high = document.sentence(verb.i)
    for i in range(verb.i + 1, min(high - 2, verb.i + _FARTHEST_THAT + 2)):
        token = doc[i]
        if token.lower_ == "that" and token.pos_ == "SCONJ":
            return trim(document, i + 1, high) if doc[i + 1].pos_ not in {"VERB", "AUX"} else None
        if token.pos_ in {"VERB", "AUX", "SCONJ", "PUNCT", "CCONJ"} or token.lower_ in {"so", "such"}:
            return None
    return None


def _before_quoting(document: Document, verb: Token) -> tuple[int, int] | None:
    """The sentence that closes with ", the agency quoted X as saying", or ", X was quoted as saying"; None for any other use."""
    doc = document.doc
    low, high = document.sentence(verb.i)
    quoting = quoting_verb(verb)
    if quoting is None or any(t.pos_ in {"VERB", "AUX", "SCONJ", "PUNCT"} for t in doc[verb.i + 1 : high - 1]):
        return None
    commas = [t.i for t in doc[low : quoting.i] if t.text == ","]
    if not commas or commas[-1] == quoting.i - 1:
        return None
    between = doc[commas[-1] + 1 : quoting.i]
    if any(t.pos_ in {"VERB", "SCONJ"} or (t.pos_ == "AUX" and t.lemma_ not in {"be", "have"}) for t in between):
        return None
    finite = any(t.tag_ in _FINITE | {"MD"} for t in doc[low : commas[-1]])
    return trim(document, low, commas[-1]) if finite and not is_quoted(document, commas[-1]) else None


def as_clause(document: Document, verb: Token) -> list[tuple[int, int]]:
    """Token ranges of the sentence that "as X noted" attributes, in front of it and behind it; [] for any other clause."""
    doc = document.doc
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "as" and c.i < verb.i), None)
    use = use_of(verb)
    put_it = verb.lemma_.lower() == "put" and any(c.dep_ == "obj" and c.lower_ == "it" for c in verb.children)
    if mark is None or use is None or verb.dep_ not in {"advcl", "parataxis"} or (use.clause == "none" and not put_it):
        return []
    if any(
        c.dep_ in {"ccomp", "xcomp"} or (c.dep_ == "obj" and not put_it) for c in verb.children
    ) or not syntax.own_subjects(verb):
        return []
    low, high = document.sentence(verb.i)
    first, last = mark.i, verb.right_edge.i + 1
    if last < high and doc[last].text != "," and not doc[last].is_punct and doc[last - 1].text != ",":
        return []
    if first > low and doc[first - 1].text not in {",", "(", "—", "–", ";"}:
        return []
    start = next((i + 1 for i in range(first - 2, low, -1) if doc[i].text == ";"), low)
    pieces = [(start, first)] if first > start else []
    if not pieces or (verb.head.i > last and last < high):
        pieces.append((last, high))
    return [p for p in (trim(document, *piece) for piece in pieces) if p is not None]


def clause_piece(document: Document, clause: Token) -> tuple[int, int] | None:
    """Tokens of a clause behind "that"."""
    that = next((c.i for c in clause.children if c.lower_ == "that" and c.dep_ == "mark"), clause.left_edge.i - 1)
    last = clause.right_edge.i + 1
    for other in clause.head.children:  # "the assurance that … and that …"
        if other.i > clause.i and other.left_edge.i <= last + 1 and after_that(other) and _joined(other):
            last = max(last, other.right_edge.i + 1)
    last = min(_before_semicolon(document, clause, last), document.sentence(clause.i)[1])
    return trim(document, that + 1, before_saying(document, that + 1, last))


def before_saying(document: Document, first: int, last: int) -> int:
    """Where tokens [first, last) end once ", saying that …" is left to its own statement."""
    for token in document.doc[first + 1 : last]:
        if token.tag_ == "VBG" and document.doc[token.i - 1].text == "," and (use_of(token) or does_by_words(token)):
            return token.i - 1
    return last


def _loose(clause: Token, verb: Token) -> bool:
    """Whether the clause behind the verb neither touches it nor begins with "that": it may be an adjunct."""
    first = clause.left_edge.i
    if clause.doc[first - 1].text == ":" or clause.doc[first].text == ":":
        return False
    return first > verb.i + 1 and not any(c.lower_ == "that" for c in clause.children)


_TOLD = {"tell", "assure", "inform", "remind", "warn", "notify"}


def _has_object(verb: Token) -> bool:
    """Whether the verb has something else than words to say: what it recognises, whom it asks for what."""
    if verb.lemma_.lower() in _TOLD:
        return False
    return any(
        (c.dep_ in {"obj", "xcomp"} and c.i > verb.i) or (c.dep_ == "obl" and syntax.preposition(c) == "for")
        for c in verb.children
    )


def _clause_as_object(verb: Token) -> tuple[int, int] | None:
    """The clause right behind "said" that the tree took for a noun with a participle ("said **the talks centred** on trade")."""
    thing = next((c for c in verb.children if c.dep_ == "obj" and c.left_edge.i == verb.i + 1), None)
    if thing is None or verb.lemma_.lower() == "tell":
        return None
    finite = any(c.dep_ == "acl" and c.tag_ == "VBD" for c in thing.children)
    return (thing.left_edge.i, thing.right_edge.i + 1) if finite else None


def _trails(document: Document, verb: Token) -> bool:
    first, last = cue_range(document, verb)
    low, high = document.sentence(verb.i)
    doc = document.doc
    return (
        first > low
        and doc[first - 1].text in {",", "”", "’", '"', "—", "–", "-"}
        and (last >= high - 1 or doc[last].text in {",", ".", ";", ":", "—", "–", "-"} or doc[last].is_punct)
    )


def _resumes(document: Document, last: int) -> bool:
    doc = document.doc
    return doc[last].text == "," and last + 1 < len(doc) and doc[last + 1].lower_ not in {
        "after", "before", "while", "when", "who", "which", "days", "hours", "citing", "adding", "referring", "a", "speaking", "as", "whose", "whom", "where", "himself", "herself",
    }  # fmt: skip


def _after(document: Document, verb: Token, clause: Token, use: SayVerb) -> list[tuple[int, int]]:
    doc = document.doc
    _, high = document.sentence(verb.i)
    first = max(clause.left_edge.i, verb.i + 1)
    marks = [c for c in clause.children if c.dep_ == "mark"]
    that = any(c.lower_ == "that" for c in marks) or any(t.lower_ == "that" for t in doc[verb.i + 1 : first])
    if any(c.lower_ in {"whether", "if", "for"} for c in marks) and not that:
        return []
    if clause.tag_ in {"VB", "VBG"} and not any(c.dep_.startswith(("nsubj", "expl")) for c in clause.children):
        return []
    if clause.tag_ == "VBG" and not that and not any(c.dep_ == "aux" for c in clause.children):
        return []
    if first > verb.i + 1 and doc[first - 1].tag_ in {"WP", "WRB"} and doc[first].text != ":":
        return []  # "explained why it was late"
    if doc[first].tag_ in {"WP", "WRB", "WDT"} and (doc[first].lower_ != "that" or doc[first].dep_.startswith("nsubj")):
        return []
    if not that and (use.clause == "only" or (use.clause == "that" and not _clausal(clause))):
        return []
    beside = clause.right_edge.i + 2
    more = [
        c
        for c in verb.children
        if c.dep_ == "ccomp" and clause.i < c.i and c.left_edge.i <= beside and not after_that(c)
    ]
    first = _with_subject(verb, clause, first)
    last = min(max(c.right_edge.i for c in (clause, *more)) + 1, high)
    for other in verb.children:  # "and that …" hung on the verb itself
        if other.i > last and goes_on(verb, clause, other, last):
            last = max(last, other.right_edge.i + 1)
    if (more_said := _and_that(document, last, high)) is not None:
        last = more_said
    last = _before_semicolon(document, clause, last)
    for token in doc[clause.i + 1 : last]:
        if token.pos_ == "VERB" and (
            _says_on(verb, clause, token) if not syntax.own_subjects(token) else _says_too(that, token)
        ):
            last = token.left_edge.i
            while last - 1 > first and (
                doc[last - 1].dep_ == "cc" or (doc[last - 1].is_punct and doc[last - 1].text not in _CLOSING)
            ):
                last -= 1
            break
    while first < last and doc[first].lower_ in {"that", ",", ":"}:
        first += 1
    trimmed = trim(document, first, last)
    return [trimmed] if trimmed else []


_FINITE = {"VBD", "VBZ", "VBP"}


def _with_subject(verb: Token, clause: Token, first: int) -> int:
    """Where the clause begins once its subject, hung on the verb of saying by the tree, is given back to it ("said **it** would go")."""
    if _clausal(clause) or first <= verb.i + 1:
        return first
    between = [c for c in verb.children if verb.i < c.i < clause.i and c.left_edge.i > verb.i]
    if len(syntax.own_subjects(verb)) > 1:  # no verb has one subject in front and one behind
        twice = [c.left_edge.i for c in between if c.dep_.startswith("nsubj")]
        return min([first, *twice])
    if clause.tag_ not in _FINITE and not any(c.dep_.startswith("aux") and c.tag_ in _MODAL for c in clause.children):
        return first
    things = {"nsubj", "nsubj:pass"} if verb.lemma_.lower() in _TOLD else {"nsubj", "nsubj:pass", "obj"}
    nothing = (
        c for c in between if c.dep_ == "obl:unmarked" and c.left_edge.lower_ == "no"
    )  # "said **no day** had been set"
    return min([first, *(c.left_edge.i for c in between if c.dep_ in things), *(c.left_edge.i for c in nothing)])


_MODAL = _FINITE | {"MD"}


def _before_semicolon(document: Document, clause: Token, last: int) -> int:
    """Where the clause ends if a new main clause stands behind a semicolon; "; that …" and "; X should …" still belong to it."""
    doc = document.doc
    at = next((t.i for t in doc[clause.i + 1 : last] if t.text == ";"), last)
    behind = list(doc[at + 1 : last])
    verb = next((t for t in behind if t.tag_ in _FINITE | {"MD"}), None)
    if verb is None or verb.tag_ == "MD" or any(t.lower_ == "that" and t.dep_ == "mark" for t in behind[:3]):
        return last
    return at


def _and_that(document: Document, at: int, high: int) -> int | None:
    """Where ", and that …" right behind a clause ends, whatever it hangs on; None when none stands there."""
    doc = document.doc
    at += at < high and doc[at].text == ","
    if at + 2 < high and doc[at].dep_ == "cc" and doc[at + 1].lower_ == "that" and doc[at + 1].dep_ == "mark":
        return min(doc[at + 1].head.right_edge.i + 1, high)
    return None


_STATES = {"be", "remain", "have", "need", "stay"}
"""Verbs of a state, which nobody does beside saying something: "said it had paid and remained ready"."""
_WHERE = {"where", "which", "whose", "whom", "who", "whoever", "whatever", "whichever"}


def goes_on(verb: Token, clause: Token, other: Token, last: int) -> bool:
    """Whether `other`, hung on the verb of saying by the tree, still belongs to the clause said, which ends at token `last`.

    It does when it begins with "and that", or with a relative word behind a comma, when it has the auxiliary of the clause and no
    subject ("said it had signed and **had concluded**"), or tells a state ("and **remained** ready").
    """
    if other.dep_ == "conj" and (after_that(other) or _goes_on_quoted(other)):
        return True
    doc, edge = verb.doc, other.left_edge.i
    if other.dep_ in {"advcl", "acl:relcl"}:
        return edge <= last + 1 and doc[edge - (doc[edge].text != ",")].text == "," and _first_word(other) in _WHERE
    if other.dep_ != "conj" or syntax.own_subjects(other) or edge > last + 1 or use_of(other) or does_by_words(other):
        return False
    if other.lemma_.lower() in _STATES and not any(c.dep_ == "aux" for c in other.children):
        return other.tag_ in _FINITE
    own = {c.lemma_.lower() for c in other.children if c.dep_.startswith("aux")}
    present = any(c.dep_ == "aux" and (c.tag_ == "VBZ" or c.lower_ == "have") for c in other.children)
    if present and verb.tag_ == "VBD":
        return True  # "said that it came in May and **has sailed** since"
    return bool(own & {c.lemma_.lower() for c in clause.children if c.dep_.startswith("aux")}) and not own & {
        c.lemma_.lower() for c in verb.children if c.dep_.startswith("aux")
    }


def _first_word(clause: Token) -> str:
    first = clause.left_edge
    return (first if not first.is_punct else first.nbor()).lower_


_CLOSING = {"”", "»"}
_OPENING = {"“", '"', "‘", "«", "``"}


def _goes_on_quoted(clause: Token) -> bool:
    """Whether a clause beside a verb of saying still gives the speaker's words ("…, but she knows that “…”", "…, and “we are …”")."""
    if use_of(clause) is not None or does_by_words(clause):
        return False
    own = syntax.own_subjects(clause)
    first = clause.doc[clause.left_edge.i : clause.right_edge.i + 1]
    quoted = any(t.text in _OPENING for t in first)
    return quoted and bool(own) and own[0].pos_ == "PRON" and own[0].tag_ not in {"WP", "WDT"}


def _says_on(verb: Token, clause: Token, token: Token) -> bool:
    """Whether a verb inside the clause says what its speaker did next ("said it was late and called on X to leave", "…, adding that")."""
    if token.dep_ in {"advcl", "parataxis"}:
        if token.tag_ != "VBG":
            return False
        does = does_by_words(token) and token.doc[token.i - 1].text in {",", "”", '"', "’", "''"}
        return does or (use_of(token) is not None and any(c.dep_ == "ccomp" for c in token.children))
    if token.dep_ != "conj" or any(c.tag_ == "VB" and c.dep_ == "conj" for c in token.children):
        return False
    if any(c.tag_ == "VB" and c.dep_ == "conj" and c.i > token.i for c in clause.children):
        return False  # "would hold the accord, shut its airspace and stop all trade": no past tense
    if use_of(token) is not None and any(c.dep_ == "ccomp" for c in token.children):
        return True
    if (
        token.tag_ not in _FINITE
        or token.head.i != clause.i
        or any(c.dep_ in {"aux", "aux:pass"} for c in token.children)
    ):
        return False
    other_tense = token.tag_ != clause.tag_ or any(c.dep_ == "aux" for c in clause.children)
    first = token.left_edge.i
    set_off = any(t.text == "," for t in token.doc[first - 1 : first + 2])
    return other_tense and (token.tag_ == verb.tag_ or verb.tag_ in _FINITE) and (set_off or does_by_words(token))


def _says_too(that: bool, token: Token) -> bool:
    """Whether a verb inside a clause says what another speaker said ("X says yes and Y says no", "X said …, while Y warned that …")."""
    contrast = token.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in {"while", "whereas"} for c in token.children
    )
    return (
        (
            (not that and token.dep_ == "conj")
            or (contrast and "," in {token.left_edge.text, token.left_edge.nbor(-1).text})
        )
        and token.tag_ in _FINITE
        and use_of(token) is not None
        and any(c.dep_ == "ccomp" for c in token.children)
    )


def _joined(clause: Token) -> bool:
    """Whether "and" or "but" stands in front of the clause."""
    return any(c.dep_ == "cc" and c.i < clause.i for c in clause.children)


def after_that(clause: Token) -> bool:
    """Whether the clause begins with "that"."""
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _clausal(clause: Token) -> bool:
    return any(c.dep_.startswith(("nsubj", "expl", "csubj")) for c in clause.children)


def cue_range(document: Document, verb: Token) -> tuple[int, int]:
    """Token range of the attribution: subject, verb, addressee and adjuncts, the reported clause left out."""
    low, high = document.sentence(verb.i)
    members = [verb.i]
    for child in verb.children:
        if child.dep_ in {"ccomp", "csubj", "parataxis", "punct", "conj", "cc"}:
            continue
        if child.i < verb.i and not child.dep_.startswith(("nsubj", "aux", "advmod", "obl")):
            continue
        if child.i < verb.i and child.dep_.startswith(("obl", "advmod")) and verb.i - child.i > 3:
            continue
        left, right = child.left_edge.i, child.right_edge.i
        if left < verb.i < right:
            left, right = child.i, child.i
        members += [left, right]
    return max(low, min(members)), min(high, max(members) + 1)
