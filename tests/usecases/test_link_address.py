"""One-time codes that connect an address to a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.codes import LENGTH, LETTERS
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.errors import Refused
from bot.usecases.link_address import VALID, issue_code, redeem_code
from tests.cast import ADA, BEA
from tests.desk import House

PHONE = Address(channel="memory", value="phone")


def person(house: House, email: str) -> Person:
    """Somebody who is enrolled."""
    with house.transaction() as uow:
        found = uow.people.find(email)
    assert found is not None
    return found


def issue(house: House, email: str = ADA.email) -> str:
    """A new code."""
    whose = person(house, email)
    with house.transaction() as uow:
        code = issue_code(uow, whose, now=house.clock())
        uow.commit()
    return code


def redeem(house: House, code: str, address: Address = PHONE) -> str:
    """Whose the address is now."""
    with house.transaction() as uow:
        found = redeem_code(uow, code, address, now=house.clock())
        uow.commit()
    return found.email


def owner(house: House, address: Address = PHONE) -> Person | None:
    """Whose the address is."""
    with house.transaction() as uow:
        return uow.people.at(address)


def test_codes_differ_and_are_hard_to_misread_or_guess(home: House) -> None:
    codes = {issue(home) for _ in range(20)}

    assert len(codes) == 20
    assert all(len(code.replace("-", "")) == LENGTH for code in codes)
    assert not set("01IO") & set(LETTERS)
    assert len(LETTERS) ** LENGTH > 10**11


def test_a_code_may_be_typed_in_small_letters_and_without_its_dash(home: House) -> None:
    typed = issue(home).replace("-", " ").lower()

    assert redeem(home, typed) == ADA.email
    assert owner(home) == person(home, ADA.email)


def test_a_code_works_until_its_last_second(home: House) -> None:
    late, too_late = issue(home), issue(home)

    home.clock.forward(VALID - timedelta(seconds=1))
    assert redeem(home, late) == ADA.email

    home.clock.forward(timedelta(seconds=1))
    with pytest.raises(Refused, match="too old"):
        redeem(home, too_late, Address(channel="memory", value="tablet"))


def test_a_code_works_once(home: House) -> None:
    code = issue(home)
    redeem(home, code)

    with pytest.raises(Refused, match="used"):
        redeem(home, code, Address(channel="memory", value="tablet"))


@pytest.mark.parametrize("code", ["", "AAAA-BBBB", "-- --", "a'; drop table links; --"])
def test_a_code_that_was_never_issued_connects_nothing(home: House, code: str) -> None:
    issue(home)

    with pytest.raises(Refused, match="wrong"):
        redeem(home, code)
    assert owner(home) is None


def test_an_address_that_is_connected_spends_no_code(home: House) -> None:
    redeem(home, issue(home))
    code = issue(home, BEA.email)

    with pytest.raises(Refused, match="the code was not used"):
        redeem(home, code)

    assert owner(home) == person(home, ADA.email)
    assert redeem(home, code, Address(channel="memory", value="tablet")) == BEA.email
