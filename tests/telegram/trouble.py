"""Trouble between the bot and Telegram, as a test asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tests.telegram.faults import Fault, Faults
from tests.telegram.world import World

T = TypeVar("T")


class Trouble:
    """What can go wrong."""

    world: World
    down: bool
    _faults: Faults

    def fail(self, method: str, **how: Any) -> None:
        """Lets the next calls of a method fail, see `Fault` for how; `*` is any method."""
        fault = Fault(method=method, **how)
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

    def refuse_token(self, *, refuse: bool = True) -> None:
        """Every call is answered with 401: the token was revoked; or it is good again."""
        self._soon(lambda: setattr(self.world, "revoked", refuse))

    def go_down(self) -> None:
        """The network is gone: connections break, and new ones too."""
        self.down = True
        self._soon(self._cut)

    def come_up(self) -> None:
        """The network is back."""
        self.down = False

    def cut(self) -> None:
        """Breaks every connection on which an answer is waited for."""
        self._soon(self._cut)

    def freeze(self, chat: int, id: int) -> None:
        """A message cannot be edited any more."""
        self._soon(lambda: self.world.frozen.add((chat, id)))

    def forget_presses(self) -> None:
        """It is too late to answer any press that was not answered yet."""
        self._soon(lambda: self.world.callbacks.update(dict.fromkeys(self.world.callbacks, True)))

    def _cut(self) -> None:
        raise NotImplementedError

    def _soon(self, act: Callable[[], T]) -> T:
        raise NotImplementedError
