"""Every use case by the right that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices.groups import Group, Which
from bot.domain.notices.reach import Reach
from bot.domain.rights import Action, Relation, Role
from bot.domain.rules import Outcome, Rating
from bot.domain.sharing import Addressed
from bot.ports import UnitOfWork
from bot.usecases import (
    answer_handover,
    appoint,
    broadcast,
    curate_answer,
    see_broadcast,
    track_appeal,
)
from bot.usecases.build_dossier import read_dossier
from bot.usecases.claim_submission import claim_submission, release_submission
from bot.usecases.comment_shared import Remark, comment_shared
from bot.usecases.decide_review import Ruling, decide_review
from bot.usecases.look_at import look_at
from bot.usecases.offer_evidence import offer_evidence
from bot.usecases.people_in import Counted
from bot.usecases.rate_submission import THE_REST, Mark, rate_submission
from bot.usecases.read_shared import read_shared
from bot.usecases.see_queue import my_reviews, see_queue
from bot.usecases.see_ratings import see_ratings
from bot.usecases.staff_digest import see_digest
from bot.usecases.withdraw_submission import withdraw_submission
from handlers import answering
from handlers.request import Prepared, Request
from tests.desk import House
from tests.usecases.matters import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a use case needs to be tried."""

    house: House
    uow: UnitOfWork
    matter: Matter

    @property
    def now(self) -> datetime:
        """The time."""
        return self.house.clock()

    def request(self) -> Request:
        """A message of the person, for what a handler alone can do."""
        return Request(
            message=self.house.message(self.matter.person.email, "unanswered"),
            text="unanswered",
            prepared=Prepared(),
            uow=self.uow,
            desk=self.house.desk,
            now=self.now,
            person=self.matter.person,
            candidate=None,
        )


def _keep(a: Attempt) -> None:
    m = a.matter
    withdraw_submission(a.uow, a.house.desk, m.person, m.submission.id, now=a.now)


def _look(a: Attempt) -> None:
    look_at(a.uow, a.house.desk.program, a.matter.person, a.matter.owner.email, now=a.now)


def _read_shared(a: Attempt) -> None:
    read_shared(a.uow, a.house.desk.program, a.matter.person, a.matter.share, now=a.now)


def _comment(a: Attempt) -> None:
    m, said = a.matter, Remark(text="well done")
    comment_shared(a.uow, a.house.desk.program, m.person, m.share, said, now=a.now)


def _offer(a: Attempt) -> None:
    m, to = a.matter, Addressed(who=a.matter.owner.email, words="")
    offer_evidence(a.uow, a.house.desk.program, m.person, to, (), now=a.now)


def _queue(a: Attempt) -> None:
    see_queue(a.uow, a.house.desk.program, a.matter.person, after=0, now=a.now)


def _mine(a: Attempt) -> None:
    my_reviews(a.uow, a.house.desk.program, a.matter.person, now=a.now)


def _claim(a: Attempt) -> None:
    m = a.matter
    claim_submission(a.uow, a.house.desk.program, m.person, m.submission.id, now=a.now)


def _dossier(a: Attempt) -> None:
    read_dossier(a.uow, a.house.desk.program, a.matter.person, a.matter.submission.id, now=a.now)


def _ratings(a: Attempt) -> None:
    see_ratings(a.uow, a.house.desk.program, a.matter.person, a.matter.submission.id, now=a.now)


def _rate(a: Attempt) -> None:
    m, marks = a.matter, (Mark(competency=THE_REST, rating=Rating.MET),)
    rate_submission(a.uow, a.house.desk, m.person, m.submission.id, marks, now=a.now)


def _release(a: Attempt) -> None:
    release_submission(a.uow, a.matter.person, a.matter.submission.id, now=a.now)


def _decide(a: Attempt) -> None:
    m, ruling = a.matter, Ruling(outcome=Outcome.COURSE, reason="because")
    decide_review(a.uow, a.house.desk, m.person, m.course.id, ruling, now=a.now)


def _see_case(a: Attempt) -> None:
    track_appeal.see_case(a.uow, a.house.desk, a.matter.person, a.matter.appeal, now=a.now)


def _record_step(a: Attempt) -> None:
    step = track_appeal.StepSaid(number=a.matter.appeal, step="response", day=None, note="")
    track_appeal.record_step(a.uow, a.house.desk, a.matter.person, step, now=a.now)


def _questions(a: Attempt) -> None:
    answer_handover.open_questions(a.uow, a.matter.person, limit=5, now=a.now)


def _take(a: Attempt) -> None:
    answer_handover.take(a.uow, a.house.desk.program, a.matter.person, a.matter.question, now=a.now)


def _answer(a: Attempt) -> None:
    program, m = a.house.desk.program, a.matter
    answer_handover.reply_to(a.uow, program, m.person, m.question, "Yes.", now=a.now)


def _curated(a: Attempt) -> None:
    curate_answer.curated_answers(a.uow, a.matter.person, now=a.now)


def _curate(a: Attempt) -> None:
    m = a.matter
    curate_answer.curate(a.uow, a.house.desk, m.person, m.answered, wording="", now=a.now)


def _retire(a: Attempt) -> None:
    curate_answer.retire(a.uow, a.matter.person, 1, now=a.now)


def _report(a: Attempt) -> None:
    answering.unanswered(a.request())


def _draft(a: Attempt) -> None:
    group, nobody = (
        Group(which=Which.EVERYONE),
        Counted(people=(), reach=Reach(channels={}, declined=0, avoided=0)),
    )
    person = a.matter.person
    broadcast.draft(a.uow, person, group, "Hello.", count=lambda _: nobody, now=a.now)


def _see_broadcasts(a: Attempt) -> None:
    see_broadcast.see_broadcasts(a.uow, a.matter.person, now=a.now)


def _digest(a: Attempt) -> None:
    see_digest(a.uow, a.house.desk, a.matter.person, (), now=a.now)


def _appoint(a: Attempt) -> None:
    program, m = a.house.desk.program, a.matter
    appoint.appoint(a.uow, program, m.person, m.owner.email, "reviewer", now=a.now)


def _dismiss(a: Attempt) -> None:
    appoint.dismiss(
        a.uow,
        a.house.desk.program,
        a.matter.person,
        f"{Role.ADMIN}-{Relation.OWN}@example.org",
        "admin",
        now=a.now,
    )


def _roles(a: Attempt) -> None:
    appoint.see_roles(a.uow, a.matter.person, now=a.now)


# Every use case that asks for a right, by the action it asks for. What is new belongs in here.
DO: Mapping[Action, tuple[Callable[[Attempt], None], ...]] = {
    Action.KEEP: (_keep,),
    Action.READ: (_look, _read_shared),
    Action.COMMENT: (_comment,),
    Action.OFFER: (_offer,),
    Action.SEE_QUEUE: (_queue, _mine),
    Action.CLAIM: (_claim,),
    Action.READ_DOSSIER: (_dossier, _ratings),
    Action.RATE: (_rate, _release),
    Action.DECIDE: (_decide,),
    Action.TRACK_APPEAL: (_see_case, _record_step),
    Action.ANSWER: (_questions, _take, _answer),
    Action.CURATE: (_curated, _curate, _retire),
    Action.REPORT: (_report, _digest),
    Action.BROADCAST: (_draft, _see_broadcasts),
    Action.APPOINT: (_appoint, _dismiss, _roles),
}
