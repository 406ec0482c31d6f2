"""Who Carrel is at Telegram, and what can be sent to it there."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST = 20 * 1024 * 1024  # bytes: https://core.telegram.org/bots/api#getfile gives no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Carrel's own account: its id, and its username without the @.

    `commands` are the names of those it has registered, such as `write_statement`: in groups a
    command without a bot's name counts only when it is one of them. Files of more than `largest`
    bytes cannot be fetched (0: any can); `elsewhere` names the other ways to send those, such as
    `on Slack`, or is empty.
    """

    id: int
    username: str
    commands: frozenset[str] = frozenset()
    largest: int = LARGEST
    elsewhere: str = ""
