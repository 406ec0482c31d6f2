"""What is drawn for Telegram -> calls of the Bot API; no call is made here."""

from __future__ import annotations

from pathlib import Path

from aiogram.methods import EditMessageText, SendDocument, SendMessage, SendPhoto
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    FSInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)

from channels.telegram.place import Place
from channels.telegram.render import Post

HTML = "HTML"
PICTURE = "progress.png"


def message(post: Post, at: Place) -> SendMessage:
    """A new message."""
    return SendMessage(
        chat_id=at.chat,
        message_thread_id=at.topic or None,
        text=post.html,
        parse_mode=HTML,
        link_preview_options=_no_preview(),
        reply_parameters=_reply(at.below),
        reply_markup=_buttons(post) or _awaiting(post),
    )


def plain_message(words: str, at: Place) -> SendMessage:
    """A new message of words without marks."""
    return SendMessage(
        chat_id=at.chat,
        message_thread_id=at.topic or None,
        text=words,
        link_preview_options=_no_preview(),
        reply_parameters=_reply(at.below),
    )


def changed(post: Post, chat: int, older: int) -> EditMessageText:
    """An older message says this from now on."""
    return EditMessageText(
        chat_id=chat,
        message_id=older,
        text=post.html,
        parse_mode=HTML,
        link_preview_options=_no_preview(),
        reply_markup=_buttons(post),
    )


def photo(png: bytes, caption: str, at: Place) -> SendPhoto:
    """A picture with words without marks below it."""
    return SendPhoto(
        chat_id=at.chat,
        message_thread_id=at.topic or None,
        photo=BufferedInputFile(png, PICTURE),
        caption=caption,
        reply_parameters=_reply(at.below),
    )


def document(path: Path, name: str, at: Place) -> SendDocument:
    """A file, which is read while it is sent."""
    return SendDocument(
        chat_id=at.chat,
        message_thread_id=at.topic or None,
        document=FSInputFile(path, filename=" ".join(name.split())),
        reply_parameters=_reply(at.below),
    )


def _reply(post: int) -> ReplyParameters | None:
    """Below a message, if that is there still."""
    if not post:
        return None
    return ReplyParameters(message_id=post, allow_sending_without_reply=True)


def _buttons(post: Post) -> InlineKeyboardMarkup | None:
    rows = [
        [
            InlineKeyboardButton(
                text=button.label, callback_data=button.data or None, url=button.url or None
            )
            for button in row
        ]
        for row in post.keyboard
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _awaiting(post: Post) -> ForceReply | None:
    """Lets what is typed next reply to the message."""
    if not post.awaits:
        return None
    return ForceReply(force_reply=True, input_field_placeholder=post.awaits)


def _no_preview() -> LinkPreviewOptions:
    return LinkPreviewOptions(is_disabled=True)
