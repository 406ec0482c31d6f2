"""Ada, whose subscription ends in January, and the days before and after that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from bot.domain.notices.notice import Ending
from bot.domain.people import Person
from bot.errors import DeliveryFailed
from bot.usecases.change_enrolment import Move, change_enrolment
from storage.tables import outbox
from tests.cast import ADA
from tests.desk import House

ENDS = date(2027, 1, 15)
# She lives in Chicago, where nine is 15:00 UTC then.
SOON = replace(ADA, enrolled_on=date(2025, 6, 1), subscription_ends=ENDS)
TRULY = "Your CAR subscription ends in {} days"
MOVED = "The end of your subscription moved to"


def at(house: House, year: int, month: int, day: int, hour: int, minute: int = 0) -> None:
    """It is that time, in UTC."""
    when = datetime(year, month, day, hour, minute, tzinfo=UTC)
    house.clock.forward(when - house.clock())


def nine(house: House, days: int) -> None:
    """It is nine in Chicago so many days after the end of the subscription."""
    day = ENDS + timedelta(days=days)
    at(house, day.year, day.month, day.day, 15)


def fresh(house: House) -> list[str]:
    """What Ada hears of sweeping now."""
    before = len(house.heard(ADA.email))
    house.sweep()
    return house.heard(ADA.email)[before:]


def by_clock(house: House) -> list[str]:
    """The same without what tells that the end was moved."""
    return [said for said in fresh(house) if not said.startswith(MOVED)]


def ends_on(house: House, person: Person, day: date) -> None:
    """The subscription ends then, as an import has it."""
    move = Move(name=person.name, email=person.email, subscription_ends=day)
    with house.transaction() as uow:
        change_enrolment(uow, house.desk.program, move, now=house.clock())
        uow.commit()


def rows(house: House) -> dict[str, tuple[str, str]]:
    """State and reason of each message, by key."""
    with house.database.engine.connect() as connection:
        found = connection.execute(select(outbox.c.key, outbox.c.state, outbox.c.reason))
        return {row.key: (row.state, row.reason) for row in found}


def books(house: House, person: Person) -> dict[str, Ending]:
    """What became of each notice."""
    with house.transaction() as uow:
        return {one.key: one.ending for one in uow.notices.of(person, limit=100)}


def away(house: House) -> None:
    """The vendor is: nothing can be sent this time."""
    house.channel.failures.append(DeliveryFailed("nothing gets through", ours=True))
