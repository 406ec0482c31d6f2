"""What went wrong at Slack -> one error, with its kind, the channel's state and what to click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.channel_state import State
from bot.errors import DeliveryFailed
from channels.failure import Failure, believed
from channels.slack.codes import KINDS, OTHER_WORKSPACE, Kind

UNREACHABLE = "unreachable"  # our own code: nothing came back
TOO_SLOW = "too_slow"  # our own code: nothing came back in time, which may be this call's fault
AWAY = frozenset({UNREACHABLE, TOO_SLOW})
STATES: Mapping[Kind, State] = {
    Kind.REVOKED: State.REVOKED,
    Kind.UNTRUSTED: State.TOKEN_INVALID,
    Kind.LIMITED: State.RATE_LIMITED,
    Kind.NO_RIGHT: State.NOT_PERMITTED,
    Kind.FOREIGN: State.TOKEN_INVALID,
}
# Of Carrel's own account: no other message would arrive either. Of limits only the workspace's own,
# since the usual one holds for one method or one room.
OURS = frozenset({Kind.REVOKED, Kind.UNTRUSTED, Kind.NO_RIGHT, Kind.FOREIGN})
WORKSPACE_LIMIT = "message_limit_exceeded"
APPS = "https://api.slack.com/apps"
REINSTALL = f"open {APPS}, choose the app, Install App, then Reinstall to Workspace"
ADVICE: Mapping[Kind | str, str] = {
    Kind.REVOKED: f"The app was removed from the workspace: {REINSTALL}, and set the new bot"
    " token.",
    Kind.UNTRUSTED: f"Slack does not take the token: open {APPS}, choose the app, OAuth &"
    " Permissions, copy the Bot User OAuth Token (xoxb-), set it and start again.",
    Kind.LIMITED: "Slack asks for fewer messages; Carrel waits as long as Slack says.",
    Kind.NO_RIGHT: "The workspace does not allow it: ask one of its administrators.",
    Kind.FOREIGN: "The token is of another workspace than the one that was served here before,"
    " whose people Carrel knows: set the token of that one. For another workspace run another"
    " Carrel, with its own CARREL_DATA and database.",
    Kind.HERE: "That one place is closed to Carrel: see whether it is archived or restricted, and"
    " whether the app is in it (/invite with the app's name).",
    UNREACHABLE: "Slack cannot be reached; Carrel keeps trying.",
    TOO_SLOW: "Slack does not answer in time; Carrel keeps trying.",
    "apps.connections.open": f"Slack does not take the app token: open {APPS}, choose the app,"
    " Basic Information, App-Level Tokens, generate one with connections:write (xapp-), set it and"
    " start again.",
    "not_in_channel": "The app is not in that channel: open the channel in Slack and type"
    " /invite with the app's name.",
    "messages_tab_disabled": f"Open {APPS}, choose the app, App Home, and switch on Messages Tab.",
    "not_enabled": f"Open {APPS}, choose the app, App Home, and switch on Home Tab.",
    "not_agent_app": f"Open {APPS}, choose the app, Agents, and switch the feature on.",
    "events": "Slack holds back some of what people say, because too much of it went unanswered:"
    " see whether Carrel or its database is slow.",
    "storage_limit_reached": "The workspace has no room for files: delete some, or buy more.",
}


class CallFailed(Failure):
    """Slack did not do what was asked; `told` is what a person can do about it.

    `code` is Slack's word for it, `needed` the right that is missing where Slack names one, `room`
    the channel it was asked for. The answer itself is not kept: it may hold somebody's words.
    """

    vendor = "Slack"

    def __init__(
        self,
        method: str,
        code: str,
        *,
        kind: Kind,
        retry_after: float | None = None,
        needed: str = "",
        room: str = "",
    ) -> None:
        super().__init__(
            method,
            code,
            passes=kind is Kind.PASSING,
            is_limited=kind is Kind.LIMITED,
            retry_after=retry_after,
        )
        self.kind = kind
        self.needed = needed
        self.room = room

    @property
    def state(self) -> State | None:
        """How the channel is doing then; None when this says nothing about it."""
        return State.RECONNECTING if self.code in AWAY else STATES.get(self.kind)

    @property
    def told(self) -> str:
        """What a person can do about it."""
        if self.needed:
            return (
                f"The app lacks the right {self.needed}: open {APPS}, choose the app, OAuth &"
                f" Permissions, Scopes, add {self.needed}, then Reinstall to Workspace."
            )
        if self.kind is Kind.UNTRUSTED and self.method in ADVICE:
            return ADVICE[self.method]
        return ADVICE.get(self.code) or ADVICE.get(self.kind, "")

    def delivery(self) -> DeliveryFailed:
        """The same for whoever wanted a message sent."""
        return DeliveryFailed(
            f"{self}. {self.told}".rstrip(),
            permanent=self._is_permanent,
            retry_after=self.retry_after,
            gone=self.kind is Kind.GONE,
            ours=self.kind in OURS or self.code in {WORKSPACE_LIMIT, UNREACHABLE},
        )

    @property
    def _is_permanent(self) -> bool:
        """A room may be opened again, and Carrel be invited to it; a person's door stays shut."""
        if self.kind is Kind.HERE:
            return not self.room.startswith(("C", "G"))
        return self.kind in {Kind.USELESS, Kind.GONE}


def foreign() -> CallFailed:
    """The token is of another workspace than the one that was served first."""
    return CallFailed("auth.test", OTHER_WORKSPACE, kind=Kind.FOREIGN)


def translated(method: str, error: Exception, *, room: str = "") -> CallFailed:
    """Any error of slack-sdk's or aiohttp's; what is unknown passes, and keeps its name."""
    if isinstance(error, SlackApiError):
        return _refused(method, error.response, room)
    if isinstance(error, TimeoutError):
        return CallFailed(method, TOO_SLOW, kind=Kind.PASSING)
    if isinstance(error, aiohttp.ClientError | OSError):
        return CallFailed(method, UNREACHABLE, kind=Kind.PASSING)
    return CallFailed(method, type(error).__name__, kind=Kind.PASSING)


def answered(
    method: str, *, status: int, headers: Mapping[str, str], data: object, room: str = ""
) -> CallFailed:
    """An answer of Slack's that says no."""
    told: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    code = str(told.get("error") or f"HTTP {status}")[:80]
    kind = Kind.LIMITED if status == 429 else KINDS.get(code, Kind.PASSING)
    return CallFailed(
        method,
        code,
        kind=kind,
        retry_after=_seconds(headers.get("Retry-After", "")) if kind is Kind.LIMITED else None,
        needed=str(told.get("needed") or "") if code == "missing_scope" else "",
        room=room,
    )


def _refused(method: str, response: Any, room: str) -> CallFailed:
    # It is slack-sdk's response, or aiohttp's own when the answer was no JSON at all.
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    return answered(method, status=int(status or 0), headers=response.headers, data=data, room=room)


def _seconds(told: str) -> float | None:
    try:
        return believed(float(told))
    except ValueError:
        return None
