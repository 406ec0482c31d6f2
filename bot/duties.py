"""What is done beside answering, by whoever serves channels and by a terminal alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bot.app import Store, utc_now
from bot.usecases.announce import announce
from bot.usecases.desk import Desk
from bot.usecases.send_broadcast import Broadcasting
from bot.usecases.staff_digest import digest_staff
from bot.usecases.sweep import sweep
from bot.usecases.sweep_notices import sweep_all
from scheduler.clock import FORGETTING, NOTICES, STAFF, Clock, Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Work that nobody asks for. `said` is called, in its thread, when there may be more to send.

    Every process has them: that nothing is done twice is the work's own matter.
    """

    store: Store
    desk: Desk
    said: Callable[[], None] = lambda: None

    def clock(self) -> Clock:
        """What is done at its times."""
        return Clock(
            {NOTICES: self._sweep_notices, FORGETTING: self._forget, STAFF: self._digest_staff}
        )

    def in_turns(self) -> Iterator[Callable[[], bool]]:
        """What is done again and again, each in the thread that asks for it."""
        yield Broadcasting(self.store.uow(), self.desk.program, clock=utc_now)
        if self.desk.rooms:
            yield partial(_announce, self.store, self.desk)

    def _sweep_notices(self, ending: Ending) -> None:
        rooms, program = self.desk.rooms, self.desk.program
        sweep_all(self.store.uow(), program, clock=utc_now, ending=ending, rooms=rooms)
        self.said()

    def _digest_staff(self, _ending: Ending) -> None:
        if digest_staff(self.store.uow(), self.desk, self.desk.rooms, now=utc_now()):
            self.said()

    def _forget(self, _ending: Ending) -> None:
        sweep(self.store.uow(), self.desk.files, now=utc_now())


def _announce(store: Store, desk: Desk) -> bool:
    with store.uow() as uow:
        told = announce(uow, desk.program, desk.rooms, now=utc_now())
        uow.commit()
    return told
