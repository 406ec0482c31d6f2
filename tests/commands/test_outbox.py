"""`carrel outbox`: what waits, was sent, failed, or was dropped, and why."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.codes import KEY
from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.ports import Claimed, UnitOfWork
from tests.clock import NOON
from tests.commands.served import store
from tests.commands.shell import Shell, results

ADA = Address(channel="slack", value="U0ADA")
ROOM = Address(channel="slack", value="C0STAFF")
HOSTILE = "Hello \x1b[2J\x07\r\nof \u202ethe one"


def message(key: str, text: str = "Hello.", to: Address = ADA) -> OutboundMessage:
    """What is said there."""
    reply = Reply(blocks=(Paragraph(text=text),))
    return OutboundMessage(key=key, to=to, conversation=str(to), reply=reply)


def claimed(uow: UnitOfWork) -> Claimed[OutboundMessage]:
    """The one that is due next."""
    found = uow.outbox.claim(now=NOON, lease_seconds=60, channels=["slack"])
    assert found is not None
    return found


@pytest.fixture
def posted(shell: Shell) -> Shell:
    """One message of each standing, Ada's the most."""
    with store(shell.data).uow() as uow:
        ada = uow.people.add("Ada Reyes", email="ada@example.org", time_zone="UTC")
        uow.people.connect(ada, ADA, at=NOON)
        uow.outbox.add(message("sent"), due=NOON)
        uow.outbox.sent(claimed(uow), at=NOON, receipt="1.1")
        uow.outbox.add(message("failed", to=ROOM), due=NOON)
        uow.outbox.give_up(claimed(uow), at=NOON, reason="nobody is there")
        card = replace(message("old", to=ROOM), card="submission:1")
        uow.outbox.add(card, due=NOON)
        uow.outbox.add(replace(card, key="new"), due=NOON)
        uow.outbox.sent(claimed(uow), at=NOON, receipt="1.2")
        due = replace(message("n", HOSTILE), kind="expiry", whose=1, notices=("expiry:1:x:-7",))
        uow.outbox.add(due, due=NOON + timedelta(days=2))
        uow.outbox.add(message("late"), due=NOON + timedelta(days=1))
        uow.commit()
    return shell


def test_everything_is_listed_newest_first_and_counted(posted: Shell) -> None:
    result = posted.run("outbox")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "6: waiting, due 2026-11-22 18:00 UTC, to Ada Reyes by Slack"
    assert "5: waiting, due 2026-11-23 18:00 UTC, to Ada Reyes by Slack, expiry" in lines
    assert "2: failed, 2026-11-21 18:00 UTC, to slack:C0STAFF" in lines
    assert "   why: nobody is there" in lines
    assert "   why: a newer one takes its place" in lines
    assert lines[-1] == "Shown: 6. In all: 2 waiting, 2 sent, 1 failed, 1 unsent."


def test_what_waits_comes_with_the_longest_due_first(posted: Shell) -> None:
    found = results(posted.run("outbox", "--state", "waiting", "--json"))

    assert [one["id"] for one in found] == [6, 5]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--to", "ada@example.org"), [6, 5, 1]),
        (("--to", "#1"), [6, 5, 1]),
        (("--to", "slack:C0STAFF"), [4, 3, 2]),
        (("--kind", "expiry"), [5]),
        (("--since", "2026-11-22"), [6, 5]),
        (("--since", "2026-11-23"), [5]),
        (("--state", "unsent"), [3]),
        (("--limit", "2"), [6, 5]),
        (("--to", "#1", "--state", "sent"), [1]),
    ],
)
def test_it_is_narrowed_down(posted: Shell, options: tuple[str, ...], ids: list[int]) -> None:
    assert [one["id"] for one in results(posted.run("outbox", "--json", *options))] == ids


