"""Events of one report in PLOVER 0.8 and CAMEO codes.

Two sources: the report's other records (a signed agreement is SUPPORT 057, talks are CONSULT, a promise is AGREE) and verbs
that say what one party does to another (`lexicon/event_frames.csv`). A reciprocal event has everybody in `actor`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from foedus.extract.draft import Draft
from foedus.extract.events_actors import find_recipient
from foedus.extract.events_frames import frames, goldstein, names
from foedus.extract.events_stance import act_of, agree_codes, promise_codes
from foedus.extract.events_verbs import OPEN, find_verb_events, is_decided
from foedus.mentions.focus import other_in_focus
from foedus.mentions.model import Parties

if TYPE_CHECKING:
    from foedus.extract.events_frames import Frame
    from foedus.language.doc import Token
    from foedus.mentions import Document
    from foedus.record import Activity, Agreement, Commitment, Event, Meeting, Record, Span, Statement

_SIGNED = {"signed", "ratified", "renewed", "extended", "amended", "in force", "provisionally applied"}
_ENDED = {"suspended", "notice given", "withdrawn", "terminated"}
_MEETING_CODES = {"phone call": ("phone", "041"), "video call": ("phone", "041")}
_ACTIVITY_CODES: dict[str, tuple[str, str | None, str, str, str]] = {
    # kind: type, mode, CAMEO when it happened, CAMEO of the intention, context
    "military exercise": ("COOPERATE", None, "062", "0312", "military"),
    "training": ("COOPERATE", None, "062", "0312", "military"),
    "patrol": ("COOPERATE", None, "062", "0312", "military"),
    "co-production": ("COOPERATE", None, "061", "0311", "economic"),
    "project": ("COOPERATE", None, "061", "0311", "economic"),
    "arms transfer": ("AID", None, "072", "0332", "military"),
    "aid": ("AID", None, "070", "033", "economic"),
    "visit": ("CONSULT", "visit", "042", "036", "diplomatic"),
    "dialogue": ("CONSULT", None, "040", "036", "diplomatic"),
}
_CONTEXT_OF_DOMAIN = {
    "defence": "military", "exercises": "military", "arms transfer": "military", "peace": "diplomatic", "trade": "economic",
    "investment": "economic", "finance": "economic", "borders": "territory", "health": "health", "migration": "migration",
    "technology": "technology", "crime": "crime", "environment": "environment", "climate": "environment", "intelligence": "intelligence",
    "counter-terrorism": "terrorism", "cyber": "cyber", "human rights": "human_rights", "disaster relief": "disasters",
}  # fmt: skip


def find_events(
    document: Document,
    agreements: Sequence[Agreement] = (),
    meetings: Sequence[Meeting] = (),
    statements: Sequence[Statement] = (),
    commitments: Sequence[Commitment] = (),
    activities: Sequence[Activity] = (),
) -> list[Event]:
    """Every event that the report gives, in text order, with those that follow from the report's other records.

    [] when it gives none. Two events of one type between the same parties on overlapping words are one.
    """
    drafts: list[tuple[float, Draft]] = []
    for agreement in agreements:
        drafts += _of_agreement(document, agreement)
    for meeting in meetings:
        drafts += _of_meeting(document, meeting)
    signed = [set(a.parties or ()) for a in agreements if a.stage in _SIGNED]
    for commitment in commitments:
        if not _is_term(commitment, signed):
            drafts += _of_commitment(document, commitment)
    verbs = [item for item in find_verb_events(document) if not _is_known(item[1], agreements, commitments)]
    directed = [draft for _, draft in (*drafts, *verbs) if draft.get("recipient")]
    for activity in activities:
        drafts += [item for item in _of_activity(document, activity) if not _is_directed(item[1], directed)]
    drafts += verbs
    drafts = [
        (confidence, draft) for confidence, draft in drafts if confidence != OPEN or _close(document, draft, drafts)
    ]
    return [draft.finish(confidence) for confidence, draft in _weighty(_distinct(drafts))]


def _weighty(drafts: list[tuple[float, Draft]]) -> list[tuple[float, Draft]]:
    """The events without plain intentions ("will keep to the rules") of those who promise something firmer elsewhere."""
    firm = [d for c, d in drafts if d.get("type") == "AGREE" and not _is_plain(c, d)]
    actors = [set(d.get("actor") or ()) for d in firm]
    kept = []
    for confidence, draft in drafts:
        if _is_plain(confidence, draft):
            mine = set(draft.get("actor") or ())
            if any(mine & theirs for theirs in actors):
                continue
            actors.append(mine)
        kept.append((confidence, draft))
    return kept


def _is_plain(confidence: float, draft: Draft) -> bool:
    """Whether the event is a bare future of nobody's advantage in particular."""
    bare = draft.get("cameo") == "030" and not draft.get("recipient")
    return draft.get("type") == "AGREE" and bare and confidence < _FIRM


