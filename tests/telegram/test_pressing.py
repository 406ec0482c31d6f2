"""Buttons and commands on Telegram come to the same as words."""

from __future__ import annotations

import copy

import pytest

from bot.domain.choices import digest
from bot.domain.messages import Choice, Paragraph, Quotation
from tests.stand import listening
from tests.telegram.conftest import ADA, BEA, ROOM, SAL
from tests.telegram.reading import labels_of, marked, read
from tests.telegram.server import TelegramServer
from tests.telegram.stand import card, outbound, stand_at
from tests.telegram.updates import Push

YES_NO = (Choice(label="Yes", says="yes, file it"), Choice(label="No", says="no, drop it"))
ASKED = Paragraph(text="Shall I file it? <b> & more")
LONG = "file it under the third competency of the second set, and tell my mentor about it today"
AT_LENGTH = (Choice(label="There", says=LONG), Choice(label="No", says="no"))


async def told(telegram: TelegramServer, *said: Push) -> None:
    await telegram.until(lambda: all(one.acked for one in said))


async def test_a_picked_choice_is_said_and_replaced_by_what_was_picked(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        pressed = telegram.press(ADA, "Yes")
        await telegram.until(lambda: telegram.called("editMessageText"))
        await telegram.until(lambda: telegram.answers and pressed.acked)

    (message,) = stand.heard
    (shown,) = telegram.posted(ADA)
    assert (message.text, message.conversation) == ("yes, file it", f"telegram:{ADA}")
    assert read(shown) == "Shall I file it? <b> & more\n\nChosen: Yes"
    assert labels_of(shown) == []
    assert "text" not in telegram.answers[0]


async def test_an_edited_answer_keeps_its_quotations(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    quoted = Quotation(text="Two <years>.", document="Guide", heading="Time")
    async with listening(stand):
        await stand.adapter.send(outbound(quoted, choices=YES_NO))
        before = marked(telegram.posted(ADA)[0], "blockquote")
        telegram.press(ADA, "No")
        await telegram.until(lambda: telegram.called("editMessageText"))

    assert marked(telegram.posted(ADA)[0], "blockquote") == before == ["Two <years>."]


async def test_a_second_press_says_that_it_was_chosen_already(telegram: TelegramServer) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        as_drawn = copy.deepcopy(telegram.posted(ADA)[0])
        telegram.press(ADA, "Yes", on=as_drawn)
        telegram.press(ADA, "Yes", on=as_drawn)
        await telegram.until(lambda: len(telegram.answers) == 2)

    (told,) = [answer for answer in telegram.answers if answer.get("text")]
    assert "chosen already" in told["text"]
    assert told["show_alert"] is True
    assert len(stand.heard) == 1


async def test_choices_of_a_card_stay_and_each_press_is_said_alone(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        await stand.adapter.send(card(ASKED, choices=YES_NO))
        for user in (SAL, BEA, SAL):
            telegram.press(user, "Yes", chat=ROOM)
        await telegram.until(lambda: len(telegram.answers) == 3)

    assert [(m.sender.value, m.shared) for m in stand.heard] == [
        (str(SAL), False),
        (str(BEA), False),
        (str(SAL), False),
    ]
    assert telegram.called("editMessageText") == []
    assert labels_of(telegram.posted(ROOM)[0]) == ["Yes", "No"]


@pytest.mark.parametrize("place", [ADA, ROOM])
async def test_words_too_long_for_a_button_are_known_again_after_a_restart(
    telegram: TelegramServer, place: int
) -> None:
    first, second = stand_at(telegram), stand_at(telegram)
    make = card if place == ROOM else outbound
    await first.adapter.send(make(ASKED, choices=AT_LENGTH))
    await first.adapter.close()
    second.window.digests[f"telegram:{place}", digest(LONG)] = LONG
    async with listening(second):
        pressed = telegram.press(ADA, "There", chat=place)
        await telegram.until(lambda: pressed.acked and telegram.answers)

    assert second.texts == [LONG]


async def test_words_that_nobody_knows_any_more_and_strange_buttons_are_stale(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=AT_LENGTH))
        old = copy.deepcopy(telegram.posted(ADA)[0])
        old["reply_markup"]["inline_keyboard"][0][1]["callback_data"] = "from long ago"
        telegram.press(ADA, "There")
        telegram.press(ADA, "No", on=old)
        await telegram.until(lambda: len(telegram.answers) == 2)

    assert stand.heard == []
    assert ["earlier version" in answer["text"] for answer in telegram.answers] == [True, True]


async def test_a_press_on_a_message_of_long_ago_takes_its_buttons_away(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        telegram.press(ADA, "Yes", seen=False)
        await telegram.until(lambda: telegram.called("editMessageReplyMarkup"))

    (shown,) = telegram.posted(ADA)
    assert stand.texts == ["yes, file it"]
    assert (labels_of(shown), shown["text"]) == ([], ASKED.text)


async def test_a_press_that_could_not_be_kept_is_not_forgotten_and_changes_nothing(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    async with listening(stand):
        await stand.adapter.send(outbound(ASKED, choices=YES_NO))
        stand.broken = True
        pressed = telegram.press(ADA, "Yes")
        await telegram.until(lambda: len(stand.lost) > 1)
        before = (pressed.acked, list(telegram.answers), telegram.called("editMessageText"))
        stand.broken = False
        await telegram.until(lambda: telegram.called("editMessageText"))

    assert before == (False, [], [])
    assert len(stand.heard) == 1


async def test_a_press_in_a_shared_answer_belongs_to_its_conversation(
    telegram: TelegramServer,
) -> None:
    stand = stand_at(telegram)
    at = f"telegram:{ROOM}/4"
    async with listening(stand):
        (post,) = await stand.adapter.send(outbound(ASKED, conversation=at, choices=YES_NO))
        stand.window.said[f"telegram:{ROOM}", post] = at
        telegram.press(BEA, "Yes", chat=ROOM)
        await telegram.until(lambda: telegram.answers)

    (message,) = stand.heard
    assert (message.conversation, message.shared) == (at, True)
    assert message.sender.value == str(BEA)


async def test_commands_are_words_and_registered_only_where_they_differ(
    telegram: TelegramServer,
) -> None:
    menu = (
        Choice(label="Write your statement", says="write statement"),
        Choice(label="Everything you can say", says="help"),
        Choice(label="No command", says="Not a command!"),
    )
    registered = []
    for _ in range(2):
        stand = stand_at(telegram)
        stand.window.menu = menu
        async with listening(stand):
            await told(telegram, telegram.command(ADA, "write_statement", "my plan"))
            await telegram.until(lambda: telegram.called("getMyShortDescription"))
        registered.append(len(telegram.called("setMyCommands")))

    assert stand.texts == ["write statement my plan"]
    assert registered == [2, 2]
    names = [[one["command"] for one in told] for told in telegram.world.commands.values()]
    assert names == [["write_statement", "help"], ["help"]]
    assert len(telegram.called("setMyDescription")) == 1
    assert "Press Start" in telegram.world.about["description", ""]


async def test_the_code_of_a_link_arrives_with_start(telegram: TelegramServer) -> None:
    invitations: list[tuple[str, str]] = []

    def home(bot: str, invitation: str) -> str:
        invitations.append((bot, invitation))
        return bot

    stand = stand_at(telegram, home=home)
    async with listening(stand):
        await told(telegram, telegram.command(ADA, "start", "ABCD-1234"))

    assert stand.texts == ["/start ABCD-1234"]
    assert invitations == [("700000001", f"https://t.me/{telegram.username}?start={{code}}")]
