"""The queue, and taking submissions on."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.domain.review import left_to_rate
from bot.phrases import reviewing
from bot.usecases.claim_submission import claim_submission, release_submission
from bot.usecases.see_queue import my_reviews, see_queue
from handlers.request import Request


def queue(request: Request) -> tuple[Reply, ...]:
    """`queue`, `queue after 41`."""
    program, person = request.desk.program, request.actor()
    after = request.number("after") if "after" in request.args else 0
    seen = see_queue(request.uow, program, person, after=after, now=request.now)
    return (reviewing.queue(program, seen, asker=person.id),)


def mine(request: Request) -> tuple[Reply, ...]:
    """`my reviews`."""
    program = request.desk.program
    reviews = my_reviews(request.uow, program, request.actor(), now=request.now)
    return (reviewing.mine(program, reviews),)


def claim(request: Request) -> tuple[Reply, ...]:
    """`claim 12`."""
    program, person = request.desk.program, request.actor()
    taken = claim_submission(request.uow, program, person, request.number(), now=request.now)
    left = left_to_rate(taken, program.set(taken.set_id), person.id)
    return (reviewing.claimed(program, taken, left),)


def release(request: Request) -> tuple[Reply, ...]:
    """`release 12`."""
    given = release_submission(request.uow, request.actor(), request.number(), now=request.now)
    return (reviewing.released(given),)
