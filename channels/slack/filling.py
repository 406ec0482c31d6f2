"""Forms: what was filled in becomes words; what was only typed becomes a draft."""

from __future__ import annotations

import asyncio
from typing import assert_never

from bot.domain.messages import InboundMessage
from bot.errors import Refused
from bot.ports import Deliver
from channels.slack.app import Answer
from channels.slack.heard import Filled, Typed
from channels.slack.marks import FIELD, block_id
from channels.slack.means import Means, person


class Filling:
    """Returns when the words or the draft are kept."""

    def __init__(self, means: Means, deliver: Deliver) -> None:
        self._means = means
        self._deliver = deliver
        self._turn = asyncio.Lock()  # in the order of arrival, or a draft would lose its last words

    async def __call__(self, heard: Filled | Typed) -> Answer:
        """The answer for Slack: why a form is not taken, or nothing."""
        async with self._turn:
            match heard:
                case Filled():
                    return await self._filled(heard)
                case Typed():
                    await self._keep(heard)
                    return None
                case _:
                    assert_never(heard)

    async def _filled(self, filled: Filled) -> Answer:
        address = person(filled.user)
        window = self._means.window
        try:
            words = await asyncio.to_thread(window.filled, address, filled.form, filled.values)
        except Refused as refused:
            await self._keep(Typed(user=filled.user, form=filled.form, values=filled.values))
            return _refusal(filled, str(refused))
        message = InboundMessage(
            id=filled.id,
            sender=address,
            conversation=str(address),
            text=words,
            sent_at=self._means.clock(),
        )
        await self._deliver(message)
        return None

    async def _keep(self, typed: Typed) -> None:
        # A form that is closed before anything was typed comes without values.
        if typed.values:
            await asyncio.to_thread(
                self._means.window.keep_draft, person(typed.user), typed.form, typed.values
            )


def _refusal(filled: Filled, why: str) -> Answer:
    """The form stays open with the reason below its first field; what was typed stays there."""
    first = next(iter(filled.values), "")
    return {"response_action": "errors", "errors": {block_id(FIELD, first): why}} if first else None
