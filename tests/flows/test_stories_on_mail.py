"""The stories of the terminal, played by mail: the same is said, and the end is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.program import Program
from tests.cast import BEA
from tests.flows.retold import compare, enclosed, terminal
from tests.flows.stories import reopened_story, whole_story
from tests.mail.addressed import AddressedHouse
from tests.mail.house import MailHouse, Ways

STORIES: tuple[tuple[str, Callable[[Program], str], Ways], ...] = (
    ("knowledge", whole_story, Ways.REPLIED),
    ("knowledge", reopened_story, Ways.WRITTEN),
    ("other_knowledge", whole_story, Ways.PRESSED),
    ("other_knowledge", reopened_story, Ways.REPLIED),
)


@pytest.mark.parametrize(
    ("pack", "story", "ways"), STORIES, ids=lambda one: getattr(one, "name", None)
)
def test_a_story_of_the_terminal_goes_the_same_way_by_mail(
    pack: str,
    story: Callable[[Program], str],
    ways: Ways,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    knowledge: Knowledge = request.getfixturevalue(pack)
    script = story(knowledge.pack.program)
    with (
        terminal(knowledge, tmp_path / "terminal", kind=AddressedHouse) as one,
        by_mail(knowledge, tmp_path / "mail", ways) as other,
    ):
        compare(script, told=one, heard=other)

        assert given(other) == enclosed(one)
        assert other.dovecot.count() == 0
        assert other.dovecot.count(folder="Failed") == 0


@contextmanager
def by_mail(knowledge: Knowledge, folder: Path, ways: Ways) -> Iterator[MailHouse]:
    """A house that is talked to by mail."""
    folder.mkdir()
    house = MailHouse(knowledge, folder, ways=ways)
    try:
        house.enrol(BEA)
        yield house
    finally:
        house.close()


def given(house: MailHouse) -> list[str]:
    """The names of all files and pictures that Carrel gave to people, sorted."""
    parts = [part for one in house.world.arrived for part in one.mail.walk()]
    return sorted(name for part in parts if (name := part.get_filename()))
