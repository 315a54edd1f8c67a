"""Hand-made readings: two island states, their ferry agreements, ministers, promises and quarrels."""

from __future__ import annotations

import re
from typing import Any

from foedus.record import (
    CLASSES,
    PLURAL,
    Activity,
    Agreement,
    Commitment,
    Event,
    Meeting,
    Person,
    Reading,
    Report,
    Statement,
    stable_id,
)

VOLA = Person("Ana Vola", "Transport Minister", "TON")
VOLAU = Person("Anna Volla", None, "TON")
RATU = Person("Josefa Ratuvou", "Minister of Transport", "FJI")
LAVROV = Person("Sergei Lavrov", "Foreign Minister", "RUS")
LAWROW = Person("Sergej Lawrow", None, "RUS")


def reading(id: str, published: str | None, text: str, *records: tuple[type, dict[str, Any]], **about: str) -> Reading:
    """A report and its records; a value's words are marked in the text: ``{field:words}``."""
    spans: dict[str, list[tuple[int, int]]] = {}
    plain = ""
    at = 0
    for found in re.finditer(r"\{([a-z_0-9]+):([^}]*)\}", text):
        plain += text[at : found.start()]
        spans.setdefault(found[1], []).append((len(plain), len(plain) + len(found[2])))
        plain += found[2]
        at = found.end()
    plain += text[at:]
    made: dict[str, list[Any]] = {plural: [] for plural in PLURAL.values()}
    kinds = {cls: kind for kind, cls in CLASSES.items()}
    for number, (cls, values) in enumerate(records):
        kind = kinds[cls]
        show = spans.get(f"r{number}") or [(0, min(20, len(plain)))]
        evidence = {"record": tuple(show)} | {field: tuple(where) for field, where in spans.items() if field in values}
        one = cls(id=stable_id(id, kind, number), evidence=evidence, confidence=0.9, **values)
        made[PLURAL[kind]].append(one)
    report = Report(id=id, published_on=published, text=plain, **about)
    return Reading(report=report, **{plural: tuple(some) for plural, some in made.items()})


PAIR = ("FJI", "TON")
READINGS = [
    reading(
        "old", "2015-03-02",
        "SUVA [Not a link](x) <b>& *stars*</b> - {r0:Fiji and Tonga signed the Ferry Line Agreement} on Sunday. It runs for {term:ten years} and is "
        "{renewal:renewed automatically for five-year periods}.",
        (Agreement, {"title": "Ferry Line Agreement", "instrument": "agreement", "parties": PAIR, "stage": "signed",
                     "signed_on": "2015-03-01", "place": "Suva, FJI", "term": "P10Y", "domains": ("transport",),
                     "renewal": "renewed automatically for five-year periods", "signatories": (VOLA, RATU)}),
        title="Ferries for ten years", publisher="Islands Gazette", url="https://example.org/ferries?a=1&b=2",
    ),
    reading(
        "fish", "2021-06-11",
        "Fiji and Tonga {r0:signed a fisheries pact} valid {term:five years}. {r1:Tonga will deliver three patrol boats} "
        "{due_on:by the end of 2023}. {r2:\"Fish know no borders,\" Sergei Lavrov, the Russian foreign minister, said}.",
        (Agreement, {"title": "fisheries pact", "instrument": "agreement", "parties": PAIR, "stage": "signed",
                     "signed_on": "2021-06-10", "term": "P5Y", "domains": ("fisheries",)}),
        (Commitment, {"by": ("TON",), "to": ("FJI",), "undertaking": "deliver three patrol boats", "due_on": "2023",
                      "firmness": "committed"}),
        (Statement, {"speaker": LAVROV, "text": "Fish know no borders", "mode": "direct", "act": "state"}),
        title="Fish and boats", publisher="Reuters", url="javascript:alert(1)",
    ),
    reading(
        "talks", "2025-05-06",
        "{r0:The ministers met in Nukuʻalofa} on 5 May. {r1:Ana Vola accused Fiji of delaying the ferries}. "
        "{r2:They will hold a joint exercise in 2026}. {r3:Fiji and Tonga agreed}. {r4:Tonga protests}. Ferries sail.",
        (Meeting, {"format": "bilateral", "level": "ministers", "parties": PAIR, "participants": (VOLA, RATU),
                   "held_on": "2025-05-05", "status": "held"}),
        (Statement, {"speaker": VOLA, "text": "Fiji was delaying the ferries", "mode": "indirect", "act": "accuse",
                     "addressee": "FJI"}),
        (Activity, {"kind": "military exercise", "name": "Blue Reef", "parties": PAIR, "start_on": "2026",
                    "status": "planned"}),
        (Event, {"type": "AGREE", "cameo": "030", "goldstein": 4.0, "actor": PAIR, "date": "2025-05-05",
                 "modality": "actual"}),
        (Event, {"type": "ACCUSE", "cameo": "112", "goldstein": -2.0, "actor": ("TON",), "recipient": ("FJI",),
                 "date": "2025-05-05", "modality": "actual"}),
        title="Ministers meet", publisher="Tonga Times",
    ),
    reading(
        "again", "2025-05-07",
        "Minister {r0:Anna Volla said the ferries of Fiji came late}; {r1:the ministers met} on Tuesday, 6 May. "
        "{r2:“No deal,” Sergej Lawrow said}. {r3:The defence exercise was praised}.",
        (Statement, {"speaker": VOLAU, "text": "the ferries of Fiji came late", "mode": "indirect"}),
        (Meeting, {"format": "bilateral", "level": "ministers", "parties": PAIR, "participants": (RATU,),
                   "held_on": "2025-05-06", "place": "Nukuʻalofa, TON", "status": "held"}),
        (Statement, {"speaker": LAWROW, "text": "No deal", "mode": "direct", "act": "reject"}),
        (Statement, {"speaker": Person("Ministry of Fisheries of Tonga", None, "TON"), "text": "the defence exercise pleases us",
                     "act": "praise"}),
        title="Late ferries",
    ),
    reading(
        "many", None,
        "{r0:Samoa, Fiji and Tonga signed a treaty on reefs}. {r1:Peru and Samoa are negotiating a tuna deal}.",
        (Agreement, {"title": "reef treaty", "instrument": "treaty", "parties": ("FJI", "TON", "WSM"), "stage": "in force",
                     "domains": ("environment",)}),
        (Agreement, {"title": "tuna deal", "parties": ("PER", "WSM"), "stage": "negotiating"}),
    ),
]  # fmt: skip
