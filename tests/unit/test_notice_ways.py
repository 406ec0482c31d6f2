"""What a notice offers to do next fits what it is about."""

from __future__ import annotations

import pytest

from bot.app import Knowledge
from bot.domain.notices.kinds import Moment
from bot.domain.notices.plan import plan
from bot.phrases.notice_ways import ways
from handlers.routes import ROUTES
from tests.noticed import fresh


@pytest.mark.parametrize(
    ("moment", "left", "says"),
    [
        (
            Moment.SUBSCRIPTION_ENDS,
            -3,
            "ask staff: My subscription has ended. What is possible now?",
        ),
        (
            Moment.TIME_LIMIT,
            -3,
            "ask staff: The time limit for all sets has passed. What is possible now?",
        ),
        (Moment.TIME_LIMIT, 0, "ready"),
    ],
)
def test_what_the_staff_are_asked_names_what_is_over(
    knowledge: Knowledge, moment: Moment, left: int, says: str
) -> None:
    program = knowledge.pack.program
    notice = next(one for one in plan(program, fresh()) if one.kind == "time-limit")
    offered = ways(program, notice, moment=moment, left=left)

    assert offered[0].says == says
    assert any(route.pattern.fullmatch(says) for route in ROUTES)
