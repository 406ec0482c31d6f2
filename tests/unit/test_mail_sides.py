"""How e-mail is doing, from its two sides."""

from __future__ import annotations

from bot.domain.channel_state import State
from channels.email.standing import Sides


def test_trouble_on_either_side_is_told_until_it_is_over_on_both() -> None:
    told: list[tuple[State, str]] = []
    sides = Sides(lambda state, words: told.append((state, words)))

    sides.mailbox(State.STARTING)
    sides.sending(State.STARTING)
    sides.sending(State.CONNECTED)
    sides.mailbox(State.CONNECTED)
    sides.sending(State.RECONNECTING, "the mail server was not reached")
    sides.mailbox(State.CONNECTED, "1 mail lies in Failed")
    sides.mailbox(State.TOKEN_INVALID, "the mailbox refuses us")
    sides.mailbox(State.CONNECTED, "1 mail lies in Failed")
    sides.sending(State.CONNECTED)

    assert told == [
        (State.STARTING, ""),
        (State.CONNECTED, ""),
        (State.RECONNECTING, "the mail server was not reached"),
        (State.TOKEN_INVALID, "the mailbox refuses us; the mail server was not reached"),
        (State.RECONNECTING, "the mail server was not reached"),
        (State.CONNECTED, "1 mail lies in Failed"),
    ]
