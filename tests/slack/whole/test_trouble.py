"""The network, Slack or its rights fail: each has a name, and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.domain.channel_state import State
from tests.cast import ADA, BEA
from tests.slack.house import SlackHouse
from tests.slack.reading import read

A_WHILE = timedelta(minutes=2)


def outbox(house: SlackHouse) -> dict[str, int]:
    """How many messages are in each state that has any."""
    with house.transaction() as uow:
        return {state: count for state, count in uow.outbox.counts().items() if count}


def test_a_limit_holds_up_one_conversation_for_as_long_as_slack_says(either: SlackHouse) -> None:
    slack = either.slack
    either.say(ADA.email, "help")
    slack.fail("chat.postMessage", status=429, retry_after=60, room="D0ADA")
    either.settle(slack.say("U0ADA", "progress"))
    either.settle(slack.say("U0ADA", "files"))
    either.settle(slack.say("U0BEA", "progress"))
    went_on = bool(slack.posted("U0BEA"))
    limited = len(slack.called("chat.postMessage", room="D0ADA"))

    either.clock.forward(timedelta(seconds=59))
    either.drain()
    too_early = len(slack.called("chat.postMessage", room="D0ADA"))
    either.clock.forward(timedelta(seconds=2))
    either.drain()

    assert State.RATE_LIMITED in [state for state, _ in either.states]
    assert went_on
    assert too_early == limited
    texts = either.read_by(ADA.email)
    assert [t for t in texts if t.startswith("Ada Reyes, 0 of 6")]
    assert texts[-1].startswith("Your record is empty") or "file" in texts[-1]
    assert outbox(either) == {"sent": 4}
    assert either.state is State.CONNECTED


def test_an_answer_on_its_way_when_the_socket_breaks_arrives_once(carrel: SlackHouse) -> None:
    slack = carrel.slack
    said = slack.say("U0ADA", "help")
    slack.wait(lambda: said.acked)
    with ThreadPoolExecutor(1) as elsewhere, slack.holding("chat.postMessage"):
        sending = elsewhere.submit(carrel.drain)
        slack.wait(lambda: carrel.rows("SELECT state FROM outbox") == [("claimed",)])
        slack.cut()
        slack.wait(lambda: slack.links_ever == 2 and slack.links == 1)
    sending.result()

    assert len(slack.posted("U0ADA")) == 1
    assert outbox(carrel) == {"sent": 1}


def test_slack_asks_to_connect_anew_and_hears_no_pause(carrel: SlackHouse) -> None:
    slack = carrel.slack
    slack.disconnect("refresh_requested")
    said = [slack.say("U0ADA", f"help {n}") for n in range(5)]
    slack.wait(lambda: slack.links_ever == 2)
    said += [slack.say("U0ADA", f"help {n}") for n in range(5, 10)]
    slack.wait(lambda: all(one.acked for one in said))

    assert carrel.rows("SELECT count(*) FROM inbox") == [(10,)]
    assert State.REFRESHING in [state for state, _ in carrel.states]
    carrel.reach()


def test_what_was_said_while_nobody_was_connected_is_heard_later(carrel: SlackHouse) -> None:
    slack = carrel.slack
    carrel.stop()
    said = slack.say("U0ADA", "progress")
    carrel.begin()

    slack.wait(lambda: said.acked)
    carrel.drain()

    assert read(slack.posted("U0ADA")[0]).startswith("Ada Reyes, 0 of 6 sets")


def test_the_network_is_lost_and_comes_back(carrel: SlackHouse) -> None:
    slack = carrel.slack
    said = slack.say("U0ADA", "help")
    slack.wait(lambda: said.acked)
    slack.go_down()
    advice = carrel.reach(State.RECONNECTING)
    carrel.drain()
    waiting = outbox(carrel)
    while_down = slack.say("U0BEA", "progress")

    slack.come_up()
    slack.wait(lambda: while_down.acked)
    carrel.clock.forward(A_WHILE)
    carrel.drain()
    carrel.reach()

    assert advice
    assert waiting == {"waiting": 1}
    assert len(slack.posted("U0ADA")) == 1
    assert read(slack.posted("U0BEA")[0]).startswith("Bea Okafor")


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_nothing_else(
    carrel: SlackHouse,
) -> None:
    """Slack has no key for a message: at worst it stands there twice."""
    slack = carrel.slack
    slack.fail("chat.postMessage", lost="after")
    carrel.settle(slack.say("U0ADA", "help"))
    carrel.clock.forward(A_WHILE)
    carrel.drain()

    first, second = carrel.read_by(ADA.email)
    assert first == second
    assert outbox(carrel) == {"sent": 1}


def test_a_token_that_slack_does_not_take_is_named_and_mended(carrel: SlackHouse) -> None:
    slack = carrel.slack
    slack.refuse_tokens("invalid_auth")
    carrel.settle(slack.say("U0ADA", "help"))
    advice = carrel.reach(State.TOKEN_INVALID)
    nothing_yet = list(slack.posted("U0ADA"))

    slack.refuse_tokens("")
    carrel.clock.forward(A_WHILE)
    carrel.drain()

    assert "Bot User OAuth Token" in advice
    assert nothing_yet == []
    assert len(slack.posted("U0ADA")) == 1
    carrel.reach()


def test_an_app_that_was_removed_says_so_and_keeps_what_waits(carrel: SlackHouse) -> None:
    slack = carrel.slack
    said = slack.say("U0ADA", "help")
    slack.wait(lambda: said.acked)
    carrel.settle(slack.uninstall())

    assert carrel.state is State.REVOKED
    assert carrel.states[-1][1]
    assert outbox(carrel) == {"waiting": 1}


def test_a_missing_right_is_named(carrel: SlackHouse) -> None:
    slack = carrel.slack
    slack.workspace.scopes.discard("chat:write")
    carrel.settle(slack.say("U0ADA", "help"))

    assert "chat:write" in carrel.reach(State.NOT_PERMITTED)
    slack.workspace.scopes.add("chat:write")
    carrel.clock.forward(A_WHILE)
    carrel.drain()
    assert len(slack.posted("U0ADA")) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_slack_in_trouble_is_tried_again(status: int, carrel: SlackHouse) -> None:
    carrel.slack.fail("chat.postMessage", status=status)
    carrel.settle(carrel.slack.say("U0BEA", "progress"))
    carrel.clock.forward(A_WHILE)
    carrel.drain()

    assert read(carrel.slack.posted("U0BEA")[0]).startswith(BEA.name)


def test_no_secret_is_told_or_logged(carrel: SlackHouse, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    slack = carrel.slack
    slack.fail("chat.postMessage", status=500)
    slack.refuse_tokens("invalid_auth")
    carrel.settle(slack.say("U0ADA", "my secret question about a quokka"))
    carrel.stop()
    carrel.begin()
    carrel.reach(State.TOKEN_INVALID)

    told = [text for _, text in carrel.states] + [record.getMessage() for record in caplog.records]
    secrets = (slack.token, slack.app_token, slack.signing_secret, "quokka")
    assert [text for text in told if any(secret in text for secret in secrets)] == []
