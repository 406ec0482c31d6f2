"""How waiting times are told: from real decisions, or not at all."""

from __future__ import annotations

from bot.domain.messages import Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rules import Route
from bot.domain.waiting import Waiting


def waiting_times(program: Program, by_route: dict[Route, Waiting]) -> Reply:
    """How long reviews took, for each route that can be told."""
    lines = [
        f"{program.rules.routes[route].title}: reviews {_took(found)}"
        for route, found in by_route.items()
    ]
    least = program.rules.review.waiting_from
    unknown = f"Waiting times are told from {least} real decisions on; there are fewer so far."
    return Reply(
        blocks=tuple(Paragraph(text=line) for line in [*(lines or [unknown]), *aim(program)])
    )


def waiting_line(waiting: Waiting) -> str:
    """`Sets like yours took 12 to 19 days (34 decisions).`"""
    whose = "Reviews of this very set" if waiting.same_set else "Sets like yours"
    return f"{whose} {_took(waiting)}"


def aim(program: Program) -> list[str]:
    """The time that reviews aim at, where it is known."""
    days = program.rules.review.aim_days
    return [f"Reviews aim at {days} days."] if days else []


def _took(waiting: Waiting) -> str:
    low, high = waiting.low_days, waiting.high_days
    days = "1 day" if high == 1 else f"{high} days"
    span = days if low in (0, high) else f"{low} to {days}"
    upto = "up to " if low == 0 else ""
    return f"took {upto}{span} ({waiting.count} decisions)."
