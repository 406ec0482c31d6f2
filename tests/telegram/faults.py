"""Trouble that a test asks for: the next calls of a method fail in a way Telegram's do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from tests.telegram.world import Json

_TOLD = {
    401: "Unauthorized",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
    "is running",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


@dataclass(slots=True, kw_only=True)
class Fault:
    """How calls of `method` fail, for `times` more (-1: until it is taken back).

    `lost` is when the connection breaks: `before` the method is done, or `after` it. Only calls
    for that `chat` fail where one is named.
    """

    method: str
    status: int = 400
    description: str = ""
    retry_after: int = 0
    migrate_to: int = 0
    lost: str = ""
    times: int = 1
    chat: int = 0

    @property
    def answer(self) -> Json:
        """What is answered in place of the method's answer."""
        status = 429 if self.retry_after else self.status
        told: Json = {"ok": False, "error_code": status, "description": self._words(status)}
        if self.retry_after:
            told["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to:
            told["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return told

    def _words(self, status: int) -> str:
        if self.migrate_to:
            return "Bad Request: group chat was upgraded to a supergroup chat"
        if self.retry_after:
            return f"Too Many Requests: retry after {self.retry_after}"
        return self.description or _TOLD.get(status, "Bad Request: something is wrong")


@dataclass(slots=True)
class Faults:
    """All that is to fail, and the methods that wait until the test lets them go on."""

    planned: list[Fault] = field(default_factory=list)
    held: dict[str, asyncio.Event] = field(default_factory=dict)

    def take(self, method: str, chat: object) -> Fault | None:
        """How this call fails, if it does."""
        for fault in self.planned:
            if fault.method in (method, "*") and fault.chat in (0, chat):
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
