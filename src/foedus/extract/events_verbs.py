"""Events that verbs give: one party's act towards another, by `lexicon/event_frames.csv`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.extract.draft import Draft
from foedus.language import syntax
from foedus.lexicon import load_forms, load_table, split_forms
from foedus.mentions.model import PartyMention, PersonMention
from foedus.record import Person

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.mentions import Document, Parties

_COOPERATIVE = {"CONSULT", "SUPPORT", "COOPERATE", "AID"}
_MODALITIES = {"actual", "future", "hypothetical", "negated"}


@cache
def _frames() -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Verb lemma -> (word that must follow, frame), those with such a word first."""
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for row in load_table("event_frames"):
        for form in split_forms(row["forms"]):
            lemma, _, after = form.partition(" ")
            found.setdefault(lemma, []).append((after, row))
    for frames in found.values():
        frames.sort(key=lambda item: not item[0])
    return found


def find_verb_events(document: Document) -> list[tuple[float, Draft]]:
    """Events of the report's verbs with their confidence, in text order."""
    frames = _frames()
    found: list[tuple[float, Draft]] = []
    for token in document.doc:
        if token.pos_ == "VERB" and token.lemma_ in frames:
            frame = _frame_of(token)
            if frame is not None and (draft := _event(document, token, frame)) is not None:
                found.append((0.6, draft))
    return found


def _frame_of(verb: Token) -> dict[str, str] | None:
    words = {child.lower_ for child in verb.children if child.dep_ in {"compound:prt", "case", "advmod"}}
    words |= {syntax.preposition(child).split(" ")[0] for child in verb.children if child.dep_.startswith("obl")}
    for after, frame in _frames()[verb.lemma_]:
        if not after or set(after.split(" ")) & words:
            return frame
    return None


def _event(document: Document, verb: Token, frame: dict[str, str]) -> Draft | None:
    actor = _parties(document, syntax.agents(verb), before=verb)
    if not actor.codes:
        return None
    recipient = _recipient(document, verb, frame["recipients"].split("|"))
    needs = frame["needs"].split(" ")
    codes = tuple(code for code in recipient.codes if code not in actor.codes)
    if "recipient" in needs and not codes:
        return None
    if "person" in needs and not recipient.persons:
        return None
    if "clause" in needs and not syntax.children(verb, "xcomp", "ccomp", "advcl"):
        return None
    modality = document.modality(verb)
    type_, cameo = frame["type"], frame["cameo"]
    if modality.kind in {"future", "hypothetical"} and type_ in _COOPERATIVE:
        type_, cameo = "AGREE", frame["cameo_future"] or "030"
    first, last = _clause(document, verb)
    draft = Draft(document, "event", [document.span(first, last)])
    own = document.span(verb.i, verb.i + 1)
    draft.put("type", type_, own)
    draft.put("mode", frame["mode"] if type_ == frame["type"] else "", own)
    draft.put("cameo", cameo, own)
    draft.put("goldstein", goldstein(cameo), own)
    draft.put("contexts", (frame["context"],), own)
    draft.put("actor", actor.codes, *actor.spans)
    draft.put("actor_sector", "GOV", *actor.spans)
    draft.put("recipient", codes, *recipient.spans)
    draft.put("recipient_sector", "GOV" if codes else "", *recipient.spans)
    draft.put("modality", modality.kind if modality.kind in _MODALITIES else "actual", *(modality.cues or (own,)))
    if (when := document.when(verb)) is not None:
        draft.put("date", when.edtf, when.span)
    if (where := document.where(verb)) is not None:
        draft.put("place", where.value, where.span)
    if modality.attributed is not None:
        _attribute(document, draft, modality.attributed)
    return draft


@cache
def goldstein(cameo: str) -> float | None:
    """The Goldstein value of a CAMEO code: of its longest prefix in `lexicon/goldstein.csv`, None for an unknown one."""
    table = load_forms("goldstein")
    return next((float(table[cameo[:n]]["value"]) for n in range(len(cameo), 1, -1) if cameo[:n] in table), None)


def _attribute(document: Document, draft: Draft, say: int) -> None:
    for token in syntax.agents(document.doc[say]):
        person = document.at(token.i, PersonMention)
        if person is not None:
            draft.put("attributed_to", person.person.record(), person.span)
            return
        party = document.at(token.i, PartyMention)
        if party is not None:
            draft.put("attributed_to", Person(document.words(party.span), None, party.code), party.span)
            return


def _parties(document: Document, heads: list[Token], before: Token | None = None) -> Parties:
    """Parties of the phrases of `heads`, clauses cut off, and of what is coordinated inside."""
    from foedus.mentions import Parties

    found = Parties()
    for head in heads:
        found |= document.party_of(head)
        if not found.codes or any(c.dep_ in {"conj", "flat", "nmod:desc", "appos"} for c in head.children):
            first, last = syntax.phrase(head)
            if before is not None and first < before.i < last:
                last = before.i
            inside = document.parties_in(first, last)
            if len(inside.codes) <= 6:
                found |= inside if not found.codes or any(c.dep_ == "conj" for c in head.subtree) else found
    return found


def _recipient(document: Document, verb: Token, roles: list[str]) -> Parties:
    from foedus.mentions import Parties

    heads: list[Token] = []
    if "obj" in roles:
        heads += syntax.objects(verb)
    if "iobj" in roles:
        heads += syntax.children(verb, "iobj")
    found = _parties(document, heads) if heads else Parties()
    if found.codes:
        return found
    prepositions = [role for role in roles if role not in {"obj", "iobj"}]
    for base in (verb, *syntax.children(verb, "obj", "xcomp")):
        found |= _parties(document, syntax.obliques(base, *prepositions) if prepositions else [])
    return found


def _clause(document: Document, verb: Token) -> tuple[int, int]:
    """Token range from the subject to the end of the object or clause, at most the sentence."""
    low, high = document.sentence(verb.i)
    members = [verb.i]
    for child in verb.children:
        if child.dep_.split(":")[0] in {"nsubj", "obj", "iobj", "obl", "aux", "xcomp", "compound"}:
            members += [child.left_edge.i, child.right_edge.i]
    return max(low, min(members)), min(high, max(members) + 1)
