"""How far a candidate is."""

from __future__ import annotations

from bot.domain.mentions import mentions
from bot.domain.messages import Reply
from bot.errors import NotFound
from bot.phrases import progress
from bot.usecases.report_progress import report_progress
from handlers.request import NotMine, Request
from handlers.set_named import one_set, unknown_set


def overview(request: Request) -> tuple[Reply, ...]:
    """`progress`."""
    program, candidate = request.desk.program, request.who()
    report = report_progress(request.uow, program, candidate, now=request.now)
    return (progress.overview(program, report, candidate.person.name),)


def missing(request: Request) -> tuple[Reply, ...]:
    """`missing`, `missing in Technology`."""
    program, where = request.desk.program, request.args.get("where", "")
    named = _named(request, where) if where else tuple(s.id for s in program.sets)
    if not named:
        raise unknown_set(program, where)
    report = report_progress(request.uow, program, request.who(), now=request.now)
    parts = tuple(part for part in report.sets if part.set.id in named)
    if not parts:
        raise NotFound(f"{where} is an elective you did not choose, so nothing is missing in it.")
    return (progress.missing(program, parts),)


def missing_in(request: Request) -> tuple[Reply, ...]:
    """`missing CAT`; a question when no set is named."""
    if not _named(request, request.args["where"]):
        raise NotMine
    return missing(request)


def lacking(request: Request) -> tuple[Reply, ...]:
    """`what do I still need in Technology?`; a question of another kind when no set is named."""
    where = request.args.get("where", "")
    if request.candidate is None or (where and not _named(request, where)):
        raise NotMine
    return missing(request)


def _named(request: Request, where: str) -> tuple[str, ...]:
    """The sets that the words name, by themselves or by their competencies."""
    program = request.desk.program
    named = mentions(program, where)
    if not named.any:  # a code in small letters
        return tuple(id for id in (one_set(program, where),) if id)
    sections = (s for s in program.sections if s.id in named.competencies)
    return (*named.sets, *(section.set_id for section in sections))
