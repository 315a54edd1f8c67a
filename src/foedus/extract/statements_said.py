"""A statement in the making, and what is decided about it without the report: its subject, what it relays, what it repeats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.extract.statements_speaker import document_noun
from foedus.extract.statements_verbs import carried_out, does_by_words, is_said, use_of
from foedus.language import syntax
from foedus.lexicon import load_forms

if TYPE_CHECKING:
    from foedus.extract.statements_speaker import Speaker
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Mode, Span


@dataclass(slots=True)
class Said:
    """A statement in the making."""

    spans: list[Span]
    mode: Mode
    speaker: Speaker
    paragraph: int
    verb: Token | None = None
    outside: list[tuple[int, int]] = field(default_factory=list)
    closed: int = 0
    via: Speaker | None = None
    act: str = ""
    """What is done by the words, when the verb alone does not say it."""
    cues: tuple[tuple[int, int], ...] = ()
    """Tokens that show the act, when they are not the verb."""


_FEWEST = 6
"""Words from which on a phrase without a verb of its own says something."""


def is_bare(document: Document, said: Said) -> bool:
    """Whether a thing of a few words, no clause, is named in passing, in a heading, or by somebody without state or office.

    ("Cut its rate, citing **the weather**", "unions complained about **pay**".) What an official condemns or welcomes is a statement.
    """
    words = [t for t in document.tokens_in(said.spans) if not t.is_punct and not t.is_space]
    finite = any(t.tag_ in _FINITE or (t.tag_ == "VB" and t.pos_ in {"VERB", "AUX"}) for t in words)
    if said.mode != "indirect" or len(words) >= _FEWEST or finite or said.verb is None:
        return False
    nobody = not any(p.party or p.office for p in said.speaker.persons)
    return nobody or said.verb.tag_ == "VBG" or _is_heading(document, said.verb)


def _is_heading(document: Document, verb: Token) -> bool:
    low, high = document.sentence(verb.i)
    words = [t for t in document.doc[low:high] if not t.is_space]
    return low == 0 and bool(words) and words[-1].text not in {".", "!", "?"}


def subject(verb: Token) -> Token | None:
    """Head of the subject of a verb of saying; of "quoted as saying" the person quoted; None for an empty "it"."""
    source: Token | None = None
    if (quoting := quoting_verb(verb)) is not None:
        source = next((c for c in quoting.children if c.dep_ in {"nsubj:pass", "obj"}), None)
        return source or next((c for c in quoting.children if c.dep_ == "nsubj" and c.i > quoting.i), None)
    if carried_out(verb):
        return subject(verb.head)
    if syntax.is_passive(verb):
        agents = syntax.agents(verb)
        return agents[0] if agents else None
    if verb.dep_ == "conj" and not syntax.own_subjects(verb):
        first = syntax.first_conjunct(verb)
        if first.dep_ == "ccomp" and use_of(first.head) is not None and first.i > first.head.i:
            return subject(first.head)
    if (
        verb.tag_ == "VBG"
        and verb.dep_ in {"advcl", "acl", "parataxis"}
        and verb.i
        and verb.nbor(-1).text in {",", ";"}
    ):
        # "X said that Y had left, adding that": of those above, the one who speaks
        speaking = next((t for t in verb.ancestors if _speaks(t)), None) or _interrupting(verb)
        if speaking is not None:
            return subject(speaking)
    if verb.tag_ == "VBG" and verb.i > 1 and verb.nbor(-1).lower_ == "while":
        told = verb.nbor(-2)  # "she said while reminding that"
        speaking = told if use_of(told) is not None else next((t for t in verb.ancestors if _speaks(t)), None)
        return subject(speaking) if speaking is not None else None
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.i and verb.nbor(-1).text == ",":
        # "praised the accord, writing on X": a participle after a comma says what the subject did, whatever it hangs on
        above = next((t for t in verb.ancestors if t.pos_ == "VERB" and syntax.own_subjects(t)), None)
        return syntax.own_subjects(above)[0] if above is not None else None
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if own and own[0].tag_ == "WP" and own[0].i and verb.dep_ in {"parataxis", "conj", "advcl", "ROOT"}:
        return _before_comma(own[0])  # "explained X, who insisted that"
    before = [c for c in own if c.i < verb.i and c.tag_ not in {"WP", "WDT"}]
    if len(before) > 1:
        before = [c for c in before if not c.lower_.endswith("day") and c.lower_ != "tonight"] or before
    if not before and syntax.subject(verb) in {None, *own} and (led := _astray(verb)) is not None:
        return led
    source = before[-1] if before else syntax.subject(verb) if not own or own[0].i < verb.i else own[0]
    if source is None or source.dep_ == "expl":
        return None
    return source


def _astray(verb: Token) -> Token | None:
    """The subject in front of a finite verb of saying that the tree hung on a clause said, or on the verb as if it were no subject.

    ("**X**, both sides, have warned that they would", "**the mediator** going between them said").
    """
    if verb.tag_ not in _PAST_OR_PRESENT or verb.dep_ in {"conj", "acl", "acl:relcl"}:
        return None
    for clause in verb.children:
        if clause.dep_ == "ccomp" and (clause.i > verb.i or clause.tag_ == "VBG"):
            led = next((c for c in clause.children if c.dep_ == "nsubj" and c.i < min(verb.i, clause.i)), None)
            if led is not None:
                return led
    bare = next((c for c in verb.children if c.i < verb.i and _bare(c)), None)
    return bare if bare is not None else _behind_place(verb)


def _behind_place(verb: Token) -> Token | None:
    """The subject that the tree took for an apposition to the place in front of it ("In Oslo, **the minister**, X, warned that")."""
    at = verb.i - 1 - (verb.nbor(-1).text == ",") if verb.i > 1 else -1
    for place in verb.children:
        if place.i < at and place.dep_ == "obl" and place.left_edge.is_sent_start is True:
            for one in place.children:
                begins = one.dep_ == "appos" and one.left_edge.pos_ == "DET"
                if begins and one.right_edge.i in {at, at + 1}:
                    return one
    return None


_PAST_OR_PRESENT = {"VBD", "VBZ", "VBP", "VBN"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}


def _bare(noun: Token) -> bool:
    """Whether a noun that opens its sentence has no preposition and is no time: a subject, whatever the tree calls it."""
    return (
        noun.dep_ in {"obl", "obl:unmarked", "obj", "conj", "dislocated"}
        and noun.pos_ in {"NOUN", "PROPN"}
        and (noun.ent_type_ not in {"DATE", "TIME"} and not noun.text.endswith("day"))
        and noun.left_edge.is_sent_start is True
        and not any(c.dep_ in {"case", "mark"} for c in noun.children)
    )


def _interrupting(verb: Token) -> Token | None:
    """The verb of saying right before a participle, where the tree hangs both on what is said ("…, he **said**, adding that …")."""
    above = verb.head
    said = [c for c in above.children if c.dep_ == "parataxis" and c.i < verb.i and _speaks(c)]
    between = verb.doc[said[-1].i + 1 : verb.i] if said else ()
    return said[-1] if said and not any(t.tag_ in _PAST_OR_PRESENT for t in between) else None


def _speaks(verb: Token) -> bool:
    """Whether a verb above a participle is one of saying something or doing something with words, and it was done."""
    return verb.pos_ == "VERB" and (use_of(verb) is not None or does_by_words(verb)) and is_said(verb)


def _before_comma(relative: Token) -> Token | None:
    """The name or noun right in front of ", who"."""
    doc = relative.doc
    at = relative.i - 1
    if doc[at].text == "," and at:
        at -= 1
    return doc[at] if doc[at].pos_ in {"PROPN", "NOUN"} else None


def quoted_by(verb: Token) -> Token | None:
    """Who quotes in "X quoted Y as saying"; None for any other use of the verb."""
    quoting = quoting_verb(verb)
    if quoting is None or syntax.is_passive(quoting):
        return None
    return next((c for c in quoting.children if c.dep_ == "nsubj" and c.i < quoting.i), None)


def quoting_verb(verb: Token) -> Token | None:
    """ "quoted" in "X quoted Y as saying", whatever the tree hangs "saying" on; None for any other use of the verb."""
    if verb.tag_ != "VBG":
        return None
    if verb.head.lemma_.lower() in _QUOTES:
        return verb.head
    if verb.head.lemma_.lower() == "report" and verb.head.i < verb.i and verb.nbor(-1).lower_ == "as":
        return verb.head
    if verb.i < 2 or verb.nbor(-1).lower_ != "as":
        return None
    near = reversed(verb.doc[max(verb.sent.start, verb.i - _FARTHEST_QUOTED) : verb.i - 1])
    quoting = next((t for t in near if t.pos_ in {"VERB", "AUX", "PUNCT"}), None)
    return quoting if quoting is not None and quoting.lemma_.lower() in {*_QUOTES, "report"} else None


_QUOTES = {"quote", "cite"}
_FARTHEST_QUOTED = 14
"""Tokens between "quoted" and "as saying" at most."""


def issuer(noun: Token) -> Token | None:
    """Who issued a text that speaks ("a communique issued by X", "a statement from X")."""
    for child in noun.children:
        if child.dep_ == "acl" and child.i > noun.i:
            agents = [c for c in child.children if c.dep_.startswith("obl") and syntax.preposition(c) == "by"]
            if agents:
                return agents[0]
        if child.dep_ == "nmod" and syntax.preposition(child) in {"from", "by"}:
            return child
    for other in noun.head.children:  # the parser may hang it on the verb: "a statement by X said"
        close = other.dep_ in {"nsubj", "obl", "nmod", "obl:agent"} and other.left_edge.i == noun.i + 1
        if close and noun.dep_ == "nsubj" and syntax.preposition(other) in {"from", "by"}:
            return other
    return None


def runs(tokens: list[int]) -> list[tuple[int, int]]:
    """Ascending token indices as half-open ranges."""
    found: list[tuple[int, int]] = []
    for i in tokens:
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def without_relayers(found: list[Said]) -> list[Said]:
    """ "According to an agency, X said …" is X's statement through the agency, as is "X said …, the ministry said in a statement"."""
    relayed = {"report", "quote", "cite"}
    kept: list[Said] = []
    for said in found:
        relays = (said.verb is None and said.outside) or (said.verb is not None and said.verb.lemma_.lower() in relayed)
        inner = [
            s
            for s in found
            if s is not said
            and said.spans[0][0] <= (s.verb.idx if s.verb is not None else s.speaker.spans[0][0]) < said.spans[-1][1]
            and (s.verb is not None or s.cues)
            and all(any(a <= c and d <= b + 1 for a, b in said.spans) for c, d in s.spans[:1])
        ]
        told_of = (relays and said.speaker.persons[0].party is None) if not said.speaker.someone else _is_paper(said)
        if said.mode != "direct" and inner and (told_of or (is_medium(said.speaker) and not said.speaker.someone)):
            for one in inner:
                one.via = said.speaker
        elif said.mode != "direct" and inner and (told := _told(said, inner)) is not None:
            told.outside += said.outside
        else:
            kept.append(said)
    return kept


