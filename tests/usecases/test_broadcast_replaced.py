"""A draft in the place of another says why, and whoever stops the old one hears of the new one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Download
from bot.domain.notices.broadcast import BroadcastState
from bot.usecases.send_broadcast import send_some
from tests.broadcasting import all_sent, crowd, got, sends, stored
from tests.cast import ADA, SAL
from tests.desk import House
from tests.reviewed import staffed


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled; Sal of staff drafted a broadcast to both."""
    staffed(home)
    home.say(SAL[1], "broadcast to candidates: Be there.")
    return home


def test_why_a_draft_is_shown_once_more_is_said(office: House) -> None:
    crowd(office, 1)
    told = office.say(SAL[1], "send broadcast 1")
    assert "which was not sent: it is 3 people now, where it was 2." in told

    office.clock.forward(timedelta(days=2))
    told = office.say(SAL[1], "send broadcast 2")
    assert "which was not sent: it was drafted more than a day ago." in told


def test_whoever_cancels_a_replaced_draft_is_offered_the_one_in_its_place(office: House) -> None:
    office.say(SAL[1], "change broadcast 1: Be there at nine.")
    office.clock.forward(timedelta(days=2))
    office.say(SAL[1], "send broadcast 2")

    told = office.say(SAL[1], "cancel broadcast 1")

    assert "is cancelled" not in told
    assert "Broadcast 3 took the place of broadcast 1" in told
    assert stored(office, 3).state is BroadcastState.DRAFT
    office.say(SAL[1], "1")
    assert stored(office, 3).state is BroadcastState.CANCELLED


def test_the_account_of_a_cancelled_one_adds_up(office: House) -> None:
    crowd(office, 99)
    office.say(SAL[1], "broadcast to candidates: Be there again.")
    office.say(SAL[1], "send broadcast 2")
    sends(office)
    office.drain()
    told = office.say(SAL[1], "cancel broadcast 2")
    sent = len(set(got(office, "Be there again.")) - {SAL[1]})

    assert f"{101 - sent} people who would still have got it do not." in told
    report = office.say(SAL[1], "broadcast 2")
    assert f"Of 101 people: {sent} sent, {101 - sent} not sent any more." in report
    blocks = office.channel.sent[-1].reply.blocks
    (table,) = (block for block in blocks if isinstance(block, Download))
    rows = office.files.path(table.sha256).read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + 101 - sent
    assert all("the broadcast was cancelled" in row for row in rows[1:])


def test_a_few_who_were_spared_are_named(office: House) -> None:
    office.say(SAL[1], "send broadcast 1")
    with office.transaction() as uow:
        assert send_some(uow, office.desk.program, now=office.clock())
        uow.commit()
    assert "2 people who would still have got it do not." in office.say(
        SAL[1], "cancel broadcast 1"
    )

    report = office.say(SAL[1], "broadcast 1")

    assert "Of 2 people: 0 sent, 2 not sent any more." in report
    assert "- Ada Reyes: the broadcast was cancelled." in report


def test_words_that_begin_a_broadcast_are_no_words_of_another(office: House) -> None:
    office.say(SAL[1], "broadcast to candidates")
    told = office.say(SAL[1], "broadcast hello everyone")

    assert "Nothing is sent yet" not in told
    with office.transaction() as uow:
        assert len(uow.broadcasts.newest(limit=9)) == 1


def test_the_button_below_one_declines_them_everywhere(office: House) -> None:
    office.say(SAL[1], "send broadcast 1")
    all_sent(office)
    office.say(ADA.email, "1")
    office.say(SAL[1], "broadcast to candidates: The second.")
    office.say(SAL[1], "send broadcast 2")
    all_sent(office)

    assert ADA.email in got(office, "Be there.")
    assert ADA.email not in got(office, "The second.")
