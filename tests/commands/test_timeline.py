"""`carrel timeline`: a year of one person, as messages they would get."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result

from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.domain.notices.notice import Ending, Noted
from tests.clock import NOON
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

ENDS = 60  # days from now


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A program that says things."""
    return bakers(tmp_path)


@pytest.fixture
def ada(shell: Shell) -> Shell:
    """Ada's subscription ends in a while."""
    enrolled(shell, ending(ENDS), zone=ADA_LIVES)
    return shell


def timeline(shell: Shell, pack: Path, who: str, *more: str) -> Result:
    """What the command did."""
    return shell.run("timeline", who, "--program", pack, *more, **MAILS)


def test_a_year_is_told_by_months_with_rules_and_words(ada: Shell, pack: Path) -> None:
    result = timeline(ada, pack, ADA)

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Ada (ada@example.org), 20")
    assert lines[0].endswith(", times of America/Chicago.")
    assert lines[1].startswith("This is what would be said if nothing happened from now on")
    assert lines[1].endswith("Quiet hours from 21:00 to 08:00; what can wait comes at once.")
    ends, first = ending(ENDS), ending(ENDS - 30)
    said = lines.index(f"  {first:%a %d}  09:00  by e-mail to ada@example.org: expiry")
    assert lines[said + 1].strip() == f"30 days before the subscription's end on {ends}"
    assert lines[said + 2].strip().startswith("Your subscription ends in 30 days, on ")
    assert f"{first:%B %Y}" in lines[:said]


def test_clock_changes_and_gaps_are_marked(ada: Shell, pack: Path) -> None:
    said = timeline(ada, pack, ADA, "--days", "400").stdout

    assert said.count("clocks go forward by 1 hour (America/Chicago)") in (1, 2)
    assert said.count("clocks go back by 1 hour (America/Chicago)") in (1, 2)
    assert "  nothing for " in said


def test_half_an_hour_is_a_clock_change_too(shell: Shell, pack: Path) -> None:
    enrolled(shell, ending(ENDS), zone="Australia/Lord_Howe")

    said = timeline(shell, pack, ADA, "--days", "400").stdout

    assert "clocks go forward by 30 minutes (Australia/Lord_Howe)" in said


def test_programs_get_messages_in_order_of_time(ada: Shell, pack: Path) -> None:
    found = results(timeline(ada, pack, ADA, "--json"))

    assert [one["at"] for one in found] == sorted(one["at"] for one in found)
    assert [one["notices"][0]["lead"] for one in found] == [-30, -20, -20, -7, 1]
    assert {one["past"] for one in found} == {None}


def test_wishes_are_heeded(ada: Shell, pack: Path) -> None:
    wishing_daily(ada)

    result = timeline(ada, pack, ADA)

    assert "what can wait comes daily." in result.stdout
    assert "by e-mail to ada@example.org: digest of tidy, copy" in result.stdout


def test_it_may_begin_later_and_be_shorter(ada: Shell, pack: Path) -> None:
    begins = str(ending(ENDS - 25))

    found = results(timeline(ada, pack, ADA, "--from", begins, "--days", "10", "--json"))

    assert [one["notices"][0]["kind"] for one in found] == ["tidy", "copy"]


def test_what_is_past_is_told_as_the_books_have_it(ada: Shell, pack: Path) -> None:
    with store(ada.data).uow() as uow:
        noted = Noted(
            key="expiry:1:old:-30",
            person_id=1,
            kind="expiry",
            matter="expiry",
            due=NOON - timedelta(days=9),
            at=NOON - timedelta(days=9),
            ending=Ending.MISSED,
        )
        uow.notices.note([noted])
        uow.commit()

    said = timeline(ada, pack, ADA, "--from", "2026-11-01").stdout
    (first, *_) = results(timeline(ada, pack, ADA, "--from", "2026-11-01", "--json"))

    assert "  Thu 12  12:00  missed: the end of your subscription (expiry)" in said
    assert (first["past"], first["key"]) == ("missed", "expiry:1:old:-30")


def test_what_has_not_left_the_outbox_is_not_told_as_said(ada: Shell, pack: Path) -> None:
    to = Address(channel="email", value=ADA)
    reply = Reply(blocks=(Paragraph(text="It ends soon."),))
    message = OutboundMessage(key="expiry:1:old", to=to, conversation=str(to), reply=reply)
    with store(ada.data).uow() as uow:
        noted = Noted(
            key=message.key,
            person_id=1,
            kind="expiry",
            matter="expiry",
            due=NOON - timedelta(days=9),
            at=NOON - timedelta(days=9),
            ending=Ending.SAID,
            message=message.key,
        )
        uow.notices.note([noted])
        uow.outbox.add(message, due=NOON)
        uow.commit()

    said = timeline(ada, pack, ADA, "--from", "2026-11-01").stdout

    assert "  Thu 12  12:00  waits: the end of your subscription (expiry)" in said


def test_that_the_books_have_nothing_is_told(ada: Shell, pack: Path) -> None:
    assert "the books have nothing" in timeline(ada, pack, ADA, "--from", "2026-11-01").stdout
    assert "the books have nothing" not in timeline(ada, pack, ADA).stdout


def test_somebody_unknown_is_told(shell: Shell, pack: Path) -> None:
    result = timeline(shell, pack, "ida@example.org")

    assert result.exit_code == 1
    assert "carrel: Nobody is known by 'ida@example.org'" in result.stderr


@pytest.mark.parametrize(
    "wrong", [("--days", "0"), ("--days", "9999"), ("--from", "soon"), ("--from", "9999-12-01")]
)
def test_a_wrong_span_ends_with_exit_code_2(
    shell: Shell, pack: Path, wrong: tuple[str, str]
) -> None:
    assert timeline(shell, pack, ADA, *wrong).exit_code == 2
