"""An appeal's clock: calendar days, the last one inclusive, and steps in their order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appeal import Appeal, StepTaken, first_deadline, forfeit, steps
from bot.domain.appeal_case import decision_day
from bot.domain.appeal_moves import DeadlineMissed, end, take_for_staff, take_own
from bot.domain.people import Person
from bot.domain.rules import AppealResult, AppealRule, AppealStep, Outcome, Party, Route
from bot.domain.submission import ReviewDecision, Stage, Submission
from bot.errors import NotFound, Refused

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
DAY = date(2031, 5, 1)


def step(
    id: str, days: int, after: str = "decision", *, party: Party = Party.CANDIDATE
) -> AppealStep:
    """A step of a rule."""
    return AppealStep(
        id=id, title=id.title(), party=party, who="the baker", days=days, after=after, cites=()
    )


def rule(
    *of: AppealStep, results: tuple[str, ...] = ("kept", "kept in part", "judged anew")
) -> AppealRule:
    """A rule of those steps."""
    return AppealRule(
        against=frozenset({Outcome.COURSE}),
        steps=of,
        results=tuple(AppealResult(title=one, reopens=False) for one in results),
        addressee="Guild Master",
        notice="",
        cites=(),
        forfeit_cites=(),
    )


GUILD = rule(
    step("word", 10),
    step("grounds", 30),
    step("answer", 5, "grounds", party=Party.STAFF),
    step("hearing", 7, "answer", party=Party.STAFF),
)


def appeal(decided_on: date = DAY, *taken: tuple[str, date]) -> Appeal:
    """An appeal with those steps taken."""
    return Appeal(
        id=3,
        submission_id=12,
        person_id=1,
        decided_on=decided_on,
        notice="",
        taken=tuple(_taken(step, day) for step, day in taken),
    )


def _taken(step: str, day: date) -> StepTaken:
    return StepTaken(step=step, day=day, at=NOON, by=1)


def own(before: Appeal, step: str, day: date) -> Appeal:
    """The candidate takes a step on that day."""
    return take_own(GUILD, before, _taken(step, day), today=day)


def staff(before: Appeal, step: str, day: date, today: date | None = None) -> Appeal:
    """Staff record a step of that day."""
    today = today or day
    return take_for_staff(GUILD, before, _taken(step, day), today=today, latest=today)


@pytest.mark.parametrize(
    ("decided_on", "due"),
    [
        (date(2030, 12, 25), date(2031, 1, 4)),  # over the end of a year
        (date(2026, 3, 1), date(2026, 3, 11)),  # over both changes of the clocks
        (date(2026, 10, 25), date(2026, 11, 4)),
    ],
)
def test_days_are_calendar_days(decided_on: date, due: date) -> None:
    first = steps(GUILD, appeal(decided_on), today=decided_on)[0]

    assert first.due == due == first_deadline(GUILD, decided_on)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 1, 4, 59, tzinfo=UTC), date(2026, 10, 31)),  # the clocks go back then
        (datetime(2026, 11, 1, 5, 0, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 11, 2, 5, 59, tzinfo=UTC), date(2026, 11, 1)),  # a day of 25 hours
        (datetime(2026, 3, 9, 4, 59, tzinfo=UTC), date(2026, 3, 8)),  # a day of 23 hours
        (datetime(2027, 1, 1, 5, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_decisions_day_is_the_candidates_own(at: datetime, day: date) -> None:
    ada = Person(id=1, name="Ada", email="ada@example.org", time_zone="America/Chicago")
    decision = ReviewDecision(outcome=Outcome.COURSE, by=2, name="Sal", at=at, reason="So.")
    one = Submission(
        id=1,
        person_id=1,
        set_id="A",
        route=Route.PORTFOLIO,
        round=1,
        follows=None,
        asked=(),
        items=(),
        submitted_at=at,
        stage=Stage.DECIDED,
        decision=decision,
    )

    assert decision_day(ada, one) == day


def test_the_last_day_counts_fully() -> None:
    last = DAY + timedelta(days=10)

    assert own(appeal(), "word", last).filed
    with pytest.raises(DeadlineMissed, match="last day was 2031-05-11") as late:
        own(appeal(), "word", last + timedelta(days=1))
    assert late.value.state.step.id == "word"


def test_a_missed_step_ends_the_candidates_later_ones() -> None:
    with pytest.raises(DeadlineMissed) as late:
        own(appeal(), "grounds", DAY + timedelta(days=12))  # itself in time
    assert late.value.state.step.id == "word"


def test_a_last_day_is_unknown_until_the_step_before_is_taken() -> None:
    before = steps(GUILD, appeal(DAY, ("word", DAY)), today=DAY)
    after = steps(GUILD, appeal(DAY, ("word", DAY), ("grounds", date(2031, 5, 9))), today=DAY)

    assert [state.due for state in before[2:]] == [None, None]
    assert [state.due for state in after[2:]] == [date(2031, 5, 14), None]


def test_steps_are_taken_in_order_and_once() -> None:
    with pytest.raises(Refused, match="First comes: Word"):
        own(appeal(), "grounds", DAY)
    with pytest.raises(Refused, match="First comes: Grounds"):
        staff(appeal(DAY, ("word", DAY)), "answer", DAY)
    with pytest.raises(Refused, match="on file already, since 2031-05-01"):
        own(appeal(DAY, ("word", DAY)), "word", date(2031, 5, 20))


@pytest.mark.parametrize("named", ["answer", "hearing", "decision", "nonsense", ""])
def test_a_candidate_takes_no_step_of_staff(named: str) -> None:
    with pytest.raises(NotFound, match="Your steps are: word, grounds"):
        own(appeal(DAY, ("word", DAY)), named, DAY)


@pytest.mark.parametrize("day", [date(2031, 5, 3), date(2031, 5, 6)])
def test_staff_record_days_between_the_step_before_and_today(day: date) -> None:
    before = appeal(DAY, ("word", DAY), ("grounds", date(2031, 5, 4)))

    with pytest.raises(Refused, match="from 2031-05-04 to 2031-05-05"):
        staff(before, "answer", day, date(2031, 5, 5))
    assert staff(before, "answer", date(2031, 5, 4), date(2031, 5, 5)).taken[-1].step == "answer"


def test_staff_may_be_late_and_the_appeal_goes_on() -> None:
    before = appeal(DAY, ("word", DAY), ("grounds", DAY))
    late = date(2031, 7, 1)

    assert steps(GUILD, before, today=late)[2].missed
    assert forfeit(steps(GUILD, before, today=late)) is None
    assert steps(GUILD, staff(before, "answer", late), today=late)[3].due == date(2031, 7, 8)


def test_an_appeal_ends_after_its_last_step_or_with_a_missed_one() -> None:
    begun = appeal(DAY, ("word", DAY))
    whole = appeal(DAY, ("word", DAY), ("grounds", DAY), ("answer", DAY), ("hearing", DAY))

    with pytest.raises(Refused, match="Grounds is still to come"):
        end(GUILD, begun, "judged", note="So.", today=DAY)
    assert end(GUILD, begun, "kept", note="So.", today=date(2031, 6, 1)).result == "kept"
    assert end(GUILD, whole, "JUDGED  anew", note=" So. ", today=DAY).result == "judged anew"
    with pytest.raises(Refused, match="Give the reason"):
        end(GUILD, whole, "kept", note=" ", today=DAY)
    for said in ("k", "nonsense", ""):
        with pytest.raises(NotFound, match="kept, kept in part, judged anew"):
            end(GUILD, whole, said, note="So.", today=DAY)
    with pytest.raises(Refused, match="has ended: kept"):
        end(
            GUILD, end(GUILD, whole, "kept", note="So.", today=DAY), "judged", note="So.", today=DAY
        )


@st.composite
def rules(draw: st.DrawFn) -> AppealRule:
    """Any rule that a pack may hold."""
    count = draw(st.integers(1, 5))
    made = [step("s0", draw(st.integers(1, 40)))]
    for place in range(1, count):
        after = draw(st.sampled_from(["decision", *(one.id for one in made)]))
        party = draw(st.sampled_from(Party))
        made.append(step(f"s{place}", draw(st.integers(1, 40)), after, party=party))
    return rule(*made)


@given(
    of=rules(),
    decided_on=st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    tries=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 30), st.integers(0, 5)), max_size=12
    ),
)
def test_whatever_is_tried_the_clock_is_kept(
    of: AppealRule, decided_on: date, tries: list[tuple[int, int, int]]
) -> None:
    one, today = appeal(decided_on), decided_on
    for place, wait, earlier in tries:
        today += timedelta(days=wait)
        known = {state.step.id: state.due for state in steps(of, one, today=today) if state.due}
        one = _attempt(of, one, f"s{place}", today=today, earlier=earlier)

        states = steps(of, one, today=today)
        due = {state.step.id: state.due for state in states}
        assert known.items() <= due.items()  # no last day moves
        assert len({taken.step for taken in one.taken}) == len(one.taken)
        for state in states:
            assert state.missed == (state.taken is None and bool(state.due and today > state.due))
            if state.own and state.taken and state.due:
                assert state.taken.day <= state.due
            if state.taken:
                assert state.step.after in {"decision", *(t.step for t in one.taken)}


def _attempt(of: AppealRule, one: Appeal, step: str, *, today: date, earlier: int) -> Appeal:
    """The appeal after somebody tried to take a step, perhaps in vain."""
    staffs = {s.id for s in of.steps if s.party is Party.STAFF}
    try:
        if step in staffs:
            day = today - timedelta(days=earlier)
            return take_for_staff(of, one, _taken(step, day), today=today, latest=today)
        return take_own(of, one, _taken(step, today), today=today)
    except (Refused, NotFound):
        return one
