"""What a mail server's refusals mean; the only place where that is decided."""

from __future__ import annotations

import re
import ssl

from aiosmtplib import errors

from bot.domain.channel_state import State
from bot.errors import DeliveryFailed

# Enhanced status codes (RFC 3463, 7505) by which nobody ever reads what goes to the address.
_GONE = {"5.1.1", "5.1.6", "5.1.10"}
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")

_OF_ONE_MAIL = (errors.SMTPRecipientsRefused, errors.SMTPRecipientRefused, errors.SMTPDataError)

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


def delivery_failed(error: Exception) -> DeliveryFailed:
    """Whether to try again, and whether the mailbox exists; no word of the server's is kept."""
    if isinstance(error, errors.SMTPRecipientsRefused) and error.recipients:
        error = error.recipients[0]
    if isinstance(error, errors.SMTPRecipientRefused):
        return _refused("the recipient", error)
    if isinstance(error, errors.SMTPDataError):
        return _refused("the message", error)
    return DeliveryFailed(_trouble(error)[1], ours=isinstance(error, _NO_MAILS_FAULT))


def standing(error: Exception) -> tuple[State, str]:
    """How the channel is after that failure: one mail that is refused is no trouble of its own."""
    if isinstance(error, _OF_ONE_MAIL):
        return State.CONNECTED, ""
    return _trouble(error)


def _trouble(error: Exception) -> tuple[State, str]:
    found = (row for row in _OURS if isinstance(error, row[0]))
    _, state, told = next(found, (Exception, State.RECONNECTING, "takes no mail"))
    code = f" ({error.code})" if isinstance(error, errors.SMTPResponseException) else ""
    return state, f"the mail server {told}{code}: check the settings of e-mail"


def _refused(what: str, error: errors.SMTPResponseException) -> DeliveryFailed:
    found = _ENHANCED.match(error.message)
    status = f" {found[1]}" if found else ""
    return DeliveryFailed(
        f"the mail server refuses {what} ({error.code}{status})",
        permanent=error.code >= 500,
        gone=what == "the recipient" and bool(found) and status.strip() in _GONE,
    )
