"""Entries of a calendar over time: what stays, counts on, goes out, and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notices.calendar import TOLD, Entry, revised, still_told

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ENDS = Entry(uid="a@carrel", title="Subscription ends", text="Say: pace.", day=date(2027, 1, 1))

entries = st.builds(
    Entry,
    uid=st.sampled_from(("a", "b", "c")),
    title=st.sampled_from(("One", "Two")),
    text=st.sampled_from(("this", "that")),
    day=st.dates(date(2026, 1, 1), date(2026, 1, 4)),
)
states = st.lists(entries, max_size=3, unique_by=lambda one: one.uid)
histories = st.lists(st.tuples(states, st.integers(0, 200)), max_size=8)


def only(found: Sequence[Entry]) -> Entry:
    """The only one."""
    (one,) = found
    return one


def test_a_new_entry_begins_at_nothing() -> None:
    assert only(revised((), (ENDS,), now=NOW)) == replace(ENDS, sequence=0, changed_at=NOW)


def test_what_did_not_change_stays_as_it_was() -> None:
    known = revised((), (ENDS,), now=NOW)

    assert revised(known, (ENDS,), now=LATER) == known


def test_a_moved_day_counts_on() -> None:
    known = revised((), (ENDS,), now=NOW)

    moved = only(revised(known, (replace(ENDS, day=date(2027, 7, 1)),), now=LATER))

    assert (moved.uid, moved.sequence, moved.changed_at) == (ENDS.uid, 1, LATER)


def test_other_words_on_what_to_do_are_no_other_deadline() -> None:
    known = revised((), (ENDS,), now=NOW)

    said = only(revised(known, (replace(ENDS, text="Say: next."),), now=LATER))

    assert (said.sequence, said.changed_at, said.text) == (0, LATER, "Say: next.")


def test_what_is_done_is_called_off_and_told_for_90_days() -> None:
    known = revised((), (ENDS,), now=NOW)

    off = revised(known, (), now=LATER)

    assert (only(off).cancelled, only(off).sequence) == (True, 1)
    assert revised(off, (), now=LATER + TOLD) == off
    assert still_told(off, now=LATER + TOLD - timedelta(seconds=1)) == off
    assert still_told(off, now=LATER + TOLD) == ()


def test_what_comes_back_counts_on_however_long_it_was_gone() -> None:
    off = revised(revised((), (ENDS,), now=NOW), (), now=LATER)

    back = only(revised(off, (ENDS,), now=LATER + 9 * TOLD))

    assert (back.cancelled, back.sequence) == (False, 2)


@given(histories)
def test_a_sequence_never_falls_and_rises_with_every_change_that_is_seen(
    history: list[tuple[list[Entry], int]],
) -> None:
    known: tuple[Entry, ...] = ()
    now = NOW
    for due, days in history:
        now += timedelta(days=days)
        before = {one.uid: one for one in known}
        known = revised(known, due, now=now)

        assert {one.uid for one in known if not one.cancelled} == {one.uid for one in due}
        assert before.keys() <= {one.uid for one in known}
        for one in known:
            old = before.get(one.uid, one)
            seen = (one.title, one.day, one.cancelled) != (old.title, old.day, old.cancelled)
            assert one.sequence == old.sequence + seen
            assert (one == old) == (one.changed_at == old.changed_at or one is old) or days == 0


@given(states)
def test_the_same_state_is_the_same_calendar(due: list[Entry]) -> None:
    known = revised((), due, now=NOW)

    assert revised(known, list(reversed(due)), now=LATER) == known
