"""How news of one kind are told to somebody: where, at once or in a digest, and after what hour."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Address
from bot.domain.notices.days import after_quiet
from bot.domain.notices.happenings import HAPPENINGS
from bot.domain.notices.kinds import Kind
from bot.domain.notices.wishes import Cadence, Quiet, Wishes
from bot.domain.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """A kind of news as the program has it, and the quiet hours of people who chose none."""

    kind: Kind
    quiet: Quiet | None = None

    @property
    def declinable(self) -> str:
        """The kind's id where people may decline it, else empty."""
        return "" if self.kind.mandatory else self.kind.id

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
        return after_quiet(now, wishes.quiet or self.quiet, zone) > now


def told_as(program: Program, kind: str) -> Manner:
    """How a kind of news is told under a program; KeyError for one that is none."""
    return Manner(
        kind=program.notices.kinds.get(kind) or HAPPENINGS[kind], quiet=program.notices.quiet
    )


def cadence_of(kind: Kind, wishes: Wishes) -> Cadence:
    """How often somebody is told what is of that kind; only some kinds can wait."""
    return wishes.cadences.get(kind.id, wishes.cadence) if kind.waits else Cadence.AT_ONCE


def in_order(
    places: Sequence[Address], wishes: Wishes, avoided: Collection[Address]
) -> tuple[Address, ...]:
    """A person's places as they are tried: the channel they prefer first, avoided ones last."""
    return tuple(sorted(places, key=lambda at: (at in avoided, at.channel != wishes.channel)))


def kinds_of(program: Program) -> Mapping[str, Kind]:
    """Every kind that a program has, by id; the pack's own take the place of those built in."""
    return {**HAPPENINGS, **program.notices.kinds}
