"""How far a candidate is."""

from __future__ import annotations

from bot.domain.mentions import mentions
from bot.domain.messages import Reply
from bot.phrases import progress
from bot.usecases.report_progress import report_progress
from handlers.request import Request


def overview(request: Request) -> tuple[Reply, ...]:
    """`progress`."""
    program, candidate = request.desk.program, request.who()
    report = report_progress(request.uow, program, candidate, now=request.now)
    return (progress.overview(program, report, candidate.person.name),)


def missing(request: Request) -> tuple[Reply, ...]:
    """`missing`, `missing in Technology`."""
    program = request.desk.program
    report = report_progress(request.uow, program, request.who(), now=request.now)
    named = mentions(program, request.args.get("where") or "").sets
    parts = tuple(s for s in report.sets if not named or s.set.id in named)
    return (progress.missing(program, parts or report.sets),)
