"""How Carrel gets at its bot of Telegram, and which servers it trusts with that."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path

from channels.certificates import certificates
from channels.telegram.own import LARGEST

TELEGRAM_API = "https://api.telegram.org/"
MEGABYTE = 1024 * 1024  # as Telegram counts
# What a bot may send: https://core.telegram.org/bots/api#sending-files
LARGEST_SENT = 50 * MEGABYTE
LARGEST_SENT_LOCALLY = 2_000 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramAccess:
    """Secrets of one bot of Telegram; they are never shown, not even by `repr`.

    With a `webhook_secret` Telegram calls Carrel, at `public_url` (the whole address of the
    webhook); without it Carrel asks Telegram (polling). `api_url` is the Bot API; `files` the
    folder of one's own Bot API server in local mode, as it is seen from here. `elsewhere` says
    where larger files can be given, like "on Slack". `ca` is a file of certificates to trust in
    place of the system's. `aside` is the folder for what people say and Carrel can never keep.
    """

    token: str = field(repr=False)
    webhook_secret: str = field(default="", repr=False)
    api_url: str = TELEGRAM_API
    public_url: str = ""
    files: Path | None = None
    elsewhere: str = ""
    ca: Path | None = None
    aside: Path | None = None

    @property
    def is_called(self) -> bool:
        """Whether Telegram calls Carrel; otherwise Carrel asks."""
        return bool(self.webhook_secret and self.public_url)

    @property
    def largest_fetched(self) -> int:
        """Bytes of the largest file that Telegram hands out; 0 in local mode, where it is any."""
        return 0 if self.files else LARGEST

    @property
    def largest_sent(self) -> int:
        """Bytes of the largest file that Telegram takes."""
        return LARGEST_SENT_LOCALLY if self.files else LARGEST_SENT

    def certificates(self) -> ssl.SSLContext | bool:
        """What Telegram's certificates are held against; True stands for the system's own.

        Raises `ConfigurationError` when the file cannot be used.
        """
        return certificates(self.ca) if self.ca else True
