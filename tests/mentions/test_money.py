"""Amounts of money."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import MoneyMention, resolve
from foedus.record import Report

CASES = [
    ("The army took over forty K9 guns and K2 tanks.", []),
    ("Port Moresby lends K50 million and K1,200.", [(50e6, "PGK"), (1200, "PGK")]),
    ("Peru lent $20 million for the port.", [(20_000_000, "USD")]),
    ("Peru lent US$1.5 billion for the port.", [(1_500_000_000, "USD")]),
    ("Peru lent 20 million dollars for the port.", [(20_000_000, "USD")]),
    ("Peru lent €4m for the port.", [(4_000_000, "EUR")]),
    ("Peru lent £300,000 for the port.", [(300_000, "GBP")]),
    ("Peru lent 12 billion yen for the port.", [(12_000_000_000, "JPY")]),
    ("Peru lent 7.5 million euros for the port.", [(7_500_000, "EUR")]),
    ("Peru lent EUR 30 million for the port.", [(30_000_000, "EUR")]),
    ("Peru lent $2 million and €3 million.", [(2_000_000, "USD"), (3_000_000, "EUR")]),
    ("Peru lent Rs 1,150 crore for the port.", [(11_500_000_000, "INR")]),
    ("Peru lent RM5 billion for the port.", [(5_000_000_000, "MYR")]),
    ("Peru lent CFA 60 billion for the port.", [(60_000_000_000, "XOF")]),
    ("Peru lent BHD 400,000 for the port.", [(400_000, "BHD")]),
    ("Peru lent five million dollars for the port.", [(5_000_000, "USD")]),
    ("Peru lent three million euros for the port.", [(3_000_000, "EUR")]),
    ("Peru lent half a billion dollars for the port.", [(500_000_000, "USD")]),
    ("Peru lent twenty-five million pounds for the port.", [(25_000_000, "GBP")]),
    ("Peru lent one and a half billion euros for the port.", [(1_500_000_000, "EUR")]),
    ("Peru lent a million dollars for the port.", [(1_000_000, "USD")]),
    ("Peru lent five hundred dollars for the port.", [(500, "USD")]),
    ("The dollar fell to a euro.", []),
    ("Peru lent 30 billion naira for the port.", [(30_000_000_000, "NGN")]),
    ("Peru lent 2 million francs for the port.", []),
    ("Peru lent 20 million books to the port.", []),
    ("", []),
    ("A grant of $424 Million and a loan of €3 BILLION.", [(424e6, "USD"), (3e9, "EUR")]),
    ("It will cost $5M.", [(5e6, "USD")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_money(text: str, expected: list[tuple[float, str]]) -> None:
    document = resolve(Report.of(text), load().parse(text))
    got = [(m.money.amount, m.money.currency) for m in document.mentions if isinstance(m, MoneyMention)]
    assert got == expected
