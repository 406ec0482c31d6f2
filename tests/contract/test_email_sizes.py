"""Mails that are too large for the server: files go as links, or with words on how to get them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.messages import Download, Paragraph
from bot.errors import DeliveryFailed
from channels.email.sending.sender import Sender
from storage.files import FolderFileStore
from tests.mailing import OWN, PUBLIC, Pane, message, sender, twin
from tests.post_office import post_office


@pytest.fixture
def files(tmp_path: Path) -> FolderFileStore:
    """Where files for people are kept."""
    return FolderFileStore(tmp_path / "files")


def kept(files: FolderFileStore, tmp_path: Path, size: int, *, name: str = "all.zip") -> Download:
    """A file for somebody, of so many bytes."""
    path = tmp_path / name
    path.write_bytes(bytes(size))
    return Download(name=name, media_type="application/zip", size=size, sha256=files.put(path))


async def test_what_the_server_says_it_cannot_hold_goes_as_a_link(
    files: FolderFileStore, tmp_path: Path
) -> None:
    window = Pane()
    large, small = kept(files, tmp_path, 60_000), kept(files, tmp_path, 900, name="small.zip")
    async with post_office(size=70_000) as office:  # 60,000 bytes are 80,000 when they are encoded
        who = Sender(address=OWN, hears=True, public_url=PUBLIC)
        url = f"smtp://127.0.0.1:{office.port}"
        channel = sender(url, files, who=who, window=window, most=10**6)
        await channel.send(message(Paragraph(text="Here."), large, small))
        await channel.close()

    (mail,) = office.mails
    assert [part.get_filename() for part in mail.iter_attachments()] == ["small.zip"]
    assert f"{PUBLIC}/mail/file/file-" in twin(mail)
    assert set(window.had_by.values()) == {large}


@pytest.mark.parametrize(
    ("public_url", "words"),
    [(PUBLIC, f"{PUBLIC}/mail/file/file-0"), ("", "is too large to be mailed: ask for it where")],
)
async def test_what_the_server_finds_too_large_goes_again_without_its_files(
    files: FolderFileStore, tmp_path: Path, public_url: str, words: str
) -> None:
    file = kept(files, tmp_path, 60_000)
    async with post_office() as office:
        office.most = 50_000
        who = Sender(address=OWN, hears=True, public_url=public_url)
        channel = sender(f"smtp://127.0.0.1:{office.port}", files, who=who, most=10**6)
        await channel.send(message(Paragraph(text="Here."), file))
        await channel.close()

    (mail,) = office.mails
    assert list(mail.iter_attachments()) == []
    assert words in twin(mail)
    assert words in twin(mail, "html")


async def test_words_that_are_too_large_alone_are_refused_for_good(files: FolderFileStore) -> None:
    async with post_office() as office:
        office.most = 10
        channel = sender(f"smtp://127.0.0.1:{office.port}", files)
        with pytest.raises(DeliveryFailed, match=r"552 5\.3\.4") as failed:
            await channel.send(message())
        await channel.close()

    assert failed.value.permanent
    assert not failed.value.gone


async def test_it_goes_again_also_where_the_server_hangs_up_on_what_is_too_large(
    files: FolderFileStore, tmp_path: Path
) -> None:
    file = kept(files, tmp_path, 60_000)
    async with post_office() as office:
        office.most, office.mute = 50_000, True
        channel = sender(f"smtp://127.0.0.1:{office.port}", files, most=10**6)
        with pytest.raises(DeliveryFailed, match="did not say whether"):
            await channel.send(message(Paragraph(text="Here."), file))
        await channel.close()

    (mail,) = office.mails
    assert list(mail.iter_attachments()) == []
