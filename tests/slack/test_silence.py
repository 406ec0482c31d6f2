"""No token and no word of anybody's is logged, at any level, by us or by Slack's libraries."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from bot.domain.messages import Attachment, Paragraph
from bot.errors import DeliveryFailed, Unfetched
from channels.slack.access import SlackAccess
from channels.slack.adapter import Slack
from channels.slack.check import check
from channels.slack.files import SlackFiles
from tests.logged import Kept
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, served, stand_at, statement_form
from tests.stand import Stand, listening, until

WORDS = "quokka"  # in everything that is said in these tests


async def test_no_token_and_no_words_are_logged(slack: SlackServer, everything: Kept) -> None:
    slack.be_patient(0.2)
    stand = stand_at(slack)
    stand.window.forms[f"form {WORDS}"] = statement_form()
    async with listening(stand):
        said = slack.say("U0ADA", f"hello {WORDS}")
        await slack.until(lambda: said.acked)
        typed = slack.command("U0ADA", f"form {WORDS}")
        await slack.until(lambda: typed.acked)
        slack.submit_view("U0ADA", {"Your words": WORDS})
        slack.push("events_api", {"type": "event_callback", "event": {"type": WORDS}})
        for trouble in ("msg_too_long", "missing_scope", "new_error"):
            slack.fail("chat.postMessage", error=trouble)
            with pytest.raises(DeliveryFailed):
                await stand.adapter.send(outbound(Paragraph(text=WORDS), to="C0ROOM"))
        slack.fail("views.publish", error="invalid_blocks", times=-1)
        await stand.adapter.send(outbound(Paragraph(text=WORDS)))
        await slack.until(lambda: slack.called("views.publish"))
        await loses_and_finds(slack, stand)

    assert any("errand-failed" in line for line in everything.lines)
    assert any("slack-not-kept" in line for line in everything.lines)
    assert leaks(slack, everything) == []


async def test_no_words_of_requests_are_logged(slack: SlackServer, everything: Kept) -> None:
    stand = stand_at(slack, by_http=True)
    async with listening(stand), served(slack, stand) as url:
        await loses_and_finds(slack, stand)
        async with aiohttp.ClientSession() as session:
            await session.post(url, json={"text": WORDS}, headers={"X-Slack-Signature": "v0=x"})

    assert any("slack-not-kept" in line for line in everything.lines)
    assert leaks(slack, everything) == []


async def loses_and_finds(slack: SlackServer, stand: Stand[Slack]) -> None:
    """Something is said while nothing can be kept."""
    stand.broken = True
    lost = slack.say("U0ADA", f"lost {WORDS}")
    await until(lambda: stand.lost)
    stand.broken = False
    await slack.until(lambda: lost.acked)


def test_fetching_and_checking_log_no_token(
    slack: SlackServer, everything: Kept, tmp_path: Path
) -> None:
    access = SlackAccess(bot_token=slack.token, app_token=slack.app_token, api_url=slack.api_url)
    file = slack.add_file("U0ADA", "a.pdf", WORDS.encode(), served="truncated")
    attachment = Attachment(name="a.pdf", size=1, source=f"slack:{file.id}")
    with pytest.raises(Unfetched):
        SlackFiles(access).fetch(attachment, into=tmp_path, largest=1000)
    check(access, staff_channel="C0NONE")
    slack.refuse_tokens("invalid_auth")
    check(access)

    assert leaks(slack, everything) == []


def leaks(slack: SlackServer, kept: Kept) -> list[str]:
    secrets = (slack.token, slack.app_token, slack.signing_secret, WORDS, "ticket=")
    return [line for line in kept.lines if any(secret in line for secret in secrets)]
