"""E-mail: reads what people write to Carrel's address, and sends what Carrel has to say."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.domain.channel_state import State
from bot.domain.messages import OutboundMessage
from bot.ports import Clock, Deliver, FileStore, Mailboxes, Window
from channels.email.access import ImapAccess, SmtpAccess
from channels.email.intake.listening import PATIENCE, Listening, MailPatience
from channels.email.intake.said import NAME
from channels.email.intake.taking import Taking
from channels.email.intake.understanding import Proving, Understanding
from channels.email.own_ids import Own, Seal
from channels.email.sending.addresses import sender_of
from channels.email.sending.sender import USUAL, Bounds, Sender
from channels.email.sending.sending import Means, Sending
from channels.email.standing import Sides
from channels.standing import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where mail is read, how far it was, and how it is judged who wrote."""

    access: ImapAccess
    places: Mailboxes
    proving: Proving
    patience: MailPatience = PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What both sides stand on."""

    window: Window
    files: FileStore
    clock: Clock


class Email:
    """One address. Without `reading` mail only goes out, and nobody can answer it.

    Raises `ConfigurationError` when the sender is no address such as `Carrel <carrel@example.org>`.
    """

    def __init__(
        self,
        access: SmtpAccess,
        sender: Sender,
        house: House,
        *,
        report: Report,
        reading: Reading | None = None,
        bounds: Bounds = USUAL,
    ) -> None:
        """`report` hears how the channel is: from what it sends and reads, and from greetings."""
        self.name = NAME
        self._house = house
        self._reading = reading
        self._sides = Sides(report)
        if reading:
            self._sides.mailbox(State.STARTING)
        self._sides.sending(State.STARTING)
        means = Means(
            window=house.window, files=house.files, clock=house.clock, note=self._sides.sending
        )
        self._sending = Sending(access, sender, means, bounds=bounds)
        self._own = own_of(sender, seal=house.window.seal)

    async def listen(self, deliver: Deliver) -> None:
        """Hands over mail until cancelled; trouble is told by `report` and outlasted.

        It also looks whether mail can be handed in, also where nothing is read.
        """
        async with asyncio.TaskGroup() as sides:
            sides.create_task(self._sending.watch())
            if self._reading:
                sides.create_task(self._read(self._reading, deliver))

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Hands the message over and gives its Message-ID; raises `DeliveryFailed`."""
        return await self._sending.send(message)

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        await self._sending.close()

    async def _read(self, reading: Reading, deliver: Deliver) -> None:
        house = self._house
        understanding = Understanding(self._own, reading.proving)
        taking = Taking(
            understanding, house.files, house.window, clock=house.clock, deliver=deliver
        )
        listening = Listening(
            reading.access,
            reading.places,
            self._sides,
            clock=house.clock,
            patience=reading.patience,
        )
        try:
            await listening.run(taking)
        finally:
            taking.end()
            self._sides.mailbox(State.STOPPED)


def own_of(sender: Sender, *, seal: Seal) -> Own:
    """What is Carrel's own where it sends so."""
    address = sender_of(sender.address)
    return Own(address=str(address).lower(), ids=address.domain, seal=seal)
