"""What moves an appeal on: a step of the candidate, a step of staff, its end.

A move takes an appeal and gives the next one; `Refused` says why it is not legal.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.appeal import Appeal, StepState, StepTaken, forfeit, next_step, steps
from bot.domain.rules import AppealRule, Party
from bot.errors import NotFound, Refused


class DeadlineMissed(Refused):
    """A step came after its last day, or after an earlier step's; `state` is the one missed."""

    def __init__(self, state: StepState) -> None:
        super().__init__(
            f"{state.step.title}: the last day was ",
            state.due or "before",
            ", so the appeal cannot go on. Nothing was changed.",
        )
        self.state = state


def take_own(rule: AppealRule, appeal: Appeal, taken: StepTaken, *, today: date) -> Appeal:
    """The candidate takes a step; `DeadlineMissed` after its last day, which counts fully."""
    states = _running(rule, appeal, today=today)
    state = _to_take(states, taken.step, Party.CANDIDATE)
    if lapsed := forfeit(states):
        raise DeadlineMissed(lapsed)
    _check_turn(states, state)
    return replace(appeal, taken=(*appeal.taken, taken))


def take_for_staff(
    rule: AppealRule, appeal: Appeal, taken: StepTaken, *, today: date, latest: date
) -> Appeal:
    """Staff record a step of theirs, on its day, which is at most `latest`; it may be late."""
    states = _running(rule, appeal, today=today)
    state = _to_take(states, taken.step, Party.STAFF)
    _check_turn(states, state)
    since = (state.due or today) - timedelta(days=state.step.days)
    if not since <= taken.day <= latest:
        raise Refused(
            f"{state.step.title}: it cannot have been on ",
            taken.day,
            "; name a day from ",
            since,
            " to ",
            latest,
            ". Nothing was changed.",
        )
    return replace(appeal, taken=(*appeal.taken, taken))


def end(rule: AppealRule, appeal: Appeal, said: str, *, note: str, today: date) -> Appeal:
    """The appeal ends with one of the rule's results, of which `said` is the beginning.

    It can end when every step was taken, or when the candidate missed a last day.
    """
    states = _running(rule, appeal, today=today)
    result = _result(rule, said)
    if not note.strip():
        raise Refused(
            "Give the reason after a colon: the candidate will read it. Nothing was changed.",
            heads=f"appeal result {appeal.id} {result}: ",
        )
    waiting = next_step(states)
    if waiting and not forfeit(states):
        raise Refused(
            f"{waiting.step.title} is still to come ({waiting.step.who}); the result follows it. "
            "Nothing was changed."
        )
    return replace(appeal, result=result, result_note=note.strip())


def _running(rule: AppealRule, appeal: Appeal, *, today: date) -> tuple[StepState, ...]:
    if appeal.result:
        raise Refused(f"Appeal {appeal.id} has ended: {appeal.result}. Nothing was changed.")
    return steps(rule, appeal, today=today)


def _to_take(states: tuple[StepState, ...], step: str, party: Party) -> StepState:
    """The state of that step of that party, if it was not taken."""
    theirs = [state for state in states if state.step.party is party]
    found = next((state for state in theirs if state.step.id == step), None)
    if found is None:
        named = ", ".join(state.step.id for state in theirs) or "none"
        raise NotFound(f"There is no step {step} for you to take. Your steps are: {named}.")
    if found.taken:
        raise Refused(
            f"{found.step.title}: on file already, since ",
            found.taken.day,
            ". Nothing was changed.",
        )
    return found


def _check_turn(states: tuple[StepState, ...], state: StepState) -> None:
    """The party's earlier steps come first, and so does the step from which this one counts."""
    for before in states[: states.index(state)]:
        first = before.step.party is state.step.party or before.step.id == state.step.after
        if first and before.taken is None:
            raise Refused(
                f"First comes: {before.step.title} ({before.step.who}, {before.step.id}). Nothing "
                "was changed."
            )


def _result(rule: AppealRule, said: str) -> str:
    wanted = " ".join(said.casefold().split())
    titles = [one.title for one in rule.results]
    found = [one for one in titles if one.casefold().startswith(wanted)]
    exact = [one for one in found if one.casefold() == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    raise NotFound(f"No result fits {said!r}. Name one of: {', '.join(titles)}.")
