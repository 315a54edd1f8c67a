"""A party as a person types it -> its code."""

from __future__ import annotations

import unicodedata
from functools import cache

from foedus.ask.two_letters import TWO_LETTERS
from foedus.errors import AskError, LexiconError
from foedus.lexicon import load_table, split_forms

TABLES = ("countries", "organisations")


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Folded form -> code, and code -> name to show."""
    forms: dict[str, str] = {}
    names: dict[str, str] = {}
    for table in TABLES:
        try:
            rows = load_table(table)
        except LexiconError:
            continue
        for row in rows:
            code = row.get("code") or row["id"]
            if table == "organisations" and not code.startswith("org:") and len(code) != 3:
                code = f"org:{code}"
            written = split_forms(row["forms"])
            for column in ("name", "adjectives", "demonyms", "capital", "short", "acronym"):
                written += split_forms(row.get(column) or "")
            names.setdefault(code, row.get("name") or (written[0] if written else code))
            for form in (code, code.removeprefix("org:"), *written):
                forms.setdefault(_fold(form), code)
    return forms, names


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in ".’'")
    return " ".join(plain.removeprefix("the ").replace("-", " ").split())


def resolve_party(text: str, also: tuple[str, ...] = ()) -> str:
    """The code of a party given as code, name, acronym or demonym, in any case (``usa``, ``India``, ``NATO``, ``org:NATO``).

    Two-letter codes of ISO 3166 count where they are no other party's acronym: ``KR`` gives KOR, ``AU`` the African Union.
    `also`: further codes that are known, such as those of a book. Raises `AskError`, which names near matches.
    """
    asked = text.strip()
    if not asked:
        raise AskError("a party must not be empty; give a name or a code, such as India or IND")
    forms, names = _names()
    known = dict(forms)
    for code in also:
        known.setdefault(_fold(code), code)
        known.setdefault(_fold(code.removeprefix("org:")), code)
    found = known.get(_fold(asked)) or known.get(_fold(asked.removeprefix("org:").removeprefix("ORG:")))
    if found:
        return found
    if (two := TWO_LETTERS.get(asked.upper())) is not None and two in names:
        return two
    if not forms and len(asked) == 3 and asked.isalpha():
        return asked.upper()
    near = _near(_fold(asked), known)
    hint = f"; did you mean {' or '.join(f'{names.get(c, c)} ({c})' for c in near)}?" if near else ""
    raise AskError(f"unknown party {asked!r}{hint or '; give a name or a code, such as India or IND'}")


def _near(asked: str, known: dict[str, str]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(asked, list(known), scorer=fuzz.ratio, limit=8, score_cutoff=70)
    return list(dict.fromkeys(known[form] for form, _, _ in found))[:3]


def party_name(code: str) -> str:
    """The usual name of a party for people to read: ``IND`` gives India; an unknown code gives itself without ``org:``."""
    return _names()[1].get(code, code.removeprefix("org:"))
