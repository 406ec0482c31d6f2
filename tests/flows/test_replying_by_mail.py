"""Replies by mail, with all that they answer quoted below: choices by number, and staff's room."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.rights import Role
from tests.cast import ADA, DOT, REV, SAL
from tests.flows.town import PlainReader
from tests.mail.house import MailHouse
from tests.mail.reading import buttons, numbered
from tests.reviewed import stored

ROOM = "staff@example.org"


@pytest.fixture
def carrel(knowledge: Knowledge, tmp_path: Path) -> Iterator[MailHouse]:
    """Carrel with a candidate, staff, a reviewer, and a room of staff's."""
    house = MailHouse(knowledge, tmp_path, room=ROOM)
    house.read_with(PlainReader())
    house.enrol(ADA)
    house.appoint(*SAL, Role.STAFF)
    house.appoint(*REV, Role.REVIEWER)
    yield house
    house.close()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A file with a few words."""
    path = tmp_path / "my notes.txt"
    path.write_text("I set up the scanner and showed everybody how to use it.")
    return path


def submit(house: MailHouse, paper: Path) -> EmailMessage:
    """Ada submits a certificate; its card in the room."""
    house.converse(ADA.email, "certificate for Technology", paper)
    house.converse(ADA.email, "submit Technology")
    (card,) = house.mails(ROOM)
    return card


def decided(house: MailHouse) -> str:
    """What was decided of submission 1."""
    decision = stored(house, 1).decision
    return f"{decision.outcome.value} by {decision.name}" if decision else ""


def test_a_number_picks_from_the_mail_that_it_answers(carrel: MailHouse, notes: Path) -> None:
    carrel.converse(ADA.email, "for TECH-8", notes)
    filed = carrel.mails(ADA.email)[-1]
    carrel.converse(ADA.email, "help")

    number = [one.label for one in buttons(filed)].index("Undo") + 1

    carrel.reply(ADA.email, str(number), to=filed)

    assert carrel.rows("SELECT state FROM evidence") == [("withdrawn",)]
    assert filed["Message-ID"] in carrel.mails(ADA.email)[-1]["References"]


def test_staff_decide_by_replies_from_their_own_address(carrel: MailHouse, notes: Path) -> None:
    card = submit(carrel, notes)

    carrel.reply(SAL[1], str(numbered(card, "decide 1")), to=card)
    offered = carrel.mails(SAL[1])[-1]
    approve = next(one.says for one in buttons(offered) if one.says.startswith("approve 1"))
    carrel.reply(SAL[1], str(numbered(offered, approve)))
    carrel.reply(SAL[1], "It is in order.")
    carrel.reply(SAL[1], "1")

    assert decided(carrel) == "approved by Sal Moreau"
    assert any("It is in order." in text for text in carrel.read_by(ADA.email))


def test_a_reply_to_a_card_has_the_rights_of_whoever_replies(
    carrel: MailHouse, notes: Path
) -> None:
    card = submit(carrel, notes)
    claim = str(numbered(card, "claim 1"))

    carrel.reply(SAL[1], claim, to=card)
    carrel.reply(ADA.email, claim, to=card)
    carrel.reply(DOT, claim, to=card)
    before = len(stored(carrel, 1).claims)
    carrel.reply(REV[1], claim, to=card)

    assert (before, len(stored(carrel, 1).claims)) == (0, 1)
    assert "takes the role reviewer" in carrel.read_by(SAL[1])[-1]


def test_a_forged_reply_of_staff_decides_nothing(carrel: MailHouse, notes: Path) -> None:
    card = submit(carrel, notes)
    carrel.proved = False

    carrel.reply(SAL[1], "approve 1: I say so.", to=card)

    assert decided(carrel) == ""
    assert "Was this mail from you?" in carrel.read_by(SAL[1])[-1]


def test_files_in_an_unproved_mail_wait_for_one_reply(carrel: MailHouse, notes: Path) -> None:
    carrel.proved = False
    carrel.converse(ADA.email, "for TECH-8", notes)
    asked = carrel.mails(ADA.email)[-1]
    before = carrel.rows("SELECT name FROM evidence")

    carrel.reply(ADA.email, "yes", to=asked)  # to her private address, which only she knows

    assert before == []
    assert carrel.rows("SELECT name FROM evidence") == [("my notes.txt",)]
    assert "Filed my notes.txt" in carrel.read_by(ADA.email)[-1]
