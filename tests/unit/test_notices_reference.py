"""The rules of notices against a slow, obvious account of the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.notices.kinds import Moment
from bot.domain.notices.plan import plan
from bot.domain.notices.situation import Situation
from bot.domain.notices.wishes import Wishes
from bot.domain.program import Program
from bot.knowledge.pack import load_pack
from tests.conftest import OTHER_PACK, ROOT
from tests.noticed import ZONES, person, told
from tests.noticed_any import instants, situations
from tests.notices_reference import year


@pytest.fixture(
    scope="module", params=[ROOT / "bot/programs/lssc", OTHER_PACK], ids=["own", "other"]
)
def program(request: pytest.FixtureRequest) -> Program:
    folder: Path = request.param
    return load_pack(folder).program


@settings(max_examples=200)
@given(data=st.data(), begins=instants)
def test_a_year_of_anybody_is_as_the_obvious_account_has_it(
    program: Program, data: st.DataObject, begins: datetime
) -> None:
    situation = data.draw(situations(program))
    assert told(program, situation, begins=begins, days=365) == year(
        program, situation, begins=begins, days=365
    )


def moved(situation: Situation, zone: str) -> Situation:
    """The same person once they live there."""
    there, at = person(zone), situation.certified_at
    on = at.astimezone(there.zone).date() if at else None
    return replace(situation, person=there, certified_on=on, wishes=Wishes())


def keys(program: Program, situation: Situation) -> Iterator[str]:
    """All but those of events, of which one early in the day may be over before it is due."""
    for notice in plan(program, situation):
        if program.notices.kinds[notice.kind].moment is not Moment.EVENT:
            yield notice.key


@settings(max_examples=300)
@given(data=st.data())
def test_whoever_moves_to_another_time_zone_is_told_nothing_again(
    program: Program, data: st.DataObject
) -> None:
    situation = data.draw(situations(program))
    here, there = (moved(situation, data.draw(st.sampled_from(ZONES))) for _ in range(2))

    assert set(keys(program, here)) == set(keys(program, there))
