"""One mention of an instrument, and the agreement that its mentions make together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.extract.agreements_deeds import Deed
    from foedus.extract.agreements_instruments import Instrument
    from foedus.mentions.model import Parties


@dataclass(eq=False)
class Sighting:
    """One mention of an instrument with what is done to it and who makes it."""

    instrument: Instrument
    deeds: list[Deed]
    parties: Parties
    partners: list[Parties]

    @property
    def private(self) -> bool:
        """Whether somebody does it who is no party."""
        return any(deed.private for deed in self.deeds)


@dataclass(eq=False)
class Entry:
    """One agreement in the making: its sightings in text order."""

    parties: Parties
    sightings: list[Sighting] = field(default_factory=list)
    common: list[Deed] = field(default_factory=list)
    """Signings of several at once, of which it is one."""

    @property
    def first(self) -> Sighting:
        """The sighting that introduced it."""
        return self.sightings[0]
