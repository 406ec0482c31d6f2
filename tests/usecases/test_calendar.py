"""Deadlines as a calendar: what it holds, the private address, and who can read it when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from sqlalchemy import event

from bot.app import Knowledge
from bot.domain.messages import Download
from bot.domain.notices.calendar import Calendar
from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.errors import NotFound
from bot.usecases.change_enrolment import Move, change_enrolment
from bot.usecases.erase_person import erase_person
from bot.usecases.feed_calendar import Feeding
from tests.cast import ADA, BEA, DOT, SAL
from tests.desk import House
from tests.reviewed import appealable, begin_appeal

URL = "https://carrel.example.org"
ADDRESS = re.compile(rf"{re.escape(URL)}/calendar/([0-9a-f]{{32}})\.ics")


@pytest.fixture
def web(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """Carrel with Ada, and with an HTTP side."""
    house = House(knowledge, tmp_path, public_url=URL)
    house.enrol(ADA)
    yield house
    house.database.close()


def token(said: str) -> str:
    """The token of the address in what was said."""
    (found,) = set(ADDRESS.findall(said))
    return str(found)


def fed(house: House, token: str) -> bytes | None:
    """What the address gives a calendar that never asked before."""
    return Feeding(house.transaction, house.desk)(token)


def events(content: bytes | None) -> dict[str, Any]:
    """The entries by title."""
    assert content is not None
    (calendar,) = icalendar.Calendar.from_ical(content, multiple=True)
    return {str(one["summary"]): one for one in calendar.walk("VEVENT")}


def ending(content: bytes | None) -> Any:
    """The subscription's end."""
    found = events(content).items()
    (one,) = (one for title, one in found if title.endswith("subscription ends"))
    return one


def given(house: House) -> Download:
    """The file in the newest message."""
    (file,) = (b for b in house.channel.sent[-1].reply.blocks if isinstance(b, Download))
    return file


def content(house: House) -> bytes:
    """Its bytes."""
    return house.files.path(given(house).sha256).read_bytes()


def ada(house: House) -> Person:
    """Ada."""
    with house.transaction() as uow:
        found = uow.people.find(ADA.email)
    assert found is not None
    return found


def remind(house: House, text: str, at: datetime) -> None:
    """Ada sets a reminder."""
    person = ada(house)
    new = Reminder(
        id=0,
        person_id=person.id,
        number=0,
        text=text,
        at=at,
        zone=person.time_zone,
        made_at=house.clock(),
    )
    with house.transaction() as uow:
        uow.reminders.add(new)
        uow.commit()


def prolong(house: House, ends: date) -> None:
    """Ada's subscription ends on another day."""
    move = Move(name=ADA.name, email=ADA.email, subscription_ends=ends)
    with house.transaction() as uow:
        change_enrolment(uow, house.desk.program, move, now=house.clock())
        uow.commit()


def test_the_subscription_and_own_reminders_are_in_the_calendar(web: House) -> None:
    at = datetime(2026, 12, 24, 15, 30, tzinfo=UTC)
    remind(web, "Ask Mia; then write, slowly", at)

    web.say(ADA.email, "calendar")

    file, found = given(web), events(content(web))
    assert (file.name, file.media_type) == ("calendar.ics", "text/calendar")
    ends = ending(content(web))
    assert ends["dtstart"].dt == date(2029, 1, 15)
    assert "pace" in ends["description"]
    own = found["Reminder: Ask Mia; then write, slowly"]
    assert own["dtstart"].dt == at
    assert "done reminder-1" in own["description"]


def test_the_address_is_told_once_and_then_only_that_there_is_one(web: House) -> None:
    first = web.say(ADA.email, "calendar")
    second = web.say(ADA.email, "my calendar")

    assert fed(web, token(first)) == content(web)
    assert not ADDRESS.search(second)
    assert "new calendar address" in second
    person = ada(web)
    with web.transaction() as uow:
        kept = uow.feeds.of(person)
    assert kept is not None
    assert token(first) not in kept.token_hash


