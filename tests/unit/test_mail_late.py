"""A mail that may arrive still speaks against no address."""

from __future__ import annotations

import pytest

from channels.email.intake.returning import note_returned
from channels.email.intake.understanding import Returned
from channels.email.kinds.kind import Failure
from tests.glass import Glass
from tests.judged import bounce, judged

LATE = Failure(address="ada@example.org", hard=False, delayed=True, why="4.4.7")
FULL = Failure(address="bea@example.org", hard=False, why="4.2.2")


def test_what_is_only_late_is_not_noted() -> None:
    glass = Glass()
    tag = "0123456789abcdef0123"

    note_returned(glass, Returned(failures=(LATE,), receipts=(tag,), tag=tag))
    assert glass.bounces == []

    note_returned(glass, Returned(failures=(LATE, FULL), receipts=(tag,), tag=tag))
    assert [noted[0] for noted in glass.bounces] == ["bea@example.org"]


@pytest.mark.parametrize(
    "system", ["gmail-delayed", "postfix-delayed", "sendmail-warning", "exim-warning"]
)
def test_a_warning_that_a_mail_is_late_is_known_as_such(system: str) -> None:
    (failure,) = judged(bounce(system)).failures

    assert failure.delayed


@pytest.mark.parametrize("system", ["postfix-full", "postfix", "exim", "qmail"])
def test_what_came_back_for_good_is_not_late(system: str) -> None:
    (failure,) = judged(bounce(system)).failures

    assert not failure.delayed
