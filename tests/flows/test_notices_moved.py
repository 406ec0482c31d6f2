"""What waits for an address that its person left is said where they are, and never there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Address, Paragraph, Reply
from bot.domain.notices.happenings import COMMENTS
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.usecases.say_again import DECLINED, MOVED
from bot.usecases.tell import tell
from channels.markup import plain_text
from tests.cast import ADA
from tests.desk import House
from tests.flows.soon import ENDS, SOON, TRULY, away, nine, rows

NEWS = Reply(blocks=(Paragraph(text="Mia commented."),))
HOUR = timedelta(hours=1)


@pytest.fixture
def ada(house: House) -> Person:
    """Ada, whose subscription ends in January; she heard on enrolment that this is near."""
    person = house.enrol(SOON).person
    house.sweep()
    return person


def leaves(house: House) -> None:
    """Ada's address is not hers any more, and nobody saw what was put into the outbox just now."""
    with house.transaction() as uow:
        uow.people.disconnect(house.address(ADA.email))
        uow.commit()


def news(house: House, ada: Person) -> None:
    """Something happened, and could not be sent."""
    how = told_as(house.desk.program, COMMENTS)
    with house.transaction() as uow:
        assert tell(uow, ada, NEWS, key="n", now=house.clock(), how=how)
        uow.commit()
    away(house)
    house.drain()
    house.clock.forward(HOUR)


def test_a_notice_goes_to_no_address_that_its_person_left(house: House, ada: Person) -> None:
    nine(house, -30)
    away(house)
    house.sweep()
    house.clock.forward(HOUR)
    heard = len(house.heard(ADA.email))
    leaves(house)

    house.sweep()
    house.sweep()

    assert len(house.heard(ADA.email)) == heard
    assert rows(house)[f"expiry:{ada.id}:{ENDS}:-30"] == ("sent", MOVED)
    (mail,) = house.mail.sent
    assert plain_text(mail.reply).startswith(TRULY.format(30))


def test_news_go_to_no_address_that_their_person_left(house: House, ada: Person) -> None:
    nine(house, -45)
    news(house, ada)
    heard = len(house.heard(ADA.email))
    leaves(house)

    house.drain()

    assert len(house.heard(ADA.email)) == heard
    assert [plain_text(one.reply) for one in house.mail.sent] == ["Mia commented."]


def test_of_an_address_that_is_somebody_elses_now_nothing_else_is_taken_away(
    house: House, ada: Person
) -> None:
    nine(house, -45)
    bea = house.appoint("Bea", "bea@example.org")
    news(house, ada)
    leaves(house)
    how = told_as(house.desk.program, COMMENTS)
    with house.transaction() as uow:
        uow.people.connect(bea, house.address(ADA.email), at=house.clock())
        assert tell(uow, bea, NEWS, key="hers", now=house.clock(), how=how)
        uow.commit()

    house.drain()

    assert [one.whose for one in house.channel.sent if one.key == f"hers:{bea.id}"] == [bea.id]
    assert [one.whose for one in house.mail.sent] == [ada.id]


def test_news_that_are_wanted_at_no_other_address_are_put_aside(house: House, ada: Person) -> None:
    nine(house, -45)
    news(house, ada)
    leaves(house)
    with house.transaction() as uow:
        uow.wanted_kinds.decline(Address(channel="email", value=ADA.email), COMMENTS)
        uow.commit()

    house.drain()

    assert house.mail.sent == []
    assert rows(house)[f"n:{ada.id}"] == ("sent", DECLINED)
