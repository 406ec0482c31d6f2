"""Mails that surely come from their sender, and those that anybody may have written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.messages import Address, Envelope, InboundMessage
from bot.domain.proving import (
    is_of_nobody,
    is_proved,
    proved,
    queued_at,
    token_in,
    told_at,
    unproved,
)
from tests.clock import NOON

ADA = Address(channel="email", value="ada@example.org")
CHAT = InboundMessage(id="1", sender=ADA, conversation=str(ADA), text="hello", sent_at=NOON)
MAIL = replace(CHAT, answers="<a@b>", envelope=Envelope(sha256="0" * 64))


def tagged(tag: str) -> InboundMessage:
    """A mail to that tag."""
    return replace(MAIL, envelope=Envelope(sha256="0" * 64, tag=tag))


def test_what_is_no_mail_is_its_sender_s() -> None:
    assert is_proved(CHAT)
    assert proved(CHAT) == CHAT
    assert not is_proved(MAIL)
    assert is_proved(proved(MAIL))


def test_what_may_be_anybody_s_goes_on_with_nothing_and_is_answered_where_it_came_from() -> None:
    made = unproved(proved(MAIL))

    assert not is_proved(made)
    assert made.answers == ""
    assert is_of_nobody(made.conversation)
    assert not is_of_nobody(MAIL.conversation)
    assert told_at(made.conversation) == MAIL.conversation == told_at(MAIL.conversation)
    assert unproved(made) == made


def test_only_what_may_be_anybody_s_waits_apart() -> None:
    for message in (CHAT, proved(MAIL)):
        assert queued_at(message) == str(ADA)
    assert queued_at(MAIL) != str(ADA)


@pytest.mark.parametrize(
    ("tag", "token"),
    [
        ("k7qm2xwdk7qm2xwd", "K7QM2XWDK7QM2XWD"),
        ("K7QM-2XWD-K7QM-2XWD", "K7QM2XWDK7QM2XWD"),
        ("k7qm2xwd", ""),
        ("k7qm2xwdk7qm2xwdk", ""),
        ("k7qm 2xwdk7qm2xwd", ""),
        ("access-services", ""),
        ("r-k7qm-2xwd", ""),
        ("", ""),
    ],
)
def test_a_private_token_is_read_in_whatever_case_it_arrives(tag: str, token: str) -> None:
    assert token_in(tagged(tag)) == token
    assert token_in(CHAT) == ""
