"""The staff's room: one card for each matter, changed in place; replies below it go to askers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.rules import Route
from tests.cast import ADA, BEA, SAL
from tests.reviewed import stored, submitted
from tests.slack.doing import labels
from tests.slack.house import SlackHouse
from tests.slack.reading import calls, read
from tests.slack.whole.conftest import ROOM
from tests.slack.workspace import Json

LIV = "liv@example.org"
QUESTION = "Is there a parking fee at the workshop?"


def card(house: SlackHouse, head: str) -> Json:
    """The only message of the room that begins so."""
    (found,) = (m for m in house.slack.posted(ROOM) if read(m).startswith(head))
    return found


def submit(house: SlackHouse) -> str:
    """Ada submits a certificate; the timestamp of its card."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        candidate = uow.people.candidate(person) if person else None
    assert candidate
    submitted(house, candidate, "technology", route=Route.COURSE)
    house.drain()
    ts: str = card(house, "Submission 1")["ts"]
    return ts


def decide(house: SlackHouse, who: str, outcome: str, reason: str) -> None:
    """Somebody opens the form of the card and sends it; nothing is handled yet."""
    slack, user = house.slack, house.member(who)
    opened = slack.press(user, "Decide 1", channel=ROOM)
    slack.wait(lambda: opened.acked)
    sent = slack.submit_view(user, {"Your decision": outcome, "Reason": reason})
    slack.wait(lambda: sent.acked)


def test_a_submission_has_one_card_that_changes_until_it_is_decided(either: SlackHouse) -> None:
    slack = either.slack
    ts = submit(either)
    waiting = card(either, "Submission 1")
    offered = labels(waiting["blocks"])
    either.settle(slack.press("U0REV", "Claim 1", channel=ROOM))
    claimed = read(card(either, "Submission 1"))
    decide(either, SAL[1], "Approve", "It is in order.")
    either.drain()
    decided = card(either, "Submission 1")

    assert "Waiting for a review" not in claimed
    assert "Rev Lindqvist has taken it on." in claimed
    assert "Decided: approved, by Sal Moreau" in read(decided)
    assert "It is in order." not in read(decided)  # who reads along is not known
    assert offered == ["Claim 1", "Dossier of 1", "Decide 1"]
    assert labels(decided["blocks"]) == ["Dossier of 1"]
    assert decided["ts"] == ts
    assert len(slack.called("chat.postMessage", channel=ROOM)) == 1
    assert any(text.startswith("Approved: ") for text in either.read_by(ADA.email))


def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(either: SlackHouse) -> None:
    submit(either)
    decide(either, SAL[1], "Approve", "It is in order.")
    decide(either, LIV, "Recommend a course", "It is not in order.")

    workers = [either.worker(), either.worker()]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda worker: worker.handle_one(), workers))
    either.drain()

    decision = stored(either, 1).decision
    assert decision is not None
    loser = LIV if decision.name == SAL[0] else SAL[1]
    assert f"{decision.name} decided submission 1 on" in either.read_by(loser)[-1]
    assert f"by {decision.name}" in read(card(either, "Submission 1"))
    assert either.rows("SELECT count(*) FROM trail WHERE action = 'decided'") == [(1,)]


@pytest.mark.parametrize("who", [BEA.email, "dot@example.org"])
def test_being_in_the_room_gives_no_right(who: str, carrel: SlackHouse) -> None:
    submit(carrel)
    before = read(card(carrel, "Submission 1"))

    pressed = carrel.slack.press(carrel.member(who), "Decide 1", channel=ROOM)
    carrel.settle(pressed)

    assert not carrel.slack.workspace.users[carrel.member(who)].views
    assert carrel.read_by(who)
    assert read(card(carrel, "Submission 1")) == before
    assert len(carrel.slack.posted(ROOM)) == 1


def test_a_reply_below_a_question_reaches_whoever_asked(either: SlackHouse) -> None:
    slack = either.slack
    either.say(ADA.email, f"ask staff: {QUESTION}")
    thread = card(either, "Question 1")["ts"]
    before = len(slack.posted("U0ADA"))

    either.settle(slack.say("U0SAL", "No, parking is free.", channel=ROOM, thread=thread))

    (answer,) = slack.posted("U0ADA")[before:]
    below = [read(message) for message in slack.posted(ROOM, thread=thread)]
    assert read(answer).startswith("Sal Moreau of the staff replies to your question 1")
    assert "No, parking is free." in read(answer)
    assert below == ["Sent to whoever asked."]
    assert "Sal Moreau answered on" in read(card(either, "Question 1"))


def test_words_below_a_question_of_somebody_who_may_not_answer_are_met_with_silence(
    carrel: SlackHouse,
) -> None:
    slack = carrel.slack
    carrel.say(ADA.email, f"ask staff: {QUESTION}")
    thread = card(carrel, "Question 1")["ts"]
    before = [len(slack.posted(one)) for one in ("U0ADA", "U0REV", ROOM)]

    carrel.settle(slack.say("U0REV", "I think so.", channel=ROOM, thread=thread))

    assert [len(slack.posted(one)) for one in ("U0ADA", "U0REV", ROOM)] == before


def test_talk_among_colleagues_below_a_question_goes_to_nobody(carrel: SlackHouse) -> None:
    slack = carrel.slack
    carrel.say(ADA.email, f"ask staff: {QUESTION}")
    thread = card(carrel, "Question 1")["ts"]
    before = [len(slack.posted(one)) for one in ("U0ADA", "U0SAL", ROOM)]

    carrel.settle(slack.say("U0SAL", "note: who knows?", channel=ROOM, thread=thread))

    assert [len(slack.posted(one)) for one in ("U0ADA", "U0SAL", ROOM)] == before


def test_whoever_mentions_carrel_below_a_question_talks_to_carrel(carrel: SlackHouse) -> None:
    slack = carrel.slack
    carrel.say(ADA.email, f"ask staff: {QUESTION}")
    thread = card(carrel, "Question 1")["ts"]
    before = len(slack.posted("U0ADA"))

    def told(words: str) -> None:
        carrel.settle(slack.say("U0SAL", words, channel=ROOM, thread=thread, mention=True))

    told("How much does it cost to apply?")
    assert "350" in read(slack.posted(ROOM)[-1])
    assert len(slack.posted("U0ADA")) == before

    told("answer: It is free.")
    assert "It is free." in read(slack.posted("U0ADA")[-1])
    assert "answer:" not in read(slack.posted("U0ADA")[-1])


def test_a_question_that_names_everybody_calls_nobody(carrel: SlackHouse) -> None:
    words = "Is <!channel> or <@U0SAL> or #general in, see https://example.org?"
    carrel.say(ADA.email, f"ask staff: {words}")

    shown = card(carrel, "Question 1")
    assert words.replace("https://", "") in read(shown).replace("https://", "")
    assert calls(shown) == []


def test_talk_below_a_submissions_card_is_nobodys_command(carrel: SlackHouse) -> None:
    thread = submit(carrel)

    carrel.settle(carrel.slack.say("U0SAL", "approve 1: fine", channel=ROOM, thread=thread))

    assert stored(carrel, 1).decision is None
    assert carrel.slack.posted(ROOM, thread=thread) == []


def test_a_card_comes_back_when_somebody_deleted_it(carrel: SlackHouse) -> None:
    ts = submit(carrel)
    carrel.slack.workspace.channels[ROOM].messages.pop(ts)

    carrel.settle(carrel.slack.say("U0REV", "claim 1"))

    assert "Rev Lindqvist has taken it on." in read(card(carrel, "Submission 1"))
