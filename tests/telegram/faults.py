"""How calls of Telegram's methods fail when a test asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from tests import faults
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
class Fault(faults.Fault):
    """With what Telegram answers in such a case; `room` is a chat."""

    status: int = 400
    description: str = ""
    retry_after: int = 0
    migrate_to: int = 0

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
