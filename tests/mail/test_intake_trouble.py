"""Mail comes in whatever happens at the mailbox's server, and what is wrong is told."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from bot.errors import ConfigurationError
from channels.email.access import parse_imap
from channels.email.reading.allowance import LARGEST_MAIL
from storage.files import FolderFileStore
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.reader import QUICK, Reader, mail
from tests.mail.tokens import access_token

PLAIN = "IMAP4rev1 LITERAL+ NAMESPACE UIDPLUS AUTH=PLAIN"  # neither IDLE nor MOVE


@pytest.fixture
def reader(dovecot: Dovecot, tmp_path: Path) -> Reader:
    """Reads the server's mailbox over TLS."""
    return Reader.of(dovecot, tmp_path)


async def put(dovecot: Dovecot, *words: str) -> None:
    """Mails of these words come."""
    for one in words:
        await asyncio.to_thread(dovecot.deliver, mail(one))


def processed(dovecot: Dovecot, count: int) -> Callable[[], bool]:
    """Whether so many mails are dealt with."""
    return lambda: dovecot.count(folder="Processed") == count


async def told(reader: Reader, state: State) -> str:
    """What is told with the state."""
    await reader.until(lambda: reader.told and reader.told[-1][0] is state)
    return reader.told[-1][1]


async def test_a_server_that_was_killed_is_found_again_and_nothing_is_lost(
    dovecot: Dovecot, reader: Reader
) -> None:
    async with reader.reading():
        await put(dovecot, "before")
        await reader.until(processed(dovecot, 1))
        dovecot.kill9()
        words = await told(reader, State.RECONNECTING)
        await asyncio.to_thread(dovecot.start)
        await told(reader, State.CONNECTED)
        await put(dovecot, "after")
        await reader.until(processed(dovecot, 2))

    assert words == "the mailbox's server is not reached"
    assert reader.texts == ["before", "after"]


async def test_new_numbers_for_all_mail_make_nothing_old_new(
    dovecot: Dovecot, reader: Reader
) -> None:
    dovecot.put([mail("long ago")])
    then = (datetime.now(UTC) - timedelta(hours=1)).timestamp()
    async with reader.reading():
        await put(dovecot, "before")
        await reader.until(processed(dovecot, 1))
    _back_date(dovecot, then)
    await put(dovecot, "meanwhile")
    renumber = ("mailbox", "update", "--uid-validity", "4242", "-u", BOT, "INBOX")
    await asyncio.to_thread(dovecot.doveadm, *renumber)
    async with reader.reading():
        await reader.until(processed(dovecot, 2))
        await put(dovecot, "later")
        await reader.until(processed(dovecot, 3))
    async with reader.reading():
        pass

    assert reader.texts == ["before", "meanwhile", "later"]
    assert dovecot.count() == 1


async def test_new_numbers_while_it_reads_are_noticed(dovecot: Dovecot, reader: Reader) -> None:
    async with reader.reading():
        await put(dovecot, "before")
        await reader.until(processed(dovecot, 1))
        renumber = ("mailbox", "update", "--uid-validity", "4242", "-u", BOT, "INBOX")
        await asyncio.to_thread(dovecot.doveadm, *renumber)
        await put(dovecot, "after")
        await reader.until(processed(dovecot, 2))

    assert reader.texts == ["before", "after"]


async def test_what_others_do_in_the_mailbox_does_no_harm(dovecot: Dovecot, reader: Reader) -> None:
    async with reader.reading():
        pass
    await put(dovecot, *(f"mail {n}" for n in range(4)))
    await asyncio.to_thread(
        dovecot.doveadm, "flags", "add", "-u", BOT, r"\Seen", "mailbox", "INBOX", "1"
    )
    await asyncio.to_thread(
        dovecot.doveadm, "flags", "add", "-u", BOT, r"\Flagged \Deleted", "mailbox", "INBOX", "2"
    )
    await asyncio.to_thread(dovecot.doveadm, "expunge", "-u", BOT, "mailbox", "INBOX", "uid", "3")
    async with reader.reading():
        await reader.until(processed(dovecot, 3))

    assert reader.texts == ["mail 0", "mail 1", "mail 3"]


async def test_what_somebody_takes_away_while_it_is_kept_does_no_harm(
    dovecot: Dovecot, reader: Reader
) -> None:
    def expunge(message: object) -> None:
        del message
        dovecot.doveadm("expunge", "-u", BOT, "mailbox", "INBOX", "uid", "1")

    async with reader.reading():
        pass
    await put(dovecot, "taken away", "stays")
    reader.refuse = expunge
    async with reader.reading():
        await reader.until(processed(dovecot, 1))

    assert reader.texts == ["taken away", "stays"]
    assert dovecot.count() == 0


async def test_a_server_without_news_and_moving_is_asked_and_copies(
    dovecot: Dovecot, reader: Reader
) -> None:
    dovecot.kill9()
    dovecot.add(f"imap_capability = {PLAIN}")
    dovecot.start()
    async with reader.reading():
        await put(dovecot, "first")
        await reader.until(processed(dovecot, 1))
        await put(dovecot, "second")
        await reader.until(processed(dovecot, 2))

    assert reader.texts == ["first", "second"]
    assert dovecot.count() == 0


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


async def test_a_mail_beyond_all_bounds_is_told_to_its_sender_and_set_aside(
    dovecot: Dovecot, reader: Reader
) -> None:
    async with reader.reading():
        pass
    dovecot.put([mail("films"), mail("huge") + b"x" * 998 * 10 + b"\r\n" * (LARGEST_MAIL // 2)])
    async with reader.reading():
        await reader.until(lambda: dovecot.count(folder="Failed") == 1)
        await reader.until(lambda: len(reader.kept) == 2)

    _, huge = reader.kept.values()
    (attachment,) = huge.attachments
    assert attachment.refusal.startswith("It is larger than 60 MB")
    assert (attachment.name, huge.text) == ("About huge", "")


def test_a_password_never_goes_over_the_net_in_the_clear() -> None:
    with pytest.raises(ConfigurationError, match="in the clear"):
        parse_imap("imap://me:secret@mail.example.org")


def _back_date(dovecot: Dovecot, then: float) -> None:
    """What lies in the inbox came then, as the server sees it."""
    for path in dovecot.maildir().glob("*/*:2,*"):
        os.utime(path, (then, then))


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


async def test_a_server_that_refuses_to_tell_of_news_is_asked(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    refused = 0

    async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal refused
        inside, outside = await asyncio.open_connection("127.0.0.1", dovecot.imap)
        answers = asyncio.create_task(_copied(inside, writer))
        while line := await reader.readline():
            if line.endswith(b" IDLE\r\n"):
                refused += 1
                writer.write(line.replace(b"IDLE", b"NO not now"))
            else:
                outside.write(line)
        for one in (outside, writer):
            one.close()
        await asyncio.gather(answers, return_exceptions=True)

    async with await asyncio.start_server(between, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        url = dovecot.url(scheme="imap").replace(str(dovecot.imap), str(port))
        reader = Reader.of(dovecot, tmp_path, url=url)
        async with reader.reading():
            await put(dovecot, "first")
            await reader.until(processed(dovecot, 1))
            await put(dovecot, "second")
            await reader.until(processed(dovecot, 2))

    assert reader.texts == ["first", "second"]
    assert 1 <= refused <= 3
    assert State.RECONNECTING not in dict(reader.told)


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
