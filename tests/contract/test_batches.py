"""Messages that were sent together: one to handle, every file of it once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.messages import Address, Attachment, InboundMessage
from bot.ports import Claimed, UnitOfWork
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, inbound, later
from tests.contract.work import LEASE, claim, done, must_claim, retry

GATHER = 1.5
BOB = Address(channel="talk", value="bob")


def item(
    number: int, *, batch: str = "album", text: str = "", conversation: str = "talk:ada"
) -> InboundMessage:
    """One of a batch, with a file."""
    message = inbound(f"{number}", text=text, conversation=conversation)
    return replace(message, batch=batch, attachments=(Attachment(name=f"{number}.jpg", size=1),))


def comes(unit: UnitOfWork, message: InboundMessage, seconds: float) -> bool:
    """A message is kept at that moment."""
    with unit:
        fresh = unit.inbox.add(message, at=later(seconds))
        unit.commit()
    return fresh


def files(claimed: Claimed[InboundMessage]) -> list[str]:
    """The names of the files that came with it."""
    return [each.name for each in claimed.item.attachments]


def test_a_batch_is_one_message_a_moment_after_the_last_of_it_came(unit: UnitOfWork) -> None:
    comes(unit, item(1, text="My talk"), 0)
    comes(unit, item(2), 0.4)
    comes(unit, item(3, text="and the hall"), 1.2)

    assert claim(unit, 1.2 + GATHER - 0.01) is None
    claimed = must_claim(unit, 1.2 + GATHER)
    assert files(claimed) == ["1.jpg", "2.jpg", "3.jpg"]
    assert (claimed.item.id, claimed.item.text) == ("1", "My talk\nand the hall")
    assert len(claimed.also) == 2
    assert claim(unit, 9) is None


def test_a_batch_that_is_handled_is_done_with_everything_in_it(unit: UnitOfWork) -> None:
    for number in (1, 2, 3):
        comes(unit, item(number), 0)

    assert done(unit, must_claim(unit, 5))
    with unit:
        assert unit.inbox.counts() == {"waiting": 0, "claimed": 0, "done": 3, "given-up": 0}
    assert claim(unit, 9 * LEASE) is None


def test_what_comes_after_its_batch_was_handled_stands_for_itself(unit: UnitOfWork) -> None:
    comes(unit, item(1), 0)
    comes(unit, item(2), 0)
    assert done(unit, must_claim(unit, 5))
    comes(unit, item(3), 6)

    late = must_claim(unit, 6 + GATHER)
    assert (files(late), late.also) == (["3.jpg"], ())


def test_what_comes_while_its_batch_is_in_hand_waits_and_stands_for_itself(
    unit: UnitOfWork,
) -> None:
    comes(unit, item(1), 0)
    comes(unit, item(2), 0)
    held = must_claim(unit, 5)
    comes(unit, item(3), 5.1)

    assert claim(unit, 20) is None
    assert done(unit, held)
    assert files(must_claim(unit, 20)) == ["3.jpg"]


def test_a_batch_that_is_given_back_comes_whole_with_what_came_meanwhile(
    unit: UnitOfWork,
) -> None:
    comes(unit, item(1), 0)
    comes(unit, item(2), 0)
    held = must_claim(unit, 5)
    comes(unit, item(3), 5.1)
    retry(unit, held, seconds=30)

    assert claim(unit, 29) is None
    again = must_claim(unit, 30)
    assert (files(again), again.attempts) == (["1.jpg", "2.jpg", "3.jpg"], 2)


def test_a_batch_whose_worker_died_comes_whole_again(unit: UnitOfWork) -> None:
    for number in (1, 2):
        comes(unit, item(number), 0)
    lost = must_claim(unit, 5)

    assert claim(unit, 5 + LEASE - 1) is None
    again = must_claim(unit, 5 + LEASE)
    assert files(again) == ["1.jpg", "2.jpg"]
    assert not done(unit, lost)
    assert done(unit, again)


def test_a_batch_that_is_given_up_is_given_up_whole(unit: UnitOfWork) -> None:
    for number in (1, 2):
        comes(unit, item(number), 0)
    held = must_claim(unit, 5)
    with unit:
        assert unit.inbox.give_up(held, at=NOW, reason="poison")
        unit.commit()

    with unit:
        assert unit.inbox.counts()["given-up"] == 2
    assert claim(unit, 9 * LEASE) is None


@pytest.mark.parametrize("how", ["done", "given up"])
def test_a_batch_that_somebody_else_ended_in_part_is_to_be_rolled_back(
    unit: UnitOfWork, how: str
) -> None:
    for number in (1, 2):
        comes(unit, item(number), 0)
    held = must_claim(unit, 5)
    with unit:
        taken = replace(held, also=(*held.also, held.also[-1] + 99))
        if how == "done":
            assert not unit.inbox.done(taken, at=NOW)
        else:
            assert not unit.inbox.give_up(taken, at=NOW, reason="poison")

    with unit:
        assert unit.inbox.counts()["claimed"] == 1
    assert done(unit, held)


def test_handling_a_batch_that_is_rolled_back_leaves_all_of_it(unit: UnitOfWork) -> None:
    for number in (1, 2):
        comes(unit, item(number), 0)
    held = must_claim(unit, 5)
    with unit:
        assert unit.inbox.done(held, at=NOW)

    assert files(must_claim(unit, 5 + LEASE)) == ["1.jpg", "2.jpg"]


def test_the_same_item_twice_is_once(unit: UnitOfWork) -> None:
    assert comes(unit, item(1), 0)
    assert not comes(unit, item(1), 1)

    assert files(must_claim(unit, GATHER)) == ["1.jpg"]


def test_what_is_said_after_a_batch_waits_for_it(unit: UnitOfWork) -> None:
    comes(unit, item(1), 0)
    comes(unit, inbound("words"), 0.1)
    comes(unit, item(2), 0.2)

    assert claim(unit, 1) is None
    first = must_claim(unit, 2)
    assert files(first) == ["1.jpg", "2.jpg"]
    assert done(unit, first)
    assert must_claim(unit, 2).item.id == "words"


def test_a_batch_in_another_conversation_is_another_batch(unit: UnitOfWork) -> None:
    comes(unit, item(1), 0)
    comes(unit, item(2, conversation="talk:room/7"), 0)
    comes(unit, item(3, batch="other"), 0)
    comes(unit, replace(item(4), sender=BOB), 0)

    found = [must_claim(unit, 5) for _ in range(2)]
    assert [files(one) for one in found] == [["1.jpg"], ["2.jpg"]]
    assert all(done(unit, one) for one in found)
    third = must_claim(unit, 5)
    assert files(third) == ["3.jpg"]
    assert done(unit, third)
    assert files(must_claim(unit, 5)) == ["4.jpg"]


def test_a_batch_with_a_name_full_of_signs_is_a_batch(unit: UnitOfWork) -> None:
    odd = 'a"%_\\ü\n'
    comes(unit, item(1, batch=odd), 0)
    comes(unit, item(2, batch=odd), 0)

    assert files(must_claim(unit, 5)) == ["1.jpg", "2.jpg"]


def test_a_batch_taken_in_by_two_at_once_is_handled_once(
    shared: Callable[[], UnitOfWork],
) -> None:
    together = threading.Barrier(2)

    def take_in() -> None:
        unit = shared()
        together.wait()
        for number in range(10):
            comes(unit, item(number), 0)

    threads = [threading.Thread(target=take_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    claimed = must_claim(shared(), 5)
    assert sorted(files(claimed)) == [f"{number}.jpg" for number in range(10)]
    assert done(shared(), claimed)


steps = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=40)


@given(steps=steps)
@settings(max_examples=80, deadline=None)
def test_whatever_happens_every_file_of_a_batch_is_handled_once(
    steps: list[tuple[int, int]],
) -> None:
    """Comes, claims, crashes before and after a commit, retries and finishes at random."""
    with open_database("sqlite://") as database:
        office = Office(SqlUnitOfWork(database.engine))
        for action, choice in steps:
            office.act(action, choice)
        office.drain()

    assert sorted(office.handled) == sorted(f"{number}.jpg" for number in range(office.came))


class Office:
    """Workers that handle batches, and are killed."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit = unit
        self.came = 0
        self.handled: list[str] = []
        self.held: list[Claimed[InboundMessage]] = []
        self.seconds = 0.0

    def act(self, action: int, choice: int) -> None:
        match action:
            case 0 | 1:
                comes(self.unit, item(self.came, batch=("", "a", "b")[choice]), self.seconds)
                self.came += 1
            case 2:
                claimed = claim(self.unit, self.seconds)
                self.held += [claimed] if claimed else []
            case 3 if self.held:
                self.finish(self.held.pop(choice % len(self.held)))
            case 4 if self.held:
                retry(self.unit, self.held.pop(), seconds=self.seconds + 10 * choice)
            case 5 if self.held:
                with self.unit:  # killed right before the commit
                    self.unit.inbox.done(self.held[-1], at=later(self.seconds))
            case _:
                self.seconds += (1.0, GATHER, LEASE)[choice]

    def finish(self, claimed: Claimed[InboundMessage]) -> None:
        if done(self.unit, claimed):
            self.handled += files(claimed)

    def drain(self) -> None:
        self.seconds += 100 * LEASE
        while (claimed := claim(self.unit, self.seconds)) is not None:
            self.finish(claimed)
