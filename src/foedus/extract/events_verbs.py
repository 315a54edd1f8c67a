"""Events that verbs, nouns and adjectives give: one party's act towards another, by `lexicon/event_frames.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.events_actors import (
    Side,
    find_actor,
    find_recipient,
    home,
    inside,
    is_anaphor,
    is_human,
    is_state,
    of_purpose,
    same_state,
    territorial,
)
from foedus.extract.events_build import Codes, build
from foedus.extract.events_frames import Frame, find_frames, frames, goldstein, lemmas, may_tell, object_heads
from foedus.extract.events_nouns import find_noun_event
from foedus.extract.events_stance import (
    COOPERATIVE,
    MATERIAL,
    agree_codes,
    find_must,
    find_stance,
    is_charge,
    is_sent,
    reject_codes,
    threat_codes,
    without,
)
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.extract.draft import Draft
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.mentions.model import Modality

__all__ = ["find_verb_events", "goldstein", "is_decided"]

_WORDS = {"NOUN", "PROPN", "VERB", "ADJ", "AUX"}
_FORCE = {"MIL", "REB", "COP"}
_WITHHELD = {"accept_plan", "permit"}
"""Frames of what is refused by not doing it ("has not accepted the plan", "did not permit the ship to pass")."""
_PEOPLE = {"CVL", "LAB", "AGR", "EDU", "OPP", "REL", "JRN", "PTY", "REF", "MED", "REB"}


OPEN = 0.45
"""The confidence of an event whose other side the clause leaves to what was told before ("Norland condemned the step")."""


def find_verb_events(document: Document) -> list[tuple[float, Draft]]:
    """Events of the report's words with their confidence, in text order; those without their other side have `OPEN`."""
    found: list[tuple[int, float, Draft]] = []
    taken: set[int] = set()
    for token in _top_down(document):
        if token.i in taken or document.in_quote(token.idx):
            continue
        drafts, consumed = _of_word(document, token)
        taken |= consumed
        found += [(token.i, confidence, draft) for confidence, draft in drafts]
    return [(confidence, draft) for _, confidence, draft in sorted(found, key=lambda item: item[0])]


def _top_down(document: Document) -> list[Token]:
    """The words for which there is a frame, those with fewer words above them first, in text order."""
    level = [token for token in document.doc.tokens if token.head is token]
    found: list[Token] = []
    while level:
        found += sorted((t for t in level if t.pos_ in _WORDS and may_tell(t)), key=lambda token: token.i)
        level = [child for token in level for child in token.children]
    return found


def _of_word(document: Document, token: Token) -> tuple[list[tuple[float, Draft]], set[int]]:
    if token.pos_ in {"NOUN", "PROPN"}:
        draft = find_noun_event(document, token)
        return ([(0.5, draft)] if draft is not None else []), set()
    for find in (find_stance, find_must) if find_frames("stance", token) else ():
        draft, below = find(document, token)
        if draft is not None:
            return [(0.6, draft)], {t.i for t in below}
        if below and find is find_stance:
            return [], {t.i for t in below}
    if token.pos_ == "ADJ" or (is_state(token) and find_frames("adj", token)):
        linked = syntax.children(token, "cop", "aux:pass")
        candidates = find_frames("adj", token) if linked else []
    else:
        candidates = [f for f in find_frames("verb", token) if "never" not in f.needs]
    for frame in candidates:
        if (draft := _event(document, token, frame)) is not None:
            nouns = {t.i for t in syntax.objects(token)} if frame.nouns else set()
            return [(0.6, draft)], nouns
    for frame in candidates:
        if (draft := _open_event(document, token, frame)) is not None:
            return [(OPEN, draft)], set()
    return [], set()


def _open_event(document: Document, verb: Token, frame: Frame) -> Draft | None:
    """An event whose other side is only a pronoun or "the step": to be found in what was told before."""
    if (
        frame.type not in {"ACCUSE", "REJECT", "SUPPORT"}
        or not frame.needs <= {"recipient", "quoted"}
        or syntax.is_passive(verb)
    ):
        return None
    heads = [h for h in object_heads(verb) if is_anaphor(document, h)]
    heads += [h for h in (syntax.obliques(verb, *frame.after) if frame.after else ()) if h.pos_ == "PRON"]
    actor, modality = find_actor(document, verb), _meant(document, verb)
    if "quoted" in frame.needs and not _is_slur(document, verb):
        return None
    if not heads or not actor or modality is None or modality.kind != "actual":
        return None
    return build(document, verb, Codes(frame.type, frame.mode, frame.cameo, frame.context), actor, Side())


