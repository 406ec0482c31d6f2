"""What lies in a mailbox, fetched some mails at a time: however many there are, few are here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass

from channels.email.intake.faults import Fault, MailboxFailed
from channels.email.intake.mailbox import Listed, Mailbox
from channels.email.intake.thread import OwnThread
from channels.email.reading.allowance import LARGEST_MAIL

MOST, MOST_BYTES = 50, 8_000_000  # in one parcel, unless one mail alone is larger


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A mail that is here: `raw` as it came, or its header alone where it is not `whole`.

    None where the server does not give it.
    """

    listed: Listed
    raw: bytes | None
    whole: bool = True


Parcel = tuple[Fetched, ...]


class Parcels:
    """Takes what is listed in parcels; for the mailbox's thread."""

    def __init__(self, box: Mailbox, listed: Iterator[Listed]) -> None:
        self._box = box
        self._listed = listed
        self._left: Listed | None = None

    def next(self) -> Parcel | None:
        """The next one, which may be empty where somebody took the mails away; None at the end."""
        listed = self._some()
        if not listed:
            return None
        if listed[0].size > LARGEST_MAIL:
            return self._header(listed[0])
        raws = self._raws([one.uid for one in listed])
        return tuple(Fetched(listed=one, raw=raws[one.uid]) for one in listed if one.uid in raws)

    def _some(self) -> list[Listed]:
        some: list[Listed] = []
        size = 0
        while one := self._left or next(self._listed, None):
            self._left = one
            size += one.size
            if some and (size > MOST_BYTES or len(some) == MOST):
                break
            some.append(one)
            self._left = None
        return some

    def _header(self, listed: Listed) -> Parcel:
        """The beginning of what is too large, unless somebody took it away meanwhile."""
        try:
            header = self._box.header(listed.uid) or None
        except MailboxFailed as failed:
            _must_be_a_refusal(failed)
            header = None
        if header is None and not self._box.has(listed.uid):
            return ()
        return (Fetched(listed=listed, raw=header, whole=False),)

    def _raws(self, uids: list[int]) -> Mapping[int, bytes | None]:
        """The mails; None where the server gives none that is there all the same."""
        try:
            return self._given(uids)
        except MailboxFailed as failed:
            _must_be_a_refusal(failed)
        return {uid: raw for one in uids for uid, raw in self._alone(one).items()}

    def _alone(self, uid: int) -> Mapping[int, bytes | None]:
        try:
            return self._given([uid])
        except MailboxFailed as failed:
            _must_be_a_refusal(failed)
            return {uid: None} if self._box.has(uid) else {}

    def _given(self, uids: list[int]) -> Mapping[int, bytes | None]:
        raws = self._box.raws(uids)
        return raws | {uid: None for uid in uids if uid not in raws and self._box.has(uid)}


def _must_be_a_refusal(failed: MailboxFailed) -> None:
    """Raises it where the connection is gone."""
    if failed.fault is not Fault.TROUBLED:
        raise failed


async def ahead(thread: OwnThread, parcels: Parcels) -> AsyncGenerator[Parcel, None]:
    """Each parcel; while one is dealt with the next is fetched."""
    coming: asyncio.Future[Parcel | None] = thread.do(parcels.next)
    while (parcel := await coming) is not None:
        coming = thread.do(parcels.next)
        coming.add_done_callback(_looked_at)
        yield parcel


def _looked_at(coming: asyncio.Future[Parcel | None]) -> None:
    """What fails is told by whoever waits for it; nobody may wait any more."""
    if not coming.cancelled():
        coming.exception()
