"""What people choose and write: electives, routes, roles, statements."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.messages import Address
from bot.domain.rights import Role
from bot.domain.rules import Route
from bot.domain.statement import Writing
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, enrolled, later, person
from tests.contract.reviewing import at_once


def test_a_person_is_found_by_number(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)

        assert unit.people.get(ada.id) == ada
        assert unit.people.get(ada.id + 1) is None


def test_electives_chosen_anew_stand_in_place_of_the_old_ones(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        enrolled(unit, ada, "A", "B")
        enrolled(unit, bea, "A")
        unit.people.choose(ada, ("C", "A", "C"))
        chosen = [unit.people.candidate(one) for one in (ada, bea)]

    assert [one.electives for one in chosen if one] == [("C", "A"), ("A",)]


def test_all_electives_may_be_taken_back(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        enrolled(unit, ada, "A", "B")
        unit.people.choose(ada, ())
        candidate = unit.people.candidate(ada)

    assert candidate is not None
    assert candidate.electives == ()


def test_the_newest_address_of_a_person_comes_first(unit: UnitOfWork) -> None:
    addresses = [Address(channel=channel, value="ada") for channel in ("talk", "mail", "chat")]
    with unit:
        ada = person(unit)
        for n, address in enumerate(addresses):
            unit.people.connect(ada, address, at=later(n))
        unit.people.connect(person(unit, "Bea"), Address(channel="talk", value="bea"), at=NOW)

        assert unit.people.addresses(ada) == tuple(reversed(addresses))


def test_a_route_chosen_anew_replaces_the_old_one(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        assert unit.routes.of(ada) == {}
        unit.routes.choose(ada, "A", Route.COURSE)
        unit.routes.choose(ada, "B", Route.COURSE)
        unit.routes.choose(ada, "A", Route.PORTFOLIO)

        assert unit.routes.of(ada) == {"A": Route.PORTFOLIO, "B": Route.COURSE}
        assert unit.routes.of(person(unit, "Bea")) == {}


def test_a_role_is_granted_and_taken_away_once(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        assert unit.roles.of(ada) == frozenset()

        assert unit.roles.grant(ada, Role.STAFF, at=NOW)
        assert not unit.roles.grant(ada, Role.STAFF, at=later(1))
        assert unit.roles.grant(ada, Role.REVIEWER, at=NOW)
        assert unit.roles.of(ada) == {Role.STAFF, Role.REVIEWER}
        assert unit.roles.revoke(ada, Role.STAFF)
        assert not unit.roles.revoke(ada, Role.STAFF)
        assert unit.roles.of(ada) == {Role.REVIEWER}


def test_holders_of_any_of_the_roles_come_once_by_number(unit: UnitOfWork) -> None:
    with unit:
        ada, bea, carl = (person(unit, name) for name in ("Ada", "Bea", "Carl"))
        for someone, role in (
            (carl, Role.STAFF),
            (ada, Role.ADMIN),
            (ada, Role.STAFF),
            (bea, Role.REVIEWER),
        ):
            unit.roles.grant(someone, role, at=NOW)

        assert unit.roles.holders([Role.STAFF, Role.ADMIN]) == (ada, carl)
        assert (bea.id, "reviewer") in unit.roles.granted()
        assert len(unit.roles.granted()) == 4
        assert unit.roles.holders([]) == ()


def test_every_version_of_a_statement_stays(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first = unit.statements.save(ada, "A", ["One."], at=NOW)
        other = unit.statements.save(ada, "B", [], at=later(1))
        second = unit.statements.save(ada, "A", ("One.", "Two."), at=later(2))

        assert [each.number for each in (first, other, second)] == [1, 1, 2]
        assert second.paragraphs == ("One.", "Two.")
        assert unit.statements.versions(ada, "A") == (first, second)
        assert unit.statements.all(ada) == (first, other, second)
        assert unit.statements.all(person(unit, "Bea")) == ()


def test_versions_written_at_once_have_numbers_of_their_own(
    shared: Callable[[], UnitOfWork],
) -> None:
    with shared() as unit:
        ada = person(unit)
        unit.commit()

    def write(number: int) -> int:
        with shared() as own:
            made = own.statements.save(ada, "A", [str(number)], at=NOW)
            own.commit()
        return made.number

    assert sorted(at_once(write)) == [1, 2, 3, 4]


def test_one_statement_is_written_in_a_conversation(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        assert unit.statements.writing("talk:ada") is None
        unit.statements.write("talk:ada", ada, "A")
        unit.statements.write("talk:ada", ada, "B")
        unit.statements.write("talk:bea", bea, "C")
        assert unit.statements.writing("talk:ada") == Writing(person_id=ada.id, set_id="B")

        unit.statements.stop_writing("talk:ada")
        unit.statements.stop_writing("talk:ada")
        assert unit.statements.writing("talk:ada") is None
        assert unit.statements.writing("talk:bea") == Writing(person_id=bea.id, set_id="C")


def test_whoever_begins_to_write_last_in_a_conversation_writes_there(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        unit.statements.write("talk:both", ada, "A")
        unit.statements.write("talk:both", bea, "A")
        assert unit.statements.writing("talk:both") == Writing(person_id=bea.id, set_id="A")
