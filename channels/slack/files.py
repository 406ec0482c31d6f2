"""Files that people gave on Slack: fetched with Carrel's token, and with nothing else's help."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientTimeout
from yarl import URL

from bot.domain.messages import Attachment
from bot.errors import Unfetched
from channels.saving import CHUNK, SECONDS, saved
from channels.slack import words
from channels.slack.access import SlackAccess
from channels.slack.calls import Calls
from channels.slack.codes import Kind
from channels.slack.faults import CallFailed, answered, translated

MOST_REDIRECTS = 5
BEGINNING = 4 * 1024  # bytes of a page that are looked at
DOWNLOAD = "files.download"  # the download itself is no method of the Web API
PATIENCE = ClientTimeout(total=None, sock_connect=10, sock_read=60)  # the whole is bounded below
ID = re.compile(r"slack:([A-Z0-9]{2,40})")
LOGIN = re.compile(rb"slack-edge\.com|slack\.com/signin|\|\s*Slack\s*</title>", re.IGNORECASE)
HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
REFUSED = frozenset({"file_not_found", "file_deleted", "file_is_deleted", "not_visible"})
MODES = {"tombstone": words.DELETED, "hidden_by_limit": words.HIDDEN, "external": words.ELSEWHERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file as Slack tells of it: where it is, its size in bytes, whether it is a web page."""

    url: str
    size: int
    is_page: bool


class SlackFiles:
    """Fetches by Slack's id of the file; nothing of it is held in memory as a whole.

    Safe from any thread that runs no event loop. A file that is not here after so many `seconds` is
    to be tried again.
    """

    def __init__(self, access: SlackAccess, *, seconds: float = SECONDS) -> None:
        self._access = access
        self._seconds = seconds

    def fetch(self, attachment: Attachment, *, into: Path, largest: int) -> Path:
        """The file, in the folder `into`; raises `Unfetched`, also beyond `largest` bytes."""
        named = ID.fullmatch(attachment.source)
        if named is None:
            raise Unfetched(words.DELETED, again=False)
        return asyncio.run(self._fetched(named[1], into / f"slack-{named[1]}", largest))

    async def _fetched(self, id: str, path: Path, largest: int) -> Path:
        calls = Calls(self._access)
        try:
            async with asyncio.timeout(self._seconds):
                told = await calls.call("files.info", file=id)
                await self._download(calls, _kept(told["file"], largest), path, largest)
        except Exception as error:
            await asyncio.to_thread(path.unlink, missing_ok=True)
            raise _unfetched(error) from None  # its text may hold the address
        finally:
            await calls.close()
        return path

    async def _download(self, calls: Calls, kept: Kept, path: Path, largest: int) -> None:
        """Follows redirects by hand: the token goes to Slack's own hosts and to no other."""
        bearer = {"Authorization": f"Bearer {self._access.bot_token}"}
        url: str = kept.url
        for _ in range(MOST_REDIRECTS):
            to = self._access.trusted(url)
            if to is None:
                raise Unfetched(words.STRAYED, again=False)
            try:
                async with calls.session().get(
                    to, headers=bearer, allow_redirects=False, timeout=PATIENCE
                ) as response:
                    if not 300 <= response.status < 400:
                        return await _save(response, kept, path, largest)
                    url = str(to.join(URL(response.headers.get("Location", ""))))
            except (Unfetched, CallFailed):
                raise
            except Exception as error:
                raise translated(DOWNLOAD, error) from None  # its text holds the address
        raise Unfetched(words.ASK_AGAIN, again=True)


async def _save(response: ClientResponse, kept: Kept, path: Path, largest: int) -> None:
    if response.status != 200:
        raise answered(DOWNLOAD, status=response.status, headers=response.headers, data=None)
    is_html = response.content_type == "text/html"
    if is_html and not kept.is_page:
        raise Unfetched(words.NO_RIGHT, again=False)
    chunks, beyond = response.content.iter_chunked(CHUNK), words.too_large(largest)
    size = await saved(chunks, path, largest=largest, beyond=beyond)
    # A login page comes with status 200: it must never be taken for what somebody gave.
    is_given = kept.is_page and size == kept.size
    if not is_given and await asyncio.to_thread(_is_login, path):
        raise Unfetched(words.NO_RIGHT, again=False)
    if kept.size and size != kept.size:
        raise Unfetched(words.BROKEN, again=True)


def _kept(file: Mapping[str, Any], largest: int) -> Kept:
    mode = str(file.get("mode"))
    if file.get("is_external") or mode in MODES:
        raise Unfetched(MODES.get(mode, words.ELSEWHERE), again=False)
    size = int(file.get("size") or 0)
    if size > largest:
        raise Unfetched(words.too_large(largest), again=False)
    kind, name = str(file.get("mimetype")), str(file.get("name")).lower()
    return Kept(
        url=str(file.get("url_private_download") or file.get("url_private") or ""),
        size=size,
        is_page="html" in kind or name.endswith((".html", ".htm", ".xhtml")),
    )


def _is_login(path: Path) -> bool:
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    return bool(HTML.match(beginning) and LOGIN.search(beginning))


def _unfetched(error: Exception) -> Unfetched:
    if isinstance(error, Unfetched):
        return error
    failure = error if isinstance(error, CallFailed) else translated(DOWNLOAD, error)
    if failure.code in REFUSED or failure.code in {"HTTP 404", "HTTP 410"}:
        return Unfetched(words.DELETED, again=False)
    if failure.needed or failure.code in {"HTTP 401", "HTTP 403"}:
        return Unfetched(words.NO_RIGHT, again=False)
    again = failure.kind is not Kind.USELESS
    why = words.ASK_AGAIN if again else words.DELETED
    return Unfetched(why, again=again, retry_after=failure.retry_after)
