"""The stories of the terminal, played over Slack: the same is said, and the end is the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Chart, Download
from bot.domain.program import Program
from bot.usecases.check_store import check_store
from tests.cast import BEA
from tests.desk import House
from tests.flows.ending import ending
from tests.flows.stage import Stage
from tests.flows.stories import reopened_story, whole_story
from tests.slack.house import SlackHouse, Ways
from tests.slack.reading import calls, squeezed
from tests.slack.server import SlackServer

_SPEAKER = re.compile(r"^(?:(?P<bot>Bot(?: to \w+)?)> |(?P<line>\w+> .*|--.*|#.*)$)", re.MULTILINE)
# How a list and a quotation's place are set apart differs from channel to channel; lines break at
# any word, so a number at the end of a sentence may begin one.
_LAYOUT = re.compile(r"(?:^|(?<=\s))(?:\u2014|-|\d{1,2}\.)\s+")


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
        told = Stage(one).play(script)
        heard = Stage(other).play(script)

        assert spoken(heard) == spoken(told)
        assert ending(other.database) == ending(one.database)
        assert shared(other.slack) == enclosed(one)
        assert check_store(other.transaction(), other.files).ok
        assert states_of(other) == {"inbox": {"done"}, "outbox": {"sent"}}
        assert [found for m in everything(other.slack) for found in calls(m)] == []
        assert [c.answer for c in other.slack.calls if not c.ok] == []


@contextmanager
def terminal(knowledge: Knowledge, folder: Path) -> Iterator[House]:
    """A house that is talked to as from the terminal."""
    folder.mkdir()
    house = House(knowledge, folder)
    house.enrol(BEA)
    yield house
    house.database.close()


@contextmanager
def on_slack(knowledge: Knowledge, folder: Path, way: Way) -> Iterator[SlackHouse]:
    """A house that is talked to over Slack."""
    folder.mkdir()
    with SlackServer() as slack:
        house = SlackHouse(knowledge, folder, slack, http=way.http, ways=way.ways)
        house.enrol(BEA)
        yield house
        house.close()


def enclosed(house: House) -> list[str]:
    """The names of all files and pictures that were given to people, sorted."""
    blocks = [block for message in house.channel.sent for block in message.reply.blocks]
    files = [block.name for block in blocks if isinstance(block, Download)]
    return sorted(files + ["progress.png" for block in blocks if isinstance(block, Chart)])


def shared(slack: SlackServer) -> list[str]:
    """The same, as files that Carrel shared on Slack."""
    messages = [m for user in slack.workspace.users for m in slack.posted(user)]
    return sorted(file["name"] for message in messages for file in message.get("files", ()))


def spoken(transcript: str) -> list[tuple[str, str]]:
    """Who says what, word for word: what is told to one person in a row is one speech."""
    marks = list(_SPEAKER.finditer(transcript))
    ends = [mark.start() for mark in marks[1:]] + [len(transcript)]
    said = [
        (mark["bot"] or mark["line"], words(transcript[mark.end() : end]))
        for mark, end in zip(marks, ends, strict=True)
    ]
    return [
        (speaker, squeezed(" ".join(text for _, text in group)))
        for speaker, group in groupby(said, key=lambda one: one[0])
    ]


def words(text: str) -> str:
    """The words, without bullets, numbers of choices, and how lines are broken."""
    return squeezed(_LAYOUT.sub("", text))


def states_of(house: House) -> dict[str, set[str]]:
    """The states of all rows of the queues."""
    with house.transaction() as uow:
        counts = {"inbox": uow.inbox.counts(), "outbox": uow.outbox.counts()}
    return {queue: {s for s, count in found.items() if count} for queue, found in counts.items()}


def everything(slack: SlackServer) -> list[dict[str, object]]:
    """Every message of Carrel's, wherever it stands."""
    return [m for channel in list(slack.workspace.channels) for m in slack.posted(channel)]
