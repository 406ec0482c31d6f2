"""Groups that staff write to: by which words they are known, and who is in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Address
from bot.domain.notices.groups import MOST_DAYS, NAMED, Group, Which, group_of, is_in
from bot.domain.notices.happenings import BROADCASTS, HAPPENINGS
from bot.domain.notices.manner import Manner
from bot.domain.notices.reach import Unsaid, reached_with
from bot.domain.notices.situation import Situation
from bot.domain.notices.wishes import Wishes
from bot.domain.people import Candidate, Person
from bot.domain.rules import Route
from tests.clock import NOON

ADA = Person(id=1, name="Ada", email="ada@example.org", time_zone="America/Chicago")
MAIL, SLACK = Address(channel="email", value=ADA.email), Address(channel="slack", value="U1")
MANNER = Manner(kind=HAPPENINGS[BROADCASTS])
TODAY = date(2026, 11, 21)


def situation(*, ends: date = TODAY, electives: tuple[str, ...] = ()) -> Situation:
    """Ada as a candidate."""
    enrolled = Candidate(person=ADA, enrolled_on=TODAY, subscription_ends=ends, electives=electives)
    return Situation(person=ADA, places=(SLACK, MAIL), candidate=enrolled)


@given(
    st.one_of(
        st.sampled_from(NAMED).map(lambda which: Group(which=which)),
        st.integers(0, MOST_DAYS).map(lambda days: Group(which=Which.ENDING, days=days)),
        st.integers(1).map(lambda number: Group(which=Which.PERSON, of=str(number))),
        st.from_regex(r"[a-z][a-z-]{0,30}", fullmatch=True).map(
            lambda set_id: Group(which=Which.SET, of=set_id)
        ),
    )
)
def test_a_group_is_known_again_by_the_words_it_is_kept_as(group: Group) -> None:
    assert group_of(group.said) == group


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("Everybody", Which.EVERYONE),
        ("all", Which.EVERYONE),
        ("All Candidates", Which.CANDIDATES),
        ("the staff", Which.STAFF),
        ("reviewer", Which.REVIEWERS),
        ("in review", Which.WAITING),
        ("more documents wanted", Which.MORE_WANTED),
        ("those whose subscription", None),
        ("", None),
        ("candidates and staff", None),
    ],
)
def test_people_say_it_in_their_own_words(said: str, which: Which | None) -> None:
    found = group_of(said)

    assert (found.which if found else None) is which


@pytest.mark.parametrize("said", ["ends within 30 days", "subscription expires in 30 days"])
def test_days_of_a_subscription_are_counted(said: str) -> None:
    assert group_of(said) == Group(which=Which.ENDING, days=30)


@pytest.mark.parametrize(("days", "within"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_subscription_ends_within_days_where_its_owner_lives(days: int, within: bool) -> None:
    group = Group(which=Which.ENDING, days=30)
    ends = TODAY + timedelta(days=days)

    assert is_in(group, situation(ends=ends), now=NOON) is within
    assert is_in(group, situation(ends=ends), now=NOON + timedelta(hours=11, minutes=59)) is within


def test_a_set_that_was_chosen_or_begun_counts() -> None:
    group = Group(which=Which.SET, of="technology")

    assert not is_in(group, situation(), now=NOON)
    assert is_in(group, situation(electives=("technology",)), now=NOON)
    for begun in (
        Situation(person=ADA, places=(MAIL,), candidate=situation().candidate,
                  touched={"technology": NOON}),
        Situation(person=ADA, places=(MAIL,), candidate=situation().candidate,
                  routes={"technology": Route.COURSE}),
        Situation(person=ADA, places=(MAIL,), candidate=situation().candidate,
                  stated=frozenset({"technology"})),
    ):  # fmt: skip
        assert is_in(group, begun, now=NOON)


def test_somebody_who_is_no_candidate_is_in_no_group_of_candidates() -> None:
    nobody = Situation(person=ADA, places=(MAIL,))

    for group in (Group(which=Which.CANDIDATES), Group(which=Which.ENDING, days=9999)):
        assert not is_in(group, nobody, now=NOON)


def test_the_first_place_counts_where_it_is_wanted_and_arrives() -> None:
    both = situation()
    declined = Wishes(declined=frozenset({("slack", BROADCASTS)}))
    nowhere = Wishes(declined=frozenset({("slack", BROADCASTS), ("email", BROADCASTS)}))

    assert reached_with(MANNER, both) == SLACK
    assert reached_with(MANNER, _with(both, Wishes(channel="email"))) == MAIL
    assert reached_with(MANNER, _with(both, declined)) == MAIL
    assert reached_with(MANNER, _with(both, nowhere)) is Unsaid.DECLINED
    assert reached_with(MANNER, _with(both, declined, avoided=MAIL)) is Unsaid.AVOIDED


def _with(before: Situation, wishes: Wishes, *, avoided: Address | None = None) -> Situation:
    return Situation(
        person=before.person,
        places=before.places,
        candidate=before.candidate,
        wishes=wishes,
        avoided=frozenset({avoided}) if avoided else frozenset(),
    )
