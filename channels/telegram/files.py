"""Files that people gave on Telegram: fetched with Carrel's token, into a folder."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiogram.methods import GetFile
from aiohttp import ClientResponse, ClientTimeout

from bot.domain.messages import Attachment
from bot.errors import Unfetched
from channels.json_values import Json
from channels.saving import CHUNK, SECONDS, saved
from channels.telegram import words
from channels.telegram.access import TelegramAccess
from channels.telegram.api import api
from channels.telegram.calls import Calls
from channels.telegram.codes import TOO_BIG, Kind
from channels.telegram.faults import CallFailed, answered, translated
from channels.telegram.folder import copied
from channels.telegram.payload import file_named

DOWNLOAD = "download"  # it is no method of the Bot API
PATIENCE = ClientTimeout(total=None, sock_connect=10, sock_read=60)  # the whole is bounded below
ASKED = 2  # times where a file is: what was told may be over before it is used


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file as Telegram tells of it: its place, and its size in bytes (0: not told)."""

    path: str
    size: int


class TelegramFiles:
    """Fetches by Telegram's id of the file; nothing of it is held in memory as a whole.

    Safe from any thread that runs no event loop. A file that is not here after so many `seconds` is
    to be tried again.
    """

    def __init__(self, access: TelegramAccess, *, seconds: float = SECONDS) -> None:
        self._access = access
        self._seconds = seconds

    def fetch(self, attachment: Attachment, *, into: Path, largest: int) -> Path:
        """The file, in the folder `into`; raises `Unfetched`, also beyond `largest` bytes."""
        id = file_named(attachment.source)
        if not id:
            raise Unfetched(words.NO_ID, again=False)
        return asyncio.run(self._fetched(id, into / "telegram-file", largest))

    async def _fetched(self, id: str, path: Path, largest: int) -> Path:
        calls = Calls(self._access)
        try:
            async with asyncio.timeout(self._seconds):
                await self._brought(calls, id, path, largest)
        except Exception as error:
            await asyncio.to_thread(path.unlink, missing_ok=True)
            raise self._unfetched(error) from None  # its text may hold the token
        finally:
            await calls.close()
        return path

    async def _brought(self, calls: Calls, id: str, path: Path, largest: int) -> None:
        for again in reversed(range(ASKED)):
            answer = await calls.call(GetFile(file_id=id), seconds=self._seconds)
            kept = _kept(answer, largest)
            if self._access.files:
                await asyncio.to_thread(self._copied, kept.path, self._access.files, path, largest)
            elif kept.path.startswith("/"):
                raise Unfetched(words.NO_FOLDER, again=False)
            elif not await self._downloaded(calls, kept, path, largest) and again:
                continue
            break
        _whole(kept, await asyncio.to_thread(_size, path))

    def _copied(self, told: str, folder: Path, path: Path, largest: int) -> None:
        """From one's own Bot API server."""
        if not copied(told, folder, token=self._access.token, to=path, largest=largest):
            raise Unfetched(words.NO_FOLDER, again=False)

    async def _downloaded(self, calls: Calls, kept: Kept, path: Path, largest: int) -> bool:
        """Whether the file was there; the address holds the token, so no redirect is followed."""
        url = api(self._access).file_url(self._access.token, kept.path)
        try:
            session = await calls.session()
            async with session.get(url, allow_redirects=False, timeout=PATIENCE) as response:
                return await _save(response, path, largest)
        except (Unfetched, CallFailed):
            raise
        except Exception as error:
            raise translated(DOWNLOAD, error) from None  # its text holds the address

    def _unfetched(self, error: Exception) -> Unfetched:
        if isinstance(error, Unfetched):
            return error
        failure = error if isinstance(error, CallFailed) else translated(DOWNLOAD, error)
        if failure.code == TOO_BIG:
            told = words.too_large(self._access.largest_fetched, self._access.elsewhere)
            return Unfetched(told, again=False)
        again = failure.kind is not Kind.USELESS
        why = words.ASK_AGAIN if again else words.DELETED
        return Unfetched(why, again=again, retry_after=failure.retry_after)


async def _save(response: ClientResponse, path: Path, largest: int) -> bool:
    """Whether there was anything to save."""
    if response.status in {404, 410}:
        return False
    if response.status != 200:
        raise answered(DOWNLOAD, status=response.status, headers=response.headers)
    chunks, beyond = response.content.iter_chunked(CHUNK), words.too_large(largest)
    await saved(chunks, path, largest=largest, beyond=beyond)
    return True


def _kept(answer: object, largest: int) -> Kept:
    file: Json = answer if isinstance(answer, Mapping) else {}
    path, size = file.get("file_path"), file.get("file_size")
    if not isinstance(path, str) or ".." in path.split("/"):
        raise Unfetched(words.ASK_AGAIN, again=True)
    kept = Kept(path=path, size=size if isinstance(size, int) else 0)
    if kept.size > largest:
        raise Unfetched(words.too_large(largest), again=False)
    return kept


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def _whole(kept: Kept, size: int) -> None:
    if size < 0:
        raise Unfetched(words.ASK_AGAIN, again=True)
    if kept.size and size != kept.size:
        raise Unfetched(words.BROKEN, again=True)
