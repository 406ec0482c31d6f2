"""How calls of Slack's methods fail when a test asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from tests import faults


@dataclass(slots=True, kw_only=True)
class Fault(faults.Fault):
    """With an error of Slack's, or with a status; `room` is a channel."""

    error: str = ""
    status: int = 0
    retry_after: float | None = None
