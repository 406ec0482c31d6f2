"""What Slack says twice, or says of itself, is met once or not at all."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import ADA, BEA, DOT
from tests.desk import LEASE
from tests.slack.house import SlackHouse
from tests.slack.reading import read


def kept(house: SlackHouse) -> list[tuple[object, ...]]:
    """Every message of the inbox: the vendor's id and its state."""
    return house.rows("SELECT vendor_id, state FROM inbox ORDER BY id")


def test_a_message_that_slack_delivers_again_is_answered_once(either: SlackHouse) -> None:
    slack = either.slack
    said = slack.say("U0ADA", "help")
    slack.wait(lambda: said.acked)

    early = slack.again(said.deliveries[0])
    slack.wait(lambda: early.acked)
    either.drain()
    late = slack.again(said.deliveries[0])
    slack.wait(lambda: late.acked)
    either.drain()

    assert len(slack.posted("U0ADA")) == 1
    assert kept(either) == [(f"D0ADA:{said.ts}", "done")]


def test_a_mention_that_comes_as_two_events_is_answered_once(either: SlackHouse) -> None:
    said = either.slack.say("U0DOT", "help", channel="C0HALL", mention=True)
    either.settle(said)

    assert len(said.deliveries) == 2
    assert len(either.slack.posted("C0HALL", thread=said.ts)) == 1
    assert len(kept(either)) == 1


def test_an_edited_or_deleted_message_changes_nothing(carrel: SlackHouse) -> None:
    said = carrel.slack.say("U0ADA", "help")
    carrel.settle(said)
    carrel.settle(carrel.slack.edit("U0ADA", said.ts, "undo"))
    carrel.settle(carrel.slack.delete("U0ADA", said.ts))

    assert len(carrel.slack.posted("U0ADA")) == 1
    assert len(kept(carrel)) == 1


def test_carrel_does_not_answer_itself_or_another_program(carrel: SlackHouse) -> None:
    carrel.say(ADA.email, "help")
    carrel.settle(carrel.slack.bot_says("help", channel="D0ADA"))
    carrel.slack.wait(lambda: all(one.acked for one in carrel.slack.deliveries))
    carrel.drain()

    own = [one for one in carrel.slack.deliveries if one.payload.get("event", {}).get("bot_id")]
    assert len(own) >= 2  # Slack did tell of both
    assert len(kept(carrel)) == 1


def test_a_message_whose_worker_vanished_is_handled_by_the_next(carrel: SlackHouse) -> None:
    said = carrel.slack.say("U0ADA", "progress")
    carrel.slack.wait(lambda: said.acked)
    with carrel.transaction() as uow:  # a worker takes it, and is never heard of again
        assert uow.inbox.claim(now=carrel.clock(), lease_seconds=LEASE)
        uow.commit()
    carrel.drain()
    nothing_yet = list(carrel.slack.posted("U0ADA"))

    carrel.clock.forward(timedelta(seconds=LEASE + 1))
    carrel.drain()

    assert nothing_yet == []
    assert read(carrel.slack.posted("U0ADA")[0]).startswith("Ada Reyes, 0 of 6 sets")


def test_the_second_of_two_clicks_does_nothing_and_says_so(either: SlackHouse) -> None:
    slack = either.slack
    either.say(ADA.email, "prove Technology by portfolio")
    (shown,) = slack.posted("U0ADA")[-1:]
    before = dict(shown)
    either.settle(slack.press("U0ADA", "What Technology lacks"))
    answers = len(slack.posted("U0ADA"))

    either.settle(slack.press("U0ADA", "What Technology lacks", on=before))
    told = slack.wait(lambda: slack.called("chat.postEphemeral", user="U0ADA"))

    assert len(slack.posted("U0ADA")) == answers
    assert "chosen already" in told[0].params["text"]


def test_a_picked_choice_is_replaced_by_what_was_picked(either: SlackHouse) -> None:
    slack = either.slack
    either.say(ADA.email, "prove Technology by portfolio")
    ts = slack.posted("U0ADA")[-1]["ts"]

    either.settle(slack.press("U0ADA", "What Technology lacks"))
    slack.wait(lambda: slack.called("chat.update", ts=ts))

    (changed,) = (m for m in slack.posted("U0ADA") if m["ts"] == ts)
    assert read(changed).endswith("Chosen: What Technology lacks")
    assert "You prove Technology by portfolio now." in read(changed)


def test_a_button_of_an_earlier_life_still_says_its_words(carrel: SlackHouse) -> None:
    carrel.say(ADA.email, "prove Technology by portfolio")
    shown = dict(carrel.slack.posted("U0ADA")[-1])
    carrel.restart()

    carrel.settle(carrel.slack.press("U0ADA", "What Technology lacks", on=shown))

    assert "Technology" in read(carrel.slack.posted("U0ADA")[-1])
    assert carrel.rows("SELECT count(*) FROM inbox WHERE vendor_id LIKE 'pressed:%'") == [(1,)]


def test_a_button_of_somebody_elses_acts_for_whoever_presses_it(carrel: SlackHouse) -> None:
    """A choice is words: whoever presses says them for themselves."""
    carrel.say(ADA.email, "prove Technology by portfolio")
    shown = dict(carrel.slack.posted("U0ADA")[-1])
    before = len(carrel.slack.posted("U0ADA"))

    carrel.settle(carrel.slack.press("U0DOT", "What Technology lacks", channel="D0ADA", on=shown))

    assert "I do not know yet who you are" in carrel.read_by(DOT)[-1]
    assert len(carrel.slack.posted("U0ADA")) == before


def test_a_number_counts_for_ones_own_choices_only(carrel: SlackHouse) -> None:
    carrel.say(ADA.email, "electives")

    told = carrel.say(BEA.email, "1")

    assert "Chosen:" not in told
    assert carrel.rows("SELECT count(*) FROM electives WHERE person_id = 2") == [(0,)]
