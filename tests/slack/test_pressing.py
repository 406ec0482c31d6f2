"""Buttons, menus, commands and forms on Slack come to the same as words."""

from __future__ import annotations

import copy

from bot.domain.messages import Choice, Paragraph
from channels.slack.marks import FILE_MESSAGE
from tests.glass import Glass
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, stand_at, statement_form
from tests.stand import listening

YES_NO = (Choice(label="Yes", says="yes, file it"), Choice(label="No", says="no, drop it"))
ASKED = Paragraph(text="Shall I file it? <!channel> & more")


async def test_a_picked_choice_is_said_and_replaced_by_what_was_picked(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        pressed = slack.press("U0ADA", "Yes")
        await slack.until(lambda: slack.called("chat.update"))

    (message,) = stand.heard
    (shown,) = slack.posted("U0ADA")
    assert pressed.acked
    assert (message.text, message.conversation) == ("yes, file it", "slack:U0ADA")
    assert "Chosen: Yes" in str(shown["blocks"])
    assert not any(block["type"] == "actions" for block in shown["blocks"])
    assert "Shall I file it? &lt;!channel&gt; &amp; more" in shown["text"]


async def test_long_words_are_shortened_between_characters_when_a_choice_replaces_the_rest(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        long = (Paragraph(text="b & d " * 90), Paragraph(text="&" * 1_490))
        await stand.adapter.send(outbound(*long, choices=YES_NO))
        slack.press("U0ADA", "Yes")
        await slack.until(lambda: slack.called("chat.update"))

    (call,) = slack.called("chat.update")
    assert call.ok
    assert len(call.params["text"]) <= 4_000
    assert "&" not in call.params["text"].replace("&amp;", "")
    assert call.params["text"].endswith("(The message itself has the rest.)")


async def test_a_second_click_says_that_it_was_chosen_already(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        as_drawn = copy.deepcopy(slack.posted("U0ADA")[0])
        slack.press("U0ADA", "Yes", on=as_drawn)
        slack.press("U0ADA", "Yes", on=as_drawn)
        await slack.until(lambda: slack.called("chat.postEphemeral"))

    (told,) = slack.called("chat.postEphemeral")
    assert told.ok
    assert "chosen already" in told.params["text"]
    assert len(stand.heard) == 1


async def test_choices_of_a_card_stay(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        card = outbound(
            ASKED, to="C0ROOM", conversation="slack:C0ROOM", card="submission:3", choices=YES_NO
        )
        await stand.adapter.send(card)
        presses = [slack.press(user, "Yes", channel="C0ROOM") for user in ("U0SAL", "U0BEA")]
        await slack.until(lambda: all(pressed.acked for pressed in presses))

    assert {(m.sender.value, m.shared) for m in stand.heard} == {("U0SAL", False), ("U0BEA", False)}
    assert slack.called("chat.update") == []


async def test_a_button_of_an_unknown_kind_says_that_it_does_nothing(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        old = copy.deepcopy(slack.posted("U0ADA")[0])
        for block in old["blocks"]:
            block["block_id"] = "from-long-ago"
        slack.press("U0ADA", "Yes", on=old)
        await slack.until(lambda: slack.called("chat.postEphemeral"))

    assert stand.heard == []
    assert "earlier version" in slack.called("chat.postEphemeral")[0].params["text"]


async def test_a_press_that_could_not_be_kept_is_not_acknowledged_and_changes_nothing(
    slack: SlackServer,
) -> None:
    slack.be_patient(0.1)
    stand = stand_at(slack)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        stand.broken = True
        pressed = slack.press("U0ADA", "Yes")
        await slack.until(lambda: len(pressed.deliveries[0].sent) > 1)
        before = (pressed.acked, slack.called("chat.update"))
        stand.broken = False
        await slack.until(lambda: slack.called("chat.update"))

    assert before == (False, [])
    assert len(stand.heard) == 1


async def test_a_command_is_answered_in_private(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        typed = slack.command("U0ADA", "status", channel="C0ROOM")
        await slack.until(lambda: typed.acked)

    (message,) = stand.heard
    assert typed.response == {
        "response_type": "ephemeral",
        "text": "I answer you in our direct messages.",
    }
    assert (message.text, message.conversation, message.shared) == (
        "status",
        "slack:U0ADA",
        False,
    )


async def test_a_shortcut_on_a_message_without_files_tells_what_to_do(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        said = slack.say("U0ADA", "no file here", channel="C0ROOM")
        taken = slack.shortcut("U0ADA", FILE_MESSAGE, channel="C0ROOM", ts=said.ts)
        await slack.until(lambda: slack.posted("U0ADA"))

    assert taken.acked
    assert stand.heard == []


async def test_words_that_have_a_form_open_it_and_a_filled_form_becomes_words(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    stand.window.forms["statement 3"] = statement_form()
    stand.window.words["statement:3"] = "statement 3:"
    async with listening(stand):
        typed = slack.command("U0ADA", "statement 3")
        await slack.until(lambda: typed.acked)
        heard_before = list(stand.heard)
        sent = slack.submit_view("U0ADA", {"Your words": "I learned <much>."})
        await slack.until(lambda: sent.acked)

    (message,) = stand.heard
    assert heard_before == []
    assert not typed.response
    assert (message.text, message.conversation) == (
        "statement 3: I learned <much>.",
        "slack:U0ADA",
    )


async def test_words_go_on_as_a_message_when_their_form_cannot_be_opened(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    stand.window.forms["statement 3"] = statement_form()
    slack.fail("views.open", error="expired_trigger_id")
    async with listening(stand):
        typed = slack.command("U0ADA", "statement 3")
        await slack.until(lambda: typed.acked)

    assert [message.text for message in stand.heard] == ["statement 3"]


async def test_a_refused_form_says_why_and_keeps_what_was_typed(slack: SlackServer) -> None:
    stand = stand_at(slack)
    stand.window.forms["statement 3"] = statement_form()
    async with listening(stand):
        typed = slack.command("U0ADA", "statement 3")
        await slack.until(lambda: typed.acked)
        fields = [block for block in slack.form("U0ADA")["blocks"] if block["type"] == "input"]
        sent = slack.submit_view("U0ADA", {"Your words": "My work."})
        await slack.until(lambda: sent.acked)

    assert sent.response == {
        "response_action": "errors",
        "errors": {fields[0]["block_id"]: "That form is not known any more."},
    }
    assert stand.window.drafts == [("U0ADA", "statement:3", {"words": "My work."})]
    assert stand.heard == []


async def test_what_was_typed_before_a_form_is_closed_is_kept_as_a_draft(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    stand.window.forms["statement 3"] = statement_form()
    async with listening(stand):
        typed = slack.command("U0ADA", "statement 3")
        await slack.until(lambda: typed.acked)
        half = slack.type_into("U0ADA", "Your words", "Half a thou")
        await slack.until(lambda: half.acked)
        closed = slack.close_view("U0ADA")
        await slack.until(lambda: closed.acked)

    assert stand.window.drafts[-1] == ("U0ADA", "statement:3", {"words": "Half a thou"})


async def test_the_page_is_asked_for_the_form_of_whoever_presses(slack: SlackServer) -> None:
    stand = stand_at(slack)
    stand.window.forms["yes, file it"] = statement_form()
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        pressed = slack.press("U0ADA", "Yes")
        await slack.until(lambda: pressed.acked)

    assert isinstance(stand.window, Glass)
    assert stand.window.asked == [("U0ADA", "yes, file it")]
    assert slack.form("U0ADA")["title"]["text"] == "Statement"
    assert slack.called("chat.update") == []
