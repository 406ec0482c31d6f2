"""Messages of Carrel's -> posts, changed posts and files on Slack."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.domain.messages import Chart, Download, OutboundMessage, Paragraph, Reply
from bot.errors import NotFound
from channels.chart import draw
from channels.recent import Recent
from channels.slack import words
from channels.slack.codes import Kind
from channels.slack.faults import CallFailed
from channels.slack.means import Means
from channels.slack.render import Post, posts
from channels.slack.uploads import LARGEST, Upload, Uploads

log = logging.getLogger(__name__)
MOST = 2_000  # messages whose parts are remembered
MOST_TRIES = 3  # of one file; then the person is told in words
AGAIN = frozenset({Kind.PASSING, Kind.LIMITED})
# The older message of a card is not there any more, or not Carrel's to change.
LOST = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"})
Piece = Post | Chart | Download


@dataclass(slots=True)
class Progress:
    """How far a message has come: Slack's id of each part that is there, and failed tries."""

    sent: list[str] = field(default_factory=list)
    failures: int = 0


class Speaking:
    """Sends messages part by part; a part that is there is not sent again with the same key."""

    def __init__(self, means: Means, uploads: Uploads) -> None:
        self._means = means
        self._uploads = uploads
        # Where a message goes after all (another address, where a room moved to) it arrives whole.
        self._progress: Recent[tuple[str, str], Progress] = Recent(MOST)

    async def say(self, message: OutboundMessage) -> str:
        """Slack's id of the first post; raises `CallFailed`."""
        room = await self._means.rooms.room(message.conversation)
        progress = self._begun(message)
        files = (b for b in message.reply.blocks if isinstance(b, Chart | Download))
        for part in (*posts(message), *files)[len(progress.sent) :]:
            progress.sent.append(await self._put(part, message, room, progress))
        return progress.sent[0]

    def _begun(self, message: OutboundMessage) -> Progress:
        """How far it has come on its way to where it goes now."""
        way = (message.key, message.conversation)
        return self._progress.get(way) or self._progress.put(way, Progress())

    async def _put(
        self, part: Piece, message: OutboundMessage, room: str, progress: Progress
    ) -> str:
        match part:
            case Post():
                older = message.replaces if not progress.sent else ""
                return await self._post(part, room, message.thread, older=older)
            case Chart() | Download():
                return await self._file(part, message, room, progress)
            case _:
                assert_never(part)

    async def _post(self, post: Post, room: str, thread: str, *, older: str = "") -> str:
        if older and (changed := await self._changed(post, room, older)):
            return changed
        below = {"thread_ts": thread} if thread else {}
        answer = await self._means.calls.call(
            "chat.postMessage",
            channel=room,
            text=post.text,
            blocks=list(post.blocks),
            unfurl_links=False,
            unfurl_media=False,
            parse="none",
            link_names=False,
            **below,
        )
        return str(answer["ts"])

    async def _changed(self, post: Post, room: str, older: str) -> str:
        """The older post's id when it could be changed, else nothing."""
        try:
            await self._means.calls.call(
                "chat.update",
                channel=room,
                ts=older,
                text=post.text,
                blocks=list(post.blocks),
                parse="none",
                link_names=False,
            )
        except CallFailed as failure:
            if failure.code not in LOST:
                raise
            return ""
        return older

    async def _file(
        self, part: Chart | Download, message: OutboundMessage, room: str, progress: Progress
    ) -> str:
        """Slack's id of the file, or of the words that stand for it."""
        try:
            upload = await asyncio.to_thread(self._upload, part)
        except NotFound:
            return await self._instead(part, message, room, words.NOT_KEPT)
        if upload.size > LARGEST:
            return await self._instead(part, message, room, words.TOO_LARGE_TO_GIVE)
        try:
            return await self._uploads.give(upload, channel=room, thread=message.thread)
        except CallFailed as failure:
            progress.failures += 1
            if failure.kind in AGAIN and progress.failures < MOST_TRIES:
                raise
            extra = {"action": "file-not-given", "error": str(failure)}
            log.warning("Words take the place of a file", extra=extra)
            return await self._instead(part, message, room, words.NOT_TAKEN)

    def _upload(self, part: Chart | Download) -> Upload:
        if isinstance(part, Download):
            path = self._means.window.file(part.sha256)
            return Upload(name=part.name, size=part.size, content=path)
        png = draw(part)
        return Upload(name="progress.png", size=len(png), content=png, alt=part.alt)

    async def _instead(
        self, part: Chart | Download, message: OutboundMessage, room: str, why: str
    ) -> str:
        """Words for a file that cannot be given; a picture's own words are in the post already."""
        if isinstance(part, Chart):
            return ""
        said = Reply(blocks=(Paragraph(text=words.not_given(part.name, why)),))
        told = [
            await self._post(post, room, message.thread)
            for post in posts(replace(message, reply=said, replaces="", card=""))
        ]
        return told[0]
