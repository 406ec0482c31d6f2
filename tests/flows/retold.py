"""A story that is told twice, at the terminal and over a channel: what of it has to be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from bot.app import Knowledge
from bot.domain.messages import Chart, Download
from bot.usecases.check_store import check_store
from channels.email.sending.words import DECLINE
from tests.cast import BEA
from tests.desk import House
from tests.flows.ending import ending
from tests.flows.stage import Stage

_SPEAKER = re.compile(r"^(?:(?P<bot>Bot(?: to \w+)?)> |(?P<line>\w+> .*|--.*|#.*)$)", re.MULTILINE)
# How a list and a quotation's place are set apart differs from channel to channel; lines break at
# any word, so a number at the end of a sentence may begin one. Mails put quotations in marks.
_LAYOUT = re.compile(r"(?:^|(?<=\s))(?:\u2014|-|\d{1,2}\.)\s+|[\u201c\u201d]")
# How an optional notice is declined stands below its mail alone.
_BELOW = re.compile(
    r"\s+".join(map(re.escape, DECLINE.split())) + r",.*?unsubscribe\s+[\w-]+", re.DOTALL
)


def compare(script: str, *, told: House, heard: House) -> None:
    """Plays the story in both houses; in `heard` everything is said over a channel."""
    one, other = Stage(told).play(script), Stage(heard).play(script)

    assert spoken(other) == spoken(one)
    assert ending(heard.database) == ending(told.database)
    assert check_store(heard.transaction(), heard.files).ok
    assert states_of(heard) == {"inbox": {"done"}, "outbox": {"sent"}}


@contextmanager
def terminal(knowledge: Knowledge, folder: Path, *, kind: type[House] = House) -> Iterator[House]:
    """A house that is talked to as from the terminal."""
    folder.mkdir()
    house = kind(knowledge, folder)
    house.enrol(BEA)
    yield house
    house.database.close()


def enclosed(house: House) -> list[str]:
    """The names of all files and pictures that were given to people, sorted."""
    blocks = [block for message in house.channel.sent for block in message.reply.blocks]
    files = [block.name for block in blocks if isinstance(block, Download)]
    return sorted(files + ["progress.png" for block in blocks if isinstance(block, Chart)])


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
    return squeezed(_LAYOUT.sub("", _BELOW.sub("", text)))


def states_of(house: House) -> dict[str, set[str]]:
    """The states of all rows of the queues."""
    with house.transaction() as uow:
        counts = {"inbox": uow.inbox.counts(), "outbox": uow.outbox.counts()}
    return {queue: {s for s, count in found.items() if count} for queue, found in counts.items()}


def squeezed(text: str) -> str:
    """The words alone, however lines are broken."""
    return " ".join(text.split())
