"""The words by which staff name a group, also as Carrel itself writes them."""

from __future__ import annotations

import pytest

from tests.broadcasting import stored
from tests.cast import ADA, DOT, SAL
from tests.desk import House
from tests.reviewed import staffed, submitted


@pytest.fixture
def office(home: House) -> House:
    """Ada, who submitted Technology, and Bea are enrolled; Sal is of staff."""
    staffed(home)
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        candidate = uow.people.candidate(person) if person else None
    assert candidate
    submitted(home, candidate, "technology")
    return home


@pytest.mark.parametrize(
    "said", ["set technology", "Set Technology", "the technology set", "set TECH"]
)
def test_a_set_is_known_with_and_without_that_word(office: House, said: str) -> None:
    told = office.say(SAL[1], f"broadcast to {said}: Hello.")

    assert "to those with Technology (1 person). Nothing is sent yet" in told
    assert stored(office, 1).group == "set technology"


@pytest.mark.parametrize("said", [f"person {ADA.email}", "person Ada Reyes", "Person Ada Reyes"])
def test_somebody_is_known_with_and_without_that_word(office: House, said: str) -> None:
    assert "to one person. Nothing is sent yet" in office.say(SAL[1], f"broadcast to {said}: Hi.")


@pytest.mark.parametrize("said", ["set bowling", "person technology", "person 99", f"person {DOT}"])
def test_what_is_neither_is_an_unknown_group(office: House, said: str) -> None:
    told = office.say(SAL[1], f"broadcast to {said}: Hello.")

    assert "I know no group" in told or "Technology" in told
    assert "to one person" not in told
