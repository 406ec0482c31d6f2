"""Bring the staff's cards up to date with what changed: one card for each matter in each room."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from bot.domain.appeal import Appeal
from bot.domain.messages import ON_RECORD, Address, OutboundMessage, Reply
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.submission import Submission
from bot.errors import StorageFailed
from bot.phrases import cards
from bot.ports import Change, UnitOfWork
from bot.usecases.answer_handover import asker_of
from bot.usecases.identify import with_email
from bot.usecases.tell import reached_at
from bot.usecases.unreached import CARD, unreached_person

log = logging.getLogger(__name__)
REST = timedelta(hours=1)  # before a room that took no card is asked to take it again


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """What a card shows, and whether there is something left to do about it."""

    reply: Reply
    open: bool


def announce(uow: UnitOfWork, program: Program, rooms: Sequence[Address], *, now: datetime) -> bool:
    """Puts the card of the matter that waits longest into the outbox, for each room.

    False when no matter waits. One that has ended is only told where it has a card already. Without
    rooms none is told and all wait, once each however often they change: the first room there is
    hears of every one that is open then. A room that was moved is told where it is now. By mail,
    where a card cannot be drawn anew, it comes again once something else can be done about it.
    """
    change = uow.announcements.take() if rooms else None
    if change is None:
        return False
    card = _made(uow, program, change, now=now)
    for room in rooms:
        place = uow.channels.place_of(room)
        told = card and (card.open or _carded(uow, change, (room, place)))
        if card and told and _is_worth_it(uow, change, place, card):
            _put(uow, change, place, card.reply, now=now)
    return True


def _carded(uow: UnitOfWork, change: Change, places: Sequence[Address]) -> bool:
    """Whether a room was told of it, where it is now or where it was before the vendor moved it."""
    return any(uow.outbox.carded(change.subject, str(place)) for place in places)


def _is_worth_it(uow: UnitOfWork, change: Change, place: Address, card: _Card) -> bool:
    """Not another mail for each claim and each rating."""
    if place.channel != ON_RECORD or not change.subject.startswith("submission:"):
        return True
    last = uow.outbox.receipt_of(change.subject, str(place))
    before = uow.outbox.said_at(str(place), last) if last else None
    return not card.open or before is None or _to_decide(before.reply) != _to_decide(card.reply)


def _to_decide(reply: Reply) -> bool:
    return any(choice.says.startswith("decide ") for choice in reply.choices)


def _made(uow: UnitOfWork, program: Program, change: Change, *, now: datetime) -> _Card | None:
    """The card; None for one that cannot be made, since others wait behind it."""
    kind, _, number = change.subject.partition(":")
    try:
        if kind == "submission":
            return _of_submission(uow, program, int(number), now=now)
        if kind == CARD:
            return _of_reach(uow, program, int(number), now=now)
        return _of_question(uow, program, int(number))
    except StorageFailed:
        raise
    except Exception:
        log.exception(
            "Could not make a card", extra={"action": "card-failed", "id": change.subject}
        )
        return None


def _of_submission(uow: UnitOfWork, program: Program, number: int, *, now: datetime) -> _Card:
    submission = uow.submissions.get(number)
    owner = uow.people.get(submission.person_id) if submission else None
    if submission is None or owner is None:
        return _Card(reply=cards.erased_card(), open=False)
    appeal = _appeal(uow, owner, submission) if submission.decision else None
    late = cards.late_words(program, submission, owner, now=now)
    reply = cards.submission_card(program, submission, owner.name, appeal, late=late)
    return _Card(reply=reply, open=submission.open)


def _appeal(uow: UnitOfWork, owner: Person, submission: Submission) -> Appeal | None:
    """One that was filed; a draft is the candidate's alone."""
    filed = (appeal for appeal in uow.appeals.of(owner) if appeal.filed)
    return next((one for one in filed if one.submission_id == submission.id), None)


def _of_question(uow: UnitOfWork, program: Program, number: int) -> _Card:
    handed = uow.handovers.get(number)
    if handed is None:
        return _Card(reply=cards.erased_card(), open=False)
    asker = asker_of(uow, handed)
    reply = cards.question_card(program, handed, asker.name if asker else "")
    return _Card(reply=reply, open=handed.open)


def _of_reach(uow: UnitOfWork, program: Program, number: int, *, now: datetime) -> _Card:
    """Whether anything reaches somebody; of those whom it always did no room has a card."""
    person = uow.people.get(number)
    if person is None or with_email(uow, person.email) is None:
        return _Card(reply=cards.erased_card(), open=False)
    lost = unreached_person(uow, person, now=now)
    to = reached_at(uow, person, now=now)
    return _Card(reply=cards.reach_card(program, person, lost, to=to), open=lost is not None)


def _put(uow: UnitOfWork, change: Change, room: Address, reply: Reply, *, now: datetime) -> None:
    """Each change is taken once, so that a key that is there already is of another one."""
    due = _due(uow, change, room, now=now)
    key = f"card:{change.subject}:{room}:{change.at.isoformat()}"
    message = OutboundMessage(
        key=key, to=room, conversation=str(room), reply=reply, card=change.subject
    )
    same_instant = (replace(message, key=f"{key}:{place}") for place in count(2))
    while not uow.outbox.add(message, due=due):
        message = next(same_instant)


def _due(uow: UnitOfWork, change: Change, room: Address, *, now: datetime) -> datetime:
    """Later when nothing changed since the card was given up there: what failed may be mended."""
    given_up = uow.outbox.given_up_at(change.subject, str(room))
    return now if given_up is None or given_up < change.at else max(now, given_up + REST)
