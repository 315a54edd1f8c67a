"""Every state of the table by name, adjective, people and capital, and words that only look like one."""

from __future__ import annotations

from functools import cache

import pytest

from foedus.language import load
from foedus.lexicon import load_table, split_forms
from foedus.mentions import Document, PartyMention, resolve
from foedus.mentions.parties import _plural
from foedus.record import Report

_ROWS = [row for row in load_table("countries") if row["forms"] and row["id"] not in {"ATA", "GUF"}]


def _text(row: dict[str, str]) -> str:
    """One report that names the state in every way its row gives."""
    name, adjectives = split_forms(row["forms"])[0], split_forms(row["adjectives"])
    lines = [f"{name} signed the treaty on Monday."]
    lines += [f"The {adjective} engineers built a bridge." for adjective in adjectives[:1]]
    lines += [f"The {plural} signed the treaty." for adjective in adjectives[:1] if (plural := _plural(adjective))]
    lines += [f"{capital} rejected the plan." for capital in split_forms(row["capitals"] or row["unsure"])[:1]]
    return "\n\n".join(lines)


@cache
def _documents() -> dict[str, Document]:
    reports = [Report.of(_text(row), id=row["id"]) for row in _ROWS]
    docs = load().parse_many([report.text for report in reports])
    return {report.id: resolve(report, doc) for report, doc in zip(reports, docs, strict=True)}


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["id"])
def test_every_way_to_name_a_state(row: dict[str, str]) -> None:
    document = _documents()[row["id"]]
    codes = [m.code for m in document.mentions if isinstance(m, PartyMention)]
    assert codes == [row["id"]] * len(document.paragraphs), document.report.text


_MEMBERS = """
AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG
COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV
HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV
MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA
SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT
VEN VNM VUT WSM YEM ZAF ZMB ZWE
"""
UNITED_NATIONS = frozenset(_MEMBERS.split())


def test_all_members_of_the_united_nations_are_listed() -> None:
    assert len(UNITED_NATIONS) == 193
    assert {row["id"] for row in _ROWS} >= UNITED_NATIONS


LOOKALIKES = [
    ("The turkey was carved by the Turkish envoy.", ["TUR"]),
    ("Georgia Smith greeted the Georgian envoy.", ["GEO"]),
    ("Chad Miller greeted the Chadian envoy.", ["TCD"]),
    ("The governor of Washington state greeted the Peruvian envoy.", ["PER"]),
    ("Niger and Nigeria opened a road; the Nigeriens paid, the Nigerians built.", ["NER", "NGA", "NER", "NGA"]),
    ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea opened a road.", ["GIN", "GNB", "GNQ", "PNG"]),
    ("The Democratic Republic of the Congo and the Republic of the Congo opened a road.", ["COD", "COG"]),
    ("South Korea and North Korea opened a road.", ["KOR", "PRK"]),
    ("The Dominican Republic and Dominica opened a fair.", ["DOM", "DMA"]),
    ("Dominica opened a fair; the Dominican minister spoke.", ["DMA", "DMA"]),
    ("The Latin American and South American envoys dined.", []),
    ("The fleet crossed the Indian Ocean and the South China Sea.", []),
    ("The rocket rose from French Guiana.", []),
    ("Mali and Malawi opened a road.", ["MLI", "MWI"]),
    ("Slovakia and Slovenia opened a road.", ["SVK", "SVN"]),
    ("Austria and Australia opened a fair.", ["AUT", "AUS"]),
    ("Sudan and South Sudan opened a road.", ["SDN", "SSD"]),
    ("The People's Republic of Bulgaria and the Federal Republic of Somalia opened a fair.", ["BGR", "SOM"]),
]


@pytest.mark.parametrize(("text", "expected"), LOOKALIKES)
def test_lookalikes(text: str, expected: list[str]) -> None:
    document = resolve(Report.of(text), load().parse(text))
    assert [m.code for m in document.mentions if isinstance(m, PartyMention)] == expected


@pytest.mark.parametrize(("day", "code"), [("1976-03-01", "SUN"), ("1995-03-01", "RUS"), (None, "RUS")])
def test_a_capital_stands_for_the_state_of_the_day(day: str | None, code: str) -> None:
    text = "Moscow rejected the plan."
    document = resolve(Report.of(text, published_on=day), load().parse(text))
    assert [m.code for m in document.mentions if isinstance(m, PartyMention)] == [code]
