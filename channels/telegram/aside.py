"""Updates that cannot be kept however often it is tried, put where a person finds them."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import CarrelError
from channels.json_values import Json
from channels.recent import Recent
from channels.telegram.payload import NAME, whole

log = logging.getLogger(__name__)
ENOUGH = 8  # times that an update is tried; with a process's usual waits two minutes
MOST = 1_000  # updates whose tries are remembered
# The database, the disk, too much at once, too slow: what passes by itself or is mended outside.
PASSES = (CarrelError, OSError, MemoryError)


@dataclass(frozen=True, slots=True)
class Unkept:
    """An update that was tried, and why it could not be kept."""

    update: Json
    error: Exception

    @property
    def id(self) -> int:
        """Telegram's number of the update."""
        return whole(self.update, "update_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one answer of Telegram's held: what could not be kept, the first of each chat.

    `before` and `kept` are how many updates had been kept when it began and ended. With `full`
    Telegram gives nothing more before something of it is done with.
    """

    unkept: Sequence[Unkept]
    before: int
    kept: int
    full: bool


@dataclass(slots=True)
class _Tried:
    """How often an update was tried, and how many others had been kept before."""

    others: int
    times: int = 0


class Aside:
    """Judges what could not be kept, and puts aside in the `folder` what never will be.

    That is what failed often by itself, not for any trouble of the house's, while others were kept;
    or while it alone stands in everybody's way. Without a folder nothing is put aside.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._tried: Recent[int, _Tried] = Recent(MOST)
        self.count = 0  # how many were put aside

    async def takes(self, round: Round) -> set[int]:
        """The numbers of those that are put aside now, and safe on the disk."""
        hopeless = [one for one in round.unkept if self._is_hopeless(one, round)]
        return {one.id for one in hopeless if await self._put(one)}

    def _is_hopeless(self, unkept: Unkept, round: Round) -> bool:
        if isinstance(unkept.error, PASSES):
            return False
        tried = self._tried.get(unkept.id)
        tried = tried or self._tried.put(unkept.id, _Tried(others=round.before))
        tried.times += 1
        in_the_way = round.full and len(round.unkept) == 1
        return tried.times >= ENOUGH and (round.kept > tried.others or in_the_way)

    async def _put(self, unkept: Unkept) -> bool:
        if self._folder is None:
            return False
        extra = {"update": unkept.id, "error": type(unkept.error).__name__}
        try:
            await asyncio.to_thread(write, self._folder, unkept.update)
        except Exception as error:
            extra |= {"action": "telegram-not-set-aside", "trouble": type(error).__name__}
            log.warning("Could not set aside what Telegram said", extra=extra)
            return False
        self.count += 1
        extra["action"] = "telegram-set-aside"
        log.error("Set aside what Telegram said: it cannot be kept", extra=extra)
        return True


def write(folder: Path, update: Json) -> None:
    """Writes it, for its owner's eyes only, and returns once it is on the disk."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{NAME}-{whole(update, 'update_id')}.json"
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(update, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def lying(folder: Path) -> int:
    """How many lie there."""
    return sum(1 for _ in folder.glob(f"{NAME}-*.json"))
