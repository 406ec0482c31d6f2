"""What was asked before, and what was passed to staff."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.domain.knowledge import Status, Turn
from bot.domain.messages import Address
from bot.ports import HandOver, UnitOfWork
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

    assert second.number > first.number > 0
    assert (first.new, second.new) == (True, True)
    assert (again.number, again.new) == (first.number, False)


def test_the_same_question_of_somebody_else_is_another_hand_over(unit: UnitOfWork) -> None:
    with unit:
        made = [
            unit.conversations.hand_over(address, "May I?", at=NOW)
            for address in (
                Address(channel="talk", value="ada"),
                Address(channel="talk", value="bea"),
                Address(channel="mail", value="ada"),
            )
        ]

    assert all(one.new for one in made)
    assert len({one.number for one in made}) == 3


def test_a_long_question_is_handed_over_once_too(unit: UnitOfWork) -> None:
    address = Address(channel="talk", value="ada")
    # Hashes, since no database can compress them into an index row.
    long = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(200))
    with unit:
        first = unit.conversations.hand_over(address, long, at=NOW)
        again = unit.conversations.hand_over(address, long, at=NOW)
        other = unit.conversations.hand_over(address, f"{long}?", at=NOW)

    assert (again.number, again.new) == (first.number, False)
    assert other.new


def test_a_question_sent_twice_at_once_is_handed_over_once(
    shared: Callable[[], UnitOfWork],
) -> None:
    together = threading.Barrier(4)

    def ask(_: int) -> HandOver:
        together.wait()
        with shared() as unit:
            made = unit.conversations.hand_over(
                Address(channel="talk", value="ada"), "May I?", at=NOW
            )
            unit.commit()
        return made

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(ask, range(4)))

    assert len({one.number for one in made}) == 1
    assert [one.new for one in made].count(True) == 1
