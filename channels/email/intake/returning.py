"""A mail of Carrel's came back: notes from whom."""

from __future__ import annotations

import logging

from bot.domain.messages import Address
from channels.email.intake.said import NAME
from channels.email.intake.taken import Notes
from channels.email.intake.understanding import Returned
from channels.email.kinds.kind import Failure

log = logging.getLogger(__name__)


def note_returned(notes: Notes, returned: Returned) -> None:
    """Notes it of every address that the bounce names.

    Whose mail is forwarded comes back by an address that nobody knows: then it is noted of whoever
    the mail was sent to, by what only its return address tells. What is only late is not noted.
    """
    failures = [one for one in returned.failures if not one.delayed]
    known = [_note(notes, returned, one) for one in failures]
    if failures and not any(known) and returned.tag:
        hard = all(one.hard for one in failures)
        whoever = Failure(address="", hard=hard, why=_why(failures[0]))
        known = [_bounced(notes, whoever, returned.tag)]
    extra = {"action": "mail-returned", "noted": any(known)}
    log.info("A mail came back", extra=extra)


def _note(notes: Notes, returned: Returned, failure: Failure) -> bool:
    if not failure.address:
        return False
    return any(_bounced(notes, failure, receipt) for receipt in returned.receipts)


def _bounced(notes: Notes, failure: Failure, receipt: str) -> bool:
    address = Address(channel=NAME, value=failure.address)
    return notes.bounced(address, receipt=receipt, hard=failure.hard, why=_why(failure))


def _why(failure: Failure) -> str:
    """The status first; words are somebody else's."""
    return failure.status or failure.why
