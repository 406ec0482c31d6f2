"""Private addresses: what they prove of a mail, and what those of others do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.usecases.private_token import new_token
from channels.markup import plain_text
from tests.cast import ADA, BEA
from tests.desk import LEASE, House
from tests.flows.props import prop
from tests.linking import steps
from tests.mailed import INVITATION, Writer, filed, said

LETTER = "letter.txt"
YES = "Was this mail from you?"


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, who writes from her address on record; nobody has proved it yet."""
    return Writer(house=home)


def waiting(house: House) -> int:
    """How many mails wait for somebody's word."""
    with house.transaction() as uow:
        people = [uow.people.find(one.email) for one in (ADA, BEA)]
        return sum(len(uow.held_mails.of(p, now=house.clock())) for p in people if p)


def test_somebody_else_s_private_address_writes_nothing(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    bea = Writer(house=home, email=BEA.email)
    for proved in (True, False):
        message = ada.mail("for TECH-8", prop(LETTER, tmp_path), tag=bea.token(), proved=proved)
        told = said(ada.sends(message))

        assert "I could not keep your file" in told
        assert YES not in told
    assert filed(home) == filed(home, BEA.email) == []
    assert waiting(home) == 0
    assert "token-misused by stranger" in steps(home, 2)


def test_the_own_private_address_proves_who_writes_until_there_is_a_new_one(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    token = ada.token()
    ada.says("for TECH-8", prop("notes.txt", tmp_path), tag=token)
    assert filed(home) == ["notes.txt"]

    with home.transaction() as uow:
        uow.private_tokens.keep_form("email", INVITATION)
        uow.commit()
    told = ada.says("new private address", tag=token)

    assert f"carrel+{ada.token()}@example.org" in told
    assert YES in ada.says("progress", tag=token)


def test_disconnecting_an_address_makes_the_private_one_worthless(home: House, ada: Writer) -> None:
    token = ada.token()
    ada.says("files", tag=token)
    home.say(ADA.email, "unlink")

    assert YES in ada.says("files", tag=token)


def test_a_token_of_somebody_else_s_holds_up_nobody(home: House, ada: Writer) -> None:
    token = Writer(house=home, email=BEA.email).token()
    for number in range(3):
        home.pipeline.receive(replace(ada.mail("files", tag=token), id=f"forged {number}"))
    own = ada.mail("progress", proved=True)
    home.pipeline.receive(own)

    with home.transaction() as uow:
        taken = [uow.inbox.claim(now=home.clock(), lease_seconds=LEASE) for _ in range(2)]
    assert own.id in {claimed.item.id for claimed in taken if claimed}


def test_what_was_proved_when_it_came_is_so_although_the_token_is_renewed(
    home: House, ada: Writer
) -> None:
    message = ada.mail("files", tag=ada.token())
    home.pipeline.receive(message)
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        new_token(uow, person, now=home.clock())
        uow.commit()
    home.drain()

    assert YES not in plain_text(home.mail.sent[-1].reply)


def test_our_own_server_s_word_that_it_is_not_theirs_counts_more_than_a_private_address(
    home: House, ada: Writer
) -> None:
    message = ada.mail("files", tag=ada.token())
    assert message.envelope is not None

    disowned = replace(message.envelope, disowned=True)

    assert not ada.sends(replace(message, envelope=disowned))
