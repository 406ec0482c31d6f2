"""What is said where others read along, when the answer itself goes elsewhere."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases.talk import plain


def elsewhere() -> Reply:
    """The answer is for the asker alone."""
    return plain("I answer you in private.")


def sent_back() -> Reply:
    """A reply to a question went to its asker."""
    return plain("Sent to whoever asked.")


def only_words() -> str:
    """To whoever sent a file below a question."""
    return (
        "What you send below a question is the reply to it, and a reply is words alone. Nothing "
        "was sent, and no file was kept. Write the reply there without a file; what belongs into "
        "your own record, send to me in private."
    )


def about_an_answer(question: str, why: str) -> str:
    """What the staff are asked when an answer was wrong that others read along with."""
    wrong = f"that is wrong: {why}" if why else "that is wrong"
    return f"{question} (It was answered where others read along, and {wrong}.)"
