"""What is told to whoever runs Carrel about a mailbox."""

from __future__ import annotations


def lie_in_failed(count: int) -> str:
    """How the channel is doing once mails could not be processed; nothing of none."""
    if not count:
        return ""
    lie = "1 mail lies" if count == 1 else f"{count} mails lie"
    return (
        f"{lie} in the folder Failed, which Carrel could not process: read and answer them there, "
        "or move one back into the inbox to have it tried again. The log tells why"
    )
