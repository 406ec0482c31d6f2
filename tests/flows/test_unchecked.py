"""A message whose check fails counts as tried: it comes again, and holds up none of the others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.errors import StorageFailed
from bot.ports import UnitOfWork
from bot.usecases.say_again import StillDue, Verdict
from scheduler.dispatcher import Dispatcher, Silence
from scheduler.retry import MOST_ATTEMPTS
from tests.desk import LEASE, House

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def message(key: str) -> OutboundMessage:
    """Words for somebody of that name."""
    to = Address(channel="memory", value=key)
    reply = Reply(blocks=(Paragraph(text=f"message {key}"),))
    return OutboundMessage(key=key, to=to, conversation=str(to), reply=reply)


def waits(home: House, *keys: str) -> None:
    """They are to be sent."""
    with home.transaction() as uow:
        uow.outbox.add_many([(message(key), home.clock()) for key in keys])
        uow.commit()


def sends(home: House, still_due: StillDue) -> Dispatcher:
    """One that asks that before it sends."""
    return Dispatcher(
        {home.channel.name: home.channel},
        home.transaction,
        clock=home.clock,
        lease_seconds=LEASE,
        silence=Silence(still_due=still_due),
    )


def broken(uow: UnitOfWork, message: OutboundMessage, _now: datetime) -> Verdict:
    """Those of ada cannot be checked, which is found out after something was written."""
    if message.key == "ada":
        uow.looks.note_swept("half", at=_now)
        raise KeyError("gone")
    return message


def sent(home: House) -> list[str]:
    """The keys of what was sent, in order."""
    return [one.key for one in home.channel.sent]


async def test_the_others_are_sent_and_it_is_tried_again(home: House) -> None:
    waits(home, "ada", "bea", "cal")

    await sends(home, broken).send_waiting(lambda: False)
    assert sent(home) == ["bea", "cal"]

    home.clock.forward(11 * SECOND)
    await sends(home, lambda _, message, __: message).send_waiting(lambda: False)
    assert sent(home) == ["bea", "cal", "ada"]


async def test_nothing_of_a_check_that_failed_is_kept(home: House) -> None:
    waits(home, "ada", "bea")

    await sends(home, broken).send_waiting(lambda: False)

    with home.transaction() as uow:
        assert uow.looks.swept("half") == (None, "")


async def test_it_is_given_up_in_the_end_with_the_reason(home: House) -> None:
    waits(home, "ada")

    for _ in range(MOST_ATTEMPTS):
        await sends(home, broken).send_waiting(lambda: False)
        home.clock.forward(HOUR)

    with home.transaction() as uow:
        assert uow.outbox.counts()["given-up"] == 1
    assert not sent(home)


async def test_a_database_that_failed_is_no_fault_of_the_message(home: House) -> None:
    def locked(_uow: UnitOfWork, _message: OutboundMessage, _now: datetime) -> Verdict:
        raise StorageFailed("The database is locked.")

    waits(home, "ada")

    with pytest.raises(StorageFailed):
        await sends(home, locked).send_waiting(lambda: False)
    await sends(home, lambda _, message, __: message).send_waiting(lambda: False)

    assert sent(home) == ["ada"]
