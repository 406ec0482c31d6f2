"""When something fails on the way: nothing is lost, nothing happens twice, and people are told."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Attachment, InboundMessage
from channels.markup import plain_text
from handlers.pipeline import MOST_CLAIMS
from tests.cast import ADA, BEA
from tests.desk import LEASE, House, sha256
from tests.flows.props import prop
from tests.flows.workers import worker


def told(house: House) -> list[str]:
    """The first words of every answer."""
    return [" ".join(plain_text(m.reply).split()[:2]) for m in house.channel.sent]


def later(house: House, **by: float) -> None:
    """Lets time pass and does what is due then."""
    house.clock.forward(timedelta(**by))
    house.drain()


def inbox(house: House) -> dict[str, int]:
    """How many messages are in each state, states without any left out."""
    with house.transaction() as uow:
        return {state: count for state, count in uow.inbox.counts().items() if count}


def with_file(house: House, name: str, *, id: str = "") -> InboundMessage:
    """A message of Ada's with that file, which the store has taken."""
    return house.message(ADA.email, "", house.attach(prop(name, house.folder)), id=id)


@pytest.fixture
def full(home: House) -> House:
    """A house where no further file can be stored: a file lies where its folder should be."""
    home.deliver(with_file(home, "proofs.zip", id="taken before"))
    home.say(ADA.email, "undo")
    home.channel.sent.clear()
    spoil(home)
    return home


def spoil(house: House) -> None:
    incoming = house.folder / "files" / "incoming"
    shutil.rmtree(incoming)
    incoming.touch()


def repair(house: House) -> None:
    (house.folder / "files" / "incoming").unlink()


def archive_again(house: House) -> InboundMessage:
    """The archive once more: its own bytes are stored, its members are to be stored anew."""
    path = house.folder / "proofs.zip"
    attached = Attachment(name=path.name, size=path.stat().st_size, sha256=sha256(path))
    return house.message(ADA.email, "", attached)


def test_a_message_that_fails_is_tried_again_until_it_succeeds(full: House) -> None:
    full.deliver(archive_again(full))
    assert told(full) == []
    assert inbox(full)["waiting"] == 1

    repair(full)
    later(full, seconds=4)
    assert told(full) == []

    later(full, seconds=1)
    assert told(full) == ["1 filed,"]


def test_after_four_failures_the_person_is_told_and_the_message_kept(full: House) -> None:
    full.deliver(archive_again(full))
    for _ in range(4):
        later(full, minutes=1)

    assert told(full) == ["Something went"]
    assert inbox(full)["given-up"] == 1
    assert full.say(ADA.email, "1").startswith("This is what you can send me")


def test_later_messages_wait_for_the_one_that_fails_and_others_do_not(full: House) -> None:
    full.deliver(archive_again(full))
    full.say(ADA.email, "thanks")
    full.say(BEA.email, "hello")
    assert told(full) == ["Hello Bea."]

    repair(full)
    later(full, minutes=1)

    assert told(full) == ["Hello Bea.", "1 filed,", "You are"]


def test_a_file_whose_bytes_are_gone_is_asked_for_again(home: House) -> None:
    message = with_file(home, "notes.txt")
    home.files.discard(message.attachments[0].sha256)

    answers = home.deliver(message)

    assert plain_text(answers[0].reply) == (
        "Not filed: notes.txt is no longer here: please send it again."
    )


def test_the_same_message_twice_is_answered_once(home: House) -> None:
    message = with_file(home, "resume.txt", id="vendor-7")

    assert len(home.deliver(message)) == 1
    assert home.pipeline.receive(message) is False
    assert home.deliver(message) == []
    assert home.say(ADA.email, "files").count("resume.txt") == 1


def test_the_same_words_in_two_messages_are_answered_twice(home: House) -> None:
    assert [home.say(ADA.email, "thanks") for _ in range(2)] == ["You are welcome."] * 2


def test_messages_received_together_are_answered_in_order(home: House) -> None:
    for text in ("hello", "thanks", "bye"):
        home.pipeline.receive(home.message(ADA.email, text))
    home.drain()

    assert told(home) == ["Hello Ada.", "You are", "Goodbye. Everything"]


def test_what_a_crashed_worker_had_begun_is_done_by_another(home: House) -> None:
    home.pipeline.receive(home.message(ADA.email, "thanks"))
    with home.transaction() as uow:
        uow.inbox.claim(now=home.clock(), lease_seconds=LEASE)
        uow.commit()

    home.drain()
    assert told(home) == []

    later(home, seconds=LEASE)
    assert told(home) == ["You are"]


