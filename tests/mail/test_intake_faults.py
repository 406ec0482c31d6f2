"""Nothing is lost, done twice or held up by others, whatever the server refuses or breaks off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import InboundMessage
from bot.errors import StorageFailed
from bot.ports import MailboxPlace
from channels.email.reading.allowance import LARGEST_MAIL
from storage.files import FolderFileStore
from tests.clock import SetClock
from tests.mail.dovecot import Dovecot
from tests.mail.liar import Liar
from tests.mail.reader import Reader, mail, processed, put

BEFORE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def letters(count: int, words: str = "mail") -> list[bytes]:
    """So many mails of as many people."""
    return [mail(f"{words} {n}", sender=f"person{n}@example.org") for n in range(count)]


def words(count: int) -> list[str]:
    """Their words."""
    return [f"mail {n}" for n in range(count)]


@asynccontextmanager
async def reading(liar: Liar, folder: Path) -> AsyncIterator[Reader]:
    """Somebody who reads all that the server has."""
    async with liar.serving():
        reader = liar.reader(folder)
        reader.places.keep(
            reader.access.name, MailboxPlace(uidvalidity=7, next_uid=1, since=BEFORE)
        )
        yield reader


async def test_mails_that_cannot_be_kept_hold_up_no_other(tmp_path: Path) -> None:
    liar = Liar.of([*letters(220, "poison"), mail("good")])
    tries: list[str] = []

    def poisoned(message: InboundMessage) -> None:
        if "poison" in message.text:
            tries.append(message.text)
            raise ZeroDivisionError

    async with reading(liar, tmp_path) as reader:
        reader.refuse = poisoned
        async with reader.reading():
            await reader.until(lambda: reader.kept)
            tried = len(tries)
            await reader.until(lambda: liar.count("Failed") == 220)

    assert tried == 220  # each once
    assert (liar.count("INBOX"), liar.bodies("Processed")) == (0, [b"good"])


async def test_what_one_sender_says_later_waits_for_what_is_not_kept_yet(tmp_path: Path) -> None:
    liar = Liar.of([mail("first"), *letters(60), mail("second")])
    failed = 0

    def away(message: InboundMessage) -> None:
        nonlocal failed
        if "first" in message.text and failed < 3:
            failed += 1
            raise StorageFailed("The database is away.")

    async with reading(liar, tmp_path) as reader:
        reader.refuse = away
        async with reader.reading():
            await reader.until(lambda: liar.count("Processed") == 62)

    assert reader.texts[-2:] == ["first", "second"]
    assert sorted(reader.texts[:-2]) == sorted(words(60))
    assert reader.again == []


async def test_a_mail_too_large_whose_header_is_refused_is_set_aside(tmp_path: Path) -> None:
    liar = Liar.of(letters(2))
    liar.sizes[1] = LARGEST_MAIL + 1
    liar.refuses = frozenset({"BODY.PEEK[HEADER]"})

    async with reading(liar, tmp_path) as reader, reader.reading():
        await reader.until(lambda: liar.count("Failed") == 1)
        await reader.until(lambda: liar.count("Processed") == 1)

    assert reader.texts == ["mail 1"]


async def test_where_moving_is_refused_mail_goes_on_once_and_is_moved_later(
    tmp_path: Path,
) -> None:
    liar = Liar.of(letters(120))
    liar.refuses = frozenset({"MOVE"})
    clock = SetClock()

    async with reading(liar, tmp_path) as reader:
        reader.clock = clock
        async with reader.reading():
            await reader.until(lambda: "cannot move 120 mails" in reader.told[-1][1])
            asked = liar.said.count("MOVE")
            liar.refuses = frozenset()
            liar.folders["INBOX"][121] = mail("one more")
            await reader.until(lambda: len(reader.kept) == 121)
            assert liar.count("INBOX") == 121
            clock.forward(timedelta(hours=1))
            await reader.until(lambda: liar.count("INBOX") == 0)
            await reader.until(lambda: reader.told[-1] == (State.CONNECTED, ""))

    assert asked <= 4
    assert (liar.count("Processed"), reader.again) == (121, [])


async def test_one_mail_that_cannot_be_moved_keeps_no_other_in_the_inbox(tmp_path: Path) -> None:
    liar = Liar.of(letters(5))
    liar.stuck = 2

    async with reading(liar, tmp_path) as reader, reader.reading():
        await reader.until(lambda: "cannot move 1 mail " in reader.told[-1][1])
        liar.folders["INBOX"][6] = mail("one more")
        await reader.until(lambda: liar.count("Processed") == 5)

    assert (liar.bodies("INBOX"), reader.again) == ([b"mail 1"], [])


async def test_a_server_that_breaks_off_at_each_move_is_read_all_the_same(tmp_path: Path) -> None:
    liar = Liar.of(letters(60))
    liar.breaks_at = "MOVE"
    liar.before = True
    broken = 0

    def again() -> None:
        nonlocal broken
        broken += 1
        liar.breaks_at = "MOVE"

    liar.broken = again
    async with reading(liar, tmp_path) as reader, reader.reading():
        await reader.until(lambda: len(reader.kept) == 60)
        await reader.until(lambda: "cannot move 60 mails" in reader.told[-1][1])

    assert (broken, reader.again) == (3, [])


async def test_mail_that_is_dealt_with_and_not_moved_is_not_taken_again_after_a_restart(
    tmp_path: Path,
) -> None:
    liar = Liar.of(letters(60))
    liar.refuses = frozenset({"MOVE"})

    async with reading(liar, tmp_path) as reader:
        async with reader.reading():
            await reader.until(lambda: "cannot move 60 mails" in reader.told[-1][1])
        liar.folders["INBOX"][61] = mail("one more")
        async with reader.reading():
            await reader.until(lambda: len(reader.kept) == 61)

    assert reader.again == []


async def test_where_copies_cannot_be_taken_away_no_mail_is_copied_twice(tmp_path: Path) -> None:
    liar = Liar.of(letters(60))
    liar.able = "UIDPLUS"
    liar.refuses = frozenset({"\\Deleted"})
    clock = SetClock()

    async with reading(liar, tmp_path) as reader:
        reader.clock = clock
        async with reader.reading():
            await reader.until(lambda: "cannot move 60 mails" in reader.told[-1][1])
            clock.forward(timedelta(hours=1))
            asked = liar.said.count("\\Deleted")
            await reader.until(lambda: liar.said.count("\\Deleted") > asked)
            liar.refuses = frozenset()
            clock.forward(timedelta(hours=1))
            await reader.until(lambda: liar.count("INBOX") == 0)

    assert sorted(liar.bodies("Processed")) == sorted(one.encode() for one in words(60))


STEPS = ("SEARCH", "RFC822.SIZE", "BODY.PEEK[]", "\\Seen", "MOVE")
COPYING = ("COPY", "\\Deleted", "EXPUNGE")


@pytest.mark.parametrize("again", [False, True], ids=["reconnected", "killed"])
@pytest.mark.parametrize("before", [False, True], ids=["after", "before"])
@pytest.mark.parametrize("step", [*STEPS, *COPYING])
async def test_nothing_is_lost_or_kept_twice_where_it_ends_at_any_step(
    step: str, before: bool, again: bool, tmp_path: Path
) -> None:
    liar = Liar.of(letters(60))
    liar.breaks_at, liar.before = step, before
    liar.able = "UIDPLUS" if step in COPYING else liar.able
    ended = asyncio.Event()
    liar.broken = ended.set

    async with reading(liar, tmp_path) as reader:
        if again:
            task = asyncio.create_task(reader.read())
            await ended.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        async with reader.reading():
            await reader.until(lambda: liar.count("INBOX") == 0)

    assert sorted(reader.texts) == sorted(words(60))
    assert {one.decode() for one in liar.bodies("Processed")} == set(words(60))


@pytest.mark.parametrize("kept", [False, True], ids=["before", "after"])
async def test_a_kill_while_mail_is_kept_loses_and_doubles_nothing(
    kept: bool, tmp_path: Path
) -> None:
    liar = Liar.of(letters(3))
    ended = asyncio.Event()

    class Killed(Reader):
        async def deliver(self, message: InboundMessage) -> bool:
            if kept:
                await super().deliver(message)
            ended.set()
            never: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            return await never

    async with reading(liar, tmp_path) as reader:
        first = Killed(access=reader.access, files=reader.files, places=reader.places)
        task = asyncio.create_task(first.read())
        await ended.wait()
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert liar.count("INBOX") == 3
        reader.kept.update(first.kept)
        async with reader.reading():
            await reader.until(lambda: liar.count("INBOX") == 0)

    assert sorted(reader.texts) == words(3)


async def test_new_numbers_after_a_break_while_it_moves_make_nothing_new(tmp_path: Path) -> None:
    liar = Liar.of(letters(60))
    liar.breaks_at, liar.before = "MOVE", True

    def renumber() -> None:
        liar.uidvalidity = 8
        inbox = liar.folders["INBOX"]
        liar.folders["INBOX"] = {uid + 7: raw for uid, raw in reversed(inbox.items())}

    liar.broken = renumber
    async with reading(liar, tmp_path) as reader, reader.reading():
        await reader.until(lambda: liar.count("INBOX") == 0)

    assert sorted(reader.texts) == sorted(words(60))
    assert liar.count("Processed") == 60


async def test_nothing_is_moved_while_the_disk_takes_no_mail(tmp_path: Path) -> None:
    liar = Liar.of(letters(3))
    (tmp_path / "disk").write_text("nothing can lie below a file")

    async with reading(liar, tmp_path) as reader:
        reader.files = FolderFileStore(tmp_path / "disk")
        async with reader.reading():
            asked = liar.said.count("BODY.PEEK[]")
            await reader.until(lambda: liar.said.count("BODY.PEEK[]") > asked + 3)
            assert (liar.count("INBOX"), reader.texts) == (3, [])
            (tmp_path / "disk").unlink()
            await reader.until(lambda: liar.count("Processed") == 3)

    assert sorted(reader.texts) == words(3)


async def test_of_the_same_mail_by_another_way_no_second_bytes_are_kept(tmp_path: Path) -> None:
    ways = [f"Received: from way{n} by mail.test; today\r\n".encode() for n in range(3)]
    liar = Liar.of([ways[0] + mail("hello"), ways[1] + mail("hello")])

    async with reading(liar, tmp_path) as reader, reader.reading():
        await reader.until(lambda: liar.count("Processed") == 2)
        liar.folders["INBOX"][3] = ways[2] + mail("hello")
        await reader.until(lambda: liar.count("Processed") == 3)

    (kept,) = reader.kept.values()
    assert kept.envelope
    assert list(reader.files.names()) == [kept.envelope.sha256]


async def test_two_who_read_one_mailbox_keep_everything_once(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    first = Reader.of(dovecot, tmp_path)
    second = replace(first)  # the same house: what one keeps the other knows
    async with first.reading(), second.reading():
        await put(dovecot, *words(12))
        await first.until(processed(dovecot, 12))

    assert sorted(first.texts) == sorted(words(12))
    assert dovecot.count() == 0
