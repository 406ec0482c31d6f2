"""In the staff's rooms: who is not reached any more, and which submissions wait too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address
from bot.domain.notices.kinds import Audience, Kind, Lead, Moment, NoticeRules
from bot.usecases.announce import announce
from bot.usecases.erase_person import erase_person
from bot.usecases.link_address import issue_code
from bot.usecases.note_bounce import note_refused
from tests.carded import ROOM, announced, cards, shown
from tests.cast import ADA, ADE, BEA, SAL
from tests.desk import House
from tests.reviewed import staffed, submitted

CARD = "unreached:2"
DAY = timedelta(days=1)


@pytest.fixture
def lost(home: House) -> House:
    """Bea has nothing but an address on record, and mail to it comes back."""
    staffed(home)
    with home.transaction() as uow:
        uow.people.disconnect(home.address(BEA.email))
        uow.commit()
    refuse(home)
    announced(home)
    return home


def refuse(house: House) -> None:
    """A server says that Bea's mailbox does not exist."""
    mail = Address(channel="email", value=BEA.email)
    with house.transaction() as uow:
        note_refused(
            uow, house.desk.program, mail, why="550 5.1.1", rooms=(ROOM,), now=house.clock()
        )
        uow.commit()


def test_somebody_whom_nothing_reaches_has_one_card(lost: House) -> None:
    for _ in range(3):
        lost.clock.forward(DAY)
        refuse(lost)
        announced(lost)

    assert len(cards(lost, CARD)) == 1
    told = shown(lost, CARD)
    assert "Bea Okafor cannot be reached: mail to bea@example.org has come back" in told
    assert "since 21 November 2026" in shown(lost, CARD)


def test_no_single_message_goes_to_staff_who_have_a_room(lost: House) -> None:
    assert not [one for one in (*lost.heard(SAL[1]), *lost.heard(ADE[1])) if "reached" in one]


def test_the_card_says_so_once_they_are_reached_again(lost: House) -> None:
    with lost.transaction() as uow:
        bea = uow.people.find(BEA.email)
        assert bea
        code = issue_code(uow, bea, now=lost.clock())
        uow.commit()
    told = lost.say("bea-new@example.org", f"link {code}")
    announced(lost)

    assert "Bea Okafor" in told
    assert len(cards(lost, CARD)) == 2
    assert cards(lost, CARD)[-1].replaces
    assert shown(lost, CARD) == (
        "Bea Okafor can be reached again, by memory. Nothing is left to do."
    )
    lost.clock.forward(DAY)
    announced(lost)
    assert len(cards(lost, CARD)) == 2


def test_whoever_was_always_reached_has_no_card(home: House) -> None:
    staffed(home)
    with home.transaction() as uow:
        uow.announcements.mark("unreached:1", at=home.clock())
        uow.commit()
    announced(home)

    assert cards(home, "unreached:1") == []


def test_the_card_of_somebody_who_was_erased_names_nobody(lost: House) -> None:
    with lost.transaction() as uow:
        erase_person(uow, lost.desk.program, BEA.email, now=lost.clock())
        uow.commit()
    lost.clock.forward(timedelta(seconds=1))
    announced(lost)

    assert "was erased" in shown(lost, CARD)
    assert "Bea" not in shown(lost, CARD)


def test_an_overdue_submission_says_so_on_its_card_once_it_is_marked(house: House) -> None:
    staffed(house)
    ada = house.enrol(ADA)
    submitted(house, ada, "technology")
    announced(house)
    assert "waited" not in shown(house, "submission:1")

    house.clock.forward(31 * DAY)
    marked(house)

    told = "- Ada Reyes has waited for 31 days, since Saturday, 21 November 2026."
    assert told in shown(house, "submission:1")
    assert len(cards(house, "submission:1")) == 2


def test_a_submission_is_not_overdue_before_its_day(house: House) -> None:
    staffed(house)
    ada = house.enrol(ADA)
    submitted(house, ada, "technology")
    house.clock.forward(29 * DAY)
    marked(house)

    assert "waited" not in shown(house, "submission:1")


def marked(house: House) -> None:
    """The sweep came upon it; under a program where a decision takes 30 days."""
    kind = Kind(
        id="late",
        title="overdue",
        moment=Moment.SUBMITTED,
        to=Audience.STAFF,
        leads=(Lead(days=30, text="{name} has waited for {days}, since {date}."),),
    )
    program = replace(house.desk.program, notices=NoticeRules(kinds={kind.id: kind}))
    with house.transaction() as uow:
        uow.announcements.mark("submission:1", at=house.clock())
        while announce(uow, program, (ROOM,), now=house.clock()):
            pass
        uow.commit()
    house.drain()
