"""What never can be kept is put aside, and holds up nobody else for ever."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import InboundMessage
from bot.errors import StorageFailed
from tests.logged import Kept
from tests.stand import listening, until
from tests.telegram.conftest import ADA, BEA, SAL
from tests.telegram.server import TelegramServer
from tests.telegram.stand import Stand, stand_at

WORDS = "cannot be kept"
Deliver = Callable[[InboundMessage], Awaitable[bool]]


def names(folder: Path) -> list[str]:
    """What lies in the folder."""
    return [path.name for path in folder.iterdir()]


def refusing(stand: Stand, error: Exception, tried: list[str]) -> Deliver:
    """Keeps everything but these words."""

    async def deliver(message: InboundMessage) -> bool:
        if message.text == WORDS:
            tried.append(message.text)
            raise error
        return await stand.deliver(message)

    return deliver


async def test_what_never_can_be_kept_lies_in_a_file_and_all_others_are_heard(
    telegram: TelegramServer, tmp_path: Path, everything: Kept
) -> None:
    people = range(1_000, 1_060)
    for person in people:
        telegram.add_person(person)
    bad, behind = telegram.say(ADA, WORDS), telegram.say(ADA, "behind it")
    others = [telegram.say(person, f"{n}") for n in range(2) for person in people]
    stand = stand_at(telegram, aside=tmp_path / "set-aside")
    tried: list[str] = []
    async with listening(stand, ready=False, deliver=refusing(stand, ValueError(WORDS), tried)):
        await telegram.until(lambda: all(one.acked for one in (bad, behind, *others)))
        await until(lambda: "set-aside" in (stand.was(State.CONNECTED) or ""))

    (path,) = (tmp_path / "set-aside").iterdir()
    number = bad.updates[0].id
    assert path.name == f"telegram-{number}.json"
    assert path.stat().st_mode & 0o077 == 0
    assert json.loads(path.read_text()) == bad.updates[0].body
    assert len(tried) == 8
    assert sorted(stand.texts) == sorted(["behind it", *("01" * 60)])
    (line,) = [json.loads(one) for one in everything.lines if '"telegram-set-aside"' in one]
    assert (line["update"], line["error"], line["level"].lower()) == (number, "ValueError", "error")


async def test_one_who_fills_all_that_telegram_tells_with_what_waits_is_got_over(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    said = [telegram.say(ADA, text) for text in (WORDS, *map(str, range(110)))]
    other = telegram.say(BEA, "and me?")
    stand = stand_at(telegram, aside=tmp_path)
    async with listening(stand, ready=False, deliver=refusing(stand, ValueError(), [])):
        await telegram.until(lambda: other.acked and all(one.acked for one in said))

    assert stand.texts == [*map(str, range(110)), "and me?"]


@pytest.mark.parametrize(
    "error", [StorageFailed("away"), OSError("full"), TimeoutError(), MemoryError()]
)
async def test_what_the_house_could_not_keep_is_never_put_aside(
    telegram: TelegramServer, tmp_path: Path, error: Exception
) -> None:
    stand = stand_at(telegram, aside=tmp_path)
    tried: list[str] = []
    async with listening(stand, deliver=refusing(stand, error, tried)):
        said, other = telegram.say(ADA, WORDS), telegram.say(BEA, "other")
        await telegram.until(lambda: len(tried) > 9 and "other" in stand.texts)

    assert (said.acked, other.acked) == (False, False)
    assert names(tmp_path) == []


async def test_while_nothing_at_all_can_be_kept_nothing_is_put_aside(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    stand = stand_at(telegram, aside=tmp_path)
    tried: list[str] = []
    async with listening(stand, deliver=refusing(stand, ValueError(), tried)):
        said = [telegram.say(user, WORDS) for user in (ADA, BEA)]
        await telegram.until(lambda: len(tried) > 20)
        before = names(tmp_path)
        telegram.say(SAL, "somebody is heard")
        await telegram.until(lambda: all(one.acked for one in said))

    assert before == []
    assert len(names(tmp_path)) == 2


async def test_what_cannot_be_written_down_is_not_forgotten(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("no folder")
    stand = stand_at(telegram, aside=tmp_path / "taken")
    tried: list[str] = []
    async with listening(stand, deliver=refusing(stand, ValueError(), tried)):
        said = telegram.say(ADA, WORDS)
        telegram.say(BEA, "other")
        await telegram.until(lambda: len(tried) > 10)

    assert not said.acked
