"""Forms: what was filled in becomes words; what was only typed becomes a draft."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

from bot.domain.messages import InboundMessage
from bot.errors import Misfilled, Refused
from bot.ports import Deliver
from channels.recent import Recent
from channels.slack.app import Answer
from channels.slack.heard import Filled, Typed
from channels.slack.marks import FIELD, block_id
from channels.slack.means import Means
from channels.slack.payload import address

MOST = 1_000  # forms remembered; each is under somebody's hands
TICK = timedelta(microseconds=1)


@dataclass(slots=True)
class Hand:
    """One person at one form: what was last sent, and the newest that was seen.

    `sent` is the form's id, `said` the message's that it became.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    sent: str = ""
    said: str = ""
    at: datetime | None = None

    def typed(self, at: datetime) -> None:
        """Notes when something was typed."""
        self.at = max(at, self.at or at)

    def after(self, at: datetime) -> datetime:
        """The instant, or one just after all that was typed so far."""
        return max(at, self.at + TICK) if self.at else at


class Filling:
    """Returns when the words or the draft are kept.

    What one person does to one form goes one after another, so that nothing typed is kept while the
    form is being sent; others do not wait. Which of two drafts is newer is told by their instants:
    Slack does not promise to tell things in their order, and another process may be told some.
    """

    def __init__(self, means: Means, deliver: Deliver) -> None:
        self._means = means
        self._deliver = deliver
        self._hands: Recent[tuple[str, str], Hand] = Recent(MOST)

    async def __call__(self, heard: Filled | Typed) -> Answer:
        """The answer for Slack: why a form is not taken, or nothing."""
        key = (heard.user, heard.form)
        hand = self._hands.get(key) or self._hands.put(key, Hand())
        async with hand.lock:
            match heard:
                case Filled():
                    again = hand.said == message_id(heard)
                    return None if again else await self._filled(heard, hand)
                case Typed():
                    if heard.id != hand.sent:  # else typed before, and told after it was sent
                        await self._typed(heard, hand)
                    return None
                case _:
                    assert_never(heard)

    async def _filled(self, filled: Filled, hand: Hand) -> Answer:
        sender, window = address(filled.user), self._means.window
        # Slack does not say when: this is Carrel's clock, and what was typed has Slack's instants.
        at = hand.after(filled.at)
        try:
            words = await asyncio.to_thread(
                window.filled, sender, filled.form, filled.values, at=at
            )
        except Refused as refused:
            return _refusal(filled, refused)
        message = InboundMessage(
            id=message_id(filled),
            sender=sender,
            conversation=str(sender),
            text=words,
            sent_at=filled.at,
            apart=True,
        )
        await self._deliver(message)
        hand.sent, hand.said = filled.id, message.id
        return None

    async def _typed(self, typed: Typed, hand: Hand) -> None:
        # A form that is closed before anything was typed comes without values.
        if typed.values:
            hand.typed(typed.at)
            await asyncio.to_thread(
                self._means.window.keep_draft,
                address(typed.user),
                typed.form,
                typed.values,
                at=typed.at,
            )


def message_id(filled: Filled) -> str:
    """The same for the same form with the same values; corrected and sent again it is another."""
    return f"{filled.id}:{_digest(filled.values)}"


def _digest(values: Mapping[str, str]) -> str:
    told = repr(sorted(values.items())).encode("utf-8", "replace")
    return hashlib.sha256(told).hexdigest()[:12]


def _refusal(filled: Filled, why: Refused) -> Answer:
    """The form stays open with the reason at the field it is about; what was typed stays there.

    A reason that is about none of the fields stands below the first.
    """
    about = why.field if isinstance(why, Misfilled) else ""
    field = about if about in filled.values else next(iter(filled.values), "")
    told = {block_id(FIELD, field): str(why)}
    return {"response_action": "errors", "errors": told} if field else None
