"""Persons with the office and the party that the text gives them."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import PersonMention, resolve
from foedus.record import Report

CASES = [
    (
        "Omani Minister of Foreign Affairs Prince Salim al-Harthi spoke first.",
        [("Salim al-Harthi", "Minister of Foreign Affairs", "OMN")],
    ),
    ("Oman’s Foreign Minister Prince Salim al-Harthi spoke first.", [("Salim al-Harthi", "Foreign Minister", "OMN")]),
    ("Chile's defence minister Rosa Molina CSC spoke first.", [("Rosa Molina", "defence minister", "CHL")]),
    ("Raksha Mantri Arun Deshpande spoke first.", [("Arun Deshpande", "Raksha Mantri", "IND")]),
    (
        "Omani Foreign Minister Mohammed al-Rawahi spoke first. Muhammad al-Rawahi then left.",
        [("Mohammed al-Rawahi", "Foreign Minister", "OMN")],
    ),
    ("Peru's foreign minister Ana Quispe spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Ana Quispe, the foreign minister of Peru, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Ana Quispe, foreign minister of Peru, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Ana Quispe, Peru's foreign minister, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Ana Quispe, the Peruvian foreign minister, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Peruvian Foreign Minister Ana Quispe spoke first.", [("Ana Quispe", "Foreign Minister", "PER")]),
    ("President Ana Quispe of Peru spoke first.", [("Ana Quispe", "President", "PER")]),
    ("Peru's foreign minister, Ana Quispe, spoke first.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Oman's trade minister, Yusuf al-Harthi, spoke first.", [("Yusuf al-Harthi", "trade minister", "OMN")]),
    ("Omani Trade Minister Yusuf al-Harthi spoke first.", [("Yusuf al-Harthi", "Trade Minister", "OMN")]),
    (
        "Chilean Defence Minister Rosa Molina received her Peruvian counterpart, Ivan Quispe.",
        [("Rosa Molina", "Defence Minister", "CHL"), ("Ivan Quispe", "Defence Minister", "PER")],
    ),
    (
        "Chilean Defence Minister Rosa Molina received her Peruvian and Bolivian counterparts, Ivan Quispe and Juan Mamani.",
        [
            ("Rosa Molina", "Defence Minister", "CHL"),
            ("Ivan Quispe", "Defence Minister", "PER"),
            ("Juan Mamani", "Defence Minister", "BOL"),
        ],
    ),
    (
        "The Peruvian and Bolivian presidents, Ivan Quispe and Juan Mamani, shook hands.",
        [("Ivan Quispe", "president", "PER"), ("Juan Mamani", "president", "BOL")],
    ),
    (
        "Ministers Ivan Quispe and Juan Mamani of Peru shook hands.",
        [("Ivan Quispe", "Minister", "PER"), ("Juan Mamani", "Minister", "PER")],
    ),
    (
        "Kenyan Foreign Ministry spokesman David Otieno declined to comment.",
        [("David Otieno", "Foreign Ministry spokesman", "KEN")],
    ),
    (
        "Chile rejected the offer, foreign ministry spokeswoman Rosa Molina said.",
        [("Rosa Molina", "foreign ministry spokeswoman", "CHL")],
    ),
    (
        "Chile's minister of state for trade, Rosa Molina, spoke.",
        [("Rosa Molina", "minister of state for trade", "CHL")],
    ),
    ("The NATO secretary-general, Rosa Molina, spoke.", [("Rosa Molina", "secretary-general", "org:NATO")]),
    ("South Africa President Thabo Dube spoke.", [("Thabo Dube", "President", "ZAF")]),
    ("The commander of the Peruvian Navy, Admiral Juan Soto, spoke.", [("Juan Soto", "commander", "PER")]),
    (
        "The vice ministers of foreign affairs of Peru and Chile, Ana Quispe and Rosa Molina, spoke.",
        [
            ("Ana Quispe", "vice minister of foreign affairs", "PER"),
            ("Rosa Molina", "vice minister of foreign affairs", "CHL"),
        ],
    ),
    ("Taoiseach Sean Burke spoke in Lima.", [("Sean Burke", "Taoiseach", "IRL")]),
    (
        "The Peruvian ambassador to Chile, Her Excellency Ana Quispe, spoke.",
        [("Ana Quispe", "ambassador", "PER")],
    ),
    (
        "External Affairs Minister Ravi Sharma spoke. India agreed.",
        [("Ravi Sharma", "External Affairs Minister", "IND")],
    ),
    (
        "Chile's minister, Rosa Molina, and Peru's, Ana Quispe, dined.",
        [("Rosa Molina", "minister", "CHL"), ("Ana Quispe", "minister", "PER")],
    ),
    (
        "The accord was signed for the Peruvian side by Minister Ana Quispe and for the Chilean side by Minister Rosa Molina.",
        [("Ana Quispe", "Minister", "PER"), ("Rosa Molina", "Minister", "CHL")],
    ),
    ("Peru opened a post. Its regional delegate, Ana Quispe, spoke.", [("Ana Quispe", "regional delegate", "PER")]),
    (
        "Peruvian President Ana Quispe smiled. The president's spokesman, Ivan Mamani, did not.",
        [("Ana Quispe", "President", "PER"), ("Ivan Mamani", "spokesman", "PER")],
    ),
    ("The European Commissioner Ana Quispe visited the EU fair.", [("Ana Quispe", "European Commissioner", "org:EU")]),
    (
        "LIMA, May 3 (Agency) - Prime Minister Ana Quispe came on a short visit.",
        [("Ana Quispe", "Prime Minister", None)],
    ),
    (
        "LIMA, May 3 (Agency) - In the first visit by a Chilean head of state, President Ana Quispe opened a bridge.",
        [("Ana Quispe", "President", None)],
    ),
    ("Minister Ana Quispe (Peru): We have no fleet.", [("Ana Quispe", "Minister", "PER")]),
    ("The Peruvian, Ana Quispe, spoke first.", [("Ana Quispe", None, "PER")]),
    ("The Peruvian Ana Quispe spoke first.", [("Ana Quispe", None, "PER")]),
    ("Peru's observer at the talks, Ana Quispe, spoke first.", [("Ana Quispe", None, "PER")]),
    ("The Peruvian delegation was led by Ana Quispe.", [("Ana Quispe", None, "PER")]),
    ("Ana Quispe led the Peruvian delegation.", [("Ana Quispe", None, "PER")]),
    ("Ana Quispe, who led the Peruvian side, spoke first.", [("Ana Quispe", None, "PER")]),
    (
        "Ana Quispe signed for Peru and Rosa Molina for Chile.",
        [("Ana Quispe", None, "PER"), ("Rosa Molina", None, "CHL")],
    ),
    ("Peru sent its trade minister, Ana Quispe.", [("Ana Quispe", "trade minister", "PER")]),
    ("Lima said no. Its trade minister, Ana Quispe, gave no reason.", [("Ana Quispe", "trade minister", "PER")]),
    (
        "The envoys of Peru and Chile, Ana Quispe and Rosa Molina, dined.",
        [("Ana Quispe", "envoy", "PER"), ("Rosa Molina", "envoy", "CHL")],
    ),
    (
        "Peru's Minister of Ports, Rivers and Waterways, Ana Quispe, dined.",
        [("Ana Quispe", "Minister of Ports, Rivers and Waterways", "PER")],
    ),
    ("Peruvian army spokesman Colonel Ivan Quispe declined to comment.", [("Ivan Quispe", "army spokesman", "PER")]),
    ("Peru's ambassador to Chile, Ana Quispe, dined.", [("Ana Quispe", "ambassador", "PER")]),
    (
        "Korean envoy Baek Seung-hyun arrived. Baek dined with Peru's Ana Quispe.",
        [("Baek Seung-hyun", "envoy", "KOR"), ("Ana Quispe", None, "PER")],
    ),
    ("Peru's envoy Ivan Quispetupa arrived. Ivan Quispetuba dined.", [("Ivan Quispetupa", "envoy", "PER")]),
    ("In Lima the foreign minister, Ana Quispe, denied it.", [("Ana Quispe", "foreign minister", "PER")]),
    ("Michael Jordan won the match.", [("Michael Jordan", None, None)]),
    ("", []),
]


REPORTS = [
    (
        "LIMA, March 10 (Agency) - Trade Minister Ana Quispe resigned on Monday.",
        [("Ana Quispe", "Trade Minister", "PER")],
    ),
    (
        "LIMA, March 10 (Agency) - Trade Minister Ana Quispe received her Chilean counterpart, Rosa Molina.",
        [("Ana Quispe", "Trade Minister", "PER"), ("Rosa Molina", "Trade Minister", "CHL")],
    ),
    (
        "LIMA, March 10 (Agency) - Prime Minister Ivan Quispe and Prime Minister Tevita Moala dined on Monday.",
        [("Ivan Quispe", "Prime Minister", None), ("Tevita Moala", "Prime Minister", None)],
    ),
    (
        "WASHINGTON, March 10 (Agency) - Prime Minister Ivan Quispe dined on Monday.",
        [("Ivan Quispe", "Prime Minister", None)],
    ),
    (
        "UK PM Ana Quispe and Oman FM Yusuf al-Harthi spoke first.",
        [("Ana Quispe", "PM", "GBR"), ("Yusuf al-Harthi", "FM", "OMN")],
    ),
    (
        "Ana Quispe, a member of the council and Minister of Justice of Peru, spoke first.",
        [("Ana Quispe", "Minister of Justice", "PER")],
    ),
    (
        "The senate welcomed the election of Ana Quispe as President of Peru.",
        [("Ana Quispe", "President", "PER")],
    ),
    (
        "Minister for the Middle East, Ana Quispe said:\n\nWe wish the people of Iraq well. Iraq voted. Iraq may be proud.",
        [("Ana Quispe", "Minister for the Middle East", None)],
    ),
    (
        "Deputy Minister Rosa Molina toured the coast.\n\nShe flew on to Lima. The Deputy Minister reaffirmed Chile's commitment to trade with Peru and Bolivia.",
        [("Rosa Molina", "Deputy Minister", "CHL")],
    ),
    (
        "During her visit to Lima, Chilean Deputy Minister Rosa Molina met the Minister of Culture, Mr Ivan Quispe. Bolivia was not spoken of.",
        [("Rosa Molina", "Deputy Minister", "CHL"), ("Ivan Quispe", "Minister of Culture", "PER")],
    ),
    (
        "Defence Minister Rosa Molina, along with Defence Secretary Juan Soto, held talks with Peru's Defence Minister Ivan Quispe on the navy of Chile.",
        [
            ("Rosa Molina", "Defence Minister", "CHL"),
            ("Juan Soto", "Defence Secretary", None),
            ("Ivan Quispe", "Defence Minister", "PER"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES + REPORTS)
def test_persons(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    report = Report.of(text)
    document = resolve(report, load().parse(text))
    people = {id(m.person): m.person for m in document.mentions if isinstance(m, PersonMention)}
    found = sorted(people.values(), key=lambda p: p.name_span)
    got = [(p.name, p.office, p.party) for p in found]
    assert got == expected


PARTIES = [
    ("The Presidents of Bolivia, Juan Mamani, and of the Republic of Peru, Ana Quispe, dined.", ["BOL", "PER"]),
    ("Ana Quispe, a senior official of the Peruvian Foreign Ministry, spoke.", ["PER"]),
    ("Peru sent word. Chile's envoy, Rosa Molina, who heads the Chilean delegation, spoke.", ["CHL"]),
    ("Rosa Molina, whose country chairs ASEAN, spoke.", [None]),
    (
        "Omani Foreign Minister Yusuf al-Harthi visited Peru and Bolivia, where he met Presidents Ana Quispe and Juan Mamani.",
        ["OMN", "PER", "BOL"],
    ),
    (
        "Omani Foreign Minister Yusuf al-Harthi visited Peru, Chile and Bolivia, where he met Presidents Ana Quispe and Juan Mamani.",
        ["OMN", None, None],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTIES)
def test_parties_of_persons(text: str, expected: list[str | None]) -> None:
    document = resolve(Report.of(text), load().parse(text))
    persons = [m.person for m in document.mentions if isinstance(m, PersonMention) and m.form == "name"]
    assert [p.party for p in persons] == expected


ORDERED = [
    (
        "President Rosa Molina dined with her visitor. The Omani President paid.",
        {"Rosa Molina": None},
    ),
    (
        "MUSCAT, May 4 (Agency) - Kenya will send forty nurses, Health Minister Yusuf al-Harthi announced on Monday. Oman pays for them. "
        "Oman has too few.",
        {"Yusuf al-Harthi": "OMN"},
    ),
    (
        "Chile and Oman agree on copper\n\nChile and Oman concluded a copper accord on Monday. Trade ministers Rosa Molina and Yusuf al-Harthi "
        "signed it in Geneva.\n\nChile will ship the ore, Oman will smelt it.",
        {"Rosa Molina": "CHL", "Yusuf al-Harthi": "OMN"},
    ),
    (
        "Oman and Chile agree on copper\n\nChile and Oman concluded a copper accord on Monday. Trade ministers Rosa Molina and Yusuf al-Harthi "
        "signed it in Geneva.\n\nChile will ship the ore, Oman will smelt it.",
        {"Rosa Molina": None, "Yusuf al-Harthi": None},
    ),
    (
        "Kenya closes its border with Uganda\n\nKenya shut two crossings with Uganda on Monday after a quarrel over sugar.\n\n"
        "Chief Justice Grace Wanjiru declined to stop it.",
        {"Grace Wanjiru": "KEN"},
    ),
    (
        "Kenya beats Uganda\n\nKenya won two games against Uganda on Monday after a bad start.\n\nCoach Grace Wanjiru was pleased.",
        {"Grace Wanjiru": None},
    ),
]


@pytest.mark.parametrize(("text", "expected"), ORDERED)
def test_parties_by_the_order_of_the_report(text: str, expected: dict[str, str | None]) -> None:
    report = Report.of(text)
    found = {m.person.name: m.person.party for m in resolve(report, load().parse(report.text)).all_of(PersonMention)}
    assert {name: found[name] for name in expected} == expected
