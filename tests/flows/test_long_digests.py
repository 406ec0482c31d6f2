"""A digest of very many things tells some in words, counts what a command lists, and loses none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Paragraph, Reply
from bot.domain.notices.happenings import ASKED, OUTCOMES
from bot.domain.notices.situation import Gathered
from bot.domain.rights import Role
from bot.errors import DeliveryFailed
from tests.cast import SAL
from tests.desk import House

MANY = 300


@pytest.fixture
def digested(house: House) -> House:
    """A Carrel where Sal, of the staff, has one message a day."""
    house.appoint(*SAL, Role.STAFF)
    house.say(SAL[1], "digest daily")
    return house


def happened(house: House, kind: str, count: int) -> None:
    """So many things of that kind wait for Sal's digest."""
    with house.transaction() as uow:
        sal = uow.people.find(SAL[1])
        assert sal
        for number in range(1, count + 1):
            reply = Reply(blocks=(Paragraph(text=f"<{kind} {number}>"),))
            key = f"{kind}:{number:04}:{sal.id}"
            at = house.clock()
            uow.gathered.add(Gathered(key=key, person_id=sal.id, kind=kind, at=at, reply=reply))
        uow.looks.stir((sal.id,))
        uow.commit()


def next_day(house: House) -> list[str]:
    """What Sal is told on the next day."""
    before = len(house.heard(SAL[1]))
    house.clock.forward(timedelta(days=1))
    house.sweep()
    return house.heard(SAL[1])[before:]


def test_what_a_command_lists_is_counted_beyond_twenty(digested: House) -> None:
    happened(digested, ASKED, MANY)
    (told,) = next_day(digested)

    assert "<question-asked 20>" in told
    assert "<question-asked 21>" not in told
    assert "And 280 more:" in told
    assert "280: questions that are passed to the staff. Say: questions." in told
    assert next_day(digested) == []


def test_what_nothing_lists_is_told_in_the_next_ones(digested: House) -> None:
    happened(digested, OUTCOMES, 45)
    told = [*next_day(digested), *next_day(digested), *next_day(digested)]

    assert [one.count("<outcomes") for one in told] == [20, 20, 5]
    assert next_day(digested) == []


def test_what_hangs_counts_the_same_when_it_is_sent(digested: House) -> None:
    happened(digested, OUTCOMES, 10)
    happened(digested, ASKED, MANY)
    digested.channel.failures = [DeliveryFailed("away", ours=True)]
    assert next_day(digested) == []
    digested.clock.forward(timedelta(hours=1))
    digested.sweep()
    told = digested.heard(SAL[1])[-1]

    assert told.count("<outcomes") == 10
    assert told.count("<question-asked") == 10
    assert "290: questions" in told
