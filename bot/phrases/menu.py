"""The commands that a channel's menu offers to whoever opens it."""

from __future__ import annotations

from bot.domain.messages import Choice
from bot.domain.program import Program

LONGEST = 99  # characters of what a command does, as a menu tells it


def commands(program: Program) -> tuple[Choice, ...]:
    """What candidates want most, first; `says` is the command, `label` what it does."""
    record, statement = program.words.record_short, program.words.statement
    return (
        _command("next", "The one thing to do next, and why"),
        _command("progress", "How far you are, in words and as a picture"),
        _command("missing", "What is still needed"),
        _command("files", f"What stands in your {record}, and where"),
        _command("cancel", "Stops what is under way, and changes nothing that was filed"),
        _command("undo", "Takes back the last filing or move"),
        _command("write statement", f"Write your {statement}, message by message"),
        _command("ready", "What is still to be done before you can submit"),
        _command("submissions", "What you submitted, and how it stands"),
        _command("requests", "What more is wanted of you"),
        _command("pace", "Whether your time will do"),
        _command("reminders", "What you asked me to remind you of"),
        _command("ask staff", "Ask a person of the staff"),
        _command("connect", "Tell me who you are, or see where you are connected"),
        _command("help", "Everything you can say"),
    )


def _command(name: str, does: str) -> Choice:
    return Choice(label=does if len(does) <= LONGEST else f"{does[: LONGEST - 1]}\u2026", says=name)
