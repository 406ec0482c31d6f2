"""Ratings: one, several lines at once, or all that are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.domain.mentions import mentions
from bot.domain.messages import Reply
from bot.domain.rating_words import rating_named
from bot.errors import Refused
from bot.phrases import rating
from bot.usecases.forget_draft import forget_ratings
from bot.usecases.rate_submission import THE_REST, Mark, rate_submission
from bot.usecases.see_ratings import see_ratings
from handlers.command import SUBMISSION
from handlers.request import MOST, Request

_REST = r"(?P<rest>all|everything|the rest)"
_SECTION = r"(?P<section>[^\s:]+(?: \d{1,2})?)"
_WORDS = r"(?:as )?(?P<rating>[^:]+?)(?:\s*:\s*(?P<comment>.*))?"

RATE = rf"rate {SUBMISSION} (?:{_REST}|{_SECTION}) {_WORDS}"
RATE_LINES = r"(?P<lines>rate (?:submission )?#?\d.*\n\s*rate (?:submission )?#?\d.*)"

_RATE = re.compile(RATE, re.IGNORECASE | re.DOTALL)
NEXT_LINE = re.compile(r"\n\s*(?=rate (?:submission )?#?\d)", re.IGNORECASE)


def rate(request: Request) -> tuple[Reply, ...]:
    """`rate 12 TECH-8 met`, `rate 12 TECH-8 partially: no dates`, `rate 12 the rest met`."""
    return (_rate(request, request.number(), (_mark(request, request.args),)),)


def rate_lines(request: Request) -> tuple[Reply, ...]:
    """Several ratings, a line for each: all of them are kept, or none."""
    marks: dict[int, list[Mark]] = {}
    for number, mark in _marks(request):
        marks.setdefault(number, []).append(mark)
    return tuple(_rate(request, number, tuple(those)) for number, those in marks.items())


def ratings(request: Request) -> tuple[Reply, ...]:
    """`ratings 12`."""
    desk = request.desk
    seen = see_ratings(
        request.uow, desk.program, request.actor(), request.number(), now=request.now
    )
    rule, proposal = desk.program.rules.review, seen.proposal
    cites = rating.cites(rule, proposal.outcome) if proposal else ()
    return (rating.table(desk.program, seen, desk.cited(cites)),)


def _rate(request: Request, number: int, marks: tuple[Mark, ...]) -> Reply:
    program = request.desk.program
    person = request.actor()
    done = rate_submission(request.uow, request.desk, person, number, marks, now=request.now)
    forget_ratings(request.uow, person, number, left=done.left)
    return rating.rated(program, done)


def _marks(request: Request) -> Iterator[tuple[int, Mark]]:
    for line in NEXT_LINE.split(request.args["lines"]):
        found = _RATE.fullmatch(line.strip())
        if found is None:
            raise Refused(
                f"I do not understand {line.strip()[:60]!r}, so no line was kept. Say, for "
                "example: rate NUMBER COMPETENCY RATING: WHAT IS MISSING."
            )
        parts = {key: value for key, value in found.groupdict().items() if value}
        yield min(int(parts["number"]), MOST), _mark(request, parts)


def _mark(request: Request, parts: Mapping[str, str]) -> Mark:
    program = request.desk.program
    said = parts.get("section", "")
    named = mentions(program, said).competencies
    return Mark(
        competency=THE_REST if "rest" in parts else next(iter(named), said),
        rating=rating_named(program.rules.review, parts["rating"]),
        comment=parts.get("comment", ""),
    )
