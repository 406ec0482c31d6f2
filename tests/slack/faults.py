"""Trouble that a test asks for: the next calls of a method fail in a way Slack's do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Fault:
    """How calls of `method` fail, for `times` more (-1: until it is taken back).

    `lost` is when the connection breaks: `before` the method is done, or `after` it. Only calls
    with that `channel` fail where one is named.
    """

    method: str
    error: str = ""
    status: int = 0
    retry_after: float | None = None
    lost: str = ""
    times: int = 1
    channel: str = ""


@dataclass(slots=True)
class Faults:
    """All that is to fail, and the methods that wait until the test lets them go on."""

    planned: list[Fault] = field(default_factory=list)
    held: dict[str, asyncio.Event] = field(default_factory=dict)

    def take(self, method: str, channel: str) -> Fault | None:
        """How this call fails, if it does."""
        for fault in self.planned:
            if fault.method in (method, "*") and fault.channel in ("", channel):
                fault.times -= 1
                if not fault.times:
                    self.planned.remove(fault)
                return fault
        return None

    def let_go(self, method: str) -> None:
        """Lets those go on that wait."""
        if gate := self.held.pop(method, None):
            gate.set()

    async def wait(self, method: str) -> None:
        """Returns once the method is not held."""
        if method in self.held:
            await self.held[method].wait()
