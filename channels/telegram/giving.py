"""Pictures and files for people."""

from __future__ import annotations

import asyncio

from bot.domain.messages import Chart, Download
from channels.chart import draw
from channels.telegram.calls import Method
from channels.telegram.means import Means
from channels.telegram.place import Place
from channels.telegram.posting import document, photo
from channels.telegram.render import caption


class Giving:
    """Gives them to chats. A file that is not there after a while counts as failed."""

    def __init__(self, means: Means, *, largest: int) -> None:
        self._means = means
        self._largest = largest

    def fits(self, part: Chart | Download) -> bool:
        """Whether Telegram takes a file of this size."""
        return isinstance(part, Chart) or part.size <= self._largest

    async def give(self, part: Chart | Download, at: Place) -> str:
        """Telegram's id of the message with it; raises `CallFailed`, and `NotFound`."""
        method = await asyncio.to_thread(self._method, part, at)
        await self._means.turns.take()
        answer = await self._means.calls.call(method, seconds=self._means.patience.giving)
        return str(answer["message_id"])

    def _method(self, part: Chart | Download, at: Place) -> Method:
        if isinstance(part, Chart):
            return photo(draw(part), caption(part), at)
        return document(self._means.window.file(part.sha256), part.name, at)
