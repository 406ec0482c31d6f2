"""Whether a provider passes on that somebody called a mail of ours spam."""

from __future__ import annotations

import re

from channels.email.kinds import notices, report
from channels.email.mail import Mail

_JMRP = re.compile(r"complaint about message from ", re.IGNORECASE)
_REPORTERS = re.compile(
    r"staff@hotmail\.com|scomp@aol\.net|feedbackloop@.*|feedback@arf\.mail\.yahoo\.com"
)


def is_complaint(mail: Mail) -> bool:
    """By the format for it (RFC 5965), or by how large providers wrote before it, or still do."""
    return (
        report.report_type(mail) == "feedback-report"
        or _has_feedback(mail)
        or bool(mail.header("x-hmxmroriginalrecipient"))
        or bool(mail.header("x-apple-unsubscribe"))
        or _is_of_reporter(mail)
        or notices.type_of(mail) == "Complaint"
    )


def _has_feedback(mail: Mail) -> bool:
    leaf = report.leaf_of(mail, "message/feedback-report")
    return leaf is not None and (
        mail.media_type == "multipart/report" or "feedback-type" in leaf.text.lower()
    )


def _is_of_reporter(mail: Mail) -> bool:
    if not _REPORTERS.fullmatch(mail.sender[:200]):
        return False
    inside = any(one.header("x-hmxmroriginalrecipient") for one in mail.forwarded)
    return inside or bool(mail.forwarded) or bool(_JMRP.match(mail.subject))
