"""Go through many people in short transactions, so that nobody else waits for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bot.ports import UnitOfWork

AT_ONCE = 500  # people of one transaction: what is read of them takes some hundredths of a second
T = TypeVar("T")


def pages(
    transaction: Callable[[], UnitOfWork],
    read: Callable[[UnitOfWork, Sequence[int]], T],
    *,
    people: Sequence[int] | None = None,
) -> Iterator[T]:
    """What is read of each few of the people, or with None of everybody, in order of number.

    Each few have a transaction of their own, which has ended when what was read in it is given.
    """
    after = 0
    while True:
        with transaction() as uow:
            numbers = _next(uow, people, after)
            if not numbers:
                return
            found = read(uow, numbers)
        yield found
        after = numbers[-1] if people is None else after + len(numbers)


def _next(uow: UnitOfWork, people: Sequence[int] | None, after: int) -> Sequence[int]:
    if people is None:
        return uow.situations.numbers(after=after, limit=AT_ONCE)
    return people[after : after + AT_ONCE]
