"""Why a mail cannot be read, and what to do about it."""

from __future__ import annotations

from enum import StrEnum

from bot.errors import CarrelError


class MailReason(StrEnum):
    """What a mail has too much of."""

    TOO_LARGE = "too-large"
    TOO_MANY_PARTS = "too-many-parts"
    TOO_DEEP = "nested-too-deep"
    TOO_MANY_HEADERS = "too-many-headers"
    TOO_MANY_LINES = "too-many-lines"
    BROKEN = "broken"


_ADVICE = {
    MailReason.TOO_LARGE: "It is larger than {most} MB: send the files in several mails.",
    MailReason.TOO_MANY_PARTS: "It has more than {most} parts: send the files in several mails.",
    MailReason.TOO_DEEP: "Its parts are nested more than {most} deep: send the files in a new mail "
    "instead of forwarding it.",
    MailReason.TOO_MANY_HEADERS: "It has more than {most} lines of headers: write a new mail.",
    MailReason.TOO_MANY_LINES: "It has more than {most} lines that look like the border of a part: "
    "write a new mail.",
    MailReason.BROKEN: "Its form is broken beyond reading: write a new mail.",
}


class MailRefused(CarrelError):
    """A mail that is not read. `advice` begins with `It` and says what to do next."""

    def __init__(self, reason: MailReason, *, most: int = 0) -> None:
        self.reason = reason
        self.advice = _ADVICE[reason].format(most=f"{most:,}")
        super().__init__(f"The mail cannot be read. {self.advice}")
