"""Statements of one report: who said what, directly or in reported speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from foedus.extract.statements_before import speaks_on, spoke_before
from foedus.extract.statements_bodies import give_state
from foedus.extract.statements_direct import (
    Cue,
    Quotation,
    cue_after,
    cue_before,
    naming,
    quotations,
    sentence_end,
)
from foedus.extract.statements_document import is_own_name, issued_by
from foedus.extract.statements_finished import finished, without_heading
from foedus.extract.statements_listed import is_plural_office, speak_together
from foedus.extract.statements_own import find_own
from foedus.extract.statements_public import is_politics, is_public
from foedus.extract.statements_reported import find_reported
from foedus.extract.statements_said import (
    Said,
    is_bare,
    is_medium,
    is_own_lead,
    subject,
    without_nested,
    without_relayers,
)
from foedus.extract.statements_set_off import Setting, find_set_off
from foedus.extract.statements_speaker import SEVERAL, Speaker, document_noun, speaker_of
from foedus.extract.statements_turns import find_turns
from foedus.extract.statements_verbs import is_said, use_of
from foedus.language import syntax
from foedus.mentions.model import PartyMention, PersonMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Statement


def find_statements(document: Document) -> list[Statement]:
    """Every statement that the report gives, in text order; [] when it gives none.

    A report gives none, unless it is about politics, or somebody speaks in it for a state, an organisation of states or a public
    office, or it knows an agreement; one on another topic (a company, sport, fiction) gives none unless it uses words of politics.
    """
    known = document.notes.get("statements")
    if known is None:
        known = document.notes["statements"] = _find(document)
    return list(known)  # type: ignore[call-overload, no-any-return]


def _find(document: Document) -> list[Statement]:
    turns = find_turns(document)
    found = [finished(document, said) for said in sorted(_Finder(document).run(), key=lambda s: s.spans[0])]
    if turns:
        begin = turns[0].evidence["record"][0][0]
        return [said for said in found if said.evidence["record"][0][1] <= begin] + turns
    return without_heading(document, found) if is_politics(document) or is_public(document, found) else []


class _Finder:
    """Direct speech first, by its marks; then reported clauses in what is left."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.quotes = quotations(document)
        self.inside: set[int] = {i for q in self.quotes for i in range(q.first, q.last)}
        self.found: list[Said] = []
        self.reported: list[Said] = []
        self.used: set[int] = set()

    def run(self) -> list[Said]:
        """Every statement, unordered; none inside another's words."""
        reported = self.reported
        find_reported(self.document, self.inside, self._speaker, reported)
        self._lengthen(reported)
        self._direct(reported)
        setting = Setting(self.document, self.inside, self.used, self.found, self._speaker)
        find_set_off(setting)
        find_own(setting)
        quoted = [s for said in self.found for s in said.spans]
        for said in reported:
            if said.verb is not None and said.verb.i in self.used and not self._is_told_before(said):
                continue
            if any(a < d and c < b for a, b in said.spans for c, d in quoted):
                continue
            self.found.append(said)
        self._name_issuers()
        for said in self.found:
            give_state(self.document, said.speaker)
        named = [said for said in self.found if said.speaker.persons[0].name or said.speaker.persons[0].office]
        kept = [said for said in without_relayers(named) if not is_own_lead(said) and not is_bare(self.document, said)]
        return without_nested(kept)

    def _is_told_before(self, said: Said) -> bool:
        """Whether the clause is a sentence of its own, before the one whose quotation is attributed by its verb ("X said that … “We …”")."""
        if said.verb is None or said.mode != "indirect":
            return False
        _, high = self.document.sentence(said.verb.i)
        quoted = [q for f in self.found if f.verb is not None and f.verb.i == said.verb.i for q in f.spans]
        end = self.document.doc[high - 1].idx
        return bool(quoted) and all(a > end for a, _ in quoted)

    def _lengthen(self, reported: list[Said]) -> None:
        """Let a reported clause that breaks off inside a quotation go on to the closing mark."""
        for said in reported:
            start, end = said.spans[-1]
            for quote in self.quotes:
                low, high = quote.spans[0]
                if start <= low < end < high:
                    said.spans[-1] = (start, high)

    # -- direct speech ------------------------------------------------------------------------------------------

    def _direct(self, reported: list[Said]) -> None:
        document = self.document
        count = len(self.quotes)
        last: Said | None = None
        for k, quote in enumerate(self.quotes):
            following = self.quotes[k + 1].opened if k + 1 < count else len(document.doc)
            preceding = self.quotes[k - 1].closed if k else 0
            behind = cue_after(document, quote, following)
            front = cue_before(document, quote, preceding)
            goes_on = last is not None and k > 0 and self._goes_on(last, quote, self.quotes[k - 1], front)
            if goes_on and last is not None and (behind is None or self._is_new(behind)):
                last.spans += quote.spans
                last.closed, last.paragraph = quote.closed, quote.paragraph
                continue
            adds = behind is not None and behind.verb is not None and behind.verb.tag_ == "VBG"
            cue = front if front is not None and (adds or behind is None or not self._comma(quote)) else behind
            if self._belongs(quote, cue, reported):
                continue
            if cue is None and (said := self._named(quote)) is not None:
                self._add_named(said, quote)
                continue
            if cue is behind and self._tail(quote):
                continue
            if cue is not None and cue.verb is not None and self._inserted(cue.verb, reported, quote):
                continue
            said = self._quoted(quote, cue) if cue is not None else self._uncued(quote, last, reported)
            if said is not None:
                self.found.append(said)
                last = said

    def _tail(self, quote: Quotation) -> bool:
        """Whether the quotation only ends a sentence that began outside it ("… “in vain”, X said"), or is a mere word."""
        document = self.document
        first = document.doc[quote.first].text[:1]
        words = sum(b - a for a, b in quote.spans)
        if not first.islower():
            return False
        low, _ = document.sentence(quote.first)
        before = [t for t in document.doc[low : quote.opened] if not t.is_punct and not t.is_space]
        return bool(before) or words < 12

    def _named(self, quote: Quotation) -> Said | None:
        """The quoted words by which a speaker calls something."""
        document = self.document
        a, b = quote.spans[0]
        verb = naming(document, quote)
        if verb is None:
            return None
        if verb.lemma_.lower() == "describe":
            a = document.doc[verb.i + 1].idx
            b += 1
        elif len(document.report.text[a:b].split()) < 2 and not (self.found and self.found[-1].verb is verb):
            return None
        source = subject(verb)
        speaker = self._speaker(source, verb) if source is not None else None
        if speaker is None:
            return None
        low, high = document.sentence(verb.i)
        outside = [(low, quote.opened), (quote.closed, high)]
        return Said([(a, b)], "mixed", speaker, quote.paragraph, verb, outside, quote.closed)

    def _add_named(self, said: Said, quote: Quotation) -> None:
        """Add what something is called; a further name behind it ("a “folly” and a “trap”") lengthens the first."""
        before = self.found[-1] if self.found else None
        if before is None or before.verb is not said.verb or before.mode != "mixed" or said.verb is None:
            self.found.append(said)
            return
        before.spans = [(before.spans[0][0], said.spans[-1][1])]
        before.outside = [before.outside[0], (quote.closed, before.outside[-1][1])]
        before.closed = quote.closed

    def _belongs(self, quote: Quotation, cue: Cue | None, reported: list[Said]) -> bool:
        """Whether the quotation and its verb both stand in a clause that somebody is reported to have said."""
        verb = cue.verb if cue is not None else naming(self.document, quote)
        if verb is None:
            return False
        low, high = quote.spans[0][0], quote.spans[-1][1]
        return any(
            said.verb is not None
            and said.verb.i != verb.i
            and not is_medium(said.speaker)
            and any(a <= verb.idx < b and a <= low and high <= b + 1 for a, b in said.spans)
            for said in reported
        )

    def _comma(self, quote: Quotation) -> bool:
        text = self.document.report.text
        end = quote.spans[-1][1]
        return text[end - 1] == "," or text[end + 1 : end + 2] == ","

    def _is_new(self, cue: Cue) -> bool:
        """Whether the words behind a continued quotation attribute something else than it."""
        return cue.verb is None

    def _goes_on(self, last: Said, quote: Quotation, before: Quotation, front: Cue | None) -> bool:
        """Whether `quote` goes on with the words of `last`: only its attribution stands between, or nothing."""
        document, doc = self.document, self.document.doc
        if last.closed != before.closed:
            return False
        between = doc[before.closed : quote.opened]
        if quote.paragraph == before.paragraph:
            if not [t for t in between if not t.is_punct and not t.is_space]:
                return True
            verb = last.verb
            if verb is None or not before.closed <= verb.i < quote.opened:
                return False
            if any(t.i > verb.i and use_of(t) is not None and syntax.own_subjects(t) for t in between):
                return False  # somebody says something else in between
            if between[-1].lower_ == "that" or between[-1].tag_ == "VBG":
                return False  # "…," X said, assuring that “…”
            inner = sentence_end(document, before.closed, quote.opened) >= quote.opened - 2
            return inner and (front is None or front.verb is None or front.verb.i == verb.i)
        text = document.report.text
        if text[quote.spans[0][0] - 1] in _SINGLE and text[before.spans[-1][0] - 1] not in _SINGLE:
            return False  # a heading in single marks between paragraphs in double ones
        if (
            document.paragraph(quote.first) != before.paragraph + 1
            or quote.opened > document.paragraphs[quote.paragraph][0] + 1
        ):
            return False
        rest = doc[before.closed : document.paragraphs[before.paragraph][1]]
        if last.verb is not None and last.verb.i in range(before.closed, before.closed + len(rest) + 1):
            return sum(t.text == "." for t in rest) <= 1 and quote.closed >= document.paragraphs[quote.paragraph][1] - 1
        return not [t for t in rest if not t.is_punct and not t.is_space]

    def _inserted(self, verb: Token, reported: list[Said], quote: Quotation) -> bool:
        """Whether the verb is inserted in a sentence that mixes its words with the quotation."""
        a, b = quote.spans[0]
        for said in reported:
            if said.verb is not None and said.verb.i == verb.i and said.mode == "mixed":
                own = sum(max(0, min(b, d) - max(a, c)) for c, d in said.spans)
                quoted = sum(
                    max(0, min(y, d) - max(x, c)) for q in self.quotes for x, y in q.spans for c, d in said.spans
                )
                whole = sum(d - c for c, d in said.spans)
                return own > 0 and len(said.spans) > 1 and whole > quoted + _MARKS and said.spans[0][0] < a
        return False

    def _quoted(self, quote: Quotation, cue: Cue) -> Said | None:
        source = cue.source
        if source is None and cue.verb is not None:
            source = subject(cue.verb)
        if source is None:
            return None
        speaker = self._speaker(source, cue.verb, (cue.first, cue.last))
        if speaker is None:
            return None
        if cue.verb is not None:
            self.used.add(cue.verb.i)
        said = Said(
            list(quote.spans), "direct", speaker, quote.paragraph, cue.verb, [(cue.first, cue.last)], quote.closed
        )
        if cue.relayer is not None and cue.verb is not None and not document_noun(cue.relayer):
            said.via = speaker_of(self.document, cue.relayer, cue.first, cue.verb.head.i)
        return said

    def _uncued(self, quote: Quotation, last: Said | None, reported: list[Said]) -> Said | None:
        """A whole sentence between marks without attribution, behind a sentence about one person."""
        document, doc = self.document, self.document.doc
        text = document.report.text[quote.spans[0][0] : quote.spans[-1][1]]
        if not text[:1].isupper() or text[-1] not in ".?!" or len(text.split()) < 4:
            return None
        if any(a < d and c < b for r in reported for a, b in r.spans for c, d in quote.spans):
            return None
        signed = self._signature(quote)
        if signed is not None:
            return signed
        if quote.opened <= document.paragraphs[document.paragraph(quote.first)][0] + 1:
            return self._alone(quote, reported)
        before = quote.opened - 1
        while before > 0 and (doc[before].is_space or doc[before].is_punct):
            before -= 1
        if (
            document.paragraph(before) != quote.paragraph
            or document.sentence(before)[0] == document.sentence(quote.first)[0] < before - 2
        ):
            return None
        low, high = document.sentence(before)
        root = next((t for t in doc[low:high] if t.dep_ == "ROOT"), None)
        source = syntax.subject(root) if root is not None else None
        if source is None:
            return None
        goes_on = source.pos_ == "PRON" and last is not None and last.paragraph == quote.paragraph
        speaker = last.speaker if goes_on and last is not None and last.speaker.someone else self._speaker(source, None)
        if speaker is None or not speaker.someone or speaker.first >= quote.opened:
            return None
        return Said(list(quote.spans), "direct", speaker, quote.paragraph, None, [], quote.closed)

    def _alone(self, quote: Quotation, reported: list[Said]) -> Said | None:
        """A paragraph that is all quotation, behind one whose last sentence gives the words of one person: his as well."""
        document = self.document
        at, high = document.paragraph(quote.first), document.paragraphs[quote.paragraph][1]
        low = document.paragraphs[at][0]
        if at == 0 or quote.closed < high - 1 or quote.opened > low + 1:
            return None
        first, last = document.paragraphs[at - 1]
        before = [s for s in (*self.found, *reported) if s.verb is not None and first <= s.verb.i < last]
        speaker = before[0].speaker if before else None
        if any(s.speaker.someone != before[0].speaker.someone for s in before):
            return None
        low, _ = document.sentence(last - 1)
        if not any(s.verb is not None and s.verb.i >= low for s in before):
            root = next((t for t in document.doc[low:last] if t.dep_ == "ROOT"), None)
            source = subject(root) if root is not None and use_of(root) is not None and is_said(root) else None
            one = self._speaker(source, root) if source is not None else None
            if one is None or (speaker is not None and one.someone != speaker.someone):
                return None
            speaker = one
        if speaker is None or len(speaker.someone) != 1:
            return None
        return Said(list(quote.spans), "direct", speaker, quote.paragraph, None, [], quote.closed)

    def _signature(self, quote: Quotation) -> Said | None:
        """A quotation signed under it: “…” — Name, office."""
        document, doc = self.document, self.document.doc
        signed = _SIGNED.match(document.report.text, quote.spans[-1][1])
        at = bisect_left(document.starts, signed.end()) if signed is not None else len(doc)
        if at >= len(doc):
            return None
        person = document.at(at, PersonMention)
        if person is not None:
            speaker = self._speaker(doc[person.root], None)
        elif doc[at].pos_ == "PROPN" and (end := document.paragraphs[document.paragraph(at)][1]) - at < _SIGNATURE:
            speaker = self._speaker(doc[at], None, (at, end))
        else:
            return None
        return Said(list(quote.spans), "direct", speaker, quote.paragraph, None, [], quote.closed) if speaker else None

    def _name_issuers(self) -> None:
        """Give "the statement" the speaker of the statement before, once direct speech has been read too."""
        known = sorted(self.found, key=lambda s: s.speaker.first)
        for said in known:
            one = said.speaker
            heads = [t for t in self.document.doc[one.first : one.last] if document_noun(t, "document")]
            if not heads or one.someone or len(one.persons) > 1 or one.persons[0].party is not None:
                continue
            before = spoke_before(self.document, heads[-1], [s for s in known if s is not said], self.inside)
            if before is not None and before.persons[0].party is not None:
                said.speaker = before

    # -- speaker ------------------------------------------------------------------------------------------------

    def _speaker(self, source: Token, verb: Token | None, bounds: tuple[int, int] | None = None) -> Speaker | None:
        document = self.document
        low, high = bounds or document.sentence(source.i)
        if verb is not None:
            if source.i < verb.i:
                high = min(high, verb.i)
            else:
                low = max(low, verb.i + 1)
        if document_noun(source):
            if is_own_name(source, verb):
                return None
            if (by := issued_by(document, source)) is not None:
                return by
        known = sorted([*self.found, *self.reported], key=lambda s: s.speaker.first)
        if (going_on := speaks_on(document, source, known, self.inside)) is not None:
            return going_on
        speaker = speaker_of(document, source, low, high)
        if (speaker is None or len(speaker.persons) == 1) and is_plural_office(source):
            speaker = speak_together(document, source) or speaker
        several = source.lower_ in SEVERAL and document.at(source.i, PartyMention) is None  # not "the United States"
        if speaker is not None and not document_noun(source) and (not several or len(speaker.persons) > 1):
            return _fuller(speaker, known)
        if source.pos_ == "PRON" or several or document_noun(source):
            return spoke_before(document, source, known, self.inside) or speaker
        return _fuller(speaker, known) if speaker is not None else None


def _fuller(speaker: Speaker, known: list[Said]) -> Speaker:
    """The body that spoke before under its full name, where "the ministry" speaks again."""
    name = speaker.persons[0].name or ""
    if speaker.someone or len(speaker.persons) > 1 or " " in name or not name.islower():
        return speaker
    for said in reversed(known):
        one = said.speaker.persons[0]
        fuller = not said.speaker.someone and (one.name or "").casefold().endswith(f" {name}")
        if fuller and speaker.persons[0].party in {None, one.party}:
            return Speaker(said.speaker.persons, [*speaker.spans, *said.speaker.spans], speaker.first, speaker.last)
    return speaker


_SIGNED = re.compile(r"[”\"’'»]{0,2}\s*(?:[—–―]|--?)\s*(?=[^\W\d_a-z])")
"""The dash between a quotation and the name under it."""
_SINGLE = {"'", "‘", "‚"}
_SIGNATURE = 6
"""Tokens of a signature at most, its dash included."""
_MARKS = 8
"""Characters of a sentence between quotation marks that are marks and blanks, not the report's own words."""
