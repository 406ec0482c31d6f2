"""The staff are told once on each working day what waits for them, if anything does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.bouncing import Bounce
from bot.domain.channel_state import ChannelState, State
from bot.domain.messages import Address
from bot.domain.notices.happenings import HAPPENINGS
from bot.domain.notices.kinds import Audience, Kind, Lead, Moment, NoticeRules, Office
from bot.domain.notices.notice import Ending, Noted
from bot.domain.review import claim
from bot.domain.rights import Role
from bot.usecases.desk import Desk
from bot.usecases.staff_digest import digest_staff
from channels.markup import plain_text
from tests.carded import ROOM
from tests.cast import ADA, ADE, BEA, SAL
from tests.desk import House
from tests.reviewed import staffed, submitted

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # the house's clock begins on Saturday
DAY = timedelta(days=1)
LATE = Kind(
    id="late",
    title="reviews that are overdue",
    moment=Moment.SUBMITTED,
    leads=(Lead(days=30, text=""),),
    to=Audience.STAFF,
)
RULES = NoticeRules(
    kinds={**HAPPENINGS, LATE.id: LATE}, office=Office(holidays=frozenset({date(2026, 12, 25)}))
)


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled; Sal is of staff, Ade an admin."""
    staffed(home)
    return home


def desk_of(house: House) -> Desk:
    """The house's desk, with notices of the tests' own."""
    return replace(house.desk, program=replace(house.desk.program, notices=RULES))


def at(house: House, then: datetime) -> None:
    """It is that instant now."""
    house.clock.forward(then - house.clock())


def digested(house: House, *rooms: Address) -> bool:
    """The clock calls; whether anything was told."""
    told = digest_staff(house.transaction(), desk_of(house), rooms, now=house.clock())
    house.drain()
    return told


def in_room(house: House) -> list[str]:
    """What was said in the staff's room."""
    return [plain_text(m.reply) for m in house.channel.sent if m.to == ROOM]


