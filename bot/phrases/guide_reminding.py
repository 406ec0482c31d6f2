"""What can be said about reminders, and about what is told by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

IN_SHORT = "remind me next Friday about the log: read back first. reminders: those you have set."
REMINDING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reminders": (
            "remind me next Friday about the log; remind me to call Bob tomorrow at 4 pm; remind "
            "me in two weeks; remind me a month before my subscription ends to renew it. I read "
            "the time back, and keep it when you say yes.",
            "reminders; cancel reminder 2; cancel reminders 1 and 2; move reminder 2 to Monday at "
            "10; postpone reminder 2 by 2 days.",
            "set reminder 2026-12-03 09:00: TEXT, which asks nothing more.",
            "snooze, snooze 1 hour, or snooze until Monday, as a reply to what I told you; or with "
            "its name: snooze reminder-2 until Monday.",
            "done, as a reply to what I told you, or done reminder-2: I tell you no more of it.",
            "wake reminder-2: takes back what you snoozed or called done.",
        ),
    }
)
