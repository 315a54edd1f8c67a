"""Who is bound where the subject does not say it: all who met, both of a pair, or whom the network takes for those bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.commitments_bound import named_last
from foedus.extract.commitments_frames import is_word, statement_at
from foedus.language import syntax
from foedus.mentions.focus import SURE, naming_near, other_in_focus, pair_in_focus
from foedus.mentions.model import OfficeMention, Parties, PartyMention, PersonMention
from foedus.mentions.partners import LIKELY, partners

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Firmness

_SURE_ENOUGH = 0.8
_LIKELY, _CLEARLY, _HARDLY = 0.6, 0.8, 0.6
"""How sure it must be of the one bound: where the other party is set aside, and where nobody is; and how sure at most of anybody else."""


def by_belief(document: Document, verb: Token, firmness: Firmness) -> Parties:
    """Whom the network takes for those bound, where the report does not say for whom the people of states act that are the subject.

    "The representatives agreed to …": several, of whom it is sure. "The administration pledged …", "his host assured him …": the
    only one left when those are set aside to whom it is said and, in what somebody says, who says it.
    """
    subject = syntax.subject(verb)
    if subject is None or subject.pos_ == "PRON" or syntax.is_passive(verb):
        return Parties()
    found = partners(document, verb.i)
    if subject.tag_ in {"NNS", "NNPS"}:
        of_states = is_word("state", subject) or is_word("servant", subject)
        several = firmness not in {"hopes", "plans"} and of_states and len(found.parties.codes) > 1
        several = several and (firmness == "agreed" or not _named_beside(document, verb) & set(found.parties.codes))
        sure = found.belief >= _SURE_ENOUGH or set(found.parties.codes) == set(pair_in_focus(document).codes)
        return found.parties if several and sure else Parties()
    person = document.at(subject.i, PersonMention) is not None or document.at(subject.i, OfficeMention) is not None
    if not (person or is_word("state", subject) or is_word("servant", subject)):
        return Parties()
    statement = statement_at(document, verb)
    speaker = statement.speaker.party if statement is not None and statement.speaker is not None else None
    told = [c for c in syntax.children(verb, "obj", "iobj") if not any(x.dep_ == "nmod:poss" for x in c.children)]
    others = {speaker, *document.parties_at(told).codes}
    if (person and len(syntax.conjuncts(subject)) > 1) or _is_of_unknown(document, subject):
        return Parties()
    if person:
        others |= _named_beside(document, verb)  # nobody promises to himself
    left = sorted(((share, code) for code, share in found.each.items() if code not in others), reverse=True)
    if person and left and not left[0][1].startswith("org:"):
        left = [(share, code) for share, code in left if not code.startswith("org:")]  # the bodies of a summit
    least = _LIKELY if others & set(found.parties.codes) else _CLEARLY
    clear = bool(left) and left[0][0] >= least and all(share <= _HARDLY for share, _ in left[1:])
    if not clear:
        return Parties()
    named = naming_near(document, left[0][1], subject.idx)
    return Parties((left[0][1],), ((subject.idx, subject.idx + len(subject.text)), *([named] if named else [])))


def _is_of_unknown(document: Document, holder: Token) -> bool:
    """Whether the holder is somebody's that is named and stands for no party: "the foreign minister of Freedonia"."""
    owners = [*syntax.children(holder, "nmod:poss"), *syntax.obliques(holder, "of")]
    return any(t.text[0].isupper() and not document.party_of(t).codes for t in owners)


def facing(document: Document, verb: Token) -> Parties:
    """The other of two, where what one binds himself to, or whom he tells it, names the one: "**His country** will open an embassy in
    Norville", "X promised the Norlandish guests …". Only for somebody of whom the report does not say for whom he acts, and what is his."""
    subject = syntax.subject(verb)
    if subject is None or syntax.is_passive(verb) or len(syntax.conjuncts(subject)) > 1:
        return Parties()
    someone = document.at(subject.i, PersonMention) is not None or document.at(subject.i, OfficeMention) is not None
    own = any(c.dep_ == "nmod:poss" and c.lower_ in {"his", "her", "our", "my"} for c in subject.children)
    if subject.tag_ in {"NNS", "NNPS"} or not (
        someone or (own and (is_word("state", subject) or is_word("organ", subject)))
    ):
        return Parties()
    named = _named_beside(document, verb)
    seen = partners(document, verb.i)
    likely = [code for code, share in seen.each.items() if share >= LIKELY]
    clear = likely if all(seen.each[code] >= _LIKELY for code in likely) else []
    for pair in (clear, pair_in_focus(document).codes):
        left = [code for code in pair if code not in named]
        if len(pair) == 2 and len(left) == 1:
            near = naming_near(document, left[0], subject.idx)
            words = (subject.idx, subject.idx + len(subject.text))
            return Parties((left[0],), (words, *([near] if near else [])))
    return Parties()


def _named_beside(document: Document, verb: Token) -> set[str]:
    """The states named behind the verb in its own clause, and those to whom it is told."""
    inside = document.within(verb.i + 1, max(verb.right_edge.i, verb.i) + 1, PartyMention)
    told = syntax.children(verb.head, "obj", "iobj") if verb.dep_ == "ccomp" else []
    before = [m for t in told if t.i < verb.i for m in document.within(t.left_edge.i, t.right_edge.i + 1, PartyMention)]
    return {m.code for m in (*inside, *before)}


def with_whom(document: Document, verb: Token, by: Parties) -> Parties:
    """ "We agreed to …" in what one of two says: both of the pair that the report is about."""
    subject = syntax.subject(verb)
    if subject is None or subject.lower_ != "we" or verb.tag_ not in {"VBD", "VBN"}:
        return by
    pair = pair_in_focus(document, SURE)
    return pair | by if by.codes[0] in pair.codes and len(pair.codes) == 2 else by


def to_another(document: Document, verb: Token, by: Parties) -> Parties:
    """ "The President assured him that …": nobody promises to himself; the other of the pair, where both are taken for one party."""
    told = syntax.children(verb, "iobj") or [
        t for t in syntax.children(verb, "obj") if t.lower_ in {"him", "her", "them"}
    ]
    if len(by.codes) != 1 or not told or document.parties_at(told).codes != by.codes:
        return by
    return other_in_focus(document, by.codes[0]) or by


def by_all(document: Document, verb: Token) -> Parties:
    """ "It was agreed that …", "it was decided to …": those who met, else the two states of the report."""
    settled = is_word("deciding", verb) or verb.lemma_.lower() == "agree"
    marks = {"expl", "nsubj:pass"} if settled else {"expl"}
    if not syntax.is_passive(verb) or not any(c.lower_ == "it" and c.dep_ in marks for c in verb.children):
        return Parties()
    return named_last(document, verb.i) or pair_in_focus(document, SURE)