def test_a_new_address_closes_the_old_one_and_it_can_be_closed_for_good(web: House) -> None:
    old = token(web.say(ADA.email, "calendar"))
    new = token(web.say(ADA.email, "new calendar address"))

    assert old != new
    assert fed(web, old) is None
    assert fed(web, new) is not None

    assert "closed" in web.say(ADA.email, "no calendar address")
    assert fed(web, new) is None
    assert "no calendar address" in web.say(ADA.email, "no calendar address")


def test_a_closed_address_opens_nothing_although_it_was_read_just_now(web: House) -> None:
    opened = Feeding(web.transaction, web.desk)
    address = token(web.say(ADA.email, "calendar"))
    assert opened(address) is not None

    web.say(ADA.email, "no calendar address")

    assert opened(address) is None
    assert len(opened) == 0


def test_a_calendar_is_held_ready_for_a_minute_alone(web: House) -> None:
    opened = Feeding(web.transaction, web.desk)
    opened(token(web.say(ADA.email, "calendar")))
    held = len(opened)
    web.clock.forward(timedelta(minutes=2))
    opened("x")

    assert (held, len(opened)) == (1, 0)


def test_an_address_opens_nothing_for_other_tokens(web: House) -> None:
    web.say(ADA.email, "calendar")

    for wrong in ("", "x", "0" * 32, "\udcff", "0" * 10_000):
        assert fed(web, wrong) is None


def test_without_a_web_there_is_the_file_alone(home: House) -> None:
    said = home.say(ADA.email, "calendar")

    assert "not on the web" in said
    assert "calendar/" not in said
    assert events(content(home))
    assert "not on the web" in home.say(ADA.email, "new calendar address")


def test_a_moved_day_is_the_same_entry_one_higher(web: House) -> None:
    address = token(web.say(ADA.email, "calendar"))
    before = ending(fed(web, address))
    prolong(web, date(2030, 1, 15))

    after = ending(fed(web, address))

    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstart"].dt == date(2030, 1, 15)


def test_a_reminder_that_ended_is_called_off_for_90_days(web: House) -> None:
    remind(web, "Call Mia", datetime(2026, 12, 24, 15, 30, tzinfo=UTC))
    address = token(web.say(ADA.email, "calendar"))
    person = ada(web)
    with web.transaction() as uow:
        (one,) = uow.reminders.of(person)
        uow.reminders.end(one, at=web.clock())
        uow.commit()

    off = events(fed(web, address))["Reminder: Call Mia"]
    web.clock.forward(timedelta(days=91))

    assert (off["status"], off["sequence"]) == ("CANCELLED", 1)
    assert "Call Mia" not in events(fed(web, address))


def test_the_same_state_is_the_same_bytes_whenever_it_is_asked(web: House) -> None:
    address = token(web.say(ADA.email, "calendar"))
    before = fed(web, address)
    web.clock.forward(timedelta(days=9))

    assert fed(web, address) == before


def test_a_calendar_is_worked_out_once_a_minute_however_often_it_is_asked(web: House) -> None:
    opened = Feeding(web.transaction, web.desk)
    address = token(web.say(ADA.email, "calendar"))
    before = opened(address)
    prolong(web, date(2030, 1, 15))

    assert opened(address) == before
    web.clock.forward(timedelta(minutes=1))
    assert opened(address) != before


def test_a_calendar_is_made_once_others_may_write_again(web: House) -> None:
    class Pressing:
        def press(self, calendar: Calendar) -> bytes:
            with web.transaction() as other:  # waits in vain where somebody keeps the database
                other.looks.note_swept("tests", at=web.clock())
                other.commit()
            return web.desk.calendars.press(calendar)

    address = token(web.say(ADA.email, "calendar"))
    opened = Feeding(web.transaction, replace(web.desk, calendars=Pressing()))

    assert ending(opened(address) or b"")


