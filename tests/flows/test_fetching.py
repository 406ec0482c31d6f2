"""Files that wait at a channel until somebody works on their message."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.limits import LARGEST_FILE
from bot.domain.messages import Attachment, InboundMessage
from bot.errors import Unfetched
from channels.markup import plain_text
from handlers.pipeline import MOST_FETCHES, Pipeline
from tests.cast import ADA, DOT
from tests.desk import LEASE, House
from tests.flows.props import prop

AWAY = Unfetched("It could not be fetched from the vendor: send it again.", again=True)
GONE = Unfetched("It was deleted at the vendor: send it again.", again=False)


@dataclass(slots=True)
class Vendor:
    """Files by their identifier there. `failures` come before files, in order."""

    files: Mapping[str, Path]
    failures: list[Unfetched] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def fetch(self, attachment: Attachment, *, into: Path, largest: int) -> Path:
        """A copy of the file."""
        if self.failures:
            raise self.failures.pop(0)
        assert largest == LARGEST_FILE
        self.fetched.append(attachment.source)
        copy = into / attachment.name
        copy.write_bytes(self.files[attachment.source].read_bytes())
        return copy


@pytest.fixture
def vendor(home: House, tmp_path: Path) -> Vendor:
    """A vendor with two files, whom Carrel can ask for them."""
    names = {"memory:F1": "printer-guide.pdf", "memory:F2": "notes.txt"}
    made = Vendor(files={key: prop(name, tmp_path) for key, name in names.items()})
    home.desk = replace(home.desk, fetchers={"memory": made})
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE)
    return made


def waiting(house: House, who: str, *sources: str, size: int = 0) -> InboundMessage:
    """A message whose files were not fetched yet."""
    names = {"memory:F1": "printer-guide.pdf", "memory:F2": "notes.txt"}
    attached = (
        Attachment(name=names.get(one, "other.pdf"), size=size, source=one) for one in sources
    )
    return house.message(who, "", *attached)


def said(house: House, message: InboundMessage) -> str:
    """What Carrel answers at once."""
    before = len(house.heard(message.sender.value))
    house.deliver(message)
    return "\n\n".join(house.heard(message.sender.value)[before:])


def later(house: House, seconds: float) -> list[str]:
    """What Ada has heard once so much time has passed."""
    house.clock.forward(timedelta(seconds=seconds))
    house.drain()
    return house.heard(ADA.email)


def test_files_are_fetched_when_their_message_is_handled(home: House, vendor: Vendor) -> None:
    home.pipeline.receive(waiting(home, ADA.email, "memory:F1", "memory:F2"))
    assert vendor.fetched == []

    home.drain()

    (told,) = home.heard(ADA.email)
    assert "printer-guide.pdf" in told
    assert "notes.txt" in told
    assert vendor.fetched == ["memory:F1", "memory:F2"]
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        kept = uow.records.of(person)
        held = [home.files.path(one.sha256).read_bytes() for one in kept]
    assert held == [path.read_bytes() for path in vendor.files.values()]


def test_an_archive_is_taken_apart_and_not_kept_itself(
    home: House, vendor: Vendor, tmp_path: Path
) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for path in vendor.files.values():
            made.write(path, path.name)
    vendor.files = {"memory:F3": archive}

    told = said(home, waiting(home, ADA.email, "memory:F3"))

    assert "printer-guide.pdf" in told
    assert "notes.txt" in told
    assert len(list(home.files.names())) == 2


def test_a_vendor_that_is_away_is_asked_again(home: House, vendor: Vendor) -> None:
    vendor.failures = [AWAY, AWAY]
    late = said(home, waiting(home, ADA.email, "memory:F1"))

    assert later(home, 5) == [late]
    assert later(home, 9) == [late]
    (_, told) = later(home, 1)
    assert "printer-guide.pdf" in told


def test_that_a_file_takes_longer_is_said_once_by_its_name(home: House, vendor: Vendor) -> None:
    vendor.failures = [AWAY, AWAY, AWAY]
    late = said(home, waiting(home, ADA.email, "memory:F1"))

    assert "I cannot get printer-guide.pdf just now; I keep trying." in late
    assert "memory" not in late
    assert "vendor" not in late
    assert sum("I keep trying" in text for text in later(home, 60)) == 1


def test_a_late_file_of_a_room_is_told_to_its_sender_alone(home: House, vendor: Vendor) -> None:
    vendor.failures = [AWAY]
    own = waiting(home, ADA.email, "memory:F1")
    home.deliver(replace(own, conversation="memory:room/1", shared=True, thread="1"))

    (late,) = (one for one in home.channel.sent if "I keep trying" in plain_text(one.reply))
    assert (late.conversation, late.thread) == (f"memory:{ADA.email}", "")


def test_the_vendors_own_waiting_time_is_kept(home: House, vendor: Vendor) -> None:
    vendor.failures = [Unfetched("It is too early.", again=True, retry_after=300)]
    said(home, waiting(home, ADA.email, "memory:F1"))

    assert len(later(home, 299)) == 1
    assert len(later(home, 1)) == 2


def test_what_cannot_be_fetched_in_the_end_is_refused_and_the_rest_is_kept(
    home: House, vendor: Vendor
) -> None:
    vendor.failures = [AWAY] * MOST_FETCHES
    said(home, waiting(home, ADA.email, "memory:F1", "memory:F2"))
    for _ in range(MOST_FETCHES):
        later(home, 3600)

    (_, told) = home.heard(ADA.email)
    assert "could not be fetched from the vendor: send it again" in told
    assert "notes.txt" in told
    assert vendor.fetched == ["memory:F2"]


def test_what_is_gone_is_refused_at_once(home: House, vendor: Vendor) -> None:
    vendor.failures = [GONE]

    told = said(home, waiting(home, ADA.email, "memory:F1", "memory:F2"))

    assert "deleted at the vendor" in told
    assert "notes.txt" in told


def test_what_is_too_large_is_not_even_fetched(home: House, vendor: Vendor) -> None:
    told = said(home, waiting(home, ADA.email, "memory:F1", size=LARGEST_FILE + 1))

    assert "larger than 50 MB" in told
    assert vendor.fetched == []


def test_a_file_of_a_channel_that_nobody_serves_is_refused_in_the_end(
    home: House, vendor: Vendor
) -> None:
    assert said(home, waiting(home, ADA.email, "pigeon:F1")) == ""
    for _ in range(MOST_FETCHES - 2):
        assert later(home, 3600) == []

    (told,) = later(home, 3600)
    assert "could not be fetched from pigeon" in told


def test_a_file_that_one_process_cannot_fetch_is_fetched_by_another(
    home: House, vendor: Vendor
) -> None:
    deaf = Pipeline(replace(home.desk, fetchers={}), home.transaction, lease_seconds=LEASE)
    deaf.receive(waiting(home, ADA.email, "memory:F1"))
    assert deaf.handle_one()

    (told,) = later(home, 5)
    assert "printer-guide.pdf" in told
    assert "could not be fetched" not in told


def test_messages_of_other_channels_are_left_to_who_serves_them(
    home: House, vendor: Vendor
) -> None:
    pigeons = Pipeline(
        home.desk, home.transaction, lease_seconds=LEASE, channels=("pigeon", "console:ada")
    )
    pigeons.receive(waiting(home, ADA.email, "memory:F1"))

    assert not pigeons.handle_one()
    assert len(later(home, 0)) == 1


def test_files_of_a_stranger_are_not_fetched(home: House, vendor: Vendor) -> None:
    told = said(home, waiting(home, DOT, "memory:F1"))

    assert "connect" in told
    assert vendor.fetched == []
    assert list(home.files.names()) == []
