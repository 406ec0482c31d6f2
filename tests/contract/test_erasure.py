"""A person who is erased is nowhere in the database but where it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from bot.domain.messages import Address, Paragraph, Reply
from bot.domain.people import Person
from bot.domain.rules import Outcome
from bot.domain.statement import Writing
from bot.ports import UnitOfWork
from storage.database import Database
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.busy import ADA, BEA, two_people
from tests.contract.examples import (
    HASH,
    NOW,
    inbound,
    later,
    outbound,
    person,
)
from tests.contract.reviewing import submitted

_SECRET = ("adasprivatetoken", "ada reyes", "ada.reyes@", "ada's", "talk:ada", '"ada"')


@pytest.fixture
def people(unit: UnitOfWork) -> tuple[Person, Person]:
    """Ada, who used everything there is, and Bea, who shared with her."""
    with unit:
        both = two_people(unit)
        unit.commit()
    return both


def _erase(unit: UnitOfWork, who: Person) -> dict[str, int]:
    with unit:
        went = unit.erasure.erase(who, at=later(99))
        unit.commit()
    return dict(went)


def _cells(database: Database) -> Iterator[tuple[str, str]]:
    """Every value that is kept, by its table and column, in small letters."""
    with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for column, value in row._mapping.items():
                    yield f"{table.name}.{column}", str(value).lower()


def _secrets(database: Database) -> set[str]:
    return {place for place, value in _cells(database) if any(word in value for word in _SECRET)}


def test_nothing_of_the_person_is_left_anywhere(
    database: Database, unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    assert len(_secrets(database)) > 20

    _erase(unit, people[0])

    assert _secrets(database) == set()


def test_the_person_keeps_a_number_and_nothing_else(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, _ = people
    _erase(unit, ada)

    with unit:
        kept = unit.people.get(ada.id)
        assert kept == Person(
            id=ada.id,
            name=f"erased person {ada.id}",
            email=f"erased-{ada.id}@invalid",
            time_zone="UTC",
        )
        assert unit.people.at(ADA) is None
        assert unit.people.find("Ada Reyes") is None
        assert unit.people.candidate(ada) is None
        assert unit.roles.of(ada) == frozenset()
        assert unit.records.of(ada) == ()


def test_how_many_rows_of_each_kind_went_is_told(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    went = _erase(unit, people[0])

    assert went == {
        "inbox": 1,
        "outbox": 1,
        "writing": 1,
        "turns": 2,
        "handovers": 2,
        "comments": 4,
        "shares": 2,
        "offers": 2,
        "evidence_requests": 1,
        "appeals": 1,
        "submissions": 2,
        "changes": 1,
        "evidence": 1,
        "statements": 1,
        "electives": 2,
        "candidates": 1,
        "set_routes": 1,
        "person_roles": 1,
        "link_codes": 1,
        "identities": 2,
        "private_tokens": 1,
        "held_mails": 1,
        "answers_given": 2,
        "bounces": 1,
        "declined_kinds": 1,
    }


def test_what_was_decided_stays_without_names_and_words(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, _ = people
    with unit:
        before = unit.submissions.of(ada)[0]
    _erase(unit, ada)
    with unit:
        (kept,) = unit.submissions.of(ada)

    assert before.decision is not None
    assert kept == replace(
        before,
        items=tuple(replace(one, name=one.section) for one in before.items),
        ratings=tuple(replace(one, comment="") for one in before.ratings),
        decision=replace(before.decision, reason=""),
    )
    assert kept.items[0].sha256 == HASH
    assert before.decision.outcome is Outcome.MORE


def test_others_keep_their_records_and_questions(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, bea = people
    _erase(unit, ada)

    with unit:
        assert unit.people.candidate(bea) is not None
        assert unit.people.at(BEA) == bea
        assert [turn.asker for turn in unit.asked.answered_from(["p"])] == [BEA]
        (answer,) = unit.curated.all()
        hers = unit.handovers.get(answer.handover)
        assert hers is not None
        assert (hers.answer, hers.answered_name) == ("You may.", f"erased person {ada.id}")
        assert (answer.owner, answer.owner_id) == (f"erased person {ada.id}", ada.id)


def test_others_go_on_writing_where_the_person_spoke_too(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, bea = people
    with unit:
        unit.statements.write("talk:room", ada, "A")
        unit.statements.write("talk:other room", bea, "B")
        unit.commit()
    went = _erase(unit, ada)

    with unit:
        assert unit.statements.writing("talk:room") is None
        assert unit.statements.writing("talk:other room") == Writing(person_id=bea.id, set_id="B")
    assert went["writing"] == 2


def test_what_others_were_told_loses_its_words(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, _ = people
    _erase(unit, ada)
    with unit:
        claimed = unit.outbox.claim(now=later(99), lease_seconds=9, channels=["talk"])

    assert claimed is not None
    assert claimed.item.reply.blocks == (
        Paragraph(text=f"This was about person {ada.id}, who was erased; its words are gone."),
    )


def test_a_name_of_one_word_stands_in_others_messages(unit: UnitOfWork) -> None:
    with unit:
        will = unit.people.add("Will", email="will@example.org", time_zone="UTC")
        told = Reply(blocks=(Paragraph(text="It will do."),))
        unit.outbox.add(replace(outbound(), reply=told), due=NOW)
        unit.erasure.erase(will, at=NOW)
        claimed = unit.outbox.claim(now=NOW, lease_seconds=9, channels=["talk"])

    assert claimed is not None
    assert claimed.item.reply == told


def test_the_trail_stays_whole(unit: UnitOfWork, people: tuple[Person, Person]) -> None:
    with unit:
        unit.trail.append(at=NOW, actor="Ada Reyes", action="a", subject="person:1", details={})
        unit.commit()
    _erase(unit, people[0])

    with unit:
        assert unit.trail.broken_at() is None
        assert [entry.actor for entry in unit.trail.entries()] == ["Ada Reyes"]


def test_erasing_twice_is_harmless(unit: UnitOfWork, people: tuple[Person, Person]) -> None:
    ada, _ = people
    _erase(unit, ada)

    assert _erase(unit, ada) == {}


def test_the_address_may_be_enrolled_anew(unit: UnitOfWork, people: tuple[Person, Person]) -> None:
    ada, _ = people
    _erase(unit, ada)

    with unit:
        again = unit.people.add("Ada Reyes", email=ada.email, time_zone="UTC")
        unit.people.connect(again, ADA, at=NOW)
        assert again.id != ada.id
        assert unit.submissions.of(again) == ()


def test_what_is_left_of_an_erased_person_s_set_cannot_be_decided_anew(
    database: Database, people: tuple[Person, Person]
) -> None:
    unit = SqlUnitOfWork(database.engine)
    _erase(unit, people[0])
    with database.engine.begin() as connection, pytest.raises(DBAPIError, match="stays"):
        connection.execute(text("UPDATE submissions SET stage = 'waiting' WHERE id = 1"))


def test_the_number_of_what_was_erased_is_never_given_again(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        gone = submitted(unit, ada).id
        unit.erasure.erase(ada, at=NOW)

        assert submitted(unit, bea).id > gone


def test_what_was_said_and_told_where_others_read_along_goes_too(
    database: Database, unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    said = replace(inbound("9"), conversation="talk:room/7", shared=True, thread="7")
    told = replace(outbound("9", conversation="talk:room/7"), thread="7")
    with unit:
        unit.inbox.add(said, at=NOW)
        unit.outbox.add(told, due=NOW)
        unit.commit()
    went = _erase(unit, people[0])

    assert (went["inbox"], went["outbox"]) == (2, 2)
    assert _secrets(database) == set()
    with unit:
        assert not unit.outbox.spoken_to(ADA, "talk:room/7")


def test_what_was_said_at_an_address_that_was_left_goes_too(
    database: Database, unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    with unit:
        unit.people.disconnect(ADA)
        unit.commit()
    went = _erase(unit, people[0])

    assert (went["inbox"], went["former_identities"]) == (1, 1)
    assert _secrets(database) == set()


def test_what_was_said_at_an_address_that_is_anothers_by_now_stays(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, bea = people
    with unit:
        unit.people.disconnect(ADA)
        unit.people.connect(bea, ADA, at=later(1))
        unit.commit()
    went = _erase(unit, ada)

    assert "inbox" not in went
    with unit:
        assert unit.people.at(ADA) == bea


def test_what_was_sent_to_the_address_on_record_goes_too(
    database: Database, unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    record = Address(channel="email", value=people[0].email)
    with unit:
        unit.outbox.add(replace(outbound("9"), to=record, conversation=str(record)), due=NOW)
        unit.commit()
    went = _erase(unit, people[0])

    assert went["outbox"] == 2
    assert _secrets(database) == set()


def test_drafts_go_and_those_of_others_lose_the_name(
    database: Database, unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, bea = people
    with unit:
        hers = unit.submissions.of(ada)[-1].id
        unit.drafts.keep(ada, "ask-staff", {"text": "Ada's question"}, at=NOW)
        unit.drafts.keep(bea, f"rate:{hers}", {"comment": "Well done."}, at=NOW)
        unit.drafts.keep(bea, "statement:A", {"text": "I learnt it from Ada Reyes."}, at=NOW)
        unit.commit()
    went = _erase(unit, ada)

    assert went["form_drafts"] == 1
    assert _secrets(database) == set()
    with unit:
        assert unit.drafts.kept(bea, f"rate:{hers}") == {}
        named = f"I learnt it from erased person {ada.id}."
        assert unit.drafts.kept(bea, "statement:A") == {"text": named}


def test_each_card_of_the_person_s_is_marked_once(
    database: Database, unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    with unit:
        unit.outbox.add(replace(outbound("9"), to=BEA, card="submission:1"), due=NOW)
        while unit.announcements.take():
            pass
        unit.commit()
    asked: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    _erase(unit, people[0])
    marked = []
    with unit:
        while change := unit.announcements.take():
            marked.append(change.subject)

    sets, questions = (1, 2, 3), (1, 2, 3)  # hers, and the one of Bea's that she answered
    assert sorted(marked) == sorted(
        [f"submission:{n}" for n in sets] + [f"question:{n}" for n in questions]
    )
    assert len([one for one in asked if one.startswith("INSERT INTO announcements")]) == len(marked)


def test_cards_that_stand_in_a_room_are_made_anew_without_the_person(
    unit: UnitOfWork, people: tuple[Person, Person]
) -> None:
    ada, bea = people
    room = Address(channel="talk", value="room")
    with unit:
        number = unit.submissions.of(ada)[0].id
        others = submitted(unit, bea)
        names = {
            f"submission:{number}": "Technology, portfolio",
            f"submission:{others.id}": "Bea Okafor's set, claimed by Ada Reyes",
            "question:99": "Bea Okafor asks",
        }
        for card, words in names.items():
            shown = Reply(blocks=(Paragraph(text=words),))
            made = replace(outbound(card), to=room, conversation=str(room), reply=shown, card=card)
            unit.outbox.add(made, due=NOW)
        while claimed := unit.outbox.claim(now=NOW, lease_seconds=9, channels=["talk"]):
            unit.outbox.sent(claimed, at=NOW, receipt=f"m{claimed.id}")
        while unit.announcements.take():
            pass
        unit.commit()
    _erase(unit, ada)

    marked = set()
    with unit:
        while change := unit.announcements.take():
            marked.add(change.subject)
    assert {f"submission:{number}", f"submission:{others.id}"} <= marked
    assert "question:99" not in marked
