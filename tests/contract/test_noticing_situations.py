"""A person's situation is all that is kept of them, read for many people at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address
from bot.domain.notices.situation import Situation
from bot.domain.notices.wishes import Cadence, Hush, Wishes
from bot.domain.people import Candidate, Person
from bot.domain.rules import Outcome, Route
from bot.domain.submission import Submission
from bot.ports import UnitOfWork
from storage.database import Database
from tests.contract.busy import two_people
from tests.contract.examples import NOW, enrolled, filed_in, later, person, stored
from tests.contract.reviewing import decided, saved, submitted
from tests.contract.test_noticing_own import news, reminder
from tests.contract.watching import counted_questions
from tests.exporting import small_program

RECORD = Address(channel="email", value="ada@example.org")
HARBOUR = small_program()
TALK = Address(channel="talk", value="ada")


def _of(unit: UnitOfWork, who: Person, *, days: float = 0) -> Situation:
    (found,) = unit.situations.of([who.id], now=NOW + timedelta(days=days), program=HARBOUR)
    return found


def test_a_fresh_candidate_has_nothing_but_an_enrolment(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        enrolled(unit, ada, "B", "A")
        candidate = Candidate(
            person=ada,
            enrolled_on=date(2026, 1, 1),
            subscription_ends=date(2028, 1, 1),
            electives=("B", "A"),
        )

        assert _of(unit, ada) == Situation(person=ada, places=(RECORD,), candidate=candidate)


def test_whoever_is_no_candidate_has_a_situation_too(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)

        assert _of(unit, ada) == Situation(person=ada, places=(RECORD,))


def test_proved_addresses_come_first_the_newest_at_the_head(unit: UnitOfWork) -> None:
    slack = Address(channel="slack", value="U1")
    with unit:
        ada = person(unit)
        unit.people.connect(ada, TALK, at=NOW)
        unit.people.connect(ada, slack, at=later(1))
        assert _of(unit, ada).places == (slack, TALK, RECORD)
        unit.people.connect(ada, RECORD, at=later(2))
        assert _of(unit, ada).places == (RECORD, slack, TALK)


def test_an_address_is_avoided_for_as_long_as_what_came_back_counts(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        unit.people.connect(ada, TALK, at=NOW)
        for place in (RECORD, TALK):
            unit.bounces.note(place, Bounce(hard=place == RECORD, at=NOW), receipt="r", why="")

        assert _of(unit, ada, days=1).avoided == {RECORD}
        assert _of(unit, ada, days=31).avoided == frozenset()
        assert _of(unit, bea).avoided == frozenset()


def test_evidence_and_when_its_sections_were_touched_last(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first, second = stored(unit, ada), stored(unit, ada, "second.pdf", sha256="cd" * 32)
        for file, place, seconds in (
            (first, "KNO-1", 1),
            (second, "KNO-2", 2),
            (first, "BOA-1", 3),
        ):
            unit.records.change(
                file, filed_in(place), message_key=place, reason="", at=later(seconds)
            )
        found = _of(unit, ada)
        assert found.evidence == unit.records.of(ada)
        assert found.touched == {"knots": later(3), "boats": later(3)}

        unit.records.undo(unit.records.latest_changes(ada), at=later(9))
        assert _of(unit, ada).touched == {"knots": later(9), "boats": later(9)}


def test_sets_with_a_statement_and_when_it_was_written_last(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        for set_id, seconds in (("boats", 1), ("knots", 2), ("boats", 3)):
            unit.statements.save(ada, set_id, ["I"], at=later(seconds))
        found = _of(unit, ada)

        assert found.stated == {"boats", "knots"}
        assert found.touched == {"boats": later(3), "knots": later(2)}


def test_reviews_are_all_there_oldest_first_without_their_files(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first = saved(unit, decided(submitted(unit, ada)))
        second = submitted(unit, ada, "B")
        unit.requests.add(ada, submission=first, section="A-2", token="R", at=NOW)
        unit.appeals.add(ada, submission=first, decided_on=NOW.date(), notice="Please.")
        unit.routes.choose(ada, "B", Route.PORTFOLIO)
        found = _of(unit, ada)

        assert found.submissions == (replace(first, items=()), replace(second, items=()))
        assert found.requests == unit.requests.of(ada)
        assert found.appeals == unit.appeals.of(ada)
        assert found.routes == {"B": Route.PORTFOLIO}


def test_what_they_chose_set_and_have_not_been_told_yet(unit: UnitOfWork) -> None:
    hush = Hush(matter="expiry", at=NOW, until=later(9))
    with unit:
        ada = person(unit)
        unit.wishes.put(ada, Wishes(cadence=Cadence.DAILY))
        unit.wishes.hush(ada, hush)
        unit.wanted_kinds.decline(RECORD, "idle")
        late = unit.reminders.add(reminder(ada, seconds=99))
        soon = unit.reminders.add(reminder(ada))
        unit.reminders.end(unit.reminders.add(reminder(ada)), at=NOW)
        for each in (news(ada, "b", seconds=2), news(ada, "a", seconds=1), news(ada, "told")):
            unit.gathered.add(each)
        unit.gathered.take(["told"], message="digest:1", at=NOW)
        found = _of(unit, ada)

        declined = frozenset({("email", "idle")})
        assert found.wishes == Wishes(cadence=Cadence.DAILY, declined=declined, hushed=(hush,))
        assert found.wishes == unit.wishes.of(ada)
        assert found.reminders == (soon, late)
        assert [one.key for one in found.gathered] == ["a", "b"]


def test_many_are_read_as_each_is_alone(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = two_people(unit)
        carl = person(unit, "Carl")
        unit.reminders.add(reminder(bea))
        known = [carl.id, bea.id, ada.id, 999]
        found = unit.situations.of(known, now=later(20), program=HARBOUR)

        assert found == tuple(
            one
            for who in (ada, bea, carl)
            for one in unit.situations.of([who.id], now=later(20), program=HARBOUR)
        )
        assert found[0].evidence
        assert found[0].appeals
        assert unit.situations.of([], now=NOW, program=HARBOUR) == ()


def test_whoever_is_erased_has_no_situation(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        unit.erasure.erase(ada, at=NOW)

        assert [
            one.person for one in unit.situations.of([ada.id, bea.id], now=NOW, program=HARBOUR)
        ] == [bea]
        assert unit.situations.numbers(limit=9) == (bea.id,)


def test_everybody_is_gone_through_page_by_page(unit: UnitOfWork) -> None:
    with unit:
        known = [person(unit, f"P{n}").id for n in range(5)]
        pages, after = list[int](), 0
        while page := unit.situations.numbers(after=after, limit=2):
            pages += page
            after = page[-1]

        assert pages == known


def test_a_thousand_people_cost_as_many_questions_as_one(database: Database) -> None:
    with counted_questions(database) as (unit, asked):
        for n in range(60):
            enrolled(unit, person(unit, f"P{n}"))
        asked.clear()
        unit.situations.of(range(1, 2), now=NOW, program=HARBOUR)
        one = len(asked)
        asked.clear()
        unit.situations.of(range(1, 61), now=NOW, program=HARBOUR)

        assert len(asked) == one <= 16


def _approved(unit: UnitOfWork, who: Person, set_id: str, *, seconds: float) -> Submission:
    made = submitted(unit, who, set_id)
    return saved(unit, decided(made, outcome=Outcome.APPROVED, seconds=seconds))


def test_the_program_tells_the_sets_of_sections_and_what_completes_it(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.records.change(
            stored(unit, ada), filed_in("resume", "KNO-1"), message_key="m", reason="", at=NOW
        )
        for seconds, set_id in enumerate(("knots", "boats")):
            (before,) = unit.situations.of([ada.id], now=NOW, program=HARBOUR)
            assert before.certified_on is None
            _approved(unit, ada, set_id, seconds=seconds * 86_400)
        (after,) = unit.situations.of([ada.id], now=NOW, program=HARBOUR)

        assert after.touched == {"knots": NOW}
        assert after.certified_on == later(86_400).date()
