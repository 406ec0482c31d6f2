"""Whoever chooses UTC is in UTC; of whoever chose nothing no zone is known."""

from __future__ import annotations

from bot.domain.rights import Role
from tests.cast import SAL
from tests.desk import House

UNKNOWN = "I do not know your time zone"
REMIND = "remind me tomorrow at 9 about the queue"


def test_whoever_chose_utc_is_not_told_any_more_that_no_zone_is_known(house: House) -> None:
    sal = house.appoint(*SAL, Role.STAFF)
    assert UNKNOWN in house.say(SAL[1], REMIND)
    assert "live elsewhere" in house.say(SAL[1], "notices")

    assert "Your time zone is UTC: there it is" in house.say(SAL[1], "time zone UTC")
    told = house.say(SAL[1], REMIND)
    assert UNKNOWN not in told
    assert "at 09:00 (UTC)" in told
    shown = house.say(SAL[1], "notices")
    assert "Your time zone is UTC, where it is" in shown
    assert "live elsewhere" not in shown
    with house.transaction() as uow:
        (chosen,) = [e for e in uow.trail.entries() if e.action == "time-zone"]
    assert chosen.subject == f"person:{sal.id}"


def test_a_zone_that_was_chosen_twice_is_noted_once(house: House) -> None:
    house.appoint(*SAL, Role.STAFF)
    for zone in ("UTC", "utc", "Europe/Berlin", "Europe/Berlin"):
        house.say(SAL[1], f"time zone {zone}")
    with house.transaction() as uow:
        assert [e.action for e in uow.trail.entries()].count("time-zone") == 2
