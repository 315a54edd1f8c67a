"""Who published a report: an official body, a wire service, the press, or an aggregator. Names and sites: ``lexicon/publishers.csv``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from foedus.lexicon import load_table, split_forms

STANDINGS = ("official", "wire", "press", "aggregator")
"""Best first: an official document says what was agreed, an aggregator repeats what others say."""


@cache
def _table() -> tuple[list[tuple[re.Pattern[str], str]], dict[str, str]]:
    """Patterns of names with their standing, and sites with theirs."""
    names: list[tuple[re.Pattern[str], str]] = []
    sites: dict[str, str] = {}
    for row in load_table("publishers"):
        forms = split_forms(row["forms"])
        if row["id"].endswith("_sites"):
            sites |= dict.fromkeys(forms, row["standing"])
        else:
            # short ones are acronyms, as written: "SPA" is an agency, "Spa Weekly" none
            words = "|".join(re.escape(f.upper()) if len(f) <= 4 else f"(?i:{re.escape(f)})" for f in forms)
            names.append((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), row["standing"]))
    return names, sites


@lru_cache(maxsize=4096)
def standing_of(publisher: str | None, url: str | None) -> str:
    """One of `STANDINGS`; a report that names neither a known publisher nor a known site is `press`.

    >>> standing_of("Ministry of Defence", None), standing_of(None, "https://www.reuters.com/world/x")
    ('official', 'wire')
    """
    names, sites = _table()
    found = {standing for pattern, standing in names if publisher and pattern.search(publisher)}
    if not found and url:
        try:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            host = ""
        found = {standing for site, standing in sites.items() if _on(host, site)}
    # an aggregator that names its source in its own name is still an aggregator
    return next((one for one in ("aggregator", "wire", "official") if one in found), "press")


def _on(host: str, site: str) -> bool:
    if site.startswith("."):
        ends = host.split(".")
        wanted = site[1:].split(".")
        tail = ends[-len(wanted) :]
        return len(ends) > len(wanted) and all(w in ("*", e) for w, e in zip(wanted, tail, strict=False))
    return host == site or host.endswith(f".{site}")
