"""The rules of sharing and offering, whatever the day and the zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.shared_record import shared_files
from bot.domain.sharing import (
    LONGEST_DAYS,
    MOST_FROM_ONE,
    MOST_OFFERS,
    MOST_SHARES,
    USUAL_DAYS,
    Addressed,
    Offer,
    OfferState,
    Share,
    addressed,
    check_room,
    end_of,
    last_day,
    room_for_offers,
    same_share,
    without_addresses,
)
from bot.errors import Refused

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = NOW.date()
ZONES = ("UTC", "America/Chicago", "Europe/Paris", "Pacific/Kiritimati", "America/Havana")
instants = st.integers(0, 10**9).map(lambda seconds: NOW + timedelta(seconds=seconds))
sets = st.sampled_from(("technology", "foundations"))


def share(
    id: int = 1,
    *,
    mentor_id: int = 2,
    set_id: str = "technology",
    made_at: datetime = NOW,
    until: datetime = NOW + timedelta(days=30),
    revoked_at: datetime | None = None,
) -> Share:
    """A share of person 1."""
    return Share(
        id=id,
        owner_id=1,
        mentor_id=mentor_id,
        set_id=set_id,
        until=until,
        made_at=made_at,
        revoked_at=revoked_at,
    )


def offer(id: int, from_id: int, state: OfferState = OfferState.WAITING) -> Offer:
    """An offer to person 1."""
    return Offer(
        id=id,
        owner_id=1,
        from_id=from_id,
        from_name="Mia",
        name="letter.txt",
        media_type="text/plain",
        size=1,
        sha256=f"{id}",
        section="",
        words="",
        at=NOW,
        state=state,
    )


@given(made_at=instants, until=instants, now=instants, revoked=st.booleans())
def test_a_share_is_active_from_when_it_was_made_until_its_end_unless_revoked(
    made_at: datetime, until: datetime, now: datetime, revoked: bool
) -> None:
    one = share(made_at=made_at, until=until, revoked_at=made_at if revoked else None)

    assert one.active(now) == (made_at <= now < until and not revoked)


@given(made_at=instants, length=st.timedeltas(min_value=timedelta(microseconds=1)))
def test_the_first_moment_counts_and_the_last_does_not(
    made_at: datetime, length: timedelta
) -> None:
    until = made_at + min(length, timedelta(days=LONGEST_DAYS))
    one = share(made_at=made_at, until=until)

    assert one.active(made_at)
    assert one.active(until - timedelta(microseconds=1))
    assert not one.active(until)


@given(shared=sets, asked=sets)
def test_a_share_covers_its_own_set_and_a_share_of_all_covers_every_one(
    shared: str, asked: str
) -> None:
    assert share(set_id=shared).covers(asked) == (shared == asked)
    assert not share(set_id=shared).covers("")
    assert share(set_id="").covers(asked)
    assert share(set_id="").covers("")


@given(day=st.dates(date(2020, 1, 1), date(2035, 1, 1)), zone=st.sampled_from(ZONES))
def test_a_share_ends_with_the_day_where_its_owner_lives(day: date, zone: str) -> None:
    ends = end_of(day, ZoneInfo(zone))

    assert ends.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)
    assert (ends - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() == day


@pytest.mark.parametrize(
    ("how_long", "day"),
    [
        ("", TODAY + timedelta(days=USUAL_DAYS)),
        ("for 1 day", date(2026, 11, 22)),
        ("for 2 Weeks", date(2026, 12, 5)),
        ("30 days", date(2026, 12, 21)),
        ("until 2027-01-31", date(2027, 1, 31)),
        ("until  2026-11-21", TODAY),
        ("for 366 days", date(2027, 11, 22)),
    ],
)
def test_people_say_how_long(how_long: str, day: date) -> None:
    assert last_day(TODAY, how_long) == day


@pytest.mark.parametrize(
    ("how_long", "advice"),
    [
        ("for 0 days", "at most"),
        ("for 367 days", "2027-11-22"),
        ("for 9999 weeks", "at most"),
        ("until 2026-11-20", "Name a day between"),
        ("until 9999-12-31", "at most"),
        ("until 2027-02-30", "YYYY-MM-DD"),
        ("until easter", "for 30 days"),
        ("for a while", "for 2 weeks"),
        ("until \u0662\u0660\u0662\u0667-01-31", "YYYY-MM-DD"),
    ],
)
def test_what_is_too_long_or_not_understood_is_refused_with_advice(
    how_long: str, advice: str
) -> None:
    with pytest.raises(Refused, match=advice):
        last_day(TODAY, how_long)


def test_only_an_active_share_of_the_same_set_with_the_same_mentor_is_the_same() -> None:
    ended = share(1, revoked_at=NOW)
    others = (share(2, mentor_id=3), share(3, set_id="foundations"), share(4, set_id=""))

    assert same_share((ended, *others), 2, "technology", now=NOW) is None
    assert same_share((ended, *others, share(5)), 2, "technology", now=NOW) == share(5)


def test_ended_shares_take_no_room() -> None:
    full = [share(n) for n in range(MOST_SHARES)]

    check_room([share(0, revoked_at=NOW), *full[1:]], now=NOW)
    with pytest.raises(Refused, match="End one first"):
        check_room(full, now=NOW)


@given(
    st.lists(
        st.tuples(st.integers(2, 6), st.sampled_from(OfferState)),
        max_size=MOST_OFFERS * 2,
    )
)
def test_no_more_offers_are_taken_than_may_wait(sent: list[tuple[int, OfferState]]) -> None:
    offers: list[Offer] = []
    for number, (sender, state) in enumerate(sent):
        if room_for_offers(offers, sender):
            offers.append(offer(number, sender, state))

    waiting = [o for o in offers if o.state is OfferState.WAITING]
    assert len(waiting) <= MOST_OFFERS
    assert all(sum(o.from_id == n for o in waiting) <= MOST_FROM_ONE for n in range(2, 7))


@pytest.mark.parametrize(
    ("caption", "who", "words"),
    [
        ("for ada@example.org: letter about TECH-8", "ada@example.org", "letter about TECH-8"),
        ("For <Ada@Example.org>, a letter", "ada@example.org", "a letter"),
        ("please for ada@example.org.", "ada@example.org", ""),
        (" for  ada.m+x@mail.example.org\nhello", "ada.m+x@mail.example.org", "hello"),
    ],
)
def test_a_caption_that_begins_with_somebody_is_for_them(
    caption: str, who: str, words: str
) -> None:
    assert addressed(caption) == Addressed(who=who, words=words)


@pytest.mark.parametrize(
    "caption",
    ["", "for TECH-8", "letter for TECH-8 from boss@example.org", "boss@example.org wrote it"],
)
def test_other_captions_are_for_oneself(caption: str) -> None:
    assert addressed(caption) is None


def test_who_has_no_record_may_name_somebody_anywhere() -> None:
    found = addressed("My letter for ada@example.org: she is good", anywhere=True)

    assert found == Addressed(who="ada@example.org", words="My letter she is good")


def test_an_address_names_no_place_to_file() -> None:
    assert "technology" not in without_addresses("for ada@technology.org: TECH-8")
    assert without_addresses("for TECH-8") == "for TECH-8"


def test_a_long_caption_is_searched_in_no_time() -> None:
    assert addressed("a" * 20_000 + " @", anywhere=True) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(State), st.lists(st.sampled_from("ABCD"), unique=True, max_size=4)
        )
    ),
    st.frozensets(st.sampled_from("ABCD")),
)
def test_a_share_shows_what_is_filed_in_its_sections_and_no_other_section(
    stands: list[tuple[State, list[str]]], sections: frozenset[str]
) -> None:
    held = tuple(
        Evidence(
            id=number,
            number=number,
            person_id=1,
            name="notes.txt",
            media_type="text/plain",
            size=1,
            sha256="0",
            stored_at=NOW,
            filing=Filing(state=state, sections=tuple(places)),
        )
        for number, (state, places) in enumerate(stands)
    )
    shown = shared_files(held, sections)

    assert {one.number for one in shown} == {
        number
        for number, (state, places) in enumerate(stands)
        if state is State.FILED and sections & set(places)
    }
    assert all(set(one.filing.sections) <= sections for one in shown)
