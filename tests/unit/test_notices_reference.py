"""The rules of notices against a slow, obvious account of the same."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.program import Program
from bot.knowledge.pack import load_pack
from tests.conftest import OTHER_PACK, ROOT
from tests.noticed import told
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
