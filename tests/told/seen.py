"""What was told, and when: taken from a whole Carrel while something happens in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import OutboundMessage
from tests.cast import ADA, ADAS_ZONE
from tests.desk import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message that was sent `at`, aware; `title` says what it is, `zone` where it is read."""

    title: str
    message: OutboundMessage
    at: datetime
    zone: str = ADAS_ZONE

    @property
    def local(self) -> datetime:
        """When that was where it is read."""
        return self.at.astimezone(ZoneInfo(self.zone))


Scene = Callable[[House], Iterator[Seen]]


def seen(house: House, title: str, message: OutboundMessage, *, zone: str = ADAS_ZONE) -> Seen:
    """It was told just now."""
    return Seen(title=title, message=message, at=house.clock(), zone=zone)


def told_by(
    house: House,
    title: str,
    do: Callable[[], object],
    *,
    to: str = ADA.email,
    zone: str = ADAS_ZONE,
) -> Seen:
    """The one message that goes to somebody because of that."""
    before, mails = len(house.channel.sent), len(house.mail.sent)
    do()
    house.drain()
    sent = (*house.channel.sent[before:], *house.mail.sent[mails:])
    (found,) = [one for one in sent if one.to.value == to]
    return seen(house, title, found, zone=zone)
