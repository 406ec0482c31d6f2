"""An address on record that is wrong or gone, and that an operator corrects."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.messages import ON_RECORD, Address
from bot.errors import CarrelError
from bot.phrases.talk import plain
from bot.usecases.correct_email import correct_email
from bot.usecases.erase_person import erase_person
from bot.usecases.note_bounce import note_refused
from bot.usecases.tell import on_record, tell, tell_at
from storage.tables import outbox
from tests.cast import BEA, MIA
from tests.desk import House

NEW = "bea.okafor@example.net"


def corrected(house: House, *, name: str = BEA.name, old: str = BEA.email, new: str = NEW) -> None:
    """The operator corrects it now."""
    with house.transaction() as uow:
        correct_email(uow, name, old, new=new, now=house.clock())
        uow.commit()


def unreached(house: House) -> None:
    """Bea has an address on record alone, from which mail comes back, and something waits."""
    person = house.enrol(BEA).person
    mail = on_record(person)
    with house.transaction() as uow:
        uow.people.disconnect(house.address(BEA.email))
        note_refused(uow, house.desk.program, mail, why="550 5.1.1", now=house.clock())
        tell(uow, person, plain("Something waits."), key="waits", now=house.clock())
        uow.commit()
    house.drain()


def mailed(house: House, to: str) -> list[str]:
    """The first words of each mail there."""
    return [" ".join(one.reply.said) for one in house.mail.sent if one.to.value == to]


def test_what_waits_goes_to_the_new_address_at_once(house: House) -> None:
    unreached(house)
    assert mailed(house, BEA.email) == []

    corrected(house)
    house.drain()

    waited, told = sorted(mailed(house, NEW))
    assert waited == "Something waits."
    assert told.startswith(f"Your address on record is {NEW} now")
    assert mailed(house, BEA.email) == []


def test_the_old_mailbox_is_nobodys_then_and_the_trail_has_it(house: House) -> None:
    bea = house.enrol(BEA).person
    with house.transaction() as uow:
        uow.people.connect(bea, on_record(bea), at=house.clock())
        uow.commit()

    corrected(house)

    with house.transaction() as uow:
        assert uow.people.at(Address(channel=ON_RECORD, value=BEA.email)) is None
        assert uow.people.find(BEA.email) is None
        found = uow.people.find(NEW)
        assert found is not None
        assert found.id == bea.id
        (line,) = (one for one in uow.trail.entries() if one.action == "email-corrected")
    assert (line.actor, line.subject) == ("operator", f"person:{bea.id}")


def test_what_waits_for_another_who_proved_the_old_mailbox_stays_theirs(house: House) -> None:
    house.enrol(BEA)
    mia = house.appoint(*MIA)
    old = Address(channel=ON_RECORD, value=BEA.email)
    with house.transaction() as uow:
        uow.people.connect(mia, old, at=house.clock())
        tell_at(uow, [old], plain("For Mia alone."), key="mia", now=house.clock())
        uow.commit()

    corrected(house)
    house.drain()

    assert "For Mia alone." in mailed(house, BEA.email)
    assert not any("Mia" in one for one in mailed(house, NEW))


def test_what_was_wanted_nowhere_is_not_wanted_at_the_new_address(house: House) -> None:
    bea = house.enrol(BEA).person
    with house.transaction() as uow:
        for place in (on_record(bea), house.address(BEA.email)):
            uow.wanted_kinds.decline(place, "idle")
        uow.commit()

    corrected(house)

    with house.transaction() as uow:
        assert uow.wanted_kinds.declined(Address(channel=ON_RECORD, value=NEW)) == ("idle",)


def test_whoever_is_erased_leaves_nothing_at_the_old_address_either(house: House) -> None:
    bea = house.enrol(BEA).person
    with house.transaction() as uow:
        uow.people.disconnect(house.address(BEA.email))
        tell(uow, bea, plain("Dear Bea Okafor."), key="dear", now=house.clock())
        uow.commit()
    house.drain()
    corrected(house)

    with house.transaction() as uow:
        erase_person(uow, house.desk.program, f"#{bea.id}", now=house.clock())
        uow.commit()
    with house.database.engine.connect() as connection:
        kept = " ".join(connection.execute(select(outbox.c.message)).scalars())
    assert "Dear Bea" not in kept
    assert BEA.email not in kept


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ({"new": MIA[1]}, "is the address of Mia"),
        ({"new": BEA.email}, "already"),
        ({"new": "nowhere"}, "no e-mail address"),
        ({"old": "nobody@example.org"}, "Nobody is known"),
        ({"name": "Ada"}, "is the address of Bea"),
    ],
)
def test_what_does_not_fit_is_refused(house: House, given: dict[str, str], advice: str) -> None:
    house.enrol(BEA)
    house.appoint(*MIA)

    with pytest.raises(CarrelError, match=advice):
        corrected(house, **given)
