"""The whole way to the certificate, on the shipped program and on an invented one.

The conversations are in tests/data/stories; `pytest --update-transcripts` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.standing import achieved, certified
from bot.domain.submission import OPEN_STAGES
from bot.usecases.check_store import check_store
from tests.cast import BEA
from tests.desk import House
from tests.flows.stage import Stage
from tests.flows.stories import whole_story

FOLDER = Path(__file__).parent.parent / "data" / "stories"


@pytest.mark.parametrize("pack", ["knowledge", "other_knowledge"])
def test_the_story_goes_as_written_and_ends_with_the_certificate(
    pack: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    knowledge: Knowledge = request.getfixturevalue(pack)
    program = knowledge.pack.program
    house = House(knowledge, tmp_path)
    bea = house.enrol(BEA)
    path = FOLDER / f"{program.id}.txt"

    heard = Stage(house).play(whole_story(program))

    if request.config.getoption("--update-transcripts"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(heard, encoding="utf-8")
    report = check_store(house.transaction(), house.files)
    with house.transaction() as uow:
        done = achieved(program, uow.submissions.of(bea.person))
        waiting = uow.submissions.count(OPEN_STAGES)
    house.database.close()
    assert heard == path.read_text(encoding="utf-8")
    assert certified(program, done)
    assert waiting == 0
    assert report.trail_ok
    assert report.files_ok
