"""Messages as posts to Telegram: nothing lost, nothing too long, nothing marked by accident."""

from __future__ import annotations

import pytest
from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration
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
from channels.markup import place
from channels.telegram.entities import Marked
from channels.telegram.parts import escaped
from channels.telegram.render import Button, Post, caption, chosen, posts
from channels.telegram.units import pieces, units
from tests.unit.telegram_html import buttons, shown, squeezed

HOSTILE = "<b>bold</b> &amp; <a href='tg://user?id=1'>you</a> </blockquote> & < > \" '"
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
ADA = Address(channel="telegram", value="501000001")
ROOM = Address(channel="telegram", value="-1001234500001")


def message(
    *blocks: Block, choices: tuple[Choice, ...] = (), card: str = "", conversation: str = ""
) -> OutboundMessage:
    """A message to Ada, or a card in the room."""
    to = ROOM if card else ADA
    reply = Reply(blocks=blocks, choices=choices)
    where = conversation or str(to)
    return OutboundMessage(key="k", to=to, conversation=where, reply=reply, card=card)


def drawn(*blocks: Block, choices: tuple[Choice, ...] = (), card: str = "") -> tuple[Post, ...]:
    """The posts of such a message."""
    return posts(message(*blocks, choices=choices, card=card), "carrel_desk_bot")


def text_of(*found: Post) -> str:
    """What a reader sees of all posts, without white space."""
    return squeezed("".join(shown(post).text for post in found))


def told(block: Block) -> str:
    """The words of a block as they stand in posts."""
    match block:
        case Paragraph():
            return block.text
        case Bullets():
            return "".join(f"- {item}" for item in block.items)
        case Quotation():
            return f"{block.text}\u2014 {place(block)}"
        case Chart():
            return f"Picture: {block.alt}" if units(block.alt) > 1_024 else ""
        case Download():
            return f"File: {block.name}"


@settings(deadline=None)  # other work on the machine is no fault
@given(blocks=st.lists(BLOCKS, max_size=6))
def test_nothing_of_a_reply_is_lost(blocks: list[Block]) -> None:
    begun = Paragraph(text="Here it is.")
    found = drawn(begun, *blocks)

    assert text_of(*found) == squeezed("".join(map(told, [begun, *blocks])))


@settings(deadline=None)  # other work on the machine is no fault
@given(blocks=st.lists(BLOCKS, max_size=6), offered=CHOICES, card=st.sampled_from(["", "c:1"]))
def test_telegram_takes_every_post(
    blocks: list[Block], offered: tuple[Choice, ...], card: str
) -> None:
    found = drawn(*blocks, choices=offered, card=card)

    assert all(shown(post) for post in found)
    assert not any(post.keyboard for post in found[:-1])
    assert len(found) == 1 or not card


@settings(deadline=None)  # other work on the machine is no fault
@given(blocks=st.lists(BLOCKS, max_size=6), offered=CHOICES)
def test_what_is_chosen_has_room_below_every_post(
    blocks: list[Block], offered: tuple[Choice, ...]
) -> None:
    *_, last = drawn(*blocks, choices=offered)
    picked = shown(chosen(last.html, "label" * 100))

    assert picked.text.startswith(shown(last).text)
    assert chosen(last.html, "x").keyboard == ()


@given(html=LONG.map(escaped) | st.just("<blockquote>" + "a" * 4_096 + "</blockquote>"))
def test_words_of_another_make_are_cut_where_what_is_chosen_has_no_room(html: str) -> None:
    assert shown(chosen(html, "Yes & <no>")).text.endswith("\n\nChosen: Yes & <no>")


def test_a_choice_whose_words_nobody_knows_any_more_stands_alone() -> None:
    assert chosen("", "R&D") == Post(html="<i>Chosen: R&amp;D</i>")


@pytest.mark.parametrize("emoji", ["\U0001f469\u200d\U0001f680", "&", "\u00e9", "\U0001f600 "])
def test_posts_are_as_long_as_telegram_takes_them_and_no_longer(emoji: str) -> None:
    first, *_ = drawn(Paragraph(text=emoji * 4_000))

    assert 3_900 < shown(first).units <= 4_096


