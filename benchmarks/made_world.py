"""A made-up decade of diplomacy as readings: stories between many pairs of states, each told by several reports with their errors.

`readings(count, seed)` gives the same reports for the same seed. Pairs are drawn by Zipf's law, so that the busiest has some
four per cent of all stories; a story is told by one to twelve reports, of which some are near copies; a report leaves values
out, is a day off, or names things in other words. The text of a report has the words that its records point to.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, combinations
from typing import Any

from foedus.record import CLASSES, PLURAL, Person, Reading, Report, stable_id


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STATES = _words(
    "USA IND CHN RUS JPN DEU FRA GBR BRA AUS IDN KOR TUR SAU EGY ZAF VNM PHL POL UKR ITA ESP MEX CAN IRN "
    "ISR PAK BGD KEN NGA ARG CHL PER COL SWE NOR FIN DNK NLD BEL GRC ROU HUN CZE AUT CHE THA MYS SGP NZL "
    "FJI TON WSM ETH MAR DZA QAT ARE JOR KAZ"
)
_FIRST = [
    "Ana",
    "Ben",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jun",
    "Kofi",
    "Lea",
    "Marco",
    "Nadia",
    "Omar",
    "Petra",
    "Quang",
    "Rosa",
    "Sven",
    "Tala",
]
_LAST = _words(
    "Abara Belov Castro Dahl Endo Farouk Gupta Halim Ivanov Jansen Kovac Lindt Mwangi Novak Okafor "
    "Pereira Quist Rossi Singh Tanaka Ueda Vola Weber Xu Yilmaz Zafar"
)
_OFFICES = ("Foreign Minister", "Defence Minister", "Trade Minister", "President", "Ambassador", "Energy Minister")
_ADJECTIVES = [
    "northern",
    "coastal",
    "joint",
    "long-term",
    "strategic",
    "digital",
    "rural",
    "civil",
    "advanced",
    "regional",
    "mutual",
    "green",
    "heavy",
    "light",
]
_THINGS = _words(
    "ferry rail grain satellite fisheries vaccine pipeline frigate drone semiconductor border visa "
    "customs nuclear wind steel coal rice tourism language archive cyber radar helicopter corridor bridge "
    "port airport school hospital water dam forest"
)
_WORKS = _words(
    "supply cooperation training exchange maintenance research construction purchase mapping protection security trade"
)
_VERBS = _words("deliver build finance open extend host train supply repair fund launch complete double")
_FILL = _words(
    "officials delegation morning agenda progress regional partners remarks reporters capital session "
    "officials statement visit economy border ministers review support market industry growth concern "
    "position talks history neighbours summit process question answer document side matter evening press "
    "hall guests text draft later earlier week month"
)
_KINDS = ("agreement", "memorandum of understanding", "framework agreement", "protocol", "treaty")
_DOMAINS = (
    "defence",
    "trade",
    "energy",
    "transport",
    "education",
    "health",
    "technology",
    "fisheries",
    "culture",
    "space",
)
_ACTIVITIES = ("military exercise", "arms transfer", "training", "visit", "project", "aid")
_CITIES = {state: f"{state.title()}ville, {state}" for state in STATES}
_PUBLISHERS = (
    "Reuters",
    "Associated Press",
    "Daily Courier",
    "Evening Post",
    "Ministry of Foreign Affairs",
    "Google News",
    "Herald",
)
_START = date(2015, 1, 1)
_DAYS = 3900
_FIELDS = {cls: set(cls.__struct_fields__) for cls in CLASSES.values()}


class World:
    """Draws stories and tells them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        pairs = list(combinations(sorted(STATES), 2))
        self.random.shuffle(pairs)
        rank = {state: number for number, state in enumerate(STATES)}
        pairs.sort(key=lambda pair: rank[pair[0]] + rank[pair[1]])
        self.pairs = pairs
        self.weights = list(accumulate(1 / (number + 4) for number in range(len(pairs))))
        self.ministers = {
            state: [Person(f"{self.one(_FIRST)} {self.one(_LAST)}", office, state) for office in _OFFICES]
            for state in STATES
        }
        self.number = 0

    def one(self, words: Any) -> Any:
        """One of these."""
        return words[int(self.random.random() * len(words))]

    def story(self) -> list[Reading]:
        """One story as its reports tell it."""
        at = bisect(self.weights, self.random.random() * self.weights[-1])
        pair = self.pairs[at]
        day = _START + timedelta(days=self.random.randrange(_DAYS))
        facts = list(self.facts(pair, day))
        tellers = min(12, 1 + int(self.random.expovariate(0.4)))
        told: list[Reading] = []
        for _ in range(tellers):
            copied = self.random.choice(told) if told and self.random.random() < 0.25 else None
            told.append(self.copy(copied) if copied else self.report(pair, day, facts))
        return told

    def facts(self, pair: tuple[str, str], day: date) -> Iterator[tuple[str, dict[str, Any]]]:
        """What happened, as values of records."""
        draw = self.random.random
        a, b = pair if draw() < 0.5 else pair[::-1]
        post = int(draw() * len(_OFFICES))
        ministers = self.ministers[a][post], self.ministers[b][post]
        place = _CITIES[a]
        topic = f"{self.one(_ADJECTIVES)} {self.one(_THINGS)} {self.one(_WORKS)}"
        iso = day.isoformat()
        if draw() < 0.6:
            instrument = self.one(_KINDS)
            stage = self.one(("signed", "signed", "signed", "in force", "negotiating"))
            when = {} if stage == "negotiating" else {"signed_on": iso}
            yield "agreement", {
                "title": f"{topic} {instrument}", "instrument": instrument, "parties": pair, "stage": stage, "place": place,
                "term": self.one(("P5Y", "P10Y", "P3Y")), "domains": (self.one(_DOMAINS),), "signatories": ministers, **when,
            }  # fmt: skip
        if draw() < 0.6:
            yield "meeting", {
                "format": "bilateral", "level": "ministers", "parties": pair, "participants": ministers, "held_on": iso,
                "place": place, "topics": (topic,), "status": "held",
            }  # fmt: skip
        for number in range(1 + (draw() < 0.6)):
            words = " ".join(self.one(_FILL) for _ in range(9))
            yield "statement", {
                "speaker": ministers[number], "text": f"our {topic} will help {words}", "mode": "direct", "act": "welcome",
                "made_on": iso, "addressee": (b, a)[number],
            }  # fmt: skip
        for _ in range(int(draw() * 2.2)):
            yield "commitment", {
                "by": (a,), "to": (b,), "undertaking": f"{self.one(_VERBS)} {self.one(_ADJECTIVES)} {self.one(_THINGS)} "
                f"{self.one(_WORKS)} for {topic}", "firmness": "committed", "due_on": str(day.year + 1 + int(draw() * 4)),
            }  # fmt: skip
        if draw() < 0.5:
            kind = self.one(_ACTIVITIES)
            yield "activity", {
                "kind": kind, "name": f"{self.one(_ADJECTIVES)} {self.one(_THINGS)} {kind}", "parties": pair,
                "start_on": (day + timedelta(days=int(draw() * 90))).isoformat(), "status": "planned", "place": _CITIES[b],
            }  # fmt: skip
        for number in range(1 + (draw() < 0.5)):
            yield "event", {
                "type": "AGREE" if number else "CONSULT", "cameo": "057" if number else "046", "goldstein": 4.0, "date": iso,
                "actor": pair, "modality": "actual", "actor_sector": "GOV", "place": place,
            }  # fmt: skip

    def report(self, pair: tuple[str, str], day: date, facts: list[tuple[str, dict[str, Any]]]) -> Reading:
        """One report: some of the facts, with what is left out and what is wrong."""
        draw = self.random.random
        told = [(kind, self.blurred(kind, values)) for kind, values in facts if draw() < 0.8] or facts[:1]
        published = day + timedelta(days=int(self.random.expovariate(0.7)))
        return self.written(pair, published, [" ".join(self.one(_FILL) for _ in range(22)) for _ in told], told)

    def blurred(self, kind: str, values: dict[str, Any]) -> dict[str, Any]:
        """Values as one report gives them."""
        draw = self.random.random
        found = {
            name: value
            for name, value in values.items()
            if name in ("parties", "by", "actor", "text", "undertaking", "speaker", "type", "kind", "date", "cameo")
            or draw() < 0.85
        }
        for name in ("signed_on", "held_on"):
            if name in found and draw() < 0.04:
                found[name] = (date.fromisoformat(found[name]) + timedelta(days=1)).isoformat()
        if kind == "statement" and draw() < 0.3:
            found["text"] = " ".join(found["text"].split()[:-2])
        return found

    def copy(self, of: Reading) -> Reading:
        """A syndicated copy: the same words under another name, the last sentence cut now and then."""
        self.number += 1
        id = f"made-{self.number:07d}"
        own = of.report
        published = date.fromisoformat(str(own.published_on)) + timedelta(days=int(self.random.random() * 2))
        text = own.text if self.random.random() < 0.5 else own.text + " More follows from the agencies."
        report = Report(
            id=id, text=text, title=own.title, publisher=self.one(_PUBLISHERS), published_on=published.isoformat()
        )
        names = {one.id: stable_id(id, kind, number) for number, (kind, one) in enumerate(of.records())}
        records: dict[str, list[Any]] = {plural: [] for plural in PLURAL.values()}
        for kind, one in of.records():
            values = {name: getattr(one, name) for name in one.__struct_fields__} | {"id": names[one.id]}
            if "about" in values:
                values["about"] = tuple(names[id] for id in values["about"])
            records[PLURAL[kind]].append(CLASSES[kind](**values))
        return Reading(report=report, **{plural: tuple(some) for plural, some in records.items()})

    def written(
        self, pair: tuple[str, str], published: date, fill: list[str], told: list[tuple[str, dict[str, Any]]]
    ) -> Reading:
        """The report as text and records."""
        self.number += 1
        id = f"made-{self.number:07d}"
        text = f"{pair[0]} and {pair[1]}, {published.isoformat()}. "
        records: dict[str, list[Any]] = {plural: [] for plural in PLURAL.values()}
        about = tuple(
            stable_id(id, kind, number)
            for number, (kind, _) in enumerate(told)
            if kind in ("agreement", "meeting", "activity")
        )
        for number, ((kind, values), words) in enumerate(zip(told, fill, strict=True)):
            said = str(
                values.get("title") or values.get("text") or values.get("undertaking") or values.get("name") or kind
            )
            start = len(text)
            text += f"{said}, {words}. "
            span = ((start, start + len(said)),)
            if kind == "statement":
                values = values | {"about": about[:2]}
            evidence = {"record": span, **dict.fromkeys(values, span)}
            records[PLURAL[kind]].append(
                CLASSES[kind](id=stable_id(id, kind, number), evidence=evidence, confidence=0.9, **values)
            )
        about_it = {"title": text[:60], "publisher": self.one(_PUBLISHERS), "url": f"https://news.example/{id}"}
        report = Report(id=id, text=text.strip(), published_on=published.isoformat(), **about_it)
        return Reading(report=report, **{plural: tuple(some) for plural, some in records.items()})


def readings(count: int, seed: int = 1995) -> Iterator[Reading]:
    """`count` reports, those of a story one after the other."""
    world = World(seed)
    left = count
    while left > 0:
        for reading in world.story()[:left]:
            left -= 1
            yield reading
