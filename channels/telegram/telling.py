"""Small things that Carrel says and changes at Telegram outside its queue of messages."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from bot.ports import Turns
from channels.errands import Errand, Errands
from channels.recent import Recent
from channels.telegram.calls import Calls, Method
from channels.telegram.place import Place
from channels.telegram.posting import plain_message

log = logging.getLogger(__name__)
AGAIN = 10.0  # seconds before the same words are told again in one chat
LATEST = 10.0  # seconds that anything waits for its chat; what would wait longer is left
MOST = 1_000  # tellings and chats remembered


class Telling:
    """Tells when there is time. Thirty stickers in a row are one piece of advice, not thirty.

    What Telegram refuses because it is too much would hold up everybody's messages: each takes a
    turn, and in one chat they rest as messages do.
    """

    def __init__(self, calls: Calls, errands: Errands, turns: Turns) -> None:
        self._calls = calls
        self._errands = errands
        self._turns = turns
        self._told: Recent[tuple[int, str], float] = Recent(MOST)
        self._free: Recent[int, float] = Recent(MOST)  # from when on, by chat

    def tell(self, words: str, at: Place) -> None:
        """Says the words there, unless they have just been said there."""
        now = asyncio.get_running_loop().time()
        last = self._told.get((at.chat, words))
        if last is not None and now < last + AGAIN:
            return
        self._told.put((at.chat, words), now)
        limits = self._turns.limits
        rest = limits.room if at.is_room else limits.person
        if telling := self._resting(plain_message(words, at), at.chat, rest=rest):
            owed = f"{at.chat} {words}"
            self._errands.run(telling, what="telling", owed=owed, within=LATEST)

    def change(self, edit: Method, chat: int) -> None:
        """Lets a message there be drawn anew; it is left when there is too much to do."""
        if changing := self._resting(edit, chat, rest=self._turns.limits.person):
            self._errands.run(changing, what=edit.__api_method__)

    def _resting(self, method: Method, chat: int, *, rest: float) -> Errand | None:
        """The call, once the chat had its rest from what came before; None when that is too late.

        What comes next there rests from this one.
        """
        now = asyncio.get_running_loop().time()
        begins = max(now, self._free.get(chat) or now)
        if begins > now + LATEST:
            extra = {"action": "errand-left", "what": method.__api_method__}
            log.warning("Too much to do in one chat at Telegram", extra=extra)
            return None
        self._free.put(chat, begins + rest)
        return partial(self._call, method, begins)

    async def _call(self, method: Method, begins: float) -> None:
        await asyncio.sleep(begins - asyncio.get_running_loop().time())
        await self._turns.take()
        await self._calls.call(method)
