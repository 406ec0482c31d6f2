"""Broadcasts that are sent to their end while time passes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.notices.broadcast import Broadcast
from bot.domain.people import Candidate
from bot.errors import Overtaken
from bot.usecases.enrol import Enrolment
from bot.usecases.send_broadcast import send_some, tell_ended
from tests.cast import BEA
from tests.desk import House

SECOND = timedelta(seconds=1)


def sends(house: House, *, rate: int = 20) -> bool:
    """One step of a sender; whether it did something."""
    with house.transaction() as uow:
        try:
            did = send_some(uow, house.desk.program, now=house.clock(), rate=rate)
        except Overtaken:
            return True
        uow.commit()
    return did


def all_sent(house: House, *, seconds: int = 60, rate: int = 20) -> None:
    """Lets seconds pass, in each of which a sender works and what is due leaves."""
    for _ in range(seconds):
        while sends(house, rate=rate):
            pass
        house.drain()
        house.clock.forward(SECOND)
    with house.transaction() as uow:
        tell_ended(uow, house.desk.program, now=house.clock())
        uow.commit()
    house.drain()


def crowd(house: House, count: int) -> list[Candidate]:
    """So many candidates, each with an address on the channel."""
    return [
        house.enrol(
            Enrolment(
                name=f"Cal Candidate {number}",
                email=f"cal{number}@example.org",
                time_zone="America/Chicago",
                enrolled_on=BEA.enrolled_on,
            )
        )
        for number in range(count)
    ]


def got(house: House, words: str) -> list[str]:
    """Whom anything with these words was sent to, in order, on either channel."""
    sent = (*house.channel.sent, *house.mail.sent)
    return [m.to.value for m in sent if any(words in said for said in m.reply.said)]


def stored(house: House, number: int) -> Broadcast:
    """The broadcast as it is now."""
    with house.transaction() as uow:
        found = uow.broadcasts.get(number)
    assert found is not None
    return found


def keys(house: House, prefix: str) -> Iterable[str]:
    """The keys of what was sent that begin so."""
    sent = (*house.channel.sent, *house.mail.sent)
    return [m.key for m in sent if m.key.startswith(prefix)]
