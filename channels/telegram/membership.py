"""Carrel is put into groups, and people block it; pure.

https://core.telegram.org/bots/api#chatmemberupdated
"""

from __future__ import annotations

from datetime import datetime

from channels.json_values import Json, part
from channels.telegram.heard import Added, Gone, Heard, Ignored, Why
from channels.telegram.own import Own
from channels.telegram.payload import address, kind
from channels.telegram.where import chat_of, is_private

_INSIDE = frozenset({"creator", "administrator", "member"})


def membership(change: Json, _: Own, __: datetime) -> Heard:
    """What an update of the kind `my_chat_member` means."""
    chat = chat_of(change)
    old, new = part(change, "old_chat_member"), part(change, "new_chat_member")
    status = kind(new.get("status"))
    if not chat or not status:
        return Ignored(why=Why.MALFORMED, detail="my_chat_member")
    if is_private(change):
        return Gone(user=address(chat)) if status == "kicked" else _nothing(status)
    in_group = part(change, "chat").get("type") != "channel"
    return Added(chat=chat) if in_group and _inside(new) and not _inside(old) else _nothing(status)


def _inside(member: Json) -> bool:
    status = member.get("status")
    if status == "restricted":
        return member.get("is_member") is True
    return isinstance(status, str) and status in _INSIDE


def _nothing(status: str) -> Ignored:
    return Ignored(why=Why.SYSTEM, detail=status)
