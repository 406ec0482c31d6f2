"""What belongs into a person's calendar, by their state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.app import Knowledge
from bot.domain.messages import Address
from bot.domain.notices.deadlines import Deadline, deadlines
from bot.domain.notices.kinds import Event, Kind, Lead, Moment, NoticeRules, Renewal
from bot.domain.notices.plan import plan
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Situation
from bot.domain.notices.wishes import Hush, Wishes
from bot.domain.people import Candidate, Person
from bot.domain.program import Program
from bot.phrases import calendar as phrases

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
ADA = Person(id=7, name="Ada", email="ada@example.org", time_zone="America/Chicago")
STARTS = datetime(2027, 4, 24, 18, 0, tzinfo=UTC)
RULES = NoticeRules(
    time_limit_years=4,
    renewal=Renewal(years=4, opens_months=12, grace_months=2, cites=()),
    events=(Event(id="intro", title="Introduction", starts=STARTS, minutes=60, url="https://x.y"),),
    kinds={"event": Kind(id="event", title="events", moment=Moment.EVENT)},
)


@pytest.fixture
def program(knowledge: Knowledge) -> Program:
    """The shipped program, with an event and days of its own."""
    return replace(knowledge.pack.program, notices=RULES)


def situation(**more: Any) -> Situation:
    """Ada, who is enrolled."""
    candidate = Candidate(
        person=ADA, enrolled_on=date(2024, 2, 29), subscription_ends=date(2028, 2, 28)
    )
    place = Address(channel="email", value=ADA.email)
    told = {"person": ADA, "places": (place,), "candidate": candidate}
    return Situation(**{**told, **more})


def found(program: Program, seen: Situation) -> dict[Moment, Deadline]:
    """Each by its moment."""
    return {one.moment: one for one in deadlines(program, seen)}


def test_a_candidate_has_a_subscription_a_time_limit_and_events(program: Program) -> None:
    every = found(program, situation())

    assert every.keys() == {Moment.SUBSCRIPTION_ENDS, Moment.TIME_LIMIT, Moment.EVENT}
    assert every[Moment.SUBSCRIPTION_ENDS].day == date(2028, 2, 28)
    assert every[Moment.TIME_LIMIT].day == date(2028, 2, 29)
    event = every[Moment.EVENT]
    assert (event.begins, event.ends) == (STARTS, STARTS + timedelta(hours=1))


def test_once_certified_only_the_renewal_counts(program: Program) -> None:
    every = found(program, situation(certified_on=date(2026, 3, 31)))

    assert {moment: one.day for moment, one in every.items()} == {
        Moment.RENEWAL_OPENS: date(2029, 3, 31),
        Moment.RENEWAL_CLOSES: date(2030, 3, 31),
        Moment.GRACE_ENDS: date(2030, 5, 31),
    }


def test_a_renewal_without_grace_has_no_day_of_grace(program: Program) -> None:
    rules = replace(RULES, renewal=replace(RULES.renewal or _none(), grace_months=0))
    every = found(replace(program, notices=rules), situation(certified_on=date(2026, 3, 31)))

    assert Moment.GRACE_ENDS not in every


def test_reminders_are_anybodys(program: Program) -> None:
    own = Reminder(id=9, person_id=7, number=2, text="Call", at=NOW, zone="UTC", made_at=NOW)

    every = found(program, situation(candidate=None, reminders=(own,)))

    assert every.keys() == {Moment.OWN}
    assert (every[Moment.OWN].begins, every[Moment.OWN].ends) == (NOW, None)
    assert every[Moment.OWN].name == "own:9"  # numbers may be used again


def test_what_somebody_is_done_with_goes_but_not_what_is_mandatory(program: Program) -> None:
    done = tuple(Hush(matter=one, at=NOW, until=None) for one in ("event-intro", "time-limit"))
    must = Kind(id="limit", title="limits", moment=Moment.TIME_LIMIT, mandatory=True)
    rules = replace(RULES, kinds={**RULES.kinds, "limit": must})

    every = found(replace(program, notices=rules), situation(wishes=Wishes(hushed=done)))

    assert every.keys() == {Moment.SUBSCRIPTION_ENDS, Moment.TIME_LIMIT}


TOLD = Kind(
    id="event",
    title="events",
    moment=Moment.EVENT,
    leads=(Lead(days=-7, text="{title} begins on {date}."),),
)


def moved(program: Program, days: int, *, kind: Kind = TOLD) -> Program:
    """The event is so many days later, and people are told of it a week before."""
    (event,) = RULES.events
    later = replace(event, starts=event.starts + timedelta(days=days))
    return replace(program, notices=replace(RULES, events=(later,), kinds={"event": kind}))


def test_an_event_that_was_done_with_and_moved_is_told_of_and_in_the_calendar(
    program: Program,
) -> None:
    done = Hush(matter="event-intro", at=STARTS - timedelta(days=6), until=None)
    seen = situation(wishes=Wishes(hushed=(done,)))

    for days, told in ((0, False), (60, True)):
        rules = moved(program, days)
        assert any(one.matter == "event-intro" for one in plan(rules, seen)) is told
        assert (Moment.EVENT in found(rules, seen)) is told


def test_events_that_the_certified_are_told_of_are_in_their_calendar(program: Program) -> None:
    certified = situation(certified_on=date(2026, 3, 31))

    for always in (False, True):
        rules = moved(program, 0, kind=replace(TOLD, after_certified=always))
        assert any(one.matter == "event-intro" for one in plan(rules, certified)) is always
        assert (Moment.EVENT in found(rules, certified)) is always


def test_what_is_snoozed_stays(program: Program) -> None:
    snoozed = (Hush(matter="event-intro", at=NOW, until=NOW + timedelta(days=1)),)

    assert Moment.EVENT in found(program, situation(wishes=Wishes(hushed=snoozed)))


def test_every_deadline_has_words_that_say_what_to_do(program: Program) -> None:
    own = Reminder(id=9, person_id=7, number=2, text="Call", at=NOW, zone="UTC", made_at=NOW)
    several = (situation(reminders=(own,)), situation(certified_on=date(2026, 3, 31)))

    for one in (each for seen in several for each in deadlines(program, seen)):
        entry = phrases.entry(program, one, uid="u")
        assert entry.title
        assert len(entry.text) > 20
        assert (entry.day, entry.begins, entry.ends) == (one.day, one.begins, one.ends)


def test_another_program_has_its_own_words(other_knowledge: Knowledge) -> None:
    guild = replace(other_knowledge.pack.program, notices=RULES)
    several = (situation(), situation(certified_on=date(2026, 3, 31)))

    said = [
        phrases.entry(guild, one, uid="u") for seen in several for one in deadlines(guild, seen)
    ]

    assert len(said) == 6
    assert any(guild.words.certificate in entry.title for entry in said)
    assert phrases.name(guild).endswith(guild.short_name)


def _none() -> Renewal:
    raise AssertionError
