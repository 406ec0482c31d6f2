"""Messages as posts to Slack: nothing lost, nothing too long, nobody mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.messages import (
    Address,
    Block,
    Bullets,
    Chart,
    Choice,
    Download,
    OutboundMessage,
    Paragraph,
    Quotation,
    Reply,
)
from channels.markup import place, plain_text
from channels.slack.blocks import weight
from channels.slack.entities import escaped
from channels.slack.events import read
from channels.slack.heard import Pressed
from channels.slack.render import Post, chosen, posts
from tests.unit.test_slack_recordings import NOW, OWN, recorded

HOSTILE = "<!channel> <@U05ADA00001> <https://example.org|click> *bold* :tada: @here & <b>"
ALPHABET = st.characters(categories=["L", "N", "P", "S", "Zs"])
WORDS = st.text(ALPHABET, min_size=1, max_size=60).filter(str.strip)
LONG = st.builds(lambda words, times: " ".join([words] * times), WORDS, st.integers(1, 120))
BLOCKS = st.one_of(
    st.builds(Paragraph, text=LONG),
    st.builds(Bullets, items=st.lists(LONG, max_size=12).map(tuple)),
    st.builds(Quotation, text=LONG, document=WORDS, heading=WORDS, dated=WORDS),
    st.builds(Chart, title=WORDS, bars=st.just(()), footer=WORDS, alt=LONG),
    st.builds(
        Download, name=WORDS, media_type=st.just("a/b"), size=st.just(1), sha256=st.just("0")
    ),
)
CHOICES = st.lists(st.builds(Choice, label=LONG, says=LONG), max_size=30).map(tuple)


def message(*blocks: Block, choices: tuple[Choice, ...] = (), card: str = "") -> OutboundMessage:
    """A message to Ada."""
    ada = Address(channel="slack", value="U05ADA00001")
    reply = Reply(blocks=blocks, choices=choices)
    return OutboundMessage(key="k", to=ada, conversation=str(ada), reply=reply, card=card)


def choices(count: int, *, says: str = "say {}", label: str = "Label {}") -> tuple[Choice, ...]:
    """That many choices."""
    numbers = range(1, count + 1)
    return tuple(Choice(label=label.format(n), says=says.format(n)) for n in numbers)


def texts(value: Any) -> Iterator[str]:
    """Every text that stands in blocks, in order; what is pressed is left out."""
    if isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, dict) and value.get("type") != "actions":
        if isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from texts(inner)


def elements(post: Post) -> list[Mapping[str, Any]]:
    """What can be pressed on a post."""
    rows = [block["elements"] for block in post.blocks if block["type"] == "actions"]
    return [element for row in rows for element in row]


def visible(found: tuple[Post, ...]) -> str:
    """What a reader sees of all posts, without white space."""
    return squeezed("".join(text for post in found for text in texts(post.blocks)))


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def told(block: Block) -> str:
    """The words of a block."""
    match block:
        case Paragraph():
            return block.text
        case Bullets():
            return "".join(block.items)
        case Quotation():
            return block.text + place(block)
        case Chart():
            return f"Picture: {block.alt}"
        case Download():
            return f"File: {block.name}"


@settings(deadline=None)  # other work on the machine is no fault
@given(blocks=st.lists(BLOCKS, max_size=6))
def test_nothing_of_a_reply_is_lost(blocks: list[Block]) -> None:
    found = posts(message(*blocks))

    assert visible(found) == squeezed("".join(map(told, blocks)))


@settings(deadline=None)  # other work on the machine is no fault
@given(blocks=st.lists(BLOCKS, max_size=6), offered=CHOICES, card=st.sampled_from(["", "c:1"]))
def test_every_post_keeps_within_slack_s_limits(
    blocks: list[Block], offered: tuple[Choice, ...], card: str
) -> None:
    found = posts(message(*blocks, choices=offered, card=card))

    for post in found:
        assert 0 < len(post.text) <= 4_000
        assert len(post.blocks) <= 50
        assert weight(list(post.blocks)) <= 10_000
        assert all(0 < len(text) <= 3_000 for text in texts(post.blocks))
        ids = [element["action_id"] for element in elements(post)]
        assert len(ids) == len(set(ids))


@settings(deadline=None)  # other work on the machine is no fault
@given(blocks=st.lists(BLOCKS, max_size=6), offered=CHOICES)
def test_a_card_is_always_one_post_with_the_same_choices(
    blocks: list[Block], offered: tuple[Choice, ...]
) -> None:
    (card,) = posts(message(*blocks, choices=offered, card="submission:3"))
    *_, last = posts(message(*blocks, choices=offered))

    assert [one.get("value") for one in elements(card)] == [
        one.get("value") for one in elements(last)
    ]


def test_nobody_is_mentioned_and_nothing_becomes_a_link() -> None:
    quotation = Quotation(text=HOSTILE, document=HOSTILE, heading=HOSTILE)
    offered = (Choice(label=HOSTILE, says=HOSTILE),)
    (post,) = posts(message(Paragraph(text=HOSTILE), quotation, choices=offered))

    assert "<" not in post.text
    assert escaped(HOSTILE) in post.text
    assert set(_kinds(post.blocks)) == {
        *("rich_text", "rich_text_section", "rich_text_quote", "text"),
        *("context", "plain_text", "actions", "button"),
    }
    assert all(value is False for value in _values(post.blocks, "emoji"))


def test_the_text_of_a_post_is_its_plain_twin() -> None:
    reply = message(Paragraph(text="R & D"), Bullets(items=("a", "b")), choices=choices(2))
    (post,) = posts(reply)

    assert post.text == escaped(plain_text(reply.reply))


def test_a_twin_that_is_cut_says_so() -> None:
    (post,) = posts(message(*(Paragraph(text="word " * 200) for _ in range(5))))

    assert post.text.endswith("(The message itself has the rest.)")


def test_a_twin_of_signs_alone_is_cut_between_them() -> None:
    (post, *_) = posts(message(Paragraph(text="& " * 2_000)))

    assert len(post.text) <= 4_000
    assert post.text.removesuffix("\u2026\n(The message itself has the rest.)").endswith("&amp;")


def test_a_reply_without_words_is_still_a_post() -> None:
    (post,) = posts(message(Paragraph(text=" ")))

    assert post == Post(text="\u2026", blocks=())


def test_a_quotation_keeps_its_place_below_its_last_words() -> None:
    found = posts(message(Quotation(text="word " * 4_000, document="Rules", heading="Heat")))

    assert len(found) > 1
    assert [block["type"] for block in found[-1].blocks][-2:] == ["rich_text", "context"]
    assert list(texts(found[-1].blocks))[-1] == "Rules, \u201cHeat\u201d"


def test_five_choices_are_buttons_and_six_a_menu() -> None:
    (five,) = posts(message(Paragraph(text="Which?"), choices=choices(5)))
    (six,) = posts(message(Paragraph(text="Which?"), choices=choices(6)))

    assert [one["type"] for one in elements(five)] == ["button"] * 5
    assert [one["value"] for one in elements(five)] == [f"say {n}" for n in range(1, 6)]
    (menu,) = elements(six)
    assert [one["value"] for one in menu["options"]] == [f"say {n}" for n in range(1, 7)]


def test_words_too_long_for_a_menu_are_buttons() -> None:
    offered = choices(7, says="x" * 160 + " {}")
    (post,) = posts(message(Paragraph(text="Which?"), choices=offered))

    assert [one["value"] for one in elements(post)] == [one.says for one in offered]


@pytest.mark.parametrize(
    "offered",
    [choices(2, says="x" * 2_001), choices(101), choices(26, says="x" * 160), choices(3, says="")],
    ids=["long", "many", "many and long", "nothing said"],
)
def test_choices_that_fit_nowhere_are_answered_by_number(offered: tuple[Choice, ...]) -> None:
    found = posts(message(Paragraph(text="Which?"), choices=offered))

    assert elements(found[-1]) == []
    assert visible(found).endswith("Replywithanumber.")


def test_a_label_that_is_cut_stands_in_full_above() -> None:
    offered = (Choice(label="A very " * 20, says="a"), Choice(label="B", says="b"))
    (post,) = posts(message(Paragraph(text="Which?"), choices=offered))

    labels = [one["text"]["text"] for one in elements(post)]
    assert [len(label) <= 75 for label in labels] == [True, True]
    assert labels[0].endswith("\u2026")
    assert squeezed("1. " + "A very " * 20 + "2. B") in visible((post,))
    assert "Replywithanumber." not in visible((post,))
    assert post.text.endswith("Reply with a number.")


def test_labels_that_stood_in_full_above_go_with_the_choices() -> None:
    offered = (Choice(label="A very " * 20, says="a"), Choice(label="B", says="b"))
    (post,) = posts(message(Paragraph(text="Which?"), choices=offered))

    assert list(texts(chosen(post.blocks, "B").blocks)) == ["Which?", "Chosen: B"]


def test_choices_of_a_long_message_stand_on_its_last_post() -> None:
    found = posts(message(Paragraph(text="word " * 6_000), choices=choices(2)))

    assert [bool(elements(post)) for post in found] == [False] * (len(found) - 1) + [True]


def test_a_card_that_is_cut_says_where_the_rest_is() -> None:
    (card,) = posts(message(Paragraph(text="word " * 6_000), choices=choices(2), card="question:7"))

    assert "Carrel tells all of it in a direct message." in "".join(texts(card.blocks))
    assert len(elements(card)) == 2


@pytest.mark.parametrize(("card", "lasting"), [("", False), ("submission:3", True)])
def test_a_button_says_its_words_when_it_comes_back(card: str, lasting: bool) -> None:
    (post,) = posts(message(choices=(Choice(label="R & D", says="set r & d"),), card=card))
    heard = read(_pressed(post), OWN, now=NOW)

    assert isinstance(heard, Pressed)
    assert (heard.label, heard.message.text, heard.lasting) == ("R & D", "set r & d", lasting)


def test_what_was_picked_takes_the_place_of_the_choices() -> None:
    (post,) = posts(message(Paragraph(text="Which?"), choices=choices(2)))
    left = chosen(post.blocks, "Label 1").blocks

    assert list(texts(left)) == ["Which?", "Chosen: Label 1"]
    assert left[0] == post.blocks[0]


def test_a_card_keeps_its_choices() -> None:
    (card,) = posts(message(Paragraph(text="Which?"), choices=choices(2), card="submission:3"))

    assert chosen(card.blocks, "Label 1").blocks == card.blocks


def _pressed(post: Post) -> dict[str, Any]:
    """The payload of the first button of a post, pressed by Ada."""
    body: dict[str, Any] = recorded("block_actions_button")
    (row,) = (block for block in post.blocks if block["type"] == "actions")
    body["message"]["blocks"] = list(post.blocks)
    body["actions"] = [{**row["elements"][0], "block_id": row["block_id"], "action_ts": "1.1"}]
    return body


def _kinds(value: Any) -> Iterator[str]:
    yield from _values(value, "type")


def _values(value: Any, key: str) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _values(inner, key)
    elif isinstance(value, dict):
        if key in value:
            yield value[key]
        for inner in value.values():
            yield from _values(inner, key)
