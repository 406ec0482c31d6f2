"""Every question that is asked every day has its index."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from bot.domain.messages import Address
from bot.domain.rights import Role
from bot.domain.submission import OPEN_STAGES
from bot.ports import UnitOfWork
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import (
    NOW,
    enrolled,
    filed_in,
    inbound,
    later,
    outbound,
    person,
    stored,
)
from tests.contract.reviewing import decided, submitted


def _queue_work(unit: UnitOfWork) -> None:
    unit.inbox.add(inbound(), at=NOW)
    unit.outbox.add(outbound(choices=("yes",)), due=NOW)
    unit.outbox.last_choices("talk:ada")
    unit.outbox.carded("submission:1", "talk:room")
    unit.outbox.add(replace(outbound("card"), card="question:7"), due=NOW)
    unit.outbox.receipt_of("question:7", "talk:ada")
    unit.outbox.carded("question:7", "talk:ada")
    unit.outbox.given_up_at("question:7", "talk:ada")
    unit.outbox.card_at("talk:ada", "m1")
    unit.outbox.spoken_to(Address(channel="talk", value="ada"), "talk:room/7")
    unit.outbox.said_at("talk:ada", "m1")
    unit.outbox.said_in("talk:room", "m1")
    unit.outbox.release("talk:ada", at=NOW)
    unit.outbox.offered("talk:ada", limit=9)
    unit.outbox.due_next(now=NOW, channels=["talk"])
    unit.inbox.waits(Address(channel="talk", value="ada"), "talk:ada")
    received = unit.inbox.claim(now=NOW, lease_seconds=9)
    assert received is not None
    unit.inbox.retry(received, at=later(1), reason="")
    unit.inbox.claim(now=later(1), lease_seconds=9, channels=["mail", "talk"])
    unit.inbox.give_up(received, at=later(2), reason="")
    to_send = unit.outbox.claim(now=NOW, lease_seconds=9, channels=["mail", "talk"])
    assert to_send is not None
    unit.outbox.extend(to_send, until=later(9))
    unit.outbox.retry(to_send, at=later(1), reason="")
    unit.outbox.sent(to_send, at=later(2), receipt="")
    assert unit.outbox.claim(now=later(2), lease_seconds=9, channels=["talk"])
    _paced_work(unit)


def _paced_work(unit: UnitOfWork) -> None:
    """What is asked where a vendor wants pauses, and when it moves a room or sends an album."""
    room = Address(channel="slow", value="room")
    message = replace(outbound("slow", channel="slow"), to=room, conversation=str(room), card="c")
    for key in "abc":
        unit.outbox.add(replace(message, key=key, conversation=f"{room}/{key}"), due=NOW)
    pause = timedelta(seconds=3)
    for seconds in (0, 4):
        claimed = unit.outbox.claim(
            now=later(seconds), lease_seconds=9, channels=["slow"], rest=lambda _: pause
        )
        assert claimed is not None
        unit.outbox.sent(claimed, at=later(seconds), receipt="r", further=["s"], rest=pause)
    held = unit.outbox.claim(now=later(8), lease_seconds=9, channels=["slow"], rest=lambda _: pause)
    assert held is not None
    unit.outbox.extend(held, until=later(18))
    unit.outbox.let_rest(held, at=later(8), until=later(9), reason="")
    unit.outbox.due_next(now=later(8), channels=["slow"])
    unit.outbox.move(room, Address(channel="slow", value="hall"))
    unit.channels.moved(room, Address(channel="slow", value="hall"))
    unit.channels.place_of(room)
    unit.channels.turn("slow", now=NOW, every=pause)
    for number in "12":
        album = replace(inbound(f"album {number}", conversation="talk:bea"), batch="b")
        unit.inbox.add(album, at=NOW)
    assert unit.inbox.claim(now=later(9), lease_seconds=9, channels=["talk"])


def _everyday_work(unit: UnitOfWork) -> None:
    """Asks a repository every question that is asked while messages come and go."""
    address = Address(channel="talk", value="ada")
    ada = person(unit)
    enrolled(unit, ada, "A")
    unit.people.connect(ada, address, at=NOW)
    unit.people.connect(ada, address, at=NOW)
    unit.people.at(address)
    unit.people.find("Somebody")
    unit.people.find("12")
    unit.people.candidate(ada)
    unit.links.issue(ada, code_hash="h", expires=later(9))
    unit.links.redeem("h", now=NOW)
    unit.links.issued(ada, since=NOW)
    for _ in range(2):
        unit.drafts.keep(ada, "rate:3", {"a": "b"}, at=NOW)
        unit.announcements.mark("question:7", at=NOW)
    unit.drafts.kept(ada, "rate:3")
    kept = unit.records.change(
        stored(unit, ada), filed_in("A-1"), message_key="m", reason="", at=NOW
    )
    unit.records.of(ada)
    unit.records.numbered(ada, kept.number)
    unit.records.undo(unit.records.latest_changes(ada), at=NOW)
    unit.records.history(ada)
    unit.conversations.recent("talk:ada", limit=3)
    unit.people.get(ada.id)
    unit.people.addresses(ada)
    unit.people.choose(ada, ("B",))


def _review_work(unit: UnitOfWork) -> None:
    """Asks what is asked while sets are submitted, reviewed and appealed."""
    ada = person(unit, "Bea Example")
    unit.roles.of(ada)
    unit.roles.holders([Role.STAFF, Role.ADMIN])
    unit.routes.of(ada)
    read = submitted(unit, ada)
    unit.submissions.get(read.id)
    unit.submissions.of(ada)
    unit.submissions.in_stages(OPEN_STAGES, limit=9)
    unit.submissions.count(OPEN_STAGES)
    unit.submissions.decided(read.route, limit=9)
    unit.submissions.save(decided(read), at=NOW)
    request = unit.requests.add(ada, submission=read, section="A-1", token="R", at=NOW)
    unit.requests.of(ada)
    unit.requests.by_token("R")
    unit.requests.close(request, evidence=1, at=NOW)
    unit.requests.reopen(request)
    appeal = unit.appeals.add(ada, submission=read, decided_on=NOW.date(), notice="")
    unit.appeals.save(appeal)
    unit.appeals.of(ada)
    unit.appeals.open()
    unit.statements.save(ada, "A", ["x"], at=NOW)
    unit.statements.versions(ada, "A")
    unit.statements.all(ada)
    unit.statements.writing("talk:ada")


def _staff_work(unit: UnitOfWork) -> None:
    """Asks what is asked while people share, and while questions go to staff."""
    bea, carl = person(unit, "Berta"), person(unit, "Carl")
    share = unit.shares.add(bea, carl, set_id="", until=later(9), at=NOW)
    unit.shares.get(share.id)
    unit.shares.by(bea)
    unit.shares.with_(carl)
    unit.shares.comments(bea)
    unit.shares.revoke(share, at=NOW)
    unit.shares.offers(bea)
    address = Address(channel="talk", value="bea")
    number = unit.handovers.add(address, "talk:bea", "May I?", person=bea, at=NOW).number
    unit.handovers.add(address, "talk:bea", "May I?", person=bea, at=NOW)
    unit.handovers.get(number)
    unit.handovers.open(limit=9)
    unit.handovers.open_in("talk:bea")
    unit.handovers.taken_in("talk:bea")
    unit.handovers.asked_as(["May I?"])
    unit.handovers.resume("talk:bea", at=NOW)
    unit.handovers.add_words(number, "more", at=NOW)
    unit.handovers.take(number, carl, at=NOW)
    unit.handovers.answer(number, carl, "Yes.", at=NOW)
    unit.asked.declined(since=NOW, limit=9)
    unit.asked.answered_from(["a", "b"])
    unit.outbox.redirect(address, Address(channel="mail", value="bea"))


def test_no_everyday_question_walks_through_a_whole_table() -> None:
    asked: list[tuple[str, Any]] = []
    with open_database("sqlite://") as database:

        @event.listens_for(database.engine, "before_cursor_execute")
        def note(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
            if statement.startswith(("SELECT", "UPDATE")):
                asked.append((statement, values))

        with SqlUnitOfWork(database.engine) as unit:
            for work in (_everyday_work, _queue_work, _review_work, _staff_work):
                work(unit)
        questions = tuple(asked)
        with database.engine.connect() as connection:
            plans = [
                (statement, row.detail)
                for statement, values in questions
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            ]

    assert len(plans) > 80
    assert [plan for plan in plans if plan[1].startswith("SCAN") or "TEMP B-TREE" in plan[1]] == []
