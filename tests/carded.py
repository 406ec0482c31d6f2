"""A room of the staff, the cards that hang there, and people who press what is on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.messages import Address, InboundMessage, OutboundMessage
from bot.usecases.announce import announce
from channels.markup import plain_text
from tests.desk import House

ROOM = Address(channel="memory", value="room")
MOMENT = timedelta(seconds=1)


def announced(house: House, *rooms: Address) -> int:
    """Tells the rooms of all that changed, and lets time pass; how many matters there were."""
    done = 0
    with house.transaction() as uow:
        while announce(uow, house.desk.program, rooms or (ROOM,), now=house.clock()):
            done += 1
        uow.commit()
    house.drain()
    house.clock.forward(MOMENT)
    return done


def cards(house: House, card: str, room: Address = ROOM) -> list[OutboundMessage]:
    """Every state in which that card hung in the room, oldest first."""
    return [m for m in house.channel.sent if m.card == card and m.to == room]


def shown(house: House, card: str) -> str:
    """What the card tells now."""
    return plain_text(cards(house, card)[-1].reply)


def says(house: House, card: str) -> list[str]:
    """What can be pressed on the card now."""
    return [choice.says for choice in cards(house, card)[-1].reply.choices]


def receipt(house: House, card: str) -> str:
    """The channel's own id of the card."""
    with house.transaction() as uow:
        return uow.outbox.receipt_of(card, str(ROOM))


def in_room(house: House, who: str, text: str, *, below: str) -> InboundMessage:
    """Something said in the room, below the card of that name."""
    thread = receipt(house, below)
    said = house.message(who, text)
    return replace(said, conversation=f"{ROOM}/{thread}", shared=True, thread=thread)


def pressed(house: House, who: str, text: str) -> InboundMessage:
    """A choice of a card, or what a form that it opened was filled with: said to Carrel alone."""
    said = house.message(who, text)
    return replace(said, id=f"pressed:{said.id}")


def alone(house: House, who: str) -> list[str]:
    """What was said to somebody where nobody reads along, oldest first."""
    private = (m for m in house.channel.sent if m.conversation == str(m.to))
    return [plain_text(m.reply) for m in private if m.to.value == who]


def told_in_room(house: House) -> list[str]:
    """What Carrel said in the room, cards aside, oldest first."""
    there = (m for m in house.channel.sent if m.conversation.startswith(str(ROOM)) and not m.card)
    return [plain_text(m.reply) for m in there]
