"""Whom a broadcast was for is kept as long as that is of use, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Address
from bot.domain.notices.broadcast import BroadcastState
from bot.usecases.sweep import DRAFTS_FOR, sweep
from tests.broadcasting import all_sent, crowd, got, stored
from tests.cast import ADA, SAL
from tests.desk import House
from tests.reviewed import staffed

SAID = "broadcast to candidates: Be there."


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled, and Sal is of staff."""
    staffed(home)
    return home


def swept(house: House) -> None:
    """What was kept for a while only is forgotten."""
    sweep(house.transaction(), house.files, now=house.clock())


def for_whom(house: House, number: int) -> int:
    """For how many it is kept that the broadcast is for them."""
    with house.transaction() as uow:
        return len(uow.broadcasts.people(number))


def test_whom_a_replaced_or_cancelled_draft_was_for_is_forgotten(office: House) -> None:
    office.say(SAL[1], SAID)
    office.say(SAL[1], "change broadcast 1: Be there at noon.")
    office.say(SAL[1], SAID)
    office.say(SAL[1], "cancel broadcast 3")
    swept(office)

    assert [for_whom(office, number) for number in (1, 2, 3)] == [0, 2, 0]
    assert "replaced by a newer draft" in office.say(SAL[1], "broadcast 1")
    assert "Broadcast 2 to all candidates" in office.say(SAL[1], "broadcast 2")


def test_a_draft_that_nobody_sent_is_forgotten_and_is_made_anew_when_it_is_sent(
    office: House,
) -> None:
    office.say(SAL[1], SAID)
    office.clock.forward(DRAFTS_FOR - timedelta(minutes=1))
    swept(office)
    assert for_whom(office, 1) == 2
    office.clock.forward(timedelta(minutes=2))
    swept(office)
    assert for_whom(office, 1) == 0

    told = office.say(SAL[1], "send broadcast 1")
    assert "This takes the place of broadcast 1, which was not sent: it" in told
    office.say(SAL[1], "send broadcast 2")
    all_sent(office)
    assert got(office, "Be there.").count(ADA.email) == 1


def test_the_report_of_one_that_was_stopped_on_its_way_stays_true(office: House) -> None:
    crowd(office, 150)
    with office.transaction() as uow:
        for place in (office.address(ADA.email), Address(channel="email", value=ADA.email)):
            uow.wanted_kinds.decline(place, "broadcasts")
        uow.commit()
    office.say(SAL[1], SAID)
    office.say(SAL[1], "send broadcast 1")
    all_sent(office, seconds=1)
    office.say(SAL[1], "cancel broadcast 1")
    before = office.say(SAL[1], "broadcast 1")
    swept(office)

    assert stored(office, 1).state is BroadcastState.CANCELLED
    assert for_whom(office, 1) == 152  # the report names whose turn had not come
    office.clock.forward(DRAFTS_FOR + timedelta(minutes=1))
    swept(office)
    assert for_whom(office, 1) == stored(office, 1).queued < 152
    assert office.say(SAL[1], "broadcast 1") == before
    assert "Ada Reyes: wants no broadcasts." in before


def test_whom_one_is_for_that_is_under_way_or_was_sent_is_kept(office: House) -> None:
    office.say(SAL[1], SAID)
    office.say(SAL[1], "send broadcast 1")
    office.clock.forward(2 * DRAFTS_FOR)
    swept(office)
    all_sent(office)
    swept(office)

    assert got(office, "Be there.").count(ADA.email) == 1
    assert for_whom(office, 1) == 2
