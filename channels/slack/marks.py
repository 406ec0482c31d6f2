"""Names that Carrel gives to parts of what it shows, by which it knows them when they come back."""

from __future__ import annotations

CHOICES = "choices"  # of an ordinary message: replaced by what is picked
CARD = "card"  # of a message that stays: its choices stay too
HOME = "home"  # of the home page
FIELD = "field"  # of a form
ANSWER = "answer"  # the action of a field
FORM = "form"  # a modal's callback_id
FILE_MESSAGE = "file_message"  # the message shortcut's callback_id


def block_id(mark: str, *rest: object) -> str:
    """A block's id, such as `choices:5f1c:0`; Slack allows 255 characters."""
    return ":".join([mark, *map(str, rest)])


def mark_of(block_id: str) -> str:
    """The mark a block's id begins with; empty when it has none of ours."""
    mark, colon, _ = block_id.partition(":")
    return mark if colon and mark in {CHOICES, CARD, HOME, FIELD} else ""
