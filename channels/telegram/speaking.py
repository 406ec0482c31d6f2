"""Messages of Carrel's -> posts, changed posts, pictures and files on Telegram."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from bot.domain.messages import Chart, Download, OutboundMessage
from bot.errors import NotFound
from channels.recent import Recent
from channels.telegram import posting, words
from channels.telegram.codes import Kind
from channels.telegram.faults import CallFailed
from channels.telegram.giving import Giving
from channels.telegram.means import Means
from channels.telegram.parts import LONGEST, escaped
from channels.telegram.place import Place, place
from channels.telegram.render import Post, caption, posts
from channels.telegram.units import cut

log = logging.getLogger(__name__)
MOST = 2_000  # messages whose parts are remembered
MOST_TRIES = 3  # of one file; then the person is told in words
Piece = Post | Chart | Download


@dataclass(slots=True)
class Progress:
    """How far a message has come: Telegram's id of each part that is there, and failed tries."""

    sent: list[str] = field(default_factory=list)
    failures: int = 0


class Speaking:
    """Sends messages part by part; a part that is there is not sent again with the same key."""

    def __init__(self, means: Means, giving: Giving) -> None:
        self._means = means
        self._giving = giving
        # Where a message goes after all (another address, where a room moved to) it arrives whole.
        self._progress: Recent[tuple[str, str], Progress] = Recent(MOST)

    async def say(self, message: OutboundMessage, *, username: str) -> tuple[str, ...]:
        """Telegram's ids of its posts; raises `CallFailed`. `username` is Carrel's own."""
        at = place(message.conversation, message.thread)
        progress = self._begun(message)
        files = (b for b in message.reply.blocks if isinstance(b, Chart | Download))
        for part in (*posts(message, username), *files)[len(progress.sent) :]:
            if progress.sent:
                await self._rest(at)
            older = "" if progress.sent else message.replaces
            progress.sent.append(await self._put(part, at, progress, older=older))
        return tuple(progress.sent)

    def _begun(self, message: OutboundMessage) -> Progress:
        """How far it has come on its way to where it goes now."""
        way = (message.key, message.conversation)
        return self._progress.get(way) or self._progress.put(way, Progress())

    async def _put(self, part: Piece, at: Place, progress: Progress, *, older: str) -> str:
        if not isinstance(part, Post):
            return await self._file(part, at, progress)
        if older and await self._changed(part, at, int(older)):
            return older
        return await self._post(part, at)

    async def _post(self, post: Post, at: Place) -> str:
        await self._means.turns.take()
        answer = await self._means.calls.call(posting.message(post, at))
        return str(answer["message_id"])

    async def _changed(self, post: Post, at: Place, older: int) -> bool:
        """Whether the older post says this now; false when it cannot be changed any more."""
        await self._means.turns.take()
        try:
            await self._means.calls.call(posting.changed(post, at.chat, older))
        except CallFailed as failure:
            if failure.kind not in {Kind.UNCHANGED, Kind.UNEDITABLE}:
                raise
            return failure.kind is Kind.UNCHANGED
        return True

    async def _file(self, part: Chart | Download, at: Place, progress: Progress) -> str:
        """Telegram's id of the file, or of the words that stand for it."""
        if not self._giving.fits(part):
            return await self._instead(part, at, words.TOO_LARGE_TO_GIVE)
        try:
            return await self._giving.give(part, at)
        except NotFound:
            return await self._instead(part, at, words.NOT_KEPT)
        except CallFailed as failure:
            progress.failures += failure.kind is Kind.PASSING
            if failure.kind is not Kind.USELESS and progress.failures < MOST_TRIES:
                raise
            extra = {"action": "file-not-given", "error": str(failure)}
            log.warning("Words take the place of a file", extra=extra)
            return await self._instead(part, at, words.NOT_TAKEN)

    async def _instead(self, part: Chart | Download, at: Place, why: str) -> str:
        """Words for a file that cannot be given."""
        told = words.not_given(part.name, why) if isinstance(part, Download) else caption(part)
        return await self._post(Post(html=escaped(cut(told, LONGEST))), at)

    async def _rest(self, at: Place) -> None:
        """Lets pass what Telegram wants between two messages in one chat."""
        limits = self._means.turns.limits
        await asyncio.sleep(limits.room if at.is_room else limits.person)
