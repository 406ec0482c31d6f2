"""Pass a question to staff, with a number, and what its asker says since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.handover import HandedOver
from bot.domain.limits import MOST_OF_NOBODY, MOST_QUESTIONS, check_count, check_words
from bot.domain.messages import Address
from bot.domain.notices.happenings import ASKED
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.rights import STAFF
from bot.errors import NotFound
from bot.knowledge.search import leans
from bot.phrases import answering, linking
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.tell import singly, tell, tell_all

TOLD = STAFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks and where; `person` is None when nobody knows the address.

    Unless it is `proved`, anybody may have asked it in the name of that address.
    """

    address: Address
    conversation: str
    person: Person | None
    proved: bool = True

    @property
    def name(self) -> str:
        """What staff call the asker."""
        channel, value = self.address.channel, self.address.value
        return self.person.name if self.person else linking.nobody_yet(channel, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A question's number, whether it was passed on just now, and whether anybody was told."""

    number: int
    new: bool
    told: bool


def hand_over(
    uow: UnitOfWork, desk: Desk, asker: Asker, question: str, *, words: str = "", now: datetime
) -> Passed:
    """Keeps the question until staff have replied, and tells them at once.

    The same question of the same asker again, while it waits, is the same hand-over; `words` are
    added to it either way.
    """
    check_words(question, "A question to the staff")
    check_words(words, "What you add")
    _check_waiting(uow, asker)
    at = (asker.address, asker.conversation)
    handed = uow.handovers.add(*at, question, person=asker.person, at=now)
    told = bool(desk.rooms) or bool(uow.roles.holders(TOLD))
    if not handed.new:
        if words:
            add_words(uow, desk, handed.number, words, now=now)
        return Passed(number=handed.number, new=False, told=told)
    if words:
        uow.handovers.add_words(handed.number, words, at=now)
    uow.trail.append(
        at=now,
        actor=f"person:{asker.person.id}" if asker.person else "stranger",
        action="handed-over",
        subject=f"question:{handed.number}",
        details={},
    )
    said = answering.asked(
        handed.number,
        asker.name,
        question,
        words,
        unknown="" if asker.person else linking.how_staff_connect(asker.address.channel),
    )
    people = singly(uow, desk, TOLD, but=[asker.person.id] if asker.person else ())
    how = told_as(desk.program, ASKED)
    tell_all(uow, people, said, key=f"question:{handed.number}", now=now, how=how)
    return Passed(number=handed.number, new=True, told=told)


def _check_waiting(uow: UnitOfWork, asker: Asker) -> None:
    """`Refused` when so many questions wait already that more would bury them."""
    check_count(
        uow.handovers.waiting(asker.address, person=asker.person),
        MOST_QUESTIONS,
        f"{MOST_QUESTIONS} of your questions wait for the staff already; more can follow when they "
        "have replied.",
    )
    if not asker.proved:
        check_count(
            uow.handovers.waiting_of_nobody(asker.address.channel),
            MOST_OF_NOBODY,
            f"{MOST_OF_NOBODY} questions whose sender nobody can be sure of wait for the staff "
            "already. Ask once they have replied, or from an address that I know: say connect.",
        )


def flag(uow: UnitOfWork, desk: Desk, asker: Asker, why: str, *, now: datetime) -> Passed:
    """Passes on the last question of the conversation, whose answer was wrong."""
    turns = uow.conversations.recent(asker.conversation, limit=1)
    if not turns:
        raise NotFound(
            "I have not answered anything here yet. Ask a question, or say: ask staff: QUESTION."
        )
    words = f"The answer is wrong: {why}" if why else "The answer is wrong."
    return hand_over(uow, desk, asker, turns[0].question, words=words, now=now)


def add_words(
    uow: UnitOfWork, desk: Desk, number: int, words: str, *, now: datetime
) -> HandedOver | None:
    """Adds words to a question and tells who is on it, or else all who were told of it."""
    uow.handovers.add_words(number, words, at=now)
    handed = uow.handovers.get(number)
    if handed is None:
        return None
    said = answering.more_words(handed, words)
    key, how = f"question:{number}:words:{len(handed.more)}", told_as(desk.program, ASKED)
    taker = uow.people.get(handed.taken_by) if handed.taken_by else None
    if taker:
        tell(uow, taker, said, key=key, now=now, how=how)
    else:
        people = singly(uow, desk, TOLD, but=[handed.person_id or 0])
        tell_all(uow, people, said, key=key, now=now, how=how)
    return handed


def followed_up(uow: UnitOfWork, conversation: str, text: str) -> HandedOver | None:
    """The waiting question of the conversation that these words lean on, if they do.

    They do when nothing else was asked between it and them.
    """
    handed = uow.handovers.open_in(conversation) if leans(text) else None
    if handed is None:
        return None
    turns = uow.conversations.recent(conversation, limit=1)
    between = turns and turns[0].at > handed.at and turns[0].question not in handed.more
    return None if between else handed


def resume(uow: UnitOfWork, conversation: str, *, now: datetime) -> HandedOver | None:
    """Lets the bot answer there again; the question that a person stays on, if there is one."""
    handed = uow.handovers.taken_in(conversation)
    uow.handovers.resume(conversation, at=now)
    return handed
