"""Tell somebody who was enrolled just now what to do first."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices.happenings import WELCOME
from bot.domain.notices.manner import told_as
from bot.domain.people import Candidate
from bot.domain.program import Program
from bot.phrases import welcoming
from bot.ports import UnitOfWork
from bot.usecases.tell import tell


def welcome(uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime) -> bool:
    """Where they are reached, which at first is their address on record; false the second time."""
    person, news = candidate.person, welcoming.welcome(program, candidate)
    how = told_as(program, WELCOME)
    return tell(uow, person, news, key="welcome", now=now, how=how)
