"""Forms and the home page: what words can do, filled in."""

from __future__ import annotations

import json

from tests.cast import ADA, REV
from tests.slack.doing import labels
from tests.slack.house import SlackHouse
from tests.slack.reading import calls, read
from tests.slack.whole.test_staff_room import submit
from tests.slack.workspace import Json

WRITE = "write statement for Technology"
PARAGRAPH = "I began at the desk and learned by asking & listening, <b>most of all</b>."


def open_form(house: SlackHouse, user: str, words: str) -> None:
    """Somebody's command opens a form."""
    given = house.slack.command(user, words)
    house.settle(given)
    assert house.slack.workspace.users[user].views


def page_of(house: SlackHouse, user: str) -> Json:
    """The home page, once there is one."""
    house.slack.wait(lambda: house.slack.workspace.users[user].home)
    return house.slack.home(user)


def drafts(house: SlackHouse) -> list[tuple[object, ...]]:
    return house.rows("SELECT form FROM form_drafts")


def test_a_filled_form_is_said_in_private_and_its_result_told(either: SlackHouse) -> None:
    slack = either.slack
    open_form(either, "U0ADA", WRITE)
    sent = slack.submit_view("U0ADA", {"Text": PARAGRAPH})
    either.settle(sent)

    assert sent.response is None  # the form closes
    assert either.rows("SELECT set_id, paragraphs FROM statements") == [
        ("technology", json.dumps([PARAGRAPH]))
    ]
    assert "is kept: 1 paragraph (version 1" in read(slack.posted("U0ADA")[-1])
    assert drafts(either) == []


def test_what_was_typed_stays_when_the_form_is_closed(either: SlackHouse) -> None:
    slack = either.slack
    open_form(either, "U0ADA", WRITE)
    either.settle(slack.type_into("U0ADA", "Text", PARAGRAPH))
    either.settle(slack.close_view("U0ADA"))
    open_form(either, "U0ADA", WRITE)

    (text,) = (b for b in slack.form("U0ADA")["blocks"] if b.get("label", {}).get("text") == "Text")
    assert text["element"]["initial_value"] == PARAGRAPH
    assert slack.posted("U0ADA") == []


def test_the_same_form_sent_twice_counts_once(carrel: SlackHouse) -> None:
    slack = carrel.slack
    open_form(carrel, "U0ADA", WRITE)
    sent = slack.submit_view("U0ADA", {"Text": PARAGRAPH})
    carrel.settle(sent)
    again = slack.again(sent.deliveries[0])
    slack.wait(lambda: again.acked)
    carrel.drain()

    assert carrel.rows("SELECT count(*) FROM statements") == [(1,)]
    assert len(slack.posted("U0ADA")) == 1


def test_a_form_that_comes_too_late_goes_on_in_words(either: SlackHouse) -> None:
    slack = either.slack
    slack.fail("views.open", error="expired_trigger_id")
    given = slack.command("U0ADA", WRITE)
    either.settle(given)

    assert slack.workspace.users["U0ADA"].views == []
    assert "Technology" in read(slack.posted("U0ADA")[-1])


def test_a_decision_without_the_right_opens_no_form(carrel: SlackHouse) -> None:
    submit(carrel)
    given = carrel.slack.command("U0REV", "decide 1")
    carrel.settle(given)

    assert carrel.slack.workspace.users["U0REV"].views == []
    assert carrel.read_by(REV[1])


def test_the_page_follows_what_changes(either: SlackHouse) -> None:
    slack = either.slack
    either.settle(slack.open_home("U0ADA"))
    first = page_of(either, "U0ADA")
    notes = slack.add_file("U0ADA", "notes.txt", b"What I did.")
    either.settle(slack.say("U0ADA", "for TECH-1", notes))
    slack.wait(lambda: slack.home("U0ADA") != first)
    after = slack.home("U0ADA")

    assert "Ada Reyes, 0 of 6 sets" in read(first)
    assert "Technology: 0 of 10 parts" in read(first)
    assert "Technology: 1 of 10 parts" in read(after)
    assert calls(after) == []


def test_buttons_of_the_page_answer_in_private_and_stay(either: SlackHouse) -> None:
    slack = either.slack
    either.settle(slack.open_home("U0ADA"))
    slack.wait(lambda: slack.workspace.users["U0ADA"].home)
    offered = labels(slack.home("U0ADA")["blocks"])

    for _ in range(2):
        either.settle(slack.press_home("U0ADA", "My progress"))

    told = [text for text in either.read_by(ADA.email) if text.startswith("Ada Reyes, 0 of 6")]
    assert len(told) == 2
    assert labels(slack.home("U0ADA")["blocks"]) == offered


def test_the_page_of_a_stranger_tells_how_to_connect_and_nothing_else(carrel: SlackHouse) -> None:
    slack = carrel.slack
    carrel.settle(slack.open_home("U0DOT"))
    page = read(page_of(carrel, "U0DOT"))

    assert "connect" in page
    assert "Ada" not in page
