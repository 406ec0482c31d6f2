"""What everybody known says about reminders of their own, and about what they were told."""

from __future__ import annotations

from handlers import finishing, reminding, snoozing
from handlers.command import Command, says

REMINDING_COMMANDS: tuple[Command, ...] = (
    says(reminding.SET, reminding.keep),
    says(reminding.CANCEL, reminding.cancel),
    says(reminding.MOVE, reminding.move),
    says(reminding.LIST, reminding.overview),
    says(reminding.ANOTHER, reminding.another_time),
    says(reminding.NONE, reminding.none),
    says(reminding.REMIND, reminding.remind),
    says(snoozing.DONE, snoozing.done),
    says(snoozing.ALONE, finishing.finish),
    says(snoozing.SNOOZE, snoozing.snooze),
    says(snoozing.WAKE, snoozing.wake),
)
