"""How it is told that somebody else moved a candidate's dates."""

from __future__ import annotations

from datetime import date

from bot.domain.messages import Choice, Paragraph, Reply
from bot.phrases.times import told_in_full


def told_moved(old: date, new: date) -> Reply:
    """To whose subscription ends on another day than they were told before."""
    text = (
        f"The end of your subscription moved to {told_in_full(new)}. Before, it was "
        f"{told_in_full(old)}; what I told you of that day holds no more."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(Choice(label="My pace", says="pace"),))
