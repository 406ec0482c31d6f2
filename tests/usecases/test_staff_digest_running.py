"""The staff's digest tells of every broadcast that is under way, however old it is."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.notices.broadcast import BroadcastState
from tests.broadcasting import stored
from tests.cast import SAL
from tests.desk import House
from tests.reviewed import staffed


def test_one_is_told_behind_many_newer_drafts(home: House) -> None:
    staffed(home)
    home.say(SAL[1], "broadcast to candidates: Be there.")
    home.say(SAL[1], "send broadcast 1")
    draft = replace(stored(home, 1), state=BroadcastState.DRAFT)
    with home.transaction() as uow:
        for _ in range(201):
            uow.broadcasts.add(draft, [])
        uow.commit()

    assert "- Broadcast 1 to all candidates: Of 2 people" in home.say(SAL[1], "staff digest")
