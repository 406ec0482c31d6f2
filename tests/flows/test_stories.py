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
from tests.flows.stories import portfolio_set, reopened_story, whole_story

FOLDER = Path(__file__).parent.parent / "data" / "stories"


PACKS = ("knowledge", "other_knowledge")


@pytest.mark.parametrize("pack", PACKS)
def test_the_story_goes_as_written_and_ends_with_the_certificate(
    pack: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    knowledge: Knowledge = request.getfixturevalue(pack)
    program = knowledge.pack.program
    house = House(knowledge, tmp_path)
    bea = house.enrol(BEA)

    heard, written = played(house, whole_story(program), program.id, request)

    report = check_store(house.transaction(), house.files)
    with house.transaction() as uow:
        done = achieved(program, uow.submissions.of(bea.person))
        waiting = uow.submissions.count(OPEN_STAGES)
    house.database.close()
    assert heard == written
    assert certified(program, done)
    assert waiting == 0
    assert report.ok, report


@pytest.mark.parametrize("pack", PACKS)
def test_a_set_that_an_appeal_has_judged_again_ends_approved(
    pack: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    knowledge: Knowledge = request.getfixturevalue(pack)
    program = knowledge.pack.program
    house = House(knowledge, tmp_path)
    bea = house.enrol(BEA)

    heard, written = played(house, reopened_story(program), f"{program.id}-appeal", request)

    with house.transaction() as uow:
        first, again = uow.submissions.of(bea.person)
    house.database.close()
    assert heard == written
    assert achieved(program, (first, again)) == {portfolio_set(program).id}
    assert again.judged_again
    assert again.manifest_sha256 == first.manifest_sha256


def played(house: House, story: str, name: str, request: pytest.FixtureRequest) -> tuple[str, str]:
    """The story as it is heard now, and as it is written down."""
    path = FOLDER / f"{name}.txt"
    heard = Stage(house).play(story)
    if request.config.getoption("--update-transcripts"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(heard, encoding="utf-8")
    return heard, path.read_text(encoding="utf-8")
