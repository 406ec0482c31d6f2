"""An answer in several posts is one message, whichever of them is pressed or replied to."""

from __future__ import annotations

import pytest

from bot.domain.messages import Choice, OutboundMessage, Paragraph, Reply
from tests.cast import BEA, DOT
from tests.telegram.house import TelegramHouse
from tests.telegram.whole.conftest import HALL
from tests.telegram.world import Json

LONG = tuple(
    Paragraph(text=" ".join(f"Line {n} of paragraph {part}." for n in range(150)))
    for part in range(3)
)
AT_LENGTH = "ask staff: what may I do while " + "nobody at all knows " * 5
PICKS = (Choice(label="Ask them", says=AT_LENGTH), Choice(label="Help", says="help"))


def answered(house: TelegramHouse) -> tuple[str, list[Json]]:
    """A question in a group got an answer in three posts: its conversation, and the posts."""
    asked = house.telegram.mention(house.user(DOT), "How long does it take?", chat=HALL)
    house.wait(lambda: asked.acked)
    ((conversation,),) = house.rows("SELECT conversation FROM inbox")
    house.settle(asked)
    before = len(house.telegram.posted(HALL))
    long = OutboundMessage(
        key="long",
        to=house.address(DOT),
        conversation=str(conversation),
        thread=str(asked.id),
        reply=Reply(blocks=LONG, choices=PICKS),
    )
    with house.transaction() as uow:
        uow.outbox.add(long, due=house.clock())
        uow.commit()
    house.drain()
    return str(conversation), house.telegram.posted(HALL)[before:]


def newest(house: TelegramHouse) -> tuple[object, ...]:
    """Where what was heard last belongs, and its words."""
    query = "SELECT conversation, message ->> 'text' FROM inbox ORDER BY id DESC LIMIT 1"
    return house.rows(query)[0]


@pytest.mark.parametrize("pick", PICKS, ids=lambda pick: pick.label)
def test_a_button_of_the_last_post_belongs_to_the_conversation(
    either: TelegramHouse, pick: Choice
) -> None:
    conversation, posts = answered(either)
    either.restart()
    last = posts[-1]["message_id"]
    pressed = either.telegram.press(either.user(BEA.email), pick.label, post=last, chat=HALL)
    either.wait(lambda: pressed.acked)

    assert len(posts) == 3
    assert newest(either) == (conversation, pick.says)


def test_a_reply_to_any_post_goes_on_with_the_conversation(carrel: TelegramHouse) -> None:
    conversation, posts = answered(carrel)

    for post in posts:
        words = f"What does it cost? {post['message_id']}"
        said = carrel.telegram.say(
            carrel.user(BEA.email), words, chat=HALL, reply_to=post["message_id"]
        )
        carrel.settle(said)
        assert newest(carrel) == (conversation, words)
