"""Mail comes in whatever happens at the mailbox's server, and what is wrong is told."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from channels.email.reading.allowance import LARGEST_MAIL
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.reader import Reader, mail, processed, put, told

PLAIN = "IMAP4rev1 LITERAL+ NAMESPACE UIDPLUS AUTH=PLAIN"  # neither IDLE nor MOVE


@pytest.fixture
def reader(dovecot: Dovecot, tmp_path: Path) -> Reader:
    """Reads the server's mailbox over TLS."""
    return Reader.of(dovecot, tmp_path)


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


def _back_date(dovecot: Dovecot, then: float) -> None:
    """What lies in the inbox came then, as the server sees it."""
    for path in dovecot.maildir().glob("*/*:2,*"):
        os.utime(path, (then, then))


async def test_a_server_that_refuses_to_tell_of_news_is_asked(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    refused = 0
    talks: list[asyncio.Task[None] | None] = []

    async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal refused
        talks.append(asyncio.current_task())
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
            await one.wait_closed()
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
        await asyncio.gather(*filter(None, talks), return_exceptions=True)

    assert reader.texts == ["first", "second"]
    assert 1 <= refused <= 3
    assert State.RECONNECTING not in dict(reader.told)


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
