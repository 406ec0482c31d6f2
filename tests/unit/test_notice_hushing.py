"""What is snoozed comes again while it is true; what is done is silent until it came up anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.notices.hushing import is_again
from bot.domain.notices.kinds import Moment
from bot.domain.notices.plan import plan
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Situation
from bot.domain.notices.timed import timed
from bot.domain.notices.wishes import Cadence, Hush, Wishes
from bot.domain.program import Program
from bot.domain.rules import Outcome
from bot.domain.submission import Stage
from bot.knowledge.pack import load_pack
from tests.conftest import ROOT
from tests.noticed import at, filed, fresh, submission
from tests.noticed_any import instants, situations


@pytest.fixture(scope="module")
def program() -> Program:
    return load_pack(ROOT / "bot/programs/lssc").program


def idle(touched: str = "2026-10-02T12:00") -> Situation:
    return replace(fresh(), evidence=(filed("TECH-1"),), touched={"technology": at(touched)})


def hushed(situation: Situation, matter: str, said: str, until: str | None = None) -> Situation:
    hush = Hush(matter=matter, at=at(said), until=at(until) if until else None)
    return replace(situation, wishes=replace(situation.wishes, hushed=(hush,)))


def keys(program: Program, situation: Situation, matter: str) -> list[str]:
    return [one.key for one in plan(program, situation) if one.matter == matter]


def test_what_is_done_is_silent(program: Program) -> None:
    assert keys(program, hushed(idle(), "idle-tech", "2026-11-02T12:00"), "idle-tech") == []


def test_what_is_done_is_told_again_once_it_came_up_anew(program: Program) -> None:
    moved = hushed(idle("2026-11-05T12:00"), "idle-tech", "2026-11-02T12:00")
    assert len(keys(program, moved, "idle-tech")) == 2


def test_what_is_mandatory_is_never_done(program: Program) -> None:
    someone = hushed(fresh(ends="2027-01-01"), "expiry", "2026-12-03T12:00")
    assert len(keys(program, someone, "expiry")) == 6


def test_what_is_snoozed_comes_again_then_and_later_leads_stay(program: Program) -> None:
    someone = hushed(fresh(ends="2027-01-01"), "expiry", "2026-12-02T16:00", "2026-12-05T16:00")
    assert keys(program, someone, "expiry") == [
        "expiry:7:2027-01-01:-7",
        "expiry:7:2027-01-01:-1",
        "expiry:7:2027-01-01:0",
        "expiry:7:2027-01-01:1",
        "again:7:expiry:2026-12-05T16:00:00Z",
    ]
    again = next(one for one in plan(program, someone) if is_again(one))
    assert again.lead == 1
    assert again.at == at("2026-12-05T16:00")
    assert again.until == at("2026-12-25T09:00-06:00")  # the next lead


def test_what_is_snoozed_is_silent_then_if_it_is_not_true_any_more(program: Program) -> None:
    snoozed = hushed(idle(), "idle-tech", "2026-11-02T12:00", "2026-11-05T12:00")
    assert "again:7:idle-tech:2026-11-05T12:00:00Z" in keys(program, snoozed, "idle-tech")
    handed = submission(5, "technology", when=at("2026-11-03T12:00"), stage=Stage.IN_REVIEW)
    assert keys(program, replace(snoozed, submissions=(handed,)), "idle-tech") == []


def test_a_deadline_is_not_snoozed_beyond_its_day(program: Program) -> None:
    decided = at("2026-10-02T12:00")
    one = submission(5, "technology", when=decided, outcome=Outcome.COURSE, decided=decided)
    someone = replace(fresh(), submissions=(one,))
    late = hushed(someone, "appeal-5", "2026-10-11T16:00", "2026-10-14T16:00")
    assert keys(program, late, "appeal-5") == ["appeal:7:5-notice:2026-10-12:0"]
    over = hushed(someone, "appeal-5", "2026-10-12T16:00", "2026-10-14T16:00")
    assert keys(program, over, "appeal-5") == []


def test_a_snooze_of_what_is_mandatory_ends_with_its_next_lead(program: Program) -> None:
    for until in ("2029-11-20T12:00", "2026-12-31T16:00", "2026-12-25T15:01"):
        someone = hushed(fresh(ends="2027-01-01"), "expiry", "2026-12-24T16:00", until)
        assert keys(program, someone, "expiry") == [
            "expiry:7:2027-01-01:-7",
            "expiry:7:2027-01-01:-1",
            "expiry:7:2027-01-01:0",
            "expiry:7:2027-01-01:1",
        ]


@settings(max_examples=150)
@given(data=st.data(), said=instants, days=st.integers(0, 3_000))
def test_no_lead_of_a_mandatory_matter_that_comes_later_is_silenced(
    program: Program, data: st.DataObject, said: datetime, days: int
) -> None:
    someone = data.draw(situations(program))
    awake = replace(someone, wishes=Wishes())
    matters = sorted({one.matter for one in plan(program, awake)})
    until = said + timedelta(days=days, minutes=1)
    hushes = tuple(Hush(matter=one, at=said, until=until) for one in matters)
    heard = plan(program, replace(someone, wishes=Wishes(hushed=hushes)))

    for notice in plan(program, awake):
        kind = program.notices.kinds[notice.kind]
        if kind.mandatory and kind.moment is not Moment.OWN and notice.at > said:
            assert notice in heard


def test_a_snoozed_reminder_comes_again_at_that_instant(program: Program) -> None:
    reminder = Reminder(
        id=41,
        person_id=7,
        number=3,
        text="call Bea",
        at=at("2026-11-20T03:00"),
        zone="UTC",
        made_at=at("2026-11-01T12:00"),
    )
    someone = replace(fresh(), reminders=(reminder,))
    snoozed = hushed(someone, "reminder-3", "2026-11-20T03:05", "2026-11-20T09:30")
    (again,) = [one for one in plan(program, snoozed) if one.matter == "reminder-3"]
    assert again.key == "again:7:reminder-3:2026-11-20T09:30:00Z"
    shifted = timed(program, snoozed, again)
    assert shifted is not None
    assert shifted.at == at("2026-11-20T09:30")  # at night in Chicago: they chose it


def test_what_comes_again_waits_for_no_digest(program: Program) -> None:
    snoozed = hushed(idle(), "idle-tech", "2026-11-02T17:00", "2026-11-05T17:00")
    weekly = replace(snoozed, wishes=Wishes(cadence=Cadence.WEEKLY, hushed=snoozed.wishes.hushed))
    again = next(one for one in plan(program, weekly) if is_again(one))
    shifted = timed(program, weekly, again)
    assert shifted is not None
    assert not shifted.gathered
    assert shifted.at == again.at


def test_done_with_one_renewal_is_done_with_all_of_it(program: Program) -> None:
    certified = replace(fresh(), certified_on=at("2026-02-28T12:00").date())
    assert len(keys(program, certified, "renewal")) == 6
    assert keys(program, hushed(certified, "renewal", "2029-03-05T12:00"), "renewal") == []


def test_what_staff_are_told_is_not_the_candidates_to_hush(program: Program) -> None:
    one = submission(5, "technology", when=at("2026-10-03T12:00"))
    someone = hushed(replace(fresh(), submissions=(one,)), "review-5", "2026-11-02T12:00")
    kinds = {n.kind for n in plan(program, someone) if n.matter == "review-5"}
    assert kinds == {"staff-overdue"}


def test_a_snooze_before_anything_was_due_says_nothing_by_itself(program: Program) -> None:
    soon = at("2026-01-10T12:00")
    hush = Hush(matter="expiry", at=soon, until=soon + timedelta(days=3))
    someone = replace(fresh(), wishes=Wishes(hushed=(hush,)))
    assert len(keys(program, someone, "expiry")) == 6
