"""Whoever is erased is told nothing any more, and nothing tells of what they were told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.domain.messages import Paragraph, Reply
from bot.domain.notices.broadcast import Broadcast
from bot.domain.notices.calendar import Entry
from bot.domain.notices.wishes import Hush, Wishes
from bot.domain.people import Person
from bot.ports import UnitOfWork
from storage.database import Database
from storage.tables import metadata
from tests.contract.examples import NOW, enrolled, later, person
from tests.contract.test_noticing_own import news, noted, reminder

_OWN = {
    "looks",
    "notices",
    "wishes",
    "hushes",
    "reminders",
    "gathered",
    "feeds",
    "calendar_entries",
    "broadcast_people",
}


@pytest.fixture
def people(unit: UnitOfWork) -> tuple[Person, Person]:
    """Ada and Bea, of both of whom everything is kept."""
    with unit:
        both = person(unit, "Ada Reyes"), person(unit, "Bea")
        for one in both:
            _busy(unit, one)
        new = Broadcast(id=0, by=both[0].id, group="all", text="Hello.", made_at=NOW)
        unit.broadcasts.add(new, [one.id for one in both])
        unit.commit()
    return both


def _busy(unit: UnitOfWork, who: Person) -> None:
    enrolled(unit, who)
    unit.looks.put({who.id: later(9)})
    unit.notices.note([noted(f"expiry:{who.id}", who.id)])
    unit.wishes.put(who, Wishes(channel="talk"))
    unit.wishes.hush(who, Hush(matter="expiry", at=NOW, until=None))
    unit.reminders.add(reminder(who))
    unit.gathered.add(news(who, f"news:{who.id}"))
    unit.feeds.put(who, f"hash of {who.id}", at=NOW)
    unit.feeds.keep(who, [Entry(uid="a", title="Ends", text="", day=NOW.date())])


def _kept(database: Database, who: Person) -> set[str]:
    """The tables in which a row names the person."""
    found = set()
    with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if "person_id" in table.c:
                own = select(func.count()).where(table.c.person_id == who.id)
                if connection.execute(own).scalar():
                    found.add(table.name)
    return found


def test_all_of_it_goes_and_others_keep_theirs(
    database: Database, unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, bea = people
    assert _kept(database, ada) >= _OWN
    with unit:
        went = unit.erasure.erase(ada, at=NOW)
        unit.commit()

    assert {name: went[name] for name in _OWN} == dict.fromkeys(_OWN, 1)
    assert _kept(database, ada) <= {"stirred"}
    assert _kept(database, bea) >= _OWN


def test_what_waits_to_be_told_to_others_loses_the_words_about_them(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, bea = people
    said = Reply(blocks=(Paragraph(text="Ada Reyes commented on your set."),))
    with unit:
        unit.gathered.add(replace(news(bea, "about"), reply=said))
        unit.erasure.erase(ada, at=NOW)
        unit.gathered.take(["about", f"news:{bea.id}"], message="digest", at=NOW)
        told = {one.key: str(one.reply) for one in unit.gathered.told_by("digest")}

    assert "Ada" not in told["about"]
    assert "erased" in told["about"]
    assert "News" in told[f"news:{bea.id}"]


def test_a_private_calendar_opens_no_more(unit: UnitOfWork, people: tuple[Person, Person]) -> None:
    ada, bea = people
    with unit:
        unit.erasure.erase(ada, at=NOW)

        assert unit.feeds.owner(f"hash of {ada.id}") is None
        assert unit.feeds.owner(f"hash of {bea.id}") == bea
        assert unit.looks.due(now=later(99), limit=9) == (bea.id,)
