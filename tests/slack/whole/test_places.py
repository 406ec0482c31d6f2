"""What is said in a channel, what in direct messages, and to whom."""

from __future__ import annotations

from tests.cast import ADA, DOT
from tests.slack.house import SlackHouse
from tests.slack.reading import read

HALL = "C0HALL"
GENERAL = "How long does certification take?"
ANSWER = "achieving six competency sets within four years"


def test_a_general_question_is_answered_below_it_to_anybody(either: SlackHouse) -> None:
    said = either.slack.say("U0DOT", GENERAL, channel=HALL, mention=True)
    either.settle(said)

    (answer,) = either.slack.posted(HALL)
    assert ANSWER in read(answer)
    assert answer["thread_ts"] == said.ts
    assert either.slack.posted("U0DOT") == []


def test_a_personal_question_in_a_channel_is_answered_in_private(either: SlackHouse) -> None:
    said = either.slack.say("U0ADA", "how far am I?", channel=HALL, mention=True)
    either.settle(said)

    (told,) = either.slack.posted(HALL)
    assert read(told) == "I answer you in private."
    assert told["thread_ts"] == said.ts
    assert any("0 of 6 sets" in text for text in either.read_by(ADA.email))


def test_carrel_goes_on_in_a_thread_where_it_was_asked_and_nowhere_else(
    carrel: SlackHouse,
) -> None:
    first = carrel.slack.say("U0DOT", GENERAL, channel=HALL, mention=True)
    carrel.settle(first)
    carrel.settle(carrel.slack.say("U0DOT", "What does it cost?", channel=HALL, thread=first.ts))
    other = carrel.slack.say("U0ADA", "Lunch at noon?", channel=HALL)
    carrel.settle(other)
    carrel.settle(carrel.slack.say("U0DOT", "Yes!", channel=HALL, thread=other.ts))

    assert len(carrel.slack.posted(HALL, thread=first.ts)) == 2
    assert carrel.slack.posted(HALL, thread=other.ts) == []


def test_a_stranger_is_answered_from_the_documents_and_told_how_to_connect(
    carrel: SlackHouse,
) -> None:
    assert ANSWER in carrel.say(DOT, GENERAL)
    assert "I do not know yet who you are" in carrel.say(DOT, "how far am I?")
    assert carrel.rows("SELECT count(*) FROM evidence") == [(0,)]


def test_a_code_that_was_mailed_connects_a_stranger(carrel: SlackHouse) -> None:
    carrel.slack.add_person("U0NEW", email="ada@example.org")  # the profile proves nothing
    settle, say = carrel.settle, carrel.slack.say
    settle(say("U0NEW", "connect ada@example.org"))
    (letter,) = carrel.mail.sent
    code = str(letter.reply).partition("link ")[2][:9]

    settle(say("U0NEW", "progress"))
    before = read(carrel.slack.posted("U0NEW")[-1])
    settle(say("U0NEW", f"link {code}"))
    settle(say("U0NEW", "progress"))
    after = [read(message) for message in carrel.slack.posted("U0NEW")]

    assert "who you are here" in before
    assert any(text.startswith("Ada Reyes, 0 of 6 sets") for text in after)


def test_whoever_left_slack_is_not_written_to_there_any_more(carrel: SlackHouse) -> None:
    carrel.say(ADA.email, "help")
    carrel.settle(carrel.slack.deactivate("U0ADA"))

    found = carrel.rows("SELECT count(*) FROM identities WHERE value = 'U0ADA'")
    assert found == [(0,)]


def test_the_assistant_offers_a_few_things_to_say_and_answers_in_its_thread(
    carrel: SlackHouse,
) -> None:
    slack = carrel.slack
    opened = slack.open_assistant("U0ADA")
    slack.wait(lambda: slack.called("assistant.threads.setSuggestedPrompts", thread_ts=opened.ts))
    (offer,) = slack.called("assistant.threads.setSuggestedPrompts")

    carrel.settle(slack.say("U0ADA", "progress", thread=opened.ts))
    slack.wait(lambda: slack.called("assistant.threads.setStatus", thread_ts=opened.ts))

    assert offer.ok
    below = slack.posted("U0ADA", thread=opened.ts)
    assert read(below[0]).startswith("Ada Reyes, 0 of 6 sets")


def test_a_command_is_answered_in_private_wherever_it_is_given(either: SlackHouse) -> None:
    given = either.slack.command("U0ADA", "progress", channel=HALL)
    either.settle(given)

    assert either.slack.posted(HALL) == []
    assert either.read_by(ADA.email)[0].startswith("Ada Reyes, 0 of 6 sets")
