"""The network, Telegram or its rights fail: each has a name, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from channels.markup import plain_text
from tests.cast import ADA, BEA
from tests.flows.props import prop
from tests.telegram.house import TelegramHouse
from tests.telegram.reading import read
from tests.telegram.whole.conftest import ROOM

A_WHILE = timedelta(minutes=2)


def outbox(house: TelegramHouse) -> dict[str, int]:
    """How many messages are in each state that has any."""
    with house.transaction() as uow:
        return {state: count for state, count in uow.outbox.counts().items() if count}


def later(house: TelegramHouse) -> None:
    """Time passes, and what is due then is done."""
    house.clock.forward(A_WHILE)
    house.drain()


def test_a_limit_is_obeyed_for_as_long_as_telegram_says(either: TelegramHouse) -> None:
    telegram, ada = either.telegram, either.user(ADA.email)
    telegram.fail("sendMessage", retry_after=60, room=ada)
    either.settle(telegram.say(ada, "help"))
    limited = len(telegram.called("sendMessage", chat_id=ada))

    either.clock.forward(timedelta(seconds=59))
    either.drain()
    too_early = len(telegram.called("sendMessage", chat_id=ada))
    either.clock.forward(timedelta(seconds=2))
    either.drain()

    assert State.RATE_LIMITED in [state for state, _ in either.states]
    assert too_early == limited == 1
    assert outbox(either) == {"sent": 1}
    assert either.state is State.CONNECTED


def test_a_limit_of_one_group_holds_up_nobody_else(carrel: TelegramHouse) -> None:
    telegram = carrel.telegram
    telegram.fail("sendMessage", retry_after=60, room=ROOM)

    carrel.say(ADA.email, "ask staff: Is there a parking fee?")
    answered = carrel.say(BEA.email, "progress")

    assert answered.startswith("Bea Okafor")
    assert telegram.posted(ROOM) == []
    later(carrel)
    assert len(telegram.posted(ROOM)) == 1


def test_what_was_said_while_nobody_listened_is_heard_later(either: TelegramHouse) -> None:
    telegram, ada = either.telegram, either.user(ADA.email)
    either.stop()
    said = telegram.say(ada, "progress")
    either.begin()

    either.settle(said)

    assert read(telegram.posted(ada)[0]).startswith("Ada Reyes, 0 of 6 sets")


def test_an_update_that_carrel_cannot_read_holds_nobody_up(either: TelegramHouse) -> None:
    telegram = either.telegram
    odd = telegram.push(message={"message_id": "?", "chat": [], "text": 5})
    said = telegram.say(either.user(ADA.email), "progress")

    either.settle(said)

    assert odd.acked
    assert any(text.startswith("Ada Reyes") for text in either.read_by(ADA.email))


def test_the_network_is_lost_and_comes_back(carrel: TelegramHouse) -> None:
    telegram, ada = carrel.telegram, carrel.user(ADA.email)
    said = telegram.say(ada, "help")
    carrel.wait(lambda: said.acked)
    telegram.go_down()
    advice = carrel.reach(State.RECONNECTING)
    carrel.drain()
    waiting = outbox(carrel)
    while_down = telegram.say(carrel.user(BEA.email), "progress")

    telegram.come_up()
    carrel.wait(lambda: while_down.acked)
    later(carrel)
    carrel.reach()

    assert advice
    assert waiting == {"waiting": 1}
    assert len(carrel.read_by(ADA.email)) == 1
    assert any(text.startswith("Bea Okafor") for text in carrel.read_by(BEA.email))


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_nothing_else(
    carrel: TelegramHouse,
) -> None:
    """Telegram has no key for a message: at worst it stands there twice."""
    telegram = carrel.telegram
    telegram.fail("sendMessage", lost="after")
    carrel.settle(telegram.say(carrel.user(ADA.email), "help"))
    later(carrel)

    first, second = carrel.read_by(ADA.email)
    assert first == second
    assert outbox(carrel) == {"sent": 1}


def test_a_token_that_telegram_does_not_take_is_named_and_mended(carrel: TelegramHouse) -> None:
    telegram, ada = carrel.telegram, carrel.user(ADA.email)
    said = telegram.say(ada, "help")
    carrel.wait(lambda: said.acked)
    telegram.refuse_token()
    telegram.cut()
    advice = carrel.reach(State.TOKEN_INVALID)
    carrel.drain()
    nothing_yet = carrel.read_by(ADA.email)

    telegram.refuse_token(refuse=False)
    later(carrel)
    carrel.reach()

    assert "CARREL_TELEGRAM_TOKEN" in advice or "BotFather" in advice
    assert nothing_yet == []
    assert len(carrel.read_by(ADA.email)) == 1


def test_another_process_with_the_same_token_is_named(carrel: TelegramHouse) -> None:
    telegram = carrel.telegram
    telegram.fail("getUpdates", status=409, times=-1)
    telegram.cut()

    advice = carrel.reach(State.NOT_PERMITTED)
    telegram.mend()
    carrel.reach()

    assert "process" in advice


@pytest.mark.parametrize("status", [500, 502, 503])
def test_telegram_in_trouble_is_tried_again(status: int, carrel: TelegramHouse) -> None:
    carrel.telegram.fail("sendMessage", status=status)
    carrel.settle(carrel.telegram.say(carrel.user(BEA.email), "progress"))
    later(carrel)

    assert any(text.startswith(BEA.name) for text in carrel.read_by(BEA.email))


def test_a_staff_group_that_carrel_was_thrown_out_of_keeps_its_cards(
    carrel: TelegramHouse,
) -> None:
    telegram, sal = carrel.telegram, carrel.user("sal@example.org")
    carrel.settle(telegram.kick(ROOM, by=sal))
    carrel.say(ADA.email, "ask staff: Is there a parking fee?")
    waiting = outbox(carrel)["waiting"]

    carrel.settle(telegram.add_to(ROOM, by=sal))
    carrel.clock.forward(timedelta(hours=1))
    carrel.drain()

    assert waiting == 1
    assert any(read(m).startswith("Question 1") for m in telegram.posted(ROOM))


def test_no_secret_is_told_or_logged(
    carrel: TelegramHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    telegram = carrel.telegram
    telegram.fail("sendMessage", status=500)
    carrel.settle(telegram.say(carrel.user(ADA.email), "my secret question about a quokka"))
    telegram.go_down()
    carrel.reach(State.RECONNECTING)
    telegram.come_up()
    telegram.refuse_token()
    carrel.stop()
    carrel.begin()
    carrel.reach(State.TOKEN_INVALID)

    told = [text for _, text in carrel.states] + [record.getMessage() for record in caplog.records]
    told += [str(record.__dict__) for record in caplog.records]
    assert [text for text in told if telegram.token in text or "quokka" in text] == []


def test_who_blocked_carrel_and_let_it_in_again_goes_on_where_they_were(
    carrel: TelegramHouse,
) -> None:
    telegram, ada = carrel.telegram, carrel.user(ADA.email)
    carrel.settle(telegram.block(ada))
    mailed = [plain_text(one.reply) for one in carrel.mail.sent]
    carrel.settle(telegram.unblock(ada))
    before = len(carrel.read_by(ADA.email))

    carrel.settle(telegram.say(ada, "progress"))

    again, answer, *_ = carrel.read_by(ADA.email)[before:]
    assert "Nothing reaches you on Telegram any more" in mailed[-1]
    assert "say there: anything, and it is connected again" in mailed[-1]
    assert "This chat is connected to Ada Reyes again" in again
    assert answer.startswith("Ada Reyes, 0 of 6 sets")
    assert "is connected to you again" in plain_text(carrel.mail.sent[-1].reply)


def test_a_file_is_the_first_thing_said_after_carrel_is_let_in_again(
    carrel: TelegramHouse, tmp_path: Path
) -> None:
    telegram, ada = carrel.telegram, carrel.user(ADA.email)
    carrel.settle(telegram.block(ada))
    carrel.settle(telegram.unblock(ada))

    carrel.settle(telegram.say(ada, "", prop("notes.txt", tmp_path)))

    assert "notes.txt" in carrel.read_by(ADA.email)[-1]


def test_who_disconnected_a_chat_stays_disconnected(carrel: TelegramHouse) -> None:
    telegram, ada = carrel.telegram, carrel.user(ADA.email)
    carrel.say(ADA.email, "unlink")
    carrel.settle(telegram.block(ada))
    carrel.settle(telegram.unblock(ada))

    assert "I do not know yet who you are here" in carrel.say(ADA.email, "files")
