"""Questions passed to staff, and answers that staff gave for good."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from bot.domain.messages import Address
from bot.domain.people import Person
from bot.ports import HandOver, UnitOfWork
from tests.contract.examples import NOW, curated, later, person
from tests.contract.reviewing import at_once

ADA = Address(channel="talk", value="ada")


def ask(
    unit: UnitOfWork,
    question: str = "May I?",
    *,
    asker: Address = ADA,
    conversation: str = "talk:ada",
    someone: Person | None = None,
) -> HandOver:
    return unit.handovers.add(asker, conversation, question, person=someone, at=NOW)


def test_each_hand_over_has_a_number_of_its_own(unit: UnitOfWork) -> None:
    with unit:
        first, second, again = ask(unit), ask(unit, "Must I?"), ask(unit)

    assert second.number > first.number > 0
    assert (first.new, second.new) == (True, True)
    assert (again.number, again.new) == (first.number, False)


def test_the_same_question_of_somebody_else_is_another_hand_over(unit: UnitOfWork) -> None:
    addresses = (ADA, replace(ADA, value="bea"), replace(ADA, channel="mail"))
    with unit:
        made = [ask(unit, asker=address) for address in addresses]

    assert all(one.new for one in made)
    assert len({one.number for one in made}) == 3


def test_a_long_question_is_handed_over_once_too(unit: UnitOfWork) -> None:
    # Hashes, since no database can compress them into an index row.
    long = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(200))
    with unit:
        first, again, other = ask(unit, long), ask(unit, long), ask(unit, f"{long}?")

    assert (again.number, again.new) == (first.number, False)
    assert other.new


def test_a_question_sent_twice_at_once_is_handed_over_once(
    shared: Callable[[], UnitOfWork],
) -> None:
    def hand_over(_: int) -> HandOver:
        with shared() as unit:
            made = ask(unit)
            unit.commit()
        return made

    made = at_once(hand_over)

    assert len({one.number for one in made}) == 1
    assert [one.new for one in made].count(True) == 1


def test_a_question_comes_back_with_all_that_is_known_of_it(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        made = ask(unit, someone=ada, conversation="thread")
        unit.handovers.add_words(made.number, "It is urgent.", at=NOW)
        unit.handovers.add_words(made.number, "Please.", at=NOW)
        found = unit.handovers.get(made.number)

    assert found is not None
    assert (found.asker, found.conversation, found.person_id) == (ADA, "thread", ada.id)
    assert (found.question, found.at, found.open) == ("May I?", NOW, True)
    assert found.more == ("It is urgent.", "Please.")


def test_an_unknown_asker_s_question_is_nobody_s(unit: UnitOfWork) -> None:
    with unit:
        found = unit.handovers.get(ask(unit).number)

    assert found is not None
    assert found.person_id is None


def test_words_added_at_once_are_all_kept(shared: Callable[[], UnitOfWork]) -> None:
    with shared() as unit:
        number = ask(unit).number
        unit.commit()

    def add(words: int) -> None:
        with shared() as own:
            own.handovers.add_words(number, str(words), at=NOW)
            own.commit()

    at_once(add)
    with shared() as unit:
        found = unit.handovers.get(number)

    assert found is not None
    assert sorted(found.more) == ["0", "1", "2", "3"]


def test_one_member_of_staff_takes_a_question(unit: UnitOfWork) -> None:
    with unit:
        stella, otto = person(unit, "Stella"), person(unit, "Otto")
        number = ask(unit).number

        assert unit.handovers.take(number, stella, at=NOW)
        assert not unit.handovers.take(number, otto, at=NOW)
        assert not unit.handovers.take(number + 1, otto, at=NOW)
        found = unit.handovers.get(number)
        assert found is not None
        assert (found.taken_by, found.taken_name) == (stella.id, "Stella")


def test_a_question_is_answered_once_by_whom_ever(unit: UnitOfWork) -> None:
    with unit:
        stella, otto = person(unit, "Stella"), person(unit, "Otto")
        number = ask(unit).number
        unit.handovers.take(number, stella, at=NOW)

        assert unit.handovers.answer(number, otto, "You may.", at=later(9))
        assert not unit.handovers.answer(number, stella, "No.", at=later(10))
        assert not unit.handovers.take(number, stella, at=NOW)
        found = unit.handovers.get(number)
        assert found is not None
        assert (found.answered_by, found.answered_name) == (otto.id, "Otto")
        assert (found.answer, found.answered_at) == ("You may.", later(9))


def test_of_several_replies_at_once_one_is_the_answer(shared: Callable[[], UnitOfWork]) -> None:
    with shared() as unit:
        stella, number = person(unit, "Stella"), ask(unit).number
        unit.commit()

    def answer(words: int) -> bool:
        with shared() as own:
            done = own.handovers.answer(number, stella, str(words), at=NOW)
            own.commit()
        return done

    done = at_once(answer)
    with shared() as unit:
        found = unit.handovers.get(number)

    assert done.count(True) == 1
    assert found is not None
    assert found.answer == str(done.index(True))


def test_an_answered_question_may_be_asked_again(unit: UnitOfWork) -> None:
    with unit:
        stella, first = person(unit, "Stella"), ask(unit)
        unit.handovers.answer(first.number, stella, "You may.", at=NOW)
        second, third = ask(unit), ask(unit)

    assert second.new
    assert second.number > first.number
    assert (third.number, third.new) == (second.number, False)


def test_open_questions_come_oldest_first(unit: UnitOfWork) -> None:
    with unit:
        stella = person(unit, "Stella")
        made = [ask(unit, str(n)).number for n in range(4)]
        unit.handovers.answer(made[1], stella, "Yes.", at=NOW)

        assert [one.number for one in unit.handovers.open(limit=2)] == [made[0], made[2]]
        assert len(unit.handovers.open(limit=9)) == 3


def test_the_newest_open_question_of_a_conversation_is_the_one_meant(unit: UnitOfWork) -> None:
    with unit:
        stella = person(unit, "Stella")
        first, second = ask(unit, "One?"), ask(unit, "Two?")
        ask(unit, "Hers?", conversation="talk:bea")
        found = unit.handovers.open_in("talk:ada")
        assert found is not None
        assert found.number == second.number

        unit.handovers.answer(second.number, stella, "Yes.", at=NOW)
        found = unit.handovers.open_in("talk:ada")
        assert found is not None
        assert found.number == first.number
        assert unit.handovers.open_in("talk:nobody") is None


def test_somebody_is_on_a_question_until_the_asker_turns_away(unit: UnitOfWork) -> None:
    with unit:
        stella, number = person(unit, "Stella"), ask(unit).number
        assert unit.handovers.taken_in("talk:ada") is None
        assert not unit.handovers.resume("talk:ada", at=NOW)

        unit.handovers.take(number, stella, at=NOW)
        found = unit.handovers.taken_in("talk:ada")
        assert found is not None
        assert (found.number, found.resumed_at) == (number, None)

        assert unit.handovers.resume("talk:ada", at=later(1))
        assert not unit.handovers.resume("talk:ada", at=later(2))
        assert unit.handovers.taken_in("talk:ada") is None
        found = unit.handovers.get(number)
        assert found is not None
        assert (found.resumed_at, found.open) == (later(1), True)


def test_questions_tell_the_newest_number_they_were_passed_on_under(unit: UnitOfWork) -> None:
    with unit:
        ask(unit)
        newest = ask(unit, asker=replace(ADA, value="bea"))
        other = ask(unit, "Must I?")

        assert unit.handovers.asked_as(["May I?", "Must I?", "Can I?"]) == {
            "May I?": newest.number,
            "Must I?": other.number,
        }
        assert unit.handovers.asked_as([]) == {}


def test_a_curated_answer_stands_until_it_is_retired(unit: UnitOfWork) -> None:
    with unit:
        stella = person(unit, "Stella")
        first, second = (
            unit.curated.add(curated(stella, question, vector=b"\x00\x80\xff"))
            for question in ("May I?", "Must I?")
        )
        assert unit.curated.all() == (first, second)
        assert (first.owner, first.owner_id, first.vector) == ("Stella", stella.id, b"\x00\x80\xff")

        assert unit.curated.retire(first.id, at=later(1))
        assert not unit.curated.retire(first.id, at=later(2))
        assert unit.curated.all() == (second,)
