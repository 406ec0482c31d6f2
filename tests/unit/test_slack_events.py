"""Payloads of Slack's that nobody recorded: other names, wrong kinds, hostile ones."""

from __future__ import annotations

import copy
import random
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.slack.entities import escaped, readable, unescaped
from channels.slack.events import read
from channels.slack.heard import Filled, Heard, Ignored, Pressed, Said, Stale, Why
from channels.slack.own import Own
from tests.ending import ending
from tests.unit.test_slack_recordings import NOW, OWN, RECORDINGS, recorded

NAMES = sorted(path.stem for path in RECORDINGS.glob("*.json"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=20,
)
WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip)


def said(**changes: Any) -> Heard:
    """What a direct message means that differs in these fields; `...` leaves a field out."""
    body = recorded("message_im")
    body["event"] |= changes
    body["event"] = {key: value for key, value in body["event"].items() if value is not ...}
    return read(body, OWN, now=NOW)


def pressed(name: str = "block_actions_button", **changes: Any) -> Heard:
    """What a press means whose action differs in these fields."""
    body = recorded(name)
    body["actions"][0] |= changes
    return read(body, OWN, now=NOW)


def files(*found: Any) -> tuple[Any, ...]:
    """The attachments of a message with these files."""
    heard = said(files=list(found), subtype="file_share")
    assert isinstance(heard, Said)
    return heard.message.attachments


@settings(deadline=None)
@given(body=JSON)
def test_any_json_value_means_something(body: object) -> None:
    assert isinstance(read(body, OWN, now=NOW), get_args(Heard))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(NAMES), where=st.randoms(use_true_random=False), value=JSON)
def test_a_payload_with_any_value_in_any_place_means_something(
    name: str, where: random.Random, value: object
) -> None:
    body = recorded(name)
    for _ in range(where.randint(1, 3)):
        body = _changed(body, where, value)

    assert isinstance(read(body, OWN, now=NOW), get_args(Heard))


@pytest.mark.parametrize(
    "text",
    [" " * 40_000, "<" * 40_000, "<@U04CARREL00" * 4_000, "<a|" * 12_000, "&amp;" * 8_000],
    ids=["spaces", "brackets", "mentions", "links", "signs"],
)
def test_hostile_text_takes_no_longer_than_other_text(text: str) -> None:
    with ending():
        heard = said(text=text, channel="C05STUDIES1", channel_type="channel", thread_ts="1.1")

    assert isinstance(heard, get_args(Heard))


def test_a_very_deep_payload_is_read() -> None:
    deep: Any = "text"
    for _ in range(500):
        deep = {"text": [deep]}
    body = recorded("block_actions_button")
    body["message"]["blocks"] = [deep]

    assert isinstance(read(body, OWN, now=NOW), Pressed)


@given(text=WORDS)
def test_words_arrive_as_they_were_typed(text: str) -> None:
    assert readable(escaped(text), OWN.user) == text.strip()
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("<@U04CARREL00> what is due?", "what is due?"),
        ("<@U04CARREL00|carrel>: what is due?", "what is due?"),
        ("Hey <@U04CARREL00>, what is due?", "Hey what is due?"),
        ("what is due <@U04CARREL00>?", "what is due?"),
        ("ask <@U04CARREL001>", "ask @U04CARREL001"),
        ("&lt;@U04CARREL00&gt; is how", "<@U04CARREL00> is how"),
        ("<!channel> <!everyone>", "@channel @everyone"),
        ("<#C05STUDIES1>", "#C05STUDIES1"),
        ("<!subteam^S05STAFF001>", "@S05STAFF001"),
        ("<mailto:ada@example.org|write to Ada>", "write to Ada (ada@example.org)"),
        ("<https://example.org/>", "https://example.org/"),
        ("<https://example.org/|https://example.org>", "https://example.org"),
        ("a < b > c <> d", "a < b > c <> d"),
    ],
)
def test_slack_s_marks_become_readable(text: str, read_as: str) -> None:
    assert readable(text, OWN.user) == read_as


def test_a_mention_among_others_words_is_addressed_to_carrel() -> None:
    heard = said(
        text="yes <@U04CARREL00>", channel="C05STUDIES1", channel_type="channel", thread_ts="9.1"
    )

    assert isinstance(heard, Said)
    assert not heard.follows


