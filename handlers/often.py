"""How often somebody is answered by mail: the one place through which answers leave."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.messages import InboundMessage, OutboundMessage, Reply
from bot.domain.pacing import WITHIN, Answer, answer_at
from bot.domain.proving import is_proved
from bot.phrases import mails
from bot.phrases.joined import joined
from bot.ports import UnitOfWork
from bot.usecases.identify import named

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Often:
    """`hourly` is how many answers a person gets within an hour, by channel; else any number.

    What they sent is handled at once all the same; what there is to say of it waits. Of addresses
    that are nobody's each counts by itself.
    """

    hourly: Mapping[str, int] = field(default_factory=dict)

    def fitted(
        self,
        uow: UnitOfWork,
        message: InboundMessage,
        replies: tuple[Reply, ...],
        *,
        now: datetime,
    ) -> tuple[Reply, ...]:
        """The replies as one where they could not all be said now; the last for a while says so."""
        most = self.hourly.get(message.sender.channel, 0)
        if not most or not replies:
            return replies
        given = self._given(uow, message, now=now)
        if self._when(given, message, len(replies), now=now) != now:
            replies = (joined(*replies),)
        more = self._when(given, message, len(replies) + 1, now=now)
        first = self._when(given, message, 1, now=now)
        return _with_end(replies, message) if first == now != more else replies

    def say(
        self, uow: UnitOfWork, out: OutboundMessage, *, of: InboundMessage, now: datetime
    ) -> bool:
        """Puts into the outbox what is said because of a message, to leave when it may.

        False when the key was used before, or there is so much to say already that it is left out.
        """
        if not self.hourly.get(of.sender.channel, 0):
            return uow.outbox.add(out, due=now)
        due = self._when(self._given(uow, of, now=now), of, 1, now=now)
        # What anybody may have written waits for nothing: hours later it would still be answered.
        if due is None or (due != now and not is_proved(of)):
            log.warning("Left an answer unsaid: too many wait", extra={"action": "unsaid"})
            return False
        if not uow.outbox.add(out, due=due):
            return False
        uow.answers.note(_whose(uow, of), Answer(at=due, proved=is_proved(of)))
        return True

    def _given(
        self, uow: UnitOfWork, message: InboundMessage, *, now: datetime
    ) -> tuple[Answer, ...]:
        return uow.answers.given(_whose(uow, message), since=now - WITHIN)

    def _when(
        self, given: Sequence[Answer], message: InboundMessage, count: int, *, now: datetime
    ) -> datetime | None:
        """When the last of so many answers can be given."""
        most, own = self.hourly[message.sender.channel], is_proved(message)
        at: datetime | None = now
        for _ in range(count):
            at = answer_at(given, most=most, now=now, proved=own)
            if at is None:
                return None
            given = (*given, Answer(at=at, proved=own))
        return at


def _whose(uow: UnitOfWork, message: InboundMessage) -> str:
    """In whose name it counts: all addresses of a person are one."""
    person = named(uow, message.sender)
    return f"person:{person.id}" if person else str(message.sender)


def _with_end(replies: tuple[Reply, ...], message: InboundMessage) -> tuple[Reply, ...]:
    last = replies[-1]
    end = mails.enough_for_now() if is_proved(message) else mails.enough_for_anybody()
    return (*replies[:-1], replace(last, blocks=(*last.blocks, end)))
