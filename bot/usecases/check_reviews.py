"""Is every submission, with its review, still as the trail tells?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from bot.domain.submission import Submission
from bot.domain.trail_account import BEGINNINGS, is_to_stand, merged, unlike
from bot.ports import UnitOfWork

_AT_ONCE = 200
_UNREADABLE = "cannot be read"


def altered_reviews(uow: UnitOfWork) -> Iterator[tuple[int, str]]:
    """Every submission's number that differs from what the trail tells, with the difference.

    Reads some at a time: what is kept in mind does not grow with the number of submissions.
    """
    erased = {line.subject for line in uow.trail.done(("erased",))}
    for number in _missing(uow, erased):
        yield number, "missing"
    after = None
    while page := uow.submissions.page(limit=_AT_ONCE, after=after):
        told = _told(uow, (number for number, _ in page))
        for number, submission in page:
            if _wrong(submission, told[number], erased):
                yield from _again(uow, number, erased)
        after = page[-1][0]


def _again(uow: UnitOfWork, number: int, erased: set[str]) -> Iterator[tuple[int, str]]:
    """What differs still at a second look: somebody may have acted between the two readings."""
    found = dict(uow.submissions.page(limit=1, after=number - 1))
    if number in found:
        told = _told(uow, (number,))[number]
        if wrong := _wrong(found[number], told, erased):
            yield number, wrong


def _missing(uow: UnitOfWork, erased: set[str]) -> Iterator[int]:
    begun = (_number(line.subject) for line in uow.trail.done(BEGINNINGS))
    while numbers := tuple(islice(begun, _AT_ONCE)):
        gone = set(numbers) - uow.submissions.known(numbers)
        for number, told in sorted(_told(uow, gone).items()):
            if is_to_stand(told, erased=_whose(told) in erased):
                yield number


def _told(uow: UnitOfWork, numbers: Iterable[int]) -> dict[int, Mapping[str, str]]:
    """What the trail tells of each of the submissions."""
    told: dict[int, Mapping[str, str]] = {number: {} for number in numbers}
    for line in uow.trail.about([f"submission:{number}" for number in told]):
        number = _number(line.subject)
        told[number] = merged(told[number], line.details)
    return told


def _wrong(submission: Submission | None, told: Mapping[str, str], erased: set[str]) -> str:
    if submission is None:
        return _UNREADABLE
    return unlike(submission, told, erased=_whose(told) in erased)


def _whose(told: Mapping[str, str]) -> str:
    """As the trail names the candidate."""
    return f"person:{told.get('candidate', '')}"


def _number(subject: str) -> int:
    return int(subject.removeprefix("submission:"))
