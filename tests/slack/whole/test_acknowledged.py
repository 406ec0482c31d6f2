"""Slack hears that something arrived only after it is safe on the disk, whatever it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from tests.slack.delivery import Delivery, Push
from tests.slack.house import SlackHouse
from tests.slack.server import SlackServer

Act = Callable[[SlackServer], Push]
ACTS: dict[str, Act] = {
    "a direct message": lambda slack: slack.say("U0ADA", "progress"),
    "a mention": lambda slack: slack.say("U0ADA", "progress", channel="C0HALL", mention=True),
    "a command": lambda slack: slack.command("U0ADA", "progress"),
    "a file": lambda slack: slack.say("U0ADA", "", slack.add_file("U0ADA", "a.txt", b"words")),
    "a button of the page": lambda slack: slack.press_home("U0ADA", "My progress"),
}


def committed(house: SlackHouse) -> int:
    """What another process sees in the inbox."""
    with sqlite3.connect(house.folder / "carrel.db") as other:
        (count,) = other.execute("SELECT count(*) FROM inbox").fetchone()
    other.close()
    return int(count)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_nothing_is_acknowledged_before_it_is_committed(act: Act, either: SlackHouse) -> None:
    slack = either.slack
    either.settle(slack.open_home("U0ADA"))
    slack.wait(lambda: slack.workspace.users["U0ADA"].home)
    seen: list[int] = []

    def look(_: Delivery) -> None:
        seen.append(committed(either))

    slack.when_acked(look)
    done = act(slack)
    slack.wait(lambda: done.acked)

    assert seen == [1] * len(done.deliveries)


def test_nothing_is_acknowledged_while_it_cannot_be_kept(either: SlackHouse) -> None:
    """Another process holds the database: Slack waits, and hears when it is let go."""
    slack = either.slack
    holder = sqlite3.connect(either.folder / "carrel.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    said = slack.say("U0ADA", "progress")
    slack.wait(lambda: said.deliveries[0].sent)
    echo = slack.bot_says("I am a program", channel="D0ADA")  # passed over: needs no keeping
    slack.wait(lambda: echo.acked)
    early = said.acked
    holder.execute("ROLLBACK")
    holder.close()
    slack.wait(lambda: said.acked)

    assert not early
    assert committed(either) == 1


def test_a_worker_that_stopped_holds_up_no_acknowledgement(either: SlackHouse) -> None:
    said = [either.slack.say("U0ADA", f"progress {number}") for number in range(40)]
    either.slack.wait(lambda: all(one.acked for one in said))

    assert committed(either) == 40
    assert either.slack.posted("U0ADA") == []


def test_the_same_message_at_the_same_moment_is_kept_once(either: SlackHouse) -> None:
    said = either.slack.say("U0ADA", "progress")
    copies = [either.slack.again(said.deliveries[0]) for _ in range(5)]
    either.slack.wait(lambda: said.acked and all(one.acked for one in copies))

    assert committed(either) == 1
