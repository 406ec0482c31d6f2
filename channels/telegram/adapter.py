"""Telegram: hears what people say there and says what Carrel has to say."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import KW_ONLY, dataclass, field

from bot.domain.channel_state import State
from bot.domain.messages import OutboundMessage
from bot.errors import DeliveryFailed, StorageFailed
from bot.ports import Clock, Deliver, Limits, Turns, Window
from channels.errands import Errands
from channels.standing import Report
from channels.telegram.access import TelegramAccess
from channels.telegram.calls import Calls
from channels.telegram.door import Door
from channels.telegram.faults import CallFailed
from channels.telegram.giving import Giving
from channels.telegram.hearing import Hearing
from channels.telegram.introduction import Home, Introduction
from channels.telegram.means import Means
from channels.telegram.own import Own
from channels.telegram.patience import Patience
from channels.telegram.payload import NAME
from channels.telegram.place import place
from channels.telegram.polling import Polling
from channels.telegram.presenting import named, present
from channels.telegram.speaking import Speaking
from channels.telegram.standing import TelegramStanding
from channels.telegram.telling import Telling
from channels.telegram.webhook import Webhook
from channels.telegram.working import Working

__all__ = ["Telegram", "TelegramAccess"]
log = logging.getLogger(__name__)
PATIENCE = Patience()


def any_home(bot: str, _door: str) -> str:
    """Remembers no bot: whichever it is, it is the right one."""
    return bot


@dataclass(eq=False, repr=False)
class Telegram:
    """One bot. Carrel asks Telegram what is said to it, or with a webhook Telegram calls Carrel.

    `http` is an ASGI app for Telegram's requests; until `listen` knows who Carrel is there, and
    after it ended, it answers 503. `report` hears of every change of the channel's state. `home`
    keeps the id of the bot that is served first: for another one nothing is heard or sent. `turns`
    and `limits` say when something more may be said.
    """

    access: TelegramAccess
    window: Window
    _: KW_ONLY
    clock: Clock
    turns: Turns
    limits: Limits
    report: Report
    patience: Patience = PATIENCE
    home: Home = any_home
    name: str = field(default=NAME, init=False)
    http: Door = field(default_factory=Door, init=False)

    def __post_init__(self) -> None:
        self._standing = TelegramStanding(self.report)
        self._calls = Calls(self.access, note=self._standing.called)
        self._introduction = Introduction(
            self._calls, self.window, self._standing, access=self.access, home=self.home
        )
        self._under_way: set[str] = set()
        errands = Errands("Telegram")
        self._means = Means(
            window=self.window,
            calls=self._calls,
            errands=errands,
            standing=self._standing,
            clock=self.clock,
            turns=self.turns,
            limits=self.limits,
            patience=self.patience,
            working=Working(self._calls, errands, self.patience),
            telling=Telling(self._calls, errands, self.turns),
        )
        self._speaking = Speaking(
            self._means, Giving(self._means, largest=self.access.largest_sent)
        )

    async def listen(self, deliver: Deliver) -> None:
        """Hands over messages until cancelled; trouble is told by `report` and outlasted."""
        self._standing.line(State.STARTING)
        try:
            hear = Hearing(self._means, deliver, await self._introduced())
            self._means.errands.run(self._present, what="setMyCommands", owed="own")
            if self.access.is_called:
                self.http.open(hear, secret=self.access.webhook_secret)
                await Webhook(self._means, self.access).run()
            else:
                await Polling(self._means, hear).run()
        finally:
            self.http.shut()
            await self._means.errands.end()
            self._standing.line(State.STOPPED)

    async def send(self, message: OutboundMessage) -> str:
        """Posts, changes or uploads it and gives the id of its first post."""
        if message.key in self._under_way:  # two that send it would both send what is missing
            raise DeliveryFailed(
                "It is on its way to Telegram already: see later whether it arrived."
            )
        self._under_way.add(message.key)
        try:
            async with asyncio.timeout(self.patience.sending):
                return await self._said(message)
        except DeliveryFailed:  # there is no turn to be had
            raise
        except CallFailed as failure:
            raise failure.delivery() from failure
        except Exception as error:
            raise DeliveryFailed(f"Telegram could not be served: {type(error).__name__}") from error
        finally:
            self._under_way.discard(message.key)

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        await self._means.errands.end()
        await self._calls.close()

    async def _said(self, message: OutboundMessage) -> str:
        own = await self._introduction.own()
        receipt = await self._speaking.say(message, username=own.username)
        self._means.working.answered(place(message.conversation).chat)
        return receipt

    async def _present(self) -> None:
        commands = await asyncio.to_thread(self.window.commands)
        await present(self._calls, named(commands))

    async def _introduced(self) -> Own:
        """Who Carrel is at Telegram, asked until Telegram says it."""
        failures = 0
        while True:
            failures += 1
            try:
                return await self._introduction.own()
            except CallFailed as failure:
                extra = {"action": "telegram-not-reached", "error": str(failure)}
                log.warning("Telegram does not know Carrel: %s", failure.told, extra=extra)
                await asyncio.sleep(self.patience.after(failures, failure))
            except StorageFailed as error:
                log.warning("Waiting for the database", extra={"error": type(error).__name__})
                await asyncio.sleep(self.patience.pause(failures))
