"""Submitting, withdrawing, answering requests, and what came of it."""

from __future__ import annotations

from bot.domain.evidence_requests import tokens_in
from bot.domain.messages import Reply
from bot.domain.rights import Action
from bot.errors import NotFound
from bot.phrases import requesting, submission_views, submitting
from bot.phrases.waiting import waiting_times
from bot.usecases.answer_request import close_requests, name_request
from bot.usecases.confirm_submission import confirm_submission, just_submitted
from bot.usecases.review_step import find_submission
from bot.usecases.see_letters import see_letters
from bot.usecases.see_requests import see_requests
from bot.usecases.see_submission import own_submissions, see_submission
from bot.usecases.see_waiting import waiting_by_route
from bot.usecases.submit_set import submit_set
from bot.usecases.tell_received import tell_received
from bot.usecases.withdraw_submission import withdraw_submission
from handlers.request import Request
from handlers.set_named import set_named


def submit(request: Request) -> tuple[Reply, ...]:
    """`submit Technology`."""
    uow, desk, set_id = request.uow, request.desk, set_named(request, whole=True)
    made, given_up = submit_set(uow, desk, request.who(), set_id, now=request.now)
    just, person = just_submitted(uow, desk, made, given_up), request.actor()
    here, now = request.message.sender, request.now
    tell_received(uow, desk.program, person, [just], answered=here, now=now)
    return (submitting.submitted(desk.program, just),)


def overview(request: Request) -> tuple[Reply, ...]:
    """`submissions`."""
    candidate = request.who()
    found = own_submissions(request.uow, candidate, now=request.now)
    return (submission_views.listed(request.desk.program, found, candidate.person.zone),)


def show(request: Request) -> tuple[Reply, ...]:
    """`submission 12`."""
    person, program = request.actor(), request.desk.program
    seen = see_submission(request.uow, program, person, request.number(), now=request.now)
    return (submission_views.shown(program, seen, person.zone),)


def withdraw(request: Request) -> tuple[Reply, ...]:
    """`withdraw submission 12`."""
    withdrawn, reopened, since = withdraw_submission(
        request.uow, request.desk, request.actor(), request.number(), now=request.now
    )
    return (submitting.withdrawn(request.desk.program, withdrawn, reopened, since=since),)


def confirmation(request: Request) -> tuple[Reply, ...]:
    """`confirmation 12`."""
    person, desk = request.actor(), request.desk
    found = find_submission(request.uow, person, request.number(), Action.READ, now=request.now)
    token = confirm_submission(found, program=desk.program, signer=desk.signer)
    return (submitting.confirmed(desk.program, found, token, person.zone),)


def requests(request: Request) -> tuple[Reply, ...]:
    """`requests`."""
    wanted = see_requests(request.uow, request.who(), now=request.now)
    return (requesting.open_requests(request.desk.program, wanted),)


def answers(request: Request) -> tuple[Reply, ...]:
    """`file 9 answers R-K7QM-2XWD`."""
    found = tokens_in(request.args["token"])
    if len(found) != 1:
        raise NotFound("A code looks like R-K7QM-2XWD. Say: requests, to see those you have.")
    uow, desk, candidate, now = request.uow, request.desk, request.who(), request.now
    named = name_request(
        uow, candidate, request.number(), found[0], message_key=request.key, now=now
    )
    came = close_requests(uow, desk, candidate, [named], now=now)
    returned = [just_submitted(uow, desk, one) for one in came.returned]
    here, person = request.message.sender, candidate.person
    tell_received(uow, desk.program, person, returned, answered=here, now=now)
    return (requesting.came_of(desk.program, came, returned),)


def letters(request: Request) -> tuple[Reply, ...]:
    """`letters`."""
    program = request.desk.program
    filed = see_letters(request.uow, program, request.who(), now=request.now)
    return (submitting.letters(program, filed),)


def waiting(request: Request) -> tuple[Reply, ...]:
    """`waiting times`."""
    program = request.desk.program
    return (waiting_times(program, waiting_by_route(request.uow, program)),)