def _is_paper(said: Said) -> bool:
    """Whether one bare name that only reports was taken for a person ("…, **Alnoor** reported")."""
    who = said.speaker.persons[0]
    bare = who.office is None and who.party is None and " " not in (who.name or " ")
    return bare and said.verb is not None and said.verb.lemma_.lower() == "report" and not said.speaker.pronoun


def _told(said: Said, inner: list[Said]) -> Said | None:
    """Whose words a ministry, an office or a text only tells ("X warned …, a readout said"), the relayer noted; None for its own words."""
    verb = next((one.verb for one in inner if one.verb is not None), None)
    if verb is None:
        return None
    nouns = [t for t in verb.doc[said.speaker.first : said.speaker.last] if t.pos_ in {"NOUN", "PROPN"}]
    text = any(document_noun(t, "document") for t in nouns)
    body = not said.speaker.someone and len(said.speaker.persons) == 1 and any(t.lower_ in _BODIES for t in nouns)
    told = _whole(said, inner) if text or body else None
    if told is not None and not text:
        told.via = said.speaker
    return told


_BODIES = {
    "ministry", "department", "office", "government", "presidency", "embassy", "secretariat", "chancellery", "palace", "administration",
    "house", "kremlin", "palazzo", "élysée", "elysee", "agency", "service",
}  # fmt: skip


