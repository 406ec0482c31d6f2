"""Mails that come back: where their person is told things then, and how the address returns."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.bouncing import HARD_FOR, SOFT_FOR
from bot.domain.messages import Address, OutboundMessage
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.phrases.talk import plain
from bot.usecases.note_bounce import SPOKE, note_refused
from bot.usecases.tell import avoided, reached_at, tell
from channels.markup import plain_text
from handlers.window import DeskWindow
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.linking import steps
from tests.mailed import Writer
from tests.reviewed import trail

HOUR = timedelta(hours=1)


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, whose newest address is that of her mails."""
    writer = Writer(house=home)
    writer.says("files", proved=True)
    home.clock.forward(SPOKE)  # nobody doubts by now that nobody is there
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


@pytest.mark.parametrize(("wrote", "kept"), [("5.1.1", "5.1.1"), ("no", "it came back")])
def test_of_what_a_bounce_says_the_trail_has_the_status_alone(
    home: House, ada: Writer, wrote: str, kept: str
) -> None:
    """Whoever wrote the bounce chose its words, and nothing is ever taken off the trail."""
    sent_as(home, ada.address, f"<{1:020x}{1:020x}@example.org>")
    why = f"550 {wrote} <{ADA.email}> has left, ask eve.adams@example.net at 192.5.1.2"
    window = DeskWindow(home.desk, home.transaction)

    assert window.bounced(ada.address, receipt=f"{1:020x}", hard=True, why=why)

    (lost,) = [line for line in trail(home) if line.action == "address-lost"]
    assert lost.details["why"] == kept


def test_an_address_that_somebody_wrote_from_today_is_not_lost_by_what_comes_back(
    home: House, ada: Writer
) -> None:
    ada.says("files", proved=True)

    assert comes_back(home, ada.address, 1, hard=True)

    assert where(home) == "email"
    assert "address-lost by carrel" not in steps(home)


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

    home.clock.forward(SOFT_FOR)
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

    home.clock.forward(HARD_FOR + HOUR)
    home.drain()
    assert [plain_text(one.reply) for one in home.mail.sent[before:]] == ["The news."]


def test_the_lost_address_on_record_is_back_once_a_proved_mail_comes_from_it(
    home: House, ada: Writer
) -> None:
    comes_back(home, ada.address, 1, hard=True)

    told = ada.says("files", proved=True)

    assert "do not know" not in told
    assert where(home) == "email"


def test_a_second_mailbox_that_was_lost_is_nobodys_for_it_may_have_a_new_owner(
    home: House, ada: Writer
) -> None:
    work = Writer(house=home, email="ada@work.example")
    found = person(home)
    with home.transaction() as uow:
        uow.people.connect(found, work.address, at=home.clock())
        uow.commit()
    comes_back(home, work.address, 1, hard=True)
    assert "nothing shows that" in work.says("files")

    told = work.says("files", proved=True)

    assert "I do not know yet who you are here" in told
    with home.transaction() as uow:
        assert uow.people.at(work.address) is None


def test_that_nobody_is_there_counts_although_the_same_mail_was_late_first(
    home: House, ada: Writer
) -> None:
    comes_back(home, ada.address, 1, hard=False)
    assert where(home) == "email"

    window = DeskWindow(home.desk, home.transaction)
    assert window.bounced(ada.address, receipt=f"{1:020x}", hard=True, why="5.1.1")

    assert where(home) == "memory"
    assert "address-lost by carrel" in steps(home)


def test_that_nobody_is_there_is_told_although_the_mailbox_was_avoided_as_full(
    home: House, ada: Writer
) -> None:
    for place in range(3):
        comes_back(home, ada.address, place, hard=False)

    comes_back(home, ada.address, 4, hard=True)

    assert "address-lost by carrel" in steps(home)


def test_staff_are_told_once_of_somebody_whose_only_address_is_nobody_s(
    home: House, ada: Writer
) -> None:
    sal = home.appoint(*SAL, Role.STAFF)
    with home.transaction() as uow:
        uow.people.disconnect(home.address(ADA.email))
        uow.commit()

    for place in (1, 2):
        comes_back(home, ada.address, place, hard=True)

    told = [one for one in home.heard(sal.email) if "cannot be reached" in one]
    assert len(told) == 1
    assert ADA.email in told[0]


def test_a_bounce_that_names_nobody_is_of_whom_the_mail_went_to(home: House, ada: Writer) -> None:
    nobody = Address(channel="email", value="")
    sent_as(home, ada.address, f"<{7:020x}{7:020x}@example.org>")
    window = DeskWindow(home.desk, home.transaction)

    assert not window.bounced(nobody, receipt=f"{9:020x}", hard=True, why="")
    assert window.bounced(nobody, receipt=f"{7:020x}", hard=True, why="")

    assert where(home) == "memory"


def test_a_server_that_says_at_once_that_nobody_is_there_is_believed_for_as_long(
    home: House, ada: Writer
) -> None:
    sal = home.appoint(*SAL, Role.STAFF)
    with home.transaction() as uow:
        uow.people.disconnect(home.address(ADA.email))
        assert not note_refused(
            uow, home.desk.program, ada.address, why="550 5.1.1", now=home.clock()
        )
        note_refused(uow, home.desk.program, ada.address, why="550 5.1.1", now=home.clock())
        uow.commit()
    home.drain()

    with home.transaction() as uow:
        assert avoided(uow, ada.address, now=home.clock()) == home.clock() + HARD_FOR
    assert sum("cannot be reached" in one for one in home.heard(sal.email)) == 1


def test_what_waits_for_an_address_that_its_server_refuses_goes_to_the_next(
    home: House, ada: Writer
) -> None:
    assert where(home) == "email"
    with home.transaction() as uow:
        assert note_refused(uow, home.desk.program, ada.address, why="550 5.1.1", now=home.clock())
        uow.commit()

    assert where(home) == "memory"
