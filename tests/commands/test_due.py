"""`carrel due`: what would be said on a day, to whom, and by which rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result

from tests.commands.noticed import (
    ADA,
    ADA_LIVES,
    MAILS,
    bakers,
    ending,
    enrolled,
    wishing_daily,
)
from tests.commands.served import store
from tests.commands.shell import Shell, results

BESIDE = "News of what happens, broadcasts and the staff's digest are not among them."
ENDS = 60  # days from now
FIRST = ENDS - 30  # when the first notice is said
TIDYING = ENDS - 20


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A program that says things."""
    return bakers(tmp_path)


@pytest.fixture
def ada(shell: Shell) -> Shell:
    """Ada's subscription ends in a while."""
    enrolled(shell, ending(ENDS), zone=ADA_LIVES)
    return shell


def due(shell: Shell, pack: Path, at: date | str, *more: str) -> Result:
    """What the command did."""
    return shell.run("due", "--at", at, "--program", pack, *more, **MAILS)


def test_a_message_is_told_with_its_time_its_place_its_rule_and_its_words(
    ada: Shell, pack: Path
) -> None:
    day, ends = ending(FIRST), ending(ENDS)

    result = due(ada, pack, day)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"Ada (ada@example.org): {day:%a} {day} 09:00 (America/Chicago), "
        "by e-mail to ada@example.org, expiry",
        f"   30 days before the subscription's end on {ends}",
        f"   Your subscription ends in 30 days, on {ends:%A}, {ends.day} {ends:%B %Y}.",
        f"{day}: 1 message to 1 of 1 person. {BESIDE}",
    ]


def test_on_other_days_nothing_is_said(ada: Shell, pack: Path) -> None:
    for days in (FIRST - 1, FIRST + 1):
        day = ending(days)
        assert due(ada, pack, day).stdout == f"{day}: 0 messages to 0 of 1 person. {BESIDE}\n"


def test_programs_get_every_fact(ada: Shell, pack: Path) -> None:
    day, ends = ending(FIRST), ending(ENDS)

    (found,) = results(due(ada, pack, day, "--json"))

    at = datetime.combine(day, time(9), ZoneInfo(ADA_LIVES))
    assert datetime.fromisoformat(found.pop("at")) == at
    assert found == {
        "person": 1,
        "name": "Ada",
        "email": ADA,
        "local": at.isoformat(),
        "zone": ADA_LIVES,
        "channel": "email",
        "to": ADA,
        "card": None,
        "digest": False,
        "news": 0,
        "notices": [
            {
                "key": f"expiry:1:{ends}:-30",
                "kind": "expiry",
                "matter": "expiry",
                "counts_from": "subscription-ends",
                "base": str(ends),
                "lead": -30,
                "rule": f"30 days before the subscription's end on {ends}",
            }
        ],
        "reaches": True,
        "begins": f"Your subscription ends in 30 days, on {ends:%A}, {ends.day} {ends:%B %Y}.",
        "text": f"Your subscription ends in 30 days, on {ends:%A}, {ends.day} {ends:%B %Y}.",
    }


def test_a_day_is_each_persons_own_unless_a_zone_is_named(ada: Shell, pack: Path) -> None:
    enrolled(ada, ending(ENDS), "kai@example.org", zone="Pacific/Auckland")
    day = ending(FIRST)

    own = results(due(ada, pack, day, "--json"))
    here = results(due(ada, pack, day, "--zone", ADA_LIVES, "--json"))

    assert [one["email"] for one in own] == [ADA, "kai@example.org"]
    assert [one["email"] for one in here] == [ADA]  # in Auckland that is the day before
    shown = due(ada, pack, day, "--zone", "UTC", "--person", ADA).stdout
    nine = datetime.combine(day, time(9), ZoneInfo(ADA_LIVES))
    assert f"{nine.astimezone(UTC):%H:%M} (UTC; {day:%a} 09:00 America/Chicago)" in shown