_FINITE = {"VBD", "VBZ", "VBP", "MD"}


def _whole(said: Said, inner: list[Said]) -> Said | None:
    """The inner statement of somebody that is all of what `said` tells, but for who said it; None when there is none."""
    for one in inner:
        if one.verb is None or (one.speaker.pronoun and not one.speaker.someone):
            continue
        before = [t for t in one.verb.doc[: one.verb.i] if t.idx >= said.spans[0][0]]
        named = one.speaker.first < one.speaker.last and one.verb.doc[one.speaker.first].idx >= said.spans[0][0]
        verbs = [t.head if t.dep_.startswith(("aux", "cop")) else t for t in before if t.tag_ in _FINITE]
        finite = any(v.i != one.verb.i and v.dep_ != "acl:relcl" for v in verbs)
        words = sum(b - a for a, b in one.spans)
        if named and not finite and 2 * words >= said.spans[-1][1] - one.verb.idx:
            return one
    return None


def is_own_lead(said: Said) -> bool:
    """Whether an agency or newspaper only tells the news at the head of its report ("…, according to news agency X")."""
    relays = said.verb is None or said.verb.lemma_.lower() in {"report", "inform", "learn"}
    return said.mode == "indirect" and said.paragraph <= 1 and relays and is_medium(said.speaker)


def is_medium(speaker: Speaker) -> bool:
    """Whether the speaker is a broadcaster, an agency or a newspaper."""
    nouns = load_forms("say_nouns")
    words = (speaker.persons[0].name or "").lower().replace("(", "").split()[:6]
    return any(nouns.get(word, {}).get("kind") == "relay" for word in words)


def without_nested(found: list[Said]) -> list[Said]:
    """Statements whose words do not stand inside another's: what the outer speaker relays is the outer speaker's."""
    kept: list[Said] = []
    for said in sorted(found, key=lambda s: -sum(b - a for a, b in s.spans)):
        own = sum(b - a for a, b in said.spans)
        shared = sum(max(0, min(b, d) - max(a, c)) for a, b in said.spans for k in kept for c, d in k.spans)
        if 2 * shared < own:
            kept.append(said)
    return kept
