"""What several tests share: the development sets, which may be absent, and readings that are made once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("FOEDUS_HYPOTHESIS", "same"))
"""Every run tries the same examples, so that a red run means a change; FOEDUS_HYPOTHESIS=search looks for new ones."""

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def development_reports() -> list[dict[str, Any]]:
    """The annotated development reports, or a skip where the project stands alone."""
    folder = SHARED / "eval" / "reports"
    if not folder.exists():
        pytest.skip("the development sets are not beside the project")
    return [json.loads(line) for name in "ab" for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The report that foedus began from, or a skip where the project stands alone."""
    found = sorted((SHARED / "seed").glob("*.txt")) if (SHARED / "seed").exists() else []
    if not found:
        pytest.skip("the seed report is not beside the project")
    return found[0].read_text("utf-8")
