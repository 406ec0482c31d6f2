"""The outbox as operators look through it, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.domain.notices.situation import Gathered
from bot.ports import Claimed, Standing, UnitOfWork, Wanted
from tests.contract.examples import NOW, later, outbound, person


def claimed(unit: UnitOfWork, now: datetime = NOW) -> Claimed[OutboundMessage]:
    """The one that is due next."""
    found = unit.outbox.claim(now=now, lease_seconds=60, channels=["talk"])
    assert found is not None
    return found


@pytest.fixture
def filled(unit: UnitOfWork) -> UnitOfWork:
    """One sent, one given up, one dropped for a newer one that is on its way, one that waits."""
    with unit as entered:
        entered.outbox.add(outbound("sent"), due=NOW)
        entered.outbox.sent(claimed(entered), at=later(1), receipt="r1")
        entered.outbox.add(outbound("failed"), due=NOW)
        entered.outbox.give_up(claimed(entered), at=later(2), reason="gone")
        room = replace(outbound("old", conversation="talk:room"), card="submission:1")
        entered.outbox.add(room, due=NOW)
        entered.outbox.add(replace(room, key="new"), due=NOW)
        claimed(entered)
        notice = replace(outbound("due"), kind="expiry", notices=("idle:1:x:30",))
        entered.outbox.add(notice, due=later(500))
        entered.commit()
    return unit


def keys(unit: UnitOfWork, wanted: Wanted, *, limit: int = 50) -> list[str]:
    """The keys of what is listed."""
    with unit as entered:
        return [one.message.key for one in entered.listed.page(wanted, limit=limit)]


def test_each_standing_has_its_messages(filled: UnitOfWork) -> None:
    expected = {
        Standing.WAITING: ["new", "due"],
        Standing.SENT: ["sent"],
        Standing.FAILED: ["failed"],
        Standing.UNSENT: ["old"],
    }

    assert {one: keys(filled, Wanted(standing=one)) for one in Standing} == expected
    with filled as entered:
        counts = entered.listed.counts()
    assert counts == {one: len(found) for one, found in expected.items()}


def test_all_come_newest_first_and_no_more_than_asked_for(filled: UnitOfWork) -> None:
    assert keys(filled, Wanted()) == ["due", "new", "old", "failed", "sent"]
    assert keys(filled, Wanted(), limit=2) == ["due", "new"]


def test_places_count_where_others_read_along_too(filled: UnitOfWork) -> None:
    own = keys(filled, Wanted(places=("talk:ada",)))
    room = keys(filled, Wanted(places=("talk:room",)))

    assert own == ["due", "new", "old", "failed", "sent"]  # those in the room are told to Ada
    assert room == ["new", "old"]
    assert keys(filled, Wanted(places=("talk:bea", "talk:"))) == []


def test_kinds_are_those_of_messages_and_of_notices_in_them(filled: UnitOfWork) -> None:
    assert keys(filled, Wanted(kind="expiry")) == ["due"]
    assert keys(filled, Wanted(kind="idle")) == ["due"]
    for other in ("exp", "idl%", '"', "1"):
        assert keys(filled, Wanted(kind=other)) == []


def test_a_digest_is_found_by_each_kind_that_it_tells(filled: UnitOfWork) -> None:
    with filled as entered:
        told = Gathered(
            key="news",
            person_id=person(entered, "Ada").id,
            kind="comments",
            at=NOW,
            reply=outbound().reply,
        )
        assert entered.gathered.add(told)
        entered.gathered.take(["news"], message="due", at=NOW)
        entered.commit()

    assert keys(filled, Wanted(kind="comments")) == ["due"]
    assert keys(filled, Wanted(kind="comments"), limit=1) == ["due"]
    assert keys(filled, Wanted(kind="sharing")) == []


def test_words_that_look_like_a_kind_are_of_none(filled: UnitOfWork) -> None:
    words = '{"kind":"comments","notices":["comments:1"]} "comments:'
    with filled as entered:
        said = replace(outbound("said"), reply=Reply(blocks=(Paragraph(text=words),)))
        entered.outbox.add(said, due=later(600))
        entered.commit()

    assert keys(filled, Wanted(kind="comments")) == []
    assert keys(filled, Wanted(kind="expiry"), limit=1) == ["due"]


def test_since_counts_from_the_end_or_from_when_it_is_due(filled: UnitOfWork) -> None:
    assert keys(filled, Wanted(since=later(2))) == ["due", "new", "failed"]
    assert keys(filled, Wanted(since=later(501))) == []


def test_what_was_tried_tells_how_often_and_why_it_did_not_go(filled: UnitOfWork) -> None:
    with filled as entered:
        (one,) = entered.listed.page(Wanted(standing=Standing.FAILED), limit=1)

    assert (one.attempts, one.reason, one.ended_at) == (1, "gone", later(2))
    assert one.message.to == Address(channel="talk", value="ada")


def test_to_look_changes_nothing(filled: UnitOfWork) -> None:
    with filled as entered:
        before = entered.outbox.counts()
        entered.listed.page(Wanted(), limit=9)
        assert entered.outbox.counts() == before
