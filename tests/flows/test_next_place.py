"""Where somebody wants to be told things nobody is reached any more: it goes to the next place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.domain.bouncing import SOFT_FOR
from bot.domain.messages import Address
from bot.domain.notices.wishes import Wishes
from bot.domain.people import Person
from bot.errors import DeliveryFailed
from bot.usecases.note_bounce import SPOKE, note_refused
from channels.markup import plain_text
from scheduler.dispatcher import Dispatcher, Silence
from tests.cast import ADA, MIA
from tests.desk import LEASE, House, MemoryChannel
from tests.flows.soon import SOON, TRULY, nine

COMMENT = "This reads very well"
PLACES = {
    "slack": Address(channel="slack", value="U7"),
    "telegram": Address(channel="telegram", value="700"),
    "email": Address(channel="email", value=ADA.email),
}
CALLED = {"slack": "Slack", "telegram": "Telegram", "email": "e-mail"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Ada, who wants to be told things on a vendor's channel."""

    house: House
    ada: Person
    vendor: MemoryChannel

    @property
    def place(self) -> Address:
        """Where she is on it."""
        return PLACES[self.vendor.name]

    def there(self, words: str) -> int:
        """How often she was told it there."""
        return sum(words in plain_text(one.reply) for one in self.vendor.sent)

    def elsewhere(self, words: str) -> int:
        """How often she was told it at her other place."""
        return sum(words in text for text in self.house.heard(ADA.email))


@pytest.fixture(params=sorted(PLACES))
def told(house: House, request: pytest.FixtureRequest) -> Told:
    """She is there and elsewhere, and prefers the vendor's channel; Mia sees all that is hers."""
    vendor = MemoryChannel(name=request.param)
    house.dispatcher = Dispatcher(
        {one.name: one for one in (house.channel, vendor)},
        house.transaction,
        clock=house.clock,
        lease_seconds=LEASE,
        lost=lambda uow, at, why, now: note_refused(uow, house.desk.program, at, why=why, now=now),
        silence=Silence(still_due=house.still_due),
    )
    ada = house.enrol(SOON).person
    with house.transaction() as uow:
        uow.people.connect(ada, PLACES[vendor.name], at=house.clock() - timedelta(days=99))
        uow.wishes.put(ada, Wishes(channel=vendor.name))
        uow.commit()
    house.appoint(*MIA)
    house.say(ADA.email, f"share everything with {MIA[1]} for 90 days")
    house.sweep()
    house.clock.forward(SPOKE)
    return Told(house=house, ada=ada, vendor=vendor)


def gone() -> DeliveryFailed:
    """What a vendor says of an account that is switched off, or of a mailbox that is none."""
    return DeliveryFailed("nobody is there", permanent=True, gone=True)


def test_while_it_works_the_preferred_channel_is_told_alone(told: Told) -> None:
    told.house.say(MIA[1], f"comment 1: {COMMENT}.")

    assert (told.there(COMMENT), told.elsewhere(COMMENT)) == (1, 0)


def test_what_happened_goes_to_the_next_place_which_is_told_why_and_how_to_mend_it(
    told: Told,
) -> None:
    told.vendor.failures = [gone()]

    told.house.say(MIA[1], f"comment 1: {COMMENT}.")
    told.house.say(MIA[1], "comment 1: And this too.")

    assert (told.there(COMMENT), told.elsewhere(COMMENT)) == (0, 1)
    assert told.elsewhere("And this too") == 1
    assert told.elsewhere(f"Nothing reaches you on {CALLED[told.vendor.name]} any more") == 1
    assert told.elsewhere("say there") == 1


def test_a_notice_by_the_clock_goes_to_the_next_place_once(told: Told) -> None:
    nine(told.house, -30)
    told.vendor.failures = [gone()]
    told.house.sweep()
    told.house.sweep()

    assert (told.there(TRULY.format(30)), told.elsewhere(TRULY.format(30))) == (0, 1)
    assert told.elsewhere(f"Nothing reaches you on {CALLED[told.vendor.name]} any more") == 1
    nine(told.house, -7)
    told.house.sweep()
    assert told.elsewhere(TRULY.format(7)) == 1


def test_once_it_is_connected_again_the_choice_of_it_holds_again(told: Told) -> None:
    told.vendor.failures = [gone()]
    told.house.say(MIA[1], f"comment 1: {COMMENT}.")
    told.house.clock.forward(timedelta(days=1) + SOFT_FOR)
    with told.house.transaction() as uow:
        uow.bounces.forget(told.place)
        uow.people.connect(told.ada, told.place, at=told.house.clock())
        uow.commit()

    told.house.say(MIA[1], "comment 1: And this too.")

    assert (told.there("And this too"), told.elsewhere("And this too")) == (1, 0)
