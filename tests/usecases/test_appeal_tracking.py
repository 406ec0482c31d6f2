"""Staff track an appeal: the committees' steps, its end, and who may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.errors import Refused
from bot.usecases.appeal_step import keep_case, stored_case
from tests.cast import ADA, ADE, BEA, REV, SAL
from tests.desk import House
from tests.reviewed import appeal_of, appealable, begin_appeal, reply, trail


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, who can appeal against the decision on submission 1."""
    return appealable(house)


def later(house: House, days: int) -> None:
    house.clock.forward(timedelta(days=days))


def test_reasons_after_their_day_are_refused_and_staff_can_close_it(
    house: House, ada: Candidate
) -> None:
    begin_appeal(house)
    later(house, 31)

    said = reply(house, ADA.email, "reasons filed appeal 1: Here they are.")
    assert "“Documents with the reasons” was 21 December 2026" in said
    assert "was missed" in reply(house, SAL[1], "appeals")
    reply(house, SAL[1], "appeal result 1 upheld: The last day was missed.")
    assert appeal_of(house).result == "upheld"


def test_an_appeal_runs_to_its_result(house: House, ada: Candidate) -> None:
    begin_appeal(house)
    later(house, 3)
    said = reply(house, ADA.email, "reasons filed appeal 1: Sent by mail.")
    assert "due by 24 December 2026 (in 30 days)" in said
    assert "Sent by mail." in house.heard(SAL[1])[-1]

    later(house, 10)
    reply(house, SAL[1], "appeal step 1 response on 2026-12-02: None will come.")
    assert "None will come." in house.heard(ADA.email)[-1]
    assert "due by 1 January 2027" in house.heard(ADA.email)[-1]
    assert "Meeting on the appeal" in reply(house, ADE[1], "appeals")
    reply(house, ADE[1], "appeal step 1 meeting")
    reply(house, ADE[1], "appeal result 1 returned: Look at TECH-3 again.")

    last = house.heard(ADA.email)[-1]
    assert "has ended: returned to the committee" in last
    assert "Look at TECH-3 again." in last
    assert "returned to the committee" in reply(house, ADA.email, "my appeals")
    assert reply(house, SAL[1], "appeals") == "No appeal is open."
    assert "has ended" in reply(house, SAL[1], "appeal result 1 upheld: No.")
    shown = reply(house, SAL[1], "appeal case 1")
    assert "response: Response, or notice that none will come" in shown
    assert trail(house)[-1].action == "read-appeal"


def test_staff_record_no_step_of_tomorrow_and_none_of_the_candidates(
    house: House, ada: Candidate
) -> None:
    begin_appeal(house)
    assert "no step reasons for you" in reply(house, SAL[1], "appeal step 1 reasons")
    reply(house, ADA.email, "reasons filed appeal 1")

    for said in ("2026-11-22", "2026-11-20"):
        assert "name a day" in reply(house, SAL[1], f"appeal step 1 response on {said}: So.")
    assert "no day 2026-13-01" in reply(house, SAL[1], "appeal step 1 response on 2026-13-01")
    assert "no step nonsense" in reply(house, SAL[1], "appeal step 1 nonsense")
    assert len(appeal_of(house).taken) == 2


@pytest.mark.parametrize(
    "text", ["appeals", "appeal case {}", "appeal step {} response: So", "appeal result {} up: So"]
)
def test_only_staff_track_appeals_and_never_their_own(
    house: House, ada: Candidate, text: str
) -> None:
    begin_appeal(house)
    house.appoint(ADA.name, ADA.email, Role.STAFF)
    before = appeal_of(house), len(trail(house))

    for who in (BEA.email, REV[1]):
        theirs, nobodys = (reply(house, who, text.format(n)) for n in (1, 7))
        assert theirs == nobodys
        assert "Ada" not in theirs
    own = reply(house, ADA.email, text.format(1))
    assert "a matter of your own" in own or own == "No appeal is open."
    assert (appeal_of(house), len(trail(house))) == before


def test_what_two_people_change_at_once_is_kept_once(house: House, ada: Candidate) -> None:
    begin_appeal(house)
    ade = house.appoint(*ADE)
    stale = appeal_of(house)
    reply(house, ADA.email, "reasons filed appeal 1")

    with house.transaction() as uow:
        case = stored_case(uow, house.desk.program, stale, now=house.clock())
        with pytest.raises(Refused, match="at the same moment"):
            keep_case(uow, case, stale, action="appeal-x", by=ade, now=house.clock())
