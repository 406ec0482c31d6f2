"""The staff's side of appeals."""

from __future__ import annotations

from datetime import date

from bot.domain.messages import Reply
from bot.errors import NotFound
from bot.phrases import appealing_staff
from bot.usecases.track_appeal import (
    StepSaid,
    open_cases,
    record_result,
    record_step,
    see_case,
)
from handlers.request import Request


def appeals(request: Request) -> tuple[Reply, ...]:
    """`appeals`: those that are open, with what is next."""
    cases = open_cases(request.uow, request.desk, request.actor(), now=request.now)
    return (appealing_staff.case_list(request.desk.program, cases),)


def show(request: Request) -> tuple[Reply, ...]:
    """`appeal case 3`."""
    case = see_case(request.uow, request.desk, request.actor(), request.number(), now=request.now)
    return (appealing_staff.shown(request.desk.program, case),)


def step(request: Request) -> tuple[Reply, ...]:
    """`appeal step 3 response on 2026-12-01: note`; without a day it was today."""
    record = StepSaid(
        number=request.number(),
        step=request.args["step"].lower(),
        day=_day(request.args.get("day")),
        note=request.args.get("note", ""),
    )
    case = record_step(request.uow, request.desk, request.actor(), record, now=request.now)
    return (appealing_staff.recorded(request.desk.program, case, case.state(record.step)),)


def result(request: Request) -> tuple[Reply, ...]:
    """`appeal result 3 upheld: reason`."""
    said = (request.args["result"], request.args.get("note", ""))
    ended = record_result(
        request.uow, request.desk, request.actor(), request.number(), said, now=request.now
    )
    return (appealing_staff.ended(request.desk.program, ended),)


def _day(said: str | None) -> date | None:
    if said is None:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise NotFound(f"There is no day {said}: write it like 2026-12-01.") from None
