"""A candidate takes their own record out by message."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.limits import LARGEST_EXPORT, MOST_EXPORTS
from bot.domain.messages import Download
from bot.usecases.erase_person import discard_bytes, erase_person
from storage.proof.verification import verify_archive
from tests.cast import ADA, DOT, MIA
from tests.desk import House
from tests.flows.props import prop
from tests.linking import steps


def given(house: House) -> list[Download]:
    """Every archive that was given, oldest first."""
    blocks = (block for one in house.channel.sent for block in one.reply.blocks)
    return [block for block in blocks if isinstance(block, Download)]


def is_kept(house: House, archive: Download) -> bool:
    """Whether its bytes are in the file store."""
    return archive.sha256 in set(house.files.names())


@pytest.fixture
def told(home: House, tmp_path: Path) -> House:
    """Ada has filed something."""
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for resume")
    return home


@pytest.mark.parametrize("said", ["export", "/export", "Export my data, please", "my archive"])
def test_a_candidate_is_given_all_of_their_record_as_an_archive(told: House, said: str) -> None:
    words = told.say(ADA.email, said)

    (archive,) = given(told)
    path = told.files.path(archive.sha256)
    assert (archive.name, archive.media_type) == ("Record of Ada Reyes.zip", "application/zip")
    assert archive.size == path.stat().st_size
    assert verify_archive(path, trusted_key=told.desk.signer.public_key).ok
    with zipfile.ZipFile(path) as members:
        assert any(name.endswith("notes.txt") for name in members.namelist())
    assert "open index.html" in words
    assert steps(told)[-1] == "exported by person:1"


def test_who_takes_their_own_record_out_has_not_looked_at_anybody(told: House) -> None:
    told.say(ADA.email, "export")

    assert "archive" not in told.say(ADA.email, "who looked")


def test_what_was_filed_since_is_in_the_next_one(told: House, tmp_path: Path) -> None:
    told.say(ADA.email, "export")
    told.send(ADA.email, prop("printer-guide.pdf", tmp_path))
    told.say(ADA.email, "export")

    first, second = given(told)
    with zipfile.ZipFile(told.files.path(second.sha256)) as members:
        assert any(name.endswith("printer-guide.pdf") for name in members.namelist())
    assert is_kept(told, first)


def test_nobody_is_given_one_archive_after_the_other_and_old_ones_are_not_kept(
    told: House,
) -> None:
    for _ in range(MOST_EXPORTS + 1):
        last = told.say(ADA.email, "export")
    assert "an hour later" in last
    assert len(given(told)) == MOST_EXPORTS

    told.clock.forward(timedelta(hours=1))
    told.say(ADA.email, "export")

    *old, new = given(told)
    assert not any(is_kept(told, one) for one in old)
    assert is_kept(told, new)


def test_a_record_that_is_too_large_is_left_to_the_staff(told: House) -> None:
    with told.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada is not None
        uow.records.add(
            ada,
            name="film.mp4",
            media_type="video/mp4",
            size=LARGEST_EXPORT,
            sha256="0" * 64,
            at=told.clock(),
        )
        uow.commit()

    words = told.say(ADA.email, "export")

    assert "more than 40 MB" in words
    (staff,) = told.choices()
    assert given(told) == []
    assert "Kept for the staff" in told.say(ADA.email, staff.says)


def test_where_others_read_along_nothing_of_it_is_given(told: House) -> None:
    told.say(ADA.email, "hello")
    asked = replace(
        told.message(ADA.email, "export"), conversation="memory:room/1", shared=True, thread="1"
    )

    told.deliver(asked)

    (message,) = (
        one for one in told.channel.sent if any(isinstance(b, Download) for b in one.reply.blocks)
    )
    assert message.conversation == f"memory:{ADA.email}"


@pytest.mark.parametrize("who", [DOT, MIA[1]])
def test_who_has_no_record_is_given_none(told: House, who: str) -> None:
    told.appoint(*MIA)

    assert told.say(who, "export") == told.say(who, "files")
    assert given(told) == []


def test_archives_are_erased_with_their_person(told: House) -> None:
    told.say(ADA.email, "export")
    (archive,) = given(told)

    with told.transaction() as uow:
        gone = erase_person(uow, told.desk.program, ADA.email, now=told.clock())
        uow.commit()
    discard_bytes(told.transaction(), told.files, gone.names)

    assert not is_kept(told, archive)
    assert list(told.files.names()) == []
