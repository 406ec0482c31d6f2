"""What everybody known says about reminders of their own, and about what they were told."""

from __future__ import annotations

from handlers import (
    cancelling_reminders,
    finishing,
    moving_reminders,
    reminder_answers,
    reminding,
    snoozing,
)
from handlers.command import Command, says

REMINDING_COMMANDS: tuple[Command, ...] = (
    says(reminder_answers.SET, reminding.keep),
    says(cancelling_reminders.ALL_NOW, cancelling_reminders.every),
    says(cancelling_reminders.ALL, cancelling_reminders.ask_all),
    says(cancelling_reminders.KEEP_ALL, cancelling_reminders.keep_all),
    says(cancelling_reminders.PLACED, cancelling_reminders.placed),
    says(cancelling_reminders.ABOUT, cancelling_reminders.about),
    says(cancelling_reminders.NAMED, cancelling_reminders.named),
    says(cancelling_reminders.SEVERAL, cancelling_reminders.several),
    says(cancelling_reminders.CANCEL, cancelling_reminders.cancel),
    says(moving_reminders.MOVE, moving_reminders.move),
    says(reminding.LIST, reminding.overview),
    says(reminding.ANOTHER, reminding.another_time),
    says(reminding.ANOTHER_ALONE, reminding.another_alone),
    says(reminder_answers.INSTEAD, reminding.instead),
    says(reminding.NONE, reminding.none),
    says(reminding.REMIND, reminding.remind),
    says(reminding.REMINDER, reminding.perhaps),
    says(snoozing.DONE, snoozing.done),
    says(snoozing.ALONE, finishing.finish),
    says(snoozing.SNOOZE, snoozing.snooze),
    says(snoozing.WAKE, snoozing.wake),
)
