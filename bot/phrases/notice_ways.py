"""What a notice offers to do next, in words that are commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.messages import Choice
from bot.domain.notices.kinds import Audience, Moment
from bot.domain.notices.notice import Notice
from bot.domain.program import CompetencySet, Program
from bot.phrases.stating import spoken

Ways = tuple[Choice, ...]
_READY = Choice(label="What is ready, what lacks", says="ready")
_PACE = Choice(label="My pace", says="pace")


def ways(program: Program, notice: Notice, *, moment: Moment, left: int) -> Ways:
    """The ways on, the nearest first; `left` are the days to the day that it counts from."""
    if notice.to is Audience.STAFF:
        return _for_staff(notice)
    find = _WAYS.get(moment)
    return find(program, notice, left) if find else ()


def _for_staff(notice: Notice) -> Ways:
    number = notice.about["number"]
    return (
        Choice(label=f"Dossier of {number}", says=f"dossier {number}"),
        Choice(label="The queue", says="queue"),
    )


def _subscription(_: Program, __: Notice, left: int) -> Ways:
    return _deadline("My subscription has ended.", left)


def _time_limit(_: Program, __: Notice, left: int) -> Ways:
    return _deadline("The time limit for all sets has passed.", left)


def _deadline(over: str, left: int) -> Ways:
    """What can be done until then; `over` is what to tell the staff afterwards."""
    if left >= 0:
        return (_READY, _PACE)
    asks = f"ask staff: {over} What is possible now?"
    return (Choice(label="Ask the staff", says=asks), _READY)


def _touched(program: Program, notice: Notice, _: int) -> Ways:
    return (_lacks(_set(program, notice)),)


def _covered(program: Program, notice: Notice, _: int) -> Ways:
    one = _set(program, notice)
    says = f"write statement for {spoken(one)}"
    return (Choice(label=f"Write it for {one.title}", says=says),)


def _submitted(_: Program, notice: Notice, __: int) -> Ways:
    number = notice.about["number"]
    return (
        Choice(label=f"Submission {number}", says=f"submission {number}"),
        Choice(label="Ask the staff", says=f"ask staff: When is submission {number} decided?"),
    )


def _requested(_: Program, __: Notice, ___: int) -> Ways:
    return (Choice(label="What was asked for", says="requests"),)


def _appeal(_: Program, notice: Notice, __: int) -> Ways:
    """To read what to do first: filing is for good, so no button does it."""
    number, says = notice.about["number"], str(notice.about["says"])
    how = Choice(label="How an appeal runs", says=f"appeal {number}")
    draft = (Choice(label="Read the notice", says=says),) if says.startswith("notice ") else ()
    return (*draft, how)


def _own(program: Program, notice: Notice, _: int) -> Ways:
    id = str(notice.about["section"])
    sets = (s.set_id for s in program.sections if s.id == id)
    set_id = next(sets, id)
    one = next((s for s in program.sets if s.id == set_id), None)
    return (_lacks(one),) if one else ()


def _lacks(one: CompetencySet) -> Choice:
    return Choice(label=f"What {one.title} still lacks", says=f"ready {spoken(one)}")


def _set(program: Program, notice: Notice) -> CompetencySet:
    return program.set(str(notice.about["set_id"]))


_WAYS: Mapping[Moment, Callable[[Program, Notice, int], Ways]] = MappingProxyType(
    {
        Moment.SUBSCRIPTION_ENDS: _subscription,
        Moment.TIME_LIMIT: _time_limit,
        Moment.SET_TOUCHED: _touched,
        Moment.SET_COVERED: _covered,
        Moment.SUBMITTED: _submitted,
        Moment.REQUESTED: _requested,
        Moment.APPEAL_DUE: _appeal,
        Moment.OWN: _own,
    }
)
