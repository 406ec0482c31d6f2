"""The stories of the terminal, played over Slack: the same is said, and the end is the same."""

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
from tests.slack.house import SlackHouse, Ways
from tests.slack.reading import calls
from tests.slack.server import SlackServer


@dataclass(frozen=True, slots=True)
class Way:
    """How the people of a story reach Carrel."""

    name: str
    http: bool
    ways: Ways


WAYS = (
    Way("typed, Socket Mode", http=False, ways=Ways.TYPED),
    Way("pressed, signed requests", http=True, ways=Ways.PRESSED),
    Way("commands, Socket Mode", http=False, ways=Ways.COMMANDED),
)
STORIES: tuple[tuple[str, Callable[[Program], str], Way], ...] = (
    ("knowledge", whole_story, WAYS[0]),
    ("knowledge", reopened_story, WAYS[1]),
    ("other_knowledge", whole_story, WAYS[1]),
    ("other_knowledge", reopened_story, WAYS[2]),
)


@pytest.mark.parametrize(
    ("pack", "story", "way"), STORIES, ids=lambda one: getattr(one, "name", None)
)
def test_a_story_of_the_terminal_goes_the_same_way_over_slack(
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
        on_slack(knowledge, tmp_path / "slack", way) as other,
    ):
        compare(script, told=one, heard=other)

        assert shared(other.slack) == enclosed(one)
        assert [found for m in everything(other.slack) for found in calls(m)] == []
        assert [c.answer for c in other.slack.calls if not c.ok] == []


@contextmanager
def on_slack(knowledge: Knowledge, folder: Path, way: Way) -> Iterator[SlackHouse]:
    """A house that is talked to over Slack."""
    folder.mkdir()
    with SlackServer() as slack:
        house = SlackHouse(knowledge, folder, slack, http=way.http, ways=way.ways)
        house.enrol(BEA)
        yield house
        house.close()


def shared(slack: SlackServer) -> list[str]:
    """The names of all files and pictures that Carrel shared on Slack, sorted."""
    messages = [m for user in slack.workspace.users for m in slack.posted(user)]
    return sorted(file["name"] for message in messages for file in message.get("files", ()))


def everything(slack: SlackServer) -> list[dict[str, object]]:
    """Every message of Carrel's, wherever it stands."""
    return [m for channel in list(slack.workspace.channels) for m in slack.posted(channel)]
