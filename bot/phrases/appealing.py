"""What a candidate is told of an appeal: how it runs, the notice, each step, the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.appeal import StepState
from bot.domain.appeal_case import Case
from bot.domain.appeal_end import Ended
from bot.domain.knowledge import Passage
from bot.domain.messages import Block, Bullets, Choice, Download, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.rules import OUTCOMES
from bot.domain.standing import Standing
from bot.domain.submission import decision_of
from bot.phrases.cited import quoted
from bot.phrases.deciding import matter
from bot.phrases.times import told, told_from


def explained(
    program: Program, case: Case, cited: Sequence[Passage], by_step: Mapping[str, Sequence[Passage]]
) -> Reply:
    """What can be appealed and how: each step with who takes it, its last day, its place."""
    outcome = OUTCOMES[decision_of(case.submission).outcome]
    lead = (
        f"Your {matter(program, case.submission)} ended on {told(case.appeal.decided_on)} with: "
        f"{outcome}. You can appeal against that in these steps; days are calendar days."
    )
    blocks: list[Block] = [Paragraph(text=lead), *quoted(cited)]
    for state in case.states:
        blocks += [Paragraph(text=step_line(case, state)), *quoted(by_step[state.step.id])]
    return Reply(blocks=(*blocks, Paragraph(text=_what_next(case))), choices=_choices(case))


def missed(state: StepState, today: date, cited: Sequence[Passage]) -> Reply:
    """A step comes too late: nothing was filed, and why."""
    due = state.due or today
    text = (
        f"It is too late, and nothing was filed: the last day for \u201c{state.step.title}\u201d "
        f"was {told(due)}, today is {told(today)}. The appeal cannot go on."
    )
    return Reply(blocks=(Paragraph(text=text), *quoted(cited)))


def notice(program: Program, case: Case, cited: Sequence[Passage]) -> Reply:
    """The notice in full, with the words that file it; a filed one as it was filed."""
    first = case.states[0]
    if first.taken:
        lead = (
            f"{first.step.title} of appeal {case.appeal.id}, on file since {told(first.taken.day)}:"
        )
        return Reply(blocks=(Paragraph(text=lead), Paragraph(text=case.appeal.notice)))
    number = case.submission.id
    due = told_from(first.due or case.today, case.today)
    lead = (
        f"This is the notice for {matter(program, case.submission)} as I would file it. Nothing "
        f"is filed yet; the last day is {due}."
    )
    how = f"If you agree with every word of it, say: file notice {number}."
    blocks: tuple[Block, ...] = (
        Paragraph(text=lead),
        Paragraph(text=case.appeal.notice),
        *quoted(cited),
        Paragraph(text=how),
    )
    return Reply(blocks=blocks)


def filed(case: Case, state: StepState, paper: Download | None) -> Reply:
    """A step of the candidate's was filed."""
    day = told(state.taken.day if state.taken else case.today)
    lines = [
        f"Filed on {day}: {state.step.title}, appeal {case.appeal.id}. Staff are told.",
        _what_next(case),
    ]
    papers: tuple[Block, ...] = (paper,) if paper else ()
    return Reply(blocks=(*papers, *(Paragraph(text=line) for line in lines)))


def own_list(program: Program, cases: Sequence[Case]) -> Reply:
    """Every appeal of a candidate, and what could still be appealed."""
    if not cases:
        return Reply(blocks=(Paragraph(text="You have no appeal, and nothing to appeal against."),))
    items = tuple(f"{_title(program, case)}. {_what_next(case)}" for case in cases)
    return Reply(blocks=(Bullets(items=items),))


def step_told(program: Program, case: Case, state: StepState) -> Reply:
    """To the candidate: a step of the other side was taken."""
    day = told(state.taken.day if state.taken else case.today)
    note = f" {state.taken.note}" if state.taken and state.taken.note else ""
    lines = [
        f"{_title(program, case)}: {state.step.title} ({state.step.who}) on {day}.{note}",
        _what_next(case),
    ]
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines))


def result_told(program: Program, ended: Ended, cited: Sequence[Passage]) -> Reply:
    """To the candidate: how the appeal ended, and what happens next."""
    case = ended.case
    text = (
        f"{_title(program, case)} has ended: {case.appeal.result}. The reason given: "
        f"{case.appeal.result_note}"
    )
    follows = tuple(Paragraph(text=line) for line in _what_follows(program, ended))
    return Reply(blocks=(Paragraph(text=text), *quoted(cited), *follows))


def not_again(program: Program, stands: Standing) -> str:
    """Why nothing is judged again although the result says so."""
    title, number = program.set(stands.set_id).title, stands.submission
    by = f" (submission {number.id})" if number else ""
    return f"Nothing is judged again because of it: {title} is {stands.phase} meanwhile{by}."


def _what_follows(program: Program, ended: Ended) -> list[str]:
    if ended.in_the_way:
        return [not_again(program, ended.in_the_way)]
    again = ended.again
    if again is None:
        return []
    title, by = program.set(again.set_id).title, program.rules.routes[again.route].title
    lines = [
        f"{title} ({by}) is judged again from the start, as submission {again.id}, with the files "
        f"of submission {again.follows}. It waits for its review, you need not do anything, and "
        "you are told how it ends."
    ]
    if ended.given_up:
        tokens = ", ".join(request.token for request in ended.given_up)
        lines.append(f"What was asked for before is not wanted any more: {tokens}.")
    return lines


def step_line(case: Case, state: StepState) -> str:
    """One step: who, how many days, until when, and how it stands."""
    step = state.step
    days = "1 day" if step.days == 1 else f"{step.days} days"
    since = _start(case, step.after)
    return f"{step.title} ({step.who}, {days} after {since}): {stands(case, state)}."


def stands(case: Case, state: StepState) -> str:
    """`on file since ...`, `missed ...`, `due by ...`, or that its day is not known yet."""
    if state.taken:
        return f"on file since {told(state.taken.day)}"
    if state.due is None:
        return "its last day follows from that"
    if state.missed:
        return f"missed, the last day was {told(state.due)}"
    return f"due by {told_from(state.due, case.today)}"


def _start(case: Case, after: str) -> str:
    titles = {state.step.id: state.step.title for state in case.states}
    return titles.get(after, "the decision")


def _title(program: Program, case: Case) -> str:
    about = matter(program, case.submission)
    return (
        f"Appeal {case.appeal.id} about {about}"
        if case.appeal.filed
        else about[0].upper() + about[1:]
    )


def _what_next(case: Case) -> str:
    """What the candidate does or waits for."""
    if case.appeal.result:
        return f"It has ended: {case.appeal.result}."
    if lapsed := case.lapsed:
        return f"{lapsed.step.title} was {stands(case, lapsed)}, so the appeal cannot go on."
    number = case.submission.id
    if not case.appeal.filed:
        due = told_from(case.states[0].due or case.today, case.today)
        return f"You can give notice until {due}. To read it first, say: notice {number}."
    own = next((state for state in case.states if state.own and not state.taken), None)
    if own and own.due:
        return (
            f"Next is yours: {own.step.title}, {stands(case, own)}. When you have sent it, say: "
            f"{own.step.id} filed appeal {case.appeal.id}."
        )
    waiting = case.next
    if waiting is None:
        return "Every step was taken; the result is still to come."
    return f"Next: {waiting.step.title} ({waiting.step.who}), {stands(case, waiting)}."


def _choices(case: Case) -> tuple[Choice, ...]:
    if case.appeal.filed or case.lapsed:
        return ()
    return (Choice(label="Draft my notice", says=f"notice {case.submission.id}"),)
