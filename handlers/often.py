"""How often an address is answered: at most so many times an hour, whatever it sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.messages import InboundMessage, Reply
from bot.domain.proving import is_proved
from bot.phrases import mails
from bot.phrases.joined import joined
from bot.ports import UnitOfWork

WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Often:
    """`hourly` is how many answers an address gets within an hour, by channel; else any number.

    What anybody may have written takes half of them at most, or it would silence the address.
    """

    hourly: Mapping[str, int] = field(default_factory=dict)

    def free_at(
        self, uow: UnitOfWork, message: InboundMessage, *, now: datetime
    ) -> datetime | None:
        """When the message can be answered; None where that is now."""
        most = self._most(message)
        if not most:
            return None
        given = uow.mailing.answers_to(message.sender, since=now - WITHIN)
        return given[-most] + WITHIN if len(given) >= most else None

    def counted(
        self,
        uow: UnitOfWork,
        message: InboundMessage,
        replies: tuple[Reply, ...],
        *,
        now: datetime,
    ) -> tuple[Reply, ...]:
        """The replies, which count from now on; the last one for a while says that it is.

        A message counts as one although it is not replied to: it may be answered elsewhere.
        """
        most = self._most(message)
        if not most:
            return replies
        left = most - len(uow.mailing.answers_to(message.sender, since=now - WITHIN))
        told = replies if len(replies) <= left else (joined(*replies),)
        for _ in told or (None,):
            uow.mailing.note_answer(message.sender, at=now)
        return told if len(told) < left else _with_end(told)

    def _most(self, message: InboundMessage) -> int:
        most = self.hourly.get(message.sender.channel, 0)
        return most if is_proved(message) or not most else max(1, most // 2)


def _with_end(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    if not replies:
        return replies
    last = replies[-1]
    blocks = (*last.blocks, mails.enough_for_now())
    return (*replies[:-1], replace(last, blocks=blocks))
