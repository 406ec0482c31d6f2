"""Trouble that a test asks for: the next calls of a vendor's method fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Generic, TypeVar


@dataclass(slots=True, kw_only=True)
class Fault:
    """How calls of `method` fail, for `times` more (-1: until it is taken back).

    `lost` is when the connection breaks: `before` the method is done, or `after` it. Only calls
    for that `room` fail where one is named.
    """

    method: str
    lost: str = ""
    times: int = 1
    room: object = ""


F = TypeVar("F", bound=Fault)


@dataclass(slots=True)
class Faults(Generic[F]):
    """All that is to fail, and the methods that wait until the test lets them go on."""

    planned: list[F] = field(default_factory=list)
    held: dict[str, asyncio.Event] = field(default_factory=dict)

    def take(self, method: str, room: object) -> F | None:
        """How this call fails, if it does."""
        for fault in self.planned:
            if fault.method in (method, "*") and fault.room in ("", room):
                fault.times -= 1
                if not fault.times:
                    self.planned.remove(fault)
                return fault
        return None

    def hold(self, method: str) -> None:
        """Lets the method wait from now on."""
        self.held[method] = asyncio.Event()

    def let_go(self, method: str) -> None:
        """Lets those go on that wait."""
        if gate := self.held.pop(method, None):
            gate.set()

    async def wait(self, method: str) -> None:
        """Returns once the method is not held."""
        if method in self.held:
            await self.held[method].wait()
