"""What becomes of a person's own unproved mails while others write many in their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.copies import stripped_id
from bot.domain.messages import InboundMessage, OutboundMessage
from bot.ports import Held
from bot.usecases.hold_mail import LARGEST_HELD, MOST_ASKED, MOST_HELD, VALID
from bot.usecases.sweep import sweep
from channels.markup import plain_text
from handlers.pipeline import Pipeline
from tests.cast import ADA
from tests.desk import LEASE, House
from tests.flows.props import prop
from tests.mailed import Writer, filed

YES = "Was this mail from you?"
LATER = timedelta(hours=1, minutes=1)


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, who writes from her address on record, and is answered ten times an hour."""
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 10})
    return Writer(house=home)


def forged(message: InboundMessage) -> InboundMessage:
    """The same as our own server found that its sender is forged."""
    assert message.envelope
    return replace(message, envelope=replace(message.envelope, disowned=True))


def held(house: House) -> Sequence[Held]:
    """What waits for Ada's word."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        return uow.held_mails.of(person, now=house.clock())


def swept(house: House) -> Sequence[OutboundMessage]:
    """What is mailed to anybody because the house was swept."""
    before = len(house.mail.sent)
    sweep(house.transaction(), house.files, now=house.clock())
    house.drain()
    return house.mail.sent[before:]


def flood(house: House, ada: Writer, path: Path, count: int) -> None:
    """As many mails in Ada's name, one each second."""
    for _ in range(count):
        house.clock.forward(timedelta(seconds=1))
        ada.says("", path)


def test_forged_questions_leave_time_to_ask_whose_her_evidence_is(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    for _ in range(20):
        ada.says("what should my CAR include?")

    assert YES in ada.says("for TECH-8", prop("notes.txt", tmp_path))


def test_what_she_was_not_asked_about_she_is_asked_about_as_soon_as_there_is_time(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    flood(home, ada, prop("letter.txt", tmp_path), MOST_ASKED)
    assert YES not in ada.says("for TECH-8", prop("notes.txt", tmp_path))
    assert not swept(home)

    home.clock.forward(LATER)
    (asked,) = swept(home)
    assert "File: notes.txt" in plain_text(asked.reply)
    assert not swept(home)
    ada.says(asked.reply.choices[0].says, proved=True)
    assert filed(home) == ["notes.txt"]


def test_what_she_was_not_asked_about_waits_until_she_was_and_as_long_as_ever_from_then(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    flood(home, ada, prop("letter.txt", tmp_path), MOST_ASKED)
    ada.says("for TECH-8", prop("notes.txt", tmp_path))

    home.clock.forward(VALID + LATER)
    (asked,) = swept(home)
    home.clock.forward(VALID - LATER)
    swept(home)
    ada.says(asked.reply.choices[0].says, proved=True)

    assert filed(home) == ["notes.txt"]


@pytest.mark.parametrize("disowned", [False, True])
def test_what_she_was_asked_about_outlasts_any_number_of_mails_in_her_name(
    home: House, ada: Writer, tmp_path: Path, *, disowned: bool
) -> None:
    letter = prop("letter.txt", tmp_path)
    (asked,) = ada.sends(ada.mail("for TECH-8", prop("notes.txt", tmp_path)))
    for _ in range(MOST_HELD + 2):
        home.clock.forward(timedelta(seconds=1))
        message = ada.mail("", letter)
        home.deliver(forged(message) if disowned else message)

    assert len(held(home)) == MOST_HELD
    ada.says(asked.reply.choices[0].says, proved=True)
    assert filed(home) == ["notes.txt"]


def test_forged_mails_make_room_for_those_that_may_be_hers(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    letter = prop("letter.txt", tmp_path)
    for _ in range(MOST_HELD // 2):
        ada.sends(forged(ada.mail("", letter)))
    flood(home, ada, letter, MOST_HELD)
    before = len(home.mail.sent)
    ada.sends(forged(ada.mail("", letter)))

    assert len(held(home)) == MOST_HELD
    assert all(one.message.envelope and not one.message.envelope.disowned for one in held(home))
    assert len(home.mail.sent) == before


def test_she_is_told_once_that_mails_in_her_name_fell_out(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    letter = prop("letter.txt", tmp_path)
    flood(home, ada, letter, MOST_HELD)
    lost = "More mails came in your name"
    assert lost not in "".join(home.heard(ADA.email))

    flood(home, ada, letter, 3)

    assert "".join(home.heard(ADA.email)).count(lost) == 1


def test_what_waits_is_bounded_by_its_bytes_too(home: House, ada: Writer, tmp_path: Path) -> None:
    message = ada.mail("", prop("letter.txt", tmp_path))
    (file,) = message.attachments
    large = (replace(file, size=LARGEST_HELD // 4),)
    for _ in range(6):
        home.clock.forward(timedelta(seconds=1))
        again = ada.mail("")
        home.deliver(replace(again, attachments=large))

    assert len(held(home)) == 4


def test_she_is_asked_about_one_forged_mail_a_day(home: House, ada: Writer, tmp_path: Path) -> None:
    letter = prop("letter.txt", tmp_path)
    for _ in range(3):
        assert not ada.sends(forged(ada.mail("", letter)))

    (asked,) = swept(home)
    told = plain_text(asked.reply)
    assert YES in told
    assert "found that its sender is forged" in told
    assert "2 more such mails wait" in told
    home.clock.forward(timedelta(hours=23))
    assert not swept(home)
    home.clock.forward(timedelta(hours=1))
    assert len(swept(home)) == 1


def test_forged_words_without_files_are_not_kept(home: House, ada: Writer) -> None:
    assert not ada.sends(forged(ada.mail("withdraw Technology")))

    assert not held(home)


def test_nobody_is_asked_about_a_stripped_copy_of_a_mail_that_was_proved(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    message = ada.mail("for TECH-8", prop("notes.txt", tmp_path), proved=True)
    ada.sends(message)
    assert message.envelope
    stripped = replace(message.envelope, proved=False)

    copy = replace(message, id=stripped_id(message.id), envelope=stripped)

    assert not ada.sends(copy)
    assert not held(home)
    assert filed(home) == ["notes.txt"]
