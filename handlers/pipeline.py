"""The way of a message: claim, do the slow part, then state and replies in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from bot.domain.messages import InboundMessage, OutboundMessage, Reply
from bot.domain.proving import is_proved, told_at
from bot.errors import NotFound, Overtaken, Refused, StorageFailed, Unfetched
from bot.phrases import talk
from bot.ports import Claimed, UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.identify import speaker
from bot.usecases.people_in import Uncounted
from bot.usecases.receive_message import receive_message
from handlers import holding, talking
from handlers.answering_mail import answer
from handlers.often import Often
from handlers.preparing import Preparing, Work
from handlers.request import Handler, NotMine, Request, Unknown
from handlers.setbacks import late, refusal
from handlers.taking_up import TakenUp, TakingUp

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 4
MOST_FETCHES = 6  # of the files of a message, over about three minutes
MOST_CLAIMS = 8  # also of a message whose workers were never heard of again
FIRST_WAIT = timedelta(seconds=5)
REASON = "the handler failed; the log tells why"


class LeaseLost(Exception):
    """Another worker has taken the message over; our work is rolled back."""


class Pipeline:
    """Handles messages of the inbox, one at a time. Make one for each thread."""

    def __init__(
        self,
        desk: Desk,
        transaction: Callable[[], UnitOfWork],
        *,
        lease_seconds: float,
        channels: Sequence[str] | None = None,
        hourly: Mapping[str, int] | None = None,
    ) -> None:
        """`channels` are those whose messages it handles; all of them when none are named.

        `hourly` is how many answers a person gets within an hour, by the channel's name.
        """
        self._desk = desk
        self._uow = transaction()
        self._lease = lease_seconds
        self._often = Often(hourly=hourly or {})
        self._taking_up = TakingUp(
            uow=self._uow,
            clock=desk.clock,
            lease_seconds=lease_seconds,
            channels=channels,
        )

    def receive(self, message: InboundMessage) -> bool:
        """Keeps a message; once it returns, the sender may forget it. False when it was known."""
        with self._uow as uow:
            fresh = receive_message(uow, message, now=self._desk.clock())
            uow.commit()
        return fresh

    def handle_one(self) -> bool:
        """Handles the next message due; false when there is none."""
        found = self._taking_up.next()
        if found is None:
            return False
        claimed = found.claimed
        ids = {"row": claimed.id, "attempt": claimed.attempts}
        try:
            if claimed.attempts > MOST_CLAIMS:  # it ended our process every time
                self._give_up(claimed)
            else:
                self._finish(found)
        except LeaseLost:
            log.warning("Lost the lease of a message", extra={"action": "lease-lost", **ids})
        except Unfetched as later:
            self._fetch_later(claimed, later)
        except StorageFailed:
            raise  # not the message's fault: it stays claimed until its lease ends
        except Exception:
            log.exception("Could not handle a message", extra={"action": "handle-failed", **ids})
            self._put_back(claimed)
        return True

    def _preparing(self, claimed: Claimed[InboundMessage]) -> Preparing:
        """Everything slow, before the transaction; safe to do twice."""
        return Preparing(
            desk=self._desk,
            uow=self._uow,
            keep=partial(self._keep, claimed),
            last=claimed.attempts >= MOST_FETCHES,
        )

    def _keep(self, claimed: Claimed[InboundMessage]) -> None:
        """Prolongs the lease; many files take longer than one."""
        until = self._desk.clock() + timedelta(seconds=self._lease)
        with self._uow as uow:
            if not uow.inbox.extend(claimed, until=until):
                raise LeaseLost
            uow.commit()

    def _finish(self, found: TakenUp) -> None:
        claimed, message = found.claimed, found.message
        if message is None:
            self._put_back(claimed)
            return
        preparing = self._preparing(claimed)
        work = preparing.work(message, claimed.item)
        try:
            self._handle(claimed, work)
        except NotMine:  # what looked like a command, and stands for itself
            self._handle(claimed, preparing.free_text(message))
        except Uncounted as uncounted:  # to count many people takes long
            self._handle(claimed, preparing.counted(work, uncounted))

    def _handle(self, claimed: Claimed[InboundMessage], work: Work) -> None:
        """State, replies and `done` in one transaction; what is refused leaves only its reply."""
        place = work.place
        try:
            self._meet(claimed, work)
        except Unknown:
            own = is_proved(place.message)
            handle = talking.no_record if own else partial(holding.hold, original=claimed.item)
            self._commit(claimed, work, handle, told=place.refused)
        except NotFound as missing:
            reply = talk.plain(str(missing))
            self._commit(claimed, work, lambda _: (reply,), told=place.refused)
        except Refused as refused:
            self._commit(claimed, work, partial(refusal, refused=refused), told=place.refused)

    def _meet(self, claimed: Claimed[InboundMessage], work: Work) -> None:
        """Handles it; once more when somebody was faster, by what is there then."""
        handle, told = work.place.handle, work.place.done
        try:
            self._commit(claimed, work, handle, told=told)
        except Overtaken:
            self._commit(claimed, work, handle, told=told)

    def _commit(
        self, claimed: Claimed[InboundMessage], work: Work, handle: Handler, *, told: Reply | None
    ) -> None:
        """`told` is said where the message came from, when it was handled elsewhere."""
        message = work.place.message
        with self._uow as uow:
            replies = handle(self._request(uow, work))
            replies = self._often.fitted(uow, message, replies, now=self._desk.clock())
            if not uow.inbox.done(claimed, at=self._desk.clock()):
                raise LeaseLost
            if message.envelope and not is_proved(message):
                uow.held_mails.let_go(message.envelope.sha256)  # nobody asks for the whole again
            self._say(uow, message, replies)
            if told:
                self._say(uow, claimed.item, (told,), first=len(replies) + 1)
            uow.commit()

    def _request(self, uow: UnitOfWork, work: Work) -> Request:
        message = work.place.message
        person = speaker(uow, message)
        return Request(
            message=message,
            text=message.text,
            prepared=work.prepared,
            uow=uow,
            desk=self._desk,
            now=self._desk.clock(),
            person=person,
            candidate=uow.people.candidate(person) if person else None,
            apart=work.place.apart,
            often=self._often,
        )

    def _say(
        self,
        uow: UnitOfWork,
        message: InboundMessage,
        replies: tuple[Reply, ...],
        *,
        first: int = 1,
    ) -> None:
        """Says it where the message was said, below what it stands below."""
        for place, reply in enumerate(replies, start=first):
            out = OutboundMessage(
                key=f"{message.sender.channel}:{message.id}:{place}",
                to=message.sender,
                conversation=told_at(message.conversation),
                thread=message.thread,
                reply=reply,
                subject=message.envelope.subject if message.envelope else "",
            )
            answer(uow, out, of=message, often=self._often, now=self._desk.clock())

    def _fetch_later(self, claimed: Claimed[InboundMessage], later: Unfetched) -> None:
        """Tries again; that others of the conversation wait so long is said once."""
        asked = timedelta(seconds=later.retry_after or 0)
        wait = max(_wait(claimed), asked)
        then = f"it is tried again in {wait.total_seconds():.0f} seconds"
        extra = {"action": "fetch-failed", "row": claimed.id, "attempt": claimed.attempts}
        log.warning("Could not fetch a file, %s: %s", then, later, extra=extra)
        told = late(claimed.item, later) if later.file else None  # else another process has it
        self._retry(claimed, wait=wait, reason=str(later), told=told)

    def _put_back(self, claimed: Claimed[InboundMessage]) -> None:
        if claimed.attempts >= MOST_ATTEMPTS:
            self._give_up(claimed)
        else:
            self._retry(claimed, wait=_wait(claimed), reason=REASON)

    def _retry(
        self,
        claimed: Claimed[InboundMessage],
        *,
        wait: timedelta,
        reason: str,
        told: OutboundMessage | None = None,
    ) -> None:
        with self._uow as uow:
            now = self._desk.clock()
            if uow.inbox.retry(claimed, at=now + wait, reason=reason) and told:
                self._often.say(uow, told, of=claimed.item, now=now)
            uow.commit()

    def _give_up(self, claimed: Claimed[InboundMessage]) -> None:
        with self._uow as uow:
            if uow.inbox.give_up(claimed, at=self._desk.clock(), reason=REASON):
                self._say(uow, claimed.item, (talk.failed(),))
                uow.commit()


def _wait(claimed: Claimed[InboundMessage]) -> timedelta:
    """How long to wait before another try; longer every time."""
    doubled: timedelta = FIRST_WAIT * 2 ** (claimed.attempts - 1)
    return doubled
