"""Bring the staff's cards up to date with what changed: one card for each matter in each room."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.domain.appeal import Appeal
from bot.domain.handover import HandedOver
from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.submission import Submission
from bot.errors import StorageFailed
from bot.phrases import cards
from bot.ports import Mark, UnitOfWork

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """What a card shows, and whether there is something left to do about it."""

    reply: Reply
    open: bool


def announce(uow: UnitOfWork, program: Program, rooms: Sequence[Address], *, now: datetime) -> bool:
    """Puts the card of the matter that waits longest into the outbox, for each room.

    False when no matter waits. One that has ended is only told where it has a card already. Without
    rooms nothing is told; later rooms learn of a matter when it changes next.
    """
    mark = uow.announcements.take()
    if mark is None:
        return False
    card = _made(uow, program, mark) if rooms else None
    for room in rooms:
        if card and (card.open or uow.outbox.carded(mark.subject, str(room))):
            _put(uow, mark, room, card.reply, now=now)
    return True


def _made(uow: UnitOfWork, program: Program, mark: Mark) -> _Card | None:
    """The card; None for one that cannot be made, since others wait behind it."""
    kind, _, number = mark.subject.partition(":")
    try:
        if kind == "submission":
            return _of_submission(uow, program, int(number))
        return _of_question(uow, program, int(number))
    except StorageFailed:
        raise
    except Exception:
        log.exception("Could not make a card", extra={"action": "card-failed", "id": mark.subject})
        return None


def _of_submission(uow: UnitOfWork, program: Program, number: int) -> _Card:
    submission = uow.submissions.get(number)
    owner = uow.people.get(submission.person_id) if submission else None
    if submission is None or owner is None:
        return _Card(reply=cards.erased_card(), open=False)
    appeal = _appeal(uow, owner, submission) if submission.decision else None
    reply = cards.submission_card(program, submission, owner.name, appeal)
    return _Card(reply=reply, open=submission.open)


def _appeal(uow: UnitOfWork, owner: Person, submission: Submission) -> Appeal | None:
    """One that was filed; a draft is the candidate's alone."""
    filed = (appeal for appeal in uow.appeals.of(owner) if appeal.filed)
    return next((one for one in filed if one.submission_id == submission.id), None)


def _of_question(uow: UnitOfWork, program: Program, number: int) -> _Card:
    handed = uow.handovers.get(number)
    if handed is None:
        return _Card(reply=cards.erased_card(), open=False)
    reply = cards.question_card(program, handed, _asker(uow, handed))
    return _Card(reply=reply, open=handed.open)


def _asker(uow: UnitOfWork, handed: HandedOver) -> str:
    """A name; of somebody unknown the channel, since a room need not know their address."""
    known = uow.people.get(handed.person_id) if handed.person_id else None
    return known.name if known else f"somebody unknown ({handed.asker.channel})"


def _put(uow: UnitOfWork, mark: Mark, room: Address, reply: Reply, *, now: datetime) -> None:
    """Each mark is taken once, so that a key that is there already is of another change."""
    key = f"card:{mark.subject}:{room}:{mark.at.isoformat()}"
    message = OutboundMessage(
        key=key, to=room, conversation=str(room), reply=reply, card=mark.subject
    )
    same_instant = (replace(message, key=f"{key}:{place}") for place in count(2))
    while not uow.outbox.add(message, due=now):
        message = next(same_instant)
