"""One batch of a sweep: whom it looks at, and until when everybody was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.app import Knowledge
from bot.usecases.sweep_marks import NAME, Mark
from bot.usecases.sweep_notices import Swept, sweep_notices
from tests.crowds import speaking
from tests.sweeping import BEGIN, PEOPLE, Sweepers

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sweepers(knowledge: Knowledge) -> Iterator[Sweepers]:
    """Three candidates, at whom nobody has looked yet."""
    made = Sweepers("sqlite://", speaking(knowledge.pack.program))
    made.begin()
    yield made
    made.close()


def test_the_first_sweep_looks_at_everybody_and_the_next_at_nobody(sweepers: Sweepers) -> None:
    unit, program = sweepers.transaction(), sweepers.program

    assert sweep_notices(unit, program, now=BEGIN) == Swept(looked=PEOPLE)
    assert sweep_notices(unit, program, now=BEGIN + MINUTE) == Swept(looked=0)


def test_whoever_is_stirred_and_due_is_looked_at_once_and_hides_nobody(sweepers: Sweepers) -> None:
    unit, program = sweepers.transaction(), sweepers.program
    sweep_notices(unit, program, now=BEGIN)
    with unit as uow:
        uow.looks.put({number: BEGIN + number * MINUTE for number in range(1, PEOPLE + 1)})
        uow.looks.stir([1])
        uow.commit()
    later = BEGIN + 10 * MINUTE

    first = sweep_notices(unit, program, now=later, limit=2)
    with unit as uow:
        swept, _ = uow.looks.swept(NAME)
    rest = sweep_notices(unit, program, now=later, limit=9)

    assert first == Swept(looked=1, more=True)
    assert swept == BEGIN  # not everybody was looked at since
    assert rest == Swept(looked=PEOPLE - 1)
    with unit as uow:
        assert uow.looks.swept(NAME) == (
            later,
            str(Mark(program=program.id, rules=program.notices.mark)),
        )


def test_rules_that_changed_let_everybody_be_looked_at_in_batches(sweepers: Sweepers) -> None:
    unit, program = sweepers.transaction(), sweepers.program
    sweep_notices(unit, program, now=BEGIN)
    sweepers.change_rules("another")

    batches = [sweep_notices(unit, sweepers.program, now=BEGIN, limit=2) for _ in range(3)]

    assert [one.looked for one in batches] == [2, 1, 0]
    assert [one.more for one in batches] == [True, False, False]
