"""How news of one kind are told to somebody: where, at once or in a digest, and after what hour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Address
from bot.domain.notices.days import after_quiet
from bot.domain.notices.happenings import AT_ANY_HOUR, OUTCOMES, READY
from bot.domain.notices.kinds import Audience, Kind, Moment
from bot.domain.notices.wishes import Cadence, Quiet, Wishes
from bot.domain.program import Program
from bot.domain.rights import GRANTED, STAFF, Role

_REVIEWERS_TOO = frozenset({READY, OUTCOMES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """A kind of news as the program has it, and the quiet hours of people who chose none."""

    kind: Kind
    quiet: Quiet | None = None

    @property
    def declinable(self) -> str:
        """The kind's id where people may decline it, else empty."""
        return "" if self.kind.mandatory else self.kind.id

    @property
    def at_any_hour(self) -> bool:
        """Whether quiet hours do not hold for it."""
        return self.kind.id in AT_ANY_HOUR

    @property
    def roles(self) -> tuple[Role, ...]:
        """Whoever has one of them is told; empty for what is nobody's office."""
        if self.kind.to is not Audience.STAFF:
            return ()
        return GRANTED if self.kind.id in _REVIEWERS_TOO else STAFF

    def wanted(self, wishes: Wishes, place: Address) -> bool:
        """Whether it is told there."""
        return self.kind.mandatory or (place.channel, self.kind.id) not in wishes.declined

    def cadence(self, wishes: Wishes) -> Cadence:
        """How often it is told."""
        return cadence_of(self.kind, wishes)

    def waits(self, now: datetime, wishes: Wishes, zone: ZoneInfo) -> bool:
        """Whether it is not told at once: it goes into a digest, or these are quiet hours."""
        if self.cadence(wishes) is not Cadence.AT_ONCE:
            return True
        return not self.at_any_hour and after_quiet(now, wishes.quiet or self.quiet, zone) > now


def told_as(program: Program, kind: str) -> Manner:
    """How a kind of news is told under a program, or was under the one before."""
    known = program.notices.kinds.get(kind) or _gone(kind)
    return Manner(kind=known, quiet=program.notices.quiet)


def _gone(kind: str) -> Kind:
    """A kind that the pack has no more, of which news may wait for a digest still.

    They happened, so they are told as they were worded, to whoever had not declined them.
    """
    return Kind(id=kind, title=kind, moment=Moment.HAPPENS, waits=True, after_certified=True)


def cadence_of(kind: Kind, wishes: Wishes) -> Cadence:
    """How often somebody is told what is of that kind; only some kinds can wait."""
    return wishes.cadences.get(kind.id, wishes.cadence) if kind.waits else Cadence.AT_ONCE


def in_order(
    places: Sequence[Address], wishes: Wishes, avoided: Collection[Address]
) -> tuple[Address, ...]:
    """A person's places as they are tried: the channel they prefer first, avoided ones last."""
    return tuple(sorted(places, key=lambda at: (at in avoided, at.channel != wishes.channel)))
