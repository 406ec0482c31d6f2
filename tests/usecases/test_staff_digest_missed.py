"""The staff read who lost what they have to be told, in words that are not about the staff."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.notices.notice import Ending, Noted
from bot.phrases.missed_notices import of_them
from tests.broadcasting import crowd
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.reviewed import staffed

DUE = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled, and Sal is of staff."""
    staffed(home)
    return home


def missed(house: House, kind: str, email: str, *, due: datetime = DUE) -> None:
    """What could not be said to somebody."""
    with house.transaction() as uow:
        person = uow.people.find(email)
        assert person
        lost = Noted(
            key=f"{kind}:{person.id}:{due}",
            person_id=person.id,
            kind=kind,
            matter=f"{kind}-secret",
            due=due,
            at=house.clock(),
            ending=Ending.MISSED,
        )
        uow.notices.note([lost])
        uow.commit()


def told(house: House) -> str:
    """What Sal reads."""
    return house.say(SAL[1], "staff digest")


def test_who_lost_the_word_of_an_end_is_named_with_its_day_and_what_to_do(office: House) -> None:
    missed(office, "expiry", BEA.email)
    missed(office, "expiry", ADA.email, due=DUE - timedelta(days=1))
    missed(office, "expiry", ADA.email)

    said = told(office)

    assert "the end of your" not in said
    assert (
        "- the end of their subscription: Ada Reyes (was due Friday, 20 November 2026), "
        "Bea Okafor (was due Saturday, 21 November 2026)"
    ) in said
    assert "write to those who are named" in said
    assert "carrel timeline" in said


def test_own_reminders_are_counted_without_a_name_or_a_word(office: House) -> None:
    missed(office, "reminder", ADA.email)

    said = told(office)

    assert "- reminders that they set themselves: 1" in said
    assert "Ada Reyes" not in said
    assert "secret" not in said
    assert "write to those" not in said


def test_of_many_five_are_named_and_the_others_counted(office: House) -> None:
    crowd(office, 8)
    for number in range(8):
        missed(office, "expiry", f"cal{number}@example.org")

    said = told(office)

    assert said.count("(was due") == 5
    assert "and 3 more" in said


@pytest.mark.parametrize(
    ("title", "theirs"),
    [
        ("reminders that you set yourself", "reminders that they set themselves"),
        ("records that somebody shares with you", "records that somebody shares with them"),
        ("how an appeal of yours stands", "how an appeal of theirs stands"),
        ("what a review asked for", "what a review asked for"),
    ],
)
def test_a_title_is_told_of_those_it_is_about(title: str, theirs: str) -> None:
    assert of_them(title) == theirs
