"""Marks and moves mails in an open mailbox; for its thread."""

from __future__ import annotations

from collections.abc import Sequence

from imapclient import IMAPClient

from channels.email.intake.faults import Fault, MailboxFailed, is_refusal, translated

MOST_REFUSED = 3  # mails one after the other, before the rest are taken for refused too
_SEEN, _DELETED = b"\\Seen", b"\\Deleted"


def mark(client: IMAPClient, uids: Sequence[int]) -> None:
    """Marks them as read. Where that is refused, moving may not be."""
    try:
        with translated("store"):
            client.add_flags(uids, [_SEEN], silent=True)
    except MailboxFailed as failed:
        if failed.fault is not Fault.TROUBLED:
            raise


def move(client: IMAPClient, uids: Sequence[int], folder: str, *, copied: set[int]) -> list[int]:
    """Those of the mails that the server refused to move; `copied` is as in `Mailbox.settle`."""
    if not uids or _was_moved(client, uids, folder, copied=copied):
        return []
    with translated("move"):
        client.noop()
        left = sorted(client.search(["UID", ",".join(map(str, uids))]))
    # What is gone meanwhile is no trouble, and one that cannot be moved keeps no other here.
    refused: list[int] = []
    for at, uid in enumerate(left):
        if not _was_moved(client, [uid], folder, copied=copied):
            refused.append(uid)
        if len(refused) == at + 1 == MOST_REFUSED:
            return left
    return refused


def _was_moved(client: IMAPClient, uids: Sequence[int], folder: str, *, copied: set[int]) -> bool:
    """Whether the server did not refuse it."""
    with translated("move"):
        try:
            _moved(client, uids, folder, copied=copied)
        except Exception as error:
            if not is_refusal(error):
                raise
            return False
    return True


def _moved(client: IMAPClient, uids: Sequence[int], folder: str, *, copied: set[int]) -> None:
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    if fresh := [uid for uid in uids if uid not in copied]:
        client.copy(fresh, folder)
        copied.update(fresh)
    client.add_flags(uids, [_DELETED], silent=True)
    if client.has_capability("UIDPLUS"):  # else what others have deleted would go too
        client.uid_expunge(uids)
    copied.difference_update(uids)
