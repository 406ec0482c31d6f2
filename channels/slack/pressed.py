"""Presses on what Carrel shows -> the words they stand for; pure.

https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from bot.domain.limits import LONGEST_NAME
from bot.domain.messages import Address, InboundMessage
from channels.json_values import Json, part, parts, words
from channels.slack import marks
from channels.slack.entities import unescaped
from channels.slack.filled import typed
from channels.slack.heard import Heard, Ignored, Pressed, Stale, Why
from channels.slack.own import Own, whose
from channels.slack.payload import address, instant, slack_id, stamp, trigger

_DEEPEST = 8  # levels of a block in which text can stand
_LASTING = frozenset({marks.CARD, marks.HOME})


def pressed(body: Json, own: Own, now: datetime) -> Heard:
    """What a payload of the type `block_actions` means."""
    user = slack_id(part(body, "user"), "id")
    actions = parts(body, "actions")
    if not user or not actions:
        return Ignored(why=Why.MALFORMED, detail="block_actions")
    if part(body, "view").get("type") == "modal":
        return typed(body, own, now)
    action = actions[0]
    if _says_nothing(action):
        return Ignored(why=Why.INERT, detail="block_actions")
    mark = marks.mark_of(words(action, "block_id"))
    picked = _picked(action)
    on_page = part(body, "view").get("type") == "home"
    channel, ts = _place(body)
    if not mark or not picked or not (on_page or (channel and ts)):
        return Stale(user=user, channel="" if on_page else channel)
    place = "" if on_page else f"{channel}:{ts}"
    return Pressed(
        message=_message(body, action, picked[1], sender=_sender(body, own), place=place, now=now),
        label=picked[0],
        trigger=trigger(body),
        channel="" if on_page else channel,
        ts="" if on_page else ts,
        blocks=tuple(_plain(block) for block in parts(part(body, "message"), "blocks")),
        lasting=mark in _LASTING,
    )


def _says_nothing(action: Json) -> bool:
    """A button that only opens a page, or a menu where what was picked is taken back."""
    if action.get("type") == "button":
        return "url" in action and not action.get("value")
    return "selected_option" in action and action["selected_option"] is None


def _picked(action: Json) -> tuple[str, str] | None:
    """The label and the words of what was picked."""
    option = part(action, "selected_option") if action.get("type") == "static_select" else action
    says = unescaped(words(option, "value")).strip()
    label = " ".join(unescaped(words(part(option, "text"), "text")).split())[:LONGEST_NAME]
    return (label or says[:LONGEST_NAME], says) if says else None


def _place(body: Json) -> tuple[str, str]:
    """The channel and the `ts` of the message on which it was pressed."""
    container = part(body, "container")
    channel = slack_id(part(body, "channel"), "id") or slack_id(container, "channel_id")
    return channel, stamp(container, "message_ts") or stamp(part(body, "message"), "ts")


def _sender(body: Json, own: Own) -> Address:
    user = part(body, "user")
    return whose(slack_id(user, "id"), own.home(user, "team_id"))


def _message(
    body: Json, action: Json, says: str, *, sender: Address, place: str, now: datetime
) -> InboundMessage:
    """The words as if they had been said where the choices stand.

    A card's and the page's are said to Carrel alone. The second of two clicks on an ordinary
    message has the id of the first.
    """
    lasting = marks.mark_of(words(action, "block_id")) in _LASTING
    at = stamp(action, "action_ts")
    channel, _, ts = place.partition(":")
    thread = stamp(part(body, "message"), "thread_ts")
    shared = bool(place) and not lasting and not channel.startswith("D")
    root = thread or ts
    once = at if lasting and at else hashlib.sha256(says.encode()).hexdigest()[:12]
    return InboundMessage(
        id=f"pressed:{place or marks.HOME}:{sender.value}:{once}",
        sender=sender,
        conversation=f"{address(channel)}/{root}" if shared else str(sender),
        text=says,
        sent_at=instant(at) if at else now,
        shared=shared,
        thread=root if shared else thread if thread != ts and not lasting else "",
        apart=True,
    )


def _plain(value: Any, depth: int = _DEEPEST) -> Any:
    """A block as it was sent: its text came back escaped."""
    if isinstance(value, dict) and depth:
        return {
            key: unescaped(inner)
            if key == "text" and isinstance(inner, str)
            else _plain(inner, depth - 1)
            for key, inner in value.items()
        }
    if isinstance(value, list) and depth:
        return [_plain(inner, depth - 1) for inner in value]
    return value
