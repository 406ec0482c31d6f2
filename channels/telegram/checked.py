"""What doctor tells of one thing that was looked up at Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from channels.telegram.codes import AWAY, Kind
from channels.telegram.faults import CallFailed

NETWORK = (
    "Telegram cannot be reached from here: check the network, the proxy settings and whether"
    " CARREL_TELEGRAM_API_URL is right, then try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; `told` says what it is, or what to do when it is not ok."""

    what: str
    ok: bool
    told: str


def failed(what: str, failure: CallFailed) -> Check:
    """It could not be looked up."""
    if failure.code in AWAY:
        return Check(what=what, ok=False, told=NETWORK)
    if failure.kind is Kind.LIMITED:
        return Check(what=what, ok=False, told="Telegram is asked too often: try again later.")
    return Check(what=what, ok=False, told=f"{failure}. {failure.told}".rstrip())
