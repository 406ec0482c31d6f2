"""The way of a message: claim, do the slow part, then state and replies in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.limits import LONGEST_MESSAGE
from bot.domain.messages import InboundMessage, OutboundMessage, Reply
from bot.domain.people import Candidate
from bot.domain.text import plain_message
from bot.errors import NotFound, Overtaken, Refused, StorageFailed
from bot.phrases import talk
from bot.phrases.times import in_words
from bot.ports import Claimed, UnitOfWork
from bot.usecases.answer_question import asked_before, find, intent_of
from bot.usecases.desk import Desk
from bot.usecases.report_unanswered import grouped
from bot.usecases.take_in import take_in
from bot.usecases.write_statement import writing
from handlers import answering, paragraphs, talking
from handlers.meeting import meet
from handlers.request import Prepared, Request, Unknown
from handlers.router import Routed, command, is_number

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 4
MOST_CLAIMS = 8  # also of a message whose workers were never heard of again
FIRST_WAIT = timedelta(seconds=5)
REASON = "the handler failed; the log tells why"


class LeaseLost(Exception):
    """Another worker has taken the message over; our work is rolled back."""


class Pipeline:
    """Handles messages of the inbox, one at a time. Make one for each thread."""

    def __init__(
        self, desk: Desk, transaction: Callable[[], UnitOfWork], *, lease_seconds: float
    ) -> None:
        self._desk = desk
        self._uow = transaction()
        self._lease = lease_seconds

    def receive(self, message: InboundMessage) -> bool:
        """Keeps a message; once it returns, the sender may forget it. False when it was known."""
        with self._uow as uow:
            fresh = uow.inbox.add(plain_message(message), at=self._desk.clock())
            uow.commit()
        return fresh

    def handle_one(self) -> bool:
        """Handles the next message due; false when there is none."""
        with self._uow as uow:
            claimed = uow.inbox.claim(now=self._desk.clock(), lease_seconds=self._lease)
            uow.commit()
        if claimed is None:
            return False
        ids = {"row": claimed.id, "attempt": claimed.attempts}
        try:
            if claimed.attempts > MOST_CLAIMS:  # it ended our process every time
                self._give_up(claimed)
            else:
                self._finish(claimed, self._prepare(claimed))
        except LeaseLost:
            log.warning("Lost the lease of a message", extra={"action": "lease-lost", **ids})
        except StorageFailed:
            raise  # not the message's fault: it stays claimed until its lease ends
        except Exception:
            log.exception("Could not handle a message", extra={"action": "handle-failed", **ids})
            self._put_back(claimed)
        return True

    def _prepare(self, claimed: Claimed[InboundMessage]) -> Prepared:
        """Everything slow, before the transaction; safe to do twice."""
        message = claimed.item
        if len(message.text) > LONGEST_MESSAGE:
            return Prepared()
        if message.attachments:
            keep = partial(self._keep, claimed)
            return Prepared(taken=take_in(self._desk, message, before_each=keep))
        if routed := command(message.text):
            return self._prepared_for(routed, message)
        if is_number(message.text):
            return Prepared()
        with self._uow as uow:
            person = uow.people.at(message.sender)
            candidate = uow.people.candidate(person) if person else None
            if self._is_for_a_statement(uow, message, candidate):
                return Prepared()
            history = asked_before(uow, message.conversation)
            curated = uow.curated.all()
        found = find(
            self._desk,
            message.text,
            history=history,
            personal=candidate is not None,
            curated=curated,
        )
        return Prepared(found=found, guess=intent_of(self._desk.intents, message.text, found))

    def _prepared_for(self, routed: Routed, message: InboundMessage) -> Prepared:
        """The slow part of a command; of all commands one has such a part."""
        if routed.handler is not answering.unanswered:
            return Prepared()
        with self._uow as uow:
            person = uow.people.at(message.sender)
            now = self._desk.clock()
            found = answering.to_group(uow, person, routed.args, now=now) if person else None
        return Prepared(groups=grouped(self._desk, found)) if found else Prepared()

    def _is_for_a_statement(
        self, uow: UnitOfWork, message: InboundMessage, candidate: Candidate | None
    ) -> bool:
        """Whether it will be kept as it is, so that nothing needs to be found for it."""
        open_here = writing(uow, self._desk.program, candidate, conversation=message.conversation)
        return bool(open_here) and not paragraphs.is_question(message.text)

    def _keep(self, claimed: Claimed[InboundMessage]) -> None:
        """Prolongs the lease; many files take longer than one."""
        until = self._desk.clock() + timedelta(seconds=self._lease)
        with self._uow as uow:
            if not uow.inbox.extend(claimed, until=until):
                raise LeaseLost
            uow.commit()

    def _finish(self, claimed: Claimed[InboundMessage], prepared: Prepared) -> None:
        """State, replies and `done` in one transaction; what is refused leaves only its reply."""
        try:
            self._meet(claimed, prepared)
        except Unknown:
            self._commit(
                claimed, lambda uow: talking.no_record(self._request(uow, claimed.item, prepared))
            )
        except NotFound as missing:
            reply = talk.plain(str(missing))
            self._commit(claimed, lambda _: (reply,))
        except Refused as refused:
            said = refused.said
            self._commit(claimed, lambda uow: (_refusal(uow, claimed.item, said),))

    def _meet(self, claimed: Claimed[InboundMessage], prepared: Prepared) -> None:
        """Handles it; once more when somebody was faster, by what is there then."""

        def handle(uow: UnitOfWork) -> tuple[Reply, ...]:
            return meet(self._request(uow, claimed.item, prepared))

        try:
            self._commit(claimed, handle)
        except Overtaken:
            self._commit(claimed, handle)

    def _commit(
        self,
        claimed: Claimed[InboundMessage],
        handle: Callable[[UnitOfWork], tuple[Reply, ...]],
    ) -> None:
        with self._uow as uow:
            replies = handle(uow)
            if not uow.inbox.done(claimed, at=self._desk.clock()):
                raise LeaseLost
            self._say(uow, claimed.item, replies)
            uow.commit()

    def _request(self, uow: UnitOfWork, message: InboundMessage, prepared: Prepared) -> Request:
        person = uow.people.at(message.sender)
        return Request(
            message=message,
            text=message.text,
            prepared=prepared,
            uow=uow,
            desk=self._desk,
            now=self._desk.clock(),
            person=person,
            candidate=uow.people.candidate(person) if person else None,
        )

    def _say(self, uow: UnitOfWork, message: InboundMessage, replies: tuple[Reply, ...]) -> None:
        for place, reply in enumerate(replies, start=1):
            out = OutboundMessage(
                key=f"{message.sender.channel}:{message.id}:{place}",
                to=message.sender,
                conversation=message.conversation,
                reply=reply,
            )
            uow.outbox.add(out, due=self._desk.clock())

    def _put_back(self, claimed: Claimed[InboundMessage]) -> None:
        if claimed.attempts >= MOST_ATTEMPTS:
            self._give_up(claimed)
            return
        wait = FIRST_WAIT * 2 ** (claimed.attempts - 1)
        with self._uow as uow:
            uow.inbox.retry(claimed, at=self._desk.clock() + wait, reason=REASON)
            uow.commit()

    def _give_up(self, claimed: Claimed[InboundMessage]) -> None:
        with self._uow as uow:
            if uow.inbox.give_up(claimed, at=self._desk.clock(), reason=REASON):
                self._say(uow, claimed.item, (talk.failed(),))
            uow.commit()


def _refusal(uow: UnitOfWork, message: InboundMessage, said: tuple[str | date, ...]) -> Reply:
    """What is refused, its times on the asker's clock."""
    person = uow.people.at(message.sender)
    return talk.plain(in_words(said, person.zone if person else ZoneInfo("UTC")))
