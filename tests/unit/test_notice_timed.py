"""When each notice is said as its person wants it, and that each is said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.notices.days import is_quiet
from bot.domain.notices.kinds import Moment
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Notice
from bot.domain.notices.place import place_for
from bot.domain.notices.plan import plan
from bot.domain.notices.situation import Situation
from bot.domain.notices.timed import timed
from bot.domain.notices.wishes import Cadence, Quiet, Wishes
from bot.domain.program import Program
from bot.knowledge.pack import load_pack
from tests.conftest import ROOT
from tests.noticed import MAIL, SLACK, at, filed, fresh, look, submission
from tests.noticed_any import instants, situations


@pytest.fixture(scope="module")
def program() -> Program:
    return load_pack(ROOT / "bot/programs/lssc").program


def of(program: Program, situation: Situation, kind: str) -> list[Notice]:
    return [notice for notice in plan(program, situation) if notice.kind == kind]


def keys(notices: Sequence[Notice]) -> list[str]:
    return [notice.key for notice in notices]


def test_own_reminders_come_at_night_too_and_nothing_else_that_can_wait(program: Program) -> None:
    quiet = Wishes(quiet=Quiet(begins=time(1), ends=time(11)))
    someone = replace(fresh("Europe/Berlin", ends="2027-01-01"), wishes=quiet)
    expiry = of(program, someone, "expiry")[1]
    shifted = timed(program, someone, expiry)
    assert shifted is not None
    assert shifted.at == at("2026-12-02T11:00+01:00")


def test_what_would_wait_too_long_is_said_on_its_own_or_at_night(program: Program) -> None:
    weekly = Wishes(cadence=Cadence.WEEKLY, quiet=Quiet(begins=time(8), ends=time(7)))
    kinds = dict(program.notices.kinds)
    kinds["expiry"] = replace(kinds["expiry"], waits=True)
    waiting = replace(program, notices=replace(program.notices, kinds=kinds))
    someone = replace(fresh("Europe/Berlin", ends="2027-01-01"), wishes=weekly)  # a Friday
    first, last = of(waiting, someone, "expiry")[0], of(waiting, someone, "expiry")[4]
    gathered, alone = timed(waiting, someone, first), timed(waiting, someone, last)
    assert gathered is not None
    assert gathered.gathered
    assert gathered.at == at("2026-10-06T07:00+02:00")  # Monday's digest, after quiet hours
    assert alone is not None
    assert not alone.gathered
    assert alone.at == last.at


def test_what_is_mandatory_comes_in_quiet_hours_that_leave_too_little_time(
    program: Program,
) -> None:
    all_day = Wishes(quiet=Quiet(begins=time(0), ends=time(23, 59)))
    someone = replace(fresh("Europe/Berlin", ends="2027-01-01"), wishes=all_day)
    first, *_, before, last, _ = of(program, someone, "expiry")

    for notice in (before, last):
        shifted = timed(program, someone, notice)
        assert shifted is not None
        assert shifted.at == notice.at
    waits = timed(program, someone, first)
    assert waits is not None
    assert waits.at == first.at.replace(hour=21, minute=59)  # there is time for that
    night = replace(someone, wishes=Wishes(quiet=Quiet(begins=time(22), ends=time(10))))
    asleep = timed(program, night, last)
    assert asleep is not None
    assert asleep.at == at("2027-01-01T10:00+01:00")


def test_what_is_declined_everywhere_is_not_said_unless_it_is_mandatory(program: Program) -> None:
    pairs = frozenset({("email", "idle"), ("email", "expiry")})
    someone = replace(
        fresh(),
        evidence=(filed("TECH-1"),),
        touched={"technology": at("2026-10-02T12:00")},
        wishes=Wishes(declined=pairs),
    )
    assert timed(program, someone, of(program, someone, "idle")[0]) is None
    assert timed(program, someone, of(program, someone, "expiry")[0]) is not None
    both = replace(someone, places=(MAIL, SLACK))
    assert timed(program, both, of(program, both, "idle")[0]) is not None
    assert place_for(told_as(program, "idle"), both) == SLACK


def test_the_chosen_channel_goes_first_and_one_that_fails_last(program: Program) -> None:
    idle = told_as(program, "idle")
    someone = replace(fresh(), places=(MAIL, SLACK))
    assert place_for(idle, someone) == MAIL
    chosen = replace(someone, wishes=Wishes(channel="slack"))
    assert place_for(idle, chosen) == SLACK
    assert place_for(idle, replace(chosen, avoided=frozenset({SLACK}))) == MAIL
    assert place_for(idle, replace(fresh(), avoided=frozenset({MAIL}))) == MAIL


def test_staff_are_told_on_the_next_working_day_at_the_office(program: Program) -> None:
    one = submission(5, "technology", when=at("2026-10-03T12:00"))  # a Saturday
    someone = replace(fresh("Pacific/Apia"), submissions=(one,))
    overdue = of(program, someone, "staff-overdue")[0]
    shifted = timed(program, someone, overdue)
    assert shifted is not None
    assert overdue.at == at("2026-10-31T09:00-05:00")
    assert shifted.at == at("2026-11-02T09:00-06:00")


def test_an_outage_tells_what_still_matters_and_notes_the_rest_as_missed(program: Program) -> None:
    someone = fresh("Europe/Berlin", ends="2027-01-01")
    found = look(
        program,
        someone,
        set(),
        now=at("2026-12-31T12:00+01:00"),
        swept=at("2026-12-01T12:00+01:00"),
    )
    assert keys(found.now) == ["expiry:7:2027-01-01:-1"]
    assert keys(found.missed) == ["expiry:7:2027-01-01:-30", "expiry:7:2027-01-01:-7"]
    assert found.next_at == at("2027-01-01T09:00+01:00")


def test_what_was_never_true_while_somebody_looked_was_not_missed(program: Program) -> None:
    imported = fresh("Europe/Berlin", ends="2026-01-01")
    now = at("2026-12-31T12:00+01:00")
    found = look(program, imported, set(), now=now, swept=now - timedelta(minutes=1))
    assert not [one for one in (*found.now, *found.missed) if one.kind == "expiry"]


def test_whoever_comes_at_night_is_told_in_the_morning(program: Program) -> None:
    someone = fresh("Europe/Berlin", ends="2027-01-05")

    night = look(program, someone, set(), now=at("2026-12-20T02:00+01:00"), swept=None)

    assert night.now == ()
    assert night.next_at == at("2026-12-20T08:00+01:00")
    morning = look(program, someone, set(), now=at("2026-12-20T08:00+01:00"), swept=None)
    assert keys(morning.now) == ["expiry:7:2027-01-05:-30"]


def test_what_is_late_is_left_out_where_the_next_lead_is_about_to_be_said(
    program: Program,
) -> None:
    someone = fresh("Pacific/Kiritimati", ends="2027-01-05")

    for joined in ("2027-01-05T03:00+14:00", "2027-01-05T08:00+14:00"):
        found = look(program, someone, set(), now=at(joined), swept=None)

        assert found.now == ()
        assert found.next_at == at("2027-01-05T09:00+14:00")


def test_leads_a_day_apart_are_all_said_on_time_and_somewhat_late(program: Program) -> None:
    someone = fresh("Europe/Berlin", ends="2027-01-05")

    for now in ("2027-01-04T09:00+01:00", "2027-01-04T09:01+01:00", "2027-01-04T17:00+01:00"):
        found = look(program, someone, set(), now=at(now), swept=None)

        assert keys(found.now) == ["expiry:7:2027-01-05:-1"]


sweeps = st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=25)


@settings(max_examples=150)
@given(data=st.data(), begins=instants, pauses=sweeps)
def test_whenever_somebody_looks_each_thing_is_said_once_in_its_time(
    program: Program, data: st.DataObject, begins: datetime, pauses: list[int]
) -> None:
    situation = data.draw(situations(program))
    known: set[str] = set()
    now, swept = begins, None
    for pause in pauses:
        found = look(program, situation, known, now=now, swept=swept)
        fresh_keys = keys((*found.now, *found.missed))
        assert len(set(fresh_keys)) == len(fresh_keys)
        assert not known & set(fresh_keys)
        assert all(one.at <= now < one.until for one in found.now)
        assert all(swept is not None and one.until <= now for one in found.missed)
        assert found.next_at is None or found.next_at > now
        known |= set(fresh_keys)
        now, swept = now + timedelta(minutes=pause), now


@settings(max_examples=150)
@given(data=st.data())
def test_nothing_comes_in_quiet_hours_but_own_reminders_and_what_would_be_too_late(
    program: Program, data: st.DataObject
) -> None:
    situation = data.draw(situations(program))
    quiet = situation.wishes.quiet or program.notices.quiet
    assert quiet is not None
    for notice in plan(program, situation):
        one = timed(program, situation, notice)
        kind = program.notices.kinds[notice.kind]
        if one is None or kind.moment is Moment.OWN or notice.to == "staff":
            continue
        assert notice.at <= one.at < notice.until
        local = one.at.astimezone(situation.person.zone)
        if quiet.begins != quiet.ends and is_quiet(local, quiet):
            assert one.at == notice.at
            assert not one.gathered
