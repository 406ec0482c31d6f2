"""Whatever is said, it is taken apart or it is not: nothing raises, and nothing goes lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.when.outcome import FARTHEST, Either, When
from bot.domain.when.resolve import resolved
from bot.domain.when.scan import whole
from bot.domain.when.sentence import asked
from bot.domain.when.stamp import instant_at, stamp_of
from bot.knowledge.dates import when
from tests.unit.when.saying import USUAL
from tests.unit.when.test_times_in_words import ALL

ZONES = ("UTC", "America/Chicago", "Europe/Paris", "Australia/Lord_Howe", "Pacific/Apia")
WORDS = sorted({word for said in ALL if len(said) < 80 for word in said.split()})
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
zones = st.sampled_from(ZONES).map(ZoneInfo)
seconds = st.integers(min_value=1_577_836_800, max_value=3_786_912_000)  # 2020 to 2090
instants = seconds.map(lambda at: datetime.fromtimestamp(at, UTC))


@given(words, instants, zones)
def test_words_in_any_order_give_a_time_within_reach_or_none(
    said: str, now: datetime, zone: ZoneInfo
) -> None:
    draft = whole(said)

    found = resolved(draft, now=now, zone=zone, usual=USUAL) if draft else None

    match found:
        case When():
            assert now < found.at <= now + FARTHEST
            assert all(now < at <= now + FARTHEST for at in found.others)
            assert found.at.utcoffset() == timedelta()
        case Either():
            assert now < found.first < found.second


@given(st.text(max_size=700) | words, instants, zones)
def test_any_text_is_taken_apart(said: str, now: datetime, zone: ZoneInfo) -> None:
    found = asked(said)

    assert len(found.topic) <= len(said)
    assert found.topic == found.topic.strip()


@settings(deadline=None)  # the first one loads a library
@given(st.text(alphabet="0123456789/.-: adefjnpruy", max_size=70))
def test_what_looks_like_a_date_is_read_or_is_none(said: str) -> None:
    now = datetime(2026, 11, 18, 16, 20, tzinfo=UTC)

    found = when(said, now=now, zone=ZoneInfo("Europe/Paris"), usual=USUAL)

    if isinstance(found, When):
        assert now < found.at <= now + FARTHEST


@given(instants, zones)
def test_a_stamp_leads_back_to_its_instant(at: datetime, zone: ZoneInfo) -> None:
    whole_minute = at.replace(second=0, microsecond=0)

    assert instant_at(stamp_of(whole_minute, zone), zone) == whole_minute
