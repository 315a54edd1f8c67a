"""The state that a report is written from, where no dateline says it."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import resolve
from foedus.mentions.home import home_state
from foedus.mentions.model import PersonMention
from foedus.record import Report

_BODY = "The Foreign Secretary spoke to his Ukrainian counterpart on Tuesday."
CASES = [
    (f"UK statement at the OSCE\n\n{_BODY}", "GBR"),
    (f"Statement by Norway at the Assembly\n\n{_BODY}", "NOR"),
    (f"EU statement on the talks\n\n{_BODY}", None),
    (f"A road for Norway\n\n{_BODY}", None),
]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_home_by_heading(text: str, code: str | None) -> None:
    home = home_state(resolve(Report.of(text), load().parse(text)))
    assert (home.code if home is not None else None) == code


@pytest.mark.parametrize(
    ("text", "states"),
    [
        (
            "LIMA - Prime Minister Otto Brandt met his counterpart from Ghana Kofi Mensah in Lima, Peru on Friday. Denmark and Ghana opened"
            " embassies in 2022. Denmark will send a ship to Ghana.",
            {"Otto Brandt": "DNK", "Kofi Mensah": "GHA"},
        ),
        (
            "Oslo - Prime Minister Kari Dahl had a telephone conversation with President Olav Lind on Thursday. Norway was happy. Norway's"
            " farmers want more roads.",
            {"Kari Dahl": "NOR", "Olav Lind": None},
        ),
    ],
)
def test_the_dateline_says_whose_people_are_only_where_it_is_home(text: str, states: dict[str, str | None]) -> None:
    read = resolve(Report.of(text), load().parse(text))
    assert {m.person.name: m.person.party for m in read.all_of(PersonMention)} == states
