"""A program whose routes need other things than the shipped one's, from filing to approval."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import open_knowledge
from bot.settings import Settings
from tests.cast import BEA, REV, ROB, SAL
from tests.conftest import OTHER_PACK, VECTORS
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import reply, staffed
from tests.submitted import fill

CERTIFICATE = (
    '        - {kind: certificate, reason: "Who comes from the school shows the {certificate}."}\n'
)
ESSAY = '        - {kind: statement, reason: "The judges read the {statement} first."}\n'


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The invented program, with the essay wanted of those who come from the school instead."""
    pack = tmp_path / "pack"
    shutil.copytree(OTHER_PACK, pack)
    path = pack / "program.yaml"
    text = path.read_text(encoding="utf-8").replace(ESSAY, "", 1)
    path.write_text(text.replace(CERTIFICATE, CERTIFICATE + ESSAY, 1), encoding="utf-8")
    made = House(open_knowledge(Settings(_env_file=None, program=pack, cache=VECTORS)), tmp_path)
    staffed(made)
    made.enrol(BEA)
    yield made
    made.database.close()


def pieces(house: House) -> None:
    """Bea files a piece of work for every competency of Customers and Prices."""
    ids = ", ".join(c.id for c in house.desk.program.set("customers").competencies)
    house.send(BEA.email, prop("log.txt", house.folder), caption=f"for {ids}")


def slip(house: House) -> str:
    """Bea files her school slip for the same set."""
    path = prop("slip.txt", house.folder)
    return house.send(BEA.email, path, caption="school slip for customers")


def test_a_portfolio_without_a_statement_is_ready_reviewed_and_approved(house: House) -> None:
    before = reply(house, BEA.email, "advise customers")
    not_needed = reply(house, BEA.email, "write statement for customers")
    pieces(house)

    assert "files for 0 of 4 competencies, no school slip" in before
    assert "so it needs no mender's essay" in not_needed
    assert "is ready" in reply(house, BEA.email, "ready customers")
    assert "Customers and Prices: complete by portfolio." in reply(house, BEA.email, "progress")
    assert "4 files in 4 sections" in reply(house, BEA.email, "preview customers")
    assert "Submitted" in reply(house, BEA.email, "submit customers")

    for _, who in (REV, ROB):
        reply(house, who, "claim 1")
        reply(house, who, "rate 1 CUST-2 not met: No price is named.")
        reply(house, who, "rate 1 the rest met")
    assert "you named statement" in reply(house, SAL[1], "ask more 1 for statement: Write one.")
    reply(house, SAL[1], "approve 1: It runs.")

    assert "Approved: submission 1" in house.heard(BEA.email)[-1]
    assert "Customers and Prices: achieved." in reply(house, BEA.email, "progress")


def test_a_course_that_needs_a_statement_waits_for_it(house: House) -> None:
    slip(house)
    refused = reply(house, BEA.email, "submit customers")
    lacking = reply(house, BEA.email, "missing in customers")
    state = reply(house, BEA.email, "progress")
    asked = reply(house, BEA.email, "write statement for customers")
    reply(house, BEA.email, "I learned at the school what I had only guessed at my bench.")
    filed = reply(house, BEA.email, "done")

    assert "lacks 1 of 2 parts" in refused
    assert "lacks only the mender's essay" in lacking
    assert "certificate there, no statement yet" in state
    assert "You are writing" in asked
    assert "Filed version 1" in filed
    assert "complete by course certificate" in reply(house, BEA.email, "progress")
    assert "Submitted" in reply(house, BEA.email, "submit customers")

    reply(house, SAL[1], "ask more 1 for statement: It is too short.")
    assert "Mender's essay" in reply(house, BEA.email, "requests")


def test_a_recommended_course_says_everything_that_it_needs(house: House) -> None:
    pieces(house)
    reply(house, BEA.email, "submit customers")
    for _, who in (REV, ROB):
        reply(house, who, "claim 1")
        reply(house, who, "rate 1 all met")
    reply(house, SAL[1], "recommend course 1: Too many doubts.")

    assert "It also needs the mender's essay." in house.heard(BEA.email)[-1]
    slip(house)
    assert "certificate there, no statement yet" in reply(house, BEA.email, "progress")
    fill(house, BEA.email, house.desk.program, "customers")
    assert "its certificate is filed: ready to submit" in reply(house, BEA.email, "progress")
    assert "Submitted" in reply(house, BEA.email, "submit customers")