_FIRM = 0.7
"""Below this confidence a future is one that a party only tells, above it one that it gives its word for."""


def _is_directed(draft: Draft, directed: Sequence[Draft]) -> bool:
    """Whether a verb says in the same sentence which of the two sides does something to the other."""
    if draft.get("type") == "CONSULT":
        return False
    return any(_everyone(draft) == _everyone(other) and _near(draft, other) for other in directed)


def _is_known(draft: Draft, agreements: Sequence[Agreement], commitments: Sequence[Commitment]) -> bool:
    """Whether a verb tells again what a record holds: a signing, or a promise not to do something."""
    records: Sequence[Record] = {"057": agreements, "120": commitments}.get(draft.get("cameo"), ())
    spans = [span for record in records for span in record.evidence["record"]]
    return draft.get("type") in {"SUPPORT", "REJECT"} and _meet(draft.evidence["record"], spans)


def _close(document: Document, draft: Draft, drafts: list[tuple[float, Draft]]) -> bool:
    """Give an open event its other side: who acted in the event told last before it, at most two sentences back."""
    start = min(draft.evidence["record"])[0]
    mine = set(draft.get("actor") or ())
    before = [
        (min(other.evidence["record"])[0], other)
        for confidence, other in drafts
        if confidence != OPEN and min(other.evidence["record"])[0] < start and set(other.get("actor") or ()) - mine
    ]
    at, last = max(before, key=lambda item: item[0], default=(0, None))
    if last is None or _sentence(document, start) - _sentence(document, at) > 2:
        return _against_partner(document, draft)
    codes = tuple(code for code in last.get("actor") if code not in mine)
    draft.put("recipient", codes, *last.evidence["actor"])
    draft.put("recipient_sector", last.get("actor_sector"), *last.evidence["actor"])
    return True


def _against_partner(document: Document, draft: Draft) -> bool:
    """Give an open event the other of the two states that the report is about; blame of a deed stands without it, too."""
    mine = tuple(draft.get("actor") or ())
    other = other_in_focus(document, mine[0]) if len(mine) == 1 else Parties()
    if other.codes:
        draft.put("recipient", other.codes, *other.spans)
    return bool(other.codes) or draft.get("type") == "ACCUSE"


def _sentence(document: Document, offset: int) -> int:
    spans = (document.span(*s) for s in document.sentences)
    return sum(1 for start, _ in spans if start <= offset)


