"""Say what more is wanted of a candidate, and which of their files may answer it."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from bot.domain.people import Candidate
from bot.domain.request_answers import Wanted
from bot.domain.rights import Action
from bot.ports import UnitOfWork
from bot.usecases.find_request import may_answer
from bot.usecases.permit import permit


def see_requests(uow: UnitOfWork, candidate: Candidate, *, now: datetime) -> Wanted:
    """Every open request, by submission, and the files that may answer one already."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    waiting = (request for request in uow.requests.of(own) if request.open)
    groups = [(n, tuple(those)) for n, those in groupby(waiting, key=lambda r: r.submission_id)]
    found = [(uow.submissions.get(number), those) for number, those in groups]
    return Wanted(
        by_submission=tuple((one, those) for one, those in found if one),
        maybe=may_answer(uow, candidate, uow.records.of(own)),
    )
