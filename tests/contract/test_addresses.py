"""Addresses with their times, codes that are void, and codes that no other address is told."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.codes import KEY
from bot.domain.messages import Address
from bot.domain.people import Proved
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later, outbound, person

OLD = Address(channel="talk", value="ada")
NEW = Address(channel="mail", value="ada@example.org")


def test_addresses_tell_since_when_they_are_trusted_the_newest_first(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.people.connect(ada, OLD, at=NOW)
        unit.people.connect(ada, NEW, at=later(5))
        unit.people.connect(ada, OLD, at=later(9))

        assert unit.people.proved(ada) == (
            Proved(address=NEW, since=later(5)),
            Proved(address=OLD, since=NOW),
        )
        unit.people.disconnect(NEW)
        assert [one.address for one in unit.people.proved(ada)] == [OLD]


def test_a_void_code_connects_nothing_and_others_codes_stay(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "bea@example.org")
        unit.links.issue(ada, code_hash="a", expires=later(30))
        unit.links.issue(bea, code_hash="b", expires=later(30))

        unit.links.void(ada, at=NOW)

        assert unit.links.redeem("a", now=later(1)) is None
        assert unit.links.redeem("b", now=later(1)) == bea
        assert unit.links.issued(ada, since=NOW) == 1


def test_a_message_that_tells_a_code_goes_to_no_other_address(unit: UnitOfWork) -> None:
    with unit:
        unit.outbox.add(outbound(f"{KEY}1"), due=NOW)
        unit.outbox.add(replace(outbound("2"), to=OLD), due=NOW)

        assert unit.outbox.redirect(OLD, NEW) == 1

        claimed = unit.outbox.claim(now=later(1), lease_seconds=60, channels=["talk"])
        assert claimed is not None
        assert (claimed.item.key, claimed.item.to) == (f"{KEY}1", OLD)
