"""The staff's group: one card for each matter, changed in place; replies to it go to askers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.rules import Route
from tests.cast import ADA, BEA, REV, SAL
from tests.reviewed import stored, submitted
from tests.telegram.house import TelegramHouse
from tests.telegram.reading import calls, labels_of, read
from tests.telegram.whole.conftest import HALL, ROOM
from tests.telegram.world import Json

LIV = "liv@example.org"
QUESTION = "Is there a parking fee at the workshop?"


def card(house: TelegramHouse, head: str, *, room: int = ROOM) -> Json:
    """The only message of the group that begins so."""
    (found,) = (m for m in house.telegram.posted(room) if read(m).startswith(head))
    return found


def submit(house: TelegramHouse) -> int:
    """Ada submits a certificate; the id of its card."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        candidate = uow.people.candidate(person) if person else None
    assert candidate
    submitted(house, candidate, "technology", route=Route.COURSE)
    house.drain()
    return int(card(house, "Submission 1")["message_id"])


def press(house: TelegramHouse, who: str, label: str, *, chat: int = ROOM) -> None:
    """Somebody presses it, and what comes of that has come."""
    house.settle(house.telegram.press(house.user(who), label, chat=chat))


def test_a_submission_has_one_card_that_changes_until_it_is_decided(
    either: TelegramHouse,
) -> None:
    telegram = either.telegram
    id = submit(either)
    offered = labels_of(card(either, "Submission 1"))
    press(either, REV[1], "Claim 1")
    claimed = read(card(either, "Submission 1"))
    press(either, SAL[1], "Decide 1")
    press(either, SAL[1], "Approve 1", chat=either.user(SAL[1]))
    either.say(SAL[1], "approve 1: It is in order.")
    decided = card(either, "Submission 1")

    assert "Rev Lindqvist has taken it on." in claimed
    assert "Decided: approved, by Sal Moreau" in read(decided)
    assert "It is in order." not in read(decided)  # who reads along is not known
    assert offered == ["Claim 1", "Dossier of 1", "Decide 1"]
    assert labels_of(decided) == ["Dossier of 1"]
    assert decided["message_id"] == id
    assert len(telegram.called("sendMessage", chat_id=ROOM)) == 1
    assert any(text.startswith("Approved: ") for text in either.read_by(ADA.email))


def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(either: TelegramHouse) -> None:
    submit(either)
    for who in (SAL[1], LIV):
        said = either.telegram.say(either.user(who), "approve 1: It is in order.")
        either.wait(partial(getattr, said, "acked"))

    workers = [either.worker(), either.worker()]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda worker: worker.handle_one(), workers))
    either.drain()

    decision = stored(either, 1).decision
    assert decision is not None
    loser = LIV if decision.name == SAL[0] else SAL[1]
    assert f"{decision.name} decided submission 1 on" in either.read_by(loser)[-1]
    assert f"by {decision.name}" in read(card(either, "Submission 1"))


@pytest.mark.parametrize("who", [BEA.email, "dot@example.org"])
def test_being_in_the_group_gives_no_right(who: str, carrel: TelegramHouse) -> None:
    submit(carrel)
    before = card(carrel, "Submission 1")

    for label in ("Claim 1", "Decide 1", "Dossier of 1"):
        press(carrel, who, label)

    assert len(carrel.read_by(who)) == 3
    assert not any("Ada" in text for text in carrel.read_by(who))
    assert card(carrel, "Submission 1") == before
    assert len(carrel.telegram.posted(ROOM)) == 1


def test_a_reply_to_a_question_reaches_whoever_asked(either: TelegramHouse) -> None:
    telegram, ada = either.telegram, either.user(ADA.email)
    either.say(ADA.email, f"ask staff: {QUESTION}")
    id = card(either, "Question 1")["message_id"]
    before = len(telegram.posted(ada))

    said = telegram.say(either.user(SAL[1]), "No, parking is free.", chat=ROOM, reply_to=id)
    either.settle(said)

    (answer,) = telegram.posted(ada)[before:]
    told = telegram.posted(ROOM)[-1]
    assert read(answer).startswith("Sal Moreau of the staff replies to your question 1")
    assert "No, parking is free." in read(answer)
    assert read(told) == "Sent to whoever asked."
    assert told["reply_to_message"]["message_id"] == said.id
    assert "Sal Moreau answered on" in read(card(either, "Question 1"))


