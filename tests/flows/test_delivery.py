"""What becomes of an answer that the channel does not take."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.messages import Address
from bot.errors import DeliveryFailed
from bot.ports import UnitOfWork
from bot.usecases.lose_address import lose_address
from channels.markup import plain_text
from scheduler.dispatcher import Dispatcher
from scheduler.retry import MOST_ATTEMPTS
from tests.cast import ADA, BEA, DOT
from tests.desk import LEASE, House

GONE = DeliveryFailed("the account was switched off", permanent=True, gone=True)
BUSY = "the vendor is busy"


def told(house: House) -> list[str]:
    """Every answer that arrived, as text."""
    return [plain_text(message.reply) for message in house.channel.sent]


def later(house: House, **by: float) -> None:
    """Lets time pass and does what is due then."""
    house.clock.forward(timedelta(**by))
    house.drain()


def outbox(house: House) -> dict[str, int]:
    """How many answers are in each state, states without any left out."""
    with house.transaction() as uow:
        return {state: count for state, count in uow.outbox.counts().items() if count}


def losing(house: House) -> Dispatcher:
    """A dispatcher that lets addresses go."""

    def lost(uow: UnitOfWork, address: Address, why: str, now: datetime) -> bool:
        return lose_address(uow, address, why=why, now=now)

    return Dispatcher(
        {house.channel.name: house.channel, house.mail.name: house.mail},
        house.transaction,
        clock=house.clock,
        lease_seconds=LEASE,
        lost=lost,
    )


def test_an_answer_that_was_not_taken_is_sent_again_later(home: House) -> None:
    home.channel.failures = [DeliveryFailed(BUSY)]
    assert home.say(ADA.email, "thanks") == ""

    later(home, seconds=9)
    assert told(home) == []

    later(home, seconds=1)
    assert told(home) == ["You are welcome."]


def test_the_vendors_own_waiting_time_is_kept(home: House) -> None:
    home.channel.failures = [DeliveryFailed(BUSY, retry_after=300)]
    home.say(ADA.email, "thanks")

    later(home, seconds=299)
    assert told(home) == []

    later(home, seconds=1)
    assert told(home) == ["You are welcome."]


def test_an_answer_to_an_address_that_is_gone_is_given_up_and_kept(home: House) -> None:
    home.channel.failures = [DeliveryFailed("the chat was deleted", permanent=True)]
    home.say(ADA.email, "thanks")

    later(home, days=1)

    assert told(home) == []
    assert outbox(home) == {"given-up": 1}


def test_trying_ends_after_half_a_day_of_failures(home: House) -> None:
    home.channel.failures = [DeliveryFailed(BUSY)] * (MOST_ATTEMPTS + 1)
    home.say(ADA.email, "thanks")

    for _ in range(MOST_ATTEMPTS):
        later(home, hours=1)

    assert len(home.channel.failures) == 1
    assert outbox(home) == {"given-up": 1}


def test_answers_of_one_conversation_arrive_in_order_and_hold_up_nobody_else(home: House) -> None:
    home.channel.failures = [DeliveryFailed(BUSY)]
    home.say(ADA.email, "thanks")

    home.say(ADA.email, "bye")
    home.say(BEA.email, "hello")
    assert [text.split()[0] for text in told(home)] == ["Hello"]

    later(home, seconds=10)
    assert [text.split()[0] for text in told(home)] == ["Hello", "You", "Goodbye."]


def test_what_was_done_stays_done_when_the_answer_is_lost(home: House) -> None:
    home.channel.failures = [DeliveryFailed("blocked", permanent=True)]
    home.say(ADA.email, "ask staff: Is the office open?")

    assert "question 2" in home.say(ADA.email, "ask staff: Is anybody there?")


def test_what_waits_for_an_address_that_is_lost_goes_to_another(home: House) -> None:
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        uow.people.connect(person, home.address("phone"), at=home.clock())
        uow.commit()
    home.dispatcher = losing(home)
    home.channel.failures = [GONE]
    home.say("phone", "thanks")

    assert "You are welcome." in home.heard(ADA.email)
    assert home.heard("phone") == []
    assert outbox(home) == {"sent": len(home.heard(ADA.email))}
    with home.transaction() as uow:
        assert uow.people.at(home.address("phone")) is None


def test_an_answer_to_nobody_is_given_up_at_once(home: House) -> None:
    home.dispatcher = losing(home)
    home.channel.failures = [GONE]
    home.say(DOT, "thanks")

    later(home, days=1)
    assert told(home) == []
    assert outbox(home) == {"given-up": 1}


def test_what_others_read_along_with_goes_to_no_other_address(home: House) -> None:
    home.dispatcher = losing(home)
    home.channel.failures = [GONE, GONE]
    asked = home.message(ADA.email, "thanks")
    home.deliver(replace(asked, conversation="memory:room/7", shared=True, thread="7"))

    assert "You are welcome." not in " ".join(told(home))
    assert outbox(home)["given-up"] == 1


def test_a_channel_that_calls_everybody_lost_is_not_asked_for_ever(home: House) -> None:
    home.dispatcher = Dispatcher(
        {home.channel.name: home.channel},
        home.transaction,
        clock=home.clock,
        lease_seconds=LEASE,
        lost=lambda *_: True,
    )
    home.channel.failures = [GONE] * (MOST_ATTEMPTS + 1)
    home.say(ADA.email, "thanks")

    assert len(home.channel.failures) == 1
    assert outbox(home) == {"given-up": 1}


def test_each_channel_may_have_a_dispatcher_of_its_own(home: House) -> None:
    home.dispatcher, mail = (
        Dispatcher({each.name: each}, home.transaction, clock=home.clock, lease_seconds=LEASE)
        for each in (home.channel, home.mail)
    )
    home.say(DOT, f"connect {ADA.email}")
    assert home.mail.sent == []

    assert asyncio.run(mail.send_one())
    assert [message.to.value for message in home.mail.sent] == [ADA.email]
    assert not asyncio.run(mail.send_one())
