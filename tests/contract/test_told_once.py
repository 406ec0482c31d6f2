"""Words that are told once are in no message that is kept after its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.messages import Choice, OutboundMessage, Paragraph, Reply
from bot.ports import Claimed, Standing, UnitOfWork, Wanted
from tests.contract.examples import NOW, outbound

ADDRESS = "https://carrel.example.org/calendar/0123.ics"
CHOICE = Choice(label="No address", says="no calendar address")
ONCE = replace(
    outbound("once"),
    reply=Reply(blocks=(Paragraph(text=ADDRESS),), choices=(CHOICE,), once=True),
)


def _sent(uow: UnitOfWork, claimed: Claimed[OutboundMessage]) -> None:
    uow.outbox.sent(claimed, at=NOW, receipt="r1")


def _unsaid(uow: UnitOfWork, claimed: Claimed[OutboundMessage]) -> None:
    assert uow.outbox.unsaid(claimed, at=NOW, reason="no use any more")


def _given_up(uow: UnitOfWork, claimed: Claimed[OutboundMessage]) -> None:
    uow.outbox.give_up(claimed, at=NOW, reason="nobody is there")


def _retried(uow: UnitOfWork, claimed: Claimed[OutboundMessage]) -> None:
    assert uow.outbox.retry(claimed, at=NOW, reason="later")


def kept(uow: UnitOfWork) -> Reply:
    """What the outbox keeps of it."""
    (found,) = uow.listed.page(Wanted(), limit=5)
    return found.message.reply


@pytest.mark.parametrize("ends", [_sent, _unsaid, _given_up])
def test_they_go_when_it_ends_however_that_is(
    unit: UnitOfWork, ends: Callable[[UnitOfWork, Claimed[OutboundMessage]], None]
) -> None:
    with unit as uow:
        uow.outbox.add(ONCE, due=NOW)
        claimed = uow.outbox.claim(now=NOW, lease_seconds=9, channels=[ONCE.to.channel])
        assert claimed
        assert claimed.item.reply == ONCE.reply
        ends(uow, claimed)

        assert ADDRESS not in str(kept(uow))
        assert kept(uow).choices == (CHOICE,)


def test_they_stay_as_long_as_it_waits(unit: UnitOfWork) -> None:
    with unit as uow:
        uow.outbox.add(ONCE, due=NOW)
        claimed = uow.outbox.claim(now=NOW, lease_seconds=9, channels=[ONCE.to.channel])
        assert claimed
        _retried(uow, claimed)

        assert kept(uow) == ONCE.reply


def test_all_other_words_stay(unit: UnitOfWork) -> None:
    message = replace(ONCE, reply=replace(ONCE.reply, once=False))
    with unit as uow:
        uow.outbox.add(message, due=NOW)
        claimed = uow.outbox.claim(now=NOW, lease_seconds=9, channels=[ONCE.to.channel])
        assert claimed
        _sent(uow, claimed)

        (found,) = uow.listed.page(Wanted(standing=Standing.SENT), limit=5)
        assert found.message.reply == message.reply