def test_programs_get_every_fact_of_a_message(posted: Shell) -> None:
    (found,) = results(posted.run("outbox", "--kind", "expiry", "--json"))

    assert found == {
        "id": 5,
        "state": "waiting",
        "due": "2026-11-23T18:00:00+00:00",
        "ended": None,
        "channel": "slack",
        "to": "U0ADA",
        "conversation": "slack:U0ADA",
        "person": 1,
        "email": "ada@example.org",
        "kind": "expiry",
        "notices": ["expiry:1:x:-7"],
        "attempts": 0,
        "why": "",
        "begins": "Hello [2J of the one",
    }


def test_no_words_of_others_reach_the_terminal_as_orders(posted: Shell) -> None:
    shown = posted.run("outbox").stdout

    assert "Hello [2J of the one" in shown
    assert all(mark not in shown for mark in "\x1b\x07\r\u202e")


def test_a_code_is_not_shown(shell: Shell) -> None:
    with store(shell.data).uow() as uow:
        uow.outbox.add(message(f"{KEY}1", "Your code is K7QM-2XWD."), due=NOON)
        uow.outbox.add(message("other", "Say: link K7QM-2XWD."), due=NOON)
        uow.commit()

    shown = shell.run("outbox").stdout

    assert "K7QM" not in shown
    assert "(a code: whoever has it is let in)" in shown


def test_a_message_of_another_version_is_listed(posted: Shell) -> None:
    with store(posted.data).uow() as uow:
        uow.outbox.add(message("odd"), due=NOON)
        uow.commit()
    url = f"{posted.data}/carrel.db"

    with sqlite3.connect(url) as database:
        database.execute("UPDATE outbox SET message = '{}' WHERE key = 'odd'")
    database.close()

    shown = posted.run("outbox", "--limit", "1").stdout

    assert "to Ada Reyes by Slack" in shown
    assert "(another version of Carrel wrote this)" in shown


def test_an_empty_outbox_is_told(shell: Shell) -> None:
    result = shell.run("outbox")

    assert result.stdout == "Shown: 0. In all: 0 waiting, 0 sent, 0 failed, 0 unsent.\n"


def test_a_terminal_is_found_by_whose_it_is_and_called_so(posted: Shell) -> None:
    terminal = Address(channel="console:ada@example.org", value="ada@example.org")
    with store(posted.data).uow() as uow:
        ada = uow.people.find("ada@example.org")
        assert ada is not None
        uow.people.connect(ada, terminal, at=NOON)
        uow.outbox.add(message("here", to=terminal), due=NOON)
        uow.commit()

    shown = posted.run("outbox", "--to", "console:ada@example.org").stdout

    assert "to Ada Reyes in the terminal" in shown
    assert "Shown: 1." in shown


def test_a_kind_that_is_none_is_refused_with_those_there_are(posted: Shell) -> None:
    result = posted.run("outbox", "--kind", "expire")

    assert result.exit_code == 2
    assert "'expire' is no kind of notice: there are expiry" in result.stderr


def test_broadcasts_are_found_by_the_name_of_their_kind(posted: Shell) -> None:
    with store(posted.data).uow() as uow:
        one = replace(message("broadcast:1:1"), kind="broadcasts", whose=1)
        uow.outbox.add(one, due=NOON)
        uow.commit()

    assert [one["id"] for one in results(posted.run("outbox", "--json", "--kind", "broadcasts"))]
    refused = posted.run("outbox", "--kind", "broadcast")
    assert "'broadcast' is no kind of notice: there are broadcasts" in refused.stderr


def test_a_kind_by_which_no_message_is_known_is_refused(posted: Shell) -> None:
    result = posted.run("outbox", "--kind", "welcome")

    assert result.exit_code == 2
    assert "cannot be told from answers" in result.stderr


def test_who_is_unknown_is_told_how_to_ask(shell: Shell) -> None:
    result = shell.run("outbox", "--to", "ida@example.org")

    assert result.exit_code == 1
    assert "carrel: Nobody is known by 'ida@example.org'" in result.stderr
