"""A broadcast leaves at its rate, obeys everybody's wishes, and goes on where it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import update

from bot.domain.bouncing import Bounce
from bot.domain.channel_state import ChannelState, State
from bot.domain.messages import Address, Download
from bot.domain.notices.broadcast import BroadcastState
from bot.domain.notices.wishes import Quiet, Wishes
from bot.errors import NotFound
from bot.usecases.erase_person import discard_bytes, erase_now, erase_person
from bot.usecases.send_broadcast import BATCH, LONGEST, Broadcasting, send_some
from storage.tables import people
from tests.broadcasting import SECOND, all_sent, crowd, got, keys, sends, stored
from tests.cast import ADA, ADE, BEA, SAL
from tests.desk import House
from tests.reviewed import staffed

SAID = "broadcast to candidates: Be there."
DARK = Quiet(begins=time(11), ends=time(14))  # on 21 November it is noon in Chicago


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled, and Sal is of staff."""
    staffed(home)
    return home


def confirmed(house: House) -> None:
    """Something is being sent to all candidates."""
    house.say(SAL[1], SAID)
    house.say(SAL[1], "send broadcast 1")


def test_no_more_than_the_rate_leaves_in_a_second(office: House) -> None:
    crowd(office, 58)
    confirmed(office)
    counts = []
    for _ in range(8):
        while sends(office, rate=10):
            pass
        before = len(list(keys(office, "broadcast:1:")))
        office.drain()
        counts.append(len(list(keys(office, "broadcast:1:"))) - before)
        office.clock.forward(SECOND)

    assert sum(counts) == 60
    assert max(counts) <= 11
    assert min(counts[1:6]) >= 9


def test_the_admins_are_told_of_its_end_where_the_drafter_was_erased(office: House) -> None:
    confirmed(office)
    erase_now(office.transaction(), office.desk.program, SAL[1], now=office.clock())
    all_sent(office)

    assert [one for one in office.heard(ADE[1]) if "is done. Of 2 people: 2 sent." in one]
    assert not [to for to in got(office, "is done. Of") if to.endswith("@invalid")]


def test_somebody_in_no_known_zone_holds_up_nobody(office: House) -> None:
    with office.database.engine.begin() as connection:
        beyond = update(people).where(people.c.email == ADA.email).values(time_zone="Mars/Base")
        connection.execute(beyond)
    confirmed(office)
    all_sent(office)

    assert {ADA.email, BEA.email} <= set(got(office, "Be there."))
    assert "(UTC)" in office.say(ADA.email, "set reminder 2026-12-05 10:00: bread")


def test_an_answer_does_not_wait_behind_a_broadcast(office: House) -> None:
    crowd(office, 200)
    confirmed(office)
    sends(office)

    office.clock.forward(SECOND)
    before = len(office.channel.sent)
    answer = office.say(ADA.email, "help")

    assert "You can" in answer or "help" in answer.lower()
    assert len(office.channel.sent) - before <= 25


def test_while_earlier_ones_are_stuck_nothing_is_added(office: House) -> None:
    crowd(office, 300)
    known = ChannelState(channel="memory", state=State.CONNECTED, told="", since=office.clock())
    with office.transaction() as uow:
        uow.channels.note(known)
        uow.commit()
    confirmed(office)
    assert sends(office)
    office.clock.forward(BATCH * 3)  # all of them are due, and nobody sends

    assert not sends(office)
    assert stored(office, 1).queued == 100
    office.drain()
    assert sends(office)


def test_a_crash_loses_nobody_and_tells_nobody_twice(office: House) -> None:
    crowd(office, 30)
    confirmed(office)
    with office.transaction() as uow:
        assert send_some(uow, office.desk.program, now=office.clock())
        # killed before it was kept
    all_sent(office)

    found = list(keys(office, "broadcast:1:"))
    assert len(found) == len(set(found)) == 32


