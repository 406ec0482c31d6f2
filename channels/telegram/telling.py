"""Small things that Carrel says at Telegram outside its queue of messages."""

from __future__ import annotations

import asyncio
from functools import partial

from bot.ports import Turns
from channels.errands import Errands
from channels.recent import Recent
from channels.telegram.calls import Calls, Method
from channels.telegram.place import Place
from channels.telegram.posting import plain_message

AGAIN = 10.0  # seconds before the same words are told again in one chat
MOST = 1_000  # tellings remembered


class Telling:
    """Tells when there is time. Thirty stickers in a row are one piece of advice, not thirty.

    What Telegram refuses because it is too much would hold up everybody's messages.
    """

    def __init__(self, calls: Calls, errands: Errands, turns: Turns) -> None:
        self._calls = calls
        self._errands = errands
        self._turns = turns
        self._told: Recent[tuple[int, str], float] = Recent(MOST)

    def tell(self, words: str, at: Place) -> None:
        """Says the words there, unless they have just been said there."""
        now = asyncio.get_running_loop().time()
        last = self._told.get((at.chat, words))
        if last is not None and now < last + AGAIN:
            return
        self._told.put((at.chat, words), now)
        telling = partial(self._tell, plain_message(words, at))
        self._errands.run(telling, what="telling", owed=f"{at.chat} {words}")

    async def _tell(self, method: Method) -> None:
        await self._turns.take()
        await self._calls.call(method)
