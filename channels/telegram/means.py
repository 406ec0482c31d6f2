"""What everything that hears or speaks on Telegram works with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ports import Clock, Limits, Turns, Window
from channels.errands import Errands
from channels.telegram.calls import Calls
from channels.telegram.patience import Patience
from channels.telegram.standing import TelegramStanding
from channels.telegram.telling import Telling
from channels.telegram.working import Working


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """One bot: what is asked of Carrel, of Telegram, and what is left for later."""

    window: Window
    calls: Calls
    errands: Errands
    standing: TelegramStanding
    clock: Clock
    turns: Turns
    limits: Limits
    patience: Patience
    working: Working
    telling: Telling
