"""Whom "he", "it", "they", "both sides" or "the statement" stands for beside a verb of saying: who spoke or was named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.extract.agreements_focus import main_pair
from foedus.extract.statements_listed import is_plural_office, speak_together
from foedus.extract.statements_speaker import SEVERAL, Speaker, document_noun, names_several, of_parties, speaker_of
from foedus.language import syntax
from foedus.mentions.model import GroupMention, PersonMention
from foedus.mentions.offices_words import is_rank, singular

if TYPE_CHECKING:
    from foedus.extract.statements_said import Said
    from foedus.language.doc import Token
    from foedus.mentions import Document

_HE_SHE = {"he": "male", "she": "female"}
_BACK = 3
"""How many sentences back "they" is looked for."""


def spoke_before(document: Document, source: Token, found: Sequence[Said], inside: set[int]) -> Speaker | None:
    """Whom a pronoun, a word for both or "the statement" stands for: `found` are the statements so far; None if in doubt.

    The speaker before it in this paragraph or the last; the one person or body that was named; the two that the report is about.
    """
    if source.lower_ in SEVERAL:
        return _several(document, source)
    here = document.paragraph(source.i)
    if source.lower_ in _HE_SHE and (only := _only_person(document, source, inside)) is not None:
        return only
    for said in reversed(found):
        at = document.paragraph(said.speaker.first)
        if said.speaker.first >= source.i or here - at > 1:
            continue
        if document_noun(source):
            return _again(said.speaker, source) if not said.speaker.someone or here == at else None
        if source.lower_ == "it":
            return None if said.speaker.someone else _again(said.speaker, source)
        if source.lower_ in _HE_SHE:
            ones = said.speaker.someone
            if len(ones) == 1 and ones[0].gender in {None, _HE_SHE[source.lower_]}:
                return _again(said.speaker, source)
        if source.lower_ == "they" and _is_plural(document, said.speaker):
            return _again(said.speaker, source)
        break
    if source.lower_ == "they":
        return _body_before(document, source) or _several(document, source)
    return _body_before(document, source) if source.lower_ == "it" else None


def speaks_on(document: Document, source: Token, found: Sequence[Said], inside: set[int]) -> Speaker | None:
    """The speaker of the statement just before, whom "he" means beside a verb of saying although somebody else was named since.

    None unless that somebody was only named on the way ("…," he told reporters after talks with X), or in the words quoted (the
    tokens `inside`), and could not be meant as well.
    """
    rival = document.at(source.i, PersonMention)
    if source.lower_ not in _HE_SHE or (rival is not None and rival.form != "pronoun"):
        return None
    before = next((s for s in reversed(found) if s.speaker.last <= source.i), None)
    if before is None or document.paragraph(source.i) - before.paragraph > 1:
        return None
    if _is_unnamed(document, before.speaker, source):
        since = [m for m in document.within(before.speaker.first, source.i, PersonMention) if m.root not in inside]
        names = [document.doc[m.root] for m in since if m.form != "pronoun"]
        verb = before.verb.i if before.verb is not None else before.speaker.last
        acted = any(t.dep_.startswith("nsubj") or (t.dep_ == "appos" and t.i < verb) for t in names)
        return None if acted else _again(before.speaker, source)
    if rival is None or len(before.speaker.someone) != 1:
        return None
    one = before.speaker.someone[0]
    if one is rival.person or one.gender not in {None, _HE_SHE[source.lower_]}:
        return None
    since = [m for m in document.within(before.speaker.last, source.i, PersonMention) if m.person is rival.person]
    told = [m for m in since if m.root not in inside]
    heads = [t for m in told for t in (document.doc[m.root], document.doc[m.root].head)]
    if not since:  # somebody named before the last speaker, who is nearer
        near = document.paragraph(source.i) - document.paragraph(before.speaker.first) <= 1
        return _again(before.speaker, source) if near and not before.speaker.pronoun else None
    return None if any(t.dep_.startswith("nsubj") for t in heads) else _again(before.speaker, source)


def _is_unnamed(document: Document, speaker: Speaker, source: Token) -> bool:
    """Whether the speaker is one holder of an office without a name ("an Omani **spokesman**"), of whom the pronoun can be said.

    A bare "the director" may be somebody named before: only an office with its state, or behind "a", counts.
    """
    name = speaker.persons[0].name or ""
    if speaker.someone or len(speaker.persons) > 1 or not name:
        return False
    text = document.report.text
    if _is_only_holder(document, speaker):
        return True
    if speaker.persons[0].party is None and not any(_ANY.search(text, max(0, a - 5), a) for a, _ in speaker.spans):
        return False
    head = _BEHIND_OFFICE.split(name)[0].split()[-1].lower()
    return is_rank(head) and singular(head) == head and not head.endswith(_OTHER_GENDER[source.lower_])


def _is_only_holder(document: Document, speaker: Speaker) -> bool:
    """Whether the report has a name for nobody with the rank of a speaker who is named by "the" office ("the **Secretary-General**")."""
    head = (speaker.persons[0].name or "").split()[-1]
    if not (head[:1].isupper() and is_rank(head.lower().split("-")[0])):
        return False
    people = document.all_of(PersonMention)
    return not any(head.casefold() in (m.person.office or "").casefold().split() for m in people)


_BEHIND_OFFICE = re.compile(r",? (?:of|for|to|from|at|in|on|with)\b|,")
_ANY = re.compile(r"\b(?:[Aa]n?|[Oo]ne)\s+$")
_OTHER_GENDER = {"he": ("woman", "princess", "queen"), "she": ("sman", "king", "prince")}


def _is_plural(document: Document, speaker: Speaker) -> bool:
    """Whether the speaker is several, by name or by a plural noun ("analysts", "the aides")."""
    if len(speaker.persons) > 1:
        return True
    if not speaker.someone and (speaker.persons[0].party or "").startswith("org:"):
        return True
    heads = [t for t in document.doc[speaker.first : speaker.last] if t.dep_.startswith("nsubj")]
    return not speaker.someone and any(t.tag_ in {"NNS", "NNPS"} for t in heads)


def _again(speaker: Speaker, source: Token) -> Speaker:
    """The speaker of an earlier statement, named here by `source`."""
    own = (source.idx, source.idx + len(source.text))
    return Speaker(speaker.persons, [own, *speaker.spans], source.i, source.i + 1, speaker.someone, True)


def _several(document: Document, source: Token) -> Speaker | None:
    """The several who were the subject of a sentence just before, else for "both sides" the two states of the report."""
    index = document.sentence_index(source.i)
    for low, high in reversed(document.sentences[max(0, index - _BACK) : index]):
        root = next((t for t in document.doc[low:high] if t.dep_ == "ROOT"), None)
        subject = syntax.subject(root) if root is not None else None
        if subject is None:
            continue
        speaker = speaker_of(document, subject, low, high)
        if speaker is not None and len(speaker.persons) > 1:
            return speaker
        if is_plural_office(subject) and (together := speak_together(document, subject)) is not None:
            return together
        if subject.tag_ in {"NNS", "NNPS"} and document.at(subject.i, GroupMention) is None:
            return None  # others whom nobody resolved
    pair = main_pair(document) if source.lower_ in SEVERAL and names_several(source) else None
    return of_parties(document, pair.codes, source) if pair else None


def _only_person(document: Document, source: Token, inside: set[int]) -> Speaker | None:
    """The one person whom the paragraph named before a pronoun, or who was the subject of its sentences; None if in doubt."""
    doc = document.doc
    gender = _HE_SHE[source.lower_]
    here = document.paragraph(source.i)
    low = document.paragraphs[here][0]
    for back in range(1, min(here, 4) + 1):
        if document.within(low, source.i, PersonMention):
            break
        low = document.paragraphs[here - back][0]
    seen = [
        m
        for m in document.within(low, source.i, PersonMention)
        if m.form in {"name", "surname"} and m.first not in inside and m.person.gender in {None, gender}
    ]
    subjects = [m for m in seen if doc[m.root].dep_.startswith("nsubj") or doc[m.root].head.dep_.startswith("nsubj")]
    for chosen in (seen, subjects):
        if chosen and all(m.person is chosen[0].person for m in chosen):
            m = chosen[-1]
            own = (source.idx, source.idx + len(source.text))
            return Speaker(
                [m.person.record()], [own, m.span, *m.person.evidence()], source.i, source.i + 1, (m.person,), True
            )
    return None


def _body_before(document: Document, source: Token) -> Speaker | None:
    """The body or state that is the subject of the sentence before "it said"."""
    index = document.sentence_index(source.i)
    if index == 0:
        return None
    low, high = document.sentences[index - 1]
    if document.paragraph(low) != document.paragraph(source.i):
        return None
    root = next((t for t in document.doc[low:high] if t.dep_ == "ROOT"), None)
    subject = syntax.subject(root) if root is not None else None
    if subject is None or subject.pos_ == "PRON":
        return None
    speaker = speaker_of(document, subject, low, high)
    if source.lower_ == "they":
        return speaker if subject.tag_ in {"NNS", "NNPS"} or (speaker and len(speaker.persons) > 1) else None
    return speaker if speaker is not None and not speaker.someone else None