def hand_in(house: House, set_id: str = "technology") -> int:
    """Ada submits a set; its number."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        candidate = uow.people.candidate(person) if person else None
    assert candidate
    return submitted(house, candidate, set_id).id


def asked(house: House, words: str = "Is there parking?") -> None:
    """Ada asks the staff."""
    house.say(ADA.email, f"ask staff: {words}")


def test_a_room_is_told_once_a_day_what_waits(office: House) -> None:
    hand_in(office)
    asked(office)
    at(office, MONDAY)

    assert digested(office, ROOM)
    assert not digested(office, ROOM)
    office.clock.forward(DAY / 4)
    assert not digested(office, ROOM)
    (told,) = in_room(office)
    assert told.startswith("For the staff, Monday, 23 November 2026:")
    assert "1 submission waits for a decision, the longest for 2 days." in told
    assert "- 1: Is there parking? (1 day ago; nobody has taken it)" in told
    assert "Overdue" not in told

    office.clock.forward(DAY)
    assert digested(office, ROOM)
    assert len(in_room(office)) == 2


def test_nobody_is_told_singly_where_there_is_a_room(office: House) -> None:
    hand_in(office)
    at(office, MONDAY)
    before = len(office.heard(SAL[1]))
    digested(office, ROOM)

    assert len(office.heard(SAL[1])) == before


def test_without_a_room_each_of_the_staff_is_told(office: House) -> None:
    hand_in(office)
    at(office, MONDAY)
    digested(office)

    for who in (SAL[1], ADE[1]):
        assert "For the staff, Monday" in office.heard(who)[-1]


def test_nothing_is_said_when_nothing_waits(office: House) -> None:
    at(office, MONDAY)
    assert not digested(office, ROOM)
    hand_in(office)
    office.clock.forward(timedelta(hours=1))

    assert not digested(office, ROOM)  # what came after the hour is told on the next day
    assert in_room(office) == []


@pytest.mark.parametrize(
    "then",
    [
        datetime(2026, 11, 22, 12, 0, tzinfo=UTC),  # a Sunday
        datetime(2026, 11, 23, 8, 59, tzinfo=UTC),
        datetime(2026, 12, 25, 12, 0, tzinfo=UTC),  # a holiday
    ],
)
def test_nothing_is_said_on_days_off_and_before_the_hour(office: House, then: datetime) -> None:
    hand_in(office)
    at(office, then)

    assert not digested(office, ROOM)


def test_after_an_outage_of_days_only_the_newest_is_sent(office: House) -> None:
    hand_in(office)
    at(office, MONDAY)
    digested(office, ROOM)
    at(office, MONDAY + 3 * DAY + timedelta(hours=5))

    assert digested(office, ROOM)
    assert not digested(office, ROOM)
    assert len(in_room(office)) == 2
    assert "Thursday, 26 November 2026" in in_room(office)[-1]


def test_two_clocks_at_once_tell_it_once(office: House) -> None:
    hand_in(office)
    at(office, MONDAY)
    digested(office, ROOM)
    with office.transaction() as uow:  # as the second one sees it that read before the first wrote
        uow.looks.note_swept("staff-digest", at=MONDAY - DAY)
        uow.commit()
    digested(office, ROOM)

    assert len(in_room(office)) == 1


def test_overdue_ones_are_named_with_their_days_the_longest_first(office: House) -> None:
    hand_in(office)
    office.clock.forward(DAY)
    hand_in(office, "access-services")
    at(office, MONDAY + 31 * DAY)
    digested(office, ROOM)

    told = in_room(office)[-1]
    first = told.index("Submission 1, Ada Reyes, Technology: waits for 33 days")
    assert first < told.index("Submission 2, Ada Reyes, Access Services: waits for 32 days")


def test_reviews_that_were_taken_on_and_rest_are_named(office: House) -> None:
    number = hand_in(office)
    with office.transaction() as uow:
        rev, one = uow.people.find("rev@example.org"), uow.submissions.get(number)
        assert rev
        assert one
        rule = office.desk.program.rules.review
        uow.submissions.save(claim(one, rev, rule, now=office.clock()), at=office.clock())
        uow.commit()
    at(office, MONDAY)
    digested(office, ROOM)
    assert "resting" not in in_room(office)[-1]
    at(office, MONDAY + 7 * DAY)
    digested(office, ROOM)

    assert "Submission 1, Technology: Rev Lindqvist did nothing for 9 days" in in_room(office)[-1]


def test_people_whom_nothing_reaches_are_named_with_where_they_were(office: House) -> None:
    mail = Address(channel="email", value=BEA.email)
    with office.transaction() as uow:
        uow.people.disconnect(office.address(BEA.email), lost=True)
        uow.bounces.note(mail, Bounce(hard=True, at=office.clock()), receipt="r", why="5.1.1")
        uow.commit()
    at(office, MONDAY)
    digested(office, ROOM)

    told = "Bea Okafor: mail to bea@example.org comes back; they were on memory"
    assert told in in_room(office)[-1]


def test_what_was_not_answered_is_told_on_the_first_working_day_of_a_week(office: House) -> None:
    office.say(ADA.email, "Does the program pay for a hamster wheel?")
    at(office, MONDAY)
    digested(office, ROOM)
    hand_in(office)
    at(office, MONDAY + DAY)
    digested(office, ROOM)

    monday, tuesday = in_room(office)
    assert "Asked in the last week, and not answered from documents:" in monday
    assert "hamster wheel" in monday
    assert "hamster wheel" not in tuesday


def test_what_was_missed_since_the_last_one_is_counted_by_kind(office: House) -> None:
    with office.transaction() as uow:
        uow.notices.note([missed("expiry", 1), missed("expiry", 2), missed("comments", 3)])
        uow.commit()
    at(office, MONDAY)
    with office.transaction() as uow:
        uow.notices.note([missed("comments", 4, at=MONDAY - timedelta(hours=1))])
        uow.looks.note_swept("staff-digest", at=MONDAY - 4 * DAY)
        uow.commit()
    digested(office, ROOM)

    told = in_room(office)[-1]
    assert "Not said to people in time, because I could not say anything then:" in told
    assert "- expiry: 2" in told
    assert "- comments on what is shared: 2" in told
    office.clock.forward(DAY)
    assert not digested(office, ROOM)


def missed(kind: str, number: int, *, at: datetime = MONDAY - 2 * DAY) -> Noted:
    """A notice whose time went by."""
    return Noted(
        key=f"{kind}:{number}",
        person_id=1,
        kind=kind,
        matter=kind,
        due=at,
        at=at,
        ending=Ending.MISSED,
    )


def test_channels_in_trouble_and_broadcasts_under_way_are_told(office: House) -> None:
    office.say(SAL[1], "broadcast to candidates: Be there.")
    office.say(SAL[1], "send broadcast 1")
    states: Sequence[tuple[str, State]] = (
        ("slack", State.REVOKED),
        ("telegram", State.RECONNECTING),
        ("email", State.CONNECTED),
    )
    at(office, MONDAY)
    with office.transaction() as uow:
        for name, state in states:
            known = ChannelState(
                channel=name, state=state, told="Install it again.", since=MONDAY - DAY / 144
            )
            uow.channels.note(known)
        uow.commit()
    digested(office, ROOM)

    told = in_room(office)[-1]
    assert "- Slack: revoked since 23 November 2026 at 08:50 (UTC). Install it again." in told
    assert "Telegram" not in told  # for ten minutes only
    assert "- Broadcast 1 to all candidates: Of 2 people: 0 sent, 2 to come." in told


def test_who_declined_it_is_heeded_where_they_are_told_singly(office: House) -> None:
    hand_in(office)
    with office.transaction() as uow:
        for place in (office.address(ADE[1]), Address(channel="email", value=ADE[1])):
            uow.wanted_kinds.decline(place, "staff-digest")
        uow.commit()
    for day in range(3):
        at(office, MONDAY + day * DAY)
        digested(office)

    heard = [one for one in office.heard(SAL[1]) if one.startswith("For the staff, ")]
    assert [one.split(",")[1].strip() for one in heard] == ["Monday", "Tuesday", "Wednesday"]
    assert not [one for one in office.heard(ADE[1]) if one.startswith("For the staff, ")]


def test_staff_see_it_when_they_ask_and_nobody_else_does(office: House) -> None:
    hand_in(office)

    assert "1 submission waits for a decision" in office.say(SAL[1], "staff digest")
    assert "submission waits" not in office.say(ADA.email, "staff digest")
    assert in_room(office) == []


def test_with_nothing_to_tell_whoever_asks_hears_that(office: House) -> None:
    assert "Nothing waits for the staff." in office.say(SAL[1], "staff digest")


def test_a_long_list_is_cut_and_counted(office: House) -> None:
    office.appoint("Syd Noor", "syd@example.org", Role.STAFF)
    for number in range(11):
        asked(office, f"What about question {number}?")
    at(office, MONDAY)
    digested(office, ROOM)

    assert "- and 3 more" in in_room(office)[-1]
