"""Slash commands and the shortcut on messages -> words said to Carrel alone; pure.

https://docs.slack.dev/interactivity/implementing-slash-commands and
https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import Attachment, InboundMessage
from channels.json_values import Json, part, words
from channels.slack import marks
from channels.slack.attached import attachments
from channels.slack.entities import readable
from channels.slack.heard import Advised, Commanded, Heard, Ignored, Said, Why
from channels.slack.own import Own, whose
from channels.slack.payload import address, instant, slack_id, stamp, trigger
from channels.slack.said import HELP
from channels.slack.words import NO_FILES


def commanded(body: Json, own: Own, now: datetime) -> Heard:
    """What a slash command means; one without words asks for help."""
    user, opens = slack_id(body, "user_id"), trigger(body)
    if not (user and opens):
        return Ignored(why=Why.MALFORMED, detail="command")
    text = readable(words(body, "text"), own.user) or HELP
    return Commanded(message=_alone(user, f"slash:{opens}", text, at=now), trigger=opens)


def shortcut(body: Json, own: Own, now: datetime) -> Heard:
    """What the shortcut on a message means: whoever takes it files what that message brought.

    Only their own words say where the files go: somebody else's must give no orders in their name.
    """
    user, opens = slack_id(part(body, "user"), "id"), trigger(body)
    if not (user and opens):
        return Ignored(why=Why.MALFORMED, detail="message_action")
    if body.get("callback_id") != marks.FILE_MESSAGE:
        return Ignored(why=Why.UNKNOWN, detail="message_action")
    message = part(body, "message")
    files = attachments(message)
    if not files:
        return Advised(user=user, words=NO_FILES)
    is_own = slack_id(message, "user") == user
    text = readable(words(message, "text"), own.user) if is_own else ""
    at = stamp(body, "action_ts")
    when = instant(at) if at else now
    who = whose(user, own.home(part(body, "user"), "team_id")).value
    return Said(message=_alone(who, f"shortcut:{opens}", text, at=when, files=files))


def _alone(
    user: str, key: str, text: str, *, at: datetime, files: tuple[Attachment, ...] = ()
) -> InboundMessage:
    sender = address(user)
    return InboundMessage(
        id=key,
        sender=sender,
        conversation=str(sender),
        text=text,
        sent_at=at,
        attachments=files,
        apart=True,
    )