@pytest.mark.parametrize(
    "mention", ["<@U05CARL0001>", "<@W05CARL0001|carl>", "<!subteam^S05STAFF001>", "<!here>"]
)
def test_whoever_mentions_somebody_else_in_a_thread_talks_to_them(mention: str) -> None:
    place = {"channel": "C05STUDIES1", "channel_type": "channel", "thread_ts": "9.1"}
    to_both = said(text=f"{mention} and <@U04CARREL00>", **place)

    assert said(text=f"{mention} who?", **place) == Ignored(why=Why.NOT_ADDRESSED)
    assert isinstance(said(text="see <#C05STUDIES1>", **place), Said)
    assert isinstance(to_both, Said)
    assert to_both.message.apart


@pytest.mark.parametrize(
    ("author", "caption"),
    [("U05ADA00001", "Signed, @U05ADA00001"), ("U05CARL0001", ""), (None, "")],
)
def test_only_own_words_say_where_a_file_goes_that_is_picked(
    author: str | None, caption: str
) -> None:
    body = recorded("message_action")
    body["message"]["user"] = author
    heard = read(body, OWN, now=NOW)

    assert isinstance(heard, Said)
    assert heard.message.text == caption
    assert heard.message.attachments


def test_the_first_message_of_a_thread_stands_in_none() -> None:
    heard = said(thread_ts="1772000001.000100")

    assert isinstance(heard, Said)
    assert heard.message.thread == ""


def test_no_direction_mark_comes_in_with_words_or_names() -> None:
    (file,) = files({"id": "F05X", "name": "a\u202efdp.exe"})
    heard = said(text="be\u202ffore \u202eafter")

    assert file.name == "afdp.exe"
    assert isinstance(heard, Said)
    assert "\u202e" not in heard.message.text


def test_a_very_long_name_of_a_file_is_cut_and_keeps_its_ending() -> None:
    (file,) = files({"id": "F05X", "name": "x" * 5_000 + ".pdf"})

    assert len(file.name) == 200
    assert file.name.endswith("x.pdf")


def test_files_beyond_a_hundred_are_named_and_refused() -> None:
    found = files(*({"id": f"F05{n:05}", "name": f"{n}.pdf"} for n in range(103)))

    assert [one.name for one in found if one.refusal] == ["100.pdf", "101.pdf", "102.pdf"]
    assert all(one.refusal.startswith("It ") for one in found if one.refusal)
    assert all(one.source for one in found if not one.refusal)


@pytest.mark.parametrize("id", ["../../etc", "", None, 7, "F05X/../F05Y", "f05x"])
def test_a_file_without_an_id_of_slack_s_is_refused(id: object) -> None:
    (file,) = files({"id": id, "name": "a.pdf"})

    assert file.refusal.startswith("It ")
    assert file.source == ""


@pytest.mark.parametrize("size", [-1, "9", True, None, 1.5])
def test_a_size_that_is_none_is_not_known(size: object) -> None:
    (file,) = files({"id": "F05X", "name": "a.pdf", "size": size})

    assert file.size == 0


def test_the_second_of_two_clicks_is_the_same_message() -> None:
    first, second = pressed(action_ts="1.1"), pressed(action_ts="1.2")

    assert isinstance(first, Pressed)
    assert isinstance(second, Pressed)
    assert first.message.id == second.message.id


def test_another_choice_of_the_same_message_is_another_message() -> None:
    first, second = pressed(), pressed(value="no")

    assert isinstance(first, Pressed)
    assert isinstance(second, Pressed)
    assert first.message.id != second.message.id


@pytest.mark.parametrize("name", ["block_actions_card", "block_actions_home"])
def test_a_choice_that_stays_can_be_pressed_again(name: str) -> None:
    first, second = pressed(name, action_ts="1.1"), pressed(name, action_ts="1.2")

    assert isinstance(first, Pressed)
    assert isinstance(second, Pressed)
    assert first.message.id != second.message.id


@pytest.mark.parametrize(
    "change", [{"value": ""}, {"block_id": "other:1"}, {"type": "overflow", "value": None}]
)
def test_a_press_that_this_version_does_not_know_is_told_of(change: dict[str, Any]) -> None:
    assert isinstance(pressed(**change), Stale)


def test_a_press_without_its_instant_happened_when_it_arrived() -> None:
    heard = pressed(action_ts=None)

    assert isinstance(heard, Pressed)
    assert heard.message.sent_at == NOW


def test_a_form_sent_twice_has_one_id() -> None:
    first, second = (read(recorded("view_submission"), OWN, now=NOW) for _ in range(2))

    assert isinstance(first, Filled)
    assert first == second