def _event(document: Document, verb: Token, frame: Frame) -> Draft | None:
    modality = _meant(document, verb)
    refused = modality is not None and modality.kind == "negated"
    sides = _sides(document, verb, frame, refused) if modality is not None else None
    if sides is None or modality is None:
        return None
    actor, recipient = sides
    codes = _codes(frame, modality, verb, bool(recipient))
    if codes is None:
        return None
    if codes.type == "AGREE" and not recipient and "mutual" in frame.needs:
        one = find_actor(document, verb)
        if len(one.codes) == 1 and len(actor.codes) > 1:
            rest = tuple(code for code in actor.codes if code not in one.codes)
            actor, recipient = one, Side(rest, actor.spans, actor.sector)
    kind = "actual" if codes.type in {"THREATEN", "REJECT"} and codes.type != frame.type else modality.kind
    if frame.type == "SANCTION" and modality.kind == "future" and is_decided(verb):
        codes, kind = Codes(frame.type, frame.mode, frame.cameo, frame.context), "actual"
    return build(document, verb, codes, actor, recipient, kind, modality.cues)


def is_decided(verb: Token) -> bool:
    """Whether somebody decides or announces the step ("decided to expel two envoys", "announced that it would close the border")."""
    above = syntax.first_conjunct(verb)
    return above.dep_ in {"xcomp", "ccomp"} and bool(set(lemmas(above.head)) & set(frames("deciding")))


def _sides(document: Document, verb: Token, frame: Frame, alone: bool) -> tuple[Side, Side] | None:
    """Actor and recipient that meet what the frame needs, else None; `alone` lets the actor do."""
    needs = frame.needs
    actor = find_actor(document, verb)
    if "mutual" in needs:
        return _mutual(document, verb, frame, actor)
    recipient = without(find_recipient(document, verb, frame.roles, actor.heads), actor)
    if not recipient:
        recipient = same_state(document, verb, frame.roles, actor)
    if "recipient" in needs and len(actor.codes) > 1 and _is_each_other(verb):
        return actor, Side()
    if not actor.codes and actor.sector in _PEOPLE:
        place = territorial(document, verb, Side())
        actor = Side(place.codes, place.spans, actor.sector, True, actor.heads)
    if not recipient and frame.type == "PROTEST":
        recipient = _protested(document, verb, actor)
    elif not recipient and frame.type in MATERIAL | {"RETREAT", "AID", "CONCEDE"}:
        recipient = without(of_purpose(document, verb, actor), actor)
    elif not recipient and frame.type == "REJECT" and frame.nouns:
        recipient = next((side for head in object_heads(verb) if (side := inside(document, head, actor))), Side())
    if not actor.codes:
        actor = home(document, verb, actor, recipient) or actor
    if not actor.codes and frame.mode in {"curfew", "martial-law"}:
        actor = territorial(document, verb, recipient)
        if not actor and len(recipient.codes) == 1:
            actor = Side(recipient.codes, recipient.spans, "GOV")
    if not actor.codes and syntax.is_passive(verb) and frame.mode in {"arrest", "investigate", "convict", "deport"}:
        actor = territorial(document, verb, recipient)
    unknown = not actor.codes and frame.type == "ASSAULT" and syntax.is_passive(verb) and not actor.heads
    if not actor.codes and not unknown:
        return None
    if "actor" not in needs and not recipient.codes and not alone:
        return None
    return (actor, recipient) if _meets(document, verb, needs, actor, recipient) else None


_EACH_OTHER = ({"each", "other"}, {"one", "another"}, {"the", "other"})


def _is_each_other(verb: Token) -> bool:
    """Whether those that act do it to one another: "accused each other", "each side blamed the other"."""
    for head in object_heads(verb):
        words = {head.lower_, *(c.lower_ for c in head.children)}
        if any(pair <= words for pair in _EACH_OTHER) and len(words) == 2:
            return True
    return False


def _protested(document: Document, verb: Token, actor: Side) -> Side:
    """The other side of a protest in its purpose ("to demand that …", "calling for …"), else the people's own state."""
    for clause in syntax.children(verb, "advcl", "xcomp"):
        if clause.i > verb.i and (side := inside(document, clause, actor, own=True)):
            return side
    people = actor.sector in _PEOPLE | {"LEG"} and len(actor.codes) == 1
    at_home = people and not actor.codes[0].startswith("org:")
    return Side(actor.codes, actor.spans, "GOV") if at_home else Side()


