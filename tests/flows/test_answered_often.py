"""How often somebody is answered by mail, whatever they send."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from channels.markup import plain_text
from handlers.pipeline import Pipeline
from tests.cast import ADA
from tests.desk import LEASE, House
from tests.flows.props import prop
from tests.mailed import Writer, filed

LETTER = "letter.txt"
YES = "Was this mail from you?"


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, who writes from her address on record; nobody has proved it yet."""
    return Writer(house=home)


def test_mail_in_somebody_s_name_does_not_keep_theirs_waiting(home: House, ada: Writer) -> None:
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 4})
    for _ in range(5):
        ada.says("What does the program cost?")

    told = ada.says("progress", proved=True)

    assert "0 of 6 sets" in told


def test_an_address_is_answered_so_often_an_hour_and_then_the_rest(
    home: House, ada: Writer
) -> None:
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 3})
    before = len(home.mail.sent)
    for _ in range(5):
        ada.says("files", proved=True)
    told = home.mail.sent[before:]

    assert len(told) == 3
    assert "as many answers" in plain_text(told[-1].reply)
    assert "as many answers" not in plain_text(told[-2].reply)

    home.clock.forward(timedelta(hours=1, minutes=1))
    home.drain()
    assert len(home.mail.sent[before:]) == 5


@pytest.mark.parametrize("by_mail", [True, False])
def test_a_message_costs_no_more_than_two_transactions(
    home: House, ada: Writer, by_mail: bool
) -> None:
    own = ada.mail("progress", proved=True) if by_mail else home.message(ADA.email, "progress")
    home.pipeline.receive(own)
    begun: list[object] = []
    event.listen(home.database.engine, "commit", begun.append)

    home.pipeline.handle_one()

    assert len(begun) == 2


def test_what_is_sent_counts_at_once_although_its_answer_waits(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 1})
    ada.says("files", proved=True)

    told = ada.says("for TECH-8", prop("notes.txt", tmp_path), proved=True)

    assert told == ""
    assert filed(home) == ["notes.txt"]
    home.clock.forward(timedelta(hours=1))
    home.drain()
    assert "TECH-8" in plain_text(home.mail.sent[-1].reply)


def test_all_addresses_of_a_person_are_answered_so_often_together(home: House, ada: Writer) -> None:
    work = Writer(house=home, email="ada@work.example")
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        uow.people.connect(person, work.address, at=home.clock())
        uow.commit()
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 3})
    before = len(home.mail.sent)

    for writer in (ada, work, ada, work):
        writer.sends(writer.mail("files", proved=True))

    answers = [one for one in home.mail.sent[before:] if one.key.startswith("email:")]
    assert len(answers) == 3


def test_questions_whose_a_mail_is_take_no_time_from_answers_and_are_five_an_hour(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 4})
    for _ in range(9):
        ada.says("for TECH-8", prop(LETTER, tmp_path))

    asked = [one for one in home.mail.sent if one.key.startswith("code:")]
    assert len(asked) == 5
    assert len(home.mail.sent) == 5 + 2  # half of the answers, or forgers would silence her


def test_that_a_message_failed_counts_as_an_answer(home: House, ada: Writer) -> None:
    desk = replace(home.desk, intents=None)  # type: ignore[arg-type] # which breaks every answer
    home.pipeline = Pipeline(desk, home.transaction, lease_seconds=LEASE, hourly={"email": 1})
    for _ in range(3):
        home.pipeline.receive(ada.mail("What does the program cost?", proved=True))
    for _ in range(4):
        home.drain()
        home.clock.forward(timedelta(minutes=1))

    assert len([one for one in home.mail.sent if one.key.startswith("email:")]) == 1
