"""Whatever happens, and whenever anybody sweeps or goes down: each notice is said once.

Hypothesis makes histories (tests/flows/histories.py). After each sweep that came to its end all
that was due is told, and at no time is anything told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bot.app import Knowledge
from bot.domain.notices.moments.own import REMINDER
from bot.domain.notices.notice import Ending
from bot.domain.program import Program
from bot.usecases.late_news import DECLINED, TOO_OLD
from tests.crowds import EXPIRY, IDLE, speaking
from tests.flows.histories import MOVES, History
from tests.sweeping import Sweepers

Turn = tuple[Callable[[History, int, int], None], int, int]
OFTEN = (
    History.later,
    History.much_later,
    History.sweeps,
    History.crashes_on_the_way,
    History.is_sent,
)
turn = st.tuples(st.sampled_from((*OFTEN, *MOVES)), st.integers(0, 2), st.integers(0, 40))
history = st.lists(turn, min_size=5, max_size=30)
# What makes a message untrue on its way, and true again.
UNTRUE = (
    History.has_another_end,
    History.has_the_old_end_again,
    History.snoozes,
    History.wakes,
    History.later,
    History.wishes,
)
aside = st.tuples(st.sampled_from(UNTRUE), st.just(0), st.integers(0, 40))
ONE, FOUR = 1, 4


@pytest.fixture(scope="module")
def program(knowledge: Knowledge) -> Program:
    """Deadlines, nudges and own reminders."""
    return speaking(knowledge.pack.program, EXPIRY, IDLE, REMINDER)


@pytest.fixture
def alone(program: Program, tmp_path: Path) -> Iterator[Sweepers]:
    """One process and its file."""
    sweepers = Sweepers(f"sqlite:///{tmp_path}/carrel.db", program)
    yield sweepers
    sweepers.close()


@pytest.fixture
def four(program: Program, shared_url: str) -> Iterator[Sweepers]:
    """Four processes on one database, a file and a server."""
    sweepers = Sweepers(shared_url, program, count=FOUR)
    yield sweepers
    sweepers.close()


def test_each_notice_is_put_into_the_outbox_once(alone: Sweepers) -> None:
    _holds(alone, examples=60)


def test_of_four_who_sweep_at_once_one_tells_it(four: Sweepers) -> None:
    _holds(four, examples=15)


def test_what_is_put_aside_unsent_is_told_once_it_is_true_again(alone: Sweepers) -> None:
    @settings(
        max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(aside, min_size=3, max_size=12))
    def holds(turns: Sequence[Turn]) -> None:
        alone.begin()
        alone.clock.forward(timedelta(days=112))  # a month before the end of the first of them
        alone.sweep()
        lived = History(alone)
        for move, who, n in turns:
            move(lived, who, n)
            alone.send()
            _nothing_twice(alone)
            alone.sweep()
            assert alone.left() == []
            _nothing_twice(alone)

    seed(7)(holds)()


def _holds(sweepers: Sweepers, *, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(history)
    def holds(turns: Sequence[Turn]) -> None:
        sweepers.begin()
        lived = History(sweepers)
        for move, who, n in turns:
            move(lived, who, n)
            _nothing_twice(sweepers)
            if move is History.sweeps:
                assert sweepers.left() == []
        sweepers.sweep()
        assert sweepers.left() == []
        _nothing_twice(sweepers)

    seed(7)(holds)()


def _nothing_twice(sweepers: Sweepers) -> None:
    told, books = sweepers.told(), sweepers.books()
    assert set(told.values()) <= {1}
    assert set(told) == {key for key, ending in books.items() if ending is Ending.SAID}
    by = {message for message in sweepers.news().values() if message}
    by -= {DECLINED, TOO_OLD}
    assert by <= {message.key for message in sweepers.messages()}
