"""What everything that hears or speaks on Telegram works with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ports import Clock, Turns, Window
from channels.errands import Errands
from channels.standing import Standing
from channels.telegram.calls import Calls
from channels.telegram.patience import TelegramPatience
from channels.telegram.telling import Telling
from channels.telegram.working import Working


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """One bot: what is asked of Carrel, of Telegram, and what is left for later."""

    window: Window
    calls: Calls
    errands: Errands
    standing: Standing
    clock: Clock
    turns: Turns
    patience: TelegramPatience
    working: Working
    telling: Telling
