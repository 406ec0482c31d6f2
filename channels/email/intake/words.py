"""What is told to whoever runs Carrel about a mailbox."""

from __future__ import annotations


def lie_in_failed(count: int) -> str:
    """How the channel is doing once mails could not be processed; nothing of none."""
    if not count:
        return ""
    lie, them = ("1 mail lies", "it") if count == 1 else (f"{count} mails lie", "them")
    one = "it" if count == 1 else "one"
    return (
        f"{lie} in the folder Failed, which Carrel could not process: read and answer {them} "
        f"there, or move {one} back into the inbox to have that tried again. The log tells why"
    )


def not_moved(count: int) -> str:
    """How the channel is doing while mails stay in the inbox that are dealt with."""
    if not count:
        return ""
    mails = "1 mail that is" if count == 1 else f"{count} mails that are"
    return (
        f"cannot move {mails} dealt with to the folders Processed and Failed: make room in the "
        "mailbox, or give Carrel's account the right to; it is tried again every hour"
    )


def came_before(count: int) -> str:
    """How a mailbox is that held mail already when Carrel read it first; nothing of none.

    It is known by the names of user, host and folder: under another one it is another mailbox.
    """
    if not count:
        return ""
    lay = "1 mail lay" if count == 1 else f"{count:,} mails lay"
    return (
        f"{lay} in the mailbox when Carrel read it first under this name, and stay there: "
        "carrel mail import --since DATE takes them"
    )


def lie_there(count: int) -> str:
    """What lies in the inbox, for `carrel doctor`; nothing of none."""
    if not count:
        return ""
    lie = "1 mail lies" if count == 1 else f"{count:,} mails lie"
    return (
        f"; {lie} there: what came before Carrel read it first stays until carrel mail import "
        "--since DATE takes it"
    )
