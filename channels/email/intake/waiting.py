"""Mails that are left in the mailbox for a while, since who wrote them cannot be known yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ports import Clock

PAUSES = tuple(timedelta(seconds=one) for one in (10, 30, 120, 440))  # ten minutes in all
MOST = 10_000  # mails that wait
FORGOTTEN = timedelta(minutes=15)  # behind its time: somebody took the mail away


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wait:
    conversation: str
    tries: int
    due: datetime


class Waiting:
    """Which mails wait, by their numbers, and until when. What was said behind one waits too."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waits: dict[int, _Wait] = {}
        self._uidvalidity = 0

    def begin(self, uidvalidity: int) -> None:
        """The mailbox is open; with another number for its numbers none of them is known."""
        if uidvalidity != self._uidvalidity:
            self._uidvalidity, self._waits = uidvalidity, {}

    def holds(self, uid: int) -> bool:
        """Whether that mail's time has not come yet; from any thread."""
        wait = self._waits.get(uid)
        return wait is not None and self._clock() < wait.due

    def put_off(self, uid: int, conversation: str) -> bool:
        """Leaves a mail for later; False when it was left often enough, or too many are."""
        wait = self._waits.get(uid)
        tries = wait.tries if wait else 0
        if tries >= len(PAUSES) or (wait is None and len(self._waits) >= MOST):
            return False
        due = self._clock() + PAUSES[tries]
        self._waits[uid] = _Wait(conversation=conversation, tries=tries + 1, due=due)
        return True

    def follows(self, uid: int, conversation: str) -> bool:
        """Whether something waits that was said before it there: then it waits as long."""
        before = [
            wait
            for other, wait in self._waits.items()
            if other < uid and wait.conversation == conversation
        ]
        if before:
            self._waits[uid] = before[-1]
        return bool(before)

    def done(self, uid: int) -> None:
        """That mail waits no more; harmless where it never did."""
        self._waits.pop(uid, None)

    def uids(self) -> tuple[int, ...]:
        """The numbers of those that wait."""
        now = self._clock()
        self._waits = {uid: one for uid, one in self._waits.items() if now < one.due + FORGOTTEN}
        return tuple(self._waits)
