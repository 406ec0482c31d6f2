"""Two processes on one database whose clocks disagree: nobody hears anything twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.usecases.clock_back import PATIENCE
from bot.usecases.sweep_notices import sweep_notices
from tests.cast import ADA
from tests.crowds import speaking
from tests.desk import House
from tests.flows.soon import at
from tests.logged import Kept
from tests.sweeping import BEGIN, PEOPLE, Sweepers

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
APART = [timedelta(minutes=15), HOUR, 5 * HOUR, 2 * DAY]


class Two:
    """Two houses that share all but their clocks."""

    def __init__(self, knowledge: Knowledge, folder: Path, apart: timedelta) -> None:
        url = f"sqlite:///{folder}/shared.db"
        self.right = House(knowledge, folder, url=url)
        self.ahead = House(knowledge, folder, url=url)
        self.right.enrol(ADA)
        self.ahead.clock.forward(apart)

    def go_on(self, minutes: int) -> None:
        """Each sweeps and sends once a minute."""
        for _ in range(minutes):
            for one in (self.right, self.ahead):
                one.clock.forward(MINUTE)
                one.sweep()

    def heard(self) -> list[str]:
        """What Ada heard of either."""
        return [*self.right.heard(ADA.email), *self.ahead.heard(ADA.email)]

    def close(self) -> None:
        """Both are done."""
        for one in (self.right, self.ahead):
            one.database.close()


@pytest.fixture
def two(request: pytest.FixtureRequest, knowledge: Knowledge, tmp_path: Path) -> Iterator[Two]:
    """A house, and another one whose clock is ahead."""
    made = Two(knowledge, tmp_path, request.param)
    yield made
    made.close()


@pytest.mark.parametrize("two", APART, indirect=True, ids=str)
def test_each_reminder_is_heard_once(two: Two, everything: Kept) -> None:
    two.right.sweep()
    two.ahead.sweep()
    for minutes in (20, 25, 70):
        two.right.say(ADA.email, f"remind me in {minutes} minutes to eat {minutes}")
        two.right.say(ADA.email, "yes")
    two.go_on(75)

    reminded = [one for one in two.heard() if "You asked me to remind you" in one]
    assert [sum(f"eat {minutes}" in one for one in reminded) for minutes in (20, 25, 70)] == [1] * 3
    assert len([line for line in everything.lines if "so it waits" in line]) == 1
    assert len([line for line in everything.lines if "The clock was ahead" in line]) <= 1


@pytest.mark.parametrize("two", [HOUR], indirect=True, ids=str)
def test_the_one_behind_goes_on_once_the_other_is_gone(two: Two, everything: Kept) -> None:
    two.ahead.sweep()
    two.right.say(ADA.email, "remind me in 20 minutes to eat")
    two.right.say(ADA.email, "yes")
    for _ in range(30):
        two.right.clock.forward(MINUTE)
        two.right.sweep()

    assert len([one for one in two.right.heard(ADA.email) if "eat" in one]) == 3
    assert len([line for line in everything.lines if "The clock was ahead" in line]) == 1


@pytest.fixture
def sweepers(knowledge: Knowledge) -> Iterator[Sweepers]:
    """Three candidates, at whom nobody has looked yet."""
    made = Sweepers("sqlite://", speaking(knowledge.pack.program))
    made.begin()
    yield made
    made.close()


def test_a_clock_far_behind_waits_before_it_is_believed(sweepers: Sweepers) -> None:
    unit, program, wrong = sweepers.transaction(), sweepers.program, BEGIN - 365 * DAY
    sweep_notices(unit, program, now=BEGIN)

    looked = [sweep_notices(unit, program, now=wrong + n * PATIENCE).looked for n in range(3)]

    assert looked == [0, PEOPLE, 0]


def test_a_clock_far_behind_for_a_moment_changes_nothing(house: House) -> None:
    house.enrol(ADA)
    house.sweep()
    at(house, 2025, 1, 1, 12)
    house.sweep()
    at(house, 2026, 11, 21, 18, 5)

    assert house.sweep().looked == 0
