"""How far a candidate is."""

from __future__ import annotations

from bot.domain.mentions import mentions
from bot.domain.messages import Reply
from bot.errors import NotFound
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
    parts = tuple(part for part in report.sets if part.set.id in _named(request))
    return (progress.missing(program, parts),)


def _named(request: Request) -> tuple[str, ...]:
    """The sets asked about: those named, or all; `NotFound` for a name that is none."""
    program, where = request.desk.program, request.args.get("where", "")
    if not where:
        return tuple(s.id for s in program.sets)
    named = mentions(program, where)
    of_competencies = (
        section.set_id for section in program.sections if section.id in named.competencies
    )
    if not named.any:
        titles = ", ".join(s.title for s in program.sets)
        raise NotFound(f"I know no set {where!r}. The sets are: {titles}.")
    return (*named.sets, *of_competencies)
