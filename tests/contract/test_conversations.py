"""What was asked before, in its conversation and across all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain.knowledge import Passage, Status, Turn
from bot.domain.messages import Address
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later
from tests.contract.reviewing import at_once

ADA = Address(channel="talk", value="ada")


def turn(
    question: str,
    *,
    seconds: float = 0,
    conversation: str = "talk:ada",
    status: Status = Status.ANSWERED,
    passages: tuple[str, ...] = ("guide#cost", "guide#time"),
    asker: Address | None = ADA,
) -> Turn:
    return Turn(
        conversation=conversation,
        question=question,
        status=status,
        passages=passages,
        at=later(seconds),
        asker=asker,
    )


def passage(id: str, *units: str) -> Passage:
    return Passage(id=id, document="Guide", file="guide.md", heading="Cost", units=units)


def remember(unit: UnitOfWork, *turns: Turn) -> None:
    for each in turns:
        unit.conversations.remember(each)


def test_the_newest_turns_come_oldest_first(unit: UnitOfWork) -> None:
    turns = [turn(str(n), seconds=n) for n in range(4)]
    with unit:
        remember(unit, *turns, turn("hers", conversation="talk:bea"))

        assert unit.conversations.recent("talk:ada", limit=2) == tuple(turns[2:])
        assert unit.conversations.recent("talk:ada", limit=9) == tuple(turns)
        assert unit.conversations.recent("talk:nobody", limit=9) == ()


def test_a_turn_of_nobody_in_particular_has_no_address(unit: UnitOfWork) -> None:
    asked = turn("May I?", asker=None)
    with unit:
        remember(unit, asked)

        assert unit.conversations.recent("talk:ada", limit=1) == (asked,)


def test_what_was_not_answered_comes_newest_first(unit: UnitOfWork) -> None:
    lost = [turn(str(n), seconds=n, status=Status.DECLINED, passages=()) for n in range(4)]
    with unit:
        remember(unit, *lost, turn("answered", seconds=2), turn("hi", status=Status.SMALLTALK))

        assert unit.asked.declined(since=later(1), limit=9) == (lost[3], lost[2], lost[1])
        assert unit.asked.declined(since=NOW, limit=2) == (lost[3], lost[2])
        assert unit.asked.declined(since=later(9), limit=2) == ()


def test_who_was_answered_from_a_passage_can_be_asked(unit: UnitOfWork) -> None:
    both, time = turn("Cost?"), turn("Time?", passages=("guide#time", "guide#time"))
    with unit:
        remember(
            unit,
            both,
            turn("Other?", passages=("guide#other",)),
            time,
            turn("Not told?", status=Status.DECLINED),
            turn("Who?", asker=None),
        )

        assert unit.asked.answered_from(["guide#cost", "guide#time"]) == (both, time)
        assert unit.asked.answered_from(["guide#cost"]) == (both,)
        assert unit.asked.answered_from(["guide"]) == ()
        assert unit.asked.answered_from([]) == ()


def test_passages_are_known_as_they_were_noted_last(unit: UnitOfWork) -> None:
    with unit:
        assert unit.asked.known_passages() == {}
        unit.asked.note_passages([passage("a", "One.", "Two."), passage("b", "Gone.")], at=NOW)
        unit.asked.note_passages([passage("a", "One."), passage("c", "New.")], at=later(1))

        assert unit.asked.known_passages() == {"a": "One.", "c": "New."}


def test_processes_that_note_the_same_passages_at_once_do_not_disturb_each_other(
    shared: Callable[[], UnitOfWork],
) -> None:
    noted = [passage(str(n), f"text {n}") for n in range(20)]

    def note(number: int) -> None:
        with shared() as own:
            own.asked.note_passages([replace(one, units=(str(number),)) for one in noted], at=NOW)
            own.commit()

    at_once(note)
    with shared() as unit:
        known = unit.asked.known_passages()

    assert len(known) == 20
    assert len(set(known.values())) == 1
