"""Reading leaves garbage collection as it found it, also when a report breaks the reader."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from foedus.extract import read_reports, undisturbed
from foedus.record import Report


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.enable()


def test_on_again_between_reports() -> None:
    reports = [Report.of(f"Kenya and Ghana signed {n} agreements on Monday.") for n in ("two", "three")]
    assert [gc.isenabled() for _ in read_reports(reports)] == [True, True]


def test_off_while_one_is_read_and_on_after_an_error() -> None:
    seen: list[bool] = []
    with pytest.raises(ValueError, match="broken"):
        _break(seen)
    assert (seen, gc.isenabled()) == ([False], True)


def _break(seen: list[bool]) -> None:
    with undisturbed():
        seen.append(gc.isenabled())
        raise ValueError("broken")


def test_whoever_has_it_off_keeps_it_off() -> None:
    gc.disable()
    with undisturbed():
        pass
    assert not gc.isenabled()
