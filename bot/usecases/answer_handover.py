"""Staff see the questions passed to them, take one, and reply."""

from __future__ import annotations

from datetime import datetime

from bot.domain.handover import HandedOver
from bot.domain.knowledge import Turn
from bot.domain.limits import check_words
from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.notices.happenings import ANSWERED, ASKED
from bot.domain.notices.manner import Manner, told_as
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.proving import is_of_nobody, told_at
from bot.domain.rights import Action, Relation, may
from bot.errors import NotFound, Refused
from bot.phrases import answering, linking
from bot.phrases.times import moment
from bot.ports import UnitOfWork
from bot.usecases.permit import permit, roles_of
from bot.usecases.tell import tell

LOOKED_BACK = 50  # turns of a conversation in which a question's own is looked for


def may_answer(uow: UnitOfWork, address: Address, *, now: datetime) -> bool:
    """Whether somebody is at that address who may answer questions."""
    person = uow.people.at(address)
    if person is None:
        return False
    return may(roles_of(uow, person, now=now), Action.ANSWER, Relation.OTHER)


def open_questions(
    uow: UnitOfWork, person: Person, *, limit: int, now: datetime
) -> tuple[HandedOver, ...]:
    """The questions that wait for a reply, oldest first."""
    permit(uow, person, Action.ANSWER, now=now)
    return uow.handovers.open(limit=limit)


def question(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> HandedOver:
    """The question of that number, answered or not."""
    permit(uow, person, Action.ANSWER, now=now)
    handed = uow.handovers.get(number)
    if handed is None:
        raise NotFound(f"There is no question {number}. Say: questions, for those that wait.")
    return handed


def unanswered(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> HandedOver:
    """The question of that number; `Refused` when somebody has answered it."""
    handed = question(uow, person, number, now=now)
    if not handed.open:
        raise Refused(_answered(handed, person))
    return handed


def asker_name(uow: UnitOfWork, handed: HandedOver) -> str:
    """What staff call the asker, who may have been connected since they asked."""
    known = asker_of(uow, handed)
    return known.name if known else linking.nobody_yet(handed.asker.channel, handed.asker.value)


def asker_of(uow: UnitOfWork, handed: HandedOver) -> Person | None:
    """Who asks, as far as it is known by now."""
    if handed.person_id:
        return uow.people.get(handed.person_id)
    return None if is_of_nobody(handed.conversation) else uow.people.at(handed.asker)


def told_before(uow: UnitOfWork, handed: HandedOver) -> Turn | None:
    """How the bot itself had met the question; None when it was never put to it."""
    turns = uow.conversations.recent(handed.conversation, limit=LOOKED_BACK)
    same = (t for t in reversed(turns) if t.question == handed.question and t.at <= handed.at)
    return next(same, None)


def take(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> HandedOver:
    """Notes that the person is on it, and tells the asker; `Refused` when somebody else is."""
    handed = question(uow, person, number, now=now)
    if not uow.handovers.take(number, person, at=now):
        raise _not_taken(uow.handovers.get(number) or handed, person)
    _note(uow, person, "taken", number, now=now)
    words, how = answering.taken(number, person.name), told_as(program, ANSWERED)
    _say(uow, handed, words, key=f"taken:{number}", now=now, how=how)
    return uow.handovers.get(number) or handed


def reply_to(
    uow: UnitOfWork, program: Program, person: Person, number: int, text: str, *, now: datetime
) -> HandedOver:
    """Sends the reply to the asker; `Refused` when somebody was faster."""
    handed = question(uow, person, number, now=now)
    check_words(text, "A reply")
    if not uow.handovers.answer(number, person, text, at=now):
        raise Refused(_answered(uow.handovers.get(number) or handed, person))
    _note(uow, person, "answered", number, now=now)
    replied = uow.handovers.get(number) or handed
    words, how = answering.staff_reply(replied), told_as(program, ANSWERED)
    _say(uow, replied, words, key=f"answer:{number}", now=now, how=how)
    taker = uow.people.get(handed.taken_by) if handed.taken_by else None
    if taker and taker.id != person.id:
        done = answering.done_by_other(replied)
        how = told_as(program, ASKED)
        tell(uow, taker, done, key=f"answer:{number}:taker", now=now, how=how)
    return replied


def _say(
    uow: UnitOfWork, handed: HandedOver, reply: Reply, *, key: str, now: datetime, how: Manner
) -> None:
    """Says it where the question was asked, unless the asker is told such things otherwise."""
    asker = uow.people.get(handed.person_id) if handed.person_id else None
    if asker and not _is_told_there(uow, asker, handed.asker, how, now=now):
        tell(uow, asker, reply, key=key, now=now, how=how)
        return
    message = OutboundMessage(
        key=key,
        to=handed.asker,
        conversation=told_at(handed.conversation),
        reply=reply,
        kind=how.declinable,
    )
    uow.outbox.add(message, due=now)


def _is_told_there(
    uow: UnitOfWork, asker: Person, place: Address, how: Manner, *, now: datetime
) -> bool:
    """Whether the address is still theirs, and they want it there and at once."""
    wishes = uow.wishes.of(asker)
    wanted = how.wanted(wishes, place) and not how.waits(now, wishes, asker.zone)
    return wanted and asker == uow.people.at(place)


def _note(uow: UnitOfWork, person: Person, action: str, number: int, *, now: datetime) -> None:
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action=action,
        subject=f"question:{number}",
        details={},
    )


def _not_taken(handed: HandedOver, person: Person) -> Refused:
    if not handed.open:
        return Refused(_answered(handed, person))
    number = handed.number
    if handed.taken_by == person.id:
        heads = f"answer {number}: "
        return Refused(f"You have question {number} already. Say: {heads}YOUR REPLY.", heads=heads)
    return Refused(f"{handed.taken_name} has question {number}. Say: questions, for the others.")


def _answered(handed: HandedOver, person: Person) -> str:
    who = "You" if handed.answered_by == person.id else handed.answered_name
    on = f" on {moment(handed.answered_at, person.zone)}" if handed.answered_at else ""
    return (
        f"{who} answered question {handed.number}{on}. Nothing was sent now. "
        f"Say: question {handed.number}, to read the reply."
    )
