"""Whether Carrel can show its cards in the staff's group."""

from __future__ import annotations

from aiogram.methods import GetChat, GetChatMember

from channels.checked import Check, failed
from channels.json_values import Json
from channels.telegram.calls import Calls
from channels.telegram.codes import Kind
from channels.telegram.faults import CallFailed

NETWORK = (
    "Telegram cannot be reached from here: check the network, the proxy settings and whether"
    " CARREL_TELEGRAM_API_URL is right, then try again."
)
NOT_THERE = (
    "Telegram does not show it to the bot: see whether the ID is right, and put the bot into the"
    " group (the group's name, Add, the bot's name)."
)
MUTE = (
    "The bot may not write there: allow its members to send messages (the group's name, Edit,"
    " Permissions), or make the bot an administrator."
)


async def room_is_open(calls: Calls, staff_chat: str, bot: int) -> Check:
    """Whether the bot is in the group and may write; `staff_chat` is its id, or ID#TOPIC."""
    what = f"Telegram's group {staff_chat.replace('#', '/')}"  # as people write it
    chat, _, topic = staff_chat.partition("#")
    try:
        place = await calls.call(GetChat(chat_id=int(chat)))
        member = await calls.call(GetChatMember(chat_id=int(chat), user_id=bot))
    except CallFailed as failure:
        return _closed(what, failure)
    wrong = _wrong(place, member, topic)
    return Check(what=what, ok=not wrong, told=wrong or f"Carrel is in {place.get('title')}.")


def _wrong(place: Json, member: Json, topic: str) -> str:
    """What keeps it from writing there; empty when nothing does."""
    if place.get("type") not in {"group", "supergroup"}:
        return "It is no group: put the bot into a group of the staff's, and give the group's ID."
    if member.get("status") in {"left", "kicked"}:
        return NOT_THERE
    if topic and not place.get("is_forum"):
        return "It has no topics: leave out what follows its ID, or switch topics on for the group."
    return "" if _may_write(place, member) else MUTE


def _may_write(place: Json, member: Json) -> bool:
    """Administrators always may; others as the group says, and as was said of them."""
    if member.get("status") in {"administrator", "creator"}:
        return True
    allowed = place.get("permissions") or {}
    own = member if member.get("status") == "restricted" else allowed
    return bool(allowed.get("can_send_messages", True) and own.get("can_send_messages", True))


def _closed(what: str, failure: CallFailed) -> Check:
    if failure.kind is Kind.HERE:
        return Check(what=what, ok=False, told=NOT_THERE)
    if failure.kind is Kind.MOVED:
        told = f"It has become a supergroup: set CARREL_TELEGRAM_STAFF_CHAT={failure.moved_to}."
        return Check(what=what, ok=False, told=told)
    return failed(what, failure, away=NETWORK)