def _meets(document: Document, verb: Token, needs: frozenset[str], actor: Side, recipient: Side) -> bool:
    if "person" in needs and not recipient.person:
        return False
    if "thing" in needs and recipient.person and any(is_human(document, head) for head in object_heads(verb)):
        return False
    if "quoted" in needs and not _is_slur(document, verb):
        return False
    if "clause" in needs and not syntax.children(verb, "xcomp", "ccomp", "advcl"):
        return False
    if "official" in needs and not (actor.person or actor.sector in {"GOV", "LEG", "MIL", "REB", "PTY", "REL"}):
        return False
    if "people" in needs and actor.sector not in _PEOPLE:
        return False
    if "force" in needs and actor.sector not in _FORCE | {"GOV"}:
        return False
    return not ("state" in needs and recipient.sector not in {"", "GOV", "MIL", "REB"})


def _is_slur(document: Document, verb: Token) -> bool:
    """Whether what something is called stands in quotation marks, and is neither a name nor praise."""
    for word in syntax.children(verb, "xcomp", "obl"):
        if word.i > verb.i and word.pos_ != "PROPN" and document.in_quote(word.idx):
            first, last = syntax.phrase(word)
            around = document.doc[min(first, word.left_edge.i) : max(last, word.right_edge.i + 1)]
            return not any({t.lower_, t.lemma_.lower()} & set(frames("praise")) for t in around)
    return False


def _mutual(document: Document, verb: Token, frame: Frame, actor: Side) -> tuple[Side, Side] | None:
    """Everybody in the actor, when there are two of them at least."""
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and not syntax.agents(verb):
        return None
    roles = [r for r in frame.roles if r != "with"] if syntax.is_passive(verb) else frame.roles
    other = find_recipient(document, verb, roles, actor.heads) if not _alone(actor) else Side()
    if "person" in frame.needs and not other.person:
        return None
    if {actor.sector, other.sector} & {"JRN", "BUS", "CRM"}:
        return None
    codes = tuple(sorted({*actor.codes, *other.codes}))
    if len(codes) < 2 or not (actor.codes or syntax.is_passive(verb)):
        return None
    one_way = frame.type == "COOPERATE" or (frame.type == "SUPPORT" and frame.cameo != "057")
    if one_way and len(actor.codes) == 1 and not syntax.is_passive(verb):
        return actor, without(other, actor)
    return Side(codes, (*actor.spans, *other.spans), actor.sector or other.sector, True, actor.heads), Side()


def _alone(actor: Side) -> bool:
    return len(actor.codes) > 2


def _meant(document: Document, verb: Token) -> Modality | None:
    """The modality, that of the verb above for "tried to", "began to"; None for a purpose, wish or possibility."""
    modality = document.modality(verb)
    if any(c.lower_ in {"nothing", "none", "nobody"} for c in syntax.children(verb, "obj")) or _may(verb):
        return None
    if is_charge(verb):
        return None
    if _is_to(verb):
        above = verb.head
        if verb.dep_ in {"xcomp", "advcl", "conj"} and set(lemmas(above)) & set(frames("through")):
            return _meant(document, above) if above is not verb else None
        planned = (
            [f for f in find_frames("stance", above) if f.type == "PLAN"] if verb.dep_ in {"xcomp", "conj"} else []
        )
        if not planned:
            return None
    return None if modality.kind == "hypothetical" else modality


def _may(verb: Token) -> bool:
    return any(c.lower_ in {"should", "could", "may", "might", "ought", "must"} for c in syntax.children(verb, "aux"))


def _is_to(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.children)


def _codes(frame: Frame, modality: Modality, verb: Token, hostile: bool) -> Codes | None:
    """What is coded under the modality: a future kindness is AGREE, a future harm THREATEN, "will not help" REJECT."""
    plain = Codes(frame.type, frame.mode, frame.cameo, frame.context)
    if modality.kind == "future":
        if frame.type in COOPERATIVE - {"AGREE"}:
            return agree_codes(frame)
        if frame.id in {"scrap_accord", "quit_body"}:
            return plain
        if frame.type == "MOBILIZE" and not hostile:
            return None
        if is_sent(verb, frame):
            return agree_codes(None)
        return threat_codes(frame) if frame.type in MATERIAL else plain
    if modality.kind == "negated":
        unwilling = any(c.lower_ in {"will", "would", "wo", "can", "could", "ca", "'ll", "’ll"} for c in verb.children)
        unwilling |= frame.id in _WITHHELD
        return reject_codes(frame) if unwilling and frame.type in COOPERATIVE else None
    return plain
