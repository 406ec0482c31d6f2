"""Telegram: hears what people say there and says what Carrel has to say."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from bot.domain.channel_state import State
from bot.domain.messages import OutboundMessage
from bot.ports import Clock, Deliver, Turns, Window
from channels.errands import Errands
from channels.introduction import Introduction
from channels.standing import Report, Standing
from channels.telegram.access import TelegramAccess
from channels.telegram.aside import Aside
from channels.telegram.calls import Calls
from channels.telegram.door import Door
from channels.telegram.giving import Giving
from channels.telegram.hearing import Hearing
from channels.telegram.introduction import Home, introduced
from channels.telegram.means import Means
from channels.telegram.patience import TelegramPatience
from channels.telegram.payload import NAME
from channels.telegram.place import place
from channels.telegram.polling import Polling
from channels.telegram.presenting import named, present
from channels.telegram.speaking import Speaking
from channels.telegram.telling import Telling
from channels.telegram.webhook import Webhook
from channels.telegram.working import Working
from channels.under_way import UnderWay

VENDOR = "Telegram"
PATIENCE = TelegramPatience()


def any_home(bot: str, _invitation: str) -> str:
    """Remembers no bot: whichever it is, it is the right one."""
    return bot


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What time it is, when something more may be said, and how long to wait for what."""

    clock: Clock
    turns: Turns
    patience: TelegramPatience = PATIENCE


class Telegram:
    """One bot. Carrel asks Telegram what is said to it, or with a webhook Telegram calls Carrel.

    `http` is an ASGI app for Telegram's requests; until `listen` knows who Carrel is there, and
    after it ended, it answers 503. `report` hears of every change of the channel's state. `home`
    keeps the id of the bot that is served first: for another one nothing is heard or sent.
    """

    def __init__(
        self,
        access: TelegramAccess,
        window: Window,
        *,
        timing: Timing,
        report: Report,
        home: Home = any_home,
    ) -> None:
        self.name = NAME
        self.http = Door()
        self._access = access
        self._standing = Standing(report)
        self._calls = Calls(access, note=self._standing.called)
        self._introduction = Introduction(
            partial(
                introduced, access, window, calls=self._calls, standing=self._standing, home=home
            )
        )
        self._under_way = UnderWay(VENDOR, seconds=timing.patience.sending)
        errands = Errands(VENDOR)
        self._means = Means(
            window=window,
            calls=self._calls,
            errands=errands,
            standing=self._standing,
            clock=timing.clock,
            turns=timing.turns,
            patience=timing.patience,
            working=Working(self._calls, errands, timing.patience),
            telling=Telling(self._calls, errands, timing.turns),
        )
        giving = Giving(self._means, largest=access.largest_sent)
        self._speaking = Speaking(self._means, giving)

    async def listen(self, deliver: Deliver) -> None:
        """Hands over messages until cancelled; trouble is told by `report` and outlasted."""
        self._standing.line(State.STARTING)
        try:
            own = await self._introduction.until_told(self._means.patience)
            hear = Hearing(self._means, deliver, own)
            self._means.errands.run(self._present, what="setMyCommands", owed="own")
            if self._access.is_called:
                self.http.open(hear, secret=self._access.webhook_secret)
                await Webhook(self._means, self._access).run()
            else:
                await Polling(self._means, hear, Aside(self._access.aside)).run()
        finally:
            self.http.shut()
            await self._means.errands.end()
            self._standing.line(State.STOPPED)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Posts, changes or uploads it and gives the ids of its posts."""
        async with self._under_way.message(message.key):
            own = await self._introduction.own()
            sent = await self._speaking.say(message, username=own.username)
            self._means.working.answered(place(message.conversation).chat)
        return sent

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        await self._means.errands.end()
        await self._calls.close()

    async def _present(self) -> None:
        choices = await asyncio.to_thread(self._means.window.commands)
        await present(self._calls, named(choices))
