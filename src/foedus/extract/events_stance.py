"""Acts that a party says it will, may or will not do, or wants of another: "agreed to send", "refused to free", "urged X to leave".

The act below gives the mode and the code: a promise to send aid is AGREE 033, a threat to bomb THREATEN 138 (violence).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.events_actors import Side, find_actor, find_recipient, find_side, home, inside, is_human, same_state
from foedus.extract.events_build import Codes, build
from foedus.extract.events_frames import Frame, find_frames, frames, lemmas, object_heads
from foedus.language import syntax

if TYPE_CHECKING:
    from foedus.extract.draft import Draft
    from foedus.language.doc import Token
    from foedus.mentions import Document

COOPERATIVE = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"}
MATERIAL = {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
_AGREE = {"CONSULT": "036", "SUPPORT": "032", "COOPERATE": "031", "AID": "033", "CONCEDE": "035", "RETREAT": "035"}
_REQUEST = {
    "AID": ("assist", "023", "103"), "COOPERATE": ("assist", "021", "101"), "CONSULT": ("meet", "026", "106"),
    "RETREAT": ("yield", "025", "105"), "CONCEDE": ("yield", "025", "105"), "SUPPORT": ("change", "022", "102"),
}  # fmt: skip
_REJECT = {
    "AID": ("assist", "122"), "COOPERATE": ("assist", "121"), "CONSULT": ("meet", "125"), "RETREAT": ("yield", "124"),
    "CONCEDE": ("yield", "124"), "AGREE": ("meet", "125"),
}  # fmt: skip
_THREATEN = {
    "SANCTION": ("relations", "131"), "PROTEST": ("", "133"), "COERCE": ("restrict", "137"), "MOBILIZE": ("violence", "138"),
    "ASSAULT": ("violence", "138"), "REJECT": ("relations", "134"), "RETREAT": ("relations", "136"),
}  # fmt: skip
_MODES = {"arrest": "arrest", "expel": "expel", "deport": "expel"}


def agree_codes(frame: Frame | None) -> Codes:
    """The promise of the act that `frame` says: AGREE, or THREATEN for an act that harms."""
    if frame is not None and frame.type in MATERIAL and frame.mode != "discontinue":
        return threat_codes(frame)
    return Codes(
        "AGREE", "", _AGREE.get(frame.type, "030") if frame else "030", frame.context if frame else "diplomatic"
    )


def promise_codes(verb: Token, frame: Frame | None) -> Codes:
    """The promise of what `verb` says; troops sent against nobody ("soldiers to Sudria to guard the road") are no threat."""
    return agree_codes(None if frame is not None and is_sent(verb, frame) else frame)


def is_sent(verb: Token, frame: Frame) -> bool:
    """Whether troops go to or into a place, but not near or against somebody's."""
    return frame.type == "MOBILIZE" and not syntax.obliques(verb, "near", "against", "on", "along")


def threat_codes(frame: Frame | None) -> Codes:
    """The threat of the act that `frame` says."""
    mode, cameo = _THREATEN.get(frame.type, ("", "130")) if frame else ("", "130")
    mode = _MODES.get(frame.mode, mode) if frame else mode
    if frame is not None and frame.id in {"impose", "ban", "sanction"}:
        mode = "restrict"
    return Codes("THREATEN", mode, cameo, frame.context if frame else "diplomatic")


def reject_codes(frame: Frame | None) -> Codes:
    """The refusal of the act that `frame` says."""
    mode, cameo = _REJECT.get(frame.type, ("", "120")) if frame else ("", "120")
    return Codes("REJECT", mode, cameo, frame.context if frame else "diplomatic")


def request_codes(frame: Frame | None, demand: bool) -> Codes:
    """The wish (CAMEO 02) or, when `demand`, the demand (10) that another do the act that `frame` says."""
    mode, appeal, order = _REQUEST.get(frame.type, ("change", "020", "100")) if frame else ("change", "020", "100")
    return Codes("REQUEST", mode, order if demand else appeal, frame.context if frame else "diplomatic")


