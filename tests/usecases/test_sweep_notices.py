"""One batch of a sweep: whom it looks at, and until when everybody was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import Knowledge
from bot.domain.notices.kinds import NoticeRules
from bot.usecases.say_again import still_due
from bot.usecases.sweep_marks import NAME, SETTLES, Mark
from bot.usecases.sweep_notices import Swept, sweep_notices
from tests.crowds import speaking
from tests.logged import Kept
from tests.sweeping import BEGIN, PEOPLE, Sweepers

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


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


def test_two_versions_side_by_side_do_not_look_at_everybody_in_turns(sweepers: Sweepers) -> None:
    unit, now, looked = sweepers.transaction(), BEGIN, []
    for minute in range(8):
        sweepers.change_rules("new" if minute % 2 else "old")
        now = BEGIN + minute * MINUTE
        looked.append(sweep_notices(unit, sweepers.program, now=now).looked)

    assert looked == [PEOPLE, PEOPLE, 0, 0, 0, 0, 0, 0]
    sweepers.change_rules("old")
    assert sweep_notices(unit, sweepers.program, now=now + SETTLES).looked == PEOPLE


def test_by_another_program_nobody_is_told_while_the_first_one_sweeps(
    sweepers: Sweepers, everything: Kept
) -> None:
    unit, program = sweepers.transaction(), sweepers.program
    other = replace(program, id="another")
    sweep_notices(unit, program, now=BEGIN)
    with unit as uow:
        uow.looks.stir([1])
        uow.commit()

    assert sweep_notices(unit, other, now=BEGIN + MINUTE) == Swept()
    assert sweep_notices(unit, other, now=BEGIN + 2 * MINUTE) == Swept()

    assert len([line for line in everything.lines if "has the program another" in line]) == 1
    assert sweep_notices(unit, program, now=BEGIN + 2 * MINUTE).looked == 1
    # Once nobody sweeps by the first one it is the other's turn.
    assert sweep_notices(unit, other, now=BEGIN + 2 * MINUTE + SETTLES).looked == PEOPLE


def test_another_program_sends_what_was_written_as_it_is(sweepers: Sweepers) -> None:
    unit, program = sweepers.transaction(), sweepers.program
    other = replace(program, id="another", notices=NoticeRules())
    sweep_notices(unit, program, now=BEGIN)
    sweep_notices(unit, program, now=BEGIN + 90 * DAY)
    message = sweepers.messages()[0]

    with unit as uow:
        assert still_due(uow, other, message, now=BEGIN + 90 * DAY) == message
