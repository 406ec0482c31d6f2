"""A claimed message that is said in other words, later, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address, Choice, OutboundMessage, Paragraph, Reply
from bot.ports import Claimed, UnitOfWork
from tests.clock import NOON

ADA = Address(channel="memory", value="ada")
HOUR = timedelta(hours=1)
GO_ON = (Choice(label="Go on", says="go on"),)


def message(key: str, text: str = "Words.", *, choices: tuple[Choice, ...] = ()) -> OutboundMessage:
    """Something to say to Ada."""
    reply = Reply(blocks=(Paragraph(text=text),), choices=choices)
    return OutboundMessage(key=key, to=ADA, conversation=str(ADA), reply=reply)


@pytest.fixture
def claimed(unit: UnitOfWork) -> Claimed[OutboundMessage]:
    """The first of two messages, which somebody has claimed."""
    with unit as uow:
        uow.outbox.add(message("first", choices=GO_ON), due=NOON)
        uow.outbox.add(message("second", choices=GO_ON), due=NOON)
        first = claim(uow)
        uow.commit()
    assert first is not None
    return first


def claim(uow: UnitOfWork, *, later: timedelta = timedelta()) -> Claimed[OutboundMessage] | None:
    """The next message."""
    return uow.outbox.claim(now=NOON + later, lease_seconds=60, channels=["memory"])


def test_other_words_are_what_was_said(unit: UnitOfWork, claimed: Claimed[OutboundMessage]) -> None:
    with unit as uow:
        assert uow.outbox.reword(claimed, message("first", "Other words.", choices=GO_ON))
        uow.outbox.sent(claimed, at=NOON, receipt="m1")
        said = uow.outbox.said_at(str(ADA), "m1")

        assert said is not None
        assert said.reply.blocks == (Paragraph(text="Other words."),)
        assert uow.outbox.last_choices(str(ADA)) == GO_ON  # those of the newer one, still


def test_words_that_offer_nothing_any_more_offer_nothing(unit: UnitOfWork) -> None:
    with unit as uow:
        uow.outbox.add(message("only", choices=GO_ON), due=NOON)
        only = claim(uow)
        assert only is not None

        assert uow.outbox.reword(only, message("only"))

        assert uow.outbox.last_choices(str(ADA)) == ()


def test_what_is_for_later_is_no_attempt_and_holds_up_nothing(
    unit: UnitOfWork, claimed: Claimed[OutboundMessage]
) -> None:
    with unit as uow:
        assert uow.outbox.postpone(claimed, at=NOON + HOUR, reason="quiet hours")

        second = claim(uow)
        assert second is not None
        assert second.item.key == "second"
        uow.outbox.sent(second, at=NOON, receipt="m2")
        assert claim(uow) is None
        first = claim(uow, later=HOUR)
        assert first is not None
        assert (first.item.key, first.attempts) == ("first", 1)


def test_what_is_not_true_any_more_is_finished_and_never_sent(
    unit: UnitOfWork, claimed: Claimed[OutboundMessage]
) -> None:
    with unit as uow:
        assert uow.outbox.unsaid(claimed, at=NOON, reason="done meanwhile")

        second = claim(uow, later=HOUR)
        assert second is not None
        assert second.item.key == "second"
        assert uow.outbox.counts()["waiting"] == 0


def test_nobody_changes_what_somebody_else_has(
    unit: UnitOfWork, claimed: Claimed[OutboundMessage]
) -> None:
    stale = replace(claimed, token="of a lease that is over")
    with unit as uow:
        assert not uow.outbox.reword(stale, message("first", "Other words."))
        assert not uow.outbox.postpone(stale, at=NOON + HOUR, reason="quiet hours")
        assert not uow.outbox.unsaid(stale, at=NOON, reason="done meanwhile")
