"""A web page -> the report in it."""

from __future__ import annotations

import logging
import re
from typing import Any

from foedus.errors import SourceError
from foedus.record import Report
from foedus.sources.fields import checked_day

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def report_of_page(where: str, page: str) -> Report:
    """The article of an HTML page, one blank line between paragraphs; title, author, day, address and site where it says so.

    Menus, comments and tables stay out. Raises `SourceError` when there is no article.
    """
    import trafilatura

    for noisy in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        found: Any = trafilatura.bare_extraction(
            _DECLARATION.sub("", page),
            fast=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # a page can break the parser in more ways than it documents
        raise SourceError(where, f"cannot be read as a web page ({type(error).__name__})") from error
    text = (getattr(found, "text", None) or "") if found is not None else ""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if found is None or not paragraphs:
        raise SourceError(where, "no article text found")
    return Report.of(
        "\n\n".join(paragraphs),
        url=found.url,
        title=found.title,
        publisher=found.sitename,
        author=found.author,
        published_on=checked_day(found.date) if found.date else None,
    )
