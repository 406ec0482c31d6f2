"""An address that was lost, where its owner speaks again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address, InboundMessage
from bot.domain.people import Person
from bot.usecases.erase_person import erase_person
from bot.usecases.lose_address import lose_address
from channels.markup import plain_text
from scheduler.dispatcher import Dispatcher
from tests.cast import ADA, BEA
from tests.desk import LEASE, House, MemoryChannel
from tests.linking import codes, mailed, steps

AWAY = Address(channel="slack", value="U7")


@pytest.fixture
def slack(home: House) -> MemoryChannel:
    """Another channel, whose identifiers nobody else is ever given; Ada is on it too."""
    made = MemoryChannel(name=AWAY.channel)
    home.dispatcher = Dispatcher(
        {one.name: one for one in (home.channel, home.mail, made)},
        home.transaction,
        clock=home.clock,
        lease_seconds=LEASE,
    )
    connect(home, AWAY)
    return made


def connect(house: House, address: Address) -> None:
    """Ada is there too."""
    ada = person(house)
    with house.transaction() as uow:
        uow.people.connect(ada, address, at=house.clock())
        uow.commit()


def person(house: House, email: str = ADA.email) -> Person:
    """Who has that address on record."""
    with house.transaction() as uow:
        found = uow.people.find(email)
    assert found is not None
    return found


def lose(house: House, address: Address = AWAY) -> None:
    """Its owner blocks Carrel."""
    with house.transaction() as uow:
        assert lose_address(uow, address, why="blocked", now=house.clock())
        uow.commit()
    house.drain()
    house.clock.forward(timedelta(minutes=1))


def said(house: House, text: str, sender: Address = AWAY) -> InboundMessage:
    """A message from there."""
    message = house.message(sender.value, text)
    return replace(message, sender=sender, conversation=str(sender))


def heard(house: House, slack: MemoryChannel, message: InboundMessage) -> list[str]:
    """What Carrel answers there."""
    before = len(slack.sent)
    house.deliver(message)
    return [plain_text(one.reply) for one in slack.sent[before:]]


def test_who_speaks_again_is_known_and_told_so_before_anything_else(
    home: House, slack: MemoryChannel
) -> None:
    lose(home)

    again, answer, *_ = heard(home, slack, said(home, "progress"))

    assert "had blocked me" in again
    assert "This chat is connected to Ada Reyes again" in again
    assert answer.startswith("Ada Reyes")
    assert steps(home)[-1] == "address-regained by person:1"
    assert len(heard(home, slack, said(home, "files"))) == 1


def test_the_other_addresses_are_told_and_how_to_undo_it(home: House, slack: MemoryChannel) -> None:
    lose(home)
    assert "say there: anything, and it is connected again" in home.heard(ADA.email)[-1]

    heard(home, slack, said(home, "hello"))

    for told in (home.heard(ADA.email)[-1], mailed(home, ADA.email)[-1]):
        assert "Your address on Slack, which was lost, is connected to you again" in told
    assert "unlink slack" in home.heard(ADA.email)[-1]
    assert "no longer connected" in home.say(ADA.email, "unlink slack")
    assert "I do not know yet" in heard(home, slack, said(home, "files"))[0]


def test_what_its_person_disconnected_stays_disconnected(home: House, slack: MemoryChannel) -> None:
    heard(home, slack, said(home, "unlink"))

    (told,) = heard(home, slack, said(home, "files"))

    assert "I do not know yet who you are here" in told


def test_what_was_lost_can_be_given_up_before_anybody_speaks_there(
    home: House, slack: MemoryChannel
) -> None:
    lose(home)

    told = home.say(ADA.email, "unlink slack")
    (answer,) = heard(home, slack, said(home, "progress"))

    assert "is given up now" in told
    assert "I do not know yet who you are here" in answer
    assert "You have no address on 'slack'" in home.say(ADA.email, "unlink slack")


def test_who_sends_a_code_there_is_whom_the_code_names(home: House, slack: MemoryChannel) -> None:
    lose(home)
    (code,) = codes([home.say(BEA.email, "code")])

    (told,) = heard(home, slack, said(home, f"link {code}"))

    assert "now connected to Bea Okafor" in told
    bea = person(home, BEA.email)
    with home.transaction() as uow:
        assert uow.people.at(AWAY) == bea


def test_what_is_said_where_others_read_along_brings_nothing_back(
    home: House, slack: MemoryChannel
) -> None:
    lose(home)
    room = replace(said(home, "hello"), conversation="slack:C1/1", shared=True, thread="1")

    heard(home, slack, room)

    with home.transaction() as uow:
        assert uow.people.at(AWAY) is None


def test_a_mailbox_may_have_a_new_owner_and_is_not_given_back(home: House) -> None:
    box = Address(channel="email", value="ada.two@example.org")
    connect(home, box)
    lose(home, box)

    home.deliver(said(home, "files", box))

    assert "I do not know yet who you are here" in mailed(home, box.value)[-1]


def test_nothing_comes_back_to_somebody_who_was_erased(home: House, slack: MemoryChannel) -> None:
    lose(home)
    with home.transaction() as uow:
        erase_person(uow, home.desk.program, ADA.email, now=home.clock())
        uow.commit()

    (told,) = heard(home, slack, said(home, "files"))

    assert "I do not know yet who you are here" in told