def test_a_worker_that_was_overtaken_changes_nothing(home: House) -> None:
    def overtake() -> None:
        later(home, seconds=LEASE)

    home.pipeline.receive(with_file(home, "resume.txt"))
    assert worker(home, overtake).handle_one()
    home.drain()

    assert told(home) == ["Filed resume.txt"]
    assert home.say(ADA.email, "files").count("resume.txt") == 1


def test_a_worker_that_was_overtaken_and_fails_tells_no_failure(home: House) -> None:
    def fail() -> None:
        raise OSError("the disk is gone")

    def overtake_and_fail() -> None:
        later(home, seconds=LEASE)
        fail()

    home.pipeline.receive(with_file(home, "resume.txt"))
    for _ in range(3):
        assert worker(home, fail).handle_one()
        home.clock.forward(timedelta(minutes=1))
    assert worker(home, overtake_and_fail).handle_one()
    home.drain()

    assert told(home) == ["Filed resume.txt"]
    assert inbox(home) == {"done": 1}


def test_an_archive_that_cannot_be_unpacked_is_refused_whole(home: House, tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK\x03\x04 and nothing more")

    assert home.send(ADA.email, path).startswith("Not filed: broken.zip ")


def test_passing_a_question_on_twice_gives_it_one_number(home: House) -> None:
    assert "as question 1." in home.say(ADA.email, "ask staff: may I send a film?")

    assert "as question 1." in home.say(ADA.email, "ask staff: may I send a film?")


def test_an_unknown_set_is_named_as_such(home: House) -> None:
    assert "I know no set 'the moon'" in home.say(ADA.email, "missing in the moon")
    told = home.say(ADA.email, "What do I still need in Technology?")

    assert "Technology lacks evidence for 9 of 9" in told
    assert "Access Services lacks" not in told


def test_a_message_that_ends_the_process_every_time_is_given_up(home: House) -> None:
    home.pipeline.receive(home.message(ADA.email, "files"))
    for _ in range(MOST_CLAIMS):  # each time a worker takes it and is never heard of again
        with home.transaction() as uow:
            assert uow.inbox.claim(now=home.clock(), lease_seconds=1) is not None
            uow.commit()
        home.clock.forward(timedelta(seconds=2))

    home.drain()

    assert "Something went wrong on my side" in plain_text(home.channel.sent[-1].reply)
    with home.transaction() as uow:
        assert uow.inbox.counts()["given-up"] == 1


@pytest.mark.parametrize(
    "said",
    ["what do I need for the application?", "link to the forms", "What is missing from the FAQ?"],
)
def test_a_question_that_looks_like_a_command_is_a_question(home: House, said: str) -> None:
    told = home.say(ADA.email, said)

    assert "I know no set" not in told
    assert "code is wrong" not in told


def test_a_question_for_staff_is_kept_in_the_very_words(home: House) -> None:
    home.say(ADA.email, "ask staff: may I send it later, please?")

    with home.transaction() as uow:
        asked = home.message(ADA.email, "")
        same = uow.handovers.add(
            asked.sender,
            asked.conversation,
            "may I send it later, please?",
            person=None,
            at=home.clock(),
        )
    assert same.number == 1
    assert not same.new


def test_undo_of_another_file_than_the_last_is_refused(home: House, tmp_path: Path) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-8")
    home.send(ADA.email, prop("resume.txt", tmp_path))

    assert "not about file 1" in home.say(ADA.email, "undo file 1")
    assert "TECH-8" in home.say(ADA.email, "show 1")
    assert "Undone" in home.say(ADA.email, "undo 2")


def test_a_number_beyond_all_numbers_is_no_file(home: House) -> None:
    assert "You have no file number" in home.say(ADA.email, "remove 99999999999999999999")


def test_a_message_of_a_book_s_length_is_not_read(home: House) -> None:
    assert "longer than 20,000 characters" in home.say(ADA.email, "long " * 5000)


def test_an_elective_that_was_not_chosen_lacks_nothing(home: House) -> None:
    assert "you did not choose" in home.say(ADA.email, "missing in Youth Services")


def test_a_number_that_fits_no_choice_offers_the_choices_again(home: House) -> None:
    home.say(ADA.email, "who won the football game yesterday?")

    assert "Pick 1, or say it in words." in home.say(ADA.email, "7")
    assert "Kept for the staff" in home.say(ADA.email, "1")
