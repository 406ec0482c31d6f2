"""A verb with a number and nothing else: what is still to be said about that very one.

A channel that has forms opens one for the same words.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.messages import Reply
from bot.domain.review import left_to_rate
from bot.domain.rights import Action
from bot.errors import NotFound
from bot.phrases import halves
from bot.usecases import answer_handover
from bot.usecases.read_shared import find_share
from bot.usecases.review_step import find_submission
from bot.usecases.see_decision import Decidable, see_decision
from handlers import guiding
from handlers.command import NUMBER, SUBMISSION
from handlers.request import Request, Unknown

_END = r"\s*:?"
RATE = rf"rate {SUBMISSION}{_END}"
DECIDE = rf"decide(?: on)? {SUBMISSION}{_END}"
ASK_MORE = rf"(?:ask|request) more(?: documents)?(?: (?:for|of|from|in))? {SUBMISSION}{_END}"
ANSWER = rf"answer(?: question)? {NUMBER}{_END}"
COMMENT = rf"comment(?: on)?(?: share)? {NUMBER}{_END}"


def rate(request: Request) -> tuple[Reply, ...]:
    """`rate 12`."""
    return _whole(request, "rate", _rate)


def decide(request: Request) -> tuple[Reply, ...]:
    """`decide 12`."""
    return _whole(request, "decide", _decide)


def ask_more(request: Request) -> tuple[Reply, ...]:
    """`ask more 12`."""
    return _whole(request, "ask more", _ask_more)


def answer(request: Request) -> tuple[Reply, ...]:
    """`answer 5`."""
    return _whole(request, "answer", _answer)


def comment(request: Request) -> tuple[Reply, ...]:
    """`comment share 3`."""
    return _whole(request, "comment", _comment)


def _whole(request: Request, verb: str, tell: Callable[[Request], Reply]) -> tuple[Reply, ...]:
    """How to go on with that one; of a number that is nothing to the asker, with any."""
    guiding.check_command(request)
    try:
        return (tell(request),)
    except Unknown:
        raise
    except NotFound:
        return guiding.whole(request, verb)


def _rate(request: Request) -> Reply:
    program, person = request.desk.program, request.actor()
    found = find_submission(request.uow, person, request.number(), Action.RATE, now=request.now)
    left = left_to_rate(found, program.set(found.set_id), person.id)
    return halves.rate(program, found, left)


def _decide(request: Request) -> Reply:
    seen = _decidable(request)
    if seen.missing:
        return halves.too_early(request.desk.program, seen.submission, seen.missing)
    return halves.decide(
        request.desk.program, seen.submission, seen.owner, seen.outcomes, seen.proposal
    )


def _ask_more(request: Request) -> Reply:
    program, seen = request.desk.program, _decidable(request)
    if seen.missing:
        return halves.too_early(program, seen.submission, seen.missing)
    return halves.ask_more(program, seen.submission, seen.askable, seen.proposal)


def _decidable(request: Request) -> Decidable:
    program, person = request.desk.program, request.actor()
    return see_decision(request.uow, program, person, request.number(), now=request.now)


def _answer(request: Request) -> Reply:
    handed = answer_handover.unanswered(
        request.uow, request.actor(), request.number(), now=request.now
    )
    return halves.answer(handed, answer_handover.asker_name(request.uow, handed))


def _comment(request: Request) -> Reply:
    share = find_share(request.uow, request.actor(), request.number(), now=request.now)
    return halves.comment(share.id)
