"""What one message tells: of many news some in words, others counted, and some the next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.messages import Address
from bot.domain.notices.days import next_slot
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Notice
from bot.domain.notices.situation import Gathered, Situation
from bot.domain.program import Program
from bot.phrases.counted import MOST_TOLD, listed_by
from bot.phrases.kinds import DIGEST

SOON = timedelta(hours=1)  # until the next message to those who want everything at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What one message tells; `slot` is when a digest was due, None for what stands alone."""

    to: Address
    slot: datetime | None
    notices: tuple[Notice, ...] = ()
    news: tuple[Gathered, ...] = ()

    @property
    def key(self) -> str:
        """Two digests may be of one slot, at two places; nothing is the first thing of both."""
        parts: tuple[Notice | Gathered, ...] = (*self.notices, *self.news)
        first = parts[0]
        if self.slot is None:
            return first.key
        return f"{DIGEST}:{first.person_id}:{self.slot:%Y-%m-%dT%H:%MZ}:{first.key}"

    @property
    def room(self) -> int:
        """How many of its news are told in words."""
        return _room(self.notices)


def digest_of(
    program: Program,
    to: Address,
    parts: Sequence[Notice | Gathered],
    slots: Mapping[str, datetime],
) -> Parcel:
    """One digest, without what there is no room for and nothing lists: that waits for the next."""
    notices = tuple(one for one in parts if isinstance(one, Notice))
    news = [one for one in parts if isinstance(one, Gathered)]
    room = _room(notices)
    listed = (one for one in news[room:] if listed_by(program, one.kind))
    return Parcel(
        to=to,
        slot=max(slots[one.key] for one in parts),
        notices=notices,
        news=(*news[:room], *listed),
    )


def in_words(program: Program, parcel: Parcel) -> tuple[tuple[Gathered, ...], tuple[Gathered, ...]]:
    """Its news that are told in words, and those that are counted: only what can be listed is."""
    rest = parcel.news[parcel.room :]
    counted = tuple(one for one in rest if listed_by(program, one.kind))
    others = (one for one in rest if not listed_by(program, one.kind))
    return (*parcel.news[: parcel.room], *others), counted


def next_digest(
    program: Program, situation: Situation, left: Sequence[Gathered], *, now: datetime
) -> datetime | None:
    """When what is left over is told; None where nothing is."""
    zone = situation.person.zone
    cadences = (told_as(program, one.kind).cadence(situation.wishes) for one in left)
    slots = (next_slot(now + SOON, one, program.notices, zone) for one in set(cadences))
    return min(slots, default=None)


def _room(notices: Sequence[Notice]) -> int:
    """How many news are told in words beside these."""
    return max(MOST_TOLD - len(notices), 1)
