"""States, organisations and their bodies."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import PartyMention, resolve
from foedus.record import Report

CASES = [
    ("Peru and Chile opened a bridge.", [("PER", "name"), ("CHL", "name")]),
    ("Peruvian and Chilean engineers opened a bridge.", [("PER", "adjective"), ("CHL", "adjective")]),
    ("The envoy lives in Jamaica, USA.", [("USA", "name")]),
    ("Firms from Jamaica, USA and Canada came.", [("JAM", "name"), ("USA", "name"), ("CAN", "name")]),
    ("Moscow rejected the plan.", [("RUS", "capital")]),
    ("The White House rejected the plan.", [("USA", "seat")]),
    ("The United States rejected the plan.", [("USA", "name")]),
    ("The U.S. rejected the plan.", [("USA", "name")]),
    ("ASEAN rejected the plan.", [("org:ASEAN", "organisation")]),
    ("The European Union rejected the plan.", [("org:EU", "organisation")]),
    ("NATO rejected the plan.", [("org:NATO", "organisation")]),
    ("The United Nations rejected the plan.", [("org:UN", "organisation")]),
    ("Kenya's foreign ministry rejected the plan.", [("KEN", "name"), ("KEN", "body")]),
    ("The foreign ministry of Kenya rejected the plan.", [("KEN", "body")]),
    ("The Kenyan foreign ministry rejected the plan.", [("KEN", "adjective"), ("KEN", "body")]),
    ("The foreign ministry rejected the plan.", []),
    ("The Ministry of Trade, Industry and Energy of Kenya rejected the plan.", [("KEN", "body")]),
    ("The Ministry of Tourism and Peru rejected the plan.", [("PER", "name")]),
    ("CÃ´te d'Ivoire rejected the plan.", [("CIV", "name")]),
    ("South Korea and North Korea opened a road.", [("KOR", "name"), ("PRK", "name")]),
    ("Guinea and Guinea-Bissau opened a road.", [("GIN", "name"), ("GNB", "name")]),
    ("Niger and Nigeria opened a road.", [("NER", "name"), ("NGA", "name")]),
    ("Britain and Türkiye opened a fair.", [("GBR", "name"), ("TUR", "name")]),
    (
        "The Kenya Defence Forces (KDF) marched. The KDF rested.",
        [("KEN", "name"), ("KEN", "body"), ("KEN", "body"), ("KEN", "body")],
    ),
    ("The Royal Norwegian Navy (RNN) sailed.", [("NOR", "adjective"), ("NOR", "body"), ("NOR", "body")]),
    ("The Kenya Dairy Firm (KDF) grew. The KDF rested.", [("KEN", "name")]),
    ("Sino-Indian trade rose.", [("CHN", "adjective"), ("IND", "adjective")]),
    ("Germans like trains.", [("DEU", "adjective")]),
    ("Michael Jordan likes trains.", []),
    ("The ferry crossed the South China Sea.", []),
    ("The Indian Ocean was calm.", []),
    ("The turkey was roasted in a china bowl.", []),
    ("Malacañang rejected the plan.", [("PHL", "seat")]),
    ("The Quai d’Orsay rejected the plan.", [("FRA", "seat")]),
    ("The G7 rejected the plan.", [("org:G7", "organisation")]),
    (
        "The African Development Bank and COMESA rejected the plan.",
        [("org:AfDB", "organisation"), ("org:COMESA", "organisation")],
    ),
    ("Swedes and Finns like trains.", [("SWE", "adjective"), ("FIN", "adjective")]),
    ("Zaire and Upper Volta opened a road.", [("COD", "name"), ("BFA", "name")]),
    ("Congo and Rwanda opened a road.", [("COD", "name"), ("RWA", "name")]),
    ("Congo-Brazzaville opened a road, a Congolese envoy said.", [("COG", "name"), ("COG", "adjective")]),
    ("North Korea opened a road, a Korean envoy said.", [("PRK", "name"), ("PRK", "adjective")]),
    ("The Korean War ended the plan.", []),
    ("Dominica opened a road, a Dominican envoy said.", [("DMA", "name"), ("DMA", "adjective")]),
    ("Guyana opened a road, and Georgetown paid.", [("GUY", "name"), ("GUY", "capital")]),
    ("A fair was held in Georgetown.", []),
    ("The EU rejected the plan, and Brussels gave no reason.", [("org:EU", "organisation"), ("org:EU", "capital")]),
    ("They upheld the Lima Declaration.", []),
    ("They reached Washington state.", []),
    ("French Guiana and Papua New Guinea opened a fair.", [("PNG", "name")]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_parties(text: str, expected: list[tuple[str, str]]) -> None:
    document = resolve(Report.of(text), load().parse(text))
    found = [m for m in document.mentions if isinstance(m, PartyMention)]
    assert [(m.code, m.form) for m in found] == expected
