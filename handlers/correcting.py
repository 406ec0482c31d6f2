"""Moving, adding, removing, marking and undoing; lists and receipts of what is filed."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.domain.portfolio import Evidence, Filing, Kind
from bot.errors import NotFound
from bot.evidence.hints import hints
from bot.phrases import filing
from bot.usecases.correct_filing import (
    check_last,
    check_open,
    held,
    last_step,
    refile,
    undo,
    with_kind,
)
from bot.usecases.issue_receipt import issue_receipt
from handlers import requesting
from handlers.request import Request


def move(request: Request) -> tuple[Reply, ...]:
    """`move 3 to TECH-8`."""
    evidence, section = _file(request), named_section(request)
    return _refile(request, evidence, evidence.filing.moved(section))


def also(request: Request) -> tuple[Reply, ...]:
    """`also 3 in TECH-8`."""
    evidence, section = _file(request), named_section(request)
    return _refile(request, evidence, evidence.filing.also(section))


def remove(request: Request) -> tuple[Reply, ...]:
    """`remove 3`."""
    evidence = _file(request)
    return _refile(request, evidence, evidence.filing.withdrawn())


def mark(request: Request) -> tuple[Reply, ...]:
    """`mark 3 as secondary`."""
    evidence = _file(request)
    kind = Kind(request.args["kind"].lower())
    return _refile(request, evidence, with_kind(evidence.filing, kind))


def take_back(request: Request) -> tuple[Reply, ...]:
    """`undo`."""
    step, number = request.args.get("step"), request.args.get("number")
    if number:
        check_last(request.uow, request.who(), _file(request))
    restored = undo(request.uow, request.who(), step=int(step) if step else None, now=request.now)
    told = filing.undone(request.desk.program, restored)
    return (requesting.joined(told, requesting.left_open(request)),)


def show(request: Request) -> tuple[Reply, ...]:
    """`show 3`: where a file stands, and how to move it."""
    return (filing.shown(request.desk.program, _file(request)),)


def list_files(request: Request) -> tuple[Reply, ...]:
    """`files`."""
    evidence = request.uow.records.of(request.who().person)
    return (filing.file_list(request.desk.program, evidence),)


def receipt(request: Request) -> tuple[Reply, ...]:
    """`receipt 3`."""
    evidence = _file(request)
    token = issue_receipt(
        evidence,
        program=request.desk.program,
        signer=request.desk.signer,
        history=request.uow.records.history(request.who().person),
    )
    return (filing.receipt(evidence, token),)


def _refile(request: Request, evidence: Evidence, wanted: Filing) -> tuple[Reply, ...]:
    changed = refile(
        request.uow,
        evidence,
        wanted,
        message_key=request.key,
        reason=f"the candidate said: {request.text}",
        now=request.now,
    )
    step = last_step(request.uow, request.who())
    told = filing.moved(request.desk.program, changed, step=step)
    more = (requesting.hints(request, (changed,)), requesting.left_open(request))
    return (requesting.joined(told, *more),)


def _file(request: Request) -> Evidence:
    return held(request.uow, request.who(), request.number())


def named_section(request: Request) -> str:
    """The open section that the command names; `NotFound` or `Refused` otherwise."""
    said = request.args["section"]
    ids = {s.id.lower(): s.id for s in request.desk.program.sections}
    found = ids.get(said.strip().lower()) or next(iter(hints(request.desk.program, said)), "")
    if not found:
        example = request.desk.program.sets[0].competencies[0].id
        raise NotFound(f"I know no section {said!r}. Name one like {example}, or resume.")
    check_open(request.desk, request.who(), found)
    return found
