"""Reported speech without a clause of its own: "urged both sides to …", "denied shutting …", "expressed concern over …", "his warning that …"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.statements_cues import after_that, before_saying, clause_piece
from foedus.extract.statements_inserted import inserted
from foedus.extract.statements_said import issuer, subject
from foedus.extract.statements_speaker import document_noun
from foedus.extract.statements_verbs import inflections, is_said, use_of
from foedus.language import syntax
from foedus.lexicon import load_forms, load_table, split_forms
from foedus.mentions.model import GroupMention, OfficeMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_FINITE = {"VBD", "VBZ", "VBP", "VBN", "VBG"}
_GIVING = {
    "give",
    "make",
    "issue",
    "repeat",
    "express",
    "voice",
    "share",
    "convey",
    "offer",
    "reiterate",
    "raise",
    "renew",
}
"""Verbs whose subject says what their object, a noun of saying, is followed by."""
_SHORTEST = 3
"""Tokens that a thing welcomed or rejected has at least: "the deal" alone says nothing."""
_LONG_OBJECT = 6
"""Tokens from which on the accused are left out of the words of an accusation."""


@dataclass(slots=True, frozen=True)
class Frame:
    """How a verb goes with words that are said: their form (`takes`), the particle or preposition of the verb, the act."""

    takes: str
    particle: str
    act: str


@dataclass(slots=True, frozen=True)
class Framed:
    """Words that were said: their tokens, the verb that governs them, the head of its subject, the act and its cue tokens."""

    pieces: list[tuple[int, int]]
    verb: Token
    source: Token
    act: str
    cues: tuple[tuple[int, int], ...]


@cache
def _frames() -> dict[str, tuple[Frame, ...]]:
    """Lemma or regular form -> frames, from `lexicon/statement_frames.csv`."""
    found: dict[str, list[Frame]] = {}
    for row in load_table("statement_frames"):
        for form in split_forms(row["forms"]):
            lemma, _, particle = form.partition(" ")
            for word in (lemma, *inflections(lemma)):
                found.setdefault(word, []).append(Frame(row["takes"], particle, row["act"]))
    return {word: tuple(frames) for word, frames in found.items()}


def find_framed(document: Document, token: Token) -> Framed | None:
    """What `token`, a verb or a noun of saying, is said to say without a clause of saying; None for any other word or use."""
    if token.pos_ == "NOUN":
        return _noun_clause(document, token)
    if token.lower_ in _MADE:
        return _made_known(document, token)
    frames = _frames().get(token.lemma_.lower()) or _frames().get(token.lower_)
    if frames is None or not _is_told(token):
        return None
    source = subject(token)
    if source is None or source.pos_ == "VERB":
        return None
    for frame in frames:
        if frame.takes == "wh" and source.i > token.i:
            continue  # "Asked whether …, X said"
        found = _pieces(document, token, frame)
        if found is not None:
            pieces, act, cues = found
            return Framed(pieces, token, source, act or frame.act, ((token.i, token.i + 1), *cues))
    return None


def in_list(document: Document, first: int, last: int) -> tuple[int, str] | None:
    """Where the words begin that the verb at token `first`, the head of an entry of a list, says, and its act; None for another word."""
    doc, verb = document.doc, document.doc[first]
    frames = _frames().get(verb.lower_) or _frames().get(verb.lemma_.lower()) or ()
    use = use_of(verb)
    if first + 2 >= last or not (frames or use):
        return None
    for frame in sorted(frames, key=lambda f: not f.particle):
        if frame.particle:
            if doc[first + 1].lower_ == frame.particle:
                return first + 2, frame.act
            continue
        if frame.takes == "noun":
            noun = next((t for t in doc[first + 1 : first + 5] if t.pos_ == "NOUN"), None)
            row = load_forms("speech_nouns").get(noun.lower_) if noun is not None else None
            if row is not None:
                return first + 1, row["act"]
        elif frame.takes in {"np", "to", "of"}:
            return first + 1, frame.act
    if use is None or use.clause == "none":
        return None
    at = first + 1
    if doc[at].lower_ == "with" and at + 2 < last:
        at += 2
    return at + (doc[at].lower_ == "that"), use.act


def _is_told(verb: Token) -> bool:
    """Whether the verb is finite, active and no mere possibility, and reports no clause."""
    return (
        verb.tag_ in _FINITE
        and not verb.text.isupper()
        and (verb.tag_ not in {"VBN", "VBG"} or any(c.lemma_ == "have" for c in verb.children) or verb.tag_ == "VBG")
        and verb.dep_ not in {"amod", "acl", "compound"}
        and (verb.dep_ != "acl:relcl" or any(c.tag_ == "WP" and c.dep_ == "nsubj" for c in verb.children))
        and not (verb.tag_ == "VBG" and verb.dep_ != "advcl" and not _progressive(verb))
        and not syntax.is_passive(verb)
        and not any(
            c.dep_ == "ccomp"
            and not (_asked(c) or _of_doing(c) or _is_gerund(c) or _infinitive(c) or _of_object(verb, c))
            for c in verb.children
        )
        and is_said(verb)
    )


def _of_object(verb: Token, clause: Token) -> bool:
    """Whether a clause hung on the verb says what its object, a noun of saying, is ("voiced the **opinion** that it was late")."""
    things = [c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < clause.i]
    return bool(things) and things[-1].lower_ in load_forms("speech_nouns") and after_that(clause)


def _progressive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_.lower() == "be" for c in verb.children)


def _of_doing(clause: Token) -> bool:
    """Whether the clause is only "of shutting the road", "for leaving"."""
    return clause.tag_ == "VBG" and any(c.dep_ in {"mark", "case"} and c.lower_ != "that" for c in clause.children)


def _question_start(clause: Token) -> Token:
    """The first word of a clause, a question word in front of it taken along."""
    first = clause.left_edge
    before = clause.doc[first.i - 1] if first.i else first
    return before if before.tag_ in {"WRB", "WP"} else first


def _asked(clause: Token) -> bool:
    """Whether the clause is a question in other words ("why the road was shut", "whether it would open")."""
    first = _question_start(clause)
    asks = first.tag_ in {"WRB", "WP"} or first.lower_ in {"whether", "if"}
    return asks and any(c.dep_.startswith("nsubj") for c in clause.children)


_Found = tuple[list[tuple[int, int]], str, tuple[tuple[int, int], ...]]


def _pieces(document: Document, verb: Token, frame: Frame) -> _Found | None:
    """The words said in one frame, the act where a noun gives it, and its further cues."""
    if frame.particle and not any(t.lower_ == frame.particle for t in document.doc[verb.i + 1 : verb.i + 3]):
        return None
    piece: tuple[int, int] | None = None
    if frame.takes == "to":
        piece = _to_do(document, verb, frame.act)
    elif frame.takes == "inf":
        done = next((c for c in verb.children if _infinitive(c)), None)
        piece = (
            None if done is None or syntax.children(verb, "obj", "iobj") else _from(document, done.left_edge.i, done)
        )
    elif frame.takes == "ing":
        done = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and _is_gerund(c)), None)
        piece = None if done is None else _from(document, done.left_edge.i, done)
    elif frame.takes in {"for", "behind"}:
        piece = _behind(document, verb, frame.particle or "for")
    elif frame.takes == "wh":
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and _asked(c)), None)
        piece = None if clause is None else _from(document, _question_start(clause).i, clause)
    elif frame.takes == "of":
        piece = _of(document, verb)
    elif frame.takes in {"np", "pred", "noun", "as"}:
        return _object(document, verb, frame)
    return ([piece], "", ()) if piece is not None else None


def _is_gerund(clause: Token) -> bool:
    """Whether the clause is only "shutting the road", without a subject or a word in front."""
    having = any(c.dep_ == "aux" and c.lower_ == "having" for c in clause.children)
    return (clause.tag_ == "VBG" or having) and not any(
        c.dep_.startswith("nsubj")
        or (c.dep_.startswith("aux") and c.lower_ not in {"having", "being"})
        or c.dep_ in {"mark", "case"}
        for c in clause.children
    )


def _infinitive(token: Token) -> bool:
    return token.dep_ in {"xcomp", "ccomp", "advcl"} and any(
        c.lower_ == "to" and c.dep_ == "mark" for c in token.children
    )


def _to_do(document: Document, verb: Token, act: str) -> tuple[int, int] | None:
    """ "both sides to open the road": whom, unless a pronoun, and what to do."""
    whom = next((c for c in verb.children if c.dep_ in {"obj", "iobj", "obl"} and c.i > verb.i), None)
    if whom is None or (act == "ask" and any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in whom.children)):
        return None  # whom one has at one's own orders
    done = next((c for c in (*verb.children, *whom.children) if _infinitive(c) and c.i > whom.i), None)
    if done is None:
        return None
    to = next((c for c in done.children if c.lower_ == "to"), done)
    commas = [t.i for t in verb.doc[verb.i : to.i] if t.text == ","]
    if commas == [to.i - 1]:
        return None  # "called on the president, to review the aid"
    first = done.left_edge.i if whom.pos_ == "PRON" else _phrase_start(whom)
    return _from(document, min(first, done.left_edge.i), done)


def _phrase_start(noun: Token) -> int:
    """Where the noun phrase begins, its preposition left out."""
    cases = [c.i for c in noun.children if c.dep_ == "case" and c.i < noun.i]
    return max(cases) + 1 if cases else noun.left_edge.i


def _behind(document: Document, verb: Token, preposition: str) -> tuple[int, int] | None:
    noun = next((c for c in verb.children if c.dep_ == "obl" and syntax.preposition(c) == preposition), None)
    if noun is not None:
        return _from(document, _phrase_start(noun), noun)
    for done in verb.children:  # "for reducing the tax", "for both sides to leave"
        mark = next((c for c in done.children if c.dep_ in {"mark", "case"} and c.lower_ == preposition), None)
        if mark is not None and mark.i > verb.i and done.dep_ in {"advcl", "xcomp", "ccomp"}:
            return _from(document, mark.i + 1, done)
    return None


def _of(document: Document, verb: Token) -> tuple[int, int] | None:
    """ "its neighbour of shutting the road", "of floods along the river"."""
    whom = next((c for c in verb.children if c.dep_ == "obj"), None)
    for above in (verb, whom) if whom is not None else (verb,):
        for child in above.children:
            of = next((c for c in child.children if c.lower_ in {"of", "against"} and c.dep_ in {"mark", "case"}), None)
            if of is None or child.i < verb.i:
                continue
            if whom is None and child.pos_ == "VERB" and of.lower_ == "of":
                return None
            short = whom is not None and whom.pos_ != "PRON" and child.left_edge.i - whom.left_edge.i <= _LONG_OBJECT
            return _from(document, whom.left_edge.i if short and whom is not None else of.i + 1, child)
    return None


def _object(document: Document, verb: Token, frame: Frame) -> _Found | None:
    things = [c for c in verb.children if c.dep_ in {"obj", "iobj"} and c.i > verb.i]
    thing = things[0] if things else None
    if thing is None or thing.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    if frame.takes == "pred":
        named = [c for c in verb.children if c.dep_ == "xcomp" and c.i > thing.i and c.pos_ in {"NOUN", "ADJ", "VERB"}]
        said = next(iter([*named, *things[1:]]), None)
        piece = None if said is None else _from(document, thing.left_edge.i, said)
        return ([piece], "", ()) if piece is not None else None
    tails = [
        c
        for c in verb.children
        if c.dep_ in {"obl", "xcomp", "advcl"} and c.i > thing.i and _as(c) and not _is_place(c)
    ]
    if frame.takes == "as":
        tails = [c for c in (*verb.children, *thing.children) if c.i > thing.i and _is_as(c)]
        if not tails:
            return None
    greeted = frame.act == "welcome"  # "welcomed **the president** to the palace" says nothing
    if (_is_somebody(document, thing) and (greeted or not tails)) or (
        frame.takes != "as" and frame.act in {"state", "condemn"} and document_noun(thing, "instrument")
    ):
        return None
    row = load_forms("speech_nouns").get(thing.lower_)
    below = (*thing.children, *(c for c in verb.children if c.dep_ == "ccomp" and _of_object(verb, c)))
    clause = next((c for c in below if _that_clause(c)), None)
    if clause is not None and row is not None and (piece := clause_piece(document, clause)) is not None:
        return [piece], row["act"] if frame.takes == "noun" else "", ((thing.i, thing.i + 1),)
    if frame.takes == "noun" and row is None:
        return None
    last = max(tails or [thing], key=lambda t: t.i)
    piece = _from(document, thing.left_edge.i, last)
    if piece is None or piece[1] - piece[0] < _SHORTEST:
        return None
    if row is not None and frame.takes == "noun":
        return [piece], row["act"], ((thing.i, thing.i + 1),)
    return [piece], "", ()


def _is_place(noun: Token) -> bool:
    """Whether the words tell where something was said, and not of what ("expressed concern **at the talks**")."""
    return syntax.preposition(noun) == "at" and noun.lower_ in load_forms("meeting_nouns")


def _is_somebody(document: Document, noun: Token) -> bool:
    """Whether people are meant, and no deed or thing ("welcomed his guests")."""
    if noun.pos_ == "PRON" or noun.lower_ in {"one", "ones", "counterpart", "counterparts"}:
        return True
    return any(document.at(noun.i, kind) is not None for kind in (PersonMention, OfficeMention, GroupMention))


def _as(token: Token) -> bool:
    return any(
        c.lower_ in {"as", "over", "about", "at", "for", "with", "to"} and c.dep_ in {"case", "mark"}
        for c in token.children
    )


def _is_as(token: Token) -> bool:
    return any(c.lower_ == "as" and c.dep_ in {"case", "mark"} for c in token.children)


def _that_clause(token: Token) -> bool:
    return token.dep_ in {"acl", "ccomp", "acl:relcl", "appos", "parataxis"} and any(
        c.lower_ == "that" and c.dep_ == "mark" for c in token.children
    )


def _noun_clause(document: Document, noun: Token) -> Framed | None:
    """ "his warning that …", "gave the assurance that …", "was of the opinion that …"."""
    row = load_forms("speech_nouns").get(noun.lower_)
    clause = next((c for c in noun.children if _that_clause(c)), None) if row is not None else None
    if row is None or clause is None or (piece := clause_piece(document, clause)) is None:
        return None
    cues = ((noun.i, noun.i + 1),)
    verb = noun.head
    if noun.dep_ == "obj" and verb.lemma_.lower() in _GIVING and _is_told(verb):
        source = subject(verb)
        return Framed([piece], verb, source, row["act"], cues) if source is not None else None
    owner = next((c for c in noun.children if c.dep_ == "nmod:poss"), None) or issuer(noun)
    if owner is not None and row["act"] != "express hope":
        return Framed([piece], noun, owner, row["act"], cues)
    if any(c.lower_ == "of" for c in noun.children) and any(c.dep_ == "cop" for c in noun.children):
        own = syntax.own_subjects(noun)
        return Framed([piece], noun, own[0], row["act"], cues) if own else None
    return None


_MADE = {"known", "clear", "plain"}


def _made_known(document: Document, token: Token) -> Framed | None:
    """ "made it clear that …", "let it be known that …"."""
    verb = next((t for t in (token.head, token.head.head) if t.lemma_.lower() in {"make", "let"}), None)
    if verb is None or not is_said(verb) or (verb.tag_ not in _FINITE and verb.dep_ != "ROOT"):
        return None
    below = (*token.children, *verb.children)
    clause = next(
        (c for c in below if c.dep_ in {"ccomp", "csubj", "advcl", "xcomp"} and c.i > token.i and after_that(c)), None
    )
    source = subject(verb)
    piece = clause_piece(document, clause) if clause is not None else None
    if piece is None or source is None:
        return None
    return Framed([piece], verb, source, "announce", ((verb.i, verb.i + 1), (token.i, token.i + 1)))


def _from(document: Document, first: int, last: Token) -> tuple[int, int] | None:
    """Tokens from `first` to the end of the phrase of `last`, inside the sentence, outer marks left out."""
    doc = document.doc
    end = before_saying(document, first, min(last.right_edge.i + 1, document.sentence(last.i)[1]))
    end = _before_attribution(document, first, end)
    while end > first and (doc[end - 1].is_space or doc[end - 1].text in {",", ";", ":", ".", "—", "–", "-"}):
        end -= 1
    return (first, end) if first < end else None


def _before_attribution(document: Document, first: int, end: int) -> int:
    """Where tokens [first, end) end once ", X said" is left out, which the tree took for an apposition."""
    high = document.sentence(first)[1]
    for token in document.doc[first + 1 : min(high, end + 1)]:
        if token.pos_ == "VERB" and use_of(token) is not None and (placed := inserted(document, token)) is not None:
            return min(end, placed[0]) if placed[0] > first else end
    return end
