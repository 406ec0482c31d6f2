"""The addresses that a mail of Carrel's has for itself, as the window of these tests seals them."""

from __future__ import annotations

from channels.email.own_ids import REPLIED, RETURNED, mail_tag
from tests.glass import seal


def replied(receipt: str) -> str:
    """What stands behind the + where the mail of that Message-ID is replied to."""
    return mail_tag(REPLIED, receipt, seal=seal)


def returned(receipt: str) -> str:
    """What stands behind the + where it comes back to."""
    return mail_tag(RETURNED, receipt, seal=seal)
