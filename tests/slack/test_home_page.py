"""Everybody's home page on Slack shows what is so now, and is not published without need."""

from __future__ import annotations

from functools import partial

from bot.domain.messages import Bar, Chart, Choice, Paragraph, Reply
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, stand_at
from tests.stand import listening, until


def page(words: str, *, done: int | None = None) -> Reply:
    text = Paragraph(text=words)
    if done is None:
        return Reply(blocks=(text,))
    bar = Bar(label="A", done=done, total=3, note="")
    chart = Chart(title="Progress", bars=(bar,), footer="", alt=f"{done} of 3")
    return Reply(blocks=(text, chart), choices=(Choice(label="What next?", says="next"),))


def shows(slack: SlackServer, words: str) -> bool:
    home = slack.workspace.user("U0ADA").home
    return home is not None and words in str(home)


async def test_the_page_is_published_when_it_is_opened(slack: SlackServer) -> None:
    stand = stand_at(slack)
    stand.window.pages["U0ADA"] = page("You have 2 of 7 sections.")
    async with listening(stand):
        opened = slack.open_home("U0ADA")
        await slack.until(lambda: slack.called("views.publish"))

    assert opened.acked
    assert "2 of 7" in str(slack.home("U0ADA"))


async def test_whoever_looks_at_their_page_is_shown_it_whatever_was_shown_before(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    stand.window.pages["U0ADA"] = page("You have 2 of 7 sections.")
    async with listening(stand):
        slack.open_home("U0ADA")
        await until(partial(shows, slack, "2 of 7"))
        slack.workspace.user("U0ADA").home = None  # as after a new installation
        slack.open_home("U0ADA")
        await until(partial(shows, slack, "2 of 7"))

    assert len(slack.called("views.publish")) == 2


async def test_the_page_follows_what_is_said_in_private_and_only_when_it_changed(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    stand.window.pages["U0ADA"] = page("before")
    async with listening(stand):
        await stand.adapter.send(outbound(key="k1"))
        await slack.until(lambda: len(slack.called("views.publish")) == 1)
        await stand.adapter.send(outbound(key="k2"))
        stand.window.pages["U0ADA"] = page("after")
        await stand.adapter.send(outbound(key="k3"))
        await slack.until(lambda: "after" in str(slack.home("U0ADA")))

    assert len(slack.called("views.publish")) == 2


async def test_nobodys_page_is_published_for_what_is_said_in_a_room(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        await stand.adapter.send(outbound(to="C0ROOM"))
        await stand.adapter.send(outbound(conversation="slack:C0ROOM/1.2", key="k2"))
        said = slack.say("U0ADA", "hello")
        await slack.until(lambda: said.acked)

    assert slack.called("views.publish") == []


async def test_a_picture_is_kept_at_slack_until_it_shows_something_else(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        for words, done in (("one", 1), ("two", 1), ("three", 2)):
            stand.window.pages["U0ADA"] = page(words, done=done)
            slack.open_home("U0ADA")
            await until(partial(shows, slack, words))
        await slack.until(lambda: slack.called("files.delete"))

    uploads = slack.called("files.completeUploadExternal")
    assert len(uploads) == 2
    assert not any("channel_id" in call.params for call in uploads)
    assert slack.home("U0ADA")["blocks"][1]["alt_text"] == "2 of 3"


async def test_a_page_goes_without_a_picture_that_slack_refuses_and_gets_it_a_moment_later(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    stand.window.pages["U0ADA"] = page("here", done=1)
    slack.fail("views.publish", error="invalid_blocks")
    async with listening(stand):
        slack.open_home("U0ADA")
        await slack.until(lambda: len(slack.called("views.publish")) == 3)

    refused, without, later = (str(c.params["view"]) for c in slack.called("views.publish"))
    assert ["slack_file" in view for view in (refused, without, later)] == [True, False, True]


async def test_a_page_that_has_to_wait_is_published_when_slack_says_so(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack)
    stand.window.pages["U0ADA"] = page("patience")
    slack.fail("views.publish", status=429, retry_after=0)
    async with listening(stand):
        slack.open_home("U0ADA")
        await until(lambda: slack.workspace.user("U0ADA").home)

    assert "patience" in str(slack.home("U0ADA"))


async def test_a_page_that_cannot_be_published_fails_no_message(slack: SlackServer) -> None:
    stand = stand_at(slack)
    slack.fail("views.publish", error="not_enabled", times=-1)
    async with listening(stand):
        (receipt,) = await stand.adapter.send(outbound())
        await slack.until(lambda: slack.called("views.publish"))
        await until(lambda: stand.state.value == "not-permitted")

    assert receipt == slack.posted("U0ADA")[0]["ts"]
    assert "Home Tab" in stand.states[-2][1]
