"""From when on a submission waits too long, as the program has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import Knowledge
from bot.domain.notices.kinds import Audience, Kind, Lead, Moment, NoticeRules, Office
from bot.domain.overdue import days_waited, overdue_days
from bot.domain.program import Program
from bot.domain.rules import Route
from bot.domain.submission import Stage, Submission
from tests.clock import NOON

ONE = Submission(
    id=1, person_id=1, set_id="any", route=Route.COURSE, round=1, follows=None, asked=(), items=(),
    submitted_at=NOON,
)  # fmt: skip
LATE = Kind(
    id="late",
    title="overdue",
    moment=Moment.SUBMITTED,
    to=Audience.STAFF,
    leads=(Lead(days=45, text=""), Lead(days=30, text="")),
)


@pytest.fixture
def program(other_knowledge: Knowledge) -> Program:
    """A program that aims at 21 days and has no notices."""
    return replace(other_knowledge.pack.program, notices=NoticeRules())


@pytest.mark.parametrize(("days", "told"), [(0, None), (21, None), (22, 22), (90, 90)])
def test_what_is_aimed_at_counts_where_no_notice_says_more(
    program: Program, days: int, told: int | None
) -> None:
    assert overdue_days(program, ONE, now=NOON + timedelta(days=days)) == told


@pytest.mark.parametrize(("days", "told"), [(22, None), (29, None), (30, 30), (60, 60)])
def test_the_first_lead_of_the_notice_counts(program: Program, days: int, told: int | None) -> None:
    own = replace(program, notices=NoticeRules(kinds={"late": LATE}))

    assert overdue_days(own, ONE, now=NOON + timedelta(days=days)) == told


def test_nothing_is_overdue_where_the_program_does_not_say(program: Program) -> None:
    rules = replace(program.rules, review=replace(program.rules.review, aim_days=None))
    silent = replace(program, rules=rules)

    assert overdue_days(silent, ONE, now=NOON + timedelta(days=999)) is None


def test_what_is_decided_or_withdrawn_is_not_overdue(program: Program) -> None:
    for stage in (Stage.DECIDED, Stage.WITHDRAWN):
        ended = replace(ONE, stage=stage)
        assert overdue_days(program, ended, now=NOON + timedelta(days=99)) is None


def test_days_are_those_of_the_office(program: Program) -> None:
    far = replace(program, notices=NoticeRules(office=Office(time_zone="Asia/Tokyo")))
    later = NOON + timedelta(hours=22)  # 18:00 in London is 3:00 on the next day in Tokyo

    assert days_waited(far, ONE, now=later) == 1
    assert days_waited(far, ONE, now=NOON + timedelta(hours=20)) == 0
