"""Mails that come back: where their person is told things then, and how the address returns."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.bouncing import HARD_REST, SOFT_REST
from bot.domain.messages import Address, OutboundMessage
from bot.domain.people import Person
from bot.phrases.talk import plain
from bot.usecases.tell import reached_at, tell
from channels.markup import plain_text
from handlers.window import DeskWindow
from tests.cast import ADA, BEA
from tests.desk import House
from tests.linking import steps
from tests.mailed import Writer

HOUR = timedelta(hours=1)


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, whose newest address is that of her mails."""
    writer = Writer(house=home)
    writer.says("files", proved=True)
    return writer


def person(house: House, email: str = ADA.email) -> Person:
    """Who has that address on record."""
    with house.transaction() as uow:
        found = uow.people.find(email)
    assert found is not None
    return found


def sent_as(house: House, to: Address, receipt: str) -> None:
    """A mail that went there under that id."""
    with house.transaction() as uow:
        message = OutboundMessage(key=receipt, to=to, conversation=str(to), reply=plain("News."))
        uow.outbox.add(message, due=house.clock())
        claimed = uow.outbox.claim(now=house.clock(), lease_seconds=9, channels=["email"])
        assert claimed is not None
        uow.outbox.sent(claimed, at=house.clock(), receipt=receipt)
        uow.commit()


def comes_back(house: House, to: Address, place: int, *, hard: bool) -> bool:
    """One of the mails comes back."""
    receipt = f"<{place:020x}{place:020x}@example.org>"
    sent_as(house, to, receipt)
    window = DeskWindow(house.desk, house.transaction)
    known = window.bounced(to, receipt=receipt, hard=hard, why="550 no such user")
    house.drain()
    return known


def where(house: House, email: str = ADA.email) -> str:
    """The channel on which somebody is told things now."""
    found = person(house, email)
    with house.transaction() as uow:
        return reached_at(uow, found, now=house.clock()).channel


def test_where_nobody_is_the_next_address_is_told_at_once(home: House, ada: Writer) -> None:
    assert where(home) == "email"

    assert comes_back(home, ada.address, 1, hard=True)

    assert where(home) == "memory"
    assert "Nothing reaches you on e-mail any more" in home.heard(ADA.email)[-1]
    assert "address-lost by carrel" in steps(home)


def test_what_carrel_never_sent_there_does_not_come_back(home: House, ada: Writer) -> None:
    window = DeskWindow(home.desk, home.transaction)
    bea = Address(channel="email", value=BEA.email)
    sent_as(home, bea, f"<{9:020x}{9:020x}@example.org>")

    for receipt in ("", "<made-up@example.org>", f"<{9:020x}{9:020x}@example.org>"):
        assert not window.bounced(ada.address, receipt=receipt, hard=True, why="")
    assert where(home) == "email"


def test_the_same_bounce_twice_is_told_once(home: House, ada: Writer) -> None:
    comes_back(home, ada.address, 1, hard=True)
    before = len(home.heard(ADA.email))
    window = DeskWindow(home.desk, home.transaction)

    assert window.bounced(ada.address, receipt=f"{1:020x}", hard=True, why="again")

    home.drain()
    assert len(home.heard(ADA.email)) == before


def test_a_full_mailbox_is_left_alone_after_the_third_time_and_then_tried_again(
    home: House, ada: Writer
) -> None:
    for place in range(3):
        assert where(home) == "email"
        comes_back(home, ada.address, place, hard=False)
        home.clock.forward(HOUR)
    assert where(home) == "memory"
    assert "that mailbox takes none at the moment" in home.heard(ADA.email)[-1]

    home.clock.forward(SOFT_REST)
    assert where(home) == "email"


def test_who_writes_from_there_is_answered_and_told_things_there_again(
    home: House, ada: Writer
) -> None:
    for place in range(3):
        comes_back(home, ada.address, place, hard=False)

    assert ada.says("files", proved=True)
    assert where(home) == "email"


def test_a_mail_that_anybody_may_have_written_brings_nothing_back(home: House, ada: Writer) -> None:
    comes_back(home, ada.address, 1, hard=True)

    assert ada.says("What does the program cost?")
    assert where(home) == "memory"


def test_where_there_is_no_other_address_news_wait_until_it_is_tried_again(
    home: House, ada: Writer
) -> None:
    with home.transaction() as uow:
        uow.people.disconnect(home.address(ADA.email))
        uow.commit()
    comes_back(home, ada.address, 1, hard=True)
    before = len(home.mail.sent)

    found = person(home)
    with home.transaction() as uow:
        tell(uow, found, plain("The news."), key="news", now=home.clock())
        uow.commit()
    home.drain()
    assert len(home.mail.sent) == before

    home.clock.forward(HARD_REST + HOUR)
    home.drain()
    assert [plain_text(one.reply) for one in home.mail.sent[before:]] == ["The news."]


def test_the_lost_address_on_record_is_back_once_a_proved_mail_comes_from_it(
    home: House, ada: Writer
) -> None:
    comes_back(home, ada.address, 1, hard=True)

    told = ada.says("files", proved=True)

    assert "do not know" not in told
    assert where(home) == "email"
