"""How a channel is doing, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Every state a channel can be in."""

    STARTING = "starting"
    CONNECTED = "connected"
    REFRESHING = "refreshing"  # the vendor asked to connect anew
    RECONNECTING = "reconnecting"  # the network or the vendor is away
    RATE_LIMITED = "rate-limited"
    NOT_PERMITTED = "not-permitted"  # a right that the vendor grants is missing
    TOKEN_INVALID = "token-invalid"  # noqa: S105 - a state's name
    REVOKED = "revoked"  # the app was removed or its token taken back
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """The state of a channel since an instant (aware UTC); `told` adds what a person can do."""

    channel: str
    state: State
    told: str
    since: datetime
