"""How somebody begins, what is said in a group, what in private, and to whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.domain.rights import Role
from tests.cast import ADA, BEA, DOT, REV, ROB, SAL
from tests.flows.props import prop
from tests.linking import codes
from tests.telegram.house import TelegramHouse
from tests.telegram.keyboards import buttons
from tests.telegram.reading import labels_of, marked, read
from tests.telegram.whole.conftest import HALL

GENERAL = "How long does certification take?"
ANSWER = "achieving six competency sets within four years"
NEW = 500
_INVITATION = re.compile(r"https://t\.me/\w+\?start=([\w-]+)")


def test_start_explains_and_general_questions_are_answered_at_once(
    either: TelegramHouse,
) -> None:
    started = either.say(DOT, "/start")
    answered = either.say(DOT, GENERAL)

    assert "not know" in started or "connect" in started
    assert len(started) < 1_500
    assert ANSWER in answered


def test_a_link_in_a_mail_connects_whoever_opens_it(either: TelegramHouse) -> None:
    telegram = either.telegram
    telegram.add_person(NEW, "Ada elsewhere")
    either.settle(telegram.say(NEW, "connect ada@example.org"))
    (code,) = _INVITATION.findall(str(either.mail.sent[0].reply))

    either.settle(telegram.say(NEW, f"/start {code}"))
    either.settle(telegram.say(NEW, "progress"))
    telegram.add_person(NEW + 1, "Somebody else")
    either.settle(telegram.say(NEW + 1, f"/start {code}"))

    assert any(read(m).startswith("Ada Reyes, 0 of 6 sets") for m in telegram.posted(NEW))
    assert not any("Ada Reyes" in read(m) for m in telegram.posted(NEW + 1))


def test_a_code_that_was_mailed_connects_too(carrel: TelegramHouse) -> None:
    telegram = carrel.telegram
    telegram.add_person(NEW, "Ada elsewhere")
    carrel.settle(telegram.say(NEW, "connect ada@example.org"))
    (code, *_) = codes([str(carrel.mail.sent[0].reply)])

    carrel.settle(telegram.say(NEW, f"link {code}"))
    carrel.settle(telegram.say(NEW, "progress"))

    assert any(read(m).startswith("Ada Reyes, 0 of 6 sets") for m in telegram.posted(NEW))


def test_commands_say_what_their_names_say(either: TelegramHouse) -> None:
    telegram, ada = either.telegram, either.user(ADA.email)
    offered = [one["command"] for one in telegram.world.commands['{"type": "default"}', ""]]
    either.settle(telegram.command(ada, "progress"))

    assert {"progress", "write_statement", "help"} <= set(offered)
    assert any("0 of 6 sets" in text for text in either.read_by(ADA.email))
    assert any("photo" in message for message in either.told(str(ada)))


def test_a_general_question_in_a_group_is_answered_below_it_to_anybody(
    either: TelegramHouse,
) -> None:
    telegram, dot = either.telegram, either.user(DOT)
    said = telegram.mention(dot, GENERAL, chat=HALL)
    either.settle(said)

    (answer,) = telegram.posted(HALL)
    assert ANSWER in read(answer)
    assert answer["reply_to_message"]["message_id"] == said.id
    assert {"text": "Talk to me alone", "url": f"https://t.me/{telegram.username}"} in list(
        buttons(answer)
    )
    assert telegram.posted(dot) == []


def test_what_is_said_to_others_in_a_group_is_not_heard(carrel: TelegramHouse) -> None:
    telegram, ada, dot = carrel.telegram, carrel.user(ADA.email), carrel.user(DOT)
    lunch = telegram.say(ada, "Lunch at noon?", chat=HALL)
    carrel.settle(lunch)
    carrel.settle(telegram.say(dot, "help", chat=HALL, reply_to=lunch.id))
    carrel.settle(telegram.say(dot, "/help@other_bot", chat=HALL))
    carrel.settle(telegram.bot_says("help", chat=HALL))

    assert telegram.posted(HALL) == []
    assert carrel.rows("SELECT count(*) FROM inbox") == [(0,)]


def test_a_personal_question_in_a_group_is_answered_in_private(either: TelegramHouse) -> None:
    said = either.telegram.mention(either.user(ADA.email), "how far am I?", chat=HALL)
    either.settle(said)

    (told,) = either.telegram.posted(HALL)
    assert read(told) == "I answer you in private."
    assert labels_of(told) == ["Talk to me alone"]
    assert any("0 of 6 sets" in text for text in either.read_by(ADA.email))


def test_carrel_goes_on_where_somebody_replies_to_it(carrel: TelegramHouse) -> None:
    telegram, dot = carrel.telegram, carrel.user(DOT)
    first = telegram.mention(dot, GENERAL, chat=HALL)
    carrel.settle(first)
    (answer,) = telegram.posted(HALL)

    said = telegram.say(dot, "What does it cost?", chat=HALL, reply_to=answer["message_id"])
    carrel.settle(said)

    second = telegram.posted(HALL)[-1]
    assert "350" in read(second)
    assert second["reply_to_message"]["message_id"] == said.id


def test_a_topic_of_a_forum_is_answered_in_the_topic(carrel: TelegramHouse) -> None:
    telegram, dot = carrel.telegram, carrel.user(DOT)
    topic = telegram.add_topic(HALL, "Questions", by=dot)
    carrel.settle(telegram.say(dot, "Lunch at noon?", chat=HALL, topic=topic))
    carrel.settle(telegram.mention(dot, GENERAL, chat=HALL, topic=topic))

    (answer,) = telegram.posted(HALL, topic=topic)
    assert ANSWER in read(answer)


def test_somebody_who_never_started_the_bot_is_asked_to(carrel: TelegramHouse) -> None:
    telegram = carrel.telegram
    telegram.world.people[carrel.user(ADA.email)].started = False
    carrel.settle(telegram.mention(carrel.user(ADA.email), "how far am I?", chat=HALL))

    assert [labels_of(m) for m in telegram.posted(HALL)] == [["Talk to me alone"]]
    assert telegram.posted(carrel.user(ADA.email)) == []


def test_whoever_speaks_in_the_name_of_a_group_is_told_that_nobody_knows_them(
    carrel: TelegramHouse,
) -> None:
    group = {"id": HALL, "title": "Hall", "type": "supergroup"}
    said = carrel.telegram.mention(
        carrel.user(ADA.email), "how far am I?", chat=HALL, sender_chat=group
    )
    carrel.settle(said)

    told = carrel.wait(lambda: carrel.telegram.posted(HALL))
    assert "cannot know who you are" in read(told[0])
    assert carrel.rows("SELECT count(*) FROM inbox") == [(0,)]


def test_a_pressed_choice_takes_the_place_of_the_choices(either: TelegramHouse) -> None:
    telegram, ada = either.telegram, either.user(ADA.email)
    either.settle(telegram.say(ada, "help"))
    offering = next(m for m in telegram.posted(ada) if list(buttons(m)))
    label, old = labels_of(offering)[0], dict(offering)

    either.restart()
    either.settle(telegram.press(ada, label))
    either.wait(lambda: "Chosen: " in read(offering))
    once = len(either.read_by(ADA.email))
    either.settle(telegram.press(ada, label, on=old))
    either.wait(lambda: len(telegram.answers) == 2)

    assert list(buttons(offering)) == []
    assert read(offering).endswith(f"Chosen: {label}")
    assert marked(offering, "italic") == [f"Chosen: {label}"]
    assert len(either.read_by(ADA.email)) == once
    assert [one.get("text") for one in telegram.answers] == [None, "That was chosen already."]


def test_a_request_is_answered_by_replying_to_its_message(either: TelegramHouse) -> None:
    telegram, ada = either.telegram, either.user(ADA.email)
    either.appoint(*ROB, Role.REVIEWER)
    asked = asked_for_more(either)
    told = next(m for m in telegram.posted(ada) if "R-" in read(m) and asked in read(m))

    said = telegram.say(
        ada, "here it is", prop("steps.txt", either.folder), reply_to=told["message_id"]
    )
    either.settle(said)

    assert either.rows("SELECT section FROM evidence_requests WHERE closed_at IS NOT NULL") == [
        (asked,)
    ]


def asked_for_more(house: TelegramHouse) -> str:
    """More is wanted of Ada for one competency; which."""
    say, one = house.say, house.desk.program.set("technology")
    ids = [competency.id for competency in one.competencies]
    words = house.desk.program.words.statement
    house.converse(ADA.email, f"for {', '.join(ids)}", prop("log.txt", house.folder))
    house.converse(ADA.email, f"{words} {one.title}", prop("essay.txt", house.folder))
    say(ADA.email, f"submit {one.title}")
    for who in (REV[1], ROB[1]):
        say(who, "claim 1")
        say(who, f"rate 1 {ids[2]} not met: Nothing is shown.")
        say(who, "rate 1 the rest met")
    say(SAL[1], "ask more 1: One is thin.")
    return ids[2]


def test_whoever_blocks_carrel_is_told_on_the_next_channel(either: TelegramHouse) -> None:
    either.settle(either.telegram.block(either.user(BEA.email)))
    either.drain()

    found = either.rows("SELECT count(*) FROM identities WHERE value = '102'")
    assert found == [(0,)]
    assert any("Telegram" in str(mail.reply) for mail in either.mail.sent)


@pytest.mark.parametrize("how", ["blocked", "deactivated"])
def test_what_waits_for_somebody_who_left_goes_to_their_next_channel(
    how: str, carrel: TelegramHouse
) -> None:
    telegram, ada = carrel.telegram, carrel.user(ADA.email)
    carrel.say(ADA.email, "ask staff: Is there a parking fee?")
    person = telegram.world.people[ada]
    person.blocked, person.deactivated = how == "blocked", how == "deactivated"

    carrel.say(SAL[1], "answer 1: No, parking is free.")
    carrel.clock.forward(timedelta(minutes=2))
    carrel.drain()

    mailed = [str(mail.reply) for mail in carrel.mail.sent if mail.to.value == ADA.email]
    assert any("No, parking is free." in text for text in mailed)
    assert carrel.rows("SELECT count(*) FROM outbox WHERE state <> 'sent'") == [(0,)]
