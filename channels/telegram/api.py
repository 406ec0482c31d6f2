"""Where the Bot API is, as aiogram wants it told."""

from __future__ import annotations

from aiogram.client.telegram import TelegramAPIServer

from channels.telegram.access import TelegramAccess


def api(access: TelegramAccess) -> TelegramAPIServer:
    """The addresses of methods and of files."""
    base = access.api_url.replace("{", "%7B").replace("}", "%7D")  # aiogram formats what it gets
    return TelegramAPIServer.from_base(base, is_local=access.files is not None)
