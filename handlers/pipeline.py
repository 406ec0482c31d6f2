"""The way of a message: claim, do the slow part, then state and replies in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain.messages import InboundMessage, OutboundMessage, Reply
from bot.errors import NotFound, Refused
from bot.phrases import answers, talk
from bot.ports import Claimed, UnitOfWork
from bot.usecases.answer_question import asked_before, find, intent_of
from bot.usecases.desk import Desk
from bot.usecases.take_in import take_in
from handlers import filing
from handlers.request import Handler, Prepared, Request, Unknown
from handlers.router import Routed, by_intent, command, is_number, picked

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 4
FIRST_WAIT = timedelta(seconds=5)


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
            fresh = uow.inbox.add(message, at=self._desk.clock())
            uow.commit()
        return fresh

    def handle_one(self) -> bool:
        """Handles the next message due; false when there is none."""
        with self._uow as uow:
            claimed = uow.inbox.claim(now=self._desk.clock(), lease_seconds=self._lease)
            uow.commit()
        if claimed is None:
            return False
        try:
            self._finish(claimed, self._prepare(claimed.item))
        except LeaseLost:
            log.warning("Lost the lease of a message", extra={"action": "lease-lost"})
        except Exception:
            log.exception("Could not handle a message", extra={"action": "handle-failed"})
            self._put_back(claimed)
        return True

    def _prepare(self, message: InboundMessage) -> Prepared:
        """Everything slow, before the transaction; safe to do twice."""
        if message.attachments:
            return Prepared(taken=take_in(self._desk, message))
        if command(message.text) or is_number(message.text):
            return Prepared()
        with self._uow as uow:
            person = uow.people.at(message.sender)
            personal = person is not None and uow.people.candidate(person) is not None
            history = asked_before(uow, message.conversation)
        found = find(self._desk, message.text, history=history, personal=personal)
        return Prepared(found=found, guess=intent_of(self._desk.intents, message.text, found))

    def _finish(self, claimed: Claimed[InboundMessage], prepared: Prepared) -> None:
        message, now = claimed.item, self._desk.clock()
        with self._uow as uow:
            person = uow.people.at(message.sender)
            request = Request(
                message=message,
                text=message.text,
                prepared=prepared,
                uow=uow,
                desk=self._desk,
                now=now,
                person=person,
                candidate=uow.people.candidate(person) if person else None,
            )
            replies = respond(request)
            if not uow.inbox.done(claimed, at=now):
                raise LeaseLost
            self._say(uow, message, replies)
            uow.commit()

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
        now = self._desk.clock()
        reason = "the handler failed; the log tells why"
        with self._uow as uow:
            if claimed.attempts < MOST_ATTEMPTS:
                wait = FIRST_WAIT * 2 ** (claimed.attempts - 1)
                uow.inbox.retry(claimed, at=now + wait, reason=reason)
            elif uow.inbox.give_up(claimed, at=now, reason=reason):
                self._say(uow, claimed.item, (talk.failed(),))
            uow.commit()


def respond(request: Request) -> tuple[Reply, ...]:
    """The replies to a message; what the rules refuse is said, not raised."""
    try:
        return _handle(request)
    except Unknown:
        return (answers.no_record(request.desk.program),)
    except (NotFound, Refused) as refused:
        return (talk.plain(str(refused)),)


def _handle(request: Request) -> tuple[Reply, ...]:
    if request.message.attachments:
        return filing.take(request)
    routed = command(request.text)
    if routed:
        return _with(request, request.text, routed)
    choice = picked(request.text, request.uow.outbox.last_choices(request.message.conversation))
    if choice is None and is_number(request.text):
        return (talk.stale_choice(),)
    text = choice.says if choice else request.text
    return _with(request, text, command(text) or Routed(handler=_free(request), args={}))


def _free(request: Request) -> Handler:
    return by_intent(request.prepared.guess)


def _with(request: Request, text: str, routed: Routed) -> tuple[Reply, ...]:
    return routed.handler(replace(request, text=text, args=routed.args))
