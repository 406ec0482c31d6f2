"""What Slack tells twice is done once, and what was left half done is finished."""

from __future__ import annotations

import copy

from bot.domain.messages import Choice, Paragraph
from channels.slack.adapter import Slack
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, stand_at, statement_form
from tests.slack.workspace import Json
from tests.stand import Stand, listening

WRITE = (Choice(label="Write it", says="statement 3"), Choice(label="No", says="no"))
ASKED = Paragraph(text="Will you write it now?")


def writer(slack: SlackServer) -> Stand[Slack]:
    """An adapter for which `statement 3` has a form."""
    stand = stand_at(slack)
    stand.window.forms["statement 3"] = statement_form()
    return stand


async def test_a_press_that_is_told_again_after_its_form_opened_says_nothing(
    slack: SlackServer,
) -> None:
    stand = writer(slack)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=WRITE))
        pressed = slack.press("U0ADA", "Write it")
        await slack.until(lambda: pressed.acked)
        slack.expire_triggers()
        again = slack.again(pressed.deliveries[0])
        await slack.until(lambda: again.acked)

    assert stand.heard == []
    assert len(slack.called("views.open")) == 1


async def test_a_press_is_known_again_by_slack_where_another_process_opened_its_form(
    slack: SlackServer,
) -> None:
    first, second = writer(slack), writer(slack)
    async with listening(first):
        typed = slack.command("U0ADA", "statement 3")
        await slack.until(lambda: typed.acked)
    async with listening(second):
        again = slack.again(typed.deliveries[0])
        await slack.until(lambda: again.acked)

    assert [call.answer.get("error") for call in slack.called("views.open")] == [
        None,
        "exchanged_trigger_id",
    ]
    assert second.heard == []
    assert not again.response


async def test_choices_that_still_stand_when_a_press_is_told_again_are_replaced_then(
    slack: SlackServer,
) -> None:
    """As where a process kept the words and ended before it drew the message anew."""
    slack.fail("chat.update", status=500)
    stand = stand_at(slack)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=WRITE))
        pressed = slack.press("U0ADA", "No")
        await slack.until(lambda: slack.called("chat.update"))
        before = copy.deepcopy(slack.posted("U0ADA")[0]["blocks"])
        slack.again(pressed.deliveries[0])
        await slack.until(lambda: len(slack.called("chat.update")) == 2)

    after = slack.posted("U0ADA")[0]["blocks"]
    assert any(block["type"] == "actions" for block in before)
    assert not any(block["type"] == "actions" for block in after)
    assert "Chosen: No" in str(after)
    assert len(stand.heard) == 1


async def test_a_form_that_was_sent_and_is_told_again_is_no_draft_again(
    slack: SlackServer,
) -> None:
    stand = writer(slack)
    stand.window.words["statement:3"] = "statement 3:"
    async with listening(stand):
        opened = slack.command("U0ADA", "statement 3")
        await slack.until(lambda: opened.acked)
        typed = slack.type_into("U0ADA", "Your words", "I learned")
        await slack.until(lambda: typed.acked)
        sent = slack.submit_view("U0ADA", {"Your words": "I learned much."})
        await slack.until(lambda: sent.acked)
        copies = [slack.again(push.deliveries[0]) for push in (typed, sent)]
        await slack.until(lambda: all(one.acked is not None for one in copies))

    assert [draft["words"] for _, _, draft in stand.window.drafts] == [
        "I learned",
        "I learned much.",
    ]
    assert len(stand.heard) == 1


async def send(slack: SlackServer, view: Json, words: str) -> None:
    """Ada sends the form, which stands open still."""
    slack.workspace.user("U0ADA").views[:] = [view]
    sent = slack.submit_view("U0ADA", {"Your words": words})
    await slack.until(lambda: sent.acked)


async def test_a_form_that_was_corrected_and_sent_again_is_heard_again(
    slack: SlackServer,
) -> None:
    """As where Slack had no answer in time: the form stayed open, and is sent with other words."""
    stand = writer(slack)
    stand.window.words["statement:3"] = "statement 3:"
    async with listening(stand):
        opened = slack.command("U0ADA", "statement 3")
        await slack.until(lambda: opened.acked)
        view = slack.form("U0ADA")
        for words in ("I learned.", "I learned much.", "I learned much."):
            await send(slack, view, words)

    assert [message.text for message in stand.heard] == [
        "statement 3: I learned.",
        "statement 3: I learned much.",
    ]
