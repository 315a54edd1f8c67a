"""Who meets: the parties of a clause, of the words around a noun, and of "the two sides" of the text before."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.circumstances import actors_before
from foedus.extract.meetings_own import secretary_general
from foedus.extract.meetings_rest import two_states
from foedus.extract.meetings_self import is_self, self_party
from foedus.extract.meetings_talk import Talk, is_passive
from foedus.extract.meetings_words import is_frame, is_meeting_noun
from foedus.language import syntax
from foedus.lexicon import load_table, split_forms
from foedus.mentions.focus import aside
from foedus.mentions.model import (
    ForumMention,
    GroupMention,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
    PlaceMention,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.language.doc import Token
    from foedus.mentions import Document

_GROUPS = {"sides", "parties", "ministers", "leaders", "presidents", "delegations", "interlocutors", "heads", "officials", "they", "teams",
           "negotiators", "governments", "countries", "envoys", "diplomats", "secretaries", "premiers", "pair", "two", "both", "counterparts",
           "neighbours", "neighbors", "men", "women", "chiefs", "camps", "capitals", "states", "nations", "co-chairs", "commanders", "three",
           "four", "five", "trio", "generals", "officers", "admirals", "statesmen", "monarchs"}  # fmt: skip
_OFFICIALS = {
    "counterpart",
    "counterparts",
    "colleague",
    "colleagues",
    "homologue",
    "homologues",
    "peer",
    "peers",
    "side",
    "host",
    "guest",
    "dignitary",
    "visitor",
    "monarch",
    "experts",
    "negotiators",
    "team",
    "mission",
    "number",
    "brass",
    "leadership",
    "establishment",
}
_WITHIN = {"establishment", "leadership", "government", "ministry", "forces", "command", "staff"}
"""Whose people somebody can be: "the top brass of the defence **establishment** of Norland"."""
_THERE = {"leaders", "officials", "authorities", "ministers", "counterparts"}
"""Whose state the place behind them gives: "talks with **leaders in Norland** and Sutland"."""
_BARE = {
    "negotiators",
    "ministers",
    "officials",
    "experts",
    "delegations",
    "leaders",
    "teams",
    "commanders",
    "diplomats",
    "envoys",
}
_COUNTS = {
    "trilateral": 3,
    "three-way": 3,
    "tripartite": 3,
    "trio": 3,
    "three": 3,
    "four": 4,
    "quadrilateral": 4,
    "five": 5,
    "four-way": 4,
    "three-party": 3,
    "four-party": 4,
    "quadripartite": 4,
    "five-party": 5,
}
_ALL = {"ministers", "leaders", "presidents", "they", "officials", "premiers", "secretaries", "heads", "chiefs"}
_PAPERS = {"convention", "charter", "treaty", "protocol", "covenant", "agreement", "resolution"}
_BACK = 3
_NEXT = 2


@cache
def _holders() -> frozenset[str]:
    """Words for those who act for a state ("minister", "delegation"): an adjective before any other noun makes no party of it."""
    return frozenset(form for row in load_table("state_nouns") for form in split_forms(row["forms"])) | _OFFICIALS


def is_holder(token: Token) -> bool:
    """Whether a noun names somebody who acts for a state: a minister, a delegation, a counterpart."""
    return token.lemma_.lower() in _holders() or token.lower_ in _holders()


def side(document: Document, heads: Iterable[Token]) -> Parties:
    """Everybody whom these heads of noun phrases stand for: persons, states, offices and delegations; no companies or students."""
    found = Parties()
    for head in heads:
        found |= _one(document, head)
    return found


def _one(document: Document, head: Token) -> Parties:
    if is_meeting_noun(head) and document.at(head.i, PersonMention) is None:
        return Parties()
    if is_self(head):
        return self_party(document, head)
    mentioned = any(
        document.at(head.i, kind) is not None for kind in (PersonMention, GroupMention, OfficeMention, PartyMention)
    )
    if _is_of_forum(document, head):
        return Parties()
    holder = is_holder(head)
    if not mentioned and (ranked := _by_rank(document, head) or secretary_general(document, head)):
        return ranked
    if not mentioned and not holder:
        return Parties()
    found = document.party_of(head) | _hyphened(document, head)
    for child in head.children:
        if child.dep_ in {"appos", "flat"} and (person := document.at(child.i, PersonMention)) is not None:
            codes = (person.person.party,) if person.person.party else ()
            found |= Parties(codes, (person.span,), (person.person,))
    if holder:
        for noun in syntax.obliques(head, "of", "from"):
            if not found.codes and noun.i > head.i and noun.lower_ in _WITHIN:
                found |= _one(document, noun)
            found |= _list_from(document, noun, plural=head.tag_ in {"NNS", "NNPS"})
            if head.tag_ in {"NNS", "NNPS"} and (group := document.at(noun.i, GroupMention)) is not None:
                found |= Parties(tuple(sorted(set(group.parties))), (group.span, *group.antecedents))
        found |= _adjectives(document, head)
        if head.lower_ in _THERE:
            for noun in syntax.obliques(head, "in"):
                found |= _list_from(document, noun, plural=True)
    return found


def _hyphened(document: Document, head: Token) -> Parties:
    """ "**EU-Mercosur** to meet": the party before the hyphen of a name that is itself one."""
    mention, found = document.at(head.i, PartyMention), Parties()
    while mention is not None and mention.first > 1 and document.doc[mention.first - 1].text in {"-", "–", "/"}:
        mention = document.at(mention.first - 2, PartyMention)
        found |= Parties((mention.code,), (mention.span,)) if mention is not None else Parties()
    return found


def _is_of_forum(document: Document, head: Token) -> bool:
    """ "The **Norville Four** ministers": those who sit in a forum, whoever they are, not the two of the text before."""
    if document.at(head.i, GroupMention) is None or document.at(head.i, PersonMention) is not None:
        return False
    return any(document.at(c.i, ForumMention) is not None for c in head.children if c.i < head.i)


def _by_rank(document: Document, head: Token) -> Parties:
    """ "The Brigadier": the only person of the report whose office has that word, when the text named him before."""
    if (
        head.ent_type_ != "OFFICE"
        or head.tag_ not in {"NN", "NNP"}
        or not any(c.lower_ == "the" for c in head.children)
    ):
        return Parties()
    if any(c.dep_ in {"nmod", "amod", "compound", "nmod:poss"} for c in head.children):
        return Parties()
    people = {id(m.person): m.person for m in document.all_of(PersonMention) if m.first < head.i and m.person.office}
    named = [p for p in people.values() if head.lower_ in (p.office or "").lower().split()]
    if len(named) != 1 or named[0].party is None:
        return Parties()
    return Parties((named[0].party,), (document.span(head.i, head.i + 1),), (named[0],))


def _list_from(document: Document, noun: Token, *, plural: bool) -> Parties:
    """The state at `noun`; behind a plural ("counterparts from A, B and C") all of the list that begins there."""
    found, at = Parties(), noun.i
    while (
        at < len(document.doc)
        and (mention := document.at(at, PartyMention)) is not None
        and mention.form != "adjective"
    ):
        found |= Parties((mention.code,), (mention.span,))
        at = mention.last
        while plural and at < len(document.doc) and document.doc[at].lower_ in {",", "and", "the", "&"}:
            at += 1
        if not plural:
            break
    return found


def _adjectives(document: Document, head: Token) -> Parties:
    """ "His Greek, Cypriot and French counterparts": every state named before a plural noun."""
    if head.tag_ not in {"NNS", "NNPS"}:
        return Parties()
    first, _ = syntax.phrase(head)
    found = Parties()
    for mention in document.within(first, head.i, PartyMention):
        if mention.form in {"adjective", "name"}:
            found |= Parties((mention.code,), (mention.span,))
    return found


def subjects(document: Document, verb: Token, talks: list[Talk]) -> Parties:
    """Who does it, by the subject of `verb` (of a passive: whom it is done to), or the two sides that a bare plural stands for."""
    if is_passive(verb):
        heads = syntax.children(verb, "nsubj:pass", "nsubj")
        if not heads and (head := syntax.subject(verb)) is not None:
            heads = [head]
        return side(document, [t for h in heads for t in syntax.conjuncts(h)])
    heads = _heads(document, verb)
    found = actors_before(document, verb) if heads and heads[0] in syntax.agents(verb) else Parties()
    found |= side(document, heads)
    if len(found.codes) < 2 and heads and (ours := _possessed(document, heads[0])).codes:
        found = ours
    of_union = len(found.codes) == 1 and found.codes[0].startswith("org:")
    if len(found.codes) < 2 and heads and not of_union and is_group(document, heads[0]):
        pair = _just_told(document, heads[0], talks) or in_focus(document, heads[0], talks, count_of(heads[0]))
        if set(found.codes) <= set(pair.codes):
            found = pair
    return found


def _just_told(document: Document, head: Token, talks: list[Talk]) -> Parties:
    """ "In the meeting of A with B, **the two men** discussed …": the two of the talks told in the same sentence."""
    words = {head.lower_, *(c.lower_ for c in head.children)}
    open_number = head.lower_ in _ALL and not words & {"two", "both", "pair", *_COUNTS}
    only = len(talks[0].parties.codes) > 2 and len({t.parties.codes for t in talks}) == 1 if talks else False
    if open_number and only and head.pos_ != "PRON":
        return talks[-1].parties
    if not talks or talks[-1].session:
        return Parties()
    apart = document.sentence_index(head.i) - document.sentence_index(talks[-1].token.i)
    if open_number and apart <= _NEXT and len(talks[-1].parties.codes) > 2:
        return talks[-1].parties
    if count_of(head) != len(talks[-1].parties.codes):
        return Parties()
    here = document.sentence_index(head.i) == document.sentence_index(talks[-1].token.i)
    return talks[-1].parties if here else Parties()


def _possessed(document: Document, head: Token) -> Parties:
    """ "**Their** police chiefs": the several to whom "their" points, else the two that the sentence right before names."""
    if head.tag_ not in {"NNS", "NNPS"} or not (is_holder(head) or is_group(document, head)):
        return Parties()
    their = next((c for c in head.children if c.dep_ == "nmod:poss" and c.lower_ == "their"), None)
    if their is None:
        return Parties()
    group = document.at(their.i, GroupMention)
    if group is not None and len(group.parties) > 1:
        return Parties(tuple(sorted(set(group.parties))), (group.span, *group.antecedents))
    k = document.sentence_index(head.i)
    first, last = document.sentences[k - 1] if k else (0, 0)
    named = (
        named_states(document, first, last)
        if k and document.paragraph(first) == document.paragraph(head.i)
        else Parties()
    )
    return Parties(named.codes, named.spans) if len(named.codes) == 2 else Parties()


def _heads(document: Document, verb: Token) -> list[Token]:
    """Heads of the subject with their conjuncts; the place of a dateline that the parser took for one is none."""
    heads = syntax.agents(verb)
    if not heads or not _in_dateline(document, heads[0]):
        return heads
    kept = [t for t in syntax.own_subjects(heads[0].head) if not _in_dateline(document, t)]
    return [t for head in kept[:1] for t in syntax.conjuncts(head)]


def _in_dateline(document: Document, token: Token) -> bool:
    line = document.dateline
    if line is not None and line.start <= token.idx < line.end:
        return not any(t.pos_ == "VERB" for t in document.tokens_in([(line.start, line.end)]))
    return token.is_upper and len(token) > 3 and token.i == document.paragraphs[document.paragraph(token.i)][0]


def is_group(document: Document, head: Token) -> bool:
    """Whether a phrase stands for several whom the text named before: "they", "the ministers", "both sides"."""
    words = {c.lower_ for c in head.children}
    if head.lower_ in {"they", "trio"}:
        return True
    if head.lower_ in _BARE and not any(
        c.dep_ in {"det", "nmod", "nmod:poss", "acl", "acl:relcl"} or document.at(c.i, PartyMention) is not None
        for c in head.children
    ):
        return True
    if head.lower_ not in _GROUPS or words & {"some", "many", "other", "its", "his", "her", "no", "several"}:
        return False
    return head.lower_ in {"two", "both", "pair"} or bool(
        words & {"the", "both", "two", "these", "their", "three", "four"}
    )


def count_of(head: Token) -> int:
    """How many a group or a meeting has by its words ("trilateral", "the three", "four-way"): 2 when they do not say."""
    words = [head.lower_, *(c.lower_ for c in head.children)]
    words += [g.lower_ for c in head.children if c.lower_ in {"way", "party"} and c.i < head.i for g in c.children]
    return next((_COUNTS[w] for w in words if w in _COUNTS), 2)


def in_focus(document: Document, at: Token, talks: list[Talk], count: int = 2) -> Parties:
    """The two (or `count`) that the text is about at token `at`: of the last talks told, else of the nearest sentence that names two."""
    group = document.at(at.i, GroupMention)
    if group is not None and len(group.parties) >= 2 and all(a < at.idx for a, _ in group.antecedents):
        return Parties(tuple(sorted(set(group.parties))), (group.span, *group.antecedents), group.persons)
    unions = {t.parties.codes[0] for t in talks if t.session and len(t.parties.codes) == 1}
    sentence = document.sentence_index(at.i)
    recent = [t for t in talks if t.token.i < at.i and not t.session and len(t.parties.codes) == count]
    one_pair = len({t.parties.codes for t in recent}) == 1
    if recent and (one_pair or sentence - document.sentence_index(recent[-1].token.i) <= _BACK + 1):
        return recent[-1].parties
    for back in range(_BACK + 1):
        if sentence - back < 0:
            break
        first, last = document.sentences[sentence - back]
        named = named_states(document, first, min(last, at.i))
        clear = not set(named.codes) & (aside(document) | unions)
        if len(named.codes) == count and clear and not (back and count == 2 and _in_passing(document, named)):
            return named
        if len(named.codes) > count:
            break
    lead = lead_pair(document)
    lead = lead if not set(lead.codes) & aside(document) else Parties()
    return lead if len(lead.codes) == count else two_states(document) if count == 2 else Parties()


def _in_passing(document: Document, named: Parties) -> bool:
    """Whether these two are others than the two states that the whole report is about."""
    main = two_states(document)
    return bool(main.codes) and set(named.codes) != set(main.codes)


def lead_pair(document: Document) -> Parties:
    """The two that the head of the report is about: the subjects of a first sentence, else the only two parties it names."""
    for first, last in document.sentences[:3]:
        root = document.doc[first:last].root
        acting = side(document, _heads(document, root)) if root.pos_ == "VERB" else Parties()
        named = acting if len(acting.codes) == 2 else named_states(document, first, last)
        if len(named.codes) == 2 and not all(c.startswith("org:") for c in named.codes):
            return named
    return Parties()


def named_states(document: Document, first: int, last: int) -> Parties:
    """States and organisations that tokens [first, last) name, with the persons of them; a state that is only where something happens is none."""
    found = document.parties_in(first, last)
    if len(found.codes) < 3:
        places = {p.root for p in document.within(first, last, PlaceMention) if stands_where(document.doc[p.root])}
        inside = (m.root for m in document.within(first, last, PartyMention) if document.at(m.root, ForumMention))
        places |= {
            m.root
            for m in document.within(first, last, PartyMention)
            if m.form == "name" and stands_where(document.doc[m.root])
        }
        places |= set(inside)
        places |= {m.root for m in document.within(first, last, PartyMention) if _names_paper(document, m)}
        named = [m for m in document.within(first, last, PartyMention) if m.root in places]
        spans = {m.span for m in named}
        left = {m.code for m in document.within(first, last, PartyMention) if m.root not in places}
        left |= {p.party for p in found.persons if p.party}
        gone = {m.code for m in named} - left
        if gone and spans:
            return Parties(tuple(c for c in found.codes if c not in gone), found.spans, found.persons)
    return found


def _names_paper(document: Document, mention: PartyMention) -> bool:
    """ "In line with the **United Nations** Convention on …": a piece of the name of a treaty."""
    if mention.form != "organisation" or mention.last >= len(document.doc):
        return False
    behind = document.doc[mention.last]
    return behind.lower_ in _PAPERS and behind.text[:1].isupper()


def stands_where(token: Token) -> bool:
    """Whether a word says where something is or somebody goes: "in Norland", "left for Norland"."""
    preposition = syntax.preposition(token) or syntax.preposition(syntax.first_conjunct(token))
    return preposition in {"in", "at", "near", "outside"} or (
        preposition in {"for", "to"} and is_frame(token.head, "travelling")
    )
