"""For how long an address is left alone from which messages came back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.bouncing import HARD_FOR, MOST_SOFT, SOFT_FOR, SOFT_WITHIN, Bounce, avoided_until

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def soft(*days: float) -> list[Bounce]:
    """Soft bounces on those days."""
    return [Bounce(hard=False, at=NOW + day * DAY) for day in days]


def test_nothing_speaks_against_an_address_from_which_nothing_came_back() -> None:
    assert avoided_until([]) is None


def test_an_address_where_nobody_is_is_avoided_at_once() -> None:
    assert avoided_until([Bounce(hard=True, at=NOW)]) == NOW + HARD_FOR


def test_a_full_mailbox_is_tried_again_until_it_came_back_several_times_in_a_row() -> None:
    assert avoided_until(soft(0, 1)) is None
    assert avoided_until(soft(0, 1, 2)) == NOW + 2 * DAY + SOFT_FOR
    assert avoided_until(soft(2, 0, 1)) == NOW + 2 * DAY + SOFT_FOR


def test_soft_bounces_far_apart_are_nothing() -> None:
    assert avoided_until(soft(0, 4, 8)) is None
    assert avoided_until(soft(0, 4, 8, 10)) == NOW + 10 * DAY + SOFT_FOR


class BouncingMachine(RuleBasedStateMachine):
    """Messages come back, time goes by, and now and then somebody writes from there."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.known: list[Bounce] = []

    @rule(hard=st.booleans())
    def comes_back(self, hard: bool) -> None:
        """One more."""
        before = avoided_until(self.known)
        self.known.append(Bounce(hard=hard, at=self.now))
        after = avoided_until(self.known)
        assert before is None or (after is not None and after >= before)
        assert not hard or after == self.now + HARD_FOR or after == before

    @rule(hours=st.integers(1, 24 * 10))
    def time_goes_by(self, hours: int) -> None:
        """Nothing changes by itself but that rests end."""
        self.now += timedelta(hours=hours)

    @rule()
    def somebody_writes(self) -> None:
        """All is forgotten."""
        self.known.clear()

    @invariant()
    def rests_only_for_a_reason_and_never_for_long(self) -> None:
        """Every rest has its bounces, and ends."""
        until = avoided_until(self.known)
        lately = [one for one in self.known if not one.hard]
        if until is None:
            assert not any(one.hard for one in self.known)
            return
        assert until <= self.now + HARD_FOR
        assert any(one.hard for one in self.known) or len(lately) >= MOST_SOFT

    @invariant()
    def many_at_once_are_never_overlooked(self) -> None:
        """As many as it takes within the time always count."""
        lately = [one for one in self.known if not one.hard and one.at >= self.now - SOFT_WITHIN]
        if len(lately) >= MOST_SOFT:
            until = avoided_until(self.known)
            assert until is not None
            assert until >= max(one.at for one in lately) + SOFT_FOR


TestBouncing = BouncingMachine.TestCase
