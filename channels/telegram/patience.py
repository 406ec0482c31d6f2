"""How long to wait for Telegram, and how often it is told that Carrel types."""

from __future__ import annotations

from dataclasses import dataclass

from channels.patience import Patience


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramPatience(Patience):
    """In seconds too; `holding` is how long Telegram may hold back its answer while nobody speaks.

    `looking` is how often a webhook is looked after. `keeping` bounds one update on its way into
    the inbox, `giving` one file on its way to Telegram, and `sending` a whole message: all are less
    than a usual lease, after which another sender would begin. An answer that takes longer than
    `prompt` is announced: `typing` is how often, so that the line never goes out between two, and
    `answering` how long at most, since another process may have answered.
    """

    holding: float = 25.0
    looking: float = 60.0
    keeping: float = 60.0
    giving: float = 80.0
    sending: float = 100.0
    prompt: float = 0.3
    typing: float = 4.5
    answering: float = 20.0
