"""What is told after `cancel`."""

from __future__ import annotations

from bot.domain.messages import Choice, Paragraph, Reply
from bot.phrases.talk import plain


def not_said(heads: str) -> Reply:
    """The words that a message waited for, behind `heads`, do not come."""
    return plain(f"Cancelled: nothing was done about \u201c{heads.strip(' :')}\u201d.")


def nothing_to_stop() -> Reply:
    """Nothing is under way; perhaps they want to be told less."""
    text = "Nothing is open here that could be stopped, and everything you sent is safe."
    less = Choice(label="Stop notices", says="notices off")
    return Reply(
        blocks=(Paragraph(text=f"{text} To be told less without asking, say: notices off."),),
        choices=(less,),
    )


def nothing_open() -> Reply:
    """Nothing is under way; what was filed stays."""
    return plain(
        "Nothing is open here that could be cancelled, and nothing was changed. To take back the "
        "last filing or move, say: undo."
    )
