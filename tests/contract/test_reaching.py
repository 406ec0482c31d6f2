"""Drafts of forms, how channels are doing, turns to speak, rooms that moved, and changes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Thread

from bot.domain.channel_state import ChannelState, State
from bot.domain.messages import Address
from bot.ports import Change, UnitOfWork
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, later, person

EVERY = timedelta(seconds=1 / 29.5)
TALK = Address(channel="talk", value="ada")


def _state(
    state: State, told: str = "", *, since: float = 0, channel: str = "talk"
) -> ChannelState:
    return ChannelState(channel=channel, state=state, told=told, since=later(since))


def test_a_draft_is_kept_for_each_person_and_form(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        unit.drafts.keep(ada, "rate:3", {"comment": 'so "so"', "größe": "ß\n2"}, at=NOW)
        unit.drafts.keep(ada, "rate:4", {"comment": "other"}, at=NOW)

        assert unit.drafts.kept(ada, "rate:3") == {"comment": 'so "so"', "größe": "ß\n2"}
        assert unit.drafts.kept(ada, "rate:4") == {"comment": "other"}
        assert unit.drafts.kept(bea, "rate:3") == {}


def test_a_draft_from_before_does_not_come_back(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.drafts.keep(ada, "f", {"a": "second"}, at=later(2))
        unit.drafts.keep(ada, "f", {"a": "first"}, at=later(1))
        assert unit.drafts.kept(ada, "f") == {"a": "second"}

        unit.drafts.keep(ada, "f", {"b": "third"}, at=later(2))
        assert unit.drafts.kept(ada, "f") == {"b": "third"}


def test_a_draft_is_dropped_once_and_harmlessly_twice(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.drafts.keep(ada, "f", {"a": "b"}, at=NOW)
        unit.drafts.keep(ada, "g", {"a": "b"}, at=NOW)
        unit.drafts.drop(ada, "f")
        unit.drafts.drop(ada, "f")

        assert unit.drafts.kept(ada, "f") == {}
        assert unit.drafts.kept(ada, "g") == {"a": "b"}


def test_what_was_typed_before_a_draft_was_dropped_does_not_come_back(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.drafts.keep(ada, "f", {"a": "sent"}, at=later(2))
        unit.drafts.drop(ada, "f")
        unit.drafts.keep(ada, "f", {"a": "older"}, at=later(1))
        assert unit.drafts.kept(ada, "f") == {}

        unit.drafts.keep(ada, "f", {"a": "newer"}, at=later(3))
        assert unit.drafts.kept(ada, "f") == {"a": "newer"}


def test_a_channel_is_in_the_state_it_was_seen_in_last(unit: UnitOfWork) -> None:
    with unit:
        unit.channels.note(_state(State.STARTING))
        unit.channels.note(_state(State.CONNECTED, since=5))
        unit.channels.note(_state(State.REVOKED, "Install it again.", channel="chat"))

        assert unit.channels.all() == (
            _state(State.REVOKED, "Install it again.", channel="chat"),
            _state(State.CONNECTED, since=5),
        )


def test_a_state_that_stays_keeps_its_beginning(unit: UnitOfWork) -> None:
    with unit:
        unit.channels.note(_state(State.RECONNECTING, "for the first time"))
        unit.channels.note(_state(State.RECONNECTING, "for the second time", since=9))

        assert unit.channels.all() == (_state(State.RECONNECTING, "for the second time"),)


def test_a_channel_s_first_home_is_remembered(unit: UnitOfWork) -> None:
    with unit:
        assert unit.channels.home("talk") == ""
        assert unit.channels.settle("talk", "T1") == "T1"
        unit.commit()
    with unit:
        unit.channels.note(_state(State.STARTING))
        assert unit.channels.settle("talk", "T2") == "T1"
        assert unit.channels.settle("chat", "T2") == "T2"
        assert unit.channels.home("talk") == "T1"


def test_a_channel_s_invitation_is_the_one_that_was_told_last(unit: UnitOfWork) -> None:
    with unit:
        assert unit.channels.invitations() == {}
        unit.channels.keep_invitation("talk", "https://talk.example/a?start={code}")
        unit.channels.keep_invitation("chat", "https://chat.example/{code}")
        unit.channels.keep_invitation("talk", "https://talk.example/b?start={code}")

        assert unit.channels.invitations() == {
            "chat": "https://chat.example/{code}",
            "talk": "https://talk.example/b?start={code}",
        }


def test_turns_follow_each_other_and_none_lies_in_the_past(unit: UnitOfWork) -> None:
    with unit:
        turns = [unit.channels.turn("talk", now=NOW, every=EVERY) for _ in range(3)]
        other = unit.channels.turn("chat", now=NOW, every=EVERY)
        late = [unit.channels.turn("talk", now=later(9), every=EVERY) for _ in range(2)]

    assert turns == [NOW, NOW + EVERY, NOW + 2 * EVERY]
    assert other == NOW
    assert late == [later(9), later(9) + EVERY]


def test_nobody_waits_for_turns_that_a_clock_gave_that_was_ahead(unit: UnitOfWork) -> None:
    with unit:
        assert unit.channels.turn("talk", now=later(3600), every=EVERY) == later(3600)

        turns = [unit.channels.turn("talk", now=NOW, every=EVERY) for _ in range(2)]
    assert turns == [NOW, NOW + EVERY]


def test_there_is_no_turn_when_too_many_wait_and_none_is_used_up(unit: UnitOfWork) -> None:
    second = timedelta(seconds=1)
    with unit:
        turns = [unit.channels.turn("talk", now=NOW, every=second) for _ in range(9)]
        after = unit.channels.turn("talk", now=later(1), every=second)

    assert turns == [*(later(wait) for wait in range(6)), None, None, None]
    assert after == later(6)


def test_a_turn_that_was_rolled_back_is_free(unit: UnitOfWork) -> None:
    with unit:
        assert unit.channels.turn("talk", now=NOW, every=EVERY) == NOW
    with unit:
        assert unit.channels.turn("talk", now=NOW, every=EVERY) == NOW


def test_two_processes_never_have_the_same_turn(shared_url: str) -> None:
    with open_database(shared_url):
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(2, mp_context=spawn) as pool:
            taken = sorted(
                turn for each in pool.map(_take_turns, [shared_url] * 2) for turn in each
            )

    assert taken == [NOW + number * EVERY for number in range(40)]


def _take_turns(url: str) -> list[datetime]:
    turns = []
    with open_database(url) as database:
        unit = SqlUnitOfWork(database.engine)
        for _ in range(20):
            with unit:
                turn = unit.channels.turn("talk", now=NOW, every=EVERY)
                unit.commit()
            assert turn is not None
            turns.append(turn)
    return turns


def test_a_room_is_where_it_was_moved_to_last(unit: UnitOfWork) -> None:
    first, second, third = (Address(channel="talk", value=name) for name in ("r1", "r2", "r3"))
    with unit:
        assert unit.channels.place_of(first) == first
        for _ in range(2):
            unit.channels.moved(first, second)
        assert unit.channels.place_of(first) == second
        unit.channels.moved(second, third)

        assert [unit.channels.place_of(one) for one in (first, second, third)] == [third] * 3
        other = Address(channel="chat", value="r1")
        assert unit.channels.place_of(other) == other


def test_a_room_that_came_back_is_where_it_was(unit: UnitOfWork) -> None:
    first, second = (Address(channel="talk", value=name) for name in ("r1", "r2"))
    with unit:
        unit.channels.moved(first, second)
        unit.channels.moved(second, first)

        assert unit.channels.place_of(first) == first
        assert unit.channels.place_of(second) == first


def test_changes_are_taken_oldest_first_and_each_once(unit: UnitOfWork) -> None:
    with unit:
        unit.announcements.mark("question:7", at=later(1))
        unit.announcements.mark("submission:3", at=NOW)
        unit.announcements.mark("question:7", at=later(2))
        unit.commit()
    with unit:
        assert unit.announcements.take() == Change(subject="submission:3", at=NOW)
        assert unit.announcements.take() == Change(subject="question:7", at=later(2))
        assert unit.announcements.take() is None
        unit.announcements.mark("question:7", at=later(3))
        assert unit.announcements.take() == Change(subject="question:7", at=later(3))


def test_a_change_that_was_taken_in_vain_is_still_there(unit: UnitOfWork) -> None:
    with unit:
        unit.announcements.mark("question:7", at=NOW)
        unit.commit()
    with unit:
        unit.announcements.take()
    with unit:
        assert unit.announcements.take() == Change(subject="question:7", at=NOW)


def test_of_many_takers_one_has_each_change(shared: Callable[[], UnitOfWork]) -> None:
    with shared() as unit:
        for number in range(20):
            unit.announcements.mark(f"question:{number}", at=NOW)
        unit.commit()
    taken: list[str] = []
    together = Barrier(4)

    def take() -> None:
        together.wait()
        for _ in range(10):
            with shared() as own:
                change = own.announcements.take()
                own.commit()
            if change:
                taken.append(change.subject)

    takers = [Thread(target=take) for _ in range(4)]
    for one in takers:
        one.start()
    for one in takers:
        one.join()

    assert len(taken) == len(set(taken))
    with shared() as unit:
        while change := unit.announcements.take():
            taken.append(change.subject)
    assert len(taken) == 20


def test_an_address_that_was_left_is_nobodys_until_it_is_proved_again(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        unit.people.connect(ada, TALK, at=NOW)
        for _ in range(2):
            unit.people.disconnect(TALK)
            assert unit.people.at(TALK) is None
            assert unit.people.addresses(ada) == ()
            unit.people.connect(ada, TALK, at=NOW)
        unit.people.disconnect(TALK)
        unit.people.connect(bea, TALK, at=NOW)

        assert unit.people.at(TALK) == bea


def test_codes_are_counted_by_when_they_end(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        for place, who in enumerate((ada, ada, bea)):
            unit.links.issue(who, code_hash=f"h{place}", expires=later(place))
        unit.links.redeem("h1", now=NOW)

        assert unit.links.issued(ada, since=later(-1)) == 2
        assert unit.links.issued(ada, since=NOW) == 1
        assert unit.links.issued(ada, since=later(1)) == 0
