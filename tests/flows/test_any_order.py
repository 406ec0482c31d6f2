"""Everybody says anything in any order, and no law of the house is ever broken.

Each example begins in one of several ways (tests/flows/town.py) and goes on with moves
(tests/flows/moves.py), all of them words; laws.py is held against what is there after each.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    get_state_machine_test,
    initialize,
    rule,
)

from bot.app import Knowledge
from bot.domain.rules import Outcome
from tests.flows.moves import MOVES, OFTEN, Moves
from tests.flows.town import BEGINNINGS, CANDIDATES, PLAIN, Town

# Hypothesis mostly varies what it has tried: several seeds with few examples reach further.
SEEDS = 5
EXAMPLES = 5
STEPS = 35
WANTED = {"named another's", "answered", "came back", "appealed", *Outcome}

pick = st.integers(0, 23)


class Machine(RuleBasedStateMachine):
    """A town in which people say things. `reached` counts over all examples what came of it."""

    town: ClassVar[Town]
    reached: ClassVar[Counter[str]]

    @initialize(beginning=st.sampled_from(("nothing", *BEGINNINGS)))
    def begin(self, beginning: str) -> None:
        """One of the ways for things to stand at first."""
        self.town.begin(beginning)
        self.moves = Moves(self.town, self.reached)

    @rule(
        move=st.sampled_from((*OFTEN, *MOVES)),
        who=st.sampled_from((*PLAIN, *CANDIDATES)),
        k=pick,
        n=pick,
    )
    def turn(self, move: str, who: str, k: int, n: int) -> None:
        """Somebody's turn. One rule for all, since Hypothesis leaves some rules out at times."""
        before = self.moves.said
        MOVES[move](self.moves, who, k, n)
        if self.moves.said == before and self.moves.there.now.submissions:
            self.moves.look_around(who, k, n)

    def teardown(self) -> None:
        """The trail is whole, whatever was said."""
        if not hasattr(self, "moves"):
            return
        with self.town.house.transaction() as uow:
            assert uow.trail.broken_at() is None
        now = self.moves.laws.now
        self.reached["answered"] += sum(not r.open for r in now.requests)
        self.reached["appealed"] += sum(a.filed for a in now.appeals.values())
        self.reached["came back"] += sum(s.round > 1 for s in now.submissions.values())


@pytest.mark.parametrize(("pack", "first"), [("knowledge", 0), ("other_knowledge", SEEDS)])
def test_whatever_is_said_in_any_order_no_law_is_broken(
    pack: str, first: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    knowledge: Knowledge = request.getfixturevalue(pack)
    few = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )

    class Here(Machine):
        town = Town(knowledge, tmp_path)
        reached: ClassVar = Counter[str]()

    for number in range(first, first + SEEDS):
        seed(number)(get_state_machine_test(Here, settings=few))()

    Here.town.close()
    seldom = {name for name in WANTED if not Here.reached[name]}
    assert not seldom, "the examples reach less than they should"
