"""What somebody chose about notices, beside what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.messages import Address
from bot.domain.notices.kinds import Kind
from bot.domain.notices.wishes import Wishes
from bot.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWishes:
    """The person's wishes, the kinds that are for them, and their places in the order of choice.

    `later` are the kinds of which they hear only once they are certified, `over` those of which
    they hear no more.
    """

    person: Person
    wishes: Wishes
    kinds: tuple[Kind, ...]
    places: tuple[Address, ...]
    later: tuple[Kind, ...] = ()
    over: tuple[Kind, ...] = ()

    @property
    def now(self) -> tuple[Kind, ...]:
        """The kinds that may concern them as they stand."""
        return tuple(one for one in self.kinds if one not in self.later and one not in self.over)

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels of the places, each once."""
        return tuple(dict.fromkeys(place.channel for place in self.places))

    def off(self, kind: Kind) -> tuple[str, ...]:
        """The channels on which nothing of that kind is told."""
        declined = self.wishes.declined
        there = (c for c in self.channels if (c, kind.id) in declined)
        return () if kind.mandatory else tuple(there)

    def is_off(self, kind: Kind) -> bool:
        """Whether it is told nowhere."""
        return self.off(kind) == self.channels
