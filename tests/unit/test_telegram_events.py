"""Updates of Telegram's that nobody recorded: other names, wrong kinds, hostile ones."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.telegram.events import read
from channels.telegram.heard import Advised, Heard, Ignored, Said, Why
from tests.ending import ending
from tests.unit.recorded_telegram import ADA, NAMES, NOW, OWN, at, recorded

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=20,
)
WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip)
ANYTHING: list[object] = [
    None,
    True,
    -1,
    0,
    2**70,
    1.5,
    "",
    "x",
    "\ud83d",
    [],
    [[]],
    {},
    {"id": {}},
]


def message(name: str = "text", **changes: Any) -> Heard:
    """What a recorded message means that differs in these fields; `...` leaves a field out."""
    update = recorded(name)
    changed = update["message"] | changes
    update["message"] = {key: value for key, value in changed.items() if value is not ...}
    return read(update, OWN, now=NOW)


def said(name: str = "text", **changes: Any) -> Said:
    """The same, of a message that is heard."""
    heard = message(name, **changes)
    assert isinstance(heard, Said)
    return heard


def mention(offset: int, text: str = "@carrel_desk_bot", **more: Any) -> dict[str, Any]:
    """What Telegram marks where Carrel is mentioned; `text` is plain ASCII."""
    return {"type": "mention", "offset": offset, "length": len(text), **more}


@settings(deadline=None)
@given(update=JSON)
def test_any_json_value_means_something(update: object) -> None:
    assert isinstance(read(update, OWN, now=NOW), get_args(Heard))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(NAMES), where=st.randoms(use_true_random=False), value=JSON)
def test_an_update_with_any_value_in_any_place_means_something(
    name: str, where: random.Random, value: object
) -> None:
    update = recorded(name)
    for _ in range(where.randint(1, 3)):
        update = changed(update, where, value)

    assert isinstance(read(update, OWN, now=NOW), get_args(Heard))


@pytest.mark.parametrize("name", NAMES)
def test_no_wrong_value_in_any_place_of_a_recording_is_an_error(name: str) -> None:
    update = recorded(name)
    for spot, key in places(update):
        right = spot[key]
        for wrong in ANYTHING:
            spot[key] = wrong
            assert isinstance(read(update, OWN, now=NOW), get_args(Heard))
        spot[key] = right


@pytest.mark.parametrize("value", ANYTHING, ids=repr)
@pytest.mark.parametrize(
    "field",
    ["from", "date", "entities", "reply_to_message", "media_group_id", "message_thread_id"],
)
def test_one_bad_field_loses_no_words(field: str, value: object) -> None:
    changes: dict[str, Any] = {field: value}
    heard = said(**changes)

    assert heard.message.text == "What is due next?"
    assert heard.message.sender.value == str(ADA)


@pytest.mark.parametrize("value", ANYTHING, ids=repr)
def test_a_bad_caption_loses_no_file(value: object) -> None:
    heard = said("photo_caption", caption=value, caption_entities=value)

    assert [file.name for file in heard.message.attachments] == ["photo-21.jpg"]


@pytest.mark.parametrize("date", [None, True, -5, 2**50, "1772000001", 1.5, ...])
def test_a_message_without_a_time_was_said_when_it_arrived(date: object) -> None:
    assert said(date=date).message.sent_at == NOW
    assert said().message.sent_at == at(1)


@pytest.mark.parametrize("id", [None, True, 0, "12", 2**60, {}])
def test_a_message_without_its_ids_is_malformed(id: object) -> None:
    assert message(chat={"id": id, "type": "private"}) == Ignored(why=Why.MALFORMED)
    assert message(message_id=id) == Ignored(why=Why.MALFORMED)


def test_a_sender_of_a_group_who_has_no_id_is_malformed() -> None:
    assert message("group_mention", **{"from": {}}) == Ignored(why=Why.MALFORMED)


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_only_the_mention_is_cut_out_whatever_stands_around_it(before: str, after: str) -> None:
    begun = f"{before} (".encode("utf-16-le", "surrogatepass")
    text = f"{before} (@Carrel_Desk_Bot) {after}"
    heard = said("group_mention", text=text, entities=[mention(len(begun) // 2)])

    assert heard.message.text == said(text=f"{before} () {after}", entities=[]).message.text


@given(text=WORDS)
def test_words_arrive_as_they_were_typed(text: str) -> None:
    heard = said(text=f"\u2022{text}\u2022")

    assert heard.message.text == f"\u2022{text}\u2022"


@pytest.mark.parametrize(
    ("text", "offset", "read_as"),
    [
        ("@carrel_desk_bot: what is due?", 0, "what is due?"),
        ("Hey @carrel_desk_bot, what is due?", 4, "Hey what is due?"),
        ("what is due @carrel_desk_bot?", 12, "what is due?"),
        ("@carrel_desk_bot /when_due", 0, "when due"),
        ("/when_due@weather_bot @carrel_desk_bot", 22, "/when_due@weather_bot"),
    ],
)
def test_a_mention_is_no_part_of_what_is_said(text: str, offset: int, read_as: str) -> None:
    assert said("group_mention", text=text, entities=[mention(offset)]).message.text == read_as


@pytest.mark.parametrize(
    "marked",
    [
        mention(4),
        mention(0) | {"length": 5},
        mention(-1),
        mention(0) | {"offset": "0"},
        {"type": "text_mention", "offset": 0, "length": 6, "user": {"id": 7}},
    ],
)
def test_a_mark_that_is_no_mention_of_carrel_calls_nobody(marked: dict[str, Any]) -> None:
    heard = message("group_mention", entities=[marked])

    assert heard == Ignored(why=Why.NOT_ADDRESSED)


@pytest.mark.parametrize(
    "text",
    [" " * 40_000, "<" * 40_000, "@carrel_desk_bot" * 2_500, "\x00" * 40_000, "/" * 40_000],
    ids=["spaces", "brackets", "mentions", "zeros", "strokes"],
)
def test_hostile_text_takes_no_longer_than_other_text(text: str) -> None:
    with ending():
        heard = message(
            "group_mention", text=text, entities=[mention(n, url="x") for n in range(100)]
        )

    assert isinstance(heard, get_args(Heard))


def test_no_direction_mark_comes_in_with_words() -> None:
    heard = said("group_mention", text="\u202e @carrel_desk_bot a\u202eb", entities=[mention(2)])

    assert heard.message.text == "ab"


@pytest.mark.parametrize("id", ["../../etc", "", None, 7, "a b", "a" * 301])
def test_a_file_without_an_id_of_telegram_s_is_refused(id: object) -> None:
    (file,) = said("document", document={"file_id": id, "file_name": "a.pdf"}).message.attachments

    assert file.refusal == "It cannot be found at Telegram: send it again."
    assert file.source == ""


def test_a_very_long_name_of_a_file_is_cut_and_keeps_its_ending() -> None:
    name = "x" * 5_000 + ".pdf"
    (file,) = said("document", document={"file_id": "B", "file_name": name}).message.attachments

    assert len(file.name) == 200
    assert file.name.endswith("x.pdf")


def test_a_bot_api_server_of_one_s_own_knows_no_largest_file() -> None:
    heard = read(recorded("document_huge"), replace(OWN, largest=0), now=NOW)

    assert isinstance(heard, Said)
    assert heard.message.attachments[0].source == "telegram:BQACAgIAAxkBDoc0007"


def test_content_that_nobody_knows_yet_is_answered_with_advice() -> None:
    assert isinstance(message(text=..., hologram={"size": 3}), Advised)


def test_the_log_is_told_of_new_kinds_of_update_and_of_no_words() -> None:
    new = read({"update_id": 1, "new_kind": {}}, OWN, now=NOW)
    words = read({"update_id": 1, "Hello there": {}}, OWN, now=NOW)

    assert new == Ignored(why=Why.UNKNOWN, detail="new_kind")
    assert words == Ignored(why=Why.MALFORMED)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every object and list inside, with each key or index of it."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [(value, key) for key in keys] + [one for key in keys for one in places(value[key])]


def changed(update: Any, where: random.Random, value: object) -> Any:
    """The update with the value in the place of another, a few steps down."""
    update = copy.deepcopy(update)
    spot, steps = update, where.randint(0, 6)
    while isinstance(spot, dict | list) and spot:
        key = where.choice(list(spot) if isinstance(spot, dict) else range(len(spot)))
        if steps == 0 or not isinstance(spot[key], dict | list) or not spot[key]:
            spot[key] = value
            break
        spot, steps = spot[key], steps - 1
    return update
