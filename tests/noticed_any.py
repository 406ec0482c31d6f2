"""People as notices see them, by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.domain.appeal import Appeal, StepTaken
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.notices.notice import Notice
from bot.domain.notices.plan import plan
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Situation
from bot.domain.notices.wishes import Cadence, Hush, Quiet, Wishes
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence
from bot.domain.program import CompetencySet, Program
from bot.domain.rules import Outcome, Route
from bot.domain.submission import Stage, Submission
from tests.noticed import MAIL, SLACK, ZONES, filed, person, submission

instants = st.integers(1_735_689_600, 1_893_456_000).map(  # 2025 to 2029
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
_days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
_hours = st.builds(time, st.sampled_from((0, 6, 7, 8, 9, 10, 12, 20, 23)), st.sampled_from((0, 30)))
_quiets = st.none() | st.builds(lambda b, e: Quiet(begins=b, ends=e), _hours, _hours)


@st.composite
def situations(draw: st.DrawFn, program: Program) -> Situation:
    """Anybody at all: new, busy, certified, with any wishes; also nobody's candidate."""
    ada = person(draw(st.sampled_from(ZONES)))
    ids = [one.id for one in program.sets]
    submissions = draw(_submissions(ids))
    one = draw(st.sampled_from(program.sets))
    touched = draw(st.dictionaries(st.sampled_from((one.id, *ids)), instants, max_size=3))
    candidate = Candidate(
        person=ada,
        enrolled_on=draw(_days),
        subscription_ends=draw(_days),
        electives=tuple(draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))),
    )
    certified = draw(st.none() | st.none() | instants)
    made = Situation(
        person=ada,
        places=draw(st.sampled_from(((MAIL,), (SLACK, MAIL)))),
        candidate=draw(st.sampled_from((candidate, candidate, candidate, None))),
        evidence=tuple(draw(_evidence(one))),
        touched={**touched, one.id: draw(instants)} if draw(st.booleans()) else touched,
        stated=draw(st.frozensets(st.sampled_from(ids), max_size=1)),
        routes=draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(Route), max_size=1)),
        submissions=submissions,
        requests=tuple(draw(_requests(submissions))),
        appeals=tuple(draw(_appeals(program, submissions))),
        certified_on=certified.astimezone(ada.zone).date() if certified else None,
        certified_at=certified,
        reminders=tuple(draw(_reminders())),
    )
    return replace(made, wishes=draw(_wishes(program, plan(program, made))))


@st.composite
def _submissions(draw: st.DrawFn, ids: list[str]) -> tuple[Submission, ...]:
    starts = sorted(draw(st.lists(instants, max_size=3)))
    made = []
    for number, when in enumerate(starts, start=1):
        stage = draw(st.sampled_from((Stage.WAITING, Stage.IN_REVIEW, Stage.WITHDRAWN)))
        made.append(
            submission(
                number,
                draw(st.sampled_from(ids)),
                when=when,
                stage=stage,
                outcome=draw(st.none() | st.sampled_from(Outcome)),
                decided=when + timedelta(hours=draw(st.integers(1, 900))),
            )
        )
    return tuple(made)


@st.composite
def _evidence(draw: st.DrawFn, one: CompetencySet) -> Iterator[Evidence]:
    every = [c.id for c in one.competencies]
    others = [f"{one.id}/certificate", f"{one.id}/statement"]
    sections = every if draw(st.booleans()) else draw(st.lists(st.sampled_from(every), max_size=2))
    more = draw(st.lists(st.sampled_from(others), max_size=1))
    places = (*sections, *more)
    return iter(filed(place, number=n) for n, place in enumerate(places, start=1))


@st.composite
def _requests(draw: st.DrawFn, submissions: tuple[Submission, ...]) -> list[EvidenceRequest]:
    if not submissions:
        return []
    opened = draw(st.lists(instants, max_size=3))
    return [
        EvidenceRequest(
            id=number,
            submission_id=draw(st.sampled_from(submissions)).id,
            person_id=7,
            section="resume",
            token=f"R-AAAA-AAA{number + 1}",
            opened_at=one,
            closed_at=draw(st.sampled_from((None, one))),
        )
        for number, one in enumerate(opened, start=1)
    ]


@st.composite
def _appeals(
    draw: st.DrawFn, program: Program, submissions: tuple[Submission, ...]
) -> list[Appeal]:
    rule = program.rules.appeal
    found = []
    for one in submissions:
        if one.decision and rule and draw(st.booleans()):
            day = one.decision.at.date()
            count = draw(st.integers(0, 2))
            taken = tuple(
                StepTaken(step=step.id, day=day + timedelta(days=3), at=one.decision.at, by=7)
                for step in rule.steps[:count]
            )
            found.append(
                Appeal(
                    id=one.id,
                    submission_id=one.id,
                    person_id=7,
                    decided_on=day,
                    notice="",
                    taken=taken,
                    result=draw(st.sampled_from(("", "", "upheld"))),
                )
            )
    return found


@st.composite
def _reminders(draw: st.DrawFn) -> list[Reminder]:
    times = draw(st.lists(instants, max_size=2))
    return [
        Reminder(
            id=40 + number,
            person_id=7,
            number=number,
            text="call Bea",
            at=one,
            zone="UTC",
            made_at=one - timedelta(days=2),
        )
        for number, one in enumerate(times, start=1)
    ]


@st.composite
def _wishes(draw: st.DrawFn, program: Program, notices: tuple[Notice, ...]) -> Wishes:
    ids = [kind.id for kind in program.notices.kinds.values() if kind.leads]
    channels = ("email", "slack")
    pairs = st.tuples(st.sampled_from(channels), st.sampled_from(ids))
    some = st.lists(st.sampled_from(notices), unique_by=lambda one: one.matter, max_size=2)
    hushed = draw(some) if notices else []
    return Wishes(
        quiet=draw(_quiets),
        cadence=draw(st.sampled_from(Cadence)),
        cadences=draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(Cadence), max_size=2)),
        channel=draw(st.sampled_from(("", "email", "slack"))),
        declined=draw(st.frozensets(pairs, max_size=3)),
        hushed=tuple(draw(_hush(one)) for one in hushed),
    )


@st.composite
def _hush(draw: st.DrawFn, one: Notice) -> Hush:
    """Mostly in reply to it, now and then before it was said."""
    said = one.at + timedelta(minutes=draw(st.integers(-1_000, 20_000)))
    until = draw(st.none() | st.integers(1, 100_000).map(lambda m: said + timedelta(minutes=m)))
    return Hush(matter=one.matter, at=said, until=until)
