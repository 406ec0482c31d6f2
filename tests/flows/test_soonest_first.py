"""Of several things that are told at once the day that comes first goes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.cast import ADA
from tests.desk import House
from tests.flows.soon import TRULY


def test_the_end_that_is_near_goes_before_the_limit_that_is_far(house: House) -> None:
    house.enrol(replace(ADA, enrolled_on=date(2024, 11, 15), subscription_ends=date(2026, 11, 28)))
    house.sweep()

    first, second = house.heard(ADA.email)

    assert first.startswith(TRULY.format(7))
    assert second.startswith("Your time for all sets ends in about 24 months")
