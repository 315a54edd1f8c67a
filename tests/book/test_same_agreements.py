"""When two agreements of different reports are one, and when they are two. States, names and dates are examples."""

from __future__ import annotations

import pytest
from judged import Record, judged

MOU, FRAME = "memorandum of understanding", "framework agreement"


def pact(title: str, on: str | None = None, published: str | None = None, **values: object) -> Record:
    about = {"title": title, "instrument": "agreement", "signed_on": on, "published": published, "stage": "signed"}
    return {name: value for name, value in (about | values).items() if value is not None}


ONE = {
    "a title and what the press calls it": (
        pact("Comprehensive Free Trade Agreement", "2025-07-24", "2025-07-24"),
        pact("trade deal", "2025-07-24", "2025-07-25"),
    ),
    "troops under two names, a day apart": (
        pact("Status of Forces Agreement", "2023-01-11", "2023-01-11", signatories=["Ana Vola FJI", "Tomasi Kefu TON"]),
        pact("deal on visiting forces", "2023-01-12", "2023-01-13"),
    ),
    "no name at all on the same day": (pact("agreement", "2024-05-06", "2024-05-06"), pact("fisheries agreement", "2024-05-06")),
    "by year": (pact("migration memorandum", "2023-07-16", "2023-07-16", instrument=MOU), pact("deal of 2023", None, "2025-02-01")),
    "by year and length": (
        pact("gas supply contract", "2022-11-21", "2022-11-21", instrument="contract", term="P27Y"),
        pact("27-year deal", "2022", "2024-01-01", term="P27Y"),
    ),
    "by month": (pact("minerals agreement", "2025-04-30", "2025-05-01"), pact("raw materials deal", "2025-04", "2025-09-01")),
    "in force, with no day of signing": (
        pact("Migrant Protocol", "2023-11-06", "2023-11-07", instrument="protocol"),
        pact("protocol on migrants", None, "2024-02-20", instrument="protocol", stage="in force", effective_on="2024-02-15"),
    ),
    "ratified, under a broader name": (
        pact("agreement on the avoidance of double taxation", "2024-03-01", "2024-03-01"),
        pact("tax treaty", None, "2025-01-15", instrument="treaty", stage="ratified"),
    ),
    "negotiated first": (
        pact("free trade agreement", None, "2023-04-01", stage="negotiating"),
        pact("Economic Partnership Agreement", "2024-10-07", "2024-10-07"),
    ),
    "due soon, then signed": (
        pact("security pact", None, "2022-03-25", stage="proposed"),
        pact("framework agreement on security cooperation", "2022-04-19", "2022-04-20", instrument=FRAME),
    ),
    "the same signatories, day and place, other words": (
        pact("memorandum on a gas pipeline", "2022-06-15", "2022-06-15", instrument=MOU, place="Cairo, EGY",
             signatories=["Karine Adir ISR", "Tarek Molla EGY"]),
        pact("MoU on LNG exports", "2022-06-15", "2022-06-16", instrument=MOU, place="Cairo, EGY",
             signatories=["Tarek al-Molla EGY", "Karine Adir ISR"]),
    ),
    "a nickname of the only treaty of the day": (
        pact("Bell Rock Treaty", "2024-11-28", "2024-11-29", instrument="treaty", domains=["defence"]),
        pact("mutual defence treaty", "2024-11-28", "2024-11-28", instrument="treaty"),
    ),
    "a declaration of intent": (
        pact("joint declaration of intent on hydrogen", "2023-01-05", "2023-01-05", instrument="joint declaration"),
        pact("letter of intent", "2023-01-05", "2023-01-06", instrument="letter of intent"),
    ),
    "its end tells when it began": (
        pact("defence cooperation agreement", "2014-10-01", "2014-10-01", term="P10Y"),
        pact("military pact", None, "2024-03-01", stage="in force", expires_on="2024-10", term="P10Y"),
    ),
    "the framework that a contract refers to": (
        pact("framework agreement", "2022-07-27", "2022-07-27", instrument=FRAME),
        pact("framework agreement", None, "2024-04-25", instrument=FRAME, stage="in force"),
    ),
    "renegotiated under one name before signing, sums nearly alike": (
        pact("fighter jet deal", "2021-12-03", "2021-12-03", amount={"amount": 16e9, "currency": "EUR"}),
        pact("contract for fighter jets", "2021-12-03", "2021-12-04", instrument="contract", amount={"amount": 15.9e9, "currency": "EUR"}),
    ),
    "named after a town": (
        pact("Framework for Major Defence Partnership", "2025-10-31", "2025-10-31", instrument=FRAME, place="Kuala Lumpur, MYS"),
        pact("Kuala Lumpur accord", "2025-11-01", "2025-11-02", place="Kuala Lumpur, MYS"),
    ),
    "both only spoken of": (
        pact("agreement on seasonal workers", None, "2024-05-01"), pact("guest worker deal", None, "2024-05-20"),
    ),
    "without diacritics": (
        pact("Itaipú power treaty", "2024-05-07", place="Asunción, PRY"), pact("Itaipu Treaty", "2024-05", place="Asuncion, PRY"),
    ),
}  # fmt: skip

