"""Notices of Amazon's mail service about a mail, which it sends as JSON in the text of a mail."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from channels.email.kinds import hardness
from channels.email.kinds.kind import Failure
from channels.email.mail import Mail

LONGEST = 200_000  # characters
MOST = 50  # addresses
_SENDER = re.compile(r"[^@]{1,64}@(?:[a-z0-9-]{1,30}\.)*amazonaws\.com")

Notice = Mapping[str, Any]


def notice(mail: Mail) -> Notice | None:
    """The notice that the mail is; None when it is none.

    Its `notificationType` is `Bounce`, `Complaint` or another.
    """
    if not _SENDER.fullmatch(mail.sender):
        return None
    found = _object(mail.text)
    inner = found.get("Message")
    found = _object(inner) if isinstance(inner, str) else found
    return found if isinstance(found.get("notificationType"), str) else None


def type_of(mail: Mail) -> str:
    """What the notice in the mail is of, such as `Bounce`; empty where there is none."""
    found = notice(mail)
    return str(found["notificationType"]) if found else ""


def failures(found: Notice) -> Iterator[Failure]:
    """The addresses that a notice of a bounce names."""
    bounce = _mapping(found.get("bounce"))
    passing = bounce.get("bounceType") == "Transient"
    recipients = bounce.get("bouncedRecipients")
    for each in (recipients if isinstance(recipients, list) else [])[:MOST]:
        one = _mapping(each)
        why = str(one.get("diagnosticCode", ""))[:2_000]
        status = hardness.status_of(str(one.get("status", ""))[:50], why)
        if address := str(one.get("emailAddress", ""))[:320].strip("<> ").lower():
            hard = not passing and hardness.is_hard(status=status, words=why)
            yield Failure(address=address, hard=hard, status=status, why=why[:120])


def message_id(found: Notice) -> str:
    """The Message-ID of the mail that the notice is of, as far as it tells; else empty."""
    common = _mapping(_mapping(found.get("mail")).get("commonHeaders"))
    return str(common.get("messageId", ""))[:250].strip("<> ")


def _object(text: str) -> Notice:
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text[:LONGEST].lstrip())
    except (ValueError, RecursionError):
        return {}
    return _mapping(found)


def _mapping(value: object) -> Notice:
    return value if isinstance(value, dict) else {}
