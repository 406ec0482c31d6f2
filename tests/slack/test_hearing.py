"""What people say on Slack is kept before Slack hears that it was, and only what is for Carrel."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from bot.domain.messages import Choice
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, stand_at
from tests.stand import listening


async def test_a_message_is_acknowledged_only_once_it_is_kept(slack: SlackServer) -> None:
    stand = stand_at(slack)
    stand.gate = threading.Event()
    async with listening(stand):
        said = slack.say("U0ADA", "how far am I?")
        waiting = slack.say("U0BEA", "and I?")
        too_early = said.acked, waiting.acked
        stand.gate.set()
        await slack.until(lambda: said.acked and waiting.acked)

    assert too_early == (False, False)
    assert {message.text for message in stand.heard} == {"how far am I?", "and I?"}


async def test_what_could_not_be_kept_is_not_acknowledged_and_comes_again(
    slack: SlackServer,
) -> None:
    slack.be_patient(0.1)
    stand = stand_at(slack)
    stand.broken = True
    async with listening(stand):
        said = slack.say("U0ADA", "do not lose me")
        await slack.until(lambda: len(said.deliveries[0].sent) > 1)
        acked_while_broken = said.acked
        stand.broken = False
        await slack.until(lambda: said.acked)

    assert not acked_while_broken
    assert [message.text for message in stand.heard] == ["do not lose me"]


async def test_the_same_message_in_two_envelopes_is_kept_once(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        said = slack.say("U0ADA", "once")
        await slack.until(lambda: said.acked)
        again = slack.again(said.deliveries[0])
        await slack.until(lambda: again.acked is not None)

    assert len(stand.heard) == 1


async def test_a_mention_that_comes_as_two_events_is_one_message(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        said = slack.say("U0ADA", "help", channel="C0ROOM", mention=True)
        await slack.until(lambda: said.acked)

    (message,) = stand.heard
    assert (message.text, message.shared, message.thread) == ("help", True, said.ts)
    assert message.conversation == f"slack:C0ROOM/{said.ts}"


async def test_own_messages_and_other_bots_are_acknowledged_and_not_kept(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        await stand.adapter.send(outbound())
        other = slack.bot_says("beep", channel="C0ROOM")
        await slack.until(lambda: other.acked and all(d.acked for d in slack.deliveries))

    assert stand.heard == []


@pytest.mark.parametrize("takes_part", [True, False])
async def test_talk_in_a_thread_is_heard_only_where_carrel_takes_part(
    slack: SlackServer, takes_part: bool
) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        root = slack.say("U0ADA", "help", channel="C0ROOM", mention=True)
        if takes_part:
            stand.window.parts.add(("U0BEA", f"slack:C0ROOM/{root.ts}"))
        said = slack.say("U0BEA", "and for me?", channel="C0ROOM", thread=root.ts)
        await slack.until(lambda: said.acked)

    assert ("and for me?" in [message.text for message in stand.heard]) is takes_part


async def test_files_are_named_and_nothing_is_fetched_before_the_acknowledgement(
    slack: SlackServer,
) -> None:
    file = slack.add_file("U0ADA", "minutes.pdf", b"%PDF-1.7 minutes")
    stand = stand_at(slack)
    async with listening(stand):
        said = slack.say("U0ADA", "here", file)
        await slack.until(lambda: said.acked)

    (attachment,) = stand.heard[0].attachments
    assert (attachment.name, attachment.source) == ("minutes.pdf", f"slack:{file.id}")
    assert slack.called("files.info") == []


async def test_whoever_opens_the_assistant_is_offered_a_few_things_to_say(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    method = "assistant.threads.setSuggestedPrompts"
    stand.window.offers = tuple(Choice(label=f"L{n}", says=f"say {n}") for n in range(6))
    async with listening(stand):
        opened = slack.open_assistant("U0ADA")
        await slack.until(lambda: slack.called(method))

    (call,) = slack.called(method)
    assert opened.acked
    assert call.ok
    assert call.params["thread_ts"] == opened.ts
    assert [one["title"] for one in call.params["prompts"]] == ["L0", "L1", "L2", "L3"]


async def test_whoever_opens_the_messages_tab_is_offered_the_same(slack: SlackServer) -> None:
    stand = stand_at(slack)
    method = "assistant.threads.setSuggestedPrompts"
    async with listening(stand):
        slack.open_messages("U0ADA")
        await slack.until(lambda: slack.called(method))

    (call,) = slack.called(method)
    assert call.params["prompts"] == [{"title": "How far am I?", "message": "status"}]
    assert "thread_ts" not in call.params


async def test_what_is_said_in_the_assistant_shows_that_carrel_works_on_it(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    method = "assistant.threads.setStatus"
    async with listening(stand):
        opened = slack.open_assistant("U0ADA")
        said = slack.say("U0ADA", "status", thread=opened.ts)
        await slack.until(lambda: slack.called(method))

    (call,) = slack.called(method)
    assert said.acked
    assert (call.ok, call.params["thread_ts"]) == (True, opened.ts)


async def test_what_begins_a_thread_shows_it_until_the_answer_stands_elsewhere(
    slack: SlackServer,
) -> None:
    """As the manifest has it (agent_view): each message there begins a thread of its own."""
    stand = stand_at(slack)
    method = "assistant.threads.setStatus"
    async with listening(stand):
        said = slack.say("U0ADA", "status")
        await slack.until(lambda: slack.called(method))
        await stand.adapter.send(outbound())
        await slack.until(lambda: len(slack.called(method)) == 2)
        await stand.adapter.send(outbound(key="k2"))

    calls = slack.called(method)
    assert [call.params["thread_ts"] for call in calls] == [said.ts, said.ts]
    assert [bool(call.params["status"]) for call in calls] == [True, False]
    assert all(call.ok for call in calls)


async def test_an_account_that_is_switched_off_is_noted(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        gone = slack.deactivate("U0BEA")
        await slack.until(lambda: gone.acked)

    assert [user for user, _ in stand.window.lost_ones] == ["U0BEA"]


async def test_what_nobody_understands_is_acknowledged_and_passed_over(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    strange: list[tuple[str, dict[str, Any]]] = [
        ("interactive", {"type": "never_heard_of", "user": {"id": "U0ADA"}}),
        ("events_api", {"type": "event_callback", "event": {"type": "emoji_changed"}}),
        ("events_api", {"type": "event_callback"}),
        ("hm", {}),
    ]
    async with listening(stand):
        sent = [slack.push(kind, payload) for kind, payload in strange]
        await slack.until(lambda: all(one.acked for one in sent))

    assert stand.heard == []


async def test_no_task_is_left_when_listening_ends(slack: SlackServer) -> None:
    before = asyncio.all_tasks()
    stand = stand_at(slack)
    async with listening(stand):
        slack.open_home("U0ADA")
        said = slack.say("U0ADA", "hello")
        await slack.until(lambda: said.acked)
        await stand.adapter.send(outbound())

    await stand.adapter.close()
    assert asyncio.all_tasks() == before
    assert stand.state.value == "stopped"
