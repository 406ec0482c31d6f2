"""When the next answer may be given, of so many within an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pacing import LONGEST, WITHIN, Answer, answer_at, half

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@given(
    most=st.integers(1, 5),
    asked=st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=40),
)
def test_no_hour_has_more_answers_than_it_may_and_half_of_them_for_anybody(
    most: int, asked: list[tuple[int, bool]]
) -> None:
    now, known = NOW, list[Answer]()
    for minutes, proved in asked:
        now += timedelta(minutes=minutes)
        given_since = [one for one in known if one.at > now - WITHIN]
        at = answer_at(given_since, most=most, now=now, proved=proved)
        if at is not None:
            assert now <= at <= now + LONGEST
            known.append(Answer(at=at, proved=proved))
    for one in known:
        within = [other for other in known if one.at <= other.at < one.at + WITHIN]
        assert len(within) <= most
        assert sum(not other.proved for other in within) <= half(most)


def test_what_anybody_wrote_leaves_the_other_half_to_the_owner() -> None:
    known: list[Answer] = []
    while (at := answer_at(known, most=4, now=NOW, proved=False)) is not None:
        known.append(Answer(at=at, proved=False))

    assert answer_at(known, most=4, now=NOW, proved=True) == NOW
