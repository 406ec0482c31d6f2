"""Whatever happens while a broadcast is sent, nobody gets it twice and nobody is forgotten."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import Knowledge
from bot.domain.notices.broadcast import BroadcastState
from bot.usecases.send_broadcast import send_some
from tests.broadcasting import SECOND, all_sent, crowd, keys, sends, stored
from tests.cast import SAL
from tests.desk import House
from tests.reviewed import staffed

PEOPLE = 23
STEPS = ("a step", "a crash", "a second", "a minute", "what is due leaves", "sent again", "stopped")


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=25))
def test_each_person_gets_it_once_or_it_was_stopped(knowledge: Knowledge, steps: list[str]) -> None:
    with TemporaryDirectory() as folder:
        house = House(knowledge, Path(folder))
        begin(house)
        for step in steps:
            do(house, step)
        all_sent(house, seconds=30)
        check(house, stopped="stopped" in steps)
        house.database.close()


def begin(house: House) -> None:
    """A broadcast to all candidates is confirmed."""
    staffed(house)
    crowd(house, PEOPLE)
    house.say(SAL[1], "broadcast to candidates: Be there.")
    house.say(SAL[1], "send broadcast 1")


def do(house: House, step: str) -> None:
    """One thing that happens."""
    match step:
        case "a step":
            sends(house, rate=1)
        case "a crash":
            with house.transaction() as uow:
                send_some(uow, house.desk.program, now=house.clock(), rate=1)
        case "a second":
            house.clock.forward(SECOND)
        case "a minute":
            house.clock.forward(60 * SECOND)
        case "what is due leaves":
            house.drain()
        case "sent again":
            house.say(SAL[1], "send broadcast 1")
        case _:
            house.say(SAL[1], "cancel broadcast 1")


def check(house: House, *, stopped: bool) -> None:
    """Everybody once; where it was stopped nobody twice, and nothing waits."""
    found = list(keys(house, "broadcast:1:"))
    assert len(found) == len(set(found))
    with house.transaction() as uow:
        states = uow.broadcasts.outcomes(1)
    assert states.get("waiting", 0) == 0
    if stored(house, 1).state is BroadcastState.CANCELLED:
        assert stopped
        assert states.get("sent", 0) + states.get("unsent", 0) <= PEOPLE
    else:
        assert len(found) == states["sent"] == PEOPLE
