"""What follows when a course is recommended: the set's route changes."""

from __future__ import annotations

from datetime import datetime

from bot.domain.appeal_case import appeal_until
from bot.domain.notices.happenings import DECIDED
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.rules import Route
from bot.domain.submission import Submission
from bot.phrases import deciding
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.tell import tell


def recommend_course(
    uow: UnitOfWork, desk: Desk, owner: Person, submission: Submission, *, now: datetime
) -> None:
    """From now on the set is proved by a course; the candidate is told what to do next.

    What the documents say of portfolios that fall short is no answer to a certificate.
    """
    cites = desk.program.rules.review.course_cites
    uow.routes.choose(owner, submission.set_id, Route.COURSE)
    news = deciding.course(
        desk.program,
        submission,
        desk.cited(() if submission.route is Route.COURSE else cites),
        appeal_until=appeal_until(desk.program, owner, submission),
    )
    how = told_as(desk.program, DECIDED)
    tell(uow, owner, news, key=f"outcome:{submission.id}", now=now, how=how)
