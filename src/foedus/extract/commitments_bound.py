"""Who is bound: the parties that the subject of an undertaking stands for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.extract.agreements import find_agreements
from foedus.extract.commitments_frames import frames, is_word, statement_at
from foedus.extract.commitments_subject import (
    NUMBERS,
    all_named,
    begins_in_dateline,
    beside,
    first_of_list,
    has_unnamed,
    listed_members,
    opening_line,
    subjects_of,
)
from foedus.extract.commitments_whose import (
    in_office,
    is_some_members,
    is_some_people,
    namesake,
    of_own,
    of_something_public,
    plain,
)
from foedus.language import syntax
from foedus.mentions.focus import pair_in_focus
from foedus.mentions.model import (
    ForumMention,
    GroupMention,
    OfficeMention,
    Parties,
    PartyMention,
    PersonMention,
)

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document

_FIRST = {"we", "i", "our", "us"}
_NEUTRAL = {"it", "they", "he", "she"}
_PARTS = {"former", "latter", "each", "both", "all"}
_LEADERS = {"leaders", "presidents", "premiers", "chancellors"}
_ABSENT = {"without", "except", "excluding", "despite"}
_OF_STATE = {"state", "state-owned", "state-run", "government"}
_MARKS = ("amod", "nmod:poss", "compound")
_WHO = (PersonMention, GroupMention, OfficeMention, PartyMention, ForumMention)


def bound(document: Document, verb: Token, fallback: Parties | None = None) -> Parties:
    """The parties that the subject of `verb` stands for; "it", "we" in a statement are its speaker's party.

    `fallback` is who "it" or "they" is in a reported clause. Empty when nobody that can be bound is named.
    """
    heads = subjects_of(verb)
    found = _past_dateline(document, verb) if begins_in_dateline(document, heads) else bound_of(document, heads)
    if found.codes:
        return _with_partner(document, verb, _with_other(document, heads, found))
    if not heads:
        first = syntax.first_conjunct(verb)
        shared = bound(document, first) if first is not verb and first.pos_ == "VERB" else Parties()
        return shared or _before(document, verb) or introduced(document, verb)
    head = heads[0]
    if head.tag_ in {"WDT", "WP"}:
        return _antecedent(document, head)
    if head.lower_ == "it" and _is_thing(document, head) and not _told_of_self(document, verb):
        return Parties()
    if head.lower_ in _FIRST | _NEUTRAL:
        others = head.lower_ == "they" and document.in_quote(head.idx)  # nobody calls himself so
        spoken = Parties() if others else _speaker(document, head) or _in_document(document, verb, head)
        if spoken.codes:
            return spoken
        if head.lower_ in _NEUTRAL and fallback is not None and fallback.codes:
            return fallback
        first = syntax.first_conjunct(verb)
        if head.lower_ == "it" and first is not verb and first.pos_ == "VERB":
            return bound(document, first)
    return together(document, head)


def _is_thing(document: Document, pronoun: Token) -> bool:
    """Whether "it" is known to stand for a thing that cannot be bound: the treaty, the exercise."""
    meant = document.notes.get("antecedents")
    words = [document.doc[i] for i in meant.get(pronoun.i, ())] if isinstance(meant, dict) else []
    return bool(words) and not any(
        document.party_of(t).codes or is_word("state", t) or is_word("organ", t) or is_word("own_state", t)
        for t in words
    )


def _told_of_self(document: Document, verb: Token) -> bool:
    """Whether a party says it in the clause above: "Norland announced that **it** would …"."""
    above = syntax.subject(verb.head) if verb.dep_ == "ccomp" else None
    return above is not None and document.at(above.i, PartyMention) is not None


def _with_other(document: Document, heads: list[Token], found: Parties) -> Parties:
    """ "Both the Kingdom and Norland": the one that is named, with the other of the two in focus."""
    both = len(heads) == 2 and any(c.lower_ == "both" for c in heads[0].children)
    if not both or len(found.codes) != 1:
        return found
    pair = pair_in_focus(document)
    return found | pair if found.codes[0] in pair.codes else Parties()


def _past_dateline(document: Document, verb: Token) -> Parties:
    """Who is named first after the dateline, up to the first comma or the verb."""
    line = document.dateline
    words = [t for t in document.doc[: verb.i] if line is not None and t.idx >= line.end]
    while words and (words[0].is_punct or words[0].is_space):
        words.pop(0)
    stop = next((t.i for t in words if t.text == ","), verb.i)
    found = document.parties_in(words[0].i, stop) if words else Parties()
    return Parties(found.codes, found.spans)


def _before(document: Document, verb: Token) -> Parties:
    """Who is named right before the auxiliary of a verb whose subject the parse does not give, "he said" left out."""
    for loose in syntax.children(verb, "obl:unmarked", "dislocated", "vocative", "conj"):
        mention = document.at(loose.i, PartyMention)
        if loose.i < verb.i and mention is not None and mention.form != "adjective":
            return Parties((mention.code,), (mention.span,))
    for loose in syntax.children(verb, "obl"):  # "Gulf countries A, B and C pledged …", taken for a circumstance
        if (
            loose.i < verb.i
            and not syntax.preposition(loose)
            and (named := bound_of(document, syntax.conjuncts(loose)))
        ):
            return named
    helper = next((c for c in verb.children if c.dep_ in {"aux", "cop"} and c.i < verb.i), None)
    if helper is None or helper.i == 0:
        return Parties()
    word = document.doc[helper.i - 1]
    if word.lower_ == "that":
        return Parties()
    mention = document.at(word.i, PartyMention)
    if mention is not None and mention.form != "adjective":
        return Parties((mention.code,), (mention.span,))
    return bound_of(document, [word]) or together(document, word)


def _antecedent(document: Document, pronoun: Token) -> Parties:
    """The states named right before "which" or "who"."""
    clause = pronoun.head
    if clause.dep_ == "acl:relcl" and clause.head.i < pronoun.i and any(c.dep_ == "conj" for c in clause.head.children):
        return bound_of(document, syntax.conjuncts(clause.head))
    at = pronoun.i - 1
    while at > 0 and document.doc[at].is_punct:
        at -= 1
    mention = document.at(at, PartyMention) if at >= 0 else None
    return Parties((mention.code,), (mention.span,)) if mention is not None else Parties()


def _speaker(document: Document, head: Token) -> Parties:
    statement = statement_at(document, head)
    if statement is None or statement.speaker is None or head.lower_ in {"he", "she"}:
        return Parties()
    people = [statement.speaker, *statement.joint_with]
    codes = tuple(sorted({p.party for p in people if p.party}))
    spans = ((head.idx, head.idx + len(head.text)), *statement.evidence["speaker"])
    return Parties(codes, spans) if codes else Parties()


def _in_document(document: Document, verb: Token, head: Token) -> Parties:
    """ "**We** will widen the canal, the joint declaration says": those who made it, else the two of the report."""
    first = syntax.first_conjunct(verb)
    teller = syntax.subject(first.head) if first.dep_ == "ccomp" else None
    if head.lower_ != "we" or teller is None or not is_word("deal", teller):
        return Parties()
    return of_the_deal(document, verb.i) or pair_in_focus(document)


def introduced(document: Document, verb: Token) -> Parties:
    """Who is named in the line that opens the list in which `verb` begins a point ("The ministers: • agreed to …")."""
    line = opening_line(document, verb)
    if line is None:
        return Parties()
    heads = [t for t in document.doc[line[0] : line[1]] if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    for head in [t for t in heads if t.dep_ in {"nsubj", "ROOT"}][:1]:
        return bound_of(document, syntax.conjuncts(head)) or together(document, head)
    return Parties()


def together(document: Document, head: Token, *, apart: bool = False) -> Parties:
    """ "The four", "both armies", "the ministers", "they" that no mention resolves: the last several parties named together.

    With `apart`, not those named in the same sentence, who are somebody else ("Norland and Sudria urged both sides to …").
    """
    word, numbers = head.lower_, {c.lower_ for c in head.children if c.dep_ in {"nummod", "det", "det:predet"}}
    plural = head.tag_ in {"NNS", "NNPS"} or word in {"they", "them", *NUMBERS} or numbers & {"each", "neither"}
    if not plural or not (word in {"they", "them", *NUMBERS} or is_word("state", head)):
        return Parties()
    if any(
        c.dep_ == "nmod" and syntax.preposition(c) != "of" and not document.party_of(c).codes for c in head.children
    ):
        return Parties()  # "leaders from around the globe"
    if any(c.lower_ == "other" or _is_regional(document, c, head) for c in head.children):
        return Parties()
    bare = head.pos_ == "NOUN" and not any(c.dep_ in {"det", "det:predet", "nummod", "amod"} for c in head.children)
    if bare and word not in {"both", *NUMBERS}:
        return Parties()  # "donors pledged …"
    if head.pos_ == "PRON" and _others_between(document, head):
        return Parties()
    described = any(c.dep_ == "amod" for c in head.children)
    if described and not any(c.dep_ in {"det", "det:predet", "nummod"} for c in head.children):
        return Parties()  # "rich nations"
    for child in head.children:
        if child.dep_ == "nmod:poss" or (child.dep_ in {"amod", "compound"} and document.at(child.i, PartyMention)):
            return Parties()
    count = next((NUMBERS[w] for w in (word, *sorted(numbers)) if w in NUMBERS), None)
    own = (head.idx, head.idx + len(head.text))
    here = document.sentence_index(head.i)
    if head.pos_ == "PRON" and not apart:
        acted = _subject_before(document, here)
        if acted is not None:
            return Parties(acted.codes, (own, *acted.spans)) if acted.codes else acted
    for k in range(here - apart, max(here - 4, -1), -1):
        low, high = document.sentences[k]
        named = _named_together(document, low, min(high, head.i), people=word in _LEADERS)
        fits = (
            count is None or count == len(named.codes) or (count == 2 * len(named.codes) and is_word("servants", head))
        )
        if len(named.codes) >= 2 and fits:
            return Parties(named.codes, (own, *named.spans))
    focus = pair_in_focus(document) if word in _LEADERS else Parties()
    for others, unsaid in ((focus, 2), (of_the_deal(document, head.i), 99), (_all_before(document, head.i), 2)):
        if len(others.codes) >= 2 and (count == len(others.codes) or (count is None and len(others.codes) <= unsaid)):
            return Parties(others.codes, (own, *others.spans))
    return Parties()


def _is_regional(document: Document, word: Token, head: Token) -> bool:
    """Whether an adjective says of which region many are ("the **African** leaders"); no rank or office ("the **Foreign** Ministers")."""
    if word.dep_ != "amod" or not word.text[:1].isupper() or document.at(word.i, PartyMention) is not None:
        return False
    return head.text[:1].islower() or head.lemma_.lower() in {"country", "state", "nation"}


def _subject_before(document: Document, here: int) -> Parties | None:
    """The several parties of whom the sentence before tells what they did; none for a body that is not known, None for others."""
    if here == 0:
        return None
    low, high = document.sentences[here - 1]
    for verb in document.doc[low:high]:
        if verb.pos_ == "VERB" and (verb.head is verb or not low <= verb.head.i < high):
            heads = syntax.agents(verb)
            found = bound_of(document, heads)
            if not found.codes and len(heads) == 1 and heads[0].pos_ != "PRON":
                found = together(document, heads[0])
            counted = any(c.dep_ == "nummod" for h in heads[:1] for t in (h, *h.children) for c in t.children)
            many = len(heads) == 1 and is_word("state", heads[0]) and counted  # "the leaders of the seven countries"
            unknown = len(heads) == 1 and (many or heads[0].lemma_.lower() in {"group", "bloc", "forum"})
            unknown = unknown and not found.codes
            return found if len(found.codes) > 1 else Parties() if unknown else None
    return None


def _others_between(document: Document, pronoun: Token) -> bool:
    """Whether the plural subject next before "they" is of people or things that stand for no party ("the miners")."""
    low = document.sentences[max(document.sentence_index(pronoun.i) - 1, 0)][0]
    for token in reversed(document.doc[low : pronoun.i]):
        if token.tag_ in {"NNS", "NNPS"} and token.dep_ in {"nsubj", "nsubj:pass"}:
            return not is_word("state", token) and not document.party_of(token).codes
    return False


def named_last(document: Document, token: int) -> Parties:
    """The parties named together in the nearest of the four sentences up to token `token`; empty when there are none."""
    here = document.sentence_index(token)
    for k in range(here, max(here - 4, -1), -1):
        low, high = document.sentences[k]
        named = _named_together(document, low, min(high, token))
        if len(named.codes) >= 2:
            return named
    return Parties()


def _all_before(document: Document, token: int) -> Parties:
    """Every party that did something, or whose people did, before `token`."""
    found = Parties()
    for subject in document.doc[:token]:
        if subject.dep_ in {"nsubj", "nsubj:pass", "conj"} and subject.pos_ in {"PROPN", "NOUN"}:
            one = bound_of(document, [subject])
            found |= one if len(one.codes) == 1 else Parties()
    return found


def _named_together(document: Document, low: int, high: int, *, people: bool = False) -> Parties:
    """The parties of a group, or of all the coordinated members of one phrase, in tokens [low, high); with `people`, of persons."""
    best = Parties()
    for mention in document.within(low, high, GroupMention):
        if len(mention.parties) >= 2:
            best = Parties(tuple(sorted(set(mention.parties))), (mention.span,))
    for token in document.doc[low:high]:
        if token.dep_ == "conj" or not any(c.dep_ == "conj" for c in token.children):
            continue
        members = syntax.conjuncts(token)
        if syntax.preposition(token) in _ABSENT:
            continue
        if people and not all(document.at(t.i, PersonMention) or document.at(t.i, OfficeMention) for t in members):
            continue
        found = bound_of(document, members)
        if len(found.codes) >= 2 and len(found.codes) >= len(best.codes):
            best = found
    return best


def of_the_deal(document: Document, token: int) -> Parties:
    """The parties of the agreement of which the report has spoken most before `token`, the first of several; else empty."""
    at = document.doc[token].idx
    before = [a for a in find_agreements(document) if len(a.parties or ()) >= 2 and a.evidence["record"][0][0] <= at]
    if not before:
        return Parties()
    counts = Counter(tuple(a.parties) for a in before)
    most = counts.most_common(1)[0][1]
    lead = next(a for a in before if counts[tuple(a.parties)] == most)
    return Parties(tuple(lead.parties), tuple(lead.evidence["parties"]))


def bound_of(document: Document, heads: list[Token]) -> Parties:
    """Parties of noun phrases that can be bound: a state, its people in office, its organs; no company of that country."""
    found = Parties()
    for head in heads:
        found |= _of_head(document, head)
    if not heads:
        return found
    before = first_of_list(document, heads[0]) if len(heads) > 1 else beside(document, heads[0])
    if before is not None:
        found |= Parties((before.code,), (before.span,))
    if has_unnamed(document, heads, found):
        return all_named(document, heads, found)
    first, last = syntax.phrase(heads[0])
    if len(heads) == 1 and found.codes and any(t.lower_ == "and" for t in document.doc[first:last]):
        for mention in document.within(first, last, PersonMention):
            if mention.person.party and mention.form != "pronoun":
                found |= Parties((mention.person.party,), (mention.span,), (mention.person,))
    return found


def _of_head(document: Document, head: Token) -> Parties:
    if is_some_people(document, head):
        return Parties()
    for kind in _WHO:
        if document.at(head.i, kind) is not None:
            return plain(document.party_of(head)) or namesake(document, head) or in_office(document, head)
    if head.lower_ in _PARTS:
        return _of_part(document, head)
    if head.lower_ == "party" and any(c.dep_ == "nmod:poss" and c.lower_ in {"his", "her"} for c in head.children):
        return Parties()  # a politician's
    if is_word("servant", head):
        adjectives = [c for c in head.children if c.dep_ in {"amod", "compound"} and document.at(c.i, PartyMention)]
        if adjectives:
            return plain(document.party_of(head))
        homes = syntax.obliques(head, "from", "of")
        return plain(document.parties_at(syntax.conjuncts(homes[0]))) if homes else Parties()
    if members := listed_members(document, head):
        return document.parties_at(members)
    if not is_word("state", head):
        of_state = any(c.lower_ in _OF_STATE for c in head.children if c.dep_ in {"amod", "compound"})
        if of_state or is_word("organ", head):
            return _of_organ(document, head)
        named = plain(document.party_of(head)) if head.pos_ == "NOUN" else Parties()
        named = named or plain(document.parties_at(syntax.children(head, "appos")))  # "the bloc, ASEAN"
        if len(named.codes) == 1 and named.codes[0].startswith("org:"):
            return named
        return of_something_public(document, head)
    if (own := of_own(document, head)).codes:
        return own
    if is_some_members(document, head):
        return Parties()
    found, of = plain(document.party_of(head)), plain(document.parties_at(syntax.obliques(head, "of", "from")))
    if not found.codes or set(found.codes) < set(of.codes):  # "the leaders of Norland and Sudria"
        found = of
    definite = head.lower_ == "government" or any(c.lower_ in {"the", "our"} for c in head.children)
    if not found.codes and is_word("own_state", head) and definite:
        return _speaker(document, head)  # "the kingdom" in what its minister says
    return found if found.codes or not is_word("organ", head) else same_organ(document, head)


def _of_part(document: Document, head: Token) -> Parties:
    """ "The former", "the latter": the first or last of the two last named; "each of them": those meant."""
    if head.lower_ in {"former", "latter"}:
        here = document.sentence_index(head.i)
        for k in range(here, max(here - 3, -1), -1):
            low, high = document.sentences[k]
            named = document.within(low, min(high, head.left_edge.i), PartyMention)
            codes = list(dict.fromkeys(m.code for m in named))
            if len(codes) == 2:
                code = codes[0] if head.lower_ == "former" else codes[1]
                return Parties(
                    (code,), ((head.idx, head.idx + len(head.text)), next(m.span for m in named if m.code == code))
                )
        return Parties()
    whole = syntax.obliques(head, "of")
    return bound_of(document, whole) or (together(document, whole[0]) if whole else Parties())


def _of_organ(document: Document, head: Token) -> Parties:
    """ "Her department", "the Norlandish council", "the council of Norland", else "the council" named before."""
    if any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in head.children):
        return of_own(document, head)
    marks = [c for c in head.children if c.dep_ in _MARKS and document.at(c.i, PartyMention)]
    both = document.parties_at(syntax.obliques(head, "of")) if head.tag_ == "NNS" else Parties()
    if len(both.codes) > 1:
        return plain(both)  # "the departments of the two countries"
    return bound_of(document, marks[:1]) if len(marks) == 1 else same_organ(document, head)


def same_organ(document: Document, head: Token) -> Parties:
    """ "The Ministry": the party of the only organ called so before, else of who speaks of it."""
    others = [c for c in head.children if c.dep_ in {"nmod", "nmod:poss", "acl", "acl:relcl", "compound", "amod"}]
    if others or not any(c.dep_ == "det" and c.lower_ == "the" for c in head.children):
        return Parties()
    found: dict[str, tuple[int, int]] = {}
    for token in document.doc[: head.i]:
        if token.lower_ == head.lower_:
            one = document.party_of(token) or document.parties_at(
                syntax.obliques(token, "of") + syntax.children(token, *_MARKS)
            )
            for code in one.codes:
                found.setdefault(code, (token.idx, token.idx + len(token.text)))
    own = (head.idx, head.idx + len(head.text))
    if len(found) == 1:
        code, span = next(iter(found.items()))
        return Parties((code,), (own, span))
    return Parties() if found else _speaker(document, head)


def _with_partner(document: Document, verb: Token, by: Parties) -> Parties:
    """ "agreed with Pakistan to …" binds both."""
    future = any(c.dep_ == "aux" and is_word("future", c) for c in verb.children)
    if future or frames()["binding"].get(verb.lemma_.lower()) != "agreed":
        return by
    partners = bound_of(document, [t for t in syntax.obliques(verb, "with") if t.i > verb.i])
    return by | partners if partners.codes else by
