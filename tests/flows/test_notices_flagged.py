"""What happens is told as a pack flags it: in a digest, to nobody who declines it, at any hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.messages import Address
from bot.domain.notices.happenings import ANSWERED, SET_ASIDE, UNDELIVERABLE
from bot.domain.notices.wishes import Cadence, Quiet, Wishes
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.usecases.note_bounce import note_refused
from handlers.pipeline import Pipeline
from handlers.window import DeskWindow
from tests.cast import ADA, BEA, SAL
from tests.desk import LEASE, House

PARKING = "Is there a parking fee at the workshop?"
REPLIED = "Parking is free that day."


@pytest.fixture
def ada(house: House) -> Person:
    """Ada has asked, and Sal is there to reply."""
    person = house.enrol(ADA).person
    house.appoint(*SAL, Role.STAFF)
    house.say(ADA.email, f"ask staff: {PARKING}")
    return person


def flag(house: House, kind: str, *, mandatory: bool = True, waits: bool = False) -> None:
    """From now on the pack has these flags for the kind."""
    program = house.desk.program
    flagged = replace(program.notices.kinds[kind], mandatory=mandatory, waits=waits)
    kinds = {**program.notices.kinds, kind: flagged}
    program = replace(program, notices=replace(program.notices, kinds=kinds))
    house.desk = replace(house.desk, program=program)
    house.pipeline = Pipeline(house.desk, house.transaction, lease_seconds=LEASE)


def wish(house: House, person: Person, wishes: Wishes) -> None:
    with house.transaction() as uow:
        uow.wishes.put(person, wishes)
        uow.commit()


def heard_of(house: House, who: str, words: str) -> int:
    return sum(words in text for text in house.heard(who))


def answer(house: House) -> None:
    house.say(SAL[1], f"answer 1: {REPLIED}")
    house.drain()


def set_aside(house: House) -> None:
    window = DeskWindow(house.desk, house.transaction)
    window.set_aside("k1", sender="eve@example.org", why="nested too deep")
    house.drain()


def lose_bea(house: House) -> None:
    """Nobody is at the one address that Bea has."""
    house.enrol(BEA)
    mail = Address(channel="email", value=BEA.email)
    with house.transaction() as uow:
        uow.people.disconnect(house.address(BEA.email))
        note_refused(uow, house.desk.program, mail, why="550 5.1.1", now=house.clock())
        uow.commit()
    house.drain()


def test_replies_that_a_pack_lets_wait_come_in_the_digest(house: House, ada: Person) -> None:
    flag(house, ANSWERED, waits=True)
    wish(house, ada, Wishes(cadence=Cadence.DAILY))
    answer(house)
    assert heard_of(house, ADA.email, REPLIED) == 0

    house.clock.forward(timedelta(days=1))
    house.sweep()
    assert heard_of(house, ADA.email, REPLIED) == 1


def test_replies_that_a_pack_lets_people_decline_are_told_to_nobody_who_does(
    house: House, ada: Person
) -> None:
    flag(house, ANSWERED, mandatory=False)
    house.say(ADA.email, "notices question-answered off")
    answer(house)
    assert heard_of(house, ADA.email, REPLIED) == 0


def test_a_reply_is_told_in_quiet_hours_where_it_was_asked(house: House, ada: Person) -> None:
    wish(house, ada, Wishes(cadence=Cadence.DAILY, quiet=Quiet(begins=time(0), ends=time(23, 59))))
    answer(house)
    assert heard_of(house, ADA.email, REPLIED) == 1


MENDED_BY_STAFF = pytest.mark.parametrize(
    ("kind", "happen", "words"),
    [(SET_ASIDE, set_aside, "eve@example.org"), (UNDELIVERABLE, lose_bea, "cannot be reached")],
)


@MENDED_BY_STAFF
def test_what_only_the_staff_can_mend_is_told_in_their_quiet_hours(
    house: House, kind: str, happen: Callable[[House], None], words: str
) -> None:
    sal = house.appoint(*SAL, Role.STAFF)
    wish(house, sal, Wishes(cadence=Cadence.DAILY, quiet=Quiet(begins=time(0), ends=time(23, 59))))
    happen(house)
    assert heard_of(house, SAL[1], words) == 1, kind


@MENDED_BY_STAFF
def test_what_only_the_staff_can_mend_waits_where_a_pack_says_so(
    house: House, kind: str, happen: Callable[[House], None], words: str
) -> None:
    sal = house.appoint(*SAL, Role.STAFF)
    flag(house, kind, waits=True)
    wish(house, sal, Wishes(cadence=Cadence.DAILY))
    happen(house)
    assert heard_of(house, SAL[1], words) == 0

    house.clock.forward(timedelta(days=1))
    house.sweep()
    assert heard_of(house, SAL[1], words) == 1
