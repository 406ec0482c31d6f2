"""Which notices follow from a person's state, when each is said, and when none is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from bot.domain.notices.notice import Notice
from bot.domain.notices.plan import plan
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.domain.rules import Outcome, Route
from bot.domain.submission import Stage
from bot.knowledge.pack import load_pack
from tests.conftest import ROOT
from tests.noticed import at, filed, fresh, submission

STATEMENT = "technology/statement"


@pytest.fixture(scope="module")
def program() -> Program:
    return load_pack(ROOT / "bot/programs/lssc").program


def of(program: Program, situation: Situation, kind: str) -> list[Notice]:
    return [notice for notice in plan(program, situation) if notice.kind == kind]


def keys(notices: Sequence[Notice]) -> list[str]:
    return [notice.key for notice in notices]


def technology(program: Program) -> tuple[str, ...]:
    return tuple(c.id for c in program.set("technology").competencies)


def test_the_end_of_a_subscription_is_told_at_nine_where_the_candidate_lives(
    program: Program,
) -> None:
    notices = of(program, fresh("Europe/Berlin", ends="2027-01-01"), "expiry")
    assert keys(notices) == [f"expiry:7:2027-01-01:{days}" for days in (-90, -30, -7, -1, 0, 1)]
    assert notices[0].at == at("2026-10-03T09:00+02:00")
    assert notices[1].at == at("2026-12-02T09:00+01:00")  # an hour less after the clock change


def test_a_lead_is_worth_saying_until_the_next_or_until_the_day_is_over(program: Program) -> None:
    notices = of(program, fresh("Europe/Berlin", ends="2027-01-01"), "expiry")
    assert notices[3].until == notices[4].at
    assert notices[4].until == at("2027-01-02T00:00+01:00")
    assert notices[5].until == notices[5].at + timedelta(days=30)


def test_a_moved_date_arms_every_lead_anew(program: Program) -> None:
    before = set(keys(of(program, fresh(ends="2027-01-01"), "expiry")))
    after = set(keys(of(program, fresh(ends="2027-06-01"), "expiry")))
    assert not before & after


def test_the_time_limit_counts_from_enrolment_and_is_silent_once_all_is_handed_in(
    program: Program,
) -> None:
    someone = fresh(enrolled="2024-02-29")
    assert keys(of(program, someone, "time-limit"))[0] == "time-limit:7:2028-02-29:-730"
    sets = (*program.required_sets, *program.elective_sets[:3])
    when = at("2026-03-01T12:00")
    done = tuple(submission(n, one.id, when=when) for n, one in enumerate(sets, start=1))
    assert not of(program, replace(someone, submissions=done), "time-limit")


def test_the_last_days_of_the_limit_are_told_unless_the_subscription_ends_with_it(
    program: Program,
) -> None:
    def leads(ends: str) -> list[str]:
        someone = fresh(enrolled="2024-02-29", ends=ends)
        return [key.rpartition(":")[2] for key in keys(of(program, someone, "time-limit"))]

    assert leads("2028-02-29") == ["-730", "-365", "-180"]
    for another in ("2028-02-28", "2029-02-28"):
        assert leads(another) == ["-730", "-365", "-180", "-30", "-7", "0"]


def test_a_set_that_lies_still_is_told_of_and_any_new_file_counts_anew(program: Program) -> None:
    someone = replace(
        fresh(),
        evidence=(filed("TECH-1"),),
        touched={"technology": at("2026-10-02T12:00")},
    )
    notices = of(program, someone, "idle")
    assert keys(notices) == [f"idle:7:technology:2026-10-02:{days}" for days in (30, 90)]
    assert notices[0].matter == "idle-tech"
    later = replace(someone, touched={"technology": at("2026-10-20T12:00")})
    assert keys(of(program, later, "idle"))[0] == "idle:7:technology:2026-10-20:30"


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        (Stage.WAITING, None),
        (Stage.IN_REVIEW, None),
        (Stage.DECIDED, Outcome.APPROVED),
        (Stage.DECIDED, Outcome.MORE),
    ],
)
def test_a_set_that_is_handed_in_or_achieved_is_not_idle(
    program: Program, stage: Stage, outcome: Outcome | None
) -> None:
    when = at("2026-10-02T12:00")
    one = submission(5, "technology", when=when, stage=stage, outcome=outcome, decided=when)
    someone = replace(
        fresh(),
        evidence=tuple(filed(c) for c in technology(program)),
        touched={"technology": when},
        submissions=(one,),
    )
    assert not of(program, someone, "idle")
    assert not of(program, someone, "statement")
    withdrawn = replace(someone, submissions=(replace(one, stage=Stage.WITHDRAWN, decision=None),))
    assert of(program, withdrawn, "idle")


def test_an_elective_that_was_given_up_for_others_is_silent(program: Program) -> None:
    chosen, left = program.elective_sets[:3], program.elective_sets[3]
    someone = replace(
        fresh(),
        evidence=(filed(left.competencies[0].id),),
        touched={left.id: at("2026-10-02T12:00")},
    )
    assert of(program, someone, "idle")
    assert someone.candidate is not None
    settled = replace(someone.candidate, electives=tuple(one.id for one in chosen))
    assert not of(program, replace(someone, candidate=settled), "idle")


def test_only_a_portfolio_that_is_covered_and_has_no_statement_is_asked_for_one(
    program: Program,
) -> None:
    covered = replace(
        fresh(),
        evidence=tuple(filed(c) for c in technology(program)),
        touched={"technology": at("2026-10-02T12:00")},
    )
    assert len(of(program, covered, "statement")) == 2
    draft = replace(covered, stated=frozenset({"technology"}))  # only a filed one counts
    assert len(of(program, draft, "statement")) == 2
    for silent in (
        replace(covered, evidence=covered.evidence[1:]),
        replace(covered, evidence=(*covered.evidence, filed(STATEMENT))),
        replace(covered, routes={"technology": Route.COURSE}),
    ):
        assert not of(program, silent, "statement")


def test_an_appeal_is_the_candidates_until_its_last_day_is_over(program: Program) -> None:
    decided = at("2026-10-02T12:00")
    one = submission(5, "technology", when=decided, outcome=Outcome.COURSE, decided=decided)
    notices = of(program, replace(fresh(), submissions=(one,)), "appeal")
    assert keys(notices) == [f"appeal:7:5-notice:2026-10-12:{days}" for days in (-5, -1, 0)]
    assert notices[-1].until == at("2026-10-13T00:00-05:00")
    assert {notice.matter for notice in notices} == {"appeal-5"}
    again = submission(6, "technology", when=at("2026-10-04T12:00"))
    assert not of(program, replace(fresh(), submissions=(one, again)), "appeal")


def test_whoever_is_certified_hears_of_the_renewal_and_own_reminders_alone(
    program: Program,
) -> None:
    reminder = Reminder(
        id=41,
        person_id=7,
        number=1,
        text="call Bea",
        at=at("2026-11-30T03:00"),
        zone="UTC",
        made_at=at("2026-11-01T12:00"),
    )
    someone = replace(fresh(), certified_on=date(2026, 2, 28), reminders=(reminder,))
    kinds = {notice.kind for notice in plan(program, someone)}
    assert kinds == {"certificate", "renewal-opens", "renewal-closes", "grace-ends", "reminder"}
    assert keys(of(program, someone, "renewal-opens"))[0] == "renewal-opens:7:2029-02-28:0"
    assert keys(of(program, someone, "grace-ends"))[0] == "grace-ends:7:2030-04-28:-30"
    assert keys(of(program, someone, "reminder")) == ["reminder:7:41:2026-11-30T03:00:00Z"]


def test_every_notice_is_over_only_after_it_is_due_and_has_its_own_key(program: Program) -> None:
    someone = fresh("Pacific/Apia", ends="2011-12-31")  # the day before it never was
    notices = plan(program, someone)
    assert len({one.key for one in notices}) == len(notices)
    assert all(one.at < one.until for one in notices)
    assert all(one.at.tzinfo is UTC for one in notices)
