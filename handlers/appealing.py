"""The candidate's side of an appeal."""

from __future__ import annotations

from bot.domain.appeal_moves import DeadlineMissed
from bot.domain.messages import Reply
from bot.phrases import appealing
from bot.usecases import file_appeal
from bot.usecases.appeal_decision import draft_notice, find_case, own_cases
from bot.usecases.appeal_step import rule_of
from bot.usecases.file_appeal import FiledStep, Step, file_step
from handlers.request import Request


def explain(request: Request) -> tuple[Reply, ...]:
    """`appeal 12`, the number of a submission."""
    desk = request.desk
    case = find_case(request.uow, desk, request.who(), request.number(), now=request.now)
    if case.lapsed and not case.appeal.result:
        return (_missed(request, DeadlineMissed(case.lapsed)),)
    cited = desk.cited(case.rule.cites, most=1)
    by_step = {step.id: desk.cited(step.cites, most=1) for step in case.rule.steps}
    return (appealing.explained(desk.program, case, cited, by_step),)


def notice(request: Request) -> tuple[Reply, ...]:
    """`notice 12`: the draft in full, or the notice that was filed."""
    try:
        case = draft_notice(
            request.uow, request.desk, request.who(), request.number(), now=request.now
        )
    except DeadlineMissed as late:
        return (_missed(request, late),)
    cited = request.desk.cited(case.rule.steps[0].cites)
    return (appealing.notice(request.desk.program, case, cited),)


def file_notice(request: Request) -> tuple[Reply, ...]:
    """`file notice 12`."""
    try:
        filed = file_appeal.file_notice(
            request.uow, request.desk, request.who(), request.number(), now=request.now
        )
    except DeadlineMissed as late:
        return (_missed(request, late),)
    return _filed(filed)


def own_step(request: Request) -> tuple[Reply, ...]:
    """`reasons filed appeal 3: words for staff`, the number of the appeal."""
    step = Step(
        number=request.number(),
        step=request.args["step"].lower(),
        note=request.args.get("note", ""),
    )
    try:
        filed = file_step(request.uow, request.desk, request.who(), step, now=request.now)
    except DeadlineMissed as late:
        return (_missed(request, late),)
    return _filed(filed)


def overview(request: Request) -> tuple[Reply, ...]:
    """`my appeals`."""
    cases = own_cases(request.uow, request.desk, request.who(), now=request.now)
    return (appealing.own_list(request.desk.program, cases),)


def _filed(filed: FiledStep) -> tuple[Reply, ...]:
    state = filed.case.state(filed.taken.step)
    return (appealing.filed(filed.case, state, filed.paper),)


def _missed(request: Request, late: DeadlineMissed) -> Reply:
    """The refusal with its place in the documents; nothing was written before it."""
    today = request.now.astimezone(request.who().person.zone).date()
    rule = rule_of(request.desk.program)
    return appealing.missed(late.state, today, request.desk.cited(rule.forfeit_cites))
