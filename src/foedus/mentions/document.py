"""A report parsed and resolved: what every extractor reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from foedus.language import syntax
from foedus.lexicon import load_forms
from foedus.mentions.model import (
    NOBODY,
    Dateline,
    DateMention,
    ForumMention,
    GroupMention,
    Mention,
    Modality,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
    PlaceMention,
)
from foedus.mentions.quotes import spoken
from foedus.record import Report, Span

if TYPE_CHECKING:
    from foedus.language.doc import Doc, Token

M = TypeVar("M", bound=Mention)
_ADVERBIAL = {"obl", "obl:unmarked", "obl:agent", "advmod", "nmod", "nmod:unmarked"}


def _is_of_whom(word: Token, party: PartyMention) -> bool:
    """Whether `word` says whose ally, rival or neighbour somebody is ("**Norland**'s allies", "**US** allies"), not who it is ("Norlandish donors")."""
    if party.code.startswith("org:") or word.dep_ == "appos":
        return False
    return word.dep_ in {"nmod:poss", "compound"} or (word.dep_ == "nmod" and syntax.preposition(word) == "of")


class Document:
    """One report with its parse and its resolved mentions.

    `mentions` is sorted by position and may nest ("U.S. Secretary of War Pete Hegseth" is a PersonMention with the
    PartyMention "U.S." inside). Finders add with `add`; extractors only read.
    """

    def __init__(self, report: Report, doc: Doc) -> None:
        self.report = report
        self.doc = doc
        self.mentions: list[Mention] = []
        self.dateline: Dateline | None = None
        self.sentences: list[tuple[int, int]] = [(s.start, s.end) for s in doc.sents]
        self._sentence_of = [k for k, (a, b) in enumerate(self.sentences) for _ in range(a, b)]
        self.paragraphs: list[tuple[int, int]] = [(p.start, p.end) for p in doc.spans.get("paragraphs", [])]
        self.starts: list[int] = [token.idx for token in doc]
        """Where each token begins, in characters."""
        self._ends = [token.idx + len(token.text) for token in doc]
        self._space = [token.is_space for token in doc]
        self.quotes: list[Span] = []
        self.notes: dict[str, object] = {}
        """What one extractor found and another reads, so that it is found once."""
        self.trace: dict[str, dict[str, str]] | None = None
        """When a dict: extractors note here, by record id and field, the rule that put the value."""
        self._modality: dict[int, Modality] = {}
        self._of_kind: dict[type[Mention], list[Mention]] = {}
        self._starts_of: dict[type[Mention], list[int]] = {}
        self._longest: dict[type[Mention], dict[int, Mention]] = {}
        self._quoted: tuple[list[Span], bytes] = ([], b"")

    # -- building -------------------------------------------------------------------------------------------------

    def add(self, mentions: Iterable[Mention]) -> None:
        """Add mentions, keeping `mentions` in text order (longer first at the same start)."""
        self.mentions.extend(mentions)
        self.mentions.sort(key=lambda m: (m.start, -m.end))
        self._of_kind.clear()
        self._starts_of.clear()
        self._longest.clear()

    # -- words ----------------------------------------------------------------------------------------------------

    def span(self, first: int, last: int) -> Span:
        """Characters of the tokens [first, last), outer whitespace left out."""
        while last - 1 > first and self._space[last - 1]:
            last -= 1
        while first < last - 1 and self._space[first]:
            first += 1
        return self.starts[first], self._ends[last - 1]

    def lemmas(self, first: int, last: int) -> set[str]:
        """The lemmas of the tokens [first, last)."""
        return {token.lemma_ for token in self.doc[first:last]}

    def words(self, span: Span) -> str:
        """The words at `span`, line breaks and blank runs made one blank."""
        return " ".join(self.report.text[span[0] : span[1]].split())

    def tokens_in(self, spans: Iterable[Span]) -> list[Token]:
        """The tokens that begin inside one of `spans`, in text order, each once."""
        found = {i for a, b in spans for i in range(bisect_left(self.starts, a), bisect_left(self.starts, b))}
        tokens = self.doc.tokens
        return [tokens[i] for i in sorted(found)]

    def sentence(self, token: int) -> tuple[int, int]:
        """Token range of the sentence that holds token index `token`."""
        return self.sentences[self._sentence_of[token]]

    def sentence_index(self, token: int) -> int:
        """Which sentence, counted from 0, holds token index `token`."""
        return self._sentence_of[token]

    def sentence_span(self, token: int) -> Span:
        """Characters of the sentence of a token."""
        return self.span(*self.sentence(token))

    def paragraph(self, token: int) -> int:
        """Which paragraph, counted from 0, holds token index `token`."""
        k = bisect_right(self.paragraphs, token, key=itemgetter(0)) - 1
        if k >= 0 and token < self.paragraphs[k][1]:
            return k
        return max(len(self.paragraphs) - 1, 0)

    def in_quote(self, offset: int) -> bool:
        """Whether the character at `offset` stands inside quotation marks of direct speech; a readout in such marks is none."""
        quotes, marked = self._quoted
        if quotes is not self.quotes:
            marked = _marked(spoken(self.report.text, self.quotes))
            self._quoted = self.quotes, marked
        return offset < len(marked) and marked[offset] == 1

    # -- mentions -------------------------------------------------------------------------------------------------

    def at(self, token: int, kind: type[M]) -> M | None:
        """The longest mention of `kind` that covers token index `token`."""
        try:
            longest = self._longest[kind]
        except KeyError:
            longest = self._longest[kind] = _longest(self.all_of(kind))
        return longest.get(token)  # type: ignore[return-value]

    def within(self, first: int, last: int, kind: type[M]) -> list[M]:
        """Mentions of `kind` that lie wholly inside tokens [first, last), in text order."""
        return [m for m in self._between(first, last, kind) if m.first >= first and m.last <= last]

    def all_of(self, kind: type[M]) -> list[M]:
        """Every mention of `kind`, in text order."""
        if kind not in self._of_kind:
            self._of_kind[kind] = [m for m in self.mentions if isinstance(m, kind)]
        return self._of_kind[kind]  # type: ignore[return-value]

    def _between(self, first: int, last: int, kind: type[M]) -> list[M]:
        """Mentions of `kind` that begin inside tokens [first, last), and perhaps some beside, in text order."""
        try:
            known, starts = self._of_kind[kind], self._starts_of[kind]
        except KeyError:
            known = self.all_of(kind)
            starts = self._starts_of[kind] = [m.start for m in known]
        low = bisect_left(starts, self.starts[first]) if 0 < first < len(self.starts) else 0
        high = bisect_left(starts, self.starts[last]) if 0 <= last < len(self.starts) else len(known)
        return known[low:high]  # type: ignore[return-value]

    def parties_in(self, first: int, last: int) -> Parties:
        """Every party that the tokens [first, last) name or stand for: names, persons, groups, offices, pronouns."""
        found = NOBODY
        covered = -1
        for mention in self._between(first, last, Mention):
            if mention.first < first or mention.last > last or mention.first < covered:
                continue
            one = parties_of(mention)
            if one:
                found |= one
                covered = mention.last
        return found

    def parties_at(self, tokens: Iterable[Token]) -> Parties:
        """Parties of the noun phrases headed by `tokens`: the mention on the head, else the phrase's possessor or adjective."""
        found = NOBODY
        for token in tokens:
            found |= self.party_of(token)
        return found

    def party_of(self, token: Token) -> Parties:
        """Party or person that one noun phrase head stands for; empty when none ("the deal"), or when it is of others ("Norland's allies")."""
        for kind in (PersonMention, GroupMention, OfficeMention, PartyMention, ForumMention):
            mention = self.at(token.i, kind)
            if mention is not None and (found := parties_of(mention)):
                return found if found.codes else self._joint(token, found)
        others = token.lower_ in load_forms("relations")
        for child in token.children:
            if child.dep_ in {"nmod:poss", "amod", "compound", "nmod:desc", "nmod", "appos"} and child.i != token.i:
                mention = self.at(child.i, PartyMention)
                if mention is not None and not (others and _is_of_whom(child, mention)):
                    return Parties((mention.code,), (mention.span,))
        return NOBODY

    def _joint(self, token: Token, person: Parties) -> Parties:
        """The person with the parties of the group named side by side with it ("Ministers A and B"), if there is one."""
        group = self.at(token.i, GroupMention)
        if group is None or not any(p is q for p in person.persons for q in group.persons):
            return person
        return Parties(tuple(sorted(set(group.parties))), (*person.spans, *group.antecedents), person.persons)

    # -- circumstances --------------------------------------------------------------------------------------------

    def when(self, predicate: Token) -> DateMention | None:
        """The time of a predicate: a date that hangs on it (or on its object, or its coordinated verb), else None."""
        return self._circumstance(predicate, DateMention)

    def where(self, predicate: Token) -> PlaceMention | None:
        """The place of a predicate: an "in/at" place that hangs on it or on its object, else None."""
        return self._circumstance(predicate, PlaceMention)

    def _circumstance(self, predicate: Token, kind: type[M]) -> M | None:
        low, high = self.sentence(predicate.i)
        candidates: list[tuple[int, M]] = []
        for mention in self.within(low, high, kind):
            if (
                isinstance(mention, PlaceMention)
                and syntax.preposition(self.doc[mention.root]) not in _PLACE_PREPOSITIONS
            ):
                continue
            if isinstance(mention, DateMention) and mention.role == "recurring":
                continue
            steps = self._steps(self.doc[mention.root], predicate)
            if steps is not None:
                candidates.append((steps, mention))
        return min(candidates, key=lambda c: (c[0], abs(c[1].first - predicate.i)))[1] if candidates else None

    def _steps(self, token: Token, predicate: Token) -> int | None:
        """How many arcs lead from `token` up to `predicate` without leaving its clause; None when they do not."""
        steps = 0
        at = token
        while at.i != predicate.i:
            if at.head is at or steps > 6:
                return None
            if steps and at.dep_ in syntax.CLAUSES | {"conj"} and at.pos_ in {"VERB", "AUX"}:
                return None
            at = at.head
            steps += 1
        return steps

    def modality(self, predicate: Token) -> Modality:
        """How `predicate` is meant; computed once a predicate and kept."""
        if predicate.i not in self._modality:
            from foedus.mentions.modality import find_modality

            self._modality[predicate.i] = find_modality(self, predicate)
        return self._modality[predicate.i]


