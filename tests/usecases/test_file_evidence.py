"""Filing: where a file stands afterwards, in the record itself."""

from __future__ import annotations

from pathlib import Path

from bot.domain.messages import Attachment
from bot.domain.portfolio import Evidence, Kind, State
from channels.markup import plain_text
from tests.cast import ADA, BEA
from tests.desk import House
from tests.flows.props import prop


def record(house: House, email: str = ADA.email) -> tuple[Evidence, ...]:
    """Everything in somebody's record."""
    with house.transaction() as uow:
        person = uow.people.find(email)
        assert person is not None
        return uow.records.of(person)


def test_a_caption_files_under_every_section_it_names(home: House, tmp_path: Path) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-8 and COLL-3")

    (one,) = record(home)
    assert one.filing.state is State.FILED
    assert set(one.filing.sections) == {"TECH-8", "COLL-3"}


def test_a_waiting_file_is_filed_by_a_caption_that_comes_with_the_same_bytes(
    home: House, tmp_path: Path
) -> None:
    path = prop("notes.txt", tmp_path)
    home.send(ADA.email, path)

    said = home.send(ADA.email, path, caption="for TECH-8")

    (one,) = record(home)
    assert (one.filing.state, one.filing.sections) == (State.FILED, ("TECH-8",))
    assert "It now stands in TECH-8" in said


def test_a_caption_cannot_file_into_an_elective_that_was_not_chosen(
    home: House, tmp_path: Path
) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for CAT-1")

    (one,) = record(home)
    assert not any(section.startswith("CAT-") for section in one.filing.sections)


def test_every_elective_is_open_until_enough_are_chosen(home: House, tmp_path: Path) -> None:
    home.send(BEA.email, prop("notes.txt", tmp_path), caption="for CAT-1")

    (one,) = record(home, BEA.email)
    assert one.filing.sections == ("CAT-1",)


def test_the_same_bytes_twice_in_one_message_are_stored_once(home: House, tmp_path: Path) -> None:
    said = home.send(
        ADA.email, prop("printer-guide.pdf", tmp_path), prop("how-to-print.pdf", tmp_path)
    )

    assert len(record(home)) == 1
    assert "how-to-print.pdf is already in TECH-8" in said


def test_a_file_that_was_taken_out_is_filed_anew_when_it_is_sent_again(
    home: House, tmp_path: Path
) -> None:
    path = prop("resume.txt", tmp_path)
    home.send(ADA.email, path)
    home.say(ADA.email, "remove 1")

    home.send(ADA.email, path)

    assert [e.filing.state for e in record(home)] == [State.WITHDRAWN, State.FILED]


def test_two_people_hold_the_same_bytes_without_knowing(home: House, tmp_path: Path) -> None:
    path = prop("resume.txt", tmp_path)
    home.send(ADA.email, path)

    assert home.send(BEA.email, path).startswith("Filed resume.txt as file 1 in Resume.")
    home.say(BEA.email, "remove 1")
    assert record(home)[0].filing.state is State.FILED


def test_the_kind_that_was_said_stays_when_the_file_moves(home: House, tmp_path: Path) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-8")
    home.say(ADA.email, "mark 1 secondary")
    home.say(ADA.email, "move file 1 to coll-3")

    (one,) = record(home)
    assert (one.filing.sections, one.filing.kind) == (("COLL-3",), Kind.SECONDARY)


def test_what_the_channel_did_not_take_is_told_with_its_reason(home: House) -> None:
    refused = Attachment(name="film.mp4", size=10**9, refusal="It is too large: send a part.")

    answers = home.deliver(home.message(ADA.email, "for TECH-8", refused))

    assert plain_text(answers[0].reply) == "Not filed: film.mp4 is too large: send a part."
    assert record(home) == ()


def test_undo_takes_back_the_newest_of_two_messages_and_then_the_other(
    home: House, tmp_path: Path
) -> None:
    home.send(ADA.email, prop("resume.txt", tmp_path))
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-8")

    home.say(ADA.email, "undo")
    assert [e.filing.state for e in record(home)] == [State.FILED, State.WITHDRAWN]

    home.say(ADA.email, "undo")
    assert [e.filing.state for e in record(home)] == [State.WITHDRAWN, State.WITHDRAWN]


def test_a_receipt_tells_the_newest_step_that_led_to_where_the_file_stands(
    home: House, tmp_path: Path
) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-8")
    first = home.say(ADA.email, "receipt 1")

    home.say(ADA.email, "move 1 to COLL-3")
    moved = home.say(ADA.email, "receipt 1")
    home.say(ADA.email, "undo")

    assert moved != first
    assert home.say(ADA.email, "receipt 1") == first


def test_the_same_undo_button_twice_takes_back_one_step(home: House, tmp_path: Path) -> None:
    for name, section in (("one.txt", "TECH-8"), ("two.txt", "TECH-6")):
        path = tmp_path / name
        path.write_text(f"What I did for {name} at the desk.")
        home.send(ADA.email, path, caption=f"for {section}")
    undo = next(choice for choice in home.choices() if choice.label == "Undo")

    assert "Undone" in home.say(ADA.email, undo.says)
    assert "undone already" in home.say(ADA.email, undo.says)
    assert "one.txt, stands in TECH-8" in home.say(ADA.email, "files")
