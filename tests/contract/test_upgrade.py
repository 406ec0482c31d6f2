"""A database of the first version is brought up to date with everything that is in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from bot.domain.knowledge import Status
from bot.domain.messages import Address
from bot.ports import UnitOfWork
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW

ADA = Address(channel="talk", value="ada")
_OLD = (
    "INSERT INTO people (id, name, folded_name, email, time_zone)"
    " VALUES (1, 'Ada', 'ada', 'ada@example.org', 'UTC')",
    "INSERT INTO turns (id, conversation, question, status, passages, at)"
    " VALUES"
    " (3, 'talk:ada', 'Cost?', 'answered', '[\"guide#cost\"]', '2026-03-02 09:00:00.000000'),"
    " (4, 'talk:ada', 'Who?', 'declined', '[]', '2026-03-02 09:00:00.000000')",
    "INSERT INTO handovers (id, channel, value, question, sha256, at) VALUES"
    " (5, 'talk', 'ada', 'Who?', '{}', '2026-03-02 09:00:00.000000'),"
    " (8, 'mail', 'bea', 'May I?', 'cd', '2026-03-02 09:00:00.000000')",
)
_WHO = "d991a24e8e04231cbae0f2b1372ebefd45b169c3855830d33b17fb3e98a68c96"


@pytest.fixture
def old(shared_url: str) -> str:
    """The address of a database of the first version, with a few rows of each kind."""
    engine = create_engine(shared_url)
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in _OLD:
            connection.execute(text(statement.replace("{}", _WHO)))
        # The numbers above were given without asking the sequence.
        for table in ("turns", "handovers") if engine.dialect.name == "postgresql" else ():
            connection.execute(text(f"SELECT setval('{table}_id_seq', 100)"))
    engine.dispose()
    return shared_url


@pytest.fixture
def upgraded(old: str) -> Iterator[UnitOfWork]:
    """A unit of work on it, once it is opened by this version."""
    with open_database(old) as database, SqlUnitOfWork(database.engine) as unit:
        yield unit


def test_people_are_not_erased(upgraded: UnitOfWork) -> None:
    found = upgraded.people.find("ada@example.org")

    assert found is not None
    assert found.name == "Ada"


def test_old_questions_keep_their_numbers_and_wait_where_they_were_asked(
    upgraded: UnitOfWork,
) -> None:
    found = upgraded.handovers.open(limit=9)

    assert [(one.number, one.conversation, one.question) for one in found] == [
        (5, "talk:ada", "Who?"),
        (8, "mail:bea", "May I?"),
    ]
    assert [(one.person_id, one.more, one.taken_by, one.at) for one in found] == [
        (None, (), None, NOW),
        (None, (), None, NOW),
    ]
    assert upgraded.handovers.open_in("talk:ada") == found[0]


def test_an_old_open_question_asked_again_is_the_same(upgraded: UnitOfWork) -> None:
    again = upgraded.handovers.add(ADA, "talk:ada", "Who?", person=None, at=NOW)
    new = upgraded.handovers.add(ADA, "talk:ada", "Why?", person=None, at=NOW)

    assert (again.number, again.new) == (5, False)
    assert new.new
    assert new.number > 8


def test_old_turns_have_no_address_and_count_in_the_report(upgraded: UnitOfWork) -> None:
    recent = upgraded.conversations.recent("talk:ada", limit=9)

    assert [(turn.question, turn.status, turn.asker) for turn in recent] == [
        ("Cost?", Status.ANSWERED, None),
        ("Who?", Status.DECLINED, None),
    ]
    assert [turn.question for turn in upgraded.asked.declined(since=NOW, limit=9)] == ["Who?"]
    assert upgraded.asked.answered_from(["guide#cost"]) == ()