def test_nobody_s_words_become_a_mark() -> None:
    quotation = Quotation(text=HOSTILE, document=HOSTILE, heading=HOSTILE)
    (post,) = drawn(Paragraph(text=HOSTILE), Bullets(items=(HOSTILE,)), quotation)

    assert shown(post).text.count(HOSTILE) == 5
    assert [one["type"] for one in shown(post).entities] == ["blockquote"]


def test_a_quotation_is_set_apart_from_its_place() -> None:
    rules = Quotation(text="Five files.", document="Rules", heading="Files", dated="2026")
    (post,) = drawn(Paragraph(text="Yes."), rules)

    assert post.html == (
        "Yes.\n\n<blockquote>Five files.</blockquote>\n\u2014 Rules, \u201cFiles\u201d (2026)"
    )


def test_a_quotation_of_any_length_stays_one_and_ends_with_its_place() -> None:
    rules = Quotation(text="Five files. " * 900, document="Rules " * 200, heading="Files")
    found = drawn(rules)

    assert text_of(*found) == squeezed(told(rules))
    assert all(post.html.startswith("<blockquote>Five files.") for post in found)
    assert "</blockquote>\n\u2014 Rules Rules" in found[-1].html


@given(before=LONG, quoted=LONG, after=LONG)
def test_words_come_back_from_telegram_as_they_were_sent(
    before: str, quoted: str, after: str
) -> None:
    blocks = (Quotation(text=quoted, document="D", heading="H"), Paragraph(text=after))
    for post in drawn(Paragraph(text=before), *blocks):
        seen = shown(post)
        entities = [MessageEntity.model_validate(one) for one in seen.entities]

        assert Marked(text=seen.text, entities=seen.entities).html() == post.html
        # the library escapes more signs than Telegram knows
        library = html_decoration.unparse(seen.text, entities)
        assert library.replace("&quot;", '"').replace("&#x27;", "'") == post.html


@settings(deadline=None)  # other work on the machine is no fault
@given(blocks=st.lists(BLOCKS, max_size=6), offered=CHOICES)
def test_a_card_offers_the_same_as_a_message(
    blocks: list[Block], offered: tuple[Choice, ...]
) -> None:
    (card,) = drawn(*blocks, choices=offered, card="submission:3")
    *_, last = drawn(*blocks, choices=offered)

    assert [one.label for one in buttons(card)] == [one.label for one in buttons(last)]
    assert [one.data.removeprefix("!") for one in buttons(card)] == [
        one.data for one in buttons(last)
    ] or any(len(one.data) > 62 for one in buttons(last))


def test_a_card_that_is_too_long_says_where_the_rest_is() -> None:
    long = [Paragraph(text=f"{n} " + "word " * 300) for n in range(4)]
    quick = (Choice(label="Claim", says="claim 3"),)
    (card,) = drawn(*long, choices=quick, card="submission:3")

    assert shown(card).text.startswith("0 word")
    assert shown(card).text.endswith(
        "This is shortened here. Carrel tells all of it in a private chat."
    )
    assert shown(card).units > 3_800
    assert buttons(card) == [Button(label="Claim", data="!=claim 3")]


def test_a_picture_has_its_words_below_it_when_they_fit() -> None:
    chart = Chart(title="Progress", bars=(), footer="", alt="Half of it <is> there.")
    long = Chart(title="Progress", bars=(), footer="", alt="word " * 300)
    lead = Paragraph(text="Look:")

    assert caption(chart) == "Half of it <is> there."
    assert text_of(*drawn(lead, chart)) == "Look:"
    assert caption(long) == "Progress"
    assert text_of(*drawn(lead, long)) == squeezed("Look: Picture: " + long.alt)


def test_a_picture_alone_is_told_in_words_too() -> None:
    chart = Chart(title="Progress", bars=(), footer="", alt="Half.")

    assert text_of(*drawn(chart)) == "Picture:Half."
    assert [post.html for post in drawn()] == ["\u2026"]


@given(text=LONG, longest=st.integers(1, 50))
def test_a_text_that_is_cut_loses_only_white_space(text: str, longest: int) -> None:
    found = pieces(text, longest + 1)

    assert squeezed("".join(found)) == squeezed(text)
    assert all(0 < units(piece) <= longest + 1 for piece in found)