def test_who_declined_broadcasts_gets_none_and_is_counted(office: House) -> None:
    office.say(ADA.email, "unsubscribe broadcasts")
    with office.transaction() as uow:
        uow.wanted_kinds.decline(Address(channel="email", value=ADA.email), "broadcasts")
        uow.commit()
    told = office.say(SAL[1], SAID)
    office.say(SAL[1], "send broadcast 1")
    all_sent(office)

    assert "1 person declined broadcasts." in told
    assert ADA.email not in got(office, "Be there.")
    report = office.say(SAL[1], "broadcast 1")
    assert "1 sent" in report
    assert "1 not reached or declined" in report
    assert "Ada Reyes: wants no broadcasts." in report


def test_whom_mail_does_not_reach_is_not_tried_and_the_report_says_how_else(
    office: House,
) -> None:
    mail = Address(channel="email", value=BEA.email)
    with office.transaction() as uow:
        uow.people.disconnect(office.address(BEA.email))
        bounce = Bounce(hard=True, at=office.clock())
        uow.bounces.note(mail, bounce, receipt="r1", why="5.1.1")
        uow.commit()
    told = office.say(SAL[1], SAID)
    office.say(SAL[1], "send broadcast 1")
    all_sent(office)

    assert "From 1 person messages come back; they are not tried." in told
    report = office.say(SAL[1], "broadcast 1")
    assert (
        "Bea Okafor: messages come back from there. Known: e-mail bea@example.org (messages come "
        "back)." in report
    )


def test_quiet_hours_are_kept_and_their_end_brings_no_flood(office: House) -> None:
    people = crowd(office, 58)
    with office.transaction() as uow:
        for one in people:
            uow.wishes.put(one.person, Wishes(quiet=DARK))
        uow.commit()
    confirmed(office)
    all_sent(office, seconds=20, rate=10)
    assert len(list(keys(office, "broadcast:1:"))) == 2
    assert stored(office, 1).state is BroadcastState.SENT

    office.clock.forward(timedelta(hours=2) - 20 * SECOND)  # 14:00 in Chicago
    office.drain()
    assert len(list(keys(office, "broadcast:1:"))) <= 4
    all_sent(office, seconds=20)
    assert len(list(keys(office, "broadcast:1:"))) == 60


def test_who_declines_while_it_waits_for_the_end_of_quiet_hours_gets_none(office: House) -> None:
    with office.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada
        uow.wishes.put(ada, Wishes(quiet=DARK))
        uow.commit()
    confirmed(office)
    all_sent(office, seconds=2)
    office.say(ADA.email, "unsubscribe broadcasts")
    office.clock.forward(timedelta(hours=3))
    all_sent(office, seconds=2)

    assert ADA.email not in got(office, "Be there.")
    assert "1 sent, 1 not sent any more" in office.say(SAL[1], "broadcast 1")


def test_the_preferred_channel_is_used(office: House) -> None:
    with office.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada
        uow.wishes.put(ada, Wishes(channel="email"))
        uow.commit()
    confirmed(office)
    all_sent(office)

    assert [m.to.value for m in office.mail.sent if m.key == "broadcast:1:1"] == [ADA.email]


def test_a_running_one_is_cancelled_and_those_sent_stay(office: House) -> None:
    crowd(office, 300)
    confirmed(office)
    all_sent(office, seconds=3)
    sent = len(list(keys(office, "broadcast:1:")))
    told = office.say(SAL[1], "cancel broadcast 1")
    again = office.say(SAL[1], "cancel broadcast 1")
    all_sent(office, seconds=30)

    after = len(list(keys(office, "broadcast:1:")))
    assert 0 < sent <= after <= sent + 25  # those that were due at that very second
    assert "is cancelled" in told
    assert "is cancelled" in again
    report = office.say(SAL[1], "broadcast 1")
    assert ": cancelled." in report
    assert f"{after} sent" in report
    assert "not sent any more" in report
    assert "waiting" not in report


def test_a_draft_is_cancelled_and_what_was_sent_to_all_is_not(office: House) -> None:
    office.say(SAL[1], SAID)
    assert "Nobody was sent anything" in office.say(SAL[1], "cancel broadcast 1")
    office.say(SAL[1], SAID)
    office.say(SAL[1], "send broadcast 2")
    all_sent(office)

    assert "nothing is left to stop" in office.say(SAL[1], "cancel broadcast 2")


