"""A database of an earlier version is brought up to date with everything that is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import column, create_engine, insert, table, text

from bot.domain.knowledge import Status
from bot.domain.messages import Address, OutboundMessage, Reply
from bot.ports import Change, UnitOfWork
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, later

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


_WAITING = (
    "INSERT INTO people (id, name, folded_name, email, time_zone)"
    " VALUES (1, 'Ada', 'ada', 'ada@example.org', 'UTC')",
    "INSERT INTO identities (id, person_id, channel, value, connected_at)"
    " VALUES (1, 1, 'talk', 'ada', '2026-03-02 09:00:00.000000')",
    "INSERT INTO outbox (id, channel, conversation, message, state, due_at, attempts, reason, key,"
    " receipt, offers) VALUES (1, 'talk', 'talk:ada', '{}', 'waiting',"
    " '2026-03-02 09:00:00.000000', 0, '', 'k', '', FALSE)",
)
_SENT = (
    "INSERT INTO outbox (id, channel, conversation, message, state, due_at, attempts, reason, key,"
    " receipt, offers, card, told, finished_at) VALUES (1, 'talk', 'talk:ada', '{}', 'sent',"
    " '2026-03-02 09:00:00.000000', 1, '', 'k', 'm1', FALSE, '', '',"
    " '2026-03-02 09:00:00.000000')",
)
_OF_STAFF = (
    "INSERT INTO people (id, name, folded_name, email, time_zone)"
    " VALUES (1, 'Ada', 'ada', 'ada@example.org', 'UTC')",
    "INSERT INTO submissions (id, person_id, set_id, route, round, asked, items, submitted_at,"
    " stage, review, version) VALUES"
    " (1, 1, 'A', 'portfolio', 1, '[]', '[]', '2026-03-02 09:00:01.000000', 'waiting', '{}', 0),"
    " (2, 1, 'B', 'portfolio', 1, '[]', '[]', '2026-03-02 09:00:02.000000', 'in-review', '{}', 0),"
    " (3, 1, 'C', 'portfolio', 1, '[]', '[]', '2026-03-02 09:00:03.000000', 'withdrawn', '{}', 0),"
    " (4, 1, 'D', 'portfolio', 1, '[]', '[]', '2026-03-02 09:00:04.000000', 'decided', '{}', 0)",
    "INSERT INTO handovers (id, channel, value, question, sha256, at, conversation, more,"
    " taken_name, answered_name, answer, answered_at) VALUES"
    " (5, 'talk', 'ada', 'Q', 'ab', '2026-03-02 09:00:05.000000', 'talk:ada', '[]', '', '', '',"
    " NULL),"
    " (6, 'talk', 'ada', 'Q', 'ab', '2026-03-02 09:00:06.000000', 'talk:ada', '[]', '', '', '',"
    " '2026-03-02 10:00:00.000000')",
)
_NINE = "2026-03-02 09:00:00.000000"
_LEFT = (
    "INSERT INTO people (id, name, folded_name, email, time_zone)"
    " VALUES (1, 'Ada', 'ada', 'ada@example.org', 'UTC')",
    "INSERT INTO former_identities (person_id, channel, value) VALUES (1, 'talk', 'ada')",
)
_MESSAGE = (
    '{"key":"k","to":{"channel":"talk","value":"ada"},"conversation":"talk:ada",'
    '"reply":{"blocks":[{"text":"Hello."}],"choices":[]}}'
)


def _to_send(number: int, talk: str, **more: str) -> dict[str, object]:
    """A row of the outbox in the third version; one with a `receipt` was sent."""
    told = {"card": "", "told": "", "receipt": "", **more}
    to = {"channel": "talk", "value": told["told"] or talk.partition(":")[2]}
    reply: dict[str, list[str]] = {"blocks": [], "choices": []}
    known = {"key": f"k{number}", "to": to, "conversation": talk, "card": told["card"]}
    return {
        "id": number,
        "key": f"k{number}",
        "message": json.dumps(known | {"reply": reply}),
        "offers": False,
        "finished_at": _NINE if told["receipt"] else None,
        **_waiting(talk),
        **told,
    }


def _received() -> dict[str, object]:
    """A row of the inbox in the third version."""
    ada = {"channel": "talk", "value": "ada"}
    message = {"id": "1", "sender": ada, "conversation": "talk:ada", "text": "hello"}
    more = {"sent_at": "2026-03-02T09:00:00Z", "shared": False, "thread": "", "apart": False}
    known = json.dumps(message | more)
    return {"id": 1, "vendor_id": "1", "message": known, **_waiting("talk:ada")}


def _waiting(talk: str) -> dict[str, object]:
    state = {"state": "waiting", "due_at": _NINE, "attempts": 0, "reason": ""}
    return {"channel": "talk", "conversation": talk, **state}


@pytest.fixture
def old(shared_url: str) -> str:
    """The address of a database of the first version, with a few rows of each kind."""
    rows = [statement.replace("{}", _WHO) for statement in _OLD]
    _make(shared_url, "0001", rows, numbered=("turns", "handovers"))
    return shared_url


@pytest.fixture
def second(shared_url: str) -> Iterator[UnitOfWork]:
    """A unit of work on a database of the second version, once it is opened by this version."""
    rows = [statement.replace("{}", _MESSAGE) for statement in _WAITING]
    _make(shared_url, "0002", rows, numbered=("people", "identities", "outbox"))
    with open_database(shared_url) as database, SqlUnitOfWork(database.engine) as unit:
        yield unit


def _make(url: str, version: str, rows: Sequence[str], *, numbered: Sequence[str]) -> None:
    """A database as that version left it; `numbered` tables were given numbers unasked."""
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for row in rows:
            connection.exec_driver_sql(row)
        for name in numbered if engine.dialect.name == "postgresql" else ():
            connection.execute(text(f"SELECT setval('{name}_id_seq', 100)"))
    engine.dispose()


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


def test_what_waited_is_sent_and_stands_alone(second: UnitOfWork) -> None:
    claimed = second.outbox.claim(now=NOW, lease_seconds=9, channels=["talk"])

    assert claimed is not None
    assert (claimed.item.to, claimed.item.thread, claimed.item.card) == (ADA, "", "")
    assert not second.outbox.spoken_to(ADA, "talk:ada")
    assert second.outbox.receipt_of("question:1", "talk:ada") == ""


def test_new_things_can_be_kept_beside_the_old(second: UnitOfWork) -> None:
    ada = second.people.at(ADA)
    assert ada is not None
    second.drafts.keep(ada, "rate:3", {"a": "b"}, at=NOW)
    second.announcements.mark("question:1", at=NOW)
    second.people.disconnect(ADA)
    again = OutboundMessage(
        key="new",
        to=ADA,
        conversation="talk:room/7",
        reply=Reply(blocks=()),
        thread="7",
    )

    assert second.outbox.add(again, due=NOW)
    assert second.outbox.spoken_to(ADA, "talk:room/7")
    assert second.drafts.kept(ada, "rate:3") == {"a": "b"}
    assert second.people.addresses(ada) == ()
    assert second.channels.all() == ()


def test_what_was_open_before_there_were_cards_gets_one(shared_url: str) -> None:
    _make(shared_url, "0002", _OF_STAFF, numbered=())
    changes = []
    with open_database(shared_url) as database, SqlUnitOfWork(database.engine) as unit:
        while change := unit.announcements.take():
            changes.append(change)

    assert changes == [
        Change(subject="submission:1", at=later(1)),
        Change(subject="submission:2", at=later(2)),
        Change(subject="question:5", at=later(5)),
    ]


@pytest.fixture
def third(shared_url: str) -> Iterator[UnitOfWork]:
    """A unit of work on a database of the third version, once it is opened by this version."""
    rows = [
        _to_send(1, "talk:room/7", told="ada", receipt="m1"),
        _to_send(2, "talk:room", card="question:1", receipt="m2"),
        _to_send(3, "talk:room", card="question:2"),
        _to_send(4, "talk:room#5/7", told="ada"),
        _to_send(5, "talk:ada"),
    ]
    _make(shared_url, "0003", (), numbered=())
    engine = create_engine(shared_url)
    with engine.begin() as connection:
        for name, row in (*(("outbox", each) for each in rows), ("inbox", _received())):
            connection.execute(insert(table(name, *map(column, row))), row)
    engine.dispose()
    with open_database(shared_url) as database, SqlUnitOfWork(database.engine) as unit:
        yield unit


def test_what_was_not_handled_yet_is_one_message_of_its_own(third: UnitOfWork) -> None:
    claimed = third.inbox.claim(now=NOW, lease_seconds=9)

    assert claimed is not None
    assert (claimed.item.text, claimed.also) == ("hello", ())
    assert (claimed.item.answers, claimed.item.batch) == ("", "")
    assert third.inbox.done(claimed, at=NOW)


def test_a_card_and_a_thread_of_before_are_found_by_the_vendor_s_id(third: UnitOfWork) -> None:
    assert third.outbox.card_at("talk:room", "m2") == "question:1"
    assert third.outbox.receipt_of("question:1", "talk:room") == "m2"
    assert third.outbox.said_in("talk:room", "m1") == "talk:room/7"


def test_what_waits_for_a_room_waits_there_together(third: UnitOfWork) -> None:
    pause = timedelta(seconds=3)
    first, second, none = (
        third.outbox.claim(now=later(9), lease_seconds=9, channels=["talk"], rest=lambda _: pause)
        for _ in range(3)
    )
    assert first is not None
    assert second is not None
    assert (first.id, second.id, none) == (3, 5, None)
    third.outbox.sent(first, at=later(9), receipt="m3", rest=pause)
    again = third.outbox.claim(now=later(12), lease_seconds=9, channels=["talk"])
    assert again is not None
    assert again.id == 4


def test_what_was_said_before_is_found_by_the_vendor_s_id(shared_url: str) -> None:
    rows = [statement.replace("{}", _MESSAGE) for statement in _SENT]
    _make(shared_url, "0003", rows, numbered=())
    with open_database(shared_url) as database, SqlUnitOfWork(database.engine) as unit:
        found = unit.outbox.said_at("talk:ada", "m1")
        room = Address(channel="talk", value="room")

        assert found is not None
        assert found.key == "k"
        assert unit.channels.invitations() == {}
        assert unit.channels.place_of(room) == room


def test_of_an_address_that_was_left_before_nobody_knows_that_it_was_lost(shared_url: str) -> None:
    _make(shared_url, "0003", _LEFT, numbered=("people",))
    with open_database(shared_url) as database, SqlUnitOfWork(database.engine) as unit:
        assert unit.people.restore(ADA, at=NOW) is None

        ada = unit.people.find("ada@example.org")
        assert ada is not None
        unit.people.connect(ada, ADA, at=NOW)
        unit.people.disconnect(ADA, lost=True)
        assert unit.people.restore(ADA, at=NOW) == ada


def test_everybody_known_before_is_looked_at_once(second: UnitOfWork) -> None:
    ada = second.people.at(ADA)
    assert ada is not None

    assert second.looks.stirred(limit=9) == (ada.id,)
    assert second.looks.stirred(limit=9) == ()
    assert second.looks.swept("notices") == (None, "")
