"""What a mail server's refusals mean; the only place where that is decided."""

from __future__ import annotations

import re
import ssl

from aiosmtplib import errors

from bot.errors import DeliveryFailed

# Enhanced status codes (RFC 3463, 7505) by which nobody ever reads what goes to the address.
_GONE = {"5.1.1", "5.1.6", "5.1.10"}
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")

# What concerns the connection or our own account; the most special first. It is tried again even
# where the server calls it final: the operator mends it, and the message is not at fault.
_OURS: tuple[tuple[type[Exception], str], ...] = (
    (errors.SMTPAuthenticationError, "the mail server refuses user or password"),
    (errors.SMTPSenderRefused, "the mail server takes nothing from our address"),
    (errors.SMTPConnectTimeoutError, "the mail server does not answer"),
    (errors.SMTPConnectResponseError, "the mail server does not serve us"),
    (errors.SMTPConnectError, "the mail server was not reached"),
    (errors.SMTPReadTimeoutError, "the mail server does not answer"),
    (errors.SMTPTimeoutError, "the mail server does not answer"),
    (errors.SMTPServerDisconnected, "the mail server hung up"),
    (errors.SMTPHeloError, "the mail server does not serve us"),
    (ssl.SSLCertVerificationError, "the mail server's certificate is not trusted"),
    (errors.SMTPResponseException, "the mail server does not serve us"),
    (errors.SMTPException, "the mail server cannot do what is needed, such as STARTTLS"),
    (OSError, "the mail server was not reached"),
)


def delivery_failed(error: Exception) -> DeliveryFailed:
    """Whether to try again, and whether the mailbox exists; no word of the server's is kept."""
    if isinstance(error, errors.SMTPRecipientsRefused) and error.recipients:
        error = error.recipients[0]
    if isinstance(error, errors.SMTPRecipientRefused):
        return _refused("the recipient", error)
    if isinstance(error, errors.SMTPDataError):
        return _refused("the message", error)
    told = next((told for kind, told in _OURS if isinstance(error, kind)), "no mail can be sent")
    code = f" ({error.code})" if isinstance(error, errors.SMTPResponseException) else ""
    return DeliveryFailed(f"{told}{code}: check the settings of e-mail")


def _refused(what: str, error: errors.SMTPResponseException) -> DeliveryFailed:
    found = _ENHANCED.match(error.message)
    status = f" {found[1]}" if found else ""
    return DeliveryFailed(
        f"the mail server refuses {what} ({error.code}{status})",
        permanent=error.code >= 500,
        gone=what == "the recipient" and bool(found) and status.strip() in _GONE,
    )
