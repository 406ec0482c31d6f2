"""Which section a command names."""

from __future__ import annotations

from bot.errors import NotFound
from bot.evidence.hints import hints
from bot.usecases.correct_filing import check_open
from handlers.request import Request


def section_named(request: Request) -> str:
    """The open section that the command names; `NotFound` or `Refused` otherwise."""
    said = request.args["section"]
    ids = {s.id.lower(): s.id for s in request.desk.program.sections}
    found = ids.get(said.strip().lower()) or next(iter(hints(request.desk.program, said)), "")
    if not found:
        example = request.desk.program.sets[0].competencies[0].id
        raise NotFound(f"I know no section {said!r}. Name one like {example}, or resume.")
    check_open(request.desk, request.who(), found)
    return found
