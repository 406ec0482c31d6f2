"""Where somebody is reached with news of one kind, or why they are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.messages import Address
from bot.domain.notices.manner import Manner
from bot.domain.notices.place import place_for
from bot.domain.notices.situation import Situation


class Unsaid(StrEnum):
    """Why something is not said to somebody."""

    DECLINED = "declined"  # they want nothing of that kind at any of their places
    AVOIDED = "avoided"  # messages come back from wherever they want it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many people are reached on each channel, and how many are not."""

    channels: Mapping[str, int]
    declined: int
    avoided: int

    @property
    def reached(self) -> int:
        """How many are reached at all."""
        return sum(self.channels.values())


def reached_with(manner: Manner, situation: Situation) -> Address | Unsaid:
    """The place to say it at, or why there is none."""
    place = place_for(manner, situation)
    if place is None:
        return Unsaid.DECLINED
    return Unsaid.AVOIDED if place in situation.avoided else place
