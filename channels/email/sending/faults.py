"""What a mail server's refusals mean; the only place where that is decided."""

from __future__ import annotations

import re
import ssl

from aiosmtplib import errors

from bot.domain.channel_state import State
from bot.errors import DeliveryFailed

# Enhanced status codes (RFC 3463, 7505) by which nobody ever reads what goes to the address.
_GONE = {"5.1.1", "5.1.6", "5.1.10"}
_FULL = "5.2.2"  # some servers call a full mailbox final: it may be emptied
_LARGE_CODE, _LARGE = 552, {"5.3.4", "5.2.3", ""}  # a full mailbox has the same code
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")

_OF_ONE_MAIL = (errors.SMTPRecipientsRefused, errors.SMTPRecipientRefused, errors.SMTPDataError)


class Unanswered(errors.SMTPException):
    """The whole mail was handed over, and nobody said whether it was taken."""


# Before these a server has seen nothing of a mail; at what comes later it may hang up every time.
_NO_MAILS_FAULT = (
    errors.SMTPAuthenticationError,
    errors.SMTPSenderRefused,
    errors.SMTPConnectError,
    errors.SMTPHeloError,
    OSError,
)

# What concerns the connection or our own account; the most special first. It is tried again even
# where the server calls it final: the operator mends it, and the message is not at fault.
_OURS: tuple[tuple[type[Exception], State, str], ...] = (
    (Unanswered, State.RECONNECTING, "did not say whether it took the mail"),
    (errors.SMTPAuthenticationError, State.TOKEN_INVALID, "refuses user or password"),
    (errors.SMTPSenderRefused, State.NOT_PERMITTED, "takes nothing from our address"),
    (errors.SMTPConnectTimeoutError, State.RECONNECTING, "does not answer"),
    (errors.SMTPConnectResponseError, State.RECONNECTING, "does not serve us"),
    (errors.SMTPConnectError, State.RECONNECTING, "was not reached"),
    (errors.SMTPReadTimeoutError, State.RECONNECTING, "does not answer"),
    (errors.SMTPTimeoutError, State.RECONNECTING, "does not answer"),
    (errors.SMTPServerDisconnected, State.RECONNECTING, "hung up"),
    (errors.SMTPHeloError, State.RECONNECTING, "does not serve us"),
    (ssl.SSLCertVerificationError, State.RECONNECTING, "shows a certificate that is not trusted"),
    (errors.SMTPResponseException, State.RECONNECTING, "does not serve us"),
    (errors.SMTPException, State.RECONNECTING, "cannot do what is needed, such as STARTTLS"),
    (OSError, State.RECONNECTING, "was not reached"),
)
# What the operator can do about it; otherwise it is where the server is.
_REMEDIES: tuple[tuple[type[Exception], str], ...] = (
    (
        errors.SMTPAuthenticationError,
        "set them in CARREL_SMTP_URL, or where it has +xoauth2 see that CARREL_MAIL_TOKEN_FILE is "
        "kept fresh",
    ),
    (errors.SMTPSenderRefused, "check CARREL_MAIL_ADDRESS, and whom CARREL_SMTP_URL logs in"),
    (
        ssl.SSLCertVerificationError,
        "name the right host in CARREL_SMTP_URL, or its authority in CARREL_CA_FILE",
    ),
)
# In these a server says that it may do later what it does not now.
_LATER = (errors.SMTPAuthenticationError, errors.SMTPSenderRefused)
_NOT_NOW = "does not serve us now"


def delivery_failed(error: Exception) -> DeliveryFailed:
    """Whether to try again, and whether the mailbox exists; no word of the server's is kept."""
    error = _single(error)
    if isinstance(error, errors.SMTPRecipientRefused):
        return _refused("the recipient", error)
    if isinstance(error, errors.SMTPDataError) or is_too_large(error):
        return _refused("the message", error)
    return DeliveryFailed(_trouble(error)[1], ours=isinstance(error, _NO_MAILS_FAULT))


def standing(error: Exception) -> tuple[State, str]:
    """How the channel is after that failure: one mail that is refused is no trouble of its own."""
    if is_of_one_mail(error):
        return State.CONNECTED, ""
    return _trouble(error)


def is_of_one_mail(error: BaseException) -> bool:
    """Whether the server refuses this mail or its recipient, and would take another."""
    ends = isinstance(error, errors.SMTPResponseException) and error.code == 421
    return not ends and (isinstance(error, _OF_ONE_MAIL) or is_too_large(error))


def is_too_large(error: BaseException) -> bool:
    """Whether the server would take a smaller mail."""
    step = isinstance(error, errors.SMTPSenderRefused | errors.SMTPDataError)
    return step and _code(error) == _LARGE_CODE and _status(error) in _LARGE


def _single(error: Exception) -> Exception:
    several = isinstance(error, errors.SMTPRecipientsRefused) and error.recipients
    return several[0] if several else error


def _trouble(error: Exception) -> tuple[State, str]:
    cause = error.__cause__
    if isinstance(error, errors.SMTPConnectError) and isinstance(cause, ssl.SSLError):
        error = cause  # the library takes it for a server that is away
    found = (row for row in _OURS if isinstance(error, row[0]))
    _, state, told = next(found, (Exception, State.RECONNECTING, "takes no mail"))
    code = f" ({error.code})" if isinstance(error, errors.SMTPResponseException) else ""
    if isinstance(error, _LATER) and 400 <= error.code < 500:
        state, told = State.RECONNECTING, _NOT_NOW
    return state, f"the mail server {told}{code}: {_todo(error)}"


def _todo(error: Exception) -> str:
    return next(
        (todo for kind, todo in _REMEDIES if isinstance(error, kind)), "check CARREL_SMTP_URL"
    )


def _refused(what: str, error: Exception) -> DeliveryFailed:
    status, code = _status(error), _code(error)
    told = f" {status}" if status else ""
    return DeliveryFailed(
        f"the mail server refuses {what} ({code}{told})",
        permanent=code >= 500 and status != _FULL,
        gone=what == "the recipient" and status in _GONE,
    )


def _code(error: BaseException) -> int:
    return error.code if isinstance(error, errors.SMTPResponseException) else 0


def _status(error: BaseException) -> str:
    """The enhanced code; empty where the server tells none."""
    message = error.message if isinstance(error, errors.SMTPResponseException) else ""
    found = _ENHANCED.match(message)
    return found[1] if found else ""
