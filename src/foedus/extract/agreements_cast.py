"""Who does things together in a report: sets of parties that one phrase or clause puts side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.extract.agreements_brokers import go_betweens, is_doubtful
from foedus.extract.agreements_deeds import is_faction
from foedus.extract.agreements_focus import only_pair, state_counts, states_in
from foedus.extract.agreements_parties import actors_of, named_in
from foedus.lexicon import load_forms
from foedus.mentions.model import GroupMention, Parties, PartyMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.language.doc import Token
    from foedus.mentions import Document

_BACK = 4
"""How many sentences back a set may stand that is meant without being named."""
_MOST = 9
_OFTEN = 2
"""So often the report needs to put a set together for it to be what it is about."""

_DASHES = {"-", "–", "—"}


def cast_at(document: Document, at: int, having: Parties) -> Parties:
    """The set of parties between which token `at` says something; it holds `having`; empty when the report leaves it open.

    The last set put together in the sentences just before, else the one that the whole report puts together most often.
    """
    if document.in_quote(document.doc[at].idx):
        return Parties()
    sets = joint_sets(document)
    here, end = document.sentence_index(at), document.sentence(at)[1]
    before = [(i, one) for i, one in sets if i < end]
    recent = [one for i, one in before if here - document.sentence_index(i) <= _BACK]
    usual = _usual(sets)
    known = any(one.codes == usual.codes for _, one in before)
    if not known or not set(having.codes) <= set(usual.codes) or (recent and recent[-1].codes != usual.codes):
        return Parties()
    return usual


def _usual(sets: list[tuple[int, Parties]]) -> Parties:
    """The set that comes up most often; of two that come up as often, the one that holds the other, else none."""
    counts: Counter[tuple[str, ...]] = Counter(one.codes for _, one in sets)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    if not ranked:
        return Parties()
    chosen = ranked[0]
    if any(count == chosen[1] and not set(codes) <= set(chosen[0]) for codes, count in ranked[1:]):
        return Parties()
    return next(one for _, one in sets if one.codes == chosen[0])


def cast_of(document: Document) -> Parties:
    """The set of parties that the whole report is about: the one it puts together most, else its only two states; else empty."""
    known = document.notes.get("cast")
    if known is None:
        inside = any(is_faction(token) for token in document.doc)
        known = document.notes["cast"] = _often_joined(document) or (Parties() if inside else only_pair(document))
    assert isinstance(known, Parties)
    return known


def _often_joined(document: Document) -> Parties:
    """The set put together clearly most often, none of its members named less than any other party but those between them."""
    sets = joint_sets(document)
    counts = Counter(one.codes for _, one in sets)
    if not counts:
        return Parties()
    (codes, often), *rest = counts.most_common()
    if often < _OFTEN or any(2 * other > often and not set(one) < set(codes) for one, other in rest):
        return Parties()
    totals = state_counts(document)
    between = set(go_betweens(document).codes)
    others = [n for code, n in totals.items() if code not in codes and code not in between]
    if set(codes) & between or min(totals.get(code, often) for code in codes) < max(others, default=0):
        return Parties()
    return next(one for _, one in sets if one.codes == codes)


def joint_sets(document: Document) -> list[tuple[int, Parties]]:
    """(token, parties) for every phrase or clause that puts two or more parties together, in text order; kept."""
    known = document.notes.get("joint_sets")
    if known is None:
        found = {i: one for i, one in _sets(document) if 2 <= len(one.codes) <= _MOST}
        known = document.notes["joint_sets"] = _widest(document, found)
    return known  # type: ignore[return-value]


def are_joined(document: Document, pair: Parties) -> bool:
    """Whether the report puts these parties together somewhere: in one phrase, or as the only two states of a sentence."""
    codes = set(pair.codes)
    if any(codes <= set(one.codes) for _, one in joint_sets(document)):
        return True
    return any(set(states_in(document, low, high).codes) == codes for low, high in document.sentences)


def _widest(document: Document, found: dict[int, Parties]) -> list[tuple[int, Parties]]:
    """The sets in text order, those left out that are only a part of another one in the same sentence."""
    of: dict[int, list[set[str]]] = {}
    for i, one in found.items():
        of.setdefault(document.sentence_index(i), []).append(set(one.codes))
    return [
        (i, one)
        for i, one in sorted(found.items(), key=lambda item: item[0])
        if not any(set(one.codes) < other for other in of[document.sentence_index(i)])
    ]


def _sets(document: Document) -> Iterator[tuple[int, Parties]]:
    for mention in document.mentions:
        if isinstance(mention, GroupMention) and len(mention.parties) > 1:
            together = Parties(tuple(sorted(set(mention.parties))), (mention.span,))
            if not is_doubtful(document, mention.first, mention.last, together):
                yield mention.root, together
    for token in document.doc:
        if token.pos_ in {"NOUN", "PROPN", "ADJ", "PRON"}:
            if token.dep_ != "conj" and any(child.dep_ == "conj" for child in token.children):
                yield token.i, actors_of(document, token) or _of_adjectives(document, token)
        elif token.text in _DASHES and 0 < token.i < len(document.doc) - 1:
            yield token.i, _of_dash(document, token.i)


def _of_adjectives(document: Document, first: Token) -> Parties:
    """States whose adjectives stand together before one noun for people or bodies of theirs: "his Thai and Lao counterparts"."""
    noun = first.head
    if first.dep_ not in {"amod", "compound"} or not {noun.lemma_.lower(), noun.lower_} & set(
        load_forms("state_nouns")
    ):
        return Parties()
    return named_in(document, first.left_edge.i, first.right_edge.i + 1)


def _of_dash(document: Document, dash: int) -> Parties:
    """States joined by dashes: "the Peru-Chile border", "the Peru-Chile-Bolivia talks"."""
    left, right = document.at(dash - 1, PartyMention), document.at(dash + 1, PartyMention)
    found = Parties()
    while left is not None and right is not None and left is not right:
        found |= Parties((left.code,), (left.span,)) | Parties((right.code,), (right.span,))
        after = right.last
        if after + 1 >= len(document.doc) or document.doc[after].text not in _DASHES:
            break
        left, right = right, document.at(after + 1, PartyMention)
    return found
