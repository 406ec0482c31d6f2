"""Files given on Telegram are fetched whole and with care, or it is said what to do."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.messages import Attachment
from bot.errors import Unfetched
from channels.saving import SECONDS
from channels.telegram.access import MEGABYTE, TelegramAccess
from channels.telegram.files import TelegramFiles
from channels.telegram.patience import TelegramPatience
from tests.telegram.server import TelegramServer
from tests.telegram.world import File

LARGEST = 1_000_000
BYTES = b"%PDF-1.7 " + bytes(range(256)) * 2_000


def files_of(telegram: TelegramServer, **more: Any) -> TelegramFiles:
    access = TelegramAccess(token=telegram.token, api_url=telegram.api_url, **more)
    return TelegramFiles(access)


def given(telegram: TelegramServer, name: str, data: bytes = BYTES, **more: Any) -> Attachment:
    file = telegram.world.add_file(File(name, data, **more))
    return Attachment(name=name, size=len(data), source=f"telegram:{file.id}")


def refused(files: TelegramFiles, attachment: Attachment, into: Path) -> Unfetched:
    with pytest.raises(Unfetched) as caught:
        files.fetch(attachment, into=into, largest=LARGEST)
    assert caught.value.advice.startswith("It ")
    assert list(into.iterdir()) == []
    return caught.value


def test_a_file_is_fetched_whole(telegram: TelegramServer, tmp_path: Path) -> None:
    attachment = given(telegram, "a.pdf")
    path = files_of(telegram).fetch(attachment, into=tmp_path, largest=LARGEST)

    assert path.parent == tmp_path
    assert path.read_bytes() == BYTES


def test_a_file_with_a_long_id_is_fetched_too(telegram: TelegramServer, tmp_path: Path) -> None:
    attachment = given(telegram, "a.pdf", id="B" * 300)
    path = files_of(telegram).fetch(attachment, into=tmp_path, largest=LARGEST)

    assert path.read_bytes() == BYTES


def test_an_empty_file_is_fetched_too(telegram: TelegramServer, tmp_path: Path) -> None:
    attachment = given(telegram, "a.txt", b"")
    path = files_of(telegram).fetch(attachment, into=tmp_path, largest=LARGEST)

    assert path.read_bytes() == b""


def test_what_telegram_hands_out_to_no_bot_names_the_other_ways(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    attachment = given(telegram, "a.mov", b"x", claims=20 * MEGABYTE + 1)
    failed = refused(files_of(telegram, elsewhere="on Slack"), attachment, tmp_path)

    assert not failed.again
    assert "20 MB" in failed.advice
    assert "on Slack" in failed.advice


@pytest.mark.parametrize("claims", [-1, 10])
def test_a_file_that_is_too_large_for_the_house_is_refused(
    telegram: TelegramServer, tmp_path: Path, claims: int
) -> None:
    attachment = given(telegram, "a.mov", bytes(LARGEST + 1), claims=claims)

    assert not refused(files_of(telegram), attachment, tmp_path).again


@pytest.mark.parametrize("served", ["cut", "gone", "503"])
def test_a_download_that_breaks_is_tried_again(
    telegram: TelegramServer, tmp_path: Path, served: str
) -> None:
    attachment = given(telegram, "a.pdf", served=served)

    assert refused(files_of(telegram), attachment, tmp_path).again


def test_a_download_of_the_wrong_length_is_tried_again(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    attachment = given(telegram, "a.pdf", claims=len(BYTES) + 1)
    failed = refused(files_of(telegram), attachment, tmp_path)

    assert failed.again
    assert "incomplete" in failed.advice


def test_a_place_that_is_over_is_asked_for_anew(telegram: TelegramServer, tmp_path: Path) -> None:
    attachment = given(telegram, "a.pdf", served="gone once")
    path = files_of(telegram).fetch(attachment, into=tmp_path, largest=LARGEST)

    assert path.read_bytes() == BYTES
    assert len(telegram.called("getFile")) == 2


def test_a_limit_of_telegrams_is_obeyed(telegram: TelegramServer, tmp_path: Path) -> None:
    files = files_of(telegram)
    by_download = refused(files, given(telegram, "a.pdf", served="429"), tmp_path)
    telegram.fail("getFile", retry_after=9)
    by_method = refused(files, given(telegram, "b.pdf"), tmp_path)

    assert [(f.again, f.retry_after) for f in (by_download, by_method)] == [(True, 3), (True, 9)]


@pytest.mark.parametrize("status", [401, 500, 502])
def test_trouble_of_telegram_s_or_ours_is_no_lasting_refusal(
    telegram: TelegramServer, tmp_path: Path, status: int
) -> None:
    telegram.fail("getFile", status=status)

    assert refused(files_of(telegram), given(telegram, "a.pdf"), tmp_path).again


def test_a_file_that_telegram_does_not_know_is_refused(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    telegram.fail("getFile", description="Bad Request: invalid file_id")
    unknown = Attachment(name="x", size=1, source="telegram:AgACAgIAAxkBAAI")
    no_id = Attachment(name="x", size=1, source="telegram:../../etc")

    failed = [refused(files_of(telegram), one, tmp_path) for one in (unknown, no_id)]

    assert [one.again for one in failed] == [False, False]
    assert refused(files_of(telegram), unknown, tmp_path).again  # Telegram says: perhaps not now


def test_a_network_that_is_away_is_no_lasting_refusal(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    attachment = given(telegram, "a.pdf")
    telegram.go_down()

    assert refused(files_of(telegram), attachment, tmp_path).again


def test_a_download_that_takes_too_long_is_tried_again(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    access = TelegramAccess(token=telegram.token, api_url=telegram.api_url)
    attachment = given(telegram, "a.pdf", served="stalls")

    assert refused(TelegramFiles(access, seconds=0.5), attachment, tmp_path).again


def test_a_file_is_given_up_before_another_worker_would_begin() -> None:
    lease = 120.0

    assert lease > SECONDS
    assert TelegramPatience().sending < lease


def test_no_failure_tells_the_token(telegram: TelegramServer, tmp_path: Path) -> None:
    attachment = given(telegram, "a.pdf", served="cut")
    failed = refused(files_of(telegram), attachment, tmp_path)

    assert telegram.token not in f"{failed!r}{failed}{failed.__cause__!r}"
    assert failed.__suppress_context__


async def test_it_is_for_threads_without_an_event_loop(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    attachment = given(telegram, "a.pdf")
    fetch = files_of(telegram).fetch

    path = await asyncio.to_thread(fetch, attachment, into=tmp_path, largest=LARGEST)

    assert path.read_bytes() == BYTES


# --- one's own Bot API server in local mode


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TelegramServer]:
    """A Bot API server whose folder is seen from here under another name."""
    (tmp_path / "seen").symlink_to(tmp_path / "kept", target_is_directory=True)
    with TelegramServer(local=tmp_path / "kept") as server:
        yield server


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """Where files are to come."""
    (tmp_path / "into").mkdir()
    return tmp_path / "into"


def test_a_file_of_any_size_is_taken_from_the_folder(
    own: TelegramServer, tmp_path: Path, into: Path
) -> None:
    attachment = given(own, "a.mov", claims=21 * MEGABYTE, data=b"x" * 21 * MEGABYTE)
    files = files_of(own, files=tmp_path / "seen")
    path = files.fetch(attachment, into=into, largest=50 * MEGABYTE)

    assert path.parent == into
    assert path.stat().st_size == 21 * MEGABYTE
    assert path.stat().st_nlink == 1  # what is done to it does nothing to the server's


def test_the_folder_may_be_the_bot_s_own(own: TelegramServer, tmp_path: Path, into: Path) -> None:
    files = files_of(own, files=tmp_path / "seen" / own.token)
    path = files.fetch(given(own, "a.pdf"), into=into, largest=LARGEST)

    assert path.read_bytes() == BYTES


def test_a_folder_that_is_not_seen_is_for_whoever_runs_carrel_to_mend(
    own: TelegramServer, tmp_path: Path, into: Path
) -> None:
    attachment = given(own, "a.pdf")
    failed = [
        refused(files_of(own, **more), attachment, into)
        for more in ({}, {"files": tmp_path / "none"})
    ]

    assert [one.again for one in failed] == [False, False]
    assert all("whoever runs Carrel" in one.advice for one in failed)


def test_the_house_s_limit_holds_in_the_folder_too(
    own: TelegramServer, tmp_path: Path, into: Path
) -> None:
    attachment = given(own, "a.mov", bytes(LARGEST + 1), claims=10)
    failed = refused(files_of(own, files=tmp_path / "seen"), attachment, into)

    assert (failed.again, "larger" in failed.advice) == (False, True)


@pytest.mark.parametrize(
    "place",
    [
        "/etc/passwd",
        "/srv/{token}/../../etc/passwd",
        "/srv/{token}/documents/../../../secret.txt",
        "/srv/{token}//etc/passwd",
        "/srv/{token}",
        "/srv/{token}/link/secret.txt",
        "/srv/{token}/secret-link.txt",
        "/srv/{token}/pipe",
        "../secret.txt",
        "",
    ],
)
def test_nothing_outside_the_folder_is_read(
    own: TelegramServer, tmp_path: Path, into: Path, place: str
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    attachment = given(own, "a.pdf")
    bots = tmp_path / "kept" / own.token
    (bots / "link").symlink_to(tmp_path, target_is_directory=True)
    (bots / "secret-link.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(bots / "pipe")
    own.world.files[attachment.source.partition(":")[2]].path = place.format(token=own.token)

    refused(files_of(own, files=tmp_path / "seen"), attachment, into)
