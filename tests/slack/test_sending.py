"""What Carrel says arrives on Slack once, whole, where it belongs; and failures are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import Bar, Chart, Download, Paragraph
from bot.errors import DeliveryFailed
from channels.slack.adapter import Slack
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, stand_at
from tests.stand import Stand, listening

BAR = Bar(label="A", done=1, total=3, note="")
CHART = Chart(title="Progress", bars=(BAR,), footer="", alt="one of three")
LONG = Paragraph(text="\n".join(f"Line {n} of a very long answer." for n in range(1500)))


async def failure(stand: Stand[Slack], *, to: str = "U0ADA") -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await stand.adapter.send(outbound(to=to))
    return caught.value


@pytest.fixture
def stand(slack: SlackServer) -> Stand[Slack]:
    """An adapter that sends without listening."""
    return stand_at(slack)


async def test_a_message_arrives_in_its_thread_and_mentions_nobody(
    slack: SlackServer, stand: Stand[Slack]
) -> None:
    root = slack.say("U0ADA", "help", channel="C0ROOM", mention=True)
    words = Paragraph(text="<!channel> <@U0BEA> https://example.org @here")
    (receipt,) = await stand.adapter.send(
        outbound(words, conversation=f"slack:C0ROOM/{root.ts}", thread=root.ts)
    )
    await stand.adapter.close()

    (post,) = slack.posted("C0ROOM", thread=root.ts)
    params = slack.called("chat.postMessage")[0].params
    assert receipt == post["ts"]
    assert "&lt;!channel&gt; &lt;@U0BEA&gt;" in post["text"]
    assert {name: params[name] for name in ("unfurl_links", "unfurl_media", "link_names")} == {
        "unfurl_links": False,
        "unfurl_media": False,
        "link_names": False,
    }
    assert params["parse"] == "none"


async def test_the_direct_messages_with_a_person_are_opened_once(
    slack: SlackServer, stand: Stand[Slack]
) -> None:
    for number in range(3):
        await stand.adapter.send(outbound(key=f"k{number}"))
    await stand.adapter.close()

    assert len(slack.posted("U0ADA")) == 3
    assert len(slack.called("conversations.open")) == 1


async def test_parts_that_arrived_are_not_sent_again(
    slack: SlackServer, stand: Stand[Slack]
) -> None:
    message = outbound(LONG, CHART)
    slack.fail("chat.postMessage", status=503)
    with pytest.raises(DeliveryFailed, match="503"):
        await stand.adapter.send(message)
    slack.fail("files.getUploadURLExternal", status=500)
    with pytest.raises(DeliveryFailed, match="500"):
        await stand.adapter.send(message)
    posts = len(slack.posted("U0ADA"))
    receipts = [*await stand.adapter.send(message), *await stand.adapter.send(message)]
    await stand.adapter.close()

    shown = slack.posted("U0ADA")
    assert len(shown) == posts + 1 > 3
    assert receipts == [shown[0]["ts"]] * 2
    assert len(slack.called("files.completeUploadExternal")) == 1
    text = "\n".join(str(post) for post in slack.posted("U0ADA"))
    assert [n for n in range(1500) if f"Line {n} of" not in text] == []


async def test_a_card_is_changed_in_place_and_posted_anew_when_the_old_one_is_gone(
    slack: SlackServer, stand: Stand[Slack]
) -> None:
    card = outbound(to="C0ROOM", card="submission:3")
    (first,) = await stand.adapter.send(card)
    (second,) = await stand.adapter.send(
        replace(outbound(Paragraph(text="Claimed."), to="C0ROOM", key="k2"), replaces=first)
    )
    del slack.workspace.channel("C0ROOM").messages[first]
    (third,) = await stand.adapter.send(
        replace(outbound(Paragraph(text="Decided."), to="C0ROOM", key="k3"), replaces=first)
    )
    await stand.adapter.close()

    (post,) = slack.posted("C0ROOM")
    assert (second, third) == (first, post["ts"])
    assert third != first
    assert "Decided." in post["text"]


async def test_pictures_and_files_arrive_below_the_words(
    slack: SlackServer, stand: Stand[Slack], tmp_path: Path
) -> None:
    path = tmp_path / "archive.zip"
    path.write_bytes(b"PK" + bytes(300_000))
    stand.window.files["abc"] = path
    file = Download(
        name="archive.zip", media_type="application/zip", size=path.stat().st_size, sha256="abc"
    )
    await stand.adapter.send(outbound(Paragraph(text="Here."), CHART, file))
    await stand.adapter.close()

    words, picture, archive = slack.posted("U0ADA")
    described = slack.called("files.getUploadURLExternal")[0].params
    kept = slack.workspace.files
    assert "Here." in words["text"]
    assert described["alt_txt"] == "one of three"
    assert kept[picture["files"][0]["id"]].data.startswith(b"\x89PNG")
    assert kept[archive["files"][0]["id"]].data == path.read_bytes()


@pytest.mark.parametrize(("size", "why"), [(2_000_000_000, "larger"), (10, "not kept")])
async def test_a_file_that_cannot_be_given_is_told_of_in_words(
    slack: SlackServer, stand: Stand[Slack], tmp_path: Path, size: int, why: str
) -> None:
    if size > 10:
        stand.window.files["abc"] = tmp_path
    file = Download(name="all <b>.zip", media_type="application/zip", size=size, sha256="abc")
    await stand.adapter.send(outbound(Paragraph(text="Here."), file))
    await stand.adapter.close()

    told = slack.posted("U0ADA")[1]["text"]
    assert "all &lt;b&gt;.zip" in told
    assert why in told
    assert slack.called("files.getUploadURLExternal") == []


async def test_a_file_that_slack_will_never_take_does_not_hold_up_the_rest(
    slack: SlackServer, stand: Stand[Slack], tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF")
    stand.window.files["abc"] = path
    file = Download(name="letter.pdf", media_type="application/pdf", size=4, sha256="abc")
    slack.workspace.scopes.discard("files:write")
    (receipt,) = await stand.adapter.send(outbound(Paragraph(text="Here."), CHART, file))
    await stand.adapter.close()

    words, told = slack.posted("U0ADA")
    assert receipt == words["ts"]
    assert "letter.pdf" in told["text"]
    assert "files:write" in (stand.was(State.NOT_PERMITTED) or "")


async def test_a_limit_is_obeyed_as_slack_says_and_tried_once_only(
    slack: SlackServer, stand: Stand[Slack]
) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=17)
    failed = await failure(stand, to="C0ROOM")
    limited = stand.state.value
    await stand.adapter.send(outbound(to="C0ROOM"))
    await stand.adapter.close()

    assert (failed.retry_after, failed.permanent) == (17, False)
    assert limited == "rate-limited"
    assert stand.state.value != "rate-limited"
    assert len(slack.called("chat.postMessage")) == 2


async def test_whoever_left_the_workspace_is_gone(slack: SlackServer, stand: Stand[Slack]) -> None:
    slack.deactivate("U0ADA")
    failed = [await failure(stand), await failure(stand, to="U0NOBODY")]
    await stand.adapter.close()

    assert [(one.permanent, one.gone) for one in failed] == [(True, True), (True, True)]


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 500},
        {"status": 503},
        {"lost": "before"},
        {"error": "internal_error"},
        {"error": "something_new"},
        {"error": "invalid_auth"},
        {"error": "token_revoked"},
        {"error": "missing_scope"},
    ],
)
async def test_what_may_pass_or_can_be_mended_is_tried_again_later(
    slack: SlackServer, stand: Stand[Slack], trouble: dict[str, Any]
) -> None:
    slack.fail("chat.postMessage", **trouble)
    failed = await failure(stand, to="C0ROOM")
    await stand.adapter.close()

    assert (failed.permanent, failed.gone) == (False, False)
    assert str(trouble.get("error", "")) in str(failed)


async def test_nobody_at_the_address_of_slack_is_no_lasting_failure(slack: SlackServer) -> None:
    stand = stand_at(slack, secrets={"api_url": "http://127.0.0.1:9/api/"})
    failed = await failure(stand)
    await stand.adapter.close()

    assert not failed.permanent
    assert stand.state.value == "reconnecting"


async def test_closing_twice_is_harmless(slack: SlackServer) -> None:
    stand = stand_at(slack)
    async with listening(stand):
        await stand.adapter.send(outbound())
    await stand.adapter.close()
    await stand.adapter.close()

    assert len(slack.posted("U0ADA")) == 1
