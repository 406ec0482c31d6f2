"""Files that people give on Slack: fetched by a worker, each with its own result."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from bot.domain.limits import LARGEST_FILE
from bot.errors import NotFound
from tests.cast import ADA
from tests.slack.house import SlackHouse
from tests.slack.reading import read
from tests.slack.uploads import LOGIN_PAGE
from tests.slack.workspace import File

NOTES = b"What I did at the desk, how I did it, and what came of it."
A_WHILE = timedelta(minutes=10)


def give(house: SlackHouse, *files: File, words: str = "") -> str:
    """What Ada reads when she sends the files."""
    before = len(house.slack.posted("U0ADA"))
    house.settle(house.slack.say("U0ADA", words, *files))
    return "\n\n".join(read(m) for m in house.slack.posted("U0ADA")[before:])


def filed(house: SlackHouse) -> list[tuple[object, ...]]:
    """Name and hash of everything in the record."""
    return house.rows("SELECT name, sha256 FROM evidence ORDER BY number")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_several_files_at_once_are_each_told_of(either: SlackHouse) -> None:
    slack = either.slack
    notes = slack.add_file("U0ADA", "notes.txt", NOTES)
    gone = slack.add_file("U0ADA", "gone.txt", NOTES, served="deleted")
    more = slack.add_file("U0ADA", "more notes.txt", NOTES + b" More.")

    told = give(either, notes, gone, more, words="for TECH-1")

    assert filed(either) == [
        ("notes.txt", sha256(NOTES)),
        ("more notes.txt", sha256(NOTES + b" More.")),
    ]
    assert [name for name in ("notes.txt", "gone.txt", "more notes.txt") if name in told] == [
        "notes.txt",
        "gone.txt",
        "more notes.txt",
    ]
    assert either.files.path(sha256(NOTES)).read_bytes() == NOTES


def test_nothing_is_fetched_before_the_acknowledgement(carrel: SlackHouse) -> None:
    slack = carrel.slack
    file = slack.add_file("U0ADA", "notes.txt", NOTES)
    said = slack.say("U0ADA", "for TECH-1", file)
    slack.wait(lambda: said.acked)
    asked_early = slack.called("files.info")

    carrel.drain()

    assert asked_early == []
    assert filed(carrel) == [("notes.txt", sha256(NOTES))]


def test_a_login_page_in_place_of_a_file_is_never_kept(carrel: SlackHouse) -> None:
    slack = carrel.slack
    file = slack.add_file("U0ADA", "notes.txt", NOTES, served="login page")

    told = give(carrel, file, words="for TECH-1")

    assert filed(carrel) == []
    assert "notes.txt could not be fetched" in told
    with pytest.raises(NotFound):
        carrel.files.path(sha256(LOGIN_PAGE))


@pytest.mark.parametrize("served", ["truncated", "500", "429"])
def test_a_download_that_fails_is_tried_again(served: str, carrel: SlackHouse) -> None:
    slack = carrel.slack
    file = slack.add_file("U0ADA", "notes.txt", NOTES * 2000, served=served)
    first = give(carrel, file, words="for TECH-1")
    kept_early = filed(carrel)

    file.served = "whole"
    carrel.clock.forward(A_WHILE)
    carrel.drain()

    assert "I cannot get notes.txt from Slack just now; I keep trying." in first
    assert kept_early == []
    assert filed(carrel) == [("notes.txt", sha256(NOTES * 2000))]
    assert "notes.txt" in carrel.read_by(ADA.email)[-1]


def test_no_redirect_to_a_foreign_server_is_followed(carrel: SlackHouse) -> None:
    slack = carrel.slack
    with type(slack)() as foreign:
        url = f"{foreign.workspace.url}/files-pri/T0001-F1/download/notes.txt"
        file = slack.add_file("U0ADA", "notes.txt", NOTES, served="elsewhere", elsewhere=url)
        told = give(carrel, file, words="for TECH-1")

        assert foreign.hits == 0
    assert filed(carrel) == []
    assert "not Slack's" in told


def test_a_file_that_is_too_large_is_refused_unfetched(carrel: SlackHouse) -> None:
    slack = carrel.slack
    file = slack.add_file("U0ADA", "film.mp4", NOTES, claims=LARGEST_FILE + 1)

    told = give(carrel, file)

    assert "film.mp4 is larger than" in told
    assert slack.called("files.info") == []


def test_a_file_that_is_gone_is_said_to_be(carrel: SlackHouse) -> None:
    told = give(carrel, carrel.slack.add_file("U0ADA", "old.txt", NOTES, served="deleted"))

    assert "old.txt is not at Slack any more: send it again." in told


def test_files_of_a_stranger_are_not_even_fetched(carrel: SlackHouse) -> None:
    slack = carrel.slack
    file = slack.add_file("U0DOT", "notes.txt", NOTES)
    carrel.settle(slack.say("U0DOT", "", file))

    assert slack.called("files.info") == []
    assert "I do not know yet who you are" in read(slack.posted("U0DOT")[0])


def test_files_dropped_in_a_channel_are_filed_and_told_of_in_private(carrel: SlackHouse) -> None:
    slack = carrel.slack
    file = slack.add_file("U0ADA", "notes.txt", NOTES)
    said = slack.say("U0ADA", "for TECH-1", file, channel="C0HALL", mention=True)
    carrel.settle(said)

    assert filed(carrel) == [("notes.txt", sha256(NOTES))]
    assert "notes.txt" not in "".join(read(m) for m in slack.posted("C0HALL"))
    assert "notes.txt" in carrel.read_by(ADA.email)[-1]


def test_the_shortcut_files_what_an_earlier_message_brought(carrel: SlackHouse) -> None:
    slack = carrel.slack
    file = slack.add_file("U0ADA", "notes.txt", NOTES)
    said = slack.say("U0ADA", "look at this", file, channel="C0HALL")
    slack.wait(lambda: said.acked)

    taken = slack.shortcut("U0ADA", "file_message", channel="C0HALL", ts=said.ts)
    carrel.settle(taken)

    assert filed(carrel) == [("notes.txt", sha256(NOTES))]
    assert carrel.read_by(ADA.email)[0].startswith("I have notes.txt as file 1")
    assert slack.posted("C0HALL") == []


def test_a_wrong_place_is_put_right_by_a_button(either: SlackHouse) -> None:
    slack = either.slack
    give(either, slack.add_file("U0ADA", "notes.txt", NOTES), words="for TECH-1")

    either.settle(slack.press("U0ADA", "Undo"))

    assert either.rows("SELECT name, state FROM evidence") == [("notes.txt", "withdrawn")]
    assert read(slack.posted("U0ADA")[-1]).startswith("Undone.")