def act_of(word: Token) -> tuple[Token, Frame | None]:
    """The verb that names the act in a complement, verbs such as "try to" and light verbs looked through, and its frame."""
    at = word
    for _ in range(4):
        found = [f for f in find_frames("verb", at) if "never" not in f.needs]
        if found and found[0].weight:
            return at, found[0]
        below = syntax.children(at, "xcomp") if set(lemmas(at)) & set(frames("through")) else []
        if not below:
            return at, found[0] if found else None
        at = below[0]
    return at, None


def complements(word: Token) -> list[Token]:
    """The verbs that say what is promised, refused or wanted, conjuncts included."""
    found = [c for c in syntax.children(word, "xcomp", "ccomp", "advcl") if _is_infinitive(c) or c.dep_ == "ccomp"]
    return [t for one in found[:1] for t in syntax.conjuncts(one)]


def _is_infinitive(verb: Token) -> bool:
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "aux"}}
    return "to" in marks or (verb.dep_ == "xcomp" and verb.tag_ in {"VB", "VBG"})


def find_stance(document: Document, word: Token) -> tuple[Draft | None, list[Token]]:
    """The event that a stance verb or adjective gives, and the verbs that it takes up, so that they give none of their own."""
    found = find_frames("stance", word)
    if not found or is_charge(word):
        return None, []
    below = complements(word)
    frame = next((f for f in found if f.type != "SAY" and ("clause" not in f.needs or below)), None)
    if frame is None or frame.type == "PLAN" or (frame.type == "REQUEST" and _is_wish(word, below)):
        return None, []
    if frame.type == "REQUEST":
        return _request(document, word, frame, below), below
    actor = find_actor(document, word)
    if not actor:
        actor = _home(document, word, frame, below, actor)
    if not actor:
        return None, below
    act, inner = act_of(below[0]) if below else (word, None)
    if frame.type != "REJECT" and any(c.lower_ in {"not", "never"} for c in act.children if act is not word):
        inner = None  # "vowed not to arm the rebels"
    codes = _stance_codes(frame, act, inner)
    if below and below[0].dep_ == "ccomp" and not _own_act(document, below[0], actor, frame.lemma == "warn"):
        return None, []
    kind = document.modality(word).kind
    if kind in {"negated", "hypothetical"}:
        codes = reject_codes(inner) if frame.type == "AGREE" and kind == "negated" else codes
        if kind == "hypothetical" or frame.type != "AGREE":
            return None, below
    recipient = _other(document, word, frame, act, inner, actor)
    if not recipient and codes.type == "THREATEN":
        recipient = _condition(document, word, actor)
        if not recipient and inner is not None and inner.mode in {"curfew", "martial-law"}:
            recipient = Side(actor.codes, actor.spans, "CVL")
    if codes.type == "REJECT" and set(lemmas(act)) & set(frames("talk")):
        return None, below
    if not below and (not recipient or syntax.is_passive(word)):
        return None, below
    modality = "future" if codes.type == "AGREE" and below else "actual"
    return build(document, word, codes, actor, recipient, modality), below


def _stance_codes(frame: Frame, act: Token, inner: Frame | None) -> Codes:
    """What a promise, threat or refusal of `act` is coded as; a vow of no harm is a promise."""
    harmful = inner is not None and inner.type not in COOPERATIVE
    if frame.type == "THREATEN" and not harmful and frame.lemma not in {"threaten", "warn"}:
        return agree_codes(inner)
    return promise_codes(act, inner) if frame.type == "AGREE" else _CODES[frame.type](inner)


def _is_wish(word: Token, below: list[Token]) -> bool:
    """Whether somebody wants or asks to do something himself ("wants to conclude the deal"): a wish, no request."""
    raised = [t for t in object_heads(word) if t.i > word.i]
    own = bool(below) and below[0].dep_ == "xcomp" and not raised and not syntax.own_subjects(below[0])
    return own and bool(set(lemmas(word)) & {"want"})


_CODES = {"THREATEN": threat_codes, "REJECT": reject_codes}


def _condition(document: Document, word: Token, actor: Side) -> Side:
    """Who must do something for the threat not to be carried out ("unless Norland withdraws")."""
    clauses = syntax.children(word, "advcl") + [
        c for x in syntax.children(word, "xcomp") for c in syntax.children(x, "advcl")
    ]
    for clause in clauses:
        if any(c.lower_ in {"unless", "if", "until"} for c in syntax.children(clause, "mark")):
            return without(find_actor(document, clause), actor)
    return Side()


