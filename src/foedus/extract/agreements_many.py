"""Instruments that have many parties who are not told: conventions, codes of conduct, what one state leaves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.extract.agreements_words import is_listed
from foedus.mentions.model import PlaceMention

if TYPE_CHECKING:
    from foedus.extract.agreements_sighting import Sighting
    from foedus.mentions import Document

STANDING = {"in force", "stands"}
"""Frames that only show that an instrument is there."""
_NAMES_OF_MANY = {"charter", "covenant", "consensus", "code_of_conduct", "initiative", "programme", "procedures"}
_WORLDWIDE = {"un", "u.n.", "united", "international", "universal", "geneva", "hague", "world"}
"""Words in the names of conventions that most states are party to."""
_REGIONAL = {
    "trans",
    "regional",
    "continental",
    "african",
    "arab",
    "global",
    "multilateral",
    "progressive",
    "asia",
    "transatlantic",
}
"""Words in the names of instruments of a region or of the world."""
_MULTILATERAL = {"convention", "charter", "covenant"}


def is_of_many(document: Document, seen: Sighting) -> bool:
    """Whether a name says that it has many parties who are not told here ("the Code of Conduct", "a Conduct of Parties")."""
    one = seen.instrument
    if not one.named or any(d.stage and d.frame not in STANDING for d in seen.deeds):
        return False
    name = {t.lower_ for t in document.doc[one.first : one.last]}
    town = one.last - one.first == 2 and one.head.i == one.last - 1 and document.doc[one.first].tag_ == "NNP"
    worldwide = bool(name & _WORLDWIDE) or town or document.at(one.first, PlaceMention) is not None
    if worldwide and one.row["instrument"] in {"convention", "protocol"} and not seen.parties:
        return True
    if {word.split("-")[0] for word in name} & _REGIONAL and not seen.parties:
        return True
    return len(seen.parties.codes) < 2 and not is_listed(one) and (one.row["id"] in _NAMES_OF_MANY or "parties" in name)


def for_many(seen: Sighting) -> bool:
    """Whether the other parties may be many: a convention by its name, or what one state leaves without saying whom."""
    alone = {d.stage for d in seen.deeds} & {"withdrawn", "notice given"}
    return bool(alone) or (seen.instrument.named and seen.instrument.row["id"] in _MULTILATERAL)
