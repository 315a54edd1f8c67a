"""The party of a person by the one whose he is: "its delegate, X", "the president's spokesman, X", "his foreign minister, X".

Runs when pronouns and descriptions are resolved. A counterpart, host or guest is of another state; there nothing is concluded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.mentions.affiliations_report import left_over
from foedus.mentions.model import GroupMention, Mention, PartyMention, PersonMention
from foedus.mentions.offices_words import is_rank

if TYPE_CHECKING:
    from foedus.language.doc import Token
    from foedus.mentions.document import Document
    from foedus.record import Span

_PRONOUNS = {"his", "her", "its", "their"}
_POSSESSIVE = {"'s", "’s", "'", "’"}
_FELLOWS = {"counterpart", "colleague", "homologue", "host", "guest", "rival", "opponent", "adversary", "friend", "interlocutor", "number", "brother",
            "sister", "wife", "husband", "son", "daughter", "visitor", "peer", "equal", "partner", "ally", "neighbour", "neighbor"}  # fmt: skip
_RELATIVE = {"which", "who", "whom", "whose", "that", "where", "when"}
_ARTICLES = {"the", "a", "an"}
"""Another phrase begins there: "in his statement, **the** president, X"."""
_COUNTERPARTS = {"counterpart", "colleague", "homologue", "host"}


def learn_from_possessors(document: Document) -> None:
    """Give a party to persons without one whose possessor's party is known; groups are brought up to date."""
    changed = False
    for mention in document.all_of(PersonMention):
        if mention.form in {"name", "surname"} and mention.person.party is None:
            known = _possessor(document, mention)
            if known is not None:
                mention.person.party, mention.person.party_span = known
                changed = True
    if changed:
        for group in document.all_of(GroupMention):
            if group.persons:
                group.parties = _parties(group)


def renew_groups(document: Document) -> None:
    """Give groups of persons ("the two presidents") whose parties are all known by now, each of another, these parties."""
    for group in document.all_of(GroupMention):
        parties = _parties(group)
        if group.persons and len(parties) == len(group.persons):
            group.parties = parties


def _parties(group: GroupMention) -> tuple[str, ...]:
    return tuple(sorted({p.party for p in group.persons if p.party}))


def _possessor(document: Document, mention: PersonMention) -> tuple[str, Span] | None:
    """Code and words of the possessor in the noun phrase with the office and the name."""
    doc, low = document.doc, document.sentence(mention.first)[0]
    name = _name_of(document, mention)
    at, rank = name - 1, False
    while at >= low and name - at < 10:
        token = doc[at]
        if {token.lower_, token.lemma_.lower()} & _COUNTERPARTS and doc[at - 1].lower_ in {"his", "her"}:
            return _other_side(document, doc[at - 1], mention)
        if token.lower_ in _PRONOUNS or (token.text in _POSSESSIVE and token.whitespace_):
            break
        if (
            {token.lower_, token.lemma_.lower()} & _FELLOWS
            or token.pos_ in {"VERB", "AUX", "SCONJ"}
            or token.text in {";", ":", "."}
            or token.lower_ in _RELATIVE
            or (token.lower_ in _ARTICLES and doc[at - 1].text == "," and not is_rank(doc[at - 2].lower_))
        ):
            return None
        if token.pos_ == "ADP" and token.lower_ not in {"of", "for", "to"}:
            return None
        rank |= is_rank(token.lower_)
        at -= 1
    else:
        return None
    if not rank or at < low:
        return None
    return _party(document, doc[at], mention)


def _other_side(document: Document, pronoun: Token, mention: PersonMention) -> tuple[str, Span] | None:
    """The other state of a report on two states, for "his counterpart X"."""
    one = _party(document, pronoun, mention)
    state = left_over(document, {one[0]}, set()) if one is not None else None
    return (state.code, state.span) if state is not None else None


def _name_of(document: Document, mention: PersonMention) -> int:
    """First token of the name in a mention that may begin with the office."""
    at = mention.first
    while at < mention.last - 1 and document.doc[at].ent_type_ != "PERSON":
        at += 1
    return at


def _alone(document: Document, token: Token) -> bool:
    """Whether all persons named before "his" in the sentence speak for one party, so that it matters little whose he is."""
    low = document.sentence(token.i)[0]
    before = [m.person for m in document.within(low, token.i, PersonMention) if m.form != "pronoun"]
    return len({p.party for p in before}) < 2


def _party(document: Document, token: Token, mention: PersonMention) -> tuple[str, Span] | None:
    at = token.i if token.lower_ in _PRONOUNS else token.i - 1
    if token.lower_ in {"his", "her"} and not _alone(document, token):
        return None
    for kind in (PersonMention, GroupMention, PartyMention):
        found: Mention | None = document.at(at, kind)
        if isinstance(found, PersonMention) and found.person is not mention.person and found.person.party:
            return found.person.party, found.span
        if isinstance(found, GroupMention) and len(found.parties) == 1:
            return found.parties[0], found.span
        if isinstance(found, PartyMention):
            return found.code, found.span
    return _of_subject(document, token) if token.lower_ in _PRONOUNS else None


def _of_subject(document: Document, pronoun: Token) -> tuple[str, Span] | None:
    """The party of the clause's subject, where nothing else is known of "his": "the Peruvian leader sent his envoy, X"."""
    verb = next((t for t in pronoun.ancestors if t.pos_ == "VERB"), None)
    while verb is not None and verb.dep_ == "conj" and not any(c.dep_.startswith("nsubj") for c in verb.children):
        verb = verb.head
    subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.i < pronoun.i] if verb is not None else []
    parties = document.parties_at(subjects)
    return (parties.codes[0], parties.spans[0]) if len(parties.codes) == 1 else None