def _home(document: Document, word: Token, frame: Frame, below: list[Token], actor: Side) -> Side:
    act, inner = act_of(below[0]) if below else (word, frame)
    return home(document, act, actor, find_recipient(document, act, (inner or frame).roles, actor.heads))


def _own_act(document: Document, verb: Token, actor: Side, strict: bool) -> bool:
    """Whether the clause "that it will …" is about the actor itself; unless `strict`, also when nobody is named in it."""
    side = find_actor(document, verb)
    if not side.codes and strict:
        return False
    return not side.codes or bool(set(side.codes) & set(actor.codes))


def _other(document: Document, word: Token, frame: Frame, act: Token, inner: Frame | None, actor: Side) -> Side:
    """The other side: of the stance itself ("promised X to"), of the act ("to bomb X"), else what the complement names."""
    looks = [(word, frame.roles)]
    if act is not word:
        looks.insert(0, (act, inner.roles if inner else ("obj", "to", "with", "for", "on", "against", "from")))
    for token, roles in looks:
        if side := without(find_recipient(document, token, roles, actor.heads), actor):
            return side
        if side := same_state(document, token, roles, actor):
            return side
    someone = any(is_human(document, head) for head in object_heads(act))
    return inside(document, act, actor) if act is not word and not someone else Side()


def without(side: Side, actor: Side) -> Side:
    """`side` without the actor's own codes, unless its words are others and show a sector of their own."""
    codes = tuple(code for code in side.codes if code not in actor.codes)
    other = (
        side.sector not in {"", "BUS", actor.sector} and side.person and (actor.sector != "" or side.sector != "GOV")
    )
    if not codes and other and side.codes and actor.codes and not set(side.heads) & set(actor.heads):
        return side
    return Side(codes, side.spans, side.sector, side.person, side.heads) if codes else Side()


def _request(document: Document, word: Token, frame: Frame, below: list[Token]) -> Draft | None:
    actor = find_actor(document, word)
    kind = document.modality(word).kind
    if not actor or kind in {"negated", "hypothetical"}:
        return None
    recipient = without(find_recipient(document, word, frame.roles, actor.heads), actor)
    asked = [t for t in object_heads(word) if t.pos_ in {"NOUN", "PROPN"}]
    if not recipient and below and not (asked and not is_human(document, asked[0])):
        recipient = without(find_actor(document, below[0]), actor)
        act, inner = act_of(below[0])
        if not recipient:
            recipient = same_state(document, word, frame.roles, actor) or _other(
                document, word, frame, act, inner, actor
            )
    if not recipient:
        return None
    _, inner = act_of(below[0]) if below else (word, None)
    return build(document, word, request_codes(inner, frame.cameo.startswith("10")), actor, recipient)


def is_charge(verb: Token) -> bool:
    """Whether the act is what somebody is accused, suspected or warned of ("accused Norland of arming rebels")."""
    first = syntax.first_conjunct(verb)
    if first.tag_ != "VBG" or first.dep_ not in {"advcl", "xcomp", "ccomp"}:
        return False
    return any(c.lower_ in {"of", "against", "for"} for c in syntax.children(first, "mark", "case")) and any(
        f.type in {"ACCUSE", "REQUEST"} for part in ("verb", "stance") for f in find_frames(part, first.head)
    )


def find_must(document: Document, word: Token) -> tuple[Draft | None, list[Token]]:
    """A demand put as "A said that B must …": REQUEST, and the verbs it takes up."""
    if not any(f.type == "SAY" for f in find_frames("stance", word)):
        return None, []
    for clause in syntax.children(word, "ccomp", "parataxis"):
        if not _obliged(clause) or syntax.is_passive(clause) or syntax.children(clause, "expl"):
            continue
        actor, other = find_actor(document, word), find_side(document, syntax.own_subjects(clause), stop=clause)
        recipient = without(other, actor)
        if actor and recipient:
            _, inner = act_of(clause)
            return build(document, word, request_codes(inner, True), actor, recipient), [clause]
    return None, []


def _obliged(verb: Token) -> bool:
    return any(
        c.lemma_.lower() in frames("must") and c.lemma_.lower() not in {"need", "have"}
        for c in verb.children
        if c.dep_ == "aux"
    )
