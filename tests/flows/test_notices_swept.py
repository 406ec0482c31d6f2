"""Notices by the clock, from the sweep to the person: in time, once, and no more than is wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import text, update

from bot.app import Knowledge
from bot.domain.messages import Choice, Paragraph, Reply
from bot.domain.notices.happenings import COMMENTS
from bot.domain.notices.notice import Ending
from bot.domain.notices.situation import Gathered
from bot.domain.notices.wishes import Cadence, Quiet, Wishes
from bot.domain.people import Person
from bot.phrases.kinds import DIGEST
from bot.usecases.sweep_fewer import LATER
from bot.usecases.sweep_notices import Swept
from storage.tables import candidates
from tests.cast import ADA, BEA
from tests.crowds import EXPIRY, IDLE, speaking
from tests.desk import House
from tests.flows.soon import ENDS, SOON, TRULY, at, books, fresh, nine
from tests.logged import Kept


@pytest.fixture
def ada(house: House) -> Person:
    """Ada, whose subscription ends in January; she heard on enrolment that this is near."""
    person = house.enrol(SOON).person
    house.sweep()
    assert len(house.heard(ADA.email)) == 1
    return person


def test_it_is_said_at_nine_where_she_lives_and_once(house: House, ada: Person) -> None:
    at(house, 2026, 12, 16, 14, 59)
    assert fresh(house) == []
    nine(house, -30)

    (said,) = fresh(house)

    assert said.startswith(TRULY.format(30))
    assert fresh(house) == []
    house.clock.forward(timedelta(days=1))
    assert fresh(house) == []


def test_it_offers_to_be_snoozed_and_the_button_works(house: House, ada: Person) -> None:
    nine(house, -30)
    fresh(house)
    snooze = next(choice for choice in house.choices() if choice.label.startswith("Snooze"))

    house.say(ADA.email, snooze.says)
    house.clock.forward(timedelta(days=2))
    assert fresh(house) == []
    house.clock.forward(timedelta(days=1, hours=1))

    (again,) = fresh(house)
    assert again.startswith(TRULY.format(27))


def test_after_a_week_of_outage_what_still_matters_is_said_once(house: House, ada: Person) -> None:
    nine(house, -30)
    house.sweep()
    nine(house, -8)  # then nothing runs for nine days
    house.sweep()
    at(house, 2027, 1, 17, 15, 10)

    swept = house.sweep()

    key = f"expiry:{ada.id}:{ENDS}"
    assert swept == Swept(looked=1, said=1, missed=3)
    assert books(house, ada).items() >= {
        (f"{key}:-7", Ending.MISSED),
        (f"{key}:-1", Ending.MISSED),
        (f"{key}:0", Ending.MISSED),
        (f"{key}:1", Ending.SAID),
    }
    with house.transaction() as uow:
        missed = uow.notices.missed(since=house.clock(), limit=9)
    assert {one.key for one in missed} == {f"{key}:-7", f"{key}:-1", f"{key}:0"}
    assert house.sweep() == Swept(looked=0)


def test_what_was_due_before_anybody_swept_counts_as_missed_by_nobody(house: House) -> None:
    ada = house.enrol(replace(ADA, subscription_ends=date(2026, 11, 25))).person

    house.sweep()

    assert list(books(house, ada).values()) == [Ending.SAID]


def test_what_can_wait_comes_in_one_digest(house: House, ada: Person) -> None:
    hear = Reply(
        blocks=(Paragraph(text="Mia commented."),), choices=(Choice(label="See", says="shared"),)
    )
    at(house, 2026, 11, 25, 18)
    with house.transaction() as uow:
        uow.wishes.put(ada, Wishes(cadence=Cadence.WEEKLY))
        uow.statements.save(ada, "technology", ("Words.",), at=house.clock())
        uow.commit()
    at(house, 2026, 12, 22, 20)
    with house.transaction() as uow:
        uow.gathered.add(
            Gathered(key="c1", person_id=ada.id, kind=COMMENTS, at=house.clock(), reply=hear)
        )
        uow.commit()
    before = [one for one in fresh(house) if "commented" in one]
    at(house, 2026, 12, 28, 14, 59)  # a Monday
    before += fresh(house)
    at(house, 2026, 12, 28, 15)

    (said,) = fresh(house)

    assert before == []
    assert "Mia commented." in said
    assert "Technology" in said
    digest = house.channel.sent[-1]
    assert digest.key.startswith(f"{DIGEST}:{ada.id}:2026-12-28T15:00Z:")
    assert [key.partition(":")[0] for key in digest.notices] == ["idle"]


def test_one_whose_notices_cannot_be_worked_out_holds_up_nobody(
    house: House, ada: Person, everything: Kept
) -> None:
    bea = house.enrol(replace(BEA, subscription_ends=ENDS)).person
    house.sweep()
    nine(house, -31)
    with house.database.engine.begin() as connection:
        lost = update(candidates).where(candidates.c.person_id == bea.id)
        connection.execute(lost.values(enrolled_on=text("'no day'")))
    nine(house, -30)

    assert len(fresh(house)) == 1
    assert [line for line in everything.lines if "could not be worked out" in line]

    with house.database.engine.begin() as connection:
        connection.execute(lost.values(enrolled_on=BEA.enrolled_on))
    house.clock.forward(LATER)
    house.sweep()
    assert [said.notices for said in house.channel.sent if said.to.value == BEA.email][-1] == (
        f"expiry:{bea.id}:{ENDS}:-30",
    )


def test_what_ended_while_it_could_not_be_worked_out_is_noted_as_missed(
    house: House, ada: Person
) -> None:
    nine(house, -8)
    house.sweep()
    own = update(candidates).where(candidates.c.person_id == ada.id)
    with house.database.engine.begin() as connection:
        connection.execute(own.values(enrolled_on=text("'no day'")))
    house.sweep()
    nine(house, -2)
    house.sweep()
    nine(house, 0)
    house.clock.forward(timedelta(minutes=30))
    house.sweep()

    with house.database.engine.begin() as connection:
        connection.execute(own.values(enrolled_on=SOON.enrolled_on))
    (said,) = fresh(house)

    assert "ends today" in said
    key = f"expiry:{ada.id}:{ENDS}"
    kept = books(house, ada)
    assert kept[f"{key}:-7"] is kept[f"{key}:-1"] is Ending.MISSED
    assert house.sweep() == Swept(looked=0)


def test_other_rules_are_looked_at_for_everybody(
    house: House, ada: Person, knowledge: Knowledge
) -> None:
    nine(house, -20)
    house.sweep()
    assert house.sweep().looked == 0
    near = replace(EXPIRY, leads=(replace(EXPIRY.leads[0], days=-21),))
    program = speaking(knowledge.pack.program, near, IDLE, mark="another")
    house.desk = replace(house.desk, program=program)

    assert house.sweep() == Swept(looked=1, said=1)


def test_quiet_hours_of_ones_own_are_kept(house: House, ada: Person) -> None:
    with house.transaction() as uow:
        uow.wishes.put(ada, Wishes(quiet=Quiet(begins=time(8), ends=time(16))))
        uow.commit()
    nine(house, -30)
    assert fresh(house) == []

    house.clock.forward(timedelta(hours=7))  # four in the afternoon

    assert len(fresh(house)) == 1
