"""Files for people, brought to Slack in its three steps.

https://docs.slack.dev/messaging/working-with-files tells of the steps.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from aiohttp import ClientTimeout

from channels.slack.access import SlackAccess
from channels.slack.calls import Calls
from channels.slack.codes import Kind
from channels.slack.faults import CallFailed, answered, translated

LARGEST = 1_000_000_000  # bytes: more than that Slack takes from nobody
LONGEST_ALT = 1_000  # characters
SENDING = "files.upload"  # the step in between is no method of the Web API
PATIENCE = ClientTimeout(total=None, sock_connect=10, sock_read=60)  # the whole is bounded below


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file to give: its bytes or where they are, `size` in bytes; `alt` says what it shows."""

    name: str
    size: int
    content: bytes | Path
    alt: str = ""


class Uploads:
    """Gives files to channels, or keeps them at Slack for a page to show.

    A file that is not there after so many `seconds` counts as failed.
    """

    def __init__(self, calls: Calls, access: SlackAccess, *, seconds: float) -> None:
        self._calls = calls
        self._access = access
        self._seconds = seconds

    async def give(self, upload: Upload, *, channel: str = "", thread: str = "") -> str:
        """Slack's id of the file, which then stands in the channel; raises `CallFailed`."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._given(upload, channel, thread)
        except TimeoutError as error:
            raise translated(SENDING, error) from None

    async def _given(self, upload: Upload, channel: str, thread: str) -> str:
        described = {"alt_txt": upload.alt[:LONGEST_ALT]} if upload.alt else {}
        place = await self._calls.call(
            "files.getUploadURLExternal", filename=upload.name, length=upload.size, **described
        )
        await self._send(str(place["upload_url"]), upload.content)
        shared = {"channel_id": channel} if channel else {}
        below = {"thread_ts": thread} if channel and thread else {}
        files = json.dumps([{"id": place["file_id"], "title": upload.name}])
        await self._calls.call("files.completeUploadExternal", files=files, **shared, **below)
        return str(place["file_id"])

    async def _send(self, url: str, content: bytes | Path) -> None:
        to = self._access.trusted(url)
        if to is None:
            raise CallFailed(SENDING, "the address is not Slack's", kind=Kind.USELESS)
        opened = content.open("rb") if isinstance(content, Path) else BytesIO(content)
        with opened as file:
            await self._post(str(to), file)

    async def _post(self, url: str, body: BinaryIO) -> None:
        try:
            async with self._calls.session().post(
                url, data=body, allow_redirects=False, timeout=PATIENCE
            ) as response:
                status, headers = response.status, response.headers
        except Exception as error:
            raise translated(SENDING, error) from None  # its text holds the address
        if status != 200:
            raise answered(SENDING, status=status, headers=headers, data=None)
