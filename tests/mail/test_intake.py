"""Mail comes in from a real mailbox: everything that is new, once, in order, whatever happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import InboundMessage
from bot.errors import StorageFailed
from tests.logged import Kept
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.reader import Reader, mail, put
from tests.tags import returned

BOUNCE = b"""From: MAILER-DAEMON@example.net
To: bot+b-0123456789abcdef0123@mail.test
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

There is no such user.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; example.net

Final-Recipient: rfc822; ada@example.org
Action: failed
Status: 5.1.1

--b--
"""


@pytest.fixture
def reader(dovecot: Dovecot, tmp_path: Path) -> Reader:
    """Reads the server's mailbox over TLS."""
    return Reader.of(dovecot, tmp_path)


async def test_what_came_before_stays_and_what_comes_later_is_told_at_once(
    dovecot: Dovecot, reader: Reader
) -> None:
    dovecot.put([mail("long ago")])
    async with reader.reading():
        await put(dovecot, "first", "second")
        await reader.until(lambda: dovecot.count(folder="Processed") == 2)

    assert reader.texts == ["first", "second"]
    assert [one.seen for one in dovecot.taken(folder="Processed")] == [True, True]
    assert [one.seen for one in dovecot.taken()] == [False]


async def test_what_came_while_nobody_read_is_taken_in_its_order(
    dovecot: Dovecot, reader: Reader
) -> None:
    async with reader.reading():
        await put(dovecot, "one")
        await reader.until(lambda: reader.kept)
    await put(dovecot, *(f"mail {n}" for n in range(5)))
    async with reader.reading():
        await reader.until(lambda: dovecot.count(folder="Processed") == 6)

    assert reader.texts == ["one", *(f"mail {n}" for n in range(5))]


async def test_the_mail_itself_is_kept_as_it_came(dovecot: Dovecot, reader: Reader) -> None:
    async with reader.reading():
        await put(dovecot, "hello")
        await reader.until(lambda: dovecot.count(folder="Processed"))

    (envelope,) = [message.envelope for message in reader.kept.values()]
    assert envelope
    raw = reader.files.path(envelope.sha256).read_bytes()
    (taken,) = dovecot.messages(folder="Processed")
    assert raw.replace(b"\r\n", b"\n") == taken


async def test_nothing_is_moved_while_it_cannot_be_kept_and_the_order_stays(
    dovecot: Dovecot, reader: Reader
) -> None:
    tries: list[str] = []

    def away(message: InboundMessage) -> None:
        tries.append(message.text)
        if len(tries) < 6:
            assert dovecot.count(folder="Processed") == 0
            raise StorageFailed("The database is away.")

    reader.refuse = away
    async with reader.reading():
        await put(dovecot, "first", "second")
        await reader.until(lambda: dovecot.count(folder="Processed") == 2)

    assert reader.texts == ["first", "second"]


async def test_what_never_can_be_kept_lies_in_failed_and_the_rest_goes_on(
    dovecot: Dovecot, reader: Reader, everything: Kept
) -> None:
    def poisoned(message: InboundMessage) -> None:
        if "poison" in message.text:
            raise ZeroDivisionError

    reader.refuse = poisoned
    async with reader.reading():
        await put(dovecot, "poison", "good")
        await reader.until(lambda: dovecot.count(folder="Failed") == 1)
        await reader.until(lambda: "1 mail lies in the folder Failed" in reader.told[-1][1])
        await reader.until(lambda: dovecot.count(folder="Processed") == 1)

    assert reader.texts == ["good"]
    assert not dovecot.taken(folder="Failed")[0].seen
    assert "ZeroDivisionError" in "".join(everything.lines)


async def test_a_mail_that_staff_move_back_is_tried_again(dovecot: Dovecot, reader: Reader) -> None:
    mended = False

    def poisoned(_message: InboundMessage) -> None:
        if not mended:
            raise ZeroDivisionError

    reader.refuse = poisoned
    async with reader.reading():
        await put(dovecot, "poison")
        await reader.until(lambda: dovecot.count(folder="Failed") == 1)
        mended = True
        await asyncio.to_thread(
            dovecot.doveadm, "move", "-u", BOT, "INBOX", "mailbox", "Failed", "all"
        )
        await reader.until(lambda: dovecot.count(folder="Processed") == 1)
        await reader.until(lambda: reader.told[-1] == (State.CONNECTED, ""))

    assert reader.texts == ["poison"]


async def test_the_same_mail_again_is_moved_and_not_said_again(
    dovecot: Dovecot, reader: Reader
) -> None:
    async with reader.reading():
        await put(dovecot, "hello", "hello")
        await reader.until(lambda: dovecot.count(folder="Processed") == 2)

    assert reader.texts == ["hello"]
    assert len(reader.again) == 1


async def test_machines_are_not_answered_and_what_came_back_is_noted(
    dovecot: Dovecot, reader: Reader
) -> None:
    absence = mail("away", more={"Auto-Submitted": "auto-replied"})
    async with reader.reading():
        await asyncio.to_thread(dovecot.deliver, absence)
        start = "0123456789abcdef0123"
        tag = returned(start)
        bounce = BOUNCE.replace(f"b-{start}".encode(), tag.encode())
        await asyncio.to_thread(dovecot.deliver, bounce, sender="")
        await reader.until(lambda: dovecot.count(folder="Processed") == 2)

    assert reader.texts == []
    ((address, receipt, hard, _),) = reader.window.returned
    assert (address, receipt, hard) == ("ada@example.org", "0123456789abcdef0123", True)
