"""What doctor tells of one thing that was looked up at a vendor."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.channel_state import State
from channels.failure import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; `told` says what it is, or what to do when it is not ok."""

    what: str
    ok: bool
    told: str


def failed(what: str, failure: Failure, *, away: str) -> Check:
    """It could not be looked up; `away` is what to do when the vendor was not reached."""
    told = f"{failure}. {failure.told}".rstrip()
    if failure.state is State.RECONNECTING:
        told = away
    elif failure.is_limited:
        told = f"{failure.vendor} is asked too often: try again in a minute."
    return Check(what=what, ok=False, told=told)
