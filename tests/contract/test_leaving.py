"""What an import puts in place, which bytes are whose, and what is left in the database's file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.messages import Attachment, Download, Reply
from bot.domain.portfolio import Change, Evidence, Filing, State
from bot.domain.rules import Route
from bot.domain.sharing import OfferState
from bot.errors import Refused
from bot.ports import UnitOfWork
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.busy import two_people
from tests.contract.examples import (
    HASH,
    NOW,
    filed_in,
    inbound,
    later,
    offer,
    outbound,
    person,
    stored,
)
from tests.contract.reviewing import decided, item, saved, submitted

WAITING = Filing(state=State.WAITING)
A, B, C = "a" * 64, "b" * 64, "c" * 64


def file(number: int, filing: Filing, sha256: str = HASH) -> Evidence:
    """A file as another installation had it."""
    return Evidence(
        id=0,
        number=number,
        person_id=0,
        name=f"{number}.txt",
        media_type="text/plain",
        size=3,
        sha256=sha256,
        stored_at=later(number),
        filing=filing,
    )


def step(
    number: int, before: Filing, after: Filing, *, key: str, undone_at: datetime | None = None
) -> Change:
    """A step of that file."""
    return Change(
        id=0,
        evidence_id=number,
        before=before,
        after=after,
        message_key=key,
        reason="sent",
        at=later(number),
        undone_at=undone_at,
    )


def test_files_come_back_with_their_numbers_times_and_history(unit: UnitOfWork) -> None:
    moved = step(3, filed_in("A-1"), filed_in("A-2"), key="m2", undone_at=later(9))
    history = (step(3, WAITING, filed_in("A-1"), key="m1"), moved)
    with unit:
        ada = person(unit)
        unit.records.restore(ada, (file(3, filed_in("A-1")), file(7, WAITING)), history)
        first, second = unit.records.of(ada)
        kept = unit.records.history(ada)

        assert (first.number, first.stored_at, first.filing) == (3, later(3), filed_in("A-1"))
        assert (second.number, second.name) == (7, "7.txt")
        assert [replace(c, id=0, evidence_id=3) for c in kept] == list(history)
        assert {c.evidence_id for c in kept} == {first.id}
        assert stored(unit, ada).number == 8


def test_the_last_step_that_came_back_can_be_undone(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.records.restore(
            ada, (file(1, filed_in("A-1")),), (step(1, WAITING, filed_in("A-1"), key="m1"),)
        )
        (restored,) = unit.records.undo(unit.records.latest_changes(ada), at=later(9))

        assert restored.filing == WAITING


def test_files_never_come_back_into_a_record_that_has_some(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        stored(unit, ada)

        with pytest.raises(Refused, match="has files already"):
            unit.records.restore(ada, (file(2, WAITING),), ())


def test_what_waits_and_what_was_submitted_is_held_too(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        stored(unit, ada, sha256=C)
        unit.shares.offer(offer(ada, bea, sha256=A))
        unit.submissions.add(
            ada, set_id="A", route=Route.COURSE, items=(replace(item(), sha256=B),), at=NOW
        )
        assert list(unit.records.hashes()) == [A, B, C]

        unit.shares.settle(unit.shares.offers(ada)[0], OfferState.DECLINED, at=NOW)
        assert list(unit.records.hashes()) == [B, C]


def test_what_an_erased_person_submitted_is_held_no_more(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        saved(unit, decided(submitted(unit, ada)))
        assert list(unit.records.hashes()) == [HASH]

        unit.erasure.erase(ada, at=NOW)
        assert list(unit.records.hashes()) == []
        assert unit.submissions.of(ada) != ()


def test_a_persons_bytes_are_found_wherever_they_are_told_of(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = two_people(unit)
        sent = Attachment(name="x", size=1, sha256=A)
        unit.inbox.add(replace(inbound("9"), attachments=(sent,)), at=NOW)

        assert unit.erasure.bytes_of(ada) >= {HASH, "cd", A}
        assert unit.erasure.bytes_of(bea) == {"cd"}


def test_bytes_are_free_when_nobody_holds_or_sends_them(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada Reyes"), person(unit, "Bea")
        stored(unit, ada, sha256=A)
        stored(unit, bea, sha256=B)
        coming = Attachment(name="x", size=1, sha256=C)
        unit.inbox.add(replace(inbound(conversation="z"), attachments=(coming,)), at=NOW)
        assert unit.erasure.unheld({A, B, C, HASH}) == {HASH}

        unit.erasure.erase(ada, at=NOW)
        assert unit.erasure.unheld({A, B, C}) == {A}


def test_a_message_that_brings_bytes_which_are_gone_is_blanked(unit: UnitOfWork) -> None:
    page = Download(name="Submission 1.html", media_type="text/html", size=1, sha256=A)
    with unit:
        ada = person(unit, "Ada Reyes")
        stored(unit, ada, sha256=A)
        unit.outbox.add(replace(outbound(), reply=Reply(blocks=(page,))), due=NOW)
        unit.erasure.erase(ada, at=NOW)
        claimed = unit.outbox.claim(now=NOW, lease_seconds=9, channels=["talk"])

    assert claimed is not None
    assert page not in claimed.item.reply.blocks


def test_the_file_is_written_anew_and_goes_on(database: Database) -> None:
    unit = SqlUnitOfWork(database.engine)
    with unit:
        ada = person(unit)
        unit.commit()

    assert database.scrub()

    with unit:
        assert unit.people.get(ada.id) == ada
