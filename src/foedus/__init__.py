"""foedus: the sourced record of what states agree, say and do with each other.

>>> import foedus
>>> reading = foedus.read("India and Nepal signed a treaty in Kathmandu on Monday.", published_on="2025-11-05")
>>> reading.agreements[0].parties
('IND', 'NPL')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.record import Reading

__version__ = "0.1.0"
__all__ = ["__version__", "read"]


def read(
    text: str,
    *,
    published_on: str | None = None,
    id: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
) -> Reading:
    """What one report says: a `Reading` with its records. No book, no files, no network.

    `published_on` is an ISO date (``2025-11-01``); without it, and without a dated dateline, relative dates stay out.
    Offsets of evidence refer to ``reading.report.text``, which is `text` with CRLF made LF. Empty text gives no records.
    """
    from foedus.extract import read_report
    from foedus.record import Report

    report = Report.of(text, id=id, published_on=published_on, title=title, url=url, publisher=publisher, author=author)
    return read_report(report)
