"""The state that a report is written from, where no dateline says it."""

from __future__ import annotations

import pytest

from foedus.language import load
from foedus.mentions import resolve
from foedus.mentions.home import home_state
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
