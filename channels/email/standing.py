"""How e-mail is doing: the mailbox that is read and the server that sends, told as one."""

from __future__ import annotations

import logging

from bot.domain.channel_state import State
from channels.standing import Report

log = logging.getLogger(__name__)
_FINE = frozenset({State.CONNECTED, State.STARTING})
_QUIET = (State.CONNECTED, "")


class Sides:
    """Tells once for each change; trouble on either side is told before anything else."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._mailbox = self._sending = _QUIET
        self._told: tuple[State, str] | None = None

    def mailbox(self, state: State, told: str = "") -> None:
        """How the mailbox is."""
        self._mailbox = (state, told)
        self._tell()

    def sending(self, state: State, told: str = "") -> None:
        """How the server is that sends."""
        self._sending = (state, told)
        self._tell()

    def _tell(self) -> None:
        now = self._now()
        if now != self._told:
            if self._told and self._told[0] not in _FINE and now[0] is State.CONNECTED:
                log.info("E-mail works again", extra={"action": "mail-connected"})
            self._told = now
            self._report(*now)

    def _now(self) -> tuple[State, str]:
        sides = (self._mailbox, self._sending)
        if self._mailbox[0] is State.STOPPED:
            return self._mailbox
        if troubles := [side for side in sides if side[0] not in _FINE]:
            return troubles[0][0], "; ".join(told for _, told in troubles if told)
        return next((side for side in sides if side[0] is State.STARTING), self._mailbox)
