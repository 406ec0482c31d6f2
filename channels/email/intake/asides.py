"""Tells staff of mails that were set aside, once these lie where staff look for them."""

from __future__ import annotations

import asyncio
import logging
from collections import deque

from bot.errors import CarrelError
from channels.email.intake.taken import Aside, Notes

log = logging.getLogger(__name__)
MOST = 1_000  # that wait to be told: the folder tells of all


class Asides:
    """What is to be told; what cannot be told now is told later."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._waiting: deque[Aside] = deque(maxlen=MOST)

    def put(self, aside: Aside) -> None:
        """To be told once the mail was moved."""
        extra = {"action": "mail-set-aside", "why": aside.why}
        log.error("Set aside a mail: it cannot be processed", extra=extra)
        self._waiting.append(aside)

    async def tell(self) -> None:
        """Tells what waits, the oldest first."""
        while self._waiting:
            one = self._waiting[0]
            try:
                await asyncio.to_thread(
                    self._notes.set_aside, one.key, sender=one.sender, why=one.why
                )
            except CarrelError as error:
                extra = {"action": "staff-not-told", "error": type(error).__name__}
                log.warning("Staff is told later of a mail that was set aside", extra=extra)
                return
            self._waiting.popleft()
