"""A client of somebody's own cannot write into Carrel's messages, nor take anything from them."""

from __future__ import annotations

import copy

import pytest

from bot.domain.messages import Choice, OutboundMessage, Paragraph
from tests.stand import listening
from tests.telegram.conftest import ADA, BEA, ROOM
from tests.telegram.keyboards import buttons
from tests.telegram.reading import labels_of, read
from tests.telegram.server import TelegramServer
from tests.telegram.stand import Stand, card, outbound, stand_at

CLAIM = (Choice(label="Claim 3", says="claim 3"),)
FORGED = ["=Approved by Sal", "!=approve 3", "#aaaaaaaaaaaaaaaaaaaa", "=claim 3"]


@pytest.fixture
def stand(telegram: TelegramServer) -> Stand:
    """An adapter that does not listen yet."""
    return stand_at(telegram)


@pytest.mark.parametrize("data", FORGED)
async def test_words_that_stand_on_no_button_of_a_card_are_not_heard_and_change_nothing(
    telegram: TelegramServer, stand: Stand, data: str
) -> None:
    async with listening(stand):
        post = int(await sent(stand, card(Paragraph(text="Submission 3"), choices=CLAIM)))
        before = copy.deepcopy(telegram.posted(ROOM))
        telegram.forge(BEA, data, chat=ROOM, post=post)
        await telegram.until(lambda: telegram.answers)
        await stand.adapter.send(outbound(key="k2", to=BEA))

    (told,) = telegram.answers
    assert "earlier version" in told["text"]
    assert stand.heard == []
    assert telegram.posted(ROOM) == before
    assert edits(telegram) == []


async def test_nobody_writes_below_an_answer_that_has_no_choices(
    telegram: TelegramServer, stand: Stand
) -> None:
    at = f"telegram:{ROOM}/4"
    async with listening(stand):
        post = int(await sent(stand, outbound(conversation=at)))
        stand.window.said[f"telegram:{ROOM}", str(post)] = at
        telegram.forge(BEA, "=The workshop is cancelled", chat=ROOM, post=post)
        await telegram.until(lambda: telegram.answers)

    assert [read(one) for one in telegram.posted(ROOM)] == ["Hello."]
    assert (stand.heard, edits(telegram)) == ([], [])


async def test_who_presses_what_was_chosen_meanwhile_is_told_so(
    telegram: TelegramServer, stand: Stand
) -> None:
    async with listening(stand):
        await stand.adapter.send(outbound(choices=CLAIM))
        (shown,) = telegram.posted(ADA)
        (button,) = buttons(shown)
        telegram.press(ADA, "Claim 3")
        await telegram.until(lambda: edits(telegram))
        telegram.forge(ADA, button["callback_data"], chat=ADA, post=shown["message_id"])
        await telegram.until(lambda: len(telegram.answers) == 2)

    assert "chosen already" in telegram.answers[1]["text"]
    assert len(stand.heard) == 1


async def test_a_card_of_long_ago_keeps_its_choices_whatever_is_made_up(
    telegram: TelegramServer, stand: Stand
) -> None:
    async with listening(stand):
        post = int(await sent(stand, card(choices=CLAIM)))
        telegram.forge(BEA, "=hello", chat=ROOM, post=post, seen=False)
        await telegram.until(lambda: telegram.answers)
        await stand.adapter.send(outbound(key="k2", to=BEA))

    assert labels_of(telegram.posted(ROOM)[0]) == ["Claim 3"]
    assert edits(telegram) == []


async def test_choices_of_long_ago_in_a_group_are_taken_away_once_picked(
    telegram: TelegramServer, stand: Stand
) -> None:
    at = f"telegram:{ROOM}/4"
    async with listening(stand):
        post = await sent(stand, outbound(conversation=at, choices=CLAIM))
        stand.window.said[f"telegram:{ROOM}", post] = at
        telegram.press(BEA, "Claim 3", chat=ROOM, seen=False)
        await telegram.until(lambda: edits(telegram))

    assert stand.texts == ["claim 3"]
    assert labels_of(telegram.posted(ROOM)[0]) == []


async def test_who_picks_a_choice_of_a_card_is_told_where_the_answer_comes(
    telegram: TelegramServer, stand: Stand
) -> None:
    telegram.add_person(104, started=False)
    async with listening(stand):
        await stand.adapter.send(card(choices=CLAIM))
        for user in (BEA, 104):
            telegram.press(user, "Claim 3", chat=ROOM)
        await telegram.until(lambda: len(telegram.answers) == 2)

    assert stand.texts == ["claim 3", "claim 3"]
    passing, alert = sorted(telegram.answers, key=lambda told: bool(told.get("show_alert")))
    assert (passing["text"], passing.get("show_alert")) == (
        "I answer you in our private chat.",
        None,
    )
    assert f"t.me/{telegram.username}" in alert["text"]
    assert "Start" in alert["text"]


async def sent(stand: Stand, message: OutboundMessage) -> str:
    """Telegram's id of the first post."""
    return (await stand.adapter.send(message))[0]


def edits(telegram: TelegramServer) -> list[object]:
    """Every change of a message that was asked for."""
    return [
        *telegram.called("editMessageText"),
        *telegram.called("editMessageReplyMarkup"),
    ]