def test_words_in_reply_to_a_question_of_whoever_may_not_answer_are_met_with_silence(
    carrel: TelegramHouse,
) -> None:
    telegram, ada = carrel.telegram, carrel.user(ADA.email)
    carrel.say(ADA.email, f"ask staff: {QUESTION}")
    id = card(carrel, "Question 1")["message_id"]
    before = [len(telegram.posted(one)) for one in (ada, carrel.user(REV[1]), ROOM)]

    for who, words in ((REV[1], "I think so."), (SAL[1], "note: who knows?")):
        carrel.settle(telegram.say(carrel.user(who), words, chat=ROOM, reply_to=id))

    assert [len(telegram.posted(one)) for one in (ada, carrel.user(REV[1]), ROOM)] == before


def test_a_question_that_names_people_calls_nobody(carrel: TelegramHouse) -> None:
    words = 'Is <b>@everybody</b> or <a href="tg://user?id=103">Sal</a> in &amp; awake?'
    carrel.say(ADA.email, f"ask staff: {words}")

    shown = card(carrel, "Question 1")
    assert words in read(shown)
    assert calls(shown) == []


def test_talk_below_a_submissions_card_is_nobodys_command(carrel: TelegramHouse) -> None:
    id, sal = submit(carrel), carrel.user(SAL[1])

    for words in ("approve 1: fine", "Who takes it?", "help"):
        carrel.settle(carrel.telegram.say(sal, words, chat=ROOM, reply_to=id))

    assert stored(carrel, 1).decision is None
    assert len(carrel.telegram.posted(ROOM)) == 1


@pytest.mark.parametrize("gone", [True, False])
def test_a_card_that_cannot_be_changed_any_more_is_posted_anew(
    gone: bool, carrel: TelegramHouse
) -> None:
    id = submit(carrel)
    if gone:
        carrel.telegram.delete(ROOM, id)
    else:
        carrel.telegram.freeze(ROOM, id)

    carrel.say(REV[1], "claim 1")
    carrel.say(REV[1], "release 1")

    newest = carrel.telegram.posted(ROOM)[-1]
    assert newest["message_id"] != id
    assert len(carrel.telegram.posted(ROOM)) == (1 if gone else 2)
    assert "has taken it on" not in read(newest)


def test_cards_follow_a_group_that_became_a_supergroup(either: TelegramHouse) -> None:
    telegram, new = either.telegram, -1_001_000_000_009
    group = telegram.add_group(-77, *telegram.world.chats[ROOM].members, kind="group")
    either.room = str(group.id)
    either.say(ADA.email, "ask staff: One, before it moved.")
    asked = telegram.say(either.user(ADA.email), "ask staff: Two, while it moved.")
    either.wait(lambda: asked.acked)

    either.settle(telegram.migrate(group.id, new))
    either.clock.forward(timedelta(minutes=2))
    either.drain()
    either.say(ADA.email, "ask staff: Three, after it moved.")
    press(either, SAL[1], "Take 3", chat=new)

    there = "\n".join(read(message) for message in telegram.posted(new))
    assert "Two, while it moved." in there
    assert "Three, after it moved." in there
    assert "Sal Moreau" in read(card(either, "Question 3", room=new))
    assert either.rows("SELECT count(*) FROM outbox WHERE state <> 'sent'") == [(0,)]


def test_a_group_that_moved_unheard_is_found_when_something_is_sent(
    carrel: TelegramHouse,
) -> None:
    telegram, new = carrel.telegram, -1_001_000_000_009
    telegram.world.chats[ROOM].moved_to = new
    telegram.add_group(new, *telegram.world.people, title="Staff")

    carrel.say(ADA.email, "ask staff: Where are you?")
    carrel.clock.forward(timedelta(minutes=2))
    carrel.drain()

    assert "Where are you?" in read(card(carrel, "Question 1", room=new))
    assert carrel.rows("SELECT count(*) FROM outbox WHERE state <> 'sent'") == [(0,)]


def test_what_a_group_may_not_read_is_given_in_private(carrel: TelegramHouse) -> None:
    submit(carrel)
    press(carrel, REV[1], "Claim 1")

    said = carrel.telegram.mention(carrel.user(REV[1]), "dossier 1", chat=HALL)
    carrel.settle(said)

    (told,) = carrel.telegram.posted(HALL)
    assert "private" in read(told)
    assert "Ada" not in read(told)
    assert any("document" in message for message in carrel.told(carrel.member(REV[1])))
