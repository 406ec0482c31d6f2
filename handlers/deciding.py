"""Decisions on submissions."""

from __future__ import annotations

import re

from bot.domain.messages import Reply
from bot.domain.rules import Outcome
from bot.phrases import deciding
from bot.usecases.decide_review import Ruling, decide_review
from handlers.request import Request

_BETWEEN = re.compile(r"[\s,;]+(?:and\s+)?")


def approve(request: Request) -> tuple[Reply, ...]:
    """`approve 12: reason`."""
    return _decide(request, Outcome.APPROVED)


def ask_more(request: Request) -> tuple[Reply, ...]:
    """`ask more 12 TECH-3, TECH-8: reason`; without sections those that the rule asks for."""
    return _decide(request, Outcome.MORE)


def recommend_course(request: Request) -> tuple[Reply, ...]:
    """`recommend course 12: reason`."""
    return _decide(request, Outcome.COURSE)


def _decide(request: Request, outcome: Outcome) -> tuple[Reply, ...]:
    named = _BETWEEN.split(request.args.get("sections", "").strip())
    ruling = Ruling(
        outcome=outcome,
        reason=request.args.get("reason", ""),
        sections=tuple(word for word in named if word),
    )
    decided = decide_review(
        request.uow, request.desk, request.actor(), request.number(), ruling, now=request.now
    )
    name = decided.owner.name
    program = request.desk.program
    return (deciding.decided(program, decided.submission, name, decided.proposal),)
