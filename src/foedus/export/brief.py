"""A brief as Markdown and as one HTML file that needs nothing else."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from foedus.ask import Brief, BriefLine, BriefSource, date_words

if TYPE_CHECKING:
    from jinja2 import Template

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$^])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)")


def brief_markdown(brief: Brief) -> str:
    """CommonMark: a heading a section, a list item a line, below it its details and the words of each source by number.

    Words of reports are escaped: they stay words, whatever marks they have in them.
    """
    head = f"As of {date_words(brief.as_of)}. Numbers in brackets are sources, listed at the end."
    parts = [f"# {_plain(brief.title)}", head]
    for section in brief.sections:
        parts.append(f"## {_plain(section.title)}")
        if section.left_out:
            parts.append(f"*{section.left_out} more left out.*")
        parts.append("\n".join(_item(line) for line in section.lines) or "*Nothing in the record book.*")
    parts.append("## Sources")
    parts.append("\n".join(f"{one.number}. {_source(one)}" for one in brief.sources) or "*None.*")
    return "\n\n".join(parts) + "\n"


def _item(line: BriefLine) -> str:
    on = f"**{date_words(line.on)}** " if line.on else "**undated** "
    numbers = " ".join(f"\\[{one.number}\\]" for one in line.citations)
    rows = [f"- {on}{_plain(line.text)} {numbers}".rstrip()]
    rows += [f"  - {_plain(detail)}" for detail in line.details]
    for one in line.citations:
        if one.quote:
            quote = one.quote
            words = quote.words.strip()
            # CommonMark takes ** for emphasis only beside a solid character
            pre, post = (
                quote.words[: len(quote.words) - len(quote.words.lstrip())],
                quote.words[len(quote.words.rstrip()) :],
            )
            marked = f"**{_plain(words)}**" if words else ""
            said = f"{_plain(quote.before)}{pre}{marked}{post}{_plain(quote.after)}"
            rows.append(f"  - \\[{one.number}\\] “{said}”")
    return "\n".join(rows)


def _source(source: BriefSource) -> str:
    about = [source.publisher, source.title, date_words(source.published_on)]
    words = ", ".join(_plain(one) for one in about if one) or _plain(source.report)
    link = f" <{source.url}>" if is_link(source.url) else ""
    return f"{words}{link} ({source.standing}; {_plain(source.report)})"


def _plain(text: str) -> str:
    """Text with everything that Markdown would take for a mark escaped, on one line."""
    single = " ".join("".join(c if c.isprintable() else " " for c in text).split(" "))
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", single))


def is_link(url: str | None) -> bool:
    """Whether a page may link to it: http or https, and no character that ends an address."""
    if not url or re.search(r"[\s<>\"\\]", url):
        return False
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def brief_html(brief: Brief) -> str:
    """One HTML file: style inside, no script, nothing loaded; sources linked by number, quoted words marked."""
    return _page().render(brief=brief) + "\n"


@cache
def _page() -> Template:
    from jinja2 import Environment, PackageLoader

    pages = Environment(loader=PackageLoader("foedus.export"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    pages.filters["day"] = date_words
    pages.tests["link"] = is_link
    return pages.get_template("brief.html")
