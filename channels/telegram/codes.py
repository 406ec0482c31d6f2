"""What Telegram's refusals mean, by their text; pure.

Telegram names most of them by words alone. They are those of its own server's code, which is public
(https://github.com/tdlib/telegram-bot-api, Client.cpp, and https://github.com/tdlib/td beneath it);
those in capitals come from further inside (https://core.telegram.org/api/errors). The rest are on
https://github.com/TelegramBotAPI/errors and https://github.com/vrumger/telegram-errors, which were
collected from bots at work.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What it means for whoever called."""

    GONE = "gone"  # nobody is there who could be written to
    UNTRUSTED = "untrusted"  # Telegram does not take the token
    LIMITED = "limited"  # too many calls
    CONFLICT = "conflict"  # another process hears what is said to the bot
    NO_RIGHT = "no-right"  # Telegram closed the bot itself
    FOREIGN = "foreign"  # the token is of another bot
    HERE = "here"  # this one room or person is closed to Carrel; others are not
    MOVED = "moved"  # the group has another id now
    UNCHANGED = "unchanged"  # an edit to what was there already
    UNEDITABLE = "uneditable"  # the message is not there, or too old to be edited
    LATE = "late"  # a press that nobody waits for any more
    PASSING = "passing"  # Telegram or the network is in trouble: it passes
    USELESS = "useless"  # the same call will never be taken


# Our own codes
ANOTHER_BOT = "another bot"
UNREACHABLE = "unreachable"  # nothing came back
TOO_SLOW = "too slow"  # nothing came back in time, which may be this call's fault
SERVER_ERROR = "server error"
BAD_ANSWER = "no answer of Telegram's"  # a page of something in between
UNREADABLE = "unreadable answer"  # it is Telegram's, and of a kind that was not known here
AWAY = frozenset({UNREACHABLE, TOO_SLOW, SERVER_ERROR, BAD_ANSWER})
TOO_BIG = "file is too big"
WEBHOOK_IS_SET = "webhook is active"
WEBHOOK_CAME = (
    "terminated by setwebhook"  # the end of a poll, of which the next hears the one above
)
WEBHOOK_AGAIN = "terminated by other setwebhook"
LOGGED_OUT = "logged out"

# Part of a refusal's text in small letters, and its kind; the first that is found counts. The part
# is also what is told of it: the text around it may hold ids and people's words.
TEXTS: tuple[tuple[str, Kind], ...] = (
    ("can't parse entities", Kind.USELESS),  # the first, since what follows it is ours to choose
    # Client.cpp, check_chat_access and fail_query_with_error: people
    ("bot was blocked by the user", Kind.GONE),
    ("user is deactivated", Kind.GONE),
    ("private chat not found", Kind.GONE),
    ("can't initiate conversation", Kind.GONE),  # with a user who never began one
    ("can't send messages to bots", Kind.GONE),
    ("can't send messages to the bot", Kind.GONE),  # the same, as newer servers say it
    # Client.cpp, check_chat_access: groups
    ("bot was kicked from the", Kind.HERE),
    ("bot is not a member of the", Kind.HERE),
    ("the group chat was deleted", Kind.HERE),
    ("group is deactivated", Kind.HERE),
    # MessagesManager.cpp, DialogManager.cpp: what a group lets its members do
    ("not enough rights to send", Kind.HERE),
    ("have no rights to send a message", Kind.HERE),
    ("have no write access to the chat", Kind.HERE),
    ("need administrator rights in the", Kind.HERE),
    ("chat_admin_required", Kind.HERE),
    ("chat_guest_send_forbidden", Kind.HERE),
    ("chat_restricted", Kind.HERE),
    ("chat_send_", Kind.HERE),  # CHAT_SEND_PLAIN_FORBIDDEN and its like
    ("chat_write_forbidden", Kind.HERE),
    ("channel_private", Kind.HERE),
    ("user_banned_in_channel", Kind.HERE),
    # Client.cpp, check_message_topic: topics of forums
    ("topic_closed", Kind.HERE),
    ("topic_deleted", Kind.HERE),
    ("topic closed", Kind.HERE),
    ("message thread not found", Kind.HERE),
    # Client.cpp, fail_query_with_error and check_message: edits and presses
    ("message is not modified", Kind.UNCHANGED),
    ("message to edit not found", Kind.UNEDITABLE),
    ("message can't be edited", Kind.UNEDITABLE),
    ("in the message to edit", Kind.UNEDITABLE),  # there is no text, or no caption
    ("message_id_invalid", Kind.UNEDITABLE),
    ("message_edit_time_expired", Kind.UNEDITABLE),
    ("query is too old", Kind.LATE),
    # Client.cpp, abort_long_poll, do_get_updates and get_closing_error: the bot itself
    ("other getupdates request", Kind.CONFLICT),
    ("terminated by other long poll", Kind.CONFLICT),
    (WEBHOOK_IS_SET, Kind.CONFLICT),
    (WEBHOOK_CAME, Kind.CONFLICT),
    (WEBHOOK_AGAIN, Kind.CONFLICT),
    (LOGGED_OUT, Kind.UNTRUSTED),
    ("unallowed token", Kind.UNTRUSTED),  # ClientManager.cpp: an own server for some bots only
    ("frozen_", Kind.NO_RIGHT),
    ("too many requests", Kind.LIMITED),
    ("flood_wait", Kind.LIMITED),
    ("slowmode_wait", Kind.LIMITED),
    # Client.cpp, do_get_file, check_remote_file_id and on_update_file: files
    (TOO_BIG, Kind.USELESS),
    ("file is temporarily unavailable", Kind.PASSING),
    ("wrong file_id", Kind.USELESS),
    ("invalid file_id", Kind.USELESS),
    ("wrong remote file", Kind.USELESS),
    ("wrong file identifier", Kind.USELESS),
    # Ours to mend: named, so that whoever runs Carrel can tell it
    ("method not found", Kind.USELESS),  # an own server that is older than Carrel
    ("message is too long", Kind.USELESS),
    ("caption is too long", Kind.USELESS),
    ("message text is empty", Kind.USELESS),
    ("text must be non-empty", Kind.USELESS),
    ("reply markup is too long", Kind.USELESS),
    ("message to be replied not found", Kind.USELESS),
    ("request entity too large", Kind.USELESS),
    ("sent message was immediately deleted", Kind.PASSING),
    # Of a person and of a group
    ("chat not found", Kind.GONE),
    ("peer_id_invalid", Kind.GONE),
)
NAMED = re.compile(r"[A-Za-z ]{0,40}: ([A-Z][A-Z0-9_]{2,60})")


def known(text: str) -> tuple[str, Kind] | None:
    """The code and kind of a refusal; None when its text is not known."""
    low = text.lower()
    return next(((part, kind) for part, kind in TEXTS if part in low), None)


def named(text: str) -> str:
    """Telegram's name in capitals when the text is nothing else; it holds nobody's words."""
    found = NAMED.fullmatch(text)
    return found[1] if found else ""