TWO = {
    "two of one day on two matters": (
        pact("memorandum on maritime zones", "2019-11-27", instrument=MOU), pact("memorandum on military cooperation", "2019-11-27", instrument=MOU),
    ),
    "fish and power": (
        pact("power purchase agreement", "2024-01-10", "2024-01-10"), pact("memorandum on fisheries", "2024-01-10", "2024-01-10", instrument=MOU),
    ),
    "trade and investment": (
        pact("trade agreement", "2025-07-24"), pact("bilateral investment treaty", "2025-07-24", instrument="treaty"),
    ),
    "trade and social security": (pact("free trade agreement", "2025-07-24"), pact("social security agreement", "2025-07-24")),
    "sun and wind": (
        pact("MoU on solar energy", "2024-02-01", instrument=MOU), pact("MoU on offshore wind", "2024-02-01", instrument=MOU),
    ),
    "a contract under a framework": (
        pact("framework agreement on tanks", "2022-07-27", instrument=FRAME),
        pact("executive contract for tanks", "2022-08-26", instrument="contract"),
    ),
    "a renewal": (
        pact("fishing agreement", "2015-03-01", "2015-03-01", term="P5Y"), pact("fishing agreement", "2020-03-02", "2020-03-02"),
    ),
    "a renewal in talks while the old one is in force": (
        pact("fishing agreement", None, "2024-03-10", stage="negotiating"), pact("fishing agreement", None, "2024-01-02", stage="in force"),
    ),
    "the one that it replaces": (
        pact("power purchase agreement", "2012-05-22"), pact("power purchase agreement", None, "2022-05-03", stage="negotiating", succeeds="the deal of 2012"),
    ),
    "of other lengths": (
        pact("electricity deal", "2022", "2022-06-01", term="P10Y"), pact("power agreement", "2022-05", "2022-06-01", term="P25Y"),
    ),
    "in force before the other was signed": (
        pact("extradition treaty", None, "2019-02-01", stage="in force", effective_on="2019-01-15", instrument="treaty"),
        pact("extradition treaty", "2023-06-01", "2023-06-01", instrument="treaty"),
    ),
    "run out before": (
        pact("gas transit contract", None, "2019-12-20", stage="expired", expires_on="2019-12-31", instrument="contract"),
        pact("gas transit contract", "2021-02-01", "2021-02-01", instrument="contract"),
    ),
    "years apart, nameless": (pact("agreement", "2018-04-01"), pact("deal", None, "2021-06-01")),
    "a new memorandum, two years on": (
        pact("memorandum", "2020-04-01", instrument=MOU), pact("memorandum", None, "2022-06-01", instrument=MOU),
    ),
    "signed a month apart": (pact("visa agreement", "2024-05-01"), pact("visa agreement", "2024-06-03")),
    "a declaration and, a year later, the agreement": (
        pact("declaration of intent on just transition", None, "2023-01-30", instrument="letter of intent"),
        pact("partnership for a just transition", None, "2023-12-04"),
    ),
    "MoU and treaty": (pact("security memorandum", "2024-05-01", instrument=MOU), pact("security treaty", "2024-05-01", instrument="treaty")),
    "other matters that no list knows": (
        pact("memorandum on archives of the war", "2024-05-01", instrument=MOU), pact("memorandum on beekeeping", "2024-05-01", instrument=MOU),
    ),
    "named only by domains": (
        pact("agreement", "2024-05-01", domains=["fisheries"], place="Suva, FJI"),
        pact("deal", "2024-05-06", domains=["energy"], place="Suva, FJI"),
    ),
    "treaties of other years": (pact("2015 framework", None, "2025-01-01", instrument=FRAME), pact("framework", "2025-10-31", "2025-10-31", instrument=FRAME)),
}  # fmt: skip


@pytest.mark.parametrize("pair", ONE.values(), ids=ONE.keys())
def test_one(pair: tuple[Record, Record]) -> None:
    verdict = judged("agreement", *pair)
    assert verdict.score > 0, verdict


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO.keys())
def test_two(pair: tuple[Record, Record]) -> None:
    verdict = judged("agreement", *pair)
    assert verdict.score <= 0, verdict
