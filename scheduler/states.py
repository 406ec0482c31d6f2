"""How each channel is doing: what its adapter reports, kept where `carrel doctor` looks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from bot.domain.channel_state import ChannelState, State
from bot.ports import Clock, UnitOfWork

log = logging.getLogger(__name__)
WELL = frozenset({State.STARTING, State.CONNECTED, State.REFRESHING, State.STOPPED})


class States:
    """The latest state of each channel. Safe from any thread.

    Reporting never waits for the database: a worker writes what is new by `note`, and again when
    the database was away.
    """

    def __init__(
        self,
        transaction: Callable[[], UnitOfWork],
        *,
        clock: Clock,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """`told` is called when there is something to note."""
        self._transaction = transaction
        self._clock = clock
        self._told = told
        self._latest: dict[str, ChannelState] = {}
        self._noted: dict[str, ChannelState] = {}
        self._changing = threading.Lock()
        self._noting = threading.Lock()

    def report(self, channel: str, state: State, told: str) -> None:
        """What an adapter says of its channel, with what a person can do about it."""
        with self._changing:
            known = self._latest.get(channel)
            if known and (known.state, known.told) == (state, told):
                return
            since = known.since if known and known.state is state else self._clock()
            self._latest[channel] = ChannelState(
                channel=channel, state=state, told=told, since=since
            )
        level = logging.INFO if state in WELL else logging.WARNING
        extra = {"action": "channel-state", "channel": channel, "state": state.value}
        log.log(level, "%s is %s. %s", channel, state.value, told, extra=extra)
        self._told()

    def now(self) -> Mapping[str, ChannelState]:
        """The latest state of each channel, by name."""
        with self._changing:
            return dict(self._latest)

    def note(self) -> bool:
        """Writes what is new; false when nothing is. Raises what the database says."""
        with self._noting:  # of two threads, the later one writes the later state
            latest = self.now()
            new = [state for name, state in latest.items() if self._noted.get(name) != state]
            if not new:
                return False
            with self._transaction() as uow:
                for state in new:
                    uow.channels.note(state)
                uow.commit()
            self._noted = dict(latest)
        return True
