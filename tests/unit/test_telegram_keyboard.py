"""Choices below messages at Telegram, and what comes back when they are pressed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.choices import digest
from bot.domain.messages import Address, Choice, OutboundMessage, Paragraph, Reply
from channels.telegram.marks import Mark, mark, marked
from channels.telegram.render import Button, Post, posts
from tests.unit.telegram_html import buttons, shown

ADA = Address(channel="telegram", value="501000001")
ROOM = Address(channel="telegram", value="-1001234500001")
LONG = "Submit set 2 by the route of a portfolio, with every file that is filed"
REPLY_BY_NUMBER = "Reply with a number."


def offering(*choices: Choice, conversation: str = str(ADA), card: str = "") -> Post:
    """The last post of a message that offers them."""
    reply = Reply(blocks=(Paragraph(text="What next?"),), choices=choices)
    to = ROOM if card else ADA
    sent = OutboundMessage(key="k", to=to, conversation=conversation, reply=reply, card=card)
    return posts(sent, "carrel_desk_bot")[-1]


def some(count: int, *, label: str = "Label {}", says: str = "say {}") -> tuple[Choice, ...]:
    """That many choices."""
    numbers = range(1, count + 1)
    return tuple(Choice(label=label.format(n), says=says.format(n)) for n in numbers)


@given(says=st.text(min_size=1, max_size=80).filter(str.strip), lasting=st.booleans())
def test_every_button_is_known_again_when_it_is_pressed(says: str, lasting: bool) -> None:
    data = marked(says, lasting=lasting)

    assert 1 <= len(data.encode()) <= 64
    assert mark(data) in {
        Mark(says=says, lasting=lasting),
        Mark(digest=digest(says), lasting=lasting),
    }


@pytest.mark.parametrize(
    ("says", "data"),
    [
        ("help", "=help"),
        ("a" * 63, "=" + "a" * 63),
        ("a" * 64, "#" + digest("a" * 64)),
        ("\u00e9" * 32, "#" + digest("\u00e9" * 32)),
        (" help", "#" + digest(" help")),
        ("he\u202elp", "#" + digest("he\u202elp")),
    ],
)
def test_words_that_do_not_fit_a_button_go_by_their_digest(says: str, data: str) -> None:
    assert marked(says, lasting=False) == data
    assert offering(Choice(label="Go", says=says)).keyboard == ((Button(label="Go", data=data),),)


def test_short_choices_share_a_row_and_long_ones_have_their_own() -> None:
    labels = ("Yes", "No", "Later", "Show me what is missing", "Help")
    post = offering(*(Choice(label=label, says=label) for label in labels))

    assert [[one.label for one in row] for row in post.keyboard] == [
        ["Yes", "No"],
        ["Later"],
        ["Show me what is missing"],
        ["Help"],
    ]


def test_labels_that_are_cut_stand_in_full_above_with_their_numbers() -> None:
    post = offering(Choice(label=LONG, says="submit 2"), Choice(label="No & <never>", says="no"))

    assert shown(post).text == f"What next?\n\n1. {LONG}\n2. No & <never>"
    assert [one.label for one in buttons(post)] == [
        "1. Submit set 2 by t\u2026file that is filed",
        "2. No & <never>",
    ]


def test_labels_that_begin_alike_stay_different() -> None:
    begun = "Move the scanned certificate of completion to "
    one, other = buttons(offering(*(Choice(label=begun + s, says=s) for s in ("TECH-3", "TECH-8"))))

    assert (one.label[3:], other.label[3:]) == (
        "Move the scanned\u2026ompletion to TECH-3",
        "Move the scanned\u2026ompletion to TECH-8",
    )


def test_a_single_choice_is_not_listed_above_its_button() -> None:
    post = offering(Choice(label=LONG, says="submit 2"))

    assert shown(post).text == "What next?"
    assert [one.label for one in buttons(post)] == ["Submit set 2 by the\u2026file that is filed"]


def test_a_message_that_waits_for_words_has_them_reply_to_it() -> None:
    def awaiting(*choices: Choice, conversation: str = str(ADA), heads: str = "approve 2: ") -> str:
        blocks = (Paragraph(text="Give a reason."),)
        reply = Reply(blocks=blocks, choices=choices, heads=heads, awaits=True)
        sent = OutboundMessage(key="k", to=ADA, conversation=conversation, reply=reply)
        return posts(sent, "carrel_desk_bot")[-1].awaits

    assert awaiting() == "approve 2: \u2026"
    assert awaiting(heads="") == "\u2026"
    assert len(awaiting(heads="answer " + "9" * 80)) <= 64
    assert awaiting(Choice(label="Yes", says="yes")) == ""
    assert awaiting(conversation=f"{ROOM}/5") == ""


@pytest.mark.parametrize(
    "choices",
    [some(91), some(90, label="Label {} " + "x" * 30, says="say {} " + "y" * 50), some(3, says="")],
    ids=["too many", "too heavy", "without words"],
)
def test_choices_that_no_keyboard_holds_are_numbered(choices: tuple[Choice, ...]) -> None:
    post = offering(*choices)

    assert post.keyboard == ()
    assert f"{len(choices)}. {choices[-1].label}\n{REPLY_BY_NUMBER}" in shown(post).text


def test_ninety_choices_are_ninety_buttons() -> None:
    post = offering(*some(90))

    assert len(buttons(post)) == 90
    assert shown(post).text == "What next?"


@settings(deadline=None)  # other work on the machine is no fault
@given(label=st.text(max_size=60), says=st.text(min_size=1, max_size=60).filter(str.strip))
def test_a_label_is_never_empty_and_on_one_line(label: str, says: str) -> None:
    for button in buttons(offering(Choice(label=label, says=says))):
        assert button.label.strip()
        assert "\n" not in button.label


def test_who_is_answered_in_a_group_can_go_on_alone() -> None:
    alone = Button(label="Talk to me alone", url="https://t.me/carrel_desk_bot")
    yes = Choice(label="Yes", says="yes")
    shared = offering(yes, conversation=f"{ROOM}/5")

    assert shared.keyboard == ((Button(label="Yes", data="=yes"),), (alone,))
    assert offering(conversation=f"{ROOM}/5").keyboard == ((alone,),)
    assert offering(yes, conversation=str(ROOM), card="c:1").keyboard == (
        (Button(label="Yes", data="!=yes"),),
    )
    assert offering().keyboard == ()
