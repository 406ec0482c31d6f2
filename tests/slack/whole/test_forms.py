"""Forms and the home page: what words can do, filled in."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.cast import ADA, REV
from tests.reviewed import stored
from tests.slack.doing import labels
from tests.slack.house import SlackHouse
from tests.slack.reading import calls, read
from tests.slack.whole.test_staff_room import submit
from tests.slack.workspace import Json

MORE = "More documents for"
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


def text_of(form: Json) -> object:
    """What stands in the field for the text."""
    (text,) = (b for b in form["blocks"] if b.get("label", {}).get("text") == "Text")
    return text["element"].get("initial_value")


def drafts(house: SlackHouse) -> list[tuple[object, ...]]:
    """The forms of which something typed is kept."""
    return house.rows("SELECT form FROM form_drafts WHERE \"values\" <> '{}'")


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

    assert text_of(slack.form("U0ADA")) == PARAGRAPH
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


def test_an_older_keystroke_that_is_told_late_takes_nothing_back(either: SlackHouse) -> None:
    slack = either.slack
    open_form(either, "U0ADA", WRITE)
    older = slack.type_into("U0ADA", "Text", "I began")
    either.settle(older)
    either.clock.forward(timedelta(seconds=2))
    either.settle(slack.type_into("U0ADA", "Text", PARAGRAPH))
    late = slack.again(older.deliveries[0])
    slack.wait(lambda: late.acked)
    open_form(either, "U0ADA", WRITE)

    assert text_of(slack.form("U0ADA")) == PARAGRAPH


def test_what_is_told_after_a_form_was_sent_is_no_draft_even_for_another_process(
    either: SlackHouse,
) -> None:
    slack = either.slack
    open_form(either, "U0ADA", WRITE)
    typed = slack.type_into("U0ADA", "Text", "I began")
    either.settle(typed)
    either.settle(slack.submit_view("U0ADA", {"Text": PARAGRAPH}))
    sent = drafts(either)
    either.restart()
    late = slack.again(typed.deliveries[0])
    slack.wait(lambda: late.acked)

    assert sent == drafts(either) == []


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


def test_what_is_amiss_is_told_at_its_field(carrel: SlackHouse) -> None:
    slack = carrel.slack
    submit(carrel)
    open_form(carrel, "U0SAL", "decide 1")
    form = slack.form("U0SAL")
    (asks,) = (b for b in form["blocks"] if b.get("label", {}).get("text") == MORE)
    (mark, *_) = asks["element"]["options"]
    given = {"Your decision": "Approve", MORE: [mark["text"]["text"]], "Reason": "In order."}
    sent = slack.submit_view("U0SAL", given)
    slack.wait(lambda: sent.acked)

    assert sent.response == {
        "response_action": "errors",
        "errors": {
            asks["block_id"]: "Nothing more is asked for when you approve. Take these marks out, "
            "or pick as your decision to ask for more documents."
        },
    }
    assert stored(carrel, 1).decision is None


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
