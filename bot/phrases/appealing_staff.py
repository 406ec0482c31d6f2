"""What staff are told of appeals."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.appeal import StepState
from bot.domain.appeal_case import Case
from bot.domain.appeal_end import Ended
from bot.domain.messages import Block, Bullets, Download, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rules import OUTCOMES
from bot.domain.submission import decision_of
from bot.phrases.appealing import not_again, stands, step_line
from bot.phrases.deciding import matter
from bot.phrases.times import told


def own_step_taken(
    program: Program, case: Case, state: StepState, *, words: str, paper: Download | None
) -> Reply:
    """The candidate took a step: with its text, and what is next."""
    lead = (
        f"{_title(program, case)}: the candidate filed \u201c{state.step.title}\u201d on "
        f"{told(state.taken.day if state.taken else case.today)}."
    )
    said: tuple[Block, ...] = (Paragraph(text=words),) if words else ()
    papers: tuple[Block, ...] = (paper,) if paper else ()
    return Reply(blocks=(Paragraph(text=lead), *said, *papers, Paragraph(text=_what_next(case))))


def case_list(program: Program, cases: Sequence[Case]) -> Reply:
    """Every open appeal with what is next."""
    if not cases:
        return Reply(blocks=(Paragraph(text="No appeal is open."),))
    items = tuple(f"{_title(program, case)}. {_what_next(case)}" for case in cases)
    return Reply(blocks=(Bullets(items=items),))


def shown(program: Program, case: Case) -> Reply:
    """One appeal: the decision, its notice, each step, what is next."""
    decision = decision_of(case.submission)
    lead = (
        f"{_title(program, case)}. {decision.name} decided on {told(case.appeal.decided_on)}: "
        f"{OUTCOMES[decision.outcome]}. Reason: {decision.reason}"
    )
    return Reply(
        blocks=(
            Paragraph(text=lead),
            Paragraph(text=case.appeal.notice),
            Bullets(items=tuple(_step(case, state) for state in case.states)),
            Paragraph(text=_what_next(case)),
        )
    )


def recorded(program: Program, case: Case, state: StepState) -> Reply:
    """A step of staff was recorded."""
    lines = [
        f"{_title(program, case)}: {state.step.title} is {stands(case, state)}. {case.owner.name} "
        "is told.",
        _what_next(case),
    ]
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines))


def ended(program: Program, done: Ended) -> Reply:
    """The result was recorded, and what follows from it."""
    case = done.case
    text = f"{_title(program, case)} has ended: {case.appeal.result}. {case.owner.name} is told."
    if done.in_the_way:
        text += f" {not_again(program, done.in_the_way)}"
    if done.again:
        text += (
            f" It is judged again as submission {done.again.id}, which waits in the queue; "
            "reviewers are told."
        )
    if done.given_up:
        text += f" {len(done.given_up)} open requests are given up."
    return Reply(blocks=(Paragraph(text=text),))


def _title(program: Program, case: Case) -> str:
    return f"Appeal {case.appeal.id} of {case.owner.name} about {matter(program, case.submission)}"


def _step(case: Case, state: StepState) -> str:
    note = f" {state.taken.note}" if state.taken and state.taken.note else ""
    return f"{state.step.id}: {step_line(case, state)}{note}"


def _what_next(case: Case) -> str:
    if case.appeal.result:
        return f"It has ended: {case.appeal.result}. Reason: {case.appeal.result_note}"
    number = case.appeal.id
    results = ", ".join(one.title for one in case.rule.results)
    end = f"appeal result {number} RESULT: REASON (results: {results})"
    if lapsed := case.lapsed:
        return f"{lapsed.step.title} was {stands(case, lapsed)}. To close it, say: {end}."
    waiting = case.next
    if waiting is None:
        return f"Every step was taken. Say: {end}."
    line = f"Next: {waiting.step.title} ({waiting.step.who}), {stands(case, waiting)}."
    if waiting.own or waiting.due is None:
        return line
    return f"{line} Say: appeal step {number} {waiting.step.id} on YYYY-MM-DD: NOTE."
