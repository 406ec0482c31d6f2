"""What becomes of an answer that the channel does not take."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import DeliveryFailed
from channels.markup import plain_text
from scheduler.retry import MOST_ATTEMPTS
from tests.cast import ADA, BEA
from tests.desk import House

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
