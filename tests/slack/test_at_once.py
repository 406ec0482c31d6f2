"""Nobody waits for somebody else, and Slack waits for nobody."""

from __future__ import annotations

import threading
from datetime import timedelta

from tests.slack.server import SlackServer
from tests.slack.stand import stand_at, statement_form
from tests.stand import listening

LATEST = timedelta(seconds=3)  # Slack's own patience


async def test_words_go_on_when_their_form_takes_too_long_to_be_made(slack: SlackServer) -> None:
    stand = stand_at(slack)
    stand.window.forms["statement 3"] = statement_form()
    gate = stand.window.held["U0ADA"] = threading.Event()
    async with listening(stand):
        typed = slack.command("U0ADA", "statement 3")
        try:
            await slack.until(lambda: typed.acked)
        finally:
            gate.set()

    assert [message.text for message in stand.heard] == ["statement 3"]
    assert typed.deliveries[0].took < LATEST.total_seconds()
    assert slack.called("views.open") == []


async def test_one_persons_form_holds_up_nobody_elses(slack: SlackServer) -> None:
    stand = stand_at(slack)
    stand.window.forms["statement 3"] = statement_form()
    stand.window.words["statement:3"] = "statement 3:"
    async with listening(stand):
        opened = [slack.command(user, "statement 3") for user in ("U0ADA", "U0BEA")]
        await slack.until(lambda: all(push.acked for push in opened))
        gate = stand.window.held["U0ADA"] = threading.Event()
        slow = slack.submit_view("U0ADA", {"Your words": "Slow."})
        await slack.until(lambda: len(stand.window.drafts) == 1)
        quick = slack.submit_view("U0BEA", {"Your words": "Quick."})
        try:
            await slack.until(lambda: quick.acked)
            before = [message.text for message in stand.heard]
        finally:
            gate.set()
        await slack.until(lambda: slow.acked)

    assert before == ["statement 3: Quick."]
    assert len(stand.heard) == 2
