"""Presses, changes of membership and other updates of Telegram's, recorded."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.messages import InboundMessage
from channels.telegram.events import read
from channels.telegram.heard import Added, Gone, Heard, Pressed, Stale, Why
from tests.unit.recorded_telegram import (
    ADA,
    CARL,
    FORUM,
    GROUP,
    NOW,
    OWN,
    SMALL,
    heard,
    passed_over,
    person,
    recorded,
)

CALLBACK = "2151500000000000001"
DIGEST = "2L4-kcyNObhDgshgtqyt"
SUBMIT, CANCEL, BY_DIGEST = "1e087810743e", "bd69130ec03f", "94fd92024082"
SHOWN = (
    "\U0001f4d8 Rules &amp; dates say:\n\n"
    "<blockquote>All of it &lt; 5 files &amp; signed</blockquote>\n"
    "\u2014 Handbook, \u201cSubmitting\u201d\n\nSubmit set 2?"
)
CARD = "Submission 3 waits."


def pressed(
    text: str, once: str, *, chat: int = ADA, post: int = 41, user: int = ADA, **more: Any
) -> Pressed:
    """A choice that was picked; in a group (`room`) where others read along, or on a card."""
    room, lasting = more.get("room", ""), more.get("lasting", False)
    shared = bool(room) and not lasting
    message = InboundMessage(
        id=f"pressed:{chat}:{post}:{user}:{once}",
        sender=person(user),
        conversation=f"{room}/{post}" if shared else f"telegram:{user}",
        text=text,
        sent_at=NOW,
        shared=shared,
        thread=str(post) if shared else "",
        apart=True,
    )
    return Pressed(message=message, callback=CALLBACK, chat=chat, post=post, **more)


def on_card(text: str, *, chat: int = FORUM, user: int = CARL, **more: Any) -> Pressed:
    """A choice of a card that was picked."""
    return pressed(text, CALLBACK, chat=chat, post=50, user=user, lasting=True, **more)


PRESSES: dict[str, Heard] = {
    "press": pressed("submit set 2", SUBMIT, label="Yes, submit", html=SHOWN),
    "press_digest": pressed("", BY_DIGEST, label="By portfolio", html=SHOWN, digest=DIGEST),
    "press_inaccessible": pressed("submit set 2", SUBMIT),
    "press_group": pressed(
        "cancel",
        CANCEL,
        chat=GROUP,
        user=CARL,
        room="telegram:-1001234500001",
        label="No",
        html=SHOWN,
    ),
    "press_topic": pressed(
        "cancel", CANCEL, chat=FORUM, room="telegram:-1001234500002#77", label="No", html=SHOWN
    ),
    "press_card": on_card("claim 3", room="telegram:-1001234500002", label="Claim", html=CARD),
    "press_card_digest": on_card(
        "", room="telegram:-1001234500002#77", label="Show", html=CARD, digest=DIGEST
    ),
    "press_card_inaccessible": on_card(
        "claim 3", chat=GROUP, user=ADA, room="telegram:-1001234500001"
    ),
    "press_stale": Stale(callback=CALLBACK),
    "press_inline": Stale(callback=CALLBACK),
    "press_game": Stale(callback=CALLBACK),
}
MEMBERSHIP: dict[str, Heard] = {
    "blocked": Gone(user=person(ADA)),
    "unblocked": passed_over(Why.SYSTEM, "member"),
    "added": Added(chat=GROUP),
    "added_as_admin": Added(chat=SMALL),
    "added_after_ban": Added(chat=GROUP),
    "promoted": passed_over(Why.SYSTEM, "administrator"),
    "restricted": passed_over(Why.SYSTEM, "restricted"),
    "removed": passed_over(Why.SYSTEM, "left"),
    "banned": passed_over(Why.SYSTEM, "kicked"),
    "added_to_channel": passed_over(Why.SYSTEM, "administrator"),
}
UNASKED: dict[str, Heard] = {
    "edited_message": passed_over(Why.UNKNOWN, "edited_message"),
    "edited_channel_post": passed_over(Why.UNKNOWN, "edited_channel_post"),
    "channel_post": passed_over(Why.UNKNOWN, "channel_post"),
    "business_message": passed_over(Why.UNKNOWN, "business_message"),
    "business_connection": passed_over(Why.UNKNOWN, "business_connection"),
    "inline_query": passed_over(Why.UNKNOWN, "inline_query"),
    "message_reaction": passed_over(Why.UNKNOWN, "message_reaction"),
    "poll_answer": passed_over(Why.UNKNOWN, "poll_answer"),
    "chat_join_request": passed_over(Why.UNKNOWN, "chat_join_request"),
}
OTHERS = PRESSES | MEMBERSHIP | UNASKED


@pytest.mark.parametrize("name", PRESSES)
def test_what_is_pressed_is_said(name: str) -> None:
    assert heard(name) == PRESSES[name]


@pytest.mark.parametrize("name", MEMBERSHIP)
def test_carrel_knows_where_it_is_wanted(name: str) -> None:
    assert heard(name) == MEMBERSHIP[name]


def test_a_change_that_does_not_say_what_is_new_is_malformed() -> None:
    update = recorded("blocked")
    update["my_chat_member"]["new_chat_member"] = None

    assert read(update, OWN, now=NOW) == passed_over(Why.MALFORMED, "my_chat_member")


@pytest.mark.parametrize("name", UNASKED)
def test_updates_that_carrel_does_not_ask_for_are_passed_over(name: str) -> None:
    assert heard(name) == UNASKED[name]
