"""The stories of the terminal, played over Telegram: the same is said, and the end is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.program import Program
from tests.cast import BEA
from tests.flows.retold import compare, enclosed, terminal
from tests.flows.stories import reopened_story, whole_story
from tests.telegram.house import TelegramHouse, Ways
from tests.telegram.reading import calls
from tests.telegram.server import TelegramServer
from tests.telegram.world import Json


@dataclass(frozen=True, slots=True)
class Way:
    """How the people of a story reach Carrel."""

    name: str
    http: bool
    ways: Ways


WAYS = (
    Way("typed, polling", http=False, ways=Ways.TYPED),
    Way("pressed, webhook", http=True, ways=Ways.PRESSED),
    Way("pressed, polling", http=False, ways=Ways.PRESSED),
    Way("commands, webhook", http=True, ways=Ways.COMMANDED),
)
STORIES: tuple[tuple[str, Callable[[Program], str], Way], ...] = (
    ("knowledge", whole_story, WAYS[0]),
    ("knowledge", reopened_story, WAYS[1]),
    ("other_knowledge", whole_story, WAYS[2]),
    ("other_knowledge", reopened_story, WAYS[3]),
)


@pytest.mark.parametrize(
    ("pack", "story", "way"), STORIES, ids=lambda one: getattr(one, "name", None)
)
def test_a_story_of_the_terminal_goes_the_same_way_over_telegram(
    pack: str,
    story: Callable[[Program], str],
    way: Way,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    knowledge: Knowledge = request.getfixturevalue(pack)
    script = story(knowledge.pack.program)
    with (
        terminal(knowledge, tmp_path / "terminal") as one,
        on_telegram(knowledge, tmp_path / "telegram", way) as other,
    ):
        compare(script, told=one, heard=other)

        telegram = other.telegram
        telegram.wait(lambda: all(telegram.world.callbacks.values()))
        assert given(other) == enclosed(one)
        assert [found for m in everything(telegram) for found in calls(m)] == []
        assert [c.answer for c in telegram.calls if not c.ok] == []
        assert bool(telegram.answers) == (way.ways is Ways.PRESSED)


@contextmanager
def on_telegram(knowledge: Knowledge, folder: Path, way: Way) -> Iterator[TelegramHouse]:
    """A house that is talked to over Telegram."""
    folder.mkdir()
    with TelegramServer() as telegram:
        house = TelegramHouse(knowledge, folder, telegram, http=way.http, ways=way.ways)
        house.enrol(BEA)
        yield house
        house.close()


def given(house: TelegramHouse) -> list[str]:
    """The names of all files and pictures that Carrel gave to people, sorted."""
    messages = [message for person in house.people() for message in house.told(person)]
    files = [message["document"]["file_name"] for message in messages if "document" in message]
    return sorted(files + ["progress.png" for message in messages if "photo" in message])


def everything(telegram: TelegramServer) -> list[Json]:
    """Every message of Carrel's, wherever it stands."""
    return [message for chat in list(telegram.world.chats) for message in telegram.posted(chat)]
