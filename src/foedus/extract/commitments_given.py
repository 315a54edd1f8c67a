"""What is given: "pledged 5 million dollars", "promised two boats", "announced 4 million crowns for …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.extract.commitments_believed import by_belief
from foedus.extract.commitments_bound import bound, bound_of
from foedus.extract.commitments_clause import end_of, has_to, is_unreal
from foedus.extract.commitments_frames import Binding, is_word
from foedus.extract.statements_speaker import document_noun
from foedus.language import syntax
from foedus.mentions.model import MoneyMention, Parties, PartyMention

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Firmness

_MEANT_FOR = {"for", "toward", "towards", "to"}


def promised(document: Document, verb: Token, by: Parties, firmness: Firmness) -> Iterator[Binding]:
    """ "pledged 5 million dollars", "promised two boats": an object that can be given."""
    if syntax.is_passive(verb):
        yield from _promised_by(document, verb, firmness)
        return
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in {"obj", "nsubj", "iobj", "obl", "obl:unmarked"}]
    noun = next((c for c in after if c.dep_ in {"obj", "nsubj"}), None) or next(
        (c for c in after if c.dep_ == "iobj" and c.pos_ == "NOUN"), None
    )
    if noun is None and (thing := _promised_before(verb)) is not None:
        yield Binding(
            by, thing.left_edge.i, end_of(document, verb, thing.i, verb.right_edge.i + 1), verb, verb, firmness, 0
        )
        return
    low, high = document.sentence(verb.i)
    money = next((m for m in document.within(verb.i + 1, high, MoneyMention) if _follows(document, verb, m)), None)
    if noun is None and money is None:  # "pledged on Friday $5 million"
        sums = [c for c in after if c.dep_ == "obl" and not syntax.preposition(c)]
        noun = next((c for c in sums if document.at(c.i, MoneyMention) is not None), None)
        money = document.at(noun.i, MoneyMention) if noun is not None else None
    if noun is None and money is None:
        return
    if noun is not None and money is None:
        counted = any(
            (c.dep_ in {"nummod", "det"} or c.like_num) and c.lower_ not in {"no", "any"} for c in noun.children
        )
        concrete = (
            counted
            or is_word("deed", noun)
            or is_word("goods", noun)
            or noun.tag_ == "NNS"
            or any(c.dep_ == "iobj" for c in after)
        )
        told = document_noun(noun, "public", "politics", "people") and not list(noun.children)  # "he promised deputies"
        if noun.tag_ in {"WP", "PRP", "WDT"} or is_word("abstract", noun) or told or not concrete:
            return
    core = [c for c in after if c.dep_ in {"obj", "iobj", "nsubj"} or c is noun]
    first = min([c.left_edge.i for c in core or after] + ([money.first] if money is not None else []))
    last = max([c.right_edge.i + 1 for c in after] + ([money.last] if money is not None else []))
    what_for = [c for c in syntax.children(verb, "xcomp", "advcl") if c.left_edge.i == last and has_to(c)]
    last = max([last, *(c.right_edge.i + 1 for c in what_for)])
    first = max(low, first, verb.i + 1)
    while last < high and document.doc[last].dep_ == "case" and document.doc[last].lower_ in _MEANT_FOR:
        last = document.doc[last].head.right_edge.i + 1  # whatever the parse hangs it on
    yield Binding(by, first, end_of(document, verb, first, min(high, last)), verb, verb, firmness, 0)


def _promised_before(verb: Token) -> Token | None:
    """The counted goods that a relative clause describes: "two boats which Norland has promised"."""
    thing = verb.head
    if verb.dep_ != "acl:relcl" or any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children):
        return None
    asked = [c for c in verb.children if c.tag_ in {"WDT", "WP"} and c.i < verb.i]
    counted = any(c.dep_ == "nummod" for c in thing.children)
    gap = all(c.dep_ == "obj" for c in asked)
    return thing if counted and gap and not is_word("abstract", thing) and syntax.own_subjects(verb) else None


def _promised_by(document: Document, verb: Token, firmness: Firmness) -> Iterator[Binding]:
    """ "X was promised ten boats by Y", "ten boats were promised by Y"."""
    things = syntax.children(verb, "obj") or syntax.children(verb, "nsubj:pass")
    for thing in things[:1]:
        by = bound_of(document, syntax.agents(verb) or syntax.obliques(thing, "by"))
        counted = any(c.dep_ in {"nummod", "det"} for c in thing.children) or thing.tag_ == "NNS"
        if by.codes and counted and not bound_of(document, [thing]).codes and not is_word("abstract", thing):
            last = end_of(document, thing, thing.i, thing.right_edge.i + 1)
            yield Binding(by, thing.left_edge.i, last, thing, verb, firmness, 0)


def _follows(document: Document, verb: Token, money: MoneyMention) -> bool:
    """Whether the amount is what the verb is about: right after it, but for small words, or its object."""
    between = document.doc[verb.i + 1 : money.first]
    small = all(t.pos_ in {"DET", "ADJ", "ADV", "PRON", "ADP", "NUM", "PROPN"} for t in between) and len(between) <= 4
    return small and not any(t.lower_ in {"for", "on", "at"} for t in between)


def by_giving(document: Document, verb: Token, firmness: Firmness) -> Iterator[Binding]:
    """ "announced 4 million crowns for …", "the delivery of two boats": money or counted goods make it a pledge."""
    if is_unreal(document, verb) or syntax.is_passive(verb):
        return
    if _was_long_ago(document, verb):
        return
    if not syntax.children(verb, "obj"):
        yield from _sum_behind(document, verb, firmness)
    for noun in syntax.children(verb, "obj")[:1]:
        inside = document.within(noun.left_edge.i, noun.right_edge.i + 1, MoneyMention)
        money = document.at(noun.i, MoneyMention) or (inside[0] if inside and is_word("fund", noun) else None)
        by = bound(document, verb) or _adjective_of(document, noun) or by_belief(document, verb, firmness)
        goods = any(c.dep_ == "nummod" for t in syntax.obliques(noun, "of") for c in t.children)
        meant = is_word("fund", noun) and any(
            document.party_of(t).codes or is_word("state", t) for t in syntax.obliques(noun, "to", "for")
        )
        if by.codes and (money is not None or meant or (is_word("deed", noun) and goods)):
            last = max(c.right_edge.i for c in verb.children if c.i >= noun.i and c.dep_ in {"obj", "obl"}) + 1
            yield Binding(by, noun.left_edge.i, end_of(document, verb, noun.i, last), verb, verb, firmness, 0)


def _sum_behind(document: Document, verb: Token, firmness: Firmness) -> Iterator[Binding]:
    """ "announced a further $4 million for …" where the parse gives the verb no object: the sum right behind it."""
    high = document.sentence(verb.i)[1]
    money = next((m for m in document.within(verb.i + 1, high, MoneyMention) if _follows(document, verb, m)), None)
    by = bound(document, verb) if money is not None else Parties()
    if by.codes and money is not None:
        after = [
            c.right_edge.i + 1 for c in verb.children if c.i > verb.i and c.dep_ in {"obl", "obl:unmarked", "xcomp"}
        ]
        last = end_of(document, verb, money.first, min(high, max([money.last, *after])))
        yield Binding(by, verb.i + 1, last, verb, verb, firmness, 0)


def _adjective_of(document: Document, noun: Token) -> Parties:
    """Whose a gift is by its adjective ("a Norlandish aid package")."""
    return bound_of(document, [c for c in syntax.children(noun, "amod") if document.at(c.i, PartyMention)][:1])


def _was_long_ago(document: Document, verb: Token) -> bool:
    """Whether the words are dated to an earlier year than the report ("approved two million in 2019")."""
    when, published = document.when(verb), document.report.published_on
    if when is not None and document.doc[when.root].head.ent_type_ == "INSTRUMENT":
        return False  # the year of an agreement
    return when is not None and bool(published) and when.edtf[:4].isdigit() and when.edtf[:4] < str(published)[:4]
