"""Slack: hears what people say there and says what Carrel has to say."""

from __future__ import annotations

import asyncio
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.domain.channel_state import State
from bot.domain.messages import OutboundMessage
from bot.ports import Clock, Deliver, Window
from channels.errands import Errands
from channels.introduction import Introduction
from channels.slack.access import SlackAccess
from channels.slack.app import slack_app
from channels.slack.calls import Calls
from channels.slack.hearing import Hearing
from channels.slack.http import Door
from channels.slack.introduction import Home, introduced
from channels.slack.means import Means
from channels.slack.pages import Pages
from channels.slack.patience import SlackPatience
from channels.slack.payload import NAME
from channels.slack.rooms import Rooms, is_user
from channels.slack.socket import Line
from channels.slack.speaking import Speaking
from channels.slack.standing import SlackStanding
from channels.slack.uploads import Uploads
from channels.slack.working import Working
from channels.standing import Report
from channels.under_way import UnderWay

VENDOR = "Slack"
PATIENCE = SlackPatience()


def any_home(team: str) -> str:
    """Remembers no workspace: whichever it is, it is the right one."""
    return team


class Slack:
    """One workspace. With an app token Carrel calls Slack, with a signing secret Slack calls it.

    `http` is an ASGI app for Slack's requests; until `listen` knows who Carrel is there, and after
    it ended, it answers 503. `report` hears of every change of the channel's state. `home` keeps
    the id of the workspace that is served first: in another one nothing is heard or sent.
    """

    def __init__(
        self,
        access: SlackAccess,
        window: Window,
        *,
        clock: Clock,
        report: Report,
        patience: SlackPatience = PATIENCE,
        home: Home = any_home,
    ) -> None:
        self.name = NAME
        self.http = Door()
        self._access = access
        self._patience = patience
        self._standing = SlackStanding(report)
        self._calls = Calls(access, note=self._standing.called)
        self._introduction = Introduction(partial(introduced, self._calls, self._standing, home))
        self._under_way = UnderWay(VENDOR, seconds=patience.sending)
        errands = Errands(VENDOR)
        self._means = Means(
            window=window,
            calls=self._calls,
            rooms=Rooms(self._calls),
            errands=errands,
            standing=self._standing,
            clock=clock,
            working=Working(self._calls, errands),
        )
        uploads = Uploads(self._calls, access, seconds=patience.giving)
        self._pages = Pages(self._means, uploads, patience)
        self._speaking = Speaking(self._means, uploads)

    async def listen(self, deliver: Deliver) -> None:
        """Hands over messages until cancelled; trouble is told by `report` and outlasted."""
        self._standing.line(State.STARTING)
        try:
            own = await self._introduction.until_told(self._patience)
            app = slack_app(self._access, Hearing(self._means, self._pages, deliver, own), own)
            if self._access.signing_secret:  # without one, anybody's signature would be right
                self.http.open(app, secret=self._access.signing_secret)
            if self._access.app_token:
                await self._line(app).run()
            self._standing.line(State.CONNECTED)
            await asyncio.Event().wait()
        finally:
            self.http.shut()
            await self._means.errands.end()
            self._standing.line(State.STOPPED)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Posts, changes or uploads it and gives the id of its first post."""
        async with self._under_way.message(message.key):
            await self._introduction.own()
            receipt = await self._speaking.say(message)
            if not message.thread:
                self._means.working.answered(await self._means.rooms.room(message.conversation))
            if message.conversation == str(message.to) and is_user(message.to.value):
                self._pages.due(message.to.value)
        return (receipt,)

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        await self._means.errands.end()
        await self._calls.close()

    def _line(self, app: AsyncApp) -> Line:
        return Line(
            app,
            self._calls,
            self._standing,
            app_token=self._access.app_token,
            patience=self._patience,
        )
