"""What everything that hears or speaks on Slack works with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ports import Clock, Window
from channels.errands import Errands
from channels.slack.calls import Calls
from channels.slack.rooms import Rooms
from channels.slack.standing import SlackStanding
from channels.slack.working import Working


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """One workspace: what is asked of Carrel, of Slack, and what is left for later."""

    window: Window
    calls: Calls
    rooms: Rooms
    errands: Errands
    standing: SlackStanding
    clock: Clock
    working: Working
