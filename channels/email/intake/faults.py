"""What a mailbox's refusals mean; the only place where that is decided."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError, ProtocolError

from bot.domain.channel_state import State
from bot.errors import CarrelError, DeliveryFailed
from channels.failure import Failure

# Response codes by which a server says that it may be otherwise soon: RFC 5530, section 3.
_SOON = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|OVERQUOTA)\b", re.IGNORECASE)


class Fault(Enum):
    """What is wrong: how the channel is then, and what a person can do."""

    REFUSED = (
        State.TOKEN_INVALID,
        (
            "the mailbox's server refuses user or password: set CARREL_IMAP_URL, or where it has "
            "+xoauth2 see that CARREL_MAIL_TOKEN_FILE is kept fresh"
        ),
    )
    NO_TOKEN = (
        State.TOKEN_INVALID,
        ("the file of CARREL_MAIL_TOKEN_FILE holds no access token that can be read"),
    )
    NO_FOLDER = (
        State.NOT_PERMITTED,
        ("the mailbox has no such folder: let CARREL_IMAP_URL end in one that is there"),
    )
    NO_PLACE = (
        State.NOT_PERMITTED,
        (
            "the folders Processed and Failed cannot be made in the mailbox: make them, or give "
            "Carrel's account the right to"
        ),
    )
    NOT_MOVED = (
        State.NOT_PERMITTED,
        (
            "mails cannot be moved to the folders Processed and Failed: make room in the mailbox, "
            "or give Carrel's account the right to"
        ),
    )
    READ_ONLY = (
        State.NOT_PERMITTED,
        ("the mailbox can be read only: give Carrel's account the right to mark and move mail"),
    )
    UNTRUSTED = (
        State.RECONNECTING,
        (
            "the mailbox's server shows a certificate that is not trusted: name the right host in "
            "CARREL_IMAP_URL, or its authority in CARREL_CA_FILE"
        ),
    )
    UNABLE = (
        State.RECONNECTING,
        ("the mailbox's server cannot do what is needed, such as STARTTLS: check CARREL_IMAP_URL"),
    )
    AWAY = State.RECONNECTING, "the mailbox's server is not reached"
    TROUBLED = State.RECONNECTING, "the mailbox's server does not do what it is asked"


class MailboxFailed(Failure):
    """Something did not work at the mailbox; no word of the server's is kept."""

    vendor = "the mailbox"

    def __init__(self, step: str, fault: Fault) -> None:
        passes = fault in {Fault.AWAY, Fault.TROUBLED, Fault.UNTRUSTED}
        super().__init__(step, fault.name.lower(), passes=passes)
        self.fault = fault

    @property
    def state(self) -> State:
        """How the channel is doing then."""
        return self.fault.value[0]

    @property
    def told(self) -> str:
        """What a person can do about it."""
        return self.fault.value[1]

    def delivery(self) -> DeliveryFailed:
        """Nothing is sent there; for whoever takes every failure alike."""
        return DeliveryFailed(self.told, ours=True)


@contextmanager
def translated(step: str, *, refused: Fault = Fault.TROUBLED) -> Iterator[None]:
    """Makes what the library raises a `MailboxFailed`; `refused` is what the server's No means.

    The library may stumble in any way over what is no answer of a mailbox's server.
    """
    try:
        yield
    except CarrelError:
        raise
    except Exception as error:
        raise MailboxFailed(step, _fault(error, refused)) from error


def is_refusal(error: Exception) -> bool:
    """Whether the server said No, and the connection goes on."""
    # The library takes a connection that breaks at a login for a refusal of it.
    cause = error.__context__ if isinstance(error, LoginError) else error
    gone = isinstance(cause, (imaplib.IMAP4.abort, ProtocolError))
    return isinstance(error, IMAPClientError) and not gone


def _fault(error: Exception, refused: Fault) -> Fault:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Fault.UNTRUSTED
    if isinstance(error, CapabilityError):
        return Fault.UNABLE
    if isinstance(error, imaplib.IMAP4.readonly):
        return Fault.READ_ONLY
    if not is_refusal(error):
        return Fault.AWAY
    return Fault.TROUBLED if _SOON.search(str(error)) else refused