_PLACE_PREPOSITIONS = {"in", "at", "near", "outside", "aboard", "off", "to", "inside", "on"}


def _marked(spans: list[Span]) -> bytes:
    """1 at the offset of every character inside one of `spans`, else 0, up to the last of them."""
    found = bytearray(max((end for _, end in spans), default=0))
    for start, end in spans:
        found[start:end] = b"\1" * (end - start)
    return bytes(found)


def _longest(mentions: Iterable[M]) -> dict[int, Mention]:
    """Token index -> the longest of `mentions` that covers it, the first of equally long ones."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        size = mention.end - mention.start
        for i in range(mention.first, mention.last):
            if i not in found or size > found[i].end - found[i].start:
                found[i] = mention
    return found


def parties_of(mention: Mention) -> Parties:
    """The parties that one mention stands for, with its words; empty for dates, money and unresolved groups."""
    if isinstance(mention, PartyMention):
        return Parties((mention.code,), (mention.span,))
    if isinstance(mention, PersonMention):
        codes = (mention.person.party,) if mention.person.party else ()
        return Parties(codes, (mention.span,), (mention.person,))
    if isinstance(mention, GroupMention):
        return Parties(tuple(sorted(set(mention.parties))), (mention.span, *mention.antecedents), mention.persons)
    if isinstance(mention, OfficeMention) and mention.party:
        return Parties((mention.party,), (mention.span,))
    if isinstance(mention, ForumMention) and mention.code:
        return Parties((mention.code,), (mention.span,))
    return NOBODY