def test_the_drafter_is_told_once_when_it_is_done(office: House) -> None:
    confirmed(office)
    all_sent(office)
    all_sent(office)

    done = [one for one in office.heard(SAL[1]) if "is done. Of 2 people: 2 sent." in one]
    assert len(done) == 1


def test_its_end_is_told_however_many_were_drafted_since(office: House) -> None:
    confirmed(office)
    draft = replace(stored(office, 1), state=BroadcastState.DRAFT)
    with office.transaction() as uow:
        for _ in range(25):
            uow.broadcasts.add(draft, [])
        uow.commit()
    all_sent(office)

    assert [one for one in office.heard(SAL[1]) if "is done. Of 2 people: 2 sent." in one]
    assert stored(office, 1).told_at is not None


def test_the_next_broadcast_begins_where_the_last_message_of_another_is_due(office: House) -> None:
    crowd(office, 8)
    confirmed(office)
    start = office.clock()
    while sends(office, rate=1):
        pass
    office.clock.forward(BATCH)
    while sends(office, rate=1):
        pass

    assert stored(office, 1).spread_until == start + 2 * BATCH
    with office.transaction() as uow:
        assert uow.broadcasts.spread_until() == start + 2 * BATCH
        assert uow.looks.swept("broadcasts") == (None, "")


def test_its_end_is_told_although_some_wait_for_a_day(office: House) -> None:
    with office.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada
        uow.wishes.put(ada, Wishes(quiet=Quiet(begins=time(12), ends=time(11, 59))))
        uow.commit()
    confirmed(office)
    all_sent(office, seconds=3)
    assert not [one for one in office.heard(SAL[1]) if "is done. Of" in one]

    office.clock.forward(LONGEST)
    all_sent(office, seconds=3)
    assert [one for one in office.heard(SAL[1]) if "is done. Of" in one]


def test_a_duty_sends_and_then_tells(office: House) -> None:
    confirmed(office)
    duty = Broadcasting(office.transaction(), office.desk.program, clock=office.clock)
    for _ in range(90):
        while duty():
            pass
        office.drain()
        office.clock.forward(SECOND)

    assert not duty()
    assert ADA.email in got(office, "Be there.")
    assert len([one for one in office.heard(SAL[1]) if "is done. Of" in one]) == 1


def test_two_broadcasts_leave_one_after_the_other(office: House) -> None:
    confirmed(office)
    office.say(SAL[1], "broadcast to candidates: The second.")
    office.say(SAL[1], "send broadcast 2")
    all_sent(office, seconds=10)

    assert stored(office, 1).state is stored(office, 2).state is BroadcastState.SENT
    assert ADA.email in got(office, "The second.")


def test_many_who_were_not_reached_are_in_a_table(office: House) -> None:
    people = crowd(office, 14)
    with office.transaction() as uow:
        uow.people.rename(people[0].person, "=1+1", time_zone="UTC")
        for one in people:
            mail = Address(channel="email", value=one.person.email)
            for place in (office.address(one.person.email), mail):
                uow.wanted_kinds.decline(place, "broadcasts")
        uow.commit()
    confirmed(office)
    all_sent(office)
    report = office.say(SAL[1], "broadcast 1")

    assert "File: Broadcast 1, not reached.csv" in report
    assert report.count("wants no broadcasts.") == 10
    rows = table(office)
    assert len(rows) == 15
    assert rows[0] == "number,name,why,places"
    assert rows[1].split(",")[1] == "'=1+1"


def test_the_table_goes_when_somebody_is_erased(office: House) -> None:
    test_many_who_were_not_reached_are_in_a_table(office)
    sha256 = download(office).sha256
    with office.transaction() as uow:
        erased = erase_person(uow, office.desk.program, "cal3@example.org", now=office.clock())
        uow.commit()
    discard_bytes(office.transaction(), office.files, erased.names)

    assert sha256 in erased.names
    with pytest.raises(NotFound):
        office.files.path(sha256)


def download(house: House) -> Download:
    """The file in the newest message."""
    blocks = house.channel.sent[-1].reply.blocks
    return next(block for block in blocks if isinstance(block, Download))


def table(house: House) -> list[str]:
    """The lines of that file."""
    return house.files.path(download(house).sha256).read_text("utf-8-sig").splitlines()