def test_carrel_knows_itself_by_its_user_and_by_its_bot() -> None:
    by_bot = read(recorded("message_own"), Own(user="U1X", bot="B04CARREL00"), now=NOW)
    by_user = read(recorded("message_own"), Own(user="U04CARREL00"), now=NOW)

    assert by_bot == by_user == Ignored(why=Why.OWN)


@pytest.mark.parametrize("name", ["message_im", "block_actions_button", "slash_command"])
def test_what_is_for_another_workspace_is_passed_over(name: str) -> None:
    heard = read(recorded(name), Own(user="U04CARREL00", team="T0ELSEWHERE"), now=NOW)

    assert isinstance(heard, Ignored)
    assert heard.why is Why.FOREIGN


def test_an_event_of_a_shared_channel_is_known_by_those_it_is_meant_for() -> None:
    body = recorded("message_connect") | {"team_id": "T0OTHERORG1"}

    assert isinstance(read(body, OWN, now=NOW), Said)


@pytest.mark.parametrize("name", ["message_im", "block_actions_button", "block_actions_menu"])
def test_whoever_is_of_another_workspace_is_no_member_s_namesake(name: str) -> None:
    body = recorded(name)
    body.get("event", {})["user_team"] = "T0OTHERORG1"
    body.get("user", {})["team_id"] = "T0OTHERORG1"
    heard = read(body, OWN, now=NOW)

    assert isinstance(heard, Said | Pressed)
    assert heard.message.sender.value == "T0OTHERORG1-U05ADA00001"


def test_an_organisation_s_id_makes_no_stranger_of_a_member() -> None:
    body = recorded("message_im")
    body["event"]["user_team"] = "E0CONSORT01"
    heard = read(body, OWN, now=NOW)

    assert isinstance(heard, Said)
    assert heard.message.sender.value == "U05ADA00001"


@pytest.mark.parametrize("ts", ["99999999999999.1", "1.1e5", "-1.0", "nan", 1772000001.0, None])
def test_a_message_without_a_time_of_slack_s_is_malformed(ts: object) -> None:
    assert said(ts=ts) == Ignored(why=Why.MALFORMED, detail="message")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("slash_command", "user_id"),
        ("slash_command", "trigger_id"),
        ("message_action", "user"),
        ("message_action", "trigger_id"),
        ("block_actions_button", "user"),
        ("block_actions_button", "actions"),
    ],
)
def test_an_interaction_that_lacks_what_matters_is_malformed(name: str, field: str) -> None:
    heard = read({**recorded(name), field: None}, OWN, now=NOW)

    assert isinstance(heard, Ignored)
    assert heard.why == Why.MALFORMED


@pytest.mark.parametrize(
    ("name", "field", "why"),
    [
        ("app_home_opened", "tab", Why.INERT),
        ("assistant_thread_started", "assistant_thread", Why.MALFORMED),
        ("message_im", "user", Why.MALFORMED),
        ("user_change_deleted", "user", Why.INERT),
    ],
)
def test_an_event_that_lacks_what_matters_is_passed_over(name: str, field: str, why: Why) -> None:
    body = recorded(name)
    body["event"][field] = None
    heard = read(body, OWN, now=NOW)

    assert isinstance(heard, Ignored)
    assert heard.why == why


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"subtype": ["file_share"]}, Why.MALFORMED),
        ({"hidden": True}, Why.SYSTEM),
        ({"channel_type": "channel", "channel": "C05X", "text": "", "thread_ts": "9.1"}, Why.EMPTY),
    ],
)
def test_a_message_that_is_none_is_passed_over(changes: dict[str, Any], why: Why) -> None:
    heard = said(**changes)

    assert isinstance(heard, Ignored)
    assert heard.why == why


def test_the_last_instant_that_slack_could_write_is_one() -> None:
    heard = said(ts="9999999999.999999")

    assert isinstance(heard, Said)
    assert heard.message.sent_at > datetime(2286, 1, 1, tzinfo=UTC)


def _changed(body: Any, where: random.Random, value: object) -> Any:
    """The payload with the value in the place of another, a few steps down."""
    body = copy.deepcopy(body)
    spot, steps = body, where.randint(0, 6)
    while isinstance(spot, dict | list) and spot:
        key = where.choice(list(spot) if isinstance(spot, dict) else range(len(spot)))
        if steps == 0 or not isinstance(spot[key], dict | list) or not spot[key]:
            spot[key] = value
            break
        spot, steps = spot[key], steps - 1
    return body
