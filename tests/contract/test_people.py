"""People, their addresses, what they are enrolled for, and codes that connect an address."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.messages import Address
from bot.domain.people import Candidate
from bot.errors import Refused
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, enrolled, later, person

ADDRESS = Address(channel="talk", value="U1")


def test_a_person_is_found_by_email_number_and_name_in_any_case(unit: UnitOfWork) -> None:
    with unit:
        ada = unit.people.add("Ada  Éxample", email="Ada@Example.org", time_zone="UTC")

        for who in (
            "ADA@example.ORG",
            str(ada.id),
            f"#{ada.id}",
            " ada éXAMPLE ",
            "ada e\u0301xample",
        ):
            assert unit.people.find(who) == ada
        assert ada.name == "Ada  Éxample"


@pytest.mark.parametrize(
    "who", ["", "nobody", "Ad", "%", "0", "9" * 30, "²", "' OR 1=1 --", "ada@example.org'"]
)
def test_what_names_nobody_finds_nobody(unit: UnitOfWork, who: str) -> None:
    with unit:
        person(unit)

        assert unit.people.find(who) is None


def test_a_name_that_two_people_share_finds_neither(unit: UnitOfWork) -> None:
    with unit:
        first = unit.people.add("Ada", email="a@example.org", time_zone="UTC")
        unit.people.add("ada", email="b@example.org", time_zone="UTC")

        assert unit.people.find("Ada") is None
        assert unit.people.find("a@example.org") == first
        assert unit.people.count() == 2


def test_an_email_address_belongs_to_one_person(unit: UnitOfWork) -> None:
    with unit:
        unit.people.add("Ada", email="a@example.org", time_zone="UTC")
        with pytest.raises(Refused, match="somebody's address"):
            unit.people.add("Bea", email=" A@EXAMPLE.org", time_zone="UTC")

        assert unit.people.count() == 1


def test_only_a_connected_address_leads_to_a_person(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        assert unit.people.at(ADDRESS) is None

        unit.people.connect(ada, ADDRESS, at=NOW)
        unit.people.connect(ada, ADDRESS, at=later(1))
        assert unit.people.at(ADDRESS) == ada
        assert unit.people.at(Address(channel="mail", value="U1")) is None


def test_an_address_of_somebody_else_is_refused(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        unit.people.connect(ada, ADDRESS, at=NOW)
        with pytest.raises(Refused, match="somebody else"):
            unit.people.connect(bea, ADDRESS, at=NOW)

        assert unit.people.at(ADDRESS) == ada


def test_an_address_that_was_lost_comes_back_to_whoever_lost_it(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.people.connect(ada, ADDRESS, at=NOW)
        unit.people.disconnect(ADDRESS, lost=True)
        unit.commit()
    with unit:
        assert unit.people.at(ADDRESS) is None

        assert unit.people.restore(ADDRESS, at=later(1)) == ada
        assert unit.people.restore(ADDRESS, at=later(2)) is None
        assert [one.since for one in unit.people.proved(ada)] == [later(1)]


def test_an_address_is_lost_and_comes_back_as_often_as_it_is(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.people.connect(ada, ADDRESS, at=NOW)
        for _ in range(2):
            unit.people.disconnect(ADDRESS, lost=True)
            assert unit.people.restore(ADDRESS, at=later(1)) == ada


@pytest.mark.parametrize("lost_before", [False, True])
def test_an_address_that_its_person_disconnected_stays_so(
    unit: UnitOfWork, *, lost_before: bool
) -> None:
    with unit:
        ada = person(unit)
        unit.people.connect(ada, ADDRESS, at=NOW)
        if lost_before:
            unit.people.disconnect(ADDRESS, lost=True)
            unit.people.restore(ADDRESS, at=NOW)
        unit.people.disconnect(ADDRESS)

        assert unit.people.restore(ADDRESS, at=later(1)) is None


def test_a_lost_address_that_somebody_else_took_never_comes_back(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        unit.people.connect(ada, ADDRESS, at=NOW)
        unit.people.disconnect(ADDRESS, lost=True)
        unit.people.connect(bea, ADDRESS, at=NOW)

        assert unit.people.restore(ADDRESS, at=later(1)) is None
        unit.people.disconnect(ADDRESS)
        assert unit.people.restore(ADDRESS, at=later(1)) is None


def test_of_two_who_lost_an_address_the_last_one_gets_it_back(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        for one in (ada, bea):
            unit.people.connect(one, ADDRESS, at=NOW)
            unit.people.disconnect(ADDRESS, lost=True)

        assert unit.people.restore(ADDRESS, at=later(1)) == bea


def test_what_was_never_anybodys_or_is_an_erased_persons_comes_back_to_nobody(
    unit: UnitOfWork,
) -> None:
    with unit:
        assert unit.people.restore(ADDRESS, at=NOW) is None

        ada = person(unit)
        unit.people.connect(ada, ADDRESS, at=NOW)
        unit.people.disconnect(ADDRESS, lost=True)
        unit.erasure.erase(ada, at=NOW)
        assert unit.people.restore(ADDRESS, at=later(1)) is None


def test_a_candidate_keeps_dates_and_electives_in_order(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        assert unit.people.candidate(ada) is None
        enrolled(unit, ada, "Z", "A", "Z")

        assert unit.people.candidate(ada) == Candidate(
            person=ada,
            enrolled_on=date(2026, 1, 1),
            subscription_ends=date(2028, 1, 1),
            electives=("Z", "A"),
        )


def test_a_candidate_may_have_chosen_nothing_yet(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        enrolled(unit, ada)
        candidate = unit.people.candidate(ada)

    assert candidate is not None
    assert candidate.electives == ()


def test_enrolling_twice_is_refused_and_changes_nothing(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        enrolled(unit, ada, "A")
        with pytest.raises(Refused, match="candidate already"):
            enrolled(unit, ada, "B")
        candidate = unit.people.candidate(ada)

    assert candidate is not None
    assert candidate.electives == ("A",)


def test_a_code_is_redeemed_once(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.links.issue(ada, code_hash="h1", expires=later(60))

        assert unit.links.redeem("other", now=NOW) is None
        assert unit.links.redeem("h1", now=later(59)) == ada
        assert unit.links.redeem("h1", now=later(59)) is None


def test_an_expired_code_is_worth_nothing(unit: UnitOfWork) -> None:
    with unit:
        unit.links.issue(person(unit), code_hash="h1", expires=later(60))

        assert unit.links.redeem("h1", now=later(60)) is None


def test_a_code_that_was_given_out_before_is_refused(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        unit.links.issue(ada, code_hash="h1", expires=later(60))
        with pytest.raises(Refused, match="another"):
            unit.links.issue(bea, code_hash="h1", expires=later(60))

        assert unit.links.redeem("h1", now=NOW) == ada


def test_of_two_that_redeem_a_code_at_once_one_gets_it(shared: Callable[[], UnitOfWork]) -> None:
    with shared() as unit:
        ada = person(unit)
        unit.links.issue(ada, code_hash="h1", expires=later(60))
        unit.commit()
    got: list[bool] = []

    def redeem() -> None:
        with shared() as own:
            got.append(own.links.redeem("h1", now=NOW) is not None)
            own.commit()

    threads = [threading.Thread(target=redeem) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == [False, True]


def test_a_candidates_dates_are_moved_and_the_electives_stay(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        enrolled(unit, ada, "A")
        begun, ends = date(2026, 2, 1), date(2031, 2, 1)

        unit.people.move(ada, enrolled_on=begun, subscription_ends=ends)

        assert unit.people.candidate(ada) == Candidate(
            person=ada, enrolled_on=begun, subscription_ends=ends, electives=("A",)
        )
