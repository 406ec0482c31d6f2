"""What was gathered and comes alone is an ordinary message: nobody declines others by it."""

from __future__ import annotations

from datetime import time, timedelta
from email.message import EmailMessage

import pytest

from bot.domain.messages import Address, Paragraph, Reply
from bot.domain.notices.happenings import CHANGES, COMMENTS, DECIDED
from bot.domain.notices.manner import told_as
from bot.domain.notices.wishes import Quiet, Wishes
from bot.domain.people import Person
from bot.errors import DeliveryFailed
from bot.usecases.tell import tell
from tests.desk import House
from tests.flows.soon import SOON, at
from tests.mailing import composer, mailed


@pytest.fixture
def ada(house: House) -> Person:
    """Ada, who is told things by mail, but not at night."""
    person = house.enrol(SOON).person
    with house.transaction() as uow:
        uow.people.disconnect(house.address(person.email))
        uow.wishes.put(person, Wishes(quiet=Quiet(begins=time(21), ends=time(7))))
        uow.commit()
    house.sweep()
    return person


def told_at_night(house: House, ada: Person, *kinds: str) -> None:
    """At eleven in the evening, where she lives, something of each kind happens."""
    at(house, 2026, 12, 2, 5)
    with house.transaction() as uow:
        for kind in kinds:
            reply = Reply(blocks=(Paragraph(text=f"This is of {kind}."),))
            how = told_as(house.desk.program, kind)
            assert tell(uow, ada, reply, key=f"{kind}:5", now=house.clock(), how=how)
        uow.commit()


def in_the_morning(house: House) -> EmailMessage:
    """The mail that she has then."""
    before = len(house.mail.sent)
    at(house, 2026, 12, 2, 13, 1)
    house.sweep()
    (sent,) = house.mail.sent[before:]
    return mailed(composer(house.files).composed(sent))


def test_a_decision_of_the_night_cannot_be_declined_nor_anything_else_by_it(
    house: House, ada: Person
) -> None:
    told_at_night(house, ada, DECIDED)

    mail = in_the_morning(house)

    assert mail["List-Unsubscribe"] is None
    assert mail["List-Unsubscribe-Post"] is None


def test_by_news_of_one_kind_that_kind_alone_is_declined(house: House, ada: Person) -> None:
    told_at_night(house, ada, COMMENTS)

    assert f"unsubscribe%20{COMMENTS}>" in in_the_morning(house)["List-Unsubscribe"]


def test_by_news_of_several_kinds_digests_are_declined(house: House, ada: Person) -> None:
    told_at_night(house, ada, COMMENTS, DECIDED)

    assert "unsubscribe%20digest>" in in_the_morning(house)["List-Unsubscribe"]


def test_a_digest_of_which_one_thing_is_left_is_of_that_kind(house: House, ada: Person) -> None:
    told_at_night(house, ada, COMMENTS, CHANGES)
    at(house, 2026, 12, 2, 13, 1)
    house.mail.failures.append(DeliveryFailed("nothing gets through", ours=True))
    house.sweep()
    with house.transaction() as uow:
        uow.wanted_kinds.decline(Address(channel="email", value=ada.email), COMMENTS)
        uow.commit()
    house.clock.forward(timedelta(hours=1))
    house.sweep()

    assert house.mail.sent[-1].kind == CHANGES
