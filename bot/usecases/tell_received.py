"""Tell a candidate that a submission has come in, unless they are told so as an answer already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.just_submitted import JustSubmitted
from bot.domain.messages import Address
from bot.domain.notices.happenings import RECEIVED
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.program import Program
from bot.phrases import submitting
from bot.ports import UnitOfWork
from bot.usecases.tell import places_for, tell


def tell_received(
    uow: UnitOfWork,
    program: Program,
    person: Person,
    made: Sequence[JustSubmitted],
    *,
    answered: Address,
    now: datetime,
) -> None:
    """Says all that the answer says where such news go, unless it is `answered` right there.

    So whoever submits elsewhere has it, with its confirmation, where they look for news.
    """
    how = told_as(program, RECEIVED)
    if places_for(uow, person, now=now, how=how)[:1] == (answered,):
        return
    for one in made:
        news, key = submitting.submitted(program, one), f"received:{one.submission.id}"
        tell(uow, person, news, key=key, now=now, how=how)
