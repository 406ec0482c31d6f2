"""What is sent to the app, and whether and when the app said that it has it."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field

from tests.slack.workspace import Json


@dataclass(slots=True, eq=False)
class Delivery:
    """One payload. `acked` is when it was acknowledged (seconds of a clock that only goes on)."""

    kind: str
    payload: Json
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    sent: list[float] = field(default_factory=list)
    acked: float | None = None
    response: Json | None = None
    statuses: list[int] = field(default_factory=list)
    link: int = 0  # the connection it was last sent through

    @property
    def took(self) -> float:
        """Seconds from when it was first sent until it was acknowledged."""
        if self.acked is None:
            raise ValueError("it is not acknowledged")
        return self.acked - self.sent[0]

    def begun(self) -> None:
        """Notes that it is sent now."""
        self.sent.append(time.monotonic())

    def done(self, response: Json | None) -> None:
        """Notes that it is acknowledged now."""
        if self.acked is None:
            self.acked, self.response = time.monotonic(), response


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What came of one thing that somebody did: usually one delivery, two for a mention.

    `ts` is the message's timestamp where there is one.
    """

    deliveries: tuple[Delivery, ...]
    channel: str = ""
    ts: str = ""

    @property
    def acked(self) -> bool:
        """Whether everything is acknowledged."""
        return all(one.acked is not None for one in self.deliveries)

    @property
    def response(self) -> Json | None:
        """What came with the acknowledgement."""
        return self.deliveries[0].response