def test_a_sweep_at_an_instant_finds_what_is_due_by_then(ada: Shell, pack: Path) -> None:
    day = ending(FIRST)
    nine = datetime.combine(day, time(9), ZoneInfo(ADA_LIVES))

    before = due(ada, pack, (nine - timedelta(minutes=1)).isoformat(), "--json")
    then = due(ada, pack, nine.isoformat(), "--json")
    there = due(ada, pack, f"{day}T09:00", "--zone", ADA_LIVES, "--json")
    late = due(ada, pack, (nine + timedelta(days=3)).isoformat(), "--json")

    assert results(before) == []
    assert results(then) == results(there)
    assert len(results(then)) == 1
    (one,) = results(late)
    assert "ends in 27 days" in one["begins"]


def test_what_can_wait_is_merged_as_the_person_wishes(ada: Shell, pack: Path) -> None:
    day = ending(TIDYING)
    apart = results(due(ada, pack, day, "--json"))
    wishing_daily(ada)

    (merged,) = results(due(ada, pack, day, "--json"))

    assert [len(one["notices"]) for one in apart] == [1, 1]
    assert merged["digest"]
    assert [one["kind"] for one in merged["notices"]] == ["tidy", "copy"]
    assert "by e-mail to ada@example.org, digest of tidy, copy" in due(ada, pack, day).stdout


def test_one_person_can_be_asked_for(ada: Shell, pack: Path) -> None:
    enrolled(ada, ending(ENDS), "bea@example.org", name="Bea", zone="UTC")
    day = ending(FIRST)

    for who in ("bea@example.org", "#2"):
        (one,) = results(due(ada, pack, day, "--person", who, "--json"))
        assert one["name"] == "Bea"


def test_nothing_is_written(ada: Shell, pack: Path) -> None:
    for _ in range(2):
        assert len(results(due(ada, pack, ending(FIRST), "--json"))) == 1

    with store(ada.data).uow() as uow:
        assert sum(uow.outbox.counts().values()) == 0
        assert uow.looks.swept("notices")[0] is None


def test_many_people_are_looked_at_page_by_page(shell: Shell, pack: Path) -> None:
    ends = ending(ENDS)
    with store(shell.data).uow() as uow:
        for number in range(1_203):
            person = uow.people.add("Kim", email=f"kim{number}@example.org", time_zone="UTC")
            uow.people.enrol(person, enrolled_on=ends, subscription_ends=ends, electives=())
        uow.commit()

    result = due(shell, pack, ending(FIRST), "--json")

    assert len({one["email"] for one in results(result)}) == 1_203
    assert result.stderr == ""


def test_no_words_of_others_reach_the_terminal_as_orders(shell: Shell, pack: Path) -> None:
    enrolled(shell, ending(ENDS), name="Ada\x1b[2J\u202e\r\nZed", zone="UTC")

    shown = due(shell, pack, ending(FIRST)).stdout

    assert shown.startswith("Ada[2J Zed (ada@example.org): ")
    assert all(mark not in shown for mark in "\x1b\u202e\r")


@pytest.mark.parametrize(
    ("at", "more", "code", "said"),
    [
        ("2020-01-01", (), 1, "carrel: That is past: carrel outbox --since DATE tells"),
        ("2020-01-01T09:00", (), 1, "carrel: That is past"),
        ("9999-12-31", (), 2, "is not of 1990 to 2200"),
        ("0001-01-01T00:00+14:00", (), 2, "is not of 1990 to 2200"),
        ("tomorrow", (), 2, "'tomorrow' is no day like 2026-12-02"),
        ("2027-02-30", (), 2, "'2027-02-30' is no day like"),
        ("2099-01-01", ("--zone", "Mars/Base"), 2, "'Mars/Base' is no time zone"),
        ("2099-01-01", ("--zone", "../../etc"), 2, "is no time zone"),
        ("2099-01-01", ("--person", "ida@example.org"), 1, "Nobody is known by 'ida@example.org'"),
    ],
)
def test_what_cannot_be_told_is_said_with_what_to_write(
    shell: Shell, pack: Path, at: str, more: tuple[str, ...], code: int, said: str
) -> None:
    result = due(shell, pack, at, *more)

    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""
