"""Trouble between the app and Slack, as a test asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tests.slack.faults import Fault, Faults
from tests.slack.socket_mode import SocketMode
from tests.slack.workspace import Workspace

T = TypeVar("T")


class Trouble:
    """What can go wrong."""

    workspace: Workspace
    down: bool
    _faults: Faults
    _socket: SocketMode

    def fail(
        self,
        method: str,
        *,
        error: str = "",
        status: int = 0,
        retry_after: float | None = None,
        lost: str = "",
        times: int = 1,
        channel: str = "",
    ) -> None:
        """Lets the next calls of a method fail, see `Fault`; `*` is any method."""
        fault = Fault(
            method=method,
            error=error,
            status=status,
            retry_after=retry_after,
            lost=lost,
            times=times,
            channel=channel,
        )
        self._soon(lambda: self._faults.planned.append(fault))

    def mend(self) -> None:
        """Takes back every fault that was asked for."""
        self._soon(self._faults.planned.clear)

    @contextmanager
    def holding(self, method: str) -> Iterator[None]:
        """Calls of the method get no answer before the block is left."""
        gate = asyncio.Event()
        self._soon(lambda: self._faults.held.update({method: gate}))
        try:
            yield
        finally:
            self._soon(lambda: self._faults.let_go(method))

    def refuse_tokens(self, error: str = "invalid_auth") -> None:
        """Every call is answered with the error, until `refuse_tokens("")`."""
        self._soon(lambda: setattr(self.workspace, "refuses", error))

    def go_down(self, *, down: bool = True) -> None:
        """The network is gone: connections break, and new ones are refused; or it is back."""
        self.down = down
        self._socket.refuses = down
        if down:
            self._soon(self._socket.cut)

    def cut(self) -> None:
        """Breaks every connection of Socket Mode without a word."""
        self._soon(self._socket.cut)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tells the app to connect anew (`warning`, `refresh_requested`, `link_disabled`)."""
        self._do(self._socket.disconnect(reason))

    def expire_triggers(self) -> None:
        """The three seconds in which a trigger opens a view are over."""
        triggers = self.workspace.triggers
        self._soon(lambda: triggers.update(dict.fromkeys(triggers, "")))

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        raise NotImplementedError

    def _soon(self, act: Callable[[], object]) -> None:
        raise NotImplementedError
