"""Reads a mailbox for as long as Carrel is served."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.channel_state import State
from bot.errors import CarrelError, ConfigurationError
from bot.ports import Clock, Mailboxes, MailboxPlace
from channels.email.access import ImapAccess
from channels.email.intake import words
from channels.email.intake.connection import Connection, connected
from channels.email.intake.faults import Fault, MailboxFailed
from channels.email.intake.mailbox import Listed, Mailbox
from channels.email.intake.settling import Settling
from channels.email.intake.taken import Outcome
from channels.email.intake.taking import Taking
from channels.email.intake.waiting import Waiting
from channels.email.standing import Sides
from channels.patience import Patience

log = logging.getLogger(__name__)
MOST_IDLE_FAULTS = 3  # in a row, after which the server is asked for news instead
MOST_IN_VAIN = 3  # parcels in a row of which nothing could be kept: what keeps it is away


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPatience(Patience):
    """In seconds too: `polling` is how often a server is asked that does not tell of news itself.

    `idling` is after how long one that does is asked all the same: whether it is still there, and
    whether it forgot to tell (RFC 2177 wants less than half an hour).
    """

    mending: float = 120.0
    polling: float = 30.0
    idling: float = 240.0


PATIENCE = MailPatience()


class Listening:
    """Takes what is new in one mailbox, in its order, until cancelled.

    What came before the mailbox was seen first stays untouched. Trouble is told and outlasted.
    """

    def __init__(
        self,
        access: ImapAccess,
        places: Mailboxes,
        sides: Sides,
        *,
        clock: Clock,
        patience: MailPatience = PATIENCE,
    ) -> None:
        self._access = access
        self._places = places
        self._sides = sides
        self._clock = clock
        self._patience = patience
        self._idle_faults = 0
        self._failures = 0
        self._settling = Settling(clock=clock)
        self._older = 0  # mails that lay in a mailbox when it was seen first

    async def run(self, taking: Taking) -> None:
        """Until cancelled."""
        while True:
            try:
                async with connected(self._access) as connection:
                    await self._rounds(connection, taking)
            except MailboxFailed as failure:
                await self._outlast(failure)
            except ConfigurationError as error:  # such as the file of certificates
                await self._outlast_setting(error)
            except CarrelError as error:  # the database is away
                self._failures += 1
                extra = {"action": "mailbox-waits", "error": type(error).__name__}
                log.warning("Mail waits in the mailbox", extra=extra)
                await asyncio.sleep(self._patience.pause(self._failures))

    async def _outlast_setting(self, error: ConfigurationError) -> None:
        """Nobody but whoever runs Carrel can mend it; they may without starting it anew."""
        self._failures += 1
        log.error("The mailbox is not read: %s", error, extra={"action": "mailbox-misconfigured"})
        self._sides.mailbox(State.NOT_PERMITTED, str(error))
        await asyncio.sleep(self._patience.mending)

    async def _outlast(self, failure: MailboxFailed) -> None:
        extra = {"action": "mailbox-failed", "error": str(failure)}
        log.warning("The mailbox is not read: %s", failure.told, extra=extra)
        if (failure.method, failure.fault) == ("idle", Fault.UNABLE):
            self._idle_faults += 1
            return
        self._failures += 1
        self._sides.mailbox(failure.state, failure.told)
        await asyncio.sleep(self._patience.after(self._failures, failure))

    async def _rounds(self, connection: Connection, taking: Taking) -> None:
        place, since = await self._place(connection.box)
        self._settling.begin(connection.box.uidvalidity)
        taking.waiting.begin(connection.box.uidvalidity)
        while True:
            await self._tell(connection)
            await self._settling.again(connection)
            place, whole = await self._sweep(connection, taking, place, since=since)
            if whole:
                since, self._failures = None, 0
            else:
                self._failures += 1
            await self._tell(connection)
            await self._rest(connection)

    async def _tell(self, connection: Connection) -> None:
        failed = await connection.do(Mailbox.failed_count)
        told = (self._settling.told, words.lie_in_failed(failed), words.came_before(self._older))
        self._sides.mailbox(State.CONNECTED, "; ".join(filter(None, told)))

    async def _place(self, box: Mailbox) -> tuple[MailboxPlace, datetime | None]:
        """Where to go on, and where numbers tell nothing any more, since when to look again."""
        name = self._access.name
        known = await asyncio.to_thread(self._places.place, name)
        if known is None:
            # The server tells whole seconds of when it got a mail.
            now = self._clock().replace(microsecond=0)
            known = MailboxPlace(uidvalidity=box.uidvalidity, next_uid=box.uid_next, since=now)
            await asyncio.to_thread(self._places.keep, name, known)
            self._older = box.count
            if self._older:
                extra = {"action": "mailbox-new", "older": self._older}
                log.warning(
                    "A mailbox is read first: %s", words.came_before(box.count), extra=extra
                )
        elif known.uidvalidity != box.uidvalidity or known.next_uid > box.uid_next:
            extra = {"action": "mailbox-renumbered"}
            log.warning("The mailbox has new numbers: it is looked through again", extra=extra)
            return replace(known, uidvalidity=box.uidvalidity, next_uid=1), known.since
        return known, None

    async def _sweep(
        self,
        connection: Connection,
        taking: Taking,
        place: MailboxPlace,
        *,
        since: datetime | None,
    ) -> tuple[MailboxPlace, bool]:
        """Takes what there is; how far that went, and whether to the end."""
        first, waiting = place.next_uid, taking.waiting
        again: list[int] = []
        behind: set[str] = set()
        in_vain = 0
        listed = connection.parcels(
            lambda box: filter(self._is_wanted(waiting), box.listed(first, since=since))
        )
        async with aclosing(listed) as parcels:
            async for parcel in parcels:
                taken = await taking.take(parcel, behind=behind)
                await self._settling.settle(connection, taken)
                again += taken.uids(Outcome.AGAIN)
                last = max((one.listed.uid for one in parcel), default=0)
                left = (*again, *(uid for uid in waiting.uids() if uid >= first))
                next_uid = min(left, default=max(place.next_uid, last + 1))
                place = await self._kept(place, next_uid, sure=since is None)
                in_vain = in_vain + 1 if taken.away else 0
                if in_vain == MOST_IN_VAIN:
                    break
        whole = not again and not waiting.uids()
        if since is not None and whole:  # what came before that instant has lower numbers
            next_uid = max(place.next_uid, connection.box.uid_next)
            place = await self._kept(place, next_uid, sure=True)
        return place, whole

    def _is_wanted(self, waiting: Waiting) -> Callable[[Listed], bool]:
        """Neither dealt with nor to be looked at later."""
        has = self._settling.has
        return lambda one: not has(one.uid) and not waiting.holds(one.uid)

    async def _kept(self, place: MailboxPlace, next_uid: int, *, sure: bool) -> MailboxPlace:
        """The place from there on; it is remembered where nothing before it can be new."""
        self._settling.forget(below=next_uid)
        reached = replace(place, next_uid=next_uid)
        if sure and reached != place:
            await asyncio.to_thread(self._places.keep, self._access.name, reached)
        return reached

    async def _rest(self, connection: Connection) -> None:
        """Until there is news, as far as the server tells, or something is to be tried again."""
        again = self._patience.pause(self._failures)
        if self._idle_faults >= MOST_IDLE_FAULTS or not await connection.do(_can_idle):
            await connection.do(lambda box: box.sleep(again or self._patience.polling))
            return
        await connection.do(lambda box: box.wait(again or self._patience.idling))
        self._idle_faults = 0


def _can_idle(box: Mailbox) -> bool:
    return box.can_idle
