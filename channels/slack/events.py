"""Any payload of Slack's -> what it means; pure, and it never raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from channels.json_values import Json, part
from channels.slack.asked import commanded, shortcut
from channels.slack.filled import filled, typed
from channels.slack.heard import Gone, Heard, Ignored, Opened, Removed, ThreadStarted, Why
from channels.slack.own import Own
from channels.slack.payload import kind, slack_id, stamp
from channels.slack.pressed import pressed
from channels.slack.said import said


def read(body: object, own: Own, *, now: datetime) -> Heard:
    """What a payload means, whatever JSON value it is.

    `body` is an Events API body, an interaction payload, or a slash command's fields as a dict.
    `now` is when it arrived (aware UTC), for payloads that do not say when they were sent.
    """
    if not isinstance(body, dict):
        return Ignored(why=Why.MALFORMED)
    name = kind(body, "type")
    if own.is_for_another(body):
        return Ignored(why=Why.FOREIGN, detail=name)
    if name == "event_callback":
        return _event(part(body, "event"), own)
    if interaction := INTERACTIONS.get(name or ("command" if "command" in body else "")):
        return interaction(body, own, now)
    return Ignored(why=Why.LIMITED if name == "app_rate_limited" else Why.UNKNOWN, detail=name)


def _event(event: Json, own: Own) -> Heard:
    name = kind(event, "type")
    happened = EVENTS.get(name)
    return happened(event, own) if happened else Ignored(why=Why.UNKNOWN, detail=name)


def _opened(event: Json, _: Own) -> Heard:
    """The home page, or the conversation beside it.

    https://docs.slack.dev/ai/migrating-to-agent-messaging tells that an app with an `agent_view`
    learns in this way, and no other, that somebody begins a conversation.
    """
    user, channel = slack_id(event, "user"), slack_id(event, "channel")
    if user and event.get("tab") == "home":
        return Opened(user=user)
    if user and channel and event.get("tab") == "messages":
        return ThreadStarted(user=user, channel=channel, thread="")
    return Ignored(why=Why.INERT, detail="app_home_opened")


def _started(event: Json, _: Own) -> Heard:
    """The assistant panel, in an app that still has an `assistant_view`."""
    thread = part(event, "assistant_thread")
    user, channel = slack_id(thread, "user_id"), slack_id(thread, "channel_id")
    ts = stamp(thread, "thread_ts")
    if not (user and channel and ts):
        return Ignored(why=Why.MALFORMED, detail="assistant_thread_started")
    return ThreadStarted(user=user, channel=channel, thread=ts)


def _changed(event: Json, own: Own) -> Heard:
    user = part(event, "user")
    gone = slack_id(user, "id")
    if gone and not own.home(user, "team_id") and user.get("deleted") is True:
        return Gone(user=gone)
    return Ignored(why=Why.INERT, detail="user_change")


def _revoked(event: Json, _: Own) -> Heard:
    """Carrel has a bot's token alone: a person's own may go without harm."""
    if part(event, "tokens").get("bot"):
        return Removed(reason="its token was taken back")
    return Ignored(why=Why.INERT, detail="tokens_revoked")


def _uninstalled(_: Json, __: Own) -> Heard:
    return Removed(reason="it was removed from the workspace")


def _elsewhere(event: Json, _: Own) -> Heard:
    """What somebody looks at beside the conversation is not Carrel's business."""
    return Ignored(why=Why.INERT, detail=kind(event, "type"))


# Inner events of the Events API: https://docs.slack.dev/reference/events
EVENTS: Mapping[str, Callable[[Json, Own], Heard]] = {
    "app_context_changed": _elsewhere,
    "app_home_opened": _opened,
    "app_mention": said,
    "app_uninstalled": _uninstalled,
    "assistant_thread_context_changed": _elsewhere,
    "assistant_thread_started": _started,
    "message": said,
    "tokens_revoked": _revoked,
    "user_change": _changed,
}
# What people do to what Carrel shows: https://docs.slack.dev/reference/interaction-payloads
INTERACTIONS: Mapping[str, Callable[[Json, Own, datetime], Heard]] = {
    "block_actions": pressed,
    "command": commanded,
    "message_action": shortcut,
    "view_closed": typed,
    "view_submission": filled,
}
