"""Between whom an agreement is whose parties its mention leaves unsaid: the likeliest of the sets of parties that the text around suggests.

Rules suggest some (the sentence, the one before, the paragraph, an agreement before, the pair that the report is about), the network others. A
logistic rule over who suggests a set and what the network believes of its members says how likely each is right; `training/unsaid.py` fits it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from foedus.extract.agreements_beliefs import STAGES, tokens_of
from foedus.extract.agreements_brokers import go_betweens
from foedus.extract.agreements_cast import cast_of, joint_sets
from foedus.extract.agreements_focus import main_pair, only_pair, states_in
from foedus.extract.agreements_same import is_headline
from foedus.language import syntax
from foedus.mentions.deeds import likely_deeds, looks_for_deeds
from foedus.mentions.document import parties_of
from foedus.mentions.logistic import load_weights, logit, share
from foedus.mentions.model import GroupMention, Parties, PartyMention, PersonMention
from foedus.mentions.partners import names_near, partners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.extract.agreements_sighting import Entry, Sighting
    from foedus.mentions import Document

GUESSES = "agreements: guesses"
"""Where a document notes the noun and all words of each such mention, with the sets suggested for it: `training/unsaid.py` learns from them."""
LEAST, LEAST_UNTOLD = 0.3, 0.55
"""Share from which the likeliest set is taken: where the rules say one, and where they say none. Chosen on `corpus/train`."""
TRUSTED = 1.7
"""So much more than its share the set that the rules say counts: another one must be clearly likelier."""
_EDGE = 0.001
_HARDLY = logit(0.2, _EDGE)
"""Of nobody in a set that the rules do not say may be believed less."""
_MOST = 9
SIDES = {"bilateral": 2, "trilateral": 3, "tripartite": 3, "quadrilateral": 4}
"""How many "bilateral" and the like allow."""
_NETWORK = {"network", "likeliest two", "likeliest other"}
"""Suggestions that no words of the report bear out."""


class Guess(NamedTuple):
    """A set of parties with its words, and the signs that speak for or against it."""

    parties: Parties
    signs: dict[str, float]


def likeliest(document: Document, entries: list[Entry], seen: Sighting, own: Parties, told: Parties) -> Parties:
    """The likeliest parties of the mention, which names `own` itself; `told` is what the rules say. `own` where none is likely enough."""
    if not looks_for_deeds(document):
        return told
    weights, found = load_weights("unsaid"), guesses(document, entries, seen, own, told)
    noted: list[tuple[int, set[int], list[Guess]]] = document.notes.setdefault(GUESSES, [])  # type: ignore[assignment]
    noted.append((seen.instrument.head.i, tokens_of(seen), found))
    if len(told.codes) < 2 and not own.codes and _only_refers(seen):
        return own
    best, most = own, LEAST if len(told.codes) > 1 else LEAST_UNTOLD
    for guess in found:
        if "told" not in guess.signs and guess.signs["least likely"] < _HARDLY:
            continue
        likely = share(weights, guess.signs) * (TRUSTED if "told" in guess.signs else 1)
        if likely > most:
            best, most = guess.parties, likely
    return best


def _only_refers(seen: Sighting) -> bool:
    """Whether the mention is no more than "the accord", with which nothing is done: it points at what the rules would know."""
    one = seen.instrument
    return one.definite and not seen.deeds and one.last - one.first == 1 and one.year is None and not one.named


def guesses(document: Document, entries: list[Entry], seen: Sighting, own: Parties, told: Parties) -> list[Guess]:
    """Every set of two or more that something suggests, each once."""
    words = {t.lower_ for t in seen.instrument.head.doc[seen.instrument.low : seen.instrument.high]}
    most = next((count for word, count in SIDES.items() if word in words), _MOST)
    apart = set()
    if seen.partners:
        apart = (partners_beside(document, seen.instrument.head.i) | only_partners(entries)) - set(own.codes)
    sets: dict[tuple[str, ...], Parties] = {}
    sources: dict[tuple[str, ...], set[str]] = defaultdict(set)
    each = beliefs_of(document, seen)
    for source, parties in _suggested(document, entries, seen, own, told, each):
        both = own | parties
        if (
            2 <= len(both.codes) <= most
            and not apart & set(both.codes)
            and not any(is_only_a_citizen(document, code) for code in parties.codes)
        ):
            sets.setdefault(both.codes, both)
            sources[both.codes].add(source)
    if not sets:
        return []
    common = _signs_of_mention(document, seen, own, told)
    return [
        Guess(
            sets[codes],
            common
            | _signs_of_set(codes, own, each)
            | dict.fromkeys(sources[codes], 1.0)
            | {
                "network alone": float(sources[codes] <= _NETWORK),
                "told, with": float("told" in sources[codes] and bool(seen.partners)),
                "told, one named": float("told" in sources[codes] and bool(own.codes)),
                "told, network": float({"told", "network"} <= sources[codes]),
            },
        )
        for codes in sets
    ]


def only_partners(entries: list[Entry]) -> set[str]:
    """Those with whom others are said to have agreements, and who have none themselves."""
    sightings = [seen for entry in entries for seen in entry.sightings]
    having = {code for seen in sightings for code in seen.parties.codes}
    return {code for seen in sightings for one in seen.partners for code in one.codes} - having


def partners_beside(document: Document, at: int) -> set[str]:
    """Those with whom something else in the sentence is made: "the pact with Peru is old; the one **with Chile** is being written"."""
    low, high = document.sentence(at)
    sides = [t for t in document.doc[low:high] if syntax.preposition(t) == "with" and t.dep_ == "nmod"]
    return set(document.parties_at(sides).codes)


def _suggested(
    document: Document, entries: list[Entry], seen: Sighting, own: Parties, told: Parties, each: dict[str, float]
) -> Iterator[tuple[str, Parties]]:
    at = seen.instrument.head.i
    low, high = document.sentence(at)
    here = document.sentence_index(at)
    yield "told", told
    yield "sentence", _without(states_in(document, low, high), set(go_betweens(document).codes) - set(own.codes))
    groups = [m for m in document.within(low, high, GroupMention) if len(m.parties) > 1]
    if groups:
        yield "group", parties_of(groups[-1])
    if here:
        yield "sentence before", states_in(document, *document.sentences[here - 1])
    sets = joint_sets(document)
    inside = [one for i, one in sets if document.paragraph(i) == document.paragraph(at)]
    if inside:
        yield "paragraph", inside[-1]
    before = [one for i, one in sets if i < high]
    if before:
        yield "together before", before[-1]
    known = [e for e in entries if len(e.parties.codes) > 1 and set(own.codes) <= set(e.parties.codes)]
    if known:
        yield "agreement before", _named(known[-1].parties)
    near = [e for e in known if document.paragraph(e.sightings[-1].instrument.head.i) == document.paragraph(at)]
    if near:
        yield "agreement beside", _named(near[-1].parties)
    yield "main pair", main_pair(document)
    yield "cast", cast_of(document)
    yield "only pair", only_pair(document)
    best = max((partners(document, token) for token in sorted(tokens_of(seen))), key=lambda one: one.belief)
    yield "network", best.parties
    ranked = sorted(each, key=lambda code: -each[code])
    yield "likeliest two", _words(document, seen, ranked[:2])
    if own.codes:
        yield "likeliest other", _words(document, seen, [code for code in ranked if code not in own.codes][:1])


def _without(parties: Parties, codes: set[str]) -> Parties:
    return Parties(tuple(c for c in parties.codes if c not in codes), parties.spans, parties.persons)


def _named(parties: Parties) -> Parties:
    return Parties(parties.codes, parties.spans)


def _words(document: Document, seen: Sighting, codes: list[str]) -> Parties:
    """The parties of these codes, each with its words nearest to the noun."""
    found, at = Parties(), seen.instrument.head.i
    near = names_near(document, at)
    for code in codes:
        if named := near.get(code):
            nearest = min(named, key=lambda name: abs(name.head - at))
            found |= nearest.parties if nearest.parties.codes == (code,) else Parties((code,), nearest.parties.spans)
    return found


def beliefs_of(document: Document, seen: Sighting) -> dict[str, float]:
    """Code -> how likely it takes part, on an average of the words that tell of the instrument."""
    tokens = sorted(tokens_of(seen))
    found: dict[str, float] = defaultdict(float)
    for token in tokens:
        for code, likely in partners(document, token).each.items():
            found[code] += likely / len(tokens)
    return found


def told_belief(document: Document, seen: Sighting) -> float:
    """How sure the network is that the noun itself tells an agreement."""
    deeds = [d for d in likely_deeds(document, 0.0) if d.token == seen.instrument.head.i and d.label in STAGES]
    return max((d.belief for d in deeds), default=0.0)


def _signs_of_set(codes: tuple[str, ...], own: Parties, each: dict[str, float]) -> dict[str, float]:
    added = [logit(each.get(code, 0.0), _EDGE) for code in codes if code not in own.codes]
    others = [logit(likely, _EDGE) for code, likely in each.items() if code not in codes]
    return {
        "least likely": min(added, default=0.0),
        "all added": sum(added) / len(added) if added else 0.0,
        "likeliest left out": max(others, default=logit(0, _EDGE)),
        "three": float(len(codes) > 2),
        "more": float(len(codes) > 3),
        "body": float(any(code.startswith("org:") for code in codes)),
    }


def _signs_of_mention(document: Document, seen: Sighting, own: Parties, told: Parties) -> dict[str, float]:
    one, tokens = seen.instrument, tokens_of(seen)
    untold = len(told.codes) < 2
    deeds = [d for d in likely_deeds(document, 0.0) if d.token in tokens and d.label in STAGES]
    return {
        "deed": max((d.belief for d in deeds), default=0.0),
        "deed of noun": max((d.belief for d in deeds if d.token == one.head.i), default=0.0),
        "fact": float(any(d.stage for d in seen.deeds)),
        "signed": float(any(d.frame in {"signed", "initialled"} for d in seen.deeds)),
        "nothing done": float(not seen.deeds),
        "definite": float(one.definite),
        "named": float(one.named),
        "plural": float(one.plural),
        "bare": float(one.bare),
        "described": float(one.last - one.first > 1),
        "year": float(one.year is not None),
        "quoted": float(document.in_quote(one.head.idx)),
        "headline": float(is_headline(one)),
        "refers": float(one.needs == "refer"),
        "needs": float(bool(one.needs)),
        "untold": float(untold),
        "untold, no deed": untold * (1 - max((d.belief for d in deeds), default=0.0)),
        "untold, plural": float(untold and one.plural),
        "untold, definite": float(untold and one.definite),
        "untold name": float(untold and one.named),
        "untold, nothing done": float(untold and not seen.deeds),
        "untold, no fact": float(untold and bool(seen.deeds) and not any(d.stage for d in seen.deeds)),
        "private": float(seen.private),
        "one named": float(bool(own.codes)),
        "with": float(bool(seen.partners)),
    }


def is_only_a_citizen(document: Document, code: str) -> bool:
    """Whether the report has nothing of a state but a person without office who comes from there: "her co-star, the Dane X"."""
    people = [m.person for m in document.all_of(PersonMention) if m.person.party == code]
    named = any(m.code == code and m.form != "adjective" for m in document.all_of(PartyMention))
    return bool(people) and not named and not any(one.office for one in people)
