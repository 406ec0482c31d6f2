"""What is asked before something is done that nobody can take back."""

from __future__ import annotations

from bot.domain.messages import Choice, Paragraph, Reply

SURE = "confirm: "  # before words that are to be shown again before they count


def sure(said: str) -> Reply:
    """Shows words that were put together from a reply, and does nothing yet."""
    text = f"Nothing is done yet, and it cannot be taken back. Shall I? \u201c{said}\u201d"
    yes, no = Choice(label="Yes, do it", says=said), Choice(label="No", says="cancel")
    return Reply(blocks=(Paragraph(text=text),), choices=(yes, no))
