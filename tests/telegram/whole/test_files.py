"""Files that people give on Telegram: fetched by a worker, each with its own result."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.limits import LARGEST_FILE
from storage.queues.inbox import GATHER
from storage.reading.reader import LocalTextReader
from tests.cast import ADA, DOT
from tests.samples_pictures import photo
from tests.telegram.house import TelegramHouse
from tests.telegram.reading import labels_of, read
from tests.telegram.server import TelegramServer
from tests.telegram.updates import Push
from tests.telegram.whole.conftest import HALL, open_house
from tests.telegram.world import File

NOTES = b"What I did at the desk, how I did it, and what came of it."
TOO_LARGE = 20 * 2**20 + 1


def read_after(house: TelegramHouse, push: Push) -> str:
    """What Ada reads of what comes of it, once nothing more can come with it."""
    before = len(house.read_by(ADA.email))
    house.wait(lambda: push.acked)
    house.drain()
    house.clock.forward(GATHER)
    house.drain()
    return "\n\n".join(house.read_by(ADA.email)[before:])


def filed(house: TelegramHouse) -> list[tuple[object, ...]]:
    """Name and hash of everything in the record."""
    return house.rows("SELECT name, sha256 FROM evidence ORDER BY number")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_an_album_is_one_message_with_one_result_a_file(either: TelegramHouse) -> None:
    telegram = either.telegram
    files = [
        File("notes.txt", NOTES),
        File("film.mp4", b"", claims=TOO_LARGE),
        File("more notes.txt", NOTES + b" More."),
    ]
    before = len(either.read_by(ADA.email))

    said = telegram.say(either.user(ADA.email), "for TECH-1", *files, album=True)
    told = read_after(either, said)

    assert filed(either) == [
        ("notes.txt", sha256(NOTES)),
        ("more notes.txt", sha256(NOTES + b" More.")),
    ]
    assert [told.count(file.name) > 0 for file in files] == [True] * 3
    assert len(either.read_by(ADA.email)) == before + 1
    assert either.rows("SELECT DISTINCT state FROM inbox") == [("done",)]


def test_a_photo_is_taken_at_its_largest(either: TelegramHouse) -> None:
    telegram = either.telegram
    either.read_with(LocalTextReader())
    said = telegram.say(either.user(ADA.email), "for TECH-1", File("x.png", photo()), photo=True)
    told = read_after(either, said)

    largest = max(telegram.world.files.values(), key=lambda file: file.size)
    assert filed(either) == [(f"photo-{said.id}.jpg", sha256(largest.data))]
    assert f"photo-{said.id}.jpg" in told


def test_a_forwarded_file_is_filed_like_ones_own(carrel: TelegramHouse) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "A colleague", "date": 1}
    said = carrel.telegram.say(
        carrel.user(ADA.email), "for TECH-1", File("notes.txt", NOTES), forward_origin=origin
    )

    assert "notes.txt" in read_after(carrel, said)
    assert filed(carrel) == [("notes.txt", sha256(NOTES))]


def test_a_file_of_more_than_twenty_megabytes_is_told_at_once(either: TelegramHouse) -> None:
    said = either.telegram.say(
        either.user(ADA.email), "for TECH-1", File("film.mp4", b"x", claims=TOO_LARGE)
    )

    told = read_after(either, said)

    assert "film.mp4 is larger than the 20 MB" in told
    assert "on Slack" in told
    assert either.telegram.called("getFile") == []


def test_a_server_of_ones_own_gives_files_of_any_size_up_to_the_houses_own_limit(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    (tmp_path / "carrel").mkdir()
    with TelegramServer(local=tmp_path / "bot-api") as telegram:
        house = open_house(knowledge, tmp_path / "carrel", telegram, http=False)
        film = File("film.txt", NOTES * (TOO_LARGE // len(NOTES) + 1))
        said = telegram.say(house.user(ADA.email), "for TECH-1", film)
        read_after(house, said)
        kept = filed(house)
        beyond = File("beyond.mp4", b"x", claims=LARGEST_FILE + 1)
        told = read_after(house, telegram.say(house.user(ADA.email), "", beyond))
        house.close()

    assert kept == [("film.txt", sha256(film.data))]
    assert "beyond.mp4 is larger than" in told


def test_nothing_is_fetched_before_the_acknowledgement(carrel: TelegramHouse) -> None:
    said = carrel.telegram.say(carrel.user(ADA.email), "for TECH-1", File("notes.txt", NOTES))
    carrel.wait(lambda: said.acked)
    asked_early = carrel.telegram.called("getFile")

    carrel.drain()

    assert asked_early == []
    assert filed(carrel) == [("notes.txt", sha256(NOTES))]


def test_a_download_that_breaks_is_tried_again(carrel: TelegramHouse) -> None:
    file = File("notes.txt", NOTES * 2000, served="cut")
    first = read_after(carrel, carrel.telegram.say(carrel.user(ADA.email), "for TECH-1", file))
    kept_early = filed(carrel)

    file.served = "whole"
    carrel.clock.forward(timedelta(minutes=10))
    carrel.drain()

    assert "I cannot get notes.txt from Telegram just now; I keep trying." in first
    assert kept_early == []
    assert filed(carrel) == [("notes.txt", sha256(NOTES * 2000))]
    assert "notes.txt" in carrel.read_by(ADA.email)[-1]


def test_files_of_a_stranger_are_not_even_fetched(carrel: TelegramHouse) -> None:
    said = carrel.telegram.say(carrel.user(DOT), "", File("notes.txt", NOTES))
    carrel.settle(said)

    assert carrel.telegram.called("getFile") == []
    assert "I do not know yet who you are" in carrel.read_by(DOT)[0]


def test_files_that_are_given_in_a_group_are_filed_and_told_of_in_private(
    carrel: TelegramHouse,
) -> None:
    said = carrel.telegram.mention(
        carrel.user(ADA.email), "for TECH-1", File("notes.txt", NOTES), chat=HALL
    )
    carrel.settle(said)

    assert filed(carrel) == [("notes.txt", sha256(NOTES))]
    assert "notes.txt" not in "".join(read(m) for m in carrel.telegram.posted(HALL))
    assert "notes.txt" in carrel.read_by(ADA.email)[-1]


def test_a_wrong_place_is_put_right_by_a_button(either: TelegramHouse) -> None:
    ada = either.user(ADA.email)
    read_after(either, either.telegram.say(ada, "for TECH-1", File("notes.txt", NOTES)))

    label = next(one for one in labels_of(either.told(str(ada))[-1]) if one.endswith("Undo"))
    either.settle(either.telegram.press(ada, label))

    assert either.rows("SELECT name, state FROM evidence") == [("notes.txt", "withdrawn")]
    assert either.read_by(ADA.email)[-1].startswith("Undone.")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("sticker", {"file_id": "x", "file_unique_id": "y", "emoji": "\U0001f600"}),
        ("location", {"latitude": 1.0, "longitude": 2.0}),
        ("contact", {"phone_number": "1", "first_name": "Bo"}),
        ("dice", {"emoji": "\U0001f3b2", "value": 3}),
    ],
)
def test_what_cannot_be_used_is_told_so(
    kind: str, value: dict[str, object], carrel: TelegramHouse
) -> None:
    said = carrel.telegram.give(carrel.user(ADA.email), kind, value)
    carrel.settle(said)

    told = carrel.wait(lambda: carrel.told(carrel.member(ADA.email)))[0]
    assert "Say in words what you want, or send a file." in read(told)
    assert told["reply_to_message"]["message_id"] == said.id
