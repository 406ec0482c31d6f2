"""Submitting, withdrawing, answering requests, and what came of it."""

from __future__ import annotations

import re

from bot.domain.evidence_requests import tokens_in
from bot.domain.mentions import mentions, set_places
from bot.domain.messages import Download, Paragraph, Reply
from bot.domain.portfolio import State
from bot.domain.program import SectionKind
from bot.domain.rights import Action
from bot.errors import NotFound, Refused
from bot.phrases import submitting
from bot.phrases.waiting import waiting_times
from bot.usecases.answer_request import close_requests, name_request
from bot.usecases.review_step import find_submission
from bot.usecases.see_waiting import waiting_by_route
from bot.usecases.submit_set import submit_set
from bot.usecases.withdraw_submission import withdraw_submission
from handlers import requesting
from handlers.request import NotMine, Request

_AROUND = re.compile(r"[\s,]*(?:\b(?:the|my|set|competency|for|review|a|now|again)\b[\s,]*)*", re.I)


def submit(request: Request) -> tuple[Reply, ...]:
    """`submit Technology`."""
    set_id = _only_set(request, request.args["set"])
    made = submit_set(request.uow, request.desk, request.who(), set_id, now=request.now)
    return (requesting.submitted(request, made),)


def overview(request: Request) -> tuple[Reply, ...]:
    """`submissions`."""
    person = request.who().person
    found = request.uow.submissions.of(person)
    return (submitting.listed(request.desk.program, found, person.zone),)


def show(request: Request) -> tuple[Reply, ...]:
    """`submission 12`."""
    person, number = request.actor(), request.number()
    found = find_submission(request.uow, person, number, Action.READ, now=request.now)
    own = request.uow.requests.of(person)
    open_ones = tuple(r for r in own if r.open and r.submission_id == number)
    return (submitting.shown(request.desk.program, found, person.zone, open=open_ones),)


def withdraw(request: Request) -> tuple[Reply, ...]:
    """`withdraw submission 12`."""
    withdrawn, reopened = withdraw_submission(
        request.uow, request.desk, request.actor(), request.number(), now=request.now
    )
    return (submitting.withdrawn(request.desk.program, withdrawn, reopened),)


def confirmation(request: Request) -> tuple[Reply, ...]:
    """`confirmation 12`."""
    person = request.actor()
    found = find_submission(request.uow, person, request.number(), Action.READ, now=request.now)
    token = requesting.token_of(request, found)
    return (submitting.confirmed(request.desk.program, found, token, person.zone),)


def requests(request: Request) -> tuple[Reply, ...]:
    """`requests`."""
    return (requesting.overview(request),)


def answers(request: Request) -> tuple[Reply, ...]:
    """`file 9 answers R-K7QM-2XWD`."""
    found = tokens_in(request.args["token"])
    if len(found) != 1:
        raise NotFound("A code looks like R-K7QM-2XWD. Say: requests, to see those you have.")
    uow, candidate, now = request.uow, request.who(), request.now
    named = name_request(
        uow, candidate, request.number(), found[0], message_key=request.key, now=now
    )
    came = close_requests(uow, request.desk, candidate, [named], now=now)
    return (requesting.came_of(request, came),)


def letters(request: Request) -> tuple[Reply, ...]:
    """`letters`."""
    program = request.desk.program
    wanted = {s.id for s in program.sections if s.kind is SectionKind.LETTER}
    filed = [
        e
        for e in request.uow.records.of(request.who().person)
        if e.filing.state is State.FILED and wanted & set(e.filing.sections)
    ]
    lead = f"You have no {program.words.letter} yet: one comes with each set that is approved."
    if filed:
        lead = f"Letters in your {program.words.record_short}:"
    files = (
        Download(name=e.name, media_type=e.media_type, size=e.size, sha256=e.sha256) for e in filed
    )
    return (Reply(blocks=(Paragraph(text=lead), *files)),)


def waiting(request: Request) -> tuple[Reply, ...]:
    """`waiting times`."""
    program = request.desk.program
    return (waiting_times(program, waiting_by_route(request.uow, program)),)


def _only_set(request: Request, words: str) -> str:
    """The one set that the words name; `NotMine` when they say anything else."""
    program = request.desk.program
    ids = mentions(program, words).sets
    rest = words
    for place in reversed(set_places(program, words)):
        rest = rest[: place.start] + rest[place.end :]
    if not ids or not _AROUND.fullmatch(rest.replace(" and ", " ")):
        raise NotMine
    if len(ids) > 1:
        titles = " and ".join(program.set(id).title for id in ids)
        raise Refused(f"Submit one set at a time; you named {titles}. Nothing was submitted.")
    return ids[0]
