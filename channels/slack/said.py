"""Messages at Slack -> who said what to whom; pure.

https://docs.slack.dev/reference/events/message and .../app_mention: a mention in a channel arrives
as both events, with the same `channel` and `ts`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import Address, InboundMessage
from channels.json_values import Json, parts, words
from channels.slack.attached import attachments
from channels.slack.entities import mentions, mentions_others, readable
from channels.slack.heard import Advised, Heard, Ignored, Said, Why
from channels.slack.own import Own, whose
from channels.slack.payload import address, instant, kind, slack_id, stamp
from channels.slack.words import FORWARDED

HELP = "help"  # what is meant by saying nothing to Carrel
_SPEECH = frozenset({"", "file_share", "me_message", "thread_broadcast"})
_WHY = {
    "message_changed": Why.EDITED,
    "message_deleted": Why.DELETED,
    "bot_message": Why.BOT,
}
_SLACKBOT = "USLACKBOT"


def said(event: Json, own: Own) -> Heard:
    """What an event of the types `message` and `app_mention` means."""
    if why := _passed_over(event, own):
        return Ignored(why=why, detail=kind(event, "subtype"))
    user, channel, ts = slack_id(event, "user"), slack_id(event, "channel"), stamp(event, "ts")
    if not (user and channel and ts):
        return Ignored(why=Why.MALFORMED, detail=kind(event, "type"))
    sender = whose(user, own.home(event, "user_team", "source_team", "team"))
    if event.get("channel_type") == "im" or channel.startswith("D"):
        return _privately(event, own, sender)
    return _openly(event, own, sender)


def _passed_over(event: Json, own: Own) -> Why | None:
    if _is_own(event, own):
        return Why.OWN
    subtype = event.get("subtype") or ""
    if not isinstance(subtype, str):
        return Why.MALFORMED
    if subtype not in _SPEECH:
        return _WHY.get(subtype, Why.SYSTEM)
    if event.get("bot_id") or event.get("bot_profile") or event.get("user") == _SLACKBOT:
        return Why.BOT
    return Why.SYSTEM if event.get("hidden") else None


def _is_own(event: Json, own: Own) -> bool:
    mine = {own.user, own.bot} - {""}
    claims = (event.get("user"), event.get("bot_id"))
    return any(isinstance(one, str) and one in mine for one in claims)


def _privately(event: Json, own: Own, sender: Address) -> Heard:
    """A status stands below the message that began the thread, which may be this very one.

    https://docs.slack.dev/ai/migrating-to-agent-messaging: with an `agent_view` every message in
    the conversation itself begins one; Slack's own library sets the status there in the same way.
    """
    thread = _thread(event)
    message = _message(event, own, sender, conversation=str(sender), thread=thread)
    if message.text or message.attachments:
        return Said(
            message=message,
            status_channel=words(event, "channel"),
            status_thread=thread or words(event, "ts"),
        )
    if parts(event, "attachments"):
        return Advised(user=words(event, "user"), words=FORWARDED)
    return Ignored(why=Why.EMPTY)


def _openly(event: Json, own: Own, sender: Address) -> Heard:
    """Whoever mentions Carrel wants an answer in the thread below; others may only be near.

    Whoever mentions somebody else, and not Carrel, talks to them.
    """
    mentioned = event.get("type") == "app_mention" or mentions(words(event, "text"), own.user)
    thread = _thread(event)
    if not mentioned and (not thread or mentions_others(words(event, "text"))):
        return Ignored(why=Why.NOT_ADDRESSED)
    root = thread or words(event, "ts")
    room = address(words(event, "channel"))
    message = _message(event, own, sender, conversation=f"{room}/{root}", thread=root)
    if not (message.text or message.attachments or mentioned):
        return Ignored(why=Why.EMPTY)
    return Said(message=replace(message, apart=mentioned), follows=not mentioned)


def _thread(event: Json) -> str:
    """The message that this one stands below; empty for the first of a thread."""
    thread = stamp(event, "thread_ts")
    return thread if thread != event.get("ts") else ""


def _message(
    event: Json, own: Own, sender: Address, *, conversation: str, thread: str
) -> InboundMessage:
    files = attachments(event)
    text = words(event, "text")
    nothing = HELP if mentions(text, own.user) and not files else ""
    ts = words(event, "ts")
    return InboundMessage(
        id=f"{words(event, 'channel')}:{ts}",
        sender=sender,
        conversation=conversation,
        text=readable(text, own.user) or nothing,
        sent_at=instant(ts),
        attachments=files,
        shared=conversation != str(sender),
        thread=thread,
    )
