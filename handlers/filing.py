"""Files that came with a message, for one's own record."""

from __future__ import annotations

from typing import assert_never

from bot.domain.messages import Reply
from bot.domain.portfolio import State
from bot.phrases import filing, requesting
from bot.phrases.joined import headed, joined, together
from bot.usecases.answer_request import close_requests
from bot.usecases.confirm_submission import just_submitted
from bot.usecases.correct_filing import last_step
from bot.usecases.file_evidence import Filed, Known, Outcome, Rejected, Sent, file_evidence
from bot.usecases.find_request import may_answer
from bot.usecases.tell_received import tell_received
from handlers.replied import requests_above
from handlers.request import Request
from handlers.tagged import unknown_place

MANY = 3  # files of a message from which on it is first told in one line how it went
_ASKED, _REFUSED, _FILED, _KNOWN = range(4)  # in the order in which they are told then


def take(request: Request) -> tuple[Reply, ...]:
    """One reply that tells of each file."""
    candidate = request.who()
    asked = requests_above(request)
    sent = Sent(taken=request.prepared.taken, message_key=request.key, asked=asked)
    outcomes = file_evidence(request.uow, request.desk, candidate, sent, now=request.now)
    step = last_step(request.uow, candidate)
    nowhere = unknown_place(request.desk.program, request.message)
    lost = (filing.no_such_place(nowhere),) if nowhere else ()
    return (joined(_told(request, outcomes, step), *lost, *_answers(request, outcomes)),)


def _told(request: Request, outcomes: tuple[Outcome, ...], step: int) -> Reply:
    """Of many files first how it went, and then those that somebody has to do something about."""
    if len(outcomes) < MANY:
        return together(tuple(_say(request, outcome, step) for outcome in outcomes))
    ranked = sorted(outcomes, key=_rank)
    parts = (headed(f"{_name(one)}:", _say(request, one, step)) for one in ranked)
    summary = filing.summary(
        filed=sum(_rank(one) == _FILED for one in outcomes),
        known=sum(_rank(one) == _KNOWN for one in outcomes),
        refused=sum(_rank(one) == _REFUSED for one in outcomes),
        asked=[
            one.evidence.number for one in outcomes if not isinstance(one, Rejected) and _asks(one)
        ],
    )
    return headed(summary, together(tuple(parts)))


def _rank(outcome: Outcome) -> int:
    if isinstance(outcome, Rejected):
        return _REFUSED
    if _asks(outcome):
        return _ASKED
    return _FILED if isinstance(outcome, Filed) else _KNOWN


def _asks(outcome: Filed | Known) -> bool:
    """Whether it waits for a word of the person's."""
    waits = isinstance(outcome, Filed) and outcome.evidence.filing.state is State.WAITING
    return waits or bool(outcome.maybe)


def _name(outcome: Outcome) -> str:
    return outcome.evidence.name if isinstance(outcome, Filed) else outcome.name


def _answers(request: Request, outcomes: tuple[Outcome, ...]) -> tuple[Reply, ...]:
    """Closes the requests that files named; tells of those that other files may answer."""
    uow, desk, candidate = request.uow, request.desk, request.who()
    kept = [one for one in outcomes if not isinstance(one, Rejected)]
    named = [(wanted, one.evidence) for one in kept for wanted in one.named]
    unnamed = [one.evidence for one in kept if not (one.named or one.maybe)]
    hints = requesting.hints(desk.program, may_answer(uow, candidate, unnamed))
    if not named:
        return (hints,)
    came = close_requests(uow, desk, candidate, named, now=request.now)
    returned = [just_submitted(uow, desk, one) for one in came.returned]
    here, person = request.message.sender, candidate.person
    tell_received(uow, desk.program, person, returned, answered=here, now=request.now)
    return (hints, requesting.came_of(desk.program, came, returned))


def _say(request: Request, outcome: Outcome, step: int) -> Reply:
    program, zone = request.desk.program, request.who().person.zone
    match outcome:
        case Filed(maybe=(_, *_)):
            return requesting.which(
                program, outcome.evidence, outcome.maybe, note=outcome.note, step=step, zone=zone
            )
        case Filed():
            return filing.filed(
                program, outcome.evidence, outcome.decision, note=outcome.note, step=step, zone=zone
            )
        case Known():
            known = filing.known(
                program,
                outcome.evidence,
                name=outcome.name,
                added=outcome.added,
                step=step,
                zone=zone,
            )
            return joined(known, requesting.which_of(program, outcome.evidence, outcome.maybe))
        case Rejected():
            return filing.rejected(outcome.name, outcome.advice)
        case _:
            assert_never(outcome)
