"""Moving, adding, removing, marking and undoing; lists and receipts of what is filed."""

from __future__ import annotations

from bot.domain.files_named import files_named
from bot.domain.messages import Reply
from bot.domain.portfolio import Evidence, Filing, Kind
from bot.phrases import filing, requesting, submitting
from bot.phrases.joined import joined
from bot.usecases.correct_filing import (
    check_last,
    held,
    last_step,
    refile,
    undo,
    with_kind,
)
from bot.usecases.find_request import may_answer
from bot.usecases.issue_receipt import issue_receipt
from handlers.request import Request
from handlers.section_named import section_named

SEVERAL = 2  # files of a step


def move(request: Request) -> tuple[Reply, ...]:
    """`move 3 to TECH-8`."""
    evidence, section = _file(request), section_named(request)
    return _refile(request, evidence, evidence.filing.moved(section))


def also(request: Request) -> tuple[Reply, ...]:
    """`also 3 in TECH-8`."""
    evidence, section = _file(request), section_named(request)
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
        evidence = _file(request)
        check_last(request.uow, request.who(), evidence)
        if len(changed := _of_last_step(request)) >= SEVERAL:
            return (_which(request, changed, (evidence,)),)
    done = undo(request.uow, request.who(), step=int(step) if step else None, now=request.now)
    program = request.desk.program
    told = filing.undone(program, done.files)
    kept = submitting.kept(program, done.kept)
    return (joined(told, kept, requesting.waits_again(program, done.reopened)),)


def take_back_asked(request: Request) -> tuple[Reply, ...]:
    """What may mean `undo`: it takes back a step about the only file that is meant, or asks."""
    changed = _of_last_step(request)
    own = request.uow.records.of(request.who().person)
    named = files_named(request.text, own)
    meant = named.files if named.any else changed
    same = {one.id for one in meant} == {one.id for one in changed}
    if len(changed) < SEVERAL and same and not named.unknown:
        return take_back(request)
    return (_which(request, changed, named.files),)


def _of_last_step(request: Request) -> tuple[Evidence, ...]:
    """The files that the step is about which `undo` takes back."""
    own = request.who().person
    ids = {change.evidence_id for change in request.uow.records.latest_changes(own)}
    return tuple(one for one in request.uow.records.of(own) if one.id in ids)


def _which(request: Request, changed: tuple[Evidence, ...], named: tuple[Evidence, ...]) -> Reply:
    """Asks what is to be taken back, with the files that were named first."""
    step = last_step(request.uow, request.who())
    others = tuple(one for one in changed if one not in named)
    return filing.which_undone((*named, *others), changed=len(changed), step=step)


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
    uow, program, candidate = request.uow, request.desk.program, request.who()
    done = refile(
        uow,
        evidence,
        wanted,
        message_key=request.key,
        reason=f"the candidate said: {request.text}",
        now=request.now,
    )
    step, zone = last_step(uow, candidate), candidate.person.zone
    told = filing.moved(program, done.files[0], step=step, zone=zone)
    hints = requesting.hints(program, may_answer(uow, candidate, done.files))
    return (joined(told, hints, requesting.waits_again(program, done.reopened)),)


def _file(request: Request) -> Evidence:
    return held(request.uow, request.who(), request.number())