def _distinct(drafts: list[tuple[float, Draft]]) -> list[tuple[float, Draft]]:
    kept: list[tuple[float, Draft]] = []
    for confidence, draft in drafts:
        same = next((other for _, other in kept if _same(draft, other)), None)
        if same is None:
            kept.append((confidence, draft))
        elif draft.get("type") == "AGREE" and _is_gift(draft) and _is_gift(same):
            rest = tuple(p for p in draft.get("actor") or () if p not in (same.get("actor") or ()))
            if same.get("recipient") is None and 0 < len(rest) < len(draft.get("actor")):
                same.put("recipient", rest, *draft.evidence["actor"])
        elif draft.get("type") == "AGREE" and _adds_actors(draft, same):
            for field in ("actor", "actor_sector"):
                same.put(field, draft.get(field), *draft.evidence.get(field, ()))
        elif (
            same.get("recipient") is None
            and draft.get("recipient") is not None
            and draft.get("actor") == same.get("actor")
        ):
            for field in ("recipient", "recipient_sector", "cameo", "goldstein", "contexts"):
                if field in draft:
                    same.put(field, draft.get(field), *draft.evidence[field])
    return sorted(kept, key=lambda item: item[1].evidence["record"][0])


def _is_gift(draft: Draft) -> bool:
    return str(draft.get("cameo")).startswith("033")


def _adds_actors(draft: Draft, other: Draft) -> bool:
    """Whether `draft` names all the actors of `other` and more, none of them its recipient."""
    mine, theirs = set(draft.get("actor") or ()), set(other.get("actor") or ())
    return mine > theirs and not mine - theirs <= set(other.get("recipient") or ())


def _same(draft: Draft, other: Draft) -> bool:
    """Whether two drafts tell one event: same type, and the same sides, or overlapping words with a party in common."""
    if draft.get("type") != other.get("type"):
        return False
    one, two = _everyone(draft), _everyone(other)
    if _touch(draft, other) and (one & two or not one or not two):
        return True
    undated = draft.get("date") in (None, other.get("date")) or other.get("date") is None
    within = one <= two or two <= one or (draft.get("cameo") == other.get("cameo") == "057" and one & two)
    if draft.get("type") != "AGREE" and undated and within and (_near(draft, other) or _is_same_end(draft, other)):
        return True
    if draft.get("type") in {"CONSULT", "SUPPORT"} and undated and one == two:
        return True
    directed = [item.get("recipient") is not None for item in (draft, other)]
    return one == two and undated and draft.get("cameo") == other.get("cameo") and directed[0] == directed[1]


def _is_same_end(draft: Draft, other: Draft) -> bool:
    """Whether both tell the end of an agreement, one of them without its other side."""
    ends = draft.get("cameo") == other.get("cameo") == "160"
    return ends and not (draft.get("recipient") and other.get("recipient"))


def _everyone(draft: Draft) -> set[str]:
    return {*(draft.get("actor") or ()), *(draft.get("recipient") or ())}


def _near(one: Draft, other: Draft) -> bool:
    """Whether the words of two drafts stand in one sentence."""
    report = one.document
    ends = [min(draft.evidence["record"])[0] for draft in (one, other)]
    return any(a <= ends[0] < b and a <= ends[1] < b for a, b in (report.span(*s) for s in report.sentences))


def _touch(one: Draft, other: Draft) -> bool:
    return _meet(one.evidence["record"], other.evidence["record"])


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _draft(document: Document, record: Record, type_: str, cameo: str, modality: str) -> Draft:
    draft = Draft(document, "event", record.evidence["record"])
    draft.put("type", type_)
    draft.put("cameo", cameo)
    draft.put("goldstein", goldstein(cameo))
    draft.put("modality", modality)
    return draft


def _copy(draft: Draft, record: Any, field: str, source: str) -> None:
    if (value := getattr(record, source)) is not None:
        draft.put(field, value, *record.evidence[source])


def _everybody(draft: Draft, record: Any, field: str = "parties") -> None:
    draft.put("actor", tuple(getattr(record, field)), *record.evidence[field])
    draft.put("actor_sector", "GOV", *record.evidence[field])


