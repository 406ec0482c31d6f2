"""What was asked before, and what was passed to staff."""

from __future__ import annotations

from bot.domain.knowledge import Status, Turn
from bot.domain.messages import Address
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later


def turn(question: str, *, seconds: float = 0, conversation: str = "talk:ada") -> Turn:
    return Turn(
        conversation=conversation,
        question=question,
        status=Status.ANSWERED,
        passages=("guide#cost", "guide#time"),
        at=later(seconds),
    )


def test_the_newest_turns_come_oldest_first(unit: UnitOfWork) -> None:
    turns = [turn(str(n), seconds=n) for n in range(4)]
    with unit:
        for each in turns:
            unit.conversations.remember(each)
        unit.conversations.remember(turn("hers", conversation="talk:bea"))

        assert unit.conversations.recent("talk:ada", limit=2) == tuple(turns[2:])
        assert unit.conversations.recent("talk:ada", limit=9) == tuple(turns)
        assert unit.conversations.recent("talk:nobody", limit=9) == ()


def test_each_hand_over_has_a_number_of_its_own(unit: UnitOfWork) -> None:
    address = Address(channel="talk", value="ada")
    with unit:
        first = unit.conversations.hand_over(address, "May I?", at=NOW)
        second = unit.conversations.hand_over(address, "Must I?", at=NOW)
        again = unit.conversations.hand_over(address, "May I?", at=NOW)

    assert second > first > 0
    assert again == first
