"""Who is on a conversation's question, and what is known of questions passed on before."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import Address
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, curated, later, person

ADA = Address(channel="talk", value="ada")
HERE, THERE = "talk:ada", "talk:elsewhere"


def ask(unit: UnitOfWork, question: str, conversation: str = HERE) -> int:
    """The number of a new question."""
    return unit.handovers.add(ADA, conversation, question, person=None, at=NOW).number


def taken_in(unit: UnitOfWork, conversation: str = HERE) -> int | None:
    """The number of the question there that somebody is on."""
    handed = unit.handovers.taken_in(conversation)
    return handed.number if handed else None


def test_a_conversation_is_minded_while_a_question_of_it_is_taken(unit: UnitOfWork) -> None:
    with unit:
        staff = person(unit)
        first, second, elsewhere = ask(unit, "A?"), ask(unit, "B?"), ask(unit, "C?", THERE)
        assert taken_in(unit) is None

        unit.handovers.take(first, staff, at=NOW)
        assert (taken_in(unit), taken_in(unit, THERE)) == (first, None)
        unit.handovers.take(second, staff, at=NOW)
        unit.handovers.take(elsewhere, staff, at=NOW)
        assert (taken_in(unit), taken_in(unit, THERE)) == (second, elsewhere)
        unit.handovers.answer(second, staff, "Yes.", at=later(1))
        assert taken_in(unit) == first


def test_the_asker_may_turn_from_everybody_there(unit: UnitOfWork) -> None:
    with unit:
        staff = person(unit)
        first, elsewhere = ask(unit, "A?"), ask(unit, "C?", THERE)
        assert not unit.handovers.resume(HERE, at=NOW)
        unit.handovers.take(first, staff, at=NOW)
        unit.handovers.take(elsewhere, staff, at=NOW)

        assert unit.handovers.resume(HERE, at=NOW)

        assert not unit.handovers.resume(HERE, at=NOW)
        assert (taken_in(unit), taken_in(unit, THERE)) == (None, elsewhere)
        handed = unit.handovers.get(first)
        assert handed
        assert (handed.taken_by, handed.resumed_at, handed.open) == (staff.id, NOW, True)


def test_the_newest_number_of_a_question_is_found_by_its_words(unit: UnitOfWork) -> None:
    with unit:
        staff = person(unit)
        first = ask(unit, "A?")
        unit.handovers.answer(first, staff, "Yes.", at=later(1))
        again, other = ask(unit, "A?"), ask(unit, "B?")

        assert unit.handovers.asked_as(["A?", "B?", "C?"]) == {"A?": again, "B?": other}
        assert unit.handovers.asked_as([]) == {}


def test_a_curated_answer_tells_whether_it_covers_its_question(unit: UnitOfWork) -> None:
    with unit:
        staff = person(unit)
        for covers in (True, False):
            unit.curated.add(replace(curated(staff), covers=covers))

        assert [one.covers for one in unit.curated.all()] == [True, False]