def _of_agreement(document: Document, record: Agreement) -> Iterable[tuple[float, Draft]]:
    if not record.parties or record.stage is None or _is_long_past(document, record):
        return
    if record.stage in _ENDED and record.signed_on and _is_of_last_year(document, record.signed_on):
        signing = _draft(document, record, "SUPPORT", "057", "actual")
        _everybody(signing, record)
        _copy(signing, record, "date", "signed_on")
        _copy(signing, record, "place", "place")
        signing.put("contexts", ("diplomatic",))
        yield record.confidence, signing
    if record.stage in _SIGNED:
        draft = _draft(document, record, "SUPPORT", "057", "actual")
    elif record.stage in {"agreed", "initialled"} and record.confidence >= _FIRM:
        draft = _draft(document, record, "AGREE", "032", "actual")
    elif record.stage in _ENDED:
        draft = _draft(document, record, "SANCTION", "160", "actual")
        draft.put("mode", "discontinue")
    elif record.stage == "negotiating":
        draft = _draft(document, record, "CONSULT", "046", "actual")
    elif record.stage == "rejected":
        draft = _draft(document, record, "REJECT", "120", "actual")
    elif record.stage == "proposed":
        draft = _draft(document, record, "AGREE", "032", "future")
    else:
        return
    if record.stage_by:
        draft.put("actor", record.stage_by, *record.evidence["stage_by"])
        draft.put("actor_sector", "GOV", *record.evidence["stage_by"])
        rest = tuple(p for p in record.parties if p not in record.stage_by)
        draft.put("recipient", rest, *record.evidence["parties"])
    else:
        _everybody(draft, record)
    _copy(draft, record, "date", "signed_on")
    _copy(draft, record, "place", "place")
    contexts = list(dict.fromkeys(_CONTEXT_OF_DOMAIN[d] for d in record.domains if d in _CONTEXT_OF_DOMAIN))
    draft.put("contexts", (*contexts, *(["diplomatic"] if "diplomatic" not in contexts else [])))
    yield record.confidence, draft


def _is_term(record: Commitment, signed: Sequence[set[str]]) -> bool:
    """Whether a plain future only tells a term of an agreement, whose signing is the event."""
    if record.confidence >= _FIRM + 0.1 or record.amount is not None:
        return False
    inside = any(set(record.by) <= parties for parties in signed)
    return record.firmness == "agreed" or (record.firmness in {"plans", "committed"} and inside and not record.to)


def _is_of_last_year(document: Document, day: str) -> bool:
    published = str(document.report.published_on or "")[:4]
    return day[:4].isdigit() and published.isdigit() and int(published) - int(day[:4]) <= 1


def _is_long_past(document: Document, record: Agreement) -> bool:
    """Whether the agreement was signed two years or more before the report and nothing else is told of it."""
    signed, published = record.signed_on, document.report.published_on
    if not signed or not published or record.stage not in {"signed", "in force"}:
        return False
    years = [value[:4] for value in (signed, published)]
    return all(y.isdigit() for y in years) and int(years[1]) - int(years[0]) >= 2 and record.effective_on is None


def _of_meeting(document: Document, record: Meeting) -> Iterable[tuple[float, Draft]]:
    if not record.parties or (all(p.startswith("org:") for p in record.parties) and not _is_told(document, record)):
        return  # a session named only as an occasion
    if record.status in {"scheduled", "proposed"}:
        draft = _draft(document, record, "AGREE", "036", "future")
    elif record.status in {"cancelled", "postponed"}:
        draft = _draft(document, record, "REJECT", "125", "actual")
        draft.put("mode", "meet")
    else:
        mode, cameo = _MEETING_CODES.get(record.format or "", ("", "040"))
        if not mode and (record.forum or len(record.parties) > 2):
            mode = "multilateral"
        elif not mode and record.place and record.place.rpartition(", ")[2] not in record.parties:
            mode, cameo = "third-party", "044"
        draft = _draft(document, record, "CONSULT", cameo, "actual")
        draft.put("mode", mode)
    _everybody(draft, record)
    _copy(draft, record, "date", "held_on")
    _copy(draft, record, "place", "place")
    draft.put("contexts", ("military",) if record.level == "military" else ("diplomatic",))
    yield record.confidence * 0.95, draft


