"""What an owner says on a share is not told to a mentor by whom nothing is seen any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import ADA, MIA
from tests.desk import House

PRIVATE = "my secret thought"


@pytest.fixture
def shared(home: House) -> House:
    """Ada shares Technology with Mia, who has one message a day."""
    home.appoint(*MIA)
    home.say(ADA.email, f"share Technology with {MIA[1]} for 3 days")
    home.say(MIA[1], "digest daily")
    return home


def told_later(house: House, **by: float) -> list[str]:
    """What Mia is told after that time."""
    before = len(house.heard(MIA[1]))
    house.clock.forward(timedelta(**by))
    house.sweep()
    return house.heard(MIA[1])[before:]


def test_the_owners_words_are_told_while_it_is_shared(shared: House) -> None:
    shared.say(ADA.email, f"comment share 1: {PRIVATE}")

    assert PRIVATE in "".join(told_later(shared, days=1))


def test_they_are_not_once_the_share_was_ended_but_that_it_was_is(shared: House) -> None:
    shared.say(ADA.email, f"comment share 1: {PRIVATE}")
    shared.say(ADA.email, "unshare 1")
    told = "".join(told_later(shared, days=1))

    assert PRIVATE not in told
    assert "has ended share 1" in told


def test_they_are_told_by_a_later_share_of_the_same(shared: House) -> None:
    shared.say(ADA.email, f"comment share 1: {PRIVATE}")
    shared.say(ADA.email, f"share Technology with {MIA[1]} for 30 days")

    assert PRIVATE in "".join(told_later(shared, days=1))


def test_a_mentors_words_reach_the_owner_all_the_same(shared: House) -> None:
    shared.say(ADA.email, "digest daily")
    shared.say(MIA[1], f"comment share 1: {PRIVATE}")
    shared.say(ADA.email, "unshare 1")
    told_later(shared, days=1)

    assert PRIVATE in shared.heard(ADA.email)[-1]
