"""Who is let into a mailbox, and by what; and what is told of a server that lets nobody in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from bot.errors import ConfigurationError
from channels.email.access import parse_imap
from storage.files import FolderFileStore
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.reader import QUICK, Reader, processed, put, told
from tests.mail.tokens import access_token


async def test_staff_see_a_refused_password_and_it_is_not_tried_at_once(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    url = dovecot.url(password="wrong")
    reader = Reader.of(dovecot, tmp_path, url=url)
    reader.patience = replace(QUICK, mending=3600.0)
    task = asyncio.create_task(reader.read())
    words = await told(reader, State.TOKEN_INVALID)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert "CARREL_IMAP_URL" in words
    assert dovecot.log.read_text().count("Password mismatch") <= 1


async def test_a_fresh_token_is_read_at_each_login(dovecot: Dovecot, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(access_token(BOT, seconds=-10))
    url = dovecot.url(scheme="imaps+xoauth2", password="")
    reader = Reader.of(dovecot, tmp_path)
    reader.access = parse_imap(url, ca=dovecot.ca, token_file=token)
    task = asyncio.create_task(reader.read())
    refused = await told(reader, State.TOKEN_INVALID)
    token.unlink()
    await reader.until(lambda: "holds no access token" in reader.told[-1][1])
    token.write_text(f"{access_token(BOT)}\n")
    await told(reader, State.CONNECTED)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert "CARREL_MAIL_TOKEN_FILE" in refused


async def test_a_token_lets_in_by_the_newer_standard_too(dovecot: Dovecot, tmp_path: Path) -> None:
    dovecot.kill9()
    dovecot.add("auth_mechanisms = plain oauthbearer")
    dovecot.start()
    token = tmp_path / "token"
    token.write_text(access_token(BOT))
    url = dovecot.url(scheme="imaps+xoauth2", password="")
    reader = Reader.of(dovecot, tmp_path)
    reader.access = parse_imap(url, ca=dovecot.ca, token_file=token)
    async with reader.reading():
        pass


@pytest.mark.parametrize("scheme", ["imap+starttls", "imap"])
async def test_it_is_read_with_starttls_and_on_this_machine_without(
    dovecot: Dovecot, tmp_path: Path, scheme: str
) -> None:
    reader = Reader.of(dovecot, tmp_path, url=dovecot.url(scheme=scheme))
    async with reader.reading():
        await put(dovecot, "hello")
        await reader.until(processed(dovecot, 1))

    assert reader.texts == ["hello"]


async def test_nobody_else_is_taken_for_the_server(dovecot: Dovecot, tmp_path: Path) -> None:
    reader = Reader.of(dovecot, tmp_path)
    reader.access = parse_imap(dovecot.url())  # without the authority that signed its certificate
    task = asyncio.create_task(reader.read())
    words = await told(reader, State.RECONNECTING)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert "CARREL_CA_FILE" in words


async def test_a_folder_that_is_not_there_is_told(dovecot: Dovecot, tmp_path: Path) -> None:
    url = dovecot.url().replace("/INBOX", "/Elsewhere")
    reader = Reader.of(dovecot, tmp_path, url=url)
    task = asyncio.create_task(reader.read())
    words = await told(reader, State.NOT_PERMITTED)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert "no such folder" in words


def test_a_password_never_goes_over_the_net_in_the_clear() -> None:
    with pytest.raises(ConfigurationError, match="in the clear"):
        parse_imap("imap://me:secret@mail.example.org")


@pytest.mark.parametrize("answer", [b"", b"* OK ready\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
async def test_it_ends_at_once_whatever_the_server_does_not_say(
    tmp_path: Path, answer: bytes
) -> None:
    met, over, left = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def meet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        met.set()
        await over.wait()
        writer.close()
        await writer.wait_closed()
        left.set()

    server = await asyncio.start_server(meet, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    access = parse_imap(f"imap://me:secret@127.0.0.1:{port}")
    reader = Reader(access=access, files=FolderFileStore(tmp_path))
    task = asyncio.create_task(reader.read())
    await met.wait()
    async with asyncio.timeout(3):
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    over.set()
    await left.wait()
    server.close()
    await server.wait_closed()

    assert State.CONNECTED not in dict(reader.told)
