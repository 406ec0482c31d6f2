"""Look at many people where something about one of them may be broken: the others go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from logging import getLogger
from typing import ParamSpec, TypeVar

from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.errors import CarrelError, StorageFailed
from bot.ports import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")
Fault = Callable[[int, Exception], None]  # is called with a person's number and what went wrong
log = getLogger(__name__)


def readable(
    uow: UnitOfWork, program: Program, people: Sequence[int], *, now: datetime, fault: Fault
) -> tuple[Situation, ...]:
    """Those of the people who can be read, by number; of each other one `fault` is told.

    Fewer and fewer are read at once until those few who cannot be are found.
    """
    try:
        return uow.situations.of(people, now=now, program=program)
    except StorageFailed:
        raise
    except Exception as error:
        if len(people) < 2:
            for one in people:
                fault(one, error)
            return ()
    half = len(people) // 2
    return (
        *readable(uow, program, people[:half], now=now, fault=fault),
        *readable(uow, program, people[half:], now=now, fault=fault),
    )


def guarded(
    fault: Fault, person: int, do: Callable[P, T], *given: P.args, **more: P.kwargs
) -> T | None:
    """What it gives; None where it fails, and then `fault` is told.

    What Carrel raises on purpose, as for a failed database, is raised: nothing is broken then.
    """
    try:
        return do(*given, **more)
    except CarrelError:
        raise
    except Exception as error:
        fault(person, error)
        return None


def left_out(of: str) -> Fault:
    """Tells the log that somebody is left out `of` what is done."""

    def tell(person: int, error: Exception) -> None:
        log.error(
            "Person %d cannot be read and is left out of %s; carrel doctor tells more",
            person,
            of,
            exc_info=error,
            extra={"action": "person-broken", "person": person},
        )

    return tell