def test_of_a_calendar_only_what_changed_is_written(web: House) -> None:
    for number in range(5):
        remind(web, f"Thing {number}", web.clock() + timedelta(days=number + 1))
    address = token(web.say(ADA.email, "calendar"))
    written: list[Any] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *more: Any) -> None:
        if "calendar_entries" in statement and not statement.startswith("SELECT"):
            rows = len(values) if isinstance(values, list) else 1
            written.append((statement.split(maxsplit=1)[0], rows))

    event.listen(web.database.engine, "before_cursor_execute", note)
    fed(web, address)
    assert written == []
    prolong(web, date(2030, 1, 15))
    fed(web, address)

    ((what, rows),) = written
    assert (what, rows) == ("INSERT", 1)
    assert len(events(fed(web, address))) == 7


def test_no_two_people_share_an_entry_and_no_entry_tells_whose_it_is(web: House) -> None:
    web.enrol(BEA)
    web.say(ADA.email, "calendar")
    mine = content(web)
    web.say(BEA.email, "calendar")
    theirs = content(web)

    uids = [{one["uid"] for one in events(each).values()} for each in (mine, theirs)]
    assert uids[0].isdisjoint(uids[1])
    for each in (mine, theirs):
        assert b"example.org" not in each
        assert b"Ada" not in each


def test_older_files_are_discarded_once_they_have_arrived(web: House) -> None:
    web.say(ADA.email, "calendar")
    old = given(web).sha256
    prolong(web, date(2030, 1, 15))
    web.clock.forward(timedelta(minutes=59))
    web.say(ADA.email, "calendar")
    assert web.files.path(old).exists()

    web.clock.forward(timedelta(minutes=2))
    web.say(ADA.email, "calendar")

    with pytest.raises(NotFound):
        web.files.path(old)
    assert content(web)


def test_staff_have_a_calendar_of_their_reminders_and_strangers_none(web: House) -> None:
    web.appoint(*SAL)

    assert "empty" in web.say(SAL[1], "calendar")
    assert "do not know yet who you are" in web.say(DOT, "calendar")
    assert "do not know yet who you are" in web.say(DOT, "new calendar address")


def test_the_trail_tells_of_the_address_and_not_which(web: House) -> None:
    address = token(web.say(ADA.email, "calendar"))
    web.say(ADA.email, "no calendar address")

    person = ada(web)
    with web.transaction() as uow:
        lines = tuple(uow.trail.entries(subject=f"person:{person.id}"))

    actions = [line.action for line in lines]
    assert actions[-3:] == ["calendar-given", "calendar-opened", "calendar-closed"]
    assert all(address not in str(line.details) for line in lines)


def test_the_days_of_an_appeal_follow_its_steps(house: House) -> None:
    appealable(house)
    house.say(ADA.email, "calendar")
    before = {title: one for title, one in events(content(house)).items() if "Last day" in title}
    (first,) = before.values()
    assert first["dtstart"].dt == date(2026, 12, 1)
    assert "say to Carrel: notice 1" in first["description"]

    begin_appeal(house)
    house.say(ADA.email, "calendar")

    after = events(content(house))
    (title,) = before
    assert after[title]["status"] == "CANCELLED"


def test_a_calendar_that_is_asked_for_among_others_is_given_alone(house: House) -> None:
    house.enrol(ADA)
    alone, there = str(house.address(ADA.email)), "memory:room"
    said = replace(house.message(ADA.email, "calendar"), conversation=there, shared=True)

    sent = house.deliver(said)

    given = [m for m in sent if any(isinstance(b, Download) for b in m.reply.blocks)]
    assert [one.conversation for one in given] == [alone]


def test_the_bytes_of_whoever_is_erased_are_named_to_go(web: House) -> None:
    web.say(ADA.email, "calendar")

    with web.transaction() as uow:
        erased = erase_person(uow, web.desk.program, ADA.email, now=web.clock())

    assert given(web).sha256 in erased.names
