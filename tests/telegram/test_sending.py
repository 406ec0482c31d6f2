"""What Carrel says arrives on Telegram once, whole, where it belongs; and failures are named."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import Bar, Chart, Choice, Download, Paragraph
from bot.errors import DeliveryFailed
from bot.ports import Limits
from tests.stand import listening
from tests.telegram.conftest import ADA, BEA, ROOM, SAL
from tests.telegram.reading import calls, labels_of, read
from tests.telegram.server import TelegramServer
from tests.telegram.stand import Stand, card, outbound, stand_at

BAR = Bar(label="A", done=1, total=3, note="")
CHART = Chart(title="Progress", bars=(BAR,), footer="", alt="one of <three>")
LONG = Paragraph(text="\n".join(f"Line {n} of a very long answer." for n in range(600)))
ROOMS = f"telegram:{ROOM}"


async def failure(stand: Stand, *, to: int = ADA) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await stand.adapter.send(outbound(to=to))
    return caught.value


@pytest.fixture
def stand(telegram: TelegramServer) -> Stand:
    """An adapter that sends without listening."""
    return stand_at(telegram)


async def test_an_answer_in_a_group_stands_below_the_question_and_is_inert(
    telegram: TelegramServer, stand: Stand
) -> None:
    asked = telegram.mention(ADA, "how long?", chat=ROOM)
    words = Paragraph(text="<a href='tg://user?id=102'>x</a> & <b>more</b>")
    (receipt,) = await stand.adapter.send(
        outbound(words, conversation=f"{ROOMS}/{asked.id}", thread=str(asked.id))
    )
    await stand.adapter.close()

    (post,) = telegram.posted(ROOM)
    assert receipt == str(post["message_id"])
    assert post["reply_to_message"]["message_id"] == asked.id
    assert words.text in read(post)
    assert calls(post) == []
    assert labels_of(post) == ["Talk to me alone"]
    assert telegram.called("sendMessage", link_preview_options={"is_disabled": True})


async def test_an_answer_stands_in_its_topic_and_arrives_where_the_question_is_gone(
    telegram: TelegramServer, stand: Stand
) -> None:
    topic = telegram.add_topic(ROOM, "Questions", by=SAL)
    at = f"{ROOMS}#{topic}/4711"
    await stand.adapter.send(outbound(conversation=at, thread="4711"))
    await stand.adapter.close()

    assert len(telegram.posted(ROOM, topic=topic)) == 1


async def test_parts_that_arrived_are_not_sent_again(
    telegram: TelegramServer, stand: Stand
) -> None:
    message = outbound(LONG, CHART)
    telegram.fail("sendMessage", status=503)
    with pytest.raises(DeliveryFailed):
        await stand.adapter.send(message)
    telegram.fail("sendPhoto", status=500)
    with pytest.raises(DeliveryFailed):
        await stand.adapter.send(message)
    posts = len(telegram.posted(ADA))
    receipts = [await stand.adapter.send(message), await stand.adapter.send(message)]
    await stand.adapter.close()

    shown = telegram.posted(ADA)
    text = "\n".join(read(post) for post in shown)
    assert len(shown) == posts + 1 > 3
    assert receipts == [tuple(str(post["message_id"]) for post in shown)] * 2
    assert [n for n in range(600) if f"Line {n} of" not in text] == []


@pytest.mark.parametrize(
    ("to", "limits", "other"),
    [(ADA, Limits(person=60.0), ROOM), (ROOM, Limits(room=60.0), ADA)],
)
async def test_between_parts_passes_what_telegram_wants(
    telegram: TelegramServer, to: int, limits: Limits, other: int
) -> None:
    stand = stand_at(telegram, limits=limits)
    sending = asyncio.create_task(stand.adapter.send(outbound(LONG, to=to)))
    await telegram.until(lambda: telegram.posted(to))
    elsewhere = await stand.adapter.send(outbound(LONG, to=other, key="k2"))
    sending.cancel()
    await asyncio.wait([sending])
    await stand.adapter.close()

    assert len(telegram.posted(to)) == 1
    assert len(telegram.posted(other)) == len(elsewhere) > 2
    assert stand.turns.taken == 1 + len(elsewhere)


async def test_a_card_is_changed_in_place_and_posted_anew_when_that_cannot_be(
    telegram: TelegramServer, stand: Stand
) -> None:
    (first,) = await stand.adapter.send(card(choices=(Choice(label="Claim", says="claim 3"),)))
    same = card(key="k2", replaces=first, choices=(Choice(label="Claim", says="claim 3"),))
    receipts = {first, *await stand.adapter.send(same)}
    claimed = card(Paragraph(text="Claimed."), key="k3", replaces=first)
    receipts.update(await stand.adapter.send(claimed))
    shown = [read(post) for post in telegram.posted(ROOM)]
    telegram.freeze(ROOM, int(first))
    (anew,) = await stand.adapter.send(card(Paragraph(text="Decided."), key="k4", replaces=first))
    telegram.delete(ROOM, int(anew))
    (last,) = await stand.adapter.send(card(Paragraph(text="Closed."), key="k5", replaces=anew))
    await stand.adapter.close()

    assert receipts == {first}
    assert shown == ["Claimed."]
    assert [read(post) for post in telegram.posted(ROOM)] == ["Claimed.", "Closed."]
    assert len({first, anew, last}) == 3


async def test_pictures_and_files_arrive_below_the_words(
    telegram: TelegramServer, stand: Stand, tmp_path: Path
) -> None:
    path = tmp_path / "archive.zip"
    path.write_bytes(b"PK" + bytes(300_000))
    stand.window.files["abc"] = path
    file = Download(
        name='all "of it".zip', media_type="application/zip", size=300_002, sha256="abc"
    )
    await stand.adapter.send(outbound(Paragraph(text="Here."), CHART, file))
    await stand.adapter.close()

    words, picture, archive = telegram.posted(ADA)
    assert "Here." in words["text"]
    assert picture["caption"] == "one of <three>"
    assert archive["document"]["file_name"] == 'all "of it".zip'
    assert telegram.world.files[archive["document"]["file_id"]].data == path.read_bytes()


@pytest.mark.parametrize("to", [ADA, ROOM])
async def test_a_limit_is_obeyed_as_telegram_says_and_tried_once_only(
    telegram: TelegramServer, stand: Stand, to: int
) -> None:
    telegram.fail("sendMessage", retry_after=17)
    failed = await failure(stand, to=to)
    limited = stand.state
    await stand.adapter.send(outbound(to=to))
    await stand.adapter.close()

    assert (failed.retry_after, failed.permanent, failed.ours) == (17, False, False)
    assert limited is State.RATE_LIMITED
    assert stand.state is State.CONNECTED
    assert len(telegram.called("sendMessage")) == 2


async def test_who_blocked_carrel_left_or_never_began_is_gone(
    telegram: TelegramServer, stand: Stand
) -> None:
    telegram.block(ADA)
    telegram.deactivate(BEA)
    telegram.add_person(104, started=False)
    failed = [await failure(stand, to=to) for to in (ADA, BEA, 104, 105)]
    await stand.adapter.close()

    assert {(one.permanent, one.gone) for one in failed} == {(True, True)}


async def test_a_group_that_moved_or_is_shut_is_named(
    telegram: TelegramServer, stand: Stand
) -> None:
    telegram.add_group(-7, ADA, kind="group")
    telegram.migrate(-7, -1_001_000_000_008)
    moved = await failure(stand, to=-7)
    telegram.kick(ROOM, by=SAL)
    kicked = await failure(stand, to=ROOM)
    await stand.adapter.close()

    assert str(moved.moved_to) == "telegram:-1001000000008"
    assert (kicked.permanent, kicked.gone, kicked.ours) == (False, False, False)


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 502},
        {"lost": "before"},
        {"status": 403, "description": "Forbidden: something new"},
        {"status": 401},
    ],
)
async def test_what_may_pass_or_can_be_mended_is_tried_again_later(
    telegram: TelegramServer, stand: Stand, trouble: dict[str, Any]
) -> None:
    telegram.fail("sendMessage", **trouble)
    failed = await failure(stand, to=ROOM)
    await stand.adapter.close()

    assert (failed.permanent, failed.gone) == (False, False)


async def test_what_telegram_did_not_understand_is_not_tried_again(
    telegram: TelegramServer, stand: Stand
) -> None:
    telegram.fail("sendMessage", description="Bad Request: can't parse entities: x")
    failed = await failure(stand)
    await stand.adapter.close()

    assert (failed.permanent, failed.gone, failed.ours) == (True, False, False)


async def test_a_message_waits_while_there_is_no_turn_to_be_had(
    telegram: TelegramServer, stand: Stand
) -> None:
    stand.turns.failure = DeliveryFailed("The database is away.", ours=True)
    failed = await failure(stand)
    stand.turns.failure = None
    await stand.adapter.send(outbound())
    await stand.adapter.close()

    assert failed.ours
    assert len(telegram.called("sendMessage")) == 1


async def test_closing_twice_is_harmless(telegram: TelegramServer, stand: Stand) -> None:
    async with listening(stand):
        await stand.adapter.send(outbound())
    await stand.adapter.close()
    await stand.adapter.close()

    assert len(telegram.posted(ADA)) == 1
