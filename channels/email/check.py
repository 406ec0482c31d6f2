"""Whether mail can be handed in and read, for `carrel doctor`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import aiosmtplib

from channels.checked import Check
from channels.email.access import ImapAccess, SmtpAccess
from channels.email.intake import words
from channels.email.intake.faults import MailboxFailed
from channels.email.intake.mailbox import Mailbox
from channels.email.sending.faults import delivery_failed
from channels.email.sending.opening import greet

SECONDS = 10.0  # for each step
SERVER, MAILBOX, ASIDE = "mail server", "mailbox", "mail that failed"


def check(access: SmtpAccess) -> Check:
    """How the server that sends takes us in. Sends nothing; for a thread without an event loop."""
    try:
        asyncio.run(greet(access, seconds=SECONDS))
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return Check(what=SERVER, ok=False, told=str(delivery_failed(error)))
    whom = "and takes our password" if access.user else "without a password"
    return Check(what=SERVER, ok=True, told=f"{access.host}:{access.port} answers {whom}")


def check_mailbox(access: ImapAccess) -> Sequence[Check]:
    """How the mailbox lets us in, and what its server can. Moves nothing, but makes our folders."""
    try:
        box = Mailbox(access)
    except MailboxFailed as failure:
        return [Check(what=MAILBOX, ok=False, told=failure.told)]
    try:
        found = [Check(what=MAILBOX, ok=True, told=_told(box))]
        if told := words.lie_in_failed(box.failed_count()):
            found.append(Check(what=ASIDE, ok=False, told=told))
    except MailboxFailed as failure:
        return [Check(what=MAILBOX, ok=False, told=failure.told)]
    finally:
        box.close()
    return found


def _told(box: Mailbox) -> str:
    access = box.access
    news = "tells of new mail" if box.can_idle else "is asked for new mail (it has no IDLE)"
    moves = "moves mail" if box.can_move else "copies and deletes mail (it has no MOVE)"
    lie = words.lie_there(box.count)
    return (
        f"{access.folder} of {access.user} at {access.host}:{access.port}: "
        f"it {news} and {moves}{lie}"
    )
