"""Home pages: each person's page on Slack, published anew when it changed."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from functools import partial

from bot.domain.messages import Chart, Reply
from channels.chart import draw
from channels.recent import Recent
from channels.slack.codes import Kind
from channels.slack.faults import CallFailed
from channels.slack.home_view import home_view
from channels.slack.means import Means
from channels.slack.patience import SlackPatience
from channels.slack.payload import address
from channels.slack.uploads import Upload, Uploads

log = logging.getLogger(__name__)
MOST = 10_000  # people whose page is remembered
LONGEST_WAIT = 60.0  # seconds; a page that has to wait longer is published at the next occasion


class Pages:
    """What stands on each page; a page that looks the same is not published again."""

    def __init__(self, means: Means, uploads: Uploads, patience: SlackPatience) -> None:
        self._means = means
        self._uploads = uploads
        self._patience = patience
        self._shown: Recent[str, str] = Recent(MOST)
        self._pictures: Recent[str, tuple[str, str]] = Recent(MOST)  # what it shows, Slack's id
        self._busy: set[str] = set()
        self._again: set[str] = set()

    def due(self, user: str, *, anew: bool = False) -> None:
        """Has the page published soon; `anew` even when it looks as it was left.

        What somebody sees may be another process's, or nothing: whoever looks at their page is
        shown it anew.
        """
        if anew:
            self._shown.put(user, "")
        refresh = partial(self.refresh, user)
        self._means.errands.run(refresh, what="views.publish", owed=user)

    async def refresh(self, user: str) -> None:
        """Publishes the page as it is now; raises `CallFailed` or `StorageFailed`.

        While a page is being published, asking again costs one more look at the end.
        """
        self._again.add(user)
        if user in self._busy:
            return
        self._busy.add(user)
        try:
            while user in self._again:
                self._again.discard(user)
                await self._publish(user)
        finally:
            self._busy.discard(user)

    async def _publish(self, user: str) -> None:
        page = await asyncio.to_thread(self._means.window.home, address(user))
        looks = _digest(page)
        if looks == self._shown.get(user):
            return
        try:
            await self._put(user, page)
        except CallFailed as failure:
            if failure.retry_after is None or failure.retry_after > LONGEST_WAIT:
                raise
            self._again.add(user)
            await asyncio.sleep(failure.retry_after)
        else:
            self._shown.put(user, looks)

    async def _put(self, user: str, page: Reply) -> None:
        picture = await self._picture(user, page)
        try:
            await self._show(user, page, picture)
        except CallFailed as failure:
            if not picture or failure.kind is not Kind.USELESS:
                raise
            await self._show(user, page, "")
            # Slack refuses a picture that it has not read yet, which takes it a moment.
            again = partial(self._once_more, user, page, picture)
            self._means.errands.run(again, what="views.publish")

    async def _once_more(self, user: str, page: Reply, picture: str) -> None:
        await asyncio.sleep(self._patience.settling)
        if self._shown.get(user) == _digest(page):
            await self._show(user, page, picture)

    async def _show(self, user: str, page: Reply, picture: str) -> None:
        view = home_view(page, picture=picture)
        await self._means.calls.call("views.publish", user_id=user, view=view)

    async def _picture(self, user: str, page: Reply) -> str:
        """Slack's id of the page's picture; empty when it has none or Slack did not take it."""
        chart = next((block for block in page.blocks if isinstance(block, Chart)), None)
        if chart is None:
            return ""
        looks, old = _digest(chart), self._pictures.get(user)
        if old is not None and old[0] == looks:
            return old[1]
        png = await asyncio.to_thread(draw, chart)
        upload = Upload(name="progress.png", size=len(png), content=png, alt=chart.alt)
        try:
            fresh = await self._uploads.give(upload)
        except CallFailed as failure:
            extra = {"action": "picture-not-kept", "error": str(failure)}
            log.warning("A home page goes without its picture", extra=extra)
            return ""
        self._pictures.put(user, (looks, fresh))
        if old is not None:
            self._means.errands.run(partial(self._forget, old[1]), what="files.delete")
        return fresh

    async def _forget(self, picture: str) -> None:
        await self._means.calls.call("files.delete", file=picture)


def _digest(value: Reply | Chart) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