def _is_told(document: Document, record: Meeting) -> bool:
    """Whether the words of a meeting are a clause, or the subject or object of one."""
    inside = document.tokens_in(record.evidence["record"])
    members = {t.i for t in inside}
    roots = [t for t in inside if t.head.i not in members or t.head is t]
    return any(t.pos_ == "VERB" or t.dep_ in {"nsubj", "nsubj:pass", "obj"} for t in roots)


def _of_activity(document: Document, record: Activity) -> Iterable[tuple[float, Draft]]:
    codes = _ACTIVITY_CODES.get(record.kind or "")
    if codes is None or len(record.parties) < 2:
        return
    type_, mode, cameo, intention, context = codes
    if record.status in {"planned", "proposed"}:
        draft = _draft(document, record, "AGREE", intention, "future")
    elif record.status == "cancelled":
        draft = _draft(document, record, "REJECT", "120", "actual")
    else:
        draft = _draft(document, record, type_, cameo, "actual")
        draft.put("mode", mode)
    _everybody(draft, record)
    host = (record.place or "").rpartition(", ")[2]
    if record.kind == "visit" and host in record.parties and draft.get("type") == "CONSULT":
        draft.put("actor", tuple(p for p in record.parties if p != host), *record.evidence["parties"])
        draft.put("recipient", (host,), *record.evidence["place"])
    _copy(draft, record, "date", "start_on")
    _copy(draft, record, "place", "place")
    draft.put("contexts", (context,))
    yield record.confidence * 0.9, draft


def _of_commitment(document: Document, record: Commitment) -> Iterable[tuple[float, Draft]]:
    if not record.by:
        return
    act = _act(document, record)
    if act is not None and document.modality(act[0]).kind == "negated":
        act = None
    codes = promise_codes(*act) if act is not None else agree_codes(None)
    given = record.amount is not None or (act is None and _is_given(document, record))
    cameo = "033" if given and codes.cameo == "030" else codes.cameo
    to, spans = tuple(p for p in record.to if p not in record.by), tuple(record.evidence.get("to", ()))
    if not to and act is not None and act[1] is not None:
        side = find_recipient(document, act[0], act[1].roles)
        to, spans = tuple(p for p in side.codes if p not in record.by), side.spans
    if (
        codes.type == "THREATEN"
        and act is not None
        and act[1] is not None
        and act[1].type == "SANCTION"
        and is_decided(act[0])
    ):
        return  # the step itself is the event
    if codes.type == "THREATEN" and not to:
        codes, cameo = agree_codes(None), "030"
    draft = _draft(document, record, codes.type, cameo, "future" if codes.type == "AGREE" else "actual")
    draft.put("mode", codes.mode)
    _everybody(draft, record, "by")
    draft.put("recipient", to, *spans)
    _copy(draft, record, "date", "due_on")
    yield record.confidence * 0.9, draft


def _is_given(document: Document, record: Commitment) -> bool:
    """Whether the undertaking is a thing that is given as aid ("promised Sudria ten buses")."""
    goods = {noun for frame in frames("verb").get("provide", ()) if frame.type == "AID" for noun in frame.nouns}
    inside = document.tokens_in(record.evidence.get("undertaking", ()))
    return any(names(t, frozenset(goods)) for t in inside if t.dep_ == "obj")


def _act(document: Document, record: Commitment) -> tuple[Token, Frame | None] | None:
    """The verb of the undertaking and its frame."""
    spans = record.evidence.get("undertaking", ())
    inside = document.tokens_in(spans)
    members = {t.i for t in inside}
    root = next((t for t in inside if t.pos_ == "VERB" and t.head.i not in members), None)
    return act_of(root) if root is not None else None
