"""The home page and forms as views of Slack's."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.forms import Field, Form, Option
from bot.domain.messages import Bar, Bullets, Chart, Choice, Paragraph, Reply
from channels.slack.events import read
from channels.slack.form_view import form_view
from channels.slack.heard import Filled, Pressed, Typed
from channels.slack.home_view import home_view
from tests.unit.test_slack_recordings import NOW, OWN, recorded
from tests.unit.test_slack_render import choices, texts

CHART = Chart(
    title="Your way", bars=(Bar(label="1", done=1, total=2, note=""),), footer="", alt="half"
)
OPTIONS = (Option(value="met", label="Met"), Option(value="more", label="Needs more"))
REASON = Field(name="reason", label="Reason", lines=True, longest=2_000)


def form(*fields: Field, **more: Any) -> Form:
    """A form with these fields."""
    made = {"key": "decide:3", "title": "Decide", "intro": "Read first.", "submit": "Send", **more}
    return Form(fields=fields, **made)


def shown(*fields: Field, **more: Any) -> list[dict[str, Any]]:
    """The inputs of a form."""
    blocks = form_view(form(*fields, **more))["blocks"]
    return [block for block in blocks if block["type"] == "input"]


def sent(name: str, form: Form, **answers: Any) -> Any:
    """A recorded payload, of this form with these answers."""
    body = recorded(name)
    view = form_view(form)
    ids = {block["block_id"].partition(":")[2]: block for block in view["blocks"][1:]}
    values = {
        ids[field]["block_id"]: {ids[field]["element"]["action_id"]: answer}
        for field, answer in answers.items()
    }
    body["view"] |= {**view, "state": {"values": values}}
    return body


def test_the_page_shows_its_words_and_buttons_that_stay() -> None:
    view = home_view(Reply(blocks=(Paragraph(text="Hello."),), choices=choices(7)))
    *words, row = view["blocks"]

    assert view["type"] == "home"
    assert list(texts(words)) == ["Hello."]
    assert [one["type"] for one in row["elements"]] == ["button"] * 7


def test_the_page_shows_the_picture_where_there_is_one() -> None:
    reply = Reply(blocks=(CHART,))

    (picture,) = home_view(reply, picture="F05CHART001")["blocks"]
    assert picture["slack_file"] == {"id": "F05CHART001"}
    assert (picture["alt_text"], picture["title"]["text"]) == ("half", "Your way")
    assert list(texts(home_view(reply)["blocks"])) == ["Picture: half"]


def test_the_same_page_is_the_same_view() -> None:
    reply = Reply(blocks=(Paragraph(text="Hello."),), choices=choices(2))

    assert home_view(reply) == home_view(reply)


def test_a_page_that_is_too_long_is_cut_and_says_so() -> None:
    long = tuple(Paragraph(text=f"Line {n}") for n in range(300))
    view = home_view(Reply(blocks=long, choices=choices(30)))

    assert len(view["blocks"]) == 100
    assert list(texts(view["blocks"]))[-1].startswith("There is more than fits here.")
    assert [block["type"] for block in view["blocks"]][-2:] == ["actions", "actions"]


def test_a_page_of_long_lists_stays_small_enough_for_slack() -> None:
    long = tuple(Bullets(items=("word " * 250,) * 9) for _ in range(20))

    assert len(str(home_view(Reply(blocks=long)))) < 100_000


def test_a_button_of_the_page_says_its_words() -> None:
    view = home_view(Reply(blocks=(), choices=(Choice(label="Missing", says="missing"),)))
    body = recorded("block_actions_home")
    (row,) = view["blocks"]
    body["actions"] = [{**row["elements"][0], "block_id": row["block_id"], "action_ts": "1.1"}]
    heard = read(body, OWN, now=NOW)

    assert isinstance(heard, Pressed)
    assert heard.lasting
    assert heard.message.text == "missing"


def test_a_form_has_its_title_words_and_buttons_within_limits() -> None:
    view = form_view(form(REASON, title="A title that is far too long", submit="S" * 30))

    assert view["title"]["text"] == "A title that is far too\u2026"
    assert len(view["submit"]["text"]) == 24
    assert view["private_metadata"] == "decide:3"
    assert list(texts(view["blocks"][0])) == ["Read first."]


def test_every_kind_of_field_has_its_element() -> None:
    many = tuple(Option(value=str(n), label=str(n)) for n in range(11))
    inputs = shown(
        REASON,
        Field(name="a", label="A", options=OPTIONS),
        Field(name="b", label="B", options=OPTIONS, many=True),
        Field(name="c", label="C", options=many, many=True),
    )

    assert [one["element"]["type"] for one in inputs] == [
        "plain_text_input",
        "static_select",
        "checkboxes",
        "multi_static_select",
    ]


def test_more_than_a_hundred_options_stand_in_groups() -> None:
    many = tuple(Option(value=str(n), label="x" * 80) for n in range(150))
    (shown_field,) = shown(Field(name="a", label="A", options=many))
    groups = shown_field["element"]["option_groups"]

    assert [group["label"]["text"] for group in groups] == ["1 to 100", "101 to 150"]
    assert len(groups[0]["options"][0]["text"]["text"]) == 75


def test_what_was_there_stands_in_the_form_at_first() -> None:
    text, one, several, none = shown(
        Field(name="t", label="T", value="so far", longest=4),
        Field(name="a", label="A", options=OPTIONS, value="more"),
        Field(name="b", label="B", options=OPTIONS, many=True, value="met\nmore"),
        Field(name="c", label="C", options=OPTIONS, value="gone"),
    )

    assert (text["element"]["initial_value"], text["element"]["max_length"]) == ("so f", 4)
    assert one["element"]["initial_option"] in one["element"]["options"]
    assert several["element"]["initial_options"] == several["element"]["options"]
    assert "initial_option" not in none["element"]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Learning statement", "Learning statement"),
        ("Personal learning statement", "Personal learning\u2026"),
        ("Personal learning works of mine", "Personal learning works\u2026"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsg\u2026"),
    ],
)
def test_a_title_ends_with_a_whole_word(title: str, told: str) -> None:
    assert form_view(form(REASON, title=title))["title"]["text"] == told


@pytest.mark.parametrize("keeps", [True, False])
def test_only_a_form_that_keeps_drafts_tells_what_is_typed(keeps: bool) -> None:
    view = form_view(form(REASON, keeps_draft=keeps))
    (block,) = (one for one in view["blocks"] if one["type"] == "input")

    assert view["notify_on_close"] is keeps
    assert block["dispatch_action"] is keeps
    assert ("dispatch_action_config" in block["element"]) is keeps


def test_a_form_comes_back_with_its_key_and_what_was_filled_in() -> None:
    asked = form(
        Field(name="rating:1.2", label="R", options=OPTIONS),
        Field(name="sections", label="S", options=OPTIONS, many=True),
        REASON,
    )
    body = sent(
        "view_submission",
        asked,
        **{
            "rating:1.2": {"selected_option": {"value": "met"}},
            "sections": {"selected_options": [{"value": "met"}, {"value": "more"}]},
            "reason": {"value": "<it> & more"},
        },
    )
    heard = read(body, OWN, now=NOW)

    assert isinstance(heard, Filled)
    assert (heard.form, heard.user) == ("decide:3", "U05ADA00001")
    assert heard.values == {"rating:1.2": "met", "sections": "met\nmore", "reason": "<it> & more"}


def test_a_field_that_was_emptied_is_typed_too() -> None:
    body = sent("block_actions_form", form(REASON, keeps_draft=True), reason={"value": None})

    heard = read(body, OWN, now=NOW)

    assert isinstance(heard, Typed)
    assert (heard.user, heard.form, heard.values) == ("U05ADA00001", "decide:3", {"reason": ""})
